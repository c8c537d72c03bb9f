"""Dearer electricity for low grades (4.3): the rate, what a firm expects of the bill, and the refund."""

from __future__ import annotations

from typing import Final

from clustersim.foundation.compiled import rule
from clustersim.foundation.words import Grade
from clustersim.world.surcharge import surcharge_bill

_C: Final = int(Grade.C)
_D: Final = int(Grade.D)
_LONG_D: Final = 3  # years in a row with grade D from which the escalator is added (Haining 2025)
_SEASONS: Final = (
    (4, 1.0),
    (1, 3.0),
    (2, 3.0),
    (3, 3.0),
    (4, 2.0),
)  # quarters in the order they are charged: from December


@rule
def surcharge(
    grade: int, above: bool, d_years: int, below_c: float, below_d: float, above_c: float, above_d: float,
    escalator: float,
) -> float:  # fmt: skip
    """Yuan a kWh added to the price of a firm; more from the third year in a row with grade D.

    >>> surcharge(4, False, 1, 0.1, 0.3, 0.0, 0.1, 0.1), surcharge(4, False, 3, 0.1, 0.3, 0.0, 0.1, 0.1)
    (0.3, 0.4)
    >>> surcharge(3, False, 0, 0.1, 0.3, 0.0, 0.1, 0.1), surcharge(2, True, 0, 0.1, 0.3, 0.0, 0.1, 0.1)
    (0.1, 0.0)
    """
    if grade == _D:
        return (above_d if above else below_d) + (escalator if d_years >= _LONG_D else 0.0)
    if grade == _C:
        return above_c if above else below_c
    return 0.0


@rule
def expected_price(
    base: float, kwh: float, chance_c: float, chance_d: float, rate_c: float, rate_d: float, exemption: float,
    cap: float, months: float,
) -> float:  # fmt: skip
    """Yuan a kWh a firm reckons with over a year, by its chances of grades C and D.

    >>> round(expected_price(0.68, 100_000.0, 0.0, 0.5, 0.1, 0.3, 50_000.0, 500_000.0, 12.0), 3)
    0.83
    """
    if kwh < exemption or kwh <= 0.0:
        return base
    bill = chance_c * surcharge_bill(kwh, rate_c, exemption, cap, months)
    bill += chance_d * surcharge_bill(kwh, rate_d, exemption, cap, months)
    return base + bill / kwh


@rule
def refund(grade: int, before: int, paid: float, share: float) -> float:
    """Yuan paid back of the year's surcharges when the grade has risen.

    >>> refund(2, 4, 1000.0, 0.5), refund(4, 4, 1000.0, 0.5), refund(2, 0, 1000.0, 0.5)
    (500.0, 0.0, 0.0)
    """
    if grade > 0 and before > 0 and grade < before:
        return share * paid
    return 0.0


def months_in_quarter(number: int, months: float) -> float:
    """How many of the months charged fall into a quarter of the year; charging begins in December.

    >>> [months_in_quarter(number, 7.0) for number in (1, 2, 3, 4)]
    [3.0, 3.0, 0.0, 1.0]
    >>> sum(months_in_quarter(number, 12.0) for number in (1, 2, 3, 4))
    12.0
    """
    left, here = months, 0.0
    for season, most in _SEASONS:
        charged = min(left, most)
        left -= charged
        here += charged if season == number else 0.0
    return here
