"""Fiscal rewards (4.4): what each kind pays by grade, and who gets one while the year's budget lasts.

Claims of all kinds stand in one line: grade A first, then B and firms not yet graded, then C and D, each by a keyed
lottery. Grade D gets nothing while the clause is on.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import FEN, Action, Carry, Grade, Luck, Site, Tenure, Unit
from clustersim.letter.differential.charges import by_grade
from clustersim.letter.differential.levers import Levers
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rationing import first_in_order, granted_within, in_order, tickets, whole_part
from clustersim.world.tables import World

_UPGRADE: Final = int(Action.UPGRADE)
_PARK: Final = int(Site.PARK)
_TENANT: Final = int(Tenure.TENANT)
_INCUBATOR: Final = int(Unit.INCUBATOR)
_UNGRADED: Final = int(Grade.NONE)
_B: Final = int(Grade.B)
_YEAR: Final = 4
_CLAUSE: Final = CLAUSE_SLOTS.index("4.4")
KINDS: Final = (Flow.UPGRADE_REWARD, Flow.INTEREST_REWARD, Flow.WORKSHOP_REWARD, Flow.RENT_RELIEF)
_FLOWS: Final = np.array(KINDS)
_PROJECT, _INTEREST, _WORKSHOP, _RENT = range(4)  # places in KINDS
_KINDS: Final = len(KINDS)


class RewardTerms(NamedTuple):
    """What a quarter's rewards share: shares by grade, rates and bounds; money in yuan."""

    factor_a: float
    factor_b: float
    factor_c: float
    factor_d: float
    rate: float  # of the cost of an upgrade
    rate_lead: float  # ... in a lead cluster
    least: float  # cost from which an upgrade is rewarded
    cap: float
    cap_lead: float
    interest: float
    workshop: float
    relief_first: float  # share of park rent in the first year
    relief_later: float  # ... in the second and third
    voucher_share: float
    voucher_cap: float
    voucher_limit: float


@rule
def reward_factor(grade: int, a: float, b: float, c: float, d: float) -> float:
    """Reward of a grade over the full one; a registered firm without a grade counts as B.

    >>> reward_factor(0, 1.0, 0.9, 0.5, 0.0), reward_factor(4, 1.0, 0.9, 0.5, 0.0)
    (0.9, 0.0)
    """
    return by_grade(grade, a, b, c, d)


@rule
def upgrade_reward(
    cost: float, factor: float, lead: bool, rate: float, rate_lead: float, floor: float, cap: float, cap_lead: float
) -> float:
    """Yuan of upgrade subsidy for a project of `cost`: nothing below the floor, capped, times the grade's factor.

    >>> upgrade_reward(10e6, 1.0, False, 0.03, 0.06, 5e6, 2e6, 3e6)
    300000.0
    >>> upgrade_reward(4e6, 1.0, True, 0.03, 0.06, 5e6, 2e6, 3e6)
    0.0
    >>> upgrade_reward(100e6, 0.5, True, 0.03, 0.06, 5e6, 2e6, 3e6)
    1500000.0
    """
    if cost < floor:
        return 0.0
    full = min(rate_lead * cost, cap_lead) if lead else min(rate * cost, cap)
    return factor * full


@rule
def voucher(cost: float, revenue: float, factor: float, share: float, cap: float, limit: float) -> float:
    """Yuan of the small-firm upgrade voucher.

    >>> voucher(300_000.0, 2e6, 1.0, 0.3, 50_000.0, 20e6), voucher(300_000.0, 30e6, 1.0, 0.3, 50_000.0, 20e6)
    (50000.0, 0.0)
    """
    if revenue >= limit:
        return 0.0
    return factor * min(share * cost, cap)


@rule
def rent_relieved(quarters_inside: int, first: float, later: float) -> float:
    """Share of park rent the city pays: the first year, then the second and third (一免两减半).

    >>> rent_relieved(1, 1.0, 0.5), rent_relieved(4, 1.0, 0.5), rent_relieved(12, 1.0, 0.5)
    (1.0, 0.5, 0.0)
    """
    if quarters_inside < _YEAR:
        return first
    return later if quarters_inside < 3 * _YEAR else 0.0


