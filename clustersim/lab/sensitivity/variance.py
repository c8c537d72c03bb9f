"""Sobol: shares of a headline's variance that single factors make, and sets of factors together.

All factors vary at once. Those that the screening found strongest are looked at one by one; the others stay together by
what they rest on, so that nothing is left out of the variance. A second grouping of the same points is by standing
alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from clustersim.lab.headlines import HEADLINES
from clustersim.lab.sensitivity.factors import LUCK, Factor, points, problem_of, seed_at, whole_blocks
from clustersim.scenario.experiments import Experiment
from clustersim.world.columns import Floats

SEED: Final = 1
RESAMPLES: Final = 200
OTHERS: Final = "other "  # before the standing of those that are not looked at one by one


class Share(NamedTuple):
    """Share of a variance: `first` goes if the factor were known, `total` is all in which it has a part.

    With halves of their 95 % intervals. Estimates of small shares can come out a little below zero.
    """

    factor: str
    first: float
    first_half: float
    total: float
    total_half: float


class Spread(NamedTuple):
    """How a headline spreads over all points: mean, standard deviation, and the share of its variance that is luck."""

    mean: float
    deviation: float
    aleatory: float
    aleatory_half: float


def groups_of(factors: Sequence[Factor], chosen: Sequence[str]) -> list[str]:
    """The group of each factor: itself if it is chosen, or what it rests on."""
    return [one.name if one.name in (*chosen, LUCK) else f"{OTHERS}{one.standing}" for one in factors]


def by_standing(factors: Sequence[Factor]) -> list[str]:
    """The group of each factor: what it rests on."""
    return [one.standing for one in factors]


def sample(experiment: Experiment, factors: Sequence[Factor], groups: Sequence[str]) -> list[dict[str, Any]]:
    """The patch of every point of a Sobol design over groups of factors."""
    from SALib.sample import sobol

    problem = problem_of([one.name for one in factors], groups)
    cube = sobol.sample(problem, experiment.samples, calc_second_order=False, seed=SEED)
    return points(experiment, cube, [seed_at(share, experiment.seeds) for share in cube[:, -1].tolist()])


def shares(
    factors: Sequence[Factor], groups: Sequence[str], values: Floats
) -> tuple[dict[str, list[Share]], dict[str, Spread], int]:
    """Shares of all groups and the spread by headline, from [point, headline]; and how many blocks had a failed run.

    A headline that is the same everywhere has no shares.
    """
    from SALib.analyze import sobol

    names = list(dict.fromkeys(groups))
    problem, size = problem_of([one.name for one in factors], groups), len(names) + 2
    whole = whole_blocks(values, size)
    blocks = values.reshape(-1, size, len(HEADLINES))[whole]
    found: dict[str, list[Share]] = {}
    spreads: dict[str, Spread] = {}
    for place, headline in enumerate(HEADLINES):
        mine = blocks[:, :, place]
        ends = mine[:, [0, -1]]  # the two independent points of each block
        if len(mine) < 2 or float(np.ptp(ends)) <= 1e-12 * max(1.0, float(np.abs(ends).max())):
            found[headline] = []
            spreads[headline] = Spread(float(mine.mean()) if len(mine) else float("nan"), 0.0, 0.0, 0.0)
            continue
        with warnings.catch_warnings():  # a resample of what rarely varies may be constant
            warnings.filterwarnings("ignore", message="Constant values encountered")
            told = sobol.analyze(problem, mine.ravel(), calc_second_order=False, num_resamples=RESAMPLES, seed=SEED)
        columns = zip(names, told["S1"], told["S1_conf"], told["ST"], told["ST_conf"], strict=True)
        found[headline] = [Share(name, *(float(one) for one in rest)) for name, *rest in columns]
        luck = next(one for one in found[headline] if one.factor == LUCK)
        spreads[headline] = Spread(float(ends.mean()), float(ends.std(ddof=1)), luck.total, luck.total_half)
    return found, spreads, int((~whole).sum())
