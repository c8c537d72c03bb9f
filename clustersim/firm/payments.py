"""What a firm sells, pays and keeps in a quarter: one flow a pass, over a block of rows.

Every pass fills one row of `amounts` (fen, 0 for who has gone), in the order of `SETTLED`, by the rules of `firm.dues`;
`firm.accounts` calls them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.firm.account_terms import AccountTerms
from clustersim.firm.dues import (
    beyond_credit,
    discharge_due,
    dividends_due,
    inspection_due,
    land_tax_due,
    operating_result,
    quarter_sales,
    running_cost,
    tax_due,
)
from clustersim.firm.options import rent_a_quarter
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import exponential, in_fen
from clustersim.foundation.words import Tenure
from clustersim.letter.differential import refund
from clustersim.world.books import Flow
from clustersim.world.columns import Flags, Floats, Long, Small, Whole

_OWNER: Final = int(Tenure.OWNER)
# The flows of a firm's own account, in the order of the amounts that are reckoned for a block of rows
(
    OF_SALES, OF_RUNNING, OF_FIXED, OF_ELECTRICITY, OF_TAXES, OF_LAND_TAX, OF_DISCHARGE, OF_SURCHARGE,
    OF_OVER_QUOTA, OF_SELF_INSPECTION, OF_FINES, OF_REFUND, OF_DIVIDENDS,
    RELIEVED, DEARER,  # no flows: land-use tax that grades relieve, and what they add to the discharge charge (4.5)
) = range(15)  # fmt: skip
KINDS: Final = 15
SETTLED: Final = tuple(int(flow) for flow in (
    Flow.SALES, Flow.RUNNING_COST, Flow.FIXED_COST, Flow.ELECTRICITY, Flow.TAXES, Flow.LAND_USE_TAX,
    Flow.DISCHARGE_CHARGE, Flow.SURCHARGE, Flow.ENERGY_OVER_QUOTA, Flow.SELF_INSPECTION, Flow.FINES, Flow.REFUND,
    Flow.DIVIDENDS,
))  # fmt: skip


@sweep
def pay_ordinary_rent(
    paid: Long, alive: Flags, site: Small, tenure: Small, floor: Whole, village: float, ordinary: float, finance: float
) -> None:  # fmt: skip
    """Rent of the quarter outside parks, whoever gets it."""
    for one in range(len(alive)):
        yuan = rent_a_quarter(site[one], tenure[one], 0.01 * floor[one], village, ordinary, 0.0, 0.0, finance)
        paid[one] = in_fen(yuan) if alive[one] else 0


@sweep
def enter_rent(paid: Long, cash: Long, profit: Floats) -> None:
    """Open the quarter's profit with the rent."""
    for one in range(len(cash)):
        cash[one] -= paid[one]
        profit[one] = 0.0 - 0.01 * paid[one]


@sweep
def turn_year(alive: Flags, this_year: Long, last_year: Long) -> None:
    """A new calendar year."""
    for one in range(len(alive)):
        if alive[one]:
            last_year[one], this_year[one] = this_year[one], 0


@rule
def tax_noise_of(luck: float, spread: float, centre: float) -> float:
    """The noise of a year's taxes, out of a normal number; its mean is 1."""
    return exponential(spread * luck - centre)


@sweep
def draw_tax_noise(alive: Flags, luck: Floats, spread: float, centre: float, tax_noise: Floats) -> None:
    """The noise of this calendar year's taxes, out of normal numbers."""
    for one in range(len(alive)):
        if alive[one]:
            tax_noise[one] = tax_noise_of(luck[one], spread, centre)


@sweep
def plain_quarter(
    full: Floats, used: Floats, bill: Floats, worked: Floats, alive: Flags, revenue: Floats, kwh_per_yuan: Floats,
    suspended: Flags,
) -> None:  # fmt: skip
    """Without a surcharge; who has gone sells nothing."""
    for one in range(len(alive)):
        full[one] = revenue[one] if alive[one] else 0.0
        used[one] = kwh_per_yuan[one]
        bill[one] = 0.0
        worked[one] = 0.5 if suspended[one] else 1.0


@sweep
def sell_output(sales: Long, kwh: Floats, full: Floats, used: Floats, worked: Floats) -> None:
    """Sales of a quarter at the reference price, and the power they took (kWh)."""
    for one in range(len(sales)):
        sales[one] = quarter_sales(full[one], worked[one])
        kwh[one] = 0.01 * sales[one] * used[one]


@sweep
def pay_for_power(
    electricity: Long, charged: Long, kwh: Floats, bill: Floats, worked: Floats, above: Flags, t: AccountTerms
) -> None:
    """The bill at the reference price, and the part of the year's surcharge charged in this quarter (4.3)."""
    for one in range(len(above)):
        electricity[one] = in_fen(kwh[one] * (t.price_large if above[one] else t.price_small))
        charged[one] = in_fen(bill[one] * worked[one] * t.season_share)