def grant_rewards(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Collect the quarter's claims, serve them while the budget lasts, and pay."""
    _open_budget(world, levers)
    firms, books, rows = world.firms, world.books, world.rows
    firms.reward[:rows] = 0
    may = _may_claim(world)
    claims = _claims(
        may, world.quarter.index, float(assumptions.upgrade_cost), _terms(levers), firms.registered,
        firms.above_scale, firms.sector, firms.grade, firms.action, firms.site, firms.place, firms.tenure, firms.unit,
        firms.floor, firms.revenue, firms.last_upgrade, firms.last_move, world.sectors.cluster, world.parks.rent,
    )  # fmt: skip
    _keep_numbers(world, may, claims[_INTEREST], Carry.INTEREST_REWARDS, levers.interest_firms)
    _keep_numbers(world, may, claims[_WORKSHOP], Carry.WORKSHOP_REWARDS, levers.workshops)
    kind, place = np.divmod(np.flatnonzero(claims), max(len(may), 1))
    if not len(place):
        return
    row, amount = may[place], claims[kind, place]
    if amount.sum() > world.city.reward_left:
        granted = granted_within(_line(world, row), amount, world.city.reward_left)
        kind, place, row, amount = kind[granted], place[granted], row[granted], amount[granted]
    town = firms.town[row]
    np.add.at(books.money, (_FLOWS[kind], town), amount)
    np.add.at(books.by_clause[_CLAUSE], town, amount)
    np.add.at(firms.cash, row, amount)
    np.add.at(firms.reward, row, amount)
    rewarded = np.zeros(len(may), np.bool_)
    rewarded[place] = True
    books.counts[Count.REWARDED] += np.bincount(firms.town[may[rewarded]], minlength=len(world.towns))
    world.city.reward_left -= int(amount.sum())


def _may_claim(world: World) -> Long:
    """Rows of the firms that have anything to claim for: an upgrade, a recent investment, or a place in a park."""
    firms, rows = world.firms, world.rows
    since = world.quarter.index - _YEAR
    registered = (firms.last_upgrade[:rows] >= since) | (firms.last_move[:rows] >= since) | (firms.site[:rows] == _PARK)
    may = (firms.action[:rows] == _UPGRADE) | (registered & firms.registered[:rows])
    return np.flatnonzero(may & firms.alive[:rows] & ~firms.closing[:rows])


def _open_budget(world: World, levers: Levers) -> None:
    """A new budget every calendar year, and a part of one for the rest of a year that begins in its middle."""
    city, quarter = world.city, world.quarter
    if city.reward_year != quarter.year:
        yearly = levers.reward_budget * world.scale * (5 - quarter.number) / _YEAR
        city.reward_left, city.reward_year = round(yearly * FEN), quarter.year


def _terms(levers: Levers) -> RewardTerms:
    """The levers that `_claims` reads."""
    return RewardTerms(
        factor_a=float(levers.factor_a),
        factor_b=float(levers.factor_b),
        factor_c=float(levers.factor_c),
        factor_d=float(levers.factor_d),
        rate=float(levers.upgrade_reward_rate),
        rate_lead=float(levers.upgrade_reward_rate_lead),
        least=float(levers.floor_yuan),
        cap=float(levers.upgrade_reward_cap),
        cap_lead=float(levers.upgrade_reward_cap_lead),
        interest=float(levers.interest_yuan),
        workshop=float(levers.workshop_yuan),
        relief_first=float(levers.rent_relief_first),
        relief_later=float(levers.rent_relief_later),
        voucher_share=float(levers.voucher_share),
        voucher_cap=float(levers.voucher_cap),
        voucher_limit=float(levers.voucher_revenue_limit),
    )


def _line(world: World, rows: Long) -> Long:
    """The order in which claims are served: by grade, then by lot."""
    firms = world.firms
    uids = firms.uid[rows]
    drawn = tickets(uids, world.seed, int(Luck.REWARD), world.quarter.index)
    return in_order(_class_of(firms.grade[rows]), np.zeros(len(rows)), drawn, uids)


def _class_of(grade: Small) -> Small:
    """Grade A first, then B and who is not graded, then C and D."""
    return np.where(grade == _UNGRADED, np.int8(_B), grade)


def _keep_numbers(world: World, may: Long, claims: Long, carry: Carry, yearly: float) -> None:
    """Let only so many claims of a kind stand as the city hands out in a quarter: by grade, then by lot."""
    due = whole_part(world.city.carry[carry], 0, yearly * world.scale / _YEAR)
    places = np.flatnonzero(claims)
    if len(places) <= due:
        return
    firms, rows = world.firms, may[places]
    drawn = tickets(firms.uid[rows], world.seed, int(Luck.REWARD), world.quarter.index)
    kept = first_in_order(due, _class_of(firms.grade[rows]), np.zeros(len(rows)), drawn, firms.uid[rows])
    lost = np.ones(len(rows), np.bool_)
    lost[kept] = False
    claims[places[lost]] = 0


@sweep
def _claims(
    rows: Long, quarter: int, upgrade_cost: float, t: RewardTerms, registered: Flags, above_scale: Flags,
    sector: Small, grade: Small, action: Small, site: Small, place: Whole, tenure: Small, unit: Small, floor: Whole,
    revenue: Floats, last_upgrade: Short, last_move: Short, cluster: Small, park_rent: Floats,
) -> Long:  # fmt: skip
    """[kind, one of rows] fen claimed. Workshops claim only the voucher; who claims interest has invested of late."""
    claims = np.zeros((_KINDS, len(rows)), np.int64)
    for one in range(len(rows)):
        row = rows[one]
        factor = reward_factor(grade[row], t.factor_a, t.factor_b, t.factor_c, t.factor_d)
        if factor <= 0.0:
            continue
        if action[row] == _UPGRADE:
            cost = upgrade_cost * revenue[row]
            aid = voucher(cost, revenue[row], factor, t.voucher_share, t.voucher_cap, t.voucher_limit)
            if registered[row]:
                lead = cluster[sector[row]] > 0
                aid += upgrade_reward(cost, factor, lead, t.rate, t.rate_lead, t.least, t.cap, t.cap_lead)
                if above_scale[row]:
                    claims[_WORKSHOP, one] = in_fen(factor * t.workshop)
            claims[_PROJECT, one] = in_fen(aid)
        if not registered[row]:
            continue
        if quarter - max(last_upgrade[row], last_move[row]) <= _YEAR:
            claims[_INTEREST, one] = in_fen(factor * t.interest)
        inside = site[row] == _PARK and tenure[row] == _TENANT
        if inside and unit[row] != _INCUBATOR and last_move[row] > 0:  # an incubator is at half rent anyway
            share = rent_relieved(quarter - last_move[row], t.relief_first, t.relief_later)
            claims[_RENT, one] = in_fen(factor * share * 3.0 * park_rent[place[row]] * 0.01 * floor[row])
    return claims
