"""The firms of a city as a table for people: words for kinds, yuan, mu and m2 for counts, quarters as written."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Any, Final

import numpy as np
import pandas as pd

from clustersim.foundation import words
from clustersim.foundation.words import CENTIARE, CENTIMU, FEN, Mark, Quarter, Violation
from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms
from clustersim.world.tables import World

_SCALES: Final = {"fen": FEN, "0.01 mu": CENTIMU, "0.01 m2": CENTIARE, "Wh": 1000, "Wh a year": 1000}
_KINDS: Final[dict[str, type[IntEnum]]] = {
    name: getattr(words, name)
    for name in ("Site", "Tenure", "Unit", "Pool", "Grade", "Stage", "Cause", "Clearance", "Action")
}


def firm_table(world: World, seed: int) -> pd.DataFrame:
    """The living firms of a world, one row each in the order of uid; a column of `Firms` each, and the seed."""
    alive = np.flatnonzero(world.firms.alive[: world.rows])
    alive = alive[np.argsort(world.firms.uid[alive], kind="stable")]
    table: dict[str, Any] = {"seed": np.full(len(alive), seed, np.int64)}
    for name, about in described_columns(Firms).items():
        if name != "alive":
            table[name] = _readable(world, getattr(world.firms, name)[alive], about["unit"])
    return pd.DataFrame(table)


def _readable(world: World, values: Any, unit: str) -> Any:
    """A column in words and plain units; an absent row number, unit or quarter is empty or -1."""
    if unit in _SCALES:
        return values / _SCALES[unit]
    if unit in _KINDS:
        return _named({int(one): one.name.lower() for one in _KINDS[unit]}, values)
    if unit == "row of Towns":
        return _named(dict(enumerate(world.towns.en)), values)
    if unit == "row of Sectors":
        return _named(dict(enumerate(world.sectors.key)), values)
    if unit == "row of Firms":  # a landlord is named by its identity
        return np.where(values >= 0, world.firms.uid[values], -1)
    if unit == "quarter index":
        return _named({int(one): str(Quarter.from_index(int(one))) for one in np.unique(values) if one > 0}, values)
    if unit in ("Mark", "bits of Violation"):
        kinds: type[IntFlag] | type[IntEnum] = Mark if unit == "Mark" else Violation
        bits = {one.name.lower(): int(one) if unit == "Mark" else 1 << int(one) for one in kinds if one.name}
        return _named({int(v): " ".join(n for n, bit in bits.items() if v & bit) for v in np.unique(values)}, values)
    return values


def _named(names: dict[int, str], values: Any) -> Any:
    """Words for numbers; a number without a word is empty."""
    codes, places = np.unique(values, return_inverse=True)
    return np.array([names.get(int(code), "") for code in codes], dtype=object)[places]
