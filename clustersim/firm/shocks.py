"""What happens to firms that nobody decides: sector demand, their own shocks, and gains that phase in.

A firm's quarterly shocks are normal with a variance drawn once a year from an exponential distribution, so that
yearly growth is tent-shaped (Laplace). The spread falls with size. Demand is shared out in the next quarter: a part of
every gain in a sector is taken from its competitors, and they take over a part of what closed firms sold, less what
newcomers sell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rule, sweep
from clustersim.foundation.draws import normal, normals, uniform
from clustersim.foundation.mathematics import exponential, in_millionths, logarithm
from clustersim.foundation.words import Luck, Site, Tenure
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Small
from clustersim.world.tables import World

_SHOCK: Final = int(Luck.FIRM_SHOCK)
_VOLATILITY: Final = int(Luck.VOLATILITY)
_SLACK: Final = int(Luck.HETEROGENEITY)
_SLACK_DRAW: Final = 77  # alternative number of the slack draw among the heterogeneity draws of a firm
_OWNER: Final = int(Tenure.OWNER)
_PLOT: Final = int(Site.PLOT)
MEDIAN_REVENUE: Final = 2_150_000.0  # yuan a year, exp(0.767) million: the size at which spread is `firm_spread`


class ShockTerms(NamedTuple):
    """What the shocks of a quarter share, as plain scalars."""

    spread: float  # of quarterly shocks, at the median revenue
    size_exponent: float
    pull: float  # back to normal revenue, a quarter
    follow: float  # share of a change of revenue that fixed cost follows in a quarter
    pressure: float  # revenue over what an owner's floor carries at norm, at most
    slack: float  # of a newcomer's floor, log
    slack_spread: float
    labour_follow: float


StrikeEach = Callable[[World, ShockTerms, Floats], tuple[Long, Long]]  # a loop over firms: see `firm.walk`


def strike_columns(world: World, terms: ShockTerms, drift: Floats) -> tuple[Long, Long]:
    """Every firm's quarter of luck, in blocks of rows.

    Returns [2, sector] yuan of revenue gained by phased gains, and yuan of revenue; and the change of jobs by town.
    """
    firms, quarter = world.firms, world.quarter
    sums = over_rows(
        _strike, world.rows, len(world.towns), np.int64(world.seed), quarter.index, quarter.number == 1, drift, terms,
        firms.alive, firms.uid, firms.town, firms.employees,
        firms.sector, firms.site, firms.tenure, firms.revenue, firms.normal_revenue,
        firms.floor_capacity, firms.gain_left, firms.gain_quarters, firms.volatility, firms.fixed_share,
        firms.fixed_cost,
    )  # fmt: skip
    return sum(one[0] for one in sums), sum(one[1] for one in sums)


def strike(world: World, assumptions: Assumptions, strike_each: StrikeEach = strike_columns) -> None:
    """Move sector demand and every firm's revenue by a quarter; renew yearly volatility in the first quarter."""
    city, quarter = world.city, world.quarter
    before = city.sector_demand.copy()
    for sector in range(len(world.sectors)):
        shock = normal(world.seed, int(Luck.SECTOR_DEMAND), quarter.index, sector, 0)
        city.sector_demand[sector] = assumptions.sector_persistence * before[sector] + assumptions.sector_spread * shock
    drift = city.sector_demand - before + assumptions.real_growth / 4.0 - city.stolen
    market = np.maximum(city.sector_sales, np.maximum(np.abs(city.vacated_sales), 1))  # a trade may have been empty
    drift += assumptions.recovered_share * city.vacated_sales / market
    city.vacated_sales[:] = 0
    gained, jobs = strike_each(world, shock_terms(assumptions), drift)
    world.books.counts[Count.JOBS_CHANGED] += jobs
    city.stolen[:] = assumptions.stealing_share * gained[0] / np.maximum(gained[1], 1)
    city.sector_sales[:] = gained[1]


