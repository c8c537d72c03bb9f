"""The accounts of a quarter: what every firm sells, pays and keeps, in fen, with two ends to every flow.

Rents come first, because one firm's rent is another's income; then each firm's own account, which no other firm's
depends on, so that slices of rows can be settled side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from clustersim.firm.changes import close
from clustersim.firm.options import cost_change, output_factor, rent_a_quarter
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, TRAINED, AccountTerms, account_terms, park_hooks
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, sweep
from clustersim.foundation.draws import normal
from clustersim.foundation.mathematics import exponential, in_fen, logarithm
from clustersim.foundation.words import Action, Cause, Luck, Site, Tenure
from clustersim.letter.differential import (
    discharge_charge,
    energy_over_quota,
    land_use_tax,
    refund,
    surcharge,
    surcharge_bill,
)
from clustersim.letter.inspection import self_inspects
from clustersim.letter.parks import threshold, unit_rent
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

_TAX: Final = int(Luck.TAX)
_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_PLOT: Final = int(Site.PLOT)
_OWNER: Final = int(Tenure.OWNER)
_UNIT_OWNER: Final = int(Tenure.UNIT_OWNER)
_MOVE: Final = int(Action.MOVE)
_FLOWS: Final = len(Flow)
_SALES: Final = int(Flow.SALES)
_RUNNING: Final = int(Flow.RUNNING_COST)
_FIXED: Final = int(Flow.FIXED_COST)
_ELECTRICITY: Final = int(Flow.ELECTRICITY)
_RENT_FIRMS: Final = int(Flow.RENT_TO_FIRMS)
_RENT_ABSENT: Final = int(Flow.RENT_TO_ABSENT)
_RENT_PARKS: Final = int(Flow.RENT_TO_PARKS)
_UNIT_FINANCE: Final = int(Flow.UNIT_FINANCE)
_TAXES: Final = int(Flow.TAXES)
_LAND_TAX: Final = int(Flow.LAND_USE_TAX)
_DISCHARGE: Final = int(Flow.DISCHARGE_CHARGE)
_SURCHARGE: Final = int(Flow.SURCHARGE)
_OVER_QUOTA: Final = int(Flow.ENERGY_OVER_QUOTA)
_FINES: Final = int(Flow.FINES)
_REFUND: Final = int(Flow.REFUND)
_DIVIDENDS: Final = int(Flow.DIVIDENDS)
_SELF_INSPECTION: Final = int(Flow.SELF_INSPECTION)


def settle(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Settle every firm's quarter; firms that have been beyond their credit line too long default (4.3, 4.5)."""
    firms, city, quarter = world.firms, world.city, world.quarter
    a = assumptions
    gate = threshold(world, levers.parks, a)
    _pay_rents(
        0, world.rows, quarter.index, float(a.rent_village), float(a.rent_ordinary), gate.incubator_rent,
        gate.incubator_quarters, float(a.unit_finance_rate), firms.born,
        firms.alive, firms.town, firms.site, firms.place, firms.tenure, firms.unit, firms.landlord, firms.floor,
        firms.cash, firms.profit, firms.rent_received, world.parks.rent, world.parks.price, world.books.money,
    )  # fmt: skip
    parts = over_rows(
        _settle, world.rows, len(world.towns), np.int64(world.seed), quarter.index, quarter.number,
        account_terms(world, levers, a), park_hooks(world, levers, a),
        firms.alive, firms.uid, firms.sector, firms.town, firms.site, firms.place, firms.tenure, firms.land,
        firms.above_scale, firms.grade, firms.grade_before, firms.d_years, firms.suspended, firms.action,
        firms.revenue, firms.kwh_per_yuan, firms.fixed_cost, firms.tax_noise, firms.kwh_base, firms.fine_due,
        firms.cash, firms.profit, firms.rent_received, firms.overdrawn, firms.surcharge_paid,
        firms.revenue_year, firms.revenue_last_year, firms.kwh_year, firms.kwh_last_year, firms.tax_year,
        firms.tax_last_year, firms.diligence, world.sectors.polluting, city.graded,
    )  # fmt: skip
    money = sum(parts)
    world.books.money += money
    by_clause = world.books.by_clause
    by_clause[CLAUSE_SLOTS.index("4.3")] += money[Flow.REFUND] - money[Flow.SURCHARGE]
    by_clause[CLAUSE_SLOTS.index("3.5")] -= money[Flow.FINES]
    living, overdrawn = firms.alive[: world.rows], firms.overdrawn[: world.rows]
    defaulted = np.flatnonzero(living & (overdrawn > a.default_quarters))
    firms.exit_cause[defaulted] = Cause.DEFAULT
    close(world, defaulted, levers, assumptions)


