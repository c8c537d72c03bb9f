"""Experiment files answered: their sweep, and every policy held against the one it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from clustersim.indicators import INDICES
from clustersim.indicators.shown import shown
from clustersim.indicators.tidy import CITY
from clustersim.lab.attribution import Attribution, attribute
from clustersim.lab.headlines import HEADLINES, is_share
from clustersim.lab.paired import HIGHER, LOWER, PRECISION, Comparison, Headline, tolerance
from clustersim.lab.runs import Progress
from clustersim.lab.sweep import Sweep, sweep
from clustersim.lab.sweep.design import setting_of
from clustersim.lab.sweep.reading import Results, city_paths, results
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.options import policy_under
from clustersim.scenario.scenario import Words
from clustersim.world.columns import Floats

_CHAPTERS, _CLAUSES = "chapters", "clauses"
PARTS: Final = (_CHAPTERS, _CLAUSES)


@dataclass(frozen=True)
class Answer:
    """A design that was lived: `values` is [policy, seed, place, name], flows summed, the rest at the horizon."""

    experiment: Experiment
    names: tuple[str, ...]  # the five indices, then what the file shows
    scenarios: tuple[Scenario, ...]  # in the order of the design, with name and title
    against: tuple[int, ...]  # by policy: the one it is held against; itself for the first
    seeds: tuple[int, ...]
    towns: tuple[str, ...]  # the city last
    values: Floats
    runs: tuple[int, ...]  # by run of the sweep: its policy
    work: Sweep

    @property
    def held(self) -> list[int]:
        """The policies that are held against another."""
        return [policy for policy, other in enumerate(self.against) if policy != other]

    def comparison(self, policy: int) -> Comparison:
        """A policy (B) and the one it is held against (A)."""
        pair = [self.against[policy], policy]
        return Comparison(
            tuple(self.scenarios[one] for one in pair), setting_of(self.experiment), self.seeds, self.towns,
            self.values[pair], self.experiment.precision or PRECISION, names=self.names,
        )  # fmt: skip

    def headline(self, policy: int, name: str, town: str = CITY) -> Headline:
        """One indicator under a policy and under the one it is held against."""
        return self.comparison(policy).headline(name, town)

    def slight(self, one: Headline) -> bool:
        """Whether a difference is sure and hardly any: its interval lies within what would be called the same."""
        most = tolerance(one.mean_a, is_share(one.indicator), self.experiment.precision or PRECISION)
        return one.verdict in (HIGHER, LOWER) and max(abs(one.low), abs(one.high)) <= most

    def paths(self) -> Floats:
        """[policy, seed, quarter, name] of the city over the policy quarters, every quarter by itself."""
        return _by_policy(self.runs, city_paths(self.work.folder, self.names), len(self.seeds))


@dataclass(frozen=True)
class Shares:
    """Shapley shares of the chapters and of the clauses of an experiment's policy."""

    experiment: Experiment
    names: tuple[str, ...]
    scenario: Scenario
    parts: dict[str, Attribution]  # by `PARTS`


def compared(
    experiment: Experiment, folder: Path | str, *, workers: int = 1, progress: Progress | None = None
) -> Answer:
    """Run what is missing of an experiment and hold its policies against each other."""
    names = (*INDICES, *shown(experiment.answering))
    work = sweep(experiment, folder, workers=workers, progress=progress)
    if work.interrupted:
        raise KeyboardInterrupt
    if work.failed or not work.complete:
        raise ScenarioError(f"{experiment.name}: {len(work.failed)} runs failed: see {work.folder}/failures.parquet")
    found = results(work.folder, names)
    seeds = _common_seeds(found)
    values = _by_policy(found.scenarios, found.values, len(seeds))
    if np.isnan(values).any():
        raise ScenarioError(f"{work.folder}: results of some runs are missing")
    scenarios, against = _policies(experiment, found)
    return Answer(
        experiment, names, scenarios, against, seeds, tuple(found.places), values, tuple(found.scenarios), work
    )


def attributed(
    experiment: Experiment, folder: Path | str, *, workers: int = 1, progress: Progress | None = None
) -> Shares:
    """Shapley shares of an experiment's one policy: of its chapters, exactly, and of its clauses."""
    names = (*INDICES, *shown(experiment.answering))
    beyond = [one for one in names if one not in HEADLINES]
    if beyond:
        raise ScenarioError(
            f"{experiment.answering.where}: show: shares are known of headlines only, {beyond[0]} is none"
        )
    if experiment.runs != 1 or not experiment.seeds:
        raise ScenarioError(f"{experiment.name}: one policy and a number of seeds can be attributed, nothing else")
    policy = experiment.policies[0] if experiment.policies else experiment.base
    parts = {
        part: attribute(
            policy, Path(folder) / part, seeds=experiment.seeds, clauses=part == _CLAUSES,
            permutations=experiment.answering.permutations, firms=experiment.firms,
            population_seed=experiment.population_seed, until=experiment.until, workers=workers, progress=progress,
        )
        for part in PARTS
    }  # fmt: skip
    return Shares(experiment, names, policy, parts)


def _policies(experiment: Experiment, found: Results) -> tuple[tuple[Scenario, ...], tuple[int, ...]]:
    """The policies of the design, and which of them each is held against.

    A named policy is held against another one under the same row of the design; without names, and for the first,
    a row is held against the first row.
    """
    patches = dict(zip(found.scenarios, found.patches, strict=True))
    named, rows = experiment.policies or (experiment.base,), experiment.rows
    held = experiment.answering.against or (0,)
    scenarios, against = [], []
    for place in range(experiment.runs):
        policy, row = divmod(place, rows)
        other = held[policy]
        against.append(other * rows + (row if other != policy else 0))
        values = [f"{name} = {patches[place].get(name)}" for name in experiment.levers]
        made = policy_under(experiment.base, patches[place])
        title = named[policy].title if named[policy].title != Words() else Words(*[named[policy].name] * 2)
        parts = [Words(one, one) for one in values] if rows > 1 else []
        parts = [title, *parts] if experiment.policies or not parts else parts
        name = f"{named[policy].name} {row + 1}" if rows > 1 else named[policy].name
        scenarios.append(
            replace(made, name=name, title=Words(*(", ".join(one[lang] for one in parts) for lang in range(2))))
        )  # fmt: skip
    return tuple(scenarios), tuple(against)


def _common_seeds(found: Results) -> tuple[int, ...]:
    """The seeds that every policy was lived under; with a precision some have more."""
    by_policy: dict[int, list[int]] = {}
    for policy, seed in zip(found.scenarios, found.seeds, strict=True):
        by_policy.setdefault(policy, []).append(seed)
    fewest = min(by_policy.values(), key=len)
    return tuple(fewest)


def _by_policy(scenarios: Sequence[int], values: Floats, seeds: int) -> Floats:
    """[policy, seed, ...] out of [run, ...]: the first seeds of each policy."""
    numbers = np.asarray(scenarios)
    return np.stack([values[numbers == policy][:seeds] for policy in range(int(numbers.max()) + 1)])
