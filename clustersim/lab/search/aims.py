"""What a search aims at: the targets of its experiment, and by how much runs fall short of them.

A target is judged as `run` judges it: the value of the city in the quarter in which it is due (of a flow: what flows in
that quarter), at least what is wanted, or at most that where less of the indicator is better. A seed falls short by
what it lacks of the target it misses most.

>>> at_probability(np.array([0.3, -0.1, -0.2, -0.4, -0.3]), 0.8)  # four seeds of five meet everything
-0.1
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.words import POLICY_START, Quarter
from clustersim.indicators.targets import Target, judged_in, own_targets
from clustersim.letter import register
from clustersim.scenario import ScenarioError
from clustersim.scenario.designs import SAMPLED
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.scenario import ASSUMPTIONS
from clustersim.world.columns import Floats

LEAST_SEEDS: Final = 5
LEAST_SAMPLES: Final = 4  # of a population: its members are drawn in pairs, and pairs are held against each other
_NEARLY: Final = 1e-9  # 0.07 * 100 is a little more than 7


class Aim(NamedTuple):
    """One target, the quarter in which it is judged, and what is wanted then."""

    target: Target
    quarter: Quarter
    wanted: float

    @property
    def indicator(self) -> str:
        """What is measured."""
        return self.target.indicator

    @property
    def step(self) -> int:
        """Place of the quarter among the policy quarters."""
        return self.quarter - POLICY_START


def aims_of(experiment: Experiment) -> tuple[Aim, ...]:
    """The targets of an experiment; ScenarioError says in one line why it cannot be searched."""
    problem = _problem(experiment)
    if problem:
        raise ScenarioError(f"search: {problem}")
    found = []
    for one in own_targets(experiment.base.targets):
        quarter = judged_in(one, experiment.until)
        found.append(Aim(one, quarter, one.level(quarter, 0.0)))
    return tuple(found)


def _problem(experiment: Experiment) -> str | None:
    assumed = [name for name in experiment.levers if name.startswith(f"{ASSUMPTIONS}.")]
    if experiment.kind not in SAMPLED:
        return f"design.kind: {experiment.kind} is not searched; latin or sobol, with samples and two bounds a lever"
    if experiment.policies:
        return f"design.policies.{experiment.policies[0].name}: a search takes one base: name it by base ="
    if assumed:
        return f"design.levers.{assumed[0]}: no policy can choose an assumption; levers alone are searched"
    off = [name for name in experiment.levers if register.levers()[name].clause in experiment.base.off]
    if off:
        return f"design.levers.{off[0]}: its clause is off in {experiment.base.name}, so that it does nothing"
    if experiment.samples < LEAST_SAMPLES:
        return f"design.samples: {experiment.samples} is too few for a population; at least {LEAST_SAMPLES}"
    if experiment.precision:
        return f"precision: a search gives every policy the same seeds; give seeds, at least {LEAST_SEEDS}"
    if experiment.seeds < LEAST_SEEDS:
        return f"seeds: {experiment.seeds} is too few to tell a chance; at least {LEAST_SEEDS}"
    if not experiment.base.targets:
        return "targets: nothing is aimed at; write [targets] and below it lines such as green = 0.55"
    return None


def shortfalls(levels: Floats, aims: Sequence[Aim]) -> Floats:
    """[seed, aim] what is lacking of every target, from the levels of its indicator."""
    return np.column_stack([one.target.lacking(levels[:, place], one.wanted) for place, one in enumerate(aims)])


def at_probability(values: Floats, probability: float) -> float:
    """The least level that no more than the rest of the seeds is above: met with the probability if it is 0 or less."""
    enough = math.ceil(len(values) * probability - _NEARLY)
    return float(np.sort(values)[max(enough, 1) - 1])
