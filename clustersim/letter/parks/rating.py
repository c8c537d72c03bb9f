"""Parks are rated once a year, and tenants who stay non-compliant lose their place (clause 2.5)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.words import CENTIARE, FEN, Cause, Grade, Luck, ParkState, Site, Stage, Tenure
from clustersim.letter.parks.levers import Levers
from clustersim.letter.parks.units import unit_rent
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rationing import in_order, tickets
from clustersim.world.sites import to_vacant_floor
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_TENANT: Final = int(Tenure.TENANT)
_NO_CASE: Final = int(Stage.NONE)
_CLAUSE_2_5: Final = CLAUSE_SLOTS.index("2.5")
_REVENUE, _FIRMS, _COMPLIANT, _RENTED = range(4)  # columns of the survey
_A, _B, _C, _D = int(Grade.A), int(Grade.B), int(Grade.C), int(Grade.D)


@rule
def rating_points(
    occupancy: float, output: float, compliance: float, for_occupancy: float, for_output: float, for_compliance: float,
    full_output: float,
) -> float:  # fmt: skip
    """Points of a park out of 100. `output` is its output per m2 over the mean of all parks.

    >>> rating_points(1.0, 2.0, 1.0, 35.0, 40.0, 25.0, 1.5), rating_points(0.8, 0.75, 1.0, 35.0, 40.0, 25.0, 1.5)
    (100.0, 73.0)
    """
    total = for_occupancy + for_output + for_compliance
    if total <= 0.0:
        return 0.0
    earned = for_occupancy * occupancy + for_output * min(output / full_output, 1.0) + for_compliance * compliance
    return 100.0 * earned / total


@rule
def rating(points: float, a: float, b: float, c: float) -> int:
    """The rating, as the number of a Grade.

    >>> [rating(points, 80.0, 70.0, 60.0) for points in (90.0, 75.0, 60.0, 10.0)]
    [1, 2, 3, 4]
    """
    if points >= a:
        return _A
    if points >= b:
        return _B
    return _C if points >= c else _D


@rule
def warnings_after(warnings: int, stage: int) -> int:
    """Quarters in a row that a firm in a park has had an open case.

    >>> warnings_after(2, 4), warnings_after(2, 0)
    (3, 0)
    """
    return 0 if stage == _NO_CASE else min(warnings + 1, 100)


def rate(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Look after the parks: warn every quarter, pay rent relief, rate in the first quarter of a year."""
    if not levers.rated:
        return
    inside = _survey_parks(world, levers)
    if world.quarter.number == 1:
        _rate_all(world, inside, levers)
    _pay_rent_relief(world, inside[:, _RENTED], levers)
    _end_tenancies(world, levers)


def rent_relief(given: Small, levers: Levers) -> Floats:
    """Share of the rent that the city takes over, for an array of ratings."""
    return np.array([0.0, levers.rent_relief_a, levers.rent_relief_b, 0.0, 0.0])[given]


def _survey_parks(world: World, levers: Levers) -> Long:
    """Revenue (fen), firms, compliant firms and rented floor (0.01 m2 of standard rent) by park; counts warnings."""
    firms = world.firms
    parts = over_rows(
        _survey, world.rows, len(world.parks), world.quarter.index,
        firms.alive, firms.born, firms.site, firms.place, firms.tenure, firms.unit, firms.stage, firms.revenue,
        firms.floor, firms.park_warnings, float(levers.incubator_rent), int(levers.incubator_years * 4),
    )  # fmt: skip
    total: Long = sum(parts[1:], start=parts[0])
    return total


