"""The plan (1.1), the release of floor (1.2), the land ledger (1.3) and the clearance of scattered plots (1.4)."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.firm.changes import carry_out
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, Action, Carry, Cause, Clearance, ParkState, Pool, Site, Unit
from clustersim.letter.land import (
    WHEN_OFF,
    Levers,
    clear,
    close_books,
    compensate,
    grant_quota,
    plan,
    release,
)
from clustersim.scenario import Levers as AllLevers
from clustersim.world import laws, sites
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

ASSUMED = Assumptions()
SMALL_OWNER, LANDLORD, TENANT = 2, 1, 3  # rows of the pattern; the tenant rents from the landlord
SCATTERED = 10  # the cell of a town that is inside the urban boundary and outside the planned zones


def off(*clauses: str) -> Levers:
    patch: dict[str, object] = {}
    for clause in clauses:
        patch |= WHEN_OFF[clause]
    return dataclasses.replace(Levers(), **patch)


def scatter(world: World, owner: int) -> None:
    """Put an owner's plot on the scattered cell of its town."""
    firms = world.firms
    world.city.cell_land[firms.cell[owner]] -= firms.land[owner]
    firms.cell[owner] = firms.town[owner] * 16 + SCATTERED
    world.city.cell_land[firms.cell[owner]] += firms.land[owner]


def let_leave(world: World, rows: np.ndarray) -> None:
    """What the quarter does with those who go: compensation, cash to the owners, then the exit."""
    compensate(world, rows, Levers())
    world.firms.cash[rows] = 0
    sites.leave(world, rows)


# 1.1


def test_under_the_plan_parks_stand_only_inside_the_planned_zones() -> None:
    world = small_world()
    plan(world, Levers())
    assert world.city.may_build.sum() == 3 * 8
    assert not (world.city.may_build & ~world.city.planned).any()


def test_project_sites_lie_in_the_zones_under_a_plan_and_anywhere_without_one() -> None:
    world = small_world()
    plan(world, off("1.1"))
    sites = world.parks.cell[2:5].copy()
    assert (world.cells.town[sites] == [0, 1, 2]).all()
    assert not world.cells.hill[sites].any()
    assert not world.city.planned[sites].all()
    other_luck = small_world()
    other_luck.seed = 99
    plan(other_luck, off("1.1"))
    assert np.array_equal(other_luck.parks.cell[2:5], sites)
    plan(world, Levers())
    assert world.city.planned[world.parks.cell[2:5]].all()


def test_a_park_that_stands_or_is_being_built_stays_where_it_is() -> None:
    world = small_world()
    world.parks.state[2] = ParkState.BUILDING
    world.parks.cell[2] = 14
    plan(world, Levers())
    assert world.parks.cell[2] == 14
    assert world.parks.cell[0] == 5


def test_without_a_plan_any_cell_will_do_but_never_a_hill_and_the_mask_stays_for_measuring() -> None:
    world = small_world()
    mask = world.city.planned.copy()
    plan(world, off("1.1"))
    assert world.city.may_build.sum() == 3 * 15
    assert not (world.city.may_build & world.cells.hill).any()
    assert np.array_equal(world.city.planned, mask)


# 1.2


def test_the_town_with_the_queue_gets_the_floor() -> None:
    world = small_world()
    world.city.queue[:, 1, 0] = 500_000  # in each of four quarters 5,000 m2 in the second town
    release(world, dataclasses.replace(Levers(), target_vacancy=0.0, release_limit=1e6), ASSUMED)
    assert world.city.released_now[1] > 0.0
    assert world.city.released_now[0] == world.city.released_now[2] == 0.0


def test_floor_that_is_free_or_under_construction_is_not_released_again() -> None:
    world = small_world()
    world.parks.free[:] = 0
    world.city.queue[0, 2, 0] = 100_000
    roomy = dataclasses.replace(Levers(), target_vacancy=0.0, release_limit=1e9)
    release(world, roomy, ASSUMED)
    assert world.city.released_now.tolist() == [0.0, 0.0, 1000.0]
    world.parks.state[4], world.parks.planned_floor[4, Unit.STANDARD] = ParkState.BUILDING, 70_000  # in that town
    release(world, roomy, ASSUMED)
    assert world.city.released_now.tolist() == [0.0, 0.0, 300.0]


def test_no_more_is_released_than_the_limit_and_the_smaller_city_has_the_smaller_one() -> None:
    world = small_world()
    world.city.queue[:] = 10_000_000
    release(world, Levers(), ASSUMED)
    assert world.city.released_now.sum() == pytest.approx(Levers().release_limit * 12 / 50_000)


