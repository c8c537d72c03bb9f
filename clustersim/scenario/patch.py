"""What a scenario file may say, and how it changes its base: every key checked, with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import Described, Plain
from clustersim.foundation.words import HORIZON, LATEST, POLICY_START, Quarter
from clustersim.letter import register
from clustersim.scenario.errors import ScenarioError, did_you_mean, settle, shown
from clustersim.scenario.reading import Document
from clustersim.scenario.scenario import ASSUMPTIONS, Scenario, Target, Words

KEYS: Final = ("base", "name", "title", "question", "description", "off", "only", "levers", ASSUMPTIONS, "targets")
LONGEST_NAME: Final = 80
LARGEST_TARGET: Final = 1e15
_NAME: Final = re.compile(r"\w[\w .+-]*")  # letters of any script; what a file may be called everywhere
_UNSUITED: Final = re.compile(r"^\W+|[^\w .+-]")
_INDICATOR: Final = re.compile(r"[a-z][a-z0-9_]*")


def apply_patch(base: Scenario, document: Document, stem: str) -> Scenario:
    """The base as this file changes it. It is called after `stem` if the file gives no name."""
    table = document.table
    check_keys(document, "", table, KEYS)
    title, question, description = (words_of(document, key) for key in ("title", "question", "description"))
    name = name_of(document, stem)
    made = replace(base, name=name, title=title, question=question, description=description)
    if "only" in table:
        kept = _list(document, "only", table["only"])
        made = _said(document, "only", partial(made.with_only, kept))
    if "off" in table:
        dropped = _list(document, "off", table["off"])
        made = _said(document, "off", partial(made.with_off, dropped))
    made = _assumptions(_levers(made, document), document)
    return made.with_targets(targets_of(document))


def check_keys(document: Document, inside: str, table: Mapping[str, object], known: tuple[str, ...]) -> None:
    """Refuse a key that this table does not have; `inside` is the dotted name of the table, or empty."""
    for key in table:
        if key not in known:
            where = f"{inside}.{key}" if inside else key
            close = did_you_mean(key, known) or f"; known are {', '.join(known)}"
            raise document.refuse(where, f"there is no such key{close}")


def table_of(document: Document, key: str, table: Mapping[str, object]) -> dict[str, Any]:
    """A table inside a table, empty when it is not there."""
    inner = table.get(key.rpartition(".")[2], {})
    if not isinstance(inner, dict):
        raise document.refuse(key, f"{shown(inner)} is not a table; write [{key}] on a line and its values below")
    return inner


def _levers(scenario: Scenario, document: Document) -> Scenario:
    homes = table_of(document, "levers", document.table)
    patch: dict[str, object] = {}
    for home in homes:
        if home not in register.HOMES:
            close = did_you_mean(home, register.HOMES) or f"; known are {', '.join(register.HOMES)}"
            raise document.refuse(f"levers.{home}", f"there is no such home of levers{close}")
        own = {name.partition(".")[2]: one for name, one in register.levers().items() if name.startswith(f"{home}.")}
        given = table_of(document, f"levers.{home}", homes)
        values = settled(document, f"levers.{home}", given, own)
        patch |= {f"{home}.{name}": value for name, value in values.items()}
    return _said(document, "levers", lambda: scenario.with_levers(patch))


def _assumptions(scenario: Scenario, document: Document) -> Scenario:
    given = table_of(document, ASSUMPTIONS, document.table)
    return scenario.with_assumptions(settled(document, ASSUMPTIONS, given, DESCRIBED))


def settled(
    document: Document, inside: str, given: Mapping[str, object], known: Mapping[str, Described]
) -> dict[str, Plain]:
    """The values of a table of levers or assumptions, each of its type and within its bounds."""
    check_keys(document, inside, given, tuple(known))
    values = {}
    for name, value in given.items():
        try:
            values[name] = settle(value, known[name])
        except ScenarioError as wrong:
            raise document.refuse(f"{inside}.{name}", str(wrong)) from None
    return values


def targets_of(document: Document) -> dict[str, Target]:
    """The targets a file states, by indicator; whether they are measured, the floors above know."""
    given = table_of(document, "targets", document.table)
    return {name: _target(document, f"targets.{name}", name, value) for name, value in given.items()}


def _target(document: Document, key: str, name: str, given: object) -> Target:
    if not _INDICATOR.fullmatch(name):
        raise document.refuse(key, "this is not the name of an indicator; one such as value_added_per_mu is needed")
    table: Mapping[str, object] = given if isinstance(given, dict) else {"value": given}
    check_keys(document, key, table, ("value", "quarter"))
    value = table.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST_TARGET:
        problem = f"{shown(value)} is not a value to aim at; a number, or a table of value and quarter"
        raise document.refuse(key, problem)
    quarter = quarter_of(document, f"{key}.quarter", table["quarter"]) if "quarter" in table else HORIZON
    return Target(float(value) + 0.0, quarter, where=document.at(key))


def quarter_of(document: Document, key: str, given: object) -> Quarter:
    """A quarter of the policy, as a file writes it."""
    try:
        quarter = Quarter.parse(given) if isinstance(given, str) else None
    except ValueError:
        quarter = None
    if quarter is None or not POLICY_START <= quarter <= LATEST:
        allowed = f"a quarter from {POLICY_START} to {LATEST} in quotes"
        raise document.refuse(key, f"{shown(given)} is not allowed; {allowed}")
    return quarter


def name_of(document: Document, stem: str) -> str:
    """The name a file gives, or one made of the file's own."""
    given = document.table.get("name", _UNSUITED.sub("_", stem)[:LONGEST_NAME] or "unnamed")
    if not isinstance(given, str) or not _NAME.fullmatch(given) or len(given) > LONGEST_NAME:
        raise document.refuse(
            "name", f"{shown(given)} is not a name; letters, digits, blanks and . _ + - are, {LONGEST_NAME} at most"
        )
    return given


def words_of(document: Document, key: str) -> Words:
    """A text of the file in both languages: one string for both, or a table of zh and en."""
    given = document.table.get(key, {})
    if isinstance(given, str):
        return Words(given, given)
    if isinstance(given, dict):
        check_keys(document, key, given, Words._fields)
        if all(isinstance(text, str) for text in given.values()):
            return Words(**given)
    raise document.refuse(key, f"{shown(given)} is not text; write it in quotes, or as {{ zh = ..., en = ... }}")


def _list(document: Document, key: str, given: object) -> list[object]:
    if not isinstance(given, list):
        raise document.refuse(key, f'{shown(given)} is not a list of clauses; write {key} = ["4.3"]')
    return given


def _said(document: Document, key: str, change: Callable[[], Scenario]) -> Scenario:
    """Change the scenario; what is wrong is said with the file, the line and the key."""
    try:
        return change()
    except ScenarioError as wrong:
        raise document.refuse(key, str(wrong)) from None
