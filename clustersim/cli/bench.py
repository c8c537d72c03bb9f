"""`clustersim bench`: how fast a quarter is, against the firm-by-firm engines and the memory floor, in one run."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Annotated

import typer

from clustersim.cli import errors, options
from clustersim.cli.progress import Progress
from clustersim.foundation import machine


def bench(
    *,
    firms: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Firms. [default: 20000; 500 with --quick]", show_default=False),
    ] = None,
    floor_firms: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Firms of the city held against the memory floor. [default: 1000000; 1000 with --quick]",
            show_default=False,
        ),
    ] = None,
    repeats: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Turns of each engine. [default: 5; 1 with --quick]", show_default=False),
    ] = None,
    cold: Annotated[
        bool, typer.Option("--cold/--no-cold", help="Time the first call with nothing compiled (about a minute).")
    ] = True,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few seconds in small cities: does it work, no more.")
    ] = False,
    lang: options.Lang = "zh",
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Measure the speed of a quarter: columns on 1 and 2 threads, the agents engine, a lean Mesa version, the floor.

    Engines take turns, so that other work on the machine meets all of them; still, close what you can. Ctrl-C prints
    what was finished.

    \b
    clustersim bench                  takes a few minutes
    clustersim bench --no-cold        without the minute of compiling
    clustersim bench --json           for scripts
    """
    from clustersim.lab import bench as lab
    from clustersim.show import bench_report
    from clustersim.show.results import walk_of

    base = lab.QUICK if quick else lab.Plan()
    plan = dataclasses.replace(
        base, firms=firms or base.firms, floor_firms=floor_firms or base.floor_firms, repeats=repeats or base.repeats,
        cold=cold and base.cold,
    )  # fmt: skip
    with Progress(shown=not (quiet or as_json)) as progress:
        found = lab.bench(plan, agents=walk_of("agents"), progress=progress)
    if as_json:
        errors.emit(json.dumps(bench_report.as_json(found), ensure_ascii=False, allow_nan=False, indent=1))
    elif not quiet:
        chinese = machine.console_can_print("慈溪≥", sys.stdout)
        errors.emit(bench_report.report(found, lang if chinese else "en"))
    if found.interrupted:
        raise errors.Interrupted("Interrupted: the rows that were finished are printed")
