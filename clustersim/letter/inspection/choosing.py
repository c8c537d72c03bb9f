"""Whom inspectors visit: capacity by town, urgency by firm, and lists from above (3.1, 3.4, 3.5, 3.6, 3.9, 3.11)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rule, sweep
from clustersim.foundation.words import POLICY_START, Carry, Grade, Luck, Stage
from clustersim.letter.inspection.hazards import (
    CURABLE,
    campaign_level,
    checked_marks,
    severity_of,
    visible,
)
from clustersim.letter.inspection.levers import Levers
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rationing import first_in_order, in_order, tickets, whole_part
from clustersim.world.tables import World

_NO_CASE: Final = int(Stage.NONE)
_C: Final = int(Grade.C)
_D: Final = int(Grade.D)
_BINS: Final = 256  # of the histogram that finds the first in line without sorting the city
_OWN_FIGURES: Final = {
    "观海卫": "treated_guanhaiwei",
    "宗汉": "treated_zonghan",
    "胜山": "treated_shengshan",
}


@rule
def urgency(
    sector_weight: float, known_weight: float, known_severity: float, grade: int, grade_weight: float,
    years_since_visit: float, waiting_weight: float, luck: float, lottery_weight: float,
) -> float:  # fmt: skip
    """Points of a firm in the choice of whom to visit; the firm with the most is visited first.

    >>> urgency(2.0, 2.0, 0.5, 4, 1.0, 1.0, 1.0, 0.25, 2.0)
    5.0
    """
    points = sector_weight + known_weight * known_severity + lottery_weight * luck
    points += waiting_weight * years_since_visit / (1.0 + years_since_visit)
    if grade == _D:
        points += grade_weight
    elif grade == _C:
        points += 0.5 * grade_weight
    return points


def capacities(world: World, levers: Levers, assumptions: Assumptions) -> tuple[Long, Long]:
    """Visits that can be made and cases that can be registered this quarter, by town (3.1, 3.5, 3.6)."""
    yearly = yearly_capacity(world, levers) * world.scale
    strength = 1.0 if levers.full_inspection else assumptions.background_inspection
    campaign = campaign_level(levers, world.quarter - POLICY_START)
    visits_factor = levers.visits_per_case * strength * (1.0 + (levers.campaign_strength - 1.0) * campaign)
    carry, towns = world.city.carry, len(world.towns)
    visits, cases = np.zeros(towns, np.int64), np.zeros(towns, np.int64)
    for town in range(towns):
        visits[town] = whole_part(carry[Carry.VISITS], town, 0.25 * yearly[town] * visits_factor)
        cases[town] = whole_part(carry[Carry.TREATED], town, 0.25 * yearly[town])
    return visits, cases


def keep_room(world: World, levers: Levers, left: Long) -> None:
    """Carry room for cases that visits did not fill into the next quarter, a quarter's worth at most."""
    quarterly = 0.25 * yearly_capacity(world, levers) * world.scale
    world.city.carry[Carry.TREATED] += np.minimum(left, quarterly)


def yearly_capacity(world: World, levers: Levers) -> Floats:
    """Cases that can be registered a year by town in the full city: three towns' own figures, the rest by firms."""
    own = np.full(len(world.towns), -1.0)
    for town, name in enumerate(world.towns.zh):
        for word, field in _OWN_FIGURES.items():
            if name.startswith(word):
                own[town] = getattr(levers, field)
    has_own = own >= 0.0
    share = np.where(has_own, 0.0, world.towns.firm_share)
    rest = max(levers.treated_a_year - own[has_own].sum(), 0.0)
    return np.asarray(np.where(has_own, own, rest * share / max(share.sum(), 1e-12)), dtype=np.float64)


def choose(
    world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats, visits: Long, lots: Floats
) -> Long:
    """Rows to visit, town by town, the most urgent first."""
    firms = world.firms
    weights = np.array(
        [
            levers.priority_weight * (key in levers.priority_sectors)
            + levers.listed_weight * (key in levers.listed_sectors)
            for key in world.sectors.key
        ]
    )
    most = weights.max() + levers.known_weight + levers.grade_weight + levers.waiting_weight + levers.lottery_weight
    points = np.empty(world.rows)
    parts = over_rows(
        _weigh, world.rows, world.quarter.index, by_sector, weights, _BINS / float(most),
        checked_marks(levers), float(assumptions.mark_severity), float(levers.known_weight),
        float(levers.grade_weight), float(levers.waiting_weight), float(levers.lottery_weight), len(world.towns),
        firms.alive, firms.sector, firms.town, firms.safety, firms.environment, firms.fire, firms.energy,
        firms.masked, firms.marks, firms.known, firms.stage, firms.closing, firms.grade, firms.last_visit, lots, points,
    )  # fmt: skip
    waiting = np.cumsum(np.sum(parts, axis=0)[:, ::-1], axis=1)  # [town, bin from the top] firms so far
    bins_needed = (waiting < visits[:, None]).sum(axis=1) + 2  # one more, against rounding at the edge of a bin
    least = np.where(visits > 0, (_BINS - bins_needed) * (float(most) / _BINS), np.inf)
    candidates = np.concatenate(over_rows(_at_least, world.rows, points, firms.town, least))
    return first_by_town(world, candidates, points[candidates], visits, Luck.VISIT)


