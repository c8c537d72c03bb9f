"""The published targets, what each asks for in a quarter, and how far simulated paths get.

A published target grows at a yearly rate from a base year and is stated in the yuan of its day. The model reckons in
yuan of 2020: the target is brought there with the nominal drift, an estimate, so that the share of the gap that drift
alone closes is always told with it. A target of the user's own is the indicator's value in its quarter (of a flow: what
flows in that quarter), in its own unit: at least that much, or at most where less of the indicator is better.

>>> tax = PUBLISHED[0]
>>> round(tax.level(Quarter(2018, 4), drift=0.0)), round(tax.level(Quarter(2025, 4), drift=0.0))
(400000, 642313)
>>> round(tax.level(Quarter(2025, 4), drift=0.06))
479973
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from clustersim.foundation.levers import DERIVED, SOURCED, Standing
from clustersim.foundation.mathematics import power
from clustersim.foundation.words import Quarter
from clustersim.indicators.catalogue import INDICATORS, PLACE
from clustersim.scenario import ScenarioError
from clustersim.scenario import Target as OwnTarget
from clustersim.scenario.errors import did_you_mean
from clustersim.world.columns import Floats

MONEY_YEAR: Final = 2020  # the model's yuan are those of this year
ENOUGH_SEEDS: Final = 20  # below, a share of seeds says too little to be called a chance

_TEN_THOUSAND: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Target:
    """A level that an indicator should reach: `base` in the base year, growing at a yearly rate."""

    name: str
    indicator: str
    base: float  # in the unit of the indicator
    base_year: int
    growth: float  # a year
    in_current_yuan: bool  # else already in the model's own unit
    base_standing: Standing | str
    growth_standing: Standing | str
    source: str
    zh: str
    en: str
    scope: tuple[str, str] = ("", "")  # zh, en
    due: Quarter | None = None  # None: at the horizon of the run

    def level(self, quarter: Quarter, drift: float) -> float:
        """What is asked for at the end of a quarter, in the indicator's unit (money: yuan of 2020)."""
        grown = self.base * power(1.0 + self.growth, (quarter - Quarter(self.base_year, 4)) / 4.0)
        return grown / self.inflated(quarter, drift)

    def inflated(self, quarter: Quarter, drift: float) -> float:
        """Yuan of the quarter to one yuan of 2020; 1 for what is not in current yuan."""
        return float(power(1.0 + drift, (quarter - Quarter(MONEY_YEAR, 4)) / 4.0)) if self.in_current_yuan else 1.0

    @property
    def at_most(self) -> bool:
        """Whether less is better: the target is met at or below its level, not at or above it."""
        return INDICATORS[PLACE[self.indicator]].better < 0

    def lacking(self, levels: Floats, wanted: float) -> Floats:
        """What is missing as a share of what is wanted (in the indicator's unit if that is 0); 0 or less: it is met.

        >>> (own,) = own_targets({"noncompliant_share": OwnTarget(0.2)})
        >>> own.at_most, own.lacking(np.array([0.3, 0.1]), 0.2).round(3).tolist()
        (True, [0.5, -0.5])
        """
        missing: Floats = (levels - wanted if self.at_most else wanted - levels) / (abs(wanted) or 1.0)
        return missing


_SCOPE: Final = ("规上企业，17个镇街道", "above-scale firms of the 17 towns")
_TAX: Final = "慈溪市推进制造业高质量发展实施方案2020-22: tax per mu +7 % a year, carried on to the horizon"
_BASE: Final = "慈溪日报 亩产英雄500强, 2020-01-15, figures of 2018"