def test_without_matching_the_release_is_the_same_whatever_the_queue() -> None:
    world, hungry = small_world(), small_world()
    hungry.city.queue[:] = 10_000_000
    for one in (world, hungry):
        release(one, off("1.2"), ASSUMED)
    assert world.city.released_now.tolist() == hungry.city.released_now.tolist()
    assert world.city.released_now.sum() == pytest.approx(250_000.0 / 4 * 12 / 50_000)


# 1.3


def test_four_quarters_bring_the_quota_of_a_year_to_the_last_hundredth_of_a_mu() -> None:
    world = small_world()
    world.size = 50_000
    for _ in range(4):
        grant_quota(world, Levers(), ASSUMED)
    assert world.accounts.quota.tolist() == [20_000, 20_000, 20_000]
    laws.check(world)


def test_in_a_tiny_city_no_fraction_of_the_quota_is_lost() -> None:
    world = small_world()
    for _ in range(4 * 10):
        grant_quota(world, Levers(), ASSUMED)
    assert world.accounts.quota.sum() == 144  # 600 mu a year x 10 x 12 / 50,000, in 0.01 mu
    laws.check(world)


def test_when_the_ledger_binds_an_overdrawn_town_is_found_out_and_when_it_does_not_it_only_counts() -> None:
    world = small_world()
    world.accounts.built[1] += 6000
    world.accounts.left[1] -= 6000
    world.city.cell_land[16 + 5] += 6000
    world.parks.land[1] += 6000
    plan(world, off("1.3"))
    close_books(world, off("1.3"), ASSUMED)
    world.city.land_limited = True
    with pytest.raises(laws.LawBrokenError, match=r"Town 2: -10\.00 mu"):
        close_books(world, Levers(), ASSUMED)


def test_a_ledger_that_binds_opens_empty_for_those_with_land_in_hand_and_those_that_overdrew() -> None:
    world = small_world()
    world.accounts.built[1] += 6000
    world.accounts.left[1] -= 6000
    world.city.cell_land[16 + 5] += 6000
    world.parks.land[1] += 6000
    plan(world, Levers())
    assert world.city.land_limited
    assert world.accounts.left.tolist() == [0, 0, 0]
    close_books(world, Levers(), ASSUMED)


def test_at_an_exchange_ratio_of_a_half_two_mu_given_up_are_one_mu_to_build_on() -> None:
    world = small_world()
    harsh = dataclasses.replace(Levers(), exchange_ratio=0.5)
    plan(world, harsh)
    give_up(world, town=0, land=200)
    close_books(world, harsh, ASSUMED)
    assert world.accounts.left[0] == 100
    close_books(world, harsh, ASSUMED)  # not twice
    assert world.accounts.left[0] == 100


def test_what_was_built_on_at_once_is_docked_later() -> None:
    world = small_world()
    harsh = dataclasses.replace(Levers(), exchange_ratio=0.5)
    plan(world, harsh)
    give_up(world, town=0, land=200)
    left = int(world.accounts.left[0])
    world.accounts.built[0] += left
    world.accounts.left[0] = 0
    world.parks.land[0] += left
    world.city.cell_land[5] += left
    close_books(world, harsh, ASSUMED)
    assert world.accounts.left[0] == 0
    world.accounts.quota[0] += 130
    world.accounts.left[0] += 130
    close_books(world, harsh, ASSUMED)
    assert world.accounts.left[0] == 30


def give_up(world: World, town: int, land: int) -> None:
    """Land of an absent owner goes to the ledger."""
    world.accounts.absent_land[town] -= land
    world.city.cell_land[world.towns.seat_cell[town]] -= land
    world.accounts.cleared[town] += land
    world.accounts.left[town] += land


# 1.4


def test_a_scattered_plot_gets_notice_and_plots_in_the_planned_zones_do_not() -> None:
    world = small_world()
    clear(world, Levers(), ASSUMED)
    told = np.flatnonzero(world.firms.clearance == Clearance.NOTICE)
    assert told.tolist() == [SMALL_OWNER]
    assert world.firms.displaced[SMALL_OWNER]
    assert world.firms.notice_due[SMALL_OWNER] == world.quarter.index + 4
    assert world.books.counts[Count.DISPLACED].sum() == 1
    assert not world.firms.closing.any()


def test_without_clearance_nothing_happens_not_even_to_a_listed_plot() -> None:
    world = small_world()
    world.firms.clearance[0] = Clearance.LISTED
    before = world.copy()
    for _ in range(8):
        clear(world, off("1.4"), ASSUMED)
        world.quarter += 1
    assert np.array_equal(world.firms.clearance, before.firms.clearance)
    assert np.array_equal(world.firms.displaced, before.firms.displaced)
    assert not world.firms.closing.any()


