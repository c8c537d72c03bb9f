"""The synthetic city: totals and shares hold at any size, every law holds at the start, and only the seed matters."""

from __future__ import annotations

import dataclasses
from functools import cache
from math import log

import numpy as np
import pytest

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import threads
from clustersim.foundation.words import (
    CENTIARE,
    CENTIMU,
    FULL_CITY,
    HISTORY_START,
    NOBODY,
    SQUARE_METRES_PER_MU,
    Mark,
    ParkState,
    Pool,
    Site,
    Tenure,
)
from clustersim.world.columns import Table
from clustersim.world.laws import check
from clustersim.world.population import SMALLEST, build
from clustersim.world.tables import World

DEFAULTS = Assumptions()
SIZES = (5_000, pytest.param(50_000, marks=pytest.mark.slow))


@cache
def city(size: int, seed: int = 1) -> World:
    return build(size, seed, DEFAULTS)


def assert_same(one: World, other: World) -> None:
    for name in ("firms", "parks", "blocks", "accounts"):
        first, second = getattr(one, name), getattr(other, name)
        for column in dataclasses.fields(first):
            assert np.array_equal(getattr(first, column.name), getattr(second, column.name)), (name, column.name)
    assert np.array_equal(one.city.cell_land, other.city.cell_land)


def margins(world: World) -> np.ndarray:
    """Profit over revenue in the first year, reckoned from what the accounts charge."""
    firms, a = world.firms, DEFAULTS
    park = firms.site == Site.PARK
    metres = firms.floor / CENTIARE
    rent = 12.0 * metres * np.where(firms.site == Site.VILLAGE, a.rent_village, a.rent_ordinary)
    inside = firms.place[park]
    bought = firms.tenure[park] == Tenure.UNIT_OWNER
    rent[park] = metres[park] * np.where(
        bought, a.unit_finance_rate * world.parks.price[inside], 12.0 * world.parks.rent[inside]
    )
    rent[firms.tenure == Tenure.OWNER] = 0.0
    tax = a.opening_land_tax * SQUARE_METRES_PER_MU * firms.land / CENTIMU
    charge = a.opening_discharge * firms.revenue * world.sectors.polluting[firms.sector]
    earned = firms.revenue / a.markup_elasticity
    return np.asarray((earned - firms.fixed_cost - rent - tax - charge) / firms.revenue)


@pytest.mark.parametrize("size", SIZES)
def test_totals_of_the_city_hold(size: int) -> None:
    world = city(size)
    firms, scale = world.firms, size / FULL_CITY
    assert firms.employees.sum() / scale == pytest.approx(600_000, rel=1e-6)
    assert (firms.kwh_per_yuan * firms.revenue).sum() / scale == pytest.approx(9.4e9, rel=1e-6)
    assert world.city.cell_land.sum() == round(75_000 * CENTIMU * scale)
    assert firms.land[firms.above_scale].sum() == round(30_966 * CENTIMU * scale)
    assert firms.above_scale.sum() == round(1650 * scale)
    share = firms.revenue[firms.above_scale].sum() / firms.revenue.sum()
    assert 0.52 <= share <= 0.56
    standing = world.parks.state == ParkState.OPEN
    assert world.parks.floor[standing].sum() == round(1_000_000 * CENTIARE * scale)
    assert world.parks.free.sum() / world.parks.floor.sum() == pytest.approx(0.1, abs=0.01)
    assert world.blocks.land.sum() / CENTIMU / scale == pytest.approx(3200, rel=0.01)
    assert world.accounts.left.sum() == round(600 * CENTIMU * scale)


@pytest.mark.parametrize("size", SIZES)
def test_shares_of_firms_hold(size: int) -> None:
    world = city(size)
    firms = world.firms
    by_town = np.bincount(firms.town, minlength=len(world.towns)) / size
    assert np.abs(by_town - world.towns.firm_share).max() < 1.0 / size + 1e-9
    by_sector = np.bincount(firms.sector, minlength=14) / size
    assert np.abs(by_sector - world.sectors.firm_share).max() < 10.0 / size
    output = np.bincount(firms.sector, firms.revenue, 14) / firms.revenue.sum()
    assert np.abs(output - world.sectors.output_share).max() < (0.05 if size < 20_000 else 0.02)
    assert firms.registered.mean() == pytest.approx(0.47, abs=1.0 / size)
    assert firms.registered[firms.above_scale].all()
    village = firms.site == Site.VILLAGE
    assert village.mean() == pytest.approx(0.25, abs=1.0 / size)
    assert np.median(firms.revenue[village]) < 0.8 * np.median(firms.revenue[~village])
    owners = (firms.tenure == Tenure.OWNER).sum() * FULL_CITY / size
    assert 19_000 <= owners <= 22_500


