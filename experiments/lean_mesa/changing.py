"""Admission to parks, rewards, and what deeds change: clauses 2.4 and 4.4, exits, moves, upgrades, newcomers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clustersim.firm.terms import RESEARCH
from clustersim.foundation.words import (
    NOBODY,
    SQUARE_METRES_PER_MU,
    Action,
    Carry,
    Cause,
    Clearance,
    Grade,
    Mark,
    ParkState,
    Pool,
    Site,
    Tenure,
    Unit,
)
from clustersim.letter import entry, inspection
from clustersim.world.books import Count, Flow
from clustersim.world.rationing import whole_part
from lean_mesa.choosing import by_grade, moving_cost
from lean_mesa.firm import Firm

if TYPE_CHECKING:
    from lean_mesa.choosing import Wish
    from lean_mesa.city import LeanCity

PARK, PLOT, VILLAGE = int(Site.PARK), int(Site.PLOT), int(Site.VILLAGE)
TENANT, OWNER, UNIT_OWNER = int(Tenure.TENANT), int(Tenure.OWNER), int(Tenure.UNIT_OWNER)
INCUBATOR, NOTICE = int(Unit.INCUBATOR), int(Clearance.NOTICE)
UNGRADED, YEAR = int(Pool.UNGRADED), 4


def admit(city: LeanCity) -> None:
    """Park units go to returning firms, then to displaced ones, then by score and lot; the rest stay (2.4)."""
    world, market, random = city.world, city.market, city.random.random
    counts, queue, block = world.books.counts, world.city.queue[world.quarter.index % 4], world.parks.block.tolist()
    queue[:] = 0
    ungraded, count = city.assumptions.ungraded_points, world.city.grades_count
    asks = []
    for firm, wish in city.deeds[Action.MOVE]:
        returning = firm.returns_to >= 0 and firm.returns_to == block[wish[0]]
        points = (ungraded if firm.pool == UNGRADED else firm.score) if count else 0.0
        asks.append((0 if returning else 1 if firm.displaced else 2, -points, random(), firm, wish))
    asks.sort(key=lambda one: one[:3])
    free, for_sale = [list(row) for row in market.free], [list(row) for row in market.for_sale]
    rooms = [
        [max(all_ - sold, 0) for all_, sold in zip(*both, strict=True)] for both in zip(free, for_sale, strict=True)
    ]
    granted: list[tuple[Firm, Wish | None]] = []
    for _, _, _, firm, wish in asks:
        park, unit, floor, buys = wish
        left = for_sale if buys else rooms
        counts[Count.ASKED, firm.town] += 1
        if floor <= left[park][unit]:
            left[park][unit] -= floor
            granted.append((firm, wish))
        else:
            counts[Count.REFUSED, firm.town] += 1
            queue[firm.town, firm.sector] += floor
    city.deeds[Action.MOVE] = granted


def grant_rewards(city: LeanCity) -> None:
    """Collect the quarter's claims and serve them by grade and lot while the budget lasts (4.4)."""
    world, levers, quarter = city.world, city.levers.differential, city.world.quarter
    state, random, a = world.city, city.random.random, city.assumptions
    if state.reward_year != quarter.year:
        yearly = levers.reward_budget * world.scale * (5 - quarter.number) / YEAR
        state.reward_left, state.reward_year = round(100 * yearly), quarter.year
    upgrading = {id(firm) for firm, _ in city.deeds[Action.UPGRADE]}
    projects, interest, workshops, rents = [], [], [], []
    claimants = city.claimants + [
        firm for firm, _ in city.deeds[Action.UPGRADE]
        if firm.site != PARK and max(firm.last_upgrade, firm.last_move) < quarter.index - YEAR
    ]  # fmt: skip
    for firm in claimants:
        factor = by_grade(firm.grade, levers.factor_a, levers.factor_b, levers.factor_c, levers.factor_d)
        if factor <= 0.0:
            continue
        order = (firm.grade or Grade.B, random())
        if id(firm) in upgrading:
            sales = firm.revenue
            cost = a.upgrade_cost * sales
            aid = 0.0
            if sales < levers.voucher_revenue_limit:
                aid = factor * min(levers.voucher_share * cost, levers.voucher_cap)
            if firm.registered:
                if cost >= levers.floor_yuan:
                    lead = city.market.lead[firm.sector]
                    rate = levers.upgrade_reward_rate_lead if lead else levers.upgrade_reward_rate
                    aid += factor * min(
                        rate * cost, levers.upgrade_reward_cap_lead if lead else levers.upgrade_reward_cap
                    )
                if firm.above_scale:
                    workshops.append((order, factor * levers.workshop_yuan, firm, Flow.WORKSHOP_REWARD))
            if aid > 0.0:
                projects.append((order, aid, firm, Flow.UPGRADE_REWARD))
        if not firm.registered:
            continue
        if quarter.index - max(firm.last_upgrade, firm.last_move) <= YEAR:
            interest.append((order, factor * levers.interest_yuan, firm, Flow.INTEREST_REWARD))
        if firm.site == PARK and firm.tenure == TENANT and firm.unit != INCUBATOR and firm.last_move > 0:
            since = quarter.index - firm.last_move
            share = levers.rent_relief_first if since < YEAR else levers.rent_relief_later if since < 3 * YEAR else 0.0
            if share > 0.0:
                relief = factor * share * 0.03 * city.market.rent[firm.place] * firm.floor
                rents.append((order, relief, firm, Flow.RENT_RELIEF))
    for claims, carry, number in (
        (interest, Carry.INTEREST_REWARDS, levers.interest_firms), (workshops, Carry.WORKSHOP_REWARDS, levers.workshops)
    ):  # fmt: skip
        claims.sort(key=lambda one: one[0])
        del claims[whole_part(state.carry[carry], 0, number * world.scale / YEAR) :]
    rewarded = set()
    for _, yuan, firm, flow in sorted(projects + interest + workshops + rents, key=lambda one: one[0]):
        fen = round(100 * yuan)
        if fen <= state.reward_left:
            state.reward_left -= fen
            firm.cash += yuan
            city.pay(flow, firm.town, yuan, "4.4")
            if id(firm) not in rewarded:
                rewarded.add(id(firm))
                world.books.counts[Count.REWARDED, firm.town] += 1


