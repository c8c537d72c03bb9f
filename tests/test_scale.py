"""A small city has the shares of the full one: 5,000 firms against 50,000, within sampling error."""

from __future__ import annotations

import numpy as np
import pytest

from clustersim.foundation.words import FULL_CITY, HORIZON
from clustersim.indicators import INDICES
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario

SHARES = (
    *INDICES, "noncompliant_share", "value_added_per_mu", "tax_per_mu", "value_added_per_kwh", "safety_hazard",
    "emissions_per_value_added", "planned_land_share", "surrounded_land_share", "floor_area_ratio",
    "above_scale_output_share",
)  # fmt: skip
STOCKS = ("firms", "jobs", "industrial_land_mu", "scattered_land_mu", "village_firms", "park_floor_m2")
FLOWS = ("entered", "exited", "upgraded", "rectified", "treated", "fiscal_cost_yuan", "surcharge_yuan")
# Units come whole, so that a tenth of a park fits other firms than a park does: said in DECISIONS.md
BY_WHOLE_UNITS = {"in_parks", "moved"}
ALLOWED = {
    **dict.fromkeys(SHARES, 0.015),
    **dict.fromkeys((*STOCKS, *FLOWS), 0.04),
    **dict.fromkeys(BY_WHOLE_UNITS, 0.2),
}
SMALL, CITIES = 5000, 24


def outcome(size: int, population_seed: int, name: str) -> dict[str, float]:
    """Every headline of one city in full-city terms: shares and stocks at the horizon, flows over the policy."""
    scenario = load_scenario(name)
    history = settle_history(scenario.background(), size, population_seed)
    life = list(live(fork(history, scenario, population_seed), scenario, HORIZON))
    full = FULL_CITY / size
    return {
        **{name: life[-1].value(name) for name in SHARES},
        **{name: full * life[-1].value(name) for name in (*STOCKS, "in_parks")},
        **{name: full * sum(quarter.value(name) for quarter in life) for name in (*FLOWS, "moved")},
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["letter", "none"])
def test_a_small_city_agrees_with_the_full_one(name: str) -> None:
    small = [outcome(SMALL, seed, name) for seed in range(1, CITIES + 1)]
    large = [outcome(FULL_CITY, seed, name) for seed in (1, 2)]
    apart = {}
    for what in small[0]:
        few, many = np.array([one[what] for one in small]), np.array([one[what] for one in large])
        # The spread between cities of 50,000 is that of small ones, narrowed by their size
        error = few.std(ddof=1) * np.sqrt(1.0 / len(few) + (SMALL / FULL_CITY) / len(many))
        gap = abs(few.mean() - many.mean())
        if gap > 3.0 * error + ALLOWED[what] * abs(many.mean()):
            apart[what] = f"{few.mean():.5g} ± {few.std(ddof=1):.2g} against {many.mean():.5g}"
    assert not apart
