"""Where parks may be built (clause 1.1), and what changes when a plan takes force."""

from __future__ import annotations

import numpy as np

from clustersim.letter.land.levers import Levers
from clustersim.world.columns import Flags
from clustersim.world.tables import World


def plan(world: World, levers: Levers) -> None:
    """Put the plan of a history or a policy into force, once at its start.

    The planned zones themselves are the measuring mask and stay as they are; what changes is where parks may stand,
    and whether the ledger binds (1.3). A town that overdrew while it did not bind starts from zero: 占补平衡 balances
    what is built from now on, it does not undo what stands.
    """
    city, accounts = world.city, world.accounts
    city.may_build = buildable(city.planned, world.cells.hill, levers.planned_zones)
    city.land_limited = levers.ledger_binds
    city.released_now = np.zeros(len(world.towns))
    if levers.ledger_binds:
        overdrawn = np.maximum(-accounts.left, 0)
        accounts.quota += overdrawn
        accounts.left += overdrawn


def buildable(planned: Flags, hill: Flags, planned_zones: bool) -> Flags:
    """[cell] where parks may be built: never on a hill, and inside the planned zones when there is a plan.

    >>> planned, hill = np.array([True, False, True]), np.array([False, False, True])
    >>> buildable(planned, hill, True).tolist(), buildable(planned, hill, False).tolist()
    ([True, False, False], [True, True, False])
    """
    return np.asarray(planned & ~hill if planned_zones else ~hill)
