"""The balances of land and floor that hold at the end of every quarter, to the last unit.

The books are held against the firms themselves, town by town, block by block and park by park. Whoever moves a firm,
a plot or a park and forgets one end of it is found out in the same quarter.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import BLOCK, sweep
from clustersim.foundation.words import ParkState, Site, Tenure, Unit
from clustersim.world.columns import Flags, Long, Small, Whole
from clustersim.world.rows import places
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_PLOT: Final = int(Site.PLOT)
_OWNER: Final = int(Tenure.OWNER)


class LawBrokenError(RuntimeError):
    """A balance does not hold; the message names it, its place and the two numbers."""


def check(world: World) -> None:
    """Hold every balance of land and floor; LawBrokenError names the first that does not."""
    firms, parks, blocks, accounts = world.firms, world.parks, world.blocks, world.accounts
    plot_floor, plot_land, block_floor, block_land, unit_floor, inside = _census(
        0, world.rows, len(world.towns), len(blocks), len(parks), parks.floor.shape[1], parks.firms_by_sector.shape[1],
        firms.alive, firms.sector, firms.town, firms.site, firms.place, firms.tenure, firms.unit, firms.land,
        firms.floor,
    )  # fmt: skip
    _same(world, "ordinary floor", accounts.ordinary_floor, plot_floor + accounts.vacant_floor, "m2")
    _within(world, "vacated plants", accounts.vacated_plants, accounts.vacant_floor, "m2")
    _same(world, "land of owners", accounts.owners_land, plot_land, "mu")
    _at_most(world, "floor used in block", block_floor, blocks.floor, "m2")
    _at_most(world, "owners' land in block", block_land, blocks.land, "mu")
    _same(world, "floor of park", parks.floor, unit_floor + parks.free, "m2")
    _within(world, "floor for sale in park", parks.for_sale, parks.free, "m2")
    _same(world, "firms of sector in park", parks.firms_by_sector, inside, "firms")
    _land_by_cell(world)
    taken_in = accounts.opening + accounts.quota + accounts.cleared + accounts.surrendered + accounts.bought_out
    _same(world, "land ledger", taken_in, accounts.built + accounts.left, "mu")


def _land_by_cell(world: World) -> None:
    parks, blocks, accounts, cell_land = world.parks, world.blocks, world.accounts, world.city.cell_land
    below = cell_land < 0
    if below.any():
        cell = int(below.argmax())
        where = f"cell {cell} in {world.towns.en[int(world.cells.town[cell])]}"
        raise LawBrokenError(f"{world.quarter}: industrial land of {where}: {cell_land[cell] / 100:.2f} mu is below 0")
    standing = parks.state != ParkState.CANDIDATE
    counted = accounts.owners_land + accounts.absent_land
    np.add.at(counted, blocks.town, blocks.land)
    np.add.at(counted, parks.town[standing], parks.land[standing])
    by_cell = np.zeros(len(world.towns), np.int64)
    np.add.at(by_cell, world.cells.town, cell_land)
    _same(world, "industrial land by cell", by_cell, counted, "mu")


def _same(world: World, what: str, books: Long | Whole, counted: Long, unit: str) -> None:
    if not np.array_equal(books, counted):
        _complain(world, what, books != counted, books, counted, unit, "but {} is counted")


def _at_most(world: World, what: str, counted: Long, limit: Long, unit: str) -> None:
    over = counted > limit
    if over.any():
        _complain(world, what, over, counted, limit, unit, "is more than there is, {}")


def _within(world: World, what: str, part: Long, whole: Long, unit: str) -> None:
    wrong = (part < 0) | (part > whole)
    if wrong.any():
        _complain(world, what, wrong, part, whole, unit, "is not from 0 to {}")


def _complain(
    world: World, what: str, wrong: Flags, first: Long | Whole, second: Long | Whole, unit: str, words: str
) -> None:
    at = np.unravel_index(int(wrong.argmax()), wrong.shape)
    row = int(at[0])
    if "block" in what:
        where = f"{row} in {world.towns.en[int(world.blocks.town[row])]}"
    elif "park" in what:
        where = f"{row} in {world.towns.en[int(world.parks.town[row])]}"
    else:
        where = f"in {world.towns.en[row]}"
    if len(at) > 1:
        column = int(at[1])
        where += f", {world.sectors.key[column]}" if unit == "firms" else f", {Unit(column).name.lower()} units"

    def amount(value: int) -> str:
        return f"{value} {unit}" if unit == "firms" else f"{value / 100:.2f} {unit}"

    raise LawBrokenError(
        f"{world.quarter}: {what} {where}: {amount(int(first[at]))} {words.format(amount(int(second[at])))}"
    )


@sweep
def _census(
    first: int, last: int, towns: int, blocks: int, parks: int, kinds: int, sectors: int,
    alive: Flags, sector: Small, town: Small, site: Small, place: Whole, tenure: Small, unit: Small, land: Whole,
    floor: Whole,
) -> tuple[Long, Long, Long, Long, Long, Long]:  # fmt: skip
    """Floor and owners' land on plots by town and in blocks; in parks, floor by kind of unit and firms by sector."""
    plot_floor, plot_land = np.zeros(towns, np.int64), np.zeros(towns, np.int64)
    block_floor, block_land = np.zeros(blocks, np.int64), np.zeros(blocks, np.int64)
    unit_floor, inside = np.zeros((parks, kinds), np.int64), np.zeros((parks, sectors), np.int64)
    on_plots, of_owners = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    elsewhere, special = np.zeros(BLOCK, np.bool_), np.zeros(BLOCK + 1, np.int64)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        _stand_on_plots(on_plots, of_owners, elsewhere, alive[at], site[at], tenure[at], land[at], floor[at])
        towns_here = town[at]
        for one in range(len(towns_here)):
            plot_floor[towns_here[one]] += on_plots[one]
            plot_land[towns_here[one]] += of_owners[one]
        for one in places(special, elsewhere[: len(towns_here)]):
            row = start + one
            if site[row] == _BLOCK:
                block_floor[place[row]] += floor[row]
                if tenure[row] == _OWNER:
                    block_land[place[row]] += land[row]
            else:
                unit_floor[place[row], unit[row]] += floor[row]
                inside[place[row], sector[row]] += 1
    return plot_floor, plot_land, block_floor, block_land, unit_floor, inside


@sweep
def _stand_on_plots(
    on_plots: Long, of_owners: Long, elsewhere: Flags, alive: Flags, site: Small, tenure: Small, land: Whole,
    floor: Whole,
) -> None:  # fmt: skip
    for one in range(len(alive)):
        there = alive[one] and site[one] == _PLOT
        on_plots[one] = floor[one] if there else 0
        of_owners[one] = land[one] if there and tenure[one] == _OWNER else 0
    for one in range(len(alive)):
        elsewhere[one] = alive[one] & ((site[one] == _BLOCK) | (site[one] == _PARK))
