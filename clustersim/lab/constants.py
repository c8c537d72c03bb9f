"""The constants of choice, solved so that background rates stand (C1-C3 of the validation notes).

The constants stand for what firms weigh and the model does not name. They are solved on a small city without policy,
whenever the model changes: `python -m clustersim.lab.constants` prints what to put into the assumptions. Where a sweep
varies assumptions, `follow` solves them anew for each set, to the rates that the base of the sweep has in the same
small city under the same luck: other beliefs about firms are then held against each other in worlds with the same
background.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import POLICY_START
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario
from clustersim.world.books import Count

SMALL_CITY: Final = 10_000  # firms
YEARS: Final = 3
ROUNDS: Final = 8  # at most
SMALLEST: Final = 1e-5  # a rate
TOLERANCE: Final = 0.03  # in the logarithm of a rate ...
ROUGH: Final = 0.10  # ... of what only some 150 firms of the small city do in its years
_LEAST, _MOST = 0.3, 3.0  # slopes of the logarithm of a rate over its constant that are believed
_USUAL: Final = 1.25
_STEP: Final = 2.0  # of a constant in one round


@dataclass(frozen=True)
class Rates:
    """Yearly rates over living firms, with every clause off."""

    upgrade: float
    expand: float
    move: float
    exit: float


# Middles of the bands; the standing of the bands is in the validation notes.
TARGETS: Final = Rates(upgrade=0.05, expand=0.004, move=0.005, exit=0.065)
CONSTANTS: Final = {
    "upgrade": "constant_upgrade",
    "expand": "constant_expand",
    "move": "constant_move",
    "exit": "constant_exit",
}
_TOLERANCES: Final = {"upgrade": TOLERANCE, "expand": ROUGH, "move": ROUGH, "exit": TOLERANCE}


class Solved(NamedTuple):
    """Constants that were solved for, by the name of the assumption, and how well the rates stand."""

    constants: dict[str, float]
    rates: Rates
    rounds: int  # cities lived
    settled: bool  # whether every rate came within its tolerance


@lru_cache(maxsize=64)
def background_rates(assumptions: Assumptions, firms: int = SMALL_CITY, seed: int = 1) -> Rates:
    """Measure yearly rates over three years without policy, after the history."""
    none = replace(load_scenario("none"), assumptions=assumptions)
    world = fork(settle_history(none.background(), firms, seed), none, seed)
    done = dict.fromkeys(CONSTANTS, 0)
    stood = 0
    for _ in live(world, none, POLICY_START + (4 * YEARS - 1)):
        counts = world.books.counts.sum(axis=1)
        done["upgrade"] += int(counts[Count.UPGRADED])
        done["expand"] += int(counts[Count.EXPANDED])
        done["move"] += int(counts[Count.MOVED])
        done["exit"] += int(counts[Count.EXITED_CHOICE : Count.EXITED_LEFT + 1].sum())
        stood += int(world.firms.alive.sum())
    return Rates(**{name: 4.0 * number / stood for name, number in done.items()})


def follow(base: Assumptions, changed: Assumptions, held: Collection[str] = (), firms: int = SMALL_CITY) -> Solved:
    """Constants with which changed assumptions have the background rates of the base; those `held` stay as they are."""
    return solve(changed, background_rates(base, firms), firms=firms, held=held)


def solve(
    assumptions: Assumptions, targets: Rates = TARGETS, *, firms: int = SMALL_CITY, seed: int = 1,
    held: Collection[str] = (),
) -> Solved:  # fmt: skip
    """Move each constant until its rate stands: by Newton's rule, with the slope that the last two rounds show."""
    moved = {name: constant for name, constant in CONSTANTS.items() if constant not in held}
    before: tuple[dict[str, float], dict[str, float]] | None = None
    best = Solved({}, targets, 0, settled=False)
    least = float("inf")
    for lived in range(1, ROUNDS + 1):
        rates = background_rates(assumptions, firms, seed)
        at = {name: getattr(assumptions, constant) for name, constant in moved.items()}
        logs = {name: log(max(getattr(rates, name), SMALLEST)) for name in moved}
        gaps = {name: log(max(getattr(targets, name), SMALLEST)) - logs[name] for name in moved}
        worst = max((abs(gap) / _TOLERANCES[name] for name, gap in gaps.items()), default=0.0)
        if worst < least:
            least = worst
            best = Solved({moved[name]: value for name, value in at.items()}, rates, lived, settled=worst <= 1.0)
        if worst <= 1.0:
            break
        steps = {name: _step(gaps[name], at[name], logs[name], name, before) for name in moved}
        assumptions = replace(
            assumptions, **{moved[name]: max(-12.0, min(12.0, at[name] + steps[name])) for name in moved}
        )
        before = at, logs
    return best._replace(rounds=lived)


def _step(
    gap: float, at: float, rate: float, name: str, before: tuple[dict[str, float], dict[str, float]] | None
) -> float:
    """How far to move a constant whose rate is off by `gap`, in logarithms."""
    slope = _USUAL
    if before is not None and abs(at - before[0][name]) > 0.02:
        slope = max(_LEAST, min(_MOST, (rate - before[1][name]) / (at - before[0][name])))
    return max(-_STEP, min(_STEP, gap / slope))


if __name__ == "__main__":
    solved = solve(Assumptions())
    sys.stderr.write(f"{astuple(solved.rates)} after {solved.rounds} rounds\n")
    for constant, value in solved.constants.items():
        sys.stdout.write(f"{constant} = {value:.2f}\n")
