"""What one firm owes and earns in a quarter, in fen: scalar rules, one flow each."""

from __future__ import annotations

from clustersim.firm.options import cost_change, output_factor
from clustersim.foundation.compiled import rule
from clustersim.foundation.mathematics import in_fen, logarithm
from clustersim.letter.differential import discharge_charge, energy_over_quota, land_use_tax
from clustersim.letter.inspection import self_inspects
from clustersim.world.surcharge import surcharge_bill


@rule
def with_surcharge(
    rate: float, reference: float, elasticity: float, response: float, exemption: float, cap: float, months: float,
    full: float, technique: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Sales a year, kWh per yuan and the year's bill: a surcharge moves sales, and is paid in its months (4.3).

    `rate` and `reference` in yuan/kWh, `full` the sales at the reference price.
    """
    bill = surcharge_bill(full * technique, rate, exemption, cap, months)
    if bill <= 0.0:
        return full, technique, bill
    price = reference + bill / (full * technique)
    dearer = cost_change(price, reference, technique, elasticity, response)
    less = 1.0 - response * logarithm(price / reference)
    return full * output_factor(0.0, dearer, elasticity), technique * less, bill


@rule
def quarter_sales(full: float, worked: float) -> int:
    """Fen of sales in a quarter, of `full` yuan a year, in the part of it that was worked.

    >>> int(quarter_sales(1_000_000.0, 0.5))
    12500000
    """
    return in_fen(0.25 * full * worked)


@rule
def tax_due(sales: int, value_added: float, share: float, noise: float) -> int:
    """Fen of taxes on the value added of `sales` (fen), with the year's noise."""
    return in_fen(0.01 * sales * value_added * share * noise)


@rule
def land_tax_due(
    mu: float, grade: int, tax: float, relief_a: float, relief_b: float, relief_c: float, relief_d: float
) -> tuple[int, int]:
    """Fen of land-use tax in a quarter, and fen that the grade relieves (4.5)."""
    due = in_fen(0.25 * land_use_tax(mu, grade, tax, relief_a, relief_b, relief_c, relief_d))
    return due, in_fen(0.25 * mu * tax) - due


@rule
def running_cost(sales: int, electricity: int, taxes: int, bill: float, worked: float, elasticity: float) -> int:
    """Fen of variable cost that is left when power and taxes are paid; `bill` is the year's surcharge in yuan."""
    variable = in_fen(0.01 * sales * (1.0 - 1.0 / elasticity))
    return variable - electricity - in_fen(0.25 * bill * worked) - taxes


@rule
def discharge_due(
    sales: int, grade: int, charge: float, a: float, b: float, c: float, d: float
) -> tuple[int, int]:  # fmt: skip
    """Fen of discharge charge on `sales` (fen), and fen that the grade makes it dearer (4.5)."""
    due = in_fen(discharge_charge(0.01 * sales, grade, charge, a, b, c, d))
    return due, due - in_fen(0.01 * sales * charge)


@rule
def over_quota(
    grade: int, kwh: float, kwh_base: int, reference: float, quota_c: float, quota_d: float
) -> int:  # fmt: skip
    """Fen for power beyond the quota of a low grade, which is paid twice (4.5); `kwh_base` in Wh a year."""
    return in_fen(energy_over_quota(kwh, 0.25e-3 * kwh_base, grade, reference, quota_c, quota_d))


@rule
def inspection_due(sales: int, lot: float, share: float, cost: float) -> int:
    """Fen of a firm's duty to inspect itself (3.10), if it takes it seriously."""
    return in_fen(0.01 * sales * cost) if self_inspects(lot, share) else 0


@rule
def operating_result(
    sales: int, running: int, electricity: int, charged: int, over: int, taxes: int, fixed: int, land_tax: int,
    discharged: int, inspecting: int,
) -> int:  # fmt: skip
    """Fen that the business earned in a quarter before rents, fines and refunds."""
    left = sales - running - electricity - charged - over - taxes
    return left - (fixed + land_tax + discharged + inspecting)


@rule
def dividends_due(cash: int, full: float, cash_kept: float, share: float) -> int:
    """Fen that owners pay themselves of what the firm does not need."""
    more = cash - in_fen(cash_kept * full)
    return int(more * share) if more > 0 else 0


@rule
def beyond_credit(cash: int, credit: float, full: float) -> bool:
    """Whether a firm owes more than its credit line, in years of revenue."""
    return cash < -in_fen(credit * full)
