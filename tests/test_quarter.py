"""Laws of the whole quarter, in small real cities: the same bits, the prefix, the books, and what no policy may do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from clustersim.foundation import compiled
from clustersim.foundation.words import (
    HORIZON,
    LATEST,
    NOBODY,
    POLICY_START,
    Action,
    Clearance,
    Grade,
    Quarter,
    Site,
    Stage,
)
from clustersim.indicators import INDICES, PLACE, measure
from clustersim.letter import register
from clustersim.letter.parks import threshold
from clustersim.quarter import History, settle_history
from clustersim.scenario import Scenario
from clustersim.world.books import Flow
from tests.cities import differing, life, main, mixed, scenarios, step_by_step, values_of

LETTER = Scenario("letter")
NONE = LETTER.with_only([])
MIDWAY = Quarter(2023, 4)
SWITCHED = [one.id for one in register.clauses() if one.switched]


def test_the_same_seeds_give_the_same_bits_and_another_seed_does_not(town_history: History) -> None:
    first, measured = life(town_history, LETTER)
    again, measured_again = life(town_history, LETTER)
    other, measured_other = life(town_history, LETTER, seed=2)
    assert differing(first, again) == []
    assert values_of(measured).tobytes() == values_of(measured_again).tobytes()
    assert {"firms.revenue", "firms.uid", "firms.site", "city.sector_demand"} <= set(differing(first, other))
    assert not np.array_equal(values_of(measured), values_of(measured_other))


def test_another_population_seed_is_another_city_with_the_same_shape() -> None:
    one, other = (settle_history(LETTER.background(), 400, seed) for seed in (1, 2))
    assert "firms.revenue" in differing(one.world, other.world)
    for history in (one, other):
        assert len(history.measures) == 10
        assert str(history.world.quarter) == "2021Q3"
        assert len(history.world.blocks) == 74
    assert abs(one.measures[0].value("firms") - other.measures[0].value("firms")) <= 20


def test_a_life_leaves_its_history_as_it_was(town_history: History) -> None:
    before = town_history.world.copy()
    life(town_history, LETTER, MIDWAY)
    assert differing(before, town_history.world) == []


def test_a_run_that_stops_earlier_is_the_prefix_of_a_longer_one(town_history: History) -> None:
    short, measured = life(town_history, LETTER, MIDWAY)
    _, measured_longer = life(town_history, LETTER, LATEST)
    assert len(measured) == 10 and len(measured_longer) == 38
    assert values_of(measured).tobytes() == values_of(measured_longer[:10]).tobytes()
    midway = next(world for world, now in step_by_step(town_history, LETTER, LATEST) if now.quarter == MIDWAY)
    assert differing(short, midway) == []


def test_what_bites_later_changes_nothing_before(town_history: History) -> None:
    long_lists = LETTER.with_levers({"inspection.cases_per_list": 2000.0})
    late, later = (long_lists.with_levers({"inspection.list_first": first}) for first in (4, 9))
    early, after = (values_of(life(town_history, one)[1]) for one in (late, later))
    same = (early == after).all(axis=(1, 2))
    assert same[:4].all() and not same[4:].all()


def test_looking_on_changes_nothing(town_history: History) -> None:
    unseen, _ = life(town_history, LETTER, MIDWAY)
    seen = None
    for seen, _ in step_by_step(town_history, LETTER, MIDWAY):
        seen.quarter += -1
        measure(seen, LETTER.assumptions)
        seen.quarter += 1
    assert seen is not None and differing(unseen, seen) == []


@pytest.mark.parametrize("geography", [{"grid": "500m"}, {"qianwan": True}], ids=["500m", "qianwan"])
def test_the_laws_hold_on_a_finer_grid_and_with_more_towns(geography: dict[str, object]) -> None:
    history = settle_history(LETTER.background(), 400, 1, **geography)
    world, measured = life(history, LETTER, Quarter(2022, 4))
    assert len(world.towns) == (19 if "qianwan" in geography else 17)
    assert world.cells.side_km == (0.5 if "grid" in geography else 1.0)
    assert np.isfinite(values_of(measured)).all()


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit(threads: int, town_history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, measured = life(town_history, LETTER, MIDWAY)
    monkeypatch.setattr(compiled, "SMALLEST_SLICE", 50)
    with compiled.threads(threads):
        together, measured_together = life(town_history, LETTER, MIDWAY)
    assert differing(alone, together) == []
    assert values_of(measured).tobytes() == values_of(measured_together).tobytes()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_no_indicator(seed: int, town_history: History) -> None:
    _, measured = life(town_history, LETTER)
    shuffled = replace(town_history, world=mixed(town_history.world, seed))
    assert not np.array_equal(shuffled.world.firms.uid, town_history.world.firms.uid)
    _, measured_shuffled = life(shuffled, LETTER)
    assert values_of(measured).tobytes() == values_of(measured_shuffled).tobytes()


@pytest.mark.parametrize(
    ("firms", "quarters"), [(100, 2), pytest.param(400, 10, marks=pytest.mark.slow)], ids=["tiny", "small"]
)
def test_compiled_and_interpreted_agree_in_every_bit(firms: int, quarters: int, tmp_path: Path) -> None:
    main(firms, quarters, str(tmp_path / "compiled.npz"))
    command = [sys.executable, "-W", "error", "-m", "tests.cities", str(firms), str(quarters)]
    subprocess.run(
        [*command, str(tmp_path / "interpreted.npz")], check=True, cwd=Path(__file__).parent.parent,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    with np.load(tmp_path / "compiled.npz") as ours, np.load(tmp_path / "interpreted.npz") as theirs:
        assert ours["measures"].shape[0] == quarters
        assert [name for name in ours if ours[name].tobytes() != theirs[name].tobytes()] == []


@pytest.mark.parametrize("scenario", [LETTER, NONE], ids=["letter", "none"])
def test_the_laws_hold_and_every_measure_is_a_number(scenario: Scenario, city_history: History) -> None:
    world, measured = life(city_history, scenario, LATEST)  # every quarter checks the laws, or it stops
    assert world.quarter == LATEST + 1
    assert np.isfinite(values_of(measured)).all()


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(scenario=scenarios())
def test_the_laws_hold_under_any_policy(scenario: Scenario, town_history: History) -> None:
    _laws_under(scenario, town_history)


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(scenario=scenarios(most=30))
def test_the_laws_hold_under_many_more_policies(scenario: Scenario, city_history: History) -> None:
    _laws_under(scenario, city_history)


@pytest.mark.slow
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck), derandomize=True)
@given(scenario=scenarios(most=30))
def test_rows_and_threads_change_nothing_under_any_policy(scenario: Scenario, town_history: History) -> None:
    alone, measured = life(town_history, scenario)
    _, shuffled = life(replace(town_history, world=mixed(town_history.world, 7)), scenario)
    assert values_of(measured).tobytes() == values_of(shuffled).tobytes()
    smallest, compiled.SMALLEST_SLICE = compiled.SMALLEST_SLICE, 40
    try:
        with compiled.threads(3):
            together, _ = life(town_history, scenario)
    finally:
        compiled.SMALLEST_SLICE = smallest
    assert differing(alone, together) == []


def _laws_under(scenario: Scenario, history: History) -> None:
    levers = scenario.effective_levers()
    for world, now in step_by_step(history, scenario):
        firms, rows = world.firms, world.rows
        assert np.isfinite(now.values).all()
        for name in INDICES:
            assert (now.values[:, PLACE[name]] >= 0.0).all() and (now.values[:, PLACE[name]] <= 1.0).all(), name
        if levers.entry.leak == 0.0:
            assert now.value("village_starts") == 0.0
        if levers.differential.no_new_land_for_d:
            assert not ((firms.action[:rows] == Action.EXPAND) & (firms.grade[:rows] == Grade.D)).any()


def test_no_d_firm_gets_a_reward_or_new_land(city_history: History) -> None:
    generous = LETTER.with_levers({"differential.reward_budget": 1e9, "differential.floor_yuan": 0.0})
    rewarded = 0
    for world, _ in step_by_step(city_history, generous):
        firms, rows = world.firms, world.rows
        d = firms.grade[:rows] == Grade.D
        rewarded += int((firms.reward[:rows] > 0).sum())
        assert not firms.reward[:rows][d].any()
        assert not (d & firms.alive[:rows] & (firms.action[:rows] == Action.EXPAND)).any()
    assert rewarded > 100


def test_none_enters_a_park_that_vetoes_it(city_history: History) -> None:
    levers = LETTER.effective_levers()
    entered = 0
    for world, now in step_by_step(city_history, LETTER):
        firms, parks, rows = world.firms, world.parks, world.rows
        vetoed = threshold(world, levers.parks, LETTER.assumptions).vetoed
        came = np.flatnonzero(
            (firms.last_move[:rows] == now.quarter.index)
            | ((firms.born[:rows] == now.quarter.index) & (firms.site[:rows] == Site.PARK))
        )
        came = came[firms.alive[came] & (firms.site[came] == Site.PARK)]
        own = firms.sector[came].astype(np.int64)
        entered += len(came)
        assert not ((vetoed >> own) & 1).any()
        assert ((parks.admits[firms.place[came]] >> own) & 1).all()
    assert vetoed and entered > 50


def test_without_a_leak_none_starts_on_village_land(city_history: History) -> None:
    tight, loose = (LETTER.with_levers({"entry.leak": leak}) for leak in (0.0, 1.0))
    world, measured = life(city_history, tight)
    assert sum(now.value("village_starts") for now in measured) == 0.0
    new = world.firms.born[: world.rows] >= POLICY_START.index
    assert not (new & (world.firms.site[: world.rows] == Site.VILLAGE)).any()
    _, measured_loose = life(city_history, loose)
    assert sum(now.value("village_starts") for now in measured_loose) > 50


def test_without_any_clause_nothing_of_the_letter_happens(city_history: History) -> None:
    world, measured = life(city_history, NONE)
    total = {
        name: sum(now.value(name) for now in measured)
        for name in (
            "surcharge_yuan", "refund_yuan", "compensation_yuan", "treated", "confirmed", "supervised",
            "cases_closed", "exited_closure", "exited_clearance", "exited_licence", "surveyed", "model_firms",
            "eliminated", "orders", "orders_failed", "suspended", "cleared_plots", "blocks_started",
            "refused_starts", "land_cleared_mu",
        )
    }  # fmt: skip
    assert {name: value for name, value in total.items() if value} == {}
    assert not any(one.books.money[Flow.SELF_INSPECTION].any() for one, _ in step_by_step(city_history, NONE))
    firms, rows = world.firms, world.rows
    assert not firms.known[:rows].any() and not firms.masked[:rows].any() and not firms.displaced[:rows].any()
    assert (firms.stage[:rows] == Stage.NONE).all() and (firms.clearance[:rows] == Clearance.NONE).all()
    assert (firms.order_due[:rows] == NOBODY).all() and (firms.licence_due[:rows] == NOBODY).all()
    # What was there before the letter goes on
    for name in ("visited", "fined", "grade_d", "entered", "parks_started", "upgraded", "moved", "village_starts"):
        assert sum(now.value(name) for now in measured) > 0.0, name


@pytest.mark.slow
@pytest.mark.parametrize("number", SWITCHED)
def test_every_clause_does_something(number: str, city_history: History, big_history: History) -> None:
    # Of 2,000 firms there is in most lives no D firm that outgrew its floor: 4.2 needs a larger city to show
    history = big_history if number == "4.2" else city_history
    with_it, without_it = (values_of(life(history, one)[1]) for one in (LETTER, LETTER.with_off([number])))
    changed = (with_it != without_it).any(axis=(1, 2))
    assert changed.any()
    assert with_it.shape[0] == HORIZON - POLICY_START + 1


@pytest.mark.slow
def test_the_five_indices_answer_to_the_letter(city_history: History) -> None:
    ends = {
        scenario.name + str(scenario.off): [life(city_history, scenario, seed=seed)[1][-1] for seed in range(1, 6)]
        for scenario in (LETTER, NONE)
    }
    with_it, without_it = ends.values()
    for name in ("space", "factors", "functions"):
        gains = np.array([one.value(name) - other.value(name) for one, other in zip(with_it, without_it, strict=True)])
        assert gains.mean() > gains.std(ddof=1) / np.sqrt(len(gains)), name  # in a small city a seed may go astray


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lever", "low", "high", "indicator"),
    [
        ("inspection.treated_a_year", 800.0, 3200.0, "treated"),
        ("entry.leak", 0.0, 0.5, "village_starts"),
        ("differential.surcharge_below_d", 0.1, 0.6, "surcharge_yuan"),
        ("differential.reward_budget", 20e6, 200e6, "subsidy_yuan"),
        ("land.cleared_mu_a_year", 200.0, 2000.0, "cleared_plots"),
        ("services.handholding", 0.0, 0.9, "programme_yuan"),
    ],
)
def test_more_of_a_lever_is_more_of_what_it_does(
    lever: str, low: float, high: float, indicator: str, city_history: History
) -> None:
    totals = []
    for value in (low, high):
        scenario = LETTER.with_levers({lever: value})
        lives = [life(city_history, scenario, seed=seed)[1] for seed in (1, 2, 3)]
        totals.append([sum(now.value(indicator) for now in one) for one in lives])
    assert all(less < more for less, more in zip(*totals, strict=True)), totals
