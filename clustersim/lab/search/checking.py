"""Policies held against the targets under fresh seeds, and the cheapest of those that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from clustersim.lab.intervals import Interval, interval, share_interval
from clustersim.lab.search.aims import Aim, at_probability
from clustersim.lab.search.living import Lived, Patch

Verdict = Literal["holds", "undecided", "fails"]
BASE: Final[Patch] = {}  # the patch of the base itself


@dataclass(frozen=True)
class Level:
    """How far one target gets: its mean over seeds, and what is reached at least with the probability asked for."""

    mean: Interval
    surely: float
    lacking: float  # at that probability, as a share of what is wanted


@dataclass(frozen=True)
class Checked:
    """One policy under fresh seeds. Costs in yuan over the policy quarters, jobs at the horizon, exits in all."""

    patch: Patch  # on the base
    searched: tuple[float, float]  # cost and shortfall under the seeds of the search
    cost: Interval
    less: Interval  # its cost less that of the base, seed by seed
    chance: Interval  # that every target is met
    shortfall: float  # of the target missed most, at the probability asked for; met where it is 0 or less
    levels: tuple[Level, ...]  # by target
    jobs: Interval
    exits: Interval
    probability: float  # asked for

    @property
    def verdict(self) -> Verdict:
        """Holds: met as often as asked. Fails: surely less often. Undecided: less often, but that may be chance."""
        if self.chance.mean >= self.probability:
            return "holds"
        return "undecided" if self.chance.high >= self.probability else "fails"

    @property
    def surely(self) -> bool:
        """Whether the whole interval of its chance is at or above what was asked for."""
        return self.chance.low >= self.probability


def checked(
    patch: Patch, searched: Lived, fresh: Lived, base: Lived, aims: Sequence[Aim], probability: float
) -> Checked:
    """What fresh seeds say of a policy."""
    met = int(np.sum(fresh.worst <= 0.0))
    levels = []
    for place, one in enumerate(aims):
        lacking, values = fresh.lacking[:, place], fresh.levels[:, place]
        turned = -1.0 if one.target.at_most else 1.0
        surely = -turned * at_probability(-turned * values, probability)
        levels.append(Level(interval(values), surely, at_probability(lacking, probability)))
    return Checked(
        patch, searched.objectives(probability), interval(fresh.cost), interval(fresh.cost - base.cost),
        share_interval(met, len(fresh.cost)), at_probability(fresh.worst, probability), tuple(levels),
        interval(fresh.jobs), interval(fresh.exits), probability,
    )  # fmt: skip


def cheapest(found: Sequence[Checked]) -> int | None:
    """Place of the cheapest that holds; of equals the first."""
    holding = [place for place, one in enumerate(found) if one.verdict == "holds"]
    return min(holding, key=lambda place: found[place].cost.mean, default=None)


def nearest(found: Sequence[Checked]) -> int:
    """Place of the one that falls short least, or meets the targets by most."""
    return min(range(len(found)), key=lambda place: found[place].shortfall)
