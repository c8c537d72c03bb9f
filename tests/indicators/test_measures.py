"""What is measured in a real city, quarter after quarter: bounds, sums over towns, causes, and the books."""

from __future__ import annotations

import re

import numpy as np
import pytest

from clustersim.foundation.words import Cause, Grade, ParkState, Site, Stage
from clustersim.indicators import INDICATORS, INDICES, PLACE, Measures
from clustersim.quarter import History
from clustersim.scenario import Scenario
from clustersim.world.books import Count, Flow
from clustersim.world.tables import World
from tests.cities import step_by_step, values_of

LETTER = Scenario("letter")


@pytest.fixture(scope="module")
def quarters(city_history: History) -> list[tuple[World, Measures]]:
    return [(world.copy(), measures) for world, measures in step_by_step(city_history, LETTER)]


@pytest.fixture(scope="module")
def values(city_history: History, quarters: list[tuple[World, Measures]]) -> np.ndarray:
    """[quarter, town + 1, indicator], history and policy."""
    return values_of([*city_history.measures, *(measures for _, measures in quarters)])


def test_the_five_indices_come_first_and_every_name_is_one_of_a_kind() -> None:
    names = [one.name for one in INDICATORS]
    assert len(set(names)) == len(names) and names == sorted(names)
    assert INDICES == ("space", "clusters", "factors", "functions", "green") and set(INDICES) <= set(names)
    for one in INDICATORS:
        assert re.fullmatch(r"[a-z0-9_]+", one.name) and one.en and re.search(r"[\u4e00-\u9fff]", one.zh), one.name
        assert one.better in (-1, 0, 1) and (one.kind == "index") == (one.name in INDICES), one.name


@pytest.mark.parametrize("name", INDICES)
def test_an_index_lies_between_nothing_and_all_and_moves(name: str, values: np.ndarray) -> None:
    path = values[:, :, PLACE[name]]
    assert path.min() >= 0.0 and path.max() <= 1.0
    assert len(np.unique(path[:, -1])) > 1


@pytest.mark.parametrize("one", [one for one in INDICATORS if "0 to 1" in one.unit or one.unit == "share"], ids=str)
def test_shares_are_shares(one: object, values: np.ndarray) -> None:
    path = values[:, :, PLACE[one.name]]  # type: ignore[attr-defined]
    assert path.min() >= 0.0 and path.max() <= 1.0 + 1e-12


def test_towns_add_up_to_the_city_where_counts_areas_and_money_do(values: np.ndarray) -> None:
    added = [one for one in INDICATORS if one.kind in ("stock", "flow", "money", "area") and not one.city_only]
    assert len(added) > 80
    for one in added:
        path = values[:, :, PLACE[one.name]]
        assert path[:, :-1].sum(axis=1) == pytest.approx(path[:, -1], rel=1e-9, abs=1e-4), one.name


def test_a_ratio_of_the_city_lies_within_those_of_its_towns(values: np.ndarray) -> None:
    for name in ("value_added_per_mu", "value_added_per_kwh", "tax_per_mu", "safety_hazard", "functions"):
        path = values[:, :, PLACE[name]]
        assert (path[:, -1] <= path[:, :-1].max(axis=1) + 1e-9).all(), name
        assert (path[:, -1] >= path[:, :-1].min(axis=1) - 1e-9).all(), name


def test_exits_add_up_over_their_causes(values: np.ndarray) -> None:
    causes = [f"exited_{cause.name.lower()}" for cause in Cause if cause != Cause.NONE]
    total = sum(values[:, :, PLACE[name]] for name in causes)
    assert np.array_equal(total, values[:, :, PLACE["exited"]])
    used = [name for name in causes if values[:, -1, PLACE[name]].any()]
    assert used == causes, "every cause is met in a life under the letter"


def test_firms_next_are_firms_now_and_what_came_and_went(values: np.ndarray) -> None:
    def path(name: str) -> np.ndarray:
        return values[1:, :, PLACE[name]]

    firms = values[:, :, PLACE["firms"]]
    moved = path("came_to_town") - path("went_to_town")
    assert np.array_equal(firms[1:], firms[:-1] + path("entered") - path("exited") + moved)
    assert (moved[:, -1] == 0.0).all()


def test_the_census_sees_what_the_tables_hold(quarters: list[tuple[World, Measures]]) -> None:
    world, measures = quarters[-1]
    firms, alive = world.firms, world.firms.alive[: world.rows]
    seen = {
        "firms": alive, "in_parks": firms.site[: world.rows] == Site.PARK,
        "village_firms": firms.site[: world.rows] == Site.VILLAGE,
        "cases_open": firms.stage[: world.rows] != Stage.NONE, "known_firms": firms.known[: world.rows],
        "model_firms": firms.model_firm[: world.rows], "registered_firms": firms.registered[: world.rows],
        "above_scale_firms": firms.above_scale[: world.rows],
        **{f"grade_{grade.name.lower()}": firms.grade[: world.rows] == grade for grade in Grade},
    }  # fmt: skip
    for name, flags in seen.items():
        town = firms.town[: world.rows][alive & flags]
        assert [measures.value(name, one) for one in range(len(world.towns))] == np.bincount(
            town, minlength=len(world.towns)
        ).tolist(), name
    assert measures.value("jobs") == pytest.approx(firms.employees[: world.rows][alive].sum(), rel=1e-9)
    assert measures.value("parks_open") == (world.parks.state == ParkState.OPEN).sum()
    assert measures.value("park_floor_m2") == world.parks.floor.sum() / 100.0
    used = world.firms.floor[: world.rows][alive & seen["in_parks"]].sum() / 100.0
    assert measures.value("park_occupancy") == pytest.approx(used / measures.value("park_floor_m2"))
    hazard = (firms.safety * firms.employees)[: world.rows][alive].sum() / measures.value("jobs")
    assert measures.value("safety_hazard") == pytest.approx(hazard, abs=1e-6)


def test_money_is_that_of_the_books(quarters: list[tuple[World, Measures]]) -> None:
    for world, measures in quarters:
        money = world.books.money.sum(axis=1) / 100.0
        assert measures.value("surcharge_yuan") == money[Flow.SURCHARGE]
        assert measures.value("taxes_yuan") == money[Flow.TAXES]
        rewards = [Flow.UPGRADE_REWARD, Flow.INTEREST_REWARD, Flow.WORKSHOP_REWARD, Flow.RENT_RELIEF]
        assert measures.value("subsidy_yuan") == pytest.approx(money[rewards].sum())
        assert measures.value("treated") == world.books.counts[Count.REGISTERED].sum()


def test_green_is_a_half_all_through_the_history(city_history: History) -> None:
    for measures in city_history.measures:
        for town in range(-1, len(city_history.world.towns)):
            if measures.value("firms", town):
                assert measures.value("green", town) == 0.5, (str(measures.quarter), town)


def test_surcharges_are_paid_in_the_seven_months_from_december(quarters: list[tuple[World, Measures]]) -> None:
    paid = {measures.quarter: measures.value("surcharge_yuan") for _, measures in quarters}
    for quarter, yuan in paid.items():
        assert (yuan > 0.0) == (quarter.number != 3), str(quarter)
