"""The model as a `mesa.Model`: one policy, one city, a quarter a step.

>>> model = ClusterModel("letter", rng=1, firms=300, until="2021Q4")
>>> model.run_model()
>>> model
ClusterModel('letter', rng=1, firms=300, quarter=2021Q4)
>>> sorted(model.datacollector.get_model_vars_dataframe().columns)
['clusters', 'factors', 'functions', 'green', 'space']
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, SupportsIndex

import mesa
import numpy as np
import pandas as pd

from clustersim.firm.walk import COLUMNS
from clustersim.foundation import compiled
from clustersim.foundation.words import HORIZON, Quarter
from clustersim.histories import shared_history
from clustersim.indicators import INDICES, PLACE, Measures
from clustersim.indicators.tidy import CITY, tidy_columns
from clustersim.model.agents import Firm, Park, Town
from clustersim.model.engine import walk_by_agents
from clustersim.model.grid import TownGrid
from clustersim.model.living import Living
from clustersim.model.sets import WindowSet
from clustersim.quarter import fork, run_quarter
from clustersim.scenario import Scenario, ScenarioError, load_scenario
from clustersim.scenario.errors import did_you_mean, shown
from clustersim.scenario.options import patched
from clustersim.scenario.setting import LARGEST_SEED, Setting, at_least_one
from clustersim.why.replay import Story, columns_of, tell
from clustersim.world.firms import Firms
from clustersim.world.row import FirmRow
from clustersim.world.tables import World

ENGINES: Final = ("columns", "agents")
ARGUMENTS: Final = (
    "scenario", "rng", "firms", "population_seed", "until", "engine", "threads", "grid", "qianwan", "data", "levers",
)  # fmt: skip
_NOT_PICKLED: Final = ("_grid", "_living")  # made again when asked for


class ClusterModel(mesa.Model):
    """A city under a policy, from the end of its history in 2021Q2 to `until`; ScenarioError says what is wrong.

    `scenario` is a `Scenario`, a shipped name or a file. `rng` is the process seed, as `--seed` of the command line;
    a generator, a seed sequence or None gives one drawn from it, kept as `process_seed`. `levers` are put on top of the
    scenario by dotted name (`assumptions.NAME` too), and so is every further keyword with a dot in its name: that is
    the way to vary a lever in `mesa.batch_run`. The rest are the options of the command line.

    A subclass may extend `step`, replace `datacollector`, and name classes of its own as `firm_type`, `park_type` and
    `town_type`. `agents` are the living firms; `model.random` and `model.rng` belong to whoever uses the model, and
    drawing from them changes nothing in the city.
    """

    firm_type: type[Firm] = Firm
    park_type: type[Park] = Park
    town_type: type[Town] = Town

    # Mesa's pages let a model take further parameters only under the name `kwargs`.
    def __init__(
        self, scenario: Scenario | str | Path = "letter", *, rng: Any = None, firms: SupportsIndex = 5000,
        population_seed: SupportsIndex = 1, until: Quarter | str = HORIZON, engine: str = "columns",
        threads: SupportsIndex = 1, grid: str = "1km", qianwan: bool = False, data: Path | str | None = None,
        levers: Mapping[str, object] | None = None, **kwargs: object,
    ) -> None:  # fmt: skip
        self.setting = Setting.read(firms, population_seed, until, grid, qianwan, data)
        self.scenario = _policy(scenario, {**(levers or {}), **_more_levers(kwargs)})
        self.engine, self.threads = _engine(engine, self.firm_type), at_least_one("--threads", threads)
        given = _seed(rng)
        try:
            super().__init__(rng=given)
        except (TypeError, ValueError) as wrong:  # numpy's own words
            raise ScenarioError(f"rng: {shown(rng)} is neither a seed nor a generator ({wrong})") from None
        self.process_seed = given if isinstance(given, int) else int(self.rng.integers(LARGEST_SEED))
        with compiled.threads(self.threads):
            history = shared_history(self.scenario, self.setting)
        self.world: World = fork(history, self.scenario, self.process_seed)
        self.measures: list[Measures] = list(history.measures)
        # Nothing is collected here: batch_run takes the record of the last step by the number of steps taken.
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(ClusterModel.value, name=name) for name in INDICES}
        )

    def step(self) -> None:
        """Live one quarter, then collect; ScenarioError beyond the horizon."""
        if self.quarter >= self.setting.until:
            raise ScenarioError(
                f"the model stands at its horizon {self.setting.until}: make it with a later until=... to go on"
            )
        with compiled.threads(self.threads):
            self.measures.append(self._live_a_quarter())
        self.running = self.quarter < self.setting.until
        self.datacollector.collect(self)

    def _live_a_quarter(self) -> Measures:
        walk = walk_by_agents(self) if self.engine == "agents" else COLUMNS
        return run_quarter(self.world, self.scenario.effective_levers(), self.scenario.assumptions, walk)

    # The clock and the columns

    @property
    def quarter(self) -> Quarter:
        """The last quarter lived: 2021Q2 at the start. (`world.quarter` is the next one.)"""
        return self.measures[-1].quarter

    @property
    def firms(self) -> Firms:
        """The columns: rows of firms that have gone, and unused ones from `world.rows` on, are among them."""
        return self.world.firms

    # The agents

    @property
    def agents(self) -> WindowSet:
        """The living firms, in the order of uid."""
        return WindowSet(self, self.firm_type, source=self.firm_type.present)

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise AttributeError("model.agents are the firms of the city: choose another name for a set of your own")

    @property
    def parks(self) -> WindowSet:
        """The parks, built or open, in the order of their identity."""
        return WindowSet(self, self.park_type, source=self.park_type.present)

    @property
    def towns(self) -> WindowSet:
        """The towns, in the order of the evidence table."""
        return WindowSet(self, self.town_type, source=self.town_type.present)

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """Sets by class: firms, parks, towns, and whatever agents of your own you have registered."""
        ours = {self.firm_type: self.agents, self.park_type: self.parks, self.town_type: self.towns}
        return {**ours, **self._agents_by_type}

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        return list(self.agents_by_type)

    def firms_at(self, where: str, place: int) -> WindowSet:
        """The living firms whose `town`, `cell` or `park` has this row number, in the order of uid."""
        return WindowSet(self, self.firm_type, source=partial(_standing, where=where, place=place))

    @property
    def living(self) -> Living:
        """Rows of the living firms, by uid and by place."""
        found: Living | None = self.__dict__.get("_living")
        if found is None or found.quarter != self.world.quarter:
            found = self._living = Living(self.world)
        return found

    @property
    def grid(self) -> TownGrid:
        """The towns as a grid of `mesa.discrete_space`, made when first asked for."""
        if "_grid" not in self.__dict__:
            self._grid = TownGrid(self)
        return self._grid

    # What was measured

    def value(self, name: str, town: str | None = None) -> float:
        """One indicator at the end of the last quarter, of the city or of a town; ScenarioError for a name unknown."""
        if name not in PLACE:
            raise ScenarioError(f"{name}: there is no such indicator{did_you_mean(name, PLACE)}")
        towns = self.world.towns
        places = {CITY: -1, **{one: k for names in (towns.zh, towns.en) for k, one in enumerate(names)}}
        where = CITY if town is None else town
        if where not in places:
            raise ScenarioError(f"{where}: there is no such town{did_you_mean(where, places)}")
        return self.measures[-1].value(name, places[where])

    @property
    def indices(self) -> dict[str, dict[str, float]]:
        """The five indices of the city by quarter, the history included."""
        return {name: {str(one.quarter): one.value(name) for one in self.measures} for name in INDICES}

    def indicators(self) -> pd.DataFrame:
        """The tidy table so far: seed, scenario, quarter, town, indicator, value, unit; as `Result.indicators`."""
        lives = {self.process_seed: self.measures}
        return pd.DataFrame(tidy_columns(self.world.towns.en, self.scenario.name, lives))

    def explain(self, uid: int) -> Story:
        """Why a firm did what it did so far; ScenarioError for who never was, or a city that was changed by hand."""
        history = shared_history(self.scenario, self.setting)
        story = tell(history, self.scenario, self.process_seed, uid, self.quarter)
        rows = np.flatnonzero(self.firms.uid[: self.world.rows] == uid)
        now = columns_of(FirmRow(self.firms, int(rows[0]))) if len(rows) else story.last
        if now != story.last:
            other = next(name for name, value in now.items() if value != story.last[name])
            raise ScenarioError(
                f"firm {uid}: its {other} is not what this policy and this luck give: the city was changed by hand, "
                "and what is told of it would not be true"
            )
        return story

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.scenario.name!r}, rng={self.process_seed}, firms={self.setting.firms}, "
            f"quarter={self.quarter})"
        )

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in _NOT_PICKLED}


def _standing(model: ClusterModel, where: str, place: int) -> Any:
    return model.living.at(where, place)


def _policy(scenario: Any, levers: Mapping[str, object]) -> Scenario:
    if not isinstance(scenario, Scenario | str | Path):
        raise ScenarioError(f"scenario: {shown(scenario)} is not a Scenario, a shipped name or a file")
    return patched(scenario if isinstance(scenario, Scenario) else load_scenario(scenario), levers)


def _more_levers(more: Mapping[str, object]) -> Mapping[str, object]:
    known = [*ClusterModel.__init__.__annotations__]
    for name in more:
        if "." not in name:
            close = ". Did you mean 'rng'?" if name == "seed" else did_you_mean(name, known)
            raise ScenarioError(
                f"{name}: a ClusterModel takes no such argument, and a lever has a dot in its name{close}"
            )
    return more


def _engine(engine: str, firm: type[Firm]) -> str:
    if engine not in ENGINES:
        raise ScenarioError(f"--engine: {shown(engine)} is not allowed: {' or '.join(ENGINES)}")
    own = [name for name in Firm.QUARTER if getattr(firm, name) is not getattr(Firm, name)]
    if own and engine == "columns":
        raise ScenarioError(
            f"{firm.__name__}.{own[0]} would never be asked: columns go over the rows, not over the agents; make the "
            "model with engine='agents'"
        )
    return engine


def _seed(rng: Any) -> Any:
    """Whole numbers of any kind as an int, as they are a process seed; everything else as it is."""
    if not isinstance(rng, int | np.integer):
        return rng
    if not 0 <= rng <= LARGEST_SEED:
        raise ScenarioError(f"rng: {rng} is not allowed: seeds are whole numbers from 0")
    return int(rng)
