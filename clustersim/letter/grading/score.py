"""The score of the per-mu evaluation (亩均评价), and the chances of a grade that firms reckon with (4.1)."""

from __future__ import annotations

from clustersim.foundation.compiled import rule
from clustersim.foundation.mathematics import logarithm, logistic


@rule
def points(value: float, base: float, weight: float, cap: float) -> float:
    """Points of one measure: its weight times value over base, from 0 to `cap` weights; nothing without a base.

    >>> points(12.0, 24.0, 30.0, 1.5), points(240.0, 24.0, 30.0, 1.5), points(-1.0, 24.0, 30.0, 1.5)
    (15.0, 45.0, 0.0)
    """
    if base <= 0.0:
        return 0.0
    return weight * min(max(value / base, 0.0), cap)


@rule
def sublet_penalty(tenants: int, first: float, more: float) -> float:
    """Points an owner loses for its below-scale tenants.

    >>> [sublet_penalty(tenants, 10.0, 5.0) for tenants in (0, 1, 3)]
    [0.0, 10.0, 20.0]
    """
    if tenants <= 0:
        return 0.0
    return first + more * (tenants - 1)


@rule
def chances_at(
    log_score: float, log_a: float, log_b: float, log_c: float, spread: float
) -> tuple[float, float, float, float]:
    """Chances of grades A to D next year for a log score against the logs of the last cut-offs.

    >>> chances = chances_at(log_points(60.0), log_points(90.0), log_points(60.0), log_points(30.0), 0.05)
    >>> [round(one, 3) for one in chances], round(sum(chances), 12)
    ([0.0, 0.5, 0.5, 0.0], 1.0)
    """
    at_least_a = logistic((log_score - log_a) / spread)
    at_least_b = max(logistic((log_score - log_b) / spread), at_least_a)
    at_least_c = max(logistic((log_score - log_c) / spread), at_least_b)
    return at_least_a, at_least_b - at_least_a, at_least_c - at_least_b, 1.0 - at_least_c


@rule
def log_points(score: float) -> float:
    """Logarithm of a score or a cut-off; the lowest scores count as a millionth of a point."""
    return logarithm(max(score, 1e-6))


@rule
def tax_to_reach(score: float, wanted: float, tax: float, points_a_yuan: float, most_points: float) -> float:
    """Yuan of tax that would lift a score to `wanted`; -1 when the tax points are at their cap before that.

    `points_a_yuan` is what one yuan more adds, `most_points` what all further tax may still add.

    >>> tax_to_reach(28.0, 30.0, 10_000.0, 0.001, 40.0), tax_to_reach(28.0, 30.0, 10_000.0, 0.001, 1.0)
    (2000.0, -1.0)
    """
    missing = wanted - score
    if missing <= 0.0:
        return 0.0
    if points_a_yuan <= 0.0 or missing > most_points or tax <= 0.0:
        return -1.0
    return missing / points_a_yuan
