"""Experiment files: many scenarios on one base, and how many seeds each is run under.

>>> from clustersim.scenario.reading import parse
>>> text = '''name = "prices"
... firms = 5000
... seeds = 20
... [design]
... kind = "factorial"
... [design.levers]
... "differential.surcharge_below_d" = [0.0, 0.15, 0.30]
... "differential.months" = [7, 12]'''
>>> read_experiment(parse(text, "prices.toml"), Path("prices.toml")).runs
6
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from clustersim.foundation.levers import Described, Plain
from clustersim.foundation.words import FULL_CITY, HORIZON, Quarter
from clustersim.scenario.errors import ScenarioError, did_you_mean, settle, shown
from clustersim.scenario.files import load_base
from clustersim.scenario.options import described, patched
from clustersim.scenario.patch import check_keys, name_of, quarter_of, table_of, words_of
from clustersim.scenario.reading import Document, parse, read_text
from clustersim.scenario.scenario import Scenario, Words

KINDS: Final = ("factorial", "list", "latin", "sobol")
SAMPLED: Final = ("latin", "sobol")
GIVEN: Final = "given"  # made by code: every policy is written out
KEYS: Final = (
    "name", "title", "question", "description", "base", "firms", "seeds", "precision", "most_seeds", "population_seed",
    "until", "design",
)  # fmt: skip
MOST_RUNS: Final = 1_000_000
_LOOKED_AT: Final = 1000  # combinations whose levers are held against each other before anything runs


@dataclass(frozen=True)
class Experiment:
    """What a sweep runs. `levers` has the values of each name, or its two bounds where the design is sampled."""

    name: str
    question: Words
    base: Scenario
    kind: str
    levers: Mapping[str, tuple[Plain, ...]]  # levers, and assumptions under `assumptions.`
    samples: int  # of a latin or sobol design, else 0
    firms: int
    seeds: int  # 0 where seeds are run until the precision is reached
    precision: float  # 0 where the number of seeds is given
    most_seeds: int
    population_seed: int
    until: Quarter
    given: tuple[Mapping[str, Any], ...] = ()  # of a `GIVEN` design: values of each policy, and clauses under "off"

    @property
    def runs(self) -> int:
        """How many scenarios the design has; each is run under every seed."""
        if self.kind in SAMPLED:
            return self.samples
        if self.kind == GIVEN:
            return len(self.given)
        sizes = [len(values) for values in self.levers.values()]
        return math.prod(sizes) if self.kind == "factorial" else max(sizes, default=1)

    def patches(self) -> Iterator[dict[str, Plain]]:
        """The values of each scenario of a design that is not sampled, in the order of the file."""
        if self.kind == GIVEN:
            yield from (dict(one) for one in self.given)
            return
        rows = product(*self.levers.values()) if self.kind == "factorial" else zip(*self.levers.values(), strict=True)
        for row in rows:
            yield dict(zip(self.levers, row, strict=True))


def load_experiment(path: Path) -> Experiment:
    """Read an experiment file; ScenarioError says in one line what is wrong and where."""
    document = parse(read_text(path), str(path))
    if not is_experiment(document):
        raise ScenarioError(f"{path}: a scenario, not an experiment: an experiment has seeds and a table [design]")
    return read_experiment(document, path)


def is_experiment(document: Document) -> bool:
    """Whether a file means to be an experiment, by the keys that a scenario never has."""
    return any(key in document.table for key in ("design", "seeds", "precision", "firms"))


def read_experiment(document: Document, path: Path) -> Experiment:
    """The experiment a parsed file describes."""
    table = document.table
    check_keys(document, "", table, KEYS)
    if "design" not in table:
        raise ScenarioError(f"{document.at()}: design: an experiment needs a table [design] with kind and levers")
    design = table_of(document, "design", table)
    check_keys(document, "design", design, ("kind", "samples", "levers"))
    kind = design.get("kind", KINDS[0])
    if kind not in KINDS:
        raise document.refuse("design.kind", f"{shown(kind)} is not a design; one of {', '.join(KINDS)}")
    if "samples" in design and kind not in SAMPLED:
        raise document.refuse("design.samples", f"a {kind} design has no samples; {' and '.join(SAMPLED)} designs have")
    seeds, precision, most_seeds = _replications(document)
    made = Experiment(
        name=name_of(document, path.stem),
        question=words_of(document, "question"),
        base=load_base(document, path),
        kind=kind,
        levers=_factors(document, design, kind),
        samples=_whole(document, "design.samples", design, 1, MOST_RUNS) if kind in SAMPLED else 0,
        firms=_whole(document, "firms", table, 100, 5_000_000, FULL_CITY),
        seeds=seeds,
        precision=precision,
        most_seeds=most_seeds,
        population_seed=_whole(document, "population_seed", table, 0, 2**63 - 1, 1),
        until=quarter_of(document, "until", table["until"]) if "until" in table else HORIZON,
    )
    _check_together(document, made)
    return made


def _replications(document: Document) -> tuple[int, float, int]:
    """Seeds, precision and most seeds: a number of seeds, or a precision with a most."""
    table = document.table
    if "precision" not in table:
        if "most_seeds" in table:
            raise document.refuse("most_seeds", "this belongs to a precision; give both, or seeds alone")
        seeds = _whole(document, "seeds", table, 1, 100_000, 1)
        return seeds, 0.0, seeds
    if "seeds" in table:
        raise document.refuse("seeds", "give seeds, or precision and most_seeds, not both")
    precision = table["precision"]
    number = isinstance(precision, int | float) and not isinstance(precision, bool)
    if not number or not 0.0 < precision < 1.0:
        raise document.refuse("precision", f"{shown(precision)} is not allowed; a number between 0 and 1, such as 0.01")
    return 0, float(precision), _whole(document, "most_seeds", table, 2, 100_000, 400)


def _factors(document: Document, design: Mapping[str, Any], kind: str) -> dict[str, tuple[Plain, ...]]:
    given = table_of(document, "design.levers", design)
    if not given:
        raise document.refuse("design.levers", 'no lever is named; write "differential.surcharge_below_d" = [0.0, 0.3]')
    told = described()
    factors = {}
    for name, values in _flat(given).items():
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


def _flat(given: Mapping[str, Any]) -> dict[str, Any]:
    """Names as `home.lever`, whether the file quotes them whole or not."""
    flat: dict[str, Any] = {}
    for name, values in given.items():
        flat |= (
            {f"{name}.{inner}": one for inner, one in values.items()} if isinstance(values, dict) else {name: values}
        )
    return flat


def _bounds(document: Document, key: str, one: Described, given: tuple[Plain, ...]) -> tuple[Plain, ...]:
    """Low and high of a sampled lever; an empty list is its declared bounds."""
    if one.low is None or one.high is None:
        raise document.refuse(key, "a sampled design needs numbers; give this one a factorial or list design")
    low, high = given if len(given) == 2 else (one.coerce(one.low), one.coerce(one.high))
    assert isinstance(low, int | float) and isinstance(high, int | float)
    if len(given) not in (0, 2) or not low < high:
        raise document.refuse(key, "a sampled design needs a low and a high value, or [] for all that is allowed")
    return low, high


def _check_together(document: Document, made: Experiment) -> None:
    if made.runs > MOST_RUNS:
        raise document.refuse("design", f"{made.runs} runs are too many; at most {MOST_RUNS} are allowed")
    if made.kind in SAMPLED or made.runs > _LOOKED_AT:
        return
    for patch in made.patches():
        try:
            patched(made.base, patch)
        except ScenarioError as wrong:
            raise document.refuse("design.levers", f"{wrong} (with {patch})") from None


def _whole(
    document: Document, key: str, table: Mapping[str, Any], low: int, high: int, default: int | None = None
) -> int:
    value = table.get(key.rpartition(".")[2], default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        missing = "is missing" if value is None else f"{shown(value)} is not allowed"
        raise document.refuse(key, f"{missing}; a whole number from {low} to {high}")
    return value
