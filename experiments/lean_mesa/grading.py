"""The yearly evaluation, plot by plot, and improvement orders: clauses 4.1 and 4.7."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clustersim.foundation.words import Carry, Clearance, Grade, Pool, Site, Stage, Tenure
from clustersim.letter.grading import base_values, quotas
from clustersim.letter.grading.levers import QUOTA
from clustersim.letter.grading.terms import score_terms
from clustersim.world.books import Count, Flow
from clustersim.world.land_use import land_per_floor
from clustersim.world.rationing import whole_part
from lean_mesa.plain import Plain

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity
    from lean_mesa.firm import Firm

PARK, BLOCK, PLOT, VILLAGE = int(Site.PARK), int(Site.BLOCK), int(Site.PLOT), int(Site.VILLAGE)
ABOVE, LARGE, SMALL, TENANTS, UNGRADED = (int(pool) for pool in Pool)
OWNER, D = int(Tenure.OWNER), int(Grade.D)
TAX, SALES, KWH, EMISSIONS, WORKERS, RESEARCH, LAND, SUBLET = range(8)
SCALES = np.array([100.0, 100.0, 1.0, 1.0, 1000.0, 100.0, 1e4, 1.0])  # of sums as the package counts them
ABOVE_CUT = 1.02  # of last year's cut-off that a firm aims at


def grade_all(city: LeanCity) -> None:
    """In the third quarter: figures, pools, scores, grades and orders."""
    world, levers = city.world, city.levers.grading
    world.city.grades_count = levers.consequences
    if world.quarter.number != 3:
        return
    t = Plain(**score_terms(levers, city.assumptions)._asdict())
    fill_figures(city)
    pools, sums = find_pools(city, t, world.quarter.index)
    world.city.bases[:UNGRADED] = base_values((np.array(sums) * SCALES).astype(np.int64), t.value_added)
    for pool, firms in enumerate(pools):
        grade_pool(city, t, pool, firms)
    for firms in city.towns:
        for firm in firms:
            if firm.pool == UNGRADED:
                firm.grade_before, firm.grade = firm.grade, 0
            firm.d_years = firm.d_years + 1 if firm.grade == D else 0
    world.city.graded = world.quarter.index
    order_improvements(city, [firm for firms in pools for firm in firms])


def fill_figures(city: LeanCity) -> None:
    """Last year's figures of every plot, those of its tenants included."""
    ratios = land_per_floor(city.world, city.assumptions.village_floor_area_ratio)
    of_park, of_block, of_plot = ratios.park.tolist(), ratios.block.tolist(), ratios.plot.tolist()
    for town, firms in enumerate(city.towns):
        for firm in firms:
            sales = firm.revenue_last_year
            if firm.land:
                land = 0.01 * firm.land
            else:
                site = firm.site
                over = (
                    of_plot[town] if site == PLOT else of_park[firm.place] if site == PARK
                    else ratios.village if site == VILLAGE else of_block[firm.place]
                )  # fmt: skip
                land = 0.01 * firm.floor * over
            firm.figures = [
                firm.tax_last_year, sales, firm.kwh_last_year, sales * firm.emission_per_yuan, firm.employees,
                sales * firm.research_share, land, 0,
            ]  # fmt: skip
    for firms in city.towns:
        for firm in firms:
            owner = firm.landlord
            if owner is not None and owner.alive and owner.land:
                plot, own = owner.figures, firm.figures
                for one in range(RESEARCH):
                    plot[one] += own[one]
                plot[SUBLET] += not firm.above_scale


