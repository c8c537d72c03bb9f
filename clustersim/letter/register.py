"""The register: every clause of the letter with its words, its home, its levers and the world without it.

The words stand in `data/clauses.csv`, the letter itself in `data/letter.txt`; levers are read from the homes.

>>> one = clause("3.8")
>>> one.zh, one.home, [lever.name for lever in one.levers]
('供电部门一律不得对此类企业加装三相变压器', 'entry', ['entry.power_limited'])
>>> clause("4.6").switched
False
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from types import ModuleType
from typing import Final

from clustersim.foundation.levers import Described, Plain, descriptions

HOMES: Final = ("land", "renewal", "parks", "services", "inspection", "entry", "grading", "differential")
OUTCOMES: Final = "indicators"  # the home of clauses that are measured and have no switch
_NOT_A_SWITCH: Final = "an outcome, not a lever: it is measured every quarter and cannot be switched off"
_NO_LEVER: Final = "no lever and no switch: its effect is not in the model"


@dataclass(frozen=True)
class Clause:
    """One clause of the letter. `when_off` says in words what the world without it is."""

    id: str
    zh: str  # as it stands in the letter
    en: str
    home: str
    mechanism: str
    when_off: str
    modelled: bool
    why: str  # why it has no lever; empty for a clause that has some
    levers: tuple[Described, ...]

    @property
    def switched(self) -> bool:
        """Whether the clause can be switched off (outcomes cannot)."""
        return self.home != OUTCOMES

    @property
    def chapter(self) -> str:
        """The digit before the dot."""
        return self.id.partition(".")[0]


def letter() -> str:
    """The letter, in Chinese, as it was published."""
    return _text("letter.txt")


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause in the order of the letter's chapters.

    >>> [one.id for one in clauses()][:4]
    ['0', '0.1', '1.1', '1.2']
    """
    return tuple(_clause(row) for row in csv.DictReader(_text("clauses.csv").splitlines()))


def clause(number: str) -> Clause:
    """The clause of that number; KeyError when the letter has none."""
    return {one.id: one for one in clauses()}[number]


@cache
def levers() -> dict[str, Described]:
    """Every lever of the letter by its dotted name, home after home."""
    return {name: one for home in HOMES for name, one in descriptions(home_levers(home).Levers, home).items()}


@cache
def when_off(number: str) -> dict[str, Plain]:
    """What the levers are set to when a clause is switched off, by dotted name; empty for outcomes.

    >>> when_off("3.8")
    {'entry.power_limited': False}
    """
    return {
        f"{home}.{name}": value
        for home in HOMES
        for name, value in home_levers(home).WHEN_OFF.get(number, {}).items()
    }  # fmt: skip


def home_levers(home: str) -> ModuleType:
    """The module of a home that holds `Levers`, `WHEN_OFF` and, where levers depend on each other, `problems`."""
    return import_module(f"clustersim.letter.{home}.levers")


def _clause(row: dict[str, str]) -> Clause:
    home = row["home"]
    own = tuple(one for one in levers().values() if one.clause == row["id"])
    outcome = home == OUTCOMES
    modelled = outcome or bool(own and when_off(row["id"]))
    why = _NOT_A_SWITCH if outcome else "" if modelled else _NO_LEVER
    return Clause(row["id"], row["zh"], row["en"], home, row["mechanism"], row["when_off"], modelled, why, own)


def _text(name: str) -> str:
    return (resources.files("clustersim.letter") / "data" / name).read_text(encoding="utf-8")
