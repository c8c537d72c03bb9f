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
from clustersim.world.columns import Flags, Floats, Long, Short, Whole
from clustersim.world.tables import World

_NOBODY: Final = NOBODY
MOST_PARKS: Final = 5
QUEUE: Final = MOST_PARKS  # place in the list of the full park worth waiting for


class Offers(NamedTuple):
    """Nearest parks of every town and sector."""

    park: Short  # [town, sector, MOST_PARKS + 1]: rows of Parks, or NOBODY; the last is the full park
    far: Floats  # [town, park]: share of the loss of a long move, from the seat of the town


def list_offers(world: World, vetoed: int, room: Flags, most: int, distance_scale: float) -> Offers:
    """The nearest open parks with a free unit that take a sector; the bits of `vetoed` are sectors no park takes."""
    parks, cells, seats = world.parks, world.cells, world.towns.seat_cell
    standing = np.flatnonzero(parks.state == ParkState.OPEN)
    there = parks.cell[standing]
    east = cells.x_km[seats][:, None] - cells.x_km[there][None, :]
    north = cells.y_km[seats][:, None] - cells.y_km[there][None, :]
    kilometres = np.sqrt(east * east + north * north)
    order = np.argsort(kilometres, axis=1, kind="stable")
    near = np.take_along_axis(kilometres, order, axis=1) <= distance_scale
    listed = _nearest(0, len(seats), standing[order], near, room, parks.admits, vetoed, len(world.sectors), most)
    shares, far = np.empty_like(kilometres), np.zeros((len(seats), len(parks)))
    _shares(0, shares.size, distance_scale, kilometres.ravel(), shares.ravel())
    far[:, standing] = shares
    return Offers(listed, far)


@sweep
def _shares(first: int, last: int, scale: float, kilometres: Floats, far: Floats) -> None:
    for one in range(first, last):
        far[one] = far_share(kilometres[one], scale)


@sweep
def _nearest(
    first: int, last: int, order: Long, near: Flags, room: Flags, admits: Whole, vetoed: int, sectors: int, most: int
) -> Short:
    """`order` and `near`: [town, place] open parks from the nearest, and whether they are close by."""
    listed = np.full((last - first, sectors, MOST_PARKS + 1), _NOBODY, np.int16)
    for town in range(first, last):
        for sector in range(sectors):
            if (vetoed >> sector) & 1 == 1:
                continue
            found = 0
            for place in range(order.shape[1]):
                park = order[town, place]
                if found == most:
                    break
                if (admits[park] >> sector) & 1 == 0:
                    continue
                if room[park]:
                    if found == 0 and near[town, place]:
                        listed[town, sector, QUEUE] = _NOBODY  # no need to wait
                    listed[town, sector, found] = park
                    found += 1
                elif found == 0 and listed[town, sector, QUEUE] == _NOBODY:
                    listed[town, sector, QUEUE] = park
    return listed
