"""Events: every one that the indicators count, and nothing that did not happen."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from clustersim.firm.walk import COLUMNS
from clustersim.foundation.words import HORIZON, POLICY_START, Cause, Reason
from clustersim.indicators import Measures
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario, load_scenario
from clustersim.why.events import COLUMNS as NAMES
from clustersim.why.events import EVENTS, Recorder
from tests.cities import differing, scenarios

CAUSES = {
    "exited_choice": Cause.CHOICE, "exited_default": Cause.DEFAULT, "exited_closure": Cause.CLOSURE,
    "exited_clearance": Cause.CLEARANCE, "exited_licence": Cause.LICENCE, "exited_left": Cause.LEFT,
}  # fmt: skip


def watched(history: History, scenario: Scenario, until: Any = HORIZON) -> tuple[pd.DataFrame, list[Measures], Any]:
    world, recorder = fork(history, scenario, 1), Recorder()
    recorder.begin(world)
    measured = []
    for measures in live(world, scenario, until, recorder.watching(COLUMNS)):
        recorder.end(world)
        measured.append(measures)
    return pd.DataFrame(recorder.columns(7)), measured, world


@pytest.fixture(scope="module")
def told(city_history: History) -> tuple[pd.DataFrame, list[Measures], Any]:
    return watched(city_history, load_scenario("letter"))


def test_events_are_what_the_indicators_count(told: tuple[pd.DataFrame, list[Measures], Any]) -> None:
    events, measured, _ = told
    for measures in measured:
        here = events[events["quarter"] == str(measures.quarter)]
        by_event = Counter(here["event"])
        for event, indicator in (
            ("entry", "entered"), ("exit", "exited"), ("upgrade", "upgraded"), ("rectify", "rectified"),
            ("move", "moved"), ("expand", "expanded"),
        ):  # fmt: skip
            assert by_event[event] == measures.value(indicator), (measures.quarter, event)
        causes = Counter(one.split(":")[0] for one in here[here["event"] == "exit"]["cause"])
        for indicator, cause in CAUSES.items():
            assert causes[cause.name.lower()] == measures.value(indicator), (measures.quarter, cause)
        for town in here["town"].unique():
            assert town != ""
    gone = events[events["event"] == "exit"][["quarter", "uid"]].assign(gone=True)
    fined = events[events["event"] == "fined"].merge(gone, how="left", on=["quarter", "uid"])
    paid = fined[fined["gone"].isna()]["to"].str.removesuffix(" yuan").astype(float).sum()  # who leaves owes it still
    assert paid == pytest.approx(sum(one.value("fines_yuan") for one in measured), rel=1e-4)


def test_the_table_is_as_promised(told: tuple[pd.DataFrame, list[Measures], Any]) -> None:
    events, _, world = told
    assert (
        tuple(events.columns) == NAMES == ("seed", "quarter", "uid", "event", "cause", "town", "sector", "from", "to")
    )
    assert set(events["seed"]) == {7}
    assert set(events["event"]) <= set(EVENTS)
    assert len(set(events["event"])) >= 15, "a letter's life shows nearly every kind"
    assert events.sort_values(["quarter", "uid"], kind="stable").index.equals(events.index)
    assert set(events["town"]) <= set(world.towns.en) and set(events["sector"]) <= set(world.sectors.key)
    assert (events["cause"] != "").all()


def test_who_acts_looked_for_a_reason(told: tuple[pd.DataFrame, list[Measures], Any]) -> None:
    events, _, _ = told
    words = {one.name.lower().replace("_", " ") for one in Reason if one.name}
    deeds = events[events["event"].isin(["upgrade", "rectify", "expand", "move"])]
    for cause in deeds["cause"].unique():
        assert set(cause.split(", ")) <= words, cause
    assert (events[events["event"] == "rectify"]["cause"].str.contains("case")).all()
    assert (events[events["event"] == "expand"]["cause"].str.contains("outgrown")).all()
    moves = events[events["event"] == "move"]
    assert moves["to"].map(lambda to: bool(re.fullmatch(r"park \d+", to))).all()
    assert not (moves["from"] == moves["to"]).any()


def test_a_life_has_a_beginning_and_one_end(told: tuple[pd.DataFrame, list[Measures], Any]) -> None:
    events, _, world = told
    for _, life in events.groupby("uid"):
        kinds = life["event"].tolist()
        assert kinds.count("exit") <= 1 and kinds.count("entry") <= 1
        if "entry" in kinds:
            assert life["quarter"].iloc[0] == life[life["event"] == "entry"]["quarter"].iloc[0]
        if "exit" in kinds:
            assert life["quarter"].iloc[-1] == life[life["event"] == "exit"]["quarter"].iloc[0]
    gone = set(events[events["event"] == "exit"]["uid"])
    assert not gone & set(world.firms.uid[: world.rows][world.firms.alive[: world.rows]].tolist())


def test_grades_and_cases_follow_on_each_other(told: tuple[pd.DataFrame, list[Measures], Any]) -> None:
    events, _, _ = told
    for kind in ("grade", "case"):
        for _, life in events[events["event"] == kind].groupby("uid"):
            assert life["from"].tolist()[1:] == life["to"].tolist()[:-1], kind


@given(scenario=scenarios())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_watching_changes_no_bit(town_history: History, scenario: Scenario) -> None:
    until = POLICY_START + 5
    _, measured, world = watched(town_history, scenario, until)
    plain = fork(town_history, scenario, 1)
    values = [one.values for one in live(plain, scenario, until)]
    assert differing(world, plain) == []
    assert np.array(values).tobytes() == np.array([one.values for one in measured]).tobytes()


def test_one_firm_alone_gives_its_part_of_the_whole(
    city_history: History, told: tuple[pd.DataFrame, list[Measures], Any]
) -> None:
    events, _, _ = told
    uid = int(events["uid"].value_counts().index[0])
    letter = load_scenario("letter")
    world, recorder = fork(city_history, letter, 1), Recorder(uid)
    recorder.begin(world)
    for _ in live(world, letter, HORIZON, recorder.watching(COLUMNS)):
        recorder.end(world)
    alone = pd.DataFrame(recorder.columns(7))
    pd.testing.assert_frame_equal(alone, events[events["uid"] == uid].reset_index(drop=True))
