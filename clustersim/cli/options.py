"""The options that several commands share, described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

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
