"""The lean Mesa version of the quarter (experiments/lean_mesa) is the same model as the columns, by its statistics.

Both start from one history; only luck differs. What the peer leaves out (its docstring lists it) touches the money of
park ratings and little else, so the flows below must agree to within the luck of a few seeds.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clustersim.foundation.words import HORIZON, POLICY_START
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario, load_scenario

pytest.importorskip("mesa")
EXPERIMENTS = Path(__file__).parent.parent / "experiments"
QUARTERS = HORIZON - POLICY_START + 1
# By what share means over seeds may differ: what thousands of firms do, what hundreds do, and what is rare
FLOWS = {
    "entered": 0.03, "exited": 0.06, "exited_choice": 0.06, "upgraded": 0.06, "visited": 0.03, "surveyed": 0.03,
    "treated": 0.06, "found": 0.06, "cases_closed": 0.10, "orders": 0.03, "sales_yuan": 0.06, "taxes_yuan": 0.06,
    "land_use_tax_yuan": 0.10, "discharge_yuan": 0.10, "surcharge_yuan": 0.10, "moved": 0.12, "asked_for_units": 0.12,
    "rewarded": 0.12, "exited_closure": 0.12, "displaced": 0.10, "subsidy_yuan": 0.15, "rectified": 0.20,
    "fined": 0.15, "exited_default": 0.25, "exited_left": 0.25, "expanded": 0.25, "exited_clearance": 0.25,
}  # fmt: skip
STOCKS = {
    "firms": 0.02, "jobs": 0.03, "in_parks": 0.10, "village_firms": 0.08, "known_firms": 0.03, "grade_a": 0.06,
    "grade_b": 0.04, "grade_c": 0.06, "grade_d": 0.08, "registered_firms": 0.03, "noncompliant_share": 0.06,
    "value_added_yuan": 0.06, "electricity_kwh": 0.06, "land_in_use_mu": 0.03, "park_floor_m2": 0.06, "green": 0.04,
    "factors": 0.03, "functions": 0.06, "space": 0.04,
}  # fmt: skip


@pytest.fixture
def lean_city(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(str(EXPERIMENTS))
    from lean_mesa import LeanCity

    yield LeanCity
    for name in [name for name in sys.modules if name.split(".")[0] == "lean_mesa"]:
        del sys.modules[name]


def test_its_firms_are_agents_with_the_columns_of_the_history(lean_city: Any, town_history: History) -> None:
    import mesa

    city = lean_city(town_history, load_scenario("letter"), 1)
    table = town_history.world.firms
    assert isinstance(city, mesa.Model) and all(isinstance(one, mesa.Agent) for one in city.agents)
    assert len(city.agents) == table.alive.sum() == sum(map(len, city.towns))
    assert sum(one.revenue for one in city.agents) == pytest.approx(table.revenue[table.alive].sum())
    assert sum(one.cash for one in city.agents) == pytest.approx(0.01 * table.cash[table.alive].sum())
    assert sum(one.landlord is not None for one in city.agents) > 0


def test_firms_and_places_stay_in_balance(lean_city: Any, town_history: History) -> None:
    city = lean_city(town_history, load_scenario("letter"), 2)
    before = len(city.agents)
    for _ in range(6):
        city.step()
        now = city.measured[-1]
        assert len(city.agents) == sum(map(len, city.towns)) == before + now["entered"] - now["exited"] == now["firms"]
        before = len(city.agents)
    inside = [one for one in city.agents if one.site == 0]
    parks = city.world.parks
    assert sum(one.floor for one in inside) == parks.floor.sum() - parks.free.sum()
    assert len(inside) == parks.firms_by_sector.sum()
    on_plots = sum(one.floor for one in city.agents if one.site == 2)
    accounts = city.world.accounts
    assert on_plots + accounts.vacant_floor.sum() == accounts.ordinary_floor.sum()
    owned = sum(one.land for one in city.agents if one.site == 2)
    assert owned == accounts.owners_land.sum()
    assert all(one.let >= 0 for one in city.agents)


@pytest.mark.slow
def test_it_is_the_same_model_by_its_statistics(lean_city: Any, big_history: History) -> None:
    scenario, seeds = load_scenario("letter"), range(1, 7)
    columns = [columns_of(big_history, scenario, seed) for seed in seeds]
    peers = [peer_of(lean_city, big_history, scenario, seed) for seed in seeds]
    far = {}
    for name, most in (FLOWS | STOCKS).items():
        mean = statistics.mean(one[name] for one in columns)
        away = statistics.mean(one[name] for one in peers) / mean - 1.0
        if abs(away) > most:
            far[name] = f"{away:+.1%}, at most {most:.0%}"
    assert not far


def columns_of(history: History, scenario: Scenario, seed: int) -> dict[str, float]:
    measured = list(live(fork(history, scenario, seed), scenario, HORIZON))
    return {name: sum(one.value(name) for one in measured) for name in FLOWS} | {
        name: measured[-1].value(name) for name in STOCKS
    }


def peer_of(maker: Any, history: History, scenario: Scenario, seed: int) -> dict[str, float]:
    city = maker(history, scenario, seed)
    for _ in range(QUARTERS):
        city.step()
    return {name: sum(one[name] for one in city.measured) for name in FLOWS} | {
        name: city.measured[-1][name] for name in STOCKS
    }
