"""Policies compared under the same luck: paired differences with intervals, verdicts, and which is best.

Every policy is lived under every seed, so that what the luck of a seed does to all of them cancels in the differences.

>>> from clustersim.scenario import load_scenario
>>> letter = load_scenario("letter")
>>> found = compare(letter, letter.with_off(["2.6"]), seeds=[1, 2, 3], firms=400, until="2022Q4")
>>> one = found.headline("functions")
>>> one.seeds, one.difference < 0.0, one.verdict
(3, True, 'lower')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation import compiled
from clustersim.foundation.draws import uniform
from clustersim.foundation.words import HORIZON, Luck, Quarter
from clustersim.histories import shared_history
from clustersim.indicators import INDICES
from clustersim.indicators.tidy import CITY
from clustersim.lab.headlines import HEADLINES, headlines_of, is_share
from clustersim.lab.intervals import interval
from clustersim.lab.runs import Progress, Steps, side_by_side
from clustersim.quarter import fork, live
from clustersim.scenario import Difference, Scenario, ScenarioError, differences
from clustersim.scenario.setting import Setting, at_least_one, distinct_seeds
from clustersim.world.columns import Floats, Long

PRECISION: Final = 0.01  # half-width of an interval over the mean of A; half of it, in points, for indices and shares
HIGHER, LOWER, SAME, UNDECIDED = "higher", "lower", "same", "undecided"
_RESAMPLING: Final = int(Luck.RESAMPLING)
INDEX_PLACES: Final = tuple(HEADLINES.index(name) for name in INDICES)


class Headline(NamedTuple):
    """One headline of one place under two policies; `difference` is B - A, with its 95 % interval over seeds."""

    indicator: str
    town: str
    quarter: str
    mean_a: float
    mean_b: float
    difference: float
    low: float
    high: float
    seeds: int
    variance_ratio: float  # of the paired difference over that of unpaired runs; below 1 the same luck has helped
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """What was lived: `values` is [policy, seed, town + 1, name]; the first policy is A."""

    scenarios: tuple[Scenario, ...]
    setting: Setting
    seeds: tuple[int, ...]
    towns: tuple[str, ...]  # the city last
    values: Floats
    precision: float
    interrupted: bool = False
    names: tuple[str, ...] = HEADLINES  # of what was measured, the five indices first

    def differs(self, b: int = 1) -> list[Difference]:
        """What differs between A and another policy, as they run."""
        return differences(self.scenarios[0], self.scenarios[b])

    def headline(self, name: str, town: str = CITY, b: int = 1) -> Headline:
        """One headline of a place; KeyError for a name unknown."""
        places = {one: place for place, one in enumerate(self.towns)}
        return self._one(self.names.index(name), places[town], b)

    def headlines(self, b: int = 1) -> list[Headline]:
        """All headlines of all places, the city first."""
        order = [len(self.towns) - 1, *range(len(self.towns) - 1)]
        return [self._one(place, town, b) for town in order for place in range(len(self.names))]

    def _one(self, place: int, town: int, b: int) -> Headline:
        mine, theirs = self.values[0, :, town, place], self.values[b, :, town, place]
        found = interval(theirs - mine)
        unpaired = float(mine.var(ddof=1) + theirs.var(ddof=1)) if len(mine) > 1 else 0.0
        paired = float((theirs - mine).var(ddof=1)) if len(mine) > 1 else 0.0
        mean_a = float(mine.mean())
        told = verdict(found.low, found.high, tolerance(mean_a, is_share(self.names[place]), self.precision))
        return Headline(
            self.names[place], self.towns[town], str(self.setting.until), mean_a, float(theirs.mean()), found.mean,
            found.low, found.high, len(self.seeds), paired / unpaired if unpaired > 0.0 else 1.0, told,
        )  # fmt: skip

    def decided(self) -> bool:
        """Whether every index of the city is decided, for every policy against A."""
        city = len(self.towns) - 1
        return all(
            self._one(place, city, b).verdict != UNDECIDED
            for b in range(1, len(self.scenarios))
            for place in INDEX_PLACES
        )

    @cached_property
    def best(self) -> dict[str, list[float]]:
        """By index: the chance of each policy that its mean is the highest, from resampling seeds 4,000 times."""
        city = dict(zip(INDICES, INDEX_PLACES, strict=True))
        return {name: chances_of_best(self.values[:, :, -1, place]) for name, place in city.items()}


def tolerance(mean_a: float, share: bool, precision: float) -> float:
    """How wide half an interval may be for two policies to be called the same.

    >>> tolerance(2000.0, False, 0.01), tolerance(0.4, True, 0.01)
    (20.0, 0.005)
    """
    return 0.5 * precision if share else precision * abs(mean_a)


def verdict(low: float, high: float, most_half: float) -> str:
    """Higher or lower where the interval leaves out zero; else the same, if it is narrow enough to say so.

    >>> verdict(0.1, 0.3, 0.01), verdict(-0.01, 0.01, 0.02), verdict(-0.1, 0.2, 0.02), verdict(float("nan"), 1.0, 1.0)
    ('higher', 'same', 'undecided', 'undecided')
    """
    if low > 0.0:
        return HIGHER
    if high < 0.0:
        return LOWER
    return SAME if (high - low) / 2.0 <= most_half else UNDECIDED


def chances_of_best(values: Floats, resamples: int = 4000) -> list[float]:
    """Chances that each policy's mean is the highest: [policy, seed] values, seeds drawn again with replacement.

    Policies that give the same in every seed share the chance.

    >>> chances_of_best(np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 2.0]]))
    [1.0, 0.0]
    """
    policies, seeds = values.shape
    drawn = np.empty((resamples, seeds), np.int64)
    _resample(0, resamples, seeds, drawn)
    means = values[:, drawn].mean(axis=2)  # [policy, resample]
    top = means >= means.max(axis=0) - 1e-12
    return [float(one) for one in (top / top.sum(axis=0)).mean(axis=1)] if policies else []


@compiled.sweep
def _resample(first: int, last: int, seeds: int, drawn: Long) -> None:
    for sample in range(first, last):
        for place in range(seeds):
            drawn[sample, place] = np.int64(uniform(0, _RESAMPLING, 0, sample, place) * seeds)


def compare(
    *scenarios: Scenario, seeds: Iterable[int] = range(1, 21), precision: float | None = None,
    most_seeds: int = 400, firms: int = 50_000, population_seed: int = 1, until: Quarter | str = HORIZON,
    threads: int = 1, grid: str = "1km", qianwan: bool = False, data: Path | str | None = None,
    progress: Progress | None = None,
) -> Comparison:  # fmt: skip
    """Live every policy under every seed. ScenarioError says what cannot be compared.

    With `precision`, seeds beyond the last given are added, as many at a time as were given, until every index of the
    city is decided or `most_seeds` are lived. An interruption (Ctrl-C) returns the seeds that were finished under
    all policies, and is raised only if there are none.
    """
    setting = Setting.read(firms, population_seed, until, grid, qianwan, data)
    wanted, threads = distinct_seeds(seeds), at_least_one("--threads", threads)
    _refuse(scenarios, precision)
    lived: dict[int, Floats] = {}
    todo, interrupted = list(wanted), False
    of = 10 * len({one.assumptions for one in scenarios})
    steps = Steps(progress, of + (most_seeds if precision else len(wanted)) * len(scenarios))
    with compiled.threads(threads):
        histories = [shared_history(one, setting, lambda: steps.step("history")) for one in scenarios]
    steps.done = of
    towns = (*histories[0].world.towns.en, CITY)

    def found() -> Comparison:
        done = tuple(sorted(lived))
        values = np.stack([lived[seed] for seed in done], axis=1)
        return Comparison(
            scenarios, setting, done, towns, values, precision or PRECISION, interrupted=interrupted
        )  # fmt: skip

    def life(seed: int) -> Floats:
        values = []
        for scenario, history in zip(scenarios, histories, strict=True):
            values.append(headlines_of(list(live(fork(history, scenario, seed), scenario, setting.until))))
            steps.step(f"seed {seed}")
        return np.stack(values)

    try:
        while todo:
            for seed, values in side_by_side(life, todo, threads):
                lived[seed] = values
            enough = precision is None or len(lived) >= most_seeds or found().decided()
            more = min(len(wanted), most_seeds - len(lived))
            todo = [] if enough else list(range(max(lived) + 1, max(lived) + 1 + more))
    except KeyboardInterrupt:
        if not lived:
            raise
        interrupted = True
    return found()


def _refuse(scenarios: Sequence[Scenario], precision: float | None) -> None:
    """ScenarioError for what makes no comparison."""
    if len(scenarios) < 2:
        raise ScenarioError("compare: give two policies or more")
    prints = [one.fingerprint() for one in scenarios]
    for place, mine in enumerate(prints):
        if mine in prints[:place]:
            names = f"{scenarios[prints.index(mine)].name} and {scenarios[place].name}"
            raise ScenarioError(f"compare: {names} are the same policy: nothing can differ")
    for other in scenarios[1:]:
        if not differences(scenarios[0], other):
            raise ScenarioError(f"compare: {scenarios[0].name} and {other.name} differ in something that is not shown")
    if precision is not None and not 0.0 < precision <= 1.0:
        raise ScenarioError(f"--precision: {precision} is not allowed: above 0 and at most 1 (0.01 is one per cent)")
