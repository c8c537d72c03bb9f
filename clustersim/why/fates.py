"""Whose fate one policy turns against another under the same luck: counts by town, sector and grade."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any, Final

import numpy as np

from clustersim.foundation.words import Action, Grade, Site
from clustersim.histories import shared_history
from clustersim.quarter import fork, live
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.setting import Setting
from clustersim.world.columns import Long


class Outcome(IntEnum):
    """What became of a firm that was there before the policy, the gravest first."""

    LEFT = 0
    IN_PARK = 1  # moved into a park
    UPGRADED = 2
    RECTIFIED = 3
    AS_BEFORE = 4


COLUMNS: Final = ("seed", "town", "sector", "grade", "a", "b", "firms")


def flipped_fates(
    a: Scenario, b: Scenario, setting: Setting, seeds: Iterable[int],
    progress: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> dict[str, Any]:  # fmt: skip
    """Firms of 2021Q2 by seed, town, sector, grade then, and outcome under A and under B; one entry a row.

    A fate is flipped where `a` and `b` differ. Both policies need the same assumptions: otherwise their cities differ
    from the start.
    """
    if a.assumptions != b.assumptions:
        raise ScenarioError("--against: the scenarios have other assumptions, so their cities are not the same firms")
    history = shared_history(a, setting)
    start = history.world
    rows = start.rows
    there = start.firms.alive[:rows]
    keys = [start.firms.town[:rows][there], start.firms.sector[:rows][there], start.firms.grade[:rows][there]]
    wanted = list(seeds)
    table: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for place, seed in enumerate(wanted):
        progress(place, len(wanted), f"seed {seed}")
        outcomes = [_outcomes(history, one, setting, seed)[there] for one in (a, b)]
        kinds, counts = np.unique(np.stack([*keys, *outcomes]), axis=1, return_counts=True)
        for (town, sector, grade, one, other), firms in zip(kinds.T.tolist(), counts.tolist(), strict=True):
            words = (
                seed, start.towns.en[town], start.sectors.key[sector], Grade(grade).name.lower(),
                Outcome(one).name.lower(), Outcome(other).name.lower(), firms,
            )  # fmt: skip
            for name, word in zip(COLUMNS, words, strict=True):
                table[name].append(word)
    progress(len(wanted), len(wanted), "")
    return table


def _outcomes(history: Any, scenario: Scenario, setting: Setting, seed: int) -> Long:
    """[row of the history's end] what became of each firm."""
    world = fork(history, scenario, seed)
    rows, firms = world.rows, world.firms
    uids, was_inside = firms.uid[:rows].copy(), firms.site[:rows] == Site.PARK
    outcome = np.full(rows, Outcome.AS_BEFORE, np.int64)
    for _ in live(world, scenario, setting.until):
        firms = world.firms
        mine = firms.uid[:rows] == uids
        alive, action = mine & firms.alive[:rows], firms.action[:rows]
        for deed, what in ((Action.RECTIFY, Outcome.RECTIFIED), (Action.UPGRADE, Outcome.UPGRADED)):
            did = alive & (action == deed)
            outcome[did] = np.minimum(outcome[did], what)
        moved = alive & (action == Action.MOVE) & ~was_inside
        outcome[moved] = np.minimum(outcome[moved], Outcome.IN_PARK)
        outcome[~alive] = Outcome.LEFT
    return outcome