def carry_out(city: LeanCity) -> None:
    """Let every decision take effect, then count what was done."""
    world, a, deeds = city.world, city.assumptions, city.deeds
    quarter, did = world.quarter.index, world.city.did[world.quarter.index % YEAR]
    did[:] = 0
    for firm, _ in deeds[Action.EXIT]:
        gone = city.random.random() < a.leave_share
        cause = Cause.CLEARANCE if firm.clearance == NOTICE else Cause.LEFT if gone else Cause.CHOICE
        did[firm.town, firm.sector, Action.EXIT] += 1
        close(city, firm, cause)
    for firm, cause in city.closing:
        did[firm.town, firm.sector, Action.EXIT] += 1
        close(city, firm, cause)
    city.closing = []
    for action, carry in (
        (Action.MOVE, move), (Action.EXPAND, expand), (Action.RECTIFY, rectify), (Action.UPGRADE, upgrade)
    ):  # fmt: skip
        for firm, wish in deeds[action]:
            if carry(city, firm, wish, quarter):
                did[firm.town, firm.sector, action] += 1
    city.forget_the_gone()


def treated_of_late(firm: Firm, quarter: int) -> bool:
    """Whether a case of the firm was registered within a year."""
    return firm.treated >= 0 and quarter - firm.treated <= YEAR


def close(city: LeanCity, firm: Firm, cause: int) -> None:
    """Wind a firm up: capital sold, workers paid off, the rest to its owners; its floor is let again."""
    world, a, town = city.world, city.assumptions, firm.town
    counts, accounts, quarter = world.books.counts, world.accounts, world.quarter.index
    if firm.clearance == NOTICE:
        compensate(city, firm, cause)
    forced = cause in (Cause.CLOSURE, Cause.DEFAULT)
    sold = firm.revenue * a.salvage_share * a.capital_ratio * (0.5 if forced else 1.0)
    paid = firm.revenue * a.severance
    city.pay(Flow.SALVAGE, town, sold)
    city.pay(Flow.SEVERANCE, town, paid)
    city.pay(Flow.CASH_OUT, town, firm.cash + sold - paid)
    counts[Count.TREATED_CLOSED, town] += treated_of_late(firm, quarter)
    counts[Count.EXITED_CHOICE - 1 + cause, town] += 1
    counts[Count.JOBS_EXITED, town] += round(1e6 * firm.employees)
    world.city.vacated_sales[firm.sector] += int(firm.revenue)
    leave_site(city, firm, cause == Cause.CLEARANCE or firm.clearance == NOTICE, accounts.cleared)
    firm.alive = False
    city.changed.add(town)
    firm.remove()


