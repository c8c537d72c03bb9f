"""Changes take effect: exits, moves, expansions, upgrades and cures, with the money each of them moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from clustersim.firm.neighbours import park_values
from clustersim.firm.options import far_share, moving_cost, nth_upgrade, rectify_price, upgrade_price
from clustersim.firm.terms import LOST_OUTPUT, PAPERWORK, RESEARCH, Terms, park_hooks, terms_of
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import sweep
from clustersim.foundation.draws import uniform
from clustersim.foundation.mathematics import in_fen
from clustersim.foundation.words import NOBODY, SQUARE_METRES_PER_MU, Action, Cause, Clearance, Luck, Mark, Site
from clustersim.letter import inspection
from clustersim.letter.land import compensate
from clustersim.letter.parks import Threshold, threshold, unit_fit_out
from clustersim.world import sites
from clustersim.world.books import Count, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.rationing import tickets
from clustersim.world.tables import World

if TYPE_CHECKING:
    from clustersim.scenario import Levers

_LEAVE: Final = int(Luck.LEAVE)
_BIDS: Final = int(Luck.EXPANSION)
_YEAR: Final = 4
_NOBODY: Final = NOBODY
_STAY: Final = int(Action.STAY)
_RECTIFY: Final = int(Action.RECTIFY)
_EXIT: Final = int(Action.EXIT)
_PARK: Final = int(Site.PARK)
_OUTDATED: Final = int(Mark.OUTDATED)
_CHOICE: Final = int(Cause.CHOICE)
_BY_DEFAULT: Final = int(Cause.DEFAULT)
_CLOSURE: Final = int(Cause.CLOSURE)
_LEFT: Final = int(Cause.LEFT)
_CLEARANCE: Final = int(Cause.CLEARANCE)
_NOTICE: Final = int(Clearance.NOTICE)
_METRES_PER_MU: Final = SQUARE_METRES_PER_MU
_SALVAGE: Final = int(Flow.SALVAGE)
_SEVERANCE: Final = int(Flow.SEVERANCE)
_CASH_OUT: Final = int(Flow.CASH_OUT)
_MOVE_COST: Final = int(Flow.MOVE_COST)
_UNIT_PRICE: Final = int(Flow.UNIT_PRICE)
_UNIT_LOAN: Final = int(Flow.UNIT_LOAN)
_LAND_PRICE: Final = int(Flow.LAND_PRICE_FIRMS)
_PLANT: Final = int(Flow.PLANT_CONSTRUCTION)
_UPGRADE_COST: Final = int(Flow.UPGRADE_COST)
_RECTIFY_COST: Final = int(Flow.RECTIFY_COST)
_MOVED: Final = int(Count.MOVED)
_EXPANDED: Final = int(Count.EXPANDED)
_UPGRADED: Final = int(Count.UPGRADED)
_RECTIFIED: Final = int(Count.RECTIFIED)
_RECTIFIED_AREA: Final = int(Count.RECTIFIED_AREA)
_TREATED_CLOSED: Final = int(Count.TREATED_CLOSED)
_TREATED_MOVED: Final = int(Count.TREATED_MOVED)
_TREATED_UPGRADED: Final = int(Count.TREATED_UPGRADED)
_TREATED_RECTIFIED: Final = int(Count.TREATED_RECTIFIED)


def carry_out(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Let every decision of the quarter take effect, then count what was done."""
    firms = world.firms
    rows = world.rows
    action, alive = firms.action[:rows], firms.alive[:rows]
    terms = terms_of(world, levers, assumptions)
    action[firms.closing[:rows]] = Action.STAY
    leaving = np.flatnonzero(alive & (firms.closing[:rows] | (action == Action.EXIT)))
    _name_causes(leaving, int(world.seed), world.quarter.index, float(assumptions.leave_share),
                 firms.uid, firms.closing, firms.clearance, firms.exit_cause)  # fmt: skip
    close(world, leaving, levers, assumptions)
    _move(world, np.flatnonzero(alive & (action == Action.MOVE)), terms, levers, assumptions)
    _expand(world, np.flatnonzero(alive & (action == Action.EXPAND)), terms)
    inspection.rectify(world, np.flatnonzero(alive & (action == Action.RECTIFY)), levers.inspection, assumptions)
    better = np.flatnonzero(alive & ((action == Action.UPGRADE) | (action == Action.RECTIFY)))
    _improve(world, better, terms, park_hooks(world, levers, assumptions))
    _count_deeds(
        0, rows, world.quarter.index, firms.alive, firms.gone, firms.town, firms.sector, firms.action,
        firms.landlord, firms.land, world.city.did[world.quarter.index % _YEAR], world.city.stood,
    )  # fmt: skip


