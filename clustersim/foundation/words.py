"""The words of the model: quarters, and the kinds that columns hold as small integers.

Every enumeration is an `IntEnum`, so that a column can hold it and a compiled rule can compare it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Final


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a year. Adding an integer moves in time, subtracting two counts quarters.

    >>> Quarter(2021, 3) + 1, Quarter(2025, 4) - Quarter(2021, 3)
    (Quarter(year=2021, number=4), 17)
    >>> Quarter.parse("2023Q4").index
    8095
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"a year has quarters 1 to 4, not {self.number}")

    @property
    def index(self) -> int:
        """Quarters since the year 0: the form in which columns hold a quarter."""
        return self.year * 4 + self.number - 1

    @classmethod
    def from_index(cls, index: int) -> Quarter:
        """Read back what `index` gave."""
        return cls(int(index) // 4, int(index) % 4 + 1)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2021Q3"; ValueError says what was expected."""
        found = re.fullmatch(r"\s*(\d{4})\s*[Qq]([1-4])\s*", text)
        if not found:
            raise ValueError(f"{text!r} is not a quarter: write it like 2025Q4")
        return cls(int(found[1]), int(found[2]))

    def __add__(self, quarters: int) -> Quarter:
        return Quarter.from_index(self.index + quarters)

    def __sub__(self, other: Quarter) -> int:
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


HISTORY_START: Final = Quarter(2019, 1)
HISTORY_END: Final = Quarter(2021, 2)
POLICY_START: Final = Quarter(2021, 3)
HORIZON: Final = Quarter(2025, 4)
LATEST: Final = Quarter(2030, 4)

NOBODY: Final = -1  # an absent row number, park, landlord or quarter


class Site(IntEnum):
    """Where a firm stands."""

    PARK = 0
    BLOCK = 1
    PLOT = 2
    VILLAGE = 3


class Tenure(IntEnum):
    """By what right a firm uses its floor."""

    TENANT = 0
    OWNER = 1  # of a plot of land
    UNIT_OWNER = 2  # of a unit in a park


class Pool(IntEnum):
    """The four evaluation pools; workshops stand outside them."""

    ABOVE_SCALE = 0
    BELOW_SCALE_LARGE_PLOT = 1  # 3 mu or more
    BELOW_SCALE_SMALL_PLOT = 2
    TENANTS = 3
    UNGRADED = 4


class Grade(IntEnum):
    """The grade of the per-mu evaluation (亩均评价)."""

    NONE = 0
    A = 1
    B = 2
    C = 3
    D = 4


class Action(IntEnum):
    """What a firm may do in a quarter."""

    STAY = 0
    RECTIFY = 1
    UPGRADE = 2
    EXPAND = 3
    MOVE = 4
    EXIT = 5


class Reason(IntFlag):
    """Why a firm looks at its options: one of the first six makes it sure, the others are its own attention."""

    GRADE_FELL = 1
    OUTGROWN = 2
    CASE = 4
    DISPLACED = 8
    ORDER = 16
    OUT_OF_CASH = 32
    ATTENTION = 64
    SERVICE = 128  # a service platform told it about parks (2.7): it looks at nothing else


class Cause(IntEnum):
    """Why a firm is gone."""

    NONE = 0
    CHOICE = 1
    DEFAULT = 2
    CLOSURE = 3
    CLEARANCE = 4
    LICENCE = 5
    LEFT = 6


class Violation(IntEnum):
    """The seven kinds of violation of clause 3.2; a set of them is held as bits `1 << kind`."""

    SAFETY = 0
    ENVIRONMENT = 1
    FIRE = 2
    ENERGY = 3
    PREMISES = 4  # three-in-one, group-rented plants
    UNLICENSED = 5
    OUTDATED = 6


class Mark(IntFlag):
    """What a firm carries that no cleaning cures. The bits are those of the violation."""

    PREMISES = 1 << Violation.PREMISES
    UNLICENSED = 1 << Violation.UNLICENSED
    OUTDATED = 1 << Violation.OUTDATED


class Stage(IntEnum):
    """The five stages of a case (发现、确认、入库、整改、督查)."""

    NONE = 0
    FOUND = 1
    CONFIRMED = 2
    REGISTERED = 3
    RECTIFYING = 4
    SUPERVISED = 5


