"""Staying, rectifying, upgrading and expanding: what going on in place is worth to each firm of a block."""

from __future__ import annotations

from typing import Final

from clustersim.firm.lookers import (
    ABOVE,
    AID,
    CLOSING,
    CLOSING_CURED,
    EXPOSURE,
    FIXED,
    GRADED,
    KWH_FACTOR,
    KWH_PER_YUAN,
    LAND,
    LOG_A,
    LOG_B,
    LOG_C,
    LOG_SCORE,
    MAY_UPGRADE,
    MEANS,
    POLLUTING,
    RENT,
    RENT_RECEIVED,
    SALES,
    UPGRADE_COST,
    UPGRADE_GAIN,
    WIDE,
)
from clustersim.firm.nests import IMPOSSIBLE
from clustersim.firm.options import (
    closed_down,
    expansion,
    flow_in_place,
    flows_in_place,
    outgrown,
    rectify_price,
    upgrade_price,
    worth,
)
from clustersim.firm.terms import RESEARCH, Terms
from clustersim.foundation.compiled import rows, rule, sweep
from clustersim.foundation.mathematics import logarithm
from clustersim.foundation.words import Action, Grade, Site, Stage
from clustersim.letter.differential import reward_factor, upgrade_reward, voucher
from clustersim.letter.inspection import CURABLE
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole

_STAY: Final = int(Action.STAY)
_RECTIFY: Final = int(Action.RECTIFY)
_UPGRADE: Final = int(Action.UPGRADE)
_EXPAND: Final = int(Action.EXPAND)
_PARK: Final = int(Site.PARK)
_REGISTERED: Final = int(Stage.REGISTERED)
_D: Final = int(Grade.D)
_CURABLE: Final = CURABLE


@rule
def of_one(
    t: Terms, me: Floats, am: Flags, one: int, exposure: float, closing: float, gain: float, kwh_factor: float,
    land_factor: float, invested: float, aid: float,
) -> float:  # fmt: skip
    """What going on in place is worth to one firm of a block over its taste scale, with the changes of one option."""
    sales = me[SALES, one]
    profit, land_tax, discharge, enforcement, _ = flows_in_place(
        t, sales, me[KWH_PER_YUAN, one], am[ABOVE, one], am[GRADED, one], me[LOG_SCORE, one], me[LOG_A, one],
        me[LOG_B, one], me[LOG_C, one], me[LAND, one], am[POLLUTING, one], exposure, gain, kwh_factor, land_factor,
    )  # fmt: skip
    flow = flow_in_place(
        profit, me[RENT_RECEIVED, one], me[FIXED, one], me[RENT, one], land_tax, discharge, enforcement
    )  # fmt: skip
    closed = closed_down(sales, t.salvage, t.severance)
    value = worth(flow, closed, closing, t.annuity, t.investment_weight, invested, aid)
    return float(value / (t.taste * sales))


@rule
def growth_as_gain(step: float, elasticity: float) -> float:
    """The gain of productivity that would let revenue grow by a step of floor."""
    return logarithm(1.0 + step) / (elasticity - 1.0)


@sweep
def value_staying(first: int, last: int, t: Terms, me: Floats, am: Flags, values: Floats) -> None:
    """What it is worth to go on as before."""
    for one in rows(first, last):
        values[_STAY, one] = of_one(t, me, am, one, me[EXPOSURE, one], me[CLOSING, one], 0.0, 1.0, 1.0, 0.0, 0.0)