def find_pools(city: LeanCity, t: Plain, quarter: int) -> tuple[list[list[Firm]], list[list[float]]]:
    """The firms of each pool, and the sums of their figures; sets who is above scale."""
    pools: list[list[Firm]] = [[] for _ in range(UNGRADED)]
    sums = [[0.0] * 8 for _ in range(UNGRADED)]
    for firms in city.towns:
        for firm in firms:
            firm.pool, sales = UNGRADED, firm.revenue_last_year
            if sales <= 0.0 or not firm.registered:
                continue
            above = firm.above_scale = sales >= t.above_scale_line
            if quarter - firm.born < t.new_firm_quarters:
                continue
            if firm.site == PARK and quarter - firm.last_move < t.park_quarters:
                continue
            pool = ABOVE if above else TENANTS if not firm.land else LARGE if firm.land >= t.large_plot else SMALL
            firm.pool = pool
            pools[pool].append(firm)
            total, own = sums[pool], firm.figures
            for one in range(8):
                total[one] += own[one]
    return pools, sums


def score(t: Plain, above: bool, tax: float, plot: list[float], base: list[float]) -> float:
    """Score of one plot at a tax of `tax` yuan."""
    land, kwh, cap = plot[LAND], plot[KWH], t.cap
    if land <= 0.0 or kwh <= 0.0:
        return 0.0
    tenants = plot[SUBLET]
    if not above:
        reached = t.weight_below_land * min(tax / land / base[0], cap) if base[0] > 0.0 else 0.0
        if base[1] > 0.0:
            reached += t.weight_below_energy * min(tax / kwh / base[1], cap)
        lost = t.sublet_first_below + t.sublet_more * (tenants - 1) if tenants else 0.0
        return max(reached - lost, 0.0)
    sales = plot[SALES]
    worth = t.value_added * sales
    measures = (
        (tax / land, t.weight_tax), (worth / land, t.weight_value_added), (worth / kwh, t.weight_energy),
        (worth / max(plot[EMISSIONS], 1.0), t.weight_emission), (worth / max(plot[WORKERS], 1e-3), t.weight_labour),
        (plot[RESEARCH] / max(sales, 1.0), t.weight_research),
    )  # fmt: skip
    reached = sum(weight * min(value / of, cap) for (value, weight), of in zip(measures, base, strict=True) if of > 0.0)
    lost = t.sublet_first_above + t.sublet_more * (tenants - 1) if tenants else 0.0
    return max(reached - lost, 0.0)


def bill(kwh: float, rate: float, terms: list[float]) -> float:
    """Yuan of surcharge in a year; terms are exemption, cap and months."""
    return 0.0 if kwh < terms[0] else terms[2] / 12.0 * min(rate * kwh, terms[1])


def worth_paying(
    t: Plain, above: bool, reached: float, tax: float, plot: list[float], base: list[float],
    cuts: list[float], bills: tuple[float, float],
) -> float:  # fmt: skip
    """Yuan of tax that lift a score over the next of last year's cut-offs for less than the surcharge; 0 if none do."""
    if cuts[2] < 0.0 or reached >= cuts[1] or base[0] <= 0.0 or plot[LAND] <= 0.0 or plot[KWH] <= 0.0 or tax <= 0.0:
        return 0.0
    wanted, saved = (cuts[2], bills[1] - bills[0]) if reached < cuts[2] else (cuts[1], bills[0])
    if saved <= 0.0:
        return 0.0
    if above:
        slope, most = t.weight_tax / (base[0] * plot[LAND]), t.weight_tax * t.cap
    else:
        slope = t.weight_below_land / (base[0] * plot[LAND]) + t.weight_below_energy / (max(base[1], 1e-12) * plot[KWH])
        most = (t.weight_below_land + t.weight_below_energy) * t.cap
    missing = ABOVE_CUT * wanted - reached
    if missing <= 0.0 or missing > most:
        return 0.0
    extra = missing / slope
    return extra if extra < saved and score(t, above, tax + extra, plot, base) >= wanted else 0.0


