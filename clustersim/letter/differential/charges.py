"""The other graded terms (4.5): land-use tax, the discharge charge and the energy quota."""

from __future__ import annotations

from typing import Final

from clustersim.foundation.compiled import rule
from clustersim.foundation.words import Grade, Quarter
from clustersim.letter.differential.levers import Levers
from clustersim.world.tables import World

_A: Final = int(Grade.A)
_B: Final = int(Grade.B)
_C: Final = int(Grade.C)
_D: Final = int(Grade.D)
RELIEF_UNTIL: Final = Quarter(2021, 4)  # the relief of 浙政办发〔2019〕62号 ran to 2021-12-31; 4.5 keeps it after
PROVINCIAL_RELIEF: Final = (1.0, 0.8, 0.0, 0.0)  # of grades A to D, sourced from the same text


@rule
def by_grade(grade: int, a: float, b: float, c: float, d: float) -> float:
    """The value of a grade; that of B for a firm without one."""
    if grade == _A:
        return a
    if grade == _C:
        return c
    if grade == _D:
        return d
    return b


def relief_by_grade(world: World, levers: Levers) -> tuple[float, float, float, float]:
    """Relief of land-use tax for grades A to D: the province's while it lasts, then that of clause 4.5."""
    if world.quarter <= RELIEF_UNTIL:
        return PROVINCIAL_RELIEF
    return levers.tax_relief_a, levers.tax_relief_b, 0.0, 0.0


@rule
def land_use_tax(land: float, grade: int, tax: float, a: float, b: float, c: float, d: float) -> float:
    """Yuan a year for `land` mu at `tax` yuan a mu, after the relief of the grade; ungraded land has no relief.

    >>> land_use_tax(3.0, 2, 4000.0, 1.0, 0.75, 0.0, 0.0), land_use_tax(3.0, 0, 4000.0, 1.0, 0.75, 0.0, 0.0)
    (3000.0, 12000.0)
    """
    relief = by_grade(grade, a, b, c, d) if grade > 0 else 0.0
    return land * tax * (1.0 - relief)


@rule
def discharge_charge(sales: float, grade: int, charge: float, a: float, b: float, c: float, d: float) -> float:
    """Yuan of discharge charge on `sales`, at the price of the grade.

    >>> discharge_charge(1_000_000.0, 4, 0.003, 1.0, 1.0, 1.2, 1.5)
    4500.0
    """
    return sales * charge * by_grade(grade, a, b, c, d)


@rule
def energy_over_quota(kwh: float, base_kwh: float, grade: int, price: float, quota_c: float, quota_d: float) -> float:
    """Yuan paid once more for electricity above the quota of grades C and D; a quota of 0 is none.

    >>> round(energy_over_quota(100.0, 100.0, 4, 0.68, 0.95, 0.90), 2)
    6.8
    >>> energy_over_quota(100.0, 100.0, 4, 0.68, 0.95, 0.0)
    0.0
    """
    quota = by_grade(grade, 0.0, 0.0, quota_c, quota_d)
    if quota <= 0.0:
        return 0.0
    return max(kwh - quota * base_kwh, 0.0) * price
