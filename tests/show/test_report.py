"""What a run prints and what scripts read, from made-up paths."""

from __future__ import annotations

import json

import numpy as np
import pytest

from clustersim.foundation.levers import ESTIMATE
from clustersim.foundation.words import HISTORY_END, HORIZON, Quarter
from clustersim.indicators import INDICES
from clustersim.lab.intervals import interval, t_quantile
from clustersim.letter.register import clause
from clustersim.scenario import Scenario, ScenarioError, Target
from clustersim.show import console, tables
from clustersim.show.text import break_lines, columns, width
from tests.show import city


def test_paths_are_by_seed_and_quarter() -> None:
    table = city.indicators(3)
    found = tables.paths(table, ["space", "green"])
    assert found.values["space"].shape == (3, HORIZON - found.first + 1)
    one = table[(table["seed"] == 2) & (table["quarter"] == "2023Q3") & (table["town"] == "city")]
    expected = one.loc[one["indicator"] == "green", "value"].item()
    assert found.since("green", Quarter(2023, 3))[1, 0] == expected
    assert str(found.quarters[-1]) == str(HORIZON)


def test_the_five_indices_stand_with_both_names_and_their_change() -> None:
    outcome = city.outcome(1)
    lines = console.report(outcome, "zh").splitlines()
    row = next(line for line in lines if "Green index" in line)
    start, end, change = (float(word) for word in row.split()[-3:])
    assert "绿色集约指数" in row
    assert change == pytest.approx(end - start, abs=0.0011)


def test_a_console_without_chinese_gets_plain_english() -> None:
    for lang in ("zh", "en"):
        assert console.report(city.outcome(2), lang, chinese=False).replace("±", "+").isascii()


def test_several_seeds_give_an_interval_and_only_twenty_a_chance() -> None:
    few, many = (console.report(city.outcome(seeds), "en") for seeds in (3, 20))
    assert "95 % interval" in few and "chance" not in few.split("Published targets")[1].splitlines()[1]
    assert "chance" in many.split("Published targets")[1].splitlines()[1]
    assert "no chance of reaching a target is given" in few and "no chance" not in many


def test_json_has_what_scripts_read() -> None:
    outcome = city.outcome(2, targets={"space": Target(0.44, Quarter(2023, 4))})
    told = json.loads(json.dumps(console.as_json(outcome), allow_nan=False))
    assert list(told["indices"]) == list(INDICES)
    assert all(set(one) == {"2021Q2", "2025Q4"} for one in told["indices"].values())
    by_name = {one["name"]: one for one in told["targets"]}
    assert by_name["own.space"]["quarter"] == "2023Q4" and by_name["own.space"]["target"] == 0.44
    assert by_name["tax_per_mu"]["probability"] is None and by_name["tax_per_mu"]["drift_share"] > 0
    clusters = [one for name, one in by_name.items() if name.startswith("cluster.")]
    assert [one["target"] for one in clusters] == [100e9, 50e9, 50e9, 10e9, 10e9, 10e9]
    assert all(one["probability"] is None and one["level"] is None for one in clusters)
    assert len({tuple(sorted(one)) for one in told["targets"] if not one["name"].startswith("cluster.")}) == 1


def test_the_unknown_goals_of_the_city_are_said_to_be_unknown() -> None:
    assert "慈政办发〔2021〕31号" in console.report(city.outcome(1), "zh")
    assert "not public and none is assumed" in " ".join(console.report(city.outcome(1), "en").split())


def test_towns_are_held_against_the_target_of_the_city() -> None:
    outcome = city.outcome(1)
    reached = tables.targets_reached(outcome)[2]
    assert tables.gaps_by_town(outcome, reached) == {"Guanhaiwei Town": pytest.approx(reached.gap)}
    table = outcome.indicators
    empty = (table["town"] == "Guanhaiwei Town") & (table["indicator"] == reached.target.indicator)
    table.loc[empty, "value"] = 0.0  # a town without such firms
    assert tables.gaps_by_town(outcome, reached) == {}


def test_what_is_off_is_not_in_force() -> None:
    count, total = tables.estimates_in_force(Scenario())
    fewer, rest = tables.estimates_in_force(Scenario(off=("4.3",)))
    levers = clause("4.3").levers
    assert total - rest == len(levers)
    assert count - fewer == sum(one.standing == ESTIMATE for one in levers)


def test_a_lever_that_was_set_for_nothing_is_named() -> None:
    outcome = city.outcome(1)
    outcome.scenario = outcome.scenario.with_levers({"differential.months": 3.0}).with_off(["4.3"])
    assert "differential.months" in console.report(outcome, "en")


def test_a_target_that_nothing_measures_is_refused() -> None:
    outcome = city.outcome(1, targets={"grean": Target(0.6, where="mine.toml:4")})
    with pytest.raises(ScenarioError, match=r"mine.toml:4: targets.grean: .* Did you mean 'green'"):
        console.as_json(outcome)


def test_flows_are_added_over_the_policy_quarters_alone() -> None:
    outcome = city.outcome(1)
    path = tables.paths(outcome.indicators, ["exited"])
    assert tables.happened(outcome)["exited"] == pytest.approx(path.since("exited", HISTORY_END + 1).sum())


def test_columns_are_even_with_characters_of_either_width() -> None:
    lines = columns([["慈溪", "1", "x"], ["Cixi city", "22", "y"]], right=[1])
    assert len({width(line) for line in lines}) == 1
    for line in break_lines("政策期内：新进 199 家，退出 213 家。" * 5, 40):
        assert width(line) <= 40 and line[0] not in "，。"


def test_quantiles_of_student_match_the_published_table() -> None:
    published = {1: 12.706, 2: 4.303, 5: 2.571, 6: 2.447, 9: 2.262, 19: 2.093, 29: 2.045, 120: 1.980}
    assert {freedom: round(t_quantile(freedom), 3) for freedom in published} == published
    one = interval(np.array([0.4]))
    assert one.mean == 0.4 and np.isnan(one.low)
