"""What a firm sells, pays and keeps in a quarter: one flow a pass, over a block of rows.

Every pass fills one row of `amounts` (fen, 0 for who has gone), in the order of `SETTLED`; `firm.accounts` calls them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.firm.account_terms import AccountTerms
from clustersim.firm.options import cost_change, output_factor, rent_a_quarter
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import exponential, in_fen, logarithm
from clustersim.foundation.words import Tenure
from clustersim.letter.differential import (
    discharge_charge,
    energy_over_quota,
    land_use_tax,
    refund,
    surcharge,
)
from clustersim.letter.inspection import self_inspects
from clustersim.world.books import Flow
from clustersim.world.columns import Flags, Floats, Long, Small, Whole
from clustersim.world.surcharge import surcharge_bill

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


@rule
def with_surcharge(
    t: AccountTerms, grade: int, above: bool, d_years: int, full: float, technique: float
) -> tuple[float, float, float]:
    """Sales a year, kWh per yuan and the year's bill: a surcharge moves sales, and is paid in its months (4.3)."""
    rate = surcharge(
        grade, above, d_years, t.surcharge_below_c, t.surcharge_below_d, t.surcharge_above_c, t.surcharge_above_d,
        t.escalator,
    )  # fmt: skip
    bill = surcharge_bill(full * technique, rate, t.exemption, t.cap, t.months)
    if bill <= 0.0:
        return full, technique, bill
    reference = t.price_large if above else t.price_small
    price = reference + bill / (full * technique)
    dearer = cost_change(price, reference, technique, t.elasticity, t.price_response)
    less = 1.0 - t.price_response * logarithm(price / reference)
    return full * output_factor(0.0, dearer, t.elasticity), technique * less, bill


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


@sweep
def draw_tax_noise(alive: Flags, luck: Floats, spread: float, centre: float, tax_noise: Floats) -> None:
    """The noise of this calendar year's taxes, out of normal numbers."""
    for one in range(len(alive)):
        if alive[one]:
            tax_noise[one] = exponential(spread * luck[one] - centre)


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
        sales[one] = in_fen(0.25 * full[one] * worked[one])
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
        taxes[one] = in_fen(0.01 * sales[one] * t.value_added * share * tax_noise[one])


@sweep
def pay_land_tax(
    paid: Long, relieved: Long, alive: Flags, tenure: Small, land: Whole, grade: Small, t: AccountTerms
) -> None:
    """Land-use tax of owners, after the relief of their grade (4.5)."""
    for one in range(len(alive)):
        mu = 0.01 * land[one] if alive[one] and tenure[one] == _OWNER else 0.0
        yearly = land_use_tax(mu, grade[one], t.land_tax, t.relief_a, t.relief_b, t.relief_c, t.relief_d)
        paid[one] = in_fen(0.25 * yearly)
        relieved[one] = in_fen(0.25 * mu * t.land_tax) - paid[one]


@sweep
def pay_running_costs(
    running: Long, sales: Long, electricity: Long, taxes: Long, bill: Floats, worked: Floats, elasticity: float
) -> None:
    """What is left of variable cost when power and taxes are paid."""
    for one in range(len(running)):
        variable = in_fen(0.01 * sales[one] * (1.0 - 1.0 / elasticity))
        running[one] = variable - electricity[one] - in_fen(0.25 * bill[one] * worked[one]) - taxes[one]


@sweep
def pay_fixed_costs(fixed: Long, alive: Flags, fixed_cost: Floats, trained: Floats) -> None:
    """Fixed cost without rent, less what training saves in a park (2.6)."""
    for one in range(len(alive)):
        fixed[one] = in_fen(0.25 * fixed_cost[one] * trained[one]) if alive[one] else 0


@sweep
def pay_discharge(discharged: Long, dearer: Long, polluting: Flags, sales: Long, grade: Small, t: AccountTerms) -> None:
    """The discharge charge of polluting sectors, at the price of the grade (4.5)."""
    for one in range(len(grade)):
        yuan = discharge_charge(
            0.01 * sales[one], grade[one], t.discharge, t.discharge_a, t.discharge_b, t.discharge_c, t.discharge_d
        )
        discharged[one] = in_fen(yuan) if polluting[one] else 0
        dearer[one] = discharged[one] - (in_fen(0.01 * sales[one] * t.discharge) if polluting[one] else 0)


@rule
def over_quota(t: AccountTerms, grade: int, above: bool, kwh: float, kwh_base: int) -> int:
    """Fen for power beyond the quota of a low grade, which is paid twice (4.5)."""
    reference = t.price_large if above else t.price_small
    return in_fen(energy_over_quota(kwh, 0.25e-3 * kwh_base, grade, reference, t.quota_c, t.quota_d))


@sweep
def inspect_oneself(inspecting: Long, sales: Long, diligence: Floats, t: AccountTerms) -> None:
    """The firm's duty to inspect itself (3.10)."""
    for one in range(len(diligence)):
        yuan = 0.01 * sales[one] * t.self_inspection_cost
        inspecting[one] = in_fen(yuan) if self_inspects(diligence[one], t.self_inspection) else 0


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
        left = sales[one] - running[one] - electricity[one] - charged[one] - over[one] - taxes[one]
        left -= fixed[one] + land_tax[one] + discharged[one] + inspecting[one]
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
        more = cash[one] - in_fen(t.cash_kept * full[one])
        paid_out[one] = np.int64(more * t.dividend_share) if alive[one] and more > 0 else 0
        cash[one] -= paid_out[one]
        beyond = cash[one] < -in_fen(credit[one] * full[one])
        overdrawn[one] = overdrawn[one] + 1 if beyond else 0