def test_the_tenants_of_a_plot_get_notice_with_their_landlord() -> None:
    world = small_world()
    scatter(world, LANDLORD)
    world.size = 50_000  # a full-size programme takes both plots
    clear(world, Levers(), ASSUMED)
    assert np.flatnonzero(world.firms.clearance == Clearance.NOTICE).tolist() == [LANDLORD, SMALL_OWNER, TENANT]


def test_a_plot_whose_improvement_order_failed_goes_first_wherever_it_lies() -> None:
    world = small_world()
    world.firms.clearance[0] = Clearance.LISTED  # in the planned zone
    clear(world, Levers(), ASSUMED)
    assert world.firms.clearance[0] == Clearance.NOTICE
    assert world.firms.clearance[SMALL_OWNER] == Clearance.NONE


def test_the_lowest_score_goes_first_while_grades_count() -> None:
    world = small_world(24)
    firms, low = world.firms, SMALL_OWNER + 12  # the scattered owners of the first and second dozen
    firms.pool[[SMALL_OWNER, low]] = Pool.BELOW_SCALE_SMALL_PLOT
    firms.score[[SMALL_OWNER, low]] = 80.0, 30.0
    world.city.grades_count = True
    clear(world, Levers(), ASSUMED)
    assert np.flatnonzero(firms.clearance == Clearance.NOTICE).tolist() == [low]


def test_while_grades_do_not_count_the_score_plays_no_part_in_the_lot() -> None:
    picked = []
    for scores in ((80.0, 30.0), (30.0, 80.0)):
        world = small_world(24)
        world.firms.score[[SMALL_OWNER, SMALL_OWNER + 12]] = scores
        clear(world, Levers(), ASSUMED)
        picked.append(np.flatnonzero(world.firms.clearance == Clearance.NOTICE).tolist())
    assert picked[0] == picked[1]


def test_a_plot_larger_than_the_target_is_taken_and_the_next_programmes_wait_for_it() -> None:
    world = small_world(24)
    for _ in range(40):
        clear(world, Levers(), ASSUMED)
    told = np.flatnonzero(world.firms.clearance == Clearance.NOTICE)
    # 1,000 mu a year x 24 / 50,000 x 10 years: 4.8 mu, and 0.32 mu a plot
    assert told.tolist() == [SMALL_OWNER, SMALL_OWNER + 12]
    world = small_world(24)
    clear(world, Levers(), ASSUMED)
    assert world.city.carry[Carry.CLEARANCE, 0] < 0.0
    clear(world, Levers(), ASSUMED)
    assert (world.firms.clearance == Clearance.NOTICE).sum() == 1


def test_whoever_is_there_at_the_end_of_the_notice_has_to_close_and_the_land_returns_to_the_ledger() -> None:
    world = small_world()
    scatter(world, LANDLORD)
    world.size = 50_000
    clear(world, Levers(), ASSUMED)
    land = int(world.firms.land[[LANDLORD, SMALL_OWNER]].sum())
    floor = int(world.accounts.ordinary_floor.sum()) - int(world.firms.floor[[LANDLORD, SMALL_OWNER, TENANT]].sum())
    for _ in range(3):
        world.quarter += 1
        clear(world, Levers(), ASSUMED)
        assert not world.firms.closing.any()
    world.quarter += 1
    clear(world, Levers(), ASSUMED)
    going = np.flatnonzero(world.firms.closing)
    assert going.tolist() == [LANDLORD, SMALL_OWNER, TENANT]
    assert (world.firms.exit_cause[going] == Cause.CLEARANCE).all()
    let_leave(world, going)
    laws.check(world)
    assert world.accounts.cleared.sum() == land
    assert world.accounts.left.sum() == 15_000 + land
    assert world.accounts.ordinary_floor.sum() == floor
    assert world.books.counts[Count.CLEARED_PLOTS].sum() == 2
    assert world.books.counts[Count.EXITED_CLEARANCE].sum() == 3
    paid = land * 400_000 + 30_000 * 100  # fen: 0.01 mu x yuan a mu is 0.01 yuan
    assert world.books.money[Flow.COMPENSATION].sum() == paid
    assert world.books.by_clause[CLAUSE_SLOTS.index("1.4")].sum() == paid


def test_an_owner_that_defaults_under_notice_is_paid_for_its_land_and_its_tenant_gets_nothing() -> None:
    world = small_world()
    scatter(world, LANDLORD)
    world.firms.clearance[[LANDLORD, TENANT]] = Clearance.NOTICE
    world.firms.exit_cause[[LANDLORD, TENANT]] = Cause.DEFAULT
    land = int(world.firms.land[LANDLORD])
    let_leave(world, np.array([LANDLORD, TENANT]))
    laws.check(world)
    assert world.books.money[Flow.COMPENSATION].sum() == land * 400_000
    assert world.accounts.cleared.sum() == land
    assert world.accounts.vacant_floor[0] == 200_000  # its floor is not let again


