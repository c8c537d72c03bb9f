"""Nine services in every park (2.6) and hand-holding (2.7): how they grow, what each does, what they cost."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import HISTORY_START, ParkState, Service, Unit
from clustersim.letter.services import WHEN_OFF, Levers, hooks, roll_out
from clustersim.world import laws
from clustersim.world.books import CLAUSE_SLOTS, Flow
from tests.small_world import small_world

ASSUMED = Assumptions()
PAPERWORK, LOST_OUTPUT, CREDIT, TRAINED, RESEARCH = range(5)
HOOKED = {
    Service.GOVERNMENT: PAPERWORK,
    Service.LAW: PAPERWORK,
    Service.HUMAN_RESOURCES: LOST_OUTPUT,
    Service.FINANCE: CREDIT,
    Service.TRAINING: TRAINED,
    Service.RESEARCH: RESEARCH,
}
INSIDE, OUTSIDE = 7, 0  # rows of the pattern
NEW_PARK = 2
OFF = dataclasses.replace(Levers(), **WHEN_OFF["2.6"])
ALONE = dataclasses.replace(Levers(), **WHEN_OFF["2.7"])


def test_every_service_rises_by_its_own_pace_and_never_beyond_full() -> None:
    world = small_world()
    levers = dataclasses.replace(Levers(), law_pace=0.3, finance_pace=0.0)
    roll_out(world, levers, ASSUMED)
    assert world.parks.services[0, Service.LAW] == pytest.approx(0.55)
    assert world.parks.services[0, Service.FINANCE] == 0.25
    for _ in range(20):
        roll_out(world, Levers(), ASSUMED)
    assert world.parks.services[:2].max() == 1.0


def test_without_the_platform_services_stay_where_they_were() -> None:
    world = small_world()
    for _ in range(8):
        roll_out(world, OFF, ASSUMED)
    assert (world.parks.services[:2] == 0.25).all()
    assert world.books.by_clause[CLAUSE_SLOTS.index("2.6")].sum() == 0


@pytest.mark.parametrize(("levers", "level"), [(OFF, 0.2), (Levers(), 0.26)])
def test_a_new_park_opens_with_the_services_the_parks_of_2021_had(levers: Levers, level: float) -> None:
    world = small_world()
    world.parks.state[NEW_PARK] = ParkState.OPEN
    roll_out(world, levers, ASSUMED)
    assert world.parks.services[NEW_PARK, Service.GOVERNMENT] == pytest.approx(level)
    assert (world.parks.services[NEW_PARK + 1 :] == 0.0).all()  # sites where nothing stands


@pytest.mark.parametrize("service", list(HOOKED))
def test_each_service_acts_on_its_own_thing_and_on_nothing_else(service: Service) -> None:
    world = small_world()
    before = hooks(world, ALONE, ASSUMED)
    world.parks.services[0, service] = 1.0
    changed = hooks(world, ALONE, ASSUMED) != before
    assert np.argwhere(changed).tolist() == [[0, HOOKED[service]]]


def test_services_help_paperwork_output_credit_labour_and_upgrades() -> None:
    world = small_world()
    world.parks.services[0] = 1.0
    world.parks.services[1] = 0.0
    full, none = hooks(world, ALONE, ASSUMED)[:2]
    assert full == pytest.approx([0.7, 0.7, 1.5, 0.99, 1.2])
    assert none.tolist() == [1.0, 1.0, 1.0, 1.0, 1.0]


def test_hand_holding_takes_over_half_of_the_paperwork_and_of_the_lost_output() -> None:
    world = small_world()
    helped, alone = hooks(world, Levers(), ASSUMED), hooks(world, ALONE, ASSUMED)
    assert helped[:, [PAPERWORK, LOST_OUTPUT]] == pytest.approx(0.5 * alone[:, [PAPERWORK, LOST_OUTPUT]])
    assert np.array_equal(helped[:, CREDIT:], alone[:, CREDIT:])


def test_when_off_there_is_neither_help_nor_extra_attention() -> None:
    assert Levers().attention > 0.0
    assert Levers().handholding > 0.0
    assert (ALONE.attention, ALONE.handholding) == (0.0, 0.0)


def test_testing_lowers_the_hazards_inside_the_park_alone() -> None:
    world = small_world()
    world.parks.services[0, Service.TESTING], world.parks.services[1, Service.TESTING] = 1.0, 0.0
    firms, before = world.firms, world.firms.copy()
    roll_out(world, OFF, ASSUMED)
    for hazard in ("safety", "environment", "fire", "energy"):
        now, was = getattr(firms, hazard), getattr(before, hazard)
        assert now[INSIDE] == pytest.approx(0.99 * was[INSIDE])
        assert now[OUTSIDE] == was[OUTSIDE]
        assert now[INSIDE + 1] == was[INSIDE + 1]  # the park without a testing service


def test_the_city_pays_for_what_services_rise_over_the_floor_they_serve() -> None:
    world = small_world()
    levers = dataclasses.replace(OFF, finance_pace=0.1)
    roll_out(world, levers, ASSUMED)
    floor = world.parks.floor[:2].sum() / 100
    expected = round(0.1 * floor * 15.0 * 100)
    assert world.books.by_clause[CLAUSE_SLOTS.index("2.6")].sum() == pytest.approx(expected, abs=2)
    assert world.books.money[Flow.PROGRAMME].sum() == world.books.by_clause.sum()
    laws.check(world)


def test_the_paperwork_of_last_quarters_movers_is_paid_for() -> None:
    world = small_world()
    world.firms.last_move[INSIDE] = HISTORY_START.index - 1
    world.firms.last_move[INSIDE + 1] = HISTORY_START.index - 2
    world.firms.unit[INSIDE] = Unit.STANDARD
    roll_out(world, OFF, ASSUMED)
    paid = world.books.by_clause[CLAUSE_SLOTS.index("2.7")]
    assert paid.tolist() == [150_000, 0, 0]  # half of 3,000 yuan, in fen
