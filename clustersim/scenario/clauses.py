"""Clause numbers as people give them: an id such as "4.3", or a chapter digit for all its clauses.

>>> expand(["3.1", "4"])
('3.1', '4.1', '4.2', '4.3', '4.4', '4.5', '4.7')
>>> without(expand(["1", "2", "3"]))
('4.1', '4.2', '4.3', '4.4', '4.5', '4.7')
"""

from __future__ import annotations

from collections.abc import Iterable

from clustersim.letter import register
from clustersim.scenario.errors import ScenarioError, did_you_mean, shown


def expand(given: Iterable[object]) -> tuple[str, ...]:
    """The clauses meant, each once, in the order of the register; ScenarioError says what is no clause."""
    wanted: set[str] = set()
    for one in [given] if isinstance(given, str) else given:
        wanted |= _meant(one)
    return tuple(one.id for one in register.clauses() if one.id in wanted)


def without(kept: Iterable[str]) -> tuple[str, ...]:
    """Every clause with a switch but those kept."""
    kept = set(kept)
    return tuple(one.id for one in register.clauses() if one.switched and one.id not in kept)


def _meant(given: object) -> set[str]:
    if not isinstance(given, str):
        hint = f': quote it, "{given}"' if isinstance(given, int | float) and not isinstance(given, bool) else ""
        raise ScenarioError(f"{shown(given)} is not a clause id in quotes{hint}; {_allowed()}")
    chapter = {one.id for one in register.clauses() if one.switched and one.chapter == given}
    if chapter:
        return chapter
    known = {one.id: one for one in register.clauses()}
    if given not in known:
        close = did_you_mean(given, [one.id for one in known.values() if one.switched])
        raise ScenarioError(f"{shown(given)} is not a clause; {_allowed()}{close}")
    if not known[given].switched:
        raise ScenarioError(f"{given!r} is {known[given].why}; {_allowed()}")
    return {given}


def _allowed() -> str:
    switched = [one for one in register.clauses() if one.switched]
    chapters = dict.fromkeys(one.chapter for one in switched)
    return f"a clause from {switched[0].id!r} to {switched[-1].id!r}, or a chapter {', '.join(map(repr, chapters))}"
