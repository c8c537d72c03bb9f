"""`clustersim bench` gives the promised keys, and says which rows it left out. No test asks how fast anything is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from clustersim.lab import bench as lab
from clustersim.lab import floor, timing
from clustersim.quarter import History
from clustersim.scenario import Scenario, load_scenario
from clustersim.show import bench_report
from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms

Command = Callable[..., tuple[int, str, str]]
ROW = {"engine", "firms", "threads", "ns_per_firm_quarter", "spread", "bytes_per_firm"}
RATIOS = {"lean_mesa_over_columns_1", "lean_mesa_over_columns_2", "agents_over_columns_1", "columns_over_floor"}


def test_json_has_the_promised_keys_and_nothing_else_is_printed(command: Command) -> None:
    code, out, err = command("bench", "--quick", "--firms", "200", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert {"machine", "rows", "ratios"} <= told.keys() and set(told["ratios"]) == RATIOS
    assert told["machine"]["cores"] >= 1 and "numba" in told["versions"]
    for row in told["rows"]:
        assert row.keys() >= ROW
        assert isinstance(row["firms"], int) and row["threads"] in (1, 2)
        assert row["ns_per_firm_quarter"] > 0.0 and row["bytes_per_firm"] > 0.0 and row["spread"] >= 0.0
    found = {(row["engine"], row["threads"], row["firms"]) for row in told["rows"]}
    assert {("columns", 1, 200), ("columns", 2, 200), ("columns", 1, 1000), ("memory_floor", 1, 1000)} <= found
    measured = {engine for engine, _, _ in found}
    assert told["ratios"]["columns_over_floor"] > 1.0
    for name, engine in (("agents_over_columns_1", "agents"), ("lean_mesa_over_columns_2", "lean_mesa")):
        assert (told["ratios"][name] is None) == (engine not in measured)
        assert any(line.startswith(engine) for line in told["left_out"]) == (engine not in measured)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_says_what_was_measured_and_how(command: Command, lang: str) -> None:
    code, out, _ = command("bench", "--quick", "--firms", "200", "--lang", lang)
    assert code == 0
    assert {"zh": "纳秒/企业·季度", "en": "ns a firm-quarter"}[lang] in out
    assert "run --threads 2 --seeds 2" in out.replace("\n", " ")


@pytest.mark.parametrize("given", [("--firms", "5"), ("--floor-firms", "5000001"), ("--repeats", "0")])
def test_bad_input_is_one_line_and_exit_code_2(command: Command, given: tuple[str, str]) -> None:
    code, out, err = command("bench", "--quick", *given)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and given[0] in err


def test_a_missing_peer_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "find_lean", lambda: (None, "not here"))
    found = lab.bench(lab.Plan(firms=200, floor_firms=200, repeats=1, cold=False, megabytes=1))
    assert found.ratios()["lean_mesa_over_columns_1"] is None
    told = bench_report.report(found, "en")
    assert "lean_mesa: not here" in told and "missed" not in told  # targets are for other sizes


def test_an_interruption_keeps_the_rows_that_were_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "_hold_against_floor", stop)
    found = lab.bench(lab.Plan(firms=200, floor_firms=200, repeats=1, cold=False, megabytes=1))
    assert found.interrupted and {row.engine for row in found.rows} >= {"columns"}
    assert json.loads(json.dumps(bench_report.as_json(found)))["ratios"]["columns_over_floor"] is None


def test_the_floor_is_read_off_the_code_and_a_year_of_quarters(town_history: History) -> None:
    scenario: Scenario = load_scenario("letter")
    told = floor.traffic(town_history, scenario)
    assert all(floor._loops(module) for module in floor.LOOPS)  # a home whose loops moved away counts for nothing
    assert {"uid", "revenue", "employees", "safety", "belief", "cash", "kwh_per_yuan"} <= set(told.read)
    assert {"revenue", "fixed_cost", "safety", "cash", "revenue_year"} <= set(told.written)
    assert not {"grade", "sector", "tax_noise", "uid"} & set(told.written)
    widths = [about["dtype"].itemsize for about in described_columns(Firms).values()]
    assert 200 < told.bytes_per_firm < 2 * sum(widths)


def test_spread_is_half_the_middle_half_over_the_median() -> None:
    assert timing.half_spread([8.0, 9.0, 10.0, 11.0, 12.0]) == pytest.approx(0.1)
