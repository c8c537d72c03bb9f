"""What parks offer this quarter: reckoned once per town and sector, then read by every firm.

A firm looks at no more than the five nearest eligible parks with room, and at the nearest full one if none with room is
close by: by asking there it joins the queue that tells builders where floor is wanted (1.2). Which parks those are
depends on its town and sector alone, so the lists are tables keyed by town, never by cell.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.firm.options import far_share
from clustersim.foundation.compiled import sweep
from clustersim.foundation.words import NOBODY, ParkState
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

_OPEN: Final = int(ParkState.OPEN)
_NOBODY: Final = NOBODY
MOST_PARKS: Final = 5
QUEUE: Final = MOST_PARKS  # place in the list of the full park worth waiting for


class Offers(NamedTuple):
    """Nearest parks of every town and sector."""

    park: Short  # [town, sector, MOST_PARKS + 1]: rows of Parks, or NOBODY; the last is the full park
    far: Floats  # [town, park]: share of the loss of a long move, from the seat of the town


def list_offers(world: World, vetoed: int, room: Flags, most: int, distance_scale: float) -> Offers:
    """The nearest open parks with a free unit that take a sector; the bits of `vetoed` are sectors no park takes."""
    parks, cells = world.parks, world.cells
    seats = world.towns.seat_cell
    east = cells.x_km[seats][:, None] - cells.x_km[parks.cell][None, :]
    north = cells.y_km[seats][:, None] - cells.y_km[parks.cell][None, :]
    kilometres = np.sqrt(east * east + north * north)
    order = np.argsort(kilometres, axis=1, kind="stable")
    listed = _nearest(
        0, len(seats), order, parks.state, room, parks.admits, vetoed, len(world.sectors), most,
        kilometres > distance_scale,
    )  # fmt: skip
    far = np.empty_like(kilometres)
    _shares(0, far.size, distance_scale, kilometres.ravel(), far.ravel())
    return Offers(listed, far)


@sweep
def _shares(first: int, last: int, scale: float, kilometres: Floats, far: Floats) -> None:
    for one in range(first, last):
        far[one] = far_share(kilometres[one], scale)


@sweep
def _nearest(
    first: int, last: int, order: Long, state: Small, room: Flags, admits: Whole, vetoed: int, sectors: int, most: int,
    far_away: Flags,
) -> Short:  # fmt: skip
    listed = np.full((last - first, sectors, MOST_PARKS + 1), _NOBODY, np.int16)
    for town in range(first, last):
        for sector in range(sectors):
            if (vetoed >> sector) & 1 == 1:
                continue
            found = 0
            for park in order[town]:
                if found == most:
                    break
                if state[park] != _OPEN or (admits[park] >> sector) & 1 == 0:
                    continue
                if room[park]:
                    if found == 0 and not far_away[town, park]:
                        listed[town, sector, QUEUE] = _NOBODY  # no need to wait
                    listed[town, sector, found] = park
                    found += 1
                elif found == 0 and listed[town, sector, QUEUE] == _NOBODY:
                    listed[town, sector, QUEUE] = park
    return listed
