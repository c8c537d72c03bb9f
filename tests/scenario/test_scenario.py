"""Scenarios: patches on a base, switches, fingerprints, and files that read back as what was written."""

import json
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clustersim
from clustersim.foundation.assumptions import DESCRIBED, Assumptions
from clustersim.foundation.words import HORIZON, Quarter
from clustersim.letter import register
from clustersim.scenario import (
    Difference,
    Levers,
    Scenario,
    ScenarioError,
    Target,
    Words,
    differences,
    load_scenario,
    shipped,
)
from clustersim.scenario.options import apply, parse_set

LETTER = load_scenario("letter")
SWITCHED = [one.id for one in register.clauses() if one.switched]


def write(folder, text, name="mine.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def some_value(one):
    """Any value the lever or assumption may have."""
    if one.kind == "bool":
        return st.booleans()
    if one.kind == "choice":
        return st.sampled_from(one.choices)
    if one.kind == "list":
        return st.lists(st.sampled_from(one.choices), unique=True).map(tuple)
    if one.kind == "int":
        return st.integers(int(one.low), int(one.high))
    return st.floats(one.low, one.high)


def some_patch(described):
    """A few of the levers or assumptions with other values."""
    names = st.lists(st.sampled_from(sorted(described)), max_size=6, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: some_value(described[name]) for name in chosen}))


# Levers that must fit together are left out: random values of them are rightly refused.
FREE = {name: one for name, one in register.levers().items() if not name.startswith("grading.")}


# Shipped scenarios


def test_the_letter_is_the_defaults_and_nothing_is_off():
    assert LETTER.levers == Levers() and LETTER.assumptions == Assumptions()
    assert LETTER.off == () and LETTER.effective_levers() == Levers()


def test_none_has_every_clause_off_and_is_the_background():
    none = load_scenario("none")
    assert list(none.off) == SWITCHED
    assert none.fingerprint() == LETTER.background().fingerprint()
    levers = none.effective_levers()
    assert levers.differential.surcharge_below_d == 0.0 and levers.entry.leak == 1.0


def test_shipped_scenarios_are_all_different_and_say_why():
    assert shipped()[:2] == ("letter", "none") and len(shipped()) >= 7
    loaded = {name: load_scenario(name) for name in shipped()}
    assert len({one.fingerprint() for one in loaded.values()}) == len(shipped())
    for name, one in loaded.items():
        assert one.name == name and all(one.title) and all(one.question)
        assert not one.idle(), f"{name} sets levers of clauses that are off"


def test_variants_do_what_their_names_say():
    dear, lean = load_scenario("dear-power").levers.differential, LETTER.levers.differential
    assert (dear.surcharge_below_d, dear.surcharge_above_d) == (0.50, 0.30)
    assert load_scenario("no-exemption").levers.differential.exemption_kwh == 0.0
    assert load_scenario("small-voucher").levers.differential.voucher_share > lean.voucher_share == 0.0
    assert load_scenario("quota-to-threshold").levers.grading.mode != LETTER.levers.grading.mode
    assert load_scenario("parks-without-enforcement").off == tuple(one for one in SWITCHED if one[0] == "3")
    assert set(load_scenario("enforcement-without-parks").off) == {"1.5", "1.7", *(o for o in SWITCHED if o[0] == "2")}


def test_twice_is_twice():
    inspections = load_scenario("twice-inspections").levers.inspection
    for name in ("treated_a_year", "treated_guanhaiwei", "treated_zonghan", "treated_shengshan", "survey_share"):
        assert getattr(inspections, name) == 2.0 * getattr(LETTER.levers.inspection, name)
    parks = load_scenario("twice-parks")
    for one in differences(LETTER, parks):
        assert one.b == 2.0 * one.a, one.name


# Switches


@pytest.mark.parametrize("clause", SWITCHED)
def test_a_clause_that_is_off_changes_the_run_and_no_lever_of_it_matters(clause):
    off = LETTER.with_off([clause])
    assert off.fingerprint() != LETTER.fingerprint()
    for name, value in register.when_off(clause).items():
        home, _, field = name.partition(".")
        assert getattr(getattr(off.effective_levers(), home), field) == value
    for one in register.clause(clause).levers:
        other = {"bool": not one.default, "choice": one.choices[-1:], "list": one.choices[:1]}.get(one.kind, one.high)
        other = other[0] if one.kind == "choice" else other
        assert off.with_levers({one.name: other}).fingerprint() == off.fingerprint(), one.name


def test_clause_ids_are_strings():
    assert LETTER.with_off(["3.1"]).off == ("3.1",)
    assert LETTER.with_off(["3.10"]).off == ("3.10",)
    assert LETTER.with_off("3.1").off == ("3.1",), "one id is not four letters"
    assert LETTER.with_off(["4"]).off == ("4.1", "4.2", "4.3", "4.4", "4.5", "4.7"), "outcomes have no switch"


