"""Clearance of scattered plots (clause 1.4): who gets notice, what is paid, and what happens when it ends.

A yearly programme, counted in mu, picks plots: first those put up by a failed improvement order (4.7), then scattered
plots inside the urban boundary and outside the planned zones, lowest score first, by lot among equals. The owner and
its tenants get notice, and go first into parks. Whoever leaves under notice takes the compensation along; whoever is
still there when it ends has to close. The land returns to the ledger when the owner goes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import CENTIMU, NOBODY, Carry, Cause, Clearance, Luck, Site, Tenure
from clustersim.letter.land.levers import Levers
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.columns import Long, Small, Whole
from clustersim.world.rationing import claim_points, first_in_order, tickets
from clustersim.world.tables import World

_CLAUSE_1_4: Final = CLAUSE_SLOTS.index("1.4")
_COMPENSATION: Final = int(Flow.COMPENSATION)
_OWNER: Final = int(Tenure.OWNER)
_NOTICE: Final = int(Clearance.NOTICE)
_BY_CLEARANCE: Final = int(Cause.CLEARANCE)
_NO_CAUSE: Final = int(Cause.NONE)


@rule
def compensation(owner: bool, land: float, cause: int, per_mu: float, tenant: float) -> float:
    """Yuan due to a firm that goes under notice: the land of an owner is always paid for, a tenant's lump sum only
    when it goes because of the clearance or into a park (no cause of exit), not when it defaults or is shut down.

    >>> compensation(True, 2.5, 2, 400_000.0, 30_000.0), compensation(False, 0.0, 4, 400_000.0, 30_000.0)
    (1000000.0, 30000.0)
    >>> compensation(False, 0.0, 2, 400_000.0, 30_000.0)
    0.0
    """
    if owner:
        return land * per_mu
    return tenant if cause in (_BY_CLEARANCE, _NO_CAUSE) else 0.0


def clear(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """End the notices that have run out, then give notice to the plots of this quarter's programme."""
    _end_notices(world)
    if levers.cleared_mu_a_year > 0.0:
        _give_notice(world, _picked(world, levers, assumptions), levers)


def compensate(world: World, rows: Long, levers: Levers) -> None:
    """Pay those of `rows` that are under notice and go this quarter, just before they go."""
    firms, books = world.firms, world.books
    _compensate(
        rows, float(levers.clearance_compensation_owner), float(levers.clearance_compensation_tenant),
        firms.town, firms.tenure, firms.land, firms.clearance, firms.exit_cause, firms.cash,
        books.money, books.by_clause,
    )  # fmt: skip


def _end_notices(world: World) -> None:
    """Whoever is still there when its notice ends leaves when changes take effect."""
    firms = world.firms
    told = np.flatnonzero((firms.clearance[: world.rows] == Clearance.NOTICE) & firms.alive[: world.rows])
    firms.displaced[told] = True
    over = told[(firms.notice_due[told] <= world.quarter.index) & ~firms.closing[told]]
    firms.closing[over] = True
    firms.exit_cause[over] = Cause.CLEARANCE


def _picked(world: World, levers: Levers, assumptions: Assumptions) -> Long:
    """Owners' rows whose plots the programme takes this quarter.

    The plot that goes beyond the target is still taken, and the next programme has that much less: a target that
    passed over plots too large for one quarter would never clear them in a small city.
    """
    firms, carry = world.firms, world.city.carry[Carry.CLEARANCE]
    yearly = levers.cleared_mu_a_year * CENTIMU * world.scale
    carry[0] = min(carry[0] + yearly / 4.0, yearly)
    if carry[0] <= 0.0:
        return np.empty(0, np.int64)
    rows = _candidates(world)
    listed = firms.clearance[rows] == Clearance.LISTED
    uids = firms.uid[rows]
    drawn = tickets(uids, world.seed, int(Luck.CLEARANCE), world.quarter.index)
    most = 64 + 4 * int(carry[0] / CENTIMU)  # more plots than the target can hold, unless they are tiny
    points = claim_points(world, rows, assumptions.ungraded_points)
    order = first_in_order(most, np.where(listed, 0, 1), -points, drawn, uids)  # the lowest score goes first
    land = firms.land[rows[order]].astype(np.int64)
    before = np.cumsum(land) - land
    taken = before < carry[0]
    carry[0] -= land[taken].sum()
    picked: Long = rows[order[taken]]
    return picked


def _candidates(world: World) -> Long:
    """Owners of plots that are listed, or scattered: inside the urban boundary, outside the planned zones."""
    firms = world.firms
    scattered = world.cells.urban & ~world.city.planned
    owners = np.flatnonzero(
        (firms.site[: world.rows] == Site.PLOT) & (firms.tenure[: world.rows] == Tenure.OWNER)
        & firms.alive[: world.rows] & ~firms.closing[: world.rows] & (firms.clearance[: world.rows] != Clearance.NOTICE)
    )  # fmt: skip
    candidates: Long = owners[scattered[firms.cell[owners]] | (firms.clearance[owners] == Clearance.LISTED)]
    return candidates


def _give_notice(world: World, owners: Long, levers: Levers) -> None:
    """Tell the owners and the tenants on their plots."""
    firms = world.firms
    if not len(owners):
        return
    chosen = np.zeros(world.rows, np.bool_)
    chosen[owners] = True
    letting = np.flatnonzero((firms.landlord[: world.rows] != NOBODY) & firms.alive[: world.rows])
    tenants = letting[chosen[firms.landlord[letting]] & (firms.site[letting] == Site.PLOT)]
    told = np.concatenate([owners, tenants])
    firms.clearance[told] = Clearance.NOTICE
    firms.notice_due[told] = world.quarter.index + levers.notice_quarters
    fresh = told[~firms.displaced[told]]
    firms.displaced[told] = True
    np.add.at(world.books.counts[Count.DISPLACED], firms.town[fresh], 1)


@sweep
def _compensate(
    rows: Long, per_mu: float, lump: float, town: Small, tenure: Small, land: Whole, clearance: Small,
    exit_cause: Small, cash: Long, money: Long, by_clause: Long,
) -> None:  # fmt: skip
    for row in rows:
        if clearance[row] != _NOTICE:
            continue
        fen = in_fen(compensation(tenure[row] == _OWNER, 0.01 * land[row], exit_cause[row], per_mu, lump))
        cash[row] += fen
        money[_COMPENSATION, town[row]] += fen
        by_clause[_CLAUSE_1_4, town[row]] += fen
