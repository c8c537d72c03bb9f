"""Rent and accounts of one firm in a quarter, in fen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clustersim.firm.account_terms import AccountTerms
from clustersim.firm.accounts import RentTerms
from clustersim.firm.dues import (
    beyond_credit,
    discharge_due,
    dividends_due,
    inspection_due,
    land_tax_due,
    operating_result,
    over_quota,
    quarter_sales,
    running_cost,
    tax_due,
    with_surcharge,
)
from clustersim.firm.options import rent_a_quarter
from clustersim.firm.payments import tax_noise_of
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, TRAINED
from clustersim.foundation.draws import normal
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import NOBODY, Action, Grade, Luck, Site, Tenure
from clustersim.letter.differential import refund, surcharge
from clustersim.letter.parks import unit_rent
from clustersim.world.books import Flow
from clustersim.world.row import FirmRow

_TAX: Final = int(Luck.TAX)


def pay_rent(
    firm: FirmRow, quarter: int, t: RentTerms, park_rent: Sequence[float], park_price: Sequence[float]
) -> tuple[int, Flow]:
    """Pay the quarter's rent. Returns it, and to whom it goes; the row of a landlord is credited by the caller."""
    site, tenure, floor = firm.site, firm.tenure, 0.01 * firm.floor
    if site == Site.PARK and tenure != Tenure.OWNER:
        park = firm.place
        rent = unit_rent(park_rent[park], firm.unit, quarter - firm.born, t.incubator, t.incubator_quarters)
        price, flow = park_price[park], Flow.UNIT_FINANCE if tenure == Tenure.UNIT_OWNER else Flow.RENT_TO_PARKS
    else:
        rent, price = 0.0, 0.0
        lets = tenure != Tenure.OWNER and firm.landlord != NOBODY
        flow = Flow.RENT_TO_FIRMS if lets else Flow.RENT_TO_ABSENT
    fen = in_fen(rent_a_quarter(site, tenure, floor, t.village, t.ordinary, rent, price, t.finance))
    firm.cash -= fen
    firm.profit = 0.0 - 0.01 * fen
    return fen, flow


def settle(
    firm: FirmRow, seed: int, quarter: int, season: int, graded_now: bool, polluting: bool, t: AccountTerms,
    park_hooks: Sequence[Sequence[float]],
) -> tuple[dict[Flow, int], int, int]:  # fmt: skip
    """Settle the quarter. Returns the flows, the land-use tax that its grade relieves, and what discharge costs more.

    `season` is the number of the quarter in its year; `park_hooks` are [park][5].
    """
    if season == 1:
        _turn_year(firm, seed, quarter, t)
    above, grade, inside = firm.above_scale, firm.grade, firm.site == Site.PARK
    hooks = park_hooks[firm.place] if inside else None
    reference = t.price_large if above else t.price_small
    full, technique, bill = firm.revenue, firm.kwh_per_yuan, 0.0
    if grade >= Grade.C:
        rate = surcharge(
            grade, above, firm.d_years, t.surcharge_below_c, t.surcharge_below_d, t.surcharge_above_c,
            t.surcharge_above_d, t.escalator,
        )  # fmt: skip
        full, technique, bill = with_surcharge(
            rate, reference, t.elasticity, t.price_response, t.exemption, t.cap, t.months, full, technique
        )
    worked = 0.5 if firm.suspended else 1.0
    if hooks and firm.action == Action.MOVE:
        worked *= 1.0 - t.move_output_loss * hooks[LOST_OUTPUT]

    sales = quarter_sales(full, worked)
    kwh = 0.01 * sales * technique
    electricity = in_fen(kwh * reference)
    charged = in_fen(bill * worked * t.season_share)
    taxes = tax_due(sales, t.value_added, t.tax_above if above else t.tax_below, firm.tax_noise)
    mu = 0.01 * firm.land if firm.tenure == Tenure.OWNER else 0.0
    land_tax, relieved = land_tax_due(mu, grade, t.land_tax, t.relief_a, t.relief_b, t.relief_c, t.relief_d)
    running = running_cost(sales, electricity, taxes, bill, worked, t.elasticity)
    fixed = in_fen(0.25 * firm.fixed_cost * (hooks[TRAINED] if hooks else 1.0))
    discharged, dearer = 0, 0
    if polluting:
        discharged, dearer = discharge_due(
            sales, grade, t.discharge, t.discharge_a, t.discharge_b, t.discharge_c, t.discharge_d
        )
    inspecting = inspection_due(sales, firm.diligence, t.self_inspection, t.self_inspection_cost)
    fined, firm.fine_due = firm.fine_due, 0
    back = 0
    if graded_now:
        back = in_fen(refund(grade, firm.grade_before, 0.01 * firm.surcharge_paid, t.refund_share))
        firm.surcharge_paid = 0
    over = 0
    if grade >= Grade.C:
        firm.surcharge_paid += charged
        over = over_quota(grade, kwh, firm.kwh_base, reference, t.quota_c, t.quota_d)

    left = operating_result(
        sales, running, electricity, charged, over, taxes, fixed, land_tax, discharged, inspecting
    )  # fmt: skip
    firm.cash += left - fined + back
    firm.profit += 0.01 * left + firm.rent_received
    firm.revenue_year += sales
    firm.kwh_year += int(kwh * 1000.0)
    firm.tax_year += taxes
    paid_out = dividends_due(firm.cash, full, t.cash_kept, t.dividend_share)
    firm.cash -= paid_out
    credit = t.credit * hooks[CREDIT] if hooks else t.credit
    firm.overdrawn = firm.overdrawn + 1 if beyond_credit(firm.cash, credit, full) else 0
    flows = {
        Flow.SALES: sales, Flow.RUNNING_COST: running, Flow.FIXED_COST: fixed, Flow.ELECTRICITY: electricity,
        Flow.TAXES: taxes, Flow.LAND_USE_TAX: land_tax, Flow.DISCHARGE_CHARGE: discharged, Flow.SURCHARGE: charged,
        Flow.ENERGY_OVER_QUOTA: over, Flow.SELF_INSPECTION: inspecting, Flow.FINES: fined, Flow.REFUND: back,
        Flow.DIVIDENDS: paid_out,
    }  # fmt: skip
    return flows, relieved, dearer


def _turn_year(firm: FirmRow, seed: int, quarter: int, t: AccountTerms) -> None:
    """A new calendar year: last year's figures, and this year's noise of taxes."""
    firm.revenue_last_year, firm.revenue_year = firm.revenue_year, 0
    firm.kwh_last_year, firm.kwh_year = firm.kwh_year, 0
    firm.tax_last_year, firm.tax_year = firm.tax_year, 0
    firm.tax_noise = tax_noise_of(normal(seed, _TAX, quarter, firm.uid, 0), t.tax_spread, t.tax_centre)
