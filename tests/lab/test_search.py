"""Searches: laws of what they are made of, and small ones that resume, repeat and tell what cannot be reached."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim import ScenarioError
from clustersim.foundation.words import Quarter
from clustersim.indicators.targets import own_targets
from clustersim.lab.intervals import share_interval
from clustersim.lab.search import Search, search
from clustersim.lab.search.aims import Aim, aims_of, at_probability, shortfalls
from clustersim.lab.search.fronts import around_the_target, non_dominated, thinned
from clustersim.lab.search.genetic import Genetic
from clustersim.lab.search.living import policy_at
from clustersim.lab.sweep import sweep, workers
from clustersim.lab.sweep.design import sampled_rows, sampled_shares, shares_at
from clustersim.scenario import Scenario, load_scenario
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.scenario.options import policy_under
from clustersim.scenario.scenario import Target
from clustersim.show import search_report

PLAN = """
name = "small"
firms = 300
seeds = 5
until = "2021Q4"
[targets]
functions = 0.0385
[design]
kind = "latin"
samples = 6
[design.levers]
"services.government_pace" = [0.0, 0.2]
"differential.interest_firms" = [0, 4000]
"renewal.work_quarters" = [2, 12]
[search]
generations = 3
fresh_seeds = 20
"""
EVERYTHING = ("checked", "answer", "nearest", "looked_at", "not_allowed", "failed")
GREEN = Aim(own_targets({"green": Target(0.5)})[0], Quarter(2022, 2), 0.5)
numbers = st.floats(-1e3, 1e3)
points = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=40).map(
    lambda rows: np.array(rows, np.float64)
)


def plan(folder: Path, text: str = PLAN) -> Experiment:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return load_experiment(path)


# What it is made of


@given(values=st.lists(numbers, min_size=5, max_size=40), probability=st.floats(0.01, 0.99))
def test_a_shortfall_of_nothing_means_met_with_the_probability(values: list[float], probability: float) -> None:
    level = at_probability(np.array(values), probability)
    assert level in values
    assert np.mean(np.array(values) <= level) >= probability - 1e-9
    assert np.mean(np.array(values) < level) < probability


@given(
    values=st.lists(numbers, min_size=5, max_size=20), place=st.integers(0, 19), gift=st.floats(0.0, 1e3),
    probability=st.floats(0.01, 0.99),
)  # fmt: skip
def test_raising_any_seed_never_raises_the_shortfall(
    values: list[float], place: int, gift: float, probability: float
) -> None:
    before, after = np.array(values)[:, None], np.array(values)[:, None]
    after[place % len(values)] += gift
    lacking = [shortfalls(one, [GREEN]).max(axis=1) for one in (before, after)]
    assert at_probability(lacking[1], probability) <= at_probability(lacking[0], probability)


def experiment_with(**targets: Target) -> Experiment:
    base = load_scenario("letter").with_targets(targets)
    levers = {"entry.leak": (0.0, 0.3)}
    return Experiment("x", base.title, base, "latin", levers, 4, 300, 5, 0.0, 5, 1, Quarter(2022, 2))


def test_a_seed_falls_short_by_the_target_it_misses_most_and_ceilings_are_ceilings() -> None:
    aims = aims_of(experiment_with(green=Target(0.5), noncompliant_share=Target(0.2, Quarter(2021, 4))))
    assert [str(one.quarter) for one in aims] == ["2022Q2", "2021Q4"], "due after the end: judged at the end"
    found = shortfalls(np.array([[0.55, 0.3], [0.4, 0.1]]), aims)
    assert found == pytest.approx(np.array([[-0.1, 0.5], [0.2, -0.5]]))


@given(count=st.integers(1, 2000), share=st.floats(0.0, 1.0))
def test_wilson_holds_the_share_and_stays_within_0_and_1(count: int, share: float) -> None:
    met = round(share * count)
    one = share_interval(met, count)
    assert 0.0 <= one.low <= one.mean == met / count <= one.high <= 1.0
    assert one.low < one.high, "even when all or none are met"
    other = share_interval(count - met, count)
    assert (other.low, other.high) == pytest.approx((1.0 - one.high, 1.0 - one.low))


@given(points=points)
def test_no_member_of_a_front_is_dominated_and_the_rest_is_dominated_or_equal(points: Any) -> None:
    front = non_dominated(points)

    def dominated(one: Any, by: Any) -> bool:
        return bool(np.all(by <= one) and np.any(by < one))

    assert not any(dominated(points[one], points[by]) for one in front for by in range(len(points)))
    for one in set(range(len(points))) - set(front):
        assert any(np.all(points[by] <= points[one]) for by in front)
    costs = points[front, 0].tolist()
    assert costs == sorted(set(costs))


@given(count=st.integers(0, 300), most=st.integers(0, 20))
def test_a_thinned_row_keeps_its_ends(count: int, most: int) -> None:
    chosen = thinned(count, most)
    assert len(chosen) <= most and chosen == sorted(set(chosen))
    if count and most:
        assert chosen[0] == 0
    if count and most > 1:
        assert chosen[-1] == count - 1


@given(points=points, most=st.integers(1, 12))
def test_the_cheapest_that_meets_the_targets_is_always_checked(points: Any, most: int) -> None:
    front = points[non_dominated(points)]
    chosen = around_the_target(front, most)
    assert len(chosen) <= most and len(chosen) == min(len(set(chosen)), most)
    meeting = [place for place in range(len(front)) if front[place, 1] <= 0.0]
    if meeting and most > 1:
        assert min(meeting, key=lambda place: front[place, 0]) in chosen
    if not meeting:
        assert min(range(len(front)), key=lambda place: front[place, 1]) in chosen
    if len(front) <= most:
        assert chosen == list(range(len(front)))


def test_a_policy_is_written_in_a_few_digits_and_lies_where_it_was_asked(tmp_path: Path) -> None:
    experiment = plan(tmp_path)
    for shares, exact in zip(sampled_shares(experiment), sampled_rows(experiment), strict=True):
        policy = policy_at(experiment, shares)
        assert policy["renewal.work_quarters"] == exact["renewal.work_quarters"]
        assert policy["services.government_pace"] == pytest.approx(exact["services.government_pace"], abs=1e-4)
        assert len(repr(policy["services.government_pace"])) <= 6
        assert policy_at(experiment, shares_at(experiment, policy)) == policy
    assert shares_at(experiment, {**policy, "differential.interest_firms": 9000.0})[1] == 1.0, "clipped to its bounds"


def test_pymoo_asks_the_same_again_and_prefers_what_is_allowed() -> None:
    def bred() -> list[list[list[float]]]:
        genetic, asked = Genetic([[0.1, 0.9], [0.4, 0.4], [0.6, 0.2], [0.9, 0.7], [0.5, 0.5]], 4, 6), []
        for _ in range(6):
            asked.append(genetic.ask())
            x = np.array(asked[-1])
            genetic.tell(np.column_stack([x[:, 0], 1.0 - x[:, 0] + x[:, 1]]), (x[:, 1] < 0.6).tolist())
        return asked

    first = bred()
    assert first == bred()
    assert [len(one) for one in first] == [5, 4, 4, 4, 4, 4]
    assert np.mean(np.array(first[-1])[:, 1] < 0.6) > 0.5


# Small searches


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder = tmp_path_factory.mktemp("search")
    told: list[tuple[int, int, str]] = []
    one = search(plan(folder), folder / "out", workers=2, progress=lambda *state: told.append(state))
    done, totals, words = zip(*told, strict=True)
    assert list(done) == sorted(done) and len(set(totals)) == 1 and done[-1] == totals[0]
    assert {"generation 1 of 3", "generation 3 of 3", "check under fresh seeds"} <= set(words)
    return one


def test_the_answer_is_the_cheapest_on_the_front_that_holds(found: Search) -> None:
    assert 13 <= found.looked_at <= 6 * 3 + 1 and found.failed == 0
    costs = [one.cost.mean for one in found.checked]
    assert costs == sorted(costs)
    assert found.answer is not None and found.checked[found.answer].verdict == "holds"
    assert not any(one.verdict == "holds" for one in found.checked[: found.answer])
    assert found.checked[found.answer].chance.mean >= 0.8 and found.checked[found.answer].shortfall <= 0.0
    assert sum(not one.patch for one in found.checked) == 1, "the base is always among them"


def test_chance_and_shortfall_say_the_same(found: Search) -> None:
    for one in found.checked:
        assert (one.shortfall <= 0.0) == (one.chance.mean >= 0.8)
        assert (one.levels[0].surely >= 0.0385) == (one.levels[0].lacking <= 0.0)
        assert one.less.mean == pytest.approx(one.cost.mean - base_of(found).cost.mean)


def base_of(found: Search) -> Any:
    return next(one for one in found.checked if not one.patch)


def test_a_second_start_runs_nothing_and_finds_the_same(found: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(count: int) -> Any:
        raise AssertionError("nothing is to be run")

    before = contents(found.folder)
    again = search(found.experiment, found.folder, make_executor=nobody)
    assert all(getattr(again, name) == getattr(found, name) for name in EVERYTHING)
    assert contents(found.folder) == before


def contents(folder: Path) -> dict[str, bytes]:
    """What tells nothing of times."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("manifest.json", ".lock")
    }


