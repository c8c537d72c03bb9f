"""Measures of many lives as one tidy table: that of `indicators.parquet`."""

from __future__ import annotations

import pandas as pd

from clustersim.indicators import Measures
from clustersim.indicators.tidy import CITY as CITY
from clustersim.indicators.tidy import tidy_columns
from clustersim.quarter import History


def tidy(history: History, scenario: str, lives: dict[int, list[Measures]]) -> pd.DataFrame:
    """The tidy table of `indicators.parquet`, sorted by seed, scenario, town, quarter, indicator."""
    whole = {seed: [*history.measures, *one] for seed, one in lives.items()}
    return pd.DataFrame(tidy_columns(history.world.towns.en, scenario, whole))
