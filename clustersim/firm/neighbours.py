"""Site productivity: what neighbours, services and congestion make of a place. Renewed once a year for everyone.

Counts are full-city equivalents. Inside a park neighbours are its tenants; outside, the firms within 3 km at a lower
weight. A mover looks at a park as if half its planned units were taken, so that the first is not shy of coming.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import logarithm
from clustersim.foundation.words import Service, Site
from clustersim.world.columns import Flags, Floats, Small, Whole
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_LOGISTICS: Final = int(Service.LOGISTICS)
_PROPERTY: Final = int(Service.PROPERTY)


@rule
def neighbour_gain(own: float, upstream: float, own_gain: float, upstream_gain: float) -> float:
    """Log productivity from numbers of own-sector and upstream neighbours.

    >>> round(neighbour_gain(19.0, 9.0, 0.03, 0.02), 3)
    0.136
    """
    return own_gain * logarithm(1.0 + own) + upstream_gain * logarithm(1.0 + upstream)


@rule
def crowding(occupancy: float, congestion: float) -> float:
    """Log productivity lost to a site that is more than nine tenths full."""
    return congestion * 10.0 * max(0.0, occupancy - 0.9)


def renew_sites(world: World, assumptions: Assumptions, specialisation: float) -> None:
    """In the first quarter of a year, reckon every firm's site productivity anew (2.1, 2.6).

    Gains phase in, losses are felt at once.
    """
    if world.quarter.number == 1:
        _renew_now(world, assumptions, specialisation)


def _renew_now(world: World, assumptions: Assumptions, specialisation: float) -> None:
    firms = world.firms
    outside = _outside_values(world, assumptions)
    inside = park_values(world, assumptions, specialisation, planned=False)
    _renew(
        0, world.rows, float(assumptions.markup_elasticity - 1.0), int(assumptions.gain_quarters),
        firms.alive, firms.site, firms.place, firms.cell, firms.sector, firms.site_productivity, firms.gain_left,
        firms.gain_quarters, outside, inside,
    )  # fmt: skip


def first_sites(world: World, assumptions: Assumptions) -> None:
    """Set site productivity at the start of the history without any change of revenue."""
    _renew_now(world, assumptions, 0.0)
    world.firms.gain_left[:] = 0.0
    world.firms.gain_quarters[:] = 0


def park_values(world: World, assumptions: Assumptions, specialisation: float, *, planned: bool) -> Floats:
    """[park, sector] site productivity; with `planned`, as a mover sees it (half the planned units taken)."""
    parks = world.parks
    floor = parks.floor.sum(axis=1).astype(np.float64)
    used = floor - parks.free.sum(axis=1)
    occupancy = np.divide(used, floor, out=np.zeros_like(floor), where=floor > 0)
    units = floor / 100.0 / float(assumptions.park_floor_per_firm) / world.scale
    return _park_values(
        0, len(parks), parks.firms_by_sector, parks.lead_sector, parks.services, occupancy, units,
        world.sectors.upstream, float(world.scale), float(assumptions.own_sector_gain),
        float(assumptions.upstream_gain), float(assumptions.service_gain), float(assumptions.congestion),
        float(specialisation * assumptions.specialisation_gain), float(assumptions.planned_lead_share), planned,
    )  # fmt: skip


def _outside_values(world: World, assumptions: Assumptions) -> Floats:
    """[cell, sector] site productivity outside parks."""
    firms, cells = world.firms, world.cells
    return _cell_values(
        0, world.rows, firms.alive, firms.cell, firms.sector, cells.around_start, cells.around, world.sectors.upstream,
        float(assumptions.outside_weight / world.scale), float(assumptions.own_sector_gain),
        float(assumptions.upstream_gain),
    )  # fmt: skip


@sweep
def _cell_values(
    first: int, last: int, alive: Flags, cell: Whole, sector: Small, around_start: Whole, around: Whole,
    upstream: Floats, weight: float, own_gain: float, upstream_gain: float,
) -> Floats:  # fmt: skip
    cells = len(around_start) - 1
    sectors = len(upstream)
    here = np.zeros((cells, sectors), np.int64)
    for row in range(first, last):
        if alive[row]:
            here[cell[row], sector[row]] += 1
    values = np.zeros((cells, sectors))
    near = np.zeros(sectors)
    for place in range(cells):
        near[:] = 0.0
        for other in around[around_start[place] : around_start[place + 1]]:
            for one in range(sectors):
                near[one] += here[other, one]
        for one in range(sectors):
            suppliers = 0.0
            for other_sector in range(sectors):
                suppliers += upstream[one, other_sector] * near[other_sector]
            values[place, one] = neighbour_gain(weight * near[one], weight * suppliers, own_gain, upstream_gain)
    return values


@sweep
def _park_values(
    first: int, last: int, firms_by_sector: Whole, lead_sector: Small, services: Floats, occupancy: Floats,
    units: Floats, upstream: Floats, scale: float, own_gain: float, upstream_gain: float, service_gain: float,
    congestion: float, specialisation: float, lead_share: float, planned: bool,
) -> Floats:  # fmt: skip
    sectors = len(upstream)
    values = np.zeros((last - first, sectors))
    count = np.zeros(sectors)
    for park in range(first, last):
        if units[park] <= 0.0:
            continue
        lead = lead_sector[park]
        for one in range(sectors):
            count[one] = firms_by_sector[park, one] / scale
            if planned:
                share = 1.0 / sectors
                if lead >= 0:
                    share = lead_share if one == lead else (1.0 - lead_share) / (sectors - 1)
                count[one] = max(count[one], 0.5 * units[park] * share)
        served = service_gain * 0.5 * (services[park, _LOGISTICS] + services[park, _PROPERTY])
        crowded = 0.0 if planned else crowding(occupancy[park], congestion)
        for one in range(sectors):
            suppliers = 0.0
            for other in range(sectors):
                suppliers += upstream[one, other] * count[other]
            own = own_gain * (1.0 + specialisation) if one == lead else own_gain
            values[park, one] = neighbour_gain(count[one], suppliers, own, upstream_gain) + served - crowded
    return values


@sweep
def _renew(
    first: int, last: int, steepness: float, quarters: int,
    alive: Flags, site: Small, place: Whole, cell: Whole, sector: Small, site_productivity: Floats,
    gain_left: Floats, gain_quarters: Small, outside: Floats, inside: Floats,
) -> None:  # fmt: skip
    for row in range(first, last):
        if not alive[row]:
            continue
        if site[row] == _PARK:
            now = inside[place[row], sector[row]]
        else:
            now = outside[cell[row], sector[row]]
        change = steepness * (now - site_productivity[row])
        site_productivity[row] = now
        gain_left[row] += change
        if change > 0.0:
            gain_quarters[row] = quarters
