"""The accounts of a quarter: what every firm sells, pays and keeps, in fen, with two ends to every flow.

Rents come first, because one firm's rent is another's income; then each firm's own account, which no other firm's
depends on, so that slices of rows can be settled side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from clustersim.firm import payments
from clustersim.firm.account_terms import AccountTerms, account_terms
from clustersim.firm.changes import close
from clustersim.firm.dues import over_quota, with_surcharge
from clustersim.firm.options import rent_a_quarter
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, TRAINED, park_hooks
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, sweep
from clustersim.foundation.draws import normals
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import Action, Cause, Grade, Luck, Site, Tenure
from clustersim.letter.differential import RELIEF_UNTIL, surcharge
from clustersim.letter.parks import threshold, unit_rent
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rows import places
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

_TAX: Final = int(Luck.TAX)
_PARK: Final = int(Site.PARK)
_OWNER: Final = int(Tenure.OWNER)
_UNIT_OWNER: Final = int(Tenure.UNIT_OWNER)
_C: Final = int(Grade.C)
_MOVE: Final = int(Action.MOVE)
_FLOWS: Final = len(Flow)
_RENT_FIRMS: Final = int(Flow.RENT_TO_FIRMS)
_RENT_ABSENT: Final = int(Flow.RENT_TO_ABSENT)
_RENT_PARKS: Final = int(Flow.RENT_TO_PARKS)
_UNIT_FINANCE: Final = int(Flow.UNIT_FINANCE)


class RentTerms(NamedTuple):
    """What the rents of a quarter share, as plain scalars."""

    village: float  # yuan/m2 a month
    ordinary: float
    incubator: float  # over the standard rent of a park
    incubator_quarters: int
    finance: float  # yearly cost of a bought unit over its price


PayRents = Callable[[World, RentTerms], None]  # loops over firms: see `firm.walk`
SettleEach = Callable[[World, AccountTerms, Floats], tuple[Long, Long, Long]]


def pay_rents_columns(world: World, terms: RentTerms) -> None:
    """Every firm's rent, in one thread: a rent touches two rows."""
    firms = world.firms
    _pay_rents(
        0, world.rows, world.quarter.index, terms, firms.born,
        firms.alive, firms.town, firms.site, firms.place, firms.tenure, firms.unit, firms.landlord, firms.floor,
        firms.cash, firms.profit, firms.rent_received, world.parks.rent, world.parks.price, world.books.money,
    )  # fmt: skip


def settle_columns(world: World, terms: AccountTerms, park_hooks: Floats) -> tuple[Long, Long, Long]:
    """Every firm's own account, in blocks of rows.

    Returns the flows [Flow, town] in fen, and by town what grades relieved and what they made dearer.
    """
    firms, quarter = world.firms, world.quarter
    parts = over_rows(
        _settle, world.rows, len(world.towns), np.int64(world.seed), quarter.index, quarter.number,
        terms, park_hooks,
        firms.alive, firms.uid, firms.sector, firms.town, firms.site, firms.place, firms.tenure, firms.land,
        firms.above_scale, firms.grade, firms.grade_before, firms.d_years, firms.suspended, firms.action,
        firms.revenue, firms.kwh_per_yuan, firms.fixed_cost, firms.tax_noise, firms.kwh_base, firms.fine_due,
        firms.cash, firms.profit, firms.rent_received, firms.overdrawn, firms.surcharge_paid,
        firms.revenue_year, firms.revenue_last_year, firms.kwh_year, firms.kwh_last_year, firms.tax_year,
        firms.tax_last_year, firms.diligence, world.sectors.polluting, world.city.graded,
    )  # fmt: skip
    money, relieved, dearer = (sum(part[place] for part in parts) for place in range(3))
    return money, relieved, dearer


def settle(
    world: World, levers: Levers, assumptions: Assumptions, pay_rents: PayRents = pay_rents_columns,
    settle_each: SettleEach = settle_columns,
) -> None:  # fmt: skip
    """Settle every firm's quarter; firms that have been beyond their credit line too long default (4.3, 4.5)."""
    firms = world.firms
    pay_rents(world, rent_terms(world, levers, assumptions))
    money, relieved, dearer = settle_each(
        world, account_terms(world, levers, assumptions), park_hooks(world, levers, assumptions)
    )
    world.books.money += money
    by_clause = world.books.by_clause
    by_clause[CLAUSE_SLOTS.index("4.3")] += money[Flow.REFUND] - money[Flow.SURCHARGE]
    by_clause[CLAUSE_SLOTS.index("3.5")] -= money[Flow.FINES]
    by_clause[CLAUSE_SLOTS.index("4.5")] -= dearer
    if world.quarter > RELIEF_UNTIL:  # before, the relief is the province's
        by_clause[CLAUSE_SLOTS.index("4.5")] += relieved
    living, overdrawn = firms.alive[: world.rows], firms.overdrawn[: world.rows]
    defaulted = np.flatnonzero(living & (overdrawn > assumptions.default_quarters))
    firms.exit_cause[defaulted] = Cause.DEFAULT
    close(world, defaulted, levers, assumptions)


