"""How much land owners hold, so that above-scale land and all industrial land come to their totals; the accounts."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, CENTIMU, NOBODY, SQUARE_METRES_PER_MU, ParkState, Site, Tenure
from clustersim.world.columns import Long
from clustersim.world.geography import largest_remainder
from clustersim.world.population.density import densities, pick_cells
from clustersim.world.population.luck import Draw, Rows, exp, log, normals
from clustersim.world.population.places import on_plots
from clustersim.world.tables import World
from clustersim.world.totals import Totals

_LEAST_SHARE: Final = 0.1  # of the land outside blocks and parks that below-scale owners always have (tiny cities)


def draw_land(world: World, totals: Totals, a: Assumptions) -> None:
    """Share the land out among owners on plots: it grows slower than revenue, and a productive firm needs less."""
    firms = world.firms
    growth = a.land_elasticity * log(firms.revenue) - a.productivity_space * firms.productivity
    wish = exp(growth + a.land_spread * normals(world.seed, firms.uid, Draw.LAND))
    owners = on_plots(world, Tenure.OWNER)
    above = np.flatnonzero(owners & firms.above_scale)
    below = np.flatnonzero(owners & ~firms.above_scale)
    above_land = round(totals.above_scale_land * world.scale * CENTIMU) if len(above) else 0
    firms.land[above] = largest_remainder(wish[above], above_land)
    firms.land[below] = largest_remainder(wish[below], _below_scale_land(world, above_land, totals, a))


def _below_scale_land(world: World, above_land: int, totals: Totals, a: Assumptions) -> int:
    """Land of below-scale owners on plots: what absent owners, who hold all vacant floor, are reckoned to leave."""
    firms = world.firms
    rest = _outside_estates(world, totals)
    floor_per_mu = 0.5 * (a.plot_ratio_low + a.plot_ratio_high) * SQUARE_METRES_PER_MU
    rented = int(firms.floor[on_plots(world, Tenure.TENANT)].sum(dtype=np.int64)) / CENTIARE
    under_tenants = a.absent_owner_share * rented / floor_per_mu * CENTIMU
    below = rest * (1.0 - a.plot_vacancy) - under_tenants - above_land
    return round(max(below, _LEAST_SHARE * rest))


def _outside_estates(world: World, totals: Totals) -> int:
    """Industrial land outside blocks and parks, 0.01 mu."""
    standing = world.parks.state != ParkState.CANDIDATE
    estates = int(world.blocks.land.sum()) + int(world.parks.land[standing].sum())
    return max(round(totals.industrial_land * world.scale * CENTIMU) - estates, 0)


def settle(world: World, totals: Totals, a: Assumptions) -> None:
    """Put every firm on the map, and open the accounts of floor and land of the towns and cells."""
    _settle_cells(world, a)
    firms, accounts, towns = world.firms, world.accounts, len(world.towns)
    on_plot = np.flatnonzero(firms.site == Site.PLOT)
    used = _sums(firms.floor[on_plot], firms.town[on_plot], towns)
    accounts.vacant_floor[:] = np.rint(used * (a.plot_vacancy / (1.0 - a.plot_vacancy)))
    accounts.vacated_plants[:] = accounts.vacant_floor  # vacant floor is what owners left who are gone
    accounts.ordinary_floor[:] = used + accounts.vacant_floor
    owners = np.flatnonzero(on_plots(world, Tenure.OWNER))
    accounts.owners_land[:] = _sums(firms.land[owners], firms.town[owners], towns)

    absent = np.flatnonzero(on_plots(world, Tenure.TENANT) & (firms.landlord == NOBODY))
    floor = _sums(firms.floor[absent], firms.town[absent], towns) + accounts.vacant_floor
    left = _outside_estates(world, totals) - int(accounts.owners_land.sum())
    accounts.absent_land[:] = largest_remainder(floor.astype(np.float64), max(left, 0) if floor.any() else 0)
    np.add.at(world.city.stood, (firms.town, firms.sector), 1)
    _settle_cell_land(world, owners, absent)


def _settle_cells(world: World, a: Assumptions) -> None:
    """Plots lie where plots are dense, villages all over the town; a tenant stands on its landlord's plot."""
    firms, cells, seed = world.firms, world.cells, world.seed
    plots = densities(cells, seed, a.seat_pull, a.cell_spread)
    villages = densities(cells, seed, 0.0, a.cell_spread)
    cell = pick_cells(cells, plots, seed, firms.uid, firms.town, Draw.CELL)
    there = firms.site == Site.VILLAGE
    cell[there] = pick_cells(cells, villages, seed, firms.uid[there], firms.town[there], Draw.CELL)
    rents = firms.landlord != NOBODY
    cell[rents] = cell[firms.landlord[rents]]
    for site, table in ((Site.PARK, world.parks.cell), (Site.BLOCK, world.blocks.cell)):
        inside = firms.site == site
        cell[inside] = table[firms.place[inside]]
    firms.cell[:] = cell


def _settle_cell_land(world: World, owners: Long, absent: Long) -> None:
    """Industrial land by cell; that of absent owners lies under their tenants, or at the seat where there is none."""
    firms, parks, blocks, cell_land = world.firms, world.parks, world.blocks, world.city.cell_land
    np.add.at(cell_land, firms.cell[owners], firms.land[owners].astype(np.int64))
    np.add.at(cell_land, blocks.cell, blocks.land)
    standing = parks.state != ParkState.CANDIDATE
    np.add.at(cell_land, parks.cell[standing], parks.land[standing])
    weight = _sums(firms.floor[absent], firms.cell[absent], len(cell_land))
    for town, land in enumerate(world.accounts.absent_land):
        here = np.flatnonzero((world.cells.town == town) & (weight > 0))
        if len(here):
            cell_land[here] += largest_remainder(weight[here].astype(np.float64), int(land))
        else:
            cell_land[world.towns.seat_cell[town]] += land


def _sums(values: Rows, groups: Rows, count: int) -> Long:
    out = np.zeros(count, np.int64)
    np.add.at(out, groups, values.astype(np.int64))
    return out
