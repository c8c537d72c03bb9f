"""A census before and after a quarter, held against its books: firms, jobs and cash.

next = now + entered - exited (+ came - went), for firms and jobs by town; the cash of all firms changes by exactly
the flows that have a firm at one end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from clustersim.foundation.compiled import sweep
from clustersim.foundation.mathematics import in_millionths
from clustersim.foundation.words import FEN, Cause
from clustersim.world.books import ENDS, Count, Party
from clustersim.world.columns import Flags, Floats, Long, Small
from clustersim.world.laws import LawBrokenError
from clustersim.world.tables import World

_INTO_FIRMS: Final = np.array([(ends[1] == Party.FIRMS) - (ends[0] == Party.FIRMS) for ends in ENDS.values()], np.int64)
_EXITS: Final = slice(int(Count.EXITED_CHOICE), int(Count.EXITED_CHOICE) + len(Cause) - 1)


@dataclass(frozen=True)
class Census:
    """Living firms and their jobs (1e-6 people) by town, and the cash of all firms (fen)."""

    firms: Long
    jobs: Long
    cash: int


def take_census(world: World) -> Census:
    """Count firms, jobs and cash."""
    firms = world.firms
    counted, jobs, cash = _count(0, world.rows, len(world.towns), firms.alive, firms.town, firms.employees, firms.cash)
    return Census(counted, jobs, int(cash))


def hold_against_books(world: World, before: Census) -> None:
    """Raise LawBrokenError, naming the town or the account, when the quarter's books do not explain the change."""
    after = take_census(world)
    counts = world.books.counts
    moved = counts[Count.FIRMS_CAME] - counts[Count.FIRMS_WENT]
    firms = before.firms + counts[Count.ENTERED] - counts[_EXITS].sum(axis=0) + moved
    jobs = before.jobs + counts[Count.JOBS_ENTERED] - counts[Count.JOBS_EXITED] + counts[Count.JOBS_CHANGED]
    for what, expected, found in (("firms", firms, after.firms), ("jobs", jobs, after.jobs)):
        for town in np.flatnonzero(expected != found):
            raise LawBrokenError(
                f"{world.quarter}: {what} of {world.towns.en[town]}: the books say {expected[town]}, "
                f"counted {found[town]}"
            )
    expected_cash = before.cash + int((_INTO_FIRMS @ world.books.money).sum())
    if expected_cash != after.cash:
        raise LawBrokenError(
            f"{world.quarter}: cash of firms: the books say {expected_cash / FEN:.2f} yuan, "
            f"counted {after.cash / FEN:.2f}"
        )


@sweep
def _count(
    first: int, last: int, towns: int, alive: Flags, town: Small, employees: Floats, cash: Long
) -> tuple[Long, Long, np.int64]:
    firms = np.zeros(towns, np.int64)
    jobs = np.zeros(towns, np.int64)
    total = np.int64(0)
    for row in range(first, last):
        total += cash[row]
        if alive[row]:
            firms[town[row]] += 1
            jobs[town[row]] += in_millionths(employees[row])
    return firms, jobs, total