def grade_pool(city: LeanCity, t: Plain, pool: int, firms: list[Firm]) -> None:
    """Scores and grades of one pool; firms with a grave case fill the places of D first."""
    state, levers, random = city.world.city, city.levers.grading, city.random.random
    if not firms:
        return
    above, base, cuts = pool == ABOVE, state.bases[pool].tolist(), state.cut_offs[pool].tolist()
    rates, terms = state.surcharges[int(above)].tolist(), state.surcharge_terms.tolist()
    for firm in firms:
        plot = firm.figures
        tax = plot[TAX]
        reached = score(t, above, tax, plot, base)
        if t.top_up_share > 0.0 and reached < cuts[1]:
            kwh = firm.kwh_last_year
            extra = worth_paying(
                t, above, reached, tax, plot, base, cuts, (bill(kwh, rates[0], terms), bill(kwh, rates[1], terms))
            )
            if 0.0 < extra < firm.cash and random() < t.top_up_share:
                firm.cash -= extra
                firm.tax_last_year += extra
                city.pay(Flow.TAXES, firm.town, extra)
                tax += extra
                reached = score(t, above, tax, plot, base)
        firm.score, firm.rate = reached, tax / max(plot[LAND], 1e-4)
    direct = t.direct_d_severity
    order = sorted(
        firms,
        key=lambda one: (one.stage >= Stage.REGISTERED and one.severity >= max(direct, 1e-12), -one.score, -one.rate),
    )
    grades, lines = places_of(len(order), pool, levers), (levers.line_a, levers.line_b, levers.line_c)
    plain: list[tuple[int, float]] = []
    for place, firm in enumerate(order):
        grave = firm.stage >= Stage.REGISTERED and firm.severity >= max(direct, 1e-12)
        by_place = grades[place] if levers.mode == QUOTA else 1 + sum(firm.score < line for line in lines)
        firm.grade_before, firm.grade = firm.grade, D if grave else by_place
        if not grave:
            plain.append((by_place, firm.score))
    best = max(firm.score for firm in firms)
    for edge in range(3):
        reached_by = [points for grade, points in plain if grade <= edge + 1]
        state.cut_offs[pool, edge] = lines[edge] if levers.mode != QUOTA else min(reached_by, default=best)


def places_of(count: int, pool: int, levers: object) -> list[int]:
    """Grades of `count` places from the best down."""
    a, b, c = quotas(pool, levers)  # type: ignore[arg-type]
    edges = [int(count * share + 0.5) for share in (a, a + b, a + b + c)]
    grades = [1] * edges[0] + [2] * (edges[1] - edges[0]) + [3] * (edges[2] - edges[1])
    return grades + [D] * (count - len(grades))


def order_improvements(city: LeanCity, graded: list[Firm]) -> None:
    """Lift the orders that were met, list the plots of those that failed, issue new ones (4.7)."""
    levers, quarter, counts = city.levers.grading, city.world.quarter.index, city.world.books.counts
    line, least = levers.low_efficiency_line, 100.0 * levers.low_efficiency_mu
    wanting = [
        firm for firm in graded
        if firm.grade == D or (firm.tenure == OWNER and firm.land >= least and firm.rate < line)
    ]  # fmt: skip
    poor = set(map(id, wanting))
    for firm in [firm for firm in city.under_order if firm.alive and firm.order_due >= 0]:
        if id(firm) in poor and firm.order_due > quarter:
            continue
        if id(firm) in poor:
            counts[Count.ORDERS_FAILED, firm.town] += 1
            if firm.tenure == OWNER and firm.site == PLOT and firm.clearance == Clearance.NONE:
                firm.clearance = int(Clearance.LISTED)
        firm.order_due = -1
        if not firm.stage and firm.clearance != Clearance.NOTICE and firm.returns_to < 0 and firm.licence_due < 0:
            firm.displaced = False
    if levers.consequences and levers.orders_a_year > 0.0:
        number = whole_part(city.world.city.carry[Carry.ORDERS], 0, levers.orders_a_year * city.world.scale)
        may = [one for one in wanting if one.order_due < 0 and one.clearance == Clearance.NONE and not one.closing]
        for firm in sorted(may, key=lambda one: one.rate)[:number]:
            firm.order_due = quarter + round(4 * levers.order_years)
            counts[Count.ORDERED, firm.town] += 1
            city.displace(firm)
            city.under_order.append(firm)
    city.under_order = [firm for firm in city.under_order if firm.alive and firm.order_due >= 0]
