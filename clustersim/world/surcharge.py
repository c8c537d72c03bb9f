"""What a surcharge on electricity costs in a year: charged by 4.3, and reckoned with by who could escape it (4.1)."""

from __future__ import annotations

from clustersim.foundation.compiled import rule


@rule
def surcharge_bill(kwh: float, rate: float, exemption: float, cap: float, months: float) -> float:
    """Yuan of surcharge in a year: nothing below the exemption, at most the cap, in the months charged.

    >>> surcharge_bill(100_000.0, 0.3, 50_000.0, 500_000.0, 7.0), surcharge_bill(49_999.0, 0.3, 50_000.0, 5e5, 7.0)
    (17500.0, 0.0)
    """
    if kwh < exemption:
        return 0.0
    return months / 12.0 * min(rate * kwh, cap)
