"""One park, one product: the lead sector of a park, and which sectors it takes (clause 2.1)."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.words import NOBODY, ParkState
from clustersim.letter.parks.levers import Levers
from clustersim.world.columns import Floats, Long
from clustersim.world.tables import World


def admitted_sectors(upstream: Floats, strictness: float) -> Long:
    """For each lead sector the sectors its parks take, as bits.

    A partner is taken when its weight as supplier of the lead sector, or the lead's weight as its supplier, is at
    least `strictness` of the largest such weight: at 1 only the closest partners, at 0 everyone.

    >>> chain = np.array([[0.0, 0.4, 0.1], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    >>> [f"{bits:03b}" for bits in admitted_sectors(chain, 0.5)]
    ['011', '011', '101']
    >>> admitted_sectors(chain, 0.0).tolist()
    [7, 7, 7]
    """
    sectors = len(upstream)
    partners = upstream * (1.0 - np.eye(sectors))
    largest_supplier = partners.max(axis=1, keepdims=True)
    largest_buyer = partners.max(axis=0, keepdims=True)
    supplies = (partners >= strictness * largest_supplier) & (partners > 0.0)  # [lead as buyer, supplier]
    buys = (partners >= strictness * largest_buyer) & (partners > 0.0)  # [buyer, lead as supplier]
    taken = supplies | buys.T | np.eye(sectors, dtype=bool)
    if strictness <= 0.0:
        taken[:] = True
    lists: Long = taken.astype(np.int64) @ (np.int64(1) << np.arange(sectors, dtype=np.int64))
    return lists


def lead_sector(world: World, town: int) -> int:
    """The sector a new park of a town is built for: its own product, else the sector with the longest queue."""
    signature = int(world.towns.signature[town])
    return signature if signature >= 0 else int(world.city.queue[:, town].sum(axis=0).argmax())


def specialise(world: World, levers: Levers) -> None:
    """Give every park its lead sector, and its list of sectors to take.

    Without specialisation parks take any sector. The lead sector of a park that had one stays on record, because the
    measured share of parks in their lead sector needs it with 2.1 on or off.
    """
    parks = world.parks
    if levers.strictness <= 0.0:
        parks.admits[:] = -1
        return
    for park in np.flatnonzero((parks.state != ParkState.CANDIDATE) & (parks.lead_sector == NOBODY)):
        inside = parks.firms_by_sector[park]
        parks.lead_sector[park] = inside.argmax() if inside.any() else lead_sector(world, int(parks.town[park]))
    lists = admitted_sectors(world.sectors.upstream, levers.strictness)
    led = parks.lead_sector != NOBODY
    parks.admits[led] = lists[parks.lead_sector[led]]
