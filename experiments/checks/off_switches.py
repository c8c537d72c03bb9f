"""What does each clause do: the run without it against the letter as written, under the same luck?

Differences are off minus on: paired means over seeds and half-widths of their 95 % intervals. Counts are scaled to the
full city. A clause whose switch changed nothing would show zeros everywhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from common import flow, keep, lives, markdown, options, tell

from clustersim.foundation.words import FULL_CITY
from clustersim.indicators import INDICES
from clustersim.lab.intervals import interval
from clustersim.letter import register
from clustersim.quarter import settle_history
from clustersim.scenario import load_scenario

FLOWS = ("exited", "moved", "upgraded")
given = options(__doc__.splitlines()[0], firms=5000, seeds=10)
letter = load_scenario("letter")
seeds = range(1, given.seeds + 1)
history = settle_history(letter.background(), given.firms, 1)


def outcome(scenario: object) -> np.ndarray:
    """[seed, measure]: the five indices at the horizon, and the flows at full scale."""
    full = FULL_CITY / given.firms
    return np.array([
        [*(life[-1].value(name) for name in INDICES), *(full * flow(life, name) for name in FLOWS)]
        for life in lives(history, scenario, seeds)
    ])  # fmt: skip


base = outcome(letter)
rows = []
for clause in register.clauses():
    if not clause.switched:
        continue
    tell(f"without {clause.id}")
    changes = outcome(letter.with_off([clause.id])) - base
    row = {"clause": clause.id, "home": clause.home}
    for place, name in enumerate((*INDICES, *FLOWS)):
        found = interval(changes[:, place])
        row[name], row[f"{name} ±"] = found.mean, found.half
    row["differs"] = "yes" if np.any(changes != 0.0) else "NO"
    rows.append(row)


def show(table: pd.DataFrame) -> str:
    """Mean ± half-width, a column a measure."""
    shown = table[["clause", "home"]].copy()
    for name in (*INDICES, *FLOWS):
        digits = 0 if name in FLOWS else 4
        shown[name] = [
            f"{mean:+,.{digits}f} ±{half:,.{digits}f}"
            for mean, half in zip(table[name], table[f"{name} ±"], strict=True)
        ]
    shown["differs"] = table["differs"]
    return markdown(shown)


keep(__file__, pd.DataFrame(rows), given, show)
