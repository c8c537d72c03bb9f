"""The kinds of unit in a park, for choice, admission and accounts alike (clauses 1.5, 2.3)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule
from clustersim.foundation.words import CENTIARE, NOBODY, UNITS, Developer, Unit
from clustersim.letter.parks.levers import Levers
from clustersim.world.columns import Flags, Floats, Long
from clustersim.world.tables import World

_SMALL: Final = int(Unit.SMALL)
_STANDARD: Final = int(Unit.STANDARD)
_CUSTOM: Final = int(Unit.CUSTOM)
_INCUBATOR: Final = int(Unit.INCUBATOR)
_KINDS: Final = UNITS
_NOBODY: Final = NOBODY


def unit_sizes(levers: Levers) -> Long:
    """Size of one unit of each kind, in 0.01 m2; of a custom unit the least one."""
    sizes = (levers.small_unit_m2, levers.standard_unit_m2, levers.custom_unit_m2, levers.incubator_unit_m2)
    return np.array([round(size * CENTIARE) for size in sizes], np.int64)


@rule
def floor_taken(need: int, kind: int, size: int, most_small: int, age: int, incubator_quarters: int) -> int:
    """Floor (0.01 m2) a firm that needs `need` would take in a kind of unit of a size; 0 when it does not fit there.

    Small, standard and incubator units come whole; a custom unit is made to measure. A firm may take at most
    `most_small` small units and two incubator units, these only below an age of `incubator_quarters`.

    >>> floor_taken(30_000, 0, 35_000, 2, 40, 12), floor_taken(80_000, 0, 35_000, 2, 40, 12)
    (35000, 0)
    >>> floor_taken(120_000, 1, 100_000, 2, 40, 12), floor_taken(400_050, 2, 350_000, 2, 40, 12)
    (200000, 400050)
    >>> floor_taken(20_000, 3, 15_000, 2, 4, 12), floor_taken(20_000, 3, 15_000, 2, 12, 12)
    (30000, 0)
    """
    if need <= 0:
        return 0
    if kind == _CUSTOM:
        return need if need >= size else 0
    units = int(np.ceil(need / size))  # exact, and several times as fast as a division of whole numbers
    if kind == _SMALL and units > most_small:
        return 0
    if kind == _INCUBATOR and (units > 2 or age >= incubator_quarters):
        return 0
    return units * size


@rule
def unit_rent(rent: float, kind: int, age: int, incubator_rent: float, incubator_quarters: int) -> float:
    """Rent of a unit in yuan per m2 and month: a young firm pays a part of it in an incubator.

    >>> unit_rent(18.0, 3, 4, 0.5, 12), unit_rent(18.0, 3, 12, 0.5, 12), unit_rent(18.0, 1, 4, 0.5, 12)
    (9.0, 18.0, 18.0)
    """
    if kind == _INCUBATOR and age < incubator_quarters:
        return rent * incubator_rent
    return rent


@rule
def unit_fit_out(fit_out: float, kind: int, custom: float, incubator: float) -> float:
    """Fit-out in yuan per m2: less for a unit made to measure, least for an incubator.

    >>> unit_fit_out(600.0, 1, 0.6, 0.3), unit_fit_out(600.0, 2, 0.6, 0.3)
    (600.0, 360.0)
    """
    if kind == _CUSTOM:
        return fit_out * custom
    if kind == _INCUBATOR:
        return fit_out * incubator
    return fit_out


@rule
def floors_taken(
    need: int, age: int, small: int, standard: int, custom: int, incubator: int, most_small: int,
    incubator_quarters: int,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Floor (0.01 m2) a firm would take in each kind of unit; 0 where it does not fit."""
    return (
        floor_taken(need, _SMALL, small, most_small, age, incubator_quarters),
        floor_taken(need, _STANDARD, standard, most_small, age, incubator_quarters),
        floor_taken(need, _CUSTOM, custom, most_small, age, incubator_quarters),
        floor_taken(need, _INCUBATOR, incubator, most_small, age, incubator_quarters),
    )


