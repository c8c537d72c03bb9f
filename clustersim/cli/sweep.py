"""`clustersim sweep`: many policies under many seeds, in a folder that can be stopped and started."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.cli.telling import tell
from clustersim.foundation import machine
from clustersim.scenario.experiments import load_experiment

SWEEPS: Final = Path("sweeps")  # where sweep folders go unless told otherwise


def sweep(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file (TOML).")],
    *,
    workers: options.Workers = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run on the workers of this Dask scheduler; on trusted networks only."),
    ] = None,
    tls_ca: Annotated[Path | None, typer.Option(metavar="FILE", help="TLS: certificate authority.")] = None,
    tls_cert: Annotated[Path | None, typer.Option(metavar="FILE", help="TLS: certificate of this client.")] = None,
    tls_key: Annotated[Path | None, typer.Option(metavar="FILE", help="TLS: its key.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The sweep folder. [default: sweeps/NAME]", show_default=False)
    ] = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Run an experiment: every policy of its design under every seed.

    Start it again to go on: only what is missing is run, and the finished folder has the same bytes as if nothing had
    happened. A failing run is noted in failures.parquet and stops no other.

    \b
    clustersim check prices.toml      how many runs it asks for
    clustersim sweep prices.toml      runs them on all cores, into sweeps/NAME
    clustersim sweep prices.toml      again: what is missing, or nothing
    """
    from clustersim.lab.sweep import sweep as run_sweep
    from clustersim.lab.sweep.workers import processes
    from clustersim.show import sweep_report

    plan = load_experiment(experiment)
    cores = options.cores(workers)
    make_executor: Callable[..., Executor] = processes
    if scheduler is not None:
        from clustersim.lab.sweep.cluster import Cluster, Security

        security = Security(tls_ca, tls_cert, tls_key)
        with Cluster(scheduler, security) as there:  # refused before anything is written
            cores = there.workers
        make_executor = partial(Cluster, scheduler, security)
    with Progress(shown=not (quiet or as_json), unit="runs") as progress:
        found = run_sweep(
            plan, out or SWEEPS / plan.name.replace(" ", "-"), workers=cores, progress=progress,
            make_executor=make_executor,
        )  # fmt: skip
    machine.prune_compile_cache()
    tell(
        lambda: sweep_report.as_json(found),
        lambda spoken: sweep_report.report(found, plan, spoken),
        as_json=as_json,
        quiet=quiet,
        lang=lang,
    )
    if found.interrupted:
        raise errors.Interrupted(f"Interrupted: {found.reused + found.done} of {found.runs} runs are in {found.folder}")
