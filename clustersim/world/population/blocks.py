"""Who sits in the old blocks: firms of the town in random order, part of them owners, while there is room."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import sweep
from clustersim.foundation.words import CENTIARE, CENTIMU, SQUARE_METRES_PER_MU, Site, Tenure
from clustersim.world.columns import Flags, Floats, Long, Small, Whole
from clustersim.world.population.luck import Draw, uniforms
from clustersim.world.population.places import on_plots
from clustersim.world.tables import World

_BLOCK: Final = int(Site.BLOCK)
_FLOOR_PER_LAND: Final = SQUARE_METRES_PER_MU * CENTIARE / CENTIMU  # 0.01 m2 a 0.01 mu at a floor-area ratio of 1
_FAILURES: Final = 8  # firms in a row that do not fit before a block counts as full


def fill_blocks(world: World, a: Assumptions) -> None:
    """Fill every block up to its vacancy. Owners bring the land they were drawn with, built over like the block."""
    firms, blocks = world.firms, world.blocks
    small = ~firms.above_scale
    owners, owners_first = _queue(world, on_plots(world, Tenure.OWNER) & small)
    tenants, tenants_first = _queue(world, on_plots(world, Tenure.TENANT))
    room = np.floor(blocks.floor * (1.0 - a.plot_vacancy)).astype(np.int64)
    _fill(
        0, len(blocks), float(a.block_owner_share), _FLOOR_PER_LAND, room, blocks.town, blocks.land, blocks.ratio,
        owners, owners_first, tenants, tenants_first, firms.site, firms.place, firms.land, firms.floor,
    )  # fmt: skip


def _queue(world: World, among: Flags) -> tuple[Long, Long]:
    """Rows by town and then by lot, and where each town's begin."""
    firms = world.firms
    rows = np.flatnonzero(among)
    luck = uniforms(world.seed, firms.uid[rows], Draw.BLOCK)
    rows = rows[np.lexsort((luck, firms.town[rows]))]
    return rows, np.searchsorted(firms.town[rows], np.arange(len(world.towns) + 1)).astype(np.int64)


@sweep
def _fill(
    first: int, last: int, owner_share: float, floor_per_land: float, room: Long, town: Small, block_land: Long,
    ratio: Floats, owners: Long, owners_first: Long, tenants: Long, tenants_first: Long,
    site: Small, place: Whole, land: Whole, floor: Whole,
) -> None:  # fmt: skip
    next_owner, next_tenant = owners_first.copy(), tenants_first.copy()
    for block in range(first, last):
        t = town[block]
        left, land_left = room[block], block_land[block]
        inside, of_owners, failures = 0, 0, 0
        while failures < _FAILURES:
            owner_waits = next_owner[t] < owners_first[t + 1]
            tenant_waits = next_tenant[t] < tenants_first[t + 1]
            if not owner_waits and not tenant_waits:
                break
            if owner_waits and (of_owners < owner_share * (inside + 1) or not tenant_waits):
                row = owners[next_owner[t]]
                next_owner[t] += 1
                wish = np.int64(np.ceil(land[row] * ratio[block] * floor_per_land))
                if wish > left or land[row] > land_left:
                    failures += 1
                    continue
                land_left -= land[row]
                floor[row] = wish
                of_owners += 1
            else:
                row = tenants[next_tenant[t]]
                next_tenant[t] += 1
                wish = np.int64(floor[row])
                if wish > left:
                    failures += 1
                    continue
            left -= wish
            inside += 1
            site[row] = _BLOCK
            place[row] = block
