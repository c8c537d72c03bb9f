"""The synthetic city: firms, parks, blocks and land at the start of the history, drawn from the evidence.

Totals of the full city (`city_totals.csv`) hold at any size, scaled by firms over 50,000. Towns, parks and blocks stay
in number. Everything hangs on the population seed alone: it makes the city, and the process seed makes the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIMU, FULL_CITY, HISTORY_START, NOBODY, SECTORS, Action, Carry, Pool
from clustersim.world import geography, sectors, totals
from clustersim.world.books import Books
from clustersim.world.firms import Firms
from clustersim.world.population.blocks import fill_blocks
from clustersim.world.population.estate import lay_out_blocks, lay_out_parks
from clustersim.world.population.floor import draw_needs, let_floor
from clustersim.world.population.land import draw_land, settle
from clustersim.world.population.mixing import mix
from clustersim.world.population.places import choose_owners, choose_villages, fill_parks
from clustersim.world.population.trade import draw_trade
from clustersim.world.population.traits import draw_people, draw_technique
from clustersim.world.rows import put_neighbours_together
from clustersim.world.tables import Cells, City, TownAccounts, Towns, World
from clustersim.world.totals import Totals

__all__ = ["SMALLEST", "build"]

SMALLEST: Final = 100  # firms of the smallest city that still has its towns


def build(
    size: int,
    population_seed: int,
    assumptions: Assumptions,
    *,
    grid: str = "1km",
    qianwan: bool = False,
    data: Path | None = None,
) -> World:
    """A city of `size` firms at the start of 2019Q1, in which every balance of land and floor holds.

    >>> world = build(500, 1, Assumptions())
    >>> str(world.quarter), int(world.firms.alive.sum()), len(world.blocks)
    ('2019Q1', 500, 74)
    """
    if size < SMALLEST:
        raise ValueError(f"a city of {size} firms cannot be drawn: {SMALLEST} at least")
    world, all_totals = _empty_world(size, population_seed, assumptions, grid, qianwan, data)
    above = round(all_totals.above_scale_firms * world.scale)
    who = mix(size, population_seed, above, world.towns, world.sectors, assumptions)
    draw_people(world, who, assumptions)

    choose_villages(world, assumptions)
    draw_needs(world, assumptions)
    fill_parks(world, assumptions)
    choose_owners(world, assumptions)
    draw_land(world, all_totals, assumptions)
    fill_blocks(world, assumptions)
    draw_land(world, all_totals, assumptions)  # the land that went into blocks goes to the owners outside
    let_floor(world, assumptions)
    settle(world, all_totals, assumptions)

    draw_technique(world, all_totals, assumptions)
    draw_trade(world, assumptions)
    put_neighbours_together(world)
    return world


def _empty_world(
    size: int, seed: int, a: Assumptions, grid: str, qianwan: bool, data: Path | None
) -> tuple[World, Totals]:
    """Towns, parks and blocks without firms."""
    towns, cells = geography.load(grid, qianwan, data)
    all_totals = totals.load(data)
    scale = size / FULL_CITY
    planned = geography.planned_mask(cells, towns, all_totals.planned_area)
    blocks = lay_out_blocks(towns, cells, seed, scale, all_totals, a, data)
    parks = lay_out_parks(towns, cells, planned, blocks, seed, scale, all_totals, a, data)
    accounts = TownAccounts.with_rows(len(towns))
    accounts.opening[:] = geography.largest_remainder(towns.firm_share, round(a.opening_ledger * scale * CENTIMU))
    accounts.left[:] = accounts.opening
    world = World(
        towns=towns, cells=cells, sectors=sectors.load(data), firms=Firms.with_rows(size), parks=parks, blocks=blocks,
        accounts=accounts, city=_city(towns, cells), books=Books.opened(len(towns)), quarter=HISTORY_START, seed=seed,
        size=size, rows=size,
    )  # fmt: skip
    world.city.planned[:] = planned
    return world, all_totals


def _city(towns: Towns, cells: Cells) -> City:
    """What the city remembers before anything has happened."""
    places = len(towns)
    return City(
        sector_demand=np.zeros(SECTORS), stolen=np.zeros(SECTORS), bases=np.zeros((len(Pool), 6)),
        cut_offs=np.full((len(Pool), 3), -1.0), graded=NOBODY,
        queue=np.zeros((4, places, SECTORS), np.int64), did=np.zeros((4, places, SECTORS, len(Action)), np.int64),
        stood=np.zeros((places, SECTORS), np.int64), carry=np.zeros((len(Carry), places)), reward_left=0,
        reward_year=0, null_information=np.zeros(2), base_green=np.zeros((places + 1, 3)),
        planned=np.zeros(len(cells), np.bool_), cell_land=np.zeros(len(cells), np.int64),
        released_now=np.zeros(places), may_build=~cells.hill, land_limited=False,
    )  # fmt: skip
