"""Decisions are numbered, whole, and found where the code points to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DECISIONS = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
ENTRIES = {
    found[1]: found[0] for found in re.finditer(r"^\*\*(D-\d{3}) .*?(?=^\*\*D-|^## |\Z)", DECISIONS, re.M | re.S)
}


def test_decisions_are_numbered_in_order() -> None:
    numbers = re.findall(r"^\*\*(D-\d{3}) ", DECISIONS, re.M)
    assert numbers == sorted(set(numbers)) and numbers == list(ENTRIES)


@pytest.mark.parametrize("number", ENTRIES)
def test_a_decision_says_what_was_chosen_and_refused_and_what_would_change_it(number: str) -> None:
    flat = " ".join(ENTRIES[number].split())
    assert all(f"*{part}:*" in flat for part in ("Chosen", "Refused", "Would change it"))


def test_code_points_to_decisions_that_are_written_down() -> None:
    named = {
        (path.name, number)
        for path in (ROOT / "clustersim").rglob("*.py")
        for number in re.findall(r"\bD-\d{3}\b", path.read_text(encoding="utf-8"))
    }
    assert named and {(name, number) for name, number in named if number not in ENTRIES} == set()
