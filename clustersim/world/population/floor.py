"""How much floor a firm needs, and which owner a tenant rents from."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import sweep
from clustersim.foundation.words import CENTIARE, CENTIMU, NOBODY, SQUARE_METRES_PER_MU, Tenure
from clustersim.world.columns import Floats, Long, Small, Whole
from clustersim.world.population.luck import Draw, exp, highest, log, normals, uniforms
from clustersim.world.population.places import on_plots
from clustersim.world.tables import World

_LEAST_FLOOR: Final = 10 * CENTIARE  # one bench
_NOBODY: Final = NOBODY


def draw_needs(world: World, a: Assumptions) -> None:
    """Give every firm the floor it would rent: so much at the median size of a workshop, less when productive."""
    firms = world.firms
    size = log(firms.revenue)
    workshops = size[~firms.registered]
    centre = float(np.median(workshops)) if len(workshops) else float(np.median(size))
    growth = a.floor_elasticity * (size - centre) - a.productivity_space * firms.productivity
    needs = a.workshop_floor * exp(growth + a.floor_spread * normals(world.seed, firms.uid, Draw.FLOOR))
    firms.floor[:] = np.maximum(np.rint(needs * CENTIARE), _LEAST_FLOOR)


def let_floor(world: World, a: Assumptions) -> None:
    """Build over the owners' plots, and let tenants on plots rent from an owner of the town who has room for them.

    Some tenants rent from an owner who is gone; so do those for whom no landlord has room. Rooms nobody takes stay in
    the owner's use.
    """
    firms, seed = world.firms, world.seed
    owners = np.flatnonzero(on_plots(world, Tenure.OWNER))
    ratio = a.plot_ratio_low + (a.plot_ratio_high - a.plot_ratio_low) * uniforms(seed, firms.uid[owners], Draw.RATIO)
    firms.floor[owners] = np.ceil(firms.land[owners] * ratio * (SQUARE_METRES_PER_MU * CENTIARE / CENTIMU))
    lets = uniforms(seed, firms.uid[owners], Draw.LANDLORD) < a.landlord_share
    landlords = owners[lets]
    part = a.let_share * (0.5 + uniforms(seed, firms.uid[landlords], Draw.LET))
    room = np.zeros(len(firms), np.int64)
    room[landlords] = np.floor(firms.floor[landlords] * np.minimum(part, 0.95))

    tenants = on_plots(world, Tenure.TENANT)
    alone = uniforms(seed, firms.uid, Draw.ABSENT)
    tenants &= ~highest(alone, tenants, round(a.absent_owner_share * int(tenants.sum())))
    seeking = np.flatnonzero(tenants)
    seeking = seeking[np.argsort(-firms.floor[seeking].astype(np.int64), kind="stable")]  # the large are hard to place
    landlords = landlords[np.argsort(firms.town[landlords], kind="stable")]
    first = np.searchsorted(firms.town[landlords], np.arange(len(world.towns) + 1))
    _match(
        0, len(seeking), seeking, uniforms(seed, firms.uid[seeking], Draw.TENANTS), landlords, first, room,
        firms.town, firms.floor, firms.landlord,
    )  # fmt: skip


@sweep
def _match(
    first: int, last: int, seeking: Long, luck: Floats, landlords: Long, start: Long, room: Long, town: Small,
    floor: Whole, landlord: Whole,
) -> None:  # fmt: skip
    """Each tenant asks landlords of its town one after the other, from one drawn by lot."""
    for one in range(first, last):
        row = seeking[one]
        here = start[town[row]]
        many = start[town[row] + 1] - here
        at = np.int64(luck[one] * many)
        landlord[row] = _NOBODY
        for step in range(many):
            owner = landlords[here + (at + step) % many]
            if room[owner] >= floor[row]:
                room[owner] -= floor[row]
                floor[owner] -= floor[row]
                landlord[row] = owner
                break
