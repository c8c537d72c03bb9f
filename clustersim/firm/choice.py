"""Each quarter a firm may look at its options and take one: stay, rectify, upgrade, expand, a park, or the way out.

The options are a nested logit (`firm.nests`). What is not feasible is dropped before any value or draw is made. Firms
are taken in blocks: who looks is found first, what they know is gathered side by side (`firm.lookers`), then valued
(`firm.in_place`, `firm.park_wishes`) and chosen from, one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from clustersim.firm.in_place import plan_upgrades, value_rare, value_staying, value_upgrading
from clustersim.firm.lookers import (
    FIELDS,
    FLAGS,
    LAND,
    LISTED,
    SALES,
    WIDE,
    draw_attention,
    find_reasons,
    gather,
    name_reasons,
    who_looks,
)
from clustersim.firm.neighbours import park_values
from clustersim.firm.nests import (
    IMPOSSIBLE,
    inclusive_in_place,
    inclusive_parks,
    nest_shocks,
    park_shock,
    shocks_in_place,
)
from clustersim.firm.offers import Offers, list_offers
from clustersim.firm.options import nth_upgrade, output_factor, value_of_exit
from clustersim.firm.park_wishes import BUYS, FLOOR, MOST, NAME, PARK, UNIT, WISH, wish_for_parks
from clustersim.firm.terms import Terms, park_hooks, terms_of
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rows, sweep
from clustersim.foundation.words import Action
from clustersim.letter.grading import log_points
from clustersim.letter.parks import Threshold, has_room, threshold
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

_EXIT: Final = int(Action.EXIT)
_MOVE: Final = int(Action.MOVE)
_MOST_UPGRADES: Final = 128  # what the column of upgrades can count
ALMOST: Final = 0.999  # of the revenue at which an owner's floor holds it back


class Market(NamedTuple):
    """What all firms reckon with in a quarter when they look at their options."""

    terms: Terms
    gate: Threshold
    attention: float  # share of firms that look without a reason
    told_of_parks: float  # ... or are told of parks by a service platform (2.7)
    gains: Floats  # [upgrades made] gain of the next upgrade
    saved: Floats  # [upgrades made] electricity it leaves
    log_cuts: Floats  # [pool, 3] logs of the last cut-offs
    peers: Floats  # [town, sector, action] what others in sight did, over the taste scale
    offers: Offers
    park_outputs: Floats  # [park, sector] output over that at a site without productivity
    park_hooks: Floats  # [park, 5] what services do


DecideEach = Callable[[World, Market], None]  # a loop over firms: see `firm.walk`


def market(world: World, levers: Levers, assumptions: Assumptions) -> Market:
    """Gather it."""
    city, terms = world.city, terms_of(world, levers, assumptions)
    gate = threshold(world, levers.parks, assumptions)
    room = has_room(world, levers.parks, float(assumptions.seen_full_share))
    gains, saved = _upgrade_tables(terms)
    return Market(
        terms=terms,
        gate=gate,
        attention=float(assumptions.attention),
        told_of_parks=float(levers.services.attention),
        gains=gains,
        saved=saved,
        log_cuts=np.array([[log_points(cut) for cut in pool] for pool in city.cut_offs]),
        peers=assumptions.peer_weight * city.did.sum(axis=0) / np.maximum(city.stood, 1)[:, :, None],
        offers=list_offers(world, gate.vetoed, room, int(assumptions.nearest_parks), terms.distance_scale),
        park_outputs=_park_outputs(world, assumptions, levers, terms),
        park_hooks=park_hooks(world, levers, assumptions),
    )


def decide_columns(world: World, of: Market) -> None:
    """Every firm's choice, in blocks of rows."""
    firms, city, parks = world.firms, world.city, world.parks
    over_rows(
        _decide, world.rows, np.int64(world.seed), world.quarter.index, of.terms, of.gate, of.attention,
        of.told_of_parks, of.gains, of.saved,
        firms.alive, firms.uid, firms.sector, firms.town, firms.site, firms.place, firms.tenure, firms.land,
        firms.floor, firms.revenue, firms.floor_capacity, firms.kwh_per_yuan, firms.fixed_cost, firms.rent_received,
        firms.cash, firms.site_productivity, firms.safety, firms.environment, firms.fire, firms.energy, firms.stage,
        firms.case_kinds, firms.severity, firms.belief, firms.closing, firms.pool, firms.score, firms.grade,
        firms.grade_before, firms.above_scale, firms.registered, firms.born, firms.upgrades, firms.last_upgrade,
        firms.displaced, firms.returns_to, firms.clearance, firms.order_due, firms.tax_last_year,
        firms.action, firms.target, firms.target_unit, firms.target_floor, firms.target_buy,
        world.sectors.polluting, world.sectors.cluster, of.log_cuts, city.graded, city.model_near,
        city.upgrade_relief, world.accounts.left, of.peers, of.offers.park, of.offers.far, of.park_outputs,
        parks.identity, parks.free, parks.for_sale, parks.rent, parks.price, parks.admits, parks.strict, parks.state,
        world.blocks.park, of.park_hooks,
    )  # fmt: skip


