"""Small runs whose every city figure is on record: a change of numbers is seen, and has to be meant.

`make golden` writes the records anew; say in CHANGES.md under *Numbers* what moved and why.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from clustersim.foundation.words import HORIZON, Quarter
from clustersim.indicators import INDICATORS, Measures
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario

HERE = Path(__file__).parent / "golden"
FIRMS, SEED, POPULATION_SEED = 1000, 3, 2
KEPT = (Quarter(2021, 2), Quarter(2023, 4), HORIZON)
UPDATE = "CLUSTERSIM_UPDATE_GOLDEN"


def figures(name: str) -> dict[str, dict[str, float]]:
    """Every indicator of the city in three quarters of a small run."""
    scenario = load_scenario(name)
    history = settle_history(scenario.background(), FIRMS, POPULATION_SEED)
    lived: list[Measures] = [*history.measures, *live(fork(history, scenario, SEED), scenario, HORIZON)]
    return {
        str(measures.quarter): {one.name: measures.value(one.name) for one in INDICATORS}
        for measures in lived if measures.quarter in KEPT
    }  # fmt: skip


@pytest.mark.parametrize("name", ["letter", "none", "small-voucher"])
def test_a_small_run_is_as_on_record(name: str) -> None:
    path, now = HERE / f"{name}.json", figures(name)
    if os.environ.get(UPDATE):
        path.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    record = json.loads(path.read_text(encoding="utf-8"))
    moved = {
        (quarter, one): (record.get(quarter, {}).get(one), value)
        for quarter, values in now.items() for one, value in values.items()
        if record.get(quarter, {}).get(one) != value
    }  # fmt: skip
    assert not moved, f"{len(moved)} figures moved; `make golden` if that is meant"
    assert set(record) == set(now)
