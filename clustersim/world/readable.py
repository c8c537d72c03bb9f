"""Columns as people read them: words for kinds, yuan, mu, m2 and kWh for counts, quarters as quarters.

What a raw number means follows from the unit its column declares. `firms.parquet` and the face of the model read here.

>>> plain_unit("fen"), plain_unit("log")
('yuan', 'log')
>>> stored("Grade", np.dtype(np.int8), words.Grade.D), stored("fen", np.dtype(np.int64), 12.5)
(4, 1250)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum, IntEnum
from typing import Any, Final

import numpy as np

from clustersim.foundation import words
from clustersim.foundation.words import CENTIARE, CENTIMU, FEN, Mark, Quarter, Violation
from clustersim.world.tables import World

Reader = Callable[[World, Any], list[Any]]

SCALES: Final = {
    "fen": (FEN, "yuan"), "0.01 mu": (CENTIMU, "mu"), "0.01 m2": (CENTIARE, "m2"), "Wh": (1000, "kWh"),
    "Wh a year": (1000, "kWh a year"),
}  # fmt: skip
KINDS: Final[dict[str, type[IntEnum]]] = {
    name: getattr(words, name)
    for name in (
        "Site", "Tenure", "Unit", "Pool", "Grade", "Stage", "Cause", "Clearance", "Action", "Developer", "ParkState",
    )
}  # fmt: skip


def plain_unit(unit: str) -> str:
    """The unit in which people read a column of this unit."""
    return SCALES[unit][1] if unit in SCALES else unit


def reader(unit: str) -> Reader:
    """How a raw column of this unit becomes a list of Python values: numbers, kinds, quarters, names.

    What is absent (no unit, no quarter, no row) is None; sets of bits are tuples, and rows of fixed width too.
    """
    if unit in KINDS:
        members = {int(one): one for one in KINDS[unit]}
        return lambda world, values: _named(members, values)
    return _READERS.get(unit, _row_numbers if unit.startswith("row of ") else _numbers(unit))


def in_words(world: World, values: Any, unit: str) -> Any:
    """The same as an array for a table: lower-case words, "" for what is absent, numbers with -1 for no row."""
    if unit == "row of Firms":  # a landlord is named by its identity
        return np.where(values >= 0, world.firms.uid[values], -1)
    if unit in KINDS or unit in _READERS:
        texts = np.empty(len(values), object)
        texts[:] = [_text(one) for one in reader(unit)(world, values)]
        return texts
    return values / SCALES[unit][0] if unit in SCALES else values


def stored(unit: str, dtype: np.dtype[Any], value: Any) -> Any:
    """A plain number, flag or kind as a column of this unit holds it; ValueError says what does not fit."""
    if dtype == np.bool_:
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{value!r} is neither True nor False")
        return bool(value)
    if unit in KINDS:
        return int(KINDS[unit](value))
    if unit == "Mark":
        if not isinstance(value, int) or value & ~sum(Mark):
            raise ValueError(f"{value!r} is not a Mark")
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise ValueError(f"{value!r} is not a number")
    number = float(value) * SCALES[unit][0] if unit in SCALES else float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not a finite number")
    if np.issubdtype(dtype, np.floating):
        return number
    if unit not in SCALES and number != round(number):
        raise ValueError(f"{value!r} is not a whole number")
    most = np.iinfo(dtype)
    if not most.min <= round(number) <= most.max:
        raise ValueError(f"{value!r} does not fit into its column")
    return round(number)


def _numbers(unit: str) -> Reader:
    def read(world: World, values: Any) -> list[Any]:
        plain = (values / SCALES[unit][0] if unit in SCALES else values).tolist()
        return [tuple(one) for one in plain] if values.ndim > 1 else list(plain)

    return read


def _row_numbers(world: World, values: Any) -> list[Any]:
    return [one if one >= 0 else None for one in values.tolist()]


def _quarters(world: World, values: Any) -> list[Any]:
    found = np.unique(values).tolist()
    return _named({one: Quarter.from_index(one) for one in found if one > 0}, values)


def _violations(world: World, values: Any) -> list[Any]:
    return [tuple(one for one in Violation if bits >> one & 1) for bits in values.tolist()]


def _sectors(world: World, values: Any) -> list[Any]:
    return [tuple(key for one, key in enumerate(world.sectors.key) if bits >> one & 1) for bits in values.tolist()]


def _named(names: dict[int, Any], values: Any) -> list[Any]:
    return [names.get(one) for one in values.tolist()]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(_text(one) for one in value)
        case Mark():
            return " ".join(str(one.name).lower() for one in Mark if one in value)
        case Enum():
            return value.name.lower()
    return str(value)


_READERS: Final[dict[str, Reader]] = {
    "row of Towns": lambda world, values: _named(dict(enumerate(world.towns.en)), values),
    "row of Sectors": lambda world, values: _named(dict(enumerate(world.sectors.key)), values),
    "quarter index": _quarters,
    "Mark": lambda world, values: [Mark(one) for one in values.tolist()],
    "bits of Violation": _violations,
    "bits of Sectors": _sectors,
}
