"""The headlines of a policy: the five indices and every promised indicator at the horizon, flows summed since 2021Q3.

>>> len(HEADLINES), HEADLINES[:2], "exited" in HEADLINES
(38, ('space', 'clusters'), True)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from clustersim.indicators import INDICATORS, INDICES, PLACE, Measures
from clustersim.world.columns import Floats


def is_summed(name: str) -> bool:
    """Whether an indicator is a flow, told as its sum over the policy quarters."""
    return INDICATORS[PLACE[name]].kind in ("flow", "money")


def is_share(name: str) -> bool:
    """Whether an indicator lies between 0 and 1."""
    return INDICATORS[PLACE[name]].unit in ("0 to 1", "share")


HEADLINES: Final = (
    *INDICES,
    "firms", "jobs", "entered", "exited", "exited_choice", "exited_default", "exited_closure", "exited_clearance",
    "exited_licence", "exited_left", "rectified", "expanded", "upgraded", "moved", "in_parks", "park_floor_m2",
    "park_free_m2", "industrial_land_mu", "scattered_land_mu", "value_added_per_mu", "tax_per_mu",
    "value_added_per_kwh", "noncompliant_share", "cases_open", "subsidy_yuan", "surcharge_yuan", "fines_yuan",
    "refund_yuan", "compensation_yuan", "grade_a", "grade_b", "grade_c", "grade_d",
)  # fmt: skip
_ABOUT: Final = [INDICATORS[PLACE[name]] for name in HEADLINES]
_COLUMNS: Final = np.array([PLACE[name] for name in HEADLINES])
SUMMED: Final = np.array([is_summed(name) for name in HEADLINES])  # over the policy quarters
SHARES: Final = np.array([is_share(name) for name in HEADLINES])  # told in points, not in per cent
UNITS: Final = tuple(one.unit for one in _ABOUT)


def headlines_of(measures: Sequence[Measures]) -> Floats:
    """[town + 1, headline] of the policy quarters of one life; the city last."""
    return at_horizon(np.stack([one.values[:, _COLUMNS] for one in measures]))


def at_horizon(values: Floats, names: Sequence[str] = HEADLINES) -> Floats:
    """[..., name] out of [quarter, ..., name]: flows summed, the rest as it stands in the last quarter."""
    found: Floats = np.where([is_summed(name) for name in names], values.sum(axis=0), values[-1])
    return found
