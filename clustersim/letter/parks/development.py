"""Who builds parks, where and when (clauses 1.5, 2.2, 2.3): a project starts when it clears its required return."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule
from clustersim.foundation.draws import uniform
from clustersim.foundation.words import (
    CENTIARE,
    CENTIMU,
    FEN,
    NOBODY,
    SQUARE_METRES_PER_MU,
    Carry,
    Developer,
    Luck,
    ParkState,
    Unit,
)
from clustersim.letter.parks.levers import Levers
from clustersim.letter.parks.specialisation import lead_sector, specialise
from clustersim.letter.parks.units import park_rent, split_floor
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.tables import World

_CLAUSE_2_2: Final = CLAUSE_SLOTS.index("2.2")
_LUCK: Final = int(Luck.DEVELOPER)


@rule
def expected_occupancy(queue: float, floor: float, base: float, full: float) -> float:
    """Occupancy a developer reckons with: more when the queue (m2) would fill more of all free and coming floor.

    >>> expected_occupancy(0.0, 1000.0, 0.55, 0.95), expected_occupancy(5000.0, 1000.0, 0.55, 0.95)
    (0.55, 0.95)
    """
    if floor <= 0.0:
        return full
    return base + (full - base) * min(1.0, queue / floor)


@rule
def rent_yield(rent: float, occupancy: float, cost: float) -> float:
    """Yearly rent over cost; rent in yuan per m2 and month, cost in yuan per m2.

    >>> round(rent_yield(18.0, 0.95, 2785.0), 4)
    0.0737
    """
    return 12.0 * rent * occupancy / cost


@rule
def sale_yield(price: float, occupancy: float, cost: float, quarters: float) -> float:
    """Yearly margin of selling the floor `quarters` after the start, over cost.

    >>> round(sale_yield(4000.0, 0.95, 2785.0, 9.0), 4)
    0.162
    """
    return (price * occupancy - cost) / cost / (quarters / 4.0)


def build_quarters(developer: int, assumptions: Assumptions) -> int:
    """Quarters a developer takes to build a park."""
    return {
        Developer.STATE_PLATFORM: assumptions.park_quarters_state,
        Developer.VILLAGE_COLLECTIVE: assumptions.park_quarters_village,
        Developer.PROFESSIONAL: assumptions.park_quarters_professional,
    }.get(Developer(developer), assumptions.park_quarters_firms)


def required_return(developer: int, assumptions: Assumptions) -> float:
    """The yearly return below which a developer does not start."""
    return {
        Developer.STATE_PLATFORM: assumptions.park_return_state,
        Developer.VILLAGE_COLLECTIVE: assumptions.park_return_village,
        Developer.LEAD_FIRM: assumptions.park_return_lead_firm,
        Developer.PROFESSIONAL: assumptions.park_return_professional,
    }.get(Developer(developer), assumptions.park_return_association)


def land_cost(developer: int, assumptions: Assumptions) -> float:
    """Land price in yuan per m2 of new floor; a village builds on its own land."""
    if developer == Developer.VILLAGE_COLLECTIVE:
        return 0.0
    return assumptions.land_price / (assumptions.park_floor_area_ratio * SQUARE_METRES_PER_MU)


def allowed_developers(levers: Levers) -> list[Developer]:
    """The kinds of developer that may build."""
    switches = (
        levers.state_platform, levers.village_collective, levers.association, levers.consortium, levers.lead_firm,
        levers.professional,
    )  # fmt: skip
    return [kind for kind, allowed in zip(Developer, switches, strict=True) if allowed]


def best_yield(
    developer: int, occupancy: float, cost: float, quarters: int, levers: Levers, assumptions: Assumptions
) -> float:
    """The better of rent and sale, after co-funding. Professionals only sell; nobody sells when 2.3 is off."""
    cost = cost * (1.0 - levers.co_funding_share)
    let = rent_yield(park_rent(developer, assumptions), occupancy, cost)
    if developer == Developer.PROFESSIONAL:
        let = -np.inf
    if levers.sale_share <= 0.0:
        return let
    until_sold = float(quarters + assumptions.park_sale_quarters)
    return max(let, sale_yield(assumptions.park_price, occupancy, cost, until_sold))


def choose_developer(
    world: World, park: int, floor: float, kinds: list[Developer], cost: float, levers: Levers, assumptions: Assumptions
) -> int:
    """One of the kinds whose return test a project of `floor` m2 passes, by lot; NOBODY when none does.

    `cost` is yuan per m2 without land, or 0 for a new building on bought land.
    """
    town = int(world.parks.town[park])
    same_town = world.parks.town == town
    coming = float((world.parks.free[same_town].sum() + world.parks.planned_floor[same_town].sum()) / CENTIARE)
    queue = float(world.city.queue[:, town].sum() / CENTIARE)
    occupancy = expected_occupancy(
        queue, coming + floor, assumptions.park_occupancy_base, assumptions.park_occupancy_full
    )
    passing = []
    for kind in kinds:
        new_cost = assumptions.park_build_cost + land_cost(kind, assumptions)
        quarters = levers.reuse_quarters if cost > 0.0 else build_quarters(kind, assumptions)
        reached = best_yield(kind, occupancy, cost if cost > 0.0 else new_cost, quarters, levers, assumptions)
        if reached >= required_return(kind, assumptions):
            passing.append(kind)
    if not passing:
        return NOBODY
    ticket = uniform(world.seed, _LUCK, world.quarter.index, int(world.parks.identity[park]), 0)
    return int(passing[int(ticket * len(passing))])


def start(world: World, park: int, developer: int, floor: int, quarters: int, levers: Levers, a: Assumptions) -> None:
    """Put a project site under construction; `floor` in 0.01 m2. Which kinds of unit it holds is settled at opening."""
    parks, town = world.parks, int(world.parks.town[park])
    parks.state[park] = ParkState.BUILDING
    parks.opens[park] = world.quarter.index + quarters
    parks.developer[park] = developer
    parks.rent[park] = park_rent(developer, a)
    parks.price[park] = a.park_price
    parks.planned_floor[park, Unit.STANDARD] = floor
    parks.strict[park] = levers.tax_per_mu > 0.0 or levers.investment_per_mu > 0.0
    if levers.strictness > 0.0:
        parks.lead_sector[park] = lead_sector(world, town)
    world.books.counts[Count.PARKS_STARTED, town] += 1


def pay_for(world: World, town: int, building: float, land: float, levers: Levers) -> None:
    """Enter what a developer pays for building and land (yuan), and what the city pays towards it."""
    money = world.books.money
    help_given = round((building + land) * levers.co_funding_share * FEN)
    money[Flow.CONSTRUCTION, town] += round(building * FEN)
    money[Flow.LAND_PRICE_PARKS, town] += round(land * FEN)
    money[Flow.CO_FUNDING, town] += help_given
    world.books.by_clause[_CLAUSE_2_2, town] += help_given


def develop(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Open what is ready, then start what queue, return, release and ledger allow."""
    _open_ready(world, levers, assumptions)
    state = world.city.carry[Carry.STATE_BUILDING]
    yearly = assumptions.state_building * world.scale
    state[0] = min(state[0] + yearly / 4.0, yearly)
    for town in range(len(world.towns)):
        _start_in(world, town, levers, assumptions)
    specialise(world, levers)


