"""The tables of evidence that come with the package, and how a file of one's own takes their place.

Every table has columns for standing and source. `--data DIR` names a folder whose files replace those of the same
name; whatever is wrong in one is said in one line: file, line, column, what is allowed.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

FILES: Final = (
    "towns.csv", "sectors.csv", "sector_chain.csv", "grid_1km.csv", "grid_500m.csv", "parks.csv", "blocks.csv",
    "city_totals.csv",
)  # fmt: skip


class DataError(ValueError):
    """A data file that cannot be used; the message names file, line and column and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column a table needs: words, a number between bounds, or a whole number between bounds."""

    name: str
    kind: type = str  # str, float or int
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind is str:
            return "words"
        return f"a {'whole number' if self.kind is int else 'number'} from {self.low:g} to {self.high:g}"

    def read(self, text: str) -> Any:
        """The value a cell holds; ValueError when it holds something else."""
        text = text.strip()
        if self.kind is str:
            if not text or (self.choices and text not in self.choices):
                raise ValueError(text)
            return text
        value = float(text)
        if not self.low <= value <= self.high or (self.kind is int and not value.is_integer()):
            raise ValueError(text)
        return int(value) if self.kind is int else value


def path_of(name: str, data: Path | None = None) -> Path:
    """Where a table is read from: the user's folder if it has a file of that name, else the package."""
    if data is not None:
        if not data.is_dir():
            raise DataError(f"{data}: there is no such folder of data files")
        strange = sorted(one.name for one in data.glob("*.csv") if one.name not in FILES)
        if strange:
            raise DataError(f"{data / strange[0]}: not a data file of this model; known are {', '.join(FILES)}")
        if (data / name).is_file():
            return data / name
    return Path(str(resources.files("clustersim.world") / "data" / name))


def read(name: str, fields: tuple[Field, ...], data: Path | None = None) -> dict[str, list[Any]]:
    """The needed columns of a table by name, as Python values in file order. Other columns are for people.

    >>> read("city_totals.csv", (Field("variable"), Field("value", float, 0.0)))["variable"][0]
    'above_scale_firms'
    """
    path = path_of(name, data)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            missing = [one.name for one in fields if one.name not in header]
            if missing:
                raise DataError(
                    f"{path}:1: column {missing[0]} is missing; needed are {', '.join(f.name for f in fields)}"
                )
            places = [header.index(one.name) for one in fields]
            columns: list[list[Any]] = [[] for _ in fields]
            for cells in lines:
                if cells:
                    _read_line(path, lines.line_num, cells, fields, places, columns)
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise DataError(f"{path}: cannot be read as a table in UTF-8 ({wrong})") from None
    if not columns[0]:
        raise DataError(f"{path}:2: the table has no rows")
    return {one.name: column for one, column in zip(fields, columns, strict=True)}


def _read_line(
    path: Path, line: int, cells: list[str], fields: tuple[Field, ...], places: list[int], columns: list[list[Any]]
) -> None:
    for field, place, column in zip(fields, places, columns, strict=True):
        text = cells[place] if place < len(cells) else ""
        try:
            column.append(field.read(text))
        except ValueError:
            raise DataError(f"{path}:{line}: {field.name}: {text!r} is not {field.allowed}") from None


def unique(name: str, column: str, values: list[str], data: Path | None = None) -> None:
    """Refuse a table that names the same thing twice."""
    for row, value in enumerate(values):
        if value in values[:row]:
            raise DataError(f"{path_of(name, data)}:{row + 2}: {column}: {value!r} stands there twice")
