"""The only file that names numba: rules, sweeps over rows, and threads over slices of rows.

A *rule* is one scalar function of plain numbers. A *sweep* walks rows `[first, last)` of columns and calls rules.
Both release the interpreter lock, so that `over_rows` can run slices in a few ordinary threads. Every sum a sweep
makes is in integers, so no number of threads can change a bit.

Where a sweep reckons much for every row it goes in blocks of `BLOCK` rows, and over each block in short *passes*: a
loop over slices of columns (their indices are never negative, which the compiler has to know) that does one thing,
writes one or two columns and looks nothing up. Such a loop runs eight rows at a time, 3-5 times faster.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar, cast

from clustersim.foundation import machine

os.environ.setdefault("NUMBA_CACHE_DIR", str(machine.compile_cache_folder()))

import numba  # only here: the cache folder has to be named first
import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])
SMALLEST_SLICE: Final = 20_000  # rows below which a second thread costs more than it saves
BLOCK: Final = 512  # rows of a sweep that goes in passes: what a block needs stays in the nearest cache

_state = threading.local()
_pool: ThreadPoolExecutor | None = None


def rule(function: Function) -> Function:
    """Compile one scalar function of plain numbers; it stays callable from Python with the same result.

    It is always copied into its callers: only a loop without calls can be made eight rows at a time by the compiler.
    """
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function))


def interpreted(compiled_rule: Function) -> Function:
    """A rule as Python runs it, with the same bits.

    For who calls it from Python with a long tuple of terms: handing that over to compiled code takes 15 us.
    """
    return cast(Function, getattr(compiled_rule, "py_func", compiled_rule))


def sweep(function: Function) -> Function:
    """Compile one loop over rows. Its first two arguments are `first, last`."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


@numba.njit(nogil=True, forceinline=True)
def rows(first: int, last: int) -> range:
    """The row numbers of a sweep, as unsigned numbers: no index can count from the end.

    Without this the compiler has to allow for negative indices, and loops that could run side by side do not: a draw
    for every row took 60 ns in place of 9.
    """
    return range(np.uint64(first), np.uint64(last))


@numba.njit(nogil=True, forceinline=True)
def wide(number: Any) -> int:
    """An entry of a column as an integer of 64 bits: small ones would overflow, or compile a rule a second time."""
    return np.int64(number)  # type: ignore[return-value]  # an int to Python's eyes: it adds, compares and indexes


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Let sweeps use up to `count` threads inside this block."""
    before = getattr(_state, "count", 1)
    _state.count = count
    try:
        yield
    finally:
        _state.count = before


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads take turns in Python every half millisecond inside this block, not every five.

    For lives side by side: between two sweeps a life has a few milliseconds of Python to do, and the other one, back
    from a sweep of its own, waited for all of it.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def over_rows(kernel: Callable[..., Any], rows: int, *columns: Any) -> list[Any]:
    """Call `kernel(first, last, *columns)` over all rows, in as many slices as threads allow; results in row order."""
    slices = min(getattr(_state, "count", 1), max(1, rows // SMALLEST_SLICE))
    if slices <= 1:
        return [kernel(0, rows, *columns)]
    edges = [rows * part // slices for part in range(slices + 1)]
    pool = _shared_pool(slices)
    waiting = [pool.submit(kernel, edges[part], edges[part + 1], *columns) for part in range(1, slices)]
    first = kernel(0, edges[1], *columns)
    return [first, *(one.result() for one in waiting)]


def _shared_pool(workers: int) -> ThreadPoolExecutor:
    """One pool a process, made when it is first needed."""
    global _pool
    if _pool is None or _pool._max_workers < workers:
        _pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="clustersim")
    return _pool
