"""The memory floor of a quarter: the bytes that have to move for every firm, over how fast this machine moves them.

Counted are the columns of firms that the loops over all firms take, each read once, and those that a quarter changes
for more than half of the living firms, each written once. What is left out makes the floor lower, and the distance to
it larger: every further pass over a column, scratch space, tables of the city, the yearly loops, and the columns that
only the firms with a reason to look are asked for.
"""

from __future__ import annotations

import inspect
from time import perf_counter
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np

from clustersim.firm import accounts, lookers, shocks
from clustersim.foundation.compiled import sweep
from clustersim.foundation.words import POLICY_START
from clustersim.indicators import census, factors
from clustersim.lab.timing import half_spread
from clustersim.letter.inspection import choosing, drifting, visits
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario
from clustersim.world.columns import Floats, described_columns
from clustersim.world.firms import Firms
from clustersim.world.tables import World

# Homes of the loops that every quarter takes over all firms
LOOPS: Final[tuple[ModuleType, ...]] = (shocks, drifting, choosing, visits, lookers, accounts, census, factors)
_WHO: Final = "who"  # a sweep with this parameter walks over a few firms by their row numbers
_MEGABYTE: Final = 1_000_000


class Traffic(NamedTuple):
    """What moves for every firm in a quarter: bytes, and the columns that are read and written."""

    bytes_per_firm: int
    read: tuple[str, ...]
    written: tuple[str, ...]


class Bandwidth(NamedTuple):
    """How many bytes a second one thread moves, read and written together: the best and the spread of the tries."""

    bytes_a_second: float
    spread: float


def traffic(history: History, scenario: Scenario, seed: int = 1) -> Traffic:
    """The bytes a firm-quarter has to move, from the loops of the code and from what a year of quarters changes."""
    read = columns_read()
    written = columns_changed(history, scenario, seed)
    widths = {name: np.dtype(about["dtype"]).itemsize for name, about in described_columns(Firms).items()}
    moved = sum(widths[name] for name in read) + sum(widths[name] for name in written)
    return Traffic(moved, read, written)


def columns_read() -> tuple[str, ...]:
    """Columns of firms that the loops over all firms take, by the names of their parameters.

    >>> {"revenue", "alive", "safety"} <= set(columns_read()), "licence_due" in columns_read()
    (True, False)
    """
    known = described_columns(Firms)
    taken = {name for module in LOOPS for loop in _loops(module) for name in loop}
    return tuple(name for name in known if name in taken)


def _loops(module: ModuleType) -> list[list[str]]:
    """Parameters of the sweeps over rows [first, last) of a module."""
    found = []
    for value in vars(module).values():
        function: Any = getattr(value, "py_func", value)  # of a compiled one, what it was compiled from
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            names = list(inspect.signature(function).parameters)
            if names[:2] == ["first", "last"] and _WHO not in names:
                found.append(names)
    return found


def columns_changed(history: History, scenario: Scenario, seed: int = 1, quarters: int = 4) -> tuple[str, ...]:
    """Columns that every one of some quarters changes for more than half of the firms that live through it."""
    world, always = fork(history, scenario, seed), set(described_columns(Firms))
    for _ in range(quarters):
        before, rows = world.firms.copy(world.rows, world.rows), world.rows
        next(live(world, scenario, POLICY_START + quarters))
        there = before.alive & world.firms.alive[:rows] & (before.uid == world.firms.uid[:rows])
        always &= _changed(before, world, there)
    return tuple(name for name in described_columns(Firms) if name in always)


def _changed(before: Firms, world: World, there: Any) -> set[str]:
    rows = np.flatnonzero(there)
    return {
        name
        for name in described_columns(Firms)
        if np.count_nonzero(getattr(before, name)[rows] != getattr(world.firms, name)[rows]) > 0.5 * len(rows)
    }


def bandwidth(megabytes: int = 128, tries: int = 7) -> Bandwidth:
    """The better of a plain copy and a triad over three arrays of `megabytes` each, one thread, the best of the tries.

    Counted is what the loops read and write by their own account. The triad's writes make the processor read those
    lines first, which is not counted; a large copy writes past the caches.
    """
    size = megabytes * _MEGABYTE // 8
    target, one, other = np.zeros(size), np.ones(size), np.full(size, 2.0)
    _triad(0, size, target, one, other)  # compiled, and every page touched
    copies, triads = [], []
    for _ in range(tries):
        started = perf_counter()
        np.copyto(target, one)
        copied = perf_counter()
        _triad(0, size, target, one, other)
        copies.append(2 * 8 * size / (copied - started))
        triads.append(3 * 8 * size / (perf_counter() - copied))
    best = max((copies, triads), key=max)
    return Bandwidth(max(best), half_spread(best))


@sweep
def _triad(first: int, last: int, target: Floats, one: Floats, other: Floats) -> None:
    for place in range(first, last):
        target[place] = one[place] + 3.0 * other[place]
