"""Experiment files answered: policies are held against the right ones, with the numbers that `compare` gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clustersim import ScenarioError, load_scenario
from clustersim.indicators import INDICES
from clustersim.indicators.tidy import CITY
from clustersim.lab import paired
from clustersim.lab.answers import Answer, attributed, compared
from clustersim.lab.attribution import attribute
from clustersim.lab.headlines import HEADLINES
from clustersim.scenario.experiments import Experiment, read_experiment
from clustersim.scenario.reading import parse

TEXT = """
firms = 300
seeds = 2
until = "2021Q4"
show = ["exited", "treated", "fiscal_cost_yuan"]
[design.policies.none]
base = "none"
[design.policies.parks]
only = ["2"]
title = { zh = "园区", en = "parks" }
[design.policies.both]
only = ["2", "3"]
against = "parks"
"""


def asked(text: str = TEXT) -> Experiment:
    return read_experiment(parse(text, "mine.toml"), Path("mine.toml"))


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return compared(asked(), tmp_path_factory.mktemp("sweep"))


def test_each_policy_is_held_against_the_first_or_the_one_it_names(answer: Answer) -> None:
    assert (answer.against, answer.held) == ((0, 0, 1), [1, 2])
    assert [one.name for one in answer.scenarios] == ["none", "parks", "both"]
    assert [one.title.en for one in answer.scenarios] == ["none", "parks", "both"], "a policy without title has a name"
    assert answer.names == (*INDICES, "exited", "treated", "fiscal_cost_yuan")


def test_differences_are_those_of_compare(answer: Answer) -> None:
    parks = load_scenario("letter").with_only(["2"])
    both = load_scenario("letter").with_only(["2", "3"])
    found = paired.compare(parks, both, seeds=[1, 2], firms=300, until="2021Q4")
    for name in answer.names:
        if name in HEADLINES:
            mine, theirs = answer.headline(2, name), found.headline(name)
            assert mine == theirs, name
            assert answer.headline(2, name, "Guanhaiwei Town") == found.headline(name, "Guanhaiwei Town")
    assert answer.comparison(2).differs() == found.differs()


def test_paths_end_in_the_levels_of_the_horizon(answer: Answer) -> None:
    paths = answer.paths()
    assert paths.shape == (3, 2, 2, len(answer.names))
    levels = answer.values[:, :, -1]
    assert np.array_equal(paths[:, :, -1, :5], levels[:, :, :5]), "indices as they stand"
    assert np.array_equal(paths[..., 5:].sum(axis=2), levels[:, :, 5:]), "flows summed"


def test_without_names_rows_are_held_against_the_first(tmp_path: Path) -> None:
    text = TEXT.partition("[design.policies")[0] + '[design.levers]\n"differential.months" = [7, 12]\n'
    found = compared(asked(text), tmp_path)
    assert (found.against, found.held) == ((0, 0), [1])
    assert [one.title.zh for one in found.scenarios] == ["differential.months = 7.0", "differential.months = 12.0"]


def test_policies_under_rows_are_held_against_the_same_row(tmp_path: Path) -> None:
    text = TEXT + '[design.levers]\n"differential.months" = [7, 12]\n'
    found = compared(replace(asked(text), seeds=1), tmp_path)
    assert found.against == (0, 0, 0, 1, 2, 3)
    assert found.scenarios[3].title.zh == "园区, differential.months = 12.0"
    assert np.isnan(found.headline(2, "green").low), "a single seed has no interval"


def test_shares_are_those_of_attribute(tmp_path: Path) -> None:
    text = 'firms = 300\nseeds = 2\nuntil = "2021Q3"\nshow = ["exited"]\n[attribution]\npermutations = 2\n'
    text += '[design.policies.mine]\nonly = ["2.6", "3.5"]\n'
    found = attributed(asked(text), tmp_path / "a")
    policy = load_scenario("letter").with_only(["2.6", "3.5"])
    until = asked(text).until
    direct = attribute(policy, tmp_path / "b", seeds=2, firms=300, until=until)
    assert found.parts["chapters"].shares == direct.shares
    assert found.parts["clauses"].parts == ("2.6", "3.5")
    assert found.parts["clauses"].permutations == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            TEXT.replace('"exited"', '"exitd"'),
            "mine.toml:5: show: there is no indicator 'exitd'. Did you mean",
        ),
        (TEXT.replace('"exited"', '"green"'), "mine.toml:5: show: green is one of the five indices, which"),
    ],
)
def test_what_is_not_measured_is_refused_before_anything_runs(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        compared(asked(text), tmp_path / "sweep")
    assert str(caught.value).startswith(says)
    assert not (tmp_path / "sweep").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('seeds = 2\nshow = ["treated"]\n[attribution]\n[design.policies.letter]', "shares are known of headlines"),
        ("seeds = 2\n[attribution]\n[design.policies.a]\n[design.policies.b]\noff = [\"2\"]", "one policy and a num"),
    ],
)  # fmt: skip
def test_what_cannot_be_attributed(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        attributed(asked(text), tmp_path / "sweep")


def test_the_city_comes_last(answer: Answer) -> None:
    assert answer.towns[-1] == CITY