def decide(world: World, levers: Levers, assumptions: Assumptions, decide_each: DecideEach = decide_columns) -> None:
    """Fill `action` and the wish for a park unit of every firm."""
    decide_each(world, market(world, levers, assumptions))


def reasons_of(rows: Long, world: World, of: Market) -> Long:
    """Bits of `Reason` for which some firms look this quarter; 0 for who does not look."""
    firms = world.firms
    return name_reasons(
        rows, world.seed, world.quarter.index, world.city.graded == world.quarter.index,
        ALMOST * of.terms.expand_pressure, of.attention, of.told_of_parks, firms.uid, firms.closing, firms.site,
        firms.tenure, firms.revenue, firms.floor_capacity, firms.stage, firms.displaced, firms.order_due, firms.cash,
        firms.grade, firms.grade_before,
    )  # fmt: skip


def _upgrade_tables(terms: Terms) -> tuple[Floats, Floats]:
    """By the upgrades a firm has made: the gain of the next one, and the electricity it leaves."""
    gains, saved = np.empty(_MOST_UPGRADES), np.empty(_MOST_UPGRADES)
    _next_upgrades(0, _MOST_UPGRADES, terms.upgrade_gain, terms.upgrade_electricity, terms.upgrade_decay, gains, saved)
    return gains, saved


@sweep
def _next_upgrades(
    first: int, last: int, gain: float, electricity: float, decay: float, gains: Floats, saved: Floats
) -> None:
    for done in range(first, last):
        gains[done] = nth_upgrade(gain, decay, done)
        saved[done] = 1.0 - nth_upgrade(electricity, decay, done)


def _park_outputs(world: World, assumptions: Assumptions, levers: Levers, terms: Terms) -> Floats:
    """[park, sector] output over that of a firm whose site has no productivity, as a mover sees the park."""
    values = park_values(world, assumptions, levers.parks.strictness, planned=True)
    outputs = np.empty_like(values)
    _outputs(0, values.size, terms.elasticity, values.ravel(), outputs.ravel())
    return outputs


@sweep
def _outputs(first: int, last: int, elasticity: float, values: Floats, outputs: Floats) -> None:
    for one in rows(first, last):
        outputs[one] = output_factor(values[one], 0.0, elasticity)


