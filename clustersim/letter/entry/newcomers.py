"""Who wants to start a firm: drawn from the population and the clock alone, whatever the policy.

Newcomers resemble the below-scale tenants of their sector as they were when the history began: the moments of those
are taken once and kept in the city. Only their margins are wider.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.draws import four_uniforms
from clustersim.foundation.mathematics import exponential, logarithm, normal_quantile
from clustersim.foundation.words import CENTIARE, COUNT_SCALE, FEN, SECTORS, Carry, Luck, Mark, Site, Tenure
from clustersim.world.columns import Flags, Floats, Long, Small, Table, Whole, column
from clustersim.world.rationing import whole_part
from clustersim.world.tables import World


class Trait(IntEnum):
    """What is drawn for a newcomer, and how it is held in the profile."""

    PRODUCTIVITY = 0
    REVENUE = 1  # log yuan
    FLOOR = 2  # log m2 a yuan
    KWH = 3  # log kWh a yuan
    WORKERS = 4  # log people a yuan
    EMISSION = 5  # log index
    FIXED = 6  # of revenue
    RESEARCH = 7  # of revenue
    SAFETY = 8
    ENVIRONMENT = 9
    FIRE = 10
    ENERGY = 11


_NEWCOMER: Final = int(Luck.NEWCOMER)
_PRODUCTIVITY: Final = int(Trait.PRODUCTIVITY)
_REVENUE: Final = int(Trait.REVENUE)
_FLOOR: Final = int(Trait.FLOOR)
_KWH: Final = int(Trait.KWH)
_WORKERS: Final = int(Trait.WORKERS)
_EMISSION: Final = int(Trait.EMISSION)
_FIXED: Final = int(Trait.FIXED)
_RESEARCH: Final = int(Trait.RESEARCH)
_SAFETY: Final = int(Trait.SAFETY)
_ENVIRONMENT: Final = int(Trait.ENVIRONMENT)
_FIRE: Final = int(Trait.FIRE)
_ENERGY: Final = int(Trait.ENERGY)
_TRAITS: Final = len(Trait)
_MARKS: Final = (int(Mark.PREMISES), int(Mark.UNLICENSED), int(Mark.OUTDATED))
_PREMISES, _UNLICENSED, _OUTDATED = _MARKS
_CENTIARE: Final = float(CENTIARE)
_FEN: Final = float(FEN)
_MOST_SPREADS: Final = 2.5  # normal draws are held within this many standard deviations
_LEAST_GROUP: Final = 8  # fewer firms than this have no moments of their own
_UID_STEP: Final = 1 << 24  # newcomers of a quarter at most


@dataclass(slots=True)
class Newcomers(Table):
    """The newcomers of a quarter. Columns named as in `Firms` are copied when a newcomer starts."""

    uid: Long = column(np.int64, "", "identity for life: quarter and place in the city's order")
    town: Small = column(np.int8, "row of Towns", "town")
    sector: Small = column(np.int8, "row of Sectors", "sector")
    registered: Flags = column(np.bool_, "", "registered firm")
    revenue: Floats = column(np.float64, "yuan a year", "revenue")
    floor: Whole = column(np.int32, "0.01 m2", "floor it needs")
    productivity: Floats = column(np.float64, "log", "log productivity")
    employees: Floats = column(np.float64, "people", "workers")
    kwh_per_yuan: Floats = column(np.float64, "kWh/yuan", "electricity per yuan")
    emission_per_yuan: Floats = column(np.float64, "index", "emissions per yuan")
    research_share: Floats = column(np.float64, "of revenue", "research and development over revenue")
    fixed_share: Floats = column(np.float64, "of revenue", "fixed cost over revenue")
    fixed_cost: Floats = column(np.float64, "yuan a year", "fixed cost")
    cash: Long = column(np.int64, "fen", "cash it brings")
    safety: Floats = column(np.float64, "0 to 1", "work-safety hazard")
    environment: Floats = column(np.float64, "0 to 1", "environmental hazard")
    fire: Floats = column(np.float64, "0 to 1", "fire hazard")
    energy: Floats = column(np.float64, "0 to 1", "wasted-energy hazard")
    marks_in_village: Small = column(np.int8, "Mark", "marks it will carry on village land")
    marks_elsewhere: Small = column(np.int8, "Mark", "marks it will carry elsewhere")
    wants_village: Flags = column(np.bool_, "", "looks for village land first")
    cell_luck: Floats = column(np.float64, "0 to 1", "where in its town it settles")


@rule
def around(mean: float, spread: float, slope: float, driver: float, luck: float) -> float:
    """A trait: its mean, moved by the productivity of the firm and by luck (a uniform number)."""
    return mean + slope * driver + spread * min(max(normal_quantile(luck), -_MOST_SPREADS), _MOST_SPREADS)


@rule
def place_in(cumulative: Floats, luck: float) -> int:
    """The first place whose cumulative share exceeds luck (a uniform number)."""
    for one in range(len(cumulative) - 1):
        if luck < cumulative[one]:
            return one
    return len(cumulative) - 1


def arrivals(world: World, assumptions: Assumptions) -> Long:
    """Newcomers of the quarter by town; the same under every policy."""
    quarterly = 0.25 * assumptions.entry_rate * world.size * world.towns.firm_share
    carry = world.city.carry
    return np.array(
        [whole_part(carry[Carry.ARRIVALS], town, float(quarterly[town])) for town in range(len(world.towns))], np.int64
    )


def draw(world: World, assumptions: Assumptions) -> Newcomers:
    """The newcomers of this quarter, town by town."""
    remember_profile(world)
    city, by_town = world.city, arrivals(world, assumptions)
    drawn = Newcomers.with_rows(int(by_town.sum()))
    drawn.town[:] = np.repeat(np.arange(len(by_town)), by_town)
    _draw(
        0, len(drawn), world.seed, world.quarter.index, city.entry_mix, city.entry_registered, city.entry_profile,
        city.entry_marks, float(assumptions.village_share), float(assumptions.entry_size),
        float(assumptions.entry_margin_spread), 0.25 * float(assumptions.entry_cash_quarters),
        drawn.uid, drawn.town, drawn.sector, drawn.registered, drawn.revenue, drawn.floor, drawn.productivity,
        drawn.employees, drawn.kwh_per_yuan, drawn.emission_per_yuan, drawn.research_share, drawn.fixed_share,
        drawn.fixed_cost, drawn.cash, drawn.safety, drawn.environment, drawn.fire, drawn.energy,
        drawn.marks_in_village, drawn.marks_elsewhere, drawn.wants_village, drawn.cell_luck,
    )  # fmt: skip
    return drawn


@sweep
def _draw(
    first: int, last: int, seed: int, quarter: int, mix: Floats, registered_share: Floats, profile: Floats,
    mark_shares: Floats, village_share: float, size: float, margin_spread: float, cash_years: float,
    uid: Long, town: Small, sector: Small, registered: Flags, revenue: Floats, floor: Whole, productivity: Floats,
    employees: Floats, kwh: Floats, emission: Floats, research: Floats, fixed_share: Floats, fixed_cost: Floats,
    cash: Long, safety: Floats, environment: Floats, fire: Floats, energy: Floats,
    marks_in_village: Small, marks_elsewhere: Small, wants_village: Flags, cell_luck: Floats,
) -> None:  # fmt: skip
    traits, luck = np.empty(_TRAITS), np.empty(_TRAITS)
    for one in range(first, last):
        own = quarter * _UID_STEP + one
        uid[one] = own
        chance = four_uniforms(seed, _NEWCOMER, quarter, own, 0)
        s = place_in(mix[town[one]], chance[0])
        sector[one] = s
        registered[one] = chance[1] < registered_share[s]
        wants_village[one] = chance[2] < village_share
        cell_luck[one] = chance[3]
        for part in range(3):
            four = four_uniforms(seed, _NEWCOMER, quarter, own, 1 + part)
            luck[4 * part] = four[0]
            luck[4 * part + 1] = four[1]
            luck[4 * part + 2] = four[2]
            luck[4 * part + 3] = four[3]
        of = profile[2 * s + np.int64(registered[one])]
        driver = 0.0
        for trait in range(_TRAITS):
            spread = of[trait, 1] * (margin_spread if trait == _FIXED else 1.0)
            traits[trait] = around(of[trait, 0], spread, of[trait, 2], driver, luck[trait])
            if trait == _PRODUCTIVITY:
                driver = traits[trait] - of[trait, 0]
        sales = size * exponential(traits[_REVENUE])
        productivity[one] = traits[_PRODUCTIVITY]
        revenue[one] = sales
        floor[one] = np.int32(sales * exponential(traits[_FLOOR]) * _CENTIARE) + 1
        kwh[one] = exponential(traits[_KWH])
        employees[one] = sales * exponential(traits[_WORKERS])
        emission[one] = exponential(traits[_EMISSION])
        research[one] = max(traits[_RESEARCH], 0.0)
        fixed_share[one] = max(traits[_FIXED], 0.0)
        fixed_cost[one] = fixed_share[one] * sales
        cash[one] = np.int64(cash_years * fixed_cost[one] * _FEN)
        safety[one] = min(max(traits[_SAFETY], 0.0), 1.0)
        environment[one] = min(max(traits[_ENVIRONMENT], 0.0), 1.0)
        fire[one] = min(max(traits[_FIRE], 0.0), 1.0)
        energy[one] = min(max(traits[_ENERGY], 0.0), 1.0)
        mark = four_uniforms(seed, _NEWCOMER, quarter, own, 4)
        of_marks = mark_shares[np.int64(registered[one])]
        for village in range(2):
            marks = 0
            marks |= _PREMISES if mark[0] < of_marks[village, 0] else 0
            marks |= _UNLICENSED if mark[1] < of_marks[village, 1] else 0
            marks |= _OUTDATED if mark[2] < of_marks[village, 2] else 0
            if village:
                marks_in_village[one] = marks
            else:
                marks_elsewhere[one] = marks


def remember_profile(world: World) -> None:
    """Take the moments of the below-scale tenants once, when the first newcomers come."""
    city, firms = world.city, world.firms
    if city.entry_profile.size:
        return
    alive = np.flatnonzero(firms.alive[: world.rows])
    mix = np.zeros((len(world.towns), SECTORS), np.int64)
    np.add.at(mix, (firms.town[alive], firms.sector[alive]), 1)
    mix[mix.sum(axis=1) == 0] = np.maximum(mix.sum(axis=0), 1)
    city.entry_mix = np.cumsum(mix, axis=1) / mix.sum(axis=1, keepdims=True)
    small = alive[~firms.above_scale[alive] & (firms.revenue[alive] > 0.0) & (firms.floor[alive] > 0)]
    tenants = small[firms.tenure[small] == Tenure.TENANT]
    like = tenants if len(tenants) else small
    registered = firms.registered[like].astype(np.int64)
    heads = np.maximum(np.bincount(firms.sector[like], minlength=SECTORS), 0)
    with_licence = np.bincount(firms.sector[like][registered == 1], minlength=SECTORS)
    city.entry_registered[:] = np.where(heads > 0, with_licence / np.maximum(heads, 1), registered.mean())
    city.entry_profile = profile_of(_traits(world, like), 2 * firms.sector[like].astype(np.int64) + registered)
    in_village = (firms.site[like] == Site.VILLAGE).astype(np.int64)
    for group in range(2):
        for village in range(2):
            here = like[(registered == group) & (in_village == village)]
            for place, bit in enumerate(_MARKS):
                having = int(((firms.marks[here] & bit) != 0).sum())
                city.entry_marks[group, village, place] = having / max(len(here), 1)


def _traits(world: World, rows: Long) -> Floats:
    """[trait, row] as the profile holds them."""
    firms = world.firms
    sales = firms.revenue[rows]
    logs = np.array(
        [sales, firms.floor[rows] / (_CENTIARE * sales), firms.kwh_per_yuan[rows], firms.employees[rows] / sales,
         firms.emission_per_yuan[rows]]
    )  # fmt: skip
    _to_logs(0, logs.size, logs.ravel())
    return np.concatenate(
        [
            firms.productivity[rows][None], logs, firms.fixed_share[rows][None], firms.research_share[rows][None],
            firms.safety[rows][None], firms.environment[rows][None], firms.fire[rows][None], firms.energy[rows][None],
        ]
    )  # fmt: skip


@sweep
def _to_logs(first: int, last: int, values: Floats) -> None:
    for one in range(first, last):
        values[one] = logarithm(max(values[one], 1e-12))


def profile_of(traits: Floats, group: Long) -> Floats:
    """[group, trait, 3]: mean, spread around the line, and slope on productivity, in sums that no order changes.

    The slope is one for all groups; a group of few firms takes the mean of everybody.
    """
    groups = 2 * SECTORS
    heads = np.bincount(group, minlength=groups)
    profile = np.zeros((groups, len(traits), 3))
    driver = np.zeros(traits.shape[1])
    for trait, values in enumerate(traits):
        total = np.zeros(groups, np.int64)
        np.add.at(total, group, _fixed(values))
        overall = total.sum() / max(len(values), 1)
        mean = np.where(heads >= _LEAST_GROUP, total / np.maximum(heads, 1), overall) / COUNT_SCALE
        away = values - mean[group]
        if trait == Trait.PRODUCTIVITY:
            driver, slope = away, 0.0
        else:
            slope = int(_fixed(away * driver).sum()) / max(int(_fixed(driver * driver).sum()), 1)
        rest = away - slope * driver
        spread = np.sqrt(int(_fixed(rest * rest).sum()) / COUNT_SCALE / max(len(values), 1))
        profile[:, trait, 0], profile[:, trait, 1], profile[:, trait, 2] = mean, spread, slope
    return profile


def _fixed(values: Floats) -> Long:
    return np.floor(values * COUNT_SCALE + 0.5).astype(np.int64)
