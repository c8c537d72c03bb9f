"""The yearly evaluation: pools, base values, scores, and grades by quota or by fixed lines (4.1).

Plots are graded: an owner's figures include those of the firms it lets to. Figures are those of the last calendar
year. Before the cut a firm may pay more tax than it owes when that is cheaper than the surcharge it would escape.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, sweep
from clustersim.foundation.draws import uniform
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import FEN, Grade, Luck, Pool, Site, Stage, Tenure
from clustersim.letter.grading.figures import (
    EMISSIONS,
    FIGURES,
    KWH,
    LAND,
    RESEARCH,
    SALES,
    SUBLET,
    TAX,
    WORKERS,
    plot_figures,
)
from clustersim.letter.grading.levers import QUOTA, Levers
from clustersim.letter.grading.score import points, sublet_penalty, tax_to_reach
from clustersim.letter.grading.terms import ScoreTerms, score_terms
from clustersim.world.books import Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rationing import in_order
from clustersim.world.surcharge import surcharge_bill
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_VILLAGE: Final = int(Site.VILLAGE)
_OWNER: Final = int(Tenure.OWNER)
_ABOVE: Final = int(Pool.ABOVE_SCALE)
_LARGE: Final = int(Pool.BELOW_SCALE_LARGE_PLOT)
_SMALL: Final = int(Pool.BELOW_SCALE_SMALL_PLOT)
_TENANTS: Final = int(Pool.TENANTS)
_UNGRADED: Final = int(Pool.UNGRADED)
_POOLS: Final = _UNGRADED
_REGISTERED_CASE: Final = int(Stage.REGISTERED)
_NO_GRADE: Final = int(Grade.NONE)
_B, _C, _D = int(Grade.B), int(Grade.C), int(Grade.D)
_TAX_LUCK: Final = int(Luck.TAX)
_TOP_UP: Final = 1  # alternative number of the top-up among the draws about a firm's tax
_ABOVE_CUT: Final = 1.02  # of last year's cut-off that a firm aims at


def grade_all(world: World, levers: Levers, assumptions: Assumptions) -> Floats:
    """Grade every firm; returns [row] the tax of its plot per mu (yuan), -1 where it is not graded."""
    firms, city, rows, quarter = world.firms, world.city, world.rows, world.quarter.index
    terms = score_terms(levers, assumptions)
    figures = plot_figures(world, assumptions)
    sums = over_rows(
        _pool, rows, quarter, terms, figures, firms.alive, firms.registered, firms.born, firms.site, firms.tenure,
        firms.land, firms.last_move, firms.revenue_last_year, firms.above_scale, firms.pool,
    )  # fmt: skip
    city.bases[:_POOLS] = base_values(sum(sums), terms.value_added)
    tax_per_mu, direct = np.full(rows, -1.0), np.zeros(rows, np.bool_)
    paid = over_rows(
        _score, rows, np.int64(world.seed), quarter, terms, len(world.towns), figures, city.bases, city.cut_offs,
        city.surcharges, float(city.surcharge_terms[0]), float(city.surcharge_terms[1]),
        float(city.surcharge_terms[2]), firms.uid, firms.town, firms.pool, firms.kwh_last_year, firms.stage,
        firms.severity, firms.cash, firms.tax_last_year, firms.score, tax_per_mu, direct,
    )  # fmt: skip
    world.books.money[Flow.TAXES] += sum(paid)
    firms.grade_before[:rows] = firms.grade[:rows]
    for pool in range(_POOLS):
        _grade_pool(world, pool, direct, tax_per_mu, levers)
    _after(0, rows, firms.alive, firms.pool, firms.grade, firms.d_years)
    city.graded = quarter
    return tax_per_mu


def base_values(sums: Long, value_added: float) -> Floats:
    """[pool, 6] base values: the means of each pool, of land by land, of energy by energy and so on.

    Above scale tax and value added per mu, value added per kWh, per emission and per worker, research share; below
    scale tax per mu and tax per kWh.
    """
    total = sums.astype(np.float64)
    tax, sales = total[:, TAX] / FEN, total[:, SALES] / FEN
    worth, land = value_added * sales, total[:, LAND] / 1e4
    parts = (
        (tax, land), (worth, land), (worth, total[:, KWH]), (worth, total[:, EMISSIONS]),
        (worth, total[:, WORKERS] / 1e3), (total[:, RESEARCH] / FEN, sales),
    )  # fmt: skip
    bases = np.stack([np.divide(up, down, out=np.zeros(len(up)), where=down > 0) for up, down in parts], axis=1)
    below = np.arange(len(bases)) != _ABOVE
    bases[below, 1] = np.divide(tax, total[:, KWH], out=np.zeros(len(tax)), where=total[:, KWH] > 0)[below]
    bases[below, 2:] = 0.0
    return bases


def quotas(pool: int, levers: Levers) -> tuple[float, float, float]:
    """Shares of grades A, B and C in a pool."""
    if pool == _ABOVE:
        return levers.quota_above_a, levers.quota_above_b, levers.quota_above_c
    return levers.quota_below_a, levers.quota_below_b, levers.quota_below_c


def grades_by_quota(count: int, shares: tuple[float, float, float]) -> Small:
    """Grades of `count` firms from the best down; what A, B and C leave is D.

    >>> grades_by_quota(20, (0.05, 0.70, 0.20)).tolist().count(4)
    1
    """
    edges = np.floor(np.cumsum(shares) * count + 0.5).astype(np.int64)
    return (1 + np.searchsorted(edges, np.arange(count), side="right")).astype(np.int8)


def _grade_pool(world: World, pool: int, direct: Flags, tax_per_mu: Floats, levers: Levers) -> None:
    """Grades of one pool and its cut-offs; firms with a grave case fill the places of D first.

    Many of the best have all the points there are: among equal scores tax per mu decides.
    """
    firms, city = world.firms, world.city
    rows = np.flatnonzero((firms.pool[: world.rows] == pool) & firms.alive[: world.rows])
    if not len(rows):
        return
    by_tax = -np.floor(tax_per_mu[rows] * FEN).astype(np.int64)
    order = rows[in_order(direct[rows].view(np.int8), firms.score[rows], by_tax, firms.uid[rows])]
    score = firms.score[order]
    if levers.mode == QUOTA:
        grades = grades_by_quota(len(order), quotas(pool, levers))
    else:
        lines = np.array([levers.line_a, levers.line_b, levers.line_c])
        grades = (1 + (score[:, None] < lines).sum(axis=1)).astype(np.int8)
    plain = ~direct[order]
    grades[~plain] = _D
    firms.grade[order] = grades
    for place in range(3):
        if levers.mode == QUOTA:
            reached = score[plain & (grades <= place + 1)]
            city.cut_offs[pool, place] = reached.min() if len(reached) else score.max()
        else:
            city.cut_offs[pool, place] = lines[place]


@sweep
def _pool(
    first: int, last: int, quarter: int, t: ScoreTerms, figures: Long, alive: Flags, registered: Flags, born: Short,
    site: Small, tenure: Small, land: Whole, last_move: Short, revenue_last_year: Long, above_scale: Flags,
    pool: Small,
) -> Long:  # fmt: skip
    """Sets pool and scale; returns [pool, figure] sums."""
    sums = np.zeros((_POOLS, FIGURES), np.int64)
    for row in range(first, last):
        if not alive[row]:
            continue
        sales = revenue_last_year[row]
        if sales > 0 and registered[row]:
            above_scale[row] = 0.01 * sales >= t.above_scale_line
        pool[row] = _UNGRADED
        moving_in = site[row] == _PARK and quarter - last_move[row] < t.park_quarters
        if not registered[row] or sales <= 0 or quarter - born[row] < t.new_firm_quarters or moving_in:
            continue
        if above_scale[row]:
            group = _ABOVE
        elif tenure[row] == _OWNER:
            group = _LARGE if land[row] >= t.large_plot else _SMALL
        else:
            group = _TENANTS
        pool[row] = group
        for one in range(FIGURES):
            sums[group, one] += figures[row, one]
    return sums


@sweep
def _plot_score(t: ScoreTerms, group: int, tax: float, figures: Long, bases: Floats) -> float:
    """Score of one plot at a tax of `tax` yuan."""
    land = figures[LAND] / 1e4
    kwh = float(figures[KWH])
    if land <= 0.0 or kwh <= 0.0:
        return 0.0
    of = bases[group]
    if group != _ABOVE:
        reached = points(tax / land, of[0], t.weight_below_land, t.cap)
        reached += points(tax / kwh, of[1], t.weight_below_energy, t.cap)
        return max(reached - sublet_penalty(figures[SUBLET], t.sublet_first_below, t.sublet_more), 0.0)
    sales = 0.01 * figures[SALES]
    worth = t.value_added * sales
    reached = points(tax / land, of[0], t.weight_tax, t.cap)
    reached += points(worth / land, of[1], t.weight_value_added, t.cap)
    reached += points(worth / kwh, of[2], t.weight_energy, t.cap)
    reached += points(worth / max(float(figures[EMISSIONS]), 1.0), of[3], t.weight_emission, t.cap)
    reached += points(worth / max(1e-3 * figures[WORKERS], 1e-3), of[4], t.weight_labour, t.cap)
    reached += points(0.01 * figures[RESEARCH] / max(sales, 1.0), of[5], t.weight_research, t.cap)
    return max(reached - sublet_penalty(figures[SUBLET], t.sublet_first_above, t.sublet_more), 0.0)


@sweep
def _worth_paying(
    t: ScoreTerms, group: int, score: float, tax: float, figures: Long, bases: Floats, cut_b: float, cut_c: float,
    bill_c: float, bill_d: float,
) -> float:  # fmt: skip
    """Yuan of tax that lift a score over the next of last year's cut-offs for less than the surcharge; 0 if none do."""
    if cut_c < 0.0 or score >= cut_b:
        return 0.0
    wanted, saved = (cut_c, bill_d - bill_c) if score < cut_c else (cut_b, bill_c)
    if saved <= 0.0:
        return 0.0
    land, kwh = figures[LAND] / 1e4, float(figures[KWH])
    of = bases[group]
    if land <= 0.0 or kwh <= 0.0 or of[0] <= 0.0:
        return 0.0
    if group == _ABOVE:
        slope = t.weight_tax / (of[0] * land)
        most = t.weight_tax * t.cap
    else:
        slope = t.weight_below_land / (of[0] * land) + t.weight_below_energy / (max(of[1], 1e-12) * kwh)
        most = (t.weight_below_land + t.weight_below_energy) * t.cap
    extra = tax_to_reach(score, _ABOVE_CUT * wanted, tax, slope, most)
    if extra <= 0.0 or extra >= saved or _plot_score(t, group, tax + extra, figures, bases) < wanted:
        return 0.0
    return extra


