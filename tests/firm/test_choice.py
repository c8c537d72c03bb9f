"""The choice of firms: never what cannot be, shares as the nested logit has them, draws keyed by identity."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.firm import choice
from clustersim.firm.lookers import draw_attention
from clustersim.firm.neighbours import park_values
from clustersim.firm.nests import IMPOSSIBLE, inclusive_in_place, inclusive_parks
from clustersim.firm.terms import park_hooks
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import (
    NOBODY,
    Action,
    Clearance,
    Grade,
    ParkState,
    Pool,
    Quarter,
    Site,
    Stage,
    Tenure,
    Unit,
)
from clustersim.scenario.levers import Levers, written
from clustersim.world.firms import Firms
from clustersim.world.tables import World
from tests.small_world import crowd, small_world

BASICS = Assumptions()
# Everybody looks, and the parks of the small world, huge for its few firms, are no gold mine
AWAKE = replace(BASICS, attention=1.0, constant_move=-4.0)
NO_PARKS = replace(AWAKE, constant_move=-60.0)
LETTER = Levers()
NOW = Quarter(2022, 4)


def alike(like: int, count: int) -> World:
    """Firms that differ in nothing but their luck, and parks with room for all of them."""
    world = crowd(like, count)
    world.quarter = NOW
    world.parks.free[:2, : Unit.CUSTOM] = 10**9
    return world


def graded(count: int = 2400) -> World:
    """A city of every kind of firm, graded this quarter: a quarter of them D and as many C."""
    world = small_world(count)
    world.quarter = NOW
    firms, city = world.firms, world.city
    city.graded, city.grades_count = NOW.index - 1, True
    city.cut_offs[:] = np.array([110.0, 80.0, 60.0])
    firms.score[:] = 40.0 + 80.0 * ((7 * np.arange(count)) % 100) / 100.0
    firms.grade[:] = np.select([firms.score > 110.0, firms.score > 80.0, firms.score > 60.0], [1, 2, 3], 4)
    firms.grade[firms.pool == Pool.UNGRADED] = Grade.NONE
    firms.grade_before[:] = firms.grade
    firms.floor_capacity[:] = 1.5 * firms.revenue
    world.parks.free[:2, : Unit.CUSTOM] = 10**9
    return world


def decided(world: World, levers: Levers = LETTER, assumptions: Assumptions = AWAKE) -> np.ndarray:
    choice.decide(world, levers, assumptions)
    return world.firms.action[: world.rows].copy()


# Shares


def expected_shares(world: World, row: int = 0) -> dict[int | str, float]:
    """What the nested logit of the model notes (section 4) gives a small tenant on a plot, reckoned by hand."""
    a, firms = AWAKE, world.firms
    sigma, revenue, floor = a.markup_elasticity, firms.revenue[row], firms.floor[row] / 100.0
    quarterly = (1.0 + a.discount_rate) ** 0.25 - 1.0
    annuity = (1.0 - (1.0 + quarterly) ** -a.horizon_quarters) / quarterly
    hazard = max(firms.safety[row], firms.environment[row], firms.fire[row], firms.energy[row])
    exposure, fine = firms.belief[row] * hazard, a.fine / a.fine_severity * LETTER.inspection.overdue_fine
    polluting = world.sectors.polluting[firms.sector[row]]
    unit = -(-floor // 350) * 350.0

    def flow(growth: float, exposed: float, rent: float, fixed: float) -> float:
        profit = revenue * growth / (4.0 * sigma)
        discharge = 0.25 * a.discharge_charge * LETTER.differential.discharge_b * revenue * growth if polluting else 0.0
        stopped = 0.5 * LETTER.inspection.overdue_suspension * profit
        return profit - rent - fixed - discharge - exposed * (fine + stopped)

    fixed, worth_of = firms.fixed_cost[row] / 4.0, a.taste_scale * revenue
    rent = 3.0 * a.rent_ordinary * floor
    stay = annuity * flow(1.0, exposure, rent, fixed) / worth_of
    growth = np.exp((sigma - 1.0) * a.upgrade_gain * a.perceived_gain_alone)
    invested = a.investment_weight * a.upgrade_cost * revenue
    upgrade = (annuity * flow(growth, a.upgrade_hazard * exposure, rent, fixed) - invested) / worth_of
    upgrade += a.constant_upgrade
    leave = (a.salvage_share * a.capital_ratio - a.severance) * revenue + annuity * a.outside_income / 4.0
    leave = leave / worth_of + a.constant_exit

    hooks = park_hooks(world, LETTER, BASICS)
    values = park_values(world, BASICS, LETTER.parks.strictness, planned=True)
    parks = []
    for park in range(2):
        kilometres = float(np.hypot(*(
            axis[world.towns.seat_cell[firms.town[row]]] - axis[world.parks.cell[park]]
            for axis in (world.cells.x_km, world.cells.y_km)
        )))  # fmt: skip
        left = 0.5 * (hooks[park, 0] + hooks[park, 1])
        cost = a.move_cost * revenue + a.fit_out * unit + a.paperwork_cost * left * revenue / (4.0 * sigma)
        cost += a.distance_cost * (1.0 - np.exp(-kilometres / a.distance_scale)) * revenue
        gain = values[park, firms.sector[row]] - firms.site_productivity[row]
        earned = flow(np.exp((sigma - 1.0) * gain), a.move_hazard * exposure, 3.0 * 18.0 * unit, fixed * hooks[park, 3])
        relief = 12.0 * 18.0 * unit * 2.0 if firms.registered[row] else 0.0  # a year free and two at half (4.4)
        parks.append((annuity * earned - a.investment_weight * cost + relief) / worth_of + a.constant_move)

    def nest(values: list[float], weight: float) -> tuple[float, np.ndarray]:
        powers = np.exp(np.array(values) / weight)
        return weight * float(np.log(powers.sum())), powers / powers.sum()

    here, shares_here = nest([stay, upgrade], a.nest_in_place)
    there, shares_there = nest(parks, a.nest_parks)
    odds = np.exp(np.array([here, there, leave]))
    odds /= odds.sum()
    return {
        Action.STAY: odds[0] * shares_here[0], Action.UPGRADE: odds[0] * shares_here[1], Action.EXIT: odds[2],
        "park 0": odds[1] * shares_there[0], "park 1": odds[1] * shares_there[1],
    }  # fmt: skip


@pytest.mark.parametrize("like", [4, 3, 11], ids=["plastics", "bearings", "shoes"])
def test_picks_come_in_the_shares_of_the_nested_logit(like: int) -> None:
    count = 40_000
    world = alike(like, count)
    firms = world.firms
    firms.last_upgrade[:] = NOW.index - 8
    firms.cash[:] = 10**12  # nothing is out of reach
    actions = decided(world)
    expected = expected_shares(world)
    assert sum(expected.values()) == pytest.approx(1.0, abs=1e-12)
    for what, chance in expected.items():
        if isinstance(what, str):
            picked = (actions == Action.MOVE) & (firms.target == int(what[-1]))
        else:
            picked = actions == what
        error = np.sqrt(chance * (1.0 - chance) / count)
        assert abs(picked.mean() - chance) < 4.0 * error + 1e-9, (what, picked.mean(), chance)


@settings(deadline=None)
@given(st.lists(st.floats(-40.0, 40.0), min_size=1, max_size=6), st.floats(0.3, 0.9))
def test_the_inclusive_value_makes_the_chances_of_a_nest_add_up_to_one(values: list[float], weight: float) -> None:
    whole = np.empty(1)
    inclusive_parks(0, 1, weight, np.array([*values, IMPOSSIBLE])[:, None], whole)
    chances = [np.exp((value - whole[0]) / weight) for value in values]
    assert sum(chances) == pytest.approx(1.0, rel=1e-9)
    four = np.array([*values[:4], *[IMPOSSIBLE] * (4 - len(values[:4]))])[:, None]
    inclusive_in_place(0, 1, weight, four, whole)
    chances = [np.exp((value - whole[0]) / weight) for value in values[:4]]
    assert sum(chances) == pytest.approx(1.0, rel=1e-9)


def test_attention_is_as_frequent_as_said_and_hand_holding_opens_parks_alone() -> None:
    draws = np.empty((2, 20_000))
    draw_attention(0, 20_000, np.int64(7), NOW.index, np.arange(20_000), draws)
    assert (draws[0] < 0.25).mean() == pytest.approx(0.25, abs=0.012)
    assert ((draws[0] >= 0.25) & (draws[1] < 0.1)).mean() == pytest.approx(0.75 * 0.1, abs=0.008)
    world = graded()
    helped = written(LETTER, {"services.attention": 1.0})
    actions = decided(world, helped, replace(BASICS, attention=0.0))
    idle = world.firms.cash[: world.rows] >= 0
    assert set(np.unique(actions[idle])) == {Action.STAY, Action.MOVE}


def test_who_does_not_look_stays_and_who_has_a_reason_looks() -> None:
    asleep = replace(BASICS, attention=0.0, constant_exit=60.0)
    unhelped = written(LETTER, {"services.attention": 0.0})
    world = graded(120)
    assert not decided(world, unhelped, asleep).any()
    firms, reasons = world.firms, (0, 1, 3, 4, 7, 8)
    firms.order_due[0] = NOW.index + 3
    firms.displaced[1] = True
    firms.cash[3] = -1
    firms.stage[4] = Stage.RECTIFYING
    world.city.graded = NOW.index
    firms.grade_before[7], firms.grade[7] = Grade.A, Grade.B
    firms.tenure[8], firms.site[8] = Tenure.OWNER, Site.PLOT
    firms.floor_capacity[8] = 0.5 * firms.revenue[8]  # outgrown
    actions = decided(world, unhelped, asleep)
    assert np.flatnonzero(actions).tolist() == list(reasons)
    assert (actions[list(reasons)] == Action.EXIT).all()


# Feasibility


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 2**31), cash=st.sampled_from([-1e6, 0.0, 2e4, 3e5, 1e8]), ledger=st.sampled_from([0, 10**6]),
    limited=st.booleans(), land_for_d=st.booleans(), counted=st.booleans(),
)  # fmt: skip
def test_what_is_not_feasible_is_never_picked(
    seed: int, cash: float, ledger: int, limited: bool, land_for_d: bool, counted: bool
) -> None:
    world = graded(600)
    _stir(world, np.random.default_rng(seed), cash)
    firms, parks, city, rows = world.firms, world.parks, world.city, world.rows
    city.land_limited, city.grades_count = limited, counted
    world.accounts.left[:] = ledger
    levers = written(LETTER, {"differential.no_new_land_for_d": not land_for_d})
    eager = replace(AWAKE, constant_upgrade=3.0, constant_rectify=3.0, constant_expand=5.0, constant_move=4.0)
    actions = decided(world, levers, eager)
    means = firms.cash / 100.0 + BASICS.credit_line * firms.revenue * (1.0 + 0.5 * (firms.site == Site.PARK))

    dead = ~firms.alive[:rows]
    assert (actions[firms.closing[:rows] & ~dead] == Action.STAY).all()
    assert (actions[dead] == Action.EXIT).all()  # as it was: nobody asks the dead
    did = {one: np.flatnonzero((actions == one) & ~dead) for one in Action}

    rectify = did[Action.RECTIFY]
    assert ((firms.stage[rectify] >= Stage.REGISTERED) & ((firms.case_kinds[rectify] & 0b1111) != 0)).all()
    assert (means[rectify] >= 0.4 * BASICS.rectify_fixed).all()

    upgrade = did[Action.UPGRADE]
    assert (NOW.index - firms.last_upgrade[upgrade] >= BASICS.upgrade_pause).all()
    least = (1.0 - 0.1) * (1.0 - levers.grading.order_relief)
    assert (means[upgrade] >= 0.4 * least * BASICS.upgrade_cost * firms.revenue[upgrade]).all()

    expand = did[Action.EXPAND]
    assert ((firms.tenure[expand] == Tenure.OWNER) & (firms.site[expand] == Site.PLOT)).all()
    assert (firms.revenue[expand] >= 0.99 * BASICS.expand_pressure * firms.floor_capacity[expand]).all()
    assert land_for_d or not (firms.grade[expand] == Grade.D).any()
    assert not (limited and ledger == 0 and len(expand))

    move = did[Action.MOVE]
    park = firms.target[move]
    sector = firms.sector[move].astype(np.int64)
    assert (parks.state[park] == ParkState.OPEN).all()
    assert ((parks.admits[park] >> sector) & 1).all()
    assert not ((levers.parks.vetoed_sectors >> sector) & 1).any()
    assert ((firms.site[move] != Site.PARK) | firms.displaced[move]).all()
    assert ((firms.site[move] != Site.PARK) | (firms.place[move] != park)).all()
    worst = np.max([firms.safety, firms.environment, firms.fire, firms.energy], axis=0)[move]
    assert (worst * BASICS.move_hazard <= levers.parks.hazard_limit).all()
    low = firms.grade[move] > levers.parks.grade_floor
    assert not (counted & low & ~firms.displaced[move]).any()
    assert (means[move] >= 0.4 * BASICS.move_cost * firms.revenue[move]).all()
    assert (firms.target_floor[move] >= firms.floor[move]).all()
    stayed = np.flatnonzero((actions != Action.MOVE) & ~dead)
    assert (firms.target[stayed] == NOBODY).all()


def _stir(world: World, luck: np.random.Generator, cash: float) -> None:
    """Put every firm into some state of its own."""
    firms, rows = world.firms, world.rows
    firms.cash[:] = round(cash * 100)
    firms.stage[:] = luck.choice([Stage.NONE, Stage.REGISTERED, Stage.RECTIFYING, Stage.SUPERVISED], rows)
    firms.case_kinds[:] = np.where(firms.stage > 0, luck.integers(0, 128, rows), 0)
    firms.severity[:] = np.where(firms.stage > 0, luck.random(rows), 0.0)
    firms.last_upgrade[:] = NOW.index - luck.integers(0, 16, rows)
    firms.floor_capacity[:] = firms.revenue * luck.choice([0.7, 1.5], rows)
    firms.displaced[:] = luck.random(rows) < 0.3
    firms.closing[:] = luck.random(rows) < 0.1
    firms.alive[:] = luck.random(rows) < 0.9
    firms.action[:] = Action.EXIT
    firms.order_due[:] = np.where(luck.random(rows) < 0.2, NOW.index + 2, NOBODY)
    for hazard in (firms.safety, firms.environment, firms.fire, firms.energy):
        hazard[:] = luck.random(rows)
    world.parks.admits[:2] = luck.integers(0, 2**14, 2)


def test_a_firm_moves_only_into_a_unit_that_it_fits() -> None:
    world = graded()
    world.parks.free[:2] = 0
    world.parks.free[0, Unit.SMALL] = 35_000
    actions = decided(world, LETTER, replace(AWAKE, constant_move=30.0))
    firms, fits = world.firms, world.firms.floor[: world.rows] <= 35_000
    asked = (actions == Action.MOVE) & (firms.target[: world.rows] == 0)
    assert asked.any() and fits[asked].all()
    assert (firms.target_floor[: world.rows][asked] == 35_000).all()


@pytest.mark.parametrize(("close", "asking"), [(10.0, set()), (3.0, {0})])
def test_a_full_park_is_asked_only_when_none_with_room_is_close_by(close: float, asking: set[int]) -> None:
    world = graded()
    world.parks.free[0] = 0  # in the first town; the park of the second, four kilometres on, has room
    actions = decided(world, LETTER, replace(AWAKE, constant_move=30.0, distance_scale=close))
    firms = world.firms
    asked = (actions == Action.MOVE) & (firms.target[: world.rows] == 0)
    assert set(firms.town[: world.rows][asked].tolist()) == asking
    assert (actions == Action.MOVE).any()


# Metamorphic


@pytest.mark.parametrize("dearer", [0.5, 1.0])
def test_dearer_power_for_d_never_turns_a_mover_into_a_stayer(dearer: float) -> None:
    outcomes = []
    for rate in (0.3, dearer):
        world = graded(6000)
        world.firms.displaced[:] = world.firms.grade == Grade.D  # so that a park may take them
        # Nothing capped: the rate is felt in full
        levers = written(LETTER, {"differential.surcharge_below_d": rate, "differential.surcharge_above_d": rate,
                                  "differential.cap_yuan": 1e9})  # fmt: skip
        outcomes.append(decided(world, levers))
    cheap, dear = outcomes
    gone = (cheap == Action.MOVE) | (cheap == Action.EXIT)
    assert (cheap == Action.MOVE).sum() > 500
    assert np.array_equal(dear[gone], cheap[gone])
    d = world.firms.grade == Grade.D
    assert (dear[d] == Action.STAY).sum() < (cheap[d] == Action.STAY).sum()
    assert not ((dear == Action.STAY) & (cheap != Action.STAY)).any()
    out_of_reach = world.firms.pool == Pool.UNGRADED
    assert np.array_equal(dear[out_of_reach], cheap[out_of_reach])


def test_a_dearer_rent_in_parks_never_makes_a_mover() -> None:
    outcomes = []
    for rent in (18.0, 40.0):
        world = graded()
        world.parks.rent[:2] = rent
        outcomes.append(decided(world))
    cheap, dear = outcomes
    assert not ((dear == Action.MOVE) & (cheap != Action.MOVE)).any()
    assert (dear == Action.MOVE).sum() < (cheap == Action.MOVE).sum()


def test_an_upgrade_that_gains_more_is_picked_by_all_who_picked_it_before() -> None:
    outcomes = [decided(graded(), LETTER, replace(AWAKE, upgrade_gain=gain)) for gain in (0.03, 0.10)]
    less, more = ((one == Action.UPGRADE) for one in outcomes)
    assert not (less & ~more).any()
    assert more.sum() > less.sum()


# Draws keyed by identity


def test_an_unrelated_park_does_not_change_who_picks_among_the_others() -> None:
    before = graded(6000)
    decided(before, LETTER, AWAKE)
    after = graded(6000)
    third = 2 + 2  # the candidate site of the third town
    parks = after.parks
    parks.state[third], parks.opens[third] = ParkState.OPEN, NOW.index - 4
    parks.rent[third], parks.price[third], parks.services[third] = 18.0, 4000.0, 0.25
    parks.floor[third], parks.free[third, : Unit.CUSTOM] = parks.floor[0], 10**9
    decided(after, LETTER, AWAKE)
    old, new = before.firms, after.firms
    moved = old.action == Action.MOVE
    assert moved.sum() > 300
    assert (new.action[moved] == Action.MOVE).all()
    same = new.target == old.target
    assert (same | (new.target == third))[moved].all()
    elsewhere = ~moved & (new.target != third) & (new.action != Action.MOVE)
    assert np.array_equal(new.action[elsewhere], old.action[elsewhere])
    assert (new.target == third).sum() > 100 and same[moved].sum() > 100


def test_a_firms_choice_does_not_hang_on_its_row_or_its_neighbours() -> None:
    world = graded()
    actions = decided(world)
    turned = graded()
    for name in Firms.__dataclass_fields__:
        column = getattr(turned.firms, name)
        column[:] = getattr(world.firms, name)[::-1].copy()
    turned.firms.landlord[:] = np.where(turned.firms.landlord >= 0, world.rows - 1 - turned.firms.landlord, NOBODY)
    turned.firms.action[:] = Action.STAY
    assert np.array_equal(decided(turned)[::-1], actions)
    alone = graded()
    alone.firms.alive[1::2] = False
    assert np.array_equal(decided(alone)[::2], actions[::2])


def test_another_quarter_and_another_seed_are_other_luck() -> None:
    first = decided(graded())
    later, other = graded(), graded()
    later.quarter = NOW + 1
    other.seed = 8
    assert not np.array_equal(decided(later), first)
    assert not np.array_equal(decided(other), first)


# What cases, orders and grades do to a choice


def test_a_threat_of_closure_drives_firms_to_act() -> None:
    calm, threatened = alike(11, 4000), alike(11, 4000)
    for world in (calm, threatened):
        world.firms.cash[:] = 10**12
        world.firms.last_upgrade[:] = 0
        world.firms.stage[:] = Stage.RECTIFYING
        world.firms.case_kinds[:] = 1
        world.firms.severity[:] = 0.3
    mild = written(LETTER, {"inspection.overdue_closure": 0.0})
    hard = written(LETTER, {"inspection.overdue_closure": 0.5})
    before, after = decided(calm, mild, NO_PARKS), decided(threatened, hard, NO_PARKS)
    assert not ((after == Action.STAY) & (before != Action.STAY)).any()
    assert (after == Action.RECTIFY).sum() > 1.1 * (before == Action.RECTIFY).sum()


def test_only_a_clearance_notice_pays_for_leaving() -> None:
    def leaving(state: Clearance) -> int:
        world = alike(2, 4000)  # a small plot of its own
        world.firms.clearance[:] = state
        world.firms.displaced[:] = True
        dear = written(LETTER, {"land.clearance_compensation_owner": 2e6})
        return int((decided(world, dear, NO_PARKS) == Action.EXIT).sum())

    assert leaving(Clearance.NONE) == leaving(Clearance.LISTED) < leaving(Clearance.NOTICE)


def test_peers_that_acted_make_acting_likelier() -> None:
    quiet, busy = alike(11, 4000), alike(11, 4000)
    town, sector = int(busy.firms.town[0]), int(busy.firms.sector[0])
    for world in (quiet, busy):
        world.city.stood[town, sector] = 100
        world.firms.cash[:] = 10**12
    busy.city.did[:, town, sector, Action.UPGRADE] = 10  # 40 of 100 in four quarters
    less, more = (decided(world, LETTER, NO_PARKS) == Action.UPGRADE for world in (quiet, busy))
    assert not (less & ~more).any() and more.sum() > less.sum()
