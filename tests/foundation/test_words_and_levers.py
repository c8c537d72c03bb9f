"""Quarters, and what a lever knows about itself."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim.foundation import assumptions
from clustersim.foundation.levers import ESTIMATE, descriptions, lever
from clustersim.foundation.words import HISTORY_END, POLICY_START, Luck, Quarter


@given(st.integers(0, 9999), st.integers(1, 4), st.integers(-40, 40))
def test_quarters_add_and_subtract(year, number, step):
    quarter = Quarter(year, number)
    if quarter.index + step >= 0:
        assert (quarter + step) - quarter == step
    assert Quarter.from_index(quarter.index) == quarter


def test_quarters_read_what_they_print():
    assert Quarter.parse(str(POLICY_START)) == POLICY_START == HISTORY_END + 1
    for wrong in ("2021", "2021Q5", "Q1 2021", ""):
        with pytest.raises(ValueError, match="write it like 2025Q4"):
            Quarter.parse(wrong)


def test_purposes_of_luck_are_distinct():
    assert len({int(one) for one in Luck}) == len(list(Luck)) == len(Luck.__members__)


@dataclass(frozen=True)
class Some:
    price: float = lever(0.3, unit="yuan/kWh", low=0, high=1, standing=ESTIMATE, source="reasoned", en="p", zh="价")
    years: int = lever(2, unit="years", low=1, high=9, standing=ESTIMATE, source="reasoned", en="y", zh="年")
    on: bool = lever(True, standing=ESTIMATE, source="reasoned", en="on", zh="开")
    way: str = lever("quota", choices=("quota", "threshold"), standing=ESTIMATE, source="reasoned", en="w", zh="式")


def test_levers_coerce_and_judge_values():
    told = descriptions(Some, "home")
    assert told["home.price"].coerce(1) == 1.0
    assert told["home.years"].coerce(3.0) == 3
    assert told["home.price"].problem(30.0) == "30.0 yuan/kWh is above its bound 1.0" or "above its bound 1" in str(
        told["home.price"].problem(30.0)
    )
    assert "not a number to reckon with" in str(told["home.price"].problem(math.nan))
    assert told["home.way"].problem("quotas") is not None
    for name, wrong in (("price", "0.3"), ("price", True), ("years", 2.5), ("on", 1), ("way", 3)):
        with pytest.raises(TypeError, match="is not"):
            told[f"home.{name}"].coerce(wrong)


def test_every_assumption_is_complete_and_inside_its_bounds():
    for name, told in assumptions.DESCRIBED.items():
        assert told.problem(told.default) is None, name
        assert told.source and told.en and told.zh and told.standing, name
