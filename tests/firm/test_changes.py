"""Decisions take effect: exits, moves, expansions, upgrades and cures, with their money, land and floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from clustersim.firm import changes
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    NOBODY,
    Action,
    Cause,
    Clearance,
    Mark,
    Quarter,
    Service,
    Site,
    Stage,
    Tenure,
    Unit,
)
from clustersim.scenario.levers import Levers, written
from clustersim.world import laws
from clustersim.world.books import Count, Flow
from clustersim.world.census import hold_against_books, take_census
from clustersim.world.tables import World
from tests.small_world import small_world

BASICS = Assumptions()
LETTER = Levers()
NOW = Quarter(2022, 4)
LARGE_OWNER, LANDLORD, SMALL_OWNER, TENANT, SPRAYING, IN_PARK, IN_BLOCK = 0, 1, 2, 3, 6, 7, 9


def city(firms: int = 12) -> World:
    world = small_world(firms)
    world.quarter = NOW
    world.firms.floor_capacity[:] = 1.5 * world.firms.revenue
    world.firms.last_upgrade[:] = 0
    world.firms.cash[:] = 10**11
    world.books.open()
    return world


def carried_out(world: World, levers: Levers = LETTER, assumptions: Assumptions = BASICS) -> World:
    """Whatever happens, land, floor, firms, jobs and cash add up after it."""
    before = take_census(world)
    changes.carry_out(world, levers, assumptions)
    laws.check(world)
    hold_against_books(world, before)
    return world


def money(world: World, flow: Flow) -> float:
    return int(world.books.money[flow].sum()) / 100.0


def count(world: World, what: Count) -> int:
    return int(world.books.counts[what].sum())


# Exits


def test_a_firm_that_leaves_sells_its_capital_pays_its_workers_and_takes_the_rest() -> None:
    world = city()
    world.firms.action[SPRAYING] = Action.EXIT
    world.firms.cash[SPRAYING] = 20_000_00
    carried_out(world)
    firms = world.firms
    assert not firms.alive[SPRAYING] and firms.gone[SPRAYING] == NOW.index and firms.cash[SPRAYING] == 0
    assert money(world, Flow.SALVAGE) == 1e6 * 0.40 * 0.35
    assert money(world, Flow.SEVERANCE) == 1e6 * 0.03
    assert money(world, Flow.CASH_OUT) == 20_000.0 + 140_000.0 - 30_000.0
    assert firms.exit_cause[SPRAYING] in (Cause.CHOICE, Cause.LEFT)
    assert world.city.did[NOW.index % 4, 2, 8, Action.EXIT] == 1


@pytest.mark.parametrize("cause", [Cause.CLOSURE, Cause.LICENCE])
def test_who_is_told_to_close_goes_for_that_cause_whatever_it_chose(cause: Cause) -> None:
    world = city()
    firms = world.firms
    firms.closing[SPRAYING], firms.exit_cause[SPRAYING], firms.action[SPRAYING] = True, cause, Action.UPGRADE
    carried_out(world)
    assert firms.exit_cause[SPRAYING] == cause and not firms.alive[SPRAYING]
    assert count(world, Count(Count.EXITED_CHOICE + cause - 1)) == 1 and count(world, Count.UPGRADED) == 0
    forced = 0.5 if cause == Cause.CLOSURE else 1.0
    assert money(world, Flow.SALVAGE) == forced * 1e6 * 0.40 * 0.35


def test_of_those_that_choose_to_go_a_share_leaves_the_city() -> None:
    world = city(6000)
    world.firms.action[:] = Action.EXIT
    carried_out(world)
    left = count(world, Count.EXITED_LEFT) / 6000
    assert left == pytest.approx(BASICS.leave_share, abs=0.012)
    assert count(world, Count.EXITED_LEFT) + count(world, Count.EXITED_CHOICE) == 6000


def test_under_a_clearance_notice_exit_is_clearance_with_compensation_and_the_land_goes_to_the_ledger() -> None:
    world = city()
    firms, accounts = world.firms, world.accounts
    land, town = int(firms.land[SMALL_OWNER]), int(firms.town[SMALL_OWNER])
    before = int(accounts.left[town])
    firms.clearance[SMALL_OWNER], firms.action[SMALL_OWNER] = Clearance.NOTICE, Action.EXIT
    carried_out(world)
    assert firms.exit_cause[SMALL_OWNER] == Cause.CLEARANCE and count(world, Count.CLEARED_PLOTS) == 1
    assert accounts.left[town] - before == accounts.cleared[town] == land
    paid = LETTER.land.clearance_compensation_owner * land / 100.0
    assert money(world, Flow.COMPENSATION) == pytest.approx(paid, abs=0.011)


def test_a_landlord_that_goes_leaves_its_tenants_with_an_absent_owner() -> None:
    world = city()
    firms = world.firms
    land, town = int(firms.land[LANDLORD]), int(firms.town[LANDLORD])
    absent = int(world.accounts.absent_land[town])
    firms.action[LANDLORD] = Action.EXIT
    carried_out(world)
    assert firms.landlord[TENANT] == NOBODY and firms.alive[TENANT]
    assert world.accounts.absent_land[town] == absent + land


@pytest.mark.parametrize(("ago", "counted"), [(0, 1), (4, 1), (5, 0)])
def test_fates_of_treated_firms_are_counted_for_a_year(ago: int, counted: int) -> None:
    world = city()
    firms = world.firms
    firms.treated[:] = NOW.index - ago
    firms.action[SPRAYING], firms.action[IN_BLOCK], firms.action[TENANT] = Action.EXIT, Action.RECTIFY, Action.UPGRADE
    ask(world, SMALL_OWNER, park=0)
    carried_out(world)
    for fate in (Count.TREATED_CLOSED, Count.TREATED_MOVED, Count.TREATED_UPGRADED, Count.TREATED_RECTIFIED):
        assert count(world, fate) == counted, fate.name


# Moves


def ask(world: World, row: int, park: int, floor: int = 35_000, *, buy: bool = False) -> None:
    """The firm was admitted to a small unit."""
    firms = world.firms
    firms.action[row] = Action.MOVE
    firms.target[row], firms.target_unit[row], firms.target_floor[row] = park, Unit.SMALL, floor
    firms.target_buy[row] = buy
    if buy:
        world.parks.for_sale[park, Unit.SMALL] = world.parks.free[park, Unit.SMALL]


def test_a_move_is_paid_for_and_cures_premises_and_licence() -> None:
    world = city()
    firms = world.firms
    firms.marks[SPRAYING] = Mark.PREMISES | Mark.UNLICENSED | Mark.OUTDATED
    hazard, revenue = float(firms.environment[SPRAYING]), float(firms.revenue[SPRAYING])
    world.parks.services[:] = 0.0
    unhelped = written(LETTER, {"services.handholding": 0.0})
    ask(world, SPRAYING, park=0)
    carried_out(world, unhelped)
    kilometres = 8.0  # from the third town's seat to the first town
    cost = 0.04 * revenue + 600.0 * 350.0 + 0.35 * revenue / 20.0 + 0.06 * revenue * (1.0 - np.exp(-kilometres / 10.0))
    assert money(world, Flow.MOVE_COST) == pytest.approx(cost, abs=0.011)
    assert firms.cash[SPRAYING] == 10**11 - round(cost * 100)
    assert firms.marks[SPRAYING] == Mark.OUTDATED
    assert firms.environment[SPRAYING] == pytest.approx(0.6 * hazard)
    assert (firms.site[SPRAYING], firms.place[SPRAYING], firms.tenure[SPRAYING]) == (Site.PARK, 0, Tenure.TENANT)
    assert firms.town[SPRAYING] == 0 and firms.floor[SPRAYING] == 35_000 and firms.last_move[SPRAYING] == NOW.index
    assert count(world, Count.FIRMS_CAME) == count(world, Count.FIRMS_WENT) == count(world, Count.MOVED) == 1


def test_hand_holding_and_services_take_away_paperwork_and_lost_output() -> None:
    costs = []
    for level, handholding in ((0.0, 0.0), (1.0, 0.0), (1.0, 0.5)):
        world = city()
        world.parks.services[:] = level
        ask(world, SPRAYING, park=0)
        carried_out(world, written(LETTER, {"services.handholding": handholding}))
        costs.append(money(world, Flow.MOVE_COST))
    assert costs[0] > costs[1] > costs[2]


def test_the_gain_of_a_place_phases_in_and_is_the_difference_of_places() -> None:
    world = city()
    firms = world.firms
    firms.site_productivity[SPRAYING], firms.site_productivity[TENANT] = 0.0, 9.0
    ask(world, SPRAYING, park=0)
    ask(world, TENANT, park=0)
    carried_out(world)
    assert firms.site_productivity[SPRAYING] > 0.0
    assert firms.gain_left[SPRAYING] == pytest.approx(4.0 * firms.site_productivity[SPRAYING])
    assert firms.gain_quarters[SPRAYING] == 4
    assert firms.gain_left[TENANT] == pytest.approx(4.0 * (firms.site_productivity[TENANT] - 9.0)) and (
        firms.gain_left[TENANT] < 0.0
    )


def test_a_bought_unit_is_half_on_credit() -> None:
    world = city()
    world.parks.services[:] = 0.0
    ask(world, SPRAYING, park=0, buy=True)
    for_sale = int(world.parks.for_sale[0, Unit.SMALL])
    carried_out(world)
    assert money(world, Flow.UNIT_PRICE) == 4000.0 * 350.0 and money(world, Flow.UNIT_LOAN) == 2000.0 * 350.0
    assert world.firms.tenure[SPRAYING] == Tenure.UNIT_OWNER
    assert world.parks.for_sale[0, Unit.SMALL] == for_sale - 35_000
    spent = 10**11 - int(world.firms.cash[SPRAYING])
    assert spent == round(100 * (2000.0 * 350.0 + money(world, Flow.MOVE_COST)))


def test_an_owner_that_moves_lets_its_plot_unless_a_notice_takes_it() -> None:
    for notice in (False, True):
        world = city()
        firms, accounts = world.firms, world.accounts
        town, land = int(firms.town[SMALL_OWNER]), int(firms.land[SMALL_OWNER])
        absent = int(accounts.absent_land[town])
        firms.clearance[SMALL_OWNER] = Clearance.NOTICE if notice else Clearance.NONE
        ask(world, SMALL_OWNER, park=1)
        carried_out(world)
        assert firms.land[SMALL_OWNER] == 0 and firms.clearance[SMALL_OWNER] == Clearance.NONE
        assert accounts.surrendered[town] == (land if notice else 0)
        assert accounts.absent_land[town] == absent + (0 if notice else land)
        assert (money(world, Flow.COMPENSATION) > 0.0) is notice


def test_a_firm_leaves_its_old_park_when_it_moves_on() -> None:
    world = city()
    before = int(world.parks.free[0, Unit.STANDARD])
    floor = int(world.firms.floor[IN_PARK])
    ask(world, IN_PARK, park=1)
    carried_out(world)
    assert world.parks.free[0, Unit.STANDARD] == before + floor
    assert world.parks.firms_by_sector[0].sum() == 0 and world.parks.firms_by_sector[1].sum() == 2


# Expansions


def test_an_expansion_takes_ledger_land_and_builds_on_it() -> None:
    world = city()
    firms, accounts = world.firms, world.accounts
    world.city.land_limited = True
    land, floor, left = int(firms.land[LARGE_OWNER]), int(firms.floor[LARGE_OWNER]), int(accounts.left[0])
    capacity = float(firms.floor_capacity[LARGE_OWNER])
    firms.action[LARGE_OWNER] = Action.EXPAND
    carried_out(world)
    metres = 0.25 * floor / 100.0
    mu = np.ceil(100.0 * metres / (2.0 * 667.0)) / 100.0
    assert firms.floor[LARGE_OWNER] == floor + round(metres * 100)
    assert firms.land[LARGE_OWNER] == land + round(mu * 100)
    assert left - accounts.left[0] == accounts.built[0] == round(mu * 100)
    assert money(world, Flow.LAND_PRICE_FIRMS) == pytest.approx(513_000.0 * mu, abs=0.011)
    assert money(world, Flow.PLANT_CONSTRUCTION) == pytest.approx(1600.0 * metres, abs=0.011)
    assert firms.floor_capacity[LARGE_OWNER] == pytest.approx(1.25 * capacity)
    assert count(world, Count.EXPANDED) == 1


def test_who_finds_the_ledger_empty_stays_as_it_is_and_the_lot_decides_who_comes_first() -> None:
    world = city(120)
    world.city.land_limited = True
    owners = np.flatnonzero(np.arange(120) % 12 == 0)
    share = -(-int(world.firms.floor[0]) // 4) // 1334 + 1
    town = 0
    world.accounts.opening[town] = world.accounts.left[town] = 3 * share
    land = world.firms.land[owners].copy()
    world.firms.action[owners] = Action.EXPAND
    carried_out(world)
    grew = world.firms.land[owners] > land
    assert grew.sum() == count(world, Count.EXPANDED) == 3
    assert not np.array_equal(np.flatnonzero(grew), [0, 1, 2]), "not the order of rows"
    assert (world.firms.action[owners][~grew] == Action.STAY).all()
    assert world.accounts.left[town] >= 0


def test_without_a_limit_the_ledger_may_go_below_zero() -> None:
    world = city()
    world.city.land_limited = False
    world.accounts.opening[0] = world.accounts.left[0] = 0
    world.firms.action[LARGE_OWNER] = Action.EXPAND
    carried_out(world)
    assert world.accounts.left[0] < 0 and count(world, Count.EXPANDED) == 1


# Upgrades and cures


def test_each_upgrade_brings_six_tenths_of_the_last() -> None:
    gains, savings = [], []
    for done in range(3):
        world = city()
        firms = world.firms
        firms.upgrades[TENANT], firms.action[TENANT] = done, Action.UPGRADE
        kwh, productivity = float(firms.kwh_per_yuan[TENANT]), float(firms.productivity[TENANT])
        carried_out(world)
        gains.append(firms.productivity[TENANT] - productivity)
        savings.append(1.0 - firms.kwh_per_yuan[TENANT] / kwh)
        assert firms.gain_left[TENANT] == pytest.approx(4.0 * gains[-1]) and firms.gain_quarters[TENANT] == 4
        assert firms.upgrades[TENANT] == done + 1 and firms.last_upgrade[TENANT] == NOW.index
    assert gains == pytest.approx([0.06, 0.036, 0.0216])
    assert savings == pytest.approx([0.15, 0.09, 0.054])


def test_an_upgrade_costs_its_share_less_what_diagnosis_and_an_order_save_and_replaces_outdated_capacity() -> None:
    world = city()
    firms = world.firms
    firms.action[[TENANT, LANDLORD, SPRAYING]] = Action.UPGRADE
    firms.order_due[LANDLORD] = NOW.index + 4
    firms.marks[SPRAYING] = Mark.PREMISES | Mark.OUTDATED
    hazards = firms.safety.copy()
    world.city.upgrade_relief[8] = 0.10
    cash = firms.cash.copy()
    carried_out(world)
    spent = (cash - firms.cash) / 100.0
    assert spent[TENANT] == pytest.approx(0.12 * 2e6)
    assert spent[LANDLORD] == pytest.approx(0.12 * 8e6 * (1.0 - LETTER.grading.order_relief))
    assert spent[SPRAYING] == pytest.approx(0.12 * 1e6 * 0.9)
    assert money(world, Flow.UPGRADE_COST) == pytest.approx(spent.sum(), abs=0.02)
    assert firms.marks[SPRAYING] == Mark.PREMISES
    assert firms.safety[SPRAYING] == pytest.approx(0.3 * hazards[SPRAYING])


def test_an_upgrade_inside_a_park_gains_more_where_research_is_served() -> None:
    world = city()
    world.parks.services[0, Service.RESEARCH] = 1.0
    world.firms.action[IN_PARK] = Action.UPGRADE
    before = float(world.firms.productivity[IN_PARK])
    carried_out(world)
    gain = world.firms.productivity[IN_PARK] - before
    assert gain == pytest.approx(0.06 * (1.0 + BASICS.service_research))


def test_to_rectify_costs_a_sum_and_a_share_and_brings_hazards_below_their_standard() -> None:
    world = city()
    firms = world.firms
    firms.stage[TENANT], firms.case_kinds[TENANT], firms.severity[TENANT] = Stage.RECTIFYING, 0b0101, 0.4
    firms.safety[TENANT] = firms.environment[TENANT] = firms.fire[TENANT] = 0.9
    firms.marks[TENANT] = Mark.PREMISES
    firms.action[TENANT] = Action.RECTIFY
    productivity = float(firms.productivity[TENANT])
    carried_out(world)
    assert money(world, Flow.RECTIFY_COST) == pytest.approx(20_000.0 + 0.01 * 2e6 * 0.4)
    assert firms.safety[TENANT] == pytest.approx(0.6 * 0.8) and firms.fire[TENANT] == pytest.approx(0.6 * 0.8)
    assert firms.environment[TENANT] == 0.9, "not in the case"
    assert firms.marks[TENANT] == Mark.PREMISES and firms.productivity[TENANT] == productivity
    assert firms.stage[TENANT] == Stage.RECTIFYING, "the case goes on until inspectors see it"
    assert world.books.counts[Count.RECTIFIED].sum() == 1
    assert world.books.counts[Count.RECTIFIED_AREA].sum() == firms.floor[TENANT]


def test_deeds_are_counted_by_town_and_sector() -> None:
    world = city(24)
    firms = world.firms
    firms.action[[TENANT, 12 + TENANT]] = Action.UPGRADE
    firms.action[SPRAYING] = Action.EXIT
    world.city.did[:] = 7
    carried_out(world)
    did = world.city.did[NOW.index % 4]
    assert did[0, 1, Action.UPGRADE] == 2 and did[2, 8, Action.EXIT] == 1 and did.sum() == 3
    assert world.city.stood.sum() == 23
    assert (world.city.did[(NOW.index + 1) % 4] == 7).all()


def test_what_is_done_does_not_hang_on_the_seeds_of_others() -> None:
    """Two firms' doings add up whoever else does anything."""
    both, first = city(), city()
    both.firms.action[[TENANT, IN_BLOCK]] = Action.UPGRADE
    first.firms.action[TENANT] = Action.UPGRADE
    carried_out(both)
    carried_out(first)
    assert both.firms.productivity[TENANT] == first.firms.productivity[TENANT]
    assert both.firms.cash[TENANT] == first.firms.cash[TENANT]


def test_an_upgrade_that_brings_nothing_more_is_still_paid() -> None:
    world = city()
    world.firms.action[TENANT] = Action.UPGRADE
    carried_out(world, LETTER, replace(BASICS, upgrade_gain=0.0))
    assert money(world, Flow.UPGRADE_COST) == pytest.approx(240_000.0)
    assert world.firms.gain_left[TENANT] == 0.0
