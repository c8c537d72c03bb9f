"""Towns and the grid: which cells are whose, which are hill, and in what order the planned zones take them.

The edges of towns, the hills and the development boundary are stylised (see the data files): every map has to say so.
The boundary is drawn as the non-hill cells nearest the seat of each town, as many as the boundary's area gives it; the
planned zones are a smaller such set, so that scattered land lies between the two and beyond.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from clustersim.foundation.words import SECTOR_KEYS, Luck
from clustersim.world import totals
from clustersim.world.columns import Flags, Floats, Long, Whole
from clustersim.world.datafiles import DataError, Field, path_of, read, unique
from clustersim.world.rationing import tickets
from clustersim.world.tables import Cells, Towns

Numbers = npt.NDArray[np.integer[Any]]

SIDES: Final = {"1km": 1.0, "500m": 0.5}  # km
NEAR_KM: Final = 1.5  # "within 1.5 km", by centres of cells (the space index)
AROUND_KM: Final = 3.0  # "within 3 km" (neighbours, catchments)
NEVER: Final = np.iinfo(np.int32).max  # plan rank of a hill

_TOWN_FIELDS: Final = (
    Field("name_zh"), Field("name_en"), Field("firm_share", float, 0.001, 1.0), Field("qianwan_managed", int, 0, 1),
    Field("signature_sector", choices=SECTOR_KEYS),
)  # fmt: skip


def load(grid: str = "1km", qianwan: bool = False, data: Path | None = None) -> tuple[Towns, Cells]:
    """The 17 towns the bureau governs (19 with those run by the Qianwan New Area) and their land cells.

    >>> towns, cells = load()
    >>> len(towns), len(cells), towns.en[12]
    (17, 884, 'Guanhaiwei Town')
    """
    if grid not in SIDES:
        raise DataError(f"{grid!r} is not a grid: one of {', '.join(SIDES)}")
    table = read("towns.csv", _TOWN_FIELDS, data)
    unique("towns.csv", "name_zh", table["name_zh"], data)
    ours = [row for row, run in enumerate(table["qianwan_managed"]) if qianwan or not run]
    if not ours:
        raise DataError(f"{path_of('towns.csv', data)}:2: qianwan_managed: 0 for one town at least")
    shares = np.array([table["firm_share"][row] for row in ours])
    cells = _cells(grid, [table["name_zh"][row] for row in ours], table["name_zh"], shares / shares.sum(), data)
    towns = Towns(
        zh=tuple(table["name_zh"][row] for row in ours), en=tuple(table["name_en"][row] for row in ours),
        firm_share=shares / shares.sum(),
        signature=np.array([SECTOR_KEYS.index(table["signature_sector"][row]) for row in ours], np.int8),
        qianwan=np.array([table["qianwan_managed"][row] for row in ours], np.bool_),
        seat_cell=_seats(cells, len(ours)),
    )  # fmt: skip
    return towns, cells


def planned_mask(cells: Cells, towns: Towns, area_km2: float) -> Flags:
    """The planned zones (1.1): by town, the cells first in the plan, each town its share of the area."""
    return _first_cells(cells.plan_rank, cells.town, towns.firm_share, area_km2 / cells.side_km**2)


def _cells(grid: str, ours: list[str], all_towns: list[str], shares: Floats, data: Path | None) -> Cells:
    name = f"grid_{grid}.csv"
    fields = (
        Field("row", int, 0, 10_000), Field("column", int, 0, 10_000), Field("x_km", float, -1e4, 1e4),
        Field("y_km", float, -1e4, 1e4), Field("town", choices=tuple(all_towns)), Field("hill", int, 0, 1),
        Field("seat_km", float, 0.0, 1e3),
    )  # fmt: skip
    table = read(name, fields, data)
    kept = [row for row, town in enumerate(table["town"]) if town in ours]
    town = np.array([ours.index(table["town"][row]) for row in kept], np.int8)
    hill = np.array(table["hill"], np.bool_)[kept]
    for number, zh in enumerate(ours):
        if not (~hill[town == number]).any():
            raise DataError(f"{path_of(name, data)}:2: town: {zh} needs a cell that is not hill")
    x, y = np.array(table["x_km"])[kept], np.array(table["y_km"])[kept]
    row, column = np.array(table["row"], np.int16)[kept], np.array(table["column"], np.int16)[kept]
    if len(np.unique(row.astype(np.int64) * 100_000 + column)) < len(row):
        raise DataError(f"{path_of(name, data)}:2: row, column: a cell stands there twice")
    side, seat_km = SIDES[grid], np.array(table["seat_km"])[kept]
    rank = _plan_ranks(town, hill, seat_km, row, column)
    near_start, near = _neighbours(row, column, side, NEAR_KM)
    around_start, around = _neighbours(row, column, side, AROUND_KM)
    return Cells(
        side_km=side, row=row, column=column, x_km=x, y_km=y, town=town, hill=hill,
        urban=_first_cells(rank, town, shares, totals.load(data).urban_area / side**2),
        seat_km=seat_km, plan_rank=rank, near_start=near_start, near=near, around_start=around_start, around=around,
    )  # fmt: skip


def _plan_ranks(town: Numbers, hill: Flags, seat_km: Floats, row: Numbers, column: Numbers) -> Whole:
    """Within a town the cells nearest the seat come first, ties by a ticket of the cell; hills never do."""
    drawn = tickets(row.astype(np.int64) * 100_000 + column, 0, int(Luck.POPULATION), 0)
    order = np.lexsort((drawn, seat_km, hill, town))
    first = np.searchsorted(town[order], np.arange(int(town.max()) + 1))
    rank = np.empty(len(town), np.int32)
    rank[order] = np.arange(len(town)) - first[town[order]]
    rank[hill] = NEVER
    return rank


def _first_cells(rank: Whole, town: Numbers, shares: Floats, wanted: float) -> Flags:
    """The cells first in rank, `wanted` of them over all towns by share; a full town passes its rest on."""
    room = np.bincount(town[rank != NEVER], minlength=len(shares)).astype(np.float64)
    wanted = min(wanted, float(room.sum()))
    quota = np.zeros(len(shares))
    for _ in range(len(shares)):
        open_shares = np.where(quota < room, shares, 0.0)
        if quota.sum() >= wanted - 1e-9 or not open_shares.any():
            break
        quota = np.minimum(quota + (wanted - quota.sum()) * open_shares / open_shares.sum(), room)
    return rank < largest_remainder(quota, round(wanted))[town]


def largest_remainder(amounts: Floats, total: int) -> Long:
    """Whole numbers that sum to `total`, as close to the amounts as can be; ties go to the first.

    >>> largest_remainder(np.array([1.4, 2.4, 1.2]), 5).tolist()
    [2, 2, 1]
    """
    scaled = amounts * (total / amounts.sum()) if amounts.sum() > 0 else amounts
    whole = np.floor(scaled + 1e-9).astype(np.int64)
    order = np.argsort(-(scaled - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def _neighbours(row: Numbers, column: Numbers, side: float, reach_km: float) -> tuple[Whole, Whole]:
    """Lists of the cells whose centres lie within reach, in compressed rows and in the order of cells."""
    steps = int(reach_km / side + 1e-9)
    r, c = row.astype(np.int64) + steps, column.astype(np.int64) + steps
    places = np.full((int(r.max()) + steps + 1, int(c.max()) + steps + 1), -1, np.int64)
    places[r, c] = np.arange(len(row))
    pairs = []
    for up in range(-steps, steps + 1):
        for right in range(-steps, steps + 1):
            if (up * up + right * right) * side * side <= reach_km * reach_km + 1e-9:
                other = places[r + up, c + right]
                here = np.flatnonzero(other >= 0)
                pairs.append(np.stack([here, other[here]]))
    both = np.concatenate(pairs, axis=1)
    both = both[:, np.lexsort((both[1], both[0]))]
    start = np.concatenate([[0], np.cumsum(np.bincount(both[0], minlength=len(row)))])
    return start.astype(np.int32), both[1].astype(np.int32)


def _seats(cells: Cells, towns: int) -> Whole:
    """The cell of each town that is nearest its seat and not hill: the first in the plan."""
    first = np.flatnonzero(cells.plan_rank == 0)
    seats = np.empty(towns, np.int32)
    seats[cells.town[first]] = first
    return seats
