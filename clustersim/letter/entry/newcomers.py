"""Who wants to start a firm: drawn from the population and the clock alone, whatever the policy.

Newcomers resemble the below-scale tenants of their sector as they were when the history began: the moments of those
are taken once and kept in the city. Only their margins are wider.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.draws import four_uniforms
from clustersim.foundation.mathematics import exponential, normal_quantile
from clustersim.foundation.words import CENTIARE, FEN, Carry, Luck
from clustersim.letter.entry.profile import MARKS, Trait, remember_profile
from clustersim.world.columns import Flags, Floats, Long, Small, Table, Whole, column
from clustersim.world.rationing import whole_part
from clustersim.world.tables import World

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
_PREMISES, _UNLICENSED, _OUTDATED = MARKS
_CENTIARE: Final = float(CENTIARE)
_FEN: Final = float(FEN)
_MOST_SPREADS: Final = 2.5  # normal draws are held within this many standard deviations
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
def held(luck: float) -> float:
    """A normal number out of a uniform one, held within two and a half spreads.

    >>> held(0.5), held(0.999999)
    (0.0, 2.5)
    """
    return min(max(normal_quantile(luck), -_MOST_SPREADS), _MOST_SPREADS)


@rule
def around(mean: float, spread: float, slope: float, driver: float, luck: float) -> float:
    """A trait: its mean, moved by the productivity of the firm and by luck (a normal number)."""
    return mean + slope * driver + spread * luck


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
    uid[:] = quarter * _UID_STEP + np.arange(first, last)
    traits, chances = np.empty(_TRAITS), np.empty((20, last - first))
    for part in range(5):
        _draw_four(chances[4 * part : 4 * part + 4], seed, quarter, uid, part)
    luck, mark = chances[4:16], chances[16:]
    for trait in range(_TRAITS):
        _hold(luck[trait])
    for one in range(first, last):
        s = place_in(mix[town[one]], chances[0, one])
        sector[one] = s
        registered[one] = chances[1, one] < registered_share[s]
        wants_village[one] = chances[2, one] < village_share
        cell_luck[one] = chances[3, one]
        of = profile[2 * s + np.int64(registered[one])]
        driver = 0.0
        for trait in range(_TRAITS):
            spread = of[trait, 1] * (margin_spread if trait == _FIXED else 1.0)
            traits[trait] = around(of[trait, 0], spread, of[trait, 2], driver, luck[trait, one])
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
        of_marks = mark_shares[np.int64(registered[one])]
        for village in range(2):
            marks = 0
            marks |= _PREMISES if mark[0, one] < of_marks[village, 0] else 0
            marks |= _UNLICENSED if mark[1, one] < of_marks[village, 1] else 0
            marks |= _OUTDATED if mark[2, one] < of_marks[village, 2] else 0
            if village:
                marks_in_village[one] = marks
            else:
                marks_elsewhere[one] = marks


@sweep
def _draw_four(chances: Floats, seed: int, quarter: int, uid: Long, part: int) -> None:
    first, second, third, fourth = chances[0], chances[1], chances[2], chances[3]
    for one in range(len(uid)):
        first[one], second[one], third[one], fourth[one] = four_uniforms(seed, _NEWCOMER, quarter, uid[one], part)


@sweep
def _hold(luck: Floats) -> None:
    for one in range(len(luck)):
        luck[one] = held(luck[one])
