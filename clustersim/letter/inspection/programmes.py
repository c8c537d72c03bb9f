"""Model firms and elimination (3.3), and diagnosis for the listed block industries (3.9)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule
from clustersim.foundation.words import SECTORS, Action, Carry, Cause, Luck, Mark, Stage
from clustersim.letter.inspection.choosing import first_by_town
from clustersim.letter.inspection.levers import Levers
from clustersim.letter.inspection.visits import pay
from clustersim.world.books import Count
from clustersim.world.columns import Floats
from clustersim.world.rationing import first_in_order, tickets, whole_part
from clustersim.world.tables import World

_NEAR_BONUS: Final = 1000.0  # puts a sector without a model firm in town before those that have one


@rule
def perceived_gain(near: bool, alone: float) -> float:
    """Share of the gain of an upgrade that a firm believes in; all of it with a model firm of its sector near (3.3).

    >>> perceived_gain(False, 0.7), perceived_gain(True, 0.7)
    (0.7, 1.0)
    """
    return 1.0 if near else alone


def set_examples(world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats) -> None:
    """Make model firms out of the most productive of those that upgraded and comply, and note where one is near."""
    firms, city, rows, towns = world.firms, world.city, world.rows, len(world.towns)
    if city.model_near.shape[0] != towns:
        city.model_near = np.zeros((towns, SECTORS), np.bool_)
    if levers.model_firms_a_year > 0.0:
        # Not scaled: what an example reaches is a sector in a town, and those are as many in a smaller city
        quarterly = 0.25 * levers.model_firms_a_year * world.towns.firm_share
        wanted = np.array([whole_part(city.carry[Carry.MODEL_FIRMS], town, quarterly[town]) for town in range(towns)])
        recent = world.quarter.index - assumptions.model_recent_quarters
        may = np.flatnonzero(
            (firms.last_upgrade[:rows] >= max(recent, 1)) & firms.alive[:rows] & firms.registered[:rows]
            & ~firms.model_firm[:rows] & (firms.marks[:rows] == 0) & ~firms.closing[:rows]
            & (firms.stage[:rows] == Stage.NONE)
        )  # fmt: skip
        for kind, hazard in enumerate((firms.safety, firms.environment, firms.fire, firms.energy)):
            may = may[hazard[may] <= by_sector[kind][firms.sector[may]]]
        unserved = ~city.model_near[firms.town[may], firms.sector[may]]
        points = firms.productivity[may] + _NEAR_BONUS * unserved
        firms.model_firm[first_by_town(world, may, points, wanted, Luck.MODEL_FIRM)] = True
    models = np.flatnonzero(firms.model_firm[:rows] & firms.alive[:rows])
    city.model_near[:] = False
    city.model_near[firms.town[models], firms.sector[models]] = True


def eliminate(world: World, levers: Levers) -> None:
    """Order the least productive of the firms known for outdated capacity to close (3.3)."""
    firms, rows = world.firms, world.rows
    if levers.eliminated_a_year <= 0.0:
        return
    wanted = whole_part(world.city.carry[Carry.ELIMINATIONS], 0, 0.25 * levers.eliminated_a_year * world.scale)
    if wanted == 0:
        return
    worst = np.flatnonzero(
        ((firms.marks[:rows] & Mark.OUTDATED) != 0) & firms.alive[:rows] & ~firms.closing[:rows]
        & (firms.known[:rows] | (firms.last_visit[:rows] > 0))
    )  # fmt: skip
    uids = firms.uid[worst]
    drawn = tickets(uids, world.seed, int(Luck.MODEL_FIRM), world.quarter.index)
    order = first_in_order(wanted, np.zeros(len(worst), np.int64), -firms.productivity[worst], drawn, uids)
    gone = worst[order]
    firms.closing[gone] = True
    firms.exit_cause[gone] = np.where(firms.exit_cause[gone] == Cause.NONE, Cause.CLOSURE, firms.exit_cause[gone])
    world.books.counts[Count.ELIMINATED] += np.bincount(firms.town[gone], minlength=len(world.towns))


def diagnose(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Publish what diagnosis saves in the listed industries, and pay for the firms that upgraded last quarter (3.9)."""
    listed = np.array([key in levers.listed_sectors for key in world.sectors.key])
    world.city.upgrade_relief[:] = np.where(listed, levers.diagnosis_relief, 0.0)
    if levers.diagnosis_relief > 0.0 and listed.any():
        upgraded = world.city.did[(world.quarter.index - 1) % 4, :, :, Action.UPGRADE]
        pay(world, "3.9", assumptions.diagnosis_cost * upgraded[:, listed].sum(axis=1).astype(np.float64))
