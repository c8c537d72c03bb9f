"""Renewal of old blocks (1.6): who has to move, what is built, who comes back, and what it costs."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    NOBODY,
    POLICY_START,
    BlockState,
    Carry,
    Clearance,
    ParkState,
    Quarter,
    Site,
    Stage,
    Tenure,
    Unit,
)
from clustersim.letter import parks
from clustersim.letter.renewal import WHEN_OFF, Levers, renew
from clustersim.world import laws
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

ASSUMED = Assumptions()
TENANT, OWNER = 9, 10  # rows of the pattern: a tenant in the first block, an owner in the second
FIRST_PARK = 5  # the row the first block's park will have


def start_of_policy() -> World:
    world = small_world()
    world.quarter = POLICY_START
    return world


def live_on(world: World, levers: Levers, quarters: int) -> None:
    """The part of a quarter that renewal and the handing over of parks make up."""
    nothing = dataclasses.replace(parks.Levers(), **parks.WHEN_OFF["2.2"], strictness=0.0)
    for _ in range(quarters):
        world.quarter += 1
        world.books.open()
        renew(world, levers, ASSUMED)
        parks.develop(world, nothing, ASSUMED)
        laws.check(world)


def test_the_blocks_under_way_start_with_the_policy() -> None:
    world = start_of_policy()
    renew(world, dataclasses.replace(Levers(), blocks_a_year=0.0), ASSUMED)
    assert (world.blocks.state == BlockState.AT_WORK).all()
    assert world.books.counts[Count.BLOCKS_STARTED].tolist() == [1, 0, 1]
    laws.check(world)


def test_without_renewal_blocks_stand_as_they_stood() -> None:
    world = start_of_policy()
    before = world.copy()
    for _ in range(8):
        renew(world, dataclasses.replace(Levers(), **WHEN_OFF["1.6"]), ASSUMED)
        world.quarter += 1
    assert (world.blocks.state == BlockState.STANDING).all()
    assert np.array_equal(world.blocks.floor, before.blocks.floor)
    assert np.array_equal(world.firms.site, before.firms.site)


def test_at_one_block_a_year_one_starts_every_fourth_quarter_in_the_order_of_the_list() -> None:
    world = small_world()
    slow = dataclasses.replace(Levers(), blocks_under_way=0, blocks_a_year=1.0)
    world.blocks.order[:] = [1, 0]  # the second is named first
    started = []
    for _ in range(8):
        renew(world, slow, ASSUMED)
        started.append((world.blocks.state == BlockState.AT_WORK).tolist())
        world.quarter += 1
    assert started[2] == [False, False]
    assert started[3] == started[6] == [False, True]
    assert started[7] == [True, True]


def test_its_firms_go_on_working_on_vacant_floor_in_town_and_may_return_first() -> None:
    world = start_of_policy()
    firms, vacant = world.firms, world.accounts.vacant_floor.copy()
    renew(world, Levers(), ASSUMED)
    for row, block, town in ((TENANT, 0, 0), (OWNER, 1, 2)):
        assert firms.alive[row]
        assert firms.site[row] == Site.PLOT
        assert firms.tenure[row] == Tenure.TENANT
        assert firms.landlord[row] == NOBODY
        assert firms.returns_to[row] == block
        assert firms.displaced[row]
        assert world.accounts.vacant_floor[town] == vacant[town] - firms.floor[row]
    assert world.books.counts[Count.DISPLACED].tolist() == [1, 0, 1]


def test_an_owner_in_the_block_is_bought_out() -> None:
    world = start_of_policy()
    land, cash = int(world.firms.land[OWNER]), int(world.firms.cash[OWNER])
    renew(world, Levers(), ASSUMED)
    assert world.firms.land[OWNER] == 0
    assert world.firms.cash[OWNER] - cash == land * 400_000
    assert world.books.money[Flow.COMPENSATION].tolist() == [0, 0, land * 400_000]


def test_a_block_waits_until_its_town_has_interim_floor_and_a_later_one_goes_first() -> None:
    world = start_of_policy()
    firms, accounts = world.firms, world.accounts
    held = int(accounts.vacant_floor[0])
    accounts.ordinary_floor[0] -= held
    accounts.vacant_floor[0] = accounts.vacated_plants[0] = 0
    levers = dataclasses.replace(Levers(), blocks_under_way=2, blocks_a_year=0.0)
    renew(world, levers, ASSUMED)
    assert world.blocks.state.tolist() == [BlockState.STANDING, BlockState.AT_WORK]
    assert firms.site[TENANT] == Site.BLOCK
    assert not firms.displaced[TENANT]
    accounts.ordinary_floor[0] += held
    accounts.vacant_floor[0] = held
    live_on(world, levers, 1)
    assert world.blocks.state.tolist() == [BlockState.AT_WORK, BlockState.AT_WORK]


def test_after_six_quarters_it_is_a_park_with_more_floor_on_the_same_land() -> None:
    world = start_of_policy()
    land, floor, before = int(world.blocks.land[0]), int(world.blocks.floor[0]), int(world.city.cell_land.sum())
    renew(world, Levers(), ASSUMED)
    laws.check(world)
    assert world.blocks.floor[0] == 0
    live_on(world, Levers(), 5)
    assert world.parks.state[FIRST_PARK] == ParkState.BUILDING
    live_on(world, Levers(), 1)
    assert world.quarter == Quarter(2023, 1)
    assert world.parks.state[FIRST_PARK] == ParkState.OPEN
    assert world.blocks.state[0] == BlockState.RENEWED
    assert world.books.counts[Count.BLOCKS_BACK].sum() == 2
    assert world.parks.land[FIRST_PARK] == land
    assert world.parks.cell[FIRST_PARK] == world.blocks.cell[0]
    assert world.parks.floor[FIRST_PARK].sum() == int(land * 667.0 * 2.0)
    assert world.parks.floor[FIRST_PARK].sum() > 2 * floor
    assert world.parks.lead_sector[FIRST_PARK] == world.firms.sector[TENANT]
    assert world.city.cell_land.sum() == before


@pytest.mark.parametrize("ratio", [1.5, 2.0, 2.5])
def test_the_higher_the_ratio_the_more_floor_and_the_dearer_the_park(ratio: float) -> None:
    world = start_of_policy()
    land = int(world.blocks.land[0])
    renew(world, dataclasses.replace(Levers(), floor_area_ratio=ratio), ASSUMED)
    planned = int(world.parks.planned_floor[FIRST_PARK].sum())
    assert planned == int(land * 667.0 * ratio)
    assert world.books.money[Flow.CONSTRUCTION, 0] == round(planned / 100 * 2400.0 * 100)
    assert world.blocks.ratio[0] == ratio


def test_land_the_park_does_not_need_goes_to_the_ledger() -> None:
    world = start_of_policy()
    land, before = int(world.blocks.land[0]), int(world.city.cell_land.sum())
    given = world.blocks.land - (world.blocks.land * 0.8 + 1e-6).astype(np.int64)
    renew(world, dataclasses.replace(Levers(), land_kept=0.8), ASSUMED)
    laws.check(world)
    assert world.accounts.bought_out.tolist() == [given[0], 0, given[1]]
    assert world.accounts.left.sum() == 15_000 + given.sum()
    assert world.parks.land[FIRST_PARK] == land - given[0]
    assert world.city.cell_land.sum() == before - given.sum()


def test_the_city_pays_for_land_and_demolition_and_the_platform_for_the_building() -> None:
    world = start_of_policy()
    old_floor = world.blocks.floor.copy()
    renew(world, Levers(), ASSUMED)
    money = world.books.money
    assert money[Flow.DEMOLITION].sum() == old_floor.sum() * 150
    spent = money[Flow.DEMOLITION].sum() + money[Flow.COMPENSATION].sum()
    assert world.books.by_clause[CLAUSE_SLOTS.index("1.6")].sum() == spent
    assert money[Flow.LAND_PRICE_PARKS].sum() == 0


def test_a_former_firm_is_served_first_in_the_renewed_block_and_the_right_ends_after_a_year() -> None:
    world = start_of_policy()
    renew(world, Levers(), ASSUMED)
    live_on(world, Levers(), 9)
    assert world.firms.returns_to[TENANT] == 0
    assert world.firms.displaced[TENANT]
    live_on(world, Levers(), 1)
    assert world.firms.returns_to[TENANT] == NOBODY
    assert not world.firms.displaced[TENANT]


@pytest.mark.parametrize("why", ["case", "order", "notice", "licence"])
def test_a_firm_with_another_reason_stays_displaced(why: str) -> None:
    world = start_of_policy()
    firms = world.firms
    renew(world, Levers(), ASSUMED)
    if why == "case":
        firms.stage[TENANT] = Stage.RECTIFYING
    elif why == "order":
        firms.order_due[TENANT] = world.quarter.index + 20
    elif why == "notice":
        firms.clearance[TENANT] = Clearance.NOTICE
    else:
        firms.licence_due[TENANT] = world.quarter.index + 20
    live_on(world, Levers(), 10)
    assert firms.returns_to[TENANT] == NOBODY
    assert firms.displaced[TENANT]


def test_no_park_is_built_for_a_sector_that_no_park_takes() -> None:
    world = start_of_policy()
    world.city.park_vetoes = 1 << int(world.firms.sector[TENANT])
    renew(world, Levers(), ASSUMED)
    assert world.parks.lead_sector[FIRST_PARK] == NOBODY


def test_small_steps_of_a_programme_are_carried_until_they_make_a_block() -> None:
    world = small_world()
    rare = dataclasses.replace(Levers(), blocks_under_way=0, blocks_a_year=0.5)
    for _ in range(7):
        renew(world, rare, ASSUMED)
        world.quarter += 1
    assert (world.blocks.state == BlockState.STANDING).all()
    assert world.city.carry[Carry.RENEWAL, 0] == pytest.approx(7 / 8)
    renew(world, rare, ASSUMED)
    assert (world.blocks.state == BlockState.AT_WORK).sum() == 1


@settings(max_examples=25, deadline=None)
@given(
    ratio=st.floats(1.0, 3.0), kept=st.floats(0.5, 1.0), work=st.integers(1, 8), pace=st.floats(0.0, 8.0),
    first=st.integers(0, 3),
)  # fmt: skip
def test_land_and_floor_balance_whatever_the_programme(
    ratio: float, kept: float, work: int, pace: float, first: int
) -> None:
    world = small_world(36)
    world.quarter = POLICY_START
    levers = dataclasses.replace(
        Levers(), floor_area_ratio=ratio, land_kept=kept, work_quarters=work, blocks_a_year=pace,
        blocks_under_way=first,
    )  # fmt: skip
    renew(world, levers, ASSUMED)
    live_on(world, levers, work + 2)
    assert world.parks.planned_floor[:, Unit.STANDARD].min() >= 0
