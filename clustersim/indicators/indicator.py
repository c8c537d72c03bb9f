"""What an indicator is, and the two small sums all of them share.

Arrays over places have one entry a town and the city last.

>>> ratio(np.array([6.0, 1.0]), np.array([3.0, 0.0])).tolist()
[2.0, 0.0]
>>> with_city(np.array([1, 2])).tolist()
[1, 2, 3]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from clustersim.world.columns import Floats, Long

Kind = Literal["index", "stock", "flow", "money", "area", "ratio"]
Columns = dict[str, Floats]  # values by name, [town + 1] each


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is measured. `better` is 1 where more is better, -1 where less is, 0 where neither is meant."""

    name: str
    unit: str
    kind: Kind
    zh: str
    en: str
    meaning: str = ""
    better: int = 0
    city_only: bool = False  # has no meaning for a single town: 0 there


def ratio(above: Any, below: Any) -> Floats:
    """Quotient of two arrays; 0 where there is nothing to divide by."""
    top, bottom = np.asarray(above, np.float64), np.asarray(below, np.float64)
    return np.divide(top, bottom, out=np.zeros(np.broadcast(top, bottom).shape), where=bottom != 0.0)


def with_city(by_town: Long) -> Long:
    """The city appended to sums by town: along the last axis, the total."""
    return np.concatenate([by_town, by_town.sum(axis=-1, keepdims=True)], axis=-1)


def by_town(town: Any, amounts: Any, towns: int) -> Long:
    """Whole amounts added up by town, the city last. Exact below 2^53."""
    return with_city(np.bincount(town, weights=amounts, minlength=towns).astype(np.int64))