@sweep
def _pay_rents(
    first: int, last: int, quarter: int, village: float, ordinary: float, incubator: float, young: int,
    finance: float, born: Short,
    alive: Flags, town: Small, site: Small, place: Whole, tenure: Small, unit: Small, landlord: Whole, floor: Whole,
    cash: Long, profit: Floats, rent_received: Floats, park_rent: Floats, park_price: Floats, money: Long,
) -> None:  # fmt: skip
    """One pass in one thread: a rent touches two rows."""
    for row in range(first, last):
        rent_received[row] = 0.0
        profit[row] = 0.0
    for row in range(first, last):
        if not alive[row] or tenure[row] == _OWNER:
            continue
        rent_there, price = 0.0, 0.0
        inside = site[row] == _PARK
        if inside:
            rent_there = unit_rent(park_rent[place[row]], unit[row], quarter - born[row], incubator, young)
            price = park_price[place[row]]
        yuan = rent_a_quarter(site[row], tenure[row], 0.01 * floor[row], village, ordinary, rent_there, price, finance)
        fen = in_fen(yuan)
        cash[row] -= fen
        profit[row] -= 0.01 * fen
        owner = landlord[row]
        if inside:
            money[_UNIT_FINANCE if tenure[row] == _UNIT_OWNER else _RENT_PARKS, town[row]] += fen
        elif owner >= 0:
            cash[owner] += fen
            rent_received[owner] += 0.01 * fen
            money[_RENT_FIRMS, town[row]] += fen
        else:
            money[_RENT_ABSENT, town[row]] += fen


