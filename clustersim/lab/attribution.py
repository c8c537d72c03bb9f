"""What each part of the letter contributes to each headline: Shapley shares, under the same luck for every coalition.

A coalition is the set of clauses that are on. Chapters are few, so their shares are exact; clauses are many, so theirs
are means over permutations, drawn by address. All coalitions are runs of one sweep folder: what is there is not run
again.

>>> shares(2, {0: 0.0, 1: 3.0, 2: 1.0, 3: 6.0})  # coalitions as bits
[4.0, 2.0]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import factorial
from pathlib import Path
from typing import Any, Final

import numpy as np

from clustersim.foundation.draws import uniform
from clustersim.foundation.words import HORIZON, Luck, Quarter
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.intervals import Interval, interval
from clustersim.lab.runs import Progress
from clustersim.lab.sweep import Sweep, sweep
from clustersim.lab.sweep.reading import results
from clustersim.lab.sweep.workers import processes
from clustersim.letter import register
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.clauses import without
from clustersim.scenario.experiments import Experiment, given
from clustersim.scenario.setting import Setting
from clustersim.world.columns import Floats

_PERMUTATIONS: Final = int(Luck.RESAMPLING)
_OF_CLAUSES: Final = 1  # alternative number of permutations among those draws


@dataclass(frozen=True)
class Attribution:
    """Shapley shares: `values` is [part, headline] with intervals over seeds, and what they sum to."""

    scenario: Scenario
    parts: tuple[str, ...]  # chapters "1" to "4", or clause ids
    firms: int
    seeds: int
    permutations: int  # 0 where the shares are exact
    shares: dict[str, dict[str, Interval]]  # by headline and part
    whole: dict[str, Interval]  # by headline: the scenario less the world without any of its clauses
    work: Sweep


def attribute(
    scenario: Scenario, folder: Path | str, *, seeds: int = 20, clauses: bool = False, permutations: int = 20,
    firms: int = 5000, population_seed: int = 1, until: Quarter = HORIZON, workers: int = 1,
    progress: Progress | None = None, make_executor: Callable[[int], Executor] = processes,
) -> Attribution:  # fmt: skip
    """Shapley shares of the chapters (exact) or clauses (by permutations) that are on in a scenario.

    `folder` is the sweep folder that holds the coalitions. ScenarioError says what cannot be attributed.
    """
    parts = _parts(scenario, clauses)
    if len(parts) < 2:
        raise ScenarioError(f"attribute: {scenario.name} has fewer than two parts that are on")
    orders = _orders(len(parts), permutations) if clauses else []
    wanted = _coalitions(len(parts), orders)
    plan = _experiment(scenario, parts, wanted, seeds, firms, population_seed, until, clauses)
    work = sweep(plan, folder, workers=workers, progress=progress, make_executor=make_executor)
    if work.interrupted:
        raise KeyboardInterrupt
    if work.failed or not work.complete:
        raise ScenarioError(f"attribute: {len(work.failed)} runs failed: see {work.folder}/failures.parquet")
    found = _values(work.folder)  # [coalition, seed, headline]
    by_set = dict(zip(wanted, found, strict=True))
    per_seed = _by_permutation(len(parts), orders, by_set) if clauses else _exact(len(parts), by_set)
    everything, nothing = by_set[(1 << len(parts)) - 1], by_set[0]
    names = tuple(parts)
    return Attribution(
        scenario, names, firms, seeds, len(orders),
        {
            headline: {name: interval(per_seed[part, :, place]) for part, name in enumerate(names)}
            for place, headline in enumerate(HEADLINES)
        },
        {headline: interval((everything - nothing)[:, place]) for place, headline in enumerate(HEADLINES)}, work,
    )  # fmt: skip


def shares(parts: int, values: Mapping[int, Any]) -> list[Any]:
    """Exact Shapley shares from the value of every coalition, a set of parts as bits; they sum to the whole's gain."""
    found = []
    for part in range(parts):
        total = 0.0 * values[0]
        for coalition in values:
            if not coalition >> part & 1:
                size = coalition.bit_count()
                weight = factorial(size) * factorial(parts - size - 1) / factorial(parts)
                total = total + weight * (values[coalition | 1 << part] - values[coalition])
        found.append(total)
    return found


def _parts(scenario: Scenario, clauses: bool) -> dict[str, tuple[str, ...]]:
    """Clauses that are on, by chapter or one by one."""
    on = [one for one in register.clauses() if one.switched and one.id not in scenario.off]
    if clauses:
        return {one.id: (one.id,) for one in on}
    chapters = dict.fromkeys(one.chapter for one in on)
    return {chapter: tuple(one.id for one in on if one.chapter == chapter) for chapter in chapters}


def _orders(parts: int, count: int) -> list[list[int]]:
    """Permutations of the parts, each with its reverse: what one puts early the other puts late."""
    if count < 2:
        raise ScenarioError(f"--permutations: {count} is not allowed: a whole number from 2")
    found = []
    for one in range((count + 1) // 2):
        luck = [uniform(0, _PERMUTATIONS, one, part, _OF_CLAUSES) for part in range(parts)]
        order = sorted(range(parts), key=luck.__getitem__)
        found += [order, order[::-1]]
    return found[:count]


def _coalitions(parts: int, orders: Sequence[Sequence[int]]) -> list[int]:
    """Every coalition that is needed, as bits: all of them, or those on the way of some permutations."""
    if not orders:
        return list(range(1 << parts))
    needed = {0}
    for order in orders:
        here = 0
        for part in order:
            here |= 1 << part
            needed.add(here)
    return sorted(needed)


def _experiment(
    scenario: Scenario, parts: Mapping[str, tuple[str, ...]], coalitions: Sequence[int], seeds: int, firms: int,
    population_seed: int, until: Quarter, clauses: bool,
) -> Experiment:  # fmt: skip
    groups = list(parts.values())
    patches = []
    for coalition in coalitions:
        on = [clause for place, group in enumerate(groups) if coalition >> place & 1 for clause in group]
        patches.append({"off": [one for one in without(()) if one not in on]})
    name = f"{scenario.name}-{'clauses' if clauses else 'chapters'}"
    return given(name, scenario, patches, seeds, Setting(firms, population_seed, until))


def _values(folder: Path) -> Floats:
    """[coalition, seed, headline] of the city."""
    found = results(folder, city_only=True).by_policy()[:, :, -1]
    if np.isnan(found).any():
        raise ScenarioError(f"{folder}: results of some coalitions are missing")
    return found


def _exact(parts: int, values: Mapping[int, Floats]) -> Floats:
    """[part, seed, headline] exact shares."""
    return np.stack(shares(parts, values))


def _by_permutation(parts: int, orders: Sequence[Sequence[int]], values: Mapping[int, Floats]) -> Floats:
    """[part, seed, headline] mean gain of each part when it joins those before it."""
    total = np.zeros((parts, *values[0].shape))
    for order in orders:
        here = 0
        for part in order:
            total[part] += values[here | 1 << part] - values[here]
            here |= 1 << part
    return total / len(orders)
