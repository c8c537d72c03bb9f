"""Stories of graded terms: land, electricity, rewards, taxes and quotas (4.2-4.5)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import FEN, Action, Grade, Quarter
from clustersim.letter import differential
from clustersim.letter.differential import (
    Levers,
    energy_over_quota,
    expected_price,
    land_use_tax,
    refund,
    surcharge,
    upgrade_reward,
)
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.surcharge import surcharge_bill
from clustersim.world.tables import World
from tests.small_world import small_world

BASICS = Assumptions()
RUIAN = (0.10, 0.30, 0.0, 0.10, 0.0)  # surcharges below C, D; above C, D; escalator
RICH = replace(Levers(), reward_budget=1e11, interest_firms=0.0)


def granted(levers: Levers, grade: Grade = Grade.B, *, firms: int = 24) -> World:
    """A quarter in which the two above-scale firms and two tenants upgrade."""
    world = small_world(firms)
    world.quarter = Quarter(2022, 1)
    world.firms.grade[world.firms.registered] = grade
    world.firms.revenue[[0, 12]] = 100e6
    world.firms.action[[0, 12, 3, 15]] = Action.UPGRADE
    differential.grant_rewards(world, levers, BASICS)
    return world


def test_only_d_and_c_pay_more_and_large_firms_less() -> None:
    assert [surcharge(grade, False, 0, *RUIAN) for grade in (1, 2, 3, 4)] == [0.0, 0.0, 0.10, 0.30]
    assert [surcharge(grade, True, 0, *RUIAN) for grade in (1, 2, 3, 4)] == [0.0, 0.0, 0.0, 0.10]


def test_the_exemption_lets_the_smallest_off_and_the_cap_the_largest() -> None:
    assert surcharge_bill(49_000.0, 0.30, 50_000.0, 500_000.0, 7.0) == 0.0
    assert surcharge_bill(100e6, 0.30, 50_000.0, 500_000.0, 12.0) == 500_000.0


@given(
    kwh=st.floats(1.0, 1e8), low=st.floats(0.0, 0.5), more=st.floats(0.0, 0.5), chance=st.floats(0.0, 1.0),
    months=st.floats(0.0, 12.0),
)  # fmt: skip
@settings(deadline=None)
def test_a_dearer_grade_d_never_makes_power_cheaper(
    kwh: float, low: float, more: float, chance: float, months: float
) -> None:
    prices = [
        expected_price(0.68, kwh, 0.0, chance, 0.1, rate, 50_000.0, 500_000.0, months) for rate in (low, low + more)
    ]
    assert 0.68 <= prices[0] <= prices[1]


def test_a_refund_needs_a_better_grade() -> None:
    assert refund(Grade.C, Grade.D, 900.0, 0.5) == 450.0
    assert refund(Grade.D, Grade.C, 900.0, 0.5) == 0.0


def test_the_province_relieves_land_use_tax_to_the_end_of_2021_and_the_clause_after() -> None:
    world = small_world()
    off = replace(Levers(), tax_relief_a=0.0, tax_relief_b=0.0)
    world.quarter = Quarter(2021, 4)
    assert differential.relief_by_grade(world, off) == (1.0, 0.8, 0.0, 0.0)
    world.quarter = Quarter(2022, 1)
    assert differential.relief_by_grade(world, off) == (0.0, 0.0, 0.0, 0.0)
    assert differential.relief_by_grade(world, Levers()) == (1.0, 0.8, 0.0, 0.0)
    assert land_use_tax(2.0, Grade.D, 4000.0, 1.0, 0.8, 0.0, 0.0) == 8000.0


def test_power_over_the_quota_is_paid_twice() -> None:
    assert energy_over_quota(1000.0, 1000.0, Grade.D, 0.7, 0.95, 0.90) == pytest.approx(70.0)
    assert energy_over_quota(1000.0, 1000.0, Grade.B, 0.7, 0.95, 0.90) == 0.0


def test_a_small_project_gets_no_upgrade_subsidy() -> None:
    assert upgrade_reward(4.9e6, 1.0, True, 0.03, 0.06, 5e6, 2e6, 3e6) == 0.0
    world = granted(RICH)
    assert world.firms.reward[0] > 0
    assert world.firms.reward[3] == 0


def test_d_gets_nothing_and_as_much_as_b_when_the_clause_is_off() -> None:
    assert granted(RICH, Grade.D).firms.reward.sum() == 0
    off = replace(RICH, **differential.WHEN_OFF["4.4"])
    assert granted(off, Grade.D).firms.reward.sum() == granted(RICH, Grade.B).firms.reward.sum() > 0


def test_every_reward_is_in_the_books_and_in_the_firms_cash() -> None:
    before = small_world(24).firms.cash.sum()
    world = granted(RICH)
    paid = sum(int(world.books.money[flow].sum()) for flow in differential.rewards.KINDS)
    assert paid == world.firms.reward.sum() == world.firms.cash.sum() - before
    assert world.books.by_clause[CLAUSE_SLOTS.index("4.4")].sum() == paid


def test_the_budget_is_never_overspent_and_a_comes_first() -> None:
    world = small_world(24)
    world.quarter = Quarter(2022, 1)
    world.firms.grade[world.firms.registered] = Grade.B
    world.firms.grade[12] = Grade.A
    world.firms.revenue[[0, 12]] = 100e6
    world.firms.action[[0, 12]] = Action.UPGRADE
    one = upgrade_reward(12e6, 1.0, True, 0.03, 0.06, 5e6, 2e6, 3e6) + 200_000.0
    enough_for_one = replace(RICH, reward_budget=1.5 * one / world.scale, workshops=20_000.0)
    differential.grant_rewards(world, enough_for_one, BASICS)
    assert world.firms.reward[12] == round(one * FEN)
    assert world.firms.reward.sum() <= 1.5 * one * FEN
    assert world.city.reward_left >= 0


def test_a_voucher_reaches_the_small_project() -> None:
    world = granted(replace(RICH, voucher_share=0.3))
    assert world.firms.reward[3] == round(0.3 * 0.12 * world.firms.revenue[3] * FEN)


def test_the_city_pays_the_first_years_rent_in_a_park_and_half_of_the_next_two() -> None:
    for quarters, share in ((2, 1.0), (6, 0.5), (13, 0.0)):
        world = small_world()
        world.quarter = Quarter(2022, 1)
        world.firms.last_move[7] = world.quarter.index - quarters
        differential.grant_rewards(world, RICH, BASICS)
        rent = 3.0 * 18.0 * 0.01 * world.firms.floor[7]
        assert world.books.money[Flow.RENT_RELIEF].sum() == round(share * rent * FEN)


def test_a_new_year_brings_a_new_budget() -> None:
    world = granted(RICH)
    left = world.city.reward_left
    world.quarter = Quarter(2023, 1)
    world.firms.action[:] = Action.STAY
    differential.grant_rewards(world, RICH, BASICS)
    assert world.city.reward_left > left


@given(
    budget=st.integers(0, 2_000_000), seed=st.integers(0, 2**31), kind=st.sampled_from([Grade.A, Grade.C, Grade.NONE])
)
@settings(deadline=None, max_examples=40)
def test_no_budget_is_overspent(budget: int, seed: int, kind: Grade) -> None:
    world = small_world(36)
    world.quarter, world.seed = Quarter(2022, 1), seed
    world.firms.grade[world.firms.registered] = kind
    world.firms.revenue[:] *= 5.0
    world.firms.action[:] = Action.UPGRADE
    differential.grant_rewards(world, replace(RICH, reward_budget=budget / world.scale, voucher_share=0.5), BASICS)
    assert world.firms.reward.sum() <= budget * FEN + 1
    assert np.all(world.firms.reward >= 0)
