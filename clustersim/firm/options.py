"""What an option is worth to a firm, in yuan: scalar rules, one named term each.

The value of staying in place in some form (stay, rectify, upgrade, expand) differs only in a few changes, held in the
arguments; so does the value of one park. `firm.choice` sweeps over rows and calls these rules; explaining one firm
calls the same ones. Those that are given `Terms` are run by Python there (`foundation.compiled.interpreted`); all
others take plain numbers.
"""

from __future__ import annotations

from typing import Final

from clustersim.firm.terms import Terms
from clustersim.foundation.compiled import rule
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import SQUARE_METRES_PER_MU, Site, Tenure
from clustersim.letter.differential import expected_price
from clustersim.letter.grading import chances_at
from clustersim.letter.inspection import CURABLE

_OWNER: Final = int(Tenure.OWNER)
_PLOT: Final = int(Site.PLOT)
_CURABLE: Final = CURABLE
_METRES_PER_MU: Final = SQUARE_METRES_PER_MU


@rule
def cost_change(price: float, reference: float, kwh_per_yuan: float, elasticity: float, response: float) -> float:
    """Change of log marginal cost when electricity costs `price` instead of its reference.

    >>> round(cost_change(0.98, 0.68, 0.05, 5.0, 0.10), 4)
    0.0152
    """
    if price == reference:
        return 0.0
    share = reference * kwh_per_yuan * elasticity / (elasticity - 1.0)
    rise = logarithm(price / reference)
    return share * rise * (1.0 - 0.5 * response * rise)


@rule
def output_factor(gain: float, costs: float, elasticity: float) -> float:
    """Revenue over present revenue after a productivity gain and a change of log marginal cost."""
    return exponential((elasticity - 1.0) * (gain - costs))


@rule
def nth_upgrade(first: float, decay: float, done: int) -> float:
    """What the next upgrade brings when `done` came before: each brings `decay` of the last."""
    return first * exponential(done * logarithm(decay))


@rule
def worth(
    flow: float, closed: float, closing_chance: float, annuity_now: float, weight: float, invested: float, aid: float
) -> float:
    """Value of an option: the flow unless it is closed down, less what has to be invested beyond the aid."""
    return (1.0 - closing_chance) * annuity_now * flow + closing_chance * closed - weight * (invested - aid)