@pytest.mark.parametrize("size", SIZES)
def test_firms_have_the_traits_of_the_evidence(size: int) -> None:
    firms = city(size).firms
    workshops = ~firms.registered & (firms.tenure == Tenure.TENANT)
    assert 220 < np.median(firms.floor[workshops]) / CENTIARE < 330
    order, tenth = np.argsort(firms.productivity), size // 10
    ratio = firms.emission_per_yuan[order[:tenth]].mean() / firms.emission_per_yuan[order[-tenth:]].mean()
    assert 3.0 <= ratio <= 8.0
    for hazard in (firms.safety, firms.environment, firms.fire, firms.energy):
        assert hazard[order[:tenth]].mean() > hazard[order[-tenth:]].mean() + 0.1
        assert hazard.min() >= 0.0 and hazard.max() <= 1.0
    assert (firms.cash > 0).all()
    assert (firms.fixed_share >= 0.0).all()
    age = HISTORY_START.index - firms.born
    assert age.min() >= 1 and age.max() <= 4 * DEFAULTS.oldest_firm
    assert 8.0 < np.median(age) / 4 < 12.0
    outdated = (firms.marks & Mark.OUTDATED) != 0
    assert 0.05 < outdated.mean() < 0.12
    assert firms.productivity[outdated].mean() < -0.1
    assert not (firms.marks[firms.site == Site.PARK] & (Mark.PREMISES | Mark.UNLICENSED)).any()
    assert not (firms.marks[firms.registered] & Mark.UNLICENSED).any()


@pytest.mark.parametrize("size", SIZES)
def test_the_tail_of_large_firms(size: int) -> None:
    """Hill's estimate over the above-scale firms: density exponent 2.0-2.5, so 1.0-1.5 of the distribution."""
    revenue = city(size).firms.revenue
    tail = np.sort(revenue[revenue >= DEFAULTS.above_scale_line])
    assert 1.0 <= len(tail) / sum(log(one / DEFAULTS.above_scale_line) for one in tail) <= 1.5


@pytest.mark.parametrize("size", SIZES)
def test_firms_earn_their_sectors_margin(size: int) -> None:
    world = city(size)
    earned = margins(world)
    not_held = world.firms.fixed_share > 0.0
    assert not_held.mean() > 0.95
    for sector in range(14):
        own = not_held & (world.firms.sector == sector)
        error = 4.0 * earned[own].std() / own.sum() ** 0.5 + 0.008  # those held at no fixed cost earn less
        assert earned[own].mean() == pytest.approx(world.sectors.margin[sector], abs=error)
    assert 0.12 < (earned < 0.0).mean() < 0.25
    order, tenth = np.argsort(world.firms.productivity), len(earned) // 10
    assert earned[order[-tenth:]].mean() > earned[order[:tenth]].mean() + 0.05


@pytest.mark.parametrize("size", [100, 101, 137, 200, 333, 777, 5_000])
@pytest.mark.parametrize("seed", [1, 2, 2**62])
def test_every_law_holds_at_any_size(size: int, seed: int) -> None:
    world = build(size, seed, DEFAULTS)
    check(world)
    assert world.rows == len(world.firms) == size
    assert world.quarter == HISTORY_START and world.seed == seed


@pytest.mark.parametrize(("grid", "qianwan"), [("1km", True), ("500m", False), ("500m", True)])
@pytest.mark.parametrize("size", [100, 2_000])
def test_other_grids_and_the_qianwan_towns(size: int, grid: str, qianwan: bool) -> None:
    world = build(size, 3, DEFAULTS, grid=grid, qianwan=qianwan)
    check(world)
    assert len(world.towns) == (19 if qianwan else 17)
    assert world.city.cell_land.sum() == round(75_000 * CENTIMU * size / FULL_CITY)
    area = world.city.planned.sum() * world.cells.side_km**2
    assert area == pytest.approx(100.0, abs=1.0)


