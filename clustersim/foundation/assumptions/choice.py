"""How owners weigh what they may do, and what upgrades, neighbours and services do for them."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import CALIBRATED, DERIVED, ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Choice:
    """How owners weigh what they may do, and what upgrades, neighbours and services do for them."""

    # Money over time
    nominal_drift: float = lever(
        0.06, unit="a year", low=0.0, high=0.12, standing=ESTIMATE,
        source="reasoned", en="nominal growth that a target in current yuan contains", zh="名义增长",
    )  # fmt: skip
    discount_rate: float = lever(
        0.40, unit="a year", low=0.2, high=0.8, standing=DERIVED,
        source="break-even payback of about two years in small-firm surveys", en="rate at which an owner discounts",
        zh="业主贴现率",
    )  # fmt: skip
    horizon_quarters: int = lever(
        40, unit="quarters", low=20, high=60, standing=DERIVED,
        source="break-even payback of about two years in small-firm surveys", en="quarters an owner looks ahead",
        zh="业主考虑的季度数",
    )  # fmt: skip
    investment_weight: float = lever(
        1.4, unit="", low=1.0, high=1.8, standing=SOURCED,
        source="loss aversion against up-front cost, model notes section 4",
        en="weight of one yuan paid now against one earned later", zh="前期投入权重",
    )  # fmt: skip

    # Weighing
    markup_elasticity: float = lever(
        5.0, unit="", low=3.0, high=7.0, standing=ESTIMATE,
        source="trade literature", en="elasticity of substitution between products (sigma)", zh="替代弹性",
    )  # fmt: skip
    taste_scale: float = lever(
        0.12, unit="years of revenue", low=0.06, high=0.24, standing=CALIBRATED,
        source="model notes section 4", en="scale of what the firm knows and the model does not", zh="偏好尺度",
    )  # fmt: skip
    nest_in_place: float = lever(
        0.6, unit="", low=0.3, high=0.9, standing=ESTIMATE,
        source="reasoned", en="nest weight of stay, rectify, upgrade, expand", zh="就地方案嵌套系数",
    )  # fmt: skip
    nest_parks: float = lever(
        0.5, unit="", low=0.3, high=0.9, standing=ESTIMATE,
        source="reasoned", en="nest weight of parks", zh="入园方案嵌套系数",
    )  # fmt: skip
    attention: float = lever(
        0.25, unit="a quarter", low=0.1, high=0.5, standing=ESTIMATE,
        source="reasoned", en="chance of looking at the options without a reason", zh="关注概率",
    )  # fmt: skip
    electricity_elasticity: float = lever(
        0.10, unit="", low=0.02, high=0.2, standing=SOURCED,
        source="model notes section 4", en="elasticity of electricity use to its price", zh="用电价格弹性",
    )  # fmt: skip
    peer_weight: float = lever(
        1.0, unit="", low=0.0, high=2.5, standing=ESTIMATE,
        source="sign sourced, size estimated", en="pull of what own-sector peers in town did", zh="同行示范权重",
    )  # fmt: skip

    # Upgrading and rectifying
    upgrade_gain: float = lever(
        0.06, unit="log productivity", low=0.03, high=0.09, standing=SOURCED,
        source="upper side of published retrofits", en="productivity gain of the first upgrade",
        zh="首次技改生产率增益",
    )  # fmt: skip
    upgrade_decay: float = lever(
        0.6, unit="", low=0.4, high=0.9, standing=ESTIMATE,
        source="reasoned", en="share of the gain that the next upgrade still brings", zh="后续技改衰减",
    )  # fmt: skip
    upgrade_electricity: float = lever(
        0.15, unit="", low=0.05, high=0.3, standing=ESTIMATE,
        source="reasoned", en="share of electricity per yuan saved by the first upgrade", zh="首次技改节电率",
    )  # fmt: skip
    upgrade_cost: float = lever(
        0.12, unit="years of revenue", low=0.06, high=0.24, standing=ESTIMATE,
        source="reasoned", en="cost of an upgrade", zh="技改成本",
    )  # fmt: skip
    upgrade_hazard: float = lever(
        0.3, unit="", low=0.1, high=0.6, standing=ESTIMATE,
        source="reasoned", en="share of a hazard that is left after an upgrade", zh="技改后剩余隐患",
    )  # fmt: skip
    move_hazard: float = lever(
        0.6, unit="", low=0.3, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a hazard that is left after a move to a park", zh="入园后剩余隐患",
    )  # fmt: skip
    upgrade_pause: int = lever(
        8, unit="quarters", low=4, high=16, standing=ESTIMATE,
        source="reasoned", en="least quarters between two upgrades", zh="两次技改间隔",
    )  # fmt: skip
    rectify_fixed: float = lever(
        20000.0, unit="yuan", low=5000.0, high=60000.0, standing=ESTIMATE,
        source="reasoned", en="fixed cost of rectifying", zh="整改固定成本",
    )  # fmt: skip
    rectify_share: float = lever(
        0.01, unit="years of revenue", low=0.002, high=0.03, standing=ESTIMATE,
        source="reasoned", en="cost of rectifying per unit of severity", zh="整改可变成本",
    )  # fmt: skip

    # Neighbours and sites
    own_sector_gain: float = lever(
        0.03, unit="log productivity", low=0.0, high=0.06, standing=SOURCED,
        source="range 2.7-6.4 % sourced, split estimated", en="gain from the log number of own-sector neighbours",
        zh="同行集聚增益",
    )  # fmt: skip
    upstream_gain: float = lever(
        0.02, unit="log productivity", low=0.0, high=0.04, standing=ESTIMATE,
        source="range sourced, split estimated", en="gain from the log number of upstream neighbours",
        zh="上游集聚增益",
    )  # fmt: skip
    service_gain: float = lever(
        0.03, unit="log productivity", low=0.0, high=0.06, standing=ESTIMATE,
        source="range sourced, split estimated", en="gain from full logistics and property services",
        zh="物流物业服务增益",
    )  # fmt: skip
    congestion: float = lever(
        0.05, unit="log productivity", low=0.0, high=0.1, standing=ESTIMATE,
        source="range sourced, split estimated", en="loss at a full site", zh="拥挤损失",
    )  # fmt: skip
    outside_weight: float = lever(
        0.25, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="weight of a neighbour within 3 km outside parks", zh="园外邻近企业权重",
    )  # fmt: skip
    park_floor_per_firm: float = lever(
        1000.0, unit="m2", low=200.0, high=4000.0, standing=SOURCED,
        source="Cixi programme 2018: 1,000,000 m2 and 1,000 firms", en="floor of a firm in a park", zh="园区户均面积",
    )  # fmt: skip
    specialisation_gain: float = lever(
        0.5, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="growth of the own-sector gain in a fully specialised park's lead sector",
        zh="专业园区同行增益加成",
    )  # fmt: skip
    planned_lead_share: float = lever(
        0.5, unit="", low=0.1, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a park a mover expects its lead sector to fill", zh="预期主导产业占比",
    )  # fmt: skip
