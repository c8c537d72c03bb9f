"""Run one policy under one or more seeds, from a shared history.

>>> from clustersim.scenario import load_scenario
>>> outcome = simulate(load_scenario("letter"), seeds=[1], firms=500, until="2021Q3")
>>> outcome.indicators["quarter"].iloc[-1]
'2021Q3'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from clustersim.firm.walk import COLUMNS, Walk
from clustersim.foundation import compiled
from clustersim.foundation.words import HORIZON, POLICY_START, Quarter
from clustersim.histories import data_hashes as data_hashes
from clustersim.histories import shared_history
from clustersim.indicators import Measures
from clustersim.lab.firm_table import firm_table
from clustersim.lab.tidy import tidy
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario
from clustersim.scenario.setting import Setting as Setting
from clustersim.scenario.setting import at_least_one, distinct_seeds
from clustersim.why.events import Recorder
from clustersim.world.columns import Floats, Long
from clustersim.world.tables import World

Life = TypeVar("Life")
Progress = Callable[[int, int, str], None]  # done, of how many, what
WalkOf = Callable[[World], Walk]  # how the firms of a world are walked over


def by_columns(world: World) -> Walk:
    """The compiled sweeps."""
    return COLUMNS


@dataclass(frozen=True)
class Pictures:
    """What the map needs: industrial land by cell (mu) at the start and the end, and where parks stand then."""

    x_km: Floats
    y_km: Floats
    side_km: float
    town: Any
    town_names: tuple[tuple[str, ...], tuple[str, ...]]  # zh, en
    hill: Any
    planned: Any
    land_start: Floats
    land_end: Floats
    parks_start: Long  # [park, 2]: cell, floor in m2
    parks_end: Long


@dataclass
class Outcome:
    """What simulating a policy gives: the tidy table, what made it, and the city's land for the map."""

    scenario: Scenario
    setting: Setting
    seeds: tuple[int, ...]
    indicators: pd.DataFrame
    pictures: Pictures
    interrupted: bool = False
    firms: pd.DataFrame | None = None  # the last quarter's firms, when asked for
    events: pd.DataFrame | None = None  # every event of every firm, when asked for


def simulate(
    scenario: Scenario,
    seeds: Iterable[int] = (1,),
    *,
    firms: int = 50_000,
    population_seed: int = 1,
    until: Quarter | str = HORIZON,
    threads: int = 1,
    grid: str = "1km",
    qianwan: bool = False,
    data: Path | str | None = None,
    firms_table: bool = False,
    events: bool = False,
    walk_of: WalkOf = by_columns,
    progress: Progress | None = None,
) -> Outcome:
    """Run a scenario under each seed and return the tidy indicators; ScenarioError says what cannot be run.

    With several seeds threads go across runs, with one seed inside it; the bits are the same either way. An
    interruption (Ctrl-C) returns the seeds that were finished, and is raised only if there are none.
    """
    wanted, threads = distinct_seeds(seeds), at_least_one("--threads", threads)
    setting = Setting.read(firms, population_seed, until, grid, qianwan, data)
    steps = Steps(progress, 10 + len(wanted) * (setting.until - POLICY_START + 1))
    inside = threads if len(wanted) == 1 else 1
    with compiled.threads(threads):
        history = shared_history(scenario, setting, lambda: steps.step("history"))
    steps.done = 10  # also when it came from memory
    finished: dict[int, _Lived] = {}
    interrupted = False
    try:
        keep = _Keep(firms_table, events, walk_of)
        for seed, lived in _lives(history, scenario, setting, wanted, threads, inside, keep, steps):
            finished[seed] = lived
    except KeyboardInterrupt:
        if not finished:
            raise
        interrupted = True
    done = tuple(seed for seed in wanted if seed in finished)
    lives = [finished[seed] for seed in done]
    table = tidy(history, scenario.name, {seed: finished[seed].measures for seed in done})
    return Outcome(
        scenario, setting, done, table, lives[0].pictures, interrupted=interrupted,
        firms=pd.concat([one.firms for one in lives], ignore_index=True) if firms_table else None,
        events=pd.concat([one.events for one in lives], ignore_index=True) if events else None,
    )  # fmt: skip


class Steps:
    """Counts quarters done, over all seeds."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def step(self, what: str) -> None:
        """One more is done."""
        self.done += 1
        if self.progress:
            self.progress(min(self.done, self.total), self.total, what)


class _Keep(NamedTuple):
    """What is kept of every life beside its measures, and how its firms are walked over."""

    firms: bool
    events: bool
    walk_of: WalkOf


class _Lived(NamedTuple):
    """What one seed's life leaves."""

    measures: list[Measures]
    pictures: Pictures
    firms: pd.DataFrame | None
    events: pd.DataFrame | None


def _lives(
    history: History,
    scenario: Scenario,
    setting: Setting,
    seeds: Sequence[int],
    threads: int,
    inside: int,
    keep: _Keep,
    steps: Steps,
) -> Iterator[tuple[int, _Lived]]:
    """Every seed's life, as it finishes: with several seeds threads go across lives, with one inside it."""

    def one(seed: int) -> _Lived:
        with compiled.threads(inside):
            return _live(history, scenario, setting, seed, keep, steps)

    return side_by_side(one, seeds, threads)


def side_by_side(life: Callable[[int], Life], seeds: Sequence[int], threads: int) -> Iterator[tuple[int, Life]]:
    """What a function gives for every seed, as it finishes, as many seeds at a time as there are threads."""
    if len(seeds) == 1 or threads == 1:
        for seed in seeds:
            yield seed, life(seed)
        return
    waiting = list(reversed(seeds))
    running: dict[Future[Life], int] = {}
    with compiled.quick_turns(), ThreadPoolExecutor(max_workers=threads) as pool:
        while waiting or running:
            while waiting and len(running) < threads:  # few in flight, so that memory does not grow with seeds
                seed = waiting.pop()
                running[pool.submit(life, seed)] = seed
            for one in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(one), one.result()


def _live(history: History, scenario: Scenario, setting: Setting, seed: int, keep: _Keep, steps: Steps) -> _Lived:
    world = fork(history, scenario, seed)
    start = world.city.cell_land.copy()
    parks_start = _standing_parks(world)
    walk, recorder = keep.walk_of(world), Recorder() if keep.events else None
    if recorder is not None:
        walk = recorder.watching(walk)
        recorder.begin(world)
    measured = []
    for measures in live(world, scenario, setting.until, walk):
        measured.append(measures)
        if recorder is not None:
            recorder.end(world)
        steps.step(f"seed {seed}")
    cells, towns = world.cells, world.towns
    pictures = Pictures(
        cells.x_km, cells.y_km, cells.side_km, cells.town, (towns.zh, towns.en), cells.hill, world.city.planned,
        start / 100.0, world.city.cell_land / 100.0, parks_start, _standing_parks(world),
    )  # fmt: skip
    return _Lived(
        measured, pictures, firm_table(world, seed) if keep.firms else None,
        pd.DataFrame(recorder.columns(seed)) if recorder is not None else None,
    )  # fmt: skip


def _standing_parks(world: Any) -> Long:
    floor = world.parks.floor.sum(axis=1) // 100
    standing = np.flatnonzero(floor > 0)
    return np.column_stack([world.parks.cell[standing].astype(np.int64), floor[standing]])
