"""Solve the choice constants again: a fixed point to the background rates (C1-C3 of the validation notes).

The constants stand for what firms weigh and the model does not name. They are solved on a small city without policy,
and again whenever the model changes: `python -m clustersim.lab.constants` prints what to put into the assumptions.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from math import log
from typing import Final

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import POLICY_START
from clustersim.lab.runs import Setting
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import Scenario, load_scenario
from clustersim.world.books import Count

YEARS: Final = 3
SMALLEST: Final = 1e-5


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


def background_rates(scenario: Scenario, firms: int = 5000, seed: int = 1) -> Rates:
    """Measure yearly rates over three years without policy, after the history."""
    setting = Setting(firms=firms, population_seed=seed)
    until = POLICY_START + (4 * YEARS - 1)
    world = fork(settle_history(scenario, setting.firms, setting.population_seed), scenario, seed)
    done = dict.fromkeys(CONSTANTS, 0)
    stood = 0
    for _ in live(world, scenario, until):
        counts = world.books.counts.sum(axis=1)
        done["upgrade"] += int(counts[Count.UPGRADED])
        done["expand"] += int(counts[Count.EXPANDED])
        done["move"] += int(counts[Count.MOVED])
        done["exit"] += int(counts[Count.EXITED_CHOICE : Count.EXITED_LEFT + 1].sum())
        stood += int(world.firms.alive.sum())
    return Rates(**{name: 4.0 * number / stood for name, number in done.items()})


def solve(
    assumptions: Assumptions, targets: Rates = TARGETS, *, firms: int = 5000, rounds: int = 8, seed: int = 1
) -> tuple[Assumptions, Rates]:
    """Move each constant by the log of target over rate until the rates stand; returns them with the last rates."""
    background = load_scenario("none")
    rates = targets
    for _ in range(rounds):
        rates = background_rates(replace(background, assumptions=assumptions), firms, seed)
        steps = {
            constant: getattr(assumptions, constant)
            + 0.8 * log(getattr(targets, name) / max(getattr(rates, name), SMALLEST))
            for name, constant in CONSTANTS.items()
        }
        assumptions = replace(assumptions, **{name: max(-12.0, min(12.0, value)) for name, value in steps.items()})
        sys.stderr.write(f"{rates}\n")
    return assumptions, rates


if __name__ == "__main__":
    solved, _ = solve(Assumptions())
    for constant in CONSTANTS.values():
        sys.stdout.write(f"{constant} = {getattr(solved, constant):.2f}\n")