def close(world: World, rows: Long, levers: Levers, assumptions: Assumptions) -> None:
    """Wind firms up: capital sold (at half under compulsion), workers paid off, the rest to the owners; then leave.

    Whoever goes under a clearance notice takes its compensation along (1.4).
    """
    firms = world.firms
    compensate(world, rows, levers.land)
    _wind_up(
        rows, world.quarter.index, float(assumptions.salvage_share * assumptions.capital_ratio),
        float(assumptions.severance), firms.town, firms.revenue, firms.exit_cause, firms.treated, firms.cash,
        world.books.money, world.books.counts,
    )  # fmt: skip
    sites.leave(world, rows)


@sweep
def _name_causes(
    rows: Long, seed: int, quarter: int, leave_share: float, uid: Long, closing: Flags, clearance: Small,
    exit_cause: Small,
) -> None:  # fmt: skip
    """Name why firms leave that were not told to: under a clearance notice it is the clearance, else their choice."""
    for row in rows:
        if closing[row]:
            continue
        if clearance[row] == _NOTICE:
            exit_cause[row] = _CLEARANCE
        else:
            goes = uniform(seed, _LEAVE, quarter, uid[row], 0) < leave_share
            exit_cause[row] = _LEFT if goes else _CHOICE


@sweep
def _wind_up(
    rows: Long, quarter: int, salvage: float, severance: float, town: Small, revenue: Floats, exit_cause: Small,
    treated: Short, cash: Long, money: Long, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        here = town[row]
        forced = exit_cause[row] == _CLOSURE or exit_cause[row] == _BY_DEFAULT
        sold = in_fen(revenue[row] * salvage * (0.5 if forced else 1.0))
        paid = in_fen(revenue[row] * severance)
        rest = cash[row] + sold - paid
        cash[row] = 0
        money[_SALVAGE, here] += sold
        money[_SEVERANCE, here] += paid
        money[_CASH_OUT, here] += rest
        if treated[row] >= 0 and quarter - treated[row] <= _YEAR:
            counts[_TREATED_CLOSED, here] += 1


def _move(world: World, rows: Long, terms: Terms, levers: Levers, assumptions: Assumptions) -> None:
    if len(rows) == 0:
        return
    firms, parks = world.firms, world.parks
    gate = threshold(world, levers.parks, assumptions)
    values = park_values(world, assumptions, levers.parks.strictness, planned=True)
    seats = world.towns.seat_cell
    cells = world.cells
    _pay_for_moves(
        rows, world.quarter.index, terms, gate, park_hooks(world, levers, assumptions), values,
        seats, cells.x_km, cells.y_km, firms.town, firms.sector, firms.revenue, firms.cash, firms.treated,
        firms.site_productivity, firms.gain_left, firms.gain_quarters, int(assumptions.gain_quarters),
        firms.target, firms.target_unit, firms.target_floor,
        firms.target_buy, parks.cell, parks.price, world.books.money, world.books.counts,
    )  # fmt: skip
    compensate(world, rows, levers.land)  # 1.4
    sites.into_parks(world, rows, assumptions.move_hazard)


@sweep
def _pay_for_moves(
    rows: Long, quarter: int, t: Terms, gate: Threshold, hooks: Floats, values: Floats,
    seats: Whole, x_km: Floats, y_km: Floats, town: Small, sector: Small, revenue: Floats,
    cash: Long, treated: Short, site_productivity: Floats, gain_left: Floats, gain_quarters: Small, phase: int,
    target: Whole, target_unit: Small, target_floor: Whole,
    target_buy: Flags, park_cell: Whole, park_price: Floats, money: Long, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        here, park = town[row], target[row]
        east = x_km[seats[here]] - x_km[park_cell[park]]
        north = y_km[seats[here]] - y_km[park_cell[park]]
        far = far_share(np.sqrt(east * east + north * north), t.distance_scale)
        metres = 0.01 * target_floor[row]
        fit_out = unit_fit_out(gate.fit_out, target_unit[row], gate.custom_fit_out, gate.incubator_fit_out)
        cost = in_fen(
            moving_cost(
                t, revenue[row], metres, fit_out, far, hooks[park, PAPERWORK],
                hooks[park, LOST_OUTPUT],
            )
        )  # fmt: skip
        cash[row] -= cost
        money[_MOVE_COST, here] += cost
        if target_buy[row]:
            price = in_fen(park_price[park] * metres)
            loan = in_fen(park_price[park] * metres * (1.0 - t.down_payment))
            cash[row] -= price - loan
            money[_UNIT_PRICE, here] += price
            money[_UNIT_LOAN, here] += loan
        change = (t.elasticity - 1.0) * (values[park, sector[row]] - site_productivity[row])
        site_productivity[row] = values[park, sector[row]]
        gain_left[row] += change
        if change > 0.0:
            gain_quarters[row] = phase
        counts[_MOVED, here] += 1
        if treated[row] >= 0 and quarter - treated[row] <= _YEAR:
            counts[_TREATED_MOVED, here] += 1


def _expand(world: World, rows: Long, terms: Terms) -> None:
    """Bids for ledger land are served in a keyed order; who finds the ledger empty stays as it is (1.3)."""
    firms, accounts = world.firms, world.accounts
    drawn = tickets(firms.uid[rows], world.seed, _BIDS, world.quarter.index)
    _build_on(
        rows[np.lexsort((firms.uid[rows], drawn))], terms, bool(world.city.land_limited),
        firms.town, firms.cell, firms.land, firms.floor, firms.cash, firms.action, firms.floor_capacity,
        firms.normal_revenue, accounts.owners_land, accounts.ordinary_floor, accounts.built, accounts.left,
        world.city.cell_land, world.books.money, world.books.counts,
    )  # fmt: skip


@sweep
def _build_on(
    rows: Long, t: Terms, limited: bool, town: Small, cell: Whole, land: Whole, floor: Whole, cash: Long,
    action: Small, floor_capacity: Floats, normal_revenue: Floats, owners_land: Long, ordinary_floor: Long,
    built: Long, left: Long, cell_land: Long, money: Long, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        here = town[row]
        metres = 0.01 * floor[row] * t.expand_step
        more = np.int64(np.ceil(100.0 * metres / (t.expand_ratio * _METRES_PER_MU)))
        if limited and left[here] < more:
            action[row] = _STAY
            continue
        price = in_fen(0.01 * more * t.land_price)
        works = in_fen(metres * t.build_cost)
        cash[row] -= price + works
        money[_LAND_PRICE, here] += price
        money[_PLANT, here] += works
        added = np.int64(metres * 100.0)
        land[row] += more
        floor[row] += added
        owners_land[here] += more
        ordinary_floor[here] += added
        built[here] += more
        left[here] -= more
        cell_land[cell[row]] += more
        floor_capacity[row] *= 1.0 + t.expand_step
        normal_revenue[row] *= 1.0 + t.expand_step
        counts[_EXPANDED, here] += 1


def _improve(world: World, rows: Long, terms: Terms, hooks: Floats) -> None:
    firms, city = world.firms, world.city
    _upgrade_or_rectify(
        rows, world.quarter.index, terms, hooks, firms.town, firms.sector, firms.site, firms.place,
        firms.action, firms.floor, firms.revenue, firms.kwh_per_yuan, firms.emission_per_yuan, firms.productivity,
        firms.gain_left, firms.gain_quarters, firms.cash, firms.safety, firms.environment, firms.fire, firms.energy,
        firms.marks, firms.severity, firms.order_due, firms.upgrades, firms.last_upgrade, firms.treated,
        city.upgrade_relief, world.books.money, world.books.counts,
    )  # fmt: skip


@sweep
def _upgrade_or_rectify(
    rows: Long, quarter: int, t: Terms, hooks: Floats, town: Small, sector: Small, site: Small, place: Whole,
    action: Small, floor: Whole, revenue: Floats, kwh_per_yuan: Floats, emission_per_yuan: Floats, productivity: Floats,
    gain_left: Floats, gain_quarters: Small, cash: Long, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, marks: Small, severity: Floats, order_due: Short, upgrades: Small,
    last_upgrade: Short, treated: Short, upgrade_relief: Floats, money: Long, counts: Long,
) -> None:  # fmt: skip
    for row in rows:
        here = town[row]
        recent = treated[row] >= 0 and quarter - treated[row] <= _YEAR
        if action[row] == _RECTIFY:
            cost = in_fen(rectify_price(t.rectify_fixed, t.rectify_share, revenue[row], severity[row]))
            cash[row] -= cost
            money[_RECTIFY_COST, here] += cost
            counts[_RECTIFIED, here] += 1
            counts[_RECTIFIED_AREA, here] += floor[row]
            if recent:
                counts[_TREATED_RECTIFIED, here] += 1
            continue
        done = upgrades[row]
        gain = nth_upgrade(t.upgrade_gain, t.upgrade_decay, done)
        if site[row] == _PARK:
            gain *= hooks[place[row], RESEARCH]
        saved = 1.0 - nth_upgrade(t.upgrade_electricity, t.upgrade_decay, done)
        full = t.upgrade_cost * revenue[row]
        cost = in_fen(upgrade_price(full, upgrade_relief[sector[row]], order_due[row] >= 0, t.order_relief))
        cash[row] -= cost
        money[_UPGRADE_COST, here] += cost
        productivity[row] += gain
        gain_left[row] += (t.elasticity - 1.0) * gain
        gain_quarters[row] = t.gain_quarters
        kwh_per_yuan[row] *= saved
        emission_per_yuan[row] *= saved
        safety[row] *= t.upgrade_hazard
        environment[row] *= t.upgrade_hazard
        fire[row] *= t.upgrade_hazard
        energy[row] *= t.upgrade_hazard
        marks[row] &= ~_OUTDATED
        upgrades[row] = done + 1
        last_upgrade[row] = quarter
        counts[_UPGRADED, here] += 1
        if recent:
            counts[_TREATED_UPGRADED, here] += 1


@sweep
def _count_deeds(
    first: int, last: int, quarter: int, alive: Flags, gone: Short, town: Small, sector: Small,
    action: Small, landlord: Whole, land: Whole, did: Long, stood: Long,
) -> None:  # fmt: skip
    """Count deeds by town, sector and action; a tenant whose landlord is gone rents from an absent owner."""
    did[:] = 0
    stood[:] = 0
    lets = alive[:last] & (land[:last] > 0)  # small enough to be looked up at random
    for row in range(first, last):
        if not alive[row]:
            if gone[row] == quarter:
                did[town[row], sector[row], _EXIT] += 1
            continue
        stood[town[row], sector[row]] += 1
        if action[row] != _STAY:
            did[town[row], sector[row], action[row]] += 1
        owner = landlord[row]
        if owner >= 0 and not lets[owner]:
            landlord[row] = _NOBODY
