"""Run what is missing of a sweep, write it as it comes, and leave the finished folder in the order of the design."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np

import clustersim
from clustersim.foundation import compiled, machine
from clustersim.foundation.words import POLICY_START
from clustersim.histories import shared_history
from clustersim.lab.folders import refuse
from clustersim.lab.intervals import interval
from clustersim.lab.runs import Progress
from clustersim.lab.sweep.bundles import Failure, in_bundles
from clustersim.lab.sweep.calibrating import Constants, assumptions_of
from clustersim.lab.sweep.design import Run, design, identity, patches, setting_of
from clustersim.lab.sweep.store import FORMAT, Store
from clustersim.lab.sweep.workers import live_runs, processes
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.scenario.setting import at_least_one
from clustersim.world.columns import Floats

FLUSH_RUNS: Final = 100
FLUSH_SECONDS: Final = 10.0
KEPT_RUNS: Final = 300  # in memory at most, waiting for the rest of their block
BATCH: Final = 10  # seeds at a time, where a precision is asked for


@dataclass
class Sweep:
    """How a sweep went."""

    folder: Path
    runs: int  # of the design
    reused: int  # there before
    done: int  # lived now
    failed: list[Failure] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)  # parts set aside
    foreign: int = 0  # runs of other code or another design, kept aside
    constants: dict[str, int] = field(default_factory=dict)  # sets of assumptions: how many, and how many settled
    interrupted: bool = False

    @property
    def complete(self) -> bool:
        """Whether every run is there, or has failed."""
        return not self.interrupted and self.reused + self.done + len(self.failed) >= self.runs


def sweep(
    experiment: Experiment | Path | str, folder: Path | str, *, workers: int = 1, progress: Progress | None = None,
    make_executor: Callable[[int], Executor] = processes,
) -> Sweep:  # fmt: skip
    """Run what is missing of an experiment (or of its file). ScenarioError says why the folder cannot be used.

    A kill loses at most the runs since the last part; the next start runs what is missing, and the finished folder has
    the same bytes. A failing run is noted and stops no other. An interruption (Ctrl-C) keeps what is finished.
    """
    if not isinstance(experiment, Experiment):
        experiment = load_experiment(Path(experiment))
    folder = Path(folder)
    workers = at_least_one("--workers", workers)
    refuse(folder, "sweep", FORMAT, print_of(experiment))
    folder.mkdir(parents=True, exist_ok=True)
    with machine.held(folder) as free:
        if not free:
            raise ScenarioError(f"--out {folder}: another sweep is at work on it")
        return _Work(experiment, folder, workers, progress, make_executor).to_the_end()


class _Work:
    """One start of a sweep: rounds of runs until every policy has its seeds."""

    def __init__(
        self, experiment: Experiment, folder: Path, workers: int, progress: Progress | None,
        make_executor: Callable[[int], Executor],
    ) -> None:  # fmt: skip
        setting = setting_of(experiment)
        with compiled.threads(workers):
            history = shared_history(experiment.base, setting)
        quarters = [str(POLICY_START + step) for step in range(setting.until - POLICY_START + 1)]
        self.experiment, self.workers, self.make_executor = experiment, workers, make_executor
        self.store = Store(folder, history.world.towns.en, quarters)
        self.manifest = _manifest(experiment)
        self.patches = patches(experiment)
        self.unsolved: dict[str, Failure] = {}
        self.seeds = [experiment.seeds or min(BATCH, experiment.most_seeds)] * experiment.runs  # by policy
        self.found = Sweep(folder, 0, 0, 0)
        self.progress = progress
        self.buffer: list[tuple[str, Floats]] = []
        self.safe: set[str] = set()  # keys of runs in the buffer that are in a file all the same
        self.flushed = monotonic()
        self.lived: set[str] = set()

    def to_the_end(self) -> Sweep:
        """Rounds until nothing is missing; then the parts are put in order."""
        found, store = self.found, self.store
        try:
            self._calibrate()
            while True:
                runs = design(self.experiment, self.seeds, self.patches)
                self._round(runs)
                more = self._undecided(runs) if self.experiment.precision else []
                if not more:
                    break
                for place in more:
                    self.seeds[place] = min(self.seeds[place] + BATCH, self.experiment.most_seeds)
        except KeyboardInterrupt:
            found.interrupted = True
        finally:
            self._flush()
        if found.complete:
            store.compact()
            store.tell({**self.manifest, "complete": True, "files": _checksums(found.folder)})
        return found

    def _calibrate(self) -> None:
        """Solve the constants of choice for every set of assumptions that the design makes, and put them into it."""
        if not self.experiment.recalibrate:
            return
        self.store.tell(self.manifest)  # from here on the folder says whose it is
        constants = Constants(self.found.folder, self.experiment.base, self.patches)
        constants.solve(self.workers, self.make_executor, self.progress)
        self.patches, self.unsolved = constants.put_into(self.patches), constants.failed
        if constants.sets:
            self.manifest["constants"] = self.found.constants = constants.told()

    def _round(self, runs: Sequence[Run]) -> None:
        """Run what is missing of some runs."""
        found, store = self.found, self.store
        store.open(self.manifest, runs)
        there, mine = store.done(), {one.key: one for one in runs}
        failed = {one.key for one in found.failed}
        for key, one in mine.items():
            why = self.unsolved.get(assumptions_of(one.patch))
            if why is not None and key not in there and key not in failed:
                found.failed.append(Failure(key, f"constants of choice: {why.message}", why.traceback))
                failed.add(key)
        missing = [one for key, one in mine.items() if key not in there and key not in failed]
        found.runs, found.damaged = len(mine), store.damaged
        found.reused = len(set(mine) & set(there) - self.lived)
        found.foreign = len(set(there) - set(mine))
        setting = setting_of(self.experiment)
        size = max(1, min(20, 50_000 // setting.firms, len(missing) // (2 * self.workers) or 1))
        live = partial(live_runs, self.experiment.base, setting)
        for lived in in_bundles(live, missing, size, self.workers, self.make_executor):
            for one in lived:
                if isinstance(one, Failure):
                    found.failed.append(one)
                else:
                    self.buffer.append(one)
                    self.lived.add(one[0])
                    found.done += 1
                self._tell()
            self.buffer = store.write_blocks(self.buffer)
            if self._unsafe() >= FLUSH_RUNS or monotonic() - self.flushed >= FLUSH_SECONDS:
                self._flush()
        self._flush()

    def _unsafe(self) -> int:
        """Runs that no file has yet."""
        return sum(key not in self.safe for key, _ in self.buffer)

    def _flush(self) -> None:
        """Write what no file has yet. It stays in memory till its block is whole, and is let go if there are many."""
        self.store.write([one for one in self.buffer if one[0] not in self.safe])
        self.store.fail(self.found.failed)
        self.safe |= {key for key, _ in self.buffer}
        self.buffer = self.buffer if len(self.buffer) < KEPT_RUNS else []
        self.flushed = monotonic()

    def _undecided(self, runs: Sequence[Run]) -> list[int]:
        """Policies whose indices are not known as precisely as was asked, and that may have more seeds.

        Half of each 95 % interval is to be at most half the precision, in points.
        """
        values, by_policy = self.store.indices([one.key for one in runs]), dict[int, list[list[float]]]()
        for one in runs:
            if one.key in values:
                by_policy.setdefault(one.scenario, []).append(values[one.key])
        found = []
        for place, mine in by_policy.items():
            columns = np.array(mine).T
            wide = len(mine) < 2 or max(interval(column).half for column in columns) > 0.5 * self.experiment.precision
            if wide and self.seeds[place] < self.experiment.most_seeds:
                found.append(place)
        return found

    def _tell(self) -> None:
        found = self.found
        if self.progress:
            failed = f", {len(found.failed)} failed" if found.failed else ""
            self.progress(found.reused + found.done + len(found.failed), found.runs, f"sweep{failed}")


def print_of(experiment: Experiment) -> str:
    """What tells one experiment from another, however many seeds it has: SHA-256 of base, design and city."""
    parts = {
        "base": experiment.base.fingerprint(), "kind": experiment.kind, "samples": experiment.samples,
        "levers": {name: list(values) for name, values in experiment.levers.items()},
        "given": [dict(one) for one in experiment.given], "policies": experiment.policy_patches(),
        "recalibrate": experiment.recalibrate, "firms": experiment.firms,
        "population_seed": experiment.population_seed, "until": str(experiment.until),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _manifest(experiment: Experiment) -> dict[str, Any]:
    base: Scenario = experiment.base
    return {
        "format": FORMAT, "kind": "sweep", "name": experiment.name, "question": experiment.question._asdict(),
        "experiment": print_of(experiment), "base": base.name, "fingerprint": base.fingerprint(),
        "resolved": base.resolved(), "design": experiment.kind,
        "levers": {name: list(values) for name, values in experiment.levers.items()}, "scenarios": experiment.runs,
        "seeds": experiment.seeds, "precision": experiment.precision, **identity(experiment),
        "version": clustersim.__version__, "commit": machine.git_commit(), "versions": machine.versions(),
        "machine": machine.facts(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"), "complete": False,
    }  # fmt: skip


def _checksums(folder: Path) -> dict[str, str]:
    paths = [*folder.glob("*.parquet"), *(folder / "results").glob("*.parquet")]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)
    }
