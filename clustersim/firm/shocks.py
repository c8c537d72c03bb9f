"""What happens to firms that nobody decides: sector demand, their own shocks, and gains that phase in.

A firm's quarterly shocks are normal with a variance drawn once a year from an exponential distribution, so that
yearly growth is tent-shaped (Laplace). The spread falls with size. A share of every gain in a sector is taken from
its competitors in the next quarter.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.draws import normal, uniform
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


def strike(world: World, assumptions: Assumptions) -> None:
    """Move sector demand and every firm's revenue by a quarter; renew yearly volatility in the first quarter."""
    city, firms, quarter = world.city, world.firms, world.quarter
    before = city.sector_demand.copy()
    for sector in range(len(world.sectors)):
        shock = normal(world.seed, int(Luck.SECTOR_DEMAND), quarter.index, sector, 0)
        city.sector_demand[sector] = assumptions.sector_persistence * before[sector] + assumptions.sector_spread * shock
    drift = city.sector_demand - before + assumptions.real_growth / 4.0 - city.stolen
    sums = over_rows(
        _strike, world.rows, len(world.towns), np.int64(world.seed), quarter.index, quarter.number == 1, drift,
        float(assumptions.firm_spread), float(assumptions.firm_spread_size), float(assumptions.firm_pull),
        float(assumptions.fixed_follow), float(assumptions.expand_pressure), float(assumptions.floor_slack),
        float(assumptions.floor_slack_spread), float(assumptions.labour_follow),
        firms.alive, firms.uid, firms.town, firms.employees,
        firms.sector, firms.site, firms.tenure, firms.revenue, firms.normal_revenue,
        firms.floor_capacity, firms.gain_left, firms.gain_quarters, firms.volatility, firms.fixed_share,
        firms.fixed_cost,
    )  # fmt: skip
    gained = sum(one[0] for one in sums)  # [2, sector]: yuan gained, yuan of revenue
    world.books.counts[Count.JOBS_CHANGED] += sum(one[1] for one in sums)
    city.stolen[:] = assumptions.stealing_share * gained[0] / np.maximum(gained[1], 1)


@rule
def year_spread(seed: int, quarter: int, uid: int, revenue: float, spread: float, size_exponent: float) -> float:
    """This year's standard deviation of a firm's quarterly shocks: an exponential variance, smaller for large firms."""
    variance = -logarithm(uniform(seed, _VOLATILITY, quarter, uid, 0))
    size = exponential(size_exponent * logarithm(revenue / MEDIAN_REVENUE))
    return spread * size * np.sqrt(variance)


@rule
def phased(gain_left: float, quarters_left: int) -> float:
    """The part of a gain that is felt this quarter: losses at once, gains in equal parts."""
    if gain_left < 0.0 or quarters_left <= 1:
        return gain_left
    return gain_left / quarters_left


@sweep
def _strike(
    first: int, last: int, towns: int, seed: int, quarter: int, new_year: bool, drift: Floats,
    spread: float, size_exponent: float, pull: float, follow: float, pressure: float,
    slack: float, slack_spread: float, labour_follow: float,
    alive: Flags, uid: Long, town: Small, employees: Floats,
    sector: Small, site: Small, tenure: Small, revenue: Floats, normal_revenue: Floats,
    floor_capacity: Floats, gain_left: Floats, gain_quarters: Small, volatility: Floats, fixed_share: Floats,
    fixed_cost: Floats,
) -> tuple[Long, Long]:  # fmt: skip
    """Returns [2, sector]: yuan of revenue gained by phased gains, and yuan of revenue; and change of jobs by town."""
    jobs = np.zeros(towns, np.int64)
    gained = np.zeros((2, len(drift)), np.int64)
    for row in range(first, last):
        if not alive[row]:
            continue
        own = uid[row]
        if new_year or volatility[row] <= 0.0:
            volatility[row] = year_spread(seed, quarter, own, revenue[row], spread, size_exponent)
        if floor_capacity[row] <= 0.0:
            room = slack + slack_spread * abs(normal(seed, _SLACK, 0, own, _SLACK_DRAW))
            floor_capacity[row] = max(revenue[row], normal_revenue[row]) * exponential(room)
        gain = 0.0
        if gain_left[row] != 0.0:
            gain = phased(gain_left[row], gain_quarters[row])
            gain_left[row] -= gain
            gain_quarters[row] = max(gain_quarters[row] - 1, 0)
            gained[0, sector[row]] += np.int64(revenue[row] * gain)
            growth = exponential(gain)
            normal_revenue[row] *= growth
            floor_capacity[row] *= growth
        spread_now = volatility[row]
        shock = spread_now * normal(seed, _SHOCK, quarter, own, 0) - 0.5 * spread_now * spread_now
        away = logarithm(revenue[row] / normal_revenue[row])
        demand = exponential(shock + drift[sector[row]] - pull * away)
        sold = revenue[row] * demand * exponential(gain)
        if tenure[row] == _OWNER and site[row] == _PLOT:
            sold = min(sold, pressure * floor_capacity[row])
        workers = employees[row]
        employees[row] = workers * (1.0 + labour_follow * (demand - 1.0))
        jobs[town[row]] += in_millionths(employees[row]) - in_millionths(workers)
        revenue[row] = sold
        gained[1, sector[row]] += np.int64(sold)
        fixed_cost[row] += follow * (fixed_share[row] * sold - fixed_cost[row])
    return gained, jobs
