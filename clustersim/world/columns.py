"""Typed columns with unit and meaning: how every table of the world is declared.

A table is a dataclass of one-dimensional (or small fixed-width) arrays that are changed in place, and rebound only
where a table grows between two quarters.

>>> from dataclasses import dataclass
>>> @dataclass(slots=True)
... class Boats(Table):
...     length: Floats = column(np.float64, "m", "length over all")
...     crew: Small = column(np.int8, "people", "people aboard", start=1)
>>> fleet = Boats.with_rows(3)
>>> fleet.length[0] = 12.5
>>> fleet.copy(rows=4).crew.tolist()
[1, 1, 1, 1]
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Long = npt.NDArray[np.int64]
Whole = npt.NDArray[np.int32]
Short = npt.NDArray[np.int16]
Small = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


def column(dtype: Any, unit: str, meaning: str, *, width: tuple[int, ...] = (), start: float = 0) -> Any:
    """Declare a column: its type, unit and meaning, the shape of one row and the value of an unused one."""
    described = {"dtype": np.dtype(dtype), "unit": unit, "meaning": meaning, "width": width, "start": start}
    return field(metadata={"column": described})


@dataclass(slots=True)
class Table:
    """A table of columns that all have the same number of rows."""

    @classmethod
    def with_rows(cls, rows: int) -> Self:
        """A table whose every row is unused."""
        return cls(
            **{one.name: _column(rows, about) for one in dataclasses.fields(cls) if (about := one.metadata["column"])}
        )

    def __len__(self) -> int:
        return len(getattr(self, next(iter(self.__dataclass_fields__))))

    def copy(self, rows: int | None = None, used: int | None = None) -> Self:
        """A copy that shares nothing: the first `used` rows (all, if not said), and unused ones up to `rows`."""
        used = len(self) if used is None else used
        rows = len(self) if rows is None else rows
        if rows < used:
            raise ValueError(f"a table of {used} rows cannot be copied into {rows}")
        fresh = type(self).with_rows(rows)
        for one in dataclasses.fields(self):
            getattr(fresh, one.name)[:used] = getattr(self, one.name)[:used]
        return fresh

    def make_room(self, rows: int) -> None:
        """Grow to at least `rows` rows, column by column, so that only one of them stands in memory twice."""
        if rows <= len(self):
            return
        rows += rows // 32
        for one in dataclasses.fields(self):
            old = getattr(self, one.name)
            grown = _column(rows, one.metadata["column"])
            grown[: len(old)] = old
            setattr(self, one.name, grown)


def _column(rows: int, about: dict[str, Any]) -> Any:
    """An unused column. Zeros take no memory until they are written to."""
    shape = (rows, *about["width"])
    return np.full(shape, about["start"], about["dtype"]) if about["start"] else np.zeros(shape, about["dtype"])


def described_columns(table: type[Table]) -> dict[str, dict[str, Any]]:
    """Type, unit and meaning of every column, for docs and for the face of the model."""
    return {one.name: dict(one.metadata["column"]) for one in dataclasses.fields(table)}
