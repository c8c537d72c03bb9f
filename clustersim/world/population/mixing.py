"""Which town and sector a firm belongs to, so that shares of firms and of revenue hold at the same time.

The table of firms by town and sector comes from proportional fitting, with a pull of every town on its own product.
Above-scale firms are placed one by one from the largest, each where revenue is still wanting.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import sweep
from clustersim.world.columns import Floats, Long, Small
from clustersim.world.geography import largest_remainder
from clustersim.world.population.luck import Draw, log, normals, ranks, sums, total, uniforms
from clustersim.world.population.sizes import both
from clustersim.world.tables import Sectors, Towns

_FITTING_STEPS: Final = 200


class Mix(NamedTuple):
    """One entry a firm: who it is."""

    town: Small
    sector: Small
    revenue: Floats
    above: Long  # rows of the above-scale firms, largest first


def joint_shares(towns: Towns, sectors: Sectors, boost: float) -> Floats:
    """[town, sector] shares of firms: both margins hold, and a town draws firms of its own product."""
    shares = towns.firm_share[:, None] * sectors.firm_share[None, :]
    shares[np.arange(len(towns)), towns.signature] *= boost
    for _ in range(_FITTING_STEPS):
        shares = shares * (towns.firm_share / shares.sum(axis=1))[:, None]
        shares = shares * (sectors.firm_share / shares.sum(axis=0))[None, :]
    return shares


def whole_table(shares: Floats, size: int) -> Long:
    """[town, sector] numbers of firms: exact by town, by sector within a few."""
    by_town = largest_remainder(shares.sum(axis=1), size)
    return np.stack([largest_remainder(row, int(count)) for row, count in zip(shares, by_town, strict=True)])


def mix(size: int, seed: int, above: int, towns: Towns, sectors: Sectors, a: Assumptions) -> Mix:
    """Give every firm its town, sector and revenue."""
    uids = np.arange(1, size + 1)
    shares = joint_shares(towns, sectors, a.signature_boost)
    table = whole_table(shares, size)
    order = np.argsort(uniforms(seed, uids, Draw.ORDER, shape_of_city=True), kind="stable")
    large, small = order[:above], order[above:]
    below_sizes, above_sizes = both(size, above, a)

    town, sector = np.zeros(size, np.int8), np.zeros(size, np.int8)
    revenue = np.zeros(size)
    lean = a.sector_size_share * log(sectors.output_share / sectors.firm_share)
    wanted = sectors.output_share * (total(below_sizes) + total(above_sizes))
    places = _above_places(table, shares, sectors, above)
    slots = np.repeat(np.arange(table.size), (table - places).ravel())
    town[small], sector[small] = slots // len(sectors), slots % len(sectors)
    score = normals(seed, uids[small], Draw.SIZE) + lean[sector[small]] / a.below_log_spread
    revenue[small] = below_sizes[ranks(score)]

    need = np.maximum(wanted - sums(revenue[small], sector[small], len(sectors)), 0.02 * wanted)
    revenue[large] = above_sizes
    by_town = need * shares / shares.sum(axis=0)
    _place_above(
        0, above, above_sizes, uniforms(seed, uids[large], Draw.PLACE_ABOVE),
        uniforms(seed, uids[large], Draw.TOWN_ABOVE), need, by_town, places, large, town, sector,
    )  # fmt: skip
    return Mix(town, sector, revenue, large)


def _above_places(table: Long, shares: Floats, sectors: Sectors, above: int) -> Long:
    """[town, sector] numbers of above-scale firms: where revenue per firm is high there are more of them."""
    by_sector = largest_remainder(sectors.output_share, above)
    places = np.stack([largest_remainder(shares[:, one], int(by_sector[one])) for one in range(len(sectors))], axis=1)
    places = np.minimum(places, table)
    room = table - places
    return places + largest_remainder(room.ravel().astype(np.float64), above - int(places.sum())).reshape(room.shape)


@sweep
def _place_above(
    first: int, last: int, sizes: Floats, luck: Floats, town_luck: Floats, need: Floats, by_town: Floats, places: Long,
    rows: Long, town: Small, sector: Small,
) -> None:  # fmt: skip
    """From the largest: a sector by lot, in proportion to the revenue it still wants, then a town likewise."""
    sectors, towns = len(need), len(places)
    free = places.sum(axis=0)
    weights, town_weights = np.zeros(sectors), np.zeros(towns)
    for one in range(first, last):
        size = sizes[one]
        whole = 0.0
        for s in range(sectors):
            fits = free[s] > 0 and need[s] > 0.5 * size
            weights[s] = need[s] if fits else 0.0
            whole += weights[s]
        if whole <= 0.0:  # nowhere is so much wanting: where most is, of a place that is free
            for s in range(sectors):
                weights[s] = max(need[s], 1.0) if free[s] > 0 else 0.0
                whole = max(whole, weights[s])
            for s in range(sectors):
                weights[s] = weights[s] if weights[s] == whole else 0.0
        s = _by_lot(weights, luck[one])
        for t in range(towns):
            open_there = places[t, s] > 0
            town_weights[t] = max(by_town[t, s], 0.02 * size) if open_there else 0.0
        t = _by_lot(town_weights, town_luck[one])
        town[rows[one]], sector[rows[one]] = t, s
        places[t, s] -= 1
        free[s] -= 1
        need[s] -= size
        by_town[t, s] -= size


@sweep
def _by_lot(weights: Floats, luck: float) -> int:
    """A place drawn in proportion to its weight."""
    whole = 0.0
    for one in weights:
        whole += one
    left = luck * whole
    for place in range(len(weights)):
        left -= weights[place]
        if left < 0.0:
            return place
    return int(np.argmax(weights))