@sweep
def _score(
    first: int, last: int, seed: int, quarter: int, t: ScoreTerms, towns: int, figures: Long, bases: Floats,
    cut_offs: Floats, surcharges: Floats, exemption: float, most_surcharge: float, months: float,
    uid: Long, town: Small, pool: Small, kwh_last_year: Long, stage: Small, severity: Floats, cash: Long,
    tax_last_year: Long, score: Floats, tax_per_mu: Floats, direct: Flags,
) -> Long:  # fmt: skip
    """Fills scores, tax per mu and grave cases; returns [town] fen of tax paid on top."""
    paid = np.zeros(towns, np.int64)
    for row in range(first, last):
        group = pool[row]
        if group == _UNGRADED:
            continue
        own = figures[row]
        tax = 0.01 * own[TAX]
        reached = _plot_score(t, group, tax, own, bases)
        kwh = 1e-3 * kwh_last_year[row]
        if t.top_up_share > 0.0 and reached < cut_offs[group, 1]:
            scale = np.int64(group == _ABOVE)
            bill_c = surcharge_bill(kwh, surcharges[scale, 0], exemption, most_surcharge, months)
            bill_d = surcharge_bill(kwh, surcharges[scale, 1], exemption, most_surcharge, months)
            extra = _worth_paying(
                t, group, reached, tax, own, bases, cut_offs[group, 1], cut_offs[group, 2], bill_c, bill_d
            )
            fen = in_fen(extra)
            if fen > 0 and fen < cash[row] and uniform(seed, _TAX_LUCK, quarter, uid[row], _TOP_UP) < t.top_up_share:
                cash[row] -= fen
                tax_last_year[row] += fen
                paid[town[row]] += fen
                tax += extra
                reached = _plot_score(t, group, tax, own, bases)
        score[row] = reached
        tax_per_mu[row] = tax / max(own[LAND] / 1e4, 1e-4)
        direct[row] = stage[row] >= _REGISTERED_CASE and severity[row] >= t.direct_d_severity and severity[row] > 0.0
    return paid


@sweep
def _after(first: int, last: int, alive: Flags, pool: Small, grade: Small, d_years: Small) -> None:
    """Take the grade from who is not graded, and count years with grade D."""
    for row in range(first, last):
        if not alive[row]:
            continue
        if pool[row] == _UNGRADED:
            grade[row] = _NO_GRADE
        d_years[row] = min(d_years[row] + 1, 100) if grade[row] == _D else 0