@sweep
def _settle(
    first: int, last: int, towns: int, seed: int, quarter: int, season: int, t: AccountTerms, park_hooks: Floats,
    alive: Flags, uid: Long, sector: Small, town: Small, site: Small, place: Whole, tenure: Small, land: Whole,
    above_scale: Flags, grade: Small, grade_before: Small, d_years: Small, suspended: Flags, action: Small,
    revenue: Floats, kwh_per_yuan: Floats, fixed_cost: Floats, tax_noise: Floats, kwh_base: Long, fine_due: Long,
    cash: Long, profit: Floats, rent_received: Floats, overdrawn: Small, surcharge_paid: Long,
    revenue_year: Long, revenue_last_year: Long, kwh_year: Long, kwh_last_year: Long, tax_year: Long,
    tax_last_year: Long, diligence: Floats, polluting: Flags, graded_in: int,
) -> Long:  # fmt: skip
    """Returns the flows [Flow, town] of these rows."""
    money = np.zeros((_FLOWS, towns), np.int64)
    for row in range(first, last):
        if not alive[row]:
            continue
        here, above = town[row], above_scale[row]
        inside = site[row] == _PARK
        if season == 1:
            revenue_last_year[row], revenue_year[row] = revenue_year[row], 0
            kwh_last_year[row], kwh_year[row] = kwh_year[row], 0
            tax_last_year[row], tax_year[row] = tax_year[row], 0
            tax_noise[row] = exponential(t.tax_spread * normal(seed, _TAX, quarter, uid[row], 0) - t.tax_centre)
        reference = t.price_large if above else t.price_small
        technique = kwh_per_yuan[row]
        full = revenue[row]

        # Electricity: the year's surcharge moves sales; the bill falls in the months charged (4.3)
        rate = surcharge(
            grade[row], above, d_years[row], t.surcharge_below_c, t.surcharge_below_d, t.surcharge_above_c,
            t.surcharge_above_d, t.escalator,
        )  # fmt: skip
        bill = surcharge_bill(full * technique, rate, t.exemption, t.cap, t.months)
        used = technique
        if bill > 0.0:
            price = reference + bill / (full * technique)
            dearer = cost_change(price, reference, technique, t.elasticity, t.price_response)
            full *= output_factor(0.0, dearer, t.elasticity)
            used *= 1.0 - t.price_response * logarithm(price / reference)
        worked = 0.5 if suspended[row] else 1.0
        if action[row] == _MOVE and inside:
            worked *= 1.0 - t.move_output_loss * park_hooks[place[row], LOST_OUTPUT]
        sales = in_fen(0.25 * full * worked)
        kwh = 0.01 * sales * used
        electricity = in_fen(kwh * reference)
        charged = in_fen(bill * worked * t.season_share)
        tax_share = t.tax_above if above else t.tax_below
        taxes = in_fen(0.01 * sales * t.value_added * tax_share * tax_noise[row])
        variable = in_fen(0.01 * sales * (1.0 - 1.0 / t.elasticity))
        running = variable - electricity - in_fen(0.25 * bill * worked) - taxes
        fixed = in_fen(0.25 * fixed_cost[row] * (park_hooks[place[row], TRAINED] if inside else 1.0))

        # What grades and land cost besides (4.5), and the firm's duty to inspect itself (3.10)
        land_tax = 0
        if tenure[row] == _OWNER:
            land_tax = in_fen(
                0.25
                * land_use_tax(0.01 * land[row], grade[row], t.land_tax, t.relief_a, t.relief_b, t.relief_c, t.relief_d)
            )
        discharged = 0
        if polluting[sector[row]]:
            discharged = in_fen(
                discharge_charge(
                    0.01 * sales, grade[row], t.discharge, t.discharge_a, t.discharge_b, t.discharge_c, t.discharge_d
                )
            )
        over = in_fen(energy_over_quota(kwh, 0.25e-3 * kwh_base[row], grade[row], reference, t.quota_c, t.quota_d))
        inspecting = 0
        if self_inspects(diligence[row], t.self_inspection):
            inspecting = in_fen(0.01 * sales * t.self_inspection_cost)
        fined = fine_due[row]
        fine_due[row] = 0
        back = 0
        if graded_in == quarter:
            back = in_fen(refund(grade[row], grade_before[row], 0.01 * surcharge_paid[row], t.refund_share))
            surcharge_paid[row] = 0
        surcharge_paid[row] += charged

        running_profit = sales - running - electricity - charged - over - taxes
        running_profit -= fixed + land_tax + discharged + inspecting
        cash[row] += running_profit - fined + back
        profit[row] += 0.01 * running_profit + rent_received[row]
        revenue_year[row] += sales
        kwh_year[row] += np.int64(kwh * 1000.0)
        tax_year[row] += taxes

        # Owners pay themselves what the firm does not need; a firm beyond its credit line drifts towards default
        kept = in_fen(t.cash_kept * full)
        paid_out = 0
        if cash[row] > kept:
            paid_out = int((cash[row] - kept) * t.dividend_share)
            cash[row] -= paid_out
        credit = t.credit * (park_hooks[place[row], CREDIT] if inside else 1.0)
        if cash[row] < -in_fen(credit * full):
            overdrawn[row] += 1
        else:
            overdrawn[row] = 0

        money[_SALES, here] += sales
        money[_RUNNING, here] += running
        money[_FIXED, here] += fixed
        money[_ELECTRICITY, here] += electricity
        money[_SURCHARGE, here] += charged
        money[_TAXES, here] += taxes
        money[_LAND_TAX, here] += land_tax
        money[_DISCHARGE, here] += discharged
        money[_OVER_QUOTA, here] += over
        money[_SELF_INSPECTION, here] += inspecting
        money[_FINES, here] += fined
        money[_REFUND, here] += back
        money[_DIVIDENDS, here] += paid_out
    return money
