"""The levers of all eight homes in one bundle, and how they are read and changed by dotted name.

>>> from clustersim.scenario.levers import Levers, read, written
>>> read(written(Levers(), {"entry.leak": 0.2}), "entry.leak")
0.2
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clustersim.foundation.levers import Plain
from clustersim.letter import register
from clustersim.letter.differential.levers import Levers as Differential
from clustersim.letter.entry.levers import Levers as Entry
from clustersim.letter.grading.levers import Levers as Grading
from clustersim.letter.inspection.levers import Levers as Inspection
from clustersim.letter.land.levers import Levers as Land
from clustersim.letter.parks.levers import Levers as Parks
from clustersim.letter.renewal.levers import Levers as Renewal
from clustersim.letter.services.levers import Levers as Services


@dataclass(frozen=True)
class Levers:
    """Every lever of the letter, home by home."""

    land: Land = field(default_factory=Land)
    renewal: Renewal = field(default_factory=Renewal)
    parks: Parks = field(default_factory=Parks)
    services: Services = field(default_factory=Services)
    inspection: Inspection = field(default_factory=Inspection)
    entry: Entry = field(default_factory=Entry)
    grading: Grading = field(default_factory=Grading)
    differential: Differential = field(default_factory=Differential)


def read(levers: Levers, name: str) -> Plain:
    """The value of a lever by its dotted name."""
    home, _, field = name.partition(".")
    value: Plain = getattr(getattr(levers, home), field)
    return value


def written(levers: Levers, patch: Mapping[str, Plain]) -> Levers:
    """The levers with other values, given by dotted name. Values are taken as they are."""
    by_home: dict[str, dict[str, Plain]] = {}
    for name, value in patch.items():
        home, _, field = name.partition(".")
        by_home.setdefault(home, {})[field] = value
    homes: dict[str, Any] = {home: replace(getattr(levers, home), **values) for home, values in by_home.items()}
    return replace(levers, **homes)


def plain(levers: Levers) -> dict[str, Plain]:
    """Every lever's value by its dotted name."""
    return {name: read(levers, name) for name in register.levers()}


def effective(levers: Levers, off: Iterable[str]) -> Levers:
    """The levers as a run reads them: each clause that is off leaves the world of its `WHEN_OFF`.

    The other levers of such a clause go back to their defaults, so that no idle setting tells two equal runs apart.
    """
    clauses = list(off)
    idle = {name: one.default for name, one in register.levers().items() if one.clause in clauses}
    for number in clauses:
        idle |= register.when_off(number)
    return written(levers, idle)


def problems(levers: Levers) -> list[str]:
    """What is wrong with levers that are each within bounds but not together."""
    found: list[str] = []
    for home in register.HOMES:
        judge = getattr(register.home_levers(home), "problems", None)
        if judge is not None:
            found += judge(getattr(levers, home))
    return found
