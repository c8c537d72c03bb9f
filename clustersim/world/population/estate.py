"""Parks, project sites and old blocks as they stand at the start, from `parks.csv` and `blocks.csv`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    CENTIARE,
    CENTIMU,
    HISTORY_START,
    POLICY_START,
    SECTOR_KEYS,
    SQUARE_METRES_PER_MU,
    Developer,
    ParkState,
    Quarter,
    Unit,
)
from clustersim.world.columns import Flags, Floats, Long
from clustersim.world.datafiles import DataError, Field, path_of, read
from clustersim.world.geography import largest_remainder
from clustersim.world.population.density import densities, pick_cells
from clustersim.world.population.luck import Draw, Rows, exp, normals, ranks, total, uniforms
from clustersim.world.tables import Blocks, Cells, Parks, Towns
from clustersim.world.totals import Totals

_DEVELOPERS: Final = tuple(one.name.lower() for one in Developer)
_CANDIDATES: Final = 200  # project sites in all, by towns' shares of firms: several times what is built by 2030
_LEAST_CANDIDATES: Final = 8  # ... but so many a town
_REUSE_SLOTS: Final = 12  # small parks of old plants a town may have
_KNOWN_PARK, _CANDIDATE, _REUSE, _BLOCK_PARK, _BLOCK = 1_000, 10_000, 20_000, 30_000, 40_000  # first identities
_TOWN_STEP: Final = 100  # identities a town has of one kind


def lay_out_blocks(
    towns: Towns, cells: Cells, seed: int, scale: float, totals: Totals, a: Assumptions, data: Path | None
) -> Blocks:
    """The old blocks: those known by name first in the order of renewal, the others by lot."""
    known, mu = _known_blocks(towns, data)
    count = max(totals.blocks, len(known))
    blocks = Blocks.with_rows(count)
    blocks.identity[:] = _BLOCK + np.arange(count)
    others = len(known) + np.arange(count - len(known))
    blocks.town[: len(known)] = known
    blocks.town[others] = np.repeat(np.arange(len(towns)), largest_remainder(towns.firm_share, len(others)))
    blocks.order[: len(known)] = np.arange(len(known))
    lots = uniforms(seed, blocks.identity[others], Draw.BLOCK_ORDER, shape_of_city=True)
    blocks.order[others] = len(known) + ranks(lots)
    sizes = np.zeros(count)
    sizes[: len(known)] = mu
    raw = exp(a.block_land_spread * normals(seed, blocks.identity[others], Draw.BLOCK_LAND))
    sizes[others] = raw * max(totals.block_land - total(mu), 0.0) / max(total(raw), 1e-9)
    blocks.land[:] = np.rint(sizes * scale * CENTIMU)
    luck = uniforms(seed, blocks.identity, Draw.BLOCK_RATIO, shape_of_city=True)
    blocks.ratio[:] = a.plot_ratio_low + (a.plot_ratio_high - a.plot_ratio_low) * luck
    blocks.floor[:] = np.rint(blocks.land * (SQUARE_METRES_PER_MU * CENTIARE / CENTIMU) * blocks.ratio)
    where = densities(cells, seed, a.seat_pull, a.cell_spread)
    blocks.cell[:] = pick_cells(cells, where, seed, blocks.identity, blocks.town, Draw.BLOCK_CELL)
    return blocks


def lay_out_parks(
    towns: Towns, cells: Cells, planned: Flags, blocks: Blocks, seed: int, scale: float, totals: Totals,
    a: Assumptions, data: Path | None,
) -> Parks:  # fmt: skip
    """Known parks, then project sites by town, then one row a block, then slots for small parks of old plants."""
    known = _known_parks(towns, data)
    sites = np.maximum(largest_remainder(towns.firm_share, _CANDIDATES), _LEAST_CANDIDATES)
    site_town, site_number = _numbered(sites)
    slot_town, slot_number = _numbered(np.full(len(towns), _REUSE_SLOTS))
    first_site = len(known["town"])
    first_block = first_site + len(site_town)
    first_slot = first_block + len(blocks)
    parks = Parks.with_rows(first_slot + len(slot_town))
    parks.town[:] = np.concatenate([known["town"], site_town, blocks.town, slot_town])
    parks.identity[:] = np.concatenate(
        [
            _KNOWN_PARK + known["row"], _CANDIDATE + _TOWN_STEP * site_town + site_number,
            _BLOCK_PARK + np.arange(len(blocks)), _REUSE + _TOWN_STEP * slot_town + slot_number,
        ]
    )  # fmt: skip
    parks.block[first_block:first_slot] = np.arange(len(blocks))
    blocks.park[:] = first_block + np.arange(len(blocks))
    parks.reuse[first_slot:] = True
    _stand_known(parks, known, scale, totals, a)
    parks.cell[:first_block] = _planned_cells(cells, planned, parks.town[:first_block], parks.identity[:first_block])
    parks.cell[first_block:first_slot] = blocks.cell
    where = densities(cells, seed, a.seat_pull, a.cell_spread)
    slots = slice(first_slot, None)
    parks.cell[slots] = pick_cells(cells, where, seed, parks.identity[slots], parks.town[slots], Draw.REUSE_CELL)
    return parks


def _stand_known(parks: Parks, known: dict[str, Long], scale: float, totals: Totals, a: Assumptions) -> None:
    """Put up the parks that stand, with the city's park floor by their land, and those under construction."""
    rows = np.arange(len(known["town"]))
    parks.opens[rows], parks.developer[rows], parks.lead_sector[rows] = (
        known["opens"], known["developer"], known["lead_sector"],
    )  # fmt: skip
    stands = known["opens"] <= HISTORY_START.index
    parks.state[rows] = np.where(stands, ParkState.OPEN, ParkState.BUILDING)
    parks.before_2021[rows] = known["opens"] < Quarter(POLICY_START.year, 1).index
    floor_per_mu = a.opening_floor_area_ratio * SQUARE_METRES_PER_MU
    open_rows, coming = rows[stands], rows[~stands]
    if len(open_rows):
        floor = largest_remainder(known["mu"][open_rows] / 1.0, round(totals.park_floor * scale * CENTIARE))
        parks.floor[open_rows, Unit.STANDARD] = floor  # kinds of unit follow from who is inside
        parks.land[open_rows] = np.rint(floor / CENTIARE / floor_per_mu * CENTIMU)
    parks.land[coming] = np.rint(known["mu"][coming] * scale)  # mu is held in 0.01 mu
    parks.planned_floor[coming, Unit.STANDARD] = np.rint(parks.land[coming] * (floor_per_mu * CENTIARE / CENTIMU))
    village = parks.developer[rows] == Developer.VILLAGE_COLLECTIVE
    parks.rent[rows] = np.where(village, a.park_rent_village, a.park_rent)
    parks.price[rows] = a.park_price
    parks.services[open_rows] = a.opening_services