@sweep
def plan_upgrades(
    first: int, last: int, quarter: int, t: Terms, who: Long, me: Floats, am: Flags, gains: Floats, saved: Floats,
    sector: Small, town: Small, site: Small, place: Whole, registered: Flags, grade: Small, upgrades: Small,
    last_upgrade: Short, order_due: Short, cluster: Small, model_near: Flags, upgrade_relief: Floats,
    park_hooks: Floats,
) -> None:  # fmt: skip
    """Terms of the next upgrade of every firm: gain, electricity, cost, aid, and whether it may and can upgrade."""
    for one in rows(first, last):
        row = who[one]
        s, done = sector[row], upgrades[row]
        near = model_near[town[row], s]
        helped = park_hooks[place[row], RESEARCH] if site[row] == _PARK else 1.0
        cost = t.upgrade_cost * me[SALES, one]
        factor = reward_factor(grade[row], t.reward_a, t.reward_b, t.reward_c, t.reward_d)
        aid = voucher(cost, me[SALES, one], factor, t.voucher_share, t.voucher_cap, t.voucher_limit)
        if registered[row]:
            aid += upgrade_reward(
                cost, factor, cluster[s] > 0, t.reward_rate, t.reward_rate_lead, t.reward_floor, t.reward_cap,
                t.reward_cap_lead,
            )  # fmt: skip
        invested = upgrade_price(cost, upgrade_relief[s], order_due[row] >= 0, t.order_relief)
        me[UPGRADE_GAIN, one] = gains[done] * (t.gain_seen_near if near else t.gain_seen) * helped
        me[KWH_FACTOR, one] = saved[done]
        me[UPGRADE_COST, one] = invested
        me[AID, one] = t.reward_chance * aid
        rested = quarter - last_upgrade[row] >= t.upgrade_pause
        affordable = me[MEANS, one] + t.reward_chance * aid >= t.liquidity * invested
        am[MAY_UPGRADE, one] = am[WIDE, one] & rested & affordable


@sweep
def value_upgrading(first: int, last: int, t: Terms, me: Floats, am: Flags, values: Floats) -> None:
    """What the next upgrade is worth; impossible where it may not or cannot be made."""
    for one in rows(first, last):
        value = of_one(
            t, me, am, one, t.upgrade_hazard * me[EXPOSURE, one], me[CLOSING_CURED, one], me[UPGRADE_GAIN, one],
            me[KWH_FACTOR, one], 1.0, me[UPGRADE_COST, one], me[AID, one],
        )  # fmt: skip
        values[_UPGRADE, one] = value + t.constant_upgrade if am[MAY_UPGRADE, one] else IMPOSSIBLE


@sweep
def value_rare(
    first: int, last: int, t: Terms, who: Long, me: Floats, am: Flags, values: Floats, peers: Floats, pressure: float,
    sector: Small, town: Small, site: Small, tenure: Small, floor: Whole, revenue: Floats, floor_capacity: Floats,
    stage: Small, case_kinds: Small, severity: Floats, grade: Small, ledger_left: Long,
) -> None:  # fmt: skip
    """Rectifying an open case, and expanding on ledger land: few firms can, the rest are passed over."""
    for one in rows(first, last):
        row = who[one]
        here, s = town[row], sector[row]
        values[_RECTIFY, one] = IMPOSSIBLE
        values[_EXPAND, one] = IMPOSSIBLE
        if values[_UPGRADE, one] > IMPOSSIBLE:
            values[_UPGRADE, one] += peers[here, s, _UPGRADE]
        if not am[WIDE, one]:
            continue
        if stage[row] >= _REGISTERED and (case_kinds[row] & _CURABLE) != 0:
            invested = rectify_price(t.rectify_fixed, t.rectify_share, me[SALES, one], severity[row])
            if me[MEANS, one] >= t.liquidity * invested:
                value = of_one(
                    t, me, am, one, 0.5 * me[EXPOSURE, one], me[CLOSING_CURED, one], 0.0, 1.0, 1.0, invested, 0.0
                )
                values[_RECTIFY, one] = value + t.constant_rectify + peers[here, s, _RECTIFY]
        full = outgrown(tenure[row], site[row], revenue[row], pressure, floor_capacity[row])
        if full and (t.land_for_d or grade[row] != _D):
            more, invested = expansion(0.01 * floor[row], t.expand_step, t.expand_ratio, t.land_price, t.build_cost)
            enough = not t.land_limited or ledger_left[here] >= more * 100.0
            if enough and me[MEANS, one] >= t.liquidity * invested:
                gain = growth_as_gain(t.expand_step, t.elasticity)
                value = of_one(
                    t, me, am, one, me[EXPOSURE, one], me[CLOSING, one], gain, 1.0, 1.0 + more / me[LAND, one],
                    invested, 0.0,
                )  # fmt: skip
                values[_EXPAND, one] = value + t.constant_expand + peers[here, s, _EXPAND]
