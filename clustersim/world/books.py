"""The books of a quarter: every yuan has two ends, every firm that comes or goes has a cause.

Both are counted in integers by town, so that no order of rows and no number of threads can change a sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from clustersim.world.columns import Long


class Party(IntEnum):
    """The two ends a flow may have."""

    FIRMS = 0
    CITY = 1
    PARKS = 2  # developers, who own and run parks
    CUSTOMERS = 3
    GRID = 4
    BUILDERS = 5
    BANKS = 6
    OWNERS = 7  # the people behind firms, and absent owners of plots
    WORKERS = 8  # workers, suppliers and whoever else is paid to run a business


class Flow(IntEnum):
    """Flows of money. From whom to whom stands in `ENDS`."""

    SALES = 0
    RUNNING_COST = 1
    FIXED_COST = 2
    ELECTRICITY = 3
    RENT_TO_FIRMS = 4
    RENT_TO_ABSENT = 5
    RENT_TO_PARKS = 6
    TAXES = 7
    LAND_USE_TAX = 8
    DISCHARGE_CHARGE = 9
    SURCHARGE = 10
    ENERGY_OVER_QUOTA = 11
    FINES = 12
    REFUND = 13
    UPGRADE_REWARD = 14
    INTEREST_REWARD = 15
    WORKSHOP_REWARD = 16
    RENT_RELIEF = 17
    COMPENSATION = 18
    LAND_PRICE_FIRMS = 19
    LAND_PRICE_PARKS = 20
    CO_FUNDING = 21
    CONSTRUCTION = 22  # developers to builders
    PLANT_CONSTRUCTION = 23  # firms to builders
    UPGRADE_COST = 24
    RECTIFY_COST = 25
    MOVE_COST = 26
    UNIT_PRICE = 27
    UNIT_LOAN = 28
    UNIT_FINANCE = 29
    SEVERANCE = 30
    SALVAGE = 31
    DIVIDENDS = 32
    CAPITAL_IN = 33
    CASH_OUT = 34  # what an exiting firm leaves (or owes)
    SELF_INSPECTION = 35
    PROGRAMME = 36  # what the city pays to run inspections, services, diagnosis and help
    DEMOLITION = 37


ENDS: Final[dict[Flow, tuple[Party, Party]]] = {
    Flow.SALES: (Party.CUSTOMERS, Party.FIRMS),
    Flow.RUNNING_COST: (Party.FIRMS, Party.WORKERS),
    Flow.FIXED_COST: (Party.FIRMS, Party.WORKERS),
    Flow.ELECTRICITY: (Party.FIRMS, Party.GRID),
    Flow.RENT_TO_FIRMS: (Party.FIRMS, Party.FIRMS),
    Flow.RENT_TO_ABSENT: (Party.FIRMS, Party.OWNERS),
    Flow.RENT_TO_PARKS: (Party.FIRMS, Party.PARKS),
    Flow.TAXES: (Party.FIRMS, Party.CITY),
    Flow.LAND_USE_TAX: (Party.FIRMS, Party.CITY),
    Flow.DISCHARGE_CHARGE: (Party.FIRMS, Party.CITY),
    Flow.SURCHARGE: (Party.FIRMS, Party.CITY),
    Flow.ENERGY_OVER_QUOTA: (Party.FIRMS, Party.GRID),
    Flow.FINES: (Party.FIRMS, Party.CITY),
    Flow.REFUND: (Party.CITY, Party.FIRMS),
    Flow.UPGRADE_REWARD: (Party.CITY, Party.FIRMS),
    Flow.INTEREST_REWARD: (Party.CITY, Party.FIRMS),
    Flow.WORKSHOP_REWARD: (Party.CITY, Party.FIRMS),
    Flow.RENT_RELIEF: (Party.CITY, Party.FIRMS),
    Flow.COMPENSATION: (Party.CITY, Party.FIRMS),
    Flow.LAND_PRICE_FIRMS: (Party.FIRMS, Party.CITY),
    Flow.LAND_PRICE_PARKS: (Party.PARKS, Party.CITY),
    Flow.CO_FUNDING: (Party.CITY, Party.PARKS),
    Flow.CONSTRUCTION: (Party.PARKS, Party.BUILDERS),
    Flow.PLANT_CONSTRUCTION: (Party.FIRMS, Party.BUILDERS),
    Flow.UPGRADE_COST: (Party.FIRMS, Party.BUILDERS),
    Flow.RECTIFY_COST: (Party.FIRMS, Party.BUILDERS),
    Flow.MOVE_COST: (Party.FIRMS, Party.BUILDERS),
    Flow.UNIT_PRICE: (Party.FIRMS, Party.PARKS),
    Flow.UNIT_LOAN: (Party.BANKS, Party.FIRMS),
    Flow.UNIT_FINANCE: (Party.FIRMS, Party.BANKS),
    Flow.SEVERANCE: (Party.FIRMS, Party.WORKERS),
    Flow.SALVAGE: (Party.BUILDERS, Party.FIRMS),
    Flow.DIVIDENDS: (Party.FIRMS, Party.OWNERS),
    Flow.CAPITAL_IN: (Party.OWNERS, Party.FIRMS),
    Flow.CASH_OUT: (Party.FIRMS, Party.OWNERS),
    Flow.SELF_INSPECTION: (Party.FIRMS, Party.WORKERS),
    Flow.PROGRAMME: (Party.CITY, Party.WORKERS),
    Flow.DEMOLITION: (Party.CITY, Party.BUILDERS),
}


class Count(IntEnum):
    """What is counted by town every quarter."""

    ENTERED = 0
    EXITED_CHOICE = 1
    EXITED_DEFAULT = 2
    EXITED_CLOSURE = 3
    EXITED_CLEARANCE = 4
    EXITED_LICENCE = 5
    EXITED_LEFT = 6
    JOBS_ENTERED = 7  # in 1e-6 people
    JOBS_EXITED = 8
    JOBS_CHANGED = 9  # growth and shrinkage of firms that stay, and jobs that changed town
    FIRMS_CAME = 10  # moved into the town from another
    FIRMS_WENT = 11
    RECTIFIED = 12
    UPGRADED = 13
    EXPANDED = 14
    MOVED = 15
    ASKED = 16  # asked for a park unit
    REFUSED = 17
    SURVEYED = 18
    VISITED = 19
    FOUND = 20
    CONFIRMED = 21
    REGISTERED = 22  # firms treated: cases registered
    RECTIFYING = 23
    SUPERVISED = 24
    CLOSED = 25
    FINED = 26
    SUSPENDED = 27
    ORDERED = 28
    ORDERS_FAILED = 29
    ELIMINATED = 30
    RELAPSED = 31
    VILLAGE_STARTS = 32
    REFUSED_STARTS = 33
    DISPLACED = 34
    CLEARED_PLOTS = 35
    REWARDED = 36
    TREATED_CLOSED = 37  # fates of treated firms within a year: closed, moved, upgraded, rectified
    TREATED_MOVED = 38
    TREATED_UPGRADED = 39
    TREATED_RECTIFIED = 40
    RECTIFIED_AREA = 41  # floor of firms that rectified, in 0.01 m2
    BLOCKS_STARTED = 42
    BLOCKS_BACK = 43
    PARKS_STARTED = 44
    PARKS_OPENED = 45


@dataclass(slots=True)
class Books:
    """Flows (fen) and counts of the present quarter, by town; opened anew every quarter."""

    money: Long  # [Flow, town]
    counts: Long  # [Count, town]
    by_clause: Long  # [clause slot, town] fen the city spent (+) or took (-) by clause; slots in `CLAUSE_SLOTS`

    @classmethod
    def opened(cls, towns: int) -> Books:
        """Empty books."""
        return cls(
            money=np.zeros((len(Flow), towns), np.int64),
            counts=np.zeros((len(Count), towns), np.int64),
            by_clause=np.zeros((len(CLAUSE_SLOTS), towns), np.int64),
        )

    def open(self) -> None:
        """Start a new quarter."""
        self.money[:] = 0
        self.counts[:] = 0
        self.by_clause[:] = 0

    def copy(self) -> Books:
        """A copy that shares nothing."""
        return Books(self.money.copy(), self.counts.copy(), self.by_clause.copy())


CLAUSE_SLOTS: Final = (
    "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8",
    "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11",
    "4.1", "4.2", "4.3", "4.4", "4.5", "4.7",
)  # fmt: skip
