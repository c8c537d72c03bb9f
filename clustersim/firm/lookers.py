"""Who looks at its options this quarter, and what it knows: gathered side by side for blocks of rows.

Few firms look, and what they know stands in some forty columns. A block gathers it once into the rows of one array
(the names below), so that the reckoning that follows runs over it without branches.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.firm.options import closing_seen, means_of, outgrown, rent_a_quarter
from clustersim.firm.terms import CREDIT, TRAINED, Terms
from clustersim.foundation.compiled import rows, rule, sweep, wide
from clustersim.foundation.draws import four_uniforms
from clustersim.foundation.words import NOBODY, Action, Clearance, Luck, Pool, Reason, Site, Stage
from clustersim.letter.grading import log_points
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole

# What a block holds of each firm that looks: yuan a year, log points, mu, yuan a quarter, 0 to 1, yuan
(
    SALES, KWH_PER_YUAN, LOG_SCORE, LOG_A, LOG_B, LOG_C, LAND, FIXED, RENT, RENT_RECEIVED, EXPOSURE, CLOSING,
    CLOSING_CURED, MEANS, HAZARD, SITE, UPGRADE_GAIN, KWH_FACTOR, UPGRADE_COST, AID,
) = range(20)  # fmt: skip
FIELDS: Final = 20
ABOVE, GRADED, POLLUTING, LISTED, WIDE, MAY_UPGRADE = range(6)  # yes or no
FLAGS: Final = 6

_ATTENTION: Final = int(Luck.ATTENTION)
_STAY: Final = int(Action.STAY)
_PARK: Final = int(Site.PARK)
_REGISTERED: Final = int(Stage.REGISTERED)
_ON_NOTICE: Final = int(Clearance.NOTICE)
_UNGRADED: Final = int(Pool.UNGRADED)
_NOBODY: Final = NOBODY
_FELL, _OUTGROWN, _CASE = int(Reason.GRADE_FELL), int(Reason.OUTGROWN), int(Reason.CASE)
_OWN_ATTENTION, _SERVICE = int(Reason.ATTENTION), int(Reason.SERVICE)
_DISPLACED, _ORDER, _OUT_OF_CASH = int(Reason.DISPLACED), int(Reason.ORDER), int(Reason.OUT_OF_CASH)


@sweep
def draw_attention(first: int, last: int, seed: int, quarter: int, uid: Long, draws: Floats) -> None:
    """Two numbers a row: for a look at everything, and for one at parks alone (2.7)."""
    for one in rows(first, last):
        everything, parks, _, _ = four_uniforms(seed, _ATTENTION, quarter, uid[one], 0)
        draws[0, one] = everything
        draws[1, one] = parks


@rule
def sure_reasons(
    graded_now: bool, grade: int, grade_before: int, full: bool, stage: int, displaced: bool, order_due: int, cash: int
) -> int:
    """Bits of `Reason` for which a firm surely looks at its options; `full` when it has outgrown its floor.

    >>> sure_reasons(True, 4, 3, False, 0, False, -1, 100), sure_reasons(False, 4, 3, True, 3, True, -1, -1)
    (1, 46)
    """
    reasons = _FELL * (graded_now & (grade_before > 0) & (grade > grade_before)) + _OUTGROWN * full
    reasons += _CASE * (stage >= _REGISTERED) + _DISPLACED * displaced
    return reasons + _ORDER * (order_due >= 0) + _OUT_OF_CASH * (cash < 0)


@sweep
def find_reasons(
    first: int, last: int, graded_now: bool, pressure: float, alive: Flags, closing: Flags, site: Small, tenure: Small,
    revenue: Floats, floor_capacity: Floats, stage: Small, displaced: Flags, order_due: Short, cash: Long,
    grade: Small, grade_before: Small, reasons: Flags, may: Flags,
) -> None:  # fmt: skip
    """Who may look at all, and who surely does."""
    for one in rows(first, last):
        full = outgrown(tenure[one], site[one], revenue[one], pressure, floor_capacity[one])
        sure = sure_reasons(
            graded_now, grade[one], grade_before[one], full, stage[one], displaced[one], order_due[one], cash[one]
        )
        reasons[one] = sure != 0
        may[one] = alive[one] & (not closing[one])


@rule
def all_reasons(sure: int, closing: bool, everything: float, parks: float, attention: float, told: float) -> int:
    """The same bits with a firm's own attention, and what a service platform told it, where nothing makes it sure.

    `everything` and `parks` are the draws of its attention.

    >>> all_reasons(4, False, 0.9, 0.9, 0.2, 0.1), all_reasons(0, False, 0.1, 0.9, 0.2, 0.1)
    (4, 64)
    """
    if closing:
        return 0
    if sure != 0:
        return sure
    if everything < attention:
        return _OWN_ATTENTION
    return _SERVICE if parks < told else 0


@sweep
def name_reasons(
    who: Long, seed: int, quarter: int, graded_now: bool, pressure: float, attention: float, told: float, uid: Long,
    closing: Flags, site: Small, tenure: Small, revenue: Floats, floor_capacity: Floats, stage: Small,
    displaced: Flags, order_due: Short, cash: Long, grade: Small, grade_before: Small,
) -> Long:  # fmt: skip
    """Why some firms look this quarter."""
    named = np.zeros(len(who), np.int64)
    for one in range(len(who)):
        row = who[one]
        full = outgrown(tenure[row], site[row], revenue[row], pressure, floor_capacity[row])
        sure = sure_reasons(
            graded_now, grade[row], grade_before[row], full, stage[row], displaced[row], order_due[row], cash[row]
        )
        everything, parks, _, _ = four_uniforms(seed, _ATTENTION, quarter, uid[row], 0)
        named[one] = all_reasons(sure, closing[row], everything, parks, attention, told)
    return named


@sweep
def who_looks(
    first: int, last: int, attention: float, extra: float, draws: Floats, alive: Flags, reasons: Flags, may: Flags,
    action: Small, target: Whole, who: Long, am: Flags,
) -> int:  # fmt: skip
    """Fill `who` with the rows that look, and in `am` how widely; returns their number. All others stay."""
    count = 0
    for one in range(last - first):
        row = first + one
        if alive[row]:
            action[row] = _STAY
            target[row] = _NOBODY
        wide = reasons[one] | (draws[0, one] < attention)
        if may[one] & (wide | (draws[1, one] < extra)):
            who[count] = row
            am[WIDE, count] = wide
            count += 1
    return count


@sweep
def gather(
    first: int, last: int, t: Terms, who: Long, me: Floats, am: Flags,
    sector: Small, site: Small, place: Whole, tenure: Small, land: Whole, floor: Whole, revenue: Floats,
    kwh_per_yuan: Floats, fixed_cost: Floats, rent_received: Floats, cash: Long, site_productivity: Floats,
    safety: Floats, environment: Floats, fire: Floats, energy: Floats, stage: Small, case_kinds: Small,
    severity: Floats, belief: Floats, pool: Small, score: Floats, grade: Small, above_scale: Flags, clearance: Small,
    polluting: Flags, log_cuts: Floats, graded_in: int, park_rent: Floats, park_price: Floats, park_hooks: Floats,
) -> None:  # fmt: skip
    """Fill the block's array with what all options share."""
    for one in rows(first, last):
        row = who[one]
        sales = revenue[row]
        inside = site[row] == _PARK
        park = place[row] if inside else 0
        in_case = stage[row] >= _REGISTERED
        hazard = max(safety[row], environment[row], fire[row], energy[row])
        group = min(pool[row], _UNGRADED - 1)
        scored = graded_in > 0 and pool[row] < _UNGRADED and grade[row] > 0
        me[SALES, one] = sales
        me[KWH_PER_YUAN, one] = kwh_per_yuan[row]
        me[LOG_SCORE, one] = log_points(score[row])
        me[LOG_A, one], me[LOG_B, one], me[LOG_C, one] = log_cuts[group, 0], log_cuts[group, 1], log_cuts[group, 2]
        me[LAND, one] = 0.01 * land[row]
        me[FIXED, one] = 0.25 * fixed_cost[row] * (park_hooks[park, TRAINED] if inside else 1.0)
        me[RENT, one] = rent_a_quarter(
            site[row], tenure[row], 0.01 * floor[row], t.rent_village, t.rent_ordinary, park_rent[park],
            park_price[park], t.unit_finance,
        )  # fmt: skip
        me[RENT_RECEIVED, one] = rent_received[row]
        me[EXPOSURE, one] = belief[row] * max(hazard, severity[row] if in_case else 0.0)
        me[CLOSING, one], me[CLOSING_CURED, one] = closing_seen(
            in_case, wide(case_kinds[row]), t.closing_chance, t.closing_chance_marks
        )
        me[MEANS, one] = means_of(cash[row], t.credit, park_hooks[park, CREDIT] if inside else 1.0, sales)
        me[HAZARD, one] = hazard
        me[SITE, one] = site_productivity[row]
        am[ABOVE, one] = above_scale[row]
        am[GRADED, one] = scored
        am[POLLUTING, one] = polluting[sector[row]]
        am[LISTED, one] = clearance[row] == _ON_NOTICE  # a plot only put up for clearance has no money coming yet
