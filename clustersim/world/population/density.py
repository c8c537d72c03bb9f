"""Where in its town a plot, a block or a workshop lies: denser near the seat, and by lot."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.world.columns import Floats, Long, Small, Whole
from clustersim.world.population.luck import Draw, Rows, exp, normals, uniforms
from clustersim.world.tables import Cells

_ROW_STEP: Final = 100_000  # a cell is known to luck by its row and column, as in `world.geography`


def densities(cells: Cells, seed: int, seat_pull: float, spread: float) -> Floats:
    """[cell] density of plots relative to other cells of the town; 0 on hills. No pull when `seat_pull` is 0."""
    uids = cells.row.astype(np.int64) * _ROW_STEP + cells.column
    fall = cells.seat_km / seat_pull if seat_pull > 0.0 else np.zeros(len(cells))
    return np.where(cells.hill, 0.0, exp(spread * normals(seed, uids, Draw.CELL_DENSITY) - fall))


def pick_cells(cells: Cells, density: Floats, seed: int, uids: Rows, town: Small | Long, draw: Draw) -> Whole:
    """A cell of its town for each uid, by lot in proportion to the density."""
    order = np.argsort(cells.town, kind="stable")
    edges = np.concatenate([[0.0], np.cumsum(density[order])])
    first = np.searchsorted(cells.town[order], np.arange(int(cells.town.max()) + 2))
    low, high = edges[first[town]], edges[first[town.astype(np.int64) + 1]]
    luck = uniforms(seed, uids, draw, shape_of_city=True)
    within = np.minimum(low + luck * (high - low), np.nextafter(high, low))  # never the next town's first cell
    place = np.searchsorted(edges, within, side="right") - 1
    return np.asarray(order[place], np.int32)