def test_a_listed_plot_that_nobody_picked_is_let_again_without_a_yuan() -> None:
    world = small_world()
    world.firms.clearance[SMALL_OWNER] = Clearance.LISTED
    world.firms.exit_cause[SMALL_OWNER] = Cause.CHOICE
    let_leave(world, np.array([SMALL_OWNER]))
    laws.check(world)
    assert world.books.money[Flow.COMPENSATION].sum() == 0
    assert world.accounts.cleared.sum() == 0


@pytest.mark.parametrize(("state", "surrenders"), [(Clearance.NOTICE, True), (Clearance.LISTED, False)])
def test_only_an_owner_under_notice_surrenders_its_plot_on_a_move(state: Clearance, surrenders: bool) -> None:
    world = small_world()
    firms = world.firms
    firms.clearance[SMALL_OWNER] = state
    land, cash = int(firms.land[SMALL_OWNER]), int(firms.cash[SMALL_OWNER])
    ask_for_unit(world, SMALL_OWNER)
    compensate(world, np.array([SMALL_OWNER]), Levers())
    sites.into_parks(world, np.array([SMALL_OWNER]), 0.6)
    laws.check(world)
    assert world.accounts.surrendered[1] == (land if surrenders else 0)
    assert firms.cash[SMALL_OWNER] - cash == (land * 400_000 if surrenders else 0)
    assert firms.clearance[SMALL_OWNER] == Clearance.NONE
    assert firms.notice_due[SMALL_OWNER] == NOBODY
    assert firms.site[SMALL_OWNER] == Site.PARK


def test_a_tenant_under_notice_takes_its_lump_sum_into_the_park_and_its_floor_is_gone() -> None:
    world = small_world()
    firms = world.firms
    firms.clearance[TENANT] = Clearance.NOTICE
    cash, floor, ordinary = int(firms.cash[TENANT]), int(firms.floor[TENANT]), int(world.accounts.ordinary_floor[0])
    ask_for_unit(world, TENANT)
    compensate(world, np.array([TENANT]), Levers())
    sites.into_parks(world, np.array([TENANT]), 0.6)
    laws.check(world)
    assert firms.cash[TENANT] - cash == 3_000_000
    assert world.accounts.ordinary_floor[0] == ordinary - floor


@pytest.mark.parametrize(("state", "cause"), [(Clearance.NOTICE, Cause.CLEARANCE), (Clearance.LISTED, Cause.CHOICE)])
def test_a_firm_that_closes_under_notice_has_gone_by_clearance_and_takes_its_money(
    state: Clearance, cause: Cause
) -> None:
    world = small_world()
    world.firms.clearance[SMALL_OWNER] = state
    world.firms.action[SMALL_OWNER] = Action.EXIT
    land = int(world.firms.land[SMALL_OWNER])
    carry_out(world, AllLevers(), dataclasses.replace(ASSUMED, leave_share=0.0))
    laws.check(world)
    assert not world.firms.alive[SMALL_OWNER]
    assert world.firms.exit_cause[SMALL_OWNER] == cause
    paid = land * 400_000 if state == Clearance.NOTICE else 0
    assert world.books.money[Flow.COMPENSATION].sum() == paid
    assert world.firms.cash[SMALL_OWNER] == 0


def ask_for_unit(world: World, row: int) -> None:
    firms = world.firms
    firms.target[row], firms.target_unit[row], firms.target_floor[row] = 0, Unit.SMALL, 35_000


@settings(max_examples=25, deadline=None)
@given(
    mu=st.floats(0.0, 10_000.0), ratio=st.floats(0.0, 1.0), notice=st.integers(1, 6), quota=st.floats(0.0, 5000.0),
    quarters=st.integers(1, 10),
)  # fmt: skip
def test_land_and_floor_balance_whatever_the_programme(
    mu: float, ratio: float, notice: int, quota: float, quarters: int
) -> None:
    world = small_world(36)
    world.size = 5000
    for owner in (0, 1, 13, 24):
        scatter(world, owner)
    levers = dataclasses.replace(
        Levers(), cleared_mu_a_year=mu, exchange_ratio=ratio, notice_quarters=notice, yearly_quota=quota
    )
    plan(world, levers)
    for _ in range(quarters):
        world.books.open()
        grant_quota(world, levers, ASSUMED)
        clear(world, levers, ASSUMED)
        let_leave(world, np.flatnonzero(world.firms.closing & world.firms.alive))
        world.firms.closing[:] = False
        close_books(world, levers, ASSUMED)
        world.quarter += 1
