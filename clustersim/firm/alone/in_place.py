"""The options of one firm where it is: stay, rectify, upgrade, expand."""

from __future__ import annotations

from clustersim.firm.alone.options import Bar, InPlace, Option, Standing, value_in_place
from clustersim.firm.choice import ALMOST, Market
from clustersim.firm.in_place import growth_as_gain
from clustersim.firm.nests import IMPOSSIBLE
from clustersim.firm.options import expansion, outgrown, rectify_price, upgrade_price
from clustersim.firm.terms import RESEARCH, Terms
from clustersim.foundation.words import Action, Grade, Site, Stage
from clustersim.letter.differential import reward_factor, upgrade_reward, voucher
from clustersim.letter.inspection import CURABLE
from clustersim.world.row import FirmRow
from clustersim.world.tables import World


def stay(t: Terms, me: Standing) -> Option:
    """Go on as before: always possible."""
    change = InPlace(me.exposure, me.closing)
    return Option(Action.STAY, _over_scale(t, me, change), change=change)


def rectify(firm: FirmRow, of: Market, me: Standing, wide: bool) -> Option:
    """Cure an open case (3.5)."""
    t = of.terms
    if not wide:
        return _barred(Action.RECTIFY, Bar.ONLY_PARKS)
    if firm.stage < Stage.REGISTERED or not firm.case_kinds & CURABLE:
        return _barred(Action.RECTIFY, Bar.NO_CASE)
    invested = rectify_price(t.rectify_fixed, t.rectify_share, me.sales, firm.severity)
    change = InPlace(0.5 * me.exposure, me.closing_cured, invested=invested)
    if me.means < t.liquidity * invested:
        return _barred(Action.RECTIFY, Bar.CANNOT_PAY, change)
    value = _over_scale(t, me, change) + t.constant_rectify
    peers = of.peers.item(firm.town, firm.sector, Action.RECTIFY)
    return Option(Action.RECTIFY, value + peers, t.constant_rectify + peers, change)


def upgrade(firm: FirmRow, world: World, of: Market, me: Standing, wide: bool) -> Option:
    """Renew machines and methods: dearer now, more productive and cleaner afterwards."""
    t = of.terms
    if not wide:
        return _barred(Action.UPGRADE, Bar.ONLY_PARKS)
    change = _next_upgrade(firm, world, of, me)
    if world.quarter.index - firm.last_upgrade < t.upgrade_pause:
        return _barred(Action.UPGRADE, Bar.TOO_SOON, change)
    if me.means + change.aid < t.liquidity * change.invested:
        return _barred(Action.UPGRADE, Bar.CANNOT_PAY, change)
    value = _over_scale(t, me, change) + t.constant_upgrade
    peers = of.peers.item(firm.town, firm.sector, Action.UPGRADE)
    return Option(Action.UPGRADE, value + peers, t.constant_upgrade + peers, change)


def _next_upgrade(firm: FirmRow, world: World, of: Market, me: Standing) -> InPlace:
    """Gain, electricity, cost and expected aid (4.4) of the next upgrade."""
    t, sector, done = of.terms, firm.sector, firm.upgrades
    full = t.upgrade_cost * me.sales
    factor = reward_factor(firm.grade, t.reward_a, t.reward_b, t.reward_c, t.reward_d)
    aid = voucher(full, me.sales, factor, t.voucher_share, t.voucher_cap, t.voucher_limit)
    if firm.registered:
        aid += upgrade_reward(
            full, factor, world.sectors.cluster.item(sector) > 0, t.reward_rate, t.reward_rate_lead, t.reward_floor,
            t.reward_cap, t.reward_cap_lead,
        )  # fmt: skip
    seen = t.gain_seen_near if world.city.model_near.item(firm.town, sector) else t.gain_seen
    helped = of.park_hooks.item(firm.place, RESEARCH) if firm.site == Site.PARK else 1.0
    diagnosed = world.city.upgrade_relief.item(sector)
    return InPlace(
        exposure=t.upgrade_hazard * me.exposure,
        closing=me.closing_cured,
        gain=of.gains.item(done) * seen * helped,
        kwh_factor=of.saved.item(done),
        invested=upgrade_price(full, diagnosed, firm.order_due >= 0, t.order_relief),
        aid=t.reward_chance * aid,
    )


def expand(firm: FirmRow, world: World, of: Market, me: Standing, wide: bool) -> Option:
    """Build on new land from the town's ledger (1.3, 4.2)."""
    t = of.terms
    if not wide:
        return _barred(Action.EXPAND, Bar.ONLY_PARKS)
    if not outgrown(firm.tenure, firm.site, firm.revenue, ALMOST * t.expand_pressure, firm.floor_capacity):
        return _barred(Action.EXPAND, Bar.NOT_OUTGROWN)
    if not t.land_for_d and firm.grade == Grade.D:
        return _barred(Action.EXPAND, Bar.NO_LAND_FOR_D)
    more, invested = expansion(0.01 * firm.floor, t.expand_step, t.expand_ratio, t.land_price, t.build_cost)
    change = InPlace(
        me.exposure, me.closing, gain=growth_as_gain(t.expand_step, t.elasticity), land_factor=1.0 + more / me.land,
        invested=invested,
    )  # fmt: skip
    if t.land_limited and world.accounts.left.item(firm.town) < more * 100.0:
        return _barred(Action.EXPAND, Bar.LEDGER_EMPTY, change)
    if me.means < t.liquidity * invested:
        return _barred(Action.EXPAND, Bar.CANNOT_PAY, change)
    value = _over_scale(t, me, change) + t.constant_expand
    peers = of.peers.item(firm.town, firm.sector, Action.EXPAND)
    return Option(Action.EXPAND, value + peers, t.constant_expand + peers, change)


def _over_scale(t: Terms, me: Standing, change: InPlace) -> float:
    return value_in_place(t, me, change) / (t.taste * me.sales)


def _barred(action: Action, bar: Bar, change: InPlace | None = None) -> Option:
    return Option(action, IMPOSSIBLE, change=change, bar=bar)
