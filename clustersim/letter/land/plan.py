"""Where parks may be built (clause 1.1), and what changes when a plan takes force."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.draws import uniform
from clustersim.foundation.words import NOBODY, Luck, ParkState
from clustersim.letter.land.levers import Levers
from clustersim.world.columns import Flags
from clustersim.world.tables import World

_LUCK: Final = int(Luck.DEVELOPER)


def plan(world: World, levers: Levers) -> None:
    """Put the plan of a history or a policy into force, once at its start.

    The planned zones themselves are the measuring mask and stay as they are; what changes is where parks may stand,
    and whether the ledger binds (1.3).
    """
    city = world.city
    city.may_build = buildable(city.planned, world.cells.hill, levers.planned_zones)
    city.released_now = np.zeros(len(world.towns))
    _place_sites(world, levers.planned_zones)
    city.land_limited = levers.ledger_binds
    if levers.ledger_binds:
        _open_ledger(world)


def buildable(planned: Flags, hill: Flags, planned_zones: bool) -> Flags:
    """[cell] where parks may be built: never on a hill, and inside the planned zones when there is a plan.

    >>> planned, hill = np.array([True, False, True]), np.array([False, False, True])
    >>> buildable(planned, hill, True).tolist(), buildable(planned, hill, False).tolist()
    ([True, False, False], [True, True, False])
    """
    return np.asarray(planned & ~hill if planned_zones else ~hill)


def _place_sites(world: World, planned_zones: bool) -> None:
    """Give every project site that nobody has started on a cell where it may be built.

    A plan takes the zones of a town one after the other; without one a site lies where its own lot puts it, whatever
    the seed: which land a developer gets hold of is a fact of the city, not of the run.
    """
    parks, cells = world.parks, world.cells
    free = (parks.state == ParkState.CANDIDATE) & ~parks.reuse & (parks.block == NOBODY)
    for town in range(len(world.towns)):
        sites = np.flatnonzero(free & (parks.town == town))
        sites = sites[np.argsort(parks.identity[sites], kind="stable")]
        allowed = np.flatnonzero(world.city.may_build & (cells.town == town))
        if not len(allowed):
            continue
        allowed = allowed[np.argsort(cells.plan_rank[allowed], kind="stable")]
        if planned_zones:
            parks.cell[sites] = allowed[np.arange(len(sites)) % len(allowed)]
        else:
            lots = [uniform(0, _LUCK, 0, int(identity), 1) for identity in parks.identity[sites]]
            parks.cell[sites] = allowed[[int(lot * len(allowed)) for lot in lots]]


def _open_ledger(world: World) -> None:
    """A ledger that binds opens empty, whatever was in hand or overdrawn before it did.

    占补平衡 balances what is built from now on: a yearly quota nobody used has lapsed, and what stands is not undone.
    The difference is booked as quota, so that the ledger's law holds throughout.
    """
    accounts = world.accounts
    accounts.quota -= accounts.left
    accounts.left[:] = 0
