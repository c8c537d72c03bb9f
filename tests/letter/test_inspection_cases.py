"""Stories of cases from found to closed, what comes of delay, and of examples and elimination (3.3, 3.5)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, Cause, Clearance, Mark, Quarter, Stage
from clustersim.letter import inspection
from clustersim.letter.inspection import (
    Levers,
    closure_chance,
    cure_days,
    deadline_quarter,
    deterrents,
    fine_amount,
    perceived_gain,
    rectified,
    visit_day,
)
from clustersim.letter.inspection.levers import WHEN_OFF
from clustersim.world.books import Count
from clustersim.world.tables import World
from tests.small_world import small_world

BASICS = Assumptions()
STILL = replace(BASICS, hazard_noise=0.0, hazard_return=0.0, relapse=0.0)
QUICK = replace(STILL, cure_days=15.0, cure_spread=0.1)
# Everybody is seen once, in the first quarter; later quarters follow the cases and visit nobody
SEEN = replace(Levers(), treated_a_year=20_000.0, visits_per_case=20.0, campaign_length=0, joint_share=1.0,
               acted_premises=1.0, acted_unlicensed=1.0, acted_outdated=1.0, self_inspection_share=0.0,
               eliminated_a_year=0.0, model_firms_a_year=0.0, cases_per_list=0.0, overdue_fine=0.0,
               overdue_suspension=0.0, overdue_closure=0.0, closure_marks=0.0)  # fmt: skip
QUIET = {"treated_a_year": 0.0, "treated_guanhaiwei": 0.0, "treated_zonghan": 0.0, "treated_shengshan": 0.0}
START = Quarter(2022, 4)
DIRTY = 3


def city(firms: int = 12) -> World:
    world = small_world(firms)
    world.quarter, world.size = START, 50_000
    for hazard in (world.firms.safety, world.firms.environment, world.firms.fire, world.firms.energy):
        hazard[:] = 0.1
    world.firms.marks[:] = 0
    world.firms.last_visit[:] = START.index - 4
    world.city.did[:] = 0
    return world


def opened(world: World, levers: Levers = SEEN, assumptions: Assumptions = QUICK) -> World:
    """The quarter of the visit."""
    world.books.open()
    inspection.advance(world, levers, assumptions)
    return world


def a_quarter_on(world: World, levers: Levers = SEEN, assumptions: Assumptions = QUICK) -> World:
    world.quarter += 1
    world.books.open()
    world.firms.fine_due[:] = 0
    inspection.advance(world, replace(levers, **QUIET), assumptions)
    return world


def count(world: World, what: Count) -> int:
    return int(world.books.counts[what].sum())


def cleaned(world: World, rows: list[int] | np.ndarray) -> None:
    inspection.rectify(world, np.asarray(rows, np.int64), SEEN, BASICS)


def with_hazard(firms: int = 12) -> World:
    world = city(firms)
    world.firms.safety[DIRTY if firms == 12 else slice(None)] = 0.95
    return opened(world)


# The five stages


def test_a_case_is_found_confirmed_registered_rectified_supervised_and_closed() -> None:
    world = with_hazard()
    firms = world.firms
    assert [count(world, one) for one in (Count.FOUND, Count.CONFIRMED, Count.REGISTERED)] == [1, 1, 1]
    assert firms.stage[DIRTY] == Stage.REGISTERED and firms.treated[DIRTY] == START.index
    assert firms.displaced[DIRTY] and count(world, Count.DISPLACED) == 1

    a_quarter_on(world)  # it did nothing yet
    assert firms.stage[DIRTY] == Stage.RECTIFYING and count(world, Count.RECTIFYING) == 1
    cleaned(world, [DIRTY])
    assert firms.stage[DIRTY] == Stage.RECTIFYING, "until inspectors see it"

    a_quarter_on(world)
    assert firms.stage[DIRTY] == Stage.SUPERVISED and count(world, Count.SUPERVISED) == 1
    a_quarter_on(world)
    assert firms.stage[DIRTY] == Stage.NONE and count(world, Count.CLOSED) == 1
    assert firms.cured[DIRTY] == world.quarter.index and firms.case_kinds[DIRTY] == 0
    assert firms.deadline[DIRTY] == NOBODY and not firms.displaced[DIRTY]


@pytest.mark.parametrize("quarters", [1, 2, 4])
def test_supervision_lasts_as_long_as_said(quarters: int) -> None:
    levers = replace(SEEN, supervised_quarters=quarters)
    world = with_hazard()
    cleaned(world, [DIRTY])
    supervised = 0
    while world.firms.stage[DIRTY] != Stage.NONE:
        a_quarter_on(world, levers)
        supervised += int(world.firms.stage[DIRTY] == Stage.SUPERVISED)
    assert supervised == quarters


def test_a_closed_case_leaves_displaced_who_has_another_reason_to_be() -> None:
    for column, value in (
        ("order_due", 9000),
        ("returns_to", 0),
        ("licence_due", 9000),
        ("clearance", Clearance.NOTICE),
    ):
        world = with_hazard()
        getattr(world.firms, column)[DIRTY] = value
        cleaned(world, [DIRTY])
        for _ in range(3):
            a_quarter_on(world)
        assert world.firms.stage[DIRTY] == Stage.NONE and world.firms.displaced[DIRTY], column


def test_marks_are_cured_by_leaving_alone() -> None:
    world = city()
    firms = world.firms
    firms.safety[[3, 4]] = 0.95
    firms.marks[[4, 5, 6]] = [Mark.PREMISES, Mark.UNLICENSED, Mark.OUTDATED]
    opened(world)
    for _ in range(6):
        cleaned(world, np.flatnonzero(firms.stage))
        a_quarter_on(world)
    assert firms.stage[[3, 4, 5, 6]].tolist() == [Stage.NONE, Stage.RECTIFYING, Stage.RECTIFYING, Stage.RECTIFYING]
    assert firms.case_kinds[4] == Mark.PREMISES, "its hazard is cured, its premises are not"
    firms.marks[[4, 5, 6]] = 0  # they moved, or replaced their plant
    a_quarter_on(world)
    assert (firms.stage[[4, 5, 6]] == Stage.SUPERVISED).all()


@settings(deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.2, 1.0), st.floats(0.1, 1.0))
def test_to_rectify_never_makes_worse_and_always_meets_the_standard(now: float, standard: float, level: float) -> None:
    left = rectified(now, standard, level)
    assert left <= now and left <= standard


def test_a_case_that_is_open_keeps_its_severity_up_to_date() -> None:
    world = with_hazard()
    before = float(world.firms.severity[DIRTY])
    world.firms.safety[DIRTY] = 0.7
    a_quarter_on(world)
    assert 0.0 < world.firms.severity[DIRTY] < before


# Time


@settings(deadline=None)
@given(st.integers(8000, 8200), st.floats(0.0, 91.25, exclude_max=True), st.floats(30.0, 90.0))
def test_a_deadline_falls_into_the_quarter_of_the_visit_or_the_next(quarter: int, day: float, days: float) -> None:
    due = deadline_quarter(quarter, day, days)
    assert due == (quarter if day + days < 91.25 else quarter + 1)


def test_visits_are_spread_over_the_quarter_and_cures_take_as_long_as_said() -> None:
    days = np.array([visit_day(7, 8091, uid) for uid in range(4000)])
    assert days.min() > 0.0 and days.max() < 91.25 and days.mean() == pytest.approx(91.25 / 2.0, abs=1.5)
    cures = np.log([cure_days(7, 8091, uid, 45.0, 0.6) for uid in range(4000)])
    assert np.median(cures) == pytest.approx(np.log(45.0), abs=0.05)
    assert cures.std() == pytest.approx(0.6, abs=0.03)


def test_a_longer_deadline_leaves_fewer_firms_late() -> None:
    late = []
    for days in (30.0, 60.0, 90.0):
        levers = replace(SEEN, overdue_fine=1.0, deadline_days=days)
        world = city(2400)
        world.firms.safety[:] = 0.95
        opened(world, levers, STILL)
        there = np.flatnonzero(world.firms.stage)
        cleaned(world, there)  # at once, but work takes its time
        fined = 0
        for _ in range(4):
            a_quarter_on(world, levers, STILL)
            fined += count(world, Count.FINED)
        assert (world.firms.stage[there] == Stage.NONE).all()
        late.append(fined / len(there))
    # ln(days / 45) / 0.6 spreads of a lognormal with a median of 45 days
    assert late == pytest.approx([0.75, 0.32, 0.12], abs=0.04)


# Overdue


def overdue(**levers: float) -> World:
    """Firms that never act, one quarter after their deadlines."""
    given = replace(SEEN, **levers)
    world = with_hazard(1200)
    a_quarter_on(world, SEEN)
    return a_quarter_on(world, given)


def test_before_the_deadline_nothing_happens() -> None:
    harsh = replace(SEEN, overdue_fine=1.0, overdue_suspension=1.0, overdue_closure=1.0)
    world = with_hazard(1200)
    a_quarter_on(world, harsh)
    late = world.firms.deadline == START.index  # the deadline was in the quarter of the visit
    assert 0 < late.sum() < 1200
    assert np.array_equal(world.firms.closing, late)
    assert np.array_equal(world.firms.fine_due > 0, late)


def test_delay_is_fined_by_severity() -> None:
    world = overdue(overdue_fine=0.5)
    assert count(world, Count.FINED) / 1200 == pytest.approx(0.5, abs=0.05)
    fined = world.firms.fine_due > 0
    severity = world.firms.severity[fined]
    assert world.firms.fine_due[fined] / 100.0 == pytest.approx(88_000.0 * severity / 0.5, abs=0.01)
    assert fine_amount(0.25, 88_000.0, 0.5) == 44_000.0
    assert not world.firms.suspended.any() and not world.firms.closing.any()


def test_delay_stops_work_for_a_quarter() -> None:
    world = overdue(overdue_suspension=0.25)
    assert world.firms.suspended.mean() == pytest.approx(0.25, abs=0.04)
    assert count(world, Count.SUSPENDED) == world.firms.suspended.sum()
    a_quarter_on(world)
    assert not world.firms.suspended.any()


def test_delay_closes_and_marks_close_sooner() -> None:
    assert closure_chance(0b1111, 0.15, 0.35) == 0.15 and closure_chance(0b10001, 0.15, 0.35) == 0.35
    world = overdue(overdue_closure=0.15)
    assert world.firms.closing.mean() == pytest.approx(0.15, abs=0.035)
    assert (world.firms.exit_cause[world.firms.closing] == Cause.CLOSURE).all()
    world = city(1200)
    world.firms.marks[:] = Mark.PREMISES
    opened(world)
    a_quarter_on(world)
    a_quarter_on(world, replace(SEEN, overdue_closure=0.0, closure_marks=0.35))
    assert world.firms.closing.mean() == pytest.approx(0.35, abs=0.045)


def test_nobody_is_stopped_and_closed_at_once() -> None:
    world = overdue(overdue_closure=0.3, overdue_suspension=0.7)
    assert (world.firms.closing ^ world.firms.suspended).all()


def test_who_acted_is_not_closed_for_being_late() -> None:
    harsh = replace(SEEN, overdue_closure=1.0, overdue_fine=1.0)
    slow = replace(STILL, cure_days=90.0, cure_spread=0.1)
    world = with_hazard(1200)
    cleaned(world, np.arange(1200))
    a_quarter_on(world, harsh, slow)
    a_quarter_on(world, harsh, slow)
    assert not world.firms.closing.any()


# Relapse, and the world without the clause


def test_cured_firms_relapse_at_four_in_a_hundred_a_year() -> None:
    world = city(12_000)
    world.firms.cured[:] = START.index - 4
    world.firms.stage[6000:] = Stage.SUPERVISED  # not closed yet
    world.firms.deadline[6000:] = 9999
    opened(world, replace(SEEN, **QUIET), replace(STILL, relapse=0.4))
    assert count(world, Count.RELAPSED) / 6000 == pytest.approx(0.1, abs=0.012)
    again = world.firms.cured[:6000] == NOBODY
    assert again.sum() == count(world, Count.RELAPSED)
    worst = np.max([world.firms.safety, world.firms.environment, world.firms.fire, world.firms.energy], axis=0)
    assert (worst[:6000][again] > 0.51).all() and (worst[:6000][~again] <= 0.1).all()


def test_without_the_clause_a_violation_ends_in_a_fine_or_nothing() -> None:
    off = replace(SEEN, **WHEN_OFF["3.5"])
    world = city(2400)
    world.firms.safety[:] = 0.95
    opened(world, off)
    seen = int((world.firms.last_visit == START.index).sum())
    assert count(world, Count.FOUND) == seen > 2000
    assert count(world, Count.CONFIRMED) == 0 and not world.firms.stage.any() and not world.firms.displaced.any()
    assert count(world, Count.FINED) / seen == pytest.approx(BASICS.ordinary_fine_chance, abs=0.025)
    assert deterrents(off, BASICS) == (176_000.0, BASICS.ordinary_fine_chance, 0.0)
    assert deterrents(Levers(), BASICS) == (176_000.0, 0.5, 0.25)


def test_beyond_the_room_for_cases_a_violation_ends_in_a_fine_or_nothing() -> None:
    world = city(1200)
    world.firms.safety[:] = 0.95
    opened(world, replace(SEEN, treated_a_year=240.0))
    assert count(world, Count.REGISTERED) == 60
    assert count(world, Count.FOUND) > 800
    assert 0 < count(world, Count.FINED) < 0.3 * count(world, Count.FOUND)


# 3.3 examples and elimination


def exemplary(firms: int = 120) -> World:
    world = city(firms)
    world.firms.last_upgrade[:] = START.index - 2
    world.firms.registered[:] = True
    return world


def test_model_firms_come_from_the_best_of_those_that_upgraded_and_comply() -> None:
    levers = replace(SEEN, **QUIET, model_firms_a_year=36.0)
    world = exemplary()
    firms = world.firms
    firms.productivity[:] = np.linspace(0.0, 1.0, 120)
    firms.safety[119], firms.marks[118] = 0.95, Mark.PREMISES
    firms.last_upgrade[117], firms.registered[116] = START.index - 9, False
    firms.stage[115], firms.deadline[115], firms.closing[114] = Stage.SUPERVISED, 9999, True
    opened(world, levers)
    chosen = np.flatnonzero(firms.model_firm)
    assert len(chosen) == 9 and np.bincount(firms.town[chosen]).tolist() == [3, 3, 3]
    assert chosen.max() < 114
    for town in range(3):
        mine = chosen[firms.town[chosen] == town]
        others = np.flatnonzero((firms.town == town) & ~firms.model_firm & (np.arange(120) < 114))
        assert set(firms.sector[mine].tolist()) == set(firms.sector[others].tolist()) or (
            firms.productivity[mine].min() > firms.productivity[others].max()
        )


def test_a_model_firm_near_makes_its_trade_believe_the_whole_gain() -> None:
    assert (perceived_gain(False, 0.7), perceived_gain(True, 0.7)) == (0.7, 1.0)
    world = exemplary()
    opened(world, replace(SEEN, **QUIET, model_firms_a_year=36.0))
    models = world.firms.model_firm
    near = np.zeros((3, 14), bool)
    near[world.firms.town[models], world.firms.sector[models]] = True
    assert models.any() and np.array_equal(world.city.model_near, near)
    world.firms.alive[models] = False
    a_quarter_on(world)
    assert not world.city.model_near.any()


def test_a_trade_without_an_example_comes_first() -> None:
    world = exemplary()
    firms = world.firms
    firms.town[:] = 0
    world.towns.firm_share[:] = [1.0, 0.0, 0.0]
    firms.productivity[:] = np.where(firms.sector == 11, -1.0, 1.0)
    world.city.model_near[0, :] = True
    world.city.model_near[0, 11] = False
    opened(world, replace(SEEN, **QUIET, model_firms_a_year=4.0))
    assert firms.sector[firms.model_firm].tolist() == [11]


def test_a_case_takes_the_mark_of_a_model_firm_away() -> None:
    world = city()
    world.firms.model_firm[DIRTY] = True
    world.firms.safety[DIRTY] = 0.95
    opened(world)
    assert not world.firms.model_firm[DIRTY]


def test_elimination_takes_the_least_productive_of_those_known_for_outdated_capacity() -> None:
    world = city(120)
    firms = world.firms
    firms.marks[:60] = Mark.OUTDATED
    firms.last_visit[:] = 0
    firms.known[:40] = True
    firms.productivity[:] = np.linspace(0.0, 1.0, 120)
    levers = replace(SEEN, **QUIET, eliminated_a_year=36.0, survey_share=0.0)
    opened(world, levers)
    assert np.flatnonzero(firms.closing).tolist() == list(range(9)) and count(world, Count.ELIMINATED) == 9
    assert (firms.exit_cause[:9] == Cause.CLOSURE).all()
    a_quarter_on(world, levers)
    assert np.flatnonzero(firms.closing).tolist() == list(range(18)), "the next nine"


def test_a_smaller_city_eliminates_in_proportion_and_loses_no_fraction() -> None:
    world = city(120)
    world.size = 5_000  # 3.6 a year
    world.firms.marks[:] = Mark.OUTDATED
    levers = replace(SEEN, **QUIET, eliminated_a_year=36.0)
    gone = count(opened(world, levers), Count.ELIMINATED)
    for _ in range(19):
        gone += count(a_quarter_on(world, levers), Count.ELIMINATED)
    assert gone == 18


def test_without_the_clause_nobody_is_made_a_model_or_eliminated() -> None:
    world = exemplary()
    world.firms.marks[:60] = Mark.OUTDATED
    opened(world, replace(SEEN, **QUIET, **WHEN_OFF["3.3"]))
    assert not world.firms.model_firm.any() and not world.firms.closing.any() and not world.city.model_near.any()
