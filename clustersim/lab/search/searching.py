"""The search itself: generations of policies, then the best of all that were seen under seeds that none has seen.

Every generation is a sweep in a folder of its own under the same seeds. A second start breeds the same policies, since
nothing but their results decides what comes next, and finds their runs there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from clustersim.foundation import machine
from clustersim.lab.folders import refuse
from clustersim.lab.runs import Progress
from clustersim.lab.search import keeping
from clustersim.lab.search.aims import Aim, aims_of
from clustersim.lab.search.checking import BASE, Checked, cheapest, checked, nearest
from clustersim.lab.search.fronts import around_the_target, non_dominated
from clustersim.lab.search.genetic import Genetic, pymoo_version
from clustersim.lab.search.living import Lived, Means, Patch, allowed, live, policy_at
from clustersim.lab.search.steps import Steps
from clustersim.lab.sweep.design import sampled_shares, shares_at
from clustersim.lab.sweep.workers import processes
from clustersim.scenario import ScenarioError
from clustersim.scenario import levers as bundle
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.scenario.setting import at_least_one

MOST: Final = 12  # policies that are checked, beside the base
FIRST_FRESH: Final = 1_000_001  # no experiment has that many seeds


@dataclass(frozen=True)
class Search:
    """What a search found: policies under fresh seeds by rising cost, the base among them."""

    experiment: Experiment
    folder: Path
    aims: tuple[Aim, ...]
    looked_at: int  # policies that were lived
    not_allowed: int  # combinations of levers that may not be
    failed: int  # policies of which a run failed
    checked: tuple[Checked, ...]
    answer: int | None  # place of the cheapest that holds
    nearest: int  # place of the one that falls short least


def search(
    experiment: Experiment | Path | str, folder: Path | str, *, workers: int = 1, progress: Progress | None = None,
    make_executor: Callable[[int], Executor] = processes,
) -> Search:  # fmt: skip
    """Search an experiment (or its file) for the cheapest policies that meet its targets.

    ScenarioError says in one line why it cannot be searched or the folder cannot be used. An interruption is raised as
    KeyboardInterrupt; the folder keeps what is finished, and the next start goes on from there.
    """
    if not isinstance(experiment, Experiment):
        experiment = load_experiment(Path(experiment))
    folder = Path(folder)
    aims, version = aims_of(experiment), pymoo_version()
    means = Means(experiment, aims, at_least_one("--workers", workers), make_executor)
    print_of = keeping.print_of(experiment)
    refuse(folder, keeping.KIND, keeping.FORMAT, print_of)
    manifest = keeping.manifest(experiment, aims, version)
    keeping.refuse_other_code(folder, manifest)
    folder.mkdir(parents=True, exist_ok=True)
    with machine.held(folder) as free:
        if not free:
            raise ScenarioError(f"--out {folder}: another search is at work on it")
        keeping.tell(folder, manifest)
        found = _Work(means, folder, progress).to_the_end()
        keeping.keep(found, manifest)
        return found


class _Work:
    """One start of a search: all policies seen so far."""

    def __init__(self, means: Means, folder: Path, progress: Progress | None) -> None:
        self.means, self.folder, self.experiment = means, folder, means.experiment
        self.seen: dict[str, tuple[Patch, Lived]] = {}
        self.not_allowed: set[str] = set()
        self.failed: set[str] = set()
        wanted, size = self.experiment.search, self.experiment.samples
        policies = 1 + size * wanted.generations
        self.steps = Steps(progress, policies * self.experiment.seeds + (MOST + 1) * wanted.fresh_seeds)

    def to_the_end(self) -> Search:
        """Generations, then the check."""
        self._generations()
        found = self._check()
        return Search(
            self.experiment, self.folder, self.means.aims, len(self.seen), len(self.not_allowed), len(self.failed),
            found, cheapest(found), nearest(found),
        )  # fmt: skip

    def _generations(self) -> None:
        """The design of the experiment and its base, and their descendants."""
        experiment = self.experiment
        generations = experiment.search.generations
        base = {name: bundle.read(experiment.base.levers, name) for name in experiment.levers}
        first = [*sampled_shares(experiment), shares_at(experiment, base)]
        genetic = Genetic(first, experiment.samples, generations)
        for number in range(generations):
            points = genetic.ask()
            patches = [policy_at(experiment, shares) for shares in points]
            if number == 0:
                patches[-1] = BASE  # itself, whatever the bounds and however it rounds
            with self.steps.part(f"generation {number + 1} of {generations}", len(patches) * experiment.seeds) as told:
                self._live(patches, self.folder / "generations" / f"{number:03d}", told)
            if not points:
                break
            if _key(BASE) in self.failed:
                raise ScenarioError(
                    f"search: the base itself failed: see {self.folder}/generations/000/failures.parquet"
                )
            self._tell(genetic, patches)

    def _live(self, patches: Sequence[Patch], folder: Path, progress: Progress | None) -> None:
        """Live those that were not seen before."""
        new: dict[str, Patch] = {}
        for patch in patches:
            key = _key(patch)
            if key in self.seen or key in self.failed:
                continue
            if allowed(self.experiment, patch):
                new[key] = patch
            else:
                self.not_allowed.add(key)
        if not new:
            return
        for (key, patch), lived in zip(
            new.items(), live(self.means, folder, [*new.values()], (), progress), strict=True
        ):
            if lived is None:
                self.failed.add(key)
            else:
                self.seen[key] = (patch, lived)

    def _tell(self, genetic: Genetic, patches: Sequence[Patch]) -> None:
        probability = self.experiment.search.probability
        came_to = [self.seen.get(_key(patch)) for patch in patches]
        points = [(0.0, 0.0) if one is None else one[1].objectives(probability) for one in came_to]
        genetic.tell(np.array(points), [one is not None for one in came_to])

    def _check(self) -> tuple[Checked, ...]:
        """The front of all that was seen, thinned, and the base: under fresh seeds, by rising cost."""
        wanted, chosen = self.experiment.search, self._front()
        fresh = range(FIRST_FRESH, FIRST_FRESH + wanted.fresh_seeds)
        folder = self.folder / "check" / f"{wanted.generations:03d}-{wanted.fresh_seeds}"
        with self.steps.part("check under fresh seeds", (MOST + 1) * wanted.fresh_seeds) as told:
            lived = live(self.means, folder, [self.seen[key][0] for key in chosen], fresh, told)
        found = dict(zip(chosen, lived, strict=True))
        base = found[_key(BASE)]
        if base is None:
            raise ScenarioError(f"search: the base itself failed: see {folder}/failures.parquet")
        told_of = [
            checked(*self.seen[key], one, base, self.means.aims, wanted.probability)
            for key, one in found.items()
            if one is not None
        ]
        return tuple(sorted(told_of, key=lambda one: one.cost.mean))

    def _front(self) -> list[str]:
        """Keys of the policies to check."""
        keys = [*self.seen]
        points = np.array([self.seen[key][1].objectives(self.experiment.search.probability) for key in keys])
        front = non_dominated(points)
        chosen = [keys[front[place]] for place in around_the_target(points[front], MOST)]
        return list(dict.fromkeys([*chosen, _key(BASE)]))


def _key(patch: Patch) -> str:
    return json.dumps(patch, sort_keys=True)
