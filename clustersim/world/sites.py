"""Coming, going and changing place: the one home of what a move does to land and floor.

Land and floor are counted in integers, so every sweep here keeps the laws of `world.laws` to the last unit. Sweeps
walk a list of row numbers, because few firms change place in a quarter.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import sweep
from clustersim.foundation.mathematics import in_millionths
from clustersim.foundation.words import NOBODY, Cause, Clearance, Mark, Site, Tenure
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_PLOT: Final = int(Site.PLOT)
_TENANT: Final = int(Tenure.TENANT)
_OWNER: Final = int(Tenure.OWNER)
_UNIT_OWNER: Final = int(Tenure.UNIT_OWNER)
_BY_CLEARANCE: Final = int(Cause.CLEARANCE)
_NO_CLEARANCE: Final = int(Clearance.NONE)
_NOTICE: Final = int(Clearance.NOTICE)
_NOBODY: Final = NOBODY
_EXITED: Final = int(Count.EXITED_CHOICE) - 1  # plus the cause
_JOBS_EXITED: Final = int(Count.JOBS_EXITED)
_CAME: Final = int(Count.FIRMS_CAME)
_WENT: Final = int(Count.FIRMS_WENT)
_JOBS_CHANGED: Final = int(Count.JOBS_CHANGED)
_CLEARED_PLOTS: Final = int(Count.CLEARED_PLOTS)
_CURED_BY_MOVING: Final = int(Mark.PREMISES | Mark.UNLICENSED)


def leave(world: World, rows: Long) -> None:
    """Let firms leave for the cause in `exit_cause`; their floor is let again.

    Under a clearance notice (1.4) it goes with the plot, whatever the cause, and an owner's land goes to the ledger.

    Cash must have been settled to zero before (see `firm.changes`).
    """
    firms, accounts, parks = world.firms, world.accounts, world.parks
    _leave(
        rows, world.quarter.index,
        firms.alive, firms.gone, firms.exit_cause, firms.sector, firms.town, firms.cell, firms.site, firms.place,
        firms.tenure, firms.unit, firms.land, firms.floor, firms.employees, firms.clearance, firms.displaced,
        accounts.owners_land, accounts.absent_land, accounts.ordinary_floor, accounts.vacant_floor,
        accounts.vacated_plants, accounts.cleared, accounts.left, world.city.cell_land,
        parks.free, parks.for_sale, parks.firms_by_sector, firms.revenue, world.city.vacated_sales, world.books.counts,
    )  # fmt: skip


def into_parks(world: World, rows: Long, hazard_left: float) -> None:
    """Move firms into the unit they were admitted to (`target`, `target_unit`, `target_floor`, `target_buy`).

    An owner under a clearance notice (1.4) surrenders its plot to the ledger; any other owner's plot is let again.
    Premises and licence come into order; hazards fall to `hazard_left` of themselves.
    """
    firms, accounts, parks = world.firms, world.accounts, world.parks
    _into_parks(
        rows, world.quarter.index, float(hazard_left),
        firms.sector, firms.town, firms.cell, firms.site, firms.place, firms.tenure, firms.landlord, firms.unit,
        firms.land, firms.floor, firms.employees, firms.marks, firms.safety, firms.environment,
        firms.fire, firms.energy, firms.clearance, firms.notice_due, firms.order_due, firms.displaced,
        firms.returns_to, firms.last_move, firms.park_warnings, firms.floor_capacity, firms.target, firms.target_unit,
        firms.target_floor, firms.target_buy,
        accounts.owners_land, accounts.absent_land, accounts.ordinary_floor, accounts.vacant_floor,
        accounts.vacated_plants, accounts.surrendered, accounts.left, world.city.cell_land,
        parks.town, parks.cell, parks.opens, parks.free, parks.for_sale, parks.firms_by_sector, parks.signed_year,
        world.books.counts,
    )  # fmt: skip


def take_vacant_floor(world: World, town: int, floor: int) -> bool:
    """Take vacant ordinary floor (0.01 m2) in a town; False, and nothing taken, when there is too little."""
    accounts = world.accounts
    if accounts.vacant_floor[town] < floor:
        return False
    accounts.vacant_floor[town] -= floor
    accounts.vacated_plants[town] = min(accounts.vacated_plants[town], accounts.vacant_floor[town])
    return True


def to_vacant_floor(world: World, row: int) -> bool:
    """Move one firm from a block or park, or a cleared plot, to vacant ordinary floor in its town; False if none."""
    firms, town = world.firms, int(world.firms.town[row])
    floor = int(firms.floor[row])
    if not take_vacant_floor(world, town, floor):
        return False
    if firms.site[row] == Site.PLOT:  # its old floor goes with the plot
        world.accounts.ordinary_floor[town] -= floor
    elif firms.site[row] == Site.PARK:
        park, unit = int(firms.place[row]), int(firms.unit[row])
        world.parks.free[park, unit] += floor
        if firms.tenure[row] == Tenure.UNIT_OWNER:
            world.parks.for_sale[park, unit] += floor
        world.parks.firms_by_sector[park, firms.sector[row]] -= 1
    firms.site[row], firms.place[row] = Site.PLOT, NOBODY
    firms.tenure[row], firms.landlord[row], firms.unit[row] = Tenure.TENANT, NOBODY, NOBODY
    return True


def block_to_vacant_floor(world: World, block: int, rows: Long) -> bool:
    """Move all firms of a block to vacant ordinary floor in its town; False, and nobody moved, if there is too little.

    Who owned land in the block must have sold it before.
    """
    firms = world.firms
    if not take_vacant_floor(world, int(world.blocks.town[block]), int(firms.floor[rows].sum())):
        return False
    firms.site[rows], firms.place[rows] = Site.PLOT, NOBODY
    firms.tenure[rows], firms.landlord[rows], firms.unit[rows] = Tenure.TENANT, NOBODY, NOBODY
    return True


@sweep
def _leave(
    rows: Long, quarter: int,
    alive: Flags, gone: Short, exit_cause: Small, sector: Small, town: Small, cell: Whole, site: Small, place: Whole,
    tenure: Small, unit: Small, land: Whole, floor: Whole, employees: Floats, clearance: Small,
    displaced: Flags,
    owners_land: Long, absent_land: Long, ordinary_floor: Long, vacant_floor: Long,
    vacated_plants: Long, cleared: Long, left: Long, cell_land: Long,
    free: Long, for_sale: Long, firms_by_sector: Whole, revenue: Floats, vacated_sales: Long, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        t = town[row]
        vacated_sales[sector[row]] += np.int64(revenue[row])
        alive[row] = False
        displaced[row] = False
        gone[row] = quarter
        counts[_EXITED + exit_cause[row], t] += 1
        counts[_JOBS_EXITED, t] += in_millionths(employees[row])
        if site[row] == _PARK:
            free[place[row], unit[row]] += floor[row]
            if tenure[row] == _UNIT_OWNER:
                for_sale[place[row], unit[row]] += floor[row]
            firms_by_sector[place[row], sector[row]] -= 1
        elif site[row] == _PLOT:
            goes = exit_cause[row] == _BY_CLEARANCE or clearance[row] == _NOTICE
            if goes:
                ordinary_floor[t] -= floor[row]
            else:
                vacant_floor[t] += floor[row]
            if tenure[row] == _OWNER:
                owners_land[t] -= land[row]
                if goes:
                    cell_land[cell[row]] -= land[row]
                    cleared[t] += land[row]
                    left[t] += land[row]
                    counts[_CLEARED_PLOTS, t] += 1
                else:
                    absent_land[t] += land[row]
                    vacated_plants[t] += floor[row]


@sweep
def _into_parks(
    rows: Long, quarter: int, hazard_left: float,
    sector: Small, town: Small, cell: Whole, site: Small, place: Whole, tenure: Small, landlord: Whole, unit: Small,
    land: Whole, floor: Whole, employees: Floats, marks: Small, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, clearance: Small, notice_due: Short, order_due: Short, displaced: Flags,
    returns_to: Whole, last_move: Short, park_warnings: Small, floor_capacity: Floats, target: Whole,
    target_unit: Small, target_floor: Whole, target_buy: Flags,
    owners_land: Long, absent_land: Long, ordinary_floor: Long, vacant_floor: Long,
    vacated_plants: Long, surrendered: Long, left: Long, cell_land: Long,
    park_town: Small, park_cell: Whole, park_opens: Short, free: Long, for_sale: Long, firms_by_sector: Whole,
    signed_year: Whole, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        t = town[row]
        if site[row] == _PARK:
            free[place[row], unit[row]] += floor[row]
            if tenure[row] == _UNIT_OWNER:
                for_sale[place[row], unit[row]] += floor[row]
            firms_by_sector[place[row], sector[row]] -= 1
        elif site[row] == _PLOT:
            goes = clearance[row] == _NOTICE
            if goes:
                ordinary_floor[t] -= floor[row]
            else:
                vacant_floor[t] += floor[row]
            if tenure[row] == _OWNER:
                owners_land[t] -= land[row]
                if goes:
                    cell_land[cell[row]] -= land[row]
                    surrendered[t] += land[row]
                    left[t] += land[row]
                    counts[_CLEARED_PLOTS, t] += 1
                else:
                    absent_land[t] += land[row]
                    vacated_plants[t] += floor[row]
        p = target[row]
        if park_town[p] != t:
            jobs = in_millionths(employees[row])
            counts[_WENT, t] += 1
            counts[_CAME, park_town[p]] += 1
            counts[_JOBS_CHANGED, t] -= jobs
            counts[_JOBS_CHANGED, park_town[p]] += jobs
        free[p, target_unit[row]] -= target_floor[row]
        for_sale[p, target_unit[row]] = min(
            for_sale[p, target_unit[row]] - (target_floor[row] if target_buy[row] else 0), free[p, target_unit[row]]
        )
        firms_by_sector[p, sector[row]] += 1
        if quarter < park_opens[p] + 4:
            signed_year[p] += 1
        if floor[row] > 0 and target_floor[row] > floor[row]:
            floor_capacity[row] *= target_floor[row] / floor[row]
        town[row] = park_town[p]
        cell[row] = park_cell[p]
        site[row] = _PARK
        place[row] = p
        tenure[row] = _UNIT_OWNER if target_buy[row] else _TENANT
        landlord[row] = _NOBODY
        unit[row] = target_unit[row]
        land[row] = 0
        floor[row] = target_floor[row]
        marks[row] &= ~_CURED_BY_MOVING
        safety[row] *= hazard_left
        environment[row] *= hazard_left
        fire[row] *= hazard_left
        energy[row] *= hazard_left
        clearance[row] = _NO_CLEARANCE
        notice_due[row] = _NOBODY
        order_due[row] = _NOBODY
        displaced[row] = False
        returns_to[row] = _NOBODY
        last_move[row] = quarter
        park_warnings[row] = 0
