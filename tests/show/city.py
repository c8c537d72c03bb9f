"""A made-up outcome with the shape of a real one: true towns and cells, paths drawn by hand. Runs no model."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from clustersim.foundation.words import HISTORY_START, HORIZON, Quarter
from clustersim.indicators import INDICATORS
from clustersim.lab.runs import Outcome, Pictures, Setting
from clustersim.scenario import Scenario
from clustersim.world import geography

LEVELS = {
    "space": (0.41, 0.012), "clusters": (0.33, 0.004), "factors": (0.46, 0.006), "functions": (0.08, 0.03),
    "green": (0.5, 0.01), "above_scale_value_added_per_mu": (1_050_000.0, 18_000.0),
    "above_scale_tax_per_mu": (238_000.0, 3_000.0), "above_scale_tax_per_mu_with_rebate": (396_000.0, 6_000.0),
}  # fmt: skip


def indicators(
    seeds: int, until: Quarter = HORIZON, towns: tuple[str, ...] = ("Guanhaiwei Town", "city")
) -> pd.DataFrame:
    """The tidy table: every indicator of every quarter, rising from 2021Q3 on, each seed with its ripple."""
    count = until - HISTORY_START + 1
    steps = np.arange(count)
    rows = []
    for seed in range(1, seeds + 1):
        for town in towns:
            for step in steps:
                for one in INDICATORS:
                    level, slope = LEVELS.get(one.name, (10.0, 0.1))
                    since = max(0, step - 9)
                    ripple = np.sin(1.7 * step + seed) + (0.4 * since * (((seed * 37) % 10) - 4.5)) * (since > 0) / 5
                    value = level + slope * since / 2 + slope * 0.4 * ripple
                    rows.append(
                        (seed, "letter", str(HISTORY_START + int(step)), town, one.name, float(value), one.unit)
                    )
    return pd.DataFrame(rows, columns=["seed", "scenario", "quarter", "town", "indicator", "value", "unit"])


def pictures(qianwan: bool = False, grid: str = "1km") -> Pictures:
    """Land that thins out from the seats, and parks on the planned cells nearest to them."""
    towns, cells = geography.load(grid, qianwan)
    planned = geography.planned_mask(cells, towns, 100.0)
    square = cells.side_km**2
    land = np.where(cells.hill, 0.0, 420.0 * towns.firm_share[cells.town] * 12 * np.exp(-cells.seat_km / 2.2)) * square
    parks = np.array([[cell, 30_000 + 17_000 * (cell % 9)] for cell in towns.seat_cell], np.int64)
    later = np.concatenate([parks, parks[::2] + np.array([1, 60_000])])
    return Pictures(
        cells.x_km, cells.y_km, cells.side_km, cells.town, (towns.zh, towns.en), cells.hill, planned, land,
        np.where(planned, land * 1.3, land * 0.8), parks, later,
    )  # fmt: skip


def outcome(seeds: int = 1, firms: int = 50_000, *, targets: Any = None, qianwan: bool = False) -> Outcome:
    """An outcome as `simulate` would give it."""
    scenario = Scenario("letter", targets=targets or {})
    return Outcome(
        scenario,
        Setting(firms=firms, qianwan=qianwan),
        tuple(range(1, seeds + 1)),
        indicators(seeds),
        pictures(qianwan),
    )


def bare(**values: Any) -> SimpleNamespace:
    """Anything with attributes."""
    return SimpleNamespace(**values)
