"""Rationing: a full order, nobody above what there is, and nothing that depends on the order of rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.words import Luck
from clustersim.world.rationing import first_in_order, granted_within, in_order, served, tickets, whole_part

claims = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([0.0, 10.0, 10.5, 90.0]), st.integers(0, 3)), min_size=1, max_size=40
)


def columns(rows: list[tuple[int, float, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    classes, points, drawn = (np.array(column) for column in zip(*rows, strict=True))
    return classes, points, drawn, np.arange(100, 100 + len(rows))


@settings(deadline=None)
@given(claims, st.integers(0, 45))
def test_the_first_are_the_head_of_the_whole_order(rows: list[tuple[int, float, int]], most: int) -> None:
    keys = columns(rows)
    assert first_in_order(most, *keys).tolist() == in_order(*keys)[:most].tolist()


@settings(deadline=None)
@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, float, int]], shuffler: object) -> None:
    classes, points, drawn, uids = columns(rows)
    mixed = np.array(sorted(range(len(rows)), key=lambda _: shuffler.random()))  # type: ignore[attr-defined]
    order = in_order(classes[mixed], points[mixed], drawn[mixed], uids[mixed])
    assert uids[mixed][order].tolist() == uids[in_order(classes, points, drawn, uids)].tolist()


@pytest.mark.parametrize("same", ["nothing", "points", "some points", "some lots"])
def test_many_claims_stand_in_the_order_of_four_plain_sorts(same: str) -> None:
    many = 5000
    uids = np.arange(many)[::-1].copy()
    drawn = tickets(uids, 1, int(Luck.VISIT), 2)
    points, classes = tickets(uids, 2, int(Luck.VISIT), 2) / 7.0, drawn % 3
    if same == "some lots":
        drawn = drawn % 1000
    if same in ("points", "some lots"):
        points = np.zeros(many)
    if same == "some points":
        points = np.floor(points % 50.0)
    plain = np.lexsort((uids, drawn, -points, classes))
    assert in_order(classes, points, drawn, uids).tolist() == plain.tolist()


def test_class_goes_before_points_before_lot_before_uid() -> None:
    order = in_order(
        np.array([1, 1, 1, 1, 0]),
        np.array([50.0, 80.0, 80.0, 80.0, 1.0]),
        np.array([1, 7, 3, 3, 9]),
        np.array([1, 2, 9, 8, 5]),
    )
    assert order.tolist() == [4, 3, 2, 1, 0]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(1, 50)), min_size=1, max_size=40),
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
)
def test_nobody_takes_more_than_there_is_and_no_room_is_wasted(asks: list[tuple[int, int]], rooms: list[int]) -> None:
    slots, sizes = (np.array(column) for column in zip(*asks, strict=True))
    order, space = np.arange(len(asks))[::-1].copy(), np.array(rooms)
    granted = served(order, slots, sizes, space)
    assert not granted[slots < 0].any()
    for slot in range(4):
        used = sizes[granted & (slots == slot)].sum()
        assert used <= space[slot]
        refused = sizes[~granted & (slots == slot)]
        assert (refused > space[slot] - used).all()  # a later, smaller claim that fits is never passed over
    assert space.tolist() == rooms


def test_one_budget() -> None:
    order, costs = np.array([2, 0, 1]), np.array([70, 60, 40])
    assert granted_within(order, costs, 100).tolist() == [False, True, True]  # the second, at 70, is passed over


def test_tickets_belong_to_the_firm() -> None:
    uids = np.array([5, 6, 7])
    drawn = tickets(uids, 11, int(Luck.ADMISSION), 8086)
    assert tickets(uids[::-1].copy(), 11, int(Luck.ADMISSION), 8086).tolist() == drawn[::-1].tolist()
    assert drawn.tolist() != tickets(uids, 11, int(Luck.REWARD), 8086).tolist()


@pytest.mark.parametrize("added", [0.1, 0.75, 3.2, 1.0 / 3.0])
def test_no_fraction_is_lost(added: float) -> None:
    carry = np.zeros(2)
    taken = sum(whole_part(carry, 1, added) for _ in range(300))
    assert taken + carry[1] == pytest.approx(300 * added)
    assert 0.0 <= carry[1] < 1.0
    assert carry[0] == 0.0
