"""What a grading needs of levers and assumptions, in plain scalars for its sweeps."""

from __future__ import annotations

from typing import Final, NamedTuple

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import CENTIMU
from clustersim.letter.grading.levers import Levers

_YEAR: Final = 4


class ScoreTerms(NamedTuple):
    """Weights, caps, penalties and lines of the evaluation of a year."""

    weight_tax: float
    weight_value_added: float
    weight_energy: float
    weight_emission: float
    weight_labour: float
    weight_research: float
    weight_below_land: float
    weight_below_energy: float
    cap: float
    sublet_first_above: float
    sublet_first_below: float
    sublet_more: float
    value_added: float  # of revenue
    above_scale_line: float  # yuan a year
    large_plot: int  # 0.01 mu
    new_firm_quarters: int
    park_quarters: int
    direct_d_severity: float
    top_up_share: float


def score_terms(levers: Levers, assumptions: Assumptions) -> ScoreTerms:
    """Gather them."""
    return ScoreTerms(
        weight_tax=float(levers.weight_tax),
        weight_value_added=float(levers.weight_value_added),
        weight_energy=float(levers.weight_energy),
        weight_emission=float(levers.weight_emission),
        weight_labour=float(levers.weight_labour),
        weight_research=float(levers.weight_research),
        weight_below_land=float(levers.weight_below_land),
        weight_below_energy=float(levers.weight_below_energy),
        cap=float(levers.points_cap),
        sublet_first_above=float(levers.sublet_first_above),
        sublet_first_below=float(levers.sublet_first_below),
        sublet_more=float(levers.sublet_more),
        value_added=float(assumptions.value_added_share),
        above_scale_line=float(assumptions.above_scale_line),
        large_plot=round(levers.large_plot_mu * CENTIMU),
        new_firm_quarters=round(levers.new_firm_years * _YEAR),
        park_quarters=round(levers.park_years * _YEAR),
        direct_d_severity=float(levers.direct_d_severity),
        top_up_share=float(assumptions.top_up_share if levers.consequences else 0.0),
    )
