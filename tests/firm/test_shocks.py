"""What nobody decides: growth that is tent-shaped and calmer for large firms, gains that phase in, and stealing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.firm import shocks
from clustersim.firm.shocks import MEDIAN_REVENUE, phased, year_spread
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import Quarter, Site, Tenure
from clustersim.world import sites
from clustersim.world.books import Count
from clustersim.world.tables import World
from tests.small_world import crowd, small_world

BASICS = Assumptions()
# Nothing but the shocks of firms: no sector moves, nothing pulls back, nobody takes over what others sold
BARE = replace(BASICS, sector_spread=0.0, firm_pull=0.0, stealing_share=0.0)
SPRING = Quarter(2022, 1)
TENANT = 4


def _calm(world: World) -> None:
    """No shocks of their own; and nobody is a newcomer, whose spread is still to be drawn."""
    world.firms.volatility[:] = 1e-12
    world.firms.floor_capacity[:] = 1.5 * world.firms.revenue


def a_year_on(world: World, assumptions: Assumptions = BARE) -> np.ndarray:
    """Log growth of revenue over the four quarters of a year."""
    before = world.firms.revenue.copy()
    for number in (1, 2, 3, 4):
        world.quarter = Quarter(2022, number)
        shocks.strike(world, assumptions)
    return np.log(world.firms.revenue / before)


def test_yearly_growth_is_tent_shaped() -> None:
    growth = a_year_on(crowd(TENANT, 60_000))
    growth -= growth.mean()
    spread = growth.std()
    assert np.abs(growth).mean() / spread == pytest.approx(np.sqrt(0.5), abs=0.015)  # Laplace 0.707, normal 0.798
    assert (growth**4).mean() / spread**4 == pytest.approx(6.0, abs=1.0)  # Laplace 6, normal 3


def test_the_spread_of_growth_falls_with_size() -> None:
    sizes = np.array([5e5, 2e6, 8e6, 32e6])
    world = crowd(TENANT, 40_000)
    firms = world.firms
    firms.revenue[:] = firms.normal_revenue[:] = np.repeat(sizes, 10_000)
    growth = a_year_on(world).reshape(4, -1)
    slope = np.polyfit(np.log(sizes), np.log(growth.std(axis=1)), 1)[0]
    assert slope == pytest.approx(-0.15, abs=0.02)


def test_the_year_has_one_variance_and_its_mean_is_as_said() -> None:
    drawn = np.array([year_spread(7, SPRING.index, uid, MEDIAN_REVENUE, 0.11, -0.15) for uid in range(20_000)])
    assert (drawn**2).mean() == pytest.approx(0.11**2, rel=0.03)
    world = crowd(TENANT, 100)
    a_year_on(world)
    assert len(np.unique(world.firms.volatility)) == 100
    spreads = world.firms.volatility.copy()
    world.quarter = Quarter(2022, 4)
    shocks.strike(world, BARE)
    assert np.array_equal(world.firms.volatility, spreads)
    world.quarter = Quarter(2023, 1)
    shocks.strike(world, BARE)
    assert (world.firms.volatility != spreads).all()


def test_in_the_long_run_shocks_make_no_revenue() -> None:
    """A quarter of the variance is taken off each quarter; together with the pull that leaves mean sales alone."""
    world = crowd(TENANT, 20_000)
    world.quarter = SPRING
    level = []
    for _ in range(160):
        shocks.strike(world, replace(BARE, firm_pull=BASICS.firm_pull))
        level.append(world.firms.revenue.mean() / world.firms.normal_revenue.mean())
        world.quarter += 1
    assert np.mean(level[80:]) == pytest.approx(1.0, abs=0.02)


def test_revenue_is_pulled_back_to_what_productivity_earns() -> None:
    world = crowd(TENANT, 60_000)
    world.firms.revenue[:] = 2.0 * world.firms.normal_revenue
    world.quarter = SPRING
    shocks.strike(world, replace(BARE, firm_pull=0.1))
    away = np.log(world.firms.revenue / world.firms.normal_revenue)
    assert away.mean() == pytest.approx(0.9 * np.log(2.0), abs=0.01)


def test_a_sector_moves_together() -> None:
    world = small_world()
    _calm(world)
    before = world.firms.revenue.copy()
    world.quarter = Quarter(2022, 2)
    shocks.strike(world, replace(Assumptions(), firm_pull=0.0))
    growth = np.log(world.firms.revenue / before)
    tenants = world.firms.tenure == Tenure.TENANT
    assert growth[tenants] == pytest.approx(world.city.sector_demand[world.firms.sector][tenants], abs=1e-9)
    assert len(np.unique(world.city.sector_demand)) == 14
    demand = world.city.sector_demand.copy()
    world.quarter = Quarter(2022, 3)
    shocks.strike(world, replace(Assumptions(), firm_pull=0.0, sector_spread=0.0))
    assert world.city.sector_demand == pytest.approx(0.8 * demand)


def test_a_gain_phases_in_over_four_quarters_and_a_loss_at_once() -> None:
    world = crowd(TENANT, 12)
    firms = world.firms
    _calm(world)
    firms.gain_left[:2], firms.gain_quarters[:2] = (0.2, -0.2), (4, 0)
    start = firms.revenue.copy()
    path = []
    for number in (2, 3, 4, 2, 3):  # no first quarter, which would draw the year's spread
        world.quarter = Quarter(2022, number)
        shocks.strike(world, BARE)
        path.append(np.log(firms.revenue / start))
    assert np.array(path)[:, 0] == pytest.approx([0.05, 0.10, 0.15, 0.20, 0.20], abs=1e-6)
    assert np.array(path)[:, 1] == pytest.approx([-0.2] * 5, abs=1e-6)
    assert firms.normal_revenue == pytest.approx(firms.revenue, rel=1e-6)


@settings(deadline=None)
@given(st.floats(-2.0, 2.0), st.integers(0, 8))
def test_a_gain_is_felt_in_full_and_never_more(gain: float, quarters: int) -> None:
    left, felt = gain, 0.0
    for step in range(quarters + 1):
        part = phased(left, quarters - step)
        assert abs(part) <= abs(left)
        left, felt = left - part, felt + part
    assert felt == pytest.approx(gain, abs=1e-12) and abs(left) < 1e-12


def test_a_share_of_every_gain_is_taken_from_the_sector() -> None:
    stealing = replace(BARE, stealing_share=0.3)
    world = crowd(TENANT, 12)
    firms = world.firms
    _calm(world)
    firms.sector[5:] = 7  # another trade
    firms.gain_left[0], firms.gain_quarters[0] = 0.4, 4  # a tenth a quarter for one of five of equal size
    world.quarter = Quarter(2022, 2)
    before = firms.revenue.copy()
    shocks.strike(world, stealing)
    gained = 0.1 * before[0] / firms.revenue[:5].sum()
    assert world.city.stolen[firms.sector[0]] == pytest.approx(0.3 * gained, rel=1e-4)
    assert not np.delete(world.city.stolen, firms.sector[0]).any()
    before = firms.revenue.copy()
    firms.gain_left[:] = 0.0
    world.quarter = Quarter(2022, 3)
    shocks.strike(world, stealing)
    growth = np.log(firms.revenue / before)
    assert growth[:5] == pytest.approx(-0.3 * gained, rel=1e-3)
    assert growth[5:] == pytest.approx(0.0, abs=1e-9)
    assert not world.city.stolen.any()


def test_an_owner_cannot_sell_more_than_its_floor_carries() -> None:
    world = crowd(0, 2000)
    firms = world.firms
    assert (firms.tenure == Tenure.OWNER).all() and (firms.site == Site.PLOT).all()
    firms.floor_capacity[:] = 0.7 * firms.revenue
    world.quarter = SPRING
    shocks.strike(world, BARE)
    assert firms.revenue.max() <= 1.25 * 0.7 * 40e6 * (1.0 + 1e-12)
    assert (firms.revenue == 1.25 * firms.floor_capacity).any()


def test_workers_follow_a_part_of_demand_and_the_books_know() -> None:
    world = crowd(TENANT, 3000)
    before, revenue = world.firms.employees.copy(), world.firms.revenue.copy()
    world.quarter = SPRING
    shocks.strike(world, BARE)
    demand = world.firms.revenue / revenue
    assert world.firms.employees == pytest.approx(before * (1.0 + BASICS.labour_follow * (demand - 1.0)))
    change = world.books.counts[Count.JOBS_CHANGED].sum() / 1e6
    assert change == pytest.approx(world.firms.employees.sum() - before.sum(), abs=0.01)


def test_the_dead_feel_nothing() -> None:
    world = crowd(TENANT, 100)
    world.firms.alive[::2] = False
    before = world.firms.revenue.copy()
    world.quarter = SPRING
    shocks.strike(world, BARE)
    assert np.array_equal(world.firms.revenue[::2], before[::2])
    assert (world.firms.revenue[1::2] != before[1::2]).all()


def test_competitors_take_over_a_part_of_what_closed_firms_sold() -> None:
    world = crowd(TENANT, 12)
    firms = world.firms
    _calm(world)
    firms.sector[6:] = 7  # another trade
    sharing = replace(BARE, recovered_share=0.5)
    world.quarter = Quarter(2022, 2)
    shocks.strike(world, sharing)
    sold = int(firms.revenue[:6].astype(np.int64).sum())
    firms.exit_cause[0] = 1
    sites.leave(world, np.array([0]))
    assert world.city.vacated_sales[firms.sector[0]] == int(firms.revenue[0])
    before = firms.revenue.copy()
    world.quarter = Quarter(2022, 3)
    shocks.strike(world, sharing)
    growth = np.log(firms.revenue / before)
    assert growth[1:6] == pytest.approx(0.5 * before[0] / sold, rel=1e-6)
    assert growth[6:] == pytest.approx(0.0, abs=1e-9)
    assert not world.city.vacated_sales.any(), "shared out once"


@pytest.mark.parametrize("vacated", [40_000_000, -40_000_000])
def test_a_trade_that_was_empty_is_not_torn_apart_by_who_comes_and_goes(vacated: int) -> None:
    world = crowd(TENANT, 12)
    _calm(world)
    trade = world.firms.sector[0]
    world.city.sector_sales[trade], world.city.vacated_sales[trade] = 0, vacated
    before = world.firms.revenue.copy()
    world.quarter = Quarter(2022, 2)
    shocks.strike(world, replace(BARE, recovered_share=0.5))
    assert np.abs(np.log(world.firms.revenue / before)).max() <= 0.5 + 1e-9