@rule
def flows_in_place(
    t: Terms, revenue: float, kwh_per_yuan: float, above: bool, graded: bool, log_score: float, log_a: float,
    log_b: float, log_c: float, land: float, polluting: bool, exposure: float, gain: float, kwh_factor: float,
    land_factor: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Yuan a quarter of going on where the firm is: profit, land tax, discharge charge, enforcement; and yuan a kWh.

    `land` is mu owned, `exposure` belief times severity; score and cut-offs are logarithms. The last three arguments
    are the changes of one option.
    """
    reference = t.price_large if above else t.price_small
    output = output_factor(gain, 0.0, t.elasticity) if gain != 0.0 else 1.0
    technique = kwh_per_yuan * kwh_factor
    kwh = revenue * output * technique
    relief, discharge, price = 0.0, t.discharge_b, reference
    # A grade matters to who owns land, pollutes, or uses more power than is exempt; for the rest it is not reckoned.
    if graded and (land > 0.0 or polluting or kwh >= t.exemption):
        better = rescored(
            above, output / land_factor, 1.0 / kwh_factor, t.weight_output_above, t.weight_energy_above,
            t.weight_output_below, t.weight_energy_below,
        )  # fmt: skip
        place = log_score + logarithm(better) if better != 1.0 else log_score
        chances = chances_at(place, log_a, log_b, log_c, t.spread_above if above else t.spread_below)
        price = expected_price(
            reference, kwh, chances[2], chances[3], t.surcharge_above_c if above else t.surcharge_below_c,
            t.surcharge_above_d if above else t.surcharge_below_d, t.exemption, t.cap, t.months,
        )  # fmt: skip
        relief = chances[0] * t.relief_a + chances[1] * t.relief_b + chances[2] * t.relief_c + chances[3] * t.relief_d
        discharge = (
            chances[0] * t.discharge_a
            + chances[1] * t.discharge_b
            + chances[2] * t.discharge_c
            + chances[3] * t.discharge_d
        )
    sales = revenue * output
    if price != reference:
        sales *= output_factor(
            0.0, cost_change(price, reference, technique, t.elasticity, t.price_response), t.elasticity
        )
    profit = sales / (4.0 * t.elasticity)
    land_tax = 0.25 * t.land_tax * land * land_factor * (1.0 - relief)
    discharged = 0.25 * t.discharge * discharge * sales if polluting else 0.0
    enforced = exposure * (t.fine * t.fine_chance + 0.5 * t.suspended_quarters * profit)
    return profit, land_tax, discharged, enforced, price


@rule
def flow_in_place(
    profit: float,
    rent_received: float,
    fixed: float,
    rent: float,
    land_tax: float,
    discharge: float,
    enforcement: float,
) -> float:
    """Yuan a quarter that are left: what comes in, less what goes out."""
    flow = profit + rent_received - fixed - rent
    flow -= land_tax
    flow -= discharge
    return flow - enforcement


@rule
def closed_down(revenue: float, salvage: float, severance: float) -> float:
    """Yuan that are left to a firm that is closed down: it sells its capital at half."""
    return (0.5 * salvage - severance) * revenue


@rule
def rescored(
    above: bool, output: float, per_kwh: float, output_above: float, energy_above: float, output_below: float,
    energy_below: float,
) -> float:  # fmt: skip
    """Score over the present one when output per mu and worker, and output per kWh, change by these factors.

    The last four arguments are the shares of the score that follow them, above scale and below.

    >>> round(rescored(True, 1.1, 1.2, 0.5, 0.2, 0.6, 0.4), 3), round(rescored(False, 1.1, 1.2, 0.5, 0.2, 0.6, 0.4), 3)
    (1.09, 1.14)
    """
    if above:
        same = 1.0 - output_above - energy_above
        return output_above * output + energy_above * per_kwh + same
    return output_below * output + energy_below * per_kwh


@rule
def value_of_exit(t: Terms, revenue: float, land: float, listed: bool) -> float:
    """Value in yuan of closing: capital sold, workers paid off, the owner's other work, land let or compensated."""
    value = (t.salvage - t.severance) * revenue + t.annuity * 0.25 * t.outside_income
    if listed:
        return value + (t.compensation_per_mu * land if land > 0.0 else t.compensation_tenant)
    return value + t.annuity * 0.25 * t.land_rent * land


@rule
def far_share(kilometres: float, scale: float) -> float:
    """Share of the loss of a long move that a distance brings.

    >>> far_share(0.0, 10.0), round(far_share(10.0, 10.0), 3)
    (0.0, 0.632)
    """
    return 1.0 - exponential(-kilometres / scale)


@rule
def moving_cost(
    t: Terms,
    revenue: float,
    floor: float,
    fit_out: float,
    far: float,
    paperwork_left: float,
    output_left: float,
) -> float:
    """Yuan it costs to move into a unit of `floor` m2; `far` by `far_share`, the last two as services leave them."""
    profit = revenue / (4.0 * t.elasticity)
    return (
        t.move_cost * revenue
        + fit_out * floor
        + t.paperwork * 0.5 * (paperwork_left + output_left) * profit
        + t.distance_cost * far * revenue
    )


@rule
def flows_in_park(
    t: Terms, revenue: float, land: float, polluting: bool, exposure: float, listed: bool, output: float
) -> tuple[float, float, float, float, float]:
    """Yuan a quarter in a park: profit, discharge charge, enforcement, rent of the plot it leaves; and yuan it is paid.

    `output` is over the present one. Entrants pay the base price of electricity while they are not graded. An owner
    lets its plot again, or is compensated (the last number) when it is to be cleared.
    """
    sales = revenue * output
    profit = sales / (4.0 * t.elasticity)
    discharged = 0.25 * t.discharge * t.discharge_b * sales if polluting else 0.0
    enforced = exposure * (t.fine * t.fine_chance + 0.5 * t.suspended_quarters * profit)
    if listed:
        return profit, discharged, enforced, 0.0, t.compensation_per_mu * land if land > 0.0 else t.compensation_tenant
    return profit, discharged, enforced, 0.25 * t.land_rent * land, 0.0


@rule
def flow_in_park(
    profit: float, fixed: float, rent: float, discharge: float, enforcement: float, plot_rent: float
) -> float:
    """Yuan a quarter that are left in a park."""
    flow = profit - fixed - rent
    flow -= discharge
    flow -= enforcement
    return flow + plot_rent


@rule
def worth_in_park(
    flow: float, annuity_now: float, weight: float, invested: float, aid: float, compensation: float, bound_up: float
) -> float:
    """Value in yuan of a unit in a park; `bound_up` is money tied up in a bought one."""
    value = worth(flow, 0.0, 0.0, annuity_now, weight, invested, aid + compensation / weight)
    return value - (weight - 1.0) * bound_up


@rule
def rent_a_quarter(
    site: int, tenure: int, floor: float, village: float, ordinary: float, park: float, price: float, finance: float
) -> float:
    """Yuan a quarter a firm pays for `floor` m2: rents are yuan/m2 a month, a bought unit costs `finance` a year.

    >>> rent_a_quarter(2, 0, 300.0, 8.0, 10.0, 18.0, 4000.0, 0.06)
    9000.0
    """
    if tenure == 1:  # the owner of a plot
        return 0.0
    if site == 0:  # a park: its own unit, or a rented one
        if tenure == 2:
            return 0.25 * finance * price * floor
        return 3.0 * park * floor
    return 3.0 * floor * (village if site == 3 else ordinary)


@rule
def means_of(cash: int, credit: float, help_of_park: float, revenue: float) -> float:
    """Yuan a firm can lay hands on: its cash (fen) and its credit line, which services of a park widen.

    >>> means_of(-500_000, 0.25, 2.0, 1_000_000.0)
    495000.0
    """
    return 0.01 * cash + credit * help_of_park * revenue


@rule
def closing_seen(in_case: bool, case_kinds: int, chance: float, chance_marks: float) -> tuple[float, float]:
    """Chance a firm sees that its case ends in closing: if it does nothing, and if it cures what can be cured.

    >>> closing_seen(True, 0b1, 0.1, 0.5), closing_seen(True, 0b10001, 0.1, 0.5), closing_seen(False, 0, 0.1, 0.5)
    ((0.1, 0.0), (0.5, 0.5), (0.0, 0.0))
    """
    if in_case and (case_kinds & ~_CURABLE) != 0:
        return chance_marks, chance_marks
    return chance if in_case else 0.0, 0.0


@rule
def upgrade_price(full: float, diagnosed: float, ordered: bool, order_relief: float) -> float:
    """Yuan of an upgrade after what diagnosis (3.9) and an improvement order (4.7) save of its full cost."""
    return full * (1.0 - diagnosed) * (1.0 - (order_relief if ordered else 0.0))


@rule
def rectify_price(fixed: float, share: float, revenue: float, severity: float) -> float:
    """Yuan of curing a case."""
    return fixed + share * revenue * severity


@rule
def outgrown(tenure: int, site: int, revenue: float, pressure: float, floor_capacity: float) -> bool:
    """Whether an owner on its own plot has outgrown its floor."""
    return (tenure == _OWNER) & (site == _PLOT) & (revenue >= pressure * floor_capacity)


@rule
def expansion(
    floor: float, step: float, ratio: float, land_price: float, build_cost: float
) -> tuple[float, float]:  # fmt: skip
    """Mu of new land and yuan that an expansion takes; `floor` in m2, `ratio` floor over land of what is built."""
    more = floor * step / (ratio * _METRES_PER_MU)
    return more, more * land_price + floor * step * build_cost
