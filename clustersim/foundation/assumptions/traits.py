"""What a synthetic firm is like: technique, hazards, money and age."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Traits:
    """What a synthetic firm is like: technique, hazards, money and age."""

    # Technique
    productivity_spread: float = lever(
        0.3, unit="log", low=0.1, high=0.6, standing=ESTIMATE,
        source="reasoned", en="spread of productivity within a sector", zh="生产率离散",
    )  # fmt: skip
    productivity_space: float = lever(
        0.6, unit="", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="how much less space a productive firm uses, in logs", zh="生产率对用地的节约",
    )  # fmt: skip
    labour_spread: float = lever(
        0.35, unit="log", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="spread of workers per yuan", zh="劳动强度离散",
    )  # fmt: skip
    labour_productivity: float = lever(
        0.5, unit="", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="how many fewer workers a productive firm uses, in logs", zh="生产率对用工的节约",
    )  # fmt: skip
    electricity_spread: float = lever(
        0.4, unit="log", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="spread of electricity per yuan", zh="用电强度离散",
    )  # fmt: skip
    electricity_productivity: float = lever(
        0.5, unit="", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="how much less electricity a productive firm uses, in logs", zh="生产率对用电的节约",
    )  # fmt: skip
    emission_productivity: float = lever(
        1.5, unit="", low=0.0, high=3.0, standing=ESTIMATE,
        source="emissions per yuan of the least against the most productive tenth: 3-8 times",
        en="how much less a productive firm emits, in logs", zh="生产率对排放的影响",
    )  # fmt: skip
    emission_spread: float = lever(
        0.2, unit="log", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="spread of emissions per yuan", zh="排放强度离散",
    )  # fmt: skip

    # Hazards and marks
    hazard_level: float = lever(
        0.34, unit="0 to 1", low=0.1, high=0.7, standing=ESTIMATE,
        source="reasoned", en="hazard of a typical registered firm outside the villages", zh="典型企业隐患水平",
    )  # fmt: skip
    hazard_productivity: float = lever(
        1.2, unit="log odds", low=0.0, high=4.0, standing=ESTIMATE,
        source="reasoned", en="how hazards fall with productivity", zh="生产率对隐患的影响",
    )  # fmt: skip
    hazard_polluting: float = lever(
        0.4, unit="log odds", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="how much higher safety and environmental hazards are in polluting sectors",
        zh="污染行业隐患增量",
    )  # fmt: skip
    hazard_size: float = lever(
        0.15, unit="log odds", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="how hazards fall with log revenue", zh="规模对隐患的影响",
    )  # fmt: skip
    hazard_village: float = lever(
        0.3, unit="log odds", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="how much higher safety and fire hazards are on village land", zh="村庄用地隐患增量",
    )  # fmt: skip
    hazard_spread: float = lever(
        0.6, unit="log odds", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="spread of hazards among like firms", zh="隐患离散",
    )  # fmt: skip
    premises_village: float = lever(
        0.3, unit="of firms", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="firms in illegal premises on village land", zh="村庄用地违法场所比例",
    )  # fmt: skip
    premises_elsewhere: float = lever(
        0.04, unit="of firms", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="firms in illegal premises elsewhere, parks aside", zh="其他用地违法场所比例",
    )  # fmt: skip
    unlicensed_village: float = lever(
        0.2, unit="of workshops", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="workshops without a licence on village land", zh="村庄个体户无照比例",
    )  # fmt: skip
    unlicensed_elsewhere: float = lever(
        0.04, unit="of workshops", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="workshops without a licence elsewhere, parks aside", zh="其他个体户无照比例",
    )  # fmt: skip
    outdated_share: float = lever(
        0.06, unit="of firms", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="firms with outdated capacity at mean productivity", zh="落后产能企业比例",
    )  # fmt: skip
    outdated_productivity: float = lever(
        3.0, unit="log odds", low=0.0, high=8.0, standing=ESTIMATE,
        source="reasoned", en="how outdated capacity falls with productivity", zh="生产率对落后产能的影响",
    )  # fmt: skip

    # Money
    margin_spread: float = lever(
        0.05, unit="of revenue", low=0.0, high=0.15, standing=ESTIMATE,
        source="reasoned: about one firm in six makes a loss", en="spread of profit margins of firms of median size",
        zh="利润率离散",
    )  # fmt: skip
    margin_productivity: float = lever(
        0.08, unit="of revenue", low=0.0, high=0.3, standing=ESTIMATE,
        source="reasoned", en="how the margin rises with productivity", zh="生产率对利润率的影响",
    )  # fmt: skip
    opening_land_tax: float = lever(
        6.0, unit="yuan/m2 a year", low=0.6, high=12.0, standing=ESTIMATE,
        source="statutory county band 0.6-12", en="land-use tax that the known margins are net of",
        zh="利润率口径内土地使用税",
    )  # fmt: skip
    opening_discharge: float = lever(
        0.003, unit="of revenue", low=0.0, high=0.02, standing=ESTIMATE,
        source="reasoned", en="discharge charge of polluting sectors that the known margins are net of",
        zh="利润率口径内排污费",
    )  # fmt: skip
    research_above: float = lever(
        0.025, unit="of revenue", low=0.0, high=0.1, standing=SOURCED,
        source="Huangyan: base value of above-scale firms 3.0 %", en="research spending of above-scale firms",
        zh="规上研发投入占比",
    )  # fmt: skip
    research_below: float = lever(
        0.005, unit="of revenue", low=0.0, high=0.05, standing=ESTIMATE,
        source="reasoned", en="research spending of registered below-scale firms", zh="规下研发投入占比",
    )  # fmt: skip
    cash_low: float = lever(
        0.05, unit="years of revenue", low=0.0, high=0.2, standing=ESTIMATE,
        source="reasoned", en="least cash at the start", zh="期初现金下限",
    )  # fmt: skip
    cash_high: float = lever(
        0.15, unit="years of revenue", low=0.05, high=0.5, standing=ESTIMATE,
        source="reasoned", en="most cash at the start", zh="期初现金上限",
    )  # fmt: skip

    # Age and belief
    exit_first_year: float = lever(
        0.016, unit="a year", low=0.0, high=0.2, standing=SOURCED,
        source="national registry 2013", en="chance of exit in the first year of life", zh="第一年退出率",
    )  # fmt: skip
    exit_second_year: float = lever(
        0.063, unit="a year", low=0.0, high=0.2, standing=SOURCED,
        source="national registry 2013", en="chance of exit in the second year", zh="第二年退出率",
    )  # fmt: skip
    exit_third_year: float = lever(
        0.095, unit="a year", low=0.0, high=0.2, standing=SOURCED,
        source="national registry 2013", en="chance of exit in the third year, the peak", zh="第三年退出率",
    )  # fmt: skip
    exit_to_seventh_year: float = lever(
        0.082, unit="a year", low=0.0, high=0.2, standing=SOURCED,
        source="national registry 2013: above 8 %", en="chance of exit in the fourth to the seventh year",
        zh="第四至七年退出率",
    )  # fmt: skip
    exit_fade: float = lever(
        0.93, unit="", low=0.5, high=1.0, standing=ESTIMATE,
        source="national registry 2013: falling after the seventh year",
        en="chance of exit over that of the year before, from the eighth year on", zh="第八年后退出率衰减",
    )  # fmt: skip
    oldest_firm: int = lever(
        35, unit="years", low=10, high=60, standing=ESTIMATE,
        source="reasoned: private industry began in the 1980s", en="age of the oldest firms", zh="最长企业年龄",
    )  # fmt: skip
    opening_belief: float = lever(
        0.02, unit="a quarter", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="chance of a visit that firms reckon with at the start", zh="期初受检预期",
    )  # fmt: skip
