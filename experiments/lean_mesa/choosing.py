"""Who looks at its options, what each is worth, and which one is taken: a nested logit with Gumbel taste shocks.

What is not feasible is dropped before any value is reckoned or any luck is drawn.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from clustersim.firm.neighbours import park_values
from clustersim.firm.offers import QUEUE, list_offers
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, PAPERWORK, RESEARCH, TRAINED, park_hooks, terms_of
from clustersim.foundation.words import (
    SQUARE_METRES_PER_MU,
    Action,
    Clearance,
    Grade,
    ParkState,
    Pool,
    Site,
    Stage,
    Tenure,
    Unit,
)
from clustersim.letter.parks import has_room, threshold
from lean_mesa.plain import Plain

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity
    from lean_mesa.firm import Firm

STAY, RECTIFY, UPGRADE, EXPAND, MOVE, EXIT = (int(action) for action in Action)
PARK, PLOT, VILLAGE = int(Site.PARK), int(Site.PLOT), int(Site.VILLAGE)
OWNER, UNIT_OWNER = int(Tenure.OWNER), int(Tenure.UNIT_OWNER)
REGISTERED, NOTICE, OPEN, D = int(Stage.REGISTERED), int(Clearance.NOTICE), int(ParkState.OPEN), int(Grade.D)
SMALL, STANDARD, CUSTOM, INCUBATOR = (int(unit) for unit in Unit)
UNGRADED, CURABLE = int(Pool.UNGRADED), 0b1111
NO_PARK = (1.0, 1.0, 1.0, 1.0, 1.0)  # what services do outside parks
ALMOST = 0.999  # of the revenue at which an owner's floor holds it back

Wish = tuple[int, int, int, bool]  # park, kind of unit, floor (0.01 m2), whether to buy


def market_of(city: LeanCity) -> tuple[Plain, Plain, Plain]:
    """Terms of all options, the threshold of parks, and what places offer this quarter, in plain numbers and lists."""
    world, levers, a = city.world, city.levers, city.assumptions
    parks, state = world.parks, world.city
    t = Plain(**terms_of(world, levers, a)._asdict())
    t.closed = 0.5 * t.salvage - t.severance
    t.full_fine = t.fine * t.fine_chance
    gate = Plain(**threshold(world, levers.parks, a)._asdict())
    gate.fit_outs = [
        gate.fit_out,
        gate.fit_out,
        gate.fit_out * gate.custom_fit_out,
        gate.fit_out * gate.incubator_fit_out,
    ]
    offers = list_offers(
        world, gate.vetoed, has_room(world, levers.parks, float(a.seen_full_share)), int(a.nearest_parks),
        t.distance_scale,
    )  # fmt: skip
    values = park_values(world, a, levers.parks.strictness, planned=True)
    market = Plain(
        offered=[
            [[(park, place == QUEUE) for place, park in enumerate(listed) if park >= 0] for listed in of_town]
            for of_town in offers.park.tolist()
        ], far=offers.far.tolist(), values=values.tolist(),
        output=np.exp((t.elasticity - 1.0) * values).tolist(), free=parks.free.tolist(),
        for_sale=parks.for_sale.tolist(), rent=parks.rent.tolist(), price=parks.price.tolist(),
        admits=parks.admits.tolist(), strict=parks.strict.tolist(), open=(parks.state == OPEN).tolist(),
        of_block=world.blocks.park.tolist(), hooks=[tuple(row) for row in park_hooks(world, levers, a).tolist()],
        log_cuts=[[log(max(cut, 1e-6)) for cut in pool] for pool in state.cut_offs.tolist()],
        peers=(a.peer_weight * state.did.sum(axis=0) / np.maximum(state.stood, 1)[:, :, None]).tolist(),
        left=world.accounts.left.tolist(), relief=state.upgrade_relief.tolist(),
        polluting=world.sectors.polluting.tolist(), lead=(world.sectors.cluster > 0).tolist(),
    )  # fmt: skip
    return t, gate, market


def decide(city: LeanCity) -> None:
    """Beliefs move, parks serve and warn, and every firm that looks picks an action: fills `city.deeds`."""
    levers, a, random, world = city.levers, city.assumptions, city.random.random, city.world
    quarter, graded_now = world.quarter.index, world.city.graded == world.quarter.index
    t, gate, market = market_of(city)
    city.terms, city.gate, city.market = t, gate, market
    attention, extra, pressure = a.attention, levers.services.attention, ALMOST * a.expand_pressure
    decay, priority = a.belief_decay, city.priority
    since = quarter - 4
    deeds: list[list[tuple[Firm, Wish | None]]] = [[] for _ in Action]
    claimants: list[Firm] = []
    for town, firms in enumerate(city.towns):
        rates = city.visit_rates[town]
        for firm in firms:
            belief = firm.belief
            firm.belief = belief + decay * (rates[priority[firm.sector]] - belief)
            if firm.closing:
                continue
            if firm.last_upgrade >= since or firm.last_move >= since or firm.site == PARK:
                claimants.append(firm)
            wide = (
                random() < attention or firm.displaced or firm.cash < 0.0 or firm.stage >= REGISTERED
                or firm.order_due >= 0 or (graded_now and 0 < firm.grade_before < firm.grade)
                or (firm.land and firm.site == PLOT and firm.revenue >= pressure * firm.floor_capacity)
            )  # fmt: skip
            if wide or random() < extra:
                action, wish = choose(city, t, gate, market, firm, town, wide, quarter, pressure)
                if action:
                    deeds[action].append((firm, wish))
    city.deeds, city.claimants = deeds, claimants


def choose(
    city: LeanCity, t: Plain, gate: Plain, market: Plain, firm: Firm, town: int,
    wide: bool, quarter: int, pressure: float,
) -> tuple[int, Wish | None]:  # fmt: skip
    """Value what is open to one firm and take the best nest, then the best of it, each after its taste shock."""
    sector, sales, stage = firm.sector, firm.revenue, firm.stage
    hooks = market.hooks[firm.place] if firm.site == PARK else NO_PARK
    hazard = max(firm.safety, firm.environment, firm.fire, firm.energy)
    exposure, closing, cured = firm.belief * hazard, 0.0, 0.0
    if stage >= REGISTERED:
        exposure = firm.belief * max(hazard, firm.severity)
        closing = t.closing_chance
        if firm.case_kinds & ~CURABLE:
            closing = cured = t.closing_chance_marks
    means = firm.cash + t.credit * hooks[CREDIT] * sales
    peers, scale = market.peers[town][sector], 1.0 / (t.taste * sales)
    parks = wishes(t, gate, market, firm, town, quarter, hazard, exposure, means, scale, peers[MOVE])
    if not wide and not parks:
        return STAY, None
    land = 0.01 * firm.land
    options = in_place(
        city, t, market, firm, town, wide, quarter, pressure, hooks, exposure, closing, cured, means, land, peers, scale
    )
    random = city.random.random
    best, nest = inclusive(options, t.nest_in_place) - log(-log(1.0 - random())), options
    if parks:
        value = inclusive(parks, t.nest_parks) - log(-log(1.0 - random()))
        if value > best:
            best, nest = value, parks
    if wide:
        value = (t.salvage - t.severance) * sales + t.annuity * 0.25 * t.outside_income
        if firm.clearance == NOTICE:
            value += t.compensation_per_mu * land if land > 0.0 else t.compensation_tenant
        else:
            value += t.annuity * 0.25 * t.land_rent * land
        if scale * value + t.constant_exit + peers[EXIT] - log(-log(1.0 - random())) > best:
            return EXIT, None
    if len(nest) == 1:
        return nest[0][1], nest[0][2]
    weight = t.nest_parks if nest is parks else t.nest_in_place
    best = -1e300
    for value, action, wish in nest:
        felt = value - weight * log(-log(1.0 - random()))
        if felt > best:
            best, taken, asked = felt, action, wish
    return taken, asked


def inclusive(options: list[tuple[float, int, Wish | None]], weight: float) -> float:
    """Inclusive value of a nest."""
    if len(options) == 1:
        return options[0][0]
    top = max(options)[0]
    return top + weight * log(sum([exp((option[0] - top) / weight) for option in options]))


def in_place(
    city: LeanCity, t: Plain, market: Plain, firm: Firm, town: int, wide: bool, quarter: int,
    pressure: float, hooks: tuple[float, ...], exposure: float, closing: float, cured: float, means: float,
    land: float, peers: list[float], scale: float,
) -> list[tuple[float, int, Wish | None]]:  # fmt: skip
    """Staying, upgrading, rectifying and expanding, as far as they can be done: value over the taste scale."""
    sector, sales, site = firm.sector, firm.revenue, firm.site
    above, grade, sought = firm.above_scale, firm.grade, firm.kwh_per_yuan
    income = firm.rent_received - 0.25 * firm.fixed_cost * hooks[TRAINED] - rent_of(t, market, firm)
    graded = None
    if grade > 0 and firm.pool < UNGRADED:
        cuts = market.log_cuts[firm.pool]
        graded = (log(max(firm.score, 1e-6)), cuts, t.spread_above if above else t.spread_below)
    same = (t, sales, sought, above, graded, land, market.polluting[sector], income)
    options: list[tuple[float, int, Wish | None]] = [
        (scale * going_on(*same, exposure, closing, 0.0, 1.0, 1.0, 0.0), STAY, None)
    ]
    if not wide:
        return options
    if quarter - firm.last_upgrade >= t.upgrade_pause:
        cost = t.upgrade_cost * sales
        factor = by_grade(grade, t.reward_a, t.reward_b, t.reward_c, t.reward_d)
        aid = factor * min(t.voucher_share * cost, t.voucher_cap) if sales < t.voucher_limit else 0.0
        if firm.registered and cost >= t.reward_floor:
            lead = market.lead[sector]
            aid += factor * min(
                (t.reward_rate_lead if lead else t.reward_rate) * cost, t.reward_cap_lead if lead else t.reward_cap
            )
        aid *= t.reward_chance
        invested = cost * (1.0 - market.relief[sector]) * (1.0 - (t.order_relief if firm.order_due >= 0 else 0.0))
        if means + aid >= t.liquidity * invested:
            done = t.upgrade_decay**firm.upgrades
            seen = t.gain_seen_near if city.model_near[town][sector] else t.gain_seen
            value = going_on(
                *same, t.upgrade_hazard * exposure, cured, t.upgrade_gain * done * seen * hooks[RESEARCH],
                1.0 - t.upgrade_electricity * done, 1.0, invested - aid,
            )  # fmt: skip
            options.append((scale * value + t.constant_upgrade + peers[UPGRADE], UPGRADE, None))
    if firm.stage >= REGISTERED and firm.case_kinds & CURABLE:
        invested = t.rectify_fixed + t.rectify_share * sales * firm.severity
        if means >= t.liquidity * invested:
            value = going_on(*same, 0.5 * exposure, cured, 0.0, 1.0, 1.0, invested)
            options.append((scale * value + t.constant_rectify + peers[RECTIFY], RECTIFY, None))
    if land > 0.0 and site == PLOT and sales >= pressure * firm.floor_capacity and (t.land_for_d or grade != D):
        metres = 0.01 * firm.floor * t.expand_step
        more = metres / (t.expand_ratio * SQUARE_METRES_PER_MU)
        invested = more * t.land_price + metres * t.build_cost
        if (not t.land_limited or market.left[town] >= 100.0 * more) and means >= t.liquidity * invested:
            gain = log(1.0 + t.expand_step) / (t.elasticity - 1.0)
            value = going_on(*same, exposure, closing, gain, 1.0, 1.0 + more / land, invested)
            options.append((scale * value + t.constant_expand + peers[EXPAND], EXPAND, None))
    return options


def by_grade(grade: int, a: float, b: float, c: float, d: float) -> float:
    """The value of a grade; that of B for a firm without one."""
    return a if grade == 1 else c if grade == 3 else d if grade == D else b


def rent_of(t: Plain, market: Plain, firm: Firm) -> float:
    """Rent a quarter, or what the loan for a bought unit costs."""
    if firm.land or firm.tenure == OWNER:
        return 0.0
    site = firm.site
    if site != PARK:
        return 0.03 * firm.floor * (t.rent_village if site == VILLAGE else t.rent_ordinary)
    if firm.tenure == UNIT_OWNER:
        return 0.0025 * t.unit_finance * market.price[firm.place] * firm.floor
    return 0.03 * market.rent[firm.place] * firm.floor


def going_on(
    t: Plain, sales: float, technique: float, above: bool,
    graded: tuple[float, list[float], float] | None, land: float, polluting: bool, income: float, exposure: float,
    closing: float, gain: float, kwh_factor: float, land_factor: float, outlay: float,
) -> float:  # fmt: skip
    """Value in yuan of going on where the firm is, with the changes of one option."""
    elasticity = t.elasticity
    output = exp((elasticity - 1.0) * gain) if gain else 1.0
    technique *= kwh_factor
    turnover = sales * output
    kwh = turnover * technique
    relief, discharge = 0.0, t.discharge_b
    # A grade matters to who owns land, pollutes, or uses more power than is exempt; for the rest it is not reckoned.
    if graded is not None and (land > 0.0 or polluting or kwh >= t.exemption):
        place, (log_a, log_b, log_c), spread = graded
        if gain or kwh_factor != 1.0:
            if above:
                output_weight, energy_weight = t.weight_output_above, t.weight_energy_above
            else:
                output_weight, energy_weight = t.weight_output_below, t.weight_energy_below
            better = output_weight * output / land_factor + energy_weight / kwh_factor
            place += log(better + 1.0 - output_weight - energy_weight if above else better)
        a = 1.0 / (1.0 + exp((log_a - place) / spread))
        b = max(1.0 / (1.0 + exp((log_b - place) / spread)), a)
        c = max(1.0 / (1.0 + exp((log_c - place) / spread)), b)
        chance_c, chance_d = c - b, 1.0 - c
        if kwh >= t.exemption:
            rate_c = t.surcharge_above_c if above else t.surcharge_below_c
            rate_d = t.surcharge_above_d if above else t.surcharge_below_d
            bill = t.months / 12.0 * (chance_c * min(rate_c * kwh, t.cap) + chance_d * min(rate_d * kwh, t.cap))
            if bill > 0.0:
                price = t.price_large if above else t.price_small
                rise = log(1.0 + bill / kwh / price)
                dearer = price * technique * elasticity / (elasticity - 1.0) * rise
                turnover *= exp((1.0 - elasticity) * dearer * (1.0 - 0.5 * t.price_response * rise))
        if land > 0.0:
            relief = a * t.relief_a + (b - a) * t.relief_b + chance_c * t.relief_c + chance_d * t.relief_d
        if polluting:
            discharge = (
                a * t.discharge_a + (b - a) * t.discharge_b + chance_c * t.discharge_c + chance_d * t.discharge_d
            )
    profit = 0.25 * turnover / elasticity
    flow = profit + income - exposure * (t.full_fine + 0.5 * t.suspended_quarters * profit)
    if land > 0.0:
        flow -= 0.25 * t.land_tax * land * land_factor * (1.0 - relief)
    if polluting:
        flow -= 0.25 * t.discharge * discharge * turnover
    value = t.annuity * flow
    if closing:
        value = (1.0 - closing) * value + closing * t.closed * sales
    return value - t.investment_weight * outlay


def wishes(
    t: Plain, gate: Plain, market: Plain, firm: Firm, town: int, quarter: int,
    hazard: float, exposure: float, means: float, scale: float, peers: float,
) -> list[tuple[float, int, Wish | None]]:  # fmt: skip
    """The best unit of each park that is open to a firm: value over the taste scale."""
    inside, displaced, grade = firm.site == PARK, firm.displaced, firm.grade
    if (inside and not displaced) or hazard * gate.hazard_left > gate.hazard_limit:
        return []
    if gate.grades_count and not displaced and grade > gate.grade_floor:
        return []
    sector = firm.sector
    listed = market.offered[town][sector]
    back = market.of_block[firm.returns_to] if firm.returns_to >= 0 else -1
    if back >= 0 and market.open[back] and (market.admits[back] & ~gate.vetoed) >> sector & 1:
        listed = [*listed, (back, False)]
    if not listed:
        return []
    young = quarter - firm.born < gate.incubator_quarters
    units = units_that_fit(gate, firm.floor, young)
    found: list[tuple[float, int, Wish | None]] = []
    sales, fixed, reward = firm.revenue, 0.25 * firm.fixed_cost, 0.0
    if firm.registered:
        reward = by_grade(grade, t.reward_a, t.reward_b, t.reward_c, t.reward_d)
        reward *= 4.0 * (t.relief_first + 2.0 * t.relief_later) / t.investment_weight
    staying_on, far = sales * exp((1.0 - t.elasticity) * firm.site_productivity), market.far[town]
    # What is left of a yuan of sales and of profit once the discharge charge and the fines to expect are paid
    discharge = 0.25 * t.discharge * t.discharge_b if market.polluting[sector] else 0.0
    exposure *= t.move_hazard
    fines, kept = (
        exposure * t.full_fine,
        0.25 / t.elasticity * (1.0 - 0.5 * exposure * t.suspended_quarters) - discharge,
    )
    land, grant = 0.0025 * t.land_rent * firm.land, 0.0
    if firm.clearance == NOTICE:
        land, grant = 0.0, 0.01 * t.compensation_per_mu * firm.land if firm.land else t.compensation_tenant
    annuity, weight, liking = t.annuity, t.investment_weight, t.constant_move + peers
    liquidity, hooks, rents = t.liquidity, market.hooks, market.rent
    for park, waits in listed:
        if inside and park == firm.place:
            continue
        wish = cheapest(market, park, units, waits)
        if wish is None:
            continue
        _, unit, floor, buys = wish
        metres, helped = 0.01 * floor, hooks[park]
        if market.strict[park] and not passes_strict(gate, firm, metres):
            continue
        invested = moving_cost(t, sales, metres, gate.fit_outs[unit], far[park], helped)
        bound_up = t.down_payment * market.price[park] * metres if buys else 0.0
        if means < liquidity * invested + bound_up:
            continue
        aid = grant
        if buys:
            rent = 0.25 * t.unit_finance * market.price[park] * metres
        elif unit == INCUBATOR:
            rent = 3.0 * metres * rents[park] * (gate.incubator_rent if young else 1.0)
        else:
            rent = 3.0 * metres * rents[park]
            aid += weight * rent * reward
        flow = staying_on * market.output[park][sector] * kept - fixed * helped[TRAINED] - rent - fines + land
        value = annuity * flow - weight * invested + aid - (weight - 1.0) * bound_up
        found.append((liking + scale * value, MOVE, wish))
    return found


def units_that_fit(gate: Plain, need: int, young: bool) -> list[tuple[float, int, int]]:
    """Cost, kind and floor of the units a firm could take, the cheapest first."""
    fits = []
    if need <= 0:
        return fits
    small = -(-need // gate.small_size)
    if small <= gate.most_small:
        fits.append((float(small * gate.small_size), SMALL, small * gate.small_size))
    standard = -(-need // gate.standard_size) * gate.standard_size
    fits.append((float(standard), STANDARD, standard))
    if need >= gate.custom_size:
        fits.append((float(need), CUSTOM, need))
    if young:
        units = -(-need // gate.incubator_size)
        if units <= 2:
            floor = units * gate.incubator_size
            fits.append((floor * gate.incubator_rent, INCUBATOR, floor))
    fits.sort()
    return fits


def cheapest(market: Plain, park: int, units: list[tuple[float, int, int]], waits: bool) -> Wish | None:
    """The cheapest unit of a park that is free; to rent before to buy. Who waits looks as if all were free to rent."""
    free, for_sale = market.free[park], market.for_sale[park]
    for _, kind, floor in units:
        if waits or floor <= free[kind] - for_sale[kind]:
            return park, kind, floor, False
    for _, kind, floor in units:
        if floor <= for_sale[kind]:
            return park, kind, floor, True
    return None


def passes_strict(gate: Plain, firm: Firm, metres: float) -> bool:
    """Tax and investment per mu, as strict parks ask for."""
    land = metres / gate.floor_per_mu
    invests = gate.capital_ratio * firm.revenue + gate.fit_out * metres
    return bool(firm.tax_last_year >= gate.least_tax * land and invests >= gate.least_investment * land)


def moving_cost(t: Plain, sales: float, metres: float, fit_out: float, far: float, hooks: tuple[float, ...]) -> float:
    """Yuan it costs to move into a unit."""
    left = 0.5 * (hooks[PAPERWORK] + hooks[LOST_OUTPUT]) * 0.25 / t.elasticity
    return float(sales * (t.move_cost + t.paperwork * left + t.distance_cost * far) + fit_out * metres)
