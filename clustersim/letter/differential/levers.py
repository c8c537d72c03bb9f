"""The levers of graded terms, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, SOURCED, Plain, lever

CLAUSES: Final = ("4.2", "4.3", "4.4", "4.5")
_RUIAN: Final = "瑞安日报 2022年度实施差别化电价管理企业名单公示"
_CIXI_2020: Final = "慈溪市推进产业高质量发展的政策意见 2020-05-07"


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 4.2 to 4.5. Budgets and numbers of firms are those of the full city."""

    # 4.2 land
    no_new_land_for_d: bool = lever(
        True, clause="4.2", standing=SOURCED, source="clause 4.2: 控制D档企业新增建设用地",
        en="firms of grade D get no new land", zh="D档不新增用地",
    )  # fmt: skip
    # 4.3 electricity
    surcharge_below_d: float = lever(
        0.30, unit="yuan/kWh", low=0.0, high=1.0, clause="4.3", standing=SOURCED, source=_RUIAN,
        en="surcharge for grade D below scale", zh="规下D档加价",
    )  # fmt: skip
    surcharge_below_c: float = lever(
        0.10, unit="yuan/kWh", low=0.0, high=1.0, clause="4.3", standing=SOURCED, source=_RUIAN,
        en="surcharge for grade C below scale", zh="规下C档加价",
    )  # fmt: skip
    surcharge_above_d: float = lever(
        0.10, unit="yuan/kWh", low=0.0, high=1.0, clause="4.3", standing=SOURCED, source=_RUIAN,
        en="surcharge for grade D above scale", zh="规上D档加价",
    )  # fmt: skip
    surcharge_above_c: float = lever(
        0.0, unit="yuan/kWh", low=0.0, high=1.0, clause="4.3", standing=SOURCED, source=_RUIAN + ": warning only",
        en="surcharge for grade C above scale", zh="规上C档加价",
    )  # fmt: skip
    exemption_kwh: float = lever(
        50_000.0, unit="kWh a year", low=0.0, high=1_000_000.0, clause="4.3", standing=SOURCED, source=_RUIAN,
        en="use below which no surcharge is charged", zh="免加价用电量",
    )  # fmt: skip
    cap_yuan: float = lever(
        500_000.0, unit="yuan a year", low=0.0, high=10_000_000.0, clause="4.3", standing=SOURCED, source=_RUIAN,
        en="most surcharge a firm pays, at a full year's charging", zh="加价封顶",
    )  # fmt: skip
    months: float = lever(
        7.0, unit="months a year", low=0.0, high=12.0, clause="4.3", standing=SOURCED,
        source=_RUIAN + ": December to June",
        en="months a year in which surcharges are charged, from December on", zh="加价月数",
    )  # fmt: skip
    escalator: float = lever(
        0.0, unit="yuan/kWh", low=0.0, high=0.5, clause="4.3", standing=SOURCED,
        source="海宁 2025 修订征求意见稿: 0.10 more from the third year; off in the letter",
        en="added to the surcharge from the third year in a row with grade D", zh="连续D档加价递增",
    )  # fmt: skip
    refund_share: float = lever(
        0.5, unit="of surcharges paid", low=0.0, high=1.0, clause="4.3", standing=ESTIMATE,
        source="refunds exist in Cixi (慈亩均办〔2024〕40号), their share is reasoned",
        en="share of the year's surcharge paid back when the grade rises", zh="升档返还比例",
    )  # fmt: skip
    # 4.4 rewards
    reward_budget: float = lever(
        110_000_000.0, unit="yuan a year", low=0.0, high=2_000_000_000.0, clause="4.4", standing=ESTIMATE,
        source="reasoned: 50 M loan interest and as much for projects, of 1.07 billion paid to all sectors in 2022",
        en="city budget for rewards", zh="奖补年度预算",
    )  # fmt: skip
    factor_a: float = lever(
        1.0, unit="of the full reward", low=0.0, high=1.5, clause="4.4", standing=SOURCED,
        source="clause 4.4 names D alone",
        en="reward of grade A", zh="A档奖励系数",
    )  # fmt: skip
    factor_b: float = lever(
        1.0, unit="of the full reward", low=0.0, high=1.5, clause="4.4", standing=SOURCED,
        source="clause 4.4 names D alone",
        en="reward of grade B, and of firms not yet graded", zh="B档奖励系数",
    )  # fmt: skip
    factor_c: float = lever(
        0.5, unit="of the full reward", low=0.0, high=1.5, clause="4.4", standing=ESTIMATE, source="reasoned",
        en="reward of grade C", zh="C档奖励系数",
    )  # fmt: skip
    factor_d: float = lever(
        0.0, unit="of the full reward", low=0.0, high=1.5, clause="4.4", standing=SOURCED,
        source="clause 4.4: D档企业不得享受政府财政奖励", en="reward of grade D", zh="D档奖励系数",
    )  # fmt: skip
    upgrade_reward_rate: float = lever(
        0.03, unit="of the project", low=0.0, high=0.3, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="upgrade subsidy", zh="技改补助比例",
    )  # fmt: skip
    upgrade_reward_rate_lead: float = lever(
        0.06, unit="of the project", low=0.0, high=0.3, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="upgrade subsidy in the 123 lead clusters", zh="重点集群技改补助比例",
    )  # fmt: skip
    floor_yuan: float = lever(
        5_000_000.0, unit="yuan", low=0.0, high=20_000_000.0, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="least project for the upgrade subsidy", zh="技改补助项目下限",
    )  # fmt: skip
    upgrade_reward_cap: float = lever(
        2_000_000.0, unit="yuan", low=0.0, high=20_000_000.0, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="most upgrade subsidy of a firm", zh="技改补助上限",
    )  # fmt: skip
    upgrade_reward_cap_lead: float = lever(
        3_000_000.0, unit="yuan", low=0.0, high=20_000_000.0, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="most upgrade subsidy of a firm in the 123 lead clusters", zh="重点集群技改补助上限",
    )  # fmt: skip
    interest_yuan: float = lever(
        25_000.0, unit="yuan", low=0.0, high=200_000.0, clause="4.4", standing=SOURCED,
        source="慈溪市政府工作报告 2023-02-04: 50 million yuan to 1,983 firms", en="loan-interest subsidy of a firm",
        zh="贷款贴息",
    )  # fmt: skip
    interest_firms: float = lever(
        2000.0, unit="firms a year", low=0.0, high=20_000.0, clause="4.4", standing=SOURCED,
        source="慈溪市政府工作报告 2023-02-04", en="firms that get a loan-interest subsidy", zh="贴息企业数",
    )  # fmt: skip
    workshop_yuan: float = lever(
        200_000.0, unit="yuan", low=0.0, high=1_000_000.0, clause="4.4", standing=SOURCED, source=_CIXI_2020,
        en="reward of a smart factory or digital workshop", zh="数字化车间奖励",
    )  # fmt: skip
    workshops: float = lever(
        60.0, unit="firms a year", low=0.0, high=2000.0, clause="4.4", standing=ESTIMATE, source="reasoned",
        en="smart workshops rewarded, out of above-scale firms that upgrade", zh="数字化车间数",
    )  # fmt: skip
    rent_relief_first: float = lever(
        1.0, unit="of rent", low=0.0, high=1.0, clause="4.4", standing=SOURCED,
        source="温州小微园 c.2018: 一免两减半",
        en="park rent paid by the city in the first year", zh="入园首年租金减免",
    )  # fmt: skip
    rent_relief_later: float = lever(
        0.5, unit="of rent", low=0.0, high=1.0, clause="4.4", standing=SOURCED,
        source="温州小微园 c.2018: 一免两减半",
        en="park rent paid by the city in the second and third year", zh="入园第二三年租金减免",
    )  # fmt: skip
    voucher_share: float = lever(
        0.0, unit="of the project", low=0.0, high=1.0, clause="4.4", standing=ESTIMATE,
        source="not in the letter: an option analysts ask for", en="small-firm upgrade voucher; 0 is none",
        zh="小微技改券比例",
    )  # fmt: skip
    voucher_cap: float = lever(
        100_000.0, unit="yuan", low=0.0, high=1_000_000.0, clause="4.4", standing=ESTIMATE, source="reasoned",
        en="most a voucher pays", zh="小微技改券上限",
    )  # fmt: skip
    voucher_revenue_limit: float = lever(
        20_000_000.0, unit="yuan a year", low=0.0, high=100_000_000.0, clause="4.4", standing=ESTIMATE,
        source="reasoned: the line of above-scale firms", en="revenue below which a firm may use a voucher",
        zh="小微技改券收入上限",
    )  # fmt: skip
    # 4.5 land-use tax, discharge, energy
    tax_relief_a: float = lever(
        1.0, unit="of land-use tax", low=0.0, high=1.0, clause="4.5", standing=SOURCED, source="浙政办发〔2019〕62号",
        en="relief of grade A after 2021", zh="A档土地使用税减免",
    )  # fmt: skip
    tax_relief_b: float = lever(
        0.8, unit="of land-use tax", low=0.0, high=1.0, clause="4.5", standing=SOURCED, source="浙政办发〔2019〕62号",
        en="relief of grade B after 2021", zh="B档土地使用税减免",
    )  # fmt: skip
    discharge_a: float = lever(
        1.0, unit="of the charge", low=0.0, high=5.0, clause="4.5", standing=ESTIMATE, source="model notes section 5",
        en="discharge price of grade A", zh="A档排污价系数",
    )  # fmt: skip
    discharge_b: float = lever(
        1.0, unit="of the charge", low=0.0, high=5.0, clause="4.5", standing=ESTIMATE, source="model notes section 5",
        en="discharge price of grade B, and of firms without a grade", zh="B档排污价系数",
    )  # fmt: skip
    discharge_c: float = lever(
        1.2, unit="of the charge", low=0.0, high=5.0, clause="4.5", standing=ESTIMATE, source="model notes section 5",
        en="discharge price of grade C", zh="C档排污价系数",
    )  # fmt: skip
    discharge_d: float = lever(
        1.5, unit="of the charge", low=0.0, high=5.0, clause="4.5", standing=ESTIMATE, source="model notes section 5",
        en="discharge price of grade D", zh="D档排污价系数",
    )  # fmt: skip
    quota_share_c: float = lever(
        0.95, unit="of base-year use", low=0.0, high=1.5, clause="4.5", standing=ESTIMATE,
        source="model notes section 5",
        en="energy quota of grade C, use above it pays double; 0 is no quota", zh="C档用能限额",
    )  # fmt: skip
    quota_share_d: float = lever(
        0.90, unit="of base-year use", low=0.0, high=1.5, clause="4.5", standing=ESTIMATE,
        source="model notes section 5",
        en="energy quota of grade D, use above it pays double; 0 is no quota", zh="D档用能限额",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "4.2": {"no_new_land_for_d": False},
    "4.3": {
        "surcharge_below_d": 0.0, "surcharge_below_c": 0.0, "surcharge_above_d": 0.0, "surcharge_above_c": 0.0,
        "escalator": 0.0,
    },
    "4.4": {"factor_c": 1.0, "factor_d": 1.0},
    "4.5": {
        "tax_relief_a": 0.0, "tax_relief_b": 0.0, "discharge_a": 1.0, "discharge_b": 1.0, "discharge_c": 1.0,
        "discharge_d": 1.0, "quota_share_c": 0.0, "quota_share_d": 0.0,
    },
}  # fmt: skip
# Without the evaluation no grade has consequences: everything above falls away with clause 4.1.
WHEN_OFF["4.1"] = {name: value for clause in CLAUSES for name, value in WHEN_OFF[clause].items()}
