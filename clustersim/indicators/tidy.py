"""Measures of many lives as the columns of one tidy table: that of `indicators.parquet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from clustersim.indicators.catalogue import INDICATORS
from clustersim.indicators.measures import Measures

CITY: Final = "city"


def tidy_columns(towns: Sequence[str], scenario: str, lives: Mapping[int, Sequence[Measures]]) -> dict[str, Any]:
    """The columns by name, sorted by seed, scenario, town, quarter, indicator; `lives` are measures by seed.

    Every life has the same quarters. Words are arrays of text, one entry a row.
    """
    places = [*towns, CITY]
    order = sorted(range(len(places)), key=lambda place: places[place])
    names = [one.name for one in INDICATORS]
    columns = sorted(range(len(names)), key=lambda place: names[place])
    seeds = sorted(lives)
    quarters = [str(one.quarter) for one in lives[seeds[0]]]
    shape = (len(seeds), len(places), len(quarters), len(columns))
    values = [np.stack([one.values for one in lives[seed]], axis=1)[order][:, :, columns] for seed in seeds]
    axes = {
        "seed": (np.array(seeds, np.int64), 0),
        "scenario": (_texts([scenario] * len(seeds)), 0),
        "quarter": (_texts(quarters), 2),
        "town": (_texts([places[place] for place in order]), 1),
        "indicator": (_texts([names[place] for place in columns]), 3),
    }
    table = {name: _spread(entries, axis, shape) for name, (entries, axis) in axes.items()}
    table["value"] = np.concatenate([block.ravel() for block in values])
    table["unit"] = _spread(_texts([INDICATORS[place].unit for place in columns]), 3, shape)
    return table


def _texts(words: list[str]) -> Any:
    return np.array(words, dtype=object)


def _spread(entries: Any, axis: int, shape: tuple[int, ...]) -> Any:
    """One entry a row of the table, from one entry a place along an axis."""
    place = [1] * len(shape)
    place[axis] = len(entries)
    return np.broadcast_to(entries.reshape(place), shape).ravel()
