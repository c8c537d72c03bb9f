"""The public service platform of parks (clauses 2.6, 2.7): how it grows, what it costs, and what it does.

Logistics and property act through the productivity of the site (`firm.neighbours`); the other seven services and
hand-holding act here.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.words import CENTIARE, FEN, ParkState, Service, Site
from clustersim.letter.services.levers import Levers
from clustersim.world.books import CLAUSE_SLOTS, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.tables import World

_CLAUSE_2_6: Final = CLAUSE_SLOTS.index("2.6")
_CLAUSE_2_7: Final = CLAUSE_SLOTS.index("2.7")
_PARK: Final = int(Site.PARK)


@rule
def tested(hazard: float, level: float, effect: float) -> float:
    """A hazard after a quarter with the testing service at a level.

    >>> round(tested(0.5, 0.8, 0.01), 3)
    0.496
    """
    return hazard * (1.0 - effect * level)


def roll_out(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Raise the nine services of every open park by their pace, pay for it, and let testing and hand-holding work."""
    _equip_new_parks(world, assumptions)
    _grow(world, levers, assumptions)
    _serve(world, levers, assumptions)


def hooks(world: World, levers: Levers, assumptions: Assumptions) -> Floats:
    """[park, 5] what services do there, as factors on what they act on (columns of `firm.terms`):

    paperwork left, lost output left, credit line, fixed cost left, gain of an upgrade.
    """
    level = world.parks.services
    advice = 0.5 * (level[:, Service.GOVERNMENT] + level[:, Service.LAW])
    left_to_do = 1.0 - levers.handholding
    return np.stack(
        [
            left_to_do * (1.0 - assumptions.service_paperwork * advice),
            left_to_do * (1.0 - assumptions.service_lost_output * level[:, Service.HUMAN_RESOURCES]),
            1.0 + assumptions.finance_service_credit * level[:, Service.FINANCE],
            1.0 - assumptions.labour_training_gain * level[:, Service.TRAINING],
            1.0 + assumptions.service_research * level[:, Service.RESEARCH],
        ],
        axis=1,
    )


def _equip_new_parks(world: World, assumptions: Assumptions) -> None:
    """A park opens with the services the parks of 2021 had: without 2.6 it stays there."""
    parks = world.parks
    bare = (parks.state == ParkState.OPEN) & ~parks.services.any(axis=1)
    parks.services[bare] = assumptions.opening_services


def _grow(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Services rise to at most 1; the city pays by what they rise and by the floor they serve."""
    parks = world.parks
    there = np.flatnonzero(parks.state == ParkState.OPEN)
    before = parks.services[there]
    after = np.minimum(before + np.array(levers.paces), 1.0)
    parks.services[there] = after
    floor = parks.floor[there].sum(axis=1) / CENTIARE
    fen = np.rint((after - before).sum(axis=1) * floor * assumptions.service_cost * FEN).astype(np.int64)
    np.add.at(world.books.money[Flow.PROGRAMME], parks.town[there], fen)
    np.add.at(world.books.by_clause[_CLAUSE_2_6], parks.town[there], fen)


def _serve(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Testing lowers hazards inside parks; hand-holding of last quarter's movers is paid for."""
    firms, books = world.firms, world.books
    parts = over_rows(
        _serve_inside, world.rows, world.quarter.index, len(world.towns), float(assumptions.service_testing),
        firms.alive, firms.site, firms.place, firms.town, firms.last_move, firms.safety, firms.environment,
        firms.fire, firms.energy, np.ascontiguousarray(world.parks.services[:, Service.TESTING]),
    )  # fmt: skip
    movers: Long = sum(parts[1:], start=parts[0])
    fen = movers * round(levers.handholding * assumptions.handholding_cost * FEN)
    books.money[Flow.PROGRAMME] += fen
    books.by_clause[_CLAUSE_2_7] += fen


@sweep
def _serve_inside(
    first: int, last: int, quarter: int, towns: int, effect: float,
    alive: Flags, site: Small, place: Whole, town: Small, last_move: Short, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, testing: Floats,
) -> Long:  # fmt: skip
    """Returns the firms [town] that moved into a park in the quarter before."""
    movers = np.zeros(towns, np.int64)
    for row in range(first, last):
        if not alive[row] or site[row] != _PARK:
            continue
        level = testing[place[row]]
        safety[row] = tested(safety[row], level, effect)
        environment[row] = tested(environment[row], level, effect)
        fire[row] = tested(fire[row], level, effect)
        energy[row] = tested(energy[row], level, effect)
        if last_move[row] == quarter - 1:
            movers[town[row]] += 1
    return movers