@sweep
def pay_taxes(taxes: Long, sales: Long, above: Flags, tax_noise: Floats, t: AccountTerms) -> None:
    """Taxes on value added, with the year's noise."""
    for one in range(len(above)):
        share = t.tax_above if above[one] else t.tax_below
        taxes[one] = tax_due(sales[one], t.value_added, share, tax_noise[one])


@sweep
def pay_land_tax(
    paid: Long, relieved: Long, alive: Flags, tenure: Small, land: Whole, grade: Small, t: AccountTerms
) -> None:
    """Land-use tax of owners, after the relief of their grade (4.5)."""
    for one in range(len(alive)):
        mu = 0.01 * land[one] if alive[one] and tenure[one] == _OWNER else 0.0
        paid[one], relieved[one] = land_tax_due(
            mu, grade[one], t.land_tax, t.relief_a, t.relief_b, t.relief_c, t.relief_d
        )


@sweep
def pay_running_costs(
    running: Long, sales: Long, electricity: Long, taxes: Long, bill: Floats, worked: Floats, elasticity: float
) -> None:
    """What is left of variable cost when power and taxes are paid."""
    for one in range(len(running)):
        running[one] = running_cost(sales[one], electricity[one], taxes[one], bill[one], worked[one], elasticity)


@sweep
def pay_fixed_costs(fixed: Long, alive: Flags, fixed_cost: Floats, trained: Floats) -> None:
    """Fixed cost without rent, less what training saves in a park (2.6)."""
    for one in range(len(alive)):
        fixed[one] = in_fen(0.25 * fixed_cost[one] * trained[one]) if alive[one] else 0


@sweep
def pay_discharge(discharged: Long, dearer: Long, polluting: Flags, sales: Long, grade: Small, t: AccountTerms) -> None:
    """The discharge charge of polluting sectors, at the price of the grade (4.5)."""
    for one in range(len(grade)):
        due, more = discharge_due(
            sales[one], grade[one], t.discharge, t.discharge_a, t.discharge_b, t.discharge_c, t.discharge_d
        )
        discharged[one] = due if polluting[one] else 0
        dearer[one] = more if polluting[one] else 0


@sweep
def inspect_oneself(inspecting: Long, sales: Long, diligence: Floats, t: AccountTerms) -> None:
    """The firm's duty to inspect itself (3.10)."""
    for one in range(len(diligence)):
        inspecting[one] = inspection_due(sales[one], diligence[one], t.self_inspection, t.self_inspection_cost)


@sweep
def pay_fines(fined: Long, alive: Flags, fine_due: Long) -> None:
    """Fines of the quarter, due once."""
    for one in range(len(alive)):
        fined[one] = fine_due[one] if alive[one] else 0
        if fined[one] != 0:  # few: the others are not even written to
            fine_due[one] = 0


@sweep
def pay_refunds(
    back: Long, alive: Flags, grade: Small, grade_before: Small, surcharge_paid: Long, share: float
) -> None:
    """A part of the surcharges comes back when the grade has risen (4.3)."""
    for one in range(len(alive)):
        yuan = refund(grade[one], grade_before[one], 0.01 * surcharge_paid[one], share)
        back[one] = in_fen(yuan) if alive[one] else 0
        surcharge_paid[one] = 0


@sweep
def keep_books(
    amounts: Long, alive: Flags, kwh: Floats, rent_received: Floats, cash: Long, profit: Floats, revenue_year: Long,
    kwh_year: Long, tax_year: Long,
) -> None:  # fmt: skip
    """Enter the quarter into the firm's own books; its profit leaves out fines and refunds."""
    sales, taxes, charged = amounts[OF_SALES], amounts[OF_TAXES], amounts[OF_SURCHARGE]
    running, fixed, electricity = amounts[OF_RUNNING], amounts[OF_FIXED], amounts[OF_ELECTRICITY]
    land_tax, discharged = amounts[OF_LAND_TAX], amounts[OF_DISCHARGE]
    inspecting, over = amounts[OF_SELF_INSPECTION], amounts[OF_OVER_QUOTA]
    fined, back = amounts[OF_FINES], amounts[OF_REFUND]
    for one in range(len(alive)):
        left = operating_result(
            sales[one], running[one], electricity[one], charged[one], over[one], taxes[one], fixed[one], land_tax[one],
            discharged[one], inspecting[one],
        )  # fmt: skip
        cash[one] += left - fined[one] + back[one]
        profit[one] += 0.01 * left + rent_received[one]
    for one in range(len(alive)):
        revenue_year[one] += sales[one]
        kwh_year[one] += np.int64(kwh[one] * 1000.0)
        tax_year[one] += taxes[one]


@sweep
def pay_owners(
    paid_out: Long, alive: Flags, full: Floats, credit: Floats, cash: Long, overdrawn: Small, t: AccountTerms
) -> None:  # fmt: skip
    """Owners pay themselves what the firm does not need; a firm beyond its credit line drifts towards default."""
    for one in range(len(alive)):
        due = dividends_due(cash[one], full[one], t.cash_kept, t.dividend_share)
        paid_out[one] = due if alive[one] else 0
        cash[one] -= paid_out[one]
        overdrawn[one] = overdrawn[one] + 1 if beyond_credit(cash[one], credit[one], full[one]) else 0
