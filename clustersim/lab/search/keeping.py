"""The folder of a search: manifest, the checked front as a table, and the answer as a scenario file.

More generations or more fresh seeds go on in the same folder; anything else that decides its bits needs a new one,
since other results would breed other policies.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import clustersim
from clustersim.foundation import machine
from clustersim.foundation.levers import Plain
from clustersim.lab.search.aims import Aim
from clustersim.lab.search.checking import Checked
from clustersim.lab.sweep import running
from clustersim.lab.sweep.design import identity
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario import levers as bundle
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.options import policy_under
from clustersim.scenario.scenario import NO_WORDS

if TYPE_CHECKING:
    from clustersim.lab.search.searching import Search

FORMAT: Final = 1
KIND: Final = "search"
FRONT: Final = "front.csv"
ANSWER: Final = "answer.toml"
MANIFEST: Final = "manifest.json"
# Of the manifest: other ones would breed other policies.
_DECIDING: Final = {"code": "code", "search_code": "code", "data": "data", "pymoo": "pymoo"}


def print_of(experiment: Experiment) -> str:
    """What tells one search from another: base with its targets, levers and their bounds, city, seeds, probability."""
    parts = [running.print_of(experiment), experiment.seeds, experiment.search.probability]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def manifest(experiment: Experiment, aims: Sequence[Aim], pymoo_version: str) -> dict[str, Any]:
    """Everything to do it again."""
    base, wanted = experiment.base, experiment.search
    return {
        "format": FORMAT, "kind": KIND, "name": experiment.name, "question": experiment.question._asdict(),
        "experiment": print_of(experiment), "base": base.name, "fingerprint": base.fingerprint(),
        "resolved": base.resolved(), "design": experiment.kind, "samples": experiment.samples,
        "levers": {name: list(values) for name, values in experiment.levers.items()},
        "targets": [
            {
                "indicator": one.indicator, "value": one.wanted, "quarter": str(one.quarter),
                "at": "most" if one.target.at_most else "least",
            }
            for one in aims
        ],
        "seeds": experiment.seeds, "probability": wanted.probability, "generations": wanted.generations,
        "fresh_seeds": wanted.fresh_seeds, **identity(experiment), "search_code": _search_code(),
        "pymoo": pymoo_version,
        "version": clustersim.__version__, "commit": machine.git_commit(), "versions": machine.versions(),
        "machine": machine.facts(), "started": datetime.now(UTC).isoformat(timespec="seconds"), "complete": False,
    }  # fmt: skip


def _search_code() -> list[str]:
    """What tells the code that breeds policies from any other; that of runs does not cover it (D-069)."""
    paths = [*sorted(Path(__file__).parent.glob("*.py")), Path(running.__file__).with_name("design.py")]
    return [machine.file_fingerprint(path) for path in paths]


def refuse_other_code(folder: Path, mine: dict[str, Any]) -> None:
    """ScenarioError when the folder has this search, but of other code, data or pymoo."""
    path = folder / MANIFEST
    there = json.loads(path.read_text(encoding="utf-8")) if path.exists() else mine
    other = [what for name, what in _DECIDING.items() if there.get(name) != mine[name]]
    if other:
        raise ScenarioError(f"--out {folder}: it holds this search made with other {other[0]}: give a new folder")


def tell(folder: Path, told: dict[str, Any]) -> None:
    """Write the manifest."""
    machine.write_whole(folder / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def keep(found: Search, told: dict[str, Any]) -> None:
    """Write what was found, and the manifest that says that it is all there."""
    files = {FRONT: front(found)}
    if found.answer is not None:
        files[ANSWER] = answer(found.experiment, found.checked[found.answer]).to_toml()
    else:
        (found.folder / ANSWER).unlink(missing_ok=True)
    for name, content in files.items():
        machine.write_whole(found.folder / name, content)
    checksums = {name: hashlib.sha256(content.encode()).hexdigest() for name, content in files.items()}
    counts = {name: getattr(found, name) for name in ("looked_at", "not_allowed", "failed", "answer")}
    tell(found.folder, {**told, **counts, "complete": True, "files": checksums})


def answer(experiment: Experiment, one: Checked) -> Scenario:
    """The policy of a checked one as a scenario to run or compare."""
    made = policy_under(experiment.base, one.patch)
    return replace(made, name=f"{experiment.name} answer", title=NO_WORDS, question=NO_WORDS, description=NO_WORDS)


def values_of(experiment: Experiment, one: Checked) -> dict[str, Plain]:
    """The levers that were searched, as this policy sets them."""
    levers = policy_under(experiment.base, one.patch).levers
    return {name: bundle.read(levers, name) for name in experiment.levers}


def front(found: Search) -> str:
    """One row a checked policy, by rising cost."""
    rows = [_row(found, one) for one in found.checked]
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def _row(found: Search, one: Checked) -> dict[str, Any]:
    row: dict[str, Any] = {**values_of(found.experiment, one), "is_base": not one.patch, "verdict": one.verdict}
    for name in ("cost", "less", "chance", "jobs", "exits"):
        value = getattr(one, name)
        row |= {name: value.mean, f"{name}_low": value.low, f"{name}_high": value.high}
    row |= {"shortfall": one.shortfall, "searched_cost": one.searched[0], "searched_shortfall": one.searched[1]}
    for aim, level in zip(found.aims, one.levels, strict=True):
        row |= {aim.indicator: level.mean.mean, f"{aim.indicator}_at_probability": level.surely}
    return row
