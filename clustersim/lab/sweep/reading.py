"""What a finished sweep folder holds, as arrays in the order of its design; parts are read one after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from clustersim.indicators.tidy import CITY
from clustersim.lab.headlines import HEADLINES, at_horizon
from clustersim.lab.sweep.store import read
from clustersim.world.columns import Floats


class Results(NamedTuple):
    """The runs of a design: which policy each has, under which seed, and what it came to."""

    scenarios: Sequence[int]  # by run: place of the policy in the design
    patches: Sequence[dict[str, Any]]  # by run
    seeds: Sequence[int]  # by run
    places: Sequence[str]  # towns, the city last
    values: Floats  # [run, place, name]: flows summed, the rest at the horizon; NaN where a run failed

    @property
    def city(self) -> Floats:
        """[run, name] of the city."""
        return self.values[:, -1]

    def by_policy(self) -> Floats:
        """[policy, seed, place, name]; ValueError when policies have different numbers of seeds."""
        policies = max(self.scenarios) + 1
        return self.values.reshape(policies, -1, *self.values.shape[1:])


def results(folder: Path, names: Sequence[str] = HEADLINES) -> Results:
    """All runs of a sweep folder, with the headlines or other indicators."""
    design = pq.read_table(folder / "design.parquet").to_pydict()
    by_key: dict[str, Floats] = {}
    places: list[str] = []
    for part in read(folder, names):
        towns, keys, quarters = part["town"].to_pylist(), part["key"].to_pylist(), part["quarter"].to_pylist()
        places = places or towns[: towns.index(CITY) + 1]
        columns = np.column_stack([part[name].to_numpy() for name in names])
        quarters_a_run = len(dict.fromkeys(quarters))
        runs = columns.reshape(-1, quarters_a_run, len(places), len(names))
        for key, run in zip(keys[:: quarters_a_run * len(places)], runs, strict=True):
            by_key[key] = at_horizon(run, names)
    missing = np.full((len(places), len(names)), np.nan)
    return Results(
        design["scenario"], [json.loads(one) for one in design["patch"]], design["seed"], places,
        np.stack([by_key.get(key, missing) for key in design["key"]]),
    )  # fmt: skip


class CityPaths(NamedTuple):
    """The runs of a design, quarter by quarter."""

    scenarios: Sequence[int]  # by run: place of the policy in the design
    quarters: Sequence[str]
    values: Floats  # [run, quarter, name] of the city; NaN where a run failed


def city_paths(folder: Path, names: Sequence[str]) -> CityPaths:
    """The city of all runs of a sweep folder, quarter by quarter as they were measured."""
    design = pq.read_table(folder / "design.parquet", columns=["key", "scenario"]).to_pydict()
    by_key: dict[str, Floats] = {}
    quarters: list[str] = []
    for part in read(folder, names):
        city = part.filter(pc.equal(part["town"], CITY))
        keys, told = city["key"].to_pylist(), city["quarter"].to_pylist()
        quarters = quarters or list(dict.fromkeys(told))
        columns = np.column_stack([city[name].to_numpy() for name in names])
        runs = columns.reshape(-1, len(quarters), len(names))
        by_key |= dict(zip(keys[:: len(quarters)], runs, strict=True))
    missing = np.full((len(quarters), len(names)), np.nan)
    return CityPaths(design["scenario"], quarters, np.stack([by_key.get(key, missing) for key in design["key"]]))
