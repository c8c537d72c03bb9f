"""`clustersim attribute`: what each chapter or clause contributes to each headline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clustersim.cli import options
from clustersim.cli.progress import Progress
from clustersim.cli.sweep import SWEEPS
from clustersim.cli.telling import tell
from clustersim.foundation import machine
from clustersim.foundation.words import HORIZON
from clustersim.scenario import load_scenario
from clustersim.scenario.options import apply


def attribute(
    scenario: Annotated[str, typer.Argument(help="A shipped name or a TOML file.")] = "letter",
    *,
    off: options.Off = None,
    only: options.Only = None,
    sets: options.Set = None,
    clauses: Annotated[
        bool, typer.Option("--clauses", help="Clause by clause, by permutations. [default: chapters, exactly]")
    ] = False,
    permutations: Annotated[int, typer.Option(metavar="N", min=2, help="Orders of the clauses, with --clauses.")] = 20,
    firms: Annotated[int, typer.Option(metavar="N", help="Firms: fewer make a smaller city.")] = 5000,
    seeds: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="Seeds, from 1 on.")] = 20,
    until: options.Until = str(HORIZON),
    workers: options.Workers = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder of its runs. [default: sweeps/NAME]", show_default=False),
    ] = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Shapley shares: what each part of a scenario contributes, whichever parts come before it.

    Every coalition of chapters (16 policies) is lived under the same seeds, in a sweep folder that a second start
    reads.

    \b
    clustersim attribute letter --seeds 20
    clustersim attribute letter --clauses --permutations 10 --seeds 5
    """
    from clustersim.lab import attribution
    from clustersim.show import shares

    policy = apply(load_scenario(scenario), sets=sets or (), off=off or (), only=only or ())
    folder = out or SWEEPS / f"{policy.name}-{'clauses' if clauses else 'chapters'}-{firms}"
    with Progress(shown=not (quiet or as_json), unit="runs") as progress:
        found = attribution.attribute(
            policy, folder, seeds=seeds, clauses=clauses, permutations=permutations, firms=firms,
            until=options.quarter(until), workers=options.cores(workers), progress=progress,
        )  # fmt: skip
    machine.prune_compile_cache()
    tell(
        lambda: shares.as_json(found),
        lambda spoken: shares.report(found, spoken),
        as_json=as_json,
        quiet=quiet,
        lang=lang,
    )
