"""Firms already on village land: their licence renewal (3.7) and the power they may use (3.8)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rule, sweep
from clustersim.foundation.draws import uniform
from clustersim.foundation.words import NOBODY, Cause, Luck, Site
from clustersim.letter.entry.levers import Levers
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Short, Small
from clustersim.world.tables import World

_LICENCE: Final = int(Luck.LICENCE)
_BY_LICENCE: Final = int(Cause.LICENCE)
_VILLAGE: Final = int(Site.VILLAGE)
_NOBODY: Final = NOBODY
_DISPLACED: Final = int(Count.DISPLACED)


@rule
def must_renew(quarter: int, born: int, years: int) -> bool:
    """Whether a licence runs out this quarter: every so many years from the founding on.

    >>> must_renew(8086, 8066, 5), must_renew(8086, 8065, 5), must_renew(8086, 8086, 5)
    (True, False, False)
    """
    return quarter > born and (quarter - born) % (4 * years) == 0


@rule
def fails_renewal(strictness: float, leak: float, luck: float) -> bool:
    """Whether the licence of a firm on village land is not renewed; luck is a uniform number."""
    return bool(luck < strictness * (1.0 - leak))


@rule
def within_power(revenue: float, limit: float) -> float:
    """Revenue (yuan a year) that the connection allows; a limit of 0 is none."""
    return min(revenue, limit) if limit > 0.0 else revenue


def renew_licences(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Refuse some renewals on village land; who is still there at the end of the notice has to close (3.7)."""
    firms, rows = world.firms, world.rows
    there = np.flatnonzero((firms.site[:rows] == Site.VILLAGE) & firms.alive[:rows])
    noticed = np.flatnonzero(firms.licence_due[:rows] >= 0)
    gone = noticed[(firms.site[noticed] != Site.VILLAGE) | ~firms.alive[noticed]]
    firms.licence_due[gone] = NOBODY
    _renew(
        there, world.seed, world.quarter.index, int(assumptions.licence_years), float(levers.renewal_strictness),
        float(levers.leak), int(levers.notice_quarters),
        firms.uid, firms.town, firms.born, firms.licence_due, firms.displaced, firms.closing, firms.exit_cause,
        world.books.counts,
    )  # fmt: skip


@sweep
def _renew(
    rows: Long, seed: int, quarter: int, years: int, strictness: float, leak: float, notice: int,
    uid: Long, town: Small, born: Short, licence_due: Short, displaced: Flags, closing: Flags, exit_cause: Small,
    counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        if licence_due[row] >= 0:
            if quarter >= licence_due[row] and not closing[row]:
                closing[row] = True
                exit_cause[row] = _BY_LICENCE
            continue
        if must_renew(quarter, born[row], years) and fails_renewal(
            strictness, leak, uniform(seed, _LICENCE, quarter, uid[row], 0)
        ):
            licence_due[row] = quarter + notice
            if not displaced[row]:
                displaced[row] = True
                counts[_DISPLACED, town[row]] += 1


def apply_power_limit(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Hold firms on village land at the revenue their connection allows (3.8)."""
    if not levers.power_limited:
        return
    firms = world.firms
    over_rows(_hold, world.rows, firms.alive, firms.site, firms.power_limit, firms.revenue, firms.normal_revenue)


@sweep
def _hold(
    first: int, last: int, alive: Flags, site: Small, power_limit: Floats, revenue: Floats, normal_revenue: Floats
) -> None:
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        _hold_block(alive[at], site[at], power_limit[at], revenue[at], normal_revenue[at])


@sweep
def _hold_block(alive: Flags, site: Small, power_limit: Floats, revenue: Floats, normal_revenue: Floats) -> None:
    for one in range(len(alive)):
        if alive[one] and site[one] == _VILLAGE:
            revenue[one] = within_power(revenue[one], power_limit[one])
            normal_revenue[one] = within_power(normal_revenue[one], power_limit[one])
