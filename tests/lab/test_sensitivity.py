"""Sensitivity: known functions give known shares, luck is told apart, and nothing is run twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clustersim import ScenarioError
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.sensitivity import LUCK, Analysis, Effect, Share, analyse, screening, variance
from clustersim.lab.sensitivity.factors import Factor, factors_of
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.show import sensitivity_report

PLAN = """
name = "small"
recalibrate = false
firms = 300
seeds = 10
until = "2021Q4"
[design]
kind = "sobol"
samples = 8
[design.policies.none]
base = "none"
[design.policies.letter]
[design.levers]
"assumptions.attention" = []
"assumptions.upgrade_cost" = []
"differential.surcharge_below_d" = []
[sensitivity]
trajectories = 3
factors = 1
"""
FILES = ("effects.csv", "shares.csv", "spreads.csv")


def plan(tmp_path: Path, text: str = PLAN) -> Experiment:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    return load_experiment(tmp_path / "plan.toml")


def known(points: list[dict[str, Any]]) -> Any:
    """[point, headline]: 4 x attention in units of its range, 2 x upgrade cost, 1 x luck, nothing else."""
    attention = np.array([(one["assumptions.attention"] - 0.1) / 0.4 for one in points])
    cost = np.array([(one["assumptions.upgrade_cost"] - 0.06) / 0.18 for one in points])
    luck = np.array([(one["seed"] - 0.5) / 1000 for one in points])
    return np.repeat((4 * attention + 2 * cost + luck)[:, None], len(HEADLINES), axis=1)


@pytest.fixture
def large(tmp_path: Path) -> tuple[Experiment, tuple[Factor, ...]]:
    made = plan(tmp_path, PLAN.replace("samples = 8", "samples = 512").replace("seeds = 10", "seeds = 1000"))
    return made, factors_of(made)


def test_effects_of_a_known_function(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    made, factors = large
    cube, points = screening.paths(made, factors)
    assert len(points) == 3 * 5
    found, lost = screening.effects(factors, cube, known(points))
    sizes = {one.factor: one.size for one in found["green"]}
    assert lost == 0
    assert sizes["assumptions.attention"] == pytest.approx(4.0) and sizes["assumptions.upgrade_cost"] == pytest.approx(
        2
    )
    assert sizes["differential.surcharge_below_d"] == pytest.approx(0.0, abs=1e-9)
    assert screening.strongest(found, 2) == ("assumptions.attention", "assumptions.upgrade_cost")


def test_every_path_has_luck_of_its_own(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    made, factors = large
    _, points = screening.paths(made, factors)
    seeds = [{one["seed"] for one in points[place : place + 5]} for place in range(0, 15, 5)]
    assert [len(one) for one in seeds] == [2, 2, 2], "a path moves to other luck once"
    assert not set.intersection(*seeds)


def test_shares_of_a_known_function(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    """Variances are as 16 : 4 : 0 : 1; the share of luck is aleatory, two numbers are estimates."""
    made, factors = large
    groups = variance.groups_of(factors, ["assumptions.attention"])
    assert groups == ["assumptions.attention", "other estimate", "other sourced", LUCK]
    points = variance.sample(made, factors, groups)
    found, spreads, lost = variance.shares(factors, groups, known(points))
    assert len(points) == 512 * 6 and lost == 0
    wanted = {"assumptions.attention": 16 / 21, "other estimate": 4 / 21, "other sourced": 0.0, LUCK: 1 / 21}
    for one in found["space"]:
        assert one.first == pytest.approx(wanted[one.factor], abs=0.04)
        assert one.total == pytest.approx(wanted[one.factor], abs=0.04)
    assert spreads["space"].aleatory == pytest.approx(1 / 21, abs=0.02)
    assert spreads["space"].mean == pytest.approx(3.5, abs=0.05)
    assert spreads["space"].deviation == pytest.approx((21 / 12) ** 0.5, rel=0.05)
    standings = variance.by_standing(factors)
    together, _, _ = variance.shares(factors, standings, known(variance.sample(made, factors, standings)))
    rests = next(one for one in together["space"] if one.factor == "estimate")
    assert rests.first == pytest.approx(20 / 21, abs=0.05)


def test_both_groupings_share_their_points(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    made, factors = large
    one = variance.sample(made, factors, variance.groups_of(factors, ["assumptions.attention"]))
    other = variance.sample(made, factors, variance.by_standing(factors))
    assert [one[0], one[5]] == [other[0], other[4]], "the ends of a block"


def test_a_failed_run_takes_its_block_along_and_no_other(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    made, factors = large
    groups = variance.groups_of(factors, ["assumptions.attention"])
    values = known(variance.sample(made, factors, groups))
    whole, _, _ = variance.shares(factors, groups, values)
    values[7, :] = np.nan
    found, _, lost = variance.shares(factors, groups, values)
    assert lost == 1 and found["space"][0].first == pytest.approx(whole["space"][0].first, abs=0.01)
    cube, points = screening.paths(made, factors)
    values = known(points)
    values[6, :] = np.nan
    sizes, lost = screening.effects(factors, cube, values)
    assert lost == 1 and sizes["space"][0].size == pytest.approx(4.0)


def test_what_never_varies_has_no_shares(large: tuple[Experiment, tuple[Factor, ...]]) -> None:
    _, factors = large
    groups = variance.by_standing(factors)
    found, spreads, _ = variance.shares(factors, groups, np.full((10 * 5, len(HEADLINES)), 7.0))
    assert found["green"] == [] and spreads["green"].mean == 7.0 and spreads["green"].deviation == 0.0


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Analysis]:
    folder = tmp_path_factory.mktemp("sensitivity")
    return folder, analyse(plan(folder), folder / "out", workers=2)


def test_a_real_analysis_is_whole(small: tuple[Path, Analysis]) -> None:
    folder, found = small
    assert found.differs and len(found.chosen) == 1 and found.lost == (0, 0)
    assert [one.name for one in found.factors][-1] == LUCK
    for name in HEADLINES:
        assert len(found.effects[name]) == 4
    assert {one.factor for one in found.standings["green"]} == {"estimate", "sourced", LUCK}
    manifest = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] and set(manifest["files"]) == set(FILES)
    table = pd.read_csv(folder / "out" / "shares.csv")
    green = table[(table["indicator"] == "green") & (table["by"] == "standing") & (table["factor"] == "estimate")]
    rests = found.rests_on_estimates("green")
    assert rests is not None and float(green["first"].iloc[0]) == pytest.approx(rests.first)


def test_a_second_start_runs_nothing_and_tells_the_same(small: tuple[Path, Analysis]) -> None:
    folder, found = small
    before = [(folder / "out" / name).read_bytes() for name in FILES]
    again = analyse(plan(folder), folder / "out")
    assert [one.done for one in again.work] == [0, 0]
    assert (again.shares, again.effects) == (found.shares, found.effects)
    assert [(folder / "out" / name).read_bytes() for name in FILES] == before


@pytest.mark.slow
def test_workers_change_no_byte(small: tuple[Path, Analysis], tmp_path: Path) -> None:
    folder, _ = small
    analyse(plan(folder), tmp_path / "one", workers=1)
    assert [(tmp_path / "one" / name).read_bytes() for name in FILES] == [
        (folder / "out" / name).read_bytes() for name in FILES
    ]


def test_a_folder_of_something_else_is_refused(small: tuple[Path, Analysis]) -> None:
    folder, _ = small
    other = plan(folder, PLAN.replace("trajectories = 3", "trajectories = 4"))
    with pytest.raises(ScenarioError, match="the sensitivity of another experiment"):
        analyse(other, folder / "out")
    with pytest.raises(ScenarioError, match="something that is not a sensitivity"):
        analyse(other, folder / "out" / "morris")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_reads_in_both_languages(small: tuple[Path, Analysis], lang: str) -> None:
    folder, found = small
    text = sensitivity_report.report(found, folder, lang)
    assert "assumptions.attention" in text and ("随机" if lang == "zh" else "luck") in text
    told = json.dumps(sensitivity_report.as_json(found, folder), allow_nan=False)
    assert len(json.loads(told)["headlines"]) == len(HEADLINES)


def with_shares(found: Analysis, firsts: dict[str, float], half: float) -> Analysis:
    shares = {name: [Share(one, first, half, first, half) for one, first in firsts.items()] for name in HEADLINES}
    effects = {name: [Effect(one, 1.0, 0.1, 0.1) for one in firsts] for name in HEADLINES}
    return replace(found, chosen=tuple(firsts), shares=shares, effects=effects)


def test_the_datum_most_worth_collecting_is_an_estimate_that_counts(small: tuple[Path, Analysis]) -> None:
    _, found = small
    names = ["assumptions.attention", "assumptions.upgrade_cost", "differential.surcharge_below_d"]
    one = with_shares(found, dict(zip(names, (0.2, 0.3, 0.5), strict=True)), 0.05).most_worth_collecting()
    assert one is not None and one.factor == "assumptions.upgrade_cost", "the surcharge is published"
    below = with_shares(found, dict(zip(names, (0.2, 0.25, 0.5), strict=True)), 0.05)
    below.shares["clusters"] = [one._replace(first=-0.9) for one in below.shares["clusters"]]
    one = below.most_worth_collecting()
    assert one is not None and one.first == pytest.approx(0.25 * 4 / 5), "what chance puts below zero counts as none"
    assert with_shares(found, dict(zip(names, (0.2, 0.3, 0.5), strict=True)), 0.4).most_worth_collecting() is None


WRONG = [
    ('kind = "sobol"\nsamples = 8', 'kind = "factorial"', "design.kind: give it kind"),
    ("seeds = 10", "seeds = 1", "seeds: luck is a factor here"),
    ("seeds = 10", "precision = 0.01", "seeds: luck is a factor here"),
    ("samples = 8", "samples = 100", "100 is not a power of two from 8, which a Sobol design needs: 128 is"),
    ("samples = 8", "samples = 4", "4 is not a power of two from 8"),
    ("[design.policies.letter]", "[design.policies.letter]\n[design.policies.third]\noff = ['4.3']", "3 are named"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_bad_input_is_told_before_anything_is_made(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = PLAN.replace(old, new)
    if "factorial" in new:
        text = text.replace("[]", "[0.2]")
    with pytest.raises(ScenarioError, match=said):
        analyse(plan(tmp_path, text), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "SALib", None)
    with pytest.raises(ScenarioError, match=r"SALib is not installed: pip install 'clustersim\[analysis\]'"):
        analyse(plan(tmp_path), tmp_path / "out")


def test_all_runs_failing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clustersim.lab.sweep import workers

    monkeypatch.setattr(workers, "fork", None)  # every run fails, in forked workers too
    with pytest.raises(ScenarioError, match=r"too little is left to analyse: .* runs failed"):
        analyse(plan(tmp_path), tmp_path / "out")
