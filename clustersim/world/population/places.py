"""On what kind of site a firm stands and by what right: village land, a park, its own plot, or floor it rents."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIARE, Developer, ParkState, Site, Tenure, Unit
from clustersim.world.columns import Flags, Long
from clustersim.world.geography import largest_remainder
from clustersim.world.population.luck import Draw, highest, log, normals, uniforms
from clustersim.world.tables import World


def choose_villages(world: World, a: Assumptions) -> None:
    """Put the smaller firms likelier on village land. Everybody else is a tenant on a plot until shown otherwise."""
    firms = world.firms
    firms.site[:], firms.tenure[:] = Site.PLOT, Tenure.TENANT
    score = a.place_noise * normals(world.seed, firms.uid, Draw.VILLAGE) - log(firms.revenue)
    firms.site[highest(score, ~firms.above_scale, round(a.village_share * len(firms)))] = Site.VILLAGE


def choose_owners(world: World, a: Assumptions) -> None:
    """Let above-scale firms, and the larger of the others likelier, own their plot."""
    firms = world.firms
    score = a.place_noise * normals(world.seed, firms.uid, Draw.OWNER) + log(firms.revenue)
    small, on_plot = ~firms.above_scale, firms.site == Site.PLOT
    for kind, share in (
        (small & firms.registered, a.owner_share_registered),
        (small & ~firms.registered, a.owner_share_workshops),
    ):
        firms.tenure[highest(score, kind & on_plot, round(share * int(kind.sum())))] = Tenure.OWNER
    firms.tenure[firms.above_scale] = Tenure.OWNER


def fill_parks(world: World, a: Assumptions) -> None:
    """Fill the parks that stand to their occupancy, by lot, with registered firms of the town.

    A part of the places goes to the park's lead sector as far as the town has it. Polluting sectors that come first in
    rectifying were kept out. Floor is stretched in proportion to need, so that the firms fill what is let.
    """
    firms, parks = world.firms, world.parks
    stands = np.flatnonzero(parks.state == ParkState.OPEN)
    let = np.floor(a.opening_occupancy * parks.floor[stands].sum(axis=1)).astype(np.int64)
    places = let / (CENTIARE * a.park_floor_per_firm)
    wanted = largest_remainder(places, round(places.sum())) if len(stands) else let
    parks.free[:] = parks.floor
    sold = (parks.state == ParkState.OPEN) & (parks.developer == Developer.PROFESSIONAL)  # who only sells
    parks.for_sale[sold] = parks.free[sold]
    luck = uniforms(world.seed, firms.uid, Draw.PARK)
    able = firms.registered & ~firms.above_scale & (firms.site == Site.PLOT)
    able &= ~world.sectors.priority[firms.sector]
    for park, count, floor in zip(stands, wanted, let, strict=True):
        here = able & (firms.town == parks.town[park])
        lead = here & (firms.sector == parks.lead_sector[park])
        chosen = highest(luck, lead, round(float(a.planned_lead_share) * count))
        chosen |= highest(luck, here & ~chosen, count - int(chosen.sum()))
        rows = np.flatnonzero(chosen)
        able[rows] = False
        if len(rows):
            _move_in(world, int(park), rows, int(floor * len(rows) // count), a)


def _move_in(world: World, park: int, rows: Long, floor: int, a: Assumptions) -> None:
    """Give `rows` the floor (0.01 m2) by need, and split the park's floor into small and standard units likewise."""
    firms, parks = world.firms, world.parks
    whole = int(parks.floor[park].sum())
    used = largest_remainder(firms.floor[rows].astype(np.float64), floor)
    kind = np.where(used <= 0.5 * CENTIARE * a.park_floor_per_firm, int(Unit.SMALL), int(Unit.STANDARD))
    sells = parks.developer[park] == Developer.PROFESSIONAL
    firms.site[rows], firms.place[rows], firms.unit[rows] = Site.PARK, park, kind
    firms.tenure[rows] = Tenure.UNIT_OWNER if sells else Tenure.TENANT
    firms.floor[rows] = used
    by_kind = np.zeros(len(Unit), np.int64)
    np.add.at(by_kind, kind, used)
    vacant = whole - int(used.sum())
    small = vacant * int(by_kind[Unit.SMALL]) // max(int(used.sum()), 1)
    parks.free[park] = 0
    parks.free[park, Unit.SMALL], parks.free[park, Unit.STANDARD] = small, vacant - small
    parks.floor[park] = by_kind + parks.free[park]
    parks.for_sale[park] = parks.free[park] if sells else 0
    np.add.at(parks.firms_by_sector[park], firms.sector[rows], 1)


def on_plots(world: World, tenure: Tenure) -> Flags:
    """Firms with this right outside parks, blocks and villages."""
    return np.asarray((world.firms.site == Site.PLOT) & (world.firms.tenure == tenure), np.bool_)
