"""Assumptions are written down in sections and read as one."""

import dataclasses
from collections import Counter

import pytest

from clustersim.foundation.assumptions import DESCRIBED, Assumptions

SECTIONS = Assumptions.__bases__


def test_no_section_says_again_what_another_said():
    said = Counter(name for section in SECTIONS for name in section.__annotations__)
    assert [name for name, times in said.items() if times > 1] == []
    assert set(said) == set(DESCRIBED)


def test_the_whole_adds_nothing_of_its_own_and_keeps_the_order_of_the_sections():
    assert "__annotations__" not in vars(Assumptions) or not vars(Assumptions)["__annotations__"]
    assert list(DESCRIBED) == [field.name for section in reversed(SECTIONS) for field in dataclasses.fields(section)]


@pytest.mark.parametrize("name", DESCRIBED)
def test_every_assumption_is_sound(name):
    one = DESCRIBED[name]
    assert one.problem(one.default) is None
    assert one.en and one.zh and one.source and not one.clause
    assert one.standing in {"sourced", "derived", "estimate", "calibrated"}


def test_an_assumption_cannot_be_moved_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Assumptions().fine = 0.0  # type: ignore[misc]
