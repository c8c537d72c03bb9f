"""The accounts of a quarter, firm by firm: rents, sales, power, taxes, charges, owners' pay (3.8, 4.3, 4.5)."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from clustersim.firm.account_terms import account_terms
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, TRAINED
from clustersim.foundation.words import Action, Cause, Grade, Site, Tenure, Unit
from clustersim.letter.differential import RELIEF_UNTIL
from clustersim.world.books import CLAUSE_SLOTS, Flow
from lean_mesa.changing import close
from lean_mesa.plain import Plain

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity
    from lean_mesa.firm import Firm

PARK, VILLAGE, UNIT_OWNER, INCUBATOR = int(Site.PARK), int(Site.VILLAGE), int(Tenure.UNIT_OWNER), int(Unit.INCUBATOR)
C, D = int(Grade.C), int(Grade.D)
LONG_D = 3  # years in a row with grade D from which the escalator is added


def settle(city: LeanCity) -> None:
    """Settle every firm's quarter; who was beyond its credit line too long defaults.

    Tenants stand before owners in a town's list, so that all rents are in when an owner's turn comes.
    """
    world, a, levers = city.world, city.assumptions, city.levers
    quarter, season = world.quarter.index, world.quarter.number
    t = Plain(**account_terms(world, levers, a)._asdict())
    market, gate, gauss = city.market, city.gate, city.random.gauss
    parks_rent, parks_price, hooks = market.rent, market.price, market.hooks
    rent_village, rent_ordinary = 0.03 * a.rent_village, 0.03 * a.rent_ordinary
    power_limited, licences = levers.entry.power_limited, Licences(city)
    relief = [0.0, t.relief_a, t.relief_b, t.relief_c, t.relief_d]
    discharge = [
        t.discharge * one for one in (t.discharge_b, t.discharge_a, t.discharge_b, t.discharge_c, t.discharge_d)
    ]
    tax_shares = (t.value_added * t.tax_below, t.value_added * t.tax_above)
    land_tax, margin, credit, kept = 0.0025 * t.land_tax, 1.0 / t.elasticity, t.credit, t.cash_kept
    self_inspection, inspecting, dividends = t.self_inspection, t.self_inspection_cost, t.dividend_share
    graded_now, polluting, most_overdrawn = world.city.graded == quarter, market.polluting, a.default_quarters
    new_year = season == 1
    moved = {id(firm) for firm, _ in city.deeds[Action.MOVE]}
    failed: list[Firm] = []
    for town, firms in enumerate(city.towns):
        all_sales = all_taxes = all_land_tax = all_discharge = all_charged = all_fines = all_refunds = all_owners = 0.0
        relieved = dearer = 0.0
        for firm in firms:
            site, sales_a_year, grade, above = firm.site, firm.revenue, firm.grade, firm.above_scale
            cash = firm.cash
            if site == VILLAGE:
                if power_limited:
                    limit = firm.power_limit
                    if 0.0 < limit < sales_a_year:
                        firm.revenue = sales_a_year = limit
                    if 0.0 < limit < firm.normal_revenue:
                        firm.normal_revenue = limit
                licences.look_at(firm)
            profit, worked, trained, line = 0.0, 1.0, 1.0, credit
            if firm.land:
                profit = firm.rent_received = firm.rent_in
                firm.rent_in = 0.0
                rent = 0.0
            elif site == PARK:
                place = firm.place
                if firm.tenure == UNIT_OWNER:
                    rent = 0.0025 * a.unit_finance_rate * parks_price[place] * firm.floor
                else:
                    rent = 0.03 * parks_rent[place] * firm.floor
                    if firm.unit == INCUBATOR and quarter - firm.born < gate.incubator_quarters:
                        rent *= gate.incubator_rent
                helped = hooks[place]
                trained, line = helped[TRAINED], credit * helped[CREDIT]
                if id(firm) in moved:
                    worked -= t.move_output_loss * helped[LOST_OUTPUT]
            else:
                rent = (rent_village if site == VILLAGE else rent_ordinary) * firm.floor
                owner = firm.landlord
                if owner is not None:
                    if owner.land and owner.alive:
                        owner.cash += rent
                        owner.rent_in += rent
                    else:
                        firm.landlord = None
            if new_year:
                firm.revenue_last_year, firm.revenue_year = firm.revenue_year, 0.0
                firm.kwh_last_year, firm.kwh_year = firm.kwh_year, 0.0
                firm.tax_last_year, firm.tax_year = firm.tax_year, 0.0
                firm.tax_noise = exp(t.tax_spread * gauss(0.0, 1.0) - t.tax_centre)
            if firm.suspended:
                worked *= 0.5
            technique, yearly, charged, over = firm.kwh_per_yuan, 0.0, 0.0, 0.0
            if grade >= C:
                sales_a_year, technique, yearly = surcharged(t, firm, sales_a_year, technique)
                charged = yearly * worked * t.season_share
                firm.surcharge_paid += charged
                all_charged += charged
                kwh = 0.25 * sales_a_year * worked * technique
                quota = t.quota_c if grade == C else t.quota_d
                if quota > 0.0 and kwh > 0.25 * quota * firm.kwh_base:
                    over = (kwh - 0.25 * quota * firm.kwh_base) * (t.price_large if above else t.price_small)
            sales = 0.25 * sales_a_year * worked
            taxes = sales * tax_shares[above] * firm.tax_noise
            # Power at the reference price and taxes are parts of variable cost: what is left of sales is the margin.
            left = sales * margin + 0.25 * yearly * worked - charged - over - 0.25 * firm.fixed_cost * trained - rent
            land = firm.land
            if land:
                full = land_tax * land
                paid = full * (1.0 - relief[grade])
                left -= paid
                all_land_tax += paid
                relieved += full - paid
            if polluting[firm.sector]:
                paid = sales * discharge[grade]
                left -= paid
                all_discharge += paid
                dearer += paid - sales * t.discharge
            if firm.diligence < self_inspection and firm.diligence >= 0.0:
                left -= sales * inspecting
            firm.profit = profit + left
            cash += left
            if firm.fine_due:
                cash -= firm.fine_due
                all_fines += firm.fine_due
                firm.fine_due = 0.0
            if graded_now and firm.surcharge_paid:
                if 0 < grade < firm.grade_before:
                    back = t.refund_share * firm.surcharge_paid
                    cash += back
                    all_refunds += back
                firm.surcharge_paid = 0.0
            firm.revenue_year += sales
            firm.kwh_year += sales * technique
            firm.tax_year += taxes
            all_sales += sales
            all_taxes += taxes
            more = cash - kept * sales_a_year
            if more > 0.0:
                all_owners += more * dividends
                cash -= more * dividends
                if firm.overdrawn:
                    firm.overdrawn = 0
            elif cash < -line * sales_a_year:
                firm.overdrawn += 1
                if firm.overdrawn > most_overdrawn:
                    failed.append(firm)
            elif firm.overdrawn:
                firm.overdrawn = 0
            firm.cash = cash
        for flow, yuan in (
            (Flow.SALES, all_sales), (Flow.TAXES, all_taxes), (Flow.LAND_USE_TAX, all_land_tax),
            (Flow.DISCHARGE_CHARGE, all_discharge), (Flow.SURCHARGE, all_charged), (Flow.FINES, all_fines),
            (Flow.REFUND, all_refunds), (Flow.DIVIDENDS, all_owners),
        ):  # fmt: skip
            city.pay(flow, town, yuan)
        costs = world.books.by_clause[:, town]
        costs[CLAUSE_SLOTS.index("4.3")] += round(100 * (all_refunds - all_charged))
        costs[CLAUSE_SLOTS.index("3.5")] -= round(100 * all_fines)
        costs[CLAUSE_SLOTS.index("4.5")] += round(100 * ((relieved if world.quarter > RELIEF_UNTIL else 0.0) - dearer))
    for firm in failed:
        close(city, firm, Cause.DEFAULT)
    licences.refuse()
    city.forget_the_gone()


def surcharged(t: Plain, firm: Firm, sales: float, technique: float) -> tuple[float, float, float]:
    """Sales a year, kWh per yuan and the year's bill under the surcharge of a low grade (4.3)."""
    above = firm.above_scale
    if firm.grade == D:
        rate = t.surcharge_above_d if above else t.surcharge_below_d
        if firm.d_years >= LONG_D:
            rate += t.escalator
    else:
        rate = t.surcharge_above_c if above else t.surcharge_below_c
    kwh = sales * technique
    if kwh < t.exemption or rate <= 0.0:
        return sales, technique, 0.0
    bill = t.months / 12.0 * min(rate * kwh, t.cap)
    reference = t.price_large if above else t.price_small
    rise = log(1.0 + bill / kwh / reference)
    elasticity, response = t.elasticity, t.price_response
    dearer = reference * technique * elasticity / (elasticity - 1.0) * rise * (1.0 - 0.5 * response * rise)
    return sales * exp((1.0 - elasticity) * dearer), technique * (1.0 - response * rise), bill


class Licences:
    """Licences of firms on village land: some are not renewed, and at the end of the notice the firm closes (3.7)."""

    def __init__(self, city: LeanCity) -> None:
        """The terms of a quarter."""
        levers = city.levers.entry
        self.city, self.quarter, self.every = city, city.world.quarter.index, 4 * city.assumptions.licence_years
        self.chance, self.notice = levers.renewal_strictness * (1.0 - levers.leak), levers.notice_quarters
        self.refused: list[Firm] = []
        self.over: list[Firm] = []

    def look_at(self, firm: Firm) -> None:
        """Note who has to leave, and whose licence is not renewed."""
        due = firm.licence_due
        if due >= 0:
            if self.quarter >= due:
                self.over.append(firm)
            return
        due_now = self.quarter > firm.born and (self.quarter - firm.born) % self.every == 0
        if due_now and self.city.random.random() < self.chance:
            self.refused.append(firm)

    def refuse(self) -> None:
        """Tell them, now that the accounts are settled."""
        for firm in self.over:
            if firm.alive and not firm.closing:
                self.city.order_to_close(firm, Cause.LICENCE)
        for firm in self.refused:
            if firm.alive:
                firm.licence_due = self.quarter + self.notice
                self.city.displace(firm)
