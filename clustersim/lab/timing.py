"""Time engines against each other: they take turns, are told as medians with a spread, and their memory is traced."""

from __future__ import annotations

import gc
import hashlib
import statistics
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Final, NamedTuple

from clustersim.foundation import compiled
from clustersim.lab.runs import Steps

YEAR: Final = 4  # quarters that all engines run
Step = Callable[[], object]  # lets one city live through one quarter


class Engine(NamedTuple):
    """One way to run a quarter, on some threads."""

    name: str
    threads: int
    lives: int  # cities in one measure
    quarters: int  # that each of them lives through
    ready: Callable[[int], Step]  # makes a city ready that lives under a seed


class Sample(NamedTuple):
    """One measure: seconds to make cities ready, wall clock of the first year and of all quarters, processor time."""

    ready: float
    year: float
    whole: float
    processor: float


@dataclass
class Row:
    """What was measured of one engine. Nanoseconds are wall clock a firm and quarter; spreads by `half_spread`."""

    engine: str
    firms: int
    threads: int
    ns_per_firm_quarter: float  # of the first year
    spread: float
    bytes_per_firm: float
    ns_whole_run: float | None = None  # of all quarters that were run
    ns_processor: float | None = None  # processor time, of all threads
    ready_seconds: float | None = None  # to make one city ready, its history aside
    samples: int = 0
    cores: float | None = None  # that two threads could have had, for rows with two


def measure(engines: list[Engine], firms: int, repeats: int, steps: Steps, rows: list[Row]) -> None:
    """Add a row for each engine; with what was sampled so far when interrupted, if that is once each."""
    memory = []
    for engine in engines:  # also the first quarter of everything, which is not timed
        memory.append(_bytes_per_firm(engine, firms))
        steps.step(engine.name)
    samples: list[list[Sample]] = [[] for _ in engines]
    cores: list[float] = []
    try:
        for repeat in range(repeats):
            cores.append(cores_to_have())
            order = range(len(engines)) if repeat % 2 == 0 else range(len(engines) - 1, -1, -1)
            for place in order:
                samples[place].append(_sample(engines[place], steps))
    finally:
        for engine, sampled, size in zip(engines, samples, memory, strict=True):
            if sampled:
                rows.append(_row(engine, firms, sampled, size))
                rows[-1].cores = statistics.median(cores) if engine.threads > 1 else None


def _sample(engine: Engine, steps: Steps) -> Sample:
    """Make the cities ready, then let them live, side by side on two threads or one after the other."""
    started = perf_counter()
    cities = [engine.ready(seed) for seed in range(1, engine.lives + 1)]
    ready = (perf_counter() - started) / engine.lives

    def lived_through(city: Step) -> tuple[float, float, float]:
        begun = perf_counter()
        for _ in range(YEAR):
            city()
            steps.step(engine.name)
        year = perf_counter()
        for _ in range(engine.quarters - YEAR):
            city()
            steps.step(engine.name)
        return begun, year, perf_counter()

    with _no_collection():
        used = process_time()
        if engine.threads == 1:
            lived = [lived_through(city) for city in cities]
            year = sum(one[1] - one[0] for one in lived)
            whole = sum(one[2] - one[0] for one in lived)
        else:
            with compiled.quick_turns(), ThreadPoolExecutor(engine.threads) as pool:
                lived = list(pool.map(lived_through, cities))
            begun = min(one[0] for one in lived)
            year, whole = max(one[1] for one in lived) - begun, max(one[2] for one in lived) - begun
        used = process_time() - used
    return Sample(ready, year, whole, used)


def _row(engine: Engine, firms: int, samples: list[Sample], bytes_per_firm: float) -> Row:
    year, whole = engine.lives * YEAR * firms, engine.lives * engine.quarters * firms
    years = [1e9 * one.year / year for one in samples]
    return Row(
        engine.name, firms, engine.threads, statistics.median(years), half_spread(years), bytes_per_firm,
        ns_whole_run=statistics.median(1e9 * one.whole / whole for one in samples),
        ns_processor=statistics.median(1e9 * one.processor / whole for one in samples),
        ready_seconds=statistics.median(one.ready for one in samples), samples=len(samples),
    )  # fmt: skip


def _bytes_per_firm(engine: Engine, firms: int) -> float:
    """Most memory that one city took on top of its history, to be made ready and live through one quarter."""
    gc.collect()
    tracemalloc.start()
    try:
        engine.ready(1)()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return most / firms


def cores_to_have() -> float:
    """Cores that two threads really get, other work on the machine being what it is: from 1 to 2."""
    block = bytes(1_000_000)

    def work() -> None:
        for _ in range(60):
            hashlib.sha256(block).digest()  # without the interpreter lock

    started = perf_counter()
    work()
    alone = perf_counter() - started
    with ThreadPoolExecutor(2) as pool:
        started = perf_counter()
        list(pool.map(lambda _: work(), range(2)))
    return min(max(2.0 * alone / (perf_counter() - started), 1.0), 2.0)


def half_spread(values: list[float]) -> float:
    """Half the range of the middle half of some values, over their median; 0 for a single one.

    >>> half_spread([10.0, 11.0, 9.0, 10.0, 10.0]), half_spread([7.0])
    (0.0, 0.0)
    """
    if len(values) < 2:
        return 0.0
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return 0.5 * (high - low) / middle


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the collector of cycles, as in `timeit`: its turns would fall on whoever made the last object."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
