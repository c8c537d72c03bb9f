"""Work handed to workers in bundles, through the interface of `concurrent.futures`: results come as they finish.

>>> from concurrent.futures import ThreadPoolExecutor
>>> class Item(str):
...     @property
...     def key(self):
...         return str(self)
>>> bundles = in_bundles(lambda items: [one.upper() for one in items], [Item("a"), Item("b")], 1, 2, ThreadPoolExecutor)
>>> sorted(one for bundle in bundles for one in bundle)
['A', 'B']
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from clustersim.scenario import ScenarioError

AHEAD: Final = 3  # bundles in flight for each worker, so that none waits
_LOST: Final = 3  # times that a bundle may take its worker down


class Keyed(Protocol):
    """A piece of work with a key of its own."""

    @property
    def key(self) -> str:
        """Tells it from all others."""


class Failure(NamedTuple):
    """A piece of work that failed: it does not stop the others."""

    key: str
    message: str
    traceback: str


Item = TypeVar("Item", bound=Keyed)


def in_bundles(
    task: Callable[[Sequence[Item]], list[Any]], items: Sequence[Item], size: int, workers: int,
    make_executor: Callable[[int], Executor],
) -> Iterator[list[Any]]:  # fmt: skip
    """What a task gives for bundles of `size` items, as they finish.

    A lost worker is replaced and its bundles are done again; a bundle that takes down several workers gives failures.
    ScenarioError when a worker may not take part.
    """
    waiting = [list(items[place : place + size]) for place in range(0, len(items), size)][::-1]
    lost: dict[str, int] = {}
    while waiting:
        running: dict[Future[list[Any]], list[Item]] = {}
        pool = make_executor(workers)
        try:
            while waiting or running:
                while waiting and len(running) < AHEAD * workers:
                    running[pool.submit(task, waiting[-1])] = waiting[-1]
                    waiting.pop()  # only now: a pool that is broken takes nothing
                for one in wait(running, return_when=FIRST_COMPLETED).done:
                    done = one.result()
                    running.pop(one)
                    yield done
        except ScenarioError:  # a worker that must not take part: no other would mend it
            raise
        except Exception:  # of the pool, never of an item: those are told apart by the worker
            logging.getLogger("clustersim").exception("A worker was lost")
            for bundle in list(running.values()) or [waiting.pop()]:
                key = bundle[0].key
                lost[key] = lost.get(key, 0) + 1
                if lost[key] >= _LOST:
                    yield [Failure(one.key, "its worker was lost, several times", "") for one in bundle]
                else:
                    waiting.append(bundle)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
