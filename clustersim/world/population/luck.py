"""Draws for whole columns at once, and the few sums and curves the population needs, the same on every machine."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from clustersim.foundation.compiled import over_rows, sweep
from clustersim.foundation.draws import normal, uniform
from clustersim.foundation.mathematics import exponential, logarithm, normal_quantile
from clustersim.foundation.words import Luck
from clustersim.world.columns import Flags, Floats, Long

_POPULATION: Final = int(Luck.POPULATION)
_HETEROGENEITY: Final = int(Luck.HETEROGENEITY)
Rows = npt.NDArray[np.integer[Any]]


class Draw(IntEnum):
    """What is drawn once about a firm, a block, a park or a cell. A number is for life: it addresses the luck."""

    ORDER = 1  # who is above scale, and in what order firms take their town and sector
    SIZE = 2
    PLACE_ABOVE = 3
    TOWN_ABOVE = 4
    REGISTERED = 5
    VILLAGE = 6
    PARK = 7
    OWNER = 8
    BLOCK = 9
    LAND = 10
    FLOOR = 11
    RATIO = 12
    LANDLORD = 13
    LET = 14
    TENANTS = 15
    ABSENT = 16
    CELL = 17
    PRODUCTIVITY = 18
    LABOUR = 19
    ELECTRICITY = 20
    EMISSION = 21
    SAFETY = 22
    ENVIRONMENT = 23
    FIRE = 24
    ENERGY = 25
    PREMISES = 26
    UNLICENSED = 27
    OUTDATED = 28
    MARGIN = 29
    CASH = 30
    AGE = 31
    RESEARCH = 32
    TAX = 33
    CELL_DENSITY = 34
    BLOCK_LAND = 35
    BLOCK_RATIO = 36
    BLOCK_CELL = 37
    REUSE_CELL = 38
    BLOCK_ORDER = 39


def uniforms(seed: int, uids: Rows, draw: Draw, *, shape_of_city: bool = False) -> Floats:
    """A number in (0, 1) for each uid: of the purpose POPULATION for what shapes the city, else HETEROGENEITY."""
    out = np.empty(len(uids))
    purpose = _POPULATION if shape_of_city else _HETEROGENEITY
    over_rows(_uniforms, len(uids), np.int64(seed), purpose, int(draw), uids.astype(np.int64), out)
    return out


def normals(seed: int, uids: Rows, draw: Draw) -> Floats:
    """A standard normal number for each uid."""
    out = np.empty(len(uids))
    over_rows(_normals, len(uids), np.int64(seed), _HETEROGENEITY, int(draw), uids.astype(np.int64), out)
    return out


def exp(x: Floats) -> Floats:
    """Our own exponential of a column."""
    out = np.empty(len(x))
    over_rows(_exp, len(x), np.ascontiguousarray(x), out)
    return out


def log(x: Floats) -> Floats:
    """Our own logarithm of a column."""
    out = np.empty(len(x))
    over_rows(_log, len(x), np.ascontiguousarray(x), out)
    return out


def quantiles(probabilities: Floats) -> Floats:
    """Standard normal quantiles of a column of probabilities."""
    out = np.empty(len(probabilities))
    over_rows(_quantiles, len(probabilities), np.ascontiguousarray(probabilities), out)
    return out


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x) of a column."""
    return np.asarray(1.0 / (1.0 + exp(-x)))


def total(values: Floats, unit: float = 1e-3) -> float:
    """The sum of a column in whole units, so that no order of adding can change it."""
    return float(np.rint(values / unit).astype(np.int64).sum() * unit)


def sums(values: Floats, groups: Rows, count: int, unit: float = 1e-3) -> Floats:
    """Sums of a column by group, in whole units.

    >>> sums(np.array([1.5, 2.0, 4.0]), np.array([1, 1, 0]), 2).tolist()
    [4.0, 3.5]
    """
    out = np.zeros(count, np.int64)
    np.add.at(out, groups, np.rint(values / unit).astype(np.int64))
    return np.asarray(out * unit)


def highest(score: Floats, among: Flags, count: int) -> Flags:
    """The `count` rows with the highest score among those allowed; ties go to the first row.

    >>> highest(np.array([3.0, 9.0, 3.0, 1.0]), np.array([True, False, True, True]), 1).tolist()
    [True, False, False, False]
    """
    chosen = np.zeros(len(score), np.bool_)
    rows = np.flatnonzero(among)
    chosen[rows[np.argsort(-score[rows], kind="stable")[: max(count, 0)]]] = True
    return chosen


def ranks(score: Floats) -> Long:
    """Place of each value from the lowest, 0, up.

    >>> ranks(np.array([0.3, 0.1, 0.2])).tolist()
    [2, 0, 1]
    """
    out = np.empty(len(score), np.int64)
    out[np.argsort(score, kind="stable")] = np.arange(len(score))
    return out


@sweep
def _uniforms(first: int, last: int, seed: int, purpose: int, draw: int, uids: Long, out: Floats) -> None:
    for row in range(first, last):
        out[row] = uniform(seed, purpose, 0, uids[row], draw)


@sweep
def _normals(first: int, last: int, seed: int, purpose: int, draw: int, uids: Long, out: Floats) -> None:
    for row in range(first, last):
        out[row] = normal(seed, purpose, 0, uids[row], draw)


@sweep
def _exp(first: int, last: int, x: Floats, out: Floats) -> None:
    for row in range(first, last):
        out[row] = exponential(x[row])


@sweep
def _log(first: int, last: int, x: Floats, out: Floats) -> None:
    for row in range(first, last):
        out[row] = logarithm(x[row])


@sweep
def _quantiles(first: int, last: int, x: Floats, out: Floats) -> None:
    for row in range(first, last):
        out[row] = normal_quantile(x[row])
