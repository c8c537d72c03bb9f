"""A block under renewal: cleared, rebuilt, and back as a park with more floor on the same land (clause 1.6).

A block is cleared only when its town has interim floor for all its firms: nobody is put on the street for a building
site. Blocks that have to wait for that are passed over by later ones, and come first again in the next quarter. The
firms move to vacant floor of the town and go on working; they are displaced, so that they look at parks at once, and
they may return first when the block is back. Owners are bought out and come back as tenants.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    CENTIARE,
    CENTIMU,
    FEN,
    NOBODY,
    POLICY_START,
    SQUARE_METRES_PER_MU,
    BlockState,
    Carry,
    Clearance,
    Developer,
    ParkState,
    Site,
    Stage,
    Tenure,
    Unit,
)
from clustersim.letter.renewal.levers import Levers
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.columns import Long
from clustersim.world.rationing import whole_part
from clustersim.world.sites import block_to_vacant_floor
from clustersim.world.tables import World

_CLAUSE_1_6: Final = CLAUSE_SLOTS.index("1.6")
_ROUNDING: Final = 1e-6  # of 0.01 m2: so that 0.9 of a whole number of mu is what it says


def renewed_floor(land: int, ratio: float) -> int:
    """Floor (0.01 m2) on a block's land (0.01 mu) at a floor-area ratio.

    >>> renewed_floor(10_000, 2.0) / 100
    133400.0
    """
    return int(land * SQUARE_METRES_PER_MU * ratio + _ROUNDING)


def renew(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Bring back the blocks that are ready, end old rights of return, and clear the next blocks."""
    _bring_back(world)
    _end_rights(world, levers)
    due = _blocks_due(world, levers)
    if due <= 0:
        return
    waiting = np.flatnonzero(world.blocks.state == BlockState.STANDING)
    for block in waiting[np.lexsort((world.blocks.identity[waiting], world.blocks.order[waiting]))]:
        if due > 0 and _has_interim_floor(world, int(block)):
            _start(world, int(block), levers, assumptions)
            due -= 1
    if len(waiting):
        world.city.carry[Carry.RENEWAL, 0] += due  # the blocks that had to wait


def _blocks_due(world: World, levers: Levers) -> int:
    """Blocks that may start this quarter: the first lot with the policy, then so many a year."""
    first_lot = levers.blocks_under_way if world.quarter == POLICY_START else 0
    return whole_part(world.city.carry[Carry.RENEWAL], 0, levers.blocks_a_year / 4.0 + first_lot)


def _bring_back(world: World) -> None:
    """Blocks whose works are done are parks from now on; the parks themselves open when they are handed over."""
    blocks = world.blocks
    ready = np.flatnonzero((blocks.state == BlockState.AT_WORK) & (blocks.back <= world.quarter.index))
    blocks.state[ready] = BlockState.RENEWED
    np.add.at(world.books.counts[Count.BLOCKS_BACK], blocks.town[ready], 1)


def _end_rights(world: World, levers: Levers) -> None:
    """Former firms come first for some quarters; then the right of return is over, and with it the displacement."""
    firms, blocks = world.firms, world.blocks
    waiting = np.flatnonzero((firms.returns_to[: world.rows] != NOBODY) & firms.alive[: world.rows])
    block = firms.returns_to[waiting]
    over = waiting[
        (blocks.state[block] == BlockState.RENEWED)
        & (blocks.back[block] + levers.return_quarters <= world.quarter.index)
    ]
    firms.returns_to[over] = NOBODY
    other_reason = (
        (firms.stage[over] != Stage.NONE) | (firms.order_due[over] != NOBODY)
        | (firms.clearance[over] != Clearance.NONE) | (firms.licence_due[over] != NOBODY)
    )  # fmt: skip
    firms.displaced[over] = other_reason


def _inside(world: World, block: int) -> Long:
    """Rows of the firms in a block."""
    firms, rows = world.firms, world.rows
    found = firms.alive[:rows] & (firms.site[:rows] == Site.BLOCK) & (firms.place[:rows] == block)
    return np.flatnonzero(found).astype(np.int64)


def _has_interim_floor(world: World, block: int) -> bool:
    needed = int(world.firms.floor[_inside(world, block)].sum())
    return needed <= int(world.accounts.vacant_floor[world.blocks.town[block]])