def _planned_cells(cells: Cells, planned: Flags, town: Rows, identity: Rows) -> Long:
    """Cells for sites, by identity: a town's cells inside the planned zones in plan order, and again from the first."""
    chosen = np.zeros(len(town), np.int64)
    for one in np.unique(town):
        inside = np.flatnonzero((cells.town == one) & ~cells.hill & planned)
        if not len(inside):  # so small a town that the plan leaves it none: its seat
            inside = np.flatnonzero((cells.town == one) & (cells.plan_rank == 0))
        inside = inside[np.argsort(cells.plan_rank[inside], kind="stable")]
        mine = np.flatnonzero(town == one)
        mine = mine[np.argsort(identity[mine], kind="stable")]
        chosen[mine] = inside[np.arange(len(mine)) % len(inside)]
    return chosen


def _numbered(counts: Long) -> tuple[Long, Long]:
    """Town and number within the town of so many sites a town."""
    town = np.repeat(np.arange(len(counts)), counts)
    return town, np.concatenate([np.arange(count) for count in counts])


def _known_blocks(towns: Towns, data: Path | None) -> tuple[Long, Floats]:
    """Town and mu of the blocks known by name, in the order of renewal."""
    fields = (Field("order", int, 0, 1000), Field("town", choices=_all_towns(data)), Field("mu", float, 0.1, 5000.0))
    table = read("blocks.csv", fields, data)
    kept = [row for row, town in enumerate(table["town"]) if town in towns.zh]
    kept.sort(key=lambda row: (table["order"][row], row))
    town = np.array([towns.zh.index(table["town"][row]) for row in kept], np.int64)
    return town, np.array([table["mu"][row] for row in kept], np.float64)


def _known_parks(towns: Towns, data: Path | None) -> dict[str, Long]:
    """The parks of the file that stand in towns of the model; mu in 0.01 mu, `row` counts in the file."""
    fields = (
        Field("town", choices=_all_towns(data)), Field("mu", float, 0.1, 5000.0),
        Field("developer", choices=_DEVELOPERS), Field("lead_sector", choices=SECTOR_KEYS), Field("opens"),
    )  # fmt: skip
    table = read("parks.csv", fields, data)
    kept = [row for row, town in enumerate(table["town"]) if town in towns.zh]

    def column(values: list[Any]) -> Long:
        return np.array([values[row] for row in kept], np.int64)

    return {
        "row": column(list(range(len(table["town"])))),
        "town": np.array([towns.zh.index(table["town"][row]) for row in kept], np.int64),
        "mu": column([round(mu * CENTIMU) for mu in table["mu"]]),
        "developer": column([_DEVELOPERS.index(one) for one in table["developer"]]),
        "lead_sector": column([SECTOR_KEYS.index(one) for one in table["lead_sector"]]),
        "opens": column([_quarter(text, row, data) for row, text in enumerate(table["opens"])]),
    }


def _quarter(text: str, row: int, data: Path | None) -> int:
    try:
        return Quarter.parse(text).index
    except ValueError as wrong:
        raise DataError(f"{path_of('parks.csv', data)}:{row + 2}: opens: {wrong}") from None


def _all_towns(data: Path | None) -> tuple[str, ...]:
    return tuple(read("towns.csv", (Field("name_zh"),), data)["name_zh"])
