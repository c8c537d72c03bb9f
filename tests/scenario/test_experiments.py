"""Experiment files: named policies, all of a home at once, and what a search or a sensitivity analysis is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustersim import ScenarioError, load_scenario
from clustersim.foundation.levers import CALIBRATED
from clustersim.lab.sweep.design import patches
from clustersim.letter import register
from clustersim.scenario.checking import check_file
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.scenario.options import described, patch_between, policy_under

POLICIES = """
firms = 500
seeds = 2
[targets]
green = 0.6
[design.policies.nothing]
base = "none"
[design.policies.prices]
title = { zh = "分档电价", en = "Graded prices" }
only = ["4.1", "4.3"]
[design.policies.prices.levers.differential]
surcharge_below_d = 0.5
[design.policies.letter]
"""
SAMPLED = """
seeds = 2
[design]
kind = "latin"
samples = 4
[design.levers]
"""


def written(tmp_path: Path, text: str) -> Experiment:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return load_experiment(path)


def test_named_policies_are_run_as_they_say(tmp_path: Path) -> None:
    made = written(tmp_path, POLICIES)
    assert [one.name for one in made.policies] == ["nothing", "prices", "letter"]
    assert made.policies[1].title.en == "Graded prices" and made.runs == 3
    letter = load_scenario("letter")
    wanted = [
        load_scenario("none"),
        letter.with_only(["4.1", "4.3"]).with_levers({"differential.surcharge_below_d": 0.5}),
        letter,
    ]
    for patch, one, policy in zip(patches(made), wanted, made.policies, strict=True):
        expected = one.with_targets(made.base.targets).fingerprint()
        assert policy_under(made.base, patch).fingerprint() == policy.fingerprint() == expected


def test_policies_are_crossed_with_the_design_over_levers(tmp_path: Path) -> None:
    made = written(tmp_path, POLICIES + '[design.levers]\n"entry.leak" = [0.0, 0.1]\n')
    found = patches(made)
    assert made.runs == len(found) == 6
    assert [one["entry.leak"] for one in found] == [0.0, 0.1] * 3
    assert "off" in found[0] and "off" in found[1] and "off" not in found[5]


def test_a_policy_on_a_base_of_its_own_may_switch_on_what_the_experiment_has_off(tmp_path: Path) -> None:
    made = written(tmp_path, 'base = "none"\nseeds = 1\n[design.policies.all]\nbase = "letter"\n')
    assert policy_under(made.base, patches(made)[0]).off == ()


def test_all_numbers_of_a_home_can_be_sampled_at_once(tmp_path: Path) -> None:
    made = written(tmp_path, SAMPLED + '"assumptions.*" = []\n"assumptions.attention" = [0.2, 0.3]\n')
    told = described()
    assert len(made.levers) > 150 and made.levers["assumptions.attention"] == (0.2, 0.3)
    assert all(told[name].standing != CALIBRATED and told[name].low is not None for name in made.levers)
    assert "assumptions.constant_exit" not in made.levers
    for patch in patches(made):
        assert 0.2 <= patch["assumptions.attention"] <= 0.3


WRONG = [
    ("[design.policies]\nprices = 3\nseeds = 2", "design.policies.prices: 3 is not a table"),
    (POLICIES.replace("only", "onli"), "design.policies.prices.onli: there is no such key. Did you mean 'only'?"),
    (POLICIES.replace('"none"', '"nune"'), "design.policies.nothing.base: nune: neither a file nor a shipped"),
    (POLICIES.replace("= 0.5", "= 30"), "design.policies.prices.levers.differential.surcharge_below_d: 30.0 yuan/kWh"),
    (POLICIES.replace('"4.3"', "4.3"), "quote it"),
    (POLICIES + "[design.policies.letter.targets]\ngreen = 0.9\n", "targets belong to the experiment"),
    ('seeds = 2\n[design]\nkind = "list"\n[design.levers]\n"entry.*" = []\n', "can be taken in a sampled design"),
    (SAMPLED + '"assumptions.*" = [0, 1]\n', 'within declared bounds: write "assumptions.*" = []'),
    (SAMPLED + '"asumptions.*" = []\n', "no home of levers or assumptions of this name"),
    (f"recalibrate = 1\n{POLICIES}", "recalibrate: 1 is not allowed; true or false"),
    (f"{POLICIES}[search]\nprobability = 1.5\n", "search.probability: 1.5 is not allowed; a number between 0 and 1"),
    (f"{POLICIES}[search]\nfresh_seeds = 3\n", "search.fresh_seeds: 3 is not allowed; a whole number from 20"),
    (f"{POLICIES}[search]\nprobabilty = 0.5\n", "Did you mean 'probability'?"),
    (f"{POLICIES}[sensitivity]\ntrajectories = 1\n", "sensitivity.trajectories: 1 is not allowed"),
    (f"{POLICIES}[sensitivity]\nfactor = 1\n", "Did you mean 'factors'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line_and_whole_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as told:
        written(tmp_path, text)
    message = str(told.value)
    assert said in message and "\n" not in message
    line = int(message.removeprefix(f"{tmp_path}/plan.toml:").split(":")[0])
    assert 1 <= line <= text.count("\n") + 1


def test_check_counts_what_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(POLICIES, encoding="utf-8")
    assert "design of 3 scenarios, 2 seeds each" in check_file(tmp_path / "plan.toml").summary


CLAUSES = [one.id for one in register.clauses() if one.switched]
NUMBERS = [name for name, one in register.levers().items() if one.kind == "float"]


@given(
    off=st.sets(st.sampled_from(CLAUSES)),
    base_off=st.sets(st.sampled_from(CLAUSES)),
    name=st.sampled_from(NUMBERS),
    share=st.floats(0.0, 1.0),
)
def test_a_patch_between_two_policies_makes_one_out_of_the_other(
    off: set[str], base_off: set[str], name: str, share: float
) -> None:
    one = described()[name]
    assert one.low is not None and one.high is not None
    base = load_scenario("letter").with_off(base_off)
    try:
        other = load_scenario("letter").with_off(off).with_levers({name: one.low + share * (one.high - one.low)})
    except ScenarioError:  # levers that do not fit together
        return
    made = policy_under(base, patch_between(base, other))
    assert made.fingerprint() == other.fingerprint() and made.off == other.off and made.levers == other.levers
