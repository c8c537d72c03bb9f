"""The checks of the model run as their README says, in small cities, and leave a table and a manifest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

EXPERIMENTS = Path(__file__).parent.parent / "experiments"
CHECKS = EXPERIMENTS / "checks"
SMALL = {
    "off_switches": ["--firms", "400", "--seeds", "2"],
    "scale": ["--most", "5000"],
    "background": ["--firms", "2000", "--seeds", "2"],
    "books": ["--firms", "2000"],
    "thousand_runs": ["--firms", "500", "--runs", "8"],
    "killed": ["--firms", "2000", "--seeds", "10", "--kills", "1"],
    "identity": ["--firms", "300", "--seeds", "1", "--large", "400"],
}


def test_every_check_is_in_the_readme_and_here() -> None:
    scripts = sorted(path.stem for path in CHECKS.glob("*.py") if path.stem != "common")
    assert scripts == sorted(SMALL)
    told = (EXPERIMENTS / "README.md").read_text(encoding="utf-8")
    assert all(f"`checks/{name}.py`" in told for name in scripts)


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_check_prints_and_keeps_its_table(name: str, tmp_path: Path) -> None:
    script = CHECKS / f"{name}.py"
    ran = subprocess.run(
        [sys.executable, str(script), *SMALL[name], "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "table.md").read_text(encoding="utf-8") in ran.stdout + "\n"
    assert len(pd.read_csv(tmp_path / "table.csv")) > 0
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["code"]