@rule
def cheapest_unit(
    free: Long, for_sale: Long, park: int, waits: bool, taken: tuple[int, int, int, int], incubator_rent: float
) -> tuple[int, int, bool]:
    """Kind, floor (0.01 m2) and tenure (True: to buy) of the cheapest unit of a park that is free for a firm.

    A unit to rent goes before one to buy. The kind is NOBODY when nothing fits. `free` and `for_sale` are [park, kind],
    `taken` is the floor it would take in each kind. A firm that waits looks at units to rent as if all were free.

    >>> free, for_sale = np.array([[70_000, 200_000, 0, 0]]), np.array([[70_000, 0, 0, 0]])
    >>> taken = floors_taken(30_000, 40, 35_000, 100_000, 350_000, 15_000, 2, 12)
    >>> cheapest_unit(free, for_sale, 0, False, taken, 1.0), cheapest_unit(for_sale, for_sale, 0, False, taken, 1.0)
    ((1, 100000, False), (0, 35000, True))
    """
    for buys in (False, True):
        found, floor, least = _NOBODY, 0, np.inf
        for kind in range(_KINDS):
            room = for_sale[park, kind] if buys else free[park, kind] - for_sale[park, kind]
            if taken[kind] == 0 or (taken[kind] > room and not waits):
                continue
            cost = taken[kind] * (incubator_rent if kind == _INCUBATOR else 1.0)
            if cost < least:
                found, floor, least = kind, taken[kind], cost
        if found != _NOBODY:
            return found, floor, buys
    return _NOBODY, 0, False


def split_floor(total: int, developer: int, levers: Levers, owed: Floats | None = None) -> tuple[Long, Long]:
    """Floor of a new park by kind of unit, and how much of it is for sale (0.01 m2).

    A kind whose share would not hold a single unit is built as standard units, and the share is owed: it is added to
    that of the next park (`owed` by kind, changed in place), so that a city of small parks has the same units in all.
    Professional developers sell all they build; incubators are never sold; what is for sale comes in whole units.

    >>> floor, for_sale = split_floor(8_000_000, Developer.STATE_PLATFORM, Levers())
    >>> floor.tolist(), for_sale.tolist()
    ([3200000, 3200000, 1200000, 400000], [945000, 900000, 360000, 0])
    """
    sells_all = developer == Developer.PROFESSIONAL
    shares = (levers.small_share, 0.0, levers.custom_share, 0.0 if sells_all else levers.incubator_share)
    sizes, of_all, left = unit_sizes(levers).tolist(), max(sum(shares), 1.0), total
    floor, for_sale = [0] * _KINDS, [0] * _KINDS
    for kind in (_SMALL, _CUSTOM, _INCUBATOR):
        if shares[kind] <= 0.0:
            continue
        due = total * shares[kind] / of_all + (0.0 if owed is None else float(owed[kind]))
        if due >= sizes[kind]:
            floor[kind] = min(int(due), left)
            left -= floor[kind]
        if owed is not None:
            owed[kind] = due - floor[kind]
    floor[_STANDARD] = left
    if sells_all:
        return np.array(floor, np.int64), np.array(floor, np.int64)
    for kind in (_SMALL, _STANDARD, _CUSTOM):
        part = int(floor[kind] * levers.sale_share)
        made_to_measure = kind == _CUSTOM
        for_sale[kind] = part - (part % sizes[kind] if part < sizes[kind] or not made_to_measure else 0)
    return np.array(floor, np.int64), np.array(for_sale, np.int64)


def park_rent(developer: int, assumptions: Assumptions) -> float:
    """Rent of a standard unit by developer, in yuan per m2 and month."""
    return assumptions.park_rent_village if developer == Developer.VILLAGE_COLLECTIVE else assumptions.park_rent


def rentable(world: World) -> Long:
    """Free floor that may be rented, by park and kind (0.01 m2): what is free and not kept for sale."""
    parks = world.parks
    free: Long = np.maximum(parks.free - parks.for_sale, 0)
    return free


def has_room(world: World, levers: Levers, seen_full: float) -> Flags:
    """[park] whether a park is seen to have room: a unit for sale, or one to rent with enough of its kind free."""
    sizes, parks = unit_sizes(levers), world.parks
    room = (rentable(world) >= np.maximum(sizes, seen_full * parks.floor)) | (parks.for_sale >= sizes)
    return np.asarray(room.any(axis=1), np.bool_)
