"""Rating and supervision of parks (2.5)."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import threads
from clustersim.foundation.words import Cause, Grade, Quarter, Site, Stage, Tenure
from clustersim.letter.parks import WHEN_OFF, Levers, rate
from clustersim.letter.parks.rating import rating, rating_points
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

ASSUMED = Assumptions()
OFF = dataclasses.replace(Levers(), **WHEN_OFF["2.5"])
IN_PARK_0, IN_PARK_1 = 7, 8  # rows of the pattern


def in_case(row: int) -> World:
    world = small_world()
    world.quarter = Quarter(2022, 2)
    world.firms.stage[row] = Stage.RECTIFYING
    return world


def test_a_full_clean_productive_park_is_rated_above_an_empty_one_in_trouble() -> None:
    world = small_world()
    world.parks.free[0] = 0
    world.parks.floor[0] = [0, 100_000, 0, 0]
    world.firms.floor[IN_PARK_0] = 100_000
    world.firms.stage[IN_PARK_1] = Stage.REGISTERED
    rate(world, Levers(), ASSUMED)
    assert world.parks.rating[0] == Grade.A
    assert world.parks.rating[1] == Grade.D
    assert world.parks.rating_points[0] > world.parks.rating_points[1]
    assert (world.parks.rating[2:] == Grade.NONE).all()


def test_ratings_are_given_in_the_first_quarter_only() -> None:
    world = small_world()
    world.quarter += 1
    rate(world, Levers(), ASSUMED)
    assert (world.parks.rating == Grade.NONE).all()


def test_support_follows_the_rating() -> None:
    world = small_world()
    easy = Levers(a_points=0.0, services_a=0.1, rent_relief_a=0.25)
    rate(world, easy, ASSUMED)
    assert world.parks.services[0] == pytest.approx(np.full(9, 0.35))
    assert world.parks.rent[0] == pytest.approx(0.75 * 18.0)
    used = world.parks.floor[0].sum() - world.parks.free[0].sum()
    spared = 3 * 0.25 * 18.0 * used / 100 * 100  # fen
    assert world.books.money[Flow.CO_FUNDING, 0] == pytest.approx(spared, abs=1)
    assert world.books.by_clause[CLAUSE_SLOTS.index("2.5"), 0] == world.books.money[Flow.CO_FUNDING, 0]
    for _ in range(4):
        world.quarter += 1
        rate(world, easy, ASSUMED)
    assert world.parks.rent[0] == pytest.approx(0.75 * 18.0)  # not again and again
    world.quarter += 4
    rate(world, dataclasses.replace(easy, a_points=100.0, b_points=100.0), ASSUMED)
    assert world.parks.rent[0] == pytest.approx(18.0)


def test_a_tenant_that_stays_in_trouble_goes_to_vacant_floor() -> None:
    world = in_case(IN_PARK_1)
    firms, free = world.firms, world.parks.free[1].sum()
    vacant = world.accounts.vacant_floor[1]
    for quarter in range(3):
        assert firms.site[IN_PARK_1] == Site.PARK
        assert firms.park_warnings[IN_PARK_1] == quarter
        rate(world, Levers(quarters_before_loss=3), ASSUMED)
        world.quarter += 1
    assert firms.site[IN_PARK_1] == Site.PLOT
    assert firms.alive[IN_PARK_1]
    assert not firms.closing[IN_PARK_1]
    assert world.parks.free[1].sum() == free + firms.floor[IN_PARK_1]
    assert world.accounts.vacant_floor[1] == vacant - firms.floor[IN_PARK_1]
    assert firms.park_warnings[IN_PARK_1] == 0


def test_without_vacant_floor_it_has_to_close() -> None:
    world = in_case(IN_PARK_1)
    world.accounts.vacant_floor[:] = 0
    rate(world, Levers(quarters_before_loss=1), ASSUMED)
    assert world.firms.closing[IN_PARK_1]
    assert world.firms.exit_cause[IN_PARK_1] == Cause.CLOSURE
    assert world.firms.site[IN_PARK_1] == Site.PARK  # the exit itself is a later step


def test_a_cured_case_starts_the_count_again_and_owners_stay() -> None:
    world = in_case(IN_PARK_0)
    levers = Levers(quarters_before_loss=2)
    rate(world, levers, ASSUMED)
    world.firms.stage[IN_PARK_0] = Stage.NONE
    rate(world, levers, ASSUMED)
    assert world.firms.park_warnings[IN_PARK_0] == 0
    owned = in_case(IN_PARK_0)
    owned.firms.tenure[IN_PARK_0] = Tenure.UNIT_OWNER
    for _ in range(6):
        rate(owned, levers, ASSUMED)
    assert owned.firms.site[IN_PARK_0] == Site.PARK
    assert not owned.firms.closing[IN_PARK_0]


def test_a_firm_leaving_for_another_cause_keeps_that_cause() -> None:
    world = in_case(IN_PARK_1)
    world.accounts.vacant_floor[:] = 0
    world.firms.closing[IN_PARK_1] = True
    world.firms.exit_cause[IN_PARK_1] = Cause.CLEARANCE
    rate(world, Levers(quarters_before_loss=1), ASSUMED)
    assert world.firms.exit_cause[IN_PARK_1] == Cause.CLEARANCE


def test_2_5_off_rates_nobody_and_takes_no_place() -> None:
    world = in_case(IN_PARK_1)
    world.quarter = Quarter(2022, 1)
    before = world.copy()
    for _ in range(8):
        rate(world, OFF, ASSUMED)
    for table in ("firms", "parks", "accounts"):
        for name in getattr(world, table).__dataclass_fields__:
            assert (getattr(getattr(world, table), name) == getattr(getattr(before, table), name)).all()


def test_two_threads_find_the_same_bits() -> None:
    one, two = small_world(60_000), small_world(60_000)
    rate(one, Levers(), ASSUMED)
    with threads(2):
        rate(two, Levers(), ASSUMED)
    assert one.parks.rating_points.tolist() == two.parks.rating_points.tolist()


share = st.floats(0.0, 1.0)
weight = st.floats(0.0, 100.0)


@settings(deadline=None)
@given(share, st.floats(0, 5), share, weight, weight, weight, st.floats(1.0, 3.0))
def test_points_lie_between_0_and_100_and_rise_with_every_part(
    occupancy: float, output: float, compliance: float, w1: float, w2: float, w3: float, full: float
) -> None:
    weights = (w1, w2, w3, full)
    points = rating_points(occupancy, output, compliance, *weights)
    assert -1e-9 <= points <= 100.0 + 1e-9
    assert rating_points(1.0, output, compliance, *weights) >= points - 1e-9
    assert rating_points(occupancy, output + 1.0, compliance, *weights) >= points - 1e-9
    assert rating_points(occupancy, output, 1.0, *weights) >= points - 1e-9
    assert rating(points, 80.0, 70.0, 60.0) in (1, 2, 3, 4)
