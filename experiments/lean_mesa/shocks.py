"""What nobody decides: demand and luck of every firm, and once a year its neighbours."""

from __future__ import annotations

from math import cos, exp, log, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from clustersim.firm.neighbours import park_values
from clustersim.firm.shocks import MEDIAN_REVENUE
from clustersim.foundation.words import SECTORS, Site, Tenure
from clustersim.world.books import Count

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity

PARK, PLOT, OWNER = int(Site.PARK), int(Site.PLOT), int(Tenure.OWNER)


def sector_drift(city: LeanCity) -> list[float]:
    """Demand of every sector moves; last quarter's gains and what closed firms sold are shared out."""
    state, a, random = city.world.city, city.assumptions, city.random
    before = state.sector_demand.copy()
    shocks = np.array([random.gauss(0.0, 1.0) for _ in range(SECTORS)])
    state.sector_demand[:] = a.sector_persistence * before + a.sector_spread * shocks
    drift = state.sector_demand - before + a.real_growth / 4.0 - state.stolen
    market = np.maximum(state.sector_sales, np.maximum(np.abs(state.vacated_sales), 1))
    drift += a.recovered_share * state.vacated_sales / market
    state.vacated_sales[:] = 0
    pushes: list[float] = drift.tolist()
    return pushes


def strike(city: LeanCity) -> None:
    """Move every firm's sales, jobs and fixed cost by a quarter."""
    a, random, new_year = city.assumptions, city.random.random, city.world.quarter.number == 1
    push = sector_drift(city)
    spread, size_exponent, pull, follow = a.firm_spread, a.firm_spread_size, a.firm_pull, a.fixed_follow
    pressure, labour_follow = a.expand_pressure, a.labour_follow
    gained, sold, spare, turn = [0.0] * SECTORS, [0.0] * SECTORS, 0.0, 2.0 * pi
    have_spare = False
    for town, firms in enumerate(city.towns):
        hired = 0.0
        for firm in firms:
            sales, normal, capacity, sector = firm.revenue, firm.normal_revenue, firm.floor_capacity, firm.sector
            if new_year or capacity <= 0.0:
                firm.volatility = spread * exp(size_exponent * log(sales / MEDIAN_REVENUE)) * sqrt(-log(1.0 - random()))
                if capacity <= 0.0:
                    room = a.floor_slack + a.floor_slack_spread * abs(city.random.gauss(0.0, 1.0))
                    firm.floor_capacity = capacity = max(sales, normal) * exp(room)
            growth, left = 1.0, firm.gain_left
            if left != 0.0:
                quarters = firm.gain_quarters
                gain = left if left < 0.0 or quarters <= 1 else left / quarters
                firm.gain_left = left - gain
                firm.gain_quarters = quarters - 1 if quarters > 0 else 0
                gained[sector] += sales * gain
                growth = exp(gain)
                firm.normal_revenue = normal = normal * growth
                firm.floor_capacity = capacity = capacity * growth
            if have_spare:
                luck, have_spare = spare, False
            else:  # two normal numbers at a time, as random.gauss makes them
                angle, far = turn * random(), sqrt(-2.0 * log(1.0 - random()))
                luck, spare, have_spare = cos(angle) * far, sin(angle) * far, True
            volatility = firm.volatility
            shock = volatility * luck - 0.25 * volatility * volatility
            demand = exp(shock + push[sector] - pull * log(sales / normal))
            people = firm.employees
            firm.employees = more = people * (1.0 + labour_follow * (demand - 1.0))
            hired += more - people
            sales *= demand * growth
            if firm.land and firm.site == PLOT and sales > pressure * capacity:
                sales = pressure * capacity
            firm.revenue = sales
            sold[sector] += sales
            fixed = firm.fixed_cost
            firm.fixed_cost = fixed + follow * (firm.fixed_share * sales - fixed)
        city.world.books.counts[Count.JOBS_CHANGED, town] += round(1e6 * hired)
    state = city.world.city
    state.stolen[:] = [a.stealing_share * won / max(all_, 1.0) for won, all_ in zip(gained, sold, strict=True)]
    state.sector_sales[:] = [int(one) for one in sold]


def renew_sites(city: LeanCity) -> None:
    """In the first quarter, what neighbours make of every site; gains phase in, losses are felt at once (2.1, 2.6)."""
    world, a = city.world, city.assumptions
    if world.quarter.number != 1:
        return
    here = [[0] * SECTORS for _ in range(len(world.cells))]
    for firms in city.towns:
        for firm in firms:
            here[firm.cell][firm.sector] += 1
    outside = outside_values(city, np.array(here, np.float64))
    inside = park_values(world, a, city.levers.parks.strictness, planned=False).tolist()
    steepness, phase = a.markup_elasticity - 1.0, a.gain_quarters
    for firms in city.towns:
        for firm in firms:
            place = inside[firm.place] if firm.site == PARK else outside[firm.cell]
            now = place[firm.sector]
            change = steepness * (now - firm.site_productivity)
            firm.site_productivity = now
            firm.gain_left += change
            if change > 0.0:
                firm.gain_quarters = phase


def outside_values(city: LeanCity, here: np.ndarray) -> list[list[float]]:
    """[cell][sector] site productivity outside parks, from the firms of each cell."""
    cells, a = city.world.cells, city.assumptions
    near = a.outside_weight / city.world.scale * np.add.reduceat(here[cells.around], cells.around_start[:-1], axis=0)
    values = a.own_sector_gain * np.log1p(near) + a.upstream_gain * np.log1p(near @ city.world.sectors.upstream.T)
    listed: list[list[float]] = values.tolist()
    return listed
