"""Stories of survey, standards, choosing whom to visit, campaigns, self-inspection (3.1, 3.2, 3.4, 3.6, 3.9-3.11)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import NOBODY, POLICY_START, Grade, Mark, Quarter, Stage
from clustersim.letter import inspection
from clustersim.letter.inspection import (
    Levers,
    campaign_level,
    checked_marks,
    drifted,
    excess,
    severity_of,
    surveyed,
    urgency,
    violations,
    yearly_capacity,
)
from clustersim.letter.inspection.levers import WHEN_OFF
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

BASICS = Assumptions()
STILL = replace(BASICS, hazard_noise=0.0, hazard_return=0.0, relapse=0.0)  # hazards stay where they are put
LETTER = Levers()
# So many visits that everybody is seen, and room for every case
THOROUGH = replace(LETTER, treated_a_year=20_000.0, visits_per_case=20.0, campaign_length=0, joint_share=1.0,
                   acted_premises=1.0, acted_unlicensed=1.0, acted_outdated=1.0, self_inspection_share=0.0,
                   eliminated_a_year=0.0, model_firms_a_year=0.0, cases_per_list=0.0)  # fmt: skip
NONE = replace(THOROUGH, treated_a_year=0.0)
LATER = Quarter(2022, 4)  # no campaign, no list


def clean(firms: int = 12, quarter: Quarter = LATER) -> World:
    """A city in which nobody has a hazard or a mark, last seen a year ago; as large as it is in the full city."""
    world = small_world(firms)
    world.quarter, world.size = quarter, 50_000
    for hazard in (world.firms.safety, world.firms.environment, world.firms.fire, world.firms.energy):
        hazard[:] = 0.1
    world.firms.marks[:] = 0
    world.firms.last_visit[:] = quarter.index - 4
    return world


def advanced(world: World, levers: Levers = THOROUGH, assumptions: Assumptions = STILL) -> World:
    world.books.open()
    inspection.advance(world, levers, assumptions)
    return world


def count(world: World, what: Count) -> int:
    return int(world.books.counts[what].sum())


# 3.1 survey


def test_the_survey_calls_on_everybody_once_in_its_turn_and_treats_nothing() -> None:
    world = clean(600)
    called = np.zeros(600, np.int64)
    for _ in range(10):
        world.firms.known[:] = False
        advanced(world, NONE)
        called += world.firms.known
        assert count(world, Count.SURVEYED) == int(world.firms.known.sum())
        world.quarter += 1
    assert (called == 1).all()
    assert not world.firms.stage.any()


def test_a_survey_costs_the_city_and_makes_known() -> None:
    world = advanced(clean(240), replace(NONE, survey_share=1.0))
    assert world.firms.known.all() and count(world, Count.SURVEYED) == 240
    slot = CLAUSE_SLOTS.index("3.1")
    assert world.books.by_clause[slot].sum() == world.books.money[Flow.PROGRAMME].sum() == 240 * 150 * 100


@settings(deadline=None)
@given(st.integers(0, 19), st.floats(0.01, 0.99), st.integers(2, 20), st.integers(8000, 8200))
def test_a_firm_is_surveyed_once_in_a_round(place: int, within: float, rounds: int, first: int) -> None:
    turn = (place % rounds + within) / rounds
    assert sum(surveyed(turn, first + step, 1.0 / rounds) for step in range(rounds)) == 1


def test_the_list_puts_known_problems_first() -> None:
    """One visit for a town: it goes to the firm whose bad state is known, not to the one that hides the same."""
    world = clean(24)
    world.firms.town[:], world.firms.sector[:] = 0, 1
    world.firms.safety[[3, 15]] = 1.0
    world.firms.known[15] = True
    one_visit = replace(THOROUGH, treated_a_year=4.0, visits_per_case=1.0, lottery_weight=0.1, survey_share=0.0,
                        treated_guanhaiwei=0.0, treated_zonghan=0.0, treated_shengshan=0.0)  # fmt: skip
    world.towns.firm_share[:] = [1.0, 0.0, 0.0]
    advanced(world, one_visit)
    assert np.flatnonzero(world.firms.last_visit == LATER.index).tolist() == [15]
    assert np.flatnonzero(world.firms.stage).tolist() == [15]


def test_without_the_clause_nothing_is_known_and_inspection_is_at_a_quarter() -> None:
    world = clean(240)
    world.firms.known[:] = True
    off = replace(LETTER, **WHEN_OFF["3.1"], campaign_length=0, cases_per_list=0.0)
    advanced(world, off)
    assert not world.firms.known.any() and count(world, Count.SURVEYED) == 0
    few, many = (replace(one, campaign_length=0, treated_a_year=1200.0, cases_per_list=0.0, list_kept=False)
                 for one in (off, LETTER))  # fmt: skip
    seen = []
    for levers in (few, many):
        world = clean(1200)
        for _ in range(4):
            advanced(world, replace(levers, self_inspection_share=0.0))
            seen.append(count(world, Count.VISITED))
            world.quarter += 1
    assert sum(seen[:4]) == pytest.approx(0.25 * sum(seen[4:]), abs=4)


# 3.2 seven kinds, 3.4 priority sectors


@pytest.mark.parametrize("kind", range(7))
def test_each_of_the_seven_kinds_is_found(kind: int) -> None:
    world = clean()
    firms = world.firms
    if kind < 4:
        (firms.safety, firms.environment, firms.fire, firms.energy)[kind][3] = 0.95
    else:
        firms.marks[3] = 1 << kind
    advanced(world)
    assert firms.case_kinds.tolist() == [0, 0, 0, 1 << kind, 0, 0, 0, 0, 0, 0, 0, 0]
    assert firms.stage[3] == Stage.REGISTERED and 0.0 < firms.severity[3] <= 1.0
    assert count(world, Count.FOUND) == count(world, Count.CONFIRMED) == count(world, Count.REGISTERED) == 1


def test_all_seven_kinds_can_come_together_and_severity_grows_with_each() -> None:
    world = clean()
    firms = world.firms
    for hazard in (firms.safety, firms.environment, firms.fire, firms.energy):
        hazard[3] = 0.95
    firms.marks[3] = Mark.PREMISES | Mark.UNLICENSED | Mark.OUTDATED
    advanced(world)
    assert firms.case_kinds[3] == 0b1111111
    severities = [severity_of((1 << kinds) - 1, 0.95, 0.95, 0.95, 0.95, 0.6, 0.6, 0.6, 0.7, 0.5) for kinds in range(8)]
    assert severities == sorted(set(severities)) and severities[0] == 0.0 and severities[-1] < 1.0


def test_a_hazard_at_the_standard_is_no_violation() -> None:
    assert violations(0.6, 0.6, 0.6, 0.7, 0, 0.6, 0.6, 0.6, 0.7) == 0
    assert excess(0.6, 0.6) == 0.0 and excess(0.8, 0.6) == pytest.approx(0.5) and excess(1.0, 0.6) == 1.0


def test_without_the_clause_only_safety_and_environment_are_looked_at() -> None:
    off = replace(THOROUGH, **WHEN_OFF["3.2"])
    assert checked_marks(off) == 0
    world = clean()
    firms = world.firms
    for row, hazard in enumerate((firms.safety, firms.environment, firms.fire, firms.energy)):
        hazard[row] = 0.95
    firms.marks[[4, 5, 6]] = [Mark.PREMISES, Mark.UNLICENSED, Mark.OUTDATED]
    advanced(world, off)
    assert np.flatnonzero(firms.stage).tolist() == [0, 1]


def test_visits_act_on_marks_with_their_chance() -> None:
    world = clean(6000)
    world.firms.marks[:] = Mark.PREMISES
    advanced(world, replace(THOROUGH, acted_premises=0.3))
    seen = world.firms.last_visit == LATER.index
    assert seen.sum() > 5000
    assert (world.firms.stage[seen] > 0).mean() == pytest.approx(0.3, abs=0.03)


def test_priority_sectors_meet_a_stricter_standard_and_are_visited_first() -> None:
    world = clean()
    world.firms.environment[:] = 0.55  # under 0.60, over 0.85 of it
    advanced(world)
    assert np.flatnonzero(world.firms.stage).tolist() == [5, 6], "scrap plastics and spraying"
    one_visit = replace(THOROUGH, treated_a_year=4.0, visits_per_case=1.0, lottery_weight=0.1, survey_share=0.0)
    world = clean(24)
    world.firms.town[:] = 0
    world.towns.firm_share[:] = [1.0, 0.0, 0.0]
    advanced(world, one_visit)
    assert world.firms.sector[world.firms.last_visit == LATER.index].tolist() in ([5], [8])
    off = replace(THOROUGH, **WHEN_OFF["3.4"])
    world = clean()
    world.firms.environment[:] = 0.55
    assert not advanced(world, off).firms.stage.any()


# 3.5 whom to visit, how many


@settings(deadline=None)
@given(
    bad=st.floats(0.0, 1.0), years=st.floats(0.0, 30.0), luck=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0),
)  # fmt: skip
def test_urgency_grows_with_everything_that_speaks_for_a_visit(
    bad: float, years: float, luck: float, more: float
) -> None:
    def points(bad: float = bad, years: float = years, grade: int = Grade.B, sector: float = 0.0) -> float:
        return urgency(sector, 2.0, bad, grade, 1.0, years, 1.0, luck, 2.0)

    assert points(bad=min(bad + more, 1.0)) >= points()
    assert points(years=years + more) >= points()
    assert points(grade=Grade.D) > points(grade=Grade.C) > points() == points(grade=Grade.NONE)
    assert points(sector=2.0) > points()


def test_three_towns_have_their_own_figures_and_the_rest_share_the_rest() -> None:
    world = small_world(towns=6)
    names = ("观海卫镇", "宗汉街道", "胜山镇", "周巷镇", "浒山街道", "庵东镇")
    world.towns = replace(world.towns, zh=names, firm_share=np.array([0.1, 0.1, 0.1, 0.4, 0.2, 0.1]))
    yearly = yearly_capacity(world, LETTER)
    assert yearly[:3].tolist() == [159.0, 120.0, 113.0]
    assert yearly.sum() == pytest.approx(1600.0)
    assert yearly[3] == pytest.approx(2.0 * yearly[4]) and yearly[4] == pytest.approx(2.0 * yearly[5])
    none = yearly_capacity(world, replace(LETTER, treated_a_year=0.0))
    assert none[3:].sum() == 0.0 and none[:3].sum() == 392.0


def test_no_more_cases_are_registered_than_a_town_has_room_for_and_fractions_are_not_lost() -> None:
    world = clean(1200)
    world.firms.safety[:] = 0.95
    levers = replace(THOROUGH, treated_a_year=90.0)  # 7.5 a quarter in each of three towns
    registered = []
    for _ in range(4):
        advanced(world, levers)
        registered.append(world.books.counts[Count.REGISTERED].tolist())
        world.quarter += 1
    assert np.sum(registered, axis=0).tolist() == [30, 30, 30]
    assert all(each in (7, 8) for quarter in registered for each in quarter)


def test_a_firm_in_a_case_or_told_to_close_is_not_visited_again() -> None:
    world = clean()
    world.firms.safety[:] = 0.95
    world.firms.stage[3], world.firms.case_kinds[3] = Stage.RECTIFYING, 1
    world.firms.deadline[3] = world.firms.treated[3] = LATER.index
    world.firms.closing[4] = True
    world.firms.alive[7] = False
    advanced(world)
    visited = np.flatnonzero(world.firms.last_visit == LATER.index)
    assert visited.tolist() == [0, 1, 2, 5, 6, 8, 9, 10, 11]


# 3.6 campaigns and joint visits


def test_a_campaign_doubles_visits_and_fades() -> None:
    levers = replace(LETTER, treated_a_year=1200.0, visits_per_case=2.0, campaign_start=1, campaign_length=2,
                     campaign_strength=2.0, campaign_fade=0.5, cases_per_list=0.0)  # fmt: skip
    visits = []
    for step in range(6):
        world = clean(6000, POLICY_START + step)
        visits.append(count(advanced(world, levers), Count.VISITED))
    ordinary = visits[0]
    assert ordinary == 600
    assert visits == [ordinary, 2 * ordinary, 2 * ordinary, 900, 750, 675]


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(0, 12), st.floats(0.0, 0.95))
def test_a_campaign_is_felt_in_full_while_it_lasts_and_never_more_after(start: int, length: int, fade: float) -> None:
    levers = replace(LETTER, campaign_start=start, campaign_length=length, campaign_fade=fade)
    levels = [campaign_level(levers, step) for step in range(40)]
    assert not any(levels[:start])
    assert levels[start : start + length] == [1.0] * length
    assert levels[start + length :] == sorted(levels[start + length :], reverse=True)


def test_during_a_campaign_a_third_of_a_hazard_hides_and_comes_back_after() -> None:
    world = clean(12, POLICY_START + 1)
    world.firms.safety[:] = 0.75  # 0.49 to be seen, under the standard
    levers = replace(THOROUGH, campaign_length=2, joint_share=1.0)
    advanced(world, levers)
    assert world.firms.masked == pytest.approx(0.35)
    assert count(world, Count.VISITED) == 12 and not world.firms.stage.any()
    world.quarter = POLICY_START + 6
    advanced(world, levers)
    assert world.firms.masked == pytest.approx(0.35 * 0.5**4)
    assert world.firms.stage.all() and (world.firms.safety == 0.75).all()


def test_a_joint_visit_sees_every_kind_and_a_single_one_the_worst_that_is_known() -> None:
    def found(joint: float, known: bool) -> np.ndarray:
        world = clean(1200)
        world.firms.safety[:], world.firms.fire[:] = 0.7, 0.95
        world.firms.marks[:] = Mark.OUTDATED
        world.firms.known[:] = known
        advanced(world, replace(THOROUGH, joint_share=joint, survey_share=0.0))
        return world.firms.case_kinds[world.firms.last_visit == LATER.index]

    every = 0b1000101
    assert (found(1.0, False) == every).all()
    assert (found(0.0, True) == 0b100).all(), "fire is the worst"
    blind = found(0.0, False)
    assert {0, 0b1, 0b100, 0b1000000} == set(blind.tolist())
    assert (blind > 0).mean() == pytest.approx(3.0 / 7.0, abs=0.05), "one kind out of seven"
    half = (found(0.5, False) == every).mean()
    assert half == pytest.approx(0.5, abs=0.05)


# 3.9 listed industries


def test_listed_industries_get_relief_and_weight() -> None:
    world = advanced(clean(), replace(NONE, listed_sectors=("shoes_toys",)))
    assert world.city.upgrade_relief.tolist() == [0.10 if one == 11 else 0.0 for one in range(14)]
    world.city.did[(world.quarter.index - 1) % 4, 2, 11, 2] = 3  # firms of the trade upgraded last quarter
    world.city.did[(world.quarter.index - 1) % 4, 0, 0, 2] = 5  # and some of an unlisted one
    advanced(world, replace(NONE, listed_sectors=("shoes_toys",)))
    assert world.books.by_clause[CLAUSE_SLOTS.index("3.9")].tolist() == [0, 0, 3 * 10_000 * 100]
    advanced(world, replace(NONE, **WHEN_OFF["3.9"]))
    assert not world.city.upgrade_relief.any()
    assert not world.books.by_clause[CLAUSE_SLOTS.index("3.9")].any()
    one_visit = replace(THOROUGH, treated_a_year=4.0, visits_per_case=1.0, lottery_weight=0.1, survey_share=0.0,
                        priority_sectors=(), listed_sectors=("shoes_toys",), listed_weight=2.0)  # fmt: skip
    world = clean(24)
    world.firms.town[:] = 0
    world.towns.firm_share[:] = [1.0, 0.0, 0.0]
    advanced(world, one_visit)
    assert world.firms.sector[world.firms.last_visit == LATER.index].tolist() == [11]


# 3.10 self-inspection


def test_who_inspects_itself_slowly_gets_safer_and_safer_from_fire_alone() -> None:
    world = clean(6000)
    for _ in range(20):
        advanced(world, replace(NONE, self_inspection_share=0.4))
        world.quarter += 1
    firms = world.firms
    diligent = firms.diligence < 0.4
    assert diligent.mean() == pytest.approx(0.4, abs=0.03)
    for hazard in (firms.safety, firms.fire):
        assert hazard[diligent] == pytest.approx(0.1 * 0.99**20)
        assert hazard[~diligent] == pytest.approx(0.1)
    assert firms.environment == pytest.approx(0.1) and firms.energy == pytest.approx(0.1)


# Drift


def test_hazards_drift_to_the_mean_of_their_sector() -> None:
    world = clean(1200)
    luck = np.random.default_rng(1)
    world.firms.safety[:] = luck.random(1200)
    start = world.firms.safety.copy()
    advanced(world, NONE, replace(STILL, hazard_return=0.1))
    mean = world.city.hazard_mean[0, world.firms.sector]
    assert world.firms.safety == pytest.approx(start + 0.1 * (mean - start), abs=1e-5)
    by_sector = [start[world.firms.sector == one].mean() for one in range(7)]
    assert world.city.hazard_mean[0, :7] == pytest.approx(by_sector, abs=1e-5)


def test_the_noise_of_hazards_has_its_spread_and_four_kinds_of_luck() -> None:
    world = clean(12_000)
    for hazard in (world.firms.safety, world.firms.environment, world.firms.fire, world.firms.energy):
        hazard[:] = 0.5
    advanced(world, NONE, replace(STILL, hazard_noise=0.02))
    moves = np.array([one - 0.5 for one in (
        world.firms.safety, world.firms.environment, world.firms.fire, world.firms.energy
    )])  # fmt: skip
    assert moves.std(axis=1) == pytest.approx(0.02, rel=0.03)
    assert moves.mean(axis=1) == pytest.approx(0.0, abs=0.001)
    assert np.abs(np.corrcoef(moves) - np.eye(4)).max() < 0.04


@settings(deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_hazard_stays_between_nothing_and_all(
    hazard: float, mean: float, back: float, noise: float, luck: float
) -> None:
    assert 0.0 <= drifted(hazard, mean, back, noise, luck) <= 1.0


# 3.11 lists from above


def test_a_list_from_above_comes_in_its_quarters_and_is_treated_first() -> None:
    """Sixty environment cases in the third quarter of the policy and every two years; nobody else is visited there."""
    levers = replace(LETTER, treated_a_year=0.0, treated_guanhaiwei=0.0, treated_zonghan=0.0, treated_shengshan=0.0,
                     self_inspection_share=0.0, eliminated_a_year=0.0)  # fmt: skip
    visits = {}
    for step in range(12):
        world = clean(1200, POLICY_START + step)
        world.firms.environment[::2] = 0.95
        advanced(world, levers)
        visits[step] = count(world, Count.VISITED)
        on_list = world.firms.last_visit == world.quarter.index
        assert (world.firms.environment[on_list] == 0.95).all()
    assert {step: many for step, many in visits.items() if many} == {2: 60, 10: 60}


def test_listed_cases_take_the_room_there_is_and_no_mask_hides_them() -> None:
    quarter = POLICY_START + 2  # the second quarter of the campaign
    world = clean(1200, quarter)
    world.firms.environment[::2] = 0.8  # 0.52 to be seen while the campaign lasts
    levers = replace(THOROUGH, treated_a_year=240.0, cases_per_list=30.0, campaign_length=2, campaign_start=1,
                     priority_sectors=())  # fmt: skip
    advanced(world, levers)
    assert count(world, Count.REGISTERED) == 30
    assert (world.firms.case_kinds[world.firms.stage > 0] == 0b10).all()
    off = replace(levers, **WHEN_OFF["3.11"])
    world = clean(1200, quarter)
    world.firms.environment[::2] = 0.8
    assert count(advanced(world, off), Count.REGISTERED) == 0


def test_a_smaller_city_has_shorter_lists() -> None:
    world = clean(1200, POLICY_START + 2)
    world.size = 25_000
    world.firms.environment[:] = 0.95
    levers = replace(THOROUGH, treated_a_year=0.0, treated_guanhaiwei=0.0, treated_zonghan=0.0,
                     treated_shengshan=0.0, cases_per_list=60.0)  # fmt: skip
    assert count(advanced(world, levers), Count.VISITED) == 30


# What firms come to believe


def test_belief_in_a_visit_follows_the_rate_of_town_and_trade_and_jumps_at_a_visit() -> None:
    world = clean(1200)
    world.firms.belief[:] = 0.0
    advanced(world, replace(THOROUGH, treated_a_year=60.0, visits_per_case=1.0))
    seen = world.firms.last_visit == LATER.index
    assert 0 < seen.sum() < 30
    assert world.firms.belief[seen].min() > 0.25 > world.firms.belief[~seen].max() > 0.0
    priority = np.isin(world.firms.sector, (5, 8))
    assert world.firms.belief[priority & ~seen].min() > world.firms.belief[~priority & ~seen].max()
    for _ in range(40):
        world.quarter += 1
        advanced(world, NONE)
    assert world.firms.belief.max() < 0.01
    assert (world.firms.stage == Stage.NONE).all() and (world.firms.deadline == NOBODY).all()


def test_a_visit_costs_the_city() -> None:
    world = advanced(clean(), replace(THOROUGH, survey_share=0.0))
    assert world.books.by_clause[CLAUSE_SLOTS.index("3.5")].sum() == 12 * 500 * 100