@sweep
def _decide(
    first: int, last: int, seed: int, quarter: int, t: Terms, gate: Threshold, attention: float, extra: float,
    gains: Floats, saved: Floats,
    alive: Flags, uid: Long, sector: Small, town: Small, site: Small, place: Whole, tenure: Small, land: Whole,
    floor: Whole, revenue: Floats, floor_capacity: Floats, kwh_per_yuan: Floats, fixed_cost: Floats,
    rent_received: Floats, cash: Long, site_productivity: Floats, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, stage: Small, case_kinds: Small, severity: Floats, belief: Floats, closing: Flags, pool: Small,
    score: Floats, grade: Small, grade_before: Small, above_scale: Flags, registered: Flags, born: Short,
    upgrades: Small, last_upgrade: Short, displaced: Flags, returns_to: Whole, clearance: Small, order_due: Short,
    tax_last_year: Long,
    action: Small, target: Whole, target_unit: Small, target_floor: Whole, target_buy: Flags,
    polluting: Flags, cluster: Small, log_cuts: Floats, graded_in: int, model_near: Flags, upgrade_relief: Floats,
    ledger_left: Long, peers: Floats, offered: Short, far: Floats, park_output: Floats,
    park_identity: Long, park_free: Long, park_for_sale: Long, park_rent: Floats, park_price: Floats,
    park_admits: Whole, park_strict: Flags, park_state: Small, block_park: Whole, park_hooks: Floats,
) -> None:  # fmt: skip
    draws, shocks, tastes = np.empty((2, BLOCK)), np.empty((3, BLOCK)), np.empty((4, BLOCK))
    reasons, may = np.empty(BLOCK, np.bool_), np.empty(BLOCK, np.bool_)
    who, am = np.empty(BLOCK, np.int64), np.empty((FLAGS, BLOCK), np.bool_)
    me, values = np.empty((FIELDS, BLOCK)), np.empty((4, BLOCK))
    worth, wish, counts = np.empty((MOST, BLOCK)), np.empty((WISH, MOST, BLOCK), np.int64), np.empty(BLOCK, np.int64)
    nests, uids = np.empty((3, BLOCK)), np.empty(BLOCK, np.int64)
    pressure = ALMOST * t.expand_pressure
    for start in range(first, last, BLOCK):
        end = min(start + BLOCK, last)
        draw_attention(0, end - start, seed, quarter, uid[start:end], draws)
        find_reasons(
            0, end - start, graded_in == quarter, pressure, alive[start:end], closing[start:end], site[start:end],
            tenure[start:end], revenue[start:end], floor_capacity[start:end], stage[start:end], displaced[start:end],
            order_due[start:end], cash[start:end], grade[start:end], grade_before[start:end], reasons, may,
        )  # fmt: skip
        count = who_looks(start, end, attention, extra, draws, alive, reasons, may, action, target, who, am)
        gather(
            0, count, t, who, me, am, sector, site, place, tenure, land, floor, revenue, kwh_per_yuan,
            fixed_cost, rent_received, cash, site_productivity, safety, environment, fire, energy, stage, case_kinds,
            severity, belief, pool, score, grade, above_scale, clearance, polluting, log_cuts, graded_in, park_rent,
            park_price, park_hooks,
        )  # fmt: skip
        plan_upgrades(
            0, count, quarter, t, who, me, am, gains, saved, sector, town, site, place, registered, grade, upgrades,
            last_upgrade, order_due, cluster, model_near, upgrade_relief, park_hooks,
        )  # fmt: skip
        value_staying(0, count, t, me, am, values)
        value_upgrading(0, count, t, me, am, values)
        value_rare(
            0, count, t, who, me, am, values, peers, pressure, sector, town, site, tenure, floor, revenue,
            floor_capacity, stage, case_kinds, severity, grade, ledger_left,
        )  # fmt: skip
        wish_for_parks(
            0, count, quarter, t, gate, who, me, am, counts, worth, wish, sector, town, site, place, floor, fixed_cost,
            grade, registered, born, displaced, returns_to, tax_last_year, peers, offered, far, park_output,
            park_identity, park_free, park_for_sale, park_rent, park_price, park_admits, park_strict, park_state,
            block_park, park_hooks,
        )  # fmt: skip
        inclusive_in_place(0, count, t.nest_in_place, values, nests[0])
        inclusive_parks(0, count, t.nest_parks, worth, nests[1])
        value_leaving(0, count, t, who, me, am, sector, town, peers, nests[2])
        name_rows(0, count, who, uid, uids)
        nest_shocks(0, count, seed, quarter, uids, shocks)
        shocks_in_place(0, count, seed, quarter, uids, tastes)
        choose(
            0, count, seed, quarter, t, who, uids, values, counts, worth, wish, nests, shocks, tastes, action,
            target, target_unit, target_floor, target_buy,
        )  # fmt: skip


@sweep
def name_rows(first: int, last: int, who: Long, uid: Long, uids: Long) -> None:
    """Gather the identities, so that draws run over them side by side."""
    for one in rows(first, last):
        uids[one] = uid[who[one]]


@sweep
def value_leaving(
    first: int, last: int, t: Terms, who: Long, me: Floats, am: Flags, sector: Small, town: Small, peers: Floats,
    out: Floats,
) -> None:  # fmt: skip
    """What the way out is worth over the taste scale; who looks at parks alone does not see it."""
    for one in rows(first, last):
        row = who[one]
        value = value_of_exit(t, me[SALES, one], me[LAND, one], am[LISTED, one]) / (t.taste * me[SALES, one])
        value += t.constant_exit + peers[town[row], sector[row], _EXIT]
        out[one] = value if am[WIDE, one] else IMPOSSIBLE


@sweep
def choose(
    first: int, last: int, seed: int, quarter: int, t: Terms, who: Long, uids: Long, values: Floats, counts: Long,
    worth: Floats, wish: Long, nests: Floats, shocks: Floats, tastes: Floats, action: Small, target: Whole,
    target_unit: Small, target_floor: Whole, target_buy: Flags,
) -> None:  # fmt: skip
    """Take the best nest after its taste shock, then the best alternative inside it after its own."""
    for one in rows(first, last):
        row = who[one]
        in_place, parks = nests[0, one] + shocks[0, one], nests[1, one] + shocks[1, one]
        leaving = nests[2, one] + shocks[2, one]
        if leaving > in_place and leaving > parks:
            action[row] = _EXIT
        elif in_place >= parks:
            best, chosen = IMPOSSIBLE, 0
            for option in range(4):
                felt = values[option, one] + t.nest_in_place * tastes[option, one]
                if felt > best:
                    best, chosen = felt, option
            action[row] = chosen
        else:
            best, chosen = IMPOSSIBLE, 0
            for place in range(counts[one]):
                shock = park_shock(seed, quarter, uids[one], wish[NAME, place, one])
                if worth[place, one] + t.nest_parks * shock > best:
                    best, chosen = worth[place, one] + t.nest_parks * shock, place
            action[row], target[row] = _MOVE, wish[PARK, chosen, one]
            target_unit[row], target_floor[row] = wish[UNIT, chosen, one], wish[FLOOR, chosen, one]
            target_buy[row] = wish[BUYS, chosen, one] == 1
