"""The design of an experiment file: factors with their values or bounds, and named policies.

A factor of a sampled design may name many at once: "assumptions.*" = [] takes every number among the assumptions
within its declared bounds, "differential.*" = [] every number among the levers of that home. The constants that are
solved for are left out: they follow the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from clustersim.foundation.levers import CALIBRATED, Described, Plain
from clustersim.scenario.errors import ScenarioError, did_you_mean, settle, shown
from clustersim.scenario.files import load_scenario_at
from clustersim.scenario.options import described
from clustersim.scenario.patch import apply_patch, table_of
from clustersim.scenario.questions import AGAINST
from clustersim.scenario.reading import Document
from clustersim.scenario.scenario import Scenario

KINDS: Final = ("factorial", "list", "latin", "sobol")
SAMPLED: Final = ("latin", "sobol")
_ALL: Final = ".*"


def factors_of(document: Document, design: Mapping[str, Any], kind: str) -> dict[str, tuple[Plain, ...]]:
    """The values of every factor, or its two bounds in a sampled design."""
    given = table_of(document, "design.levers", design)
    if not given and (kind in SAMPLED or not design.get("policies")):
        raise document.refuse("design.levers", 'no lever is named; write "differential.surcharge_below_d" = [0.0, 0.3]')
    told = described()
    factors = {}
    for name, values in _flat(document, given, kind).items():
        key = f"design.levers.{name}"
        if name not in told:
            close = did_you_mean(name, told) or "; `clustersim clauses` lists the levers"
            raise document.refuse(key, f"there is no such lever or assumption{close}")
        if not isinstance(values, list) or (not values and kind not in SAMPLED):
            raise document.refuse(key, f"{shown(values)} is not a list of values; {told[name].allowed}")
        try:
            settled = tuple(settle(value, told[name]) for value in values)
        except ScenarioError as wrong:
            raise document.refuse(key, str(wrong)) from None
        factors[name] = _bounds(document, key, told[name], settled) if kind in SAMPLED else settled
    if kind == "list" and len({len(values) for values in factors.values()}) > 1:
        raise document.refuse("design.levers", "in a list design every lever needs the same number of values")
    return factors


def policies_of(document: Document, design: Mapping[str, Any], base: Scenario, path: Path) -> tuple[Scenario, ...]:
    """The named policies, each a patch on its own base or else on that of the experiment."""
    found = []
    for name, table in table_of(document, "design.policies", design).items():
        key = f"design.policies.{name}"
        if not isinstance(table, dict):
            raise document.refuse(key, f"{shown(table)} is not a table; write [{key}] on a line and its changes below")
        inner = document.within(key, {one: value for one, value in table.items() if one != AGAINST})
        own = load_scenario_at(table["base"], inner, path) if "base" in table else base
        made = apply_patch(own, inner, name)
        if made.targets != own.targets or (own is not base and own.targets and own.targets != base.targets):
            raise document.refuse(key, "targets belong to the experiment: write them under [targets]")
        found.append(made.with_targets(base.targets))
    return tuple(found)


def _flat(document: Document, given: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Names as `home.lever`, whether the file quotes them whole or not; `home.*` as all of that home."""
    flat: dict[str, Any] = {}
    for name, values in given.items():
        flat |= (
            {f"{name}.{inner}": one for inner, one in values.items()} if isinstance(values, dict) else {name: values}
        )
    found: dict[str, Any] = {}
    for name, values in flat.items():
        if not name.endswith(_ALL):
            found.pop(name, None)  # what is named by itself, before or after, has its own values
            found[name] = values
            continue
        if kind not in SAMPLED or values != []:
            problem = f'all of a home can be taken in a sampled design, within declared bounds: write "{name}" = []'
            raise document.refuse(f"design.levers.{name}", problem)
        every = _numbers(name.removesuffix("*"))
        if not every:
            raise document.refuse(f"design.levers.{name}", "there is no home of levers or assumptions of this name")
        found |= {one: [] for one in every if one not in flat}
    return found


def _numbers(prefix: str) -> list[str]:
    """Everything under a prefix that is a number and not solved for."""
    return [
        name
        for name, one in described().items()
        if name.startswith(prefix) and one.low is not None and one.standing != CALIBRATED
    ]


def _bounds(document: Document, key: str, one: Described, given: tuple[Plain, ...]) -> tuple[Plain, ...]:
    """Low and high of a sampled lever; an empty list is its declared bounds."""
    if one.low is None or one.high is None:
        raise document.refuse(key, "a sampled design needs numbers; give this one a factorial or list design")
    low, high = given if len(given) == 2 else (one.coerce(one.low), one.coerce(one.high))
    assert isinstance(low, int | float) and isinstance(high, int | float)
    if len(given) not in (0, 2) or not low < high:
        raise document.refuse(key, "a sampled design needs a low and a high value, or [] for all that is allowed")
    return low, high