def test_one_worker_finds_what_two_find(found: Search, tmp_path: Path) -> None:
    other = search(found.experiment, tmp_path / "one", workers=1)
    assert contents(other.folder) == contents(found.folder)


@pytest.mark.slow
def test_more_generations_go_on_from_there(found: Search, tmp_path: Path) -> None:
    fewer = replace(found.experiment, search=replace(found.experiment.search, generations=2))
    search(fewer, tmp_path / "out", workers=2)
    more = search(found.experiment, tmp_path / "out", workers=2)
    assert all(getattr(more, name) == getattr(found, name) for name in EVERYTHING)


def test_the_folder_tells_everything(found: Search) -> None:
    manifest = json.loads((found.folder / "manifest.json").read_text(encoding="utf-8"))
    assert (
        manifest["complete"] and manifest["kind"] == "search" and set(manifest["files"]) == {"front.csv", "answer.toml"}
    )
    assert manifest["targets"] == [{"indicator": "functions", "value": 0.0385, "quarter": "2021Q4", "at": "least"}]
    rows = list(csv.DictReader((found.folder / "front.csv").read_text(encoding="utf-8").splitlines()))
    assert [float(one["cost"]) for one in rows] == [one.cost.mean for one in found.checked]
    answer = load_scenario(found.folder / "answer.toml")
    assert found.answer is not None
    values = {name: rows[found.answer][name] for name in found.experiment.levers}
    told = answer.resolved()["levers"]
    assert {name: float(value) for name, value in values.items()} == {name: told[name] for name in values}


