"""Sets of firms do what Mesa's own sets do with the same windows held fast, and make no window they do not need."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from mesa.agent import AgentSet

from clustersim import ClusterModel
from clustersim.foundation.words import Grade, Site
from clustersim.model import Firm, Park
from clustersim.model.sets import WindowSet
from clustersim.model.windows import Window


@pytest.fixture(scope="module")
def model() -> ClusterModel:
    """A year into the letter; nobody may change it."""
    model = ClusterModel(rng=1, firms=600)
    for _ in range(4):
        model.step()
    return model


CALLS: dict[str, Callable[[Any], Any]] = {
    "len": len,
    "all": list,
    "one": lambda agents: agents[17],
    "last": lambda agents: agents[-1],
    "slice": lambda agents: agents[10:40:7],
    "get": lambda agents: agents.get("revenue"),
    "get many": lambda agents: agents.get(["grade", "town", "landlord", "place", "unique_id"]),
    "get none": lambda agents: agents.get([])[:2],
    "get default": lambda agents: agents.get("mood", handle_missing="default", default_value=3),
    "agg": lambda agents: agents.agg("revenue", sum),
    "agg many": lambda agents: agents.agg("employees", [min, max, np.mean]),
    "select": lambda agents: list(agents.select(lambda firm: firm.grade == Grade.D)),
    "select few": lambda agents: list(agents.select(lambda firm: firm.revenue > 1e6, at_most=5)),
    "select share": lambda agents: list(agents.select(at_most=0.25)),
    "select some": lambda agents: list(agents.select(at_most=3)),
    "select type": lambda agents: list(agents.select(agent_type=Firm)),
    "select other type": lambda agents: list(agents.select(agent_type=Park)),
    "select all": lambda agents: list(agents.select()),
    "sort": lambda agents: list(agents.sort("revenue")),
    "sort ties": lambda agents: list(agents.sort("grade", ascending=True)),
    "sort ties falling": lambda agents: list(agents.sort("grade")),
    "sort by function": lambda agents: list(agents.sort(lambda firm: firm.cash / firm.revenue)),
    "sort deep": lambda agents: list(agents.sort("model.process_seed")),
    "shuffle": lambda agents: list(agents.shuffle()),
    "map": lambda agents: agents.map(lambda firm, factor: firm.revenue * factor, 2.0),
    "map name": lambda agents: agents.map("__hash__"),
    "groupby": lambda agents: {key: list(one) for key, one in agents.groupby("town")},
    "groupby function": lambda agents: {key: list(one) for key, one in agents.groupby(lambda firm: firm.site)},
    "groupby list": lambda agents: agents.groupby("sector", result_type="list").groups,
    "groupby agg": lambda agents: agents.groupby("town").agg("revenue", sum),
    "groupby count": lambda agents: agents.groupby("grade").count(),
    "groupby map": lambda agents: agents.groupby("grade").map(len),
    "and": lambda agents: sorted(one.uid for one in agents & agents.select(at_most=9)),
    "minus": lambda agents: sorted(one.uid for one in agents - agents.select(at_most=9)),
    "or": lambda agents: len(agents.select(at_most=9) | agents.select(at_most=3)),
    "xor": lambda agents: len(agents.select(at_most=9) ^ agents.select(lambda firm: firm.uid > agents[2].uid)),
    "in": lambda agents: (agents[3] in agents.select(at_most=3), agents[2] in agents.select(at_most=3)),
    "index": lambda agents: (agents.index(agents[6]), agents.count(agents[6])),
    "reversed": lambda agents: list(reversed(agents))[:4],
    "equal": lambda agents: agents == agents.select(),
}


@pytest.mark.parametrize("name", CALLS)
def test_the_same_as_mesas_own(model: ClusterModel, name: str) -> None:
    held = list(model.agents)  # strong references, or Mesa's set would be empty
    state = model.random.getstate()
    theirs = CALLS[name](AgentSet(held, random=model.random))
    model.random.setstate(state)
    assert CALLS[name](model.agents) == theirs


def test_do_and_shuffle_do_call_in_mesas_order(model: ClusterModel) -> None:
    held = list(model.agents)

    def order(agents: Any) -> list[int]:
        seen: list[int] = []
        assert agents.do(lambda firm, into: into.append(firm.uid), seen) is agents
        assert agents.shuffle_do(lambda firm, into: into.append(-firm.uid), into=seen) is agents
        assert agents.do("step") is agents
        assert agents.shuffle_do("advance") is agents
        return seen

    state = model.random.getstate()
    theirs = order(AgentSet(held, random=model.random))
    model.random.setstate(state)
    assert order(model.agents) == theirs


def test_errors_are_mesas(model: ClusterModel) -> None:
    held = list(model.agents)
    for agents in (model.agents, AgentSet(held, random=model.random)):
        with pytest.raises(AttributeError):
            agents.get("mood")
        with pytest.raises(ValueError, match="Unknown handle_missing option: ignore"):
            agents.get("revenue", handle_missing="ignore")
        with pytest.raises(IndexError):
            agents[10_000]
        with pytest.raises(KeyError):
            agents.select(at_most=2).remove(Firm(model, int(model.living.rows[5])))


def test_in_place_changes_the_object_and_not_the_city(model: ClusterModel) -> None:
    agents = model.agents
    assert agents.shuffle(inplace=True) is agents
    assert agents.get("uid") != model.agents.get("uid")
    assert sorted(agents.get("uid")) == model.agents.get("uid")
    assert agents.sort("uid", ascending=True, inplace=True).get("uid") == model.agents.get("uid")
    few = model.agents.select(at_most=9)
    assert few.select(lambda firm: firm.uid % 2 == 0, inplace=True) is few
    assert all(firm.uid % 2 == 0 for firm in few)


def test_only_a_copy_takes_members_in_or_out(model: ClusterModel) -> None:
    live, copied = model.agents, copy.copy(model.agents)
    one, two = live[0], live[1]
    for refused in (
        lambda: live.add(one), lambda: live.discard(one), lambda: live.remove(one), live.pop,
        live.clear, lambda: live.select(at_most=3, inplace=True), lambda: model.towns[0].firms.discard(one),
    ):  # fmt: skip
        with pytest.raises(TypeError, match="follows the city"):
            refused()
    copied.remove(one)
    copied.discard(one)
    assert len(copied) == len(live) - 1
    assert one not in copied
    copied.add(one)
    copied.add(two)
    assert (len(copied), copied[-1]) == (len(live), one)
    for stranger in (model.parks[0], ClusterModel(rng=1, firms=600).agents[0], "firm"):
        with pytest.raises(TypeError, match="is not a Firm of this model"):
            copied.add(stranger)


def test_a_live_set_follows_and_a_selection_only_loses() -> None:
    model = ClusterModel(rng=1, firms=600)
    live, chosen, town = model.agents, model.agents.select(), model.towns[0].firms
    first = chosen.get("uid")
    for _ in range(6):
        model.step()
    assert live.get("uid") == model.agents.get("uid")
    assert max(live.get("uid")) > max(first)
    assert chosen.get("uid") == [uid for uid in first if uid in set(live.get("uid"))]
    assert len(chosen) < len(first)
    assert set(town.get("town")) == {model.towns[0].name}
    assert len(town) == model.towns[0].value("firms")


def test_windows_do_not_vanish_and_sets_are_pickled(model: ClusterModel) -> None:
    chosen = model.agents.select(lambda firm: firm.site == Site.PARK)
    assert len(list(chosen)) == len(chosen) > 0
    again = pickle.loads(pickle.dumps(chosen))
    assert again.get("uid") == chosen.get("uid")
    assert again[0].model is again.model is not model
    assert len(pickle.loads(pickle.dumps(model.towns[3])).firms) == len(model.towns[3].firms)


def test_set_writes_columns_and_calls_setters() -> None:
    class Careful(Firm):
        @property
        def care(self) -> float:
            return 1.0 - self.safety

        @care.setter
        def care(self, value: float) -> None:
            self.safety = 1.0 - value

    class Mine(ClusterModel):
        firm_type = Careful

    model = Mine(rng=1, firms=400)
    chosen = model.agents.select(at_most=10)
    assert chosen.set("belief", 0.25).set("care", 0.75) is chosen
    assert model.agents.get(["belief", "safety"])[:10] == [[0.25, 0.25]] * 10
    assert model.agents[10].belief != 0.25


def test_a_million_firms_are_not_a_million_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    model = ClusterModel(rng=1, firms=400)
    rows, world = 1_000_000, model.world
    small = world.firms
    world.firms = small.copy(rows, world.rows)
    for name in ("revenue", "employees", "town", "site", "place", "cell", "grade", "alive"):
        column = getattr(world.firms, name)
        column[:] = np.resize(getattr(small, name)[: world.rows], rows)
    world.firms.alive[:] = True
    world.firms.uid[:] = np.arange(1, rows + 1)
    world.rows = rows
    made: list[int] = []
    first = Window.__init__

    def counted(self: Window, *args: Any) -> None:
        made.append(1)
        first(self, *args)

    monkeypatch.setattr(Window, "__init__", counted)
    agents = model.agents
    assert isinstance(agents, WindowSet)
    assert len(agents) == rows
    assert agents.agg("revenue", sum) == pytest.approx(world.firms.revenue.sum())
    agents.set("belief", 0.5)
    assert len(agents.groupby("grade").agg("employees", len)) > 1
    assert sum(len(town.firms) for town in model.towns) == rows
    assert model.grid.firms.data.sum() == rows
    assert len(made) <= 17
    assert len({firm.uid for firm, _ in zip(agents, range(10), strict=False)}) == 10
    assert len(agents[5:15]) == len(agents.select(lambda firm: True, at_most=10)) == 10
    assert agents[999_999].uid == rows
    assert len(made) < 60
