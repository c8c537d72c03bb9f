"""`clustersim search` as people and scripts meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clustersim import load_scenario
from tests.cli.conftest import Command
from tests.cli.test_interruption import interrupted

PLAN = """
name = "small aims"
firms = 300
seeds = 5
until = "2021Q3"
[targets]
functions = 0.0001
[design]
kind = "latin"
samples = 4
[design.levers]
"services.government_pace" = [0.0, 0.2]
"differential.interest_firms" = [0, 4000]
[search]
generations = 2
fresh_seeds = 20
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    return "plan.toml"


def test_it_tells_the_answer_and_leaves_it_as_a_scenario(command: Command, plan: str, tmp_path: Path) -> None:
    code, out, _ = command("search", plan, "--workers", "1", "--lang", "en")
    assert code == 0 and "Answer: no. " in out and "Try it: clustersim compare letter" in out
    folder = tmp_path / "searches" / "small-aims"
    assert load_scenario(folder / "answer.toml").targets["functions"].value == 0.0001
    code, out, _ = command("search", plan, "--lang", "zh")
    assert code == 0 and "答案：第" in out


def test_json_has_the_front_and_nothing_else_is_said(command: Command, plan: str) -> None:
    code, out, err = command("search", plan, "--workers", "1", "--out", "mine", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    answer = told["front"][told["answer"]]
    assert answer["verdict"] == "holds" and answer["chance"]["mean"] == 1.0 and answer["shortfall"] < 0.0
    assert set(answer["levers"]) == {"services.government_pace", "differential.interest_firms"}
    assert set(answer["levels"]["functions"]) == {"mean", "low", "high", "at_probability", "lacking"}
    assert [one["is_base"] for one in told["front"]].count(True) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('base = "letter"\n', "a scenario, not an experiment"),
        (PLAN.replace('"latin"\nsamples = 4', '"factorial"'), "design.kind: factorial is not searched"),
        (PLAN.replace("[targets]\nfunctions = 0.0001", ""), "write [targets] and below it lines such as green = 0.55"),
        (PLAN.replace("fresh_seeds = 20", "fresh_seeds = 2"), "search.fresh_seeds: 2 is not allowed"),
        (PLAN.replace("functions = ", "funktions = "), "plan.toml:7: targets.funktions: there is no such indicator"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(command: Command, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    code, out, err = command("search", "plan.toml")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not (tmp_path / "searches").exists()


def test_without_pymoo_it_says_how_to_get_it(
    command: Command, plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymoo", None)
    code, out, err = command("search", plan)
    assert (code, out) == (2, "")
    assert err == "search: pymoo is not installed: pip install 'clustersim[analysis]'\n"
    assert not (tmp_path / "searches").exists()


def test_no_other_command_imports_pymoo(tmp_path: Path) -> None:
    code = (
        "import sys; from clustersim.cli import app; import clustersim.lab.search, clustersim.show.search_report; "
        "assert not [one for one in sys.modules if one.partition('.')[0] == 'pymoo']"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


def test_ctrl_c_keeps_what_is_done_and_the_same_command_finishes_it(tmp_path: Path) -> None:
    long = PLAN.replace("generations = 2", "generations = 40").replace("samples = 4", "samples = 20")
    (tmp_path / "plan.toml").write_text(long, encoding="utf-8")
    code, said = interrupted(tmp_path, "search", "plan.toml", "--workers", "1", after="generation 2 of 40:")
    assert code == 130, said
    last = said.splitlines()[-1]
    assert last.startswith("Interrupted: ") and last.endswith("the same command goes on from there")
    folder = tmp_path / "searches" / "small-aims"
    assert not json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["complete"]
    assert (folder / "generations" / "000" / "results" / "part-00000.parquet").is_file()
    fewer = long.replace("generations = 40", "generations = 2")  # the first two are the same, whatever comes after
    (tmp_path / "plan.toml").write_text(fewer, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "clustersim", "search", "plan.toml", "--quiet"], cwd=tmp_path, check=False, timeout=300
    )
    assert done.returncode == 0
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["complete"]
