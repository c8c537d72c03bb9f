"""Stories of newcomers, of licences on village land and of the power there (3.7, 3.8)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, POLICY_START, SECTORS, Cause, Quarter, Site, Tenure, Unit
from clustersim.letter import entry
from clustersim.letter.entry import (
    Levers,
    Newcomers,
    arrivals,
    draw,
    fails_renewal,
    incubator_floor,
    must_renew,
    within_power,
)
from clustersim.letter.entry.levers import WHEN_OFF
from clustersim.quarter import History
from clustersim.scenario import Scenario
from clustersim.world import laws
from clustersim.world.books import Count, Flow
from clustersim.world.census import hold_against_books, take_census
from clustersim.world.columns import described_columns
from clustersim.world.tables import World
from tests.cities import step_by_step
from tests.small_world import small_world

BASICS = Assumptions()
MANY = replace(BASICS, entry_rate=1.0)  # as many newcomers a year as there are firms
LETTER = Levers()
OPEN, TIGHT = replace(LETTER, leak=1.0), replace(LETTER, leak=0.0)
NOW = Quarter(2022, 4)
FIRMS = 240


def city(firms: int = FIRMS) -> World:
    """Two open parks with incubators, and room for as many firms again."""
    world = small_world(firms).copy()
    world.quarter = NOW
    world.city.incubator_unit = 15_000
    for park in range(2):
        world.parks.free[park, Unit.INCUBATOR] += 300_000
        world.parks.floor[park, Unit.INCUBATOR] += 300_000
    world.books.open()
    return world


def admitted(world: World, levers: Levers = LETTER, assumptions: Assumptions = MANY) -> World:
    before = take_census(world)
    entry.admit_newcomers(world, levers, assumptions)
    laws.check(world)
    hold_against_books(world, before)
    return world


def new_rows(world: World) -> np.ndarray:
    return np.flatnonzero(world.firms.born[: world.rows] == NOW.index)


def count(world: World, what: Count) -> int:
    return int(world.books.counts[what].sum())


def drawn_now(assumptions: Assumptions = MANY) -> Newcomers:
    return draw(city(), assumptions)


# Who comes


def test_newcomers_are_the_same_whatever_the_policy_and_whatever_was_done() -> None:
    calm, stormy = city(), city()
    draw(calm, MANY), draw(stormy, MANY)
    stormy.firms.alive[::3] = False
    stormy.firms.revenue[:] *= 2.0
    stormy.parks.free[:] = 0
    calm.quarter += 1
    stormy.quarter += 1
    one, other = draw(calm, MANY), draw(stormy, MANY)
    for name in described_columns(Newcomers):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert len(one) > 50


def test_newcomers_of_a_real_city_are_the_same_under_opposite_policies(town_history: History) -> None:
    """Started and refused together, quarter by quarter, and the started ones in all that is theirs."""
    policies = [Scenario(), Scenario().with_only([])]
    for (one, first), (other, second) in zip(
        *(step_by_step(town_history, policy, Quarter(2023, 2)) for policy in policies), strict=True
    ):
        came = [now.value("entered") + now.value("refused_starts") for now in (first, second)]
        assert came[0] == came[1]
        born = [np.flatnonzero(world.firms.born[: world.rows] == first.quarter.index) for world in (one, other)]
        uids = [world.firms.uid[rows] for world, rows in zip((one, other), born, strict=True)]
        both, mine, theirs = np.intersect1d(*uids, return_indices=True)
        assert len(both)
        for name in ("sector", "town", "revenue", "productivity", "cash", "safety", "employees"):
            column = [getattr(world.firms, name)[rows] for world, rows in zip((one, other), born, strict=True)]
            assert np.array_equal(column[0][mine], column[1][theirs]), name


def test_uids_come_from_quarter_and_place_and_never_repeat() -> None:
    world = city()
    seen: set[int] = set(world.firms.uid[: world.rows].tolist())
    for _ in range(3):
        uids = draw(world, MANY).uid.tolist()
        assert uids == sorted(set(uids)) and not seen & set(uids)
        seen |= set(uids)
        world.quarter += 1


def test_nine_in_a_hundred_come_a_year_and_no_fraction_is_lost() -> None:
    world = city()
    came = np.zeros(3, np.int64)
    for _ in range(40):
        came += arrivals(world, BASICS)
    assert came.sum() == pytest.approx(10 * 0.09 * FIRMS, abs=1)
    assert came.max() - came.min() <= 1


def test_newcomers_bring_six_quarters_of_fixed_cost() -> None:
    drawn = drawn_now()
    assert drawn.cash / 100.0 == pytest.approx(1.5 * drawn.fixed_cost, abs=0.011)
    assert drawn.fixed_cost == pytest.approx(drawn.fixed_share * drawn.revenue)


def test_newcomers_resemble_the_small_tenants_of_a_real_city_with_wider_margins(city_history: History) -> None:
    world = city_history.world.copy()
    drawn = draw(world, replace(BASICS, entry_rate=4.0))
    firms, rows = world.firms, np.arange(world.rows)
    small = rows[firms.alive[rows] & (firms.tenure[rows] == Tenure.TENANT) & ~firms.above_scale[rows]]
    assert len(drawn) > 1500
    shares = [np.bincount(one, minlength=SECTORS) / len(one) for one in (drawn.sector, firms.sector[rows])]
    assert np.abs(shares[0] - shares[1]).max() < 0.04
    sizes = [np.log(one).mean() for one in (drawn.revenue, firms.revenue[small])]
    assert sizes[0] - sizes[1] == pytest.approx(np.log(BASICS.entry_size), abs=0.2)
    spreads = [one.std() for one in (drawn.fixed_share, firms.fixed_share[small])]
    assert 1.2 < spreads[0] / spreads[1] < 1.8
    for name in ("safety", "environment", "fire", "energy"):
        means = [getattr(one, name)[of].mean() for one, of in ((drawn, slice(None)), (firms, small))]
        assert means[0] == pytest.approx(means[1], abs=0.04), name


# Where they may start (3.7)


def test_without_control_whoever_wants_village_land_starts_there() -> None:
    world = admitted(city(), OPEN)
    rows = new_rows(world)
    in_village = world.firms.site[rows] == Site.VILLAGE
    assert in_village.any() and count(world, Count.REFUSED_STARTS) == 0
    assert count(world, Count.VILLAGE_STARTS) == in_village.sum()
    assert count(world, Count.ENTERED) == len(rows)
    drawn = drawn_now()
    wanted = drawn.uid[drawn.wants_village]
    assert np.isin(wanted, world.firms.uid[rows[in_village]]).all()


def test_without_a_leak_nobody_starts_on_village_land() -> None:
    world = admitted(city(), TIGHT)
    rows = new_rows(world)
    assert len(rows) and not (world.firms.site[rows] == Site.VILLAGE).any()
    assert count(world, Count.VILLAGE_STARTS) == 0


def test_the_leak_lets_its_share_through() -> None:
    wanted, leaked = 0, 0
    for seed in range(40):
        world = city()
        world.seed = seed
        world.accounts.vacant_floor[:] = world.accounts.vacated_plants[:] = 0  # nowhere else to go
        for town in range(3):
            world.accounts.ordinary_floor[town] -= 200_000
        admitted(world, replace(LETTER, leak=0.2))
        leaked += count(world, Count.VILLAGE_STARTS)
        wanted += count(world, Count.ENTERED) + count(world, Count.REFUSED_STARTS)
    assert leaked / wanted == pytest.approx(0.2, abs=0.025)


def test_a_refused_newcomer_tries_an_incubator_then_floor_to_let_then_never_starts() -> None:
    homes = {}
    for name, incubator, vacant in (("incubator", True, True), ("floor", False, True), ("nowhere", False, False)):
        world = city()
        if not incubator:
            world.parks.free[:2, Unit.INCUBATOR] = 0
            world.parks.floor[:2, Unit.INCUBATOR] = 0
        if not vacant:
            world.accounts.vacant_floor[:] = world.accounts.vacated_plants[:] = 0
            world.accounts.ordinary_floor -= 200_000
        drawn = drawn_now()
        admitted(world, TIGHT)
        wanting = drawn.uid[drawn.wants_village & (drawn.floor <= 15_000)]
        rows = new_rows(world)
        mine = rows[np.isin(world.firms.uid[rows], wanting)]
        homes[name] = (
            {Site(site).name for site in world.firms.site[mine]}, len(mine), len(wanting), world, mine
        )  # fmt: skip
    sites, started, wanted, world, mine = homes["incubator"]
    assert "PARK" in sites and "VILLAGE" not in sites
    inside = mine[world.firms.site[mine] == Site.PARK]
    assert (world.firms.unit[inside] == Unit.INCUBATOR).all() and (world.firms.floor[inside] % 15_000 == 0).all()
    assert np.array_equal(world.firms.town[inside], world.parks.town[world.firms.place[inside]])
    assert np.array_equal(world.firms.cell[inside], world.parks.cell[world.firms.place[inside]])
    sites, started, wanted, *_ = homes["floor"]
    assert sites == {"PLOT"} and 0 < started <= wanted
    sites, started, wanted, world, _ = homes["nowhere"]
    assert started == 0 and count(world, Count.REFUSED_STARTS) > 0


def test_an_incubator_takes_no_vetoed_trade_no_hazard_and_nobody_too_large() -> None:
    def inside(**terms: object) -> int:
        world = city()
        world.accounts.vacant_floor[:] = world.accounts.vacated_plants[:] = 0
        world.accounts.ordinary_floor -= 200_000
        for name, value in terms.items():
            setattr(world.city, name, value)
        admitted(world, TIGHT)
        return int((world.firms.site[new_rows(world)] == Site.PARK).sum())

    assert inside() > 0
    assert inside(park_vetoes=2**SECTORS - 1) == 0
    assert inside(entrant_hazard=0.05) == 0
    assert inside(incubator_unit=1) == 0
    assert [int(incubator_floor(need, 15_000)) for need in (1, 15_000, 15_001, 30_000, 30_001)] == [
        15_000, 15_000, 30_000, 30_000, 0,
    ]  # fmt: skip


def test_vacant_floor_is_let_until_there_is_none_left() -> None:
    world = city()
    before = world.accounts.vacant_floor.copy()
    admitted(world, TIGHT)
    rows = new_rows(world)
    on_plots = rows[world.firms.site[rows] == Site.PLOT]
    let = np.bincount(world.firms.town[on_plots], world.firms.floor[on_plots], minlength=3)
    assert np.array_equal(before - world.accounts.vacant_floor, let)
    assert (world.accounts.vacant_floor >= 0).all()
    assert (world.firms.landlord[on_plots] == NOBODY).all() and (world.firms.tenure[on_plots] == Tenure.TENANT).all()
    assert world.city.cell_land[world.firms.cell[on_plots]].min() > 0, "where there is industry"


def test_newcomers_bring_their_capital_into_the_books_and_a_power_limit_to_the_village() -> None:
    world = admitted(city(), OPEN)
    rows = new_rows(world)
    firms = world.firms
    assert world.books.money[Flow.CAPITAL_IN].sum() == firms.cash[rows].sum() > 0
    village = firms.site[rows] == Site.VILLAGE
    assert firms.power_limit[rows[village]] == pytest.approx(1.25 * firms.revenue[rows[village]])
    assert not firms.power_limit[rows[~village]].any()


# Licences on village land (3.7)


def village(born: int) -> World:
    """Every firm on village land, founded so many quarters ago."""
    world = city(1200)
    rows = world.rows
    world.firms.site[:rows] = Site.VILLAGE
    world.firms.born[:rows] = NOW.index - born
    return world


def renewed(world: World, levers: Levers) -> World:
    world.books.open()
    entry.admit_newcomers(world, levers, replace(BASICS, entry_rate=0.0))
    return world


def test_a_licence_runs_out_every_five_years() -> None:
    born = 8066
    assert [q for q in range(born, born + 61) if must_renew(q, born, 5)] == [born + 20, born + 40, born + 60]
    strict = replace(LETTER, renewal_strictness=1.0, leak=0.0)
    assert (renewed(village(20), strict).firms.licence_due[:1200] == NOW.index + 4).all()
    assert (renewed(village(19), strict).firms.licence_due[:1200] == NOBODY).all()


@settings(deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0, exclude_max=True))
def test_without_control_every_licence_is_renewed(strictness: float, leak: float, luck: float) -> None:
    assert not fails_renewal(strictness, 1.0, luck)
    assert fails_renewal(1.0, 0.0, luck)
    if fails_renewal(strictness, leak, luck):
        assert fails_renewal(strictness, 0.0, luck)


def test_licences_fail_at_their_rate_and_the_firm_is_displaced() -> None:
    world = renewed(village(20), replace(LETTER, renewal_strictness=0.3, leak=0.1))
    failed = world.firms.licence_due[:1200] >= 0
    assert failed.mean() == pytest.approx(0.27, abs=0.04)
    assert np.array_equal(world.firms.displaced[:1200], failed)
    assert count(world, Count.DISPLACED) == failed.sum()
    none = renewed(village(20), replace(LETTER, **WHEN_OFF["3.7"]))
    assert (none.firms.licence_due[:1200] == NOBODY).all()


def test_who_is_still_there_at_the_end_of_the_notice_has_to_close_and_who_moved_is_free() -> None:
    strict = replace(LETTER, renewal_strictness=1.0, leak=0.0, notice_quarters=2)
    world = renewed(village(20), strict)
    world.firms.site[5] = Site.PLOT
    world.quarter += 1
    renewed(world, strict)
    assert not world.firms.closing.any() and world.firms.licence_due[5] == NOBODY
    world.quarter += 1
    renewed(world, strict)
    assert world.firms.closing[:1200].sum() == 1199 and not world.firms.closing[5]
    assert (world.firms.exit_cause[:1200][world.firms.closing[:1200]] == Cause.LICENCE).all()


# Power (3.8)


def test_village_firms_are_held_at_the_power_they_have() -> None:
    world = city()
    firms = world.firms
    before = firms.revenue[: world.rows].copy()
    firms.revenue[: world.rows] *= 2.0
    firms.normal_revenue[: world.rows] *= 3.0
    entry.apply_power_limit(world, LETTER, BASICS)
    in_village = firms.site[: world.rows] == Site.VILLAGE
    assert in_village.sum() == FIRMS / 6
    for column in (firms.revenue, firms.normal_revenue):
        assert column[: world.rows][in_village] == pytest.approx(1.25 * before[in_village])
    assert firms.revenue[: world.rows][~in_village] == pytest.approx(2.0 * before[~in_village])
    assert within_power(5.0, 4.0) == 4.0 and within_power(3.0, 4.0) == 3.0 and within_power(5.0, 0.0) == 5.0


def test_without_the_clause_they_grow() -> None:
    world = city()
    world.firms.revenue[: world.rows] *= 2.0
    before = world.firms.revenue.copy()
    entry.apply_power_limit(world, replace(LETTER, **WHEN_OFF["3.8"]), BASICS)
    assert np.array_equal(world.firms.revenue, before)


def test_in_a_real_city_no_village_firm_outgrows_its_connection(city_history: History) -> None:
    scenario = Scenario()
    held = 0
    for world, _ in step_by_step(city_history, scenario, POLICY_START + 5):
        firms, rows = world.firms, world.rows
        there = firms.alive[:rows] & (firms.site[:rows] == Site.VILLAGE) & (firms.power_limit[:rows] > 0.0)
        assert (firms.revenue[:rows][there] <= firms.power_limit[:rows][there]).all()
        held += int((firms.revenue[:rows][there] == firms.power_limit[:rows][there]).sum())
    assert held
    free = scenario.with_off(["3.8"])
    world = list(step_by_step(city_history, free, POLICY_START + 5))[-1][0]
    firms, rows = world.firms, world.rows
    there = firms.alive[:rows] & (firms.site[:rows] == Site.VILLAGE) & (firms.power_limit[:rows] > 0.0)
    assert (firms.revenue[:rows][there] > firms.power_limit[:rows][there]).any()


def test_the_table_grows_when_nobody_has_gone_and_keeps_what_it_held() -> None:
    world = city()
    before = {name: getattr(world.firms, name)[: world.rows].copy() for name in described_columns(type(world.firms))}
    used = world.rows
    for _ in range(3):
        world.books.open()
        admitted(world, OPEN)
    assert world.rows > used
    assert len(world.firms) >= world.rows
    for name, column in before.items():
        assert np.array_equal(getattr(world.firms, name)[:used], column), name
