"""`clustersim check`: is a scenario or data file fine, without running it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from clustersim.cli import errors
from clustersim.scenario import Scenario, ScenarioError, differences, load_scenario
from clustersim.world.datafiles import FILES

SMALL: Final = 300  # firms of the cities that data tables are tried on


def check(
    file: Annotated[
        str, typer.Argument(help="A scenario (TOML file or shipped name), a data table, or a folder of tables.")
    ],
) -> None:
    """Say that a file is fine and what it changes, or in one line what is wrong with it.

    \b
    clustersim check my.toml       a scenario: what differs from the letter
    clustersim check mydata/       a folder for --data
    """
    path = Path(file)
    if path.is_dir():
        _data(path)
        errors.emit(f"{file} is fine: the tables of {path} fit together")
    elif path.suffix == ".csv":
        if path.name not in FILES:
            raise ScenarioError(f"{file}: not a data file of this model; known are {', '.join(FILES)}")
        if not path.is_file():
            raise ScenarioError(f"{file}: there is no such file")
        _data(path.parent)
        errors.emit(f"{file} is fine, together with the tables beside it")
    else:
        errors.emit("\n".join(_scenario(file)))


def _scenario(file: str) -> list[str]:
    """What there is to say about a scenario that can be run."""
    from clustersim.indicators.targets import own_targets

    scenario = load_scenario(file)
    own_targets(scenario.targets)
    found = differences(Scenario(), scenario)
    lines = [f"{file} is fine: {scenario.name}, fingerprint {scenario.fingerprint()[:16]}"]
    lines.append(f"It differs from the letter in {len(found)} values:" if found else "It is the letter as written.")
    lines += [f"  {one.name}: {_plain(one.a)} -> {_plain(one.b)}" for one in found]
    lines += [f"  {name} is set but without effect: its clause is off" for name in scenario.idle()]
    return lines


def _plain(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _data(folder: Path) -> None:
    """Read every table of a folder in place of the package's own, by building small cities from them."""
    from clustersim.foundation.assumptions import Assumptions
    from clustersim.world import geography, population

    for grid in geography.SIDES:
        for qianwan in (False, True):
            population.build(SMALL, 1, Assumptions(), grid=grid, qianwan=qianwan, data=folder)
