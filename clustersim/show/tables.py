"""Small tables made from the tidy indicators: paths by seed, the five indices, the targets, what rests on estimates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import ESTIMATE
from clustersim.foundation.words import HISTORY_END, Quarter
from clustersim.indicators import INDICATORS, INDICES, PLACE
from clustersim.indicators.targets import PUBLISHED, Reached, judge, own_targets
from clustersim.lab.intervals import Interval, interval
from clustersim.lab.runs import Outcome
from clustersim.lab.tidy import CITY
from clustersim.letter.register import clauses
from clustersim.scenario import Scenario
from clustersim.world.columns import Floats

HAPPENED: Final = ("entered", "exited", "moved", "upgraded", "treated", "fiscal_cost_yuan")  # flows worth a line


@dataclass(frozen=True)
class Paths:
    """Paths of some indicators of one place: `values[name]` is [seed, quarter], from `first` on."""

    first: Quarter
    values: dict[str, Floats]

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters, in order."""
        count = next(iter(self.values.values())).shape[1]
        return [self.first + step for step in range(count)]

    def since(self, name: str, quarter: Quarter) -> Floats:
        """[seed, quarter] of one indicator from a quarter on."""
        return self.values[name][:, quarter - self.first :]


def paths(table: pd.DataFrame, names: Iterable[str], town: str = CITY) -> Paths:
    """Take the paths of some indicators out of a tidy table that is sorted as in the run folder."""
    wanted = list(dict.fromkeys(names))
    place = table[table["town"] == town]
    place = place[place["indicator"].isin(wanted)]
    seeds, quarters = place["seed"].nunique(), place["quarter"].nunique()
    values = {}
    for name in wanted:
        values[name] = place.loc[place["indicator"] == name, "value"].to_numpy(np.float64).reshape(seeds, quarters)
    return Paths(Quarter.parse(str(place["quarter"].iloc[0])), values)


@dataclass(frozen=True)
class IndexRow:
    """One index of the city: its level at the end of the history, at the horizon, and the change."""

    name: str
    zh: str
    en: str
    start: float
    end: Interval
    change: Interval


def index_rows(outcome: Outcome) -> list[IndexRow]:
    """The five indices."""
    city = paths(outcome.indicators, INDICES)
    rows = []
    for name in INDICES:
        about, values = INDICATORS[PLACE[name]], city.since(name, HISTORY_END)
        end, change = interval(values[:, -1]), interval(values[:, -1] - values[:, 0])
        rows.append(IndexRow(name, about.zh, about.en, float(values[:, 0].mean()), end, change))
    return rows


def targets_reached(outcome: Outcome, town: str = CITY) -> list[Reached]:
    """The published targets and those of the scenario, held against the paths of a place."""
    scenario = outcome.scenario
    targets = (*PUBLISHED, *own_targets(scenario.targets))
    place = paths(outcome.indicators, [one.indicator for one in targets], town)
    drift = scenario.assumptions.nominal_drift
    return [judge(one, place.since(one.indicator, HISTORY_END), HISTORY_END, drift) for one in targets]


def gaps_by_town(outcome: Outcome, reached: Reached) -> dict[str, float]:
    """How far each town is from the city's target, as a share of it, the farthest first.

    Towns without such firms are left out. None has a published target of its own.
    """
    table = outcome.indicators
    rows = table[(table["indicator"] == reached.target.indicator) & (table["quarter"] == str(reached.quarter))]
    levels = rows[rows["town"] != CITY].groupby("town", observed=True)["value"].mean()
    gaps = {str(town): (reached.wanted - level) / reached.wanted for town, level in levels.items() if level > 0.0}
    return dict(sorted(gaps.items(), key=lambda item: (-item[1], item[0])))


def happened(outcome: Outcome) -> dict[str, float]:
    """What flowed in the city over the policy quarters, mean over seeds."""
    city = paths(outcome.indicators, HAPPENED)
    return {name: float(city.since(name, HISTORY_END + 1).sum(axis=1).mean()) for name in HAPPENED}


def estimates_in_force(scenario: Scenario) -> tuple[int, int]:
    """How many of the numbers in force are estimates, and how many there are: assumptions, and levers of clauses on."""
    off = set(scenario.off)
    levers = [lever for clause in clauses() if clause.id not in off for lever in clause.levers]
    standings = [one.standing for one in (*DESCRIBED.values(), *levers)]
    return standings.count(ESTIMATE), len(standings)