def test_only_keeps_these_whatever_was_off_before():
    assert LETTER.with_off(["4.3"]).with_only(["4.3"]).off == tuple(one for one in SWITCHED if one != "4.3")
    assert load_scenario("none").with_only(["4"]).off == tuple(one for one in SWITCHED if one[0] != "4")
    assert LETTER.with_only(["3.1"]).off.count("3.10") == 1


def test_off_adds_up_in_the_order_of_the_letter():
    assert LETTER.with_off(["4.3"]).with_off(["1.1", "4.3"]).off == ("1.1", "4.3")


def test_idle_levers_are_named():
    made = LETTER.with_levers({"differential.surcharge_below_d": 0.5, "entry.leak": 0.2}).with_off(["4.3"])
    assert made.idle() == ("differential.surcharge_below_d",)


def test_the_background_keeps_assumptions_alone():
    made = load_scenario("dear-power").with_assumptions({"attention": 0.4}).with_targets({"space": Target(0.6)})
    background = made.background()
    assert background.assumptions.attention == 0.4 and background.levers == Levers() and not background.targets
    assert background.fingerprint() == LETTER.with_assumptions({"attention": 0.4}).background().fingerprint()
    assert background.fingerprint() != LETTER.background().fingerprint()


# Fingerprints and differences


def test_neither_the_name_nor_the_way_it_is_written_changes_the_fingerprint(tmp_path):
    way = write(
        tmp_path, '[levers.differential]\nsurcharge_below_d = 0.5\n[levers.parks]\nvetoed = ["auto", "casting"]'
    )
    other = LETTER.with_levers({"parks.vetoed": ["casting", "auto", "casting"], "differential.surcharge_below_d": 0.50})
    assert load_scenario(way).fingerprint() == other.fingerprint()
    assert replace(other, name="another", title=Words("a", "b")).fingerprint() == other.fingerprint()
    assert LETTER.with_levers({"differential.escalator": -0.0}).fingerprint() == LETTER.fingerprint()
    assert LETTER.with_levers({"differential.months": 7}).fingerprint() == LETTER.fingerprint()


def test_levers_assumptions_and_targets_change_the_fingerprint():
    changed = [
        LETTER.with_levers({"entry.leak": 0.06}),
        LETTER.with_assumptions({"attention": 0.26}),
        LETTER.with_targets({"space": Target(0.6)}),
        LETTER.with_targets({"space": Target(0.6, Quarter(2024, 4))}),
    ]
    assert len({LETTER.fingerprint(), *(one.fingerprint() for one in changed)}) == 5


def test_the_resolved_form_is_plain_json():
    resolved = load_scenario("none").with_targets({"space": Target(0.6)}).resolved()
    assert json.loads(json.dumps(resolved, allow_nan=False)) == resolved
    assert set(resolved["levers"]) == set(register.levers()) and set(resolved["assumptions"]) == set(DESCRIBED)
    assert resolved["targets"] == {"space": {"value": 0.6, "quarter": "2025Q4"}}


def test_differences_name_both_values():
    a = LETTER.with_off(["4.3"])
    b = (
        LETTER.with_levers({"entry.leak": 0.2})
        .with_assumptions({"attention": 0.3})
        .with_targets({"space": Target(0.6)})
    )
    found = differences(a, b)
    assert found[0] == Difference("clause 4.3", "off", "on")
    assert Difference("differential.surcharge_below_d", 0.0, 0.3) in found
    assert Difference("entry.leak", 0.05, 0.2) in found
    assert Difference("assumptions.attention", 0.25, 0.3) in found
    assert found[-1] == Difference("targets.space", None, {"value": 0.6, "quarter": "2025Q4"})


def test_equal_runs_have_no_difference():
    off = LETTER.with_off(["3.8"])
    by_hand = LETTER.with_levers({"entry.power_limited": False})
    assert off.fingerprint() == by_hand.fingerprint() and differences(off, by_hand) == []
    assert differences(LETTER, LETTER) == []


def test_a_scenario_travels_to_another_process():
    made = LETTER.with_levers({"entry.leak": 0.2}).with_targets({"space": Target(0.6)})
    assert pickle.loads(pickle.dumps(made)) == made and hash(made) == hash(pickle.loads(pickle.dumps(made)))


# Files


def test_a_file_is_a_patch_on_its_base(tmp_path):
    write(tmp_path, 'base = "dear-power"\noff = ["3.8"]\n[assumptions]\nattention = 0.3\n', "ground.toml")
    (tmp_path / "deeper").mkdir()
    top = write(tmp_path / "deeper", 'base = "../ground.toml"\noff = ["4.2"]\n[levers.entry]\nleak = 1\n', "top.toml")
    made = load_scenario(top)
    assert (made.name, made.off) == ("top", ("3.8", "4.2"))
    assert made.levers.differential.surcharge_below_d == 0.5 and made.assumptions.attention == 0.3
    assert made.levers.entry.leak == 1.0 and isinstance(made.levers.entry.leak, float)
    assert load_scenario(str(top)) == made