def test_what_is_easily_met_costs_no_more_than_the_base(tmp_path: Path) -> None:
    found = search(
        plan(tmp_path, PLAN.replace("functions = 0.0385", "functions = 0.0001")), tmp_path / "out", workers=2
    )
    assert found.answer is not None
    answer = found.checked[found.answer]
    assert answer.chance.mean == 1.0 and answer.surely
    assert answer.cost.mean < base_of(found).cost.mean and answer.less.high < 0.0


def test_what_cannot_be_is_told_as_such(tmp_path: Path) -> None:
    found = search(plan(tmp_path, PLAN.replace("functions = 0.0385", "functions = 0.99")), tmp_path / "out", workers=2)
    assert found.answer is None and {one.verdict for one in found.checked} == {"fails"}
    assert not (found.folder / "answer.toml").exists()
    nearest = found.checked[found.nearest]
    assert nearest.shortfall == min(one.shortfall for one in found.checked) > 0.5
    text = search_report.report(found, "en")
    assert f"None of the {found.looked_at} policies" in text and f"falls short by {nearest.shortfall:.1%}" in text


def test_levers_that_do_not_go_together_are_left_out(tmp_path: Path) -> None:
    levers = '"grading.quota_above_a" = [0.1, 0.8]\n"grading.quota_above_b" = [0.1, 0.8]\n'
    text = PLAN.replace('"services.government_pace" = [0.0, 0.2]\n', levers).replace('"2021Q4"', '"2021Q3"')
    found = search(plan(tmp_path, text), tmp_path / "out", workers=2)
    assert found.not_allowed > 0 and found.failed == 0
    for one in found.checked:
        assert not one.patch or one.patch["grading.quota_above_a"] + one.patch["grading.quota_above_b"] <= 1.0
    assert "not allowed: not run" in search_report.report(found, "en")


