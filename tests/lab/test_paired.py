"""Comparisons: paired, exact where nothing differs, honest about what is not decided, the same on any threads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim import ScenarioError, compare, load_scenario, run
from clustersim.lab import paired
from clustersim.lab.headlines import HEADLINES, SHARES, SUMMED
from clustersim.lab.paired import Comparison, chances_of_best, tolerance, verdict

LETTER, NONE = load_scenario("letter"), load_scenario("none")
SMALL = {"firms": 400, "until": "2022Q2"}


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(NONE, LETTER, seeds=range(1, 7), firms=400, until="2022Q2")


def test_headlines_are_those_of_the_runs(found: Comparison) -> None:
    """Held against the tidy tables of two separate runs: stocks at the horizon, flows summed over policy quarters."""
    for b, policy in enumerate((NONE, LETTER)):
        table = run(policy, seeds=found.seeds, firms=400, until="2022Q2").indicators
        policy_quarters = table[table["quarter"] > "2021Q2"]
        for place, name in enumerate(HEADLINES):
            rows = policy_quarters[policy_quarters["indicator"] == name]
            for town in ("city", found.towns[3]):
                here = rows[rows["town"] == town].set_index(["seed", "quarter"])["value"].unstack("quarter")
                expected = here.sum(axis=1) if SUMMED[place] else here["2022Q2"]
                mine = found.values[b, :, found.towns.index(town), place]
                np.testing.assert_allclose(mine, expected.to_numpy(), rtol=1e-12, err_msg=name)


def test_the_interval_is_that_of_the_differences(found: Comparison) -> None:
    one = found.headline("exited")
    difference = found.values[1, :, -1, HEADLINES.index("exited")] - found.values[0, :, -1, HEADLINES.index("exited")]
    assert one.difference == pytest.approx(difference.mean()) == pytest.approx(one.mean_b - one.mean_a)
    half = 2.570582 * difference.std(ddof=1) / np.sqrt(6)  # Student's t, 5 degrees of freedom
    assert (one.low, one.high) == pytest.approx((difference.mean() - half, difference.mean() + half), rel=1e-5)
    assert one.seeds == 6 and one.quarter == "2022Q2" and one.town == "city"


def test_the_other_way_round_only_the_sign_changes(found: Comparison) -> None:
    back = compare(LETTER, NONE, seeds=range(1, 7), firms=400, until="2022Q2")
    opposite = {"higher": "lower", "lower": "higher", "undecided": "undecided", "same": "same"}
    for one, other in zip(found.headlines(), back.headlines(), strict=True):
        assert (one.difference, one.low, one.high) == pytest.approx((-other.difference, -other.high, -other.low))
        assert one.variance_ratio == pytest.approx(other.variance_ratio)
        if one.verdict in ("higher", "lower"):
            assert opposite[one.verdict] == other.verdict


def test_threads_and_order_of_seeds_change_nothing(found: Comparison) -> None:
    again = compare(NONE, LETTER, seeds=[4, 6, 2, 1, 3, 5], threads=2, firms=400, until="2022Q2")
    assert again.seeds == found.seeds
    assert again.values.tobytes() == found.values.tobytes()


def test_a_lever_that_does_nothing_gives_no_difference_at_all() -> None:
    """The same luck: where nothing acts, every seed gives zero, and that is decided."""
    idle = LETTER.with_levers({"differential.refund_share": 0.9})  # of what was paid before: nothing yet
    nothing = compare(LETTER, idle, seeds=(1, 2), firms=400, until="2021Q4")
    assert all(one.difference == one.low == one.high == 0.0 and one.verdict == "same" for one in nothing.headlines())
    assert nothing.decided()


def test_one_seed_decides_nothing() -> None:
    single = compare(NONE, LETTER, seeds=[1], firms=400, until="2021Q4")
    assert {one.verdict for one in single.headlines()} == {"undecided"}
    assert not single.decided()


def test_precision_adds_seeds_until_the_indices_are_decided() -> None:
    coarse = compare(NONE, LETTER, seeds=[1, 2], precision=1.0, firms=400, until="2021Q4")
    assert coarse.decided() and len(coarse.seeds) <= 10
    fine = compare(NONE, LETTER, seeds=[1, 2], precision=1e-6, most_seeds=5, firms=400, until="2021Q4")
    assert fine.seeds == (1, 2, 3, 4, 5)
    again = compare(NONE, LETTER, seeds=range(1, 6), firms=400, until="2021Q4")
    assert fine.values.tobytes() == again.values.tobytes()


def test_more_than_two_policies_are_ranked() -> None:
    third = LETTER.with_off(["2.6"])
    found = compare(NONE, LETTER, third, seeds=range(1, 5), **SMALL)  # type: ignore[arg-type]
    assert found.values.shape[:2] == (3, 4)
    for name, chances in found.best.items():
        assert sum(chances) == pytest.approx(1.0), name
    assert found.best["functions"] == [0.0, 1.0, 0.0]
    assert found.headline("functions", b=2).mean_b < found.headline("functions", b=1).mean_b


def test_what_makes_no_comparison_is_refused() -> None:
    for policies, more, told in (
        ((LETTER,), {}, "two policies or more"),
        ((LETTER, LETTER), {}, "the same policy"),
        ((LETTER, NONE), {"seeds": []}, "at least one"),
        ((LETTER, NONE), {"precision": 0.0}, "--precision: 0.0 is not allowed"),
        ((LETTER, NONE), {"firms": 5}, "--firms: 5 is not allowed"),
        ((LETTER, NONE), {"threads": 0}, "--threads: 0"),
    ):
        with pytest.raises(ScenarioError, match=told):
            compare(*policies, **{"firms": 400, **more})  # type: ignore[arg-type]


def test_a_difference_that_is_not_shown_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paired, "differences", lambda one, other: [])
    with pytest.raises(ScenarioError, match="differ in something that is not shown"):
        compare(LETTER, NONE, firms=400)


def test_an_interruption_keeps_the_seeds_that_are_whole() -> None:
    quarters = 0

    def stop(done: int, total: int, what: str) -> None:
        nonlocal quarters
        quarters += what.startswith("seed")
        if quarters > 4:
            raise KeyboardInterrupt

    kept = compare(NONE, LETTER, seeds=range(1, 9), firms=400, until="2021Q4", progress=stop)
    assert kept.interrupted and kept.seeds == (1, 2)


@given(low=st.floats(-1e9, 1e9), width=st.floats(0.0, 1e9), most=st.floats(0.0, 1e9))
def test_a_verdict_is_sure_only_where_the_interval_leaves_out_zero(low: float, width: float, most: float) -> None:
    told = verdict(low, low + width, most)
    assert (told in ("higher", "lower")) == (low > 0.0 or low + width < 0.0)
    if told == "same":
        assert width / 2.0 <= most * (1.0 + 1e-12) + 1e-300


def test_shares_are_told_in_points() -> None:
    assert {HEADLINES[place] for place in np.flatnonzero(SHARES)} >= {"space", "green", "noncompliant_share"}
    assert tolerance(0.9, True, 0.01) == tolerance(0.1, True, 0.01) == 0.005


def test_the_best_is_a_matter_of_chance_where_intervals_overlap() -> None:
    rng = np.random.default_rng(5)
    clear = np.array([rng.normal(0.0, 1.0, 50), rng.normal(2.0, 1.0, 50)])
    close = np.array([np.tile([0.0, 1.0], 25), np.tile([1.0, 0.0], 25)])
    assert chances_of_best(clear)[1] > 0.999
    assert 0.4 < chances_of_best(close)[0] < 0.6
    assert chances_of_best(np.zeros((2, 4))) == [0.5, 0.5]
