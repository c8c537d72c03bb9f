"""The totals of the full city that a synthetic one is scaled to."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from clustersim.world.datafiles import DataError, Field, path_of, read


class Totals(NamedTuple):
    """Totals of the full city, from `city_totals.csv`."""

    above_scale_firms: float
    above_scale_land: float  # mu
    industrial_land: float  # mu, blocks and parks included
    jobs: float
    electricity: float  # kWh a year
    park_floor: float  # m2
    blocks: int
    block_land: float  # mu
    urban_area: float  # km2 inside the urban development boundary
    planned_area: float  # km2 of planned zones


_NAMES: Final = {
    "above_scale_firms": ("above_scale_firms", 1.0),
    "above_scale_land_mu": ("above_scale_land", 1.0),
    "industrial_land_mu_total": ("industrial_land", 1.0),
    "manufacturing_employment": ("jobs", 1.0),
    "industrial_electricity_100m_kwh": ("electricity", 1e8),
    "small_park_floor_target_m2": ("park_floor", 1.0),
    "industrial_blocks": ("blocks", 1.0),
    "industrial_block_land_mu": ("block_land", 1.0),
    "urban_boundary_km2": ("urban_area", 1.0),
    "planned_zones_km2": ("planned_area", 1.0),
}


def load(data: Path | None = None) -> Totals:
    """Read the totals.

    >>> load().blocks, load().industrial_land
    (74, 75000.0)
    """
    name = "city_totals.csv"
    table = read(name, (Field("variable", choices=tuple(_NAMES)), Field("value", float, 1.0, 1e12)), data)
    found = dict(zip(table["variable"], table["value"], strict=True))
    missing = [one for one in _NAMES if one not in found]
    if missing:
        raise DataError(f"{path_of(name, data)}:1: variable: a row for {missing[0]} is missing")
    values = {ours: found[theirs] * unit for theirs, (ours, unit) in _NAMES.items()}
    if values["above_scale_land"] + values["block_land"] >= values["industrial_land"]:
        raise DataError(
            f"{path_of(name, data)}:1: value: above-scale land and blocks must leave industrial land to others"
        )
    return Totals(**{**values, "blocks": int(values["blocks"])})
