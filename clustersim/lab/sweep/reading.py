"""What a finished sweep folder holds, as arrays in the order of its design; parts are read one after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
    values: Floats  # [run, place, headline]: flows summed, the rest at the horizon; NaN where a run failed

    @property
    def city(self) -> Floats:
        """[run, headline] of the city."""
        return self.values[:, -1]

    def by_policy(self) -> Floats:
        """[policy, seed, place, headline]; ValueError when policies have different numbers of seeds."""
        policies = max(self.scenarios) + 1
        return self.values.reshape(policies, -1, *self.values.shape[1:])


def results(folder: Path) -> Results:
    """All runs of a sweep folder."""
    design = pq.read_table(folder / "design.parquet").to_pydict()
    by_key: dict[str, Floats] = {}
    places: list[str] = []
    for part in read(folder, HEADLINES):
        towns, keys, quarters = part["town"].to_pylist(), part["key"].to_pylist(), part["quarter"].to_pylist()
        places = places or towns[: towns.index(CITY) + 1]
        columns = np.column_stack([part[name].to_numpy() for name in HEADLINES])
        quarters_a_run = len(dict.fromkeys(quarters))
        runs = columns.reshape(-1, quarters_a_run, len(places), len(HEADLINES))
        for key, run in zip(keys[:: quarters_a_run * len(places)], runs, strict=True):
            by_key[key] = at_horizon(run)
    missing = np.full((len(places), len(HEADLINES)), np.nan)
    return Results(
        design["scenario"], [json.loads(one) for one in design["patch"]], design["seed"], places,
        np.stack([by_key.get(key, missing) for key in design["key"]]),
    )  # fmt: skip
