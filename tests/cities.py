"""Small real cities for tests: what a life under a policy leaves behind, and where two lives differ.

`python -m tests.cities FIRMS QUARTERS FILE` writes every bit of such a life, for a process that runs without compiler.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from clustersim.foundation.words import HORIZON, NOBODY, POLICY_START, Quarter
from clustersim.indicators import Measures
from clustersim.letter import register
from clustersim.quarter import History, fork, live, settle_history
from clustersim.scenario import Scenario, ScenarioError
from clustersim.world.tables import World

TABLES = ("firms", "parks", "blocks", "accounts", "city", "books")


def life(history: History, scenario: Scenario, until: Quarter = HORIZON, seed: int = 1) -> tuple[World, list[Measures]]:
    """The world at the end of `until`, and what was measured each quarter."""
    world = fork(history, scenario, seed)
    return world, list(live(world, scenario, until))


def step_by_step(
    history: History, scenario: Scenario, until: Quarter = HORIZON, seed: int = 1
) -> Iterator[tuple[World, Measures]]:
    """The same, shown at the end of every quarter."""
    world = fork(history, scenario, seed)
    for measures in live(world, scenario, until):
        yield world, measures


def values_of(measures: list[Measures]) -> np.ndarray:
    """[quarter, town + 1, indicator]."""
    return np.array([one.values for one in measures])


def columns_of(world: World) -> dict[str, Any]:
    """Every column of every table that changes, by dotted name; of the firms only the rows in use."""
    found = {"rows": world.rows, "quarter": world.quarter.index}
    for name in TABLES:
        table = getattr(world, name)
        for field in dataclasses.fields(table):
            value = getattr(table, field.name)
            found[f"{name}.{field.name}"] = value[: world.rows] if name == "firms" else value
    return found


def differing(one: World, other: World) -> list[str]:
    """Names of the columns that differ in any bit."""
    left, right = columns_of(one), columns_of(other)
    return [name for name in left if not _same_bits(left[name], right[name])]


def _same_bits(one: Any, other: Any) -> bool:
    if not isinstance(one, np.ndarray):
        return bool(one == other)
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def mixed(world: World, seed: int) -> World:
    """The same city with its firms in another order of rows."""
    order = np.random.default_rng(seed).permutation(world.rows)
    place = np.empty(world.rows, np.int64)
    place[order] = np.arange(world.rows)
    other = world.copy()
    for field in dataclasses.fields(world.firms):
        column = getattr(other.firms, field.name)
        column[: world.rows] = getattr(world.firms, field.name)[order]
    landlord = other.firms.landlord[: world.rows]
    landlord[:] = np.where(landlord >= 0, place[landlord], NOBODY)
    return other


@st.composite
def scenarios(draw: st.DrawFn, most: int = 8) -> Scenario:
    """Any policy: some levers anywhere within their bounds, and at most three clauses off."""
    known = register.levers()
    names = draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=most))
    switched = [one.id for one in register.clauses() if one.switched]
    off = draw(st.lists(st.sampled_from(switched), unique=True, max_size=3))
    try:
        return Scenario("any").with_levers({name: draw(_values(known[name])) for name in names}).with_off(off)
    except ScenarioError:  # each within its bounds, but not together
        assume(False)
        raise


def _values(described: Any) -> st.SearchStrategy[Any]:
    match described.kind:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(described.choices)
        case "list":
            return st.lists(st.sampled_from(described.choices), unique=True).map(tuple)
        case "int":
            return st.integers(int(described.low), int(described.high))
    return st.floats(described.low, described.high)


def main(firms: int, quarters: int, file: str) -> None:
    scenario = Scenario()
    history = settle_history(scenario.background(), firms, 1)
    world, measures = life(history, scenario, POLICY_START + (quarters - 1))
    columns = {name: np.asarray(value) for name, value in columns_of(world).items()}
    np.savez(file, measures=values_of(measures), history=values_of(list(history.measures)), **columns)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
