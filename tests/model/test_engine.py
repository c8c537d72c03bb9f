"""The agents engine gives the bits of the columns, under any policy; and a firm of one's own takes part in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clustersim import ClusterModel, ScenarioError, load_scenario, run
from clustersim.firm.choice import Market
from clustersim.foundation.words import HORIZON, POLICY_START, Action, Quarter
from clustersim.model.agents import Firm
from clustersim.model.engine import agents_walk
from clustersim.quarter import History, fork, live, settle_history
from clustersim.scenario import Scenario, shipped
from clustersim.world.tables import World
from tests.cities import columns_of, scenarios

TWO_YEARS = POLICY_START + 7


def lives(history: History, scenario: Scenario, until: Quarter, seed: int) -> tuple[World, World]:
    """The same life by columns and by agents; every quarter's measures are compared on the way."""
    by_columns, by_agents = fork(history, scenario, seed), fork(history, scenario, seed)
    agents = live(by_agents, scenario, until, agents_walk(by_agents))
    for one, other in zip(live(by_columns, scenario, until), agents, strict=True):
        assert one.quarter == other.quarter
        assert one.values.tobytes() == other.values.tobytes(), one.quarter
    return by_columns, by_agents


def living(world: World) -> dict[str, Any]:
    """Every column that counts: of the firms only the living."""
    alive = world.firms.alive[: world.rows]
    found = columns_of(world)
    return {name: value[alive] if name.startswith("firms.") else value for name, value in found.items()}


def unequal(one: World, other: World) -> list[str]:
    left, right = living(one), living(other)
    return [
        name for name in left
        if np.asarray(left[name]).tobytes() != np.asarray(right[name]).tobytes()
    ]  # fmt: skip


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_has_the_bits_of_the_columns(town_history: History, name: str) -> None:
    assert unequal(*lives(town_history, load_scenario(name), HORIZON, seed=1)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize(("firms", "seed"), [(400, 2), (2_000, 3), (5_000, 4)])
def test_and_over_seeds_and_sizes(name: str, firms: int, seed: int) -> None:
    scenario = load_scenario(name)
    history = settle_history(scenario.background(), firms, seed)
    assert unequal(*lives(history, scenario, HORIZON, seed)) == []


@given(scenario=scenarios(), seed=st.integers(0, 2**62))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_policy_has_the_bits_of_the_columns(town_history: History, scenario: Scenario, seed: int) -> None:
    assert unequal(*lives(town_history, scenario, TWO_YEARS, seed)) == []


@pytest.mark.slow
@given(scenario=scenarios(most=30), seed=st.integers(0, 2**62))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_far_fetched_policy_too(city_history: History, scenario: Scenario, seed: int) -> None:
    assert unequal(*lives(city_history, scenario, TWO_YEARS, seed)) == []


def test_a_history_can_be_walked_by_agents_too() -> None:
    background = Scenario().background()
    by_columns = settle_history(background, 300, 5)
    by_agents = settle_history(background, 300, 5, walk_of=agents_walk)
    assert [one.values.tobytes() for one in by_agents.measures] == [one.values.tobytes() for one in by_columns.measures]
    assert unequal(by_columns.world, by_agents.world) == []


def test_a_run_by_agents_is_the_same_table() -> None:
    scenario = load_scenario("twice-parks")
    tables = [
        run(scenario, seeds=(1, 2), firms=300, until="2021Q4", engine=engine, threads=threads, events=True)
        for engine, threads in (("columns", 1), ("agents", 2))
    ]
    one, other = (table.indicators for table in tables)
    assert one.equals(other)
    assert tables[0].outcome.events is not None and tables[0].outcome.events.equals(tables[1].outcome.events)
    assert [table.manifest["engine"] for table in tables] == ["columns", "agents"]


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ScenarioError, match="--engine: 'rows' is not allowed: columns or agents"):
        run(load_scenario("letter"), firms=300, engine="rows")
    with pytest.raises(ScenarioError, match="--engine: 'rows' is not allowed: columns or agents"):
        ClusterModel(firms=300, engine="rows")


class Stubborn(Firm):
    """Never leaves of its own will."""

    __slots__ = ()

    def decide(self, of: Market) -> None:
        super().decide(of)
        if self.raw.action == Action.EXIT:
            self.raw.action = Action.STAY


class StubbornCity(ClusterModel):
    firm_type = Stubborn


def test_a_firm_of_ones_own_decides_in_the_agents_engine() -> None:
    plain = ClusterModel(rng=1, firms=600, until="2022Q1", engine="agents")
    stubborn = StubbornCity(rng=1, firms=600, until="2022Q1", engine="agents")
    for model in (plain, stubborn):
        model.run_model()
    assert sum(one.value("exited_choice") for one in plain.measures[-3:]) > 0
    assert sum(one.value("exited_choice") for one in stubborn.measures[-3:]) == 0
    assert sum(one.value("exited_left") for one in stubborn.measures[-3:]) == 0
    with pytest.raises(ScenarioError, match="not what this policy and this luck give"):
        for firm in stubborn.agents:
            firm.explain()


def test_a_firm_of_ones_own_is_refused_where_it_would_never_be_asked() -> None:
    with pytest.raises(ScenarioError, match="engine='agents'"):
        StubbornCity(rng=1, firms=300)
