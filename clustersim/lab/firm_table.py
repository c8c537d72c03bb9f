"""The firms of a city as a table for people: words for kinds, yuan, mu and m2 for counts, quarters as written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms
from clustersim.world.readable import in_words
from clustersim.world.tables import World


def firm_table(world: World, seed: int) -> pd.DataFrame:
    """The living firms of a world, one row each in the order of uid; a column of `Firms` each, and the seed."""
    alive = np.flatnonzero(world.firms.alive[: world.rows])
    alive = alive[np.argsort(world.firms.uid[alive], kind="stable")]
    table: dict[str, Any] = {"seed": np.full(len(alive), seed, np.int64)}
    for name, about in described_columns(Firms).items():
        if name != "alive":
            table[name] = in_words(world, getattr(world.firms, name)[alive], about["unit"])
    return pd.DataFrame(table)
