"""Measures of many lives as one tidy table: that of `indicators.parquet`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from clustersim.foundation.words import HISTORY_START
from clustersim.indicators import INDICATORS, Measures
from clustersim.quarter import History

CITY: Final = "city"


def tidy(history: History, scenario: str, lives: dict[int, list[Measures]]) -> pd.DataFrame:
    """The tidy table of `indicators.parquet`, sorted by seed, scenario, town, quarter, indicator."""
    towns = [*history.world.towns.en, CITY]
    order = sorted(range(len(towns)), key=lambda place: towns[place])
    names = [one.name for one in INDICATORS]
    columns = sorted(range(len(names)), key=lambda place: names[place])
    seeds = sorted(lives)
    quarters = len(history.measures) + max(len(one) for one in lives.values())
    labels = [str(HISTORY_START + step) for step in range(quarters)]
    blocks = [
        np.stack([one.values for one in (*history.measures, *lives[seed])], axis=1)[order][:, :, columns]
        for seed in seeds
    ]
    size = blocks[0].size
    inner = len(columns)
    per_town = quarters * inner
    return pd.DataFrame(
        {
            "seed": np.repeat(np.array(seeds, np.int64), size),
            "scenario": _words([scenario], np.zeros(size * len(seeds), np.int8)),
            "quarter": _words(labels, np.tile(np.repeat(np.arange(quarters), inner), len(towns) * len(seeds))),
            "town": _words(
                [towns[place] for place in order], np.tile(np.repeat(np.arange(len(towns)), per_town), len(seeds))
            ),
            "indicator": _words(
                [names[place] for place in columns], np.tile(np.arange(inner), size // inner * len(seeds))
            ),
            "value": np.concatenate([block.ravel() for block in blocks]),
            "unit": _words(*_units([INDICATORS[place].unit for place in columns], size // inner * len(seeds))),
        }
    )


def _words(words: list[str], codes: Any) -> Any:
    return pd.Categorical.from_codes(codes, categories=words).astype("str")


def _units(units: list[str], times: int) -> tuple[list[str], Any]:
    distinct = sorted(set(units))
    return distinct, np.tile(np.array([distinct.index(unit) for unit in units]), times)
