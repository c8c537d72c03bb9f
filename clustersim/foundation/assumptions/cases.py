"""Visits, cases and hazards: what the letter leaves to practice."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Cases:
    """Visits, cases and hazards: what the letter leaves to practice."""

    # Cases
    fine: float = lever(
        88000.0, unit="yuan", low=20000.0, high=1000000.0, standing=SOURCED,
        source="mean environmental fine, China 2021", en="fine of an overdue case", zh="平均罚款",
    )  # fmt: skip
    cure_days: float = lever(
        45.0, unit="days", low=20.0, high=120.0, standing=ESTIMATE,
        source="notice-to-close of about eight weeks", en="median days to cure a violation", zh="整改中位天数",
    )  # fmt: skip
    cure_spread: float = lever(
        0.6, unit="log days", low=0.2, high=1.2, standing=ESTIMATE,
        source="reasoned", en="spread of the days to cure", zh="整改天数离散",
    )  # fmt: skip
    relapse: float = lever(
        0.04, unit="a year", low=0.0, high=0.15, standing=SOURCED,
        source="Longshan 2013-14: 2 of 49", en="relapse of cured firms", zh="复发率",
    )  # fmt: skip
    background_inspection: float = lever(
        0.25, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="model notes section 2", en="ordinary inspection over the capacity of the letter",
        zh="日常检查能力占比",
    )  # fmt: skip
    licence_years: int = lever(
        5, unit="years", low=3, high=10, standing=ESTIMATE,
        source="reasoned", en="years of a licence", zh="许可年限",
    )  # fmt: skip

    # Inspection
    perceived_gain_alone: float = lever(
        0.7, unit="", low=0.3, high=1.0, standing=ESTIMATE,
        source="model notes section 6",
        en="share of the gain of an upgrade that a firm believes in without a model firm near it",
        zh="无示范企业时感知增益占比",
    )  # fmt: skip
    self_inspection_effect: float = lever(
        0.01, unit="a quarter", low=0.0, high=0.05, standing=ESTIMATE,
        source="reasoned", en="share by which self-inspection lowers safety and fire hazards", zh="自查降低隐患比例",
    )  # fmt: skip
    rectified_level: float = lever(
        0.8, unit="of the standard", low=0.3, high=1.0, standing=ESTIMATE,
        source="reasoned", en="hazard after rectifying over its standard", zh="整改后隐患与标准之比",
    )  # fmt: skip
    campaign_mask: float = lever(
        0.35, unit="", low=0.0, high=0.7, standing=ESTIMATE,
        source="model notes section 6", en="share of hazards hidden while a campaign lasts",
        zh="运动式检查期间隐患遮蔽比例",
    )  # fmt: skip
    mark_severity: float = lever(
        0.5, unit="", low=0.1, high=1.0, standing=ESTIMATE,
        source="reasoned", en="severity of illegal premises, a missing licence or outdated capacity",
        zh="违法场所等的严重程度",
    )  # fmt: skip
    fine_severity: float = lever(
        0.5, unit="", low=0.1, high=1.0, standing=ESTIMATE,
        source="reasoned", en="severity at which the fine is the mean one", zh="平均罚款对应的严重程度",
    )  # fmt: skip
    ordinary_fine_chance: float = lever(
        0.15, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="chance of a fine when a violation is found but no case is opened",
        zh="未立案问题被罚概率",
    )  # fmt: skip
    belief_own_visit: float = lever(
        0.3, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="jump of the belief about inspection after a visit of its own", zh="自身受检后预期上调",
    )  # fmt: skip
    relapse_excess: float = lever(
        0.1, unit="0 to 1", low=0.01, high=0.4, standing=ESTIMATE,
        source="reasoned", en="hazard of a relapsed firm above its standard", zh="复发企业超标幅度",
    )  # fmt: skip
    visit_cost: float = lever(
        500.0, unit="yuan", low=0.0, high=5000.0, standing=ESTIMATE,
        source="reasoned", en="what a visit costs the city", zh="每次检查成本",
    )  # fmt: skip
    survey_cost: float = lever(
        150.0, unit="yuan", low=0.0, high=2000.0, standing=ESTIMATE,
        source="reasoned", en="what surveying a firm costs the city", zh="每户排查成本",
    )  # fmt: skip
    diagnosis_cost: float = lever(
        10000.0, unit="yuan", low=0.0, high=100000.0, standing=ESTIMATE,
        source="reasoned", en="what the diagnosis of an upgrading firm costs the city", zh="每户诊断成本",
    )  # fmt: skip
    model_recent_quarters: int = lever(
        8, unit="quarters", low=1, high=40, standing=ESTIMATE,
        source="reasoned", en="quarters since the upgrade within which a firm may become a model firm",
        zh="示范企业技改时限",
    )  # fmt: skip
