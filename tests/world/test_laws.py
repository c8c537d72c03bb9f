"""Each law, broken on purpose, is named with its place and its two numbers; what is not broken passes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import Cause, Site, Tenure, Unit
from clustersim.letter import land
from clustersim.letter.land import Levers
from clustersim.quarter import History
from clustersim.world import laws, sites
from clustersim.world.books import Count, Flow
from clustersim.world.census import hold_against_books, take_census
from clustersim.world.laws import LawBrokenError
from clustersim.world.tables import World
from tests.small_world import small_world

OWNER, TENANT, VILLAGE, IN_PARK, IN_BLOCK = 1, 3, 5, 7, 9


def broken(damage: Callable[[World], None]) -> str:
    """What the laws say after the damage."""
    world = small_world()
    laws.check(world)
    damage(world)
    with pytest.raises(LawBrokenError) as told:
        laws.check(world)
    message = str(told.value)
    assert message.startswith("2019Q1: ")
    return message


def test_the_small_world_and_a_real_city_keep_every_law(city_history: History) -> None:
    laws.check(small_world(240))
    laws.check(city_history.world)


def test_a_plot_whose_floor_nobody_counted() -> None:
    def damage(world: World) -> None:
        world.firms.floor[OWNER] += 100  # a square metre

    told = broken(damage)
    assert "ordinary floor in Town 1" in told and "m2" in told and "is counted" in told


def test_vacant_floor_that_is_not_there() -> None:
    def damage(world: World) -> None:
        world.accounts.vacated_plants[1] = world.accounts.vacant_floor[1] + 1

    assert "vacated plants in Town 2" in broken(damage)

    def below(world: World) -> None:
        world.accounts.vacated_plants[2] = -1

    assert "vacated plants in Town 3: -0.01 m2 is not from 0 to" in broken(below)


def test_land_that_an_owner_grew() -> None:
    def damage(world: World) -> None:
        world.firms.land[OWNER] += 1

    assert "land of owners in Town 1" in broken(damage)


def test_a_block_fuller_than_it_is() -> None:
    def floor(world: World) -> None:
        world.firms.floor[IN_BLOCK] += 10**8

    def plots(world: World) -> None:
        world.firms.land[10] += 10**6  # an owner in the second block, in the third town

    assert "floor used in block 0 in Town 1" in broken(floor) and "is more than there is" in broken(floor)
    assert "owners' land in block 1 in Town 3" in broken(plots)


def test_a_park_above_its_floor() -> None:
    def more(world: World) -> None:
        world.firms.floor[IN_PARK] += 1

    def sold(world: World) -> None:
        world.parks.for_sale[1, Unit.SMALL] = world.parks.free[1, Unit.SMALL] + 1

    def counted(world: World) -> None:
        world.parks.firms_by_sector[0, 4] += 1

    assert "floor of park 0 in Town 1, standard units" in broken(more)
    assert "floor for sale in park 1 in Town 2, small units" in broken(sold)
    told = broken(counted)
    assert "firms of sector in park 0 in Town 1, plastic: 1 firms but 0 firms is counted" in told


def test_industrial_land_by_cell() -> None:
    def below(world: World) -> None:
        world.city.cell_land[3] = -1

    def more(world: World) -> None:
        world.city.cell_land[20] += 1  # a cell of the second town

    assert broken(below) == "2019Q1: industrial land of cell 3 in Town 1: -0.01 mu is below 0"
    assert "industrial land by cell in Town 2" in broken(more)


def test_the_land_ledger() -> None:
    def damage(world: World) -> None:
        world.accounts.built[2] += 1

    told = broken(damage)
    assert "land ledger in Town 3: 50.00 mu but 50.01 mu is counted" in told


def test_a_ledger_below_zero_is_broken_only_while_it_binds() -> None:
    world = small_world()
    world.accounts.opening[0] = world.accounts.left[0] = -1
    world.city.land_limited = False
    land.close_books(world, Levers(), Assumptions())
    world.city.land_limited = True
    with pytest.raises(
        LawBrokenError, match=r"2019Q1: land in hand in Town 1: -0\.01 mu is below 0, and the ledger binds"
    ):
        land.close_books(world, Levers(), Assumptions())


def test_firms_that_come_and_go_unrecorded_are_missed_by_town() -> None:
    world = small_world()
    before = take_census(world)
    hold_against_books(world, before)
    world.firms.alive[VILLAGE] = False
    with pytest.raises(LawBrokenError, match=r"2019Q1: firms of Town 2: the books say 3, counted 2"):
        hold_against_books(world, before)
    world.books.counts[Count.EXITED_CHOICE, 1] += 1
    with pytest.raises(LawBrokenError, match=r"2019Q1: jobs of Town 2"):
        hold_against_books(world, before)


def test_jobs_that_appear_from_nowhere_are_missed() -> None:
    world = small_world()
    before = take_census(world)
    world.firms.employees[OWNER] += 0.5
    with pytest.raises(LawBrokenError, match=r"jobs of Town 1: the books say \d+, counted \d+"):
        hold_against_books(world, before)
    world.books.counts[Count.JOBS_CHANGED, 0] += 500_000
    hold_against_books(world, before)


def test_a_fen_that_nobody_booked_is_missed() -> None:
    world = small_world()
    before = take_census(world)
    world.firms.cash[OWNER] += 1
    with pytest.raises(LawBrokenError, match=r"2019Q1: cash of firms: the books say [\d.]+ yuan, counted [\d.]+"):
        hold_against_books(world, before)
    world.books.money[Flow.SALES, 0] = 1
    hold_against_books(world, before)
    world.books.money[Flow.RENT_TO_FIRMS, 0] = 12345  # among firms: it changes nothing
    hold_against_books(world, before)


@pytest.mark.parametrize("flow", [Flow.TAXES, Flow.ELECTRICITY, Flow.DIVIDENDS, Flow.CASH_OUT])
def test_what_firms_pay_leaves_their_cash(flow: Flow) -> None:
    world = small_world()
    before = take_census(world)
    world.books.money[flow, 1] = 700
    with pytest.raises(LawBrokenError, match="cash of firms"):
        hold_against_books(world, before)
    world.firms.cash[2] -= 700
    hold_against_books(world, before)


# Every way of changing place keeps the laws


@pytest.mark.parametrize("row", range(12))
def test_whoever_leaves_the_balances_hold(row: int) -> None:
    world = small_world()
    before = take_census(world)
    world.firms.exit_cause[row] = Cause.CHOICE
    sites.leave(world, np.array([row]))
    laws.check(world)
    world.firms.landlord[world.firms.landlord == row] = -1
    hold_against_books(world, before)


@pytest.mark.parametrize("row", range(12))
@pytest.mark.parametrize("park", [0, 1])
def test_whoever_moves_the_balances_hold(row: int, park: int) -> None:
    world = small_world()
    before = take_census(world)
    firms = world.firms
    firms.target[row], firms.target_unit[row], firms.target_floor[row] = park, Unit.SMALL, 35_000
    sites.into_parks(world, np.array([row]), 0.6)
    laws.check(world)
    hold_against_books(world, before)
    assert (firms.site[row], firms.place[row], firms.tenure[row]) == (Site.PARK, park, Tenure.TENANT)
