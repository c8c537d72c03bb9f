"""What every firm's options share this quarter, gathered once from levers and assumptions as plain scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import SQUARE_METRES_PER_MU
from clustersim.letter import inspection, services
from clustersim.letter.differential import relief_by_grade
from clustersim.letter.inspection import perceived_gain
from clustersim.world.columns import Floats
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

# Columns of the table of what services do in a park (2.6, 2.7): factors on what they act on.
PAPERWORK: Final = 0  # share of paperwork left
LOST_OUTPUT: Final = 1  # share of lost output left
CREDIT: Final = 2  # credit line over that outside
TRAINED: Final = 3  # fixed cost left
RESEARCH: Final = 4  # gain of an upgrade over that outside


class Terms(NamedTuple):
    """What every firm's options share this quarter. Money in yuan, land in mu, rents in yuan/m2 a month."""

    # Time and taste
    annuity: float  # worth of one yuan a quarter, in quarters
    investment_weight: float
    taste: float  # years of revenue
    nest_in_place: float
    nest_parks: float
    constant_rectify: float
    constant_upgrade: float
    constant_expand: float
    constant_move: float
    constant_exit: float
    # Market and technique
    elasticity: float
    price_response: float
    price_large: float
    price_small: float
    upgrade_gain: float
    upgrade_decay: float
    upgrade_electricity: float
    upgrade_cost: float
    upgrade_hazard: float
    upgrade_pause: int
    gain_quarters: int
    gain_seen: float  # share of the gain a firm reckons with
    gain_seen_near: float  # ... with a model firm near (3.3)
    order_relief: float  # of the cost of an upgrade, under an improvement order (4.7)
    rectify_fixed: float
    rectify_share: float
    expand_pressure: float
    expand_step: float
    expand_ratio: float
    land_price: float
    build_cost: float
    land_for_d: bool  # 4.2 off
    land_limited: bool  # 1.3 on
    # Closing and cases
    salvage: float  # years of revenue
    severance: float
    land_rent: float
    outside_income: float  # yuan a year
    closing_chance: float
    closing_chance_marks: float
    fine: float
    fine_chance: float
    suspended_quarters: float
    compensation_per_mu: float
    compensation_tenant: float
    # Moving
    move_cost: float
    move_hazard: float
    paperwork: float  # quarters of variable profit
    distance_cost: float
    distance_scale: float
    down_payment: float
    unit_finance: float
    liquidity: float
    credit: float  # years of revenue
    # Rents and land
    rent_village: float
    rent_ordinary: float
    land_tax: float  # yuan a mu and year
    relief_a: float
    relief_b: float
    relief_c: float
    relief_d: float
    # Graded prices, charges and rewards
    surcharge_below_c: float
    surcharge_below_d: float
    surcharge_above_c: float
    surcharge_above_d: float
    exemption: float
    cap: float
    months: float
    spread_above: float
    spread_below: float
    weight_output_above: float  # share of the score that follows output per mu or worker
    weight_energy_above: float
    weight_output_below: float
    weight_energy_below: float
    discharge: float
    discharge_a: float
    discharge_b: float
    discharge_c: float
    discharge_d: float
    reward_chance: float
    reward_rate: float
    reward_rate_lead: float
    reward_floor: float
    reward_cap: float
    reward_cap_lead: float
    reward_a: float
    reward_b: float
    reward_c: float
    reward_d: float
    relief_first: float
    relief_later: float
    voucher_share: float
    voucher_cap: float
    voucher_limit: float


def annuity(yearly_rate: float, quarters: int) -> float:
    """Worth today of one yuan a quarter over a horizon.

    >>> round(annuity(0.40, 40), 2)
    11.0
    """
    rate = exponential(0.25 * logarithm(1.0 + yearly_rate)) - 1.0
    return (1.0 - exponential(-quarters * logarithm(1.0 + rate))) / rate


def park_hooks(world: World, levers: Levers, assumptions: Assumptions) -> Floats:
    """[park, 5]: what the services of each park do, by the column names above."""
    return services.hooks(world, levers.services, assumptions)


