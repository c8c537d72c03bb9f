"""What a finished sweep folder holds, as arrays in the order of its design; parts are read one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
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


def results(folder: Path, names: Sequence[str] = HEADLINES, *, city_only: bool = False) -> Results:
    """All runs of a sweep folder, with the headlines or other indicators, of all places or of the city alone."""
    design = pq.read_table(folder / "design.parquet").to_pydict()
    by_key: dict[str, Floats] = {}
    places: Sequence[str] = (CITY,)  # where no run is left
    for key, run, towns in _runs(folder, names):
        mine, places = (run[:, -1:], (CITY,)) if city_only else (run, towns)
        by_key[key] = at_horizon(mine, names)
    missing = np.full((len(places), len(names)), np.nan)
    return Results(
        design["scenario"], [json.loads(one) for one in design["patch"]], design["seed"], places,
        np.stack([by_key.get(key, missing) for key in design["key"]]),
    )  # fmt: skip


def city_paths(folder: Path, names: Sequence[str]) -> Floats:
    """[run, quarter, indicator] of the city for every run of a sweep folder; NaN where a run failed."""
    by_key = {key: run[:, -1].copy() for key, run, _ in _runs(folder, names)}
    if not by_key:  # all failed
        by_key[""] = np.zeros((1, len(names)))
    missing = np.full_like(next(iter(by_key.values())), np.nan)
    keys = pq.read_table(folder / "design.parquet", columns=["key"])["key"].to_pylist()
    return np.stack([by_key.get(key, missing) for key in keys])


def _runs(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, Floats, list[str]]]:
    """Key, [quarter, place, indicator] and places of every run that is there."""
    for part in read(folder, names):
        towns, keys, quarters = part["town"].to_pylist(), part["key"].to_pylist(), part["quarter"].to_pylist()
        places = towns[: towns.index(CITY) + 1]
        columns = np.column_stack([part[name].to_numpy() for name in names])
        quarters_a_run = len(dict.fromkeys(quarters))
        runs = columns.reshape(-1, quarters_a_run, len(places), len(names))
        for key, run in zip(keys[:: quarters_a_run * len(places)], runs, strict=True):
            yield key, run, places
