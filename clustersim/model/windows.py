"""Agents that are windows: each looks at one row of a table and keeps nothing of its own.

A window is made when somebody asks for it and thrown away after. It never goes through `mesa.Agent.__init__`, which
would register it with the model and keep every model that ever made an agent alive (`Agent._ids`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

import mesa
import numpy as np

from clustersim.world import readable
from clustersim.world.columns import Long, Table, described_columns

if TYPE_CHECKING:
    from clustersim.model.cluster_model import ClusterModel


class Column(property):
    """One column as an attribute of a window, in words and plain units; `many` reads it for many rows at once."""

    def __init__(self, name: str, about: dict[str, Any]) -> None:
        self.name, self.about, self.unit = name, about, about["unit"]
        unit = _SHOWN.get(self.unit, readable.plain_unit(self.unit))
        super().__init__(self._read, self._write)
        meaning = about["meaning"].replace("NOBODY", "None")
        self.__doc__ = f"{meaning} [{unit}]" if unit else meaning
        self._reader = readable.reader(self.unit)

    def many(self, model: ClusterModel, kind: type[Window], rows: Any) -> list[Any]:
        """The values of rows, in their order."""
        world = model.world
        found = self._reader(world, getattr(kind.table_of(model), self.name)[rows])
        link = _LINKS.get(self.unit)
        return found if link is None else [None if row is None else link(model, row) for row in found]

    def write(self, model: ClusterModel, kind: type[Window], rows: Any, value: Any) -> None:
        """Set one value in all rows; AttributeError says why the column cannot be set, ValueError what is allowed."""
        if self.name not in kind.settable:
            raise AttributeError(f"{kind.__name__.lower()}.{self.name} cannot be set: {kind.reason(self.name)}")
        try:
            raw = readable.stored(self.unit, self.about["dtype"], value)
            low, high = kind.settable[self.name]
            if not low <= value <= high:
                raise ValueError(f"{value!r} is not from {low:g} to {high:g}")
        except ValueError as wrong:
            raise ValueError(f"{kind.__name__.lower()}.{self.name}: {wrong}") from None
        getattr(kind.table_of(model), self.name)[rows] = raw

    def _read(self, window: Window) -> Any:
        row = window.own_row()
        return self.many(window.model, type(window), slice(row, row + 1))[0]

    def _write(self, window: Window, value: Any) -> None:
        self.write(window.model, type(window), window.living_row(), value)


class Window(mesa.Agent):
    """A Mesa agent that reads and writes one row. Two windows on one row of one model are equal.

    A subclass may add properties and methods; what it wants to remember it has to keep elsewhere, since a window does
    not last.
    """

    __slots__ = ("model", "row", "unique_id")

    table: ClassVar[str]  # the table of the world it looks at
    key: ClassVar[str] = ""  # the column that identifies a row for life; the row number where there is none
    settable: ClassVar[dict[str, tuple[float, float]]] = {}  # columns that may be set, with their bounds
    pos = None  # Mesa 3 asks every agent it draws for it, and goes on to `cell`

    model: ClusterModel
    row: int
    unique_id: int

    if TYPE_CHECKING:  # one attribute a column

        def __getattr__(self, name: str) -> Any: ...

    def __init_subclass__(cls, columns: type[Table] | None = None, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name, about in described_columns(columns).items() if columns else ():
            if name not in cls.__dict__:
                setattr(cls, name, Column(name, about))

    def __init__(self, model: ClusterModel, row: int) -> None:
        _set(self, "model", model)
        _set(self, "row", int(row))
        _set(self, "unique_id", int(self.identities(model)[row]))

    def __reduce__(self) -> Any:
        # Identity and row come first and the model after, so that a copied set can hash a window at once.
        return _again, (type(self), self.row, self.unique_id), {"model": self.model}

    def __setstate__(self, state: dict[str, Any]) -> None:
        _set(self, "model", state["model"])

    @classmethod
    def table_of(cls, model: ClusterModel) -> Any:
        """The table whose rows these are."""
        return getattr(model.world, cls.table)

    @classmethod
    def identities(cls, model: ClusterModel) -> Any:
        """Identities by row."""
        table = cls.table_of(model)
        return getattr(table, cls.key) if cls.key else np.arange(len(table))

    @classmethod
    def present(cls, model: ClusterModel) -> Long:
        """Rows of all agents of this kind there are now, in the order of their identities: all rows, if not said."""
        return np.arange(len(cls.table_of(model)))

    @classmethod
    def reason(cls, name: str) -> str:
        """Why a column cannot be set."""
        return "it follows from the rules: change the levers or what it depends on"

    def own_row(self) -> int:
        """The row; LookupError when it is another's by now."""
        return self.row

    def living_row(self) -> int:
        """The row, if it may be changed."""
        return self.own_row()

    def remove(self) -> NoReturn:
        """Refused: what comes and goes is decided by the rules."""
        raise TypeError(f"a {type(self).__name__.lower()} comes and goes by the rules of the model, not by a call")

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **more: Any) -> NoReturn:
        """Refused, as `remove` is."""
        raise TypeError(f"a {cls.__name__.lower()} comes and goes by the rules of the model, not by a call")

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(getattr(type(self), name, None), "__set__") or name in Window.__slots__:
            raise AttributeError(
                f"a {type(self).__name__.lower()} has no {name!r} to set: it is a window made on demand and forgets "
                "what is not a column; keep values of your own in the model, by unique_id"
            )
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Window):
            return NotImplemented
        return type(self) is type(other) and self.model is other.model and self.unique_id == other.unique_id

    def __hash__(self) -> int:
        return hash((type(self), self.unique_id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.unique_id})"


def _again(kind: type[Window], row: int, identity: int) -> Window:
    window = object.__new__(kind)
    _set(window, "row", row)
    _set(window, "unique_id", identity)
    return window


_set: Final = object.__setattr__  # past the guard of `Window.__setattr__`
_SHOWN: Final = {
    "row of Firms": "Firm", "row of Parks": "Park", "row of Parks or Blocks": "Park", "row of Cells": "Cell",
    "row of Towns": "name", "row of Sectors": "key", "bits of Sectors": "keys", "bits of Violation": "Violations",
    "quarter index": "Quarter",
}  # fmt: skip
_LINKS: Final[dict[str, Any]] = {
    "row of Firms": lambda model, row: model.firm_type(model, row),
    "row of Parks": lambda model, row: model.park_type(model, row),
    "row of Cells": lambda model, row: model.grid.cell_at(row),
}
