"""Where two policies part a fate, by which of their differences, and whose fates are turned in all."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from clustersim import ScenarioError, load_scenario
from clustersim.foundation.words import HORIZON
from clustersim.histories import shared_history
from clustersim.quarter import fork, live
from clustersim.scenario import Scenario
from clustersim.scenario.setting import Setting
from clustersim.show import fates as shown
from clustersim.show.story import parting_json, parting_text
from clustersim.why.fates import flipped_fates
from clustersim.why.parting import changed, changes_between, life, part

LETTER, NONE = load_scenario("letter"), load_scenario("none")
SETTING = Setting(firms=600)


def apart(a: Scenario, b: Scenario, count: int = 1) -> list[int]:
    """Uids of firms of 2021Q2 that one policy keeps and the other loses, or lets upgrade more often."""
    worlds = []
    for policy in (a, b):
        world = fork(shared_history(policy, SETTING), policy, 1)
        for _ in live(world, policy, SETTING.until):
            pass
        firms, rows = world.firms, world.rows
        columns = (firms.uid[:rows].tolist(), firms.alive[:rows].tolist(), firms.upgrades[:rows].tolist())
        worlds.append({uid: (alive, upgrades) for uid, alive, upgrades in zip(*columns, strict=True)})
    one, other = worlds
    return [uid for uid in sorted(one) if uid < SETTING.firms and one[uid] != other.get(uid)][:count]


def test_one_lever_is_the_only_difference_and_the_one_that_parts() -> None:
    dear = LETTER.with_levers({"differential.surcharge_below_d": 1.0, "differential.exemption_kwh": 0.0})
    dearer = dear.with_levers({"differential.surcharge_below_d": 0.0})
    (only,) = changes_between(dear, dearer)
    assert only.name == "differential.surcharge_below_d 1.0 -> 0.0"
    (uid,) = apart(dear, dearer)
    parting = part(dear, dearer, SETTING, 1, uid)
    assert parting.enough == parting.needed == (only,)
    assert only.name in " ".join(parting_text(parting, "dear", "dearer", "en").split())


def test_a_switched_clause_is_one_difference_with_its_levers() -> None:
    without = LETTER.with_off(["3.3", "4.2"])
    names = [one.name for one in changes_between(LETTER, without)]
    assert names == ["clause 3.3 on -> off", "clause 4.2 on -> off"]
    assert changes_between(without, without) == ()
    with pytest.raises(ScenarioError, match="both scenarios are the same"):
        part(LETTER, LETTER, SETTING, 1, 1)


def test_putting_all_differences_in_gives_the_other_policy() -> None:
    mixed = NONE
    for change in changes_between(NONE, LETTER):
        mixed = changed(mixed, LETTER, change)
    assert mixed.fingerprint() == LETTER.fingerprint()


def test_what_is_enough_parts_the_fate_and_what_is_needed_heals_it() -> None:
    """Of the letter against no policy: tried again from outside, with what `part` says."""
    checked = 0
    for uid in apart(LETTER, NONE, count=2):
        parting = part(LETTER, NONE, SETTING, 1, uid)
        assert parting.quarter is not None and parting.fates is not None
        short = dataclasses.replace(SETTING, until=parting.quarter)
        mine, theirs = ([*life(one, short, 1, uid)] for one in (LETTER, NONE))
        assert [one.fate for one in mine[:-1]] == [one.fate for one in theirs[:-1]]
        assert (mine[-1].fate, theirs[-1].fate) == parting.fates
        for change in parting.enough:
            assert [*life(changed(LETTER, NONE, change), short, 1, uid)][-1].fate == theirs[-1].fate
            checked += 1
        for change in parting.needed:
            assert [*life(changed(NONE, LETTER, change), short, 1, uid)][-1].fate == mine[-1].fate
            checked += 1
        text, plain = parting_text(parting, "letter", "none", "en"), parting_json(parting)
        assert str(parting.quarter) in text and plain["quarter"] == str(parting.quarter)
        assert plain["enough"] == [one.name for one in parting.enough]
    assert checked


def test_an_assumption_parts_the_history_already() -> None:
    other = LETTER.with_assumptions({"attention": 0.5})
    (uid,) = apart(LETTER, other)
    parting = part(LETTER, other, SETTING, 1, uid)
    assert parting.first_seen is not None and parting.enough[0].assumption == "attention"
    with pytest.raises(ScenarioError, match="other assumptions"):
        flipped_fates(LETTER, other, SETTING, [1])


def test_a_fate_that_never_parts_says_so() -> None:
    start = shared_history(LETTER, SETTING).world
    softer = LETTER.with_levers({"land.release_limit": 39_999.0})
    partings = [part(LETTER, softer, SETTING, 1, uid) for uid in start.firms.uid[:5].tolist()]
    calm = next(one for one in partings if one.quarter is None)
    assert "never parts" in parting_text(calm, "letter", "softer", "en")
    assert "没有分开" in parting_text(calm, "letter", "softer", "zh")


def test_flipped_fates_count_every_firm_once_and_none_between_equals() -> None:
    start = shared_history(LETTER, SETTING).world
    living = int(start.firms.alive[: start.rows].sum())
    table = pd.DataFrame(flipped_fates(LETTER, NONE, SETTING, [1, 2]))
    assert table.groupby("seed")["firms"].sum().tolist() == [living, living]
    assert set(table["town"]) <= set(start.towns.en) and set(table["sector"]) <= set(start.sectors.key)
    same = pd.DataFrame(flipped_fates(LETTER, LETTER, SETTING, [1]))
    assert (same["a"] == same["b"]).all()
    by = shown.flipped(table)
    assert by["flipped"].sum() * 2 == table[table["a"] != table["b"]]["firms"].sum()
    assert by["firms"].sum() == living
    # Outcomes agree with what the run counts: who left of those that were there.
    gone = table[(table["seed"] == 1) & (table["a"] == "left")]["firms"].sum()
    world = fork(shared_history(LETTER, SETTING), LETTER, 1)
    for _ in live(world, LETTER, SETTING.until):
        pass
    survivors = set(world.firms.uid[: world.rows][world.firms.alive[: world.rows]].tolist())
    assert gone == len(set(start.firms.uid[: start.rows][start.firms.alive[: start.rows]].tolist()) - survivors)
    for lang in ("zh", "en"):
        text = shown.fates_text(table, "letter", "none", lang)
        assert len(text.splitlines()) > 10
    assert shown.fates_json(table, "letter", "none")["seeds"] == 2
    assert SETTING.until == HORIZON
