"""The mean over seeds and its 95 % interval, by Student's t; a share of seeds and its own, by Wilson.

>>> one = interval(np.array([1.0, 2.0, 3.0]))
>>> round(one.mean, 3), round(one.low, 3), round(one.high, 3)
(2.0, -0.484, 4.484)
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.world.columns import Floats

_FIRST: Final = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582)  # 97.5 % quantiles for 1 to 5 degrees of freedom
_NORMAL: Final = 1.959963985


class Interval(NamedTuple):
    """A mean and its 95 % interval; without one (a single seed) both ends are NaN."""

    mean: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """Half its width."""
        return (self.high - self.low) / 2.0


def interval(values: Floats) -> Interval:
    """The mean of some seeds, and the 95 % interval of the mean."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean, float("nan"), float("nan"))
    half = t_quantile(len(values) - 1) * float(np.std(values, ddof=1)) / float(np.sqrt(len(values)))
    return Interval(mean, mean - half, mean + half)


def share_interval(met: int, count: int) -> Interval:
    """The share of seeds in which something was met, and its 95 % interval by Wilson: within 0 and 1, never empty.

    >>> one = share_interval(18, 20)
    >>> round(one.mean, 2), round(one.low, 3), round(one.high, 3)
    (0.9, 0.699, 0.972)
    """
    share, z2 = met / count, _NORMAL**2 / count
    middle = (share + z2 / 2.0) / (1.0 + z2)
    half = float(np.sqrt(z2 * (share * (1.0 - share) + z2 / 4.0))) / (1.0 + z2)
    return Interval(share, min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share))


def t_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, right to 1e-4: a table, then the expansion of Hill (Abramowitz 26.7.5).

    >>> round(t_quantile(1), 3), round(t_quantile(6), 3), round(t_quantile(19), 3)
    (12.706, 2.447, 2.093)
    """
    if freedom <= len(_FIRST):
        return _FIRST[freedom - 1]
    z, v = _NORMAL, float(freedom)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
