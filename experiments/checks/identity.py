"""Do columns and agents, on one thread and on two, give the same bits for every shipped scenario?

Each run's whole table of indicators is hashed. Small cities run seeds side by side on two threads; in the large one the
threads work inside a run (slices of 20,000 rows and more).
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
from common import keep, markdown, options, tell

from clustersim import load_scenario, run
from clustersim.scenario import shipped

WAYS = (("columns", 1), ("columns", 2), ("agents", 1))


def bits(scenario: str, firms: int, seeds: tuple[int, ...], engine: str, threads: int) -> dict[int, str]:
    """The first digits of the hash of each seed's values, in the order of the table."""
    table = run(load_scenario(scenario), seeds=seeds, firms=firms, engine=engine, threads=threads).indicators
    return {
        seed: hashlib.sha256(np.ascontiguousarray(part["value"].to_numpy()).tobytes()).hexdigest()[:12]
        for seed, part in table.groupby("seed")
    }


given = options(__doc__.splitlines()[0], firms=5_000, seeds=2, large=50_000)
seeds = tuple(range(1, given.seeds + 1))
rows = []
for name, firms, wanted in (*((one, given.firms, seeds) for one in shipped()), ("letter", given.large, (1,))):
    tell(f"{name}, {firms:,} firms")
    found = [bits(name, firms, wanted, engine, threads) for engine, threads in WAYS]
    for seed in wanted:
        row = {"scenario": name, "firms": f"{firms:,}", "seed": str(seed)}
        for (engine, threads), hashes in zip(WAYS, found, strict=True):
            row[f"{engine}, {threads} thread{'s' * (threads > 1)}"] = hashes[seed]
        rows.append({**row, "equal": "yes" if len({one[seed] for one in found}) == 1 else "NO"})
keep(__file__, pd.DataFrame(rows), given, markdown)
