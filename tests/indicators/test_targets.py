"""The published targets: what they ask for, and how paths are judged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim.foundation.words import HISTORY_END, HORIZON, Quarter
from clustersim.indicators import PLACE
from clustersim.indicators.targets import ENOUGH_SEEDS, PUBLISHED, Target, drift_share, judge, own_targets
from clustersim.scenario import Target as OwnTarget


def flat(level: float, seeds: int = 1) -> np.ndarray:
    return np.full((seeds, HORIZON - HISTORY_END + 1), level)


def plain(level: float, due: Quarter | None = None) -> Target:
    return Target("x", "space", level, 2025, 0.0, False, "given", "given", "", "", "", due=due)


def test_published_targets_name_indicators_and_start_from_the_published_figures() -> None:
    assert all(one.indicator in PLACE for one in PUBLISHED)
    assert [one.level(Quarter(2018, 4), 0.0) for one in PUBLISHED] == pytest.approx([400_000, 240_000, 1_050_000])
    assert [one.growth for one in PUBLISHED] == [0.07, 0.07, 0.055]


def test_a_year_of_growth_less_a_year_of_drift() -> None:
    for one in PUBLISHED:
        ratio = one.level(Quarter(2024, 4), 0.06) / one.level(Quarter(2023, 4), 0.06)
        assert ratio == pytest.approx((1 + one.growth) / 1.06)


def test_money_of_2020_needs_no_drift() -> None:
    assert PUBLISHED[0].level(Quarter(2020, 4), 0.06) == pytest.approx(400_000 * 1.07**2)


def test_a_chance_needs_twenty_seeds() -> None:
    paths = np.concatenate([flat(0.7, 5), flat(0.5, ENOUGH_SEEDS - 5)])
    assert judge(plain(0.6), paths, HISTORY_END, 0.06).probability == 0.25
    assert judge(plain(0.6), paths[1:], HISTORY_END, 0.06).probability is None


def test_the_first_quarter_is_the_first_that_meets_what_is_wanted_at_the_end() -> None:
    rising = np.linspace(0.4, 0.6, HORIZON - HISTORY_END + 1)[None, :]
    reached = judge(plain(0.5), rising, HISTORY_END, 0.06)
    assert reached.first == HISTORY_END + int(np.argmax(rising[0] >= 0.5))
    assert judge(plain(0.61), rising, HISTORY_END, 0.06).first is None
    assert judge(plain(0.4), rising, HISTORY_END, 0.06).first == HISTORY_END


def test_a_target_due_earlier_is_judged_then_and_one_due_later_at_the_end() -> None:
    rising = np.linspace(0.4, 0.6, HORIZON - HISTORY_END + 1)[None, :]
    early = judge(plain(0.5, Quarter(2022, 4)), rising, HISTORY_END, 0.06)
    assert early.quarter == Quarter(2022, 4) and early.level == rising[0, Quarter(2022, 4) - HISTORY_END]
    late = judge(plain(0.5, Quarter(2030, 4)), rising, HISTORY_END, 0.06)
    assert late.quarter == HORIZON and late.level == pytest.approx(0.6)


def test_where_less_is_better_a_target_is_a_ceiling() -> None:
    (own,) = own_targets({"noncompliant_share": OwnTarget(0.21)})
    falling = np.tile(np.linspace(0.4, 0.1, HORIZON - HISTORY_END + 1), (ENOUGH_SEEDS, 1))
    reached = judge(own, falling, HISTORY_END, 0.06)
    assert reached.probability == 1.0 and reached.first == HISTORY_END + int(np.argmax(falling[0] <= 0.21))
    assert judge(own, falling[:, ::-1], HISTORY_END, 0.06).probability == 0.0


@given(level=st.integers(-1000, 1000).map(float), wanted=st.integers(-1000, 1000).map(lambda n: n / 8))
def test_nothing_is_lacking_just_where_a_target_is_met(level: float, wanted: float) -> None:
    more, less = own_targets({"green": OwnTarget(wanted), "noncompliant_share": OwnTarget(wanted)})
    assert (more.lacking(np.array([level]), wanted)[0] <= 0.0) == (level >= wanted)
    assert (less.lacking(np.array([level]), wanted)[0] <= 0.0) == (level <= wanted)


def test_drift_alone_closes_nothing_of_a_target_in_real_terms() -> None:
    (own,) = own_targets({"green": OwnTarget(0.6)})
    assert judge(own, flat(0.5), HISTORY_END, 0.06).drift_share is None


@given(level=st.floats(1e5, 3.9e5), drift=st.floats(0.0, 0.12))
def test_drift_alone_is_what_a_standing_economy_gains_of_the_gap(level: float, drift: float) -> None:
    one = PUBLISHED[0]
    share = drift_share(one, level, HISTORY_END, HORIZON, drift)
    assert share is not None
    now, later = (level * (1 + drift) ** ((quarter - Quarter(2020, 4)) / 4) for quarter in (HISTORY_END, HORIZON))
    wanted = 400_000 * 1.07**7
    assert share == pytest.approx((later - now) / (wanted - now), rel=1e-9, abs=1e-12)


def test_there_is_no_gap_to_close_once_the_target_is_exceeded() -> None:
    assert drift_share(PUBLISHED[0], 900_000.0, HISTORY_END, HORIZON, 0.0) is None
