"""Where the firms of the synthetic city sit, and the parks, sites and blocks that stand at the start."""

from __future__ import annotations

from functools import cache

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    CENTIMU,
    NOBODY,
    BlockState,
    Developer,
    ParkState,
    Pool,
    Quarter,
    Site,
    Tenure,
    Unit,
)
from clustersim.world.population import build
from clustersim.world.tables import World

DEFAULTS = Assumptions()


@cache
def city(size: int, seed: int = 1) -> World:
    return build(size, seed, DEFAULTS)


def test_parks_and_sites_are_as_the_file_says() -> None:
    parks = city(5_000).parks
    known = np.flatnonzero(parks.state != ParkState.CANDIDATE)
    assert len(known) == 21  # 23 less the two in Qianwan
    building = np.flatnonzero(parks.state == ParkState.BUILDING)
    assert parks.opens[building].tolist() == [Quarter(2021, 2).index]
    assert (parks.planned_floor[building].sum(axis=1) > 0).all() and not parks.floor[building].any()
    assert not parks.before_2021[building].any() and parks.before_2021[known].sum() == 20
    sites = (parks.state == ParkState.CANDIDATE) & ~parks.reuse & (parks.block == NOBODY)
    world = city(5_000)
    assert np.bincount(parks.town[sites], minlength=17).min() >= 8
    assert world.city.planned[parks.cell[sites]].all() and not world.cells.hill[parks.cell].any()
    assert (world.cells.town[parks.cell] == parks.town).all()
    assert np.bincount(parks.town[parks.reuse], minlength=17).tolist() == [12] * 17
    assert len(np.unique(parks.identity)) == len(parks)
    blocks = world.blocks
    assert (parks.block[blocks.park] == np.arange(74)).all() and (parks.town[blocks.park] == blocks.town).all()
    assert sorted(blocks.order.tolist()) == list(range(74))
    assert (blocks.state == BlockState.STANDING).all()
    assert ((blocks.ratio >= 0.8) & (blocks.ratio <= 1.0)).all()


def test_who_sits_where_agrees_with_tenure_pool_and_cell() -> None:
    world = city(5_000)
    firms, cells = world.firms, world.cells
    assert (cells.town[firms.cell] == firms.town).all() and not cells.hill[firms.cell].any()
    assert ((firms.land > 0) == (firms.tenure == Tenure.OWNER)).all() and (firms.floor > 0).all()
    village = firms.site == Site.VILLAGE
    assert (firms.tenure[village] == Tenure.TENANT).all()
    assert np.allclose(firms.power_limit[village], DEFAULTS.grid_power * firms.revenue[village])
    assert not firms.power_limit[~village].any()
    rents = np.flatnonzero(firms.landlord != NOBODY)
    owner = firms.landlord[rents]
    assert (firms.site[rents] == Site.PLOT).all() and (firms.tenure[owner] == Tenure.OWNER).all()
    assert (firms.town[owner] == firms.town[rents]).all() and (firms.cell[owner] == firms.cell[rents]).all()
    park = np.flatnonzero(firms.site == Site.PARK)
    sells = world.parks.developer[firms.place[park]] == Developer.PROFESSIONAL
    assert ((firms.tenure[park] == Tenure.UNIT_OWNER) == sells).all()
    assert set(firms.unit[park]) == {int(Unit.SMALL), int(Unit.STANDARD)}
    assert (firms.unit[firms.site != Site.PARK] == NOBODY).all()
    assert (firms.pool[~firms.registered] == Pool.UNGRADED).all()
    assert (firms.pool[firms.above_scale] == Pool.ABOVE_SCALE).all()
    large = firms.registered & ~firms.above_scale & (firms.land >= 3 * CENTIMU)
    assert (firms.pool[large] == Pool.BELOW_SCALE_LARGE_PLOT).all()
