"""The levers of the per-mu evaluation, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import DERIVED, ESTIMATE, SOURCED, Plain, lever

CLAUSES: Final = ("4.1", "4.7")
QUOTA: Final = "quota"
THRESHOLD: Final = "threshold"
_WEIGHTS: Final = "黄岩区 2022年度评价 得分计算说明 (2023-09-25): 30/20/20/10/10/10"
_BELOW: Final = "黄岩区 2022年度评价 得分计算说明 (2023-09-25): 50/50"
_QUOTAS: Final = "温岭 工业园区/开发区 绩效评价办法 (2022)"


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 4.1 and 4.7."""

    # 4.1 the score
    consequences: bool = lever(
        True, clause="4.1", standing=SOURCED, source="clause 4.1: 实行要素资源差别化配置",
        en="grades decide terms; otherwise scores are computed without consequences", zh="评价结果应用",
    )  # fmt: skip
    weight_tax: float = lever(
        30.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of tax per mu, above scale", zh="规上亩均税收权重",
    )  # fmt: skip
    weight_value_added: float = lever(
        20.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of value added per mu, above scale", zh="规上亩均增加值权重",
    )  # fmt: skip
    weight_energy: float = lever(
        20.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of value added per energy, above scale", zh="规上单位能耗增加值权重",
    )  # fmt: skip
    weight_emission: float = lever(
        10.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of value added per emission, above scale", zh="规上单位排放增加值权重",
    )  # fmt: skip
    weight_labour: float = lever(
        10.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of value added per worker, above scale", zh="规上全员劳动生产率权重",
    )  # fmt: skip
    weight_research: float = lever(
        10.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_WEIGHTS,
        en="weight of research spending over revenue, above scale", zh="规上研发投入权重",
    )  # fmt: skip
    weight_below_land: float = lever(
        50.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_BELOW,
        en="weight of tax per mu, below scale", zh="规下亩均税收权重",
    )  # fmt: skip
    weight_below_energy: float = lever(
        50.0, unit="points", low=0.0, high=100.0, clause="4.1", standing=SOURCED, source=_BELOW,
        en="weight of tax per kWh, below scale", zh="规下度电税收权重",
    )  # fmt: skip
    points_cap: float = lever(
        1.5, unit="times the weight", low=1.0, high=3.0, clause="4.1", standing=SOURCED,
        source="乐政发〔2016〕27号: at most 1.5 of a weight", en="most points of one measure over its weight",
        zh="单项得分上限倍数",
    )  # fmt: skip
    sublet_first_below: float = lever(
        10.0, unit="points", low=0.0, high=30.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="points a below-scale owner loses for its first below-scale tenant", zh="规下首户转租扣分",
    )  # fmt: skip
    sublet_first_above: float = lever(
        0.0, unit="points", low=0.0, high=30.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="points an above-scale owner loses for its first below-scale tenant", zh="规上首户转租扣分",
    )  # fmt: skip
    sublet_more: float = lever(
        5.0, unit="points", low=0.0, high=30.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="points an owner loses for every further below-scale tenant", zh="转租每增一户扣分",
    )  # fmt: skip
    # 4.1 from score to grade
    mode: str = lever(
        QUOTA, choices=(QUOTA, THRESHOLD), clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="grades by shares of each pool, or by fixed scores", zh="分档方式",
    )  # fmt: skip
    quota_above_a: float = lever(
        0.20, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade A, above scale", zh="规上A档比例",
    )  # fmt: skip
    quota_above_b: float = lever(
        0.60, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade B, above scale", zh="规上B档比例",
    )  # fmt: skip
    quota_above_c: float = lever(
        0.15, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade C, above scale; the rest is D", zh="规上C档比例",
    )  # fmt: skip
    quota_below_a: float = lever(
        0.05, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade A, below scale", zh="规下A档比例",
    )  # fmt: skip
    quota_below_b: float = lever(
        0.70, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade B, below scale", zh="规下B档比例",
    )  # fmt: skip
    quota_below_c: float = lever(
        0.20, unit="of the pool", low=0.0, high=1.0, clause="4.1", standing=SOURCED, source=_QUOTAS,
        en="share of grade C, below scale; the rest is D", zh="规下C档比例",
    )  # fmt: skip
    line_a: float = lever(
        120.0, unit="points", low=0.0, high=150.0, clause="4.1", standing=ESTIMATE, source="reasoned",
        en="least score of grade A in threshold mode", zh="A档分数线",
    )  # fmt: skip
    line_b: float = lever(
        60.0, unit="points", low=0.0, high=150.0, clause="4.1", standing=ESTIMATE, source="reasoned",
        en="least score of grade B in threshold mode", zh="B档分数线",
    )  # fmt: skip
    line_c: float = lever(
        35.0, unit="points", low=0.0, high=150.0, clause="4.1", standing=ESTIMATE, source="reasoned",
        en="least score of grade C in threshold mode", zh="C档分数线",
    )  # fmt: skip
    large_plot_mu: float = lever(
        3.0, unit="mu", low=0.5, high=20.0, clause="4.1", standing=SOURCED,
        source="慈溪 2024年度评价公告 (2025-08-08): below-scale firms with 3 mu or more, with less, tenants",
        en="land from which a below-scale owner is ranked with the large plots", zh="规下用地分组线",
    )  # fmt: skip
    new_firm_years: float = lever(
        2.0, unit="years", low=0.0, high=5.0, clause="4.1", standing=SOURCED,
        source="江山市 亩均效益综合评价办法 2023 (征求意见稿)", en="years before a new firm is graded",
        zh="新设企业免评年限",
    )  # fmt: skip
    park_years: float = lever(
        3.0, unit="years", low=0.0, high=5.0, clause="4.1", standing=SOURCED,
        source="江山市 亩均效益综合评价办法 2023 (征求意见稿); Zhejiang parks: three years of transition",
        en="years before a firm that moved into a park is graded again", zh="入园企业过渡年限",
    )  # fmt: skip
    direct_d_severity: float = lever(
        0.85, unit="0 to 1", low=0.0, high=1.0, clause="4.1", standing=ESTIMATE,
        source="reasoned: one-vote-down lists of neighbours",
        en="severity of a registered case from which a firm is D; 1 is never",
        zh="一票否决案件严重程度",
    )  # fmt: skip
    # 4.7 improvement orders
    orders_a_year: float = lever(
        220.0, unit="firms a year", low=0.0, high=20000.0, clause="4.7", standing=DERIVED,
        source="观海卫镇2023工作总结 24, 宗汉街道2023目标 20 高耗低效, over their 20 % of the city's firms",
        en="improvement orders a year, worst first", zh="每年提升通知数",
    )  # fmt: skip
    low_efficiency_line: float = lever(
        40_000.0, unit="yuan/mu a year", low=0.0, high=200_000.0, clause="4.7", standing=SOURCED,
        source="浙江日报 镇海 2022-12-21: 3 mu or more with tax under 40,000 yuan a mu",
        en="tax per mu under which a plot counts as low-efficiency", zh="低效用地亩均税收线",
    )  # fmt: skip
    low_efficiency_mu: float = lever(
        3.0, unit="mu", low=0.0, high=20.0, clause="4.7", standing=SOURCED,
        source="浙江日报 镇海 2022-12-21", en="land from which that line applies", zh="低效用地面积线",
    )  # fmt: skip
    order_years: float = lever(
        2.0, unit="years", low=0.5, high=5.0, clause="4.7", standing=ESTIMATE, source="model notes section 5",
        en="years an improvement order allows", zh="提升期限",
    )  # fmt: skip
    order_relief: float = lever(
        0.10, unit="of the cost", low=0.0, high=0.5, clause="4.7", standing=ESTIMATE,
        source="reasoned: as the diagnosis of clause 3.9",
        en="share of the cost of an upgrade that help under an order saves",
        zh="提升辅导节约技改成本",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "4.1": {"consequences": False, "orders_a_year": 0.0},  # 4.7 falls away with it
    "4.7": {"orders_a_year": 0.0},
}


def problems(levers: Levers) -> list[str]:
    """What does not fit together among the levers of this home, one line each."""
    found = []
    for scale in ("above", "below"):
        total = sum(getattr(levers, f"quota_{scale}_{grade}") for grade in "abc")
        if total > 1.0 + 1e-9:
            found.append(f"grading.quota_{scale}_a, _b and _c sum to {total:g}; at most 1 is allowed")
    above = (
        levers.weight_tax, levers.weight_value_added, levers.weight_energy, levers.weight_emission,
        levers.weight_labour, levers.weight_research,
    )  # fmt: skip
    if sum(above) <= 0.0:
        found.append("grading.weight_tax to weight_research are all 0; one above 0 is needed")
    if levers.weight_below_land + levers.weight_below_energy <= 0.0:
        found.append("grading.weight_below_land and weight_below_energy are both 0; one above 0 is needed")
    if not levers.line_a >= levers.line_b >= levers.line_c:
        found.append("grading.line_a, line_b and line_c must not rise from A to C")
    return found
