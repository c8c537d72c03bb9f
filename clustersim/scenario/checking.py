"""`clustersim check FILE`: is this scenario, experiment or data file in order? Nothing is run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clustersim.scenario.errors import ScenarioError, did_you_mean
from clustersim.scenario.experiments import is_experiment, read_experiment
from clustersim.scenario.files import scenario_of
from clustersim.scenario.reading import parse, read_text
from clustersim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Checked:
    """A file that is in order. `notes` say what a person might not have meant."""

    kind: Literal["scenario", "experiment", "data"]
    name: str
    summary: str
    notes: tuple[str, ...] = ()


def check_file(path: str | Path, indicators: Collection[str] = ()) -> Checked:
    """Look a file through; ScenarioError says in one line what is wrong, where, and what is allowed.

    `indicators` are the names a target may have; the floors above know them.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        return _check_data(path)
    document = parse(read_text(path), str(path))
    if is_experiment(document):
        made = read_experiment(document, path)
        check_targets(made.base, indicators)
        seeds = f"{made.seeds} seeds" if made.seeds else f"at most {made.most_seeds} seeds"
        return Checked("experiment", made.name, f"{made.kind} design, {made.runs} scenarios, {seeds} each")
    scenario = scenario_of(document, path)
    check_targets(scenario, indicators)
    idle = tuple(f"{name} is set, and does nothing: its clause is off" for name in scenario.idle())
    off = f"off: {', '.join(scenario.off)}" if scenario.off else "every clause on"
    return Checked("scenario", scenario.name, f"{off}; fingerprint {scenario.fingerprint()[:12]}", idle)


def check_targets(scenario: Scenario, indicators: Collection[str]) -> None:
    """Refuse a target for something that is not measured; no names given, nothing is refused."""
    for name, target in scenario.targets.items():
        if indicators and name not in indicators:
            where = f"{target.where}: " if target.where else ""
            close = did_you_mean(name, indicators)
            raise ScenarioError(f"{where}targets.{name}: there is no such indicator{close}")


def _check_data(path: Path) -> Checked:
    # The tables bring numpy along: only whoever checks data waits for it.
    from clustersim.world import datafiles, geography, sectors, totals

    if path.name not in datafiles.FILES:
        close = did_you_mean(path.name, datafiles.FILES) or f"; known are {', '.join(datafiles.FILES)}"
        raise ScenarioError(f"{path}: not a data file of this model{close}")
    if not path.is_file():
        raise ScenarioError(f"{path}: there is no such file")
    folder = path.parent
    try:
        totals.load(folder)
        sectors.load(folder)
        for grid in geography.SIDES:
            geography.load(grid, qianwan=True, data=folder)
    except datafiles.DataError as wrong:
        raise ScenarioError(str(wrong)) from None
    own = sorted(one.name for one in folder.glob("*.csv"))
    return Checked("data", path.name, f"in order, together with {', '.join(own)}")
