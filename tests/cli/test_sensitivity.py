"""`clustersim sensitivity` as people and scripts meet it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command
from tests.lab.test_sensitivity import PLAN


def test_it_tells_what_decides_and_goes_on_where_it_was(command: Command, tmp_path: Path) -> None:
    text = PLAN.replace('"assumptions.attention" = []\n"assumptions.upgrade_cost" = []\n', '"entry.leak" = []\n')
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    code, out, _ = command("sensitivity", "plan.toml", "--workers", "1", "--lang", "en")
    assert code == 0 and "the difference letter less none" in out and "luck (aleatory)" in out
    assert (tmp_path / "sensitivity" / "small" / "shares.csv").is_file()
    code, out, err = command("sensitivity", "plan.toml", "--workers", "1", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "") and told["policies"] == ["none", "letter"] and told["lost"]["blocks"] == 0


def test_bad_input_is_one_line_and_leaves_nothing(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(PLAN.replace("seeds = 10", "seeds = 1"), encoding="utf-8")
    code, out, err = command("sensitivity", "bad.toml")
    assert (code, out, err.count("\n")) == (2, "", 1) and "luck is a factor here" in err
    assert not (tmp_path / "sensitivity").exists()
