"""Experiment files: many scenarios on one base, and how many seeds each is run under.

>>> from clustersim.scenario.reading import parse
>>> text = '''name = "prices"
... firms = 5000
... seeds = 20
... [design]
... kind = "factorial"
... [design.levers]
... "differential.surcharge_below_d" = [0.0, 0.15, 0.30]
... "differential.months" = [7, 12]
... [design.policies.alone]
... only = ["4.1", "4.3"]
... [design.policies.all]'''
>>> read_experiment(parse(text, "prices.toml"), Path("prices.toml")).runs
12
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final

from clustersim.foundation.levers import Plain
from clustersim.foundation.words import FULL_CITY, HORIZON, Quarter
from clustersim.scenario import questions
from clustersim.scenario.designs import KINDS, SAMPLED, factors_of, policies_of
from clustersim.scenario.errors import ScenarioError, shown
from clustersim.scenario.files import load_base
from clustersim.scenario.options import patch_between, patched
from clustersim.scenario.patch import check_keys, name_of, quarter_of, table_of, targets_of, words_of
from clustersim.scenario.questions import Answering, answering_of
from clustersim.scenario.reading import Document, parse, read_text
from clustersim.scenario.scenario import NO_WORDS, Scenario, Words
from clustersim.scenario.setting import Setting

GIVEN: Final = "given"  # made by code: every policy is written out
KEYS: Final = (
    "name", "title", "question", "description", "base", "firms", "seeds", "precision", "most_seeds", "population_seed",
    "until", "recalibrate", "targets", "design", "sensitivity", "search", *questions.KEYS,
)  # fmt: skip
MOST_RUNS: Final = 1_000_000
_LOOKED_AT: Final = 1000  # combinations whose levers are held against each other before anything runs


@dataclass(frozen=True)
class Sensitivity:
    """How `sensitivity` goes about it: Morris trajectories, and how many factors Sobol takes on from there."""

    trajectories: int = 10
    factors: int = 8


@dataclass(frozen=True)
class Search:
    """What `search` wants: the chance with which targets are met, rounds of looking, seeds of the last check."""

    probability: float = 0.8
    generations: int = 20
    fresh_seeds: int = 40


@dataclass(frozen=True)
class Experiment:
    """What a sweep runs. `levers` has the values of each name, or its two bounds where the design is sampled.

    Every policy is crossed with the design over levers; without named policies there is the base alone.
    """

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
    given: tuple[Mapping[str, Any], ...] = ()  # of a `GIVEN` design: the patch of each policy, see `policy_under`
    policies: tuple[Scenario, ...] = ()  # named ones
    recalibrate: bool = True  # the constants of choice follow the assumptions that the design varies
    title: Words = NO_WORDS
    description: Words = NO_WORDS
    sensitivity: Sensitivity = field(default_factory=Sensitivity)
    search: Search = field(default_factory=Search)
    answering: Answering = field(default_factory=Answering)

    @property
    def rows(self) -> int:
        """How many rows the design over levers has."""
        if self.kind in SAMPLED:
            return self.samples
        if self.kind == GIVEN:
            return len(self.given)
        sizes = [len(values) for values in self.levers.values()]
        return math.prod(sizes) if self.kind == "factorial" else max(sizes, default=1)

    @property
    def runs(self) -> int:
        """How many scenarios the design has; each is run under every seed."""
        return self.rows * max(1, len(self.policies))

    def patches(self) -> Iterator[dict[str, Any]]:
        """The values of each row of a design that is not sampled, in the order of the file."""
        if self.kind == GIVEN:
            yield from (dict(one) for one in self.given)
            return
        if not self.levers:
            yield {}
            return
        rows = product(*self.levers.values()) if self.kind == "factorial" else zip(*self.levers.values(), strict=True)
        for row in rows:
            yield dict(zip(self.levers, row, strict=True))

    def policy_patches(self) -> list[dict[str, Any]]:
        """The patch on the base that makes each named policy; one that changes nothing where none is named."""
        return [patch_between(self.base, one) for one in self.policies] or [{}]


def given(
    name: str, base: Scenario, patches: Iterable[Mapping[str, Any]], seeds: int, setting: Setting, *,
    recalibrate: bool = True,
) -> Experiment:  # fmt: skip
    """An experiment made by code: each policy is a patch on the base, as `policy_under` reads it."""
    return Experiment(
        name, NO_WORDS, base, GIVEN, {}, 0, setting.firms, seeds, 0.0, seeds, setting.population_seed, setting.until,
        given=tuple(patches), recalibrate=recalibrate,
    )  # fmt: skip


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
    check_keys(document, "design", design, ("kind", "samples", "levers", "policies"))
    kind = design.get("kind", KINDS[0])
    if kind not in KINDS:
        raise document.refuse("design.kind", f"{shown(kind)} is not a design; one of {', '.join(KINDS)}")
    if "samples" in design and kind not in SAMPLED:
        raise document.refuse("design.samples", f"a {kind} design has no samples; {' and '.join(SAMPLED)} designs have")
    seeds, precision, most_seeds = _replications(document)
    base = load_base(document, path).with_targets(targets_of(document))
    title, question, description = (words_of(document, key) for key in ("title", "question", "description"))
    made = Experiment(
        name=name_of(document, path.stem),
        question=question,
        base=base,
        kind=kind,
        levers=factors_of(document, design, kind),
        samples=_whole(document, "design.samples", design, 1, MOST_RUNS) if kind in SAMPLED else 0,
        firms=_whole(document, "firms", table, 100, 5_000_000, FULL_CITY),
        seeds=seeds,
        precision=precision,
        most_seeds=most_seeds,
        population_seed=_whole(document, "population_seed", table, 0, 2**63 - 1, 1),
        until=quarter_of(document, "until", table["until"]) if "until" in table else HORIZON,
        policies=policies_of(document, design, base, path),
        recalibrate=_switch(document, "recalibrate", table, True),
        title=title,
        description=description,
        sensitivity=_sensitivity(document),
        search=_search(document),
        answering=answering_of(document, design.get("policies", {})),
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
    precision = _between(document, "precision", table, 0.01)
    return 0, precision, _whole(document, "most_seeds", table, 2, 100_000, 400)


def _sensitivity(document: Document) -> Sensitivity:
    table, usual = table_of(document, "sensitivity", document.table), Sensitivity()
    check_keys(document, "sensitivity", table, ("trajectories", "factors"))
    return Sensitivity(
        _whole(document, "sensitivity.trajectories", table, 2, 1000, usual.trajectories),
        _whole(document, "sensitivity.factors", table, 1, 100, usual.factors),
    )


def _search(document: Document) -> Search:
    table, usual = table_of(document, "search", document.table), Search()
    check_keys(document, "search", table, ("probability", "generations", "fresh_seeds"))
    return Search(
        _between(document, "search.probability", table, usual.probability),
        _whole(document, "search.generations", table, 1, 1000, usual.generations),
        _whole(document, "search.fresh_seeds", table, 20, 10_000, usual.fresh_seeds),
    )


def _check_together(document: Document, made: Experiment) -> None:
    if made.runs > MOST_RUNS:
        raise document.refuse("design", f"{made.runs} runs are too many; at most {MOST_RUNS} are allowed")
    if made.kind in SAMPLED or made.runs > _LOOKED_AT:
        return
    for policy in made.policies or (made.base,):
        for patch in made.patches():
            try:
                patched(policy, patch)
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


def _between(document: Document, key: str, table: Mapping[str, Any], default: float) -> float:
    value = table.get(key.rpartition(".")[2], default)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0.0 < value < 1.0:
        raise document.refuse(key, f"{shown(value)} is not allowed; a number between 0 and 1, such as {default}")
    return float(value)


def _switch(document: Document, key: str, table: Mapping[str, Any], default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise document.refuse(key, f"{shown(value)} is not allowed; true or false")
    return value
