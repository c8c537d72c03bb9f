"""How much land a square metre of floor takes, by where it stands: read by grading and by the indicators."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from clustersim.foundation.words import SQUARE_METRES_PER_MU
from clustersim.world.columns import Floats, Long
from clustersim.world.tables import World


class LandPerFloor(NamedTuple):
    """Mu of land to a square metre of floor (0.01 mu to 0.01 m2); 0 where there is no floor."""

    plot: Floats  # [town]
    park: Floats  # [park] finished floor
    block: Floats  # [block]
    village: float


def land_per_floor(world: World, village_ratio: float) -> LandPerFloor:
    """Land over floor as it stands now; `village_ratio` is the floor-area ratio on village land."""
    accounts, parks, blocks = world.accounts, world.parks, world.blocks
    return LandPerFloor(
        plot=_over(accounts.owners_land + accounts.absent_land, accounts.ordinary_floor),
        park=_over(parks.land, parks.floor.sum(axis=1)),
        block=_over(np.ones(len(blocks)), blocks.ratio * SQUARE_METRES_PER_MU),
        village=float(1.0 / (village_ratio * SQUARE_METRES_PER_MU)),
    )


def _over(land: Floats | Long, floor: Floats | Long) -> Floats:
    return np.divide(land, floor, out=np.zeros(len(floor)), where=np.asarray(floor) > 0)
