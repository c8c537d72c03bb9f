"""Who may enter a park, and who gets a unit when there are too few (clauses 2.1, 2.4)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.words import (
    CENTIARE,
    FEN,
    NOBODY,
    UNITS,
    Action,
    Grade,
    Luck,
    ParkState,
)
from clustersim.letter.parks.levers import Levers
from clustersim.letter.parks.terms import Threshold, threshold
from clustersim.letter.parks.units import rentable
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Small, Whole
from clustersim.world.rationing import claim_points, in_order, served, tickets
from clustersim.world.tables import World

_UNGRADED: Final = int(Grade.NONE)
_FLOOR_SCALE: Final = float(CENTIARE)
_MONEY_SCALE: Final = float(FEN)


@rule
def takes(admits: int, vetoed: int, sector: int) -> bool:
    """Whether a park's list has a sector that is not vetoed.

    >>> takes(0b011, 0b001, 1), takes(0b011, 0b001, 0), takes(0b011, 0b001, 2), takes(-1, 0, 13)
    (True, False, False, True)
    """
    bit = np.int64(sector)  # shifts of a column's small integers would overflow without a compiler
    return bool((admits >> bit) & 1 == 1 and (vetoed >> bit) & 1 == 0)


@rule
def may_ask(t: Threshold, grade: int, displaced: bool, hazard: float) -> bool:
    """Whether a firm passes what every park asks for: its grade, and its worst hazard after a move.

    The grade test is waived for displaced and for ungraded firms; the hazard test never is.
    """
    if hazard * t.hazard_left > t.hazard_limit:
        return False
    return not t.grades_count or displaced or grade == _UNGRADED or grade <= t.grade_floor


@rule
def taken_by(t: Threshold, sector: int, revenue: float, tax: float, floor: float, admits: int, strict: bool) -> bool:
    """Whether one park takes a firm: its sector, and in a strict park tax and investment per mu."""
    if not takes(admits, t.vetoed, sector):
        return False
    if not strict:
        return True
    land = floor / t.floor_per_mu
    return tax >= t.least_tax * land and t.capital_ratio * revenue + t.fit_out * floor >= t.least_investment * land


@rule
def eligible(
    t: Threshold, sector: int, grade: int, displaced: bool, hazard: float, revenue: float, tax: float,
    floor: float, admits: int, strict: bool,
) -> bool:  # fmt: skip
    """Whether a park may take a firm at all. `revenue` and last year's `tax` in yuan, `floor` asked for in m2."""
    return may_ask(t, grade, displaced, hazard) and taken_by(t, sector, revenue, tax, floor, admits, strict)


def admit(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Grant park units to those who ask; the refused stay, and their floor joins the queue of their town."""
    firms, city = world.firms, world.city
    slot = world.quarter.index % 4
    city.queue[slot] = 0
    rows = np.flatnonzero((firms.action[: world.rows] == Action.MOVE) & firms.alive[: world.rows])
    if not len(rows):
        return
    may = _may_enter(world, rows, levers, assumptions)
    granted = _ration(world, rows, may, assumptions)
    counts = world.books.counts
    np.add.at(counts[Count.ASKED], firms.town[rows], 1)
    np.add.at(counts[Count.REFUSED], firms.town[rows[~granted]], 1)
    waiting = rows[may & ~granted]
    of_whom = firms.town[waiting].astype(np.int64) * len(world.sectors) + firms.sector[waiting]
    np.add.at(city.queue[slot].reshape(-1), of_whom, firms.target_floor[waiting].astype(np.int64))
    refused = rows[~granted]
    firms.action[refused] = Action.STAY
    firms.target[refused] = NOBODY
    firms.target_unit[refused] = NOBODY
    firms.target_floor[refused] = 0
    firms.target_buy[refused] = False


def _may_enter(world: World, rows: Long, levers: Levers, assumptions: Assumptions) -> Flags:
    """Which of the asking firms the park may take at all: an open park, and the threshold."""
    firms, parks = world.firms, world.parks
    passed: Flags = _test(
        threshold(world, levers, assumptions), rows, firms.sector, firms.grade, firms.displaced, firms.safety,
        firms.environment, firms.fire, firms.energy, firms.revenue, firms.tax_last_year, firms.target,
        firms.target_floor, parks.admits, parks.strict,
    )  # fmt: skip
    target = firms.target[rows]
    passed &= (target >= 0) & (parks.state[target] == ParkState.OPEN) & ~firms.closing[rows]
    return passed


def _ration(world: World, rows: Long, may: Flags, assumptions: Assumptions) -> Flags:
    """Serve by kind of unit and tenure: returning firms, displaced firms, then by score, lot and uid."""
    firms, parks = world.firms, world.parks
    target = firms.target[rows]
    returning = (firms.returns_to[rows] != NOBODY) & (firms.returns_to[rows] == parks.block[target])
    classes = np.where(returning, 0, np.where(firms.displaced[rows], 1, 2))
    points = claim_points(world, rows, assumptions.ungraded_points)
    uids = firms.uid[rows]
    drawn = tickets(uids, world.seed, int(Luck.ADMISSION), world.quarter.index)
    # Floor for rent and floor for sale of a park's kind of unit are two slots side by side.
    rooms = np.stack([rentable(world), parks.for_sale], axis=2).ravel()
    slots = (target.astype(np.int64) * UNITS + firms.target_unit[rows]) * 2 + firms.target_buy[rows]
    slots[~may] = NOBODY
    return served(in_order(classes, points, drawn, uids), slots, firms.target_floor[rows], rooms)


@sweep
def _test(
    t: Threshold, rows: Long, sector: Small, grade: Small, displaced: Flags, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, revenue: Floats, tax_last_year: Long, target: Whole, target_floor: Whole,
    admits: Whole, strict: Flags,
) -> Flags:  # fmt: skip
    passed = np.zeros(len(rows), np.bool_)
    for one in range(len(rows)):
        row = rows[one]
        park = target[row]
        if park < 0:
            continue
        hazard = max(safety[row], environment[row], fire[row], energy[row])
        passed[one] = eligible(
            t, sector[row], grade[row], displaced[row], hazard, revenue[row], tax_last_year[row] / _MONEY_SCALE,
            target_floor[row] / _FLOOR_SCALE, admits[park], strict[park],
        )  # fmt: skip
    return passed
