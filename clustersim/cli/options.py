"""The options that several commands share, described once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from clustersim.foundation import machine
from clustersim.foundation.words import LATEST, POLICY_START, Quarter
from clustersim.scenario import ScenarioError

Lang = Annotated[Literal["zh", "en"], typer.Option(help="Language of notes and pictures.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable result on standard output, nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no table; only errors.")]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of tables that take the place of the package's own of the same name."),
]
Engine = Annotated[
    Literal["columns", "agents"],
    typer.Option(help="Who goes over the firms: compiled columns, or Mesa agents one by one. Never changes a bit."),
]
Seed = Annotated[int, typer.Option(metavar="N", min=0, help="The first seed of what happens after 2021Q2.")]
PopulationSeed = Annotated[int, typer.Option(metavar="N", min=0, help="The seed of the city and its history.")]
Until = Annotated[str, typer.Option(metavar="QUARTER", help="The last quarter, up to 2030Q4.")]
Grid = Annotated[Literal["1km", "500m"], typer.Option(help="Side of a land cell.")]
Qianwan = Annotated[bool, typer.Option("--qianwan/--no-qianwan", help="With or without the two towns run by Qianwan.")]
Threads = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="[default: all cores] Never changes a bit.", show_default=False)
]
Workers = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Processes. [default: all cores]", show_default=False)
]
Off = Annotated[
    list[str] | None,
    typer.Option(metavar="CLAUSE", help="Switch off a clause such as 4.3, or a chapter such as 4. Repeatable."),
]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="CLAUSE", help="Switch off every clause but this one (or chapter). Repeatable."),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Set a lever, as `clustersim clauses` names it, or assumptions.NAME. Repeatable.",
    ),
]


def quarter(text: str) -> Quarter:
    """The horizon a user asked for; ScenarioError says what is allowed."""
    try:
        found = Quarter.parse(text)
    except ValueError as wrong:
        raise ScenarioError(f"--until: {wrong}") from None
    if not POLICY_START <= found <= LATEST:
        raise ScenarioError(f"--until: {found} is not allowed: a quarter from {POLICY_START} to {LATEST}")
    return found


def cores(given: int | None) -> int:
    """The threads or workers asked for; all cores, if none were."""
    return given or int(machine.facts()["cores"])


def spoken(lang: str) -> str:
    """The language asked for; English where the console has no Chinese."""
    return lang if machine.console_can_print("慈溪", sys.stdout) else "en"