PUBLISHED: Final[tuple[Target, ...]] = (
    Target("tax_per_mu_with_rebate", "above_scale_tax_per_mu_with_rebate", 40.0 * _TEN_THOUSAND, 2018, 0.07, True,
           DERIVED, SOURCED, f"{_TAX}; base: {_BASE}", "规上亩均税收（含出口退税）",
           "Tax per mu, with export rebate", _SCOPE),
    Target("tax_per_mu", "above_scale_tax_per_mu", 24.0 * _TEN_THOUSAND, 2018, 0.07, True, DERIVED, SOURCED,
           f"{_TAX}; base: {_BASE}", "规上亩均税收（不含出口退税）", "Tax per mu, without export rebate", _SCOPE),
    Target("value_added_per_mu", "above_scale_value_added_per_mu", 105.0 * _TEN_THOUSAND, 2018, 0.055, True, DERIVED,
           SOURCED, f"慈溪市经信局2023年工作思路: value added per mu +5.5 % a year; base: {_BASE}", "规上亩均增加值",
           "Value added per mu", _SCOPE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterGoal:
    """A published size of an industry by 2025. It is not a sector of the model: level and scope only."""

    zh: str
    en: str
    yuan: float
    scope: tuple[str, str] = ("全市含前湾新区，产业口径与模型行业不同", "whole city with Qianwan; not the sectors here")
    standing: Standing = SOURCED
    source: str = "the 123 clusters, as quoted of the city's party secretary"


CLUSTER_GOALS: Final = (
    ClusterGoal("智能家电", "smart appliances", 100e9),
    ClusterGoal("关键基础件", "key components", 50e9),
    ClusterGoal("汽车零部件", "autos", 50e9),
    ClusterGoal("生命健康", "health", 10e9),
    ClusterGoal("高端装备", "equipment", 10e9),
    ClusterGoal("新材料", "new materials", 10e9),
)
UNKNOWN: Final = (
    "慈政办发〔2021〕31号中的全市量化目标未公开，这里不作假设；可在情景文件的 [targets] 中填入。",
    "The numeric goals of the city's own plan (document 31 of 2021) are not public and none is assumed: "
    "enter yours in the [targets] of a scenario file.",
)


def own_targets(targets: Mapping[str, OwnTarget]) -> tuple[Target, ...]:
    """The targets a scenario states, by indicator; ScenarioError names one for which there is no indicator.

    >>> own_targets({"grean": OwnTarget(0.6, where="mine.toml:4")})
    Traceback (most recent call last):
        ...
    clustersim.scenario.errors.ScenarioError: mine.toml:4: targets.grean: there is no such indicator. Did you mean \
'green'?
    """
    for name, one in targets.items():
        if name not in PLACE:
            close = did_you_mean(name, PLACE) or "; ODD.md lists them"
            raise ScenarioError(f"{one.where or 'scenario'}: targets.{name}: there is no such indicator{close}")
    about = {name: INDICATORS[PLACE[name]] for name in targets}
    return tuple(
        Target(f"own.{name}", name, one.value, one.quarter.year, 0.0, False, "given", "given", "scenario",
               about[name].zh, about[name].en, scope=("情景自设", "set by the scenario"), due=one.quarter)
        for name, one in targets.items()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """How far paths get: levels in the indicator's unit, shares as fractions."""

    target: Target
    quarter: Quarter  # when it is judged: its due quarter, or the last one simulated
    start: float  # at the end of the history, mean over seeds
    wanted: float
    level: float  # mean over seeds
    levels: tuple[float, ...]  # by seed
    drift_share: float | None  # of the gap in current yuan, closed when nothing real changes; None without such a gap
    probability: float | None  # None with fewer than ENOUGH_SEEDS seeds
    first: (
        Quarter | None
    )  # in which the mean over seeds first meets what is wanted then; the end of history if already there

    @property
    def gap(self) -> float:
        """What is missing, as a share of what is wanted; negative when it is exceeded."""
        return (self.wanted - self.level) / self.wanted if self.wanted else 0.0


def judged_in(target: Target, last: Quarter) -> Quarter:
    """The quarter in which a target is judged: when it is due, or the last one simulated."""
    return min(target.due, last) if target.due else last


def judge(target: Target, paths: Floats, start: Quarter, drift: float) -> Reached:
    """Hold `paths` [seed, quarter] of the target's indicator, from `start` (end of history) on, against the target.

    >>> paths = np.array([[400_000.0, 470_000.0, 490_000.0]])
    >>> own = Target("own", "taxes_yuan", 480_000.0, 2021, 0.0, False, "given", "given", "", "", "")
    >>> reached = judge(own, paths, Quarter(2021, 2), drift=0.06)
    >>> str(reached.first), round(reached.gap, 3), reached.probability, reached.drift_share
    ('2021Q4', -0.021, None, None)
    """
    end = judged_in(target, start + (paths.shape[1] - 1))
    paths = paths[:, : end - start + 1]
    wanted = target.level(end, drift)
    mean = paths.mean(axis=0)
    met = np.flatnonzero(target.lacking(mean, wanted) <= 0.0)
    return Reached(
        target=target,
        quarter=end,
        start=float(mean[0]),
        wanted=wanted,
        level=float(mean[-1]),
        levels=tuple(paths[:, -1].tolist()),
        drift_share=drift_share(target, float(mean[0]), start, end, drift),
        probability=float(np.mean(target.lacking(paths[:, -1], wanted) <= 0.0)) if len(paths) >= ENOUGH_SEEDS else None,
        first=start + int(met[0]) if len(met) else None,
    )


def drift_share(target: Target, level: float, start: Quarter, end: Quarter, drift: float) -> float | None:
    """Share of the gap in current yuan that closes by `end` when the level of `start` stays what it is in real terms.

    >>> drift_share(PUBLISHED[0], 400_000.0, Quarter(2020, 4), Quarter(2021, 4), 0.0)
    0.0
    """
    if not target.in_current_yuan:
        return None
    now = level * target.inflated(start, drift)
    later = level * target.inflated(end, drift)
    gap = target.level(end, drift) * target.inflated(end, drift) - now
    return (later - now) / gap if gap > 0.0 else None
