"""`clustersim sensitivity`: which numbers decide a result, and how much of it is luck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.cli.telling import tell
from clustersim.foundation import machine
from clustersim.scenario.experiments import load_experiment

FOLDER: Final = Path("sensitivity")  # where analyses go unless told otherwise


def sensitivity(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file (TOML).")],
    *,
    workers: options.Workers = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Its folder. [default: sensitivity/NAME]", show_default=False)
    ] = None,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Morris, then Sobol: which levers and assumptions move the headlines, and which of them rest on estimates.

    The file names factors with ranges ([] for the declared bounds, "assumptions.*" = [] for all of them). With two
    named policies their difference is analysed. Luck is a factor too: the share of variance that it makes is aleatory.
    Started again, it goes on where it was.

    \b
    seeds = 100                           as many kinds of luck
    [design]
    kind = "sobol"
    samples = 64                          a power of two; 64 x (factors looked at + 9) runs at most
    [design.policies.none]
    base = "none"
    [design.policies.letter]              analysed is the letter less nothing
    [design.levers]
    "assumptions.attention" = []
    "assumptions.upgrade_cost" = [0.08, 0.16]
    [sensitivity]
    trajectories = 10                     paths of Morris
    factors = 8                           that Sobol looks at one by one
    """
    from clustersim.lab.sensitivity import analyse
    from clustersim.show import sensitivity_report

    plan = load_experiment(experiment)
    folder = out or FOLDER / plan.name.replace(" ", "-")
    try:
        with Progress(shown=not (quiet or as_json), unit="runs") as progress:
            found = analyse(plan, folder, workers=options.cores(workers), progress=progress)
    except KeyboardInterrupt:
        raise errors.Interrupted(f"Interrupted: what is finished is in {folder}; start it again to go on") from None
    machine.prune_compile_cache()
    tell(
        lambda: sensitivity_report.as_json(found, folder),
        lambda spoken: sensitivity_report.report(found, folder, spoken),
        as_json=as_json,
        quiet=quiet,
        lang=lang,
    )
