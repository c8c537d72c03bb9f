"""The experiment scripts run as their README says, in small cities, and leave a table and a manifest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

EXPERIMENTS = Path(__file__).parent.parent / "experiments"
SMALL = {
    "01_off_switches": ["--firms", "400", "--seeds", "2"],
    "02_scale": ["--most", "5000"],
    "03_background": ["--firms", "2000", "--seeds", "2"],
    "04_books": ["--firms", "2000"],
    "05_identity": ["--firms", "300", "--seeds", "1", "--large", "400"],
}


def test_every_experiment_is_in_the_readme_and_here() -> None:
    scripts = sorted(path.stem for path in EXPERIMENTS.glob("[0-9]*.py"))
    assert scripts == sorted(SMALL)
    told = (EXPERIMENTS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.py`" in told for name in scripts)


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_an_experiment_prints_and_keeps_its_table(name: str, tmp_path: Path) -> None:
    script = EXPERIMENTS / f"{name}.py"
    ran = subprocess.run(
        [sys.executable, str(script), *SMALL[name], "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "table.md").read_text(encoding="utf-8") in ran.stdout + "\n"
    assert len(pd.read_csv(tmp_path / "table.csv")) > 0
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["code"]
