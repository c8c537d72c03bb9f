"""Where two policies part the fate of a firm under the same luck, and which of their differences does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from clustersim.foundation.words import NOBODY, Action, Cause, Quarter, Site
from clustersim.histories import shared_history
from clustersim.letter import register
from clustersim.quarter import fork, live
from clustersim.scenario import Scenario, ScenarioError, differences
from clustersim.scenario import levers as bundle
from clustersim.scenario.setting import Setting
from clustersim.why.replay import columns_of
from clustersim.world.row import FirmRow


class Fate(NamedTuple):
    """What a firm did or suffered in a quarter."""

    alive: bool
    action: Action
    park: int  # identity of the park it is in, or NOBODY
    cause: Cause


@dataclass(frozen=True)
class Change:
    """One difference between two policies: a clause switched, or a lever or assumption at another value."""

    name: str
    levers: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True)
class Parting:
    """When and by what the fates of one firm parted; no quarter when they never did."""

    quarter: Quarter | None
    fates: tuple[Fate, Fate] | None
    first_seen: tuple[Quarter, tuple[str, ...]] | None  # the first quarter in which any of its columns differed, which
    changes: tuple[Change, ...]  # all differences between the policies
    enough: tuple[Change, ...]  # those that alone, put into A, give the fate under B
    needed: tuple[Change, ...]  # those without which B gives the fate under A
    within: tuple[str, ...] = ()  # levers of a clause that is enough which are enough by themselves


def part(
    a: Scenario, b: Scenario, setting: Setting, seed: int, uid: int,
    progress: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> Parting:  # fmt: skip
    """Live one firm's life under both policies with the same luck, and try their differences one by one."""
    found = changes_between(a, b)
    if not found:
        raise ScenarioError("--against: both scenarios are the same: nothing can part them")
    apart, first_seen = None, None
    for one, other in zip(life(a, setting, seed, uid), life(b, setting, seed, uid), strict=True):
        if first_seen is None and (columns := _differing(one.columns, other.columns)):
            first_seen = one.quarter, columns
        if one.fate != other.fate:
            apart = one.quarter, (one.fate, other.fate)
            break
    if apart is None:
        return Parting(None, None, first_seen, found, (), ())
    quarter, fates = apart
    if len(found) == 1:
        return Parting(quarter, fates, first_seen, found, found, found)
    short = replace(setting, until=quarter)
    enough, needed = [], []
    for place, change in enumerate(found):
        progress(place, len(found), change.name)
        if _last(changed(a, b, change), short, seed, uid) == fates[1]:
            enough.append(change)
        if _last(changed(b, a, change), short, seed, uid) == fates[0]:
            needed.append(change)
    within = [
        name
        for change in enough if len(change.levers) > 1
        for name in change.levers
        if _last(changed(a, b, Change(name, (name,))), short, seed, uid) == fates[1]
    ]  # fmt: skip
    progress(len(found), len(found), "")
    return Parting(quarter, fates, first_seen, found, tuple(enough), tuple(needed), tuple(within))


def changes_between(a: Scenario, b: Scenario) -> tuple[Change, ...]:
    """The differences between two policies as they run; the levers a clause's switch moves count as one."""
    left, right = bundle.plain(a.effective_levers()), bundle.plain(b.effective_levers())
    loose = {name for name in left if left[name] != right[name]}
    found: list[Change] = []
    for difference in differences(a, b):
        if difference.name.startswith("clause "):
            number = difference.name.removeprefix("clause ")
            own = {name for name, one in register.levers().items() if one.clause == number}
            moved = tuple(name for name in left if name in loose and name in own | {*register.when_off(number)})
            found.append(Change(f"clause {number} {difference.a} -> {difference.b}", moved))
            loose -= {*moved}
    for difference in differences(a, b):
        if difference.name in loose:
            found.append(Change(f"{difference.name} {difference.a} -> {difference.b}", (difference.name,)))
        elif difference.name.startswith("assumptions."):
            name = difference.name.removeprefix("assumptions.")
            found.append(Change(f"{difference.name} {difference.a} -> {difference.b}", assumption=name))
    return tuple(found)


def changed(a: Scenario, b: Scenario, change: Change) -> Scenario:
    """Policy A with one difference as in B."""
    theirs = b.effective_levers()
    levers = bundle.written(a.effective_levers(), {name: bundle.read(theirs, name) for name in change.levers})
    assumptions = a.assumptions
    if change.assumption:
        values: dict[str, Any] = {change.assumption: getattr(b.assumptions, change.assumption)}
        assumptions = replace(assumptions, **values)
    return Scenario("tried", levers=levers, assumptions=assumptions)


class _Moment(NamedTuple):
    quarter: Quarter
    fate: Fate
    columns: dict[str, Any]


def life(scenario: Scenario, setting: Setting, seed: int, uid: int) -> Iterator[_Moment]:
    """How a firm stands at the end of every policy quarter; an unborn or long gone one is not alive."""
    world = fork(shared_history(scenario, setting), scenario, seed)
    last = Fate(False, Action.STAY, NOBODY, Cause.NONE)
    for measures in live(world, scenario, setting.until):
        firms = world.firms
        rows = np.flatnonzero(firms.uid[: world.rows] == uid)
        columns: dict[str, Any] = {}
        if len(rows):
            firm = FirmRow(firms, int(rows[0]))
            columns = columns_of(firm)
            inside = firm.alive and firm.site == Site.PARK
            park = int(world.parks.identity[firm.place]) if inside else NOBODY
            action = Action(firm.action) if firm.alive else Action.EXIT
            last = Fate(firm.alive, action, park, Cause(firm.exit_cause))
        yield _Moment(measures.quarter, last, columns)


def _last(scenario: Scenario, setting: Setting, seed: int, uid: int) -> Fate:
    *_, moment = life(scenario, setting, seed, uid)
    return moment.fate


def _differing(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, ...]:
    if not one or not other:
        return ("alive",) if one or other else ()
    return tuple(name for name in one if name != "landlord" and one[name] != other[name])
