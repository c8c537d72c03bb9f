"""What Mesa brings along works on the model: its collector, its batch runs."""

from __future__ import annotations

import re
import sys
from inspect import signature
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from clustersim import ClusterModel, load_scenario, run
from clustersim.foundation.words import Grade
from clustersim.indicators import INDICES
from clustersim.model import Firm, Park

LEVER = "differential.surcharge_below_d"
PARAMETERS: dict[str, Any] = {
    "scenario": ["none", "letter"], "rng": [1, 2], LEVER: [0.0, 0.5], "firms": 400, "until": "2021Q4",
}  # fmt: skip


def test_the_collector_has_the_five_indices_a_quarter() -> None:
    model = ClusterModel(rng=1, firms=400, until="2021Q4")
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert tuple(table.columns) == INDICES
    expected = {name: [quarters[one] for one in ("2021Q3", "2021Q4")] for name, quarters in model.indices.items()}
    assert table.to_dict("list") == expected


class Watched(ClusterModel):
    """A subclass with a collector and a step of its own."""

    def __init__(self, patience: float = 0.5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.patience = patience
        self.datacollector = mesa.DataCollector(
            model_reporters={
                **self.datacollector.model_reporters,
                "firms": lambda model: len(model.agents),
                "d": "poor",
                "patience": "patience",
            },
            agent_reporters={"grade": "grade", "revenue": "revenue", "heads": lambda firm: firm.employees},
            agenttype_reporters={Park: {"occupancy": "occupancy"}, Firm: {"town": "town"}},
        )

    @property
    def poor(self) -> int:
        return len(self.agents.select(lambda firm: firm.grade == Grade.D))

    def step(self) -> None:
        self.agents.select(lambda firm: firm.grade == Grade.D).set("belief", self.patience)
        super().step()


def test_a_subclass_steps_and_collects_as_it_likes() -> None:
    model = Watched(rng=1, firms=400, until="2021Q4", patience=0.9)
    model.run_model()
    of_model = model.datacollector.get_model_vars_dataframe()
    assert of_model["d"].tolist()[-1] == model.poor == model.value("grade_d")
    assert of_model["firms"].tolist()[-1] == len(model.agents)
    assert of_model["patience"].tolist() == [0.9, 0.9]
    of_firms = model.datacollector.get_agent_vars_dataframe()
    assert list(of_firms.columns) == ["grade", "revenue", "heads"]
    last = of_firms.loc[2]
    assert last.index.tolist() == model.agents.get("uid")
    assert last["revenue"].tolist() == model.agents.get("revenue")
    assert last["grade"].tolist() == model.agents.get("grade")
    of_parks = model.datacollector.get_agenttype_vars_dataframe(Park)
    assert of_parks.loc[2]["occupancy"].tolist() == model.parks.get("occupancy")
    plain = ClusterModel(rng=1, firms=400, until="2021Q4")
    plain.run_model()
    assert not model.indicators()["value"].equals(plain.indicators()["value"])  # the belief made a difference


def values(records: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(records).sort_values(["scenario", "rng", LEVER])
    return table[["scenario", "rng", LEVER, *INDICES]].reset_index(drop=True)


def test_a_batch_gives_what_run_gives() -> None:
    records = mesa.batch_run(ClusterModel, PARAMETERS, display_progress=False)
    assert len(records) == 8
    for one in records:
        scenario = load_scenario(one["scenario"]).with_levers({LEVER: one[LEVER]})
        result = run(scenario, seeds=[one["rng"]], firms=400, until="2021Q4")
        assert {name: one[name] for name in INDICES} == {name: result.indices[name]["2021Q4"] for name in INDICES}
    longer = mesa.batch_run(ClusterModel, PARAMETERS, data_collection_period=1, display_progress=False)
    assert len(longer) == 16


def test_a_batch_by_agents_gives_what_columns_give() -> None:
    parameters = {**PARAMETERS, "rng": 1}
    by_columns, by_agents = (
        mesa.batch_run(ClusterModel, {**parameters, "engine": engine}, display_progress=False)
        for engine in ("columns", "agents")
    )
    assert len(by_agents) == 4
    pd.testing.assert_frame_equal(values(by_agents), values(by_columns), check_exact=True)


@pytest.mark.slow
def test_two_processes_give_the_same_batch() -> None:
    path = sys.path.copy()
    one = mesa.batch_run(ClusterModel, PARAMETERS, display_progress=False)
    two = mesa.batch_run(ClusterModel, PARAMETERS, number_processes=2, display_progress=False)
    assert sys.path == path
    pd.testing.assert_frame_equal(values(one), values(two), check_exact=True)


def test_repetitions_differ() -> None:
    records = mesa.batch_run(ClusterModel, {"firms": 400, "until": "2021Q3"}, iterations=4, display_progress=False)
    assert len({one["green"] for one in records}) == 4


def test_lists_of_numpy_numbers_are_parameters_too() -> None:
    parameters = {"rng": np.arange(2), "firms": np.array([400]), "until": "2021Q3", LEVER: np.array([0.1])}
    assert len(mesa.batch_run(ClusterModel, parameters, display_progress=False)) == 2


def test_pages_of_mesa_may_vary_levers() -> None:
    """They take names that a model does not list only if it has `kwargs`, spelt so."""
    further = [one.name for one in signature(ClusterModel.__init__).parameters.values() if one.kind == one.VAR_KEYWORD]
    assert further == ["kwargs"]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_chapter_for_mesa_users_works(name: str) -> None:
    text = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
    (example,) = (one for one in re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE) if "mesa" in one)
    small = example.replace("5000", "300").replace("[1, 2, 3]", "[1]")
    scope: dict[str, Any] = {}
    exec(compile(small, name, "exec"), scope)
    assert len(scope["paths"]) == 18
    assert len(scope["records"]) == 2
    assert sum(scope["jobs"].values()) == pytest.approx(scope["model"].value("jobs"))
