"""The ledger of industrial land (clause 1.3): what may be built on is what was given up, and the yearly quota.

Land is counted in 0.01 mu by town: opening + quota + cleared + surrendered + bought out = built + left.
"""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIMU, Carry
from clustersim.letter.land.levers import Levers
from clustersim.world import laws
from clustersim.world.columns import Long
from clustersim.world.rationing import whole_part
from clustersim.world.tables import World


def grant_quota(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Give every town its part of a quarter's quota, by its share of firms; the ledger counts even when it is free."""
    accounts, carry = world.accounts, world.city.carry[Carry.QUOTA]
    quarterly = levers.yearly_quota / 4.0 * CENTIMU * world.scale
    for town, share in enumerate(world.towns.firm_share):
        granted = whole_part(carry, town, quarterly * share)
        accounts.quota[town] += granted
        accounts.left[town] += granted


def withheld_land(given_up: Long, ratio: float) -> Long:
    """Land (0.01 mu) that the exchange ratio keeps off the ledger, out of all that was ever given up.

    >>> withheld_land(np.array([1000, 7]), 0.8).tolist(), withheld_land(np.array([1000, 7]), 1.0).tolist()
    ([200, 1], [0, 0])
    """
    withheld: Long = np.floor(given_up * (1.0 - ratio) + 1e-9).astype(np.int64)
    return withheld


def close_books(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Hold the balances of land and floor at the end of a quarter, and the ledger's limit while it binds."""
    _dock(world, levers)
    laws.check(world)
    left = world.accounts.left
    if world.city.land_limited and (left < 0).any():
        town = int((left < 0).argmax())
        raise laws.LawBrokenError(
            f"{world.quarter}: land in hand in {world.towns.en[town]}: {left[town] / CENTIMU:.2f} mu is below 0, "
            "and the ledger binds (1.3)"
        )


def _dock(world: World, levers: Levers) -> None:
    """Take back what the exchange ratio withholds of the land given up, as a withdrawal from the quota.

    Land given up enters the ledger one to one. What has been built on in the same quarter cannot be taken back; that
    part is docked later.
    """
    accounts, withheld = world.accounts, world.city.carry[Carry.WITHHELD]
    due = withheld_land(accounts.cleared + accounts.surrendered + accounts.bought_out, levers.exchange_ratio)
    taken = np.clip(due - withheld.astype(np.int64), 0, np.maximum(accounts.left, 0))
    accounts.quota -= taken
    accounts.left -= taken
    withheld += taken