def shock_terms(assumptions: Assumptions) -> ShockTerms:
    """Gather them."""
    return ShockTerms(
        spread=float(assumptions.firm_spread),
        size_exponent=float(assumptions.firm_spread_size),
        pull=float(assumptions.firm_pull),
        follow=float(assumptions.fixed_follow),
        pressure=float(assumptions.expand_pressure),
        slack=float(assumptions.floor_slack),
        slack_spread=float(assumptions.floor_slack_spread),
        labour_follow=float(assumptions.labour_follow),
    )


@rule
def year_spread(seed: int, quarter: int, uid: int, revenue: float, spread: float, size_exponent: float) -> float:
    """This year's standard deviation of a firm's quarterly shocks: an exponential variance, smaller for large firms."""
    variance = -logarithm(uniform(seed, _VOLATILITY, quarter, uid, 0))
    size = exponential(size_exponent * logarithm(revenue / MEDIAN_REVENUE))
    return spread * size * float(np.sqrt(variance))


@rule
def first_capacity(seed: int, uid: int, revenue: float, normal_revenue: float, slack: float, spread: float) -> float:
    """Revenue that the floor of a newcomer carries at norm: some room above what it sells."""
    room = slack + spread * abs(normal(seed, _SLACK, 0, uid, _SLACK_DRAW))
    return max(revenue, normal_revenue) * exponential(room)


@rule
def phased(gain_left: float, quarters_left: int) -> float:
    """The part of a gain that is felt this quarter: losses at once, gains in equal parts."""
    if gain_left < 0.0 or quarters_left <= 1:
        return gain_left
    return gain_left / quarters_left


@rule
def demand_factor(
    luck: float, volatility: float, push: float, revenue: float, normal_revenue: float, pull: float
) -> float:
    """Sales over those of the quarter before, gains aside: luck, the sector, and the pull back to what is normal.

    A quarter of the variance is taken off: with the pull, that keeps mean sales where they are in the long run.
    """
    shock = volatility * luck - 0.25 * volatility * volatility
    away = logarithm(revenue / normal_revenue)
    return exponential(shock + push - pull * away)


@rule
def workers_after(before: float, follow: float, demand: float) -> float:
    """Workers after a change of demand.

    >>> workers_after(10.0, 0.5, 1.2)
    11.0
    """
    return before * (1.0 + follow * (demand - 1.0))


@rule
def sales_after(revenue: float, demand: float, growth: float, bound: bool, most: float) -> float:
    """Yuan a year after a change of demand and the quarter's part of a gain; an owner's floor bounds them."""
    sales = revenue * demand * growth
    return min(sales, most) if bound else sales


@rule
def costs_after(fixed_cost: float, fixed_share: float, revenue: float, follow: float) -> float:
    """Fixed cost, following revenue."""
    return fixed_cost + follow * (fixed_share * revenue - fixed_cost)


@sweep
def _strike(
    first: int, last: int, towns: int, seed: int, quarter: int, new_year: bool, drift: Floats, t: ShockTerms,
    alive: Flags, uid: Long, town: Small, employees: Floats,
    sector: Small, site: Small, tenure: Small, revenue: Floats, normal_revenue: Floats,
    floor_capacity: Floats, gain_left: Floats, gain_quarters: Small, volatility: Floats, fixed_share: Floats,
    fixed_cost: Floats,
) -> tuple[Long, Long]:  # fmt: skip
    """Returns [2, sector]: yuan of revenue gained by phased gains, and yuan of revenue; and change of jobs by town."""
    jobs = np.zeros(towns, np.int64)
    gained = np.zeros((2, len(drift)), np.int64)
    floats, whole = np.empty((5, BLOCK)), np.empty((3, BLOCK), np.int64)
    luck, gain, growth, push, demand = floats[0], floats[1], floats[2], floats[3], floats[4]
    won, sold, hired = whole[0], whole[1], whole[2]
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, uids, sectors, towns_here, sales = alive[at], uid[at], sector[at], town[at], revenue[at]
        normally, capacity, spreads = normal_revenue[at], floor_capacity[at], volatility[at]
        if new_year:
            _new_spreads(seed, quarter, t.spread, t.size_exponent, living, uids, sales, spreads)
        for one in range(len(living)):
            push[one] = drift[sectors[one]]
            if capacity[one] <= 0.0 and living[one]:  # a newcomer
                spreads[one] = year_spread(seed, quarter, uids[one], sales[one], t.spread, t.size_exponent)
                capacity[one] = first_capacity(seed, uids[one], sales[one], normally[one], t.slack, t.slack_spread)
        _phase_in(gain, won, living, gain_left[at], gain_quarters[at], sales)
        _grow(growth, gain, normally, capacity)
        normals(luck, seed, _SHOCK, quarter, uids, 0)
        _reckon_demand(demand, luck, spreads, push, sales, normally, t.pull)
        _hire(hired, t.labour_follow, living, demand, employees[at])
        _sell(sold, living, demand, growth, tenure[at], site[at], capacity, t.pressure, sales)
        _follow_costs(living, fixed_share[at], sales, t.follow, fixed_cost[at])
        for one in range(len(living)):
            if living[one]:
                jobs[towns_here[one]] += hired[one]
                gained[0, sectors[one]] += won[one]
                gained[1, sectors[one]] += sold[one]
    return gained, jobs


