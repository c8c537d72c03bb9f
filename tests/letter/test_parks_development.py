"""Building (1.5, 2.1-2.3), upgrading (1.7), re-using (2.8): sites, returns, the ledger and the books."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, Carry, Developer, ParkState, Site, Unit
from clustersim.letter.parks import WHEN_OFF, Levers, develop, reuse, upgrade_town_parks
from clustersim.letter.parks.development import choose_developer, expected_occupancy, rent_yield, sale_yield
from clustersim.world.books import Count, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

ASSUMED = Assumptions()
LEAST = 20.0 * 667.0 * 2.0  # m2
TYPICAL = 61.0 * 667.0 * 2.0
FIRST_SITE = 2  # the candidate of the first town


def off(*clauses: str) -> Levers:
    patch: dict[str, object] = {}
    for clause in clauses:
        patch |= WHEN_OFF[clause]
    return dataclasses.replace(Levers(), **patch)


ALL_OFF = off(*WHEN_OFF)


def full_size() -> World:
    world = small_world()
    world.size = 50_000
    return world


def check_laws(world: World) -> None:
    """Land by cell, floor of plots and parks, and the ledger balance to the last unit."""
    firms, parks, accounts = world.firms, world.parks, world.accounts
    built = parks.state != ParkState.CANDIDATE
    for town in range(len(world.towns)):
        held = accounts.owners_land[town] + accounts.absent_land[town]
        held += world.blocks.land[world.blocks.town == town].sum() + parks.land[(parks.town == town) & built].sum()
        assert world.city.cell_land[world.cells.town == town].sum() == held
        on_plot = firms.alive & (firms.site == Site.PLOT) & (firms.town == town)
        assert accounts.ordinary_floor[town] == firms.floor[on_plot].sum() + accounts.vacant_floor[town]
        assert 0 <= accounts.vacated_plants[town] <= accounts.vacant_floor[town]
        assert accounts.absent_land[town] >= 0
    income = accounts.opening + accounts.quota + accounts.cleared + accounts.surrendered + accounts.bought_out
    assert (income == accounts.built + accounts.left).all()
    used = parks.floor - parks.free
    for park in range(len(parks)):
        inside = firms.alive & (firms.site == Site.PARK) & (firms.place == park)
        assert used[park].sum() == firms.floor[inside].sum()
    assert (parks.for_sale <= parks.free).all()


def test_the_laws_hold_at_the_start() -> None:
    check_laws(small_world())


def test_a_project_starts_opens_and_offers_small_and_standard_units() -> None:
    world = full_size()
    world.city.released_now[0] = TYPICAL
    develop(world, Levers(), ASSUMED)
    parks = world.parks
    assert parks.state[FIRST_SITE] == ParkState.BUILDING
    assert parks.land[FIRST_SITE] == 6100
    assert parks.lead_sector[FIRST_SITE] == world.towns.signature[0]
    assert world.books.counts[Count.PARKS_STARTED, 0] == 1
    assert world.accounts.built[0] == 6100
    check_laws(world)
    world.city.released_now[:] = 0.0
    quarters = 0
    while parks.state[FIRST_SITE] == ParkState.BUILDING:
        world.quarter += 1
        quarters += 1
        develop(world, Levers(), ASSUMED)
    assert 5 <= quarters <= 8
    assert parks.floor[FIRST_SITE].sum() == round(TYPICAL * 100)
    assert parks.free[FIRST_SITE].tolist() == parks.floor[FIRST_SITE].tolist()
    assert (parks.floor[FIRST_SITE, [Unit.SMALL, Unit.STANDARD, Unit.CUSTOM]] > 0).all()
    assert parks.planned_floor[FIRST_SITE].sum() == 0
    assert world.books.counts[Count.PARKS_OPENED, 0] == 1
    check_laws(world)


def test_who_pays_for_a_park() -> None:
    world = full_size()
    world.city.released_now[0] = TYPICAL
    develop(world, dataclasses.replace(ALL_OFF, co_funding_share=0.2), ASSUMED)
    money = world.books.money
    assert world.parks.developer[FIRST_SITE] == Developer.STATE_PLATFORM
    assert money[Flow.CONSTRUCTION, 0] == round(TYPICAL * 2400.0 * 100)
    assert money[Flow.LAND_PRICE_PARKS, 0] == round(61.0 * 513_000.0 * 100)
    paid = money[Flow.CONSTRUCTION, 0] + money[Flow.LAND_PRICE_PARKS, 0]
    assert money[Flow.CO_FUNDING, 0] == pytest.approx(0.2 * paid)
    assert world.books.by_clause.sum() == money[Flow.CO_FUNDING, 0]


def test_fractions_of_a_project_are_carried_forward() -> None:
    world = full_size()
    world.city.released_now[0] = LEAST / 3.0 + 1.0
    for _ in range(2):
        develop(world, ALL_OFF, ASSUMED)
        assert world.parks.state[FIRST_SITE] == ParkState.CANDIDATE
    develop(world, ALL_OFF, ASSUMED)
    assert world.parks.state[FIRST_SITE] == ParkState.BUILDING
    assert world.city.carry[Carry.RELEASE, 0] < 10.0
    check_laws(world)


def test_a_smaller_city_builds_smaller_parks_as_often() -> None:
    large, small = full_size(), full_size()
    small.size = 500
    for world in (large, small):
        world.city.released_now[0] = LEAST / 2.5 * world.scale
        for _ in range(3):
            develop(world, ALL_OFF, ASSUMED)
            world.quarter += 1
    assert small.parks.state.tolist() == large.parks.state.tolist()
    assert small.parks.land[FIRST_SITE] / 100 == pytest.approx(large.parks.land[FIRST_SITE] / 10_000, rel=0.05)


def test_the_ledger_stops_a_park_or_makes_it_smaller() -> None:
    for left, land in ((1999, 0), (2500, 2500)):
        world = full_size()
        world.city.released_now[0] = TYPICAL
        world.city.land_limited = True
        world.accounts.opening[0] = world.accounts.left[0] = left
        develop(world, ALL_OFF, ASSUMED)
        assert world.parks.land[FIRST_SITE] == land
        assert world.accounts.left[0] == left - land
        check_laws(world)


def test_no_park_where_building_is_not_allowed_nor_in_place_of_blocks_and_old_plants() -> None:
    world = full_size()
    world.city.may_build[world.parks.cell[FIRST_SITE]] = False
    world.city.released_now[:] = 10.0 * TYPICAL
    develop(world, ALL_OFF, ASSUMED)
    assert world.parks.state[FIRST_SITE] == ParkState.CANDIDATE
    assert (world.parks.state[world.parks.reuse | (world.parks.block != NOBODY)] == ParkState.CANDIDATE).all()


def test_2_2_off_only_state_platforms_build_and_their_capital_ends() -> None:
    world = full_size()
    world.city.released_now[:] = TYPICAL
    poor = dataclasses.replace(ASSUMED, state_building=60_000.0)
    develop(world, off("2.2"), poor)
    started = world.parks.state == ParkState.BUILDING
    assert started.sum() == 1  # 15,000 m2 in hand allow one start, on credit; then nothing for years
    assert (world.parks.developer[started] == Developer.STATE_PLATFORM).all()
    for _ in range(3):
        world.quarter += 1
        develop(world, off("2.2"), poor)
    assert (world.parks.state == ParkState.BUILDING).sum() == 1


def test_a_long_queue_brings_other_developers_in() -> None:
    kinds = list(Developer)
    chosen: dict[bool, set[int]] = {}
    for queued in (False, True):
        world = full_size()
        world.city.queue[0, 0, 4] = 30_000_000 if queued else 0
        found = set()
        for identity in range(200):
            world.parks.identity[FIRST_SITE] = identity
            found.add(choose_developer(world, FIRST_SITE, TYPICAL, kinds, 0.0, Levers(), ASSUMED))
        chosen[queued] = found
    assert chosen[False] == {Developer.STATE_PLATFORM}
    assert chosen[True] == set(Developer)
    world.city.queue[:] = 0
    private = kinds[1:]
    assert choose_developer(world, FIRST_SITE, TYPICAL, private, 0.0, Levers(), ASSUMED) == NOBODY


def test_co_funding_lowers_what_a_developer_needs() -> None:
    world = full_size()
    lead = [Developer.LEAD_FIRM]
    for share, found in ((0.0, NOBODY), (0.5, Developer.LEAD_FIRM)):
        levers = Levers(co_funding_share=share, sale_share=0.0)
        assert choose_developer(world, FIRST_SITE, TYPICAL, lead, 0.0, levers, ASSUMED) == found


def test_professionals_need_buyers() -> None:
    world = full_size()
    world.city.queue[0, 0, 4] = 300_000_000
    professional = [Developer.PROFESSIONAL]
    assert choose_developer(world, FIRST_SITE, TYPICAL, professional, 0.0, Levers(), ASSUMED) == Developer.PROFESSIONAL
    assert choose_developer(world, FIRST_SITE, TYPICAL, professional, 0.0, off("2.3"), ASSUMED) == NOBODY


@settings(deadline=None)
@given(st.floats(0, 1e6), st.floats(1, 1e6), st.floats(1.0, 3.0))
def test_a_longer_queue_never_makes_building_less_worthwhile(queue: float, floor: float, more: float) -> None:
    here, longer = (expected_occupancy(q, floor, 0.55, 0.95) for q in (queue, queue * more))
    assert 0.55 <= here <= longer <= 0.95
    assert rent_yield(18.0, here, 2785.0) <= rent_yield(18.0, longer, 2785.0)
    assert sale_yield(4000.0, here, 2785.0, 9.0) <= sale_yield(4000.0, longer, 2785.0, 9.0)


def test_2_1_off_parks_take_any_sector() -> None:
    world = small_world()
    develop(world, Levers(), ASSUMED)
    assert world.parks.admits[0] == 0b11_0000_0000_0111 & world.parks.admits[0]
    assert not world.parks.admits[0] >> 7 & 1
    develop(world, off("2.1"), ASSUMED)
    assert (world.parks.admits == -1).all()


def test_a_park_without_a_product_takes_that_of_its_firms() -> None:
    world = small_world()
    world.parks.lead_sector[:2] = NOBODY
    world.parks.firms_by_sector[0] = 0
    world.parks.firms_by_sector[0, 6] = 3
    world.parks.firms_by_sector[1] = 0
    develop(world, Levers(), ASSUMED)
    assert world.parks.lead_sector[:2].tolist() == [6, world.towns.signature[1]]


def test_1_7_upgrades_the_poorest_old_park_first() -> None:
    world = small_world()
    world.parks.services[1] = 0.1
    floor = world.parks.floor.sum(axis=1).copy()
    upgrade_town_parks(world, Levers(town_parks_upgraded_per_year=4.0), ASSUMED)
    assert world.parks.upgraded[:2].tolist() == [False, True]
    assert world.parks.services[1] == pytest.approx(0.3)
    assert world.parks.floor[1].sum() == int(floor[1] * 1.1)
    assert world.books.money[Flow.CONSTRUCTION, 1] > 0
    check_laws(world)
    for _ in range(5):
        upgrade_town_parks(world, Levers(town_parks_upgraded_per_year=4.0), ASSUMED)
    assert world.parks.upgraded.sum() == 2
    assert world.parks.floor[0].sum() == int(floor[0] * 1.1)  # once only


def test_1_7_off_leaves_old_parks_as_they_are() -> None:
    world = small_world()
    before = world.parks.copy()
    for _ in range(8):
        upgrade_town_parks(world, off("1.7"), ASSUMED)
    assert (world.parks.floor == before.floor).all()
    assert (world.parks.services == before.services).all()


def test_2_8_old_plants_become_a_small_park_without_new_land() -> None:
    world = small_world()
    world.size = 2_000  # a small park is 120 m2
    levers = Levers(reuse_share=0.2, reuse_quarters=2)
    reuse(world, levers, ASSUMED)
    assert not (world.parks.state == ParkState.BUILDING).any()  # 100 of 500 m2 of vacated plants
    land = world.city.cell_land.copy()
    absent = world.accounts.absent_land.copy()
    reuse(world, levers, ASSUMED)
    slots = np.flatnonzero(world.parks.reuse)
    assert (world.parks.state[slots] == ParkState.BUILDING).all()
    assert (world.parks.planned_floor[slots].sum(axis=1) == 20_000).all()
    assert (world.parks.land[slots] > 0).all()
    assert (absent - world.accounts.absent_land == world.parks.land[slots]).all()
    assert (world.city.cell_land == land).all()
    assert (world.accounts.left == 5000).all()
    check_laws(world)
    world.quarter += 2
    develop(world, levers, ASSUMED)
    assert (world.parks.state[slots] == ParkState.OPEN).all()
    assert (world.parks.free[slots].sum(axis=1) == 20_000).all()
    check_laws(world)


def test_2_8_off_leaves_vacated_plants_alone() -> None:
    world = small_world()
    world.size = 500
    before = world.accounts.copy()
    for _ in range(12):
        reuse(world, off("2.8"), ASSUMED)
    assert (world.accounts.vacated_plants == before.vacated_plants).all()
    assert not (world.parks.state == ParkState.BUILDING).any()


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3), st.floats(0.0, 0.2), st.integers(0, 6000),
    st.integers(0, 40_000_000), st.booleans(),
)  # fmt: skip
def test_the_laws_hold_whatever_is_built(
    released: list[float], share: float, left: int, queue: int, limited: bool
) -> None:
    world = full_size()
    world.city.land_limited = limited
    world.accounts.opening[:] = world.accounts.left[:] = left
    world.city.queue[:, 1, 2] = queue
    levers, assumed = Levers(reuse_share=share), dataclasses.replace(ASSUMED, reuse_least_floor=50.0)
    for _ in range(10):
        world.city.released_now[:] = np.array(released) * LEAST
        reuse(world, levers, assumed)
        develop(world, levers, assumed)
        upgrade_town_parks(world, levers, assumed)
        check_laws(world)
        assert not limited or (world.accounts.left >= 0).all()
        world.quarter += 1
