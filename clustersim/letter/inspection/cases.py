"""A case from registration to closing: found, confirmed, registered, rectifying, supervised (3.5)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.draws import normal, two_uniforms, uniform
from clustersim.foundation.mathematics import exponential
from clustersim.foundation.words import FEN, NOBODY, Cause, Clearance, Luck, Stage
from clustersim.letter.inspection.hazards import CURABLE, rectified, severity_of, violations, visible
from clustersim.letter.inspection.levers import Levers
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

_CURE: Final = int(Luck.CURE)
_VISIT: Final = int(Luck.VISIT)
_OUTCOME: Final = int(Luck.OUTCOME)
_NO_CASE: Final = int(Stage.NONE)
_REGISTERED: Final = int(Stage.REGISTERED)
_RECTIFYING: Final = int(Stage.RECTIFYING)
_SUPERVISED: Final = int(Stage.SUPERVISED)
_CLOSURE: Final = int(Cause.CLOSURE)
_NO_CLEARANCE: Final = int(Clearance.NONE)
_NOBODY: Final = NOBODY
_CURABLE: Final = CURABLE
_FEN: Final = float(FEN)
_DAYS: Final = 91.25  # days of a quarter
_VISIT_DAY: Final = 1  # alternative number of the day among the draws of a visit
_COUNT_RECTIFYING: Final = int(Count.RECTIFYING)
_COUNT_SUPERVISED: Final = int(Count.SUPERVISED)
_COUNT_CLOSED: Final = int(Count.CLOSED)
_COUNT_FINED: Final = int(Count.FINED)
_COUNT_SUSPENDED: Final = int(Count.SUSPENDED)


class Deterrents(NamedTuple):
    """What a firm that leaves a violation alone has to reckon with."""

    fine: float  # yuan at full severity
    fine_chance: float
    suspended_quarters: float


def deterrents(levers: Levers, assumptions: Assumptions) -> Deterrents:
    """The fine, its chance and the quarters stopped, for the firm's reckoning; without 3.5 only the ordinary fine."""
    fine = assumptions.fine / assumptions.fine_severity
    if not levers.follow_up:
        return Deterrents(fine, assumptions.ordinary_fine_chance, 0.0)
    return Deterrents(fine, levers.overdue_fine, levers.overdue_suspension)


@rule
def visit_day(seed: int, quarter: int, uid: int) -> float:
    """Day of the quarter on which a firm is visited."""
    return _DAYS * uniform(seed, _VISIT, quarter, uid, _VISIT_DAY)


@rule
def cure_days(seed: int, quarter: int, uid: int, median: float, spread: float) -> float:
    """Days a firm needs to cure the case registered in `quarter`; lognormal."""
    return median * exponential(spread * normal(seed, _CURE, quarter, uid, 0))


@rule
def deadline_quarter(quarter: int, day: float, days: float) -> int:
    """Quarter in which a deadline of `days` runs out that began on `day` of `quarter`.

    >>> deadline_quarter(8086, 10.0, 60.0), deadline_quarter(8086, 40.0, 60.0)
    (8086, 8087)
    """
    return quarter + int(np.floor((day + days) / _DAYS))


@rule
def closure_chance(kinds: int, closure: float, closure_marks: float) -> float:
    """Chance a quarter that an overdue case is closed down; that of marks when it has any."""
    return closure_marks if kinds & ~_CURABLE else closure


@rule
def fine_amount(severity: float, mean: float, mean_severity: float) -> float:
    """Yuan of a fine: the mean fine at the mean severity, in proportion to severity.

    >>> fine_amount(0.5, 88_000.0, 0.5)
    88000.0
    """
    return mean * severity / mean_severity


def follow(world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats) -> None:
    """Move every open case by a quarter: cured ones on to supervision and closing, overdue ones to their outcome."""
    firms = world.firms
    rows = np.flatnonzero((firms.stage[: world.rows] != _NO_CASE) & firms.alive[: world.rows])
    if len(rows) == 0:
        return
    _follow(
        rows, world.seed, world.quarter.index, int(levers.supervised_quarters),
        float(levers.deadline_days), float(assumptions.cure_days), float(assumptions.cure_spread),
        float(levers.overdue_fine), float(levers.overdue_suspension), float(levers.overdue_closure),
        float(levers.closure_marks), float(assumptions.fine), float(assumptions.fine_severity),
        float(assumptions.mark_severity), by_sector,
        firms.uid, firms.sector, firms.town, firms.safety, firms.environment, firms.fire, firms.energy, firms.masked,
        firms.marks, firms.stage, firms.case_kinds, firms.severity, firms.deadline, firms.treated, firms.cured,
        firms.suspended, firms.closing, firms.exit_cause, firms.fine_due, firms.displaced, firms.order_due,
        firms.clearance, firms.returns_to, firms.licence_due, world.books.counts,
    )  # fmt: skip