def _start(world: World, block: int, levers: Levers, assumptions: Assumptions) -> None:
    """Clear a block and put its park under construction."""
    blocks, inside = world.blocks, _inside(world, block)
    lead = _lead_sector(world, inside)
    _buy_out(world, block, inside, levers)
    _to_interim_floor(world, block, inside)
    _pay_city(world, block, blocks.floor[block] / CENTIARE * assumptions.demolition_cost, Flow.DEMOLITION)
    kept = _release_land(world, block, levers)
    blocks.state[block] = BlockState.AT_WORK
    blocks.back[block] = world.quarter.index + levers.work_quarters
    blocks.land[block], blocks.floor[block] = 0, 0
    blocks.ratio[block] = levers.floor_area_ratio
    world.books.counts[Count.BLOCKS_STARTED, blocks.town[block]] += 1
    _build_park(world, block, kept, lead, assumptions)


def _lead_sector(world: World, inside: Long) -> int:
    """The sector with most floor in the block, for which its park is built; NOBODY in an empty block."""
    firms = world.firms
    floor = np.zeros(len(world.sectors), np.int64)
    np.add.at(floor, firms.sector[inside], firms.floor[inside])
    vetoed = (world.city.park_vetoes >> np.arange(len(floor))) & 1 == 1
    floor[vetoed] = 0
    return int(floor.argmax()) if floor.any() else NOBODY


def _buy_out(world: World, block: int, inside: Long, levers: Levers) -> None:
    """Owners in the block sell their land to the city."""
    firms = world.firms
    owners = inside[firms.tenure[inside] == Tenure.OWNER]
    paid = np.rint(firms.land[owners] / CENTIMU * levers.buy_out * FEN).astype(np.int64)
    firms.cash[owners] += paid
    firms.land[owners] = 0
    town = world.blocks.town[block]
    world.books.money[Flow.COMPENSATION, town] += paid.sum()
    world.books.by_clause[_CLAUSE_1_6, town] += paid.sum()


def _to_interim_floor(world: World, block: int, inside: Long) -> None:
    """Every firm of the block moves to vacant floor in town, with the right to return first."""
    firms = world.firms
    if not block_to_vacant_floor(world, block, inside):
        raise RuntimeError(f"{world.quarter}: block {block} was cleared without interim floor for its firms")
    firms.returns_to[inside] = block
    fresh = inside[~firms.displaced[inside]]
    firms.displaced[inside] = True
    world.books.counts[Count.DISPLACED, world.blocks.town[block]] += len(fresh)


def _release_land(world: World, block: int, levers: Levers) -> int:
    """Land (0.01 mu) the park will stand on; the rest of the block goes to the ledger of the town."""
    blocks, accounts, town = world.blocks, world.accounts, int(world.blocks.town[block])
    land = int(blocks.land[block])
    kept = int(land * levers.land_kept + _ROUNDING)
    accounts.bought_out[town] += land - kept
    accounts.left[town] += land - kept
    world.city.cell_land[blocks.cell[block]] -= land - kept
    return kept


def _build_park(world: World, block: int, land: int, lead: int, assumptions: Assumptions) -> None:
    """A state platform builds on the block's own land: no ledger land, and no land price for a renewal."""
    blocks, parks = world.blocks, world.parks
    park, town = int(blocks.park[block]), int(blocks.town[block])
    floor = renewed_floor(land, float(blocks.ratio[block]))
    parks.town[park], parks.cell[park], parks.block[park] = town, blocks.cell[block], block
    parks.state[park] = ParkState.BUILDING
    parks.opens[park] = blocks.back[block]
    parks.developer[park] = Developer.STATE_PLATFORM
    parks.land[park] = land
    parks.planned_floor[park, Unit.STANDARD] = floor
    parks.lead_sector[park] = lead
    world.books.money[Flow.CONSTRUCTION, town] += round(floor / CENTIARE * assumptions.park_build_cost * FEN)
    world.books.counts[Count.PARKS_STARTED, town] += 1


def _pay_city(world: World, block: int, yuan: float, flow: Flow) -> None:
    fen, town = round(yuan * FEN), world.blocks.town[block]
    world.books.money[flow, town] += fen
    world.books.by_clause[_CLAUSE_1_6, town] += fen
