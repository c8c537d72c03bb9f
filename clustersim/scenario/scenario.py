"""One policy: levers, assumptions, the clauses that are off, and the user's own targets.

>>> letter = Scenario("letter")
>>> dear = letter.with_levers({"differential.surcharge_below_d": 0.5})
>>> differences(letter, dear)
[Difference(name='differential.surcharge_below_d', a=0.3, b=0.5)]
>>> letter.with_off(["4.3"]).fingerprint() == dear.with_off(["4.3"]).fingerprint()
True
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from clustersim.foundation.assumptions import DESCRIBED, Assumptions
from clustersim.foundation.levers import Described, Plain
from clustersim.foundation.words import HORIZON, Quarter
from clustersim.letter import register
from clustersim.scenario import levers as bundle
from clustersim.scenario import writing
from clustersim.scenario.clauses import expand, without
from clustersim.scenario.errors import ScenarioError, did_you_mean, settle
from clustersim.scenario.levers import Levers

ASSUMPTIONS: Final = "assumptions"  # the first part of an assumption's dotted name


class Words(NamedTuple):
    """A text in Chinese and in English."""

    zh: str = ""
    en: str = ""


NO_WORDS: Final = Words()


@dataclass(frozen=True, slots=True)
class Target:
    """The user's own target: a value an indicator of the city should reach by the end of a quarter."""

    value: float
    quarter: Quarter = HORIZON
    where: str = field(default="", compare=False)  # file and line, for messages


class Difference(NamedTuple):
    """What differs between two scenarios, with both values; `a` and `b` are "on" and "off" for a clause."""

    name: str
    a: Any
    b: Any


@dataclass(frozen=True)
class Scenario:
    """One policy. Levers of a clause that is off are kept, and idle: `effective_levers` are what a run reads."""

    name: str = "letter"
    levers: Levers = field(default_factory=Levers)
    assumptions: Assumptions = field(default_factory=Assumptions)
    off: tuple[str, ...] = ()  # in the order of the register
    targets: Mapping[str, Target] = field(default_factory=dict, hash=False)
    title: Words = NO_WORDS
    question: Words = NO_WORDS
    description: Words = NO_WORDS

    def effective_levers(self) -> Levers:
        """The levers as a run reads them: what `WHEN_OFF` says for every clause that is off."""
        return bundle.effective(self.levers, self.off)

    def background(self) -> Scenario:
        """The world in which the history runs: every clause off, the same assumptions."""
        return Scenario("background", assumptions=self.assumptions, off=without(()))

    def resolved(self) -> dict[str, Any]:
        """Everything that decides a run, as plain JSON: effective levers, assumptions, targets, clauses off."""
        return {**self._deciding(), "off": list(self.off)}

    def fingerprint(self) -> str:
        """SHA-256 of what decides a run; neither the name nor the way it was written changes it."""
        return hashlib.sha256(json.dumps(self._deciding(), sort_keys=True).encode()).hexdigest()

    def idle(self) -> tuple[str, ...]:
        """Levers that were set and do nothing, because a clause is off."""
        mine, real = bundle.plain(self.levers), bundle.plain(self.effective_levers())
        return tuple(name for name, one in register.levers().items() if mine[name] not in (one.default, real[name]))

    def with_levers(self, patch: Mapping[str, object]) -> Scenario:
        """The scenario with other lever values, by dotted name; ScenarioError says what may not be."""
        values = {name: _settled(name, value, register.levers(), "lever") for name, value in patch.items()}
        return sound(replace(self, levers=bundle.written(self.levers, values)))

    def with_assumptions(self, patch: Mapping[str, object]) -> Scenario:
        """The scenario with other assumptions, by name; ScenarioError says what may not be."""
        values: dict[str, Any] = {}
        for name, value in patch.items():
            values[name] = _settled(name, value, DESCRIBED, "assumption", f"{ASSUMPTIONS}.")
        return sound(replace(self, assumptions=replace(self.assumptions, **values)))

    def with_off(self, clauses: Iterable[object]) -> Scenario:
        """The scenario with further clauses off: ids such as "4.3", or a chapter digit for all its clauses."""
        wanted = {*self.off, *expand(clauses)}
        return sound(replace(self, off=tuple(one for one in without(()) if one in wanted)))

    def with_only(self, clauses: Iterable[object]) -> Scenario:
        """The scenario with these clauses on and every other off, whatever was off before."""
        return sound(replace(self, off=without(expand(clauses))))

    def with_targets(self, targets: Mapping[str, Target]) -> Scenario:
        """The scenario with further targets of the user's own."""
        return replace(self, targets={**self.targets, **targets})

    def to_toml(self) -> str:
        """The scenario as a file that `load_scenario` reads back."""
        return writing.to_toml(self)

    def _deciding(self) -> dict[str, Any]:
        return {
            "levers": {name: _json(value) for name, value in bundle.plain(self.effective_levers()).items()},
            ASSUMPTIONS: {name: _json(getattr(self.assumptions, name)) for name in DESCRIBED},
            "targets": {
                name: {"value": one.value, "quarter": str(one.quarter)} for name, one in sorted(self.targets.items())
            },
        }


def differences(a: Scenario, b: Scenario) -> list[Difference]:
    """What differs between two scenarios as they run: clauses first, then levers, assumptions, targets."""
    found = [
        Difference(f"clause {number}", _switch(number in a.off), _switch(number in b.off))
        for number in without(())
        if (number in a.off) != (number in b.off) and _matters(number, a, b)
    ]
    left, right = a.resolved(), b.resolved()
    for part, prefix in (("levers", ""), (ASSUMPTIONS, f"{ASSUMPTIONS}."), ("targets", "targets.")):
        for name in dict.fromkeys([*left[part], *right[part]]):
            mine, other = left[part].get(name), right[part].get(name)
            if mine != other:
                found.append(Difference(f"{prefix}{name}", mine, other))
    return found


def sound(scenario: Scenario) -> Scenario:
    """The scenario itself, if its levers fit together; ScenarioError names the first that do not."""
    for problem in bundle.problems(scenario.effective_levers()):
        raise ScenarioError(problem)
    return scenario


def _settled(name: str, value: object, known: Mapping[str, Described], what: str, prefix: str = "") -> Plain:
    if name not in known:
        raise ScenarioError(f"{prefix}{name}: there is no such {what}{did_you_mean(name, known)}")
    try:
        return settle(value, known[name])
    except ScenarioError as wrong:
        raise ScenarioError(f"{prefix}{name}: {wrong}") from None


def _switch(off: bool) -> str:
    return "off" if off else "on"


def _matters(number: str, a: Scenario, b: Scenario) -> bool:
    """Whether any lever of the clause, or any its switch moves, runs at another value."""
    names = {name for name, one in register.levers().items() if one.clause == number} | {*register.when_off(number)}
    left, right = a.effective_levers(), b.effective_levers()
    return any(bundle.read(left, name) != bundle.read(right, name) for name in names)


def _json(value: Plain) -> Any:
    return list(value) if isinstance(value, tuple) else value
