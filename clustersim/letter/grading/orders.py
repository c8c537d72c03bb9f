"""Improvement orders for the bottom of the ranking and for low-efficiency plots (4.7)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.words import CENTIMU, NOBODY, Carry, Clearance, Grade, Luck, Site, Stage, Tenure
from clustersim.letter.grading.levers import Levers
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Small, Whole
from clustersim.world.rationing import first_in_order, tickets, whole_part
from clustersim.world.tables import World

_D: Final = int(Grade.D)
_OWNER: Final = int(Tenure.OWNER)
_YEAR: Final = 4


@rule
def low_efficiency(grade: int, tenure: int, land: float, tax_per_mu: float, line: float, least_land: float) -> bool:
    """Whether a firm is to improve: grade D, or an owner of enough land whose tax per mu is under the line.

    >>> low_efficiency(2, 1, 5.0, 30_000.0, 40_000.0, 3.0), low_efficiency(2, 1, 2.0, 30_000.0, 40_000.0, 3.0)
    (True, False)
    """
    return grade == _D or (tenure == _OWNER and land >= least_land and tax_per_mu < line)


def judge_and_issue(world: World, tax_per_mu: Floats, levers: Levers) -> None:
    """After a grading: lift the orders that were met, list the plots of those that failed, issue new ones."""
    firms, rows, quarter = world.firms, world.rows, world.quarter.index
    graded = np.flatnonzero(firms.alive[:rows] & (tax_per_mu >= 0.0))
    wanting = graded[
        _wanting(
            graded, float(levers.low_efficiency_line), float(levers.low_efficiency_mu * CENTIMU), tax_per_mu,
            firms.grade, firms.tenure, firms.land,
        )
    ]  # fmt: skip
    under_order = np.flatnonzero(firms.alive[:rows] & (firms.order_due[:rows] != NOBODY))
    still = np.isin(under_order, wanting)
    failed = under_order[still & (firms.order_due[under_order] <= quarter)]
    _lift(world, under_order[~still])
    _fail(world, failed)
    if levers.consequences and levers.orders_a_year > 0.0:
        _issue(world, wanting, tax_per_mu, levers)


@sweep
def _wanting(
    rows: Long, line: float, least_land: float, tax_per_mu: Floats, grade: Small, tenure: Small, land: Whole
) -> Flags:
    """Which of some firms are to improve; land in 0.01 mu."""
    found = np.zeros(len(rows), np.bool_)
    for one in range(len(rows)):
        row = rows[one]
        found[one] = low_efficiency(grade[row], tenure[row], land[row], tax_per_mu[row], line, least_land)
    return found


def _lift(world: World, rows: Long) -> None:
    """The order is met: what else displaces the firm stays."""
    firms = world.firms
    firms.order_due[rows] = NOBODY
    free = (firms.stage[rows] == Stage.NONE) & (firms.clearance[rows] != Clearance.NOTICE)
    free &= (firms.returns_to[rows] == NOBODY) & (firms.licence_due[rows] == NOBODY)
    firms.displaced[rows[free]] = False


def _fail(world: World, rows: Long) -> None:
    """The plot of a failed owner becomes a candidate of the next clearance (1.4)."""
    firms = world.firms
    world.books.counts[Count.ORDERS_FAILED] += np.bincount(firms.town[rows], minlength=len(world.towns))
    plots = rows[(firms.tenure[rows] == _OWNER) & (firms.site[rows] == Site.PLOT)]
    listed = plots[firms.clearance[plots] == Clearance.NONE]
    firms.clearance[listed] = Clearance.LISTED
    _lift(world, rows)


def _issue(world: World, wanting: Long, tax_per_mu: Floats, levers: Levers) -> None:
    """The year's orders, to the plots with the least tax per mu."""
    firms, quarter = world.firms, world.quarter.index
    may = wanting[(firms.order_due[wanting] == NOBODY) & (firms.clearance[wanting] == Clearance.NONE)]
    may = may[~firms.closing[may]]
    number = whole_part(world.city.carry[Carry.ORDERS], 0, levers.orders_a_year * world.scale)
    uids = firms.uid[may]
    drawn = tickets(uids, world.seed, int(Luck.ORDERS), quarter)
    ordered = may[first_in_order(number, np.zeros(len(may), np.int64), -tax_per_mu[may], drawn, uids)]
    firms.order_due[ordered] = quarter + round(levers.order_years * _YEAR)
    new = ordered[~firms.displaced[ordered]]
    firms.displaced[new] = True
    world.books.counts[Count.ORDERED] += np.bincount(firms.town[ordered], minlength=len(world.towns))
    world.books.counts[Count.DISPLACED] += np.bincount(firms.town[new], minlength=len(world.towns))
