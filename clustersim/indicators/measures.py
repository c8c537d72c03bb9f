"""Measure a quarter: one census of the firms, then every indicator for the towns and the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import Quarter
from clustersim.indicators.catalogue import INDICATORS, PLACE
from clustersim.indicators.census import Census, take_census
from clustersim.indicators.clusters import measure_clusters
from clustersim.indicators.counts import measure_counts
from clustersim.indicators.factors import good_lines, measure_factors
from clustersim.indicators.functions import measure_functions
from clustersim.indicators.green import green_index, green_ratios, measure_green
from clustersim.indicators.indicator import Columns
from clustersim.indicators.money import measure_money
from clustersim.indicators.space import measure_space
from clustersim.world.columns import Floats
from clustersim.world.tables import World

GREEN_RATIOS = ("value_added_per_mu", "value_added_per_kwh", "emissions_per_value_added")


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured at the end of a quarter: `values` [town + 1, indicator], the city last, never NaN.

    A ratio with nothing to divide by (a town without firms) is 0.
    """

    quarter: Quarter
    values: Floats

    def value(self, name: str, town: int = -1) -> float:
        """One indicator of a town, or of the city."""
        return float(self.values[town, PLACE[name]])


def measure(world: World, assumptions: Assumptions) -> Measures:
    """Measure the city as it stands at the end of `world.quarter`, before the clock moves on."""
    columns = _columns(world, take_census(world, assumptions), assumptions)
    values = np.array([columns[one.name] for one in INDICATORS], np.float64).T.copy()
    return Measures(world.quarter, values)


def _columns(world: World, census: Census, assumptions: Assumptions) -> Columns:
    space = measure_space(world, census, assumptions)
    return {
        **space,
        **measure_clusters(world, census),
        **measure_factors(world, census, assumptions),
        **measure_functions(world, census, assumptions),
        **measure_green(world, census, assumptions, space["land_in_use_mu"]),
        **measure_counts(world, census),
        **measure_money(world),
    }


def set_base(world: World, assumptions: Assumptions, history: Sequence[Measures] = ()) -> None:
    """Keep the ratios of the green index and the lines of good use, once, at the end of 2021Q2.

    The green index of `history` is reckoned anew against that base, in place.
    """
    census = take_census(world, assumptions)
    land = measure_space(world, census, assumptions)["land_in_use_mu"]
    world.city.base_green[:] = green_ratios(census, assumptions, land)
    world.city.good_lines[:] = good_lines(world, census, assumptions)
    parts = [PLACE[name] for name in GREEN_RATIOS]
    for measures in history:
        for town, base in enumerate(world.city.base_green.tolist()):
            measures.values[town, PLACE["green"]] = green_index(*measures.values[town, parts].tolist(), *base)