class Unit(IntEnum):
    """Kinds of unit in a park."""

    SMALL = 0
    STANDARD = 1
    CUSTOM = 2
    INCUBATOR = 3


class Developer(IntEnum):
    """Who builds parks (clause 2.2)."""

    STATE_PLATFORM = 0
    VILLAGE_COLLECTIVE = 1
    ASSOCIATION = 2
    CONSORTIUM = 3
    LEAD_FIRM = 4
    PROFESSIONAL = 5


class ParkState(IntEnum):
    """The life of a project site."""

    CANDIDATE = 0
    BUILDING = 1
    OPEN = 2


class BlockState(IntEnum):
    """The life of an old industrial block."""

    STANDING = 0
    AT_WORK = 1
    RENEWED = 2


class Service(IntEnum):
    """The nine public services of clause 2.6."""

    GOVERNMENT = 0
    PROPERTY = 1
    HUMAN_RESOURCES = 2
    FINANCE = 3
    LAW = 4
    RESEARCH = 5
    TESTING = 6
    TRAINING = 7
    LOGISTICS = 8


class Clearance(IntEnum):
    """Whether a plot is on the clearance list (clause 1.4)."""

    NONE = 0
    LISTED = 1  # an order failed (4.7): a candidate of the next programme
    NOTICE = 2  # picked: the plot goes at the end of the notice


class Luck(IntEnum):
    """Purposes of draws. A number is for life: renumbering changes every run."""

    POPULATION = 1
    HETEROGENEITY = 2
    SECTOR_DEMAND = 3
    FIRM_SHOCK = 4
    VOLATILITY = 5
    HAZARD = 6
    TAX = 7
    SURVEY = 8
    VISIT = 9
    VISIT_KIND = 10
    CURE = 11
    OUTCOME = 12
    ATTENTION = 14
    NEST = 15
    ALTERNATIVE = 16
    ADMISSION = 17
    REWARD = 18
    CLEARANCE = 19
    NEWCOMER = 20
    LEAK = 21
    LICENCE = 22
    DEVELOPER = 23
    PERMUTATION = 24
    SELF_INSPECTION = 27
    MODEL_FIRM = 28
    LEAVE = 29
    FROM_ABOVE = 30
    ORDERS = 31
    EXPANSION = 40
    RESAMPLING = 50  # of seeds, when policies are ranked; no part of any life


class Carry(IntEnum):
    """Capacities of which a fraction is carried from quarter to quarter, so that nothing rounds to zero."""

    ARRIVALS = 0
    VISITS = 1
    MODEL_FIRMS = 2
    ELIMINATIONS = 3
    CLEARANCE = 4
    QUOTA = 5
    RENEWAL = 6
    RELEASE = 7
    REUSE = 8
    PARK_UPGRADES = 9
    FROM_ABOVE = 10
    INTEREST_REWARDS = 11
    WORKSHOP_REWARDS = 12
    WITHHELD = 13  # 0.01 mu a town's ledger has been docked so far by the exchange ratio (1.3)
    ORDERS = 14
    STATE_BUILDING = 15  # floor the state platforms may still start (2.2); held in the first town
    TREATED = 16  # cases a town may register (3.5)


COUNT_SCALE: Final = 1_000_000  # fixed point of dimensionless sums
CENTIMU: Final = 100  # land is counted in 0.01 mu
CENTIARE: Final = 100  # floor is counted in 0.01 m2
FEN: Final = 100  # money is counted in 0.01 yuan
SQUARE_METRES_PER_MU: Final = 667.0
FULL_CITY: Final = 50_000  # firms of the full city; a smaller one is scaled by firms / FULL_CITY
SERVICES: Final = len(Service)
UNITS: Final = len(Unit)
SECTORS: Final = 14
SECTOR_KEYS: Final = (  # words of the sectors, in the order of `world.tables.Sectors`
    "appliance", "bearing", "auto", "fibre_textile", "plastic", "recycled_plastic", "metal", "casting", "surface",
    "lighter_stationery", "sanitary", "shoes_toys", "bicycle", "equipment_new",
)  # fmt: skip
