"""`clustersim sweep` as people and scripts meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PLAN = """
name = "graded prices"
firms = 300
seeds = 2
until = "2021Q3"
[design]
[design.levers]
"differential.surcharge_below_d" = [0.0, 0.3]
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    return "plan.toml"


@pytest.mark.parametrize(("lang", "word"), [("en", "4 runs, 0 were there, 4 done now"), ("zh", "4 次运行")])
def test_it_tells_the_indices_of_every_policy(
    command: Command, plan: str, tmp_path: Path, lang: str, word: str
) -> None:
    code, out, _ = command("sweep", plan, "--workers", "1", "--lang", lang)
    assert code == 0 and word in out and "functions" in out
    assert (tmp_path / "sweeps" / "graded-prices" / "results" / "part-00000.parquet").is_file()
    manifest = json.loads((tmp_path / "sweeps" / "graded-prices" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] and set(manifest["files"]) == {"design.parquet", "results/part-00000.parquet"}


def test_json_and_a_second_start(command: Command, plan: str) -> None:
    code, out, err = command("sweep", plan, "--workers", "1", "--out", "mine", "--json")
    assert (code, err) == (0, "") and json.loads(out)["done"] == 4
    code, out, _ = command("sweep", plan, "--workers", "1", "--out", "mine", "--json")
    told = json.loads(out)
    assert (code, told["done"], told["reused"], told["complete"]) == (0, 0, 4, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('base = "letter"\n', "a scenario, not an experiment"),
        (PLAN.replace("0.3]", "30.0]"), "above its bound"),
        (PLAN.replace("surcharge_below_d", "surcharge_belowd"), "Did you mean"),
        (PLAN.replace("seeds = 2", "precision = 7"), "a number between 0 and 1"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(command: Command, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    code, out, err = command("sweep", "bad.toml")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not (tmp_path / "sweeps").exists()


def test_policies_have_names_and_constants_are_told(command: Command, tmp_path: Path) -> None:
    text = PLAN.replace("[design]", '[design.policies.nothing]\nbase = "none"\n[design.policies.all]\n')
    text = text.replace('"differential.surcharge_below_d" = [0.0, 0.3]', '"assumptions.attention" = [0.25, 0.3]')
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    code, out, _ = command("sweep", "plan.toml", "--workers", "1", "--lang", "en")
    assert code == 0 and "solved again for 2 sets of assumptions" in out
    rows = [line.split() for line in out.splitlines() if line.split()[:1] in (["nothing"], ["all"])]
    assert [row[:3] for row in rows] == [[name, value, "2"] for name in ("nothing", "all") for value in ("0.25", "0.3")]