def rent_terms(world: World, levers: Levers, assumptions: Assumptions) -> RentTerms:
    """Gather them."""
    gate = threshold(world, levers.parks, assumptions)
    return RentTerms(
        village=float(assumptions.rent_village),
        ordinary=float(assumptions.rent_ordinary),
        incubator=gate.incubator_rent,
        incubator_quarters=gate.incubator_quarters,
        finance=float(assumptions.unit_finance_rate),
    )


@sweep
def _pay_rents(
    first: int, last: int, quarter: int, t: RentTerms, born: Short,
    alive: Flags, town: Small, site: Small, place: Whole, tenure: Small, unit: Small, landlord: Whole, floor: Whole,
    cash: Long, profit: Floats, rent_received: Floats, park_rent: Floats, park_price: Floats, money: Long,
) -> None:  # fmt: skip
    rent_received[first:last] = 0.0
    absent = np.zeros(money.shape[1], np.int64)
    paid, marked, special = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.bool_), np.zeros(BLOCK + 1, np.int64)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, sites, tenures, towns_here, landlords = alive[at], site[at], tenure[at], town[at], landlord[at]
        payments.pay_ordinary_rent(paid, living, sites, tenures, floor[at], t.village, t.ordinary, t.finance)
        for one in range(len(living)):
            marked[one] = living[one] & (tenures[one] != _OWNER) & ((sites[one] == _PARK) | (landlords[one] >= 0))
        for one in places(special, marked[: len(living)]):
            row, here = start + one, town[start + one]
            if sites[one] == _PARK:
                park = place[row]
                rent_there = unit_rent(
                    park_rent[park], unit[row], quarter - born[row], t.incubator, t.incubator_quarters
                )
                fen = in_fen(
                    rent_a_quarter(
                        sites[one], tenures[one], 0.01 * floor[row], t.village, t.ordinary, rent_there,
                        park_price[park], t.finance,
                    )
                )  # fmt: skip
                money[_UNIT_FINANCE if tenures[one] == _UNIT_OWNER else _RENT_PARKS, here] += fen
                absent[here] -= fen
                paid[one] = fen
            else:
                fen, owner = paid[one], landlord[row]
                cash[owner] += fen
                rent_received[owner] += 0.01 * fen
                money[_RENT_FIRMS, here] += fen
                absent[here] -= fen
        payments.enter_rent(paid, cash[at], profit[at])
        for one in range(len(living)):
            absent[towns_here[one]] += paid[one]
    money[_RENT_ABSENT] += absent


