"""The model as a Mesa user meets it: made, stepped, copied, thrown away; its numbers are those of `run`."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

import clustersim
from clustersim import ClusterModel, Quarter, ScenarioError, load_scenario, run
from clustersim.foundation.words import HORIZON
from clustersim.world.laws import check
from tests.cities import differing

LEVER = "differential.surcharge_below_d"


def small(**more: Any) -> ClusterModel:
    return ClusterModel(**{"rng": 1, "firms": 400, "until": "2022Q1", **more})


@pytest.fixture(scope="module")
def lived() -> ClusterModel:
    """A model at its horizon; nobody may change it."""
    model = small()
    model.run_model()
    return model


def test_it_is_a_mesa_model_at_the_end_of_its_history() -> None:
    model = ClusterModel(rng=3, firms=400)
    assert isinstance(model, mesa.Model)
    assert model.running
    assert model.quarter == Quarter(2021, 2)
    assert model.setting.until == HORIZON
    assert (model.scenario.name, model.engine, model.process_seed) == ("letter", "columns", 3)
    assert repr(model) == "ClusterModel('letter', rng=3, firms=400, quarter=2021Q2)"
    assert not len(model.datacollector.get_model_vars_dataframe())


def test_a_step_is_a_quarter_until_the_horizon(lived: ClusterModel) -> None:
    model = small()
    quarters = []
    while model.running:
        model.step()
        quarters.append(str(model.quarter))
    assert quarters == ["2021Q3", "2021Q4", "2022Q1"]
    check(model.world)
    with pytest.raises(ScenarioError, match=r"stands at its horizon 2022Q1.*until="):
        model.step()
    assert differing(model.world, lived.world) == []


def test_the_tidy_table_is_that_of_a_run(lived: ClusterModel) -> None:
    result = run(load_scenario("letter"), seeds=[1], firms=400, until="2022Q1")
    pd.testing.assert_frame_equal(lived.indicators(), result.indicators, check_exact=True)
    assert lived.indices == result.indices
    model = small()
    assert model.indicators()["quarter"].unique().tolist()[-1] == "2021Q2"


def test_one_indicator_by_name_and_town(lived: ClusterModel) -> None:
    table = lived.indicators().query("quarter == '2022Q1' and indicator == 'firms'").set_index("town")["value"]
    town = lived.world.towns.en[3]
    assert lived.value("firms") == lived.value("firms", "city") == table["city"] == len(lived.agents)
    assert lived.value("firms", town) == lived.value("firms", lived.world.towns.zh[3]) == table[town]
    with pytest.raises(ScenarioError, match="Did you mean 'firms'"):
        lived.value("firm")
    with pytest.raises(ScenarioError, match="there is no such town"):
        lived.value("firms", "Atlantis")


def test_levers_come_as_a_mapping_or_by_name() -> None:
    by_hand = load_scenario("letter").with_levers({LEVER: 0.5}).with_assumptions({"attention": 0.3})
    for model in (
        small(levers={LEVER: 0.5, "assumptions.attention": 0.3}),
        small(**{LEVER: 0.5, "assumptions.attention": 0.3}),
        small(levers={LEVER: 0.1}, **{LEVER: 0.5, "assumptions.attention": 0.3}),
        small(scenario=by_hand),
    ):
        assert model.scenario.fingerprint() == by_hand.fingerprint()
    assert small(scenario="none").scenario.name == "none"


def test_a_scenario_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('base = "letter"\noff = ["4.3"]\n', encoding="utf-8")
    assert small(scenario=path).scenario.off == ("4.3",)
    assert small(scenario=str(path)).scenario.off == ("4.3",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"firm": 500}, "Did you mean 'firms'"),
        ({"seed": 1}, "Did you mean 'rng'"),
        ({"differential.surcharge": 1}, "there is no such lever"),
        ({LEVER: 30}, "above its bound"),
        ({"scenario": "lettr"}, "Did you mean 'letter'"),
        ({"scenario": 7}, "not a Scenario"),
        ({"firms": 5}, "whole number from 100"),
        ({"firms": 500.5}, "not a whole number"),
        ({"rng": -1}, "from 0"),
        ({"rng": "one"}, "neither a seed nor a generator"),
        ({"population_seed": -1}, "from 0"),
        ({"until": "2021Q2"}, "a quarter from 2021Q3"),
        ({"until": "soon"}, "is not a quarter"),
        ({"grid": "2km"}, "1km or 500m"),
        ({"threads": 0}, "from 1"),
        ({"engine": "rows"}, "columns or agents"),
    ],
)
def test_what_is_not_allowed_says_so_in_one_line(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as caught:
        small(**wrong)
    assert "\n" not in str(caught.value)


def test_seeds_are_honest() -> None:
    seeds = [small().process_seed, small(rng=np.int64(1)).process_seed, small(rng=0).process_seed]
    assert seeds == [1, 1, 0]
    assert small(rng=None).process_seed != small(rng=None).process_seed
    generator = np.random.default_rng(5)
    first, second = small(rng=generator).process_seed, small(rng=generator).process_seed
    assert first != second
    assert small(rng=np.random.default_rng(5)).process_seed == first
    assert small(rng=np.random.SeedSequence(5)).process_seed == small(rng=np.random.SeedSequence(5)).process_seed


def test_luck_of_the_user_is_not_that_of_the_city(lived: ClusterModel) -> None:
    model = small()
    while model.running:
        model.random.random(), model.rng.normal()
        model.agents.shuffle().shuffle_do(lambda firm: firm.random.random())
        model.step()
    assert differing(model.world, lived.world) == []


@pytest.mark.parametrize("again", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_on_by_itself(again: Any, lived: ClusterModel) -> None:
    model = small()
    model.grid.firms.data.sum()
    model.step()
    model.favourites = {model.agents[4], model.agents[5]}  # a user's own attribute, in a set that hashes windows
    model.few = model.agents.select(at_most=3)
    twin = again(model)
    assert twin.agents[4] in twin.favourites
    assert model.agents[4] not in twin.favourites
    assert [firm.model for firm in twin.few] == [twin] * 3
    twin.run_model()
    assert model.quarter == Quarter(2021, 3)
    assert twin.grid.firms.data.sum() == len(twin.agents) == lived.value("firms")
    model.run_model()
    for one in (model, twin):
        assert differing(one.world, lived.world) == []
        pd.testing.assert_frame_equal(one.indicators(), lived.indicators(), check_exact=True)
        assert len(one.datacollector.model_vars["green"]) == 3


def test_a_model_that_is_dropped_is_freed() -> None:
    model = small()
    model.step()
    cell = model.agents[0].cell
    cell.get_neighborhood(2), cell.neighborhood, list(model.grid.all_cells.agents)
    model.agents.groupby("town").agg("revenue", sum)
    gone = weakref.ref(model)
    del model, cell
    gc.collect()
    assert gone() is None


def test_threads_change_nothing(lived: ClusterModel) -> None:
    model = small(threads=2)
    model.run_model()
    assert differing(model.world, lived.world) == []


def test_agents_of_ones_own_stand_beside() -> None:
    class Inspector(mesa.Agent):
        pass

    model = small()
    inspector = Inspector(model)
    assert model.agent_types == [model.firm_type, model.park_type, model.town_type, Inspector]
    assert list(model.agents_by_type[Inspector]) == [inspector]
    assert inspector not in model.agents
    inspector.remove()
    assert len(model.agents_by_type[Inspector]) == 0
    with pytest.raises(AttributeError, match=r"model\.agents"):
        model.agents = []


def test_the_door_opens_without_mesa() -> None:
    assert clustersim.ClusterModel is ClusterModel
    assert clustersim.__all__ == sorted(clustersim.__all__)
    code = (
        "import sys, clustersim, clustersim.quarter, clustersim.lab.runs, clustersim.cli\n"
        "print({'mesa', 'solara'} & set(sys.modules)); clustersim.ClusterModel; print('mesa' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "True"]