def leave_site(city: LeanCity, firm: Firm, goes: bool, given_up: np.ndarray) -> None:
    """Give floor and land back: to the park, to the town's vacant floor, or with a cleared plot to the ledger."""
    world, town = city.world, firm.town
    accounts, parks = world.accounts, world.parks
    owner = firm.landlord
    if owner is not None:
        owner.let -= firm.floor
        firm.landlord = None
    if firm.site == PARK:
        parks.free[firm.place, firm.unit] += firm.floor
        if firm.tenure == UNIT_OWNER:
            parks.for_sale[firm.place, firm.unit] += firm.floor
        parks.firms_by_sector[firm.place, firm.sector] -= 1
    elif firm.site == PLOT:
        if goes:
            accounts.ordinary_floor[town] -= firm.floor
        else:
            accounts.vacant_floor[town] += firm.floor
        if firm.land:
            accounts.owners_land[town] -= firm.land
            if goes:
                world.city.cell_land[firm.cell] -= firm.land
                given_up[town] += firm.land
                accounts.left[town] += firm.land
                world.books.counts[Count.CLEARED_PLOTS, town] += 1
            else:
                accounts.absent_land[town] += firm.land
                accounts.vacated_plants[town] += firm.floor


def compensate(city: LeanCity, firm: Firm, cause: int) -> None:
    """Pay a firm that goes under a clearance notice (1.4)."""
    levers = city.levers.land
    if firm.land:
        yuan = 0.01 * firm.land * levers.clearance_compensation_owner
    else:
        yuan = levers.clearance_compensation_tenant if cause in (Cause.CLEARANCE, Cause.NONE) else 0.0
    firm.cash += yuan
    city.pay(Flow.COMPENSATION, firm.town, yuan, "1.4")


def move(city: LeanCity, firm: Firm, wish: Wish, quarter: int) -> bool:
    """Into a park: pay, give up the old site, and start with fewer hazards and marks."""
    world, t, gate, market, town = city.world, city.terms, city.gate, city.market, firm.town
    parks, counts = world.parks, world.books.counts
    park, unit, floor, buys = wish
    metres = 0.01 * floor
    cost = moving_cost(t, firm.revenue, metres, gate.fit_outs[unit], market.far[town][park], market.hooks[park])
    firm.cash -= cost
    city.pay(Flow.MOVE_COST, town, cost)
    if buys:
        price = market.price[park] * metres
        firm.cash -= price * t.down_payment
        city.pay(Flow.UNIT_PRICE, town, price)
        city.pay(Flow.UNIT_LOAN, town, price * (1.0 - t.down_payment))
    site = market.values[park][firm.sector]
    change = (t.elasticity - 1.0) * (site - firm.site_productivity)
    firm.site_productivity = site
    firm.gain_left += change
    if change > 0.0:
        firm.gain_quarters = city.assumptions.gain_quarters
    counts[Count.MOVED, town] += 1
    counts[Count.TREATED_MOVED, town] += treated_of_late(firm, quarter)
    if firm.clearance == NOTICE:
        compensate(city, firm, Cause.NONE)
    leave_site(city, firm, firm.clearance == NOTICE, world.accounts.surrendered)
    parks.free[park, unit] -= floor
    parks.for_sale[park, unit] = min(parks.for_sale[park, unit] - (floor if buys else 0), parks.free[park, unit])
    parks.firms_by_sector[park, firm.sector] += 1
    there = int(parks.town[park])
    if there != town:
        counts[Count.FIRMS_WENT, town] += 1
        counts[Count.FIRMS_CAME, there] += 1
        city.changed.add(town)
        city.towns[there].append(firm)
    if 0 < firm.floor < floor:
        firm.floor_capacity *= floor / firm.floor
    firm.town, firm.cell, firm.site, firm.place = there, int(parks.cell[park]), PARK, park
    firm.tenure, firm.unit, firm.land, firm.floor = UNIT_OWNER if buys else TENANT, unit, 0, floor
    firm.marks &= ~int(Mark.PREMISES | Mark.UNLICENSED)
    left = city.assumptions.move_hazard
    firm.safety, firm.environment = left * firm.safety, left * firm.environment
    firm.fire, firm.energy = left * firm.fire, left * firm.energy
    firm.clearance, firm.notice_due, firm.order_due, firm.returns_to = int(Clearance.NONE), NOBODY, NOBODY, NOBODY
    firm.displaced, firm.last_move, firm.park_warnings = False, quarter, 0
    return True


