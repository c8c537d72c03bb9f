"""`clustersim search`: the cheapest policies that meet targets with a chosen probability."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.cli.telling import tell
from clustersim.foundation import machine
from clustersim.scenario.experiments import load_experiment

SEARCHES: Final = Path("searches")  # where search folders go unless told otherwise


def search(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file (TOML).")],
    *,
    workers: options.Workers = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Its folder. [default: searches/NAME]", show_default=False)
    ] = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Find the cheapest policies that meet targets with a chosen probability, and check them under fresh seeds.

    Levers are chosen within their bounds by NSGA-II: net fiscal cost on one side, what is missing of the targets on the
    other, all under the same seeds. The best of all policies seen, and the base, are lived again under seeds that the
    search never had: the answer is the cheapest that still holds, or none. Needs pip install 'clustersim[analysis]'.

    \b
    name = "greener"
    base = "letter"
    firms = 5000
    seeds = 10                                           # of the search, the same for every policy; at least 5
    [targets]
    green = 0.52                                         # at the end of 2025; at most, where less is better
    in_parks = { value = 400, quarter = "2024Q4" }       # in the city of these 5,000 firms
    [design]
    kind = "sobol"                                       # or latin: the first policies
    samples = 16                                         # policies in a generation
    [design.levers]
    "differential.surcharge_below_d" = [0.0, 0.6]
    "parks.co_funding_share" = []                        # within its own bounds
    [search]
    probability = 0.8                                    # with which all targets are met
    generations = 20
    fresh_seeds = 40

    Start it again to go on, also with more generations or fresh seeds. The folder has front.csv, and answer.toml, a
    scenario to run and compare.

    \b
    clustersim search greener.toml
    clustersim compare letter searches/greener/answer.toml
    """
    from clustersim.lab.search import search as find
    from clustersim.show import search_report

    plan = load_experiment(experiment)
    folder = out or SEARCHES / plan.name.replace(" ", "-")
    progress = Progress(shown=not (quiet or as_json), unit="runs")
    try:
        with progress:
            found = find(plan, folder, workers=options.cores(workers), progress=progress)
    except KeyboardInterrupt:
        done, total, _ = progress.state
        if not done:
            raise
        raise errors.Interrupted(
            f"Interrupted: {done} of {total} runs are in {folder}; the same command goes on from there"
        ) from None
    machine.prune_compile_cache()
    tell(
        lambda: search_report.as_json(found),
        lambda spoken: search_report.report(found, spoken),
        as_json=as_json,
        quiet=quiet,
        lang=lang,
    )
