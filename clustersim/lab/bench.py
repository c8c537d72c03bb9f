"""How fast a quarter is: columns, the agents engine and a lean Mesa version side by side, and the memory floor.

Engines take turns within each repetition, so that other work on the machine meets all of them. Medians are told with
their spread. What is held against each other covers the same quarters, 2021Q3 to 2022Q2: one whole year, the grading in
it. Making a city ready is timed apart from its quarters, and what is compiled is compiled before.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import clustersim
from clustersim.foundation.words import HORIZON, POLICY_START
from clustersim.lab.compiling import Compiling, compile_times
from clustersim.lab.floor import Bandwidth, Traffic, bandwidth, traffic
from clustersim.lab.runs import Progress, Steps, WalkOf
from clustersim.lab.timing import YEAR, Engine, Row, Step, measure
from clustersim.quarter import History, fork, live, run_quarter, settle_history
from clustersim.scenario import Scenario, ScenarioError, load_scenario

ALL: Final = HORIZON - POLICY_START + 1  # quarters that columns run
SEEDS: Final = 2  # lives of the columns in one measure, one after the other or side by side
SMALL: Final = 500  # firms of the city that warms up
COLUMNS, AGENTS, LEAN, FLOOR = "columns", "agents", "lean_mesa", "memory_floor"
TARGETS: Final = {"lean_mesa_over_columns_1": 60.0, "lean_mesa_over_columns_2": 100.0, "columns_over_floor": 12.0}


@dataclass(frozen=True)
class Plan:
    """What is measured: sizes, repetitions, and whether compiling is timed."""

    firms: int = 20_000
    floor_firms: int = 1_000_000  # the size at which columns are held against the memory floor
    repeats: int = 5
    cold: bool = True
    megabytes: int = 128  # of each array whose copying tells the bandwidth

    def __post_init__(self) -> None:
        for option, firms in (("--firms", self.firms), ("--floor-firms", self.floor_firms)):
            if not 100 <= firms <= 5_000_000:
                raise ScenarioError(f"{option}: {firms} is not allowed: a whole number from 100 to 5000000")


QUICK: Final = Plan(firms=500, floor_firms=1000, repeats=1, cold=False, megabytes=4)


@dataclass
class Bench:
    """Everything that was found."""

    plan: Plan
    rows: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    history_seconds: float = 0.0
    compiling: Compiling | None = None
    bandwidth: Bandwidth | None = None
    traffic: Traffic | None = None
    interrupted: bool = False

    def ratios(self) -> dict[str, float | None]:
        """How many times as long one takes as the other; None where one of the two was not measured."""
        lean, agents, floor = self._ns(LEAN, 1), self._ns(AGENTS, 1), self._ns(FLOOR, 1)
        one, two = self._ns(COLUMNS, 1), self._ns(COLUMNS, 2)
        large = self._ns(COLUMNS, 1, self.plan.floor_firms)
        return {
            "lean_mesa_over_columns_1": _over(lean, one), "lean_mesa_over_columns_2": _over(lean, two),
            "agents_over_columns_1": _over(agents, one), "columns_over_floor": _over(large, floor),
        }  # fmt: skip

    def _ns(self, engine: str, threads: int, firms: int | None = None) -> float | None:
        size = firms or (self.plan.floor_firms if engine == FLOOR else self.plan.firms)
        found = [one for one in self.rows if (one.engine, one.threads, one.firms) == (engine, threads, size)]
        return found[0].ns_per_firm_quarter if found else None


def bench(plan: Plan, *, agents: WalkOf | None = None, progress: Progress = lambda done, total, what: None) -> Bench:
    """Measure everything. `agents` gives the walk of the agents engine; an interruption keeps the rows finished."""
    scenario, found = load_scenario("letter"), Bench(plan)
    lean, why_not = find_lean()
    if lean is None:
        found.left_out.append(f"{LEAN}: {why_not}")
    if agents is None:
        found.left_out.append(f"{AGENTS}: no walk by agents was given")
    steps = Steps(progress, _quarters(plan, lean is not None, agents is not None))
    try:
        if plan.cold:
            found.compiling = compile_times(lambda: steps.step("compiling"))
        _warm_up(scenario, steps)
        history = _settle(found, plan.firms, scenario, steps)
        engines = _engines(history, scenario, lean, agents)
        measure(engines, plan.firms, plan.repeats, steps, found.rows)
        found.traffic = traffic(history, scenario)
        del history, engines
        _hold_against_floor(found, scenario, steps)
    except KeyboardInterrupt:
        if not found.rows:
            raise
        found.interrupted = True
    return found


def find_lean() -> tuple[Callable[..., Any] | None, str]:
    """The lean Mesa version, which stands beside the package in a checkout; None and why when it cannot be had."""
    home = Path(clustersim.__file__).parents[1] / "experiments"
    if not (home / "lean_mesa").is_dir():
        return None, "it stands in the checkout of the project (experiments/lean_mesa), which this is not"
    if importlib.util.find_spec("mesa") is None:
        return None, "mesa is not installed"
    if str(home) not in sys.path:
        sys.path.append(str(home))
    maker: Callable[..., Any] = importlib.import_module("lean_mesa").LeanCity
    return maker, ""


def _warm_up(scenario: Scenario, steps: Steps) -> None:
    """Let a small city live through everything, so that all is compiled, or read from disk, before it is timed."""
    history = settle_history(scenario.background(), SMALL, 1, progress=lambda: steps.step("warming up"))
    for _ in live(fork(history, scenario, 1), scenario, HORIZON):
        steps.step("warming up")


def _engines(
    history: History, scenario: Scenario, lean: Callable[..., Any] | None, agents: WalkOf | None
) -> list[Engine]:
    levers, assumptions = scenario.effective_levers(), scenario.assumptions

    def by_columns(seed: int) -> Step:
        world = fork(history, scenario, seed)
        return lambda: run_quarter(world, levers, assumptions)

    def by_agents(seed: int) -> Step:
        assert agents is not None
        world = fork(history, scenario, seed)
        walk = agents(world)
        return lambda: run_quarter(world, levers, assumptions, walk)

    def by_lean(seed: int) -> Step:
        assert lean is not None
        step: Step = lean(history, scenario, seed).step
        return step

    engines = [Engine(COLUMNS, 1, SEEDS, ALL, by_columns), Engine(COLUMNS, 2, SEEDS, ALL, by_columns)]
    engines += [Engine(AGENTS, 1, 1, YEAR, by_agents)] if agents else []
    engines += [Engine(LEAN, 1, 1, YEAR, by_lean)] if lean else []
    return engines


def _hold_against_floor(found: Bench, scenario: Scenario, steps: Steps) -> None:
    """Columns on one thread in a large city, and the floor there."""
    plan = found.plan
    history = _settle(found, plan.floor_firms, scenario, steps)
    columns = _engines(history, scenario, None, None)[0]._replace(lives=1, quarters=YEAR)
    measure([columns], plan.floor_firms, min(plan.repeats, 3), steps, found.rows)
    assert found.traffic is not None
    found.bandwidth = bandwidth(plan.megabytes)
    moved = found.traffic.bytes_per_firm
    found.rows.append(Row(
        FLOOR, plan.floor_firms, 1, 1e9 * moved / found.bandwidth.bytes_a_second, found.bandwidth.spread, float(moved)
    ))  # fmt: skip


def _settle(found: Bench, firms: int, scenario: Scenario, steps: Steps) -> History:
    started = perf_counter()
    history = settle_history(scenario.background(), firms, 1, progress=lambda: steps.step("history"))
    if firms == found.plan.firms:
        found.history_seconds = perf_counter() - started
    return history


def _quarters(plan: Plan, lean: bool, agents: bool) -> int:
    engines, slow = 2 + lean + agents, lean + agents
    once = 2 * SEEDS * ALL + slow * YEAR
    return 2 * plan.cold + 3 * 10 + ALL + engines + 1 + plan.repeats * once + min(plan.repeats, 3) * YEAR


def _over(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one / other
