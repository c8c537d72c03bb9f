"""One firm as plain Python numbers: a window on its row of the table.

>>> from clustersim.world.firms import Firms
>>> firms = Firms.with_rows(3)
>>> one = FirmRow(firms, 1)
>>> one.revenue = 2.5e6
>>> one.revenue *= 2
>>> firms.revenue.tolist(), one.revenue
([0.0, 5000000.0, 0.0], 5000000.0)
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms


class FirmRow:
    """The columns of one row, in the units of the table (fen, 0.01 mu, quarter index ...), to read and to write."""

    __slots__ = ("number", "table")

    def __init__(self, table: Firms, number: int) -> None:
        self.table = table
        self.number = number

    if TYPE_CHECKING:  # one property a column, made below

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


def _property(name: str) -> property:
    column = attrgetter(name)

    def read(row: FirmRow) -> Any:
        return column(row.table).item(row.number)

    def write(row: FirmRow, value: Any) -> None:
        column(row.table)[row.number] = value

    return property(read, write)


for _name in described_columns(Firms):
    setattr(FirmRow, _name, _property(_name))