# Passes over a block of rows


@sweep
def _new_spreads(
    seed: int, quarter: int, spread: float, size_exponent: float, alive: Flags, uid: Long, revenue: Floats,
    volatility: Floats,
) -> None:  # fmt: skip
    for one in range(len(alive)):
        if alive[one]:
            volatility[one] = year_spread(seed, quarter, uid[one], revenue[one], spread, size_exponent)


@sweep
def _phase_in(
    gain: Floats, won: Long, alive: Flags, gain_left: Floats, gain_quarters: Small, revenue: Floats
) -> None:  # fmt: skip
    for one in range(len(alive)):
        gain[one] = phased(gain_left[one], gain_quarters[one]) if alive[one] else 0.0
        gain_left[one] -= gain[one]
        won[one] = np.int64(revenue[one] * gain[one])
        if gain[one] != 0.0:
            gain_quarters[one] = max(gain_quarters[one] - 1, 0)


@sweep
def _grow(growth: Floats, gain: Floats, normal_revenue: Floats, floor_capacity: Floats) -> None:
    for one in range(len(normal_revenue)):
        growth[one] = exponential(gain[one])  # exactly 1 where nothing is gained
        normal_revenue[one] *= growth[one]
        floor_capacity[one] *= growth[one]


@sweep
def _reckon_demand(
    demand: Floats, luck: Floats, volatility: Floats, push: Floats, revenue: Floats, normal_revenue: Floats, pull: float
) -> None:
    for one in range(len(revenue)):
        demand[one] = demand_factor(luck[one], volatility[one], push[one], revenue[one], normal_revenue[one], pull)


@sweep
def _hire(hired: Long, labour_follow: float, alive: Flags, demand: Floats, employees: Floats) -> None:
    for one in range(len(alive)):
        before = employees[one]
        after = workers_after(before, labour_follow, demand[one]) if alive[one] else before
        employees[one] = after
        hired[one] = in_millionths(after) - in_millionths(before)


@sweep
def _sell(
    sold: Long, alive: Flags, demand: Floats, growth: Floats, tenure: Small, site: Small, floor_capacity: Floats,
    pressure: float, revenue: Floats,
) -> None:  # fmt: skip
    for one in range(len(alive)):
        bound = tenure[one] == _OWNER and site[one] == _PLOT
        sales = sales_after(revenue[one], demand[one], growth[one], bound, pressure * floor_capacity[one])
        revenue[one] = sales if alive[one] else revenue[one]
        sold[one] = np.int64(revenue[one])


@sweep
def _follow_costs(alive: Flags, fixed_share: Floats, revenue: Floats, follow: float, fixed_cost: Floats) -> None:
    for one in range(len(alive)):
        after = costs_after(fixed_cost[one], fixed_share[one], revenue[one], follow)
        fixed_cost[one] = after if alive[one] else fixed_cost[one]
