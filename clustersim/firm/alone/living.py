"""What happens to one firm that it does not decide: luck, demand, and the drift of its hazards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clustersim.firm.shocks import (
    ShockTerms,
    costs_after,
    demand_factor,
    first_capacity,
    phased,
    sales_after,
    workers_after,
    year_spread,
)
from clustersim.foundation.draws import four_uniforms, normal
from clustersim.foundation.mathematics import exponential, in_millionths
from clustersim.foundation.words import NOBODY, Luck, Site, Stage, Tenure
from clustersim.letter.inspection import (
    DriftTerms,
    diligence,
    drifted,
    halves,
    left_by_inspection,
    nearest_kind,
    relapse_level,
    self_inspects,
    survey_place,
    surveyed,
)
from clustersim.world.row import FirmRow

_SHOCK: Final = int(Luck.FIRM_SHOCK)
_HAZARD: Final = int(Luck.HAZARD)
_HAZARDS: Final = ("safety", "environment", "fire", "energy")


def be_struck(
    firm: FirmRow, seed: int, quarter: int, new_year: bool, drift_of_sector: Sequence[float], t: ShockTerms
) -> tuple[int, int, int]:
    """Demand and sales of a quarter. Returns yuan won by gains, yuan of revenue, and change of jobs in millionths."""
    uid = firm.uid
    if new_year:
        firm.volatility = year_spread(seed, quarter, uid, firm.revenue, t.spread, t.size_exponent)
    if firm.floor_capacity <= 0.0:  # a newcomer
        firm.volatility = year_spread(seed, quarter, uid, firm.revenue, t.spread, t.size_exponent)
        firm.floor_capacity = first_capacity(seed, uid, firm.revenue, firm.normal_revenue, t.slack, t.slack_spread)

    gain = phased(firm.gain_left, firm.gain_quarters)
    won = int(firm.revenue * gain)
    if gain != 0.0:
        firm.gain_left -= gain
        firm.gain_quarters = max(firm.gain_quarters - 1, 0)
    growth = exponential(gain)
    firm.normal_revenue *= growth
    firm.floor_capacity *= growth

    luck = normal(seed, _SHOCK, quarter, uid, 0)
    push = drift_of_sector[firm.sector]
    demand = demand_factor(luck, firm.volatility, push, firm.revenue, firm.normal_revenue, t.pull)
    before = firm.employees
    firm.employees = after = workers_after(before, t.labour_follow, demand)
    bound = firm.tenure == Tenure.OWNER and firm.site == Site.PLOT
    firm.revenue = sales = sales_after(firm.revenue, demand, growth, bound, t.pressure * firm.floor_capacity)
    firm.fixed_cost = costs_after(firm.fixed_cost, firm.fixed_share, sales, t.follow)
    return won, int(sales), in_millionths(after) - in_millionths(before)


def drift(
    firm: FirmRow, seed: int, quarter: int, mean: Sequence[Sequence[float]], standard: Sequence[Sequence[float]],
    t: DriftTerms,
) -> tuple[float, bool, bool]:  # fmt: skip
    """Hazards of a quarter (3.1, 3.6, 3.10); `mean` and `standard` are [hazard][sector].

    Returns its lot among visits, whether it was surveyed, and whether it relapsed.
    """
    uid, sector = firm.uid, firm.sector
    first, second, lot, third = four_uniforms(seed, _HAZARD, quarter, uid, 0)
    luck = (*halves(first), *halves(second))
    for kind, name in enumerate(_HAZARDS):
        setattr(firm, name, drifted(getattr(firm, name), mean[kind][sector], t.back, t.noise, luck[kind]))
    firm.masked = t.mask
    firm.suspended = False
    if t.self_share > 0.0:
        if firm.diligence < 0.0:
            firm.diligence = diligence(seed, uid)
        left = left_by_inspection(t.self_effect, self_inspects(firm.diligence, t.self_share))
        firm.safety *= left
        firm.fire *= left
    called = False
    if t.survey_share > 0.0:
        if firm.survey_turn < 0.0:
            firm.survey_turn = survey_place(seed, uid)
        called = surveyed(firm.survey_turn, quarter, t.survey_share)
        firm.known = firm.known or called
    if not t.kept:
        firm.known = False
    relapses = firm.cured > 0 and third < t.relapse and firm.stage == Stage.NONE
    if relapses:
        firm.cured = NOBODY
        _relapse(firm, [standard[kind][sector] for kind in range(4)], t.relapse_excess)
    return lot, called, relapses


def _relapse(firm: FirmRow, standard: Sequence[float], excess: float) -> None:
    """The hazard nearest to its standard comes back."""
    kind = nearest_kind(firm.safety, firm.environment, firm.fire, firm.energy, *standard)
    name = _HAZARDS[kind]
    setattr(firm, name, max(getattr(firm, name), relapse_level(standard[kind], excess)))
