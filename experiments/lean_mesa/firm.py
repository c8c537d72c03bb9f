"""A firm as a Mesa agent: the columns of one row as plain attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from clustersim.foundation.words import NOBODY
from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms
from clustersim.world.tables import World

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity

# Columns that a firm here has no use for: its place in the table, what is one number for all, and wishes of a quarter
LEFT_OUT = {
    "uid", "gone", "exit_cause", "masked", "action", "target", "target_unit", "target_floor", "target_buy", "reward",
    "landlord",
}  # fmt: skip
IN_YUAN = ("cash", "surcharge_paid", "fine_due", "revenue_year", "revenue_last_year", "tax_year", "tax_last_year")
IN_KWH = ("kwh_year", "kwh_last_year", "kwh_base")
COPIED = tuple(name for name in described_columns(Firms) if name not in LEFT_OUT)
STARTS = {name: about["start"] for name, about in described_columns(Firms).items() if name in COPIED}
# Beside the columns: who lets to it, floor it lets (0.01 m2) and rent coming in, days to cure, figures of a grading
OWN = {"landlord": None, "let": 0, "rent_in": 0.0, "came": -1.0, "cure": 0.0, "figures": None, "rate": 0.0}


class Firm(mesa.Agent):
    """A firm. Attributes are the columns of `clustersim.world.firms.Firms`, money in yuan and electricity in kWh."""

    __slots__ = (*COPIED, *OWN)

    def __init__(self, model: LeanCity, **attributes: Any) -> None:
        """A living firm; what is not said starts as an unused row of the columns does."""
        super().__init__(model)
        for name, value in {**STARTS, **OWN, **attributes}.items():
            setattr(self, name, value)


def firms_of(model: LeanCity, world: World) -> list[list[Firm]]:
    """[town] an agent for every living firm; tenants before owners, so that a rent is paid before it is counted."""
    table, rows = world.firms, world.rows
    columns = {name: getattr(table, name)[:rows].tolist() for name in COPIED}
    for names, unit in ((IN_YUAN, 0.01), (IN_KWH, 0.001)):
        for name in names:
            columns[name] = [unit * value for value in columns[name]]
    alive, landlords = columns["alive"], table.landlord[:rows].tolist()
    made: dict[int, Firm] = {}
    for row in sorted(range(rows), key=lambda one: landlords[one] == NOBODY):
        if alive[row]:
            made[row] = Firm(model, **{name: values[row] for name, values in columns.items()})
    towns: list[list[Firm]] = [[] for _ in range(len(world.towns))]
    for row, firm in made.items():
        owner = made.get(landlords[row])
        if owner is not None and owner.land > 0:
            firm.landlord = owner
            owner.let += firm.floor
        towns[firm.town].append(firm)
    return towns