def expand(city: LeanCity, firm: Firm, wish: Wish | None, quarter: int) -> bool:
    """Build on ledger land; who finds the ledger empty stays as it is (1.3)."""
    world, t, town = city.world, city.terms, firm.town
    accounts, metres = world.accounts, 0.01 * firm.floor * t.expand_step
    more = -int(-100.0 * metres // (t.expand_ratio * SQUARE_METRES_PER_MU))
    if t.land_limited and accounts.left[town] < more:
        return False
    price, works, added = 0.01 * more * t.land_price, metres * t.build_cost, int(100.0 * metres)
    firm.cash -= price + works
    city.pay(Flow.LAND_PRICE_FIRMS, town, price)
    city.pay(Flow.PLANT_CONSTRUCTION, town, works)
    firm.land += more
    firm.floor += added
    accounts.owners_land[town] += more
    accounts.ordinary_floor[town] += added
    accounts.built[town] += more
    accounts.left[town] -= more
    world.city.cell_land[firm.cell] += more
    firm.floor_capacity *= 1.0 + t.expand_step
    firm.normal_revenue *= 1.0 + t.expand_step
    world.books.counts[Count.EXPANDED, town] += 1
    return True


def rectify(city: LeanCity, firm: Firm, wish: Wish | None, quarter: int) -> bool:
    """Bring the hazards of an open case below their standard."""
    t, town, counts = city.terms, firm.town, city.world.books.counts
    cost = t.rectify_fixed + t.rectify_share * firm.revenue * firm.severity
    firm.cash -= cost
    city.pay(Flow.RECTIFY_COST, town, cost)
    standards = inspection.standards(city.world, city.levers.inspection)[:, firm.sector].tolist()
    for kind, name in enumerate(("safety", "environment", "fire", "energy")):
        if firm.case_kinds >> kind & 1:
            setattr(firm, name, min(getattr(firm, name), standards[kind] * city.assumptions.rectified_level))
    counts[Count.RECTIFIED, town] += 1
    counts[Count.RECTIFIED_AREA, town] += firm.floor
    counts[Count.TREATED_RECTIFIED, town] += treated_of_late(firm, quarter)
    return True


def upgrade(city: LeanCity, firm: Firm, wish: Wish | None, quarter: int) -> bool:
    """New machines: more productive, less electricity, fewer hazards."""
    t, town, market, counts = city.terms, firm.town, city.market, city.world.books.counts
    done = t.upgrade_decay**firm.upgrades
    gain = t.upgrade_gain * done
    if firm.site == PARK:
        gain *= market.hooks[firm.place][RESEARCH]
    relief = (1.0 - market.relief[firm.sector]) * (1.0 - (t.order_relief if firm.order_due >= 0 else 0.0))
    cost = t.upgrade_cost * firm.revenue * relief
    firm.cash -= cost
    city.pay(Flow.UPGRADE_COST, town, cost)
    firm.productivity += gain
    firm.gain_left += (t.elasticity - 1.0) * gain
    firm.gain_quarters = t.gain_quarters
    saved, left = 1.0 - t.upgrade_electricity * done, t.upgrade_hazard
    firm.kwh_per_yuan *= saved
    firm.emission_per_yuan *= saved
    firm.safety, firm.environment = left * firm.safety, left * firm.environment
    firm.fire, firm.energy = left * firm.fire, left * firm.energy
    firm.marks &= ~int(Mark.OUTDATED)
    firm.upgrades += 1
    firm.last_upgrade = quarter
    city.upgraded.append(firm)
    counts[Count.UPGRADED, town] += 1
    counts[Count.TREATED_UPGRADED, town] += treated_of_late(firm, quarter)
    return True


def admit_newcomers(city: LeanCity) -> None:
    """The quarter's newcomers start where they may: village land, an incubator, floor in town, or nowhere (3.7)."""
    world, levers, random = city.world, city.levers.entry, city.random.random
    accounts, parks, counts, quarter = world.accounts, world.parks, world.books.counts, world.quarter.index
    drawn = entry.draw(world, city.assumptions)
    names = [name for name in type(drawn).__dataclass_fields__ if name in Firm.__slots__]
    columns = {name: getattr(drawn, name).tolist() for name in names}
    wants, bound = drawn.wants_village.tolist(), (drawn.marks_in_village.tolist(), drawn.marks_elsewhere.tolist())
    open_to = np.flatnonzero((parks.state == ParkState.OPEN) & ~parks.strict)
    cells = city.cells_with_industry()
    for one in range(len(drawn)):
        own = {name: values[one] for name, values in columns.items()}
        town, floor = own["town"], own["floor"]
        fits = floor <= accounts.vacant_floor[town]
        site, place = NOBODY, NOBODY
        if fits and not wants[one]:
            site = PLOT
        elif random() < levers.leak:
            site = VILLAGE
        else:
            place = incubator_for(city, own, open_to)
            site = PARK if place >= 0 else PLOT if fits else NOBODY
        if site == NOBODY:
            counts[Count.REFUSED_STARTS, town] += 1
            continue
        if site == PARK:
            own["floor"] = floor = entry.incubator_floor(floor, int(world.city.incubator_unit))
            parks.free[place, INCUBATOR] -= floor
            parks.for_sale[place, INCUBATOR] = min(parks.for_sale[place, INCUBATOR], parks.free[place, INCUBATOR])
            parks.firms_by_sector[place, own["sector"]] += 1
            cell = int(parks.cell[place])
        else:
            cell = city.some_cell(city.flat_cells if site == VILLAGE else cells, town)
        if site == PLOT:
            accounts.vacant_floor[town] -= floor
            accounts.vacated_plants[town] = min(accounts.vacated_plants[town], accounts.vacant_floor[town])
        sales = own["revenue"]
        own["cash"] *= 0.01
        city.towns[town].append(Firm(
            city, **own, alive=True, born=quarter, cell=cell, site=site, place=place,
            unit=INCUBATOR if site == PARK else NOBODY, marks=bound[site != VILLAGE][one], normal_revenue=sales,
            power_limit=city.assumptions.grid_power * sales if site == VILLAGE else 0.0,
            kwh_base=sales * own["kwh_per_yuan"],
        ))  # fmt: skip
        counts[Count.ENTERED, town] += 1
        counts[Count.VILLAGE_STARTS, town] += site == VILLAGE
        counts[Count.JOBS_ENTERED, town] += round(1e6 * own["employees"])
        city.pay(Flow.CAPITAL_IN, town, own["cash"])
        world.city.vacated_sales[own["sector"]] -= int(sales)
        if city.towns[town][-1].marks & Mark.OUTDATED:
            city.outdated.append(city.towns[town][-1])


def incubator_for(city: LeanCity, own: dict[str, float], open_to: np.ndarray) -> int:
    """A park of the town with a free incubator unit for a newcomer; -1 when there is none."""
    world, sector = city.world, int(own["sector"])
    floor = entry.incubator_floor(int(own["floor"]), int(world.city.incubator_unit))
    worst = max(own["safety"], own["environment"], own["fire"], own["energy"])
    if floor == 0 or worst > world.city.entrant_hazard or world.city.park_vetoes >> sector & 1:
        return NOBODY
    parks = world.parks
    for park in open_to[parks.town[open_to] == own["town"]].tolist():
        if parks.admits[park] >> sector & 1 and parks.free[park, INCUBATOR] >= floor:
            return park
    return NOBODY