@sweep
def _settle(
    first: int, last: int, towns: int, seed: int, quarter: int, season: int, t: AccountTerms, park_hooks: Floats,
    alive: Flags, uid: Long, sector: Small, town: Small, site: Small, place: Whole, tenure: Small, land: Whole,
    above_scale: Flags, grade: Small, grade_before: Small, d_years: Small, suspended: Flags, action: Small,
    revenue: Floats, kwh_per_yuan: Floats, fixed_cost: Floats, tax_noise: Floats, kwh_base: Long, fine_due: Long,
    cash: Long, profit: Floats, rent_received: Floats, overdrawn: Small, surcharge_paid: Long,
    revenue_year: Long, revenue_last_year: Long, kwh_year: Long, kwh_last_year: Long, tax_year: Long,
    tax_last_year: Long, diligence: Floats, polluting: Flags, graded_in: int,
) -> tuple[Long, Long, Long]:  # fmt: skip
    """Returns the flows [Flow, town] of these rows, and by town what grades relieved and what they made dearer."""
    sums = np.zeros((towns, payments.KINDS), np.int64)
    amounts, spare = np.zeros((payments.KINDS, BLOCK), np.int64), np.zeros((7, BLOCK))
    full, used, bill, worked = spare[0], spare[1], spare[2], spare[3]
    trained, credit, kwh = spare[4], spare[5], spare[6]
    sales, electricity, taxes = (
        amounts[payments.OF_SALES], amounts[payments.OF_ELECTRICITY], amounts[payments.OF_TAXES]
    )  # fmt: skip
    charged, over = amounts[payments.OF_SURCHARGE], amounts[payments.OF_OVER_QUOTA]
    charged_for, marked, special = np.zeros(BLOCK, np.bool_), np.zeros(BLOCK, np.bool_), np.zeros(BLOCK + 1, np.int64)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, above, grades, sites = alive[at], above_scale[at], grade[at], site[at]
        if season == 1:
            payments.turn_year(living, revenue_year[at], revenue_last_year[at])
            payments.turn_year(living, kwh_year[at], kwh_last_year[at])
            payments.turn_year(living, tax_year[at], tax_last_year[at])
            normals(kwh, seed, _TAX, quarter, uid[at], 0)
            payments.draw_tax_noise(living, kwh, t.tax_spread, t.tax_centre, tax_noise[at])
        payments.plain_quarter(full, used, bill, worked, living, revenue[at], kwh_per_yuan[at], suspended[at])
        trained[:], credit[:] = 1.0, t.credit
        for one in range(len(living)):
            charged_for[one] = polluting[sector[start + one]]
        for one in range(len(living)):
            marked[one] = living[one] & (sites[one] == _PARK)
        for one in places(special, marked[: len(living)]):
            hooks = park_hooks[place[start + one]]
            trained[one], credit[one] = hooks[TRAINED], t.credit * hooks[CREDIT]
            if action[start + one] == _MOVE:
                worked[one] *= 1.0 - t.move_output_loss * hooks[LOST_OUTPUT]
        for one in range(len(living)):
            marked[one] = living[one] & (grades[one] >= _C)
        low_grades = places(special, marked[: len(living)])
        for one in low_grades:
            rate = surcharge(
                grades[one], above[one], d_years[start + one], t.surcharge_below_c, t.surcharge_below_d,
                t.surcharge_above_c, t.surcharge_above_d, t.escalator,
            )  # fmt: skip
            full[one], used[one], bill[one] = with_surcharge(
                rate, t.price_large if above[one] else t.price_small, t.elasticity, t.price_response, t.exemption,
                t.cap, t.months, full[one], used[one],
            )  # fmt: skip
        payments.sell_output(sales, kwh, full, used, worked)
        payments.pay_for_power(electricity, charged, kwh, bill, worked, above, t)
        payments.pay_taxes(taxes, sales, above, tax_noise[at], t)
        payments.pay_land_tax(
            amounts[payments.OF_LAND_TAX], amounts[payments.RELIEVED], living, tenure[at], land[at], grades, t
        )
        payments.pay_running_costs(amounts[payments.OF_RUNNING], sales, electricity, taxes, bill, worked, t.elasticity)
        payments.pay_fixed_costs(amounts[payments.OF_FIXED], living, fixed_cost[at], trained)
        payments.pay_discharge(amounts[payments.OF_DISCHARGE], amounts[payments.DEARER], charged_for, sales, grades, t)
        payments.inspect_oneself(amounts[payments.OF_SELF_INSPECTION], sales, diligence[at], t)
        payments.pay_fines(amounts[payments.OF_FINES], living, fine_due[at])
        if graded_in == quarter:
            payments.pay_refunds(
                amounts[payments.OF_REFUND], living, grades, grade_before[at], surcharge_paid[at], t.refund_share
            )
        over[:] = 0
        for one in low_grades:
            surcharge_paid[start + one] += charged[one]
            over[one] = over_quota(
                grades[one], kwh[one], kwh_base[start + one], t.price_large if above[one] else t.price_small,
                t.quota_c, t.quota_d,
            )  # fmt: skip
        payments.keep_books(
            amounts, living, kwh, rent_received[at], cash[at], profit[at], revenue_year[at], kwh_year[at],
            tax_year[at],
        )  # fmt: skip
        payments.pay_owners(amounts[payments.OF_DIVIDENDS], living, full, credit, cash[at], overdrawn[at], t)
        for one in range(len(living)):
            total = sums[town[start + one]]
            for kind in range(payments.KINDS):
                total[kind] += amounts[kind, one]
    money = np.zeros((_FLOWS, towns), np.int64)
    for kind in range(len(payments.SETTLED)):
        money[payments.SETTLED[kind]] = sums[:, kind]
    return money, sums[:, payments.RELIEVED].copy(), sums[:, payments.DEARER].copy()
