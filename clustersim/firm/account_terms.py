"""What the accounts of a quarter share, gathered once from levers and assumptions as plain scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import SQUARE_METRES_PER_MU
from clustersim.letter.differential import months_in_quarter, relief_by_grade
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers


class AccountTerms(NamedTuple):
    """What the accounts of a quarter share. Money in yuan; shares of a year where a quarter is not said."""

    elasticity: float
    price_response: float
    price_large: float
    price_small: float
    value_added: float  # of revenue
    tax_above: float  # of value added
    tax_below: float
    tax_spread: float
    tax_centre: float
    move_output_loss: float
    land_tax: float  # yuan a mu and year
    relief_a: float
    relief_b: float
    relief_c: float
    relief_d: float
    surcharge_below_c: float
    surcharge_below_d: float
    surcharge_above_c: float
    surcharge_above_d: float
    escalator: float
    exemption: float
    cap: float
    months: float
    season_share: float  # of the year's surcharge that falls into this quarter
    refund_share: float
    discharge: float
    discharge_a: float
    discharge_b: float
    discharge_c: float
    discharge_d: float
    quota_c: float
    quota_d: float
    self_inspection: float
    self_inspection_cost: float
    cash_kept: float  # years of revenue
    dividend_share: float
    credit: float


def account_terms(world: World, levers: Levers, assumptions: Assumptions) -> AccountTerms:
    """Gather what the accounts of a quarter share."""
    a, rules = assumptions, levers.differential
    relief = relief_by_grade(world, rules)
    return AccountTerms(
        elasticity=float(a.markup_elasticity),
        price_response=float(a.electricity_elasticity),
        price_large=float(a.price_large),
        price_small=float(a.price_small),
        value_added=float(a.value_added_share),
        tax_above=float(a.tax_share_above),
        tax_below=float(a.tax_share_below),
        tax_spread=float(a.tax_noise),
        tax_centre=float(0.5 * a.tax_noise * a.tax_noise),
        move_output_loss=float(a.move_output_loss),
        land_tax=float(a.land_use_tax * SQUARE_METRES_PER_MU),
        relief_a=float(relief[0]),
        relief_b=float(relief[1]),
        relief_c=float(relief[2]),
        relief_d=float(relief[3]),
        surcharge_below_c=float(rules.surcharge_below_c),
        surcharge_below_d=float(rules.surcharge_below_d),
        surcharge_above_c=float(rules.surcharge_above_c),
        surcharge_above_d=float(rules.surcharge_above_d),
        escalator=float(rules.escalator),
        exemption=float(rules.exemption_kwh),
        cap=float(rules.cap_yuan),
        months=float(rules.months),
        season_share=float(months_in_quarter(world.quarter.number, rules.months) / max(rules.months, 1e-9)),
        refund_share=float(rules.refund_share),
        discharge=float(a.discharge_charge),
        discharge_a=float(rules.discharge_a),
        discharge_b=float(rules.discharge_b),
        discharge_c=float(rules.discharge_c),
        discharge_d=float(rules.discharge_d),
        quota_c=float(rules.quota_share_c),
        quota_d=float(rules.quota_share_d),
        self_inspection=float(levers.inspection.self_inspection_share),
        self_inspection_cost=float(levers.inspection.self_inspection_cost),
        cash_kept=float(a.cash_kept),
        dividend_share=float(a.dividend_share),
        credit=float(a.credit_line),
    )
