"""Who walks over the firms: the five loops over all of them in a quarter.

Everything else in a quarter (grading, visits, admission, rationing, supply, books, indices) is the same whoever walks,
and so is every rule inside the loops. `COLUMNS` goes in compiled blocks of rows; `model.engine` goes firm by firm.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from clustersim.firm.accounts import PayRents, SettleEach, pay_rents_columns, settle_columns
from clustersim.firm.choice import DecideEach, decide_columns
from clustersim.firm.shocks import StrikeEach, strike_columns
from clustersim.letter.inspection import DriftEach, drift_columns


class Walk(NamedTuple):
    """One way of going over the firms; each loop is given the world and what all firms share."""

    strike: StrikeEach  # luck, demand, sales and jobs
    drift: DriftEach  # hazards
    decide: DecideEach  # who looks, what its options are worth, which it takes
    pay_rents: PayRents
    settle: SettleEach  # each firm's own account


COLUMNS: Final = Walk(strike_columns, drift_columns, decide_columns, pay_rents_columns, settle_columns)
