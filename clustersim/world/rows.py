"""Rows of firms: in which order they stand, and the few of a block that a sweep has to look at one by one."""

from __future__ import annotations

import dataclasses

import numpy as np

from clustersim.foundation.compiled import sweep
from clustersim.world.columns import Flags, Long
from clustersim.world.tables import World


@sweep
def places(found: Long, marked: Flags) -> Long:
    """The places that are marked, in `found`, which is one longer than a block. There is no branch to guess wrong.

    >>> places(np.zeros(5, np.int64), np.array([False, True, True, False])).tolist()
    [1, 2]
    """
    count = 0
    for one in range(len(marked)):
        found[count] = one
        count += marked[one]
    return found[:count]


def put_neighbours_together(world: World) -> None:
    """Give the firms of a town, and in it those of a kind of site and tenure, rows side by side.

    No result depends on the order of rows, but speed does: what is looked up together then lies together in memory.
    """
    firms, used = world.firms, world.rows
    order = np.lexsort((firms.uid[:used], firms.tenure[:used], firms.site[:used], firms.town[:used]))
    place = np.empty(used, np.int32)
    place[order] = np.arange(used, dtype=np.int32)
    for one in dataclasses.fields(firms):
        column = getattr(firms, one.name)
        column[:used] = column[order]
    rents = np.flatnonzero(firms.landlord[:used] >= 0)
    firms.landlord[rents] = place[firms.landlord[rents]]
