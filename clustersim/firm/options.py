"""What an option is worth to a firm, in yuan: scalar rules, one named term each.

The value of staying in place in some form (stay, rectify, upgrade, expand) differs only in a few changes, held in the
arguments; so does the value of one park. `firm.choice` sweeps over rows and calls these rules; explaining one firm
calls the same ones.
"""

from __future__ import annotations

from clustersim.firm.terms import Terms
from clustersim.foundation.compiled import rule
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.letter.differential import expected_price
from clustersim.letter.grading import chances_at


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
def value_in_place(
    t: Terms,
    revenue: float,
    kwh_per_yuan: float,
    above: bool,
    graded: bool,
    log_score: float,
    log_a: float,
    log_b: float,
    log_c: float,
    land: float,
    polluting: bool,
    fixed: float,
    rent: float,
    rent_received: float,
    exposure: float,
    closing_chance: float,
    gain: float,
    kwh_factor: float,
    land_factor: float,
    invested: float,
    aid: float,
) -> float:
    """Value in yuan of going on where the firm is, with the changes of one option.

    `fixed`, `rent` and `rent_received` are yuan a quarter; `land` mu owned; `exposure` is belief times severity;
    score and cut-offs are logarithms.
    """
    reference = t.price_large if above else t.price_small
    output = output_factor(gain, 0.0, t.elasticity) if gain != 0.0 else 1.0
    technique = kwh_per_yuan * kwh_factor
    kwh = revenue * output * technique
    relief, discharge, price = 0.0, t.discharge_b, reference
    # A grade matters to who owns land, pollutes, or uses more power than is exempt; for the rest it is not reckoned.
    if graded and (land > 0.0 or polluting or kwh >= t.exemption):
        better = rescored(t, above, output / land_factor, 1.0 / kwh_factor)
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
    flow = profit + rent_received - fixed - rent
    flow -= 0.25 * t.land_tax * land * land_factor * (1.0 - relief)
    if polluting:
        flow -= 0.25 * t.discharge * discharge * sales
    flow -= exposure * (t.fine * t.fine_chance + 0.5 * t.suspended_quarters * profit)
    closed = (0.5 * t.salvage - t.severance) * revenue
    return worth(flow, closed, closing_chance, t.annuity, t.investment_weight, invested, aid)


@rule
def rescored(t: Terms, above: bool, output: float, per_kwh: float) -> float:
    """Score over the present one when output per mu and worker, and output per kWh, change by these factors."""
    if above:
        same = 1.0 - t.weight_output_above - t.weight_energy_above
        return t.weight_output_above * output + t.weight_energy_above * per_kwh + same
    return t.weight_output_below * output + t.weight_energy_below * per_kwh


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
def value_of_park(
    t: Terms,
    revenue: float,
    land: float,
    polluting: bool,
    fixed: float,
    exposure: float,
    listed: bool,
    output: float,
    rent: float,
    invested: float,
    aid: float,
    bound_up: float,
) -> float:
    """Value in yuan of one unit in one park, where output is `output` times the present one.

    `fixed` and `rent` are yuan a quarter; `bound_up` is money tied up in a bought unit. Entrants pay the base price of
    electricity while they are not graded. An owner lets its plot again, or is compensated when it is to be cleared.
    """
    sales = revenue * output
    profit = sales / (4.0 * t.elasticity)
    flow = profit - fixed - rent
    if polluting:
        flow -= 0.25 * t.discharge * t.discharge_b * sales
    flow -= exposure * (t.fine * t.fine_chance + 0.5 * t.suspended_quarters * profit)
    if listed:
        aid += (t.compensation_per_mu * land if land > 0.0 else t.compensation_tenant) / t.investment_weight
    else:
        flow += 0.25 * t.land_rent * land
    value = worth(flow, 0.0, 0.0, t.annuity, t.investment_weight, invested, aid)
    return value - (t.investment_weight - 1.0) * bound_up


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
