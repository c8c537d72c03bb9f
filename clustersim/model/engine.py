"""The agents engine: the firms of a city walked over one by one, as Mesa agents.

Only the loops over firms differ from the compiled sweeps: a quarter is the same straight line, and every rule inside a
loop is the same function. The bits are the same too. It is there to be read, to be checked against, and to be changed:
a subclass of `Firm` that decides in another way takes part in the quarter.

>>> from clustersim.histories import shared_history
>>> from clustersim.quarter import fork, live
>>> from clustersim.scenario import load_scenario
>>> from clustersim.scenario.setting import Setting
>>> letter, setting = load_scenario("letter"), Setting(300)
>>> city = fork(shared_history(letter, setting), letter, 1)
>>> quarter = next(live(city, letter, setting.until, agents_walk(city)))
>>> quarter.value("exited")
5.0
"""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from clustersim.firm.account_terms import AccountTerms
from clustersim.firm.accounts import RentTerms
from clustersim.firm.choice import Market
from clustersim.firm.shocks import ShockTerms
from clustersim.firm.walk import Walk
from clustersim.letter.inspection import DriftTerms
from clustersim.model.agents import Firm
from clustersim.model.sets import WindowSet
from clustersim.world.books import Flow
from clustersim.world.columns import Floats, Long
from clustersim.world.firms import Firms
from clustersim.world.tables import World


def agents_walk(world: World) -> Walk:
    """A walk over the firms of a world that belongs to no `ClusterModel`."""
    return walk_by_agents(_City(world))


def walk_by_agents(model: Any) -> Walk:
    """A walk over the agents of a model, in the order of their rows."""
    return Walk(
        strike=lambda world, terms, drift: _strike(model, world, terms, drift),
        drift=lambda world, terms, standards, lots: _drift(model, world, terms, standards, lots),
        decide=lambda world, of: _decide(model, of),
        pay_rents=lambda world, terms: _pay_rents(model, world, terms),
        settle=lambda world, terms, hooks: _settle(model, world, terms, hooks),
    )


class _City(mesa.Model):
    """The least that a firm needs of its model."""

    firm_type = Firm

    def __init__(self, world: World) -> None:
        super().__init__(rng=0)
        self.world = world

    @property
    def firms(self) -> Firms:
        return self.world.firms


def _everyone(model: Any) -> WindowSet:
    """The firms alive at this moment of the quarter: some of its loops come after exits."""
    world = model.world
    return WindowSet(model, model.firm_type, np.flatnonzero(world.firms.alive[: world.rows]))


def _strike(model: Any, world: World, terms: ShockTerms, drift: Floats) -> tuple[Long, Long]:
    gained, jobs = np.zeros((2, len(drift)), np.int64), np.zeros(len(world.towns), np.int64)
    by_sector = drift.tolist()
    for firm in _everyone(model):
        won, sales, hired = firm.be_struck(terms, by_sector)
        raw = firm.raw
        gained[:, raw.sector] += won, sales
        jobs[raw.town] += hired
    return gained, jobs


def _drift(model: Any, world: World, terms: DriftTerms, standards: Floats, lots: Floats) -> Long:
    counts = np.zeros((2, len(world.towns)), np.int64)
    means, limits = world.city.hazard_mean.tolist(), standards.tolist()
    for firm in _everyone(model):
        lot, surveyed, relapsed = firm.drift(terms, means, limits)
        lots[firm.row] = lot
        counts[:, firm.raw.town] += surveyed, relapsed
    return counts


def _decide(model: Any, of: Market) -> None:
    for firm in _everyone(model):
        firm.decide(of)


def _pay_rents(model: Any, world: World, terms: RentTerms) -> None:
    firms, money = world.firms, world.books.money
    firms.rent_received[: world.rows] = 0.0
    rents, prices = world.parks.rent.tolist(), world.parks.price.tolist()
    for firm in _everyone(model):
        fen, flow = firm.pay_rent(terms, rents, prices)
        raw = firm.raw
        money[flow, raw.town] += fen
        if flow == Flow.RENT_TO_FIRMS:
            firms.cash[raw.landlord] += fen
            firms.rent_received[raw.landlord] += 0.01 * fen


def _settle(model: Any, world: World, terms: AccountTerms, hooks: Floats) -> tuple[Long, Long, Long]:
    towns = len(world.towns)
    money, relieved, dearer = (
        np.zeros((len(Flow), towns), np.int64),
        np.zeros(towns, np.int64),
        np.zeros(towns, np.int64),
    )
    by_park = hooks.tolist()
    for firm in _everyone(model):
        flows, less, more = firm.settle(terms, by_park)
        town = firm.raw.town
        for flow, fen in flows.items():
            money[flow, town] += fen
        relieved[town] += less
        dearer[town] += more
    return money, relieved, dearer