def test_every_key_of_a_file(tmp_path):
    path = write(
        tmp_path,
        """\ufeffname = "我的方案 2"\r
title = { zh = "试", en = "A try" }
question = "why?"
description = { en = "only English" }
base = "letter" # a comment
only = [
    "4", # graded terms
    "2.4",
]
off = ["4.2"]
[levers]
entry.leak = 0.2
inspection = { priority_sectors = ["casting"], campaign_length = 3.0 }
[levers.grading]
mode = "threshold"
[targets]
space = 0.6
value_added_per_mu = { value = 130, quarter = "2024Q4" }
""",
    )
    made = load_scenario(path)
    assert (made.name, made.title, made.question) == ("我的方案 2", Words("试", "A try"), Words("why?", "why?"))
    assert made.description == Words("", "only English")
    assert set(SWITCHED) - set(made.off) == {"2.4", "4.1", "4.3", "4.4", "4.5", "4.7"}
    assert made.levers.inspection.priority_sectors == ("casting",) and made.levers.inspection.campaign_length == 3
    assert made.targets == {"space": Target(0.6, HORIZON), "value_added_per_mu": Target(130.0, Quarter(2024, 4))}
    assert load_scenario(write(tmp_path, made.to_toml(), "again.toml")) == made


def test_an_empty_file_is_the_letter_and_words_are_not_inherited(tmp_path):
    assert load_scenario(write(tmp_path, "")).fingerprint() == LETTER.fingerprint()
    made = load_scenario(write(tmp_path, 'base = "dear-power"', "a b#c.toml"))
    assert made.name == "a b_c" and made.title == Words()


def test_a_shipped_name_comes_before_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, 'base = "none"', "letter")
    assert load_scenario("letter") == LETTER
    assert load_scenario("./letter").off == tuple(SWITCHED)


@settings(deadline=None, max_examples=60)
@given(
    levers=some_patch(FREE),
    assumptions=some_patch(DESCRIBED),
    off=st.lists(st.sampled_from(SWITCHED), max_size=5),
    target=st.floats(-1e12, 1e12),
    title=st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)
def test_what_is_written_reads_back(tmp_path_factory, levers, assumptions, off, target, title):
    made = LETTER.with_levers(levers).with_assumptions(assumptions).with_off(off)
    made = replace(made, name="random", title=Words(title, title)).with_targets({"space": Target(target + 0.0)})
    back = load_scenario(write(tmp_path_factory.getbasetemp(), made.to_toml(), "random.toml"))
    assert back.fingerprint() == made.fingerprint()
    assert (back.levers, back.assumptions, back.off, back.targets) == (
        made.levers, made.assumptions, made.off, made.targets,
    )  # fmt: skip
    assert back.title == made.title and differences(back, made) == []


@settings(deadline=None, max_examples=60)
@given(levers=some_patch(FREE), off=st.lists(st.sampled_from(SWITCHED), max_size=5))
def test_the_order_of_switches_and_levers_does_not_matter(levers, off):
    one = LETTER.with_levers(levers).with_off(off)
    other = LETTER.with_off(reversed(off)).with_levers(levers)
    assert one.fingerprint() == other.fingerprint() and one.effective_levers() == other.effective_levers()


# Options


def test_options_change_a_scenario():
    made = apply(
        LETTER,
        sets=["differential.months = 9", "assumptions.attention=0.3", "grading.mode=threshold",
              "parks.vetoed=auto, casting", "entry.power_limited=false", "parks.lowest_grade='C'",
              "inspection.priority_sectors="],
        only=["2", "4"],
        off=["4.3"],
    )  # fmt: skip
    assert made.levers.differential.months == 9.0 and made.assumptions.attention == 0.3
    assert made.levers.grading.mode == "threshold" and made.levers.parks.vetoed == ("auto", "casting")
    assert made.levers.entry.power_limited is False and made.levers.parks.lowest_grade == "C"
    assert made.levers.inspection.priority_sectors == ()
    assert "4.3" in made.off and "2.1" not in made.off and "3.1" in made.off
    assert apply(LETTER) == LETTER


def test_values_of_options_have_the_type_of_the_lever():
    assert parse_set("inspection.campaign_length=3.0") == ("inspection.campaign_length", 3)
    name, value = parse_set("differential.months=7")
    assert (name, value, type(value)) == ("differential.months", 7.0, float)
    assert parse_set('parks.vetoed=["auto"]')[1] == ("auto",)


def test_levers_are_changed_together_when_they_depend_on_each_other():
    made = LETTER.with_levers({"grading.quota_below_a": 0.5, "grading.quota_below_b": 0.3})
    assert made.levers.grading.quota_below_a == 0.5
    with pytest.raises(ScenarioError, match="sum to"):
        LETTER.with_levers({"grading.quota_below_a": 0.5})


# The door


def test_the_public_door_opens_on_scenarios():
    assert clustersim.load_scenario is load_scenario and clustersim.Scenario is Scenario
    assert clustersim.ScenarioError is ScenarioError


def test_reading_scenarios_needs_no_pandas_and_no_pictures():
    code = "import sys, clustersim.scenario.checking; print(*{'pandas', 'matplotlib', 'mesa'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
