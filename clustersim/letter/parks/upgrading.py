"""Town parks that stood before 2021 gain services and floor, year by year (clause 1.7)."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, Carry, ParkState, Unit
from clustersim.letter.parks.development import pay_for
from clustersim.letter.parks.levers import Levers
from clustersim.world.rationing import whole_part
from clustersim.world.tables import World


def upgrade_town_parks(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Upgrade the old town parks with the poorest services first. Added storeys need no land."""
    if levers.town_parks_upgraded_per_year <= 0.0:
        return
    parks = world.parks
    due = whole_part(world.city.carry[Carry.PARK_UPGRADES], 0, levers.town_parks_upgraded_per_year / 4.0)
    waiting = np.flatnonzero((parks.state == ParkState.OPEN) & parks.before_2021 & ~parks.upgraded)
    poorest = waiting[np.lexsort((parks.identity[waiting], parks.services[waiting].sum(axis=1)))]
    for park in poorest[:due]:
        added = int(parks.floor[park].sum() * levers.upgrade_floor)
        parks.services[park] = np.minimum(parks.services[park] + levers.upgrade_services, 1.0)
        parks.floor[park, Unit.STANDARD] += added
        parks.free[park, Unit.STANDARD] += added
        parks.upgraded[park] = True
        pay_for(world, int(parks.town[park]), added / CENTIARE * assumptions.park_build_cost, 0.0, levers)
