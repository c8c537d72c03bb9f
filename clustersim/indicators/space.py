"""Space 空间优化: whether industrial land lies where it was planned, and lies together.

The index is the root of two shares: of land in industrial use inside the planned zones (1.1), and of industrial land
in the buildable land within 1.5 km, weighted by land. The planned zones measure even when 1.1 is off. Village land
counts as use, never as planned. In a smaller city every firm stands for several, so that what surrounds a plot is
counted in full-city equivalents, but the plot itself only once.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import sweep
from clustersim.foundation.words import CENTIMU, SQUARE_METRES_PER_MU, ParkState
from clustersim.indicators import tallies as of
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, by_town, ratio, with_city
from clustersim.indicators.tallies import FINE
from clustersim.world.columns import Flags, Floats, Long, Whole
from clustersim.world.tables import Cells, World

INDICATORS: Final = (
    Indicator("space", "0 to 1", "index", "空间优化指数", "Space index",
              "root of planned_land_share times surrounded_land_share", 1),
    Indicator("planned_land_share", "share", "ratio", "规划集聚区内用地占比", "Land inside planned zones",
              "industrial land in planned zones over land in industrial use", 1),
    Indicator("surrounded_land_share", "share", "ratio", "工业用地集中度", "Industrial land around industrial land",
              "share of industrial use in the buildable land within 1.5 km, weighted by land", 1),
    Indicator("aggregation", "0 to 1", "ratio", "工业网格聚合度", "Aggregation index of industrial cells",
              "borders shared by industrial cells over the most that as many cells can share (He et al. 2000)", 1),
    Indicator("floor_area_ratio", "", "ratio", "工业用地容积率", "Floor-area ratio",
              "finished floor over industrial land, village land aside", 1),
    Indicator("industrial_land_mu", "mu", "area", "工业用地", "Industrial land",
              "plots, blocks and parks, those at work included; village land aside"),
    Indicator("village_land_mu", "mu", "area", "村庄用地上的工业占地", "Village land used by industry",
              "floor on village land over its floor-area ratio", -1),
    Indicator("land_in_use_mu", "mu", "area", "工业占地合计", "Land in industrial use",
              "industrial land and village land: what per-mu figures are over"),
    Indicator("scattered_land_mu", "mu", "area", "散乱工业用地", "Scattered industrial land",
              "plots and village land outside planned zones, blocks and parks", -1),
    Indicator("land_ledger_mu", "mu", "area", "用地台账结余", "Land in hand on the ledger", "ledger of clause 1.3"),
    Indicator("land_built_mu", "mu", "area", "台账累计新建用地", "Land newly built on", "ledger of 1.3, to date"),
    Indicator("land_cleared_mu", "mu", "area", "台账累计清退用地", "Land cleared", "ledger of 1.3, to date", 1),
    Indicator("ordinary_vacant_m2", "m2", "area", "普通厂房空置面积", "Vacant floor on plots", ""),
)  # fmt: skip


def measure_space(world: World, census: Census, assumptions: Assumptions) -> Columns:
    """The index, its parts, land and floor."""
    cells, city, accounts, towns = world.cells, world.city, world.accounts, len(world.towns)
    village = census.sums[:, of.VILLAGE_LAND]
    industrial = by_town(cells.town, city.cell_land, towns)
    land = 100 * industrial + village  # 1e-4 mu
    planned = ratio(100 * by_town(cells.town, city.cell_land * city.planned, towns), land)
    surrounded = surrounded_share(world, census)
    ledger = with_city(np.stack([accounts.left, accounts.built, accounts.cleared, accounts.vacant_floor])) / CENTIMU
    floor = _floor(world)
    return {
        "space": np.sqrt(planned * surrounded), "planned_land_share": planned, "surrounded_land_share": surrounded,
        "aggregation": aggregation(world, census, assumptions.industrial_cell_share),
        "floor_area_ratio": ratio(floor, industrial * SQUARE_METRES_PER_MU),
        "industrial_land_mu": industrial / CENTIMU, "village_land_mu": village / FINE, "land_in_use_mu": land / FINE,
        "scattered_land_mu": _scattered(world, village),
        "land_ledger_mu": ledger[0], "land_built_mu": ledger[1], "land_cleared_mu": ledger[2],
        "ordinary_vacant_m2": ledger[3],
    }  # fmt: skip


def surrounded_share(world: World, census: Census) -> Floats:
    """Land-weighted share of industrial use in the buildable land within 1.5 km."""
    cells, towns, scale = world.cells, len(world.towns), world.scale
    use = 100 * world.city.cell_land + census.cell_village
    near = (0, len(cells), cells.near_start, cells.near)
    buildable = _near_sums(*near, (~cells.hill).astype(np.int64)) * _cell_mu(cells) * FINE
    around = _near_sums(*near, use) / scale
    share = ratio(around, buildable)
    weighted = _by_town_and_city(cells, use * share, towns)
    if scale != 1.0:  # what a plot adds to its own surroundings is itself, not itself times 50,000 / N
        own = _by_town_and_city(cells, ratio(100 * _plots(world), buildable), towns) * _mean_plot(census)
        own += _by_town_and_city(cells, ratio(census.cell_village, buildable), towns) * _mean_village(census)
        weighted -= (1.0 / scale - 1.0) * own
    return np.clip(ratio(weighted, _by_town_and_city(cells, use.astype(np.float64), towns)), 0.0, 1.0)


def aggregation(world: World, census: Census, least_share: float) -> Floats:
    """Shared borders of industrial cells over the most that as many cells can share, within each town and the city."""
    cells, towns = world.cells, len(world.towns)
    use = (world.city.cell_land / CENTIMU + census.cell_village / FINE) / world.scale
    here = (use >= least_share * _cell_mu(cells)) & ~cells.hill
    rows, columns = int(cells.row.max()) + 1, int(cells.column.max()) + 1
    town = np.full((rows, columns), -1)
    town[cells.row[here], cells.column[here]] = cells.town[here]
    shared = np.zeros(towns + 1)
    for one, other in ((town[1:], town[:-1]), (town[:, 1:], town[:, :-1])):
        both = (one >= 0) & (other >= 0)
        shared[-1] += np.count_nonzero(both)
        shared[:-1] += np.bincount(one[both & (one == other)], minlength=towns)
    count = with_city(np.bincount(cells.town[here], minlength=towns))
    return ratio(shared, most_borders(count))


def most_borders(count: Long) -> Long:
    """The most borders `count` unit squares can share: as near a square as can be.

    >>> most_borders(np.array([0, 1, 2, 4, 5, 6, 9])).tolist()
    [0, 0, 1, 4, 5, 7, 12]
    """
    side = np.floor(np.sqrt(count)).astype(np.int64)
    rest = count - side * side
    return 2 * side * (side - 1) + np.where(rest == 0, 0, np.where(rest <= side, 2 * rest - 1, 2 * rest - 2))


def _cell_mu(cells: Cells) -> float:
    return cells.side_km * cells.side_km * 1e6 / SQUARE_METRES_PER_MU


@sweep
def _near_sums(first: int, last: int, near_start: Whole, near: Whole, amounts: Long) -> Long:
    """[cell] the sum within 1.5 km, the cell itself included."""
    sums = np.zeros(last - first, np.int64)
    for cell in range(first, last):
        for other in near[near_start[cell] : near_start[cell + 1]]:
            sums[cell] += amounts[other]
    return sums


def _by_town_and_city(cells: Cells, amounts: Floats, towns: int) -> Floats:
    sums = np.bincount(cells.town, weights=amounts, minlength=towns)
    return np.append(sums, sums.sum())


def _plots(world: World) -> Floats:
    """[cell] land of plots outside blocks and parks, 0.01 mu."""
    blocks, parks, cells = world.blocks, world.parks, len(world.cells)
    taken = np.bincount(blocks.cell, weights=blocks.land, minlength=cells)
    taken += np.bincount(parks.cell, weights=parks.land * _built(world), minlength=cells)
    return np.asarray(world.city.cell_land - taken, np.float64)


def _built(world: World) -> Flags:
    return np.asarray(world.parks.state != ParkState.CANDIDATE)


def _mean_plot(census: Census) -> Floats:
    """[town + 1] mean plot as land sees it (by land), 1e-4 mu: of the town, or of the city where it has none."""
    means = 100.0 * ratio(census.sums[:, of.PLOT_SQUARES], census.sums[:, of.PLOT_LAND])
    return np.where(means > 0.0, means, means[-1])


def _mean_village(census: Census) -> Floats:
    """[town + 1] mean village site by land, 1e-4 mu."""
    return ratio(census.sums[:, of.VILLAGE_SQUARES], census.sums[:, of.VILLAGE_LAND])


def _floor(world: World) -> Floats:
    """[town + 1] finished floor on industrial land, 0.01 m2."""
    towns, parks, blocks = len(world.towns), world.parks, world.blocks
    floor = with_city(world.accounts.ordinary_floor) + by_town(blocks.town, blocks.floor, towns)
    return np.asarray(floor + by_town(parks.town, parks.floor.sum(axis=1), towns), np.float64)


def _scattered(world: World, village: Long) -> Floats:
    """[town + 1] mu of plots outside planned zones, and village land."""
    cells, towns = world.cells, len(world.towns)
    outside = ~world.city.planned
    plots = by_town(cells.town, _plots(world) * outside, towns)
    return (100 * plots + village) / FINE
