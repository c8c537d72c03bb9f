"""Does the world without policy stay in its bands, and do treated firms fare as published?

Bands C1 to C8 of the validation notes; full-city figures, means over seeds. A band that is missed is printed as missed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from common import flow, keep, lives, markdown, options, tell

from clustersim.foundation.words import FULL_CITY, POLICY_START
from clustersim.quarter import History, fork, live, settle_history
from clustersim.scenario import load_scenario

YEARS = 4.5
FATES = ("treated_closed", "treated_moved", "treated_upgraded", "treated_rectified")
given = options(__doc__.splitlines()[0], firms=50_000, seeds=3)
seeds, full = range(1, given.seeds + 1), FULL_CITY / given.firms
none, letter = load_scenario("none"), load_scenario("letter")
history: History = settle_history(none.background(), given.firms, 1)
tell("without policy")
without = list(lives(history, none, seeds))
tell("the letter")
under = list(lives(history, letter, seeds))
start = history.measures[-1].value("firms")


def yearly(runs: list, name: str) -> float:
    """A flow a year over the mean stock of firms, in per cent."""
    return float(np.mean([
        100.0 * flow(life, name) / YEARS / (0.5 * (start + life[-1].value("firms"))) for life in runs
    ]))  # fmt: skip


def growth(runs: list) -> float:
    """Growth of the stock of firms a year, in per cent."""
    return float(np.mean([100.0 * ((life[-1].value("firms") / start) ** (1 / YEARS) - 1.0) for life in runs]))


def fates(runs: list) -> np.ndarray:
    """Closed, moved, upgraded or rectified: per cent of the fates of treated firms within a year."""
    found = np.mean([[flow(life, name) for name in FATES] for life in runs], axis=0)
    return 100.0 * np.array([found[0], found[1], found[2] + found[3]]) / found.sum()


def signed_in_a_new_park() -> float:
    """Firms signed in the first year of parks opened without pressure, for a park of 61 mu."""
    world = fork(history, none, 1)
    for _ in live(world, none, POLICY_START + 17):
        pass
    parks = world.parks
    new = (parks.opens >= POLICY_START.index) & (parks.opens <= POLICY_START.index + 13)
    new &= ~parks.reuse & (parks.block < 0) & (parks.floor.sum(axis=1) > 0)
    return float(61.0 * 100.0 * parks.signed_year[new].sum() / max(int(parks.land[new].sum()), 1))


first, drift = history.measures[0], (1.0 + none.assumptions.nominal_drift) ** 2  # 2018 to 2020
closed, moved, better = fates(under)
treated = float(np.mean([full * flow(life, "treated") / YEARS for life in under]))
bands = [
    ("C1", "exits a year, no policy, %", 5.5, 8.0, yearly(without, "exited")),
    ("C2", "firms signed in the first year of a new park of 61 mu", 20.0, 60.0, signed_in_a_new_park()),
    ("C2b", "moves into parks a year, no policy, %", 0.0, 2.0, yearly(without, "moved")),
    ("C3", "upgrades a year, no policy, %", 3.0, 8.0, yearly(without, "upgraded")),
    ("C3b", "entry a year, no policy, %", 8.0, 10.0, yearly(without, "entered")),
    ("C3b", "growth of the stock, no policy, %", -2.0, 4.0, growth(without)),
    ("C4-C5", "treated firms that closed, %", 30.0, 61.0, closed),
    ("C4-C5", "treated firms that moved, %", 3.4, 33.0, moved),
    ("C4-C5", "treated firms that upgraded or rectified, %", 36.0, 37.0, better),
    ("C6", "firms treated a year under the letter", 1450.0, 1750.0, treated),
    ("C7", "above-scale land, 2019Q1, mu", 29_450.0, 32_550.0, full * first.value("above_scale_land_mu")),
    ("C7", "above-scale value added per mu, 2019Q1, 10,000 yuan of 2020", 0.9 * 105 * drift, 1.1 * 105 * drift,
     first.value("above_scale_value_added_per_mu") / 1e4),
    ("C7", "above-scale tax per mu without rebate, 2019Q1, 10,000 yuan of 2020", 0.9 * 24 * drift, 1.1 * 24 * drift,
     first.value("above_scale_tax_per_mu") / 1e4),
    ("C8", "above-scale firms, 2019Q1", 1485.0, 1815.0, full * first.value("above_scale_firms")),
    ("C8", "above-scale share of output, 2019Q1, %", 52.0, 56.0, 100.0 * first.value("above_scale_output_share")),
]  # fmt: skip
table = pd.DataFrame(bands, columns=["band", "what", "low", "high", "model"])
table["inside"] = [
    "yes" if low <= value <= high else f"missed by {max(low - value, value - high):.1f}"
    for low, high, value in zip(table["low"], table["high"], table["model"], strict=True)
]
keep(__file__, table, given, lambda shown: markdown(shown, "{:,.1f}"))