def test_policies_whose_runs_fail_are_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(base: Scenario, patch: Any) -> Scenario:
        if patch.get("services.government_pace", 0.0) > 0.1:
            raise RuntimeError("no such pace")
        return policy_under(base, patch)

    monkeypatch.setattr(workers, "policy_under", broken)  # workers are forked and have it too
    found = search(plan(tmp_path, PLAN.replace('"2021Q4"', '"2021Q3"')), tmp_path / "out", workers=2)
    assert found.failed > 0 and found.looked_at + found.failed <= 19
    assert all(one.patch.get("services.government_pace", 0.0) <= 0.1 for one in found.checked)
    assert f"{found.failed} policies had runs that failed" in search_report.report(found, "en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_reads_in_both_languages(found: Search, lang: str) -> None:
    text = search_report.report(found, lang)
    assert "services.government_pace" in text and "answer.toml" in text
    assert text.count("\n") > len(found.checked)


# Bad input


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[targets]\nfunctions = 0.0385\n", "", "targets: nothing is aimed at; write [targets]"),
        ("functions = 0.0385", "function = 0.05", "Did you mean 'functions'"),
        ("seeds = 5", "seeds = 4", "seeds: 4 is too few"),
        ("seeds = 5", "precision = 0.1", "precision: a search gives every policy the same seeds"),
        ("samples = 6", "samples = 3", "design.samples: 3 is too few"),
        ('"latin"\nsamples = 6', '"list"', "design.kind: list is not searched; latin or sobol"),
        (
            '"services.government_pace"',
            '"assumptions.distance_cost"',
            "design.levers.assumptions.distance_cost: no policy",
        ),
        ("[search]", "[design.policies.mine]\n[search]", "design.policies.mine: a search takes one base"),
        ("seeds = 5", 'seeds = 5\nbase = "none"', "its clause is off in none"),
    ],
)
def test_what_cannot_be_searched_is_refused_before_anything_is_written(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in PLAN
    experiment = plan(tmp_path, PLAN.replace(old, new))
    with pytest.raises(ScenarioError) as wrong:
        search(experiment, tmp_path / "out")
    assert said in str(wrong.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_anything_else_is_refused(found: Search, tmp_path: Path) -> None:
    other = replace(found.experiment, search=replace(found.experiment.search, probability=0.5))
    with pytest.raises(ScenarioError, match="the search of another experiment"):
        search(other, found.folder)
    with pytest.raises(ScenarioError, match="something that is not a search"):
        search(found.experiment, found.folder / "generations" / "000")
    with pytest.raises(ScenarioError, match="something that is not a sweep"):
        sweep(found.experiment, found.folder)


@pytest.mark.parametrize("name", ["code", "search_code"])
def test_results_of_other_code_are_never_mixed(found: Search, tmp_path: Path, name: str) -> None:
    manifest = json.loads((found.folder / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, name: "another"}), encoding="utf-8")
    with pytest.raises(ScenarioError, match="made with other code: give a new folder"):
        search(found.experiment, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["manifest.json"]