def _rate_all(world: World, inside: Long, levers: Levers) -> None:
    """Give every park that has been open long enough its points, rating, and what follows from it."""
    parks = world.parks
    old_enough = parks.before_2021 | (parks.opens + levers.rated_after_quarters <= world.quarter.index)
    rated = np.flatnonzero((parks.state == ParkState.OPEN) & old_enough & (parks.floor.sum(axis=1) > 0))
    floor = parks.floor[rated].sum(axis=1)
    used = floor - parks.free[rated].sum(axis=1)
    mean = inside[rated, _REVENUE].sum() / max(used.sum(), 1)
    before = rent_relief(parks.rating, levers)
    for park, all_floor, in_use in zip(rated, floor, used, strict=True):
        revenue, firms, compliant, _ = inside[park]
        output = revenue / in_use / mean if in_use > 0 and mean > 0.0 else 0.0
        points = rating_points(
            in_use / all_floor, output, compliant / max(firms, 1), levers.occupancy_weight, levers.output_weight,
            levers.compliance_weight, levers.full_output,
        )  # fmt: skip
        parks.rating_points[park] = points
        parks.rating[park] = rating(points, levers.a_points, levers.b_points, levers.c_points)
    support = np.array([0.0, levers.services_a, levers.services_b, 0.0, 0.0])[parks.rating[rated]]
    parks.services[rated] = np.minimum(parks.services[rated] + support[:, None], 1.0)
    parks.rent *= (1.0 - rent_relief(parks.rating, levers)) / (1.0 - before)


def _pay_rent_relief(world: World, rented: Long, levers: Levers) -> None:
    """Pay the parks the rent that their tenants are spared this quarter."""
    parks, books = world.parks, world.books
    relief = rent_relief(parks.rating, levers)
    spared = parks.rent / (1.0 - relief) * relief  # yuan per m2 and month
    fen = np.rint(rented / CENTIARE * 3.0 * spared * FEN).astype(np.int64)
    np.add.at(books.money[Flow.CO_FUNDING], parks.town, fen)
    np.add.at(books.by_clause[_CLAUSE_2_5], parks.town, fen)


def _end_tenancies(world: World, levers: Levers) -> None:
    """Tenants with a case open too long go to vacant floor in town, by lot; when there is none they close."""
    firms = world.firms
    late = np.flatnonzero(firms.park_warnings[: world.rows] >= levers.quarters_before_loss)
    late = late[
        firms.alive[late] & (firms.site[late] == _PARK) & (firms.tenure[late] == _TENANT)
        & ~firms.closing[late] & (firms.exit_cause[late] == Cause.NONE)
    ]  # fmt: skip
    if not len(late):
        return
    uids = firms.uid[late]
    drawn = tickets(uids, world.seed, int(Luck.ADMISSION), world.quarter.index)
    for one in in_order(np.zeros(len(late), np.int64), np.zeros(len(late)), drawn, uids):
        row = int(late[one])
        firms.park_warnings[row] = 0
        if not to_vacant_floor(world, row):
            firms.closing[row] = True
            firms.exit_cause[row] = Cause.CLOSURE


@sweep
def _survey(
    first: int, last: int, parks: int, quarter: int,
    alive: Flags, born: Short, site: Small, place: Whole, tenure: Small, unit: Small, stage: Small, revenue: Floats,
    floor: Whole, park_warnings: Small, incubator_rent: float, incubator_quarters: int,
) -> Long:  # fmt: skip
    inside = np.zeros((parks, 4), np.int64)
    for row in range(first, last):
        if not alive[row] or site[row] != _PARK:
            continue
        park = place[row]
        park_warnings[row] = warnings_after(park_warnings[row], stage[row])
        inside[park, _REVENUE] += np.int64(np.floor(revenue[row] * 100.0 + 0.5))
        inside[park, _FIRMS] += 1
        if stage[row] == _NO_CASE:
            inside[park, _COMPLIANT] += 1
        if tenure[row] == _TENANT:
            paid = unit_rent(1.0, unit[row], quarter - born[row], incubator_rent, incubator_quarters)
            inside[park, _RENTED] += np.int64(np.floor(floor[row] * paid + 0.5))
    return inside
