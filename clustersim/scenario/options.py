"""The options that change a scenario on the command line: `--set PATH=VALUE`, `--off CLAUSE`, `--only CLAUSE`.

>>> from clustersim.scenario.files import load_scenario
>>> apply(load_scenario("letter"), sets=["differential.months=9", "assumptions.attention=0.3"]).assumptions.attention
0.3
>>> parse_set("differential.surcharge_below_d=30")
Traceback (most recent call last):
    ...
clustersim.scenario.errors.ScenarioError: --set differential.surcharge_below_d=30: 30.0 yuan/kWh is above its bound \
1.0; a number from 0 to 1 yuan/kWh. Did you mean 0.3?
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import Described, Plain
from clustersim.letter import register
from clustersim.scenario import levers as bundle
from clustersim.scenario.clauses import expand, without
from clustersim.scenario.errors import LONGEST, ScenarioError, did_you_mean, settle, shown
from clustersim.scenario.scenario import ASSUMPTIONS, Scenario

NOT_VALUES: Final = ("off", "seed")  # keys of a patch beside dotted names; a seed is that of its only run
_PREFIX: Final = f"{ASSUMPTIONS}."


def apply(scenario: Scenario, sets: Iterable[str] = (), off: Iterable[str] = (), only: Iterable[str] = ()) -> Scenario:
    """The scenario under the options, `only` before `off` before the values; ScenarioError names the option."""
    kept, dropped = _clauses("--only", only), _clauses("--off", off)
    if kept:
        scenario = scenario.with_only(kept)
    scenario = scenario.with_off(dropped)
    try:
        return patched(scenario, dict(parse_set(text) for text in sets))
    except ScenarioError as wrong:  # each is allowed, together they are not
        text = str(wrong)
        raise ScenarioError(text if text.startswith("--set") else f"--set: {text}") from None


def patched(scenario: Scenario, values: Mapping[str, object]) -> Scenario:
    """The scenario with other levers, and other assumptions by names that begin with `assumptions.`."""
    levers = {name: value for name, value in values.items() if not name.startswith(_PREFIX)}
    assumed = {name.removeprefix(_PREFIX): value for name, value in values.items() if name.startswith(_PREFIX)}
    return scenario.with_levers(levers).with_assumptions(assumed)


def patch_between(base: Scenario, other: Scenario) -> dict[str, Any]:
    """What makes another scenario out of a base: values by dotted name, and under "off" all clauses that are off.

    >>> from clustersim.scenario.files import load_scenario
    >>> letter = load_scenario("letter")
    >>> patch_between(letter, letter.with_off(["4.3"]).with_levers({"entry.leak": 0.2}))
    {'entry.leak': 0.2, 'off': ['4.3']}
    """
    mine, theirs = bundle.plain(base.levers), bundle.plain(other.levers)
    patch: dict[str, Any] = {name: theirs[name] for name in theirs if mine[name] != theirs[name]}
    for name in DESCRIBED:
        if getattr(base.assumptions, name) != getattr(other.assumptions, name):
            patch[f"{_PREFIX}{name}"] = getattr(other.assumptions, name)
    return patch | ({"off": list(other.off)} if base.off != other.off else {})


def policy_under(base: Scenario, patch: Mapping[str, Any]) -> Scenario:
    """The base under a patch: values by dotted name; "off", if it is there, is all that is off."""
    values = {name: value for name, value in patch.items() if name not in NOT_VALUES}
    if "off" in patch:
        base = base.with_only([one for one in without(()) if one not in patch["off"]])
    return patched(base, values)


def parse_set(text: str) -> tuple[str, Plain]:
    """The dotted name and the value of a `--set`; ScenarioError says what is wrong and what is allowed."""
    name, equals, value = text.partition("=")
    name, told = name.strip(), described()
    option = f"--set {text if len(text) <= LONGEST else text[:LONGEST] + '...'}"
    if not equals:
        raise ScenarioError(f"{option}: write PATH=VALUE, such as differential.surcharge_below_d=0.5")
    if name not in told:
        close = did_you_mean(name, told) or "; `clustersim clauses` lists the levers"
        raise ScenarioError(f"{option}: there is no lever or assumption {shown(name)}{close}")
    try:
        return name, settle(_read(value.strip(), told[name]), told[name])
    except ScenarioError as wrong:
        raise ScenarioError(f"{option}: {wrong}") from None


def described() -> dict[str, Described]:
    """Everything that can be set, by the name it is set with: levers, and assumptions after `assumptions.`."""
    return {**register.levers(), **{f"{_PREFIX}{name}": one for name, one in DESCRIBED.items()}}


def _read(text: str, one: Described) -> object:
    """The value as it would stand in a file; words need no quotes, and a list of words no brackets."""
    try:
        table = tomllib.loads(f"value = {text}")
        value = table.get("value") if len(table) == 1 else text
    except (ValueError, RecursionError):
        value = text
    if one.kind == "list" and isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return value


def _clauses(option: str, given: Iterable[str]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for clause in given:
        try:
            found += expand([clause])
        except ScenarioError as wrong:
            raise ScenarioError(f"{option} {clause[:LONGEST]}: {wrong}") from None
    return found
