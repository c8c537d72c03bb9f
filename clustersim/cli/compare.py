"""`clustersim compare`: the same seeds under two policies or more."""

from __future__ import annotations

from typing import Annotated

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.cli.telling import tell
from clustersim.foundation import machine
from clustersim.foundation.words import HORIZON
from clustersim.scenario import load_scenario
from clustersim.scenario.options import apply


def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="A B [C ...]", help="Shipped names or TOML files; all are held against A.")
    ],
    *,
    off: options.Off = None,
    only: options.Only = None,
    sets: options.Set = None,
    firms: Annotated[int, typer.Option(metavar="N", help="Firms: fewer make a smaller city.")] = 5000,
    seeds: Annotated[
        int,
        typer.Option(metavar="N", min=1, max=100_000, help="Seeds from --seed on; with --precision, at a time."),
    ] = 20,
    seed: options.Seed = 1,
    population_seed: options.PopulationSeed = 1,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar="X",
            help="Add seeds until every index is decided: half an interval at most X of the mean, X/2 for indices.",
        ),
    ] = None,
    most_seeds: Annotated[int, typer.Option(metavar="N", min=2, help="Seeds at most, with --precision.")] = 400,
    until: options.Until = str(HORIZON),
    data: options.Data = None,
    grid: options.Grid = "1km",
    qianwan: options.Qianwan = False,
    threads: options.Threads = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Compare policies under the same luck: differences with 95 % intervals, and whether they are decided.

    What differs between the policies is printed first. --off, --only and --set change all of them alike.

    \b
    clustersim compare none letter
    clustersim compare letter small-voucher --firms 20000 --seeds 50
    clustersim compare letter mine.toml --precision 0.005
    clustersim compare letter twice-parks twice-inspections --lang en   which of three is the best
    """
    from clustersim.lab import paired
    from clustersim.show import comparison

    policies = [apply(load_scenario(one), sets=sets or (), off=off or (), only=only or ()) for one in scenarios]
    with Progress(shown=not (quiet or as_json)) as progress:
        found = paired.compare(
            *policies, seeds=range(seed, seed + seeds), precision=precision, most_seeds=most_seeds, firms=firms,
            population_seed=population_seed, until=options.quarter(until), grid=grid, qianwan=qianwan, data=data,
            threads=options.cores(threads), progress=progress,
        )  # fmt: skip
    machine.prune_compile_cache()
    tell(
        lambda: comparison.as_json(found),
        lambda spoken: comparison.report(found, spoken),
        as_json=as_json,
        quiet=quiet,
        lang=lang,
    )
    if found.interrupted:
        raise errors.Interrupted(f"Interrupted: {len(found.seeds)} seeds were finished under all policies")
