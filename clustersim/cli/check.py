"""`clustersim check`: is a scenario, experiment or data file fine, without running it."""

from __future__ import annotations

from typing import Annotated

import typer

from clustersim.cli import errors
from clustersim.scenario import Scenario, differences
from clustersim.scenario.checking import check_file


def check(
    file: Annotated[
        str,
        typer.Argument(
            help="A scenario (a file or a shipped name), an experiment, a data table, or a folder of tables."
        ),
    ],
) -> None:
    """Say that a file is fine and what it changes, or in one line what is wrong with it.

    \b
    clustersim check my.toml       a scenario: what differs from the letter
    clustersim check plan.toml     an experiment: the runs it asks for
    clustersim check mydata/       a folder for --data
    """
    checked = check_file(file)
    if checked.experiment is not None:
        from clustersim.indicators.shown import shown

        shown(checked.experiment.answering)
    lines = [f"{file} is fine: {checked.kind} {checked.name}, {checked.summary}"]
    if checked.scenario is not None:
        lines += _scenario(checked.scenario)
    errors.emit("\n".join([*lines, *(f"  {note}" for note in checked.notes)]))


def _scenario(scenario: Scenario) -> list[str]:
    """What there is to say about a scenario that can be run; an experiment has one as its base."""
    from clustersim.indicators.targets import own_targets

    own_targets(scenario.targets)
    found = differences(Scenario(), scenario)
    lines = [f"{scenario.name} has the fingerprint {scenario.fingerprint()[:16]}"]
    lines.append(f"It differs from the letter in {len(found)} values:" if found else "It is the letter as written.")
    return [*lines, *(f"  {one.name}: {_plain(one.a)} -> {_plain(one.b)}" for one in found)]


def _plain(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)
