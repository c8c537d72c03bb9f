"""The five indices on cases reckoned by hand: space, clusters, factors, functions, green."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, POLICY_START, Quarter, Service, Site, Tenure, Unit
from clustersim.indicators import Measures, measure, set_base
from clustersim.indicators.census import take_census
from clustersim.indicators.clusters import PERMUTATIONS, adjusted, ellison_glaeser, information
from clustersim.indicators.factors import ranks_of, use_score
from clustersim.indicators.functions import supply
from clustersim.indicators.green import against_base, green_index
from clustersim.indicators.space import most_borders
from clustersim.quarter import History
from clustersim.world.tables import World
from tests.small_world import SIDE, small_world

BASICS = Assumptions()
FULL = 50_000
SQUARE = 1e6 / 667.0  # mu in a square kilometre


def measured(world: World) -> Measures:
    return measure(world, BASICS)


def city(firms: int = 240) -> World:
    """A small world whose firms each stand for one."""
    world = small_world(firms)
    world.size = FULL
    return world


# Space


def one_plot(cell: int, mu: int) -> World:
    """Nothing but one plot: an owner in the first town."""
    world = city(12)
    firms, accounts, city_ = world.firms, world.accounts, world.city
    firms.alive[1:] = False
    firms.cell[0], firms.land[0] = cell, 100 * mu
    city_.cell_land[:] = 0
    city_.cell_land[cell] = 100 * mu
    accounts.owners_land[:], accounts.absent_land[:] = (100 * mu, 0, 0), 0
    accounts.ordinary_floor[:], accounts.vacant_floor[:] = (firms.floor[0], 0, 0), 0
    world.parks.floor[:], world.parks.free[:], world.parks.land[:], world.parks.firms_by_sector[:] = 0, 0, 0, 0
    world.blocks.land[:], world.blocks.floor[:] = 0, 0
    return world


@pytest.mark.parametrize(("cell", "within"), [(5, True), (0, True), (14, False)])
def test_space_of_a_single_plot(cell: int, within: bool) -> None:
    world = one_plot(cell, 300)
    assert world.city.planned[cell] == within
    near = world.cells.near[world.cells.near_start[cell] : world.cells.near_start[cell + 1]]
    buildable = (~world.cells.hill[near]).sum() * SQUARE
    found = measured(world)
    assert found.value("planned_land_share") == float(within)
    assert found.value("surrounded_land_share") == pytest.approx(300.0 / buildable, rel=1e-9)
    assert found.value("space") == pytest.approx(np.sqrt(within * 300.0 / buildable), rel=1e-9)
    assert found.value("industrial_land_mu") == found.value("land_in_use_mu") == 300.0
    assert found.value("scattered_land_mu") == (0.0 if within else 300.0)
    assert found.value("floor_area_ratio") == pytest.approx(world.firms.floor[0] / 100.0 / (300.0 * 667.0))
    assert found.value("space", town=1) == 0.0


def test_land_is_worth_more_together_and_in_the_plan() -> None:
    def space(cells: list[int]) -> float:
        world = one_plot(5, 300)
        world.city.cell_land[:] = 0
        for cell in cells:
            world.city.cell_land[cell] += 100 * 300 // len(cells)
        return measured(world).value("space")

    together, apart, outside = space([5, 6]), space([0, 10]), space([3, 14])
    assert together > apart > outside == 0.0


def test_village_land_is_in_use_and_never_planned() -> None:
    world = one_plot(5, 300)
    firms = world.firms
    firms.alive[6], firms.town[6], firms.cell[6], firms.floor[6] = True, 0, 5, 100 * 60_030  # 100 mu at 0.9
    assert firms.site[6] == Site.VILLAGE
    found = measured(world)
    assert found.value("village_land_mu") == pytest.approx(100.0, abs=0.01)
    assert found.value("land_in_use_mu") == pytest.approx(400.0, abs=0.01)
    assert found.value("planned_land_share") == pytest.approx(0.75, abs=1e-4)


def test_the_mask_measures_even_when_the_plan_is_off(city_history: History) -> None:
    world = city_history.world.copy()
    before = measured(world).value("space")
    world.city.may_build[:] = ~world.cells.hill
    assert measured(world).value("space") == before > 0.0


def test_aggregation_of_a_square_and_of_a_chessboard() -> None:
    world = one_plot(5, 300)
    full = np.int64(100 * SQUARE * 0.2)
    inside = np.arange(3 * SIDE * SIDE)
    row, column = inside // SIDE % SIDE, inside % SIDE
    first = inside < SIDE * SIDE
    world.city.cell_land[:] = np.where(first & (row < 2) & (column < 2), full, 0)
    assert measured(world).value("aggregation") == 1.0
    world.city.cell_land[:] = np.where(first & ((row + column) % 2 == 1), full, 0)
    assert measured(world).value("aggregation") == 0.0
    assert most_borders(np.array([8, 10, 12, 16])).tolist() == [10, 13, 17, 24]


def test_a_smaller_city_of_the_same_density_has_the_same_surroundings(city_history: History) -> None:
    """Land counts in full-city equivalents: the share of a city of 2,000 is near that of one of 10,000."""
    found = measured(city_history.world.copy())
    assert 0.05 < found.value("surrounded_land_share") < 0.5


# Clusters

tables = st.lists(st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=2, max_size=6)


@settings(deadline=None)
@given(tables)
def test_information_is_what_the_textbook_says(table: list[list[int]]) -> None:
    jobs = np.array(table, np.int64)
    shared, entropy = information(jobs)
    share = jobs / max(jobs.sum(), 1)

    def bits(of: np.ndarray) -> float:
        seen = of[of > 0]
        return float(-(seen * np.log(seen)).sum())

    assert entropy == pytest.approx(bits(share.sum(axis=0)), abs=1e-12)
    mutual = bits(share.sum(axis=0)) + bits(share.sum(axis=1)) - bits(share.ravel())
    assert shared == pytest.approx(mutual, abs=1e-9)
    assert -1e-12 <= shared <= entropy + 1e-9


def test_towns_that_all_make_the_same_share_nothing_and_towns_with_a_trade_each_share_all() -> None:
    assert information(np.tile(np.array([5, 3, 2], np.int64), (4, 1)))[0] == pytest.approx(0.0, abs=1e-12)
    shared, entropy = information(np.diag([5, 3, 2]).astype(np.int64))
    assert shared == pytest.approx(entropy) and adjusted(shared, 0.1, entropy) == pytest.approx(1.0)


def test_a_city_with_a_trade_for_every_town_scores_one() -> None:
    world = city(240)
    world.firms.sector[:] = world.firms.town
    found = measured(world)
    assert found.value("clusters") == pytest.approx(1.0)
    assert found.value("lead_sector_output_share") == 1.0
    assert [found.value("clusters", town) for town in range(3)] == [1.0, 1.0, 1.0]
    assert found.value("location_quotients_high") == 3.0


def test_shuffled_labels_score_nothing(city_history: History) -> None:
    scores = []
    for seed in range(8):
        world = city_history.world.copy()
        rows = np.flatnonzero(world.firms.alive[: world.rows])
        world.firms.sector[rows] = np.random.default_rng(seed).permutation(world.firms.sector[rows])
        world.city.null_information[:] = 0.0  # a null of its own
        scores.append(measured(world).value("clusters"))
    assert max(scores) < 0.08 and np.mean(scores) < 0.03, "what 2,000 firms leave to chance"


def test_the_null_is_what_shuffling_gives(city_history: History) -> None:
    world = city_history.world.copy()
    world.city.null_information[:] = 0.0
    found = measured(world).value("mutual_information_null")
    firms, rows = world.firms, np.flatnonzero(world.firms.alive[: world.rows])
    luck, by_hand = np.random.default_rng(5), []
    for _ in range(200):
        jobs = np.zeros((len(world.towns), 14))
        np.add.at(jobs, (firms.town[rows], luck.permutation(firms.sector[rows])), firms.employees[rows])
        by_hand.append(information((jobs * 1e6).astype(np.int64))[0])
    error = np.std(by_hand) / np.sqrt(PERMUTATIONS)
    assert abs(found - np.mean(by_hand)) < 4.0 * error


def test_ellison_glaeser_by_its_own_formula() -> None:
    """Two towns and two trades; each trade in plants of 10 and 20 people."""
    jobs = np.array([[30, 10], [0, 20]], np.int64) * 1_000_000
    squares = np.array([10**2 + 20**2, 10**2 + 20**2], np.int64) * 1_000_000
    x = np.array([40.0, 20.0]) / 60.0
    shares = np.array([[1.0, 1.0 / 3.0], [0.0, 2.0 / 3.0]])
    herfindahl = 500.0 / 900.0
    raw = ((shares - x[:, None]) ** 2).sum(axis=0) / (1.0 - (x * x).sum())
    gammas = (raw - herfindahl) / (1.0 - herfindahl)
    assert ellison_glaeser(jobs, squares) == pytest.approx(gammas.mean(), abs=1e-12)


def test_darts_give_a_gamma_of_nothing() -> None:
    luck = np.random.default_rng(3)
    gammas = []
    for _ in range(60):
        town, sector = luck.integers(0, 6, 900), luck.integers(0, 5, 900)
        people = np.exp(luck.normal(2.0, 0.8, 900))
        jobs, squares = np.zeros((6, 5)), np.zeros(5)
        np.add.at(jobs, (town, sector), people)
        np.add.at(squares, sector, people * people)
        gammas.append(ellison_glaeser((jobs * 1e6).astype(np.int64), (squares * 1e6).astype(np.int64)))
    assert abs(np.mean(gammas)) < 0.004, "the shares of towns are those of the same firms, which takes a little off"


# Factors


def test_ranks_are_half_when_use_and_productivity_have_nothing_to_do_with_each_other() -> None:
    world = city(6000)
    luck = np.random.default_rng(2)
    firms = world.firms
    firms.employees[:] = np.exp(luck.normal(2.0, 0.7, 6000))
    firms.kwh_per_yuan[:] = np.exp(luck.normal(-3.0, 0.5, 6000))
    firms.revenue[:] = firms.employees * np.exp(luck.normal(11.0, 0.5, 6000))
    found = measured(world)
    assert found.value("rank_labour") == pytest.approx(0.5, abs=0.02)
    firms.employees[:] = firms.revenue / 3e5  # all alike
    firms.kwh_per_yuan[:] = 0.06
    found = measured(world)
    assert found.value("rank_labour") == pytest.approx(0.5, abs=1e-5)
    assert found.value("rank_power") == pytest.approx(0.5, abs=1e-5)


def test_ranks_rise_when_the_productive_use_more() -> None:
    world = city(1200)
    firms = world.firms
    firms.employees[:] = 10.0
    firms.employees[::2], firms.revenue[::2], firms.revenue[1::2] = 90.0, 90e6, 1e6
    better = measured(world).value("rank_labour")
    firms.revenue[::2], firms.revenue[1::2] = 9e6, 10e6
    worse = measured(world).value("rank_labour")
    assert better == pytest.approx(0.9 * 0.75 + 0.1 * 0.25, abs=1e-5)
    assert worse == pytest.approx(0.9 * 0.25 + 0.1 * 0.75, abs=1e-5)


@settings(deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_the_mean_rank_of_all_firms_is_a_half(histogram: list[int]) -> None:
    counts = np.array([histogram], np.int64)
    ranks = ranks_of(counts)
    assert (np.diff(ranks[0]) >= 0).all()
    if counts.sum():
        assert (counts * ranks).sum() / counts.sum() == pytest.approx(500_000, abs=1.0)


def test_whatever_is_in_parks_is_in_good_hands() -> None:
    world = city(240)
    firms = world.firms
    set_base(world, BASICS)
    firms.revenue[:] = 1.0  # nobody meets the line
    firms.kwh_per_yuan[:] *= 1000.0
    none = measured(world)
    in_parks = firms.site == Site.PARK
    share = firms.employees[in_parks].sum() / firms.employees.sum()
    assert none.value("good_hands_labour") == pytest.approx(share, rel=1e-3)
    firms.alive[~in_parks] = False
    assert measured(world).value("good_hands_labour") == 1.0


def test_the_line_of_good_use_is_that_of_the_base_and_no_quota_moves_it(city_history: History) -> None:
    world = city_history.world.copy()
    firms = world.firms
    firms.grade[:] = 4
    before = measured(world)
    firms.grade[:] = 1
    assert measured(world).value("good_hands_land") == before.value("good_hands_land")
    firms.revenue[:] *= 1.3
    after = measured(world)
    assert after.value("good_hands_land") > before.value("good_hands_land") > 0.0
    assert after.value("rank_land") == pytest.approx(before.value("rank_land"), abs=0.01), "ranks are relative"
    assert use_score(2.0, 2.0, 1.0, 1.0) == 1.5


def test_olley_pakes_by_hand() -> None:
    world = city(12)
    firms = world.firms
    weighted = (firms.productivity * firms.employees).sum() / firms.employees.sum()
    assert measured(world).value("olley_pakes") == pytest.approx(weighted - firms.productivity.mean(), abs=1e-5)


def test_land_on_a_plot_is_shared_by_floor() -> None:
    world = city(12)
    firms = world.firms
    land = take_census(world, BASICS).land_used / 1e4
    owner, tenant = 1, 3
    plot = firms.land[owner] / 100.0
    floors = firms.floor[[owner, tenant]] / firms.floor[[owner, tenant]].sum()
    assert land[[owner, tenant]] == pytest.approx(plot * floors, abs=1e-3)
    assert land[5] == pytest.approx(firms.floor[5] / 100.0 / (0.9 * 667.0), abs=1e-3)
    assert land[0] == firms.land[0] / 100.0


# Functions


def test_functions_of_one_park() -> None:
    world = city(12)
    firms, parks, cells = world.firms, world.parks, world.cells
    parks.floor[1:], parks.free[1:] = 0, 0
    parks.floor[0] = parks.free[0] = 0
    parks.floor[0, Unit.STANDARD] = 100 * 10_000  # ten firms have room: the platform reaches fifty
    parks.services[0] = 0.6
    parks.services[0, Service.LAW] = 0.0
    reach = cells.around[cells.around_start[parks.cell[0]] : cells.around_start[parks.cell[0] + 1]]
    near = np.isin(firms.cell, reach)
    assert 0 < near.sum() < 12
    found = measured(world)
    assert found.value("functions") == pytest.approx(near.mean() * 0.6 * 8.0 / 9.0, abs=1e-5)
    assert found.value("in_reach_share") == pytest.approx(near.mean())
    assert found.value("service_level") == pytest.approx(0.6 * 8.0 / 9.0, abs=1e-5)
    parks.floor[0, Unit.STANDARD] = 100 * 200 * near.sum() // 2  # room for half as many at five times its own
    assert measured(world).value("functions") == pytest.approx(near.mean() * 0.6 * 8.0 / 9.0 / 2.0, abs=0.02)


def test_functions_are_nothing_without_parks_and_never_more_than_one() -> None:
    world = city(12)
    world.parks.floor[:] = 0
    assert measured(world).value("functions") == 0.0
    world.parks.floor[:, Unit.STANDARD] = 10**9
    world.parks.services[:] = 1.0
    world.firms.cell[:] = world.parks.cell[0]
    assert measured(world).value("functions") == 1.0
    assert supply(1.0, 10.0, 0.0) == 1.0


# Green


def test_green_is_a_half_at_the_end_of_the_history_everywhere(city_history: History) -> None:
    assert city_history.world.quarter == POLICY_START
    for measures in city_history.measures[-1:]:
        assert measures.value("green") == 0.5
    found = measured(city_history.world.copy())
    firms = [found.value("firms", town) for town in range(len(city_history.world.towns))]
    greens = [found.value("green", town) for town in range(len(city_history.world.towns))]
    assert greens == [0.5 if many else 0.0 for many in firms]


def test_green_is_the_geometric_mean_of_three_comparisons() -> None:
    world = city(240)
    set_base(world, BASICS)
    assert measured(world).value("green") == 0.5
    world.firms.revenue[:] *= 2.0
    world.firms.kwh_per_yuan[:] /= 3.0
    world.firms.emission_per_yuan[:] /= 4.0
    found = measured(world)
    expected = (2.0 / 3.0 * 3.0 / 4.0 * 4.0 / 5.0) ** (1.0 / 3.0)
    assert found.value("green") == pytest.approx(expected, abs=1e-4)


@settings(deadline=None)
@given(
    st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3), st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3),
    st.floats(1e-3, 1e3), st.floats(1.0, 10.0),
)  # fmt: skip
def test_green_has_no_units_and_rises_with_each_ratio(
    now: list[float], then: list[float], unit: float, more: float
) -> None:
    index = green_index(*now, *then)
    assert 0.0 < index < 1.0
    assert green_index(*(unit * one for one in now), *(unit * one for one in then)) == pytest.approx(index, rel=1e-9)
    assert green_index(now[0] * more, now[1], now[2], *then) >= index - 1e-12
    assert green_index(now[0], now[1] * more, now[2], *then) >= index - 1e-12
    assert green_index(now[0], now[1], now[2] * more, *then) <= index + 1e-12
    assert green_index(*then, *then) == pytest.approx(0.5, abs=1e-15)
    assert against_base(now[0], then[0]) + against_base(then[0], now[0]) == pytest.approx(1.0)


def test_per_mu_figures_by_hand() -> None:
    world = city(12)
    firms = world.firms
    found = measured(world)
    value_added = 0.22 * firms.revenue.sum()
    assert found.value("value_added_yuan") == pytest.approx(value_added, abs=1.0)
    assert found.value("value_added_per_mu") == pytest.approx(value_added / found.value("land_in_use_mu"))
    kwh = (firms.revenue * firms.kwh_per_yuan).sum()
    assert found.value("electricity_kwh") == pytest.approx(kwh, abs=12.0)
    assert found.value("value_added_per_kwh") == pytest.approx(value_added / kwh, rel=1e-6)
    assert found.value("value_added_per_worker") == pytest.approx(value_added / firms.employees.sum(), rel=1e-6)
    above = firms.above_scale
    assert above.sum() == 1
    tax = 0.22 * (0.23 * firms.revenue[above].sum() + 0.10 * firms.revenue[~above].sum())
    assert found.value("tax_per_mu") == pytest.approx(tax / found.value("land_in_use_mu"))
    land = firms.land[above].sum() / 100.0
    assert found.value("above_scale_tax_per_mu") == pytest.approx(0.22 * 0.23 * 40e6 / land)
    assert found.value("above_scale_tax_per_mu_with_rebate") == pytest.approx(0.22 * 0.23 * 40e6 / land / 0.6)
    assert found.value("above_scale_output_share") == pytest.approx(40e6 / firms.revenue.sum())


def test_a_town_without_firms_measures_zero_and_never_nothing() -> None:
    world = city(12)
    world.firms.alive[world.firms.town == 2] = False
    found = measured(world)
    assert np.isfinite(found.values).all()
    assert found.value("green", town=2) == found.value("clusters", town=2) == found.value("factors", town=2) == 0.0
    assert found.value("firms", town=2) == 0.0


def test_measuring_changes_nothing_but_the_yearly_null(city_history: History) -> None:
    world = city_history.world.copy()
    world.quarter = Quarter(2022, 2)
    first = measured(world)
    again = measured(world)
    assert first.values.tobytes() == again.values.tobytes()
    assert (world.firms.landlord[: world.rows] >= NOBODY).all()
    other = replace(world, seed=99)
    other.city = replace(world.city, null_information=np.zeros(2))
    assert measured(other).value("clusters") != first.value("clusters")
    assert measured(other).value("space") == first.value("space")
    assert (other.firms.tenure == Tenure.OWNER).any()
