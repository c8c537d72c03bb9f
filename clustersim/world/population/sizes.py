"""How large firms are: a lognormal below 20 million yuan and a truncated Pareto tail above.

Sizes are taken in strata of equal probability, so that totals hardly depend on the seed and a small city has the
shares of the full one: below scale the middle of each stratum, above scale its mean, for there one firm more or less
would move the total.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.mathematics import logarithm, power
from clustersim.world.columns import Floats
from clustersim.world.population.luck import exp, log, quantiles, total

_MILLION: Final = 1e6


def normal_share(x: float) -> float:
    """Share of a standard normal distribution below x, by halving on the quantile.

    >>> round(normal_share(1.857), 4)
    0.9683
    """
    low, high = 1e-12, 1.0 - 1e-12
    for _ in range(60):
        middle = 0.5 * (low + high)
        if quantiles(np.array([middle]))[0] < x:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def below_scale(count: int, a: Assumptions) -> Floats:
    """Yearly revenue (yuan) of `count` firms below scale, rising: middles of equal strata of the cut lognormal."""
    mean = a.below_log_mean + logarithm(_MILLION)
    within = normal_share((logarithm(a.above_scale_line) - mean) / a.below_log_spread)
    middles = (np.arange(count) + 0.5) / count * within
    return exp(mean + a.below_log_spread * quantiles(middles))


def tail_mean(exponent: float, least: float, most: float) -> float:
    """Mean of a Pareto distribution with tail exponent (CCDF), cut at `most`.

    >>> round(tail_mean(1.17, 20.0, 14_000.0), 1)
    92.5
    """
    return float(_stratum_means(np.array([0.0, 1.0]), exponent, least, most)[0])


def tail_exponent(mean: float, least: float, most: float) -> float:
    """The exponent at which the cut tail has this mean."""
    low, high = 0.2001, 4.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if tail_mean(middle, least, most) > mean:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def above_scale(count: int, mean: float, a: Assumptions) -> Floats:
    """Yearly revenue (yuan) of `count` firms above scale, falling: means of equal strata of a tail with this mean."""
    exponent = tail_exponent(mean, a.above_scale_line, a.largest_revenue)
    edges = np.arange(count + 1) / count
    return _stratum_means(edges, exponent, a.above_scale_line, a.largest_revenue)[::-1].copy()


def both(size: int, above: int, a: Assumptions) -> tuple[Floats, Floats]:
    """Revenues below scale (rising) and above (falling), the latter with their share of all revenue."""
    below = below_scale(size - above, a)
    if above == 0:
        return below, np.empty(0)
    share = a.above_scale_output_share
    mean = total(below) * share / (1.0 - share) / above
    return below, above_scale(above, mean, a)


def _stratum_means(edges: Floats, exponent: float, least: float, most: float) -> Floats:
    """Means of the cut tail between neighbouring probabilities; `1 - 1 / exponent` must not be 0."""
    held = 1.0 - power(least / most, exponent)
    order = 1.0 - 1.0 / exponent
    if abs(order) < 1e-9:
        order = 1e-9
    upper = exp(order * log(1.0 - edges * held))
    return np.asarray(least / held / order * (upper[:-1] - upper[1:]) / np.diff(edges))
