"""Stories of the per-mu evaluation (4.1) and of improvement orders (4.7)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import threads
from clustersim.foundation.words import NOBODY, Clearance, Grade, Pool, Quarter, Stage, Tenure
from clustersim.letter import grading
from clustersim.letter.grading import Levers, chances_at, grades_by_quota, log_points, tax_to_reach
from clustersim.letter.grading.figures import SUBLET, TAX, plot_figures
from clustersim.world.books import Count, Flow
from clustersim.world.tables import World
from tests.small_world import small_world

EVALUATION = Quarter(2022, 3)
CALM = replace(Assumptions(), top_up_share=0.0)
SEVERAL = 60


def evaluated(levers: Levers | None = None, *, firms: int = SEVERAL, assumptions: Assumptions = CALM) -> World:
    world = small_world(firms)
    world.quarter = EVALUATION
    spread = 1.0 + 0.5 * np.sin(np.arange(firms))  # so that firms of a kind differ
    world.firms.tax_last_year[:] = (world.firms.tax_last_year * spread).astype(np.int64)
    grading.assess(world, levers or Levers(), assumptions)
    return world


def test_grades_come_out_in_the_third_quarter_alone() -> None:
    world = small_world(SEVERAL)
    for number in (1, 2, 4):
        world.quarter = Quarter(2022, number)
        grading.assess(world, Levers(), CALM)
        assert not world.firms.grade.any()
    world.quarter = EVALUATION
    grading.assess(world, Levers(), CALM)
    assert world.firms.grade.any()
    assert world.city.graded == EVALUATION.index


def test_workshops_and_new_firms_and_park_entrants_are_not_graded() -> None:
    world = small_world(SEVERAL)
    world.quarter = EVALUATION
    world.firms.born[3] = EVALUATION.index - 7  # a year and three quarters old
    world.firms.last_move[7] = EVALUATION.index - 11  # in its park for less than three years
    world.firms.last_move[19] = EVALUATION.index - 12
    grading.assess(world, Levers(), CALM)
    assert not world.firms.grade[~world.firms.registered].any()
    assert world.firms.grade[3] == Grade.NONE
    assert world.firms.grade[7] == Grade.NONE
    assert world.firms.grade[19] != Grade.NONE


def test_four_pools_by_scale_and_land() -> None:
    firms = evaluated(replace(Levers(), large_plot_mu=0.5)).firms
    assert firms.pool[0] == Pool.ABOVE_SCALE
    assert firms.pool[1] == Pool.BELOW_SCALE_LARGE_PLOT
    assert firms.pool[2] == Pool.BELOW_SCALE_SMALL_PLOT
    assert firms.pool[3] == Pool.TENANTS
    assert firms.pool[5] == Pool.UNGRADED


def test_the_plot_of_an_owner_is_graded_with_its_tenants() -> None:
    world = small_world(SEVERAL)
    figures = plot_figures(world, CALM)
    tax = world.firms.tax_last_year
    assert figures[1, TAX] == tax[1] + tax[3]
    assert figures[1, SUBLET] == 1
    assert figures[3, TAX] == tax[3]


def test_letting_to_more_small_firms_costs_points() -> None:
    kept = evaluated(replace(Levers(), sublet_first_below=0.0)).firms.score[1]
    assert evaluated().firms.score[1] == pytest.approx(kept - 10.0)


def test_quotas_fix_the_shares_by_definition() -> None:
    firms = evaluated(firms=240).firms
    for pool in (Pool.BELOW_SCALE_SMALL_PLOT, Pool.TENANTS):
        ours = firms.grade[firms.pool == pool]
        assert (ours == Grade.D).mean() == pytest.approx(0.05, abs=0.5 / len(ours) + 1e-9)
        assert (ours == Grade.A).mean() == pytest.approx(0.05, abs=0.5 / len(ours) + 1e-9)


def test_with_fixed_lines_everybody_may_be_good() -> None:
    generous = replace(Levers(), mode="threshold", line_a=0.0, line_b=0.0, line_c=0.0)
    firms = evaluated(generous).firms
    graded = firms.pool < Pool.UNGRADED
    assert (firms.grade[graded] == Grade.A).all()


def test_a_better_score_never_has_a_worse_grade_in_its_pool() -> None:
    firms = evaluated(firms=240).firms
    for pool in range(4):
        ours = np.flatnonzero(firms.pool == pool)
        order = ours[np.lexsort((firms.grade[ours], -firms.score[ours]))]  # equal scores may be graded apart
        assert (np.diff(firms.grade[order]) >= 0).all()


def test_a_grave_case_means_grade_d() -> None:
    world = small_world(SEVERAL)
    world.quarter = EVALUATION
    world.firms.stage[0], world.firms.severity[0] = Stage.RECTIFYING, 0.9
    world.firms.stage[12], world.firms.severity[12] = Stage.RECTIFYING, 0.5
    grading.assess(world, Levers(), CALM)
    assert world.firms.grade[0] == Grade.D
    assert world.firms.grade[12] != Grade.D or world.firms.score[12] <= world.firms.score[[24, 36, 48]].min()


def test_scores_are_computed_without_consequences() -> None:
    world = evaluated(replace(Levers(), consequences=False))
    assert world.firms.score.any()
    assert not world.city.grades_count
    assert (world.firms.order_due == NOBODY).all()
    assert evaluated().city.grades_count


def test_a_firm_pays_more_tax_when_that_is_cheaper_than_the_surcharge() -> None:
    honest, keen = (replace(Assumptions(), top_up_share=share) for share in (0.0, 1.0))
    paid, bunched = [], []
    for assumptions in (honest, keen):
        world = evaluated(firms=240, assumptions=CALM)
        world.city.surcharges[:], world.city.surcharge_terms[:] = (0.0, 1.0), (0.0, 1e7, 12.0)  # D alone pays
        world.quarter = world.quarter + 4
        world.books.open()
        before = world.firms.cash.sum()
        cut = world.city.cut_offs[Pool.TENANTS, 2]
        grading.assess(world, Levers(), assumptions)
        ours = world.firms.score[world.firms.pool == Pool.TENANTS]
        paid.append(int(world.books.money[Flow.TAXES].sum()))
        bunched.append(int(((ours >= cut) & (ours < 1.05 * cut)).sum()))
        assert before - world.firms.cash.sum() == paid[-1]
    assert paid[0] == 0
    assert paid[1] > 0
    assert bunched[1] > bunched[0]


def test_an_order_goes_to_the_worst_plot_and_its_failure_lists_it() -> None:
    levers = replace(Levers(), orders_a_year=50_000.0 / SEVERAL)  # one order in a city of this size
    world = evaluated(levers)
    ordered = np.flatnonzero(world.firms.order_due != NOBODY)
    assert len(ordered) == 1
    assert world.firms.displaced[ordered[0]]
    assert world.books.counts[Count.ORDERED].sum() == 1
    assert world.firms.order_due[ordered[0]] == EVALUATION.index + 8
    world.firms.order_due[:] = NOBODY
    owner = 2
    world.firms.order_due[owner] = EVALUATION.index + 4
    world.firms.tax_last_year[owner] = 0
    world.quarter = EVALUATION + 4
    grading.assess(world, replace(levers, orders_a_year=0.0), CALM)
    assert world.firms.grade[owner] == Grade.D
    assert world.firms.clearance[owner] == Clearance.LISTED
    assert world.firms.order_due[owner] == NOBODY
    assert world.books.counts[Count.ORDERS_FAILED].sum() == 1


def test_an_order_that_is_met_is_lifted() -> None:
    world = evaluated(replace(Levers(), orders_a_year=0.0))
    best = int(np.argmax(np.where(world.firms.tenure == Tenure.OWNER, world.firms.score, -1)))
    world.firms.order_due[best], world.firms.displaced[best] = EVALUATION.index + 4, True
    world.firms.tax_last_year[best] *= 100
    world.quarter = EVALUATION + 4
    grading.assess(world, replace(Levers(), orders_a_year=0.0), CALM)
    assert world.firms.order_due[best] == NOBODY
    assert not world.firms.displaced[best]
    assert world.firms.clearance[best] == Clearance.NONE


def test_two_threads_give_the_same_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clustersim.foundation.compiled.SMALLEST_SLICE", 10)
    one = evaluated()
    with threads(2):
        two = evaluated()
    assert np.array_equal(one.firms.score, two.firms.score)
    assert np.array_equal(one.firms.grade, two.firms.grade)


@given(
    score=st.floats(0.0, 300.0),
    cuts=st.lists(st.floats(0.1, 200.0), min_size=3, max_size=3),
    spread=st.floats(0.01, 0.5),
)
@settings(deadline=None)
def test_chances_of_grades_sum_to_one(score: float, cuts: list[float], spread: float) -> None:
    chances = chances_at(log_points(score), *map(log_points, sorted(cuts, reverse=True)), spread)
    assert sum(chances) == pytest.approx(1.0, abs=1e-12)
    assert min(chances) >= 0.0


@given(low=st.floats(1.0, 150.0), more=st.floats(0.01, 50.0), spread=st.floats(0.01, 0.5))
@settings(deadline=None)
def test_a_better_score_never_makes_d_likelier(low: float, more: float, spread: float) -> None:
    cuts = [log_points(cut) for cut in (100.0, 60.0, 30.0)]
    assert chances_at(log_points(low + more), *cuts, spread)[3] <= chances_at(log_points(low), *cuts, spread)[3]


@given(count=st.integers(0, 5000), a=st.floats(0, 0.4), b=st.floats(0, 0.4), c=st.floats(0, 0.2))
@settings(deadline=None)
def test_quotas_fill_in_order_and_round_to_a_firm(count: int, a: float, b: float, c: float) -> None:
    grades = grades_by_quota(count, (a, b, c))
    assert len(grades) == count
    assert (np.diff(grades) >= 0).all()
    for grade, share in ((1, a), (2, b), (3, c)):
        assert abs((grades == grade).sum() - share * count) <= 1.0 + 1e-6


@given(score=st.floats(0, 100), gap=st.floats(0, 50), tax=st.floats(1, 1e7), slope=st.floats(1e-9, 1e-2))
@settings(deadline=None)
def test_the_tax_to_reach_a_score_is_the_gap_over_the_slope(score: float, gap: float, tax: float, slope: float) -> None:
    extra = tax_to_reach(score, score + gap, tax, slope, 1e9)
    assert extra * slope == pytest.approx(score + gap - score, rel=1e-9, abs=1e-9)


def test_among_equal_scores_tax_per_mu_decides() -> None:
    world = evaluated(firms=240)
    ours = np.flatnonzero(world.firms.pool == Pool.TENANTS)
    world.firms.tax_last_year[ours] *= 50  # all of them at the cap in both measures, still different in tax per mu
    lines = replace(Levers(), points_cap=1.0)
    world.quarter = world.quarter + 4
    grading.assess(world, lines, CALM)
    best = ours[world.firms.score[ours] == world.firms.score[ours].max()]
    a_firms = best[world.firms.grade[best] == Grade.A]
    others = best[world.firms.grade[best] != Grade.A]
    assert len(a_firms) and len(others)
    per_floor = world.firms.tax_last_year / world.firms.floor
    same_town = [row for row in others if (world.firms.town[row] == world.firms.town[a_firms]).any()]
    for row in same_town:
        rivals = a_firms[world.firms.town[a_firms] == world.firms.town[row]]
        rivals = rivals[world.firms.site[rivals] == world.firms.site[row]]
        assert (per_floor[rivals] >= per_floor[row] - 1e-9).all()
