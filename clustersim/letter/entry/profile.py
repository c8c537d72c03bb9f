"""What newcomers are like: the moments of the below-scale tenants of their sector when the history began."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

from clustersim.foundation.compiled import sweep
from clustersim.foundation.mathematics import logarithm
from clustersim.foundation.words import CENTIARE, COUNT_SCALE, SECTORS, Mark, Site, Tenure
from clustersim.world.columns import Floats, Long
from clustersim.world.tables import World


class Trait(IntEnum):
    """What is drawn for a newcomer, and how it is held in the profile."""

    PRODUCTIVITY = 0
    REVENUE = 1  # log yuan
    FLOOR = 2  # log m2 a yuan
    KWH = 3  # log kWh a yuan
    WORKERS = 4  # log people a yuan
    EMISSION = 5  # log index
    FIXED = 6  # of revenue
    RESEARCH = 7  # of revenue
    SAFETY = 8
    ENVIRONMENT = 9
    FIRE = 10
    ENERGY = 11


MARKS: Final = (int(Mark.PREMISES), int(Mark.UNLICENSED), int(Mark.OUTDATED))
_CENTIARE: Final = float(CENTIARE)
_LEAST_GROUP: Final = 8  # fewer firms than this have no moments of their own


def remember_profile(world: World) -> None:
    """Take the moments of the below-scale tenants once, when the first newcomers come."""
    city, firms = world.city, world.firms
    if city.entry_profile.size:
        return
    alive = np.flatnonzero(firms.alive[: world.rows])
    mix = np.zeros((len(world.towns), SECTORS), np.int64)
    np.add.at(mix, (firms.town[alive], firms.sector[alive]), 1)
    mix[mix.sum(axis=1) == 0] = np.maximum(mix.sum(axis=0), 1)
    city.entry_mix = np.cumsum(mix, axis=1) / mix.sum(axis=1, keepdims=True)
    small = alive[~firms.above_scale[alive] & (firms.revenue[alive] > 0.0) & (firms.floor[alive] > 0)]
    tenants = small[firms.tenure[small] == Tenure.TENANT]
    like = tenants if len(tenants) else small
    registered = firms.registered[like].astype(np.int64)
    heads = np.maximum(np.bincount(firms.sector[like], minlength=SECTORS), 0)
    with_licence = np.bincount(firms.sector[like][registered == 1], minlength=SECTORS)
    city.entry_registered[:] = np.where(heads > 0, with_licence / np.maximum(heads, 1), registered.mean())
    city.entry_profile = profile_of(_traits(world, like), 2 * firms.sector[like].astype(np.int64) + registered)
    in_village = (firms.site[like] == Site.VILLAGE).astype(np.int64)
    for group in range(2):
        for village in range(2):
            here = like[(registered == group) & (in_village == village)]
            for place, bit in enumerate(MARKS):
                having = int(((firms.marks[here] & bit) != 0).sum())
                city.entry_marks[group, village, place] = having / max(len(here), 1)


def _traits(world: World, rows: Long) -> Floats:
    """[trait, row] as the profile holds them."""
    firms = world.firms
    sales = firms.revenue[rows]
    logs = np.array(
        [sales, firms.floor[rows] / (_CENTIARE * sales), firms.kwh_per_yuan[rows], firms.employees[rows] / sales,
         firms.emission_per_yuan[rows]]
    )  # fmt: skip
    _to_logs(0, logs.size, logs.ravel())
    return np.concatenate(
        [
            firms.productivity[rows][None], logs, firms.fixed_share[rows][None], firms.research_share[rows][None],
            firms.safety[rows][None], firms.environment[rows][None], firms.fire[rows][None], firms.energy[rows][None],
        ]
    )  # fmt: skip


@sweep
def _to_logs(first: int, last: int, values: Floats) -> None:
    for one in range(first, last):
        values[one] = logarithm(max(values[one], 1e-12))


def profile_of(traits: Floats, group: Long) -> Floats:
    """[group, trait, 3]: mean, spread around the line, and slope on productivity, in sums that no order changes.

    The slope is one for all groups; a group of few firms takes the mean of everybody.
    """
    groups = 2 * SECTORS
    heads = np.bincount(group, minlength=groups)
    profile = np.zeros((groups, len(traits), 3))
    driver = np.zeros(traits.shape[1])
    for trait, values in enumerate(traits):
        total = np.zeros(groups, np.int64)
        np.add.at(total, group, _fixed(values))
        overall = total.sum() / max(len(values), 1)
        mean = np.where(heads >= _LEAST_GROUP, total / np.maximum(heads, 1), overall) / COUNT_SCALE
        away = values - mean[group]
        if trait == Trait.PRODUCTIVITY:
            driver, slope = away, 0.0
        else:
            slope = int(_fixed(away * driver).sum()) / max(int(_fixed(driver * driver).sum()), 1)
        rest = away - slope * driver
        spread = np.sqrt(int(_fixed(rest * rest).sum()) / COUNT_SCALE / max(len(values), 1))
        profile[:, trait, 0], profile[:, trait, 1], profile[:, trait, 2] = mean, spread, slope
    return profile


def _fixed(values: Floats) -> Long:
    return np.floor(values * COUNT_SCALE + 0.5).astype(np.int64)
