"""How much park floor may be started (clause 1.2): what queue and vacancy ask for, or the same every year."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, Carry, ParkState
from clustersim.letter.land.levers import Levers
from clustersim.world.columns import Floats, Long
from clustersim.world.tables import World


def floor_needed(queue: Floats, finished: Floats, free: Floats, coming: Floats, target_vacancy: float) -> Floats:
    """Floor a town is short of, in m2: its queue and the vacancy aimed at, less what is free and what is coming.

    >>> town = [np.array([one]) for one in (4000.0, 50_000.0, 2000.0, 3000.0)]
    >>> floor_needed(*town, 0.08).tolist(), floor_needed(*town, 0.0).tolist()
    ([3240.0], [0.0])
    """
    short: Floats = queue + target_vacancy * (finished + coming) - free - coming
    return np.maximum(short, 0.0)


def within_limit(needed: Floats, limit: float) -> Floats:
    """What each town gets of a city-wide limit: all it needs, or its share by need.

    >>> within_limit(np.array([30.0, 10.0]), 100.0).tolist(), within_limit(np.array([30.0, 10.0]), 20.0).tolist()
    ([30.0, 10.0], [15.0, 5.0])
    """
    wanted = float(needed.sum())
    return needed if wanted <= limit else needed * (limit / wanted)


def release(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Fill `released_now`, the m2 of new park floor that developers may start this quarter, by town."""
    city = world.city
    if levers.follows_need:
        city.released_now = within_limit(_needed(world, levers), levers.release_limit * world.scale)
    else:
        city.released_now = world.towns.firm_share * (assumptions.fixed_release / 4.0 * world.scale)


def _needed(world: World, levers: Levers) -> Floats:
    """[town] m2; the queue is what was refused in four quarters, and floor released but not yet started is coming."""
    parks, city, towns = world.parks, world.city, len(world.towns)
    standing = parks.state != ParkState.CANDIDATE

    def by_town(floor: Long) -> Floats:
        """Sums of whole 0.01 m2, so that the order of parks cannot matter."""
        return np.bincount(parks.town, weights=np.where(standing, floor.sum(axis=1), 0), minlength=towns) / CENTIARE

    waiting = city.queue.sum(axis=(0, 2)) / CENTIARE
    coming = by_town(parks.planned_floor) + city.carry[Carry.RELEASE]
    return floor_needed(waiting, by_town(parks.floor), by_town(parks.free), coming, levers.target_vacancy)
