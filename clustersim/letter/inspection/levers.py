"""The levers of survey, inspection and cases, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import CALIBRATED, DERIVED, ESTIMATE, SOURCED, Plain, lever
from clustersim.foundation.words import SECTOR_KEYS

CLAUSES: Final = ("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.9", "3.10", "3.11")


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 3.1-3.6 and 3.9-3.11. Capacities are those of the full city."""

    # 3.1 survey
    survey_share: float = lever(
        0.10, unit="of firms a quarter", low=0.0, high=1.0, clause="3.1", standing=ESTIMATE,
        source="model notes section 6", en="share of firms surveyed a quarter, in turn", zh="每季排查企业比例",
    )  # fmt: skip
    list_kept: bool = lever(
        True, clause="3.1", standing=SOURCED, source="clause 3.1: 全面掌握企业基本情况",
        en="a list of known firms is kept, and problems on it are inspected first", zh="建立企业清单",
    )  # fmt: skip
    full_inspection: bool = lever(
        True, clause="3.1", standing=SOURCED, source="clause 3.1: 大排查大整改",
        en="inspection at full capacity; otherwise at that of ordinary inspection", zh="全面检查",
    )  # fmt: skip
    known_weight: float = lever(
        2.0, unit="", low=0.0, high=10.0, clause="3.1", standing=ESTIMATE,
        source="reasoned", en="weight of a known problem, at full severity, in choosing whom to visit",
        zh="已知问题权重",
    )  # fmt: skip
    # 3.2 seven kinds of violation; a standard of 1 is not checked
    standard_safety: float = lever(
        0.60, unit="0 to 1", low=0.2, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="work-safety hazard above which a firm is in violation; 1 is not checked",
        zh="安全生产标准",
    )  # fmt: skip
    standard_environment: float = lever(
        0.60, unit="0 to 1", low=0.2, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="environmental hazard above which a firm is in violation; 1 is not checked",
        zh="环境保护标准",
    )  # fmt: skip
    standard_fire: float = lever(
        0.60, unit="0 to 1", low=0.2, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="fire hazard above which a firm is in violation; 1 is not checked", zh="消防安全标准",
    )  # fmt: skip
    standard_energy: float = lever(
        0.70, unit="0 to 1", low=0.2, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="wasted-energy hazard above which a firm is in violation; 1 is not checked",
        zh="节能降耗标准",
    )  # fmt: skip
    acted_premises: float = lever(
        0.8, unit="", low=0.0, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="chance that a visit acts on illegal premises", zh="违法危险场所查处率",
    )  # fmt: skip
    acted_unlicensed: float = lever(
        0.8, unit="", low=0.0, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="chance that a visit acts on a missing licence", zh="无证无照查处率",
    )  # fmt: skip
    acted_outdated: float = lever(
        0.8, unit="", low=0.0, high=1.0, clause="3.2", standing=ESTIMATE,
        source="reasoned", en="chance that a visit acts on outdated capacity", zh="落后产能查处率",
    )  # fmt: skip
    # 3.3 examples and elimination
    model_firms_a_year: float = lever(
        40.0, unit="firms a year", low=0.0, high=1000.0, clause="3.3", standing=ESTIMATE,
        source="reasoned; as many in a smaller city, as with parks: each serves a sector in a town",
        en="model firms set up a year", zh="每年示范企业数",
    )  # fmt: skip
    eliminated_a_year: float = lever(
        36.0, unit="firms a year", low=0.0, high=1000.0, clause="3.3", standing=DERIVED,
        source="Guanhaiwei 2023: 5 outdated, over its 13.88 % of the city's firms",
        en="firms with outdated capacity eliminated a year, worst first", zh="每年淘汰落后产能企业数",
    )  # fmt: skip
    # 3.4 priority sectors
    priority_sectors: tuple[str, ...] = lever(
        ("recycled_plastic", "casting", "surface"), choices=SECTOR_KEYS, clause="3.4", standing=SOURCED,
        source="clause 3.4: scrap plastics, casting, metal surface treatment, spraying",
        en="priority sectors", zh="重点整治行业",
    )  # fmt: skip
    priority_weight: float = lever(
        2.0, unit="", low=0.0, high=10.0, clause="3.4", standing=ESTIMATE,
        source="reasoned", en="weight of a priority sector in choosing whom to visit", zh="重点行业检查权重",
    )  # fmt: skip
    priority_standard: float = lever(
        0.85, unit="of the standard", low=0.5, high=1.0, clause="3.4", standing=ESTIMATE,
        source="reasoned", en="standard in priority sectors over that of the others", zh="重点行业标准系数",
    )  # fmt: skip
    # 3.5 cases
    follow_up: bool = lever(
        True, clause="3.5", standing=SOURCED, source="clause 3.5: 问题发现、确认、入库、整改、督查全流程机制",
        en="violations become cases with a deadline; otherwise they end in a fine or nothing", zh="全流程闭环",
    )  # fmt: skip
    treated_a_year: float = lever(
        1600.0, unit="firms a year", low=0.0, high=20000.0, clause="3.5", standing=SOURCED,
        source="慈溪“两项整治” 2024-08-13: 813 treated in H1 2024, ~1,600/yr",
        en="cases that can be registered a year",
        zh="每年整治企业数",
    )  # fmt: skip
    treated_guanhaiwei: float = lever(
        159.0, unit="firms a year", low=0.0, high=2000.0, clause="3.5", standing=SOURCED,
        source="观海卫镇2023工作总结: 130 低散乱污 + 24 高耗低效 + 5 outdated", en="of these in Guanhaiwei",
        zh="其中观海卫镇",
    )  # fmt: skip
    treated_zonghan: float = lever(
        120.0, unit="firms a year", low=0.0, high=2000.0, clause="3.5", standing=SOURCED,
        source="宗汉街道2023目标: 20 高耗低效, 100 散乱弱", en="of these in Zonghan", zh="其中宗汉街道",
    )  # fmt: skip
    treated_shengshan: float = lever(
        113.0, unit="firms a year", low=0.0, high=2000.0, clause="3.5", standing=DERIVED,
        source="胜山镇2022工作总结: 94 firms eliminated/upgraded by October", en="of these in Shengshan",
        zh="其中胜山镇",
    )  # fmt: skip
    visits_per_case: float = lever(
        3.0, unit="visits", low=0.5, high=20.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="visits that can be made for each case that can be registered", zh="每案检查次数",
    )  # fmt: skip
    deadline_days: float = lever(
        60.0, unit="days", low=30.0, high=90.0, clause="3.5", standing=SOURCED,
        source="天元镇废塑料 2010: notice early May, close by 30 June (~8 weeks); 60 (30/60/90 sweep)",
        en="days allowed to rectify", zh="整改期限",
    )  # fmt: skip
    supervised_quarters: int = lever(
        1, unit="quarters", low=1, high=4, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="quarters of supervision before a cured case is closed", zh="督查季度数",
    )  # fmt: skip
    overdue_fine: float = lever(
        0.5, unit="a quarter", low=0.0, high=1.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="chance of a fine while a case is overdue", zh="逾期罚款概率",
    )  # fmt: skip
    overdue_suspension: float = lever(
        0.25, unit="a quarter", low=0.0, high=1.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="chance of being stopped for a quarter while a case is overdue", zh="逾期停产概率",
    )  # fmt: skip
    overdue_closure: float = lever(
        0.20, unit="a quarter", low=0.0, high=1.0, clause="3.5", standing=CALIBRATED,
        source="fates of treated firms: provincial plan 2018 (9,050 firms), Zhangqi 2015-17",
        en="chance of closure while a case is overdue", zh="逾期关停概率",
    )  # fmt: skip
    closure_marks: float = lever(
        0.45, unit="a quarter", low=0.0, high=1.0, clause="3.5", standing=CALIBRATED,
        source="fates of treated firms: provincial plan 2018 (9,050 firms), Zhangqi 2015-17",
        en="chance of closure while a case of illegal premises, no licence or outdated capacity is overdue",
        zh="违法场所等逾期关停概率",
    )  # fmt: skip
    grade_weight: float = lever(
        1.0, unit="", low=0.0, high=10.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="weight of grade D (half for C) in choosing whom to visit", zh="D档检查权重",
    )  # fmt: skip
    waiting_weight: float = lever(
        1.0, unit="", low=0.0, high=10.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="weight of a firm not visited for a very long time in choosing whom to visit",
        zh="久未检查权重",
    )  # fmt: skip
    lottery_weight: float = lever(
        2.0, unit="", low=0.1, high=10.0, clause="3.5", standing=ESTIMATE,
        source="reasoned", en="weight of chance in choosing whom to visit", zh="随机抽查权重",
    )  # fmt: skip
    # 3.6 campaigns and joint visits
    campaign_start: int = lever(
        1, unit="quarters after 2021Q3", low=0, high=37, clause="3.6", standing=ESTIMATE,
        source="reasoned", en="first quarter of the campaign", zh="专项执法开始",
    )  # fmt: skip
    campaign_length: int = lever(
        2, unit="quarters", low=0, high=38, clause="3.6", standing=ESTIMATE,
        source="reasoned", en="length of the campaign; 0 is none", zh="专项执法时长",
    )  # fmt: skip
    campaign_strength: float = lever(
        2.0, unit="", low=1.0, high=10.0, clause="3.6", standing=ESTIMATE,
        source="reasoned", en="visits during the campaign over those of other quarters", zh="专项执法强度",
    )  # fmt: skip
    campaign_fade: float = lever(
        0.5, unit="a quarter", low=0.0, high=0.95, clause="3.6", standing=ESTIMATE,
        source="reasoned", en="share of a campaign's effects that is left a quarter later", zh="专项执法消退",
    )  # fmt: skip
    joint_share: float = lever(
        0.5, unit="", low=0.0, high=1.0, clause="3.6", standing=ESTIMATE,
        source="reasoned", en="share of visits made jointly, that see every kind of violation", zh="联合执法比例",
    )  # fmt: skip
    # 3.9 key block industries
    listed_sectors: tuple[str, ...] = lever(
        ("appliance", "bearing", "fibre_textile", "plastic", "recycled_plastic", "metal", "casting", "surface",
         "sanitary", "shoes_toys"), choices=SECTOR_KEYS, clause="3.9", standing=SOURCED,
        source="11-sector list 2024 (appliances, bearings, small hardware, sanitary, slippers, scrap plastics named; "
        "others inferred)",
        en="listed block industries", zh="重点块状行业",
    )  # fmt: skip
    listed_weight: float = lever(
        0.5, unit="", low=0.0, high=10.0, clause="3.9", standing=ESTIMATE,
        source="reasoned", en="weight of a listed block industry in choosing whom to visit", zh="块状行业检查权重",
    )  # fmt: skip
    diagnosis_relief: float = lever(
        0.10, unit="of the cost", low=0.0, high=0.5, clause="3.9", standing=ESTIMATE,
        source="model notes section 6", en="share of the cost of an upgrade saved by diagnosis",
        zh="诊断节约技改成本",
    )  # fmt: skip
    # 3.10 self-inspection
    self_inspection_share: float = lever(
        0.5, unit="", low=0.0, high=1.0, clause="3.10", standing=ESTIMATE,
        source="reasoned", en="share of firms that inspect themselves", zh="落实自查企业比例",
    )  # fmt: skip
    self_inspection_cost: float = lever(
        0.001, unit="of revenue", low=0.0, high=0.01, clause="3.10", standing=ESTIMATE,
        source="model notes section 6", en="yearly cost of self-inspection", zh="自查成本",
    )  # fmt: skip
    # 3.11 lists from above
    list_first: int = lever(
        2, unit="quarters after 2021Q3", low=0, high=37, clause="3.11", standing=ESTIMATE,
        source="reasoned", en="quarter of the first list from central or provincial inspectors", zh="首批督察清单",
    )  # fmt: skip
    list_every: int = lever(
        8, unit="quarters", low=1, high=40, clause="3.11", standing=ESTIMATE,
        source="reasoned", en="quarters between two lists", zh="督察清单间隔",
    )  # fmt: skip
    cases_per_list: float = lever(
        60.0, unit="firms", low=0.0, high=2000.0, clause="3.11", standing=ESTIMATE,
        source="reasoned", en="environment cases on a list", zh="每批清单案件数",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "3.1": {"survey_share": 0.0, "list_kept": False, "full_inspection": False},
    "3.2": {
        "standard_fire": 1.0,
        "standard_energy": 1.0,
        "acted_premises": 0.0,
        "acted_unlicensed": 0.0,
        "acted_outdated": 0.0,
    },
    "3.3": {"model_firms_a_year": 0.0, "eliminated_a_year": 0.0},
    "3.4": {"priority_sectors": ()},
    "3.5": {"follow_up": False},
    "3.6": {"campaign_length": 0, "joint_share": 0.0},
    "3.9": {"listed_sectors": ()},
    "3.10": {"self_inspection_share": 0.0},
    "3.11": {"cases_per_list": 0.0},
}