def _open_ready(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Hand over finished parks, their floor split over the kinds of unit (1.5, 2.3)."""
    parks = world.parks
    for park in np.flatnonzero((parks.state == ParkState.BUILDING) & (parks.opens <= world.quarter.index)):
        planned, developer = int(parks.planned_floor[park].sum()), int(parks.developer[park])
        floor, for_sale = split_floor(planned, developer, levers, world.city.owed_units)
        parks.floor[park] = floor
        parks.free[park] = floor
        parks.for_sale[park] = for_sale
        parks.planned_floor[park] = 0
        parks.state[park] = ParkState.OPEN
        if parks.rent[park] <= 0.0:  # a renewed block
            parks.rent[park] = park_rent(int(parks.developer[park]), assumptions)
            parks.price[park] = assumptions.park_price
        world.books.counts[Count.PARKS_OPENED, parks.town[park]] += 1


def _start_in(world: World, town: int, levers: Levers, assumptions: Assumptions) -> None:
    """Start projects in one town while released floor, sites, ledger land and a willing developer last."""
    release = world.city.carry[Carry.RELEASE]
    floor_per_mu = assumptions.park_floor_area_ratio * SQUARE_METRES_PER_MU
    least = assumptions.park_least_land * floor_per_mu * world.scale
    most = max(assumptions.park_typical_land * floor_per_mu * world.scale, least)
    release[town] += world.city.released_now[town]
    while release[town] >= least:
        park = _next_site(world, town)
        land = _land_for(world, town, min(release[town], most), floor_per_mu)
        floor = land / CENTIMU * floor_per_mu
        developer = NOBODY
        if park != NOBODY and floor >= least - floor_per_mu / CENTIMU:
            kinds = _able(world, levers)
            developer = choose_developer(world, park, floor, kinds, 0.0, levers, assumptions)
        if developer == NOBODY:
            break
        _break_ground(world, park, developer, floor, land, levers, assumptions)
        release[town] = max(release[town] - floor, 0.0)
    release[town] = min(release[town], most)  # floor that nobody built is not hoarded beyond one project


def _able(world: World, levers: Levers) -> list[Developer]:
    """The allowed kinds of developer; the state platforms only while they have capital left this year."""
    idle = world.city.carry[Carry.STATE_BUILDING, 0] > 0.0
    return [kind for kind in allowed_developers(levers) if kind != Developer.STATE_PLATFORM or idle]


def _next_site(world: World, town: int) -> int:
    """The town's first free project site, by identity, on land where building is allowed."""
    parks = world.parks
    sites = np.flatnonzero(
        (parks.town == town) & (parks.state == ParkState.CANDIDATE) & ~parks.reuse & (parks.block == NOBODY)
    )
    sites = sites[world.city.may_build[parks.cell[sites]]]
    return int(sites[parks.identity[sites].argmin()]) if len(sites) else NOBODY


def _land_for(world: World, town: int, floor: float, floor_per_mu: float) -> int:
    """Land (0.01 mu) for `floor` m2, as far as the ledger has it."""
    wanted = int(np.floor(floor / floor_per_mu * CENTIMU + 1e-9))
    return min(wanted, int(world.accounts.left[town])) if world.city.land_limited else wanted


def _break_ground(
    world: World, park: int, developer: int, floor: float, land: int, levers: Levers, assumptions: Assumptions
) -> None:
    """Start a new park on new land, in the ledger, on the map and in the books."""
    town, accounts = int(world.parks.town[park]), world.accounts
    start(world, park, developer, round(floor * CENTIARE), build_quarters(developer, assumptions), levers, assumptions)
    world.parks.land[park] = land
    accounts.built[town] += land
    accounts.left[town] -= land
    world.city.cell_land[world.parks.cell[park]] += land
    pay_for(world, town, floor * assumptions.park_build_cost, floor * land_cost(developer, assumptions), levers)
    if developer == Developer.STATE_PLATFORM:
        world.city.carry[Carry.STATE_BUILDING, 0] -= floor
