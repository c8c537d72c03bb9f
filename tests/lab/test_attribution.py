"""Shapley shares: they add up, are fair to equals, give nothing to who does nothing, and are kept in a sweep folder."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim import ScenarioError, load_scenario
from clustersim.foundation.words import Quarter
from clustersim.lab.attribution import Attribution, attribute, shares
from clustersim.lab.headlines import HEADLINES
from clustersim.show import shares as shown

LETTER = load_scenario("letter")
UNTIL = Quarter(2021, 4)


def games(parts: int) -> st.SearchStrategy[dict[int, float]]:
    return st.lists(st.floats(-1e3, 1e3), min_size=1 << parts, max_size=1 << parts).map(lambda v: dict(enumerate(v)))


@given(values=games(4))
def test_shares_add_up_to_the_whole(values: dict[int, float]) -> None:
    assert sum(shares(4, values)) == pytest.approx(values[15] - values[0], abs=1e-6)


@given(values=games(3))
def test_shares_are_the_mean_gain_over_all_orders(values: dict[int, float]) -> None:
    total = np.zeros(3)
    for order in permutations(range(3)):
        here = 0
        for part in order:
            total[part] += values[here | 1 << part] - values[here]
            here |= 1 << part
    assert shares(3, values) == pytest.approx(list(total / 6), abs=1e-6)


@given(values=games(3), gift=st.floats(-10.0, 10.0))
def test_who_always_adds_the_same_gets_just_that(values: dict[int, float], gift: float) -> None:
    without = {coalition & 0b011: values[coalition & 0b011] for coalition in values}
    game = {coalition: without[coalition & 0b011] + (gift if coalition & 0b100 else 0.0) for coalition in values}
    assert shares(3, game)[2] == pytest.approx(gift, abs=1e-6)


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> Attribution:
    return attribute(LETTER, tmp_path_factory.mktemp("shapley"), seeds=3, firms=300, until=UNTIL)


def test_chapters_are_exact_and_add_up_for_every_headline(chapters: Attribution) -> None:
    assert chapters.parts == ("1", "2", "3", "4") and chapters.permutations == 0 and chapters.work.runs == 48
    for name in HEADLINES:
        total = sum(one.mean for one in chapters.shares[name].values())
        assert total == pytest.approx(chapters.whole[name].mean, rel=1e-9, abs=1e-9), name
    assert chapters.shares["functions"]["2"].low > 0.0, "services are of chapter 2"
    assert chapters.shares["surcharge_yuan"]["4"].mean > 0.0 and chapters.shares["cases_open"]["3"].mean > 0.0


def test_a_second_start_runs_nothing(chapters: Attribution) -> None:
    again = attribute(LETTER, chapters.work.folder, seeds=3, firms=300, until=UNTIL)
    assert (again.work.done, again.work.reused) == (0, 48)
    assert again.shares == chapters.shares


def test_clauses_by_permutations_add_up_too(tmp_path: Path) -> None:
    few = LETTER.with_only(["2.6", "3.5", "4.3"])
    found = attribute(few, tmp_path, seeds=2, firms=300, until=UNTIL, clauses=True, permutations=6)
    assert found.parts == ("2.6", "3.5", "4.3") and found.permutations == 6
    for name in HEADLINES:
        total = sum(one.mean for one in found.shares[name].values())
        assert total == pytest.approx(found.whole[name].mean, rel=1e-9, abs=1e-9), name
    assert found.shares["surcharge_yuan"]["4.3"].mean == pytest.approx(0.0)  # without grades (4.1) nobody pays it


def test_what_has_no_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="fewer than two parts"):
        attribute(load_scenario("none"), tmp_path, firms=300)
    with pytest.raises(ScenarioError, match="--permutations: 1"):
        attribute(LETTER, tmp_path, firms=300, clauses=True, permutations=1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_reads_in_both_languages(chapters: Attribution, lang: str) -> None:
    text = shown.report(chapters, lang)
    assert "functions" in text and len(text.splitlines()) > len(HEADLINES)
