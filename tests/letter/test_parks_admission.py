"""Who enters a park (2.1, 2.4): vetoes, grades, and a fair order when units are too few."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, SECTOR_KEYS, SECTORS, Action, Grade, Pool, Unit
from clustersim.letter.parks import WHEN_OFF, Levers, Threshold, admit, eligible, rentable, threshold
from clustersim.world.books import Count
from clustersim.world.tables import World
from tests.small_world import small_world

SMALL = 35_000
ASSUMED = Assumptions()


def off(clause: str) -> Levers:
    return dataclasses.replace(Levers(), **WHEN_OFF[clause])


def asking(count: int, room: int = 2, floor: int = SMALL) -> World:
    """A world of 24 firms of which the first `count` ask for a small unit in park 0, with room for `room` of them."""
    world = small_world(24)
    firms = world.firms
    world.city.grades_count = True
    rows = np.arange(count)
    firms.action[rows] = Action.MOVE
    firms.target[rows] = 0
    firms.target_unit[rows] = Unit.SMALL
    firms.target_floor[rows] = floor
    firms.grade[rows] = Grade.B
    firms.score[rows] = 60.0
    firms.pool[rows] = Pool.TENANTS
    firms.sector[rows] = 0
    for hazard in (firms.safety, firms.environment, firms.fire, firms.energy):
        hazard[rows] = 0.3
    world.parks.free[0] = 0
    world.parks.free[0, Unit.SMALL] = room * SMALL
    return world


def moving(world: World) -> list[int]:
    return np.flatnonzero(world.firms.action == Action.MOVE).tolist()


def test_the_rest_stay_and_join_the_queue_of_their_town() -> None:
    world = asking(5)
    world.city.queue[world.quarter.index % 4] = 77  # of a year ago
    admit(world, Levers(), ASSUMED)
    assert len(moving(world)) == 2
    assert world.books.counts[Count.ASKED].sum() == 5
    assert world.books.counts[Count.REFUSED].sum() == 3
    queue = world.city.queue[world.quarter.index % 4]
    assert queue.sum() == 3 * SMALL
    refused = np.setdiff1d(np.arange(5), moving(world))
    assert queue[:, 0].tolist() == [SMALL * (world.firms.town[refused] == town).sum() for town in range(3)]
    assert (world.firms.target[refused] == NOBODY).all()
    assert (world.firms.action[refused] == Action.STAY).all()


def test_returning_then_displaced_then_the_better_score() -> None:
    world = asking(6, room=1)
    firms = world.firms
    firms.score[:4] = [90.0, 60.0, 60.0, 60.0]
    firms.displaced[1] = firms.displaced[2] = True
    world.parks.block[0], firms.returns_to[2] = 0, 0
    for expected in (2, 1, 0):
        again = world.copy()
        admit(again, Levers(), ASSUMED)
        assert moving(again) == [expected]
        firms.action[expected] = Action.STAY


def test_a_block_is_not_nobody() -> None:
    """A firm without a right of return does not get ahead in a park that grew out of no block."""
    world = asking(2, room=1)
    world.firms.score[1] = 70.0
    world.firms.returns_to[0] = 1  # of another block
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [1]


def test_equals_draw_lots_by_uid_not_by_row() -> None:
    first = asking(6)
    admit(first, Levers(), ASSUMED)
    winners = set(first.firms.uid[moving(first)].tolist())
    second = asking(6)
    second.firms.uid[:6] = second.firms.uid[:6][::-1].copy()
    admit(second, Levers(), ASSUMED)
    assert set(second.firms.uid[moving(second)].tolist()) == winners


def test_with_4_1_off_neither_grade_nor_score_counts() -> None:
    world = asking(1)
    world.firms.grade[0] = Grade.D
    refused = world.copy()
    admit(refused, Levers(), ASSUMED)
    assert moving(refused) == []
    world.city.grades_count = False
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [0]
    ranked, drawn = asking(6, room=1), asking(6, room=1)
    winner = int(next(iter(moving_after(drawn, grades=False))))
    ranked.firms.score[:6] = 10.0
    ranked.firms.score[(winner + 1) % 6] = 99.0
    assert moving_after(ranked.copy(), grades=False) == [winner]
    assert moving_after(ranked, grades=True) == [(winner + 1) % 6]


def moving_after(world: World, *, grades: bool) -> list[int]:
    world.city.grades_count = grades
    admit(world, Levers(), ASSUMED)
    return moving(world)


def test_the_grade_test_is_waived_for_the_displaced_and_the_ungraded() -> None:
    world = asking(3, room=3)
    world.firms.grade[:3] = [Grade.C, Grade.C, Grade.NONE]
    world.firms.displaced[1] = True
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [1, 2]


def test_a_veto_holds_even_for_the_displaced_and_the_refused_do_not_queue() -> None:
    world = asking(2, room=2)
    world.firms.sector[0] = SECTOR_KEYS.index("casting")
    world.firms.displaced[0] = True
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [1]
    assert world.city.queue.sum() == 0


def test_2_4_off_lets_any_firm_in() -> None:
    world = asking(3, room=3)
    world.firms.sector[0] = SECTOR_KEYS.index("casting")
    world.firms.grade[1] = Grade.D
    world.firms.environment[2] = 0.9
    strict = world.copy()
    admit(strict, Levers(), ASSUMED)
    assert moving(strict) == []
    admit(world, off("2.4"), ASSUMED)
    assert moving(world) == [0, 1, 2]


def test_a_park_takes_its_chain_only() -> None:
    world = asking(2, room=2)
    world.parks.admits[0] = 0b10
    world.firms.sector[1] = 1
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [1]


def test_the_strict_variant_asks_for_tax_and_investment() -> None:
    levers = Levers(tax_per_mu=300_000.0, investment_per_mu=3_000_000.0)
    world = asking(2, room=2)
    world.parks.strict[0] = True
    # 350 m2 is 0.26 mu: 78,700 yuan of tax and 787,000 yuan of investment
    world.firms.tax_last_year[:2] = [79_000_00, 70_000_00]
    world.firms.revenue[:2] = 3e6
    poor = world.copy()
    poor.firms.revenue[0] = 1e6
    admit(world, levers, ASSUMED)
    assert moving(world) == [0]
    admit(poor, levers, ASSUMED)
    assert moving(poor) == []


def test_floor_for_rent_and_floor_for_sale_are_kept_apart() -> None:
    world = asking(4, room=3)
    world.parks.for_sale[0, Unit.SMALL] = SMALL
    world.firms.target_buy[:2] = True
    admit(world, Levers(), ASSUMED)
    bought = world.firms.target_buy[moving(world)]
    assert bought.sum() == 1
    assert (~bought).sum() == 2


def test_a_smaller_request_may_still_fit() -> None:
    world = asking(2, room=1)
    world.firms.target_floor[0] = 2 * SMALL
    world.firms.score[0] = 99.0
    admit(world, Levers(), ASSUMED)
    assert moving(world) == [1]


def test_a_firm_ordered_to_close_or_bound_for_a_building_site_is_refused() -> None:
    world = asking(3, room=3)
    world.firms.closing[0] = True
    world.firms.target[1] = 2  # a candidate site
    world.firms.target[2] = NOBODY
    admit(world, Levers(), ASSUMED)
    assert moving(world) == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 90_000), min_size=24, max_size=24), st.lists(st.booleans(), min_size=24, max_size=24))
def test_no_park_above_its_floor(floors: list[int], buys: list[bool]) -> None:
    world = asking(24, room=5)
    world.parks.for_sale[0, Unit.SMALL] = 2 * SMALL
    world.firms.target_floor[:] = floors
    world.firms.target_buy[:] = buys
    room = rentable(world)[0, Unit.SMALL]
    admit(world, off("2.4"), ASSUMED)
    inside = world.firms.action == Action.MOVE
    assert world.firms.target_floor[inside & world.firms.target_buy].sum() <= 2 * SMALL
    assert world.firms.target_floor[inside & ~world.firms.target_buy].sum() <= room


terms = st.builds(
    Threshold, vetoed=st.integers(0, 2**SECTORS - 1), grade_floor=st.integers(1, 4), grades_count=st.booleans(),
    hazard_limit=st.floats(0, 1), least_tax=st.floats(0, 1e6), least_investment=st.floats(0, 1e7),
    hazard_left=st.just(0.6), capital_ratio=st.just(0.35), fit_out=st.just(600.0), floor_per_mu=st.just(1334.0),
    small_size=st.just(35_000), standard_size=st.just(100_000), custom_size=st.just(350_000),
    incubator_size=st.just(15_000), most_small=st.just(2), incubator_quarters=st.just(12),
    incubator_rent=st.just(0.5), custom_fit_out=st.just(0.6), incubator_fit_out=st.just(0.3),
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    terms, st.integers(0, 13), st.integers(0, 4), st.booleans(), st.floats(0, 1), st.floats(1e5, 1e9),
    st.floats(0, 1e7), st.floats(100, 10_000), st.integers(0, 2**SECTORS - 1), st.booleans(),
)  # fmt: skip
def test_the_threshold_law(
    t: Threshold, sector: int, grade: int, displaced: bool, hazard: float, revenue: float, tax: float, floor: float,
    admits: int, strict: bool,
) -> None:  # fmt: skip
    given_all = (hazard, revenue, tax, floor, admits, strict)
    entered = eligible(t, sector, grade, displaced, *given_all)
    assert entered == eligible.py_func(t, sector, grade, displaced, *given_all)
    if entered:
        assert not t.vetoed >> sector & 1
        assert admits >> sector & 1
        assert hazard * t.hazard_left <= t.hazard_limit
        assert eligible(t, sector, Grade.A, True, *given_all)  # a better grade or a case never shuts a door
        assert eligible(t, sector, grade, displaced, hazard / 2, revenue * 2, tax * 2, floor, admits, False)


def test_the_threshold_follows_the_levers() -> None:
    world = small_world()
    t = threshold(world, Levers(vetoed=("auto",), lowest_grade="C"), ASSUMED)
    assert (t.vetoed, t.grade_floor, t.grades_count) == (4, 3, False)
    assert threshold(world, off("2.4"), ASSUMED).vetoed == 0