def terms_of(world: World, levers: Levers, assumptions: Assumptions) -> Terms:
    """Gather the terms of a quarter."""
    a, graded, rules = assumptions, levers.grading, levers.differential
    cases = levers.inspection
    deterrents = inspection.deterrents(cases, assumptions)
    relief = relief_by_grade(world, rules)
    above_sum = (
        graded.weight_tax + graded.weight_value_added + graded.weight_energy + graded.weight_emission
        + graded.weight_labour + graded.weight_research
    )  # fmt: skip
    below_sum = graded.weight_below_land + graded.weight_below_energy
    return Terms(
        annuity=annuity(a.discount_rate, a.horizon_quarters),
        investment_weight=float(a.investment_weight),
        taste=float(a.taste_scale),
        nest_in_place=float(a.nest_in_place),
        nest_parks=float(a.nest_parks),
        constant_rectify=float(a.constant_rectify),
        constant_upgrade=float(a.constant_upgrade),
        constant_expand=float(a.constant_expand),
        constant_move=float(a.constant_move),
        constant_exit=float(a.constant_exit),
        elasticity=float(a.markup_elasticity),
        price_response=float(a.electricity_elasticity),
        price_large=float(a.price_large),
        price_small=float(a.price_small),
        upgrade_gain=float(a.upgrade_gain),
        upgrade_decay=float(a.upgrade_decay),
        upgrade_electricity=float(a.upgrade_electricity),
        upgrade_cost=float(a.upgrade_cost),
        upgrade_hazard=float(a.upgrade_hazard),
        upgrade_pause=int(a.upgrade_pause),
        gain_quarters=int(a.gain_quarters),
        gain_seen=float(perceived_gain(False, a.perceived_gain_alone)),
        gain_seen_near=float(perceived_gain(True, a.perceived_gain_alone)),
        order_relief=float(graded.order_relief),
        rectify_fixed=float(a.rectify_fixed),
        rectify_share=float(a.rectify_share),
        expand_pressure=float(a.expand_pressure),
        expand_step=float(a.expand_step),
        expand_ratio=float(a.expand_floor_area_ratio),
        land_price=float(a.land_price),
        build_cost=float(a.build_cost),
        land_for_d=not rules.no_new_land_for_d,
        land_limited=bool(world.city.land_limited),
        salvage=float(a.salvage_share * a.capital_ratio),
        severance=float(a.severance),
        land_rent=float(a.land_rent),
        outside_income=float(a.outside_income),
        closing_chance=float(cases.overdue_closure if cases.follow_up else 0.0),
        closing_chance_marks=float(cases.closure_marks if cases.follow_up else 0.0),
        fine=float(deterrents.fine),
        fine_chance=float(deterrents.fine_chance),
        suspended_quarters=float(deterrents.suspended_quarters),
        compensation_per_mu=float(levers.land.clearance_compensation_owner),
        compensation_tenant=float(levers.land.clearance_compensation_tenant),
        move_cost=float(a.move_cost),
        move_hazard=float(a.move_hazard),
        paperwork=float(a.paperwork_cost),
        distance_cost=float(a.distance_cost),
        distance_scale=float(a.distance_scale),
        down_payment=float(a.unit_down_payment),
        unit_finance=float(a.unit_finance_rate),
        liquidity=float(a.liquidity_share),
        credit=float(a.credit_line),
        rent_village=float(a.rent_village),
        rent_ordinary=float(a.rent_ordinary),
        land_tax=float(a.land_use_tax * SQUARE_METRES_PER_MU),
        relief_a=float(relief[0]),
        relief_b=float(relief[1]),
        relief_c=float(relief[2]),
        relief_d=float(relief[3]),
        surcharge_below_c=float(rules.surcharge_below_c),
        surcharge_below_d=float(rules.surcharge_below_d),
        surcharge_above_c=float(rules.surcharge_above_c),
        surcharge_above_d=float(rules.surcharge_above_d),
        exemption=float(rules.exemption_kwh),
        cap=float(rules.cap_yuan),
        months=float(rules.months),
        spread_above=float(a.price_spread_above),
        spread_below=float(a.price_spread_below),
        weight_output_above=float((graded.weight_tax + graded.weight_value_added + graded.weight_labour) / above_sum),
        weight_energy_above=float(graded.weight_energy / above_sum),
        weight_output_below=float(graded.weight_below_land / below_sum),
        weight_energy_below=float(graded.weight_below_energy / below_sum),
        discharge=float(a.discharge_charge),
        discharge_a=float(rules.discharge_a),
        discharge_b=float(rules.discharge_b),
        discharge_c=float(rules.discharge_c),
        discharge_d=float(rules.discharge_d),
        reward_chance=float(a.reward_chance),
        reward_rate=float(rules.upgrade_reward_rate),
        reward_rate_lead=float(rules.upgrade_reward_rate_lead),
        reward_floor=float(rules.floor_yuan),
        reward_cap=float(rules.upgrade_reward_cap),
        reward_cap_lead=float(rules.upgrade_reward_cap_lead),
        reward_a=float(rules.factor_a),
        reward_b=float(rules.factor_b),
        reward_c=float(rules.factor_c),
        reward_d=float(rules.factor_d),
        relief_first=float(rules.rent_relief_first),
        relief_later=float(rules.rent_relief_later),
        voucher_share=float(rules.voucher_share),
        voucher_cap=float(rules.voucher_cap),
        voucher_limit=float(rules.voucher_revenue_limit),
    )
