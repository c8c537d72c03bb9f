"""Each quarter a firm may look at its options and take one: stay, rectify, upgrade, expand, a park, or the way out.

The options are a nested logit with luck by address: the nest {stay, rectify, upgrade, expand}, the nest {parks} and
{exit} each draw a Gumbel number, and so does every alternative inside its nest, keyed by the alternative's identity.
What is not feasible is dropped before any value or draw is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from clustersim.firm.neighbours import park_values
from clustersim.firm.nests import (
    EVERYTHING,
    IMPOSSIBLE,
    inclusive,
    looks,
    nest_shocks,
    pick_in_place,
    pick_park,
)
from clustersim.firm.offers import MOST_PARKS, QUEUE, list_offers
from clustersim.firm.options import (
    Terms,
    moving_cost,
    nth_upgrade,
    rent_a_quarter,
    value_in_place,
    value_of_exit,
    value_of_park,
)
from clustersim.firm.terms import CREDIT, LOST_OUTPUT, PAPERWORK, RESEARCH, TRAINED, park_hooks, terms_of
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, sweep
from clustersim.foundation.mathematics import logarithm
from clustersim.foundation.words import (
    NOBODY,
    SQUARE_METRES_PER_MU,
    UNITS,
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
from clustersim.letter.differential import reward_factor, upgrade_reward, voucher
from clustersim.letter.grading import log_points
from clustersim.letter.parks import (
    Threshold,
    cheapest_unit,
    floors_taken,
    has_room,
    may_ask,
    taken_by,
    threshold,
    unit_fit_out,
    unit_rent,
)
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

_STAY: Final = int(Action.STAY)
_RECTIFY: Final = int(Action.RECTIFY)
_UPGRADE: Final = int(Action.UPGRADE)
_EXPAND: Final = int(Action.EXPAND)
_MOVE: Final = int(Action.MOVE)
_EXIT: Final = int(Action.EXIT)
_PARK: Final = int(Site.PARK)
_PLOT: Final = int(Site.PLOT)
_INCUBATOR: Final = int(Unit.INCUBATOR)
_OWNER: Final = int(Tenure.OWNER)
_REGISTERED: Final = int(Stage.REGISTERED)
_ON_NOTICE: Final = int(Clearance.NOTICE)
_NOBODY: Final = NOBODY
_CURABLE: Final = 0b1111
_FIRST_PARK_NAME: Final = 16  # names of alternatives: actions below, park identities from here on
_UNGRADED: Final = int(Pool.UNGRADED)
_D: Final = int(Grade.D)
_OPEN: Final = int(ParkState.OPEN)
_METRES_PER_MU: Final = SQUARE_METRES_PER_MU


def decide(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Fill `action` and the wish for a park unit of every firm."""
    firms, city, parks = world.firms, world.city, world.parks
    gate = threshold(world, levers.parks, assumptions)
    room = has_room(world, levers.parks)
    offers = list_offers(world, gate.vetoed, room, int(assumptions.nearest_parks), float(assumptions.distance_scale))
    log_cuts = np.array([[log_points(cut) for cut in pool] for pool in city.cut_offs])
    peers = assumptions.peer_weight * city.did.sum(axis=0) / np.maximum(city.stood, 1)[:, :, None]
    over_rows(
        _decide, world.rows, np.int64(world.seed), world.quarter.index, terms_of(world, levers, assumptions), gate,
        float(assumptions.attention), float(levers.services.attention),
        firms.alive, firms.uid, firms.sector, firms.town, firms.site, firms.place, firms.tenure, firms.land,
        firms.floor, firms.revenue, firms.floor_capacity, firms.kwh_per_yuan, firms.fixed_cost, firms.rent_received,
        firms.cash, firms.site_productivity, firms.safety, firms.environment, firms.fire, firms.energy, firms.stage,
        firms.case_kinds, firms.severity, firms.belief, firms.closing, firms.pool, firms.score, firms.grade,
        firms.grade_before, firms.above_scale, firms.registered, firms.born, firms.upgrades, firms.last_upgrade,
        firms.displaced, firms.returns_to, firms.clearance, firms.order_due,
        firms.action, firms.target, firms.target_unit, firms.target_floor, firms.target_buy,
        world.sectors.polluting, world.sectors.cluster, log_cuts, city.graded, city.model_near,
        city.upgrade_relief, world.accounts.left, peers,
        offers.park, offers.far, park_values(world, assumptions, levers.parks.strictness, planned=True),
        parks.identity, parks.free, parks.for_sale, parks.rent, parks.price, parks.admits, parks.strict, parks.state,
        world.blocks.park, park_hooks(world, levers, assumptions), firms.tax_last_year,
    )  # fmt: skip


