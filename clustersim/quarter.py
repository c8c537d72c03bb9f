"""One quarter, read aloud; the history of a city, settled once; and policies forked from its exact end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clustersim.firm import accounts, changes, choice, neighbours, shocks
from clustersim.firm.walk import COLUMNS, Walk
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import HISTORY_END, HISTORY_START, Quarter
from clustersim.indicators import Measures, measure, set_base
from clustersim.letter import differential, entry, grading, inspection, land, parks, renewal, services
from clustersim.scenario import Levers, Scenario
from clustersim.world.census import hold_against_books, take_census
from clustersim.world.population import build
from clustersim.world.rows import put_neighbours_together
from clustersim.world.tables import World


def run_quarter(world: World, levers: Levers, assumptions: Assumptions, walk: Walk = COLUMNS) -> Measures:
    """Simulate one quarter in place and measure its end. Clause numbers stand beside the verbs.

    `walk` says who goes over the firms: compiled sweeps, or one firm at a time. The bits are the same.
    """
    world.books.open()
    before = take_census(world)
    shocks.strike(world, assumptions, walk.strike)
    neighbours.renew_sites(world, assumptions, levers.parks.strictness)
    differential.announce(world, levers.differential)  # 4.3
    grading.assess(world, levers.grading, assumptions)  # 4.1, 4.7
    inspection.advance(world, levers.inspection, assumptions, walk.drift)  # 3.1-3.6, 3.9-3.11

    land.grant_quota(world, levers.land, assumptions)  # 1.3
    renewal.renew(world, levers.renewal, assumptions)  # 1.6
    land.clear(world, levers.land, assumptions)  # 1.4
    parks.reuse(world, levers.parks, assumptions)  # 2.8
    land.release(world, levers.land, assumptions)  # 1.1, 1.2
    parks.develop(world, levers.parks, assumptions)  # 1.5, 2.1-2.3
    services.roll_out(world, levers.services, assumptions)  # 2.6, 2.7
    parks.upgrade_town_parks(world, levers.parks, assumptions)  # 1.7
    parks.rate(world, levers.parks, assumptions)  # 2.5

    choice.decide(world, levers, assumptions, walk.decide)
    parks.admit(world, levers.parks, assumptions)  # 2.4
    differential.grant_rewards(world, levers.differential, assumptions)  # 4.4
    changes.carry_out(world, levers, assumptions)
    entry.apply_power_limit(world, levers.entry, assumptions)  # 3.8
    accounts.settle(world, levers, assumptions, walk.pay_rents, walk.settle)  # 4.3, 4.5
    entry.admit_newcomers(world, levers.entry, assumptions)  # 3.7

    land.close_books(world, levers.land, assumptions)  # 1.3
    hold_against_books(world, before)
    measures = measure(world, assumptions)
    world.quarter += 1
    return measures


@dataclass(frozen=True)
class History:
    """The city at the end of 2021Q2, and what was measured on the way."""

    world: World
    measures: tuple[Measures, ...]  # one a quarter from HISTORY_START


def settle_history(
    background: Scenario, size: int, population_seed: int, *, progress: Callable[[], None] = lambda: None,
    grid: str = "1km", qianwan: bool = False, data: Path | None = None,
    walk_of: Callable[[World], Walk] = lambda world: COLUMNS,
) -> History:  # fmt: skip
    """Build a city and let it live through 2019Q1-2021Q2 with every clause off."""
    levers, assumptions = background.effective_levers(), background.assumptions
    world = build(size, population_seed, assumptions, grid=grid, qianwan=qianwan, data=data)
    neighbours.first_sites(world, assumptions)
    land.plan(world, levers.land)
    walk, measured = walk_of(world), []
    for _ in range(HISTORY_END - HISTORY_START + 1):
        measured.append(run_quarter(world, levers, assumptions, walk))
        progress()
    set_base(world, assumptions)
    put_neighbours_together(world)  # once more, for all the policies to come
    return History(world, tuple(measured))


def fork(history: History, scenario: Scenario, process_seed: int) -> World:
    """A copy of the city at the end of its history, ready to live under a policy with luck of its own."""
    world = history.world.copy()
    world.seed = process_seed
    land.plan(world, scenario.effective_levers().land)
    return world


def live(world: World, scenario: Scenario, until: Quarter, walk: Walk = COLUMNS) -> Iterator[Measures]:
    """Quarter after quarter under a policy, up to and including `until`."""
    levers = scenario.effective_levers()
    while world.quarter <= until:
        yield run_quarter(world, levers, scenario.assumptions, walk)
