"""Kinds of unit (1.5, 2.3), lead sectors (2.1) and the levers of the parks."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.levers import descriptions
from clustersim.foundation.words import NOBODY, SECTOR_KEYS, Developer, Unit
from clustersim.letter import parks
from clustersim.letter.parks import (
    CLAUSES,
    WHEN_OFF,
    Levers,
    admitted_sectors,
    cheapest_unit,
    floor_taken,
    floors_taken,
    split_floor,
    unit_rent,
    unit_sizes,
)
from tests.small_world import small_world

ONE_MU_PARK = 8_137_400  # 61 mu at 2.0, in 0.01 m2


def off(clause: str) -> Levers:
    return dataclasses.replace(Levers(), **WHEN_OFF[clause])


def test_every_clause_can_be_switched_off_and_every_lever_has_a_clause() -> None:
    assert set(WHEN_OFF) == set(CLAUSES)
    described = descriptions(Levers, "parks")
    assert {one.clause for one in described.values()} == set(CLAUSES)
    for one in described.values():
        assert one.problem(one.default) is None, one.name
        assert one.zh and one.en and one.source
    for clause, patch in WHEN_OFF.items():
        for name, value in patch.items():
            one = described[f"parks.{name}"]
            assert one.clause == clause
            assert one.problem(one.coerce(value)) is None


def test_the_words_of_every_clause_stand_at_the_door() -> None:
    assert parks.__doc__ is not None
    for clause in CLAUSES:
        assert f"\n{clause}" in parks.__doc__
    assert "以“园中园”的模式，建立小微工业园" in parks.__doc__


@settings(deadline=None)
@given(st.integers(0, 5_000_000), st.sampled_from(list(Unit)), st.integers(1, 500_000), st.integers(0, 60))
def test_a_firm_is_never_given_less_floor_than_it_needs(need: int, kind: Unit, size: int, age: int) -> None:
    taken = floor_taken(need, int(kind), size, 2, age, 12)
    assert taken == 0 or taken >= need
    if taken and kind != Unit.CUSTOM:
        assert taken % size == 0
        assert taken - need < size
    if kind == Unit.SMALL:
        assert taken <= 2 * size
    if kind == Unit.INCUBATOR and age >= 12:
        assert taken == 0
    assert floor_taken(need, int(kind), size, 2, age, 12) == floor_taken.py_func(need, int(kind), size, 2, age, 12)


def test_a_micro_firm_saves_two_thirds_of_its_rent_in_a_small_unit() -> None:
    small = floor_taken(30_000, int(Unit.SMALL), 35_000, 2, 40, 12)
    standard = floor_taken(30_000, int(Unit.STANDARD), 100_000, 2, 40, 12)
    assert small * 18.0 < standard * 18.0 / 2.8


def test_only_the_young_get_the_incubator_rent() -> None:
    assert unit_rent(18.0, int(Unit.INCUBATOR), 11, 0.5, 12) == 9.0
    assert unit_rent(18.0, int(Unit.INCUBATOR), 12, 0.5, 12) == 18.0
    assert unit_rent(18.0, int(Unit.SMALL), 0, 0.5, 12) == 18.0


@settings(deadline=None)
@given(
    st.integers(0, 50_000_000), st.sampled_from(list(Developer)),
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_every_square_metre_of_a_new_park_has_a_kind(
    total: int, developer: Developer, small: float, custom: float, incubator: float, sold: float
) -> None:
    levers = Levers(small_share=small, custom_share=custom, incubator_share=incubator, sale_share=sold)
    floor, for_sale = split_floor(total, developer, levers)
    assert floor.sum() == total
    assert (floor >= 0).all()
    assert (for_sale >= 0).all()
    assert (for_sale <= floor).all()
    assert for_sale[Unit.INCUBATOR] == 0


def test_1_5_off_builds_no_small_units() -> None:
    assert split_floor(ONE_MU_PARK, Developer.STATE_PLATFORM, Levers())[0][Unit.SMALL] > 0
    assert split_floor(ONE_MU_PARK, Developer.STATE_PLATFORM, off("1.5"))[0][Unit.SMALL] == 0


def test_2_3_off_leaves_standard_units_for_rent() -> None:
    floor, for_sale = split_floor(ONE_MU_PARK, Developer.STATE_PLATFORM, off("2.3"))
    assert floor[Unit.CUSTOM] == floor[Unit.INCUBATOR] == 0
    assert floor[Unit.SMALL] + floor[Unit.STANDARD] == ONE_MU_PARK
    assert for_sale.sum() == 0


def test_professionals_sell_all_they_build() -> None:
    floor, for_sale = split_floor(ONE_MU_PARK, Developer.PROFESSIONAL, Levers())
    assert for_sale.tolist() == floor.tolist()
    assert floor[Unit.INCUBATOR] == 0


def test_a_stricter_park_takes_no_sector_that_a_looser_one_refuses() -> None:
    chain = small_world().sectors.upstream
    lists = [admitted_sectors(chain, strictness) for strictness in (0.0, 0.3, 0.5, 1.0)]
    for looser, stricter in itertools.pairwise(lists):
        assert (stricter & ~looser == 0).all()
    assert (lists[0] == (1 << len(SECTOR_KEYS)) - 1).all()
    lead = np.arange(len(SECTOR_KEYS))
    assert ((lists[-1] >> lead) & 1 == 1).all()  # the lead sector is always in
    assert lists[-1][0] == 0b10_0000_0000_0011  # itself, whom it buys from most, and who buys most from it


@pytest.mark.parametrize(("grade", "number"), [("A", 1), ("D", 4), ("none", 4)])
def test_the_lowest_grade(grade: str, number: int) -> None:
    assert Levers(lowest_grade=grade).grade_floor == number


def test_left_over_slivers_are_no_offer() -> None:
    world = small_world()
    assert parks.has_room(world, Levers(), 0.0)[:3].tolist() == [True, True, False]
    world.parks.free[0] = [34_999, 99_999, 0, 0]
    assert not parks.has_room(world, Levers(), 0.0)[0]
    world.parks.free[0, Unit.SMALL] = 40_000
    world.parks.for_sale[0, Unit.SMALL] = 20_000  # 200 m2 to rent and 200 m2 to buy: nothing whole
    assert not parks.has_room(world, Levers(), 0.0)[0]


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 400_000), min_size=4, max_size=4), st.lists(st.floats(0, 1), min_size=4, max_size=4),
    st.integers(1, 600_000), st.integers(0, 20),
)  # fmt: skip
def test_the_unit_on_offer_is_free_for_its_tenure_and_the_cheapest(
    room: list[int], sold: list[float], need: int, age: int
) -> None:
    free = np.array(room)
    for_sale = (free * np.array(sold)).astype(np.int64)
    sizes = unit_sizes(Levers()).tolist()
    young_rent = unit_rent(1.0, int(Unit.INCUBATOR), age, 0.5, 12)
    all_taken = floors_taken(need, age, *sizes, 2, 12)
    kind, taken, buys = cheapest_unit(free.reshape(1, -1), for_sale.reshape(1, -1), 0, False, all_taken, young_rent)
    for_rent = free - for_sale
    fits = {
        one: cost
        for one in Unit
        if 0 < (cost := floor_taken(need, int(one), sizes[one], 2, age, 12)) <= (for_sale if buys else for_rent)[one]
    }
    if kind == NOBODY:
        assert not fits
        return
    assert taken == fits[Unit(kind)]
    paid = {one: unit_rent(1.0, int(one), age, 0.5, 12) * floor for one, floor in fits.items()}
    assert paid[Unit(kind)] == min(paid.values())
    if buys:  # only because nothing was to rent
        assert all(not 0 < floor_taken(need, int(o), sizes[o], 2, age, 12) <= for_rent[o] for o in Unit)