@sweep
def _decide(
    first: int, last: int, seed: int, quarter: int, t: Terms, gate: Threshold, attention: float, extra: float,
    alive: Flags, uid: Long, sector: Small, town: Small, site: Small, place: Whole, tenure: Small, land: Whole,
    floor: Whole, revenue: Floats, floor_capacity: Floats, kwh_per_yuan: Floats, fixed_cost: Floats,
    rent_received: Floats, cash: Long, site_productivity: Floats, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, stage: Small, case_kinds: Small, severity: Floats, belief: Floats, closing: Flags, pool: Small,
    score: Floats, grade: Small, grade_before: Small, above_scale: Flags, registered: Flags, born: Short,
    upgrades: Small, last_upgrade: Short, displaced: Flags, returns_to: Whole, clearance: Small, order_due: Short,
    action: Small, target: Whole, target_unit: Small, target_floor: Whole, target_buy: Flags,
    polluting: Flags, cluster: Small, log_cuts: Floats, graded_in: int, model_near: Flags, upgrade_relief: Floats,
    ledger_left: Long, peers: Floats,
    offered: Short, far: Floats, park_value: Floats,
    park_identity: Long, park_free: Long, park_for_sale: Long, park_rent: Floats, park_price: Floats,
    park_admits: Whole, park_strict: Flags, park_state: Small, block_park: Whole, park_hooks: Floats,
    tax_last_year: Long,
) -> None:  # fmt: skip
    values = np.empty(4)
    wished, none = np.full(UNITS, 2**60), np.zeros(UNITS, np.int64)
    park_worth = np.empty(MOST_PARKS + 2)
    park_names = np.empty(MOST_PARKS + 2, np.int64)
    park_rows = np.empty(MOST_PARKS + 2, np.int64)
    park_units = np.empty(MOST_PARKS + 2, np.int64)
    park_floors = np.empty(MOST_PARKS + 2, np.int64)
    park_buys = np.empty(MOST_PARKS + 2, np.bool_)
    for row in range(first, last):
        if not alive[row]:
            continue
        action[row] = _STAY
        target[row] = _NOBODY
        if closing[row]:
            continue
        sales, own = revenue[row], uid[row]
        in_case = stage[row] >= _REGISTERED
        outgrown = (
            tenure[row] == _OWNER and site[row] == _PLOT and sales >= 0.999 * t.expand_pressure * floor_capacity[row]
        )
        fell = graded_in == quarter and grade_before[row] > 0 and grade[row] > grade_before[row]
        reason = fell or in_case or order_due[row] >= 0 or displaced[row] or cash[row] < 0 or outgrown
        looking = EVERYTHING if reason else looks(seed, quarter, own, attention, extra)
        if looking == 0:
            continue

        # What all options share
        s, here = sector[row], town[row]
        inside = site[row] == _PARK
        park_here = place[row] if inside else 0
        mu, metres = land[row] * 0.01, floor[row] * 0.01
        fixed = 0.25 * fixed_cost[row]
        credit = t.credit * (park_hooks[park_here, CREDIT] if inside else 1.0)
        means = cash[row] * 0.01 + credit * sales
        hazard = max(safety[row], environment[row], fire[row], energy[row])
        exposure = belief[row] * max(hazard, severity[row] if in_case else 0.0)
        marked = (case_kinds[row] & ~_CURABLE) != 0
        closing_open = 0.0
        if in_case:
            closing_open = t.closing_chance_marks if marked else t.closing_chance
        closing_marked = t.closing_chance_marks if in_case and marked else 0.0
        if inside:
            fixed *= park_hooks[park_here, TRAINED]
        rent = rent_a_quarter(
            site[row], tenure[row], metres, t.rent_village, t.rent_ordinary, park_rent[park_here],
            park_price[park_here], t.unit_finance,
        )  # fmt: skip
        listed = clearance[row] == _ON_NOTICE  # a plot only put up for clearance has no money coming yet
        scored = graded_in > 0 and pool[row] < _UNGRADED and grade[row] > 0
        group = min(pool[row], _UNGRADED - 1)
        log_a, log_b, log_c = log_cuts[group, 0], log_cuts[group, 1], log_cuts[group, 2]
        log_score = log_points(score[row]) if scored else 0.0
        scale = t.taste * sales

        # In place
        for one in range(4):
            values[one] = IMPOSSIBLE
        values[_STAY] = value_in_place(
            t, sales, kwh_per_yuan[row], above_scale[row], scored, log_score, log_a, log_b, log_c, mu,
            polluting[s], fixed, rent, rent_received[row], exposure, closing_open, 0.0, 1.0, 1.0, 0.0, 0.0,
        ) / scale  # fmt: skip
        if looking == EVERYTHING:
            if in_case and (case_kinds[row] & _CURABLE) != 0:
                invested = t.rectify_fixed + t.rectify_share * sales * severity[row]
                if means >= t.liquidity * invested:
                    values[_RECTIFY] = value_in_place(
                        t, sales, kwh_per_yuan[row], above_scale[row], scored, log_score, log_a, log_b, log_c, mu,
                        polluting[s], fixed, rent, rent_received[row], 0.5 * exposure, closing_marked, 0.0, 1.0, 1.0,
                        invested, 0.0,
                    ) / scale + t.constant_rectify + peers[here, s, _RECTIFY]  # fmt: skip
            if quarter - last_upgrade[row] >= t.upgrade_pause:
                gain = nth_upgrade(t.upgrade_gain, t.upgrade_decay, upgrades[row])
                gain *= t.gain_seen_near if model_near[here, s] else t.gain_seen
                if inside:
                    gain *= park_hooks[park_here, RESEARCH]
                kwh_factor = 1.0 - nth_upgrade(t.upgrade_electricity, t.upgrade_decay, upgrades[row])
                cost = t.upgrade_cost * sales
                invested = cost * (1.0 - upgrade_relief[s]) * (1.0 - (t.order_relief if order_due[row] >= 0 else 0.0))
                factor = reward_factor(grade[row], t.reward_a, t.reward_b, t.reward_c, t.reward_d)
                aid = voucher(cost, sales, factor, t.voucher_share, t.voucher_cap, t.voucher_limit)
                if registered[row]:
                    aid += upgrade_reward(
                        cost, factor, cluster[s] > 0, t.reward_rate, t.reward_rate_lead, t.reward_floor, t.reward_cap,
                        t.reward_cap_lead,
                    )  # fmt: skip
                aid *= t.reward_chance
                if means + aid >= t.liquidity * invested:
                    values[_UPGRADE] = value_in_place(
                        t, sales, kwh_per_yuan[row], above_scale[row], scored, log_score, log_a, log_b, log_c, mu,
                        polluting[s], fixed, rent, rent_received[row], t.upgrade_hazard * exposure, closing_marked,
                        gain, kwh_factor, 1.0, invested, aid,
                    ) / scale + t.constant_upgrade + peers[here, s, _UPGRADE]  # fmt: skip
            if outgrown and (t.land_for_d or grade[row] != _D):
                more = metres * t.expand_step / (t.expand_ratio * _METRES_PER_MU)  # mu
                enough = not t.land_limited or ledger_left[here] >= more * 100.0
                invested = more * t.land_price + metres * t.expand_step * t.build_cost
                if enough and means >= t.liquidity * invested:
                    values[_EXPAND] = value_in_place(
                        t, sales, kwh_per_yuan[row], above_scale[row], scored, log_score, log_a, log_b, log_c, mu,
                        polluting[s], fixed, rent, rent_received[row], exposure, closing_open,
                        logarithm(1.0 + t.expand_step) / (t.elasticity - 1.0), 1.0, 1.0 + more / mu, invested, 0.0,
                    ) / scale + t.constant_expand + peers[here, s, _EXPAND]  # fmt: skip

        # Parks: the list of the town and sector, and the park on the block it may return to
        parks = 0
        may = (not inside or displaced[row]) and may_ask(gate, grade[row], displaced[row], hazard)
        if may:
            age = quarter - born[row]
            own_floors = floors_taken(
                np.int64(floor[row]), age, gate.small_size, gate.standard_size, gate.custom_size, gate.incubator_size,
                gate.most_small, gate.incubator_quarters,
            )  # fmt: skip
            young_rent = unit_rent(1.0, _INCUBATOR, age, gate.incubator_rent, gate.incubator_quarters)
            for one in range(MOST_PARKS + 2):
                if one <= QUEUE:
                    park = np.int64(offered[here, s, one])
                elif returns_to[row] >= 0:
                    park = np.int64(block_park[returns_to[row]])
                    if park_state[park] != _OPEN:
                        continue
                else:
                    continue
                if park < 0 or (inside and park == place[row]):
                    continue
                unit, taken, buys = cheapest_unit(
                    wished if one == QUEUE else park_free[park], none if one == QUEUE else park_for_sale[park],
                    own_floors, young_rent,
                )  # fmt: skip
                if unit < 0:
                    continue
                asked = 0.01 * taken
                if not taken_by(gate, s, sales, 0.01 * tax_last_year[row], asked, park_admits[park], park_strict[park]):
                    continue
                fit_out = unit_fit_out(gate.fit_out, unit, gate.custom_fit_out, gate.incubator_fit_out)
                invested = moving_cost(
                    t, sales, asked, fit_out, far[here, park], park_hooks[park, PAPERWORK],
                    park_hooks[park, LOST_OUTPUT],
                )  # fmt: skip
                bound_up = t.down_payment * park_price[park] * asked if buys else 0.0
                if means < t.liquidity * invested + bound_up:
                    continue
                yearly = (
                    12.0 * asked * unit_rent(park_rent[park], unit, age, gate.incubator_rent, gate.incubator_quarters)
                )
                aid = 0.0
                if buys:
                    yearly = t.unit_finance * park_price[park] * asked
                elif registered[row] and unit != _INCUBATOR:  # which is at half rent anyway
                    aid = yearly * (t.relief_first + 2.0 * t.relief_later) * reward_factor(
                        grade[row], t.reward_a, t.reward_b, t.reward_c, t.reward_d
                    ) / t.investment_weight  # fmt: skip
                park_worth[parks] = value_of_park(
                    t, sales, mu, polluting[s], 0.25 * fixed_cost[row], t.move_hazard * exposure, listed,
                    park_value[park, s] - site_productivity[row], park_hooks[park, TRAINED], 0.25 * yearly, invested,
                    aid, bound_up,
                ) / scale + t.constant_move + peers[here, s, _MOVE]  # fmt: skip
                park_names[parks] = _FIRST_PARK_NAME + park_identity[park]
                park_rows[parks] = park
                park_units[parks] = unit
                park_floors[parks] = taken
                park_buys[parks] = buys
                parks += 1

        # Nests
        shock_in_place, shock_parks, shock_exit = nest_shocks(seed, quarter, own)
        best = inclusive(values, 4, t.nest_in_place) + shock_in_place
        moving = False
        if parks > 0:
            felt = inclusive(park_worth, parks, t.nest_parks) + shock_parks
            if felt > best:
                best, moving = felt, True
        if looking == EVERYTHING:
            leaving = value_of_exit(t, sales, mu, listed) / scale + t.constant_exit + peers[here, s, _EXIT]
            if leaving + shock_exit > best:
                action[row] = _EXIT
                continue
        if not moving:
            action[row] = pick_in_place(values, t.nest_in_place, seed, quarter, own)
        else:
            chosen = pick_park(park_worth, park_names, parks, t.nest_parks, seed, quarter, own)
            action[row] = _MOVE
            target[row] = park_rows[chosen]
            target_unit[row] = park_units[chosen]
            target_floor[row] = park_floors[chosen]
            target_buy[row] = park_buys[chosen]
