"""What a sweep has come to, as text and as plain JSON: how many runs, and the five indices of every policy."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from clustersim.indicators import INDICES
from clustersim.indicators.tidy import CITY
from clustersim.lab.intervals import interval
from clustersim.lab.sweep import Sweep
from clustersim.lab.sweep.store import read
from clustersim.scenario.experiments import Experiment
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100
MOST: Final = 30  # policies told on a console


def horizon(found: Sweep) -> pd.DataFrame:
    """The five indices of the city in the last quarter: one row a run, with its policy, values and seed."""
    parts = [one.to_pandas() for one in read(found.folder, INDICES)]
    if not parts:
        return pd.DataFrame(columns=["scenario", "patch", "seed", *INDICES])
    table = pd.concat(parts, ignore_index=True)
    last = table[(table["town"] == CITY) & (table["quarter"] == table["quarter"].max())]
    design = pq.read_table(found.folder / "design.parquet").to_pandas()
    return design.merge(last, on="key", how="inner").drop(columns=["key", "quarter", "town"])


def report(found: Sweep, experiment: Experiment, lang: str) -> str:
    """The whole report."""
    lines = [
        say("swept", lang, name=experiment.name, runs=found.runs, reused=found.reused, done=found.done,
            failed=len(found.failed)),
    ]  # fmt: skip
    lines += [say("set_aside", lang, parts=", ".join(found.damaged))] if found.damaged else []
    lines += [say("foreign", lang, count=found.foreign)] if found.foreign else []
    lines += break_lines(say("recalibrated", lang, **found.constants), WIDTH) if found.constants else []
    for one in found.failed[:3]:
        lines.append(say("failed_run", lang, key=one.key[:8], message=one.message))
    table = horizon(found)
    if len(table):
        lines += ["", *_indices(table, experiment, lang)]
    return "\n".join([*lines, "", say("written", lang, folder=found.folder)])


def _indices(table: pd.DataFrame, experiment: Experiment, lang: str) -> list[str]:
    names = list(experiment.levers)
    policies = [one.title[lang == "en"] or one.name for one in experiment.policies]
    heads = [*([say("policy", lang)] if policies else []), *names]
    rows = [[*heads, say("seeds_of", lang), *INDICES]]
    for place, runs in table.groupby("scenario"):
        patch = json.loads(runs["patch"].iloc[0])
        means = [interval(runs[name].to_numpy(np.float64)) for name in INDICES]
        told = [f"{one.mean:.3f}" + (f" ±{one.half:.3f}" if len(runs) > 1 else "") for one in means]
        named = [policies[int(place) // experiment.rows]] if policies else []
        rows.append([*named, *(_plain(patch[name]) for name in names), str(len(runs)), *told])
        if len(rows) > MOST:
            break
    return [f"  {line}" for line in columns(rows, right=range(len(heads), len(rows[0])))]


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_json(found: Sweep) -> dict[str, Any]:
    """The same as plain JSON."""
    return {
        "out": str(found.folder), "runs": found.runs, "reused": found.reused, "done": found.done,
        "failed": [one._asdict() for one in found.failed], "damaged": found.damaged, "foreign": found.foreign,
        "constants": found.constants, "complete": found.complete,
    }  # fmt: skip
