"""Every indicator there is, by name: unit, kind, words and meaning. Sorted, so that tables keep their order.

>>> INDICATORS[PLACE["space"]].zh
'空间优化指数'
"""

from __future__ import annotations

from typing import Final

from clustersim.indicators import clusters, counts, factors, functions, green, money, space
from clustersim.indicators.indicator import Indicator

INDICES: Final = ("space", "clusters", "factors", "functions", "green")
INDICATORS: Final[tuple[Indicator, ...]] = tuple(
    sorted(
        (
            *space.INDICATORS,
            *clusters.INDICATORS,
            *factors.INDICATORS,
            *functions.INDICATORS,
            *green.INDICATORS,
            *counts.INDICATORS,
            *money.INDICATORS,
        ),
        key=lambda one: one.name,
    )
)
PLACE: Final[dict[str, int]] = {one.name: place for place, one in enumerate(INDICATORS)}
