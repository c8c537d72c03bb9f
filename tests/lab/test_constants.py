"""Constants of choice follow the assumptions that a sweep varies, so that the background stays what it was."""

from __future__ import annotations

import json
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from clustersim import load_scenario, run
from clustersim.foundation.assumptions import Assumptions
from clustersim.lab import constants
from clustersim.lab.constants import CONSTANTS, background_rates, follow
from clustersim.lab.sweep import calibrating, results, sweep
from clustersim.scenario.experiments import load_experiment
from clustersim.scenario.options import policy_under
from tests.lab.test_sweep import bits

BASE = Assumptions()
PLAN = """
name = "attention"
firms = 300
seeds = 2
until = "2021Q4"
[design]
[design.levers]
"assumptions.attention" = [0.25, 0.4]
"differential.months" = [7, 12]
"""
SETTLED = {"upgrade": 0.05, "exit": 0.05}  # what is asked of the rates here, in logarithms


@pytest.fixture(autouse=True)
def smaller_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "SMALL_CITY", 1000)
    monkeypatch.setattr(calibrating, "follow", lambda base, changed, held: follow(base, changed, held, firms=1000))


def plan(tmp_path: Path, text: str = PLAN) -> Any:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    return load_experiment(tmp_path / "plan.toml")


def test_the_base_keeps_its_constants() -> None:
    found = follow(BASE, BASE, firms=2000)
    assert (found.rounds, found.settled) == (1, True)
    assert found.constants == {name: getattr(BASE, name) for name in CONSTANTS.values()}


@pytest.mark.parametrize(("name", "value"), [("upgrade_cost", 0.18), ("attention", 0.4), ("markup_elasticity", 4.0)])
def test_other_beliefs_have_the_background_of_the_base(name: str, value: float) -> None:
    changed = replace(BASE, **{name: value})
    wanted, before = background_rates(BASE, 4000), background_rates(changed, 4000)
    found = follow(BASE, changed, firms=4000)
    assert found.settled and found.rounds > 1
    for rate, far in SETTLED.items():
        assert abs(log(getattr(found.rates, rate) / getattr(wanted, rate))) < far
    assert before != wanted, "the belief matters at all"
    assert found.rates == background_rates(replace(changed, **found.constants), 4000), "they are what was measured"


def test_constants_that_are_held_stay() -> None:
    found = follow(BASE, replace(BASE, attention=0.4), held=["constant_exit"], firms=1000)
    assert "constant_exit" not in found.constants and found.constants["constant_upgrade"] != BASE.constant_upgrade


def test_what_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ROUNDS", 2)
    found = follow(BASE, replace(BASE, taste_scale=0.06), firms=1000)
    assert (found.settled, found.rounds) == (False, 2)


def test_a_sweep_solves_them_once_for_every_set(tmp_path: Path) -> None:
    found = sweep(plan(tmp_path), tmp_path / "one")
    assert found.complete and not found.failed and found.constants["sets"] == 2
    rows = pq.read_table(tmp_path / "one" / "constants.parquet").to_pylist()
    assert [json.loads(row["assumptions"]) for row in rows] == [{"attention": 0.25}, {"attention": 0.4}]
    assert rows[0]["constant_exit"] == BASE.constant_exit and rows[0]["rounds"] == 1
    assert rows[1]["constant_exit"] < BASE.constant_exit, "who looks more often would leave more often"
    told = results(tmp_path / "one")
    patch = told.patches[-1]
    assert patch["assumptions.constant_exit"] == rows[1]["constant_exit"]
    policy = policy_under(load_scenario("letter"), patch)
    expected = run(policy, seeds=[told.seeds[-1]], firms=300, until="2021Q4").indices["green"]["2021Q4"]
    assert told.city[-1, 4] == expected
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["constants"] == found.constants and "constants.parquet" in manifest["files"]


def test_workers_and_restarts_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweep(plan(tmp_path), tmp_path / "one").complete
    both = sweep(plan(tmp_path), tmp_path / "two", workers=2)
    assert both.complete and bits(tmp_path / "one") == bits(tmp_path / "two")
    first = (tmp_path / "one" / "constants.parquet").read_bytes()
    assert first == (tmp_path / "two" / "constants.parquet").read_bytes()
    monkeypatch.setattr(calibrating, "solve_sets", None)  # nothing may be solved again
    again = sweep(plan(tmp_path), tmp_path / "one")
    assert (again.done, again.complete) == (0, True)
    assert first == (tmp_path / "one" / "constants.parquet").read_bytes()


def test_an_interruption_keeps_what_is_solved(tmp_path: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        if what.startswith("constants") and done == 4:
            raise KeyboardInterrupt

    text = PLAN.replace("[0.25, 0.4]", "[0.2, 0.25, 0.3, 0.35, 0.4, 0.45]").replace("[7, 12]", "[7]")
    found = sweep(plan(tmp_path, text), tmp_path / "sweep", progress=stop)
    assert found.interrupted and not found.complete
    assert pq.read_table(tmp_path / "sweep" / "constants.parquet").num_rows == 4
    assert sweep(plan(tmp_path, text), tmp_path / "sweep").complete
    assert sweep(plan(tmp_path, text), tmp_path / "calm").complete
    assert bits(tmp_path / "sweep") == bits(tmp_path / "calm")


def test_a_damaged_file_is_solved_anew(tmp_path: Path) -> None:
    assert sweep(plan(tmp_path), tmp_path / "sweep").complete
    path = tmp_path / "sweep" / "constants.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert sweep(plan(tmp_path), tmp_path / "sweep").complete and path.read_bytes() == whole


def test_it_can_be_left_off_and_constants_can_be_varied(tmp_path: Path) -> None:
    assert not sweep(plan(tmp_path, f"recalibrate = false{PLAN}"), tmp_path / "off").constants
    assert not (tmp_path / "off" / "constants.parquet").exists()
    text = PLAN.replace('"differential.months" = [7, 12]', '"assumptions.constant_exit" = [-4.04, -3.0]')
    assert sweep(plan(tmp_path, text), tmp_path / "held").complete
    assert {one["assumptions.constant_exit"] for one in results(tmp_path / "held").patches} == {-4.04, -3.0}
    only_levers = PLAN.replace('"assumptions.attention" = [0.25, 0.4]', "")
    assert not sweep(plan(tmp_path, only_levers), tmp_path / "levers").constants


def test_runs_of_a_set_that_cannot_be_solved_are_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(base: Assumptions, changed: Assumptions, held: Any) -> Any:
        if changed.attention == 0.4:
            raise ValueError("no city like this")
        return follow(base, changed, held, firms=1000)

    monkeypatch.setattr(calibrating, "follow", broken)

    found = sweep(plan(tmp_path), tmp_path / "sweep")
    assert found.complete and (found.done, len(found.failed)) == (4, 4)
    assert "constants of choice: ValueError: no city like this" in found.failed[0].message
