"""Green 绿色集约: output against land, power and emissions, each compared with 2021Q2.

The index is the geometric mean of x / (x + x of 2021Q2) for value added per mu, value added per kWh and the inverse
of emissions per value added: 0.5 when nothing has changed, whatever the units, and 0.5 all through the history, which
has nothing to be compared with. Value added is this quarter's revenue a year at reference prices times its share.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule
from clustersim.foundation.mathematics import power
from clustersim.indicators import tallies as of
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, ratio
from clustersim.indicators.tallies import FINE
from clustersim.world.columns import Floats
from clustersim.world.tables import World

INDICATORS: Final = (
    Indicator("green", "0 to 1", "index", "绿色集约指数", "Green index",
              "value added per mu, per kWh and per emission, each against 2021Q2; 0.5 is 2021Q2", 1),
    Indicator("value_added_yuan", "yuan a year", "stock", "增加值", "Value added",
              "revenue a year at reference prices, times its share of value added", 1),
    Indicator("electricity_kwh", "kWh a year", "stock", "用电量", "Electricity used", "at reference prices", -1),
    Indicator("value_added_per_mu", "yuan/mu", "ratio", "亩均增加值", "Value added per mu",
              "over land in industrial use, village land included", 1),
    Indicator("value_added_per_kwh", "yuan/kWh", "ratio", "度电增加值", "Value added per kWh", "", 1),
    Indicator("value_added_per_worker", "yuan", "ratio", "人均增加值", "Value added per worker", "", 1),
    Indicator("emissions_per_value_added", "index/yuan", "ratio", "单位增加值排放", "Emissions per value added",
              "emission index of firms over their value added", -1),
    Indicator("tax_per_mu", "yuan/mu", "ratio", "亩均税收", "Tax per mu",
              "taxes at their usual share, export rebate aside, over land in industrial use", 1),
    Indicator("above_scale_land_mu", "mu", "area", "规上企业用地", "Land of above-scale firms",
              "plots they own, and what they use of others'"),
    Indicator("above_scale_tax_per_mu", "yuan/mu", "ratio", "规上亩均税收", "Tax per mu, above scale",
              "without the export rebate: what the evaluation starts from", 1),
    Indicator("above_scale_tax_per_mu_with_rebate", "yuan/mu", "ratio", "规上亩均税收(含出口退税)",
              "Tax per mu with export rebate, above scale", "", 1),
    Indicator("above_scale_value_added_per_mu", "yuan/mu", "ratio", "规上亩均增加值",
              "Value added per mu, above scale", "", 1),
    Indicator("above_scale_output_share", "share", "ratio", "规上产出占比", "Above-scale share of output", ""),
)  # fmt: skip


@rule
def against_base(now: float, base: float) -> float:
    """x / (x + base): 0.5 when they are equal, 0 when there is nothing.

    >>> against_base(3.0, 3.0), against_base(3.0, 1.0), against_base(0.0, 0.0)
    (0.5, 0.75, 0.0)
    """
    return now / (now + base) if now > 0.0 else 0.0


@rule
def green_index(
    per_mu: float, per_kwh: float, emissions: float, base_mu: float, base_kwh: float, base_e: float
) -> float:
    """Geometric mean of the three comparisons; without firms (no value added) it is 0.

    Emissions count inversely: e0 / (e + e0) is x / (x + x0) with x = 1 / e. Where neither emits it is 0.5.
    """
    cleaner = base_e / (emissions + base_e) if emissions + base_e > 0.0 else 0.5
    product = against_base(per_mu, base_mu) * against_base(per_kwh, base_kwh) * cleaner
    if product <= 0.0:
        return 0.0
    root = power(product, 1.0 / 3.0)
    return root - (root * root * root - product) / (3.0 * root * root)  # a Newton step, so that 0.5 stays 0.5


def green_ratios(census: Census, assumptions: Assumptions, land_mu: Floats) -> Floats:
    """[town + 1, 3] value added per mu, value added per kWh, emissions per value added."""
    sums = census.sums
    value_added = 0.01 * assumptions.value_added_share * sums[:, of.SALES]
    return np.stack([
        ratio(value_added, land_mu),
        ratio(value_added, sums[:, of.KWH]),
        ratio(0.01 * sums[:, of.EMISSIONS], value_added),
    ], axis=1)  # fmt: skip


def measure_green(world: World, census: Census, assumptions: Assumptions, land_mu: Floats) -> Columns:
    """The index, its ratios, and the per-mu figures that the published targets name."""
    ratios = green_ratios(census, assumptions, land_mu)
    base = world.city.base_green
    if base[-1, 0] <= 0.0:
        base = ratios
    sums, share = census.sums, assumptions.value_added_share
    value_added = 0.01 * share * sums[:, of.SALES]
    above = 0.01 * share * sums[:, of.SALES_ABOVE]
    above_land = sums[:, of.ABOVE_LAND] / FINE
    above_tax = ratio(assumptions.tax_share_above * above, above_land)
    tax = assumptions.tax_share_above * above + assumptions.tax_share_below * (value_added - above)
    return {
        "green": np.array([green_index(*now, *then) for now, then in zip(ratios.tolist(), base.tolist(), strict=True)]),
        "value_added_yuan": value_added,
        "electricity_kwh": sums[:, of.KWH].astype(np.float64),
        "value_added_per_mu": ratios[:, 0],
        "value_added_per_kwh": ratios[:, 1],
        "value_added_per_worker": ratio(value_added, 1e-6 * sums[:, of.JOBS]),
        "emissions_per_value_added": ratios[:, 2],
        "tax_per_mu": ratio(tax, land_mu),
        "above_scale_land_mu": above_land,
        "above_scale_tax_per_mu": above_tax,
        "above_scale_tax_per_mu_with_rebate": above_tax / (1.0 - assumptions.export_rebate_share),
        "above_scale_value_added_per_mu": ratio(above, above_land),
        "above_scale_output_share": ratio(above, value_added),
    }
