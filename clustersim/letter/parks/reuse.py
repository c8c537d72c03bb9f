"""Vacated plants become small parks, without new land (clause 2.8)."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, NOBODY, Carry, ParkState
from clustersim.letter.parks.development import allowed_developers, choose_developer, pay_for, start
from clustersim.letter.parks.levers import Levers
from clustersim.world.tables import World


def reuse(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Make over a share of the vacated plants of each town, once there is enough for a small park."""
    if levers.reuse_share <= 0.0:
        return
    carry, accounts = world.city.carry[Carry.REUSE], world.accounts
    least = assumptions.reuse_least_floor * world.scale
    for town in range(len(world.towns)):
        idle = min(accounts.vacated_plants[town], accounts.vacant_floor[town]) / CENTIARE
        carry[town] = min(carry[town] + levers.reuse_share * idle, idle)
        park = _next_slot(world, town) if carry[town] >= least and idle > 0.0 else NOBODY
        if park == NOBODY:
            continue
        kinds = allowed_developers(levers)
        developer = choose_developer(world, park, carry[town], kinds, levers.reuse_cost, levers, assumptions)
        if developer != NOBODY:
            _make_over(world, park, developer, int(carry[town] * CENTIARE), levers, assumptions)
            carry[town] = 0.0


def _next_slot(world: World, town: int) -> int:
    """The town's first free row for a park of old plants, by identity."""
    parks = world.parks
    slots = np.flatnonzero((parks.town == town) & (parks.state == ParkState.CANDIDATE) & parks.reuse)
    return int(slots[parks.identity[slots].argmin()]) if len(slots) else NOBODY


def _make_over(world: World, park: int, developer: int, floor: int, levers: Levers, assumptions: Assumptions) -> None:
    """Take idle floor, and the land of absent owners under it, out of the ordinary stock and into a park.

    The land stays where it is on the map: the town's total by cell is unchanged, and so is the ledger.
    """
    town, accounts = int(world.parks.town[park]), world.accounts
    plots = accounts.owners_land[town] + accounts.absent_land[town]
    under = floor * float(plots) / max(float(accounts.ordinary_floor[town]), 1.0)
    land = min(int(under), int(accounts.absent_land[town]))
    accounts.ordinary_floor[town] -= floor
    accounts.vacant_floor[town] -= floor
    accounts.vacated_plants[town] -= floor
    accounts.absent_land[town] -= land
    world.parks.land[park] = land
    start(world, park, developer, floor, levers.reuse_quarters, levers, assumptions)
    pay_for(world, town, floor / CENTIARE * levers.reuse_cost, 0.0, levers)
