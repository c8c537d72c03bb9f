"""Policies lived under some seeds, as a sweep in a folder of its own, and what each came to seed by seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from clustersim.foundation.levers import Plain
from clustersim.lab.runs import Progress
from clustersim.lab.search.aims import Aim, at_probability, shortfalls
from clustersim.lab.sweep import sweep
from clustersim.lab.sweep.design import setting_of, values_at
from clustersim.lab.sweep.reading import city_paths
from clustersim.scenario import ScenarioError
from clustersim.scenario.experiments import Experiment, given
from clustersim.scenario.options import policy_under
from clustersim.world.columns import Floats

Patch = dict[str, Any]
COST: Final = "fiscal_cost_yuan"
JOBS: Final = "jobs"
EXITS: Final = "exited"
BESIDE: Final = (JOBS, EXITS)  # told beside cost and targets
_DIGITS: Final = 3  # of a lever's range: a policy is written down, not computed on


class Lived(NamedTuple):
    """What a policy came to under each seed."""

    cost: Floats  # [seed] yuan over the policy quarters
    levels: Floats  # [seed, aim] of the indicators, in the quarter in which each is judged
    lacking: Floats  # [seed, aim]
    jobs: Floats  # [seed] at the horizon
    exits: Floats  # [seed] over the policy quarters

    @property
    def worst(self) -> Floats:
        """[seed] what is lacking of the target that is missed most."""
        found: Floats = self.lacking.max(axis=1)
        return found

    def objectives(self, probability: float) -> tuple[float, float]:
        """Mean cost, and the shortfall that is not exceeded with a probability."""
        return float(self.cost.mean()), at_probability(self.worst, probability)


@dataclass(frozen=True)
class Means:
    """By what runs are lived, and who is told."""

    experiment: Experiment
    aims: tuple[Aim, ...]
    workers: int
    make_executor: Callable[[int], Executor]


def policy_at(experiment: Experiment, shares: Sequence[float]) -> Patch:
    """The policy at a point of the unit cube, in numbers of a few digits.

    >>> from clustersim.scenario.reading import parse
    >>> from clustersim.scenario.experiments import read_experiment
    >>> text = 'seeds = 5\\n[design]\\nkind = "latin"\\nsamples = 4\\n[design.levers]\\n"entry.leak" = [0.0, 0.3]'
    >>> policy_at(read_experiment(parse(text, "x.toml"), Path("x.toml")), [1 / 3])
    {'entry.leak': 0.1}
    """
    values = values_at(experiment, shares)
    return {name: _written(value, experiment.levers[name]) for name, value in values.items()}


def _written(value: Plain, bounds: tuple[Plain, ...]) -> Plain:
    low, high = bounds
    if not isinstance(value, float) or not isinstance(low, float) or not isinstance(high, float):
        return value
    decimals = _DIGITS - math.floor(math.log10(high - low))
    return min(max(round(value, decimals), low), high)


def allowed(experiment: Experiment, patch: Mapping[str, Any]) -> bool:
    """Whether its levers may be set together."""
    try:
        policy_under(experiment.base, patch)
    except ScenarioError:
        return False
    return True


def live(
    means: Means, folder: Path, patches: Sequence[Patch], fresh: Sequence[int], progress: Progress | None
) -> list[Lived | None]:
    """What each policy came to; None where a run failed. Under the seeds of the experiment, or under fresh ones.

    KeyboardInterrupt when it was stopped: what is finished is kept in the folder.
    """
    experiment = means.experiment
    rows = [{**patch, "seed": seed} for patch in patches for seed in fresh] if fresh else patches
    plan = given(
        experiment.name, experiment.base, rows, 1 if fresh else experiment.seeds, setting_of(experiment),
        recalibrate=False,
    )  # fmt: skip
    work = sweep(plan, folder, workers=means.workers, progress=progress, make_executor=means.make_executor)
    if work.interrupted:
        raise KeyboardInterrupt
    return _lived(folder, means.aims, len(patches))


def _lived(folder: Path, aims: Sequence[Aim], policies: int) -> list[Lived | None]:
    names = list(dict.fromkeys([COST, *BESIDE, *(one.indicator for one in aims)]))
    paths = city_paths(folder, names)
    found: list[Lived | None] = []
    for runs in paths.reshape(policies, -1, *paths.shape[1:]):  # [seed, quarter, indicator]
        of = dict(zip(names, np.moveaxis(runs, -1, 0), strict=True))  # [seed, quarter] by indicator
        levels = np.column_stack([of[one.indicator][:, one.step] for one in aims])
        lived = Lived(
            of[COST].sum(axis=1), levels, shortfalls(levels, aims), of[JOBS][:, -1], of[EXITS].sum(axis=1)
        )  # fmt: skip
        found.append(None if np.isnan(runs).any() else lived)
    return found
