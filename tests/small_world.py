"""A tiny hand-made world that keeps every law: towns in a row, 14 sectors, two open parks, two blocks, a dozen firms.

    from tests.small_world import small_world
    world = small_world()               # 12 firms in 3 towns, 2019Q1

Firms repeat a pattern of twelve, so that `firms=24` has two of each: see `PATTERN`. Parks: rows 0 and 1 are open (in
the first and second town), then one candidate site a town, one reserved row a block, one re-use slot a town.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.words import (
    CENTIARE,
    CENTIMU,
    HISTORY_START,
    NOBODY,
    SECTOR_KEYS,
    SECTORS,
    SQUARE_METRES_PER_MU,
    Action,
    Carry,
    Developer,
    Mark,
    ParkState,
    Pool,
    Site,
    Tenure,
    Unit,
)
from clustersim.world.books import Books
from clustersim.world.firms import Firms
from clustersim.world.tables import Blocks, Cells, City, Parks, Sectors, TownAccounts, Towns, World

# site, tenure, town, place, landlord (row in the pattern), revenue in yuan, registered, sector
PATTERN: Final = (
    (Site.PLOT, Tenure.OWNER, 0, NOBODY, NOBODY, 40e6, True, 0),  # above scale, on its own land
    (Site.PLOT, Tenure.OWNER, 0, NOBODY, NOBODY, 8e6, True, 1),  # below scale, a landlord with 3 mu or more
    (Site.PLOT, Tenure.OWNER, 1, NOBODY, NOBODY, 3e6, True, 6),  # below scale, a small plot
    (Site.PLOT, Tenure.TENANT, 0, NOBODY, 1, 2e6, True, 1),  # rents from the second
    (Site.PLOT, Tenure.TENANT, 0, NOBODY, NOBODY, 1.5e6, True, 4),  # rents from an absent owner
    (Site.VILLAGE, Tenure.TENANT, 1, NOBODY, NOBODY, 0.8e6, False, 5),  # scrap plastics in a village, unlicensed
    (Site.VILLAGE, Tenure.TENANT, 2, NOBODY, NOBODY, 1.0e6, False, 8),  # spraying in a village, outdated
    (Site.PARK, Tenure.TENANT, 0, 0, NOBODY, 12e6, True, 0),  # a standard unit
    (Site.PARK, Tenure.TENANT, 1, 1, NOBODY, 5e6, True, 2),  # a small unit
    (Site.BLOCK, Tenure.TENANT, 0, 0, NOBODY, 2.5e6, True, 3),
    (Site.BLOCK, Tenure.OWNER, 2, 1, NOBODY, 6e6, True, 3),
    (Site.PLOT, Tenure.TENANT, 2, NOBODY, NOBODY, 0.6e6, False, 11),
)
BLOCK_TOWNS: Final = (0, 2)
RATIO: Final = 0.9
SIDE: Final = 4  # cells along a side of a town


def small_world(firms: int = 12, towns: int = 3) -> World:
    """The tiny world at the start of 2019Q1; `firms` from 12, `towns` from 1 (the pattern wraps around)."""
    cells = _cells(towns)
    place = _towns(towns)
    table = _firms(firms, towns, cells)
    parks, blocks = _parks(towns, cells), _blocks(towns, cells)
    world = World(
        towns=place, cells=cells, sectors=_sectors(), firms=table, parks=parks, blocks=blocks,
        accounts=TownAccounts.with_rows(towns), city=_city(towns, cells), books=Books.opened(towns),
        quarter=HISTORY_START, seed=7, size=firms, rows=firms,
    )  # fmt: skip
    _settle_floor(world)
    return world


def _towns(towns: int) -> Towns:
    return Towns(
        zh=tuple(f"{name}镇" for name in "甲乙丙丁戊己庚辛壬癸"[:towns]),
        en=tuple(f"Town {1 + one}" for one in range(towns)),
        firm_share=np.full(towns, 1.0 / towns),
        signature=np.array([(0, 2, 3)[one % 3] for one in range(towns)], np.int8),
        qianwan=np.zeros(towns, np.bool_),
        seat_cell=np.array([one * SIDE * SIDE + 5 for one in range(towns)], np.int32),
    )


def _cells(towns: int) -> Cells:
    """Every town is a square of 4 x 4 cells, town after town from west to east; the north-east corner is a hill."""
    total = towns * SIDE * SIDE
    town = np.repeat(np.arange(towns), SIDE * SIDE)
    within = np.arange(total) % (SIDE * SIDE)
    row, column = within // SIDE, within % SIDE + SIDE * town
    x, y = column + 0.5, row + 0.5
    seat = within == 5
    seat_x, seat_y = x[seat][town], y[seat][town]
    from_seat = np.hypot(x - seat_x, y - seat_y)
    hill = within == SIDE * SIDE - 1
    rank = np.zeros(total, np.int32)
    for one in range(towns):
        here = np.flatnonzero(town == one)
        rank[here[np.lexsort((here, from_seat[here], hill[here]))]] = np.arange(len(here))
    rank[hill] = np.iinfo(np.int32).max
    apart = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    near_start, near = _lists(apart <= 1.5)
    around_start, around = _lists(apart <= 3.0)
    return Cells(
        side_km=1.0, row=row.astype(np.int16), column=column.astype(np.int16), x_km=x, y_km=y,
        town=town.astype(np.int8), hill=hill, urban=(from_seat <= 1.5) & ~hill, seat_km=from_seat, plan_rank=rank,
        near_start=near_start, near=near, around_start=around_start, around=around,
    )  # fmt: skip


def _lists(close: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    start = np.concatenate([[0], np.cumsum(close.sum(axis=1))])
    return start.astype(np.int32), np.nonzero(close)[1].astype(np.int32)


def _sectors() -> Sectors:
    """Shares and intensities as in the evidence, rounded; a chain in which each buys from the next two."""
    chain = np.zeros((SECTORS, SECTORS))
    for one in range(SECTORS):
        chain[one, (one + 1) % SECTORS], chain[one, (one + 2) % SECTORS] = 0.5, 0.2
    firm_share = np.array([0.22, 0.05, 0.06, 0.11, 0.14, 0.03, 0.16, 0.015, 0.025, 0.05, 0.03, 0.04, 0.02, 0.05])
    output = np.array([0.3, 0.07, 0.15, 0.11, 0.09, 0.01, 0.1, 0.015, 0.01, 0.03, 0.02, 0.02, 0.02, 0.055])
    kwh = np.array([140, 350, 220, 480, 500, 650, 380, 900, 700, 180, 260, 200, 260, 230])
    workers = np.array([17, 16, 14, 19, 17, 14, 18, 16, 20, 24, 18, 26, 18, 12])
    polluting = np.isin(np.arange(SECTORS), (3, 5, 7, 8))
    return Sectors(
        key=SECTOR_KEYS, zh=SECTOR_KEYS, en=SECTOR_KEYS, firm_share=firm_share, output_share=output / output.sum(),
        kwh_per_yuan=kwh / 1e4, workers_per_yuan=workers / 1e7, margin=np.full(SECTORS, 0.055), polluting=polluting,
        listed=~np.isin(np.arange(SECTORS), (2, 9, 12, 13)), priority=np.isin(np.arange(SECTORS), (5, 7, 8)),
        upstream=chain, emission=np.where(polluting, 1.0, 0.2),
        cluster=np.array([1, 2, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 4], np.int8),
    )  # fmt: skip


def _firms(count: int, towns: int, cells: Cells) -> Firms:
    table = Firms.with_rows(count)
    for row in range(count):
        first = row - row % len(PATTERN)
        site, tenure, town, place, landlord, revenue, registered, sector = PATTERN[row % len(PATTERN)]
        town %= towns
        if site == Site.PARK:
            town = place % towns
        table.uid[row] = row + 1
        table.alive[row] = True
        table.born[row] = HISTORY_START.index - 20
        table.town[row], table.sector[row] = town, sector
        table.site[row], table.tenure[row], table.place[row] = site, tenure, place
        table.landlord[row] = NOBODY if landlord == NOBODY else first + landlord
        table.cell[row] = town * SIDE * SIDE + (5 if site in (Site.PARK, Site.BLOCK) else (row * 5) % 15)
        table.registered[row], table.above_scale[row] = registered, revenue >= 20e6
        table.revenue[row] = table.normal_revenue[row] = revenue
        table.floor[row] = round(revenue / 16_000.0 * CENTIARE)
        if site == Site.PARK:
            table.unit[row] = Unit.STANDARD if place == 0 else Unit.SMALL
            size = 100_000 if place == 0 else 35_000
            table.floor[row] = -(-int(table.floor[row]) // size) * size
    _land(table, count)
    _technique(table, count, cells)
    return table


def _land(table: Firms, count: int) -> None:
    """An owner's plot holds its own floor and that of its tenants."""
    for row in range(count):
        if table.tenure[row] == Tenure.OWNER:
            floor = int(table.floor[row]) + int(table.floor[table.landlord == row].sum())
            table.land[row] = -(-floor * CENTIMU // round(RATIO * SQUARE_METRES_PER_MU * CENTIARE))
            table.pool[row] = (
                Pool.ABOVE_SCALE if table.above_scale[row]
                else Pool.BELOW_SCALE_LARGE_PLOT if table.land[row] >= 300 else Pool.BELOW_SCALE_SMALL_PLOT
            )  # fmt: skip
        else:
            table.pool[row] = Pool.TENANTS if table.registered[row] else Pool.UNGRADED


def _technique(table: Firms, count: int, cells: Cells) -> None:
    sectors = _sectors()
    own, step = table.sector, np.arange(count) % len(PATTERN)
    revenue = table.revenue
    table.productivity[:] = 0.1 * (step % 5 - 2)
    table.employees[:] = revenue * sectors.workers_per_yuan[own]
    table.kwh_per_yuan[:] = sectors.kwh_per_yuan[own]
    table.emission_per_yuan[:] = sectors.emission[own]
    table.research_share[:] = np.where(table.above_scale, 0.02, 0.0)
    rent = np.select([table.site == Site.PARK, table.site == Site.VILLAGE], [18.0, 8.0], 10.0)
    rent = np.where(table.tenure == Tenure.OWNER, 0.0, 12.0 * rent * table.floor / CENTIARE)
    table.fixed_share[:] = 0.2 - 0.055 - rent / revenue
    table.fixed_cost[:] = table.fixed_share * revenue
    table.cash[:] = (0.1 * revenue * 100).astype(np.int64)
    table.safety[:], table.environment[:] = 0.3 + 0.03 * step, 0.25 + 0.04 * step
    table.fire[:], table.energy[:] = 0.35, 0.4
    village = table.site == Site.VILLAGE
    table.power_limit[:] = np.where(village, 1.25 * revenue, 0.0)
    table.marks[village] = Mark.PREMISES
    table.marks[step == 5] |= Mark.UNLICENSED
    table.marks[step == 6] |= Mark.OUTDATED
    table.belief[:] = 0.05
    table.revenue_last_year[:] = (revenue * 100).astype(np.int64)
    table.kwh_last_year[:] = (revenue * table.kwh_per_yuan * 1000).astype(np.int64)
    table.kwh_base[:] = table.kwh_last_year
    table.tax_last_year[:] = (revenue * 0.22 * np.where(table.above_scale, 0.23, 0.10) * 100).astype(np.int64)


def _parks(towns: int, cells: Cells) -> Parks:
    rows = 2 + towns + len(BLOCK_TOWNS) + towns
    parks = Parks.with_rows(rows)
    kinds = [0, 1, *range(towns), *(one % towns for one in BLOCK_TOWNS), *range(towns)]
    for row, town in enumerate(kinds):
        parks.town[row] = town % towns
        parks.cell[row] = (town % towns) * SIDE * SIDE + (5 if row < 2 else 6)
        parks.identity[row] = 1000 + row
    for row in range(2):
        parks.state[row] = ParkState.OPEN
        parks.opens[row] = HISTORY_START.index - 8
        parks.developer[row] = Developer.STATE_PLATFORM
        parks.before_2021[row] = True
        parks.lead_sector[row] = (0, 2)[row]
        parks.rent[row], parks.price[row] = 18.0, 4000.0
        parks.services[row] = 0.25
    for block in range(len(BLOCK_TOWNS)):
        parks.block[2 + towns + block] = block
    parks.reuse[2 + towns + len(BLOCK_TOWNS) :] = True
    return parks


def _blocks(towns: int, cells: Cells) -> Blocks:
    blocks = Blocks.with_rows(len(BLOCK_TOWNS))
    for row, town in enumerate(BLOCK_TOWNS):
        blocks.town[row] = town % towns
        blocks.cell[row] = (town % towns) * SIDE * SIDE + 5
        blocks.identity[row] = 500 + row
        blocks.order[row] = row
        blocks.park[row] = 2 + towns + row
        blocks.ratio[row] = RATIO
    return blocks


def _city(towns: int, cells: Cells) -> City:
    return City(
        sector_demand=np.zeros(SECTORS), stolen=np.zeros(SECTORS), bases=np.zeros((len(Pool), 6)),
        cut_offs=np.full((len(Pool), 3), -1.0), graded=NOBODY,
        queue=np.zeros((4, towns, SECTORS), np.int64), did=np.zeros((4, towns, SECTORS, len(Action)), np.int64),
        stood=np.zeros((towns, SECTORS), np.int64), carry=np.zeros((len(Carry), towns)), reward_left=0, reward_year=0,
        null_information=np.zeros(2), base_green=np.zeros((towns + 1, 3)),
        planned=cells.plan_rank < 8, cell_land=np.zeros(len(cells), np.int64),
        released_now=np.zeros(towns), may_build=~cells.hill, land_limited=False,
        model_near=np.zeros((towns, SECTORS), np.bool_),
    )  # fmt: skip


def _settle_floor(world: World) -> None:
    """Fill accounts, parks, blocks and land by cell from the firms, with a little vacant floor everywhere."""
    firms, parks, blocks, accounts, city = world.firms, world.parks, world.blocks, world.accounts, world.city
    np.add.at(city.stood, (firms.town, firms.sector), 1)
    for town in range(len(world.towns)):
        on_plot = (firms.site == Site.PLOT) & (firms.town == town)
        used = int(firms.floor[on_plot].sum())
        accounts.owners_land[town] = int(firms.land[on_plot].sum())
        absent = on_plot & (firms.tenure == Tenure.TENANT) & (firms.landlord == NOBODY)
        vacant = 200_000
        seat = int(world.towns.seat_cell[town])
        metres = int(firms.floor[absent].sum()) + vacant
        accounts.absent_land[town] = round(metres / (RATIO * SQUARE_METRES_PER_MU))
        city.cell_land[seat] += accounts.absent_land[town]
        accounts.vacant_floor[town], accounts.vacated_plants[town] = vacant, vacant // 4
        accounts.ordinary_floor[town] = used + vacant
        accounts.opening[town] = accounts.left[town] = 5000
    plots = firms.site == Site.PLOT
    np.add.at(city.cell_land, firms.cell[plots], firms.land[plots].astype(np.int64))
    for row in range(2):
        inside = (firms.site == Site.PARK) & (firms.place == row)
        for unit in Unit:
            used = int(firms.floor[inside & (firms.unit == unit)].sum())
            parks.free[row, unit] = 200_000 if unit in (Unit.SMALL, Unit.STANDARD) else 0
            parks.floor[row, unit] = used + parks.free[row, unit]
        parks.land[row] = round(int(parks.floor[row].sum()) / (2.0 * SQUARE_METRES_PER_MU))
        city.cell_land[parks.cell[row]] += parks.land[row]
        np.add.at(parks.firms_by_sector[row], firms.sector[inside], 1)
    for row in range(len(blocks)):
        inside = (firms.site == Site.BLOCK) & (firms.place == row)
        blocks.floor[row] = int(firms.floor[inside].sum()) + 100_000
        blocks.land[row] = max(
            round(int(blocks.floor[row]) / (RATIO * SQUARE_METRES_PER_MU)), int(firms.land[inside].sum())
        )
        city.cell_land[blocks.cell[row]] += blocks.land[row]


def crowd(like: int, count: int) -> World:
    """A city in which `count` firms are alike in all but their identity: row `like` of the small world.

    Floor and land do not add up in it: it is for what each firm does by itself.
    """
    world = small_world()
    firms = world.firms.copy(count)
    for name in Firms.__dataclass_fields__:
        getattr(firms, name)[:] = getattr(world.firms, name)[like]
    firms.uid[:] = 1000 + np.arange(count)
    firms.landlord[:] = NOBODY
    world.firms, world.rows = firms, count
    return world