def rectify(world: World, rows: Long, levers: Levers, assumptions: Assumptions, by_sector: Floats) -> None:
    """Bring the hazards in the open case of each of `rows` below their standard; marks stay."""
    firms = world.firms
    _rectify(
        rows, by_sector, float(assumptions.rectified_level), firms.sector, firms.case_kinds,
        firms.safety, firms.environment, firms.fire, firms.energy,
    )  # fmt: skip


@sweep
def _rectify(
    rows: Long, standard: Floats, level: float, sector: Small, case_kinds: Small,
    safety: Floats, environment: Floats, fire: Floats, energy: Floats,
) -> None:  # fmt: skip
    for row in rows:
        s, kinds = sector[row], case_kinds[row]
        if kinds & 1:
            safety[row] = rectified(safety[row], standard[0, s], level)
        if kinds & 2:
            environment[row] = rectified(environment[row], standard[1, s], level)
        if kinds & 4:
            fire[row] = rectified(fire[row], standard[2, s], level)
        if kinds & 8:
            energy[row] = rectified(energy[row], standard[3, s], level)


@sweep
def _follow(
    rows: Long, seed: int, quarter: int, supervised_quarters: int,
    days: float, cure_median: float, cure_spread: float, fine_chance: float, suspension: float, closure: float,
    closure_marks: float, fine: float, fine_severity: float, mark_severity: float, standard: Floats,
    uid: Long, sector: Small, town: Small, safety: Floats, environment: Floats, fire: Floats, energy: Floats,
    masked: Floats, marks: Small, stage: Small, case_kinds: Small, severity: Floats, deadline: Short, treated: Short,
    cured: Short, suspended: Flags, closing: Flags, exit_cause: Small, fine_due: Long, displaced: Flags,
    order_due: Short, clearance: Small, returns_to: Whole, licence_due: Short,
    counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        t, s, own = town[row], sector[row], uid[row]
        if stage[row] == _SUPERVISED:
            if quarter > deadline[row]:
                stage[row], case_kinds[row], deadline[row] = _NO_CASE, 0, _NOBODY
                cured[row] = quarter
                counts[_COUNT_CLOSED, t] += 1
                free = clearance[row] == _NO_CLEARANCE and order_due[row] < 0
                if free and returns_to[row] < 0 and licence_due[row] < 0:
                    displaced[row] = False
            continue
        before = case_kinds[row]
        seen = (
            visible(safety[row], masked[row]), visible(environment[row], masked[row]),
            visible(fire[row], masked[row]), visible(energy[row], masked[row]),
        )  # fmt: skip
        left = before & violations(
            seen[0], seen[1], seen[2], seen[3], marks[row],
            standard[0, s], standard[1, s], standard[2, s], standard[3, s],
        )  # fmt: skip
        case_kinds[row] = left
        was = severity[row]
        severity[row] = severity_of(
            left, seen[0], seen[1], seen[2], seen[3],
            standard[0, s], standard[1, s], standard[2, s], standard[3, s], mark_severity,
        )  # fmt: skip
        overdue, may_close = False, False
        if left == 0:
            # The firm acted in the last quarter (or the work of the quarter before has come to its end).
            done = True
            if before != 0:
                came = visit_day(seed, treated[row], own)
                began = max(came, _DAYS * (quarter - 1 - treated[row]))
                ready = began + cure_days(seed, treated[row], own, cure_median, cure_spread)
                done = ready <= _DAYS * (quarter - treated[row])
                overdue = ready > came + days and deadline[row] >= quarter - 1
            if done:
                stage[row] = _SUPERVISED
                deadline[row] = quarter + supervised_quarters - 1
                counts[_COUNT_SUPERVISED, t] += 1
        else:
            overdue = may_close = quarter > deadline[row]
        if stage[row] == _REGISTERED:
            stage[row] = _RECTIFYING
            counts[_COUNT_RECTIFYING, t] += 1
        if not overdue:
            continue
        fined, fate = two_uniforms(seed, _OUTCOME, quarter, own, 0)
        if fined < fine_chance:
            fine_due[row] += np.int64(fine_amount(max(was, severity[row]), fine, fine_severity) * _FEN + 0.5)
            counts[_COUNT_FINED, t] += 1
        shut = closure_chance(left, closure, closure_marks) if may_close else 0.0
        if fate < shut:
            closing[row] = True
            if exit_cause[row] == 0:
                exit_cause[row] = _CLOSURE
        elif fate < shut + suspension:
            suspended[row] = True
            counts[_COUNT_SUSPENDED, t] += 1
