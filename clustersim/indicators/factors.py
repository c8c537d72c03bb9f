"""Factors 要素集聚: whether land, power and labour are in good hands.

Half of the index is the share of each factor used by firms on good terms with the lines of 2021Q2, or inside parks;
half is the mean rank of the productivity of each factor, weighted by its use (0.5 when use and rank are unrelated).

The line of good use is absolute, so that no quota fixes it by definition: the below-scale score of the evaluation
(50 points for output per mu, 50 per kWh, each over the city's mean and at most 1.5 of it), with the means of 2021Q2,
at the height that `good_share` of all firms reached then. Until 2021Q2 the line is that of the quarter itself.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rule, sweep
from clustersim.foundation.words import Site
from clustersim.indicators import tallies as of
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, ratio
from clustersim.indicators.tallies import FACTORS
from clustersim.world.columns import Flags, Floats, Long, Short, Small
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_MOST: Final = 1.5  # of the mean that either half of the score may count
_STEPS: Final = 1000  # of the score from which the line is read

_LAND: Final = "land, shared on a plot by floor"
INDICATORS: Final = (
    Indicator("factors", "0 to 1", "index", "要素集聚指数", "Factors index",
              "half the share of land, power and labour in good hands, half their use-weighted productivity rank", 1),
    Indicator("good_hands_land", "share", "ratio", "优质企业用地占比", "Land in good hands",
              f"{_LAND}, used in parks or by firms above the line of 2021Q2", 1),
    Indicator("good_hands_power", "share", "ratio", "优质企业用电占比", "Power in good hands",
              "electricity used in parks or by firms above the line of 2021Q2", 1),
    Indicator("good_hands_labour", "share", "ratio", "优质企业用工占比", "Labour in good hands",
              "jobs in parks or with firms above the line of 2021Q2", 1),
    Indicator("rank_land", "0 to 1", "ratio", "用地效率分位", "Rank of land productivity",
              "rank of output per mu among all firms, weighted by land; 0.5 when unrelated", 1),
    Indicator("rank_power", "0 to 1", "ratio", "用电效率分位", "Rank of power productivity",
              "rank of output per kWh among all firms, weighted by electricity; 0.5 when unrelated", 1),
    Indicator("rank_labour", "0 to 1", "ratio", "用工效率分位", "Rank of labour productivity",
              "rank of output per worker among all firms, weighted by workers; 0.5 when unrelated", 1),
    Indicator("olley_pakes", "log", "ratio", "劳动配置协方差", "Olley-Pakes covariance",
              "mean log productivity weighted by jobs, less the plain mean: how far labour is where it earns most", 1),
)  # fmt: skip


@rule
def use_score(per_mu: float, per_kwh: float, mean_per_mu: float, mean_per_kwh: float) -> float:
    """Half for output per mu, half per kWh, each over its mean and at most 1.5 of it.

    >>> use_score(100.0, 20.0, 100.0, 40.0), use_score(900.0, 900.0, 100.0, 40.0)
    (0.75, 1.5)
    """
    return 0.5 * min(per_mu / mean_per_mu, _MOST) + 0.5 * min(per_kwh / mean_per_kwh, _MOST)


def ranks_of(histogram: Long) -> Long:
    """[factor, bin] mean rank of the firms in a bin, in 1e-6: those below it and half of its own.

    >>> ranks_of(np.array([[1, 2, 1]])).tolist()
    [[125000, 500000, 875000]]
    """
    to_here = np.cumsum(histogram, axis=1)
    return (2 * to_here - histogram) * 500_000 // np.maximum(to_here[:, -1:], 1)


def good_lines(world: World, census: Census, assumptions: Assumptions) -> Floats:
    """[3] the mean revenue a mu and a kWh, and the score that `good_share` of firms reach, all as of now."""
    sums = census.sums[-1]
    means = ratio(0.01 * sums[of.SALES], np.array([sums[of.LAND_USED] / of.FINE, sums[of.KWH]]))
    if means[0] <= 0.0 or means[1] <= 0.0:
        return np.zeros(3)
    firms = world.firms
    counts = sum(over_rows(
        _score_counts, world.rows, float(means[0]), float(means[1]), firms.alive, firms.revenue, firms.kwh_per_yuan,
        census.land_used,
    ))  # fmt: skip
    below = np.cumsum(counts)
    line = int(np.searchsorted(below, (1.0 - assumptions.good_share) * below[-1], side="right"))
    return np.array([means[0], means[1], line / _STEPS])


def measure_factors(world: World, census: Census, assumptions: Assumptions) -> Columns:
    """The index and its parts."""
    firms, lines = world.firms, world.city.good_lines
    if lines[0] <= 0.0:
        lines = good_lines(world, census, assumptions)
    parts = sum(over_rows(
        _weigh, world.rows, len(world.towns), ranks_of(census.histogram), float(lines[0]), float(lines[1]),
        float(lines[2]), firms.alive, firms.town, firms.site, firms.revenue, firms.kwh_per_yuan, firms.employees,
        census.land_used, census.bins,
    ))  # fmt: skip
    parts = np.concatenate([parts, parts.sum(axis=0, keepdims=True)])
    sums = census.sums
    use = sums[:, [of.LAND_USED, of.KWH, of.MILLI_JOBS]]
    rank, good = 1e-6 * ratio(parts[:, 0], use), ratio(parts[:, 1], use)
    weighted = ratio(sums[:, of.JOBS_PRODUCTIVITY], sums[:, of.JOBS])
    return {
        "factors": 0.5 * good.mean(axis=1) + 0.5 * rank.mean(axis=1),
        "good_hands_land": good[:, 0], "good_hands_power": good[:, 1], "good_hands_labour": good[:, 2],
        "rank_land": rank[:, 0], "rank_power": rank[:, 1], "rank_labour": rank[:, 2],
        "olley_pakes": weighted - 1e-6 * ratio(sums[:, of.PRODUCTIVITY], sums[:, of.FIRMS]),
    }  # fmt: skip


@sweep
def _weigh(
    first: int, last: int, towns: int, ranks: Long, mean_per_mu: float, mean_per_kwh: float, line: float,
    alive: Flags, town: Small, site: Small, revenue: Floats, kwh_per_yuan: Floats, employees: Floats, land_used: Long,
    bins: Short,
) -> Long:  # fmt: skip
    """[town, rank or good, factor] use weighted by rank (1e-6), and use in good hands."""
    sums = np.zeros((towns, 2, FACTORS), np.int64)
    use, ranked = np.zeros((FACTORS, BLOCK), np.int64), np.append(ranks, np.zeros((FACTORS, 1), np.int64), axis=1)
    good = np.zeros(BLOCK, np.bool_)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, towns_here, lands = alive[at], town[at], land_used[at]
        _find_use(use[1], use[2], living, revenue[at], kwh_per_yuan[at], employees[at])
        _judge(good, site[at], revenue[at], kwh_per_yuan[at], lands, mean_per_mu, mean_per_kwh, line)
        for one in range(len(living)):
            total = sums[towns_here[one]]
            in_good = np.int64(good[one])
            land, power, labour = lands[one], use[1, one], use[2, one]
            total[0, 0] += land * ranked[0, bins[0, start + one]]  # bin -1, the last, has no rank
            total[0, 1] += power * ranked[1, bins[1, start + one]]
            total[0, 2] += labour * ranked[2, bins[2, start + one]]
            total[1, 0] += land * in_good
            total[1, 1] += power * in_good
            total[1, 2] += labour * in_good
    return sums


@sweep
def _find_use(
    power: Long, labour: Long, alive: Flags, revenue: Floats, kwh_per_yuan: Floats, employees: Floats
) -> None:  # fmt: skip
    """KWh a year and 1e-3 people; nothing of who has gone."""
    for one in range(len(alive)):
        power[one] = np.int64(revenue[one] * kwh_per_yuan[one] + 0.5) if alive[one] else 0
        labour[one] = np.int64(employees[one] * 1000.0 + 0.5) if alive[one] else 0


@sweep
def _judge(
    good: Flags, site: Small, revenue: Floats, kwh_per_yuan: Floats, land_used: Long, mean_per_mu: float,
    mean_per_kwh: float, line: float,
) -> None:  # fmt: skip
    for one in range(len(site)):
        per_mu = revenue[one] * of.FINE / max(land_used[one], 1)
        per_kwh = revenue[one] / max(revenue[one] * kwh_per_yuan[one], 1e-9)
        good[one] = (site[one] == _PARK) | (use_score(per_mu, per_kwh, mean_per_mu, mean_per_kwh) >= line)


@sweep
def _score_counts(
    first: int, last: int, mean_per_mu: float, mean_per_kwh: float, alive: Flags, revenue: Floats,
    kwh_per_yuan: Floats, land_used: Long,
) -> Long:  # fmt: skip
    """[step] firms by score, in steps of 0.001."""
    counts = np.zeros(np.int64(_MOST * _STEPS) + 1, np.int64)
    for row in range(first, last):
        if alive[row]:
            per_mu = revenue[row] * of.FINE / max(land_used[row], 1)
            per_kwh = revenue[row] / max(revenue[row] * kwh_per_yuan[row], 1e-9)
            counts[np.int64(use_score(per_mu, per_kwh, mean_per_mu, mean_per_kwh) * _STEPS)] += 1
    return counts
