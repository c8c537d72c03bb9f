"""Everything beside the scenario that decides the bits of a run.

>>> Setting.read(firms=500, until="2021Q4").until - Setting(500).until
-16
>>> Setting.read(firms=50)
Traceback (most recent call last):
    ...
clustersim.scenario.errors.ScenarioError: --firms: 50 is not allowed: a whole number from 100 to 5000000
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import SupportsIndex

from clustersim.foundation.words import HORIZON, LATEST, POLICY_START, Quarter
from clustersim.scenario.errors import ScenarioError, shown

LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Setting:
    """Size, population seed, horizon, grid and data of a city; ScenarioError says what is not allowed."""

    firms: int = 50_000
    population_seed: int = 1
    until: Quarter = HORIZON
    grid: str = "1km"
    qianwan: bool = False
    data: Path | None = None

    def __post_init__(self) -> None:
        if not 100 <= self.firms <= 5_000_000:
            raise ScenarioError(f"--firms: {self.firms} is not allowed: a whole number from 100 to 5000000")
        if not 0 <= self.population_seed <= LARGEST_SEED:
            raise ScenarioError(f"--population-seed: {self.population_seed} is not allowed: a whole number from 0")
        if not POLICY_START <= self.until <= LATEST:
            raise ScenarioError(f"--until: {self.until} is not allowed: a quarter from {POLICY_START} to {LATEST}")
        if self.grid not in ("1km", "500m"):
            raise ScenarioError(f"--grid: {self.grid!r} is not allowed: 1km or 500m")

    @classmethod
    def read(
        cls, firms: SupportsIndex = 50_000, population_seed: SupportsIndex = 1, until: Quarter | str = HORIZON,
        grid: str = "1km", qianwan: bool = False, data: Path | str | None = None,
    ) -> Setting:  # fmt: skip
        """A setting from what people write in Python: a quarter as text, a path as text, numpy's whole numbers."""
        if isinstance(until, str):
            try:
                until = Quarter.parse(until)
            except ValueError as wrong:
                raise ScenarioError(f"--until: {wrong}") from None
        numbers = whole("--firms", firms), whole("--population-seed", population_seed)
        return cls(*numbers, until, grid, bool(qianwan), Path(data) if data else None)


def at_least_one(name: str, value: SupportsIndex) -> int:
    """A count of threads or workers; ScenarioError when there is none."""
    count = whole(name, value)
    if count < 1:
        raise ScenarioError(f"{name}: {count} is not allowed: a whole number from 1")
    return count


def distinct_seeds(given: Iterable[int]) -> list[int]:
    """Process seeds, each once, in their order; ScenarioError when there is none or one is not allowed."""
    seeds = list(dict.fromkeys(int(seed) for seed in given))
    if not seeds:
        raise ScenarioError("seeds: none given, at least one is needed")
    if any(not 0 <= seed <= LARGEST_SEED for seed in seeds):
        raise ScenarioError("--seed: seeds are whole numbers from 0")
    return seeds


def whole(name: str, value: SupportsIndex) -> int:
    """A foreign whole number as an int; ScenarioError names what was meant."""
    try:
        return operator.index(value)
    except TypeError:
        raise ScenarioError(f"{name}: {shown(value)} is not a whole number") from None
