"""`clustersim check FILE`: is this scenario, experiment or data file in order? Nothing is run.

>>> check_file("dear-power").summary
'every clause on, 2 values differ from the letter'
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clustersim.foundation.assumptions import Assumptions
from clustersim.scenario.errors import ScenarioError, did_you_mean
from clustersim.scenario.experiments import Experiment, is_experiment, read_experiment
from clustersim.scenario.files import exists, is_folder, load_scenario, scenario_of, shipped
from clustersim.scenario.reading import parse, read_text
from clustersim.scenario.scenario import Scenario, differences


@dataclass(frozen=True)
class Checked:
    """A file that is in order. `notes` say what a person might not have meant."""

    kind: Literal["scenario", "experiment", "data"]
    name: str
    summary: str
    scenario: Scenario | None = None  # of an experiment its base
    notes: tuple[str, ...] = ()
    experiment: Experiment | None = None


def check_file(given: str | Path) -> Checked:
    """Look through a file, a shipped scenario or a folder of data; ScenarioError says in one line what is wrong.

    Whether the user's own targets are measured at all, only the floors above know (`indicators.targets`).
    """
    if isinstance(given, str) and given in shipped():
        return _scenario(load_scenario(given))
    path = Path(given)
    if path.suffix.lower() == ".csv" or is_folder(path):
        return _check_data(path)
    if isinstance(given, str) and not exists(path):
        return _scenario(load_scenario(given))  # which says what is shipped
    document = parse(read_text(path), str(path))
    if not is_experiment(document):
        return _scenario(scenario_of(document, path))
    made = read_experiment(document, path)
    seeds = f"{made.seeds} seeds" if made.seeds else f"at most {made.most_seeds} seeds"
    summary = f"{made.kind} design of {made.runs} scenarios, {seeds} each"
    return Checked("experiment", made.name, summary, made.base, _notes(made.base), made)


def _scenario(scenario: Scenario) -> Checked:
    switches = f"off: {', '.join(scenario.off)}" if scenario.off else "every clause on"
    found = len(differences(Scenario(), scenario))
    differ = f"{found} value{'s differ' if found != 1 else ' differs'} from the letter"
    return Checked("scenario", scenario.name, f"{switches}, {differ}", scenario, _notes(scenario))


def _notes(scenario: Scenario) -> tuple[str, ...]:
    return tuple(f"{name} is set, and does nothing: its clause is off" for name in scenario.idle())


def _check_data(path: Path) -> Checked:
    """Build small cities from a folder of tables: every table is read, and held against the others."""
    # Tables bring numpy along: only whoever checks data waits for it.
    from clustersim.world import datafiles, geography
    from clustersim.world.population import SMALLEST, build

    folder = path if path.is_dir() else path.parent
    if path != folder and path.name not in datafiles.FILES:
        close = did_you_mean(path.name, datafiles.FILES) or f"; known are {', '.join(datafiles.FILES)}"
        raise ScenarioError(f"{path}: not a data file of this model{close}")
    if path != folder and not path.is_file():
        raise ScenarioError(f"{path}: there is no such file")
    own = sorted(one.name for one in folder.glob("*.csv"))
    if not own:
        raise ScenarioError(f"{path}: no data files in this folder; known are {', '.join(datafiles.FILES)}")
    try:
        for grid in geography.SIDES:
            for qianwan in (False, True):
                build(SMALLEST, 1, Assumptions(), grid=grid, qianwan=qianwan, data=folder)
    except datafiles.DataError as wrong:
        raise ScenarioError(str(wrong)) from None
    return Checked("data", path.name, f"in order: {', '.join(own)}")
