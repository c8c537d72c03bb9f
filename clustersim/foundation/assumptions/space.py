"""Parks, their services and land."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Space:
    """Parks, their services and land."""

    # Parks
    park_return_state: float = lever(
        0.04, unit="a year", low=0.0, high=0.1, standing=ESTIMATE,
        source="model notes section 7", en="yearly return a state platform asks for", zh="国有平台要求年回报率",
    )  # fmt: skip
    park_return_village: float = lever(
        0.06, unit="a year", low=0.0, high=0.15, standing=ESTIMATE,
        source="model notes section 7", en="yearly return a village collective asks for", zh="村集体要求年回报率",
    )  # fmt: skip
    park_return_association: float = lever(
        0.07, unit="a year", low=0.0, high=0.15, standing=ESTIMATE,
        source="model notes section 7", en="yearly return a trade association or a consortium of firms asks for",
        zh="协会与联合体要求年回报率",
    )  # fmt: skip
    park_return_lead_firm: float = lever(
        0.08, unit="a year", low=0.0, high=0.2, standing=ESTIMATE,
        source="model notes section 7", en="yearly return a lead firm asks for", zh="龙头企业要求年回报率",
    )  # fmt: skip
    park_return_professional: float = lever(
        0.12, unit="a year", low=0.0, high=0.25, standing=ESTIMATE,
        source="model notes section 7", en="yearly return a professional developer asks for",
        zh="专业机构要求年回报率",
    )  # fmt: skip
    park_quarters_state: int = lever(
        8, unit="quarters", low=2, high=16, standing=ESTIMATE,
        source="Zhangqi and Daqishan parks took about two years", en="quarters a state platform builds",
        zh="国有平台建设季度",
    )  # fmt: skip
    park_quarters_village: int = lever(
        7, unit="quarters", low=2, high=16, standing=ESTIMATE,
        source="reasoned", en="quarters a village collective builds", zh="村集体建设季度",
    )  # fmt: skip
    park_quarters_firms: int = lever(
        6, unit="quarters", low=2, high=16, standing=ESTIMATE,
        source="reasoned", en="quarters associations, consortia and lead firms build", zh="企业类主体建设季度",
    )  # fmt: skip
    park_quarters_professional: int = lever(
        5, unit="quarters", low=2, high=16, standing=ESTIMATE,
        source="reasoned", en="quarters a professional developer builds", zh="专业机构建设季度",
    )  # fmt: skip
    park_build_cost: float = lever(
        2400.0, unit="yuan/m2", low=1500.0, high=4000.0, standing=SOURCED,
        source="Pingyang Zilai park 2019: 1.08 billion yuan for 452,000 m2; with land 2,785",
        en="cost of building a park, without land", zh="园区建造成本",
    )  # fmt: skip
    park_rent: float = lever(
        18.0, unit="yuan/m2 a month", low=12.0, high=25.0, standing=ESTIMATE,
        source="between the village rent of 8 and the Wenzhou ceiling of 25", en="rent of a standard park unit",
        zh="园区标准厂房租金",
    )  # fmt: skip
    park_rent_village: float = lever(
        14.0, unit="yuan/m2 a month", low=8.0, high=18.0, standing=ESTIMATE,
        source="between the village factory rent of 8 and the park rent of 18",
        en="rent in a park of a village collective", zh="村集体园区租金",
    )  # fmt: skip
    park_price: float = lever(
        4000.0, unit="yuan/m2", low=3000.0, high=6000.0, standing=SOURCED,
        source="Wenling Daxi 2023: 3,680-4,280", en="price of a park unit", zh="园区厂房售价",
    )  # fmt: skip
    park_floor_area_ratio: float = lever(
        2.0, unit="", low=1.5, high=3.0, standing=SOURCED,
        source="Cixi, Ningbo 2023: at least 2.0 on new industrial land", en="floor-area ratio of a new park",
        zh="新建园区容积率",
    )  # fmt: skip
    park_typical_land: float = lever(
        61.0, unit="mu", low=20.0, high=200.0, standing=SOURCED,
        source="Wenling 2023: 41 parks on 2,515 mu", en="land of a park project at most", zh="园区项目用地上限",
    )  # fmt: skip
    park_least_land: float = lever(
        20.0, unit="mu", low=5.0, high=60.0, standing=SOURCED,
        source="Cixi programme 2018: upgrade-eligible parks have 20 mu or more", en="least land of a park project",
        zh="园区项目用地下限",
    )  # fmt: skip
    park_occupancy_base: float = lever(
        0.55, unit="", low=0.3, high=0.9, standing=ESTIMATE,
        source="reasoned", en="occupancy a developer reckons with when nobody queues", zh="无排队时预期入驻率",
    )  # fmt: skip
    park_occupancy_full: float = lever(
        0.95, unit="", low=0.7, high=1.0, standing=ESTIMATE,
        source="reasoned", en="occupancy a developer reckons with when the queue fills all floor",
        zh="排队充足时预期入驻率",
    )  # fmt: skip
    park_sale_quarters: int = lever(
        4, unit="quarters", low=1, high=12, standing=ESTIMATE,
        source="reasoned", en="quarters from completion until units are sold", zh="去化季度",
    )  # fmt: skip
    state_building: float = lever(
        250000.0, unit="m2 a year", low=50000.0, high=600000.0, standing=ESTIMATE,
        source="1,000,000 m2 of the 2018-2020 programme over about four years",
        en="floor the state platforms can start in a year, full city", zh="国有平台年开工能力",
    )  # fmt: skip
    seen_full_share: float = lever(
        0.1, unit="of its floor", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="free share of a kind of unit below which a park is taken for full",
        zh="视为满园的空置率",
    )  # fmt: skip
    small_units_a_firm: int = lever(
        2, unit="", low=1, high=4, standing=ESTIMATE,
        source="reasoned", en="small units one firm may take", zh="单户小单元上限",
    )  # fmt: skip
    custom_fit_out: float = lever(
        0.6, unit="", low=0.2, high=1.0, standing=ESTIMATE,
        source="reasoned", en="fit-out of a custom unit over that of a standard one", zh="定制厂房装修比",
    )  # fmt: skip
    incubator_fit_out: float = lever(
        0.3, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="fit-out of an incubator unit over that of a standard one", zh="孵化单元装修比",
    )  # fmt: skip
    reuse_least_floor: float = lever(
        3000.0, unit="m2", low=1000.0, high=20000.0, standing=ESTIMATE,
        source="reasoned", en="least floor of a small park made from old plants", zh="旧厂改造园区最小面积",
    )  # fmt: skip
    ungraded_points: float = lever(
        60.0, unit="points", low=0.0, high=100.0, standing=ESTIMATE,
        source="reasoned", en="points with which an ungraded firm stands in the queue for a park",
        zh="未评价企业入园排序分",
    )  # fmt: skip

    # Services and land
    fixed_release: float = lever(
        250_000.0, unit="m2 a year", low=0.0, high=1_000_000.0, standing=ESTIMATE,
        source="1,000,000 m2 of the 2018-2020 programme over about four years",
        en="park floor released a year when releases follow no need, full city", zh="固定年供给园区面积",
    )  # fmt: skip
    service_cost: float = lever(
        15.0, unit="yuan/m2", low=0.0, high=100.0, standing=ESTIMATE,
        source="reasoned",
        en="what the city pays to raise one service of a park from nothing to full, over its floor",
        zh="单项服务建设成本",
    )  # fmt: skip
    service_paperwork: float = lever(
        0.3, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a mover's paperwork that full government and law services spare it",
        zh="政务法律服务节省手续比例",
    )  # fmt: skip
    service_lost_output: float = lever(
        0.3, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a mover's lost output that full human-resources service spares it",
        zh="人力资源服务减少停产比例",
    )  # fmt: skip
    service_research: float = lever(
        0.2, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="growth of the gain of an upgrade at full research service", zh="研发服务技改增益加成",
    )  # fmt: skip
    service_testing: float = lever(
        0.01, unit="a quarter", low=0.0, high=0.1, standing=ESTIMATE,
        source="reasoned", en="share by which full testing service lowers hazards", zh="检测服务降低隐患比例",
    )  # fmt: skip
    handholding_cost: float = lever(
        3000.0, unit="yuan a firm", low=0.0, high=30_000.0, standing=ESTIMATE,
        source="reasoned", en="what it costs the city to take over all the paperwork of a mover", zh="全程代办成本",
    )  # fmt: skip
    demolition_cost: float = lever(
        150.0, unit="yuan/m2", low=30.0, high=500.0, standing=ESTIMATE,
        source="reasoned", en="cost of pulling down old floor", zh="拆除成本",
    )  # fmt: skip
