"""Morris: one number at a time is moved along random paths; what moves nothing need not be looked at closely.

Each path has luck of its own, and moves to other luck once. An effect is told in the unit of the headline per
whole range of the factor; the effect of luck is the level below which an effect is noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from clustersim.indicators import INDICES
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.sensitivity.factors import LUCK, Factor, points, problem_of, whole_blocks
from clustersim.scenario.experiments import Experiment
from clustersim.world.columns import Floats

LEVELS: Final = 4
SEED: Final = 1  # of the paths: the same file gives the same design
RESAMPLES: Final = 200


class Effect(NamedTuple):
    """What a factor does to a headline: mean size of the effect, half its 95 % interval, and its spread."""

    factor: str
    size: float
    half: float
    spread: float  # large against the size: the effect depends on the other factors


def paths(experiment: Experiment, factors: Sequence[Factor]) -> tuple[Floats, list[dict[str, Any]]]:
    """The points of all paths in the unit cube, and the patch of each."""
    from SALib.sample import morris

    problem = problem_of([one.name for one in factors])
    cube = morris.sample(problem, experiment.sensitivity.trajectories, num_levels=LEVELS, seed=SEED)
    length = len(factors) + 1
    levels = np.rint(cube[:, -1] * (LEVELS - 1)).astype(int)
    seeds = [1 + (row // length * LEVELS + int(level)) % experiment.seeds for row, level in enumerate(levels)]
    return cube, points(experiment, cube, seeds)


def effects(factors: Sequence[Factor], cube: Floats, values: Floats) -> tuple[dict[str, list[Effect]], int]:
    """The effects of all factors by headline, from [point, headline]; and how many paths a failed run broke."""
    from SALib.analyze import morris

    length = len(factors) + 1
    whole = whole_blocks(values, length)
    rows = np.repeat(whole, length)
    problem, found = problem_of([one.name for one in factors]), {}
    for place, headline in enumerate(HEADLINES):
        told = morris.analyze(
            problem, cube[rows], values[rows, place], num_levels=LEVELS, num_resamples=RESAMPLES, seed=SEED
        )
        columns = zip(told["names"], told["mu_star"], told["mu_star_conf"], told["sigma"], strict=True)
        found[headline] = [Effect(str(name), float(a), float(b), float(c)) for name, a, b, c in columns]
    return found, int((~whole).sum())


def strongest(found: dict[str, list[Effect]], count: int) -> tuple[str, ...]:
    """The factors that move any of the five indices most: each effect as a share of the largest on that index."""
    scores: dict[str, float] = {}
    for headline in INDICES:
        sizes = {one.factor: one.size for one in found[headline] if one.factor != LUCK}
        largest = max(sizes.values()) or 1.0
        for name, size in sizes.items():
            scores[name] = max(scores.get(name, 0.0), size / largest)
    return tuple(sorted(scores, key=lambda name: (-scores[name], name))[:count])