def first_by_town(world: World, rows: Long, points: Floats, most: Long, purpose: Luck) -> Long:
    """Of `rows`, the first `most[town]` in each town by points, a keyed lottery and uid."""
    firms = world.firms
    uids, towns = firms.uid[rows], firms.town[rows]
    order = in_order(towns, points, tickets(uids, world.seed, int(purpose), world.quarter.index), uids)
    ordered_towns = towns[order]
    place = np.arange(len(order)) - np.searchsorted(ordered_towns, ordered_towns)
    return rows[order[place < most[ordered_towns]]]


def listed_from_above(world: World, levers: Levers, by_sector: Floats) -> Long:
    """Rows on this quarter's list from above: firms over the environment standard, by lot (3.11)."""
    since = world.quarter - POLICY_START - levers.list_first
    if levers.cases_per_list <= 0.0 or since < 0 or since % levers.list_every:
        return np.empty(0, np.int64)
    firms, rows = world.firms, world.rows
    wanted = whole_part(world.city.carry[Carry.FROM_ABOVE], 0, levers.cases_per_list * world.scale)
    bad = firms.environment[:rows] > by_sector[1][firms.sector[:rows]]
    found = np.flatnonzero(bad & firms.alive[:rows] & (firms.stage[:rows] == _NO_CASE) & ~firms.closing[:rows])
    uids = firms.uid[found]
    drawn = tickets(uids, world.seed, int(Luck.FROM_ABOVE), world.quarter.index)
    return found[first_in_order(wanted, np.zeros(len(found), np.int64), np.zeros(len(found)), drawn, uids)]


@sweep
def _weigh(
    first: int, last: int, quarter: int, standard: Floats, sector_weight: Floats, bins_a_point: float,
    checked: int, mark_severity: float, known_weight: float, grade_weight: float, waiting_weight: float,
    lottery_weight: float, towns: int,
    alive: Flags, sector: Small, town: Small, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, masked: Floats, marks: Small, known: Flags, stage: Small, closing: Flags, grade: Small,
    last_visit: Short, lots: Floats, points: Floats,
) -> Whole:  # fmt: skip
    """Fills `points` (-1: not to be visited); returns the histogram of points, [town, bin]."""
    histogram = np.zeros((towns, _BINS), np.int32)
    limits, weights, bad = np.zeros((4, BLOCK)), np.zeros(BLOCK), np.zeros(BLOCK)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        sectors, towns_here, ranked = sector[at], town[at], points[at]
        for one in range(len(sectors)):
            weights[one] = sector_weight[sectors[one]]
            for kind in range(4):
                limits[kind, one] = standard[kind, sectors[one]]
        _see(
            bad, known[at], marks[at], safety[at], environment[at], fire[at], energy[at], masked[at], limits[0],
            limits[1], limits[2], limits[3], checked, mark_severity,
        )  # fmt: skip
        _rank(
            ranked, weights, bad, grade[at], last_visit[at], lots[at], quarter, known_weight, grade_weight,
            waiting_weight, lottery_weight,
        )  # fmt: skip
        _pass_over(ranked, alive[at], stage[at], closing[at])
        for one in range(len(sectors)):
            if ranked[one] >= 0.0:
                histogram[towns_here[one], min(int(ranked[one] * bins_a_point), _BINS - 1)] += 1
    return histogram


@sweep
def _at_least(first: int, last: int, points: Floats, town: Small, least: Floats) -> Long:
    """Rows that may be visited and have the least points of their town."""
    found, count = np.empty(last - first, np.int64), 0
    for row in range(first, last):
        if points[row] >= 0.0 and points[row] >= least[town[row]]:
            found[count] = row
            count += 1
    return found[:count].copy()


# Passes over a block of rows


@sweep
def _see(
    bad: Floats, known: Flags, marks: Small, safety: Floats, environment: Floats, fire: Floats, energy: Floats,
    masked: Floats, limit_safety: Floats, limit_environment: Floats, limit_fire: Floats, limit_energy: Floats,
    checked: int, mark_severity: float,
) -> None:  # fmt: skip
    """Severity of what is known from the survey."""
    for one in range(len(known)):
        hidden = masked[one]
        found = severity_of(
            CURABLE | (marks[one] & checked), visible(safety[one], hidden), visible(environment[one], hidden),
            visible(fire[one], hidden), visible(energy[one], hidden), limit_safety[one], limit_environment[one],
            limit_fire[one], limit_energy[one], mark_severity,
        )  # fmt: skip
        bad[one] = found if known[one] else 0.0


@sweep
def _rank(
    points: Floats, sector_weight: Floats, bad: Floats, grade: Small, last_visit: Short, lots: Floats, quarter: int,
    known_weight: float, grade_weight: float, waiting_weight: float, lottery_weight: float,
) -> None:  # fmt: skip
    for one in range(len(points)):
        points[one] = urgency(
            sector_weight[one], known_weight, bad[one], grade[one], grade_weight, 0.25 * (quarter - last_visit[one]),
            waiting_weight, lots[one], lottery_weight,
        )  # fmt: skip


@sweep
def _pass_over(points: Floats, alive: Flags, stage: Small, closing: Flags) -> None:
    for one in range(len(points)):
        points[one] = points[one] if alive[one] and stage[one] == _NO_CASE and not closing[one] else -1.0