def test_the_same_seed_gives_the_same_bits_on_any_threads() -> None:
    one = build(50_000, 7, DEFAULTS)
    with threads(2):
        two = build(50_000, 7, DEFAULTS)
    assert_same(one, two)


def test_another_seed_gives_another_city_with_the_same_totals() -> None:
    one, other = city(5_000, 1).firms, city(5_000, 2).firms
    for name in ("productivity", "sector", "cell", "landlord", "cash", "born", "safety"):
        assert (getattr(one, name) != getattr(other, name)).mean() > 0.2, name
    assert one.land.sum() == pytest.approx(other.land.sum(), rel=0.01)
    assert one.revenue.sum() == pytest.approx(other.revenue.sum(), rel=1e-9)


def test_small_and_large_cities_agree() -> None:
    """Shares and per-unit figures of 5,000 and 50,000 firms."""
    small, large = city(5_000), city(50_000)

    def figures(world: World) -> dict[str, float]:
        firms = world.firms
        owners = firms.tenure == Tenure.OWNER
        return {
            "owner": owners.mean(), "mu an owner": firms.land[owners].mean() / CENTIMU,
            "tenant m2": firms.floor[firms.tenure == Tenure.TENANT].mean() / CENTIARE,
            "ordinary m2": world.accounts.ordinary_floor.sum() / CENTIARE / world.size,
            "safety": firms.safety.mean(), "workshop margin": firms.fixed_share[~firms.registered].mean(),
            "in parks": (firms.site == Site.PARK).mean(), "pool": (firms.pool == Pool.TENANTS).mean(),
            "in blocks": (firms.site == Site.BLOCK).mean(),
        }  # fmt: skip

    for name, value in figures(large).items():
        assert figures(small)[name] == pytest.approx(value, rel=0.25 if name == "in blocks" else 0.06), name


def test_the_last_year_is_2018_and_survives_the_turn_of_the_year() -> None:
    firms = city(5_000).firms
    assert np.allclose(firms.revenue_last_year / 100, firms.revenue, atol=0.01)
    for name in ("revenue", "kwh", "tax"):
        assert np.array_equal(getattr(firms, f"{name}_year"), getattr(firms, f"{name}_last_year"))
    assert np.array_equal(firms.kwh_base, firms.kwh_last_year)
    share = firms.tax_last_year.sum() / firms.revenue_last_year.sum()
    assert 0.22 * 0.10 < share < 0.22 * 0.23


def test_assumptions_move_the_city() -> None:
    plain = city(5_000)
    for change, measure in (
        ({"village_share": 0.35}, lambda w: (w.firms.site == Site.VILLAGE).mean()),
        ({"registered_share": 0.6}, lambda w: w.firms.registered.mean()),
        ({"opening_occupancy": 0.97}, lambda w: -w.parks.free.sum()),
        ({"opening_ledger": 900.0}, lambda w: w.accounts.left.sum()),
        ({"landlord_share": 0.9}, lambda w: (w.firms.landlord != NOBODY).sum()),
        ({"block_owner_share": 0.9}, lambda w: (w.firms.tenure[w.firms.site == Site.BLOCK] == Tenure.OWNER).mean()),
        ({"plot_vacancy": 0.08}, lambda w: w.accounts.vacant_floor.sum()),
        ({"seat_pull": 1.0}, lambda w: w.city.cell_land[w.cells.seat_km < 2.0].sum()),
        ({"oldest_firm": 60}, lambda w: (w.quarter.index - w.firms.born).max()),
        ({"margin_spread": 0.1}, lambda w: w.firms.fixed_share.std()),
        ({"emission_productivity": 2.0}, lambda w: w.firms.emission_per_yuan.std()),
    ):
        moved = build(5_000, 1, dataclasses.replace(DEFAULTS, **change))  # type: ignore[arg-type]
        check(moved)
        assert measure(moved) > 1.03 * measure(plain) if measure(plain) > 0 else measure(moved) > measure(plain), change


def test_a_city_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="100 at least"):
        build(SMALLEST - 1, 1, DEFAULTS)


def test_no_table_shares_memory_with_another_city() -> None:
    one, other = build(200, 1, DEFAULTS), build(200, 1, DEFAULTS)
    table: Table
    for table, twin in ((one.firms, other.firms), (one.parks, other.parks), (one.blocks, other.blocks)):
        for column in dataclasses.fields(table):
            assert not np.shares_memory(getattr(table, column.name), getattr(twin, column.name))
