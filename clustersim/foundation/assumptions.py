"""What the model assumes about the economy: the numbers that no policy moves.

Each has unit, bounds, standing and source, like a lever; a scenario may set it under `[assumptions]`.

>>> Assumptions().markup_elasticity
5.0
>>> DESCRIBED["fine"].standing
'sourced'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import CALIBRATED, DERIVED, ESTIMATE, SOURCED, Described, descriptions, lever


@dataclass(frozen=True)
class Assumptions:
    """Every assumption with its default. Fields are described in `DESCRIBED`."""

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
    # Choice
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
        1000.0,
        unit="m2",
        low=200.0,
        high=4000.0,
        standing=SOURCED,
        source="Cixi programme 2018: 1,000,000 m2 and 1,000 firms",
        en="floor of a firm in a park",
        zh="园区户均面积",
    )
    specialisation_gain: float = lever(
        0.5,
        unit="",
        low=0.0,
        high=1.0,
        standing=ESTIMATE,
        source="reasoned",
        en="growth of the own-sector gain in a fully specialised park's lead sector",
        zh="专业园区同行增益加成",
    )
    planned_lead_share: float = lever(
        0.5,
        unit="",
        low=0.1,
        high=1.0,
        standing=ESTIMATE,
        source="reasoned",
        en="share of a park a mover expects its lead sector to fill",
        zh="预期主导产业占比",
    )
    salvage_share: float = lever(
        0.40, unit="", low=0.1, high=0.7, standing=ESTIMATE,
        source="reasoned", en="share of capital got back on closing", zh="关停资产回收率",
    )  # fmt: skip
    capital_ratio: float = lever(
        0.35, unit="years of revenue", low=0.2, high=0.6, standing=ESTIMATE,
        source="reasoned", en="capital over revenue", zh="资本收入比",
    )  # fmt: skip
    severance: float = lever(
        0.03, unit="years of revenue", low=0.0, high=0.08, standing=ESTIMATE,
        source="reasoned", en="severance pay", zh="遣散费",
    )  # fmt: skip
    land_rent: float = lever(
        30000.0, unit="yuan/mu a year", low=10000.0, high=60000.0, standing=SOURCED,
        source="two Longshan village parks earn 3.9 M yuan on 130 mu", en="rent an owner gets for a mu let again",
        zh="土地再出租租金",
    )  # fmt: skip
    move_cost: float = lever(
        0.04, unit="years of revenue", low=0.01, high=0.1, standing=ESTIMATE,
        source="reasoned", en="cost of moving", zh="搬迁成本",
    )  # fmt: skip
    fit_out: float = lever(
        600.0, unit="yuan/m2", low=200.0, high=1500.0, standing=ESTIMATE,
        source="reasoned", en="fit-out of a park unit", zh="装修成本",
    )  # fmt: skip
    paperwork_cost: float = lever(
        0.35, unit="quarters of variable profit", low=0.1, high=0.8, standing=ESTIMATE,
        source="reasoned", en="paperwork and lost output of a move", zh="搬迁手续与停产损失",
    )  # fmt: skip
    distance_cost: float = lever(
        0.06, unit="years of revenue", low=0.0, high=0.2, standing=ESTIMATE,
        source="reasoned", en="staff and customers lost by a long move", zh="远距离搬迁损失",
    )  # fmt: skip
    distance_scale: float = lever(
        10.0, unit="km", low=3.0, high=30.0, standing=ESTIMATE,
        source="reasoned", en="distance at which most of that loss is felt", zh="远距离搬迁尺度",
    )  # fmt: skip
    move_output_loss: float = lever(
        0.15, unit="", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="share of a quarter's revenue lost in the quarter of a move", zh="搬迁当季停产比例",
    )  # fmt: skip
    expand_step: float = lever(
        0.25, unit="of floor", low=0.1, high=0.6, standing=ESTIMATE,
        source="reasoned: what brings a firm at the limit back to norm", en="floor an expansion adds",
        zh="扩产新增面积比例",
    )  # fmt: skip
    expand_pressure: float = lever(
        1.25, unit="", low=1.05, high=1.6, standing=ESTIMATE,
        source="reasoned", en="revenue per floor over norm at which a firm wants to expand and is held",
        zh="扩产触发比",
    )  # fmt: skip
    land_price: float = lever(
        513000.0, unit="yuan/mu", low=136000.0, high=1000000.0, standing=SOURCED,
        source="29 plots sold in Cixi in January 2021", en="price of industrial land", zh="工业用地价格",
    )  # fmt: skip
    build_cost: float = lever(
        1600.0, unit="yuan/m2", low=1000.0, high=3000.0, standing=ESTIMATE,
        source="reasoned", en="cost of building a plain factory", zh="厂房建造成本",
    )  # fmt: skip
    expand_floor_area_ratio: float = lever(
        2.0, unit="", low=1.0, high=3.0, standing=SOURCED,
        source="Cixi, Ningbo 2023", en="floor-area ratio of a new plant", zh="新建容积率",
    )  # fmt: skip
    liquidity_share: float = lever(
        0.4, unit="", low=0.2, high=0.8, standing=ESTIMATE,
        source="reasoned", en="share of an investment a firm must be able to pay", zh="自有资金比例",
    )  # fmt: skip
    credit_line: float = lever(
        0.10, unit="years of revenue", low=0.0, high=0.3, standing=ESTIMATE,
        source="reasoned", en="credit line", zh="信贷额度",
    )  # fmt: skip
    finance_service_credit: float = lever(
        0.5, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="growth of the credit line at full finance service", zh="金融服务增信",
    )  # fmt: skip
    unit_down_payment: float = lever(
        0.5, unit="", low=0.3, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of the price to be paid when buying a unit", zh="购房首付比例",
    )  # fmt: skip
    unit_finance_rate: float = lever(
        0.06, unit="a year", low=0.03, high=0.1, standing=ESTIMATE,
        source="reasoned", en="yearly cost of a bought unit over its price", zh="购房年成本率",
    )  # fmt: skip
    default_quarters: int = lever(
        2, unit="quarters", low=1, high=4, standing=ESTIMATE,
        source="reasoned", en="quarters beyond the credit line before default", zh="违约宽限季度",
    )  # fmt: skip
    nearest_parks: int = lever(
        5, unit="", low=1, high=5, standing=ESTIMATE,
        source="reasoned", en="parks a firm looks at", zh="考虑园区数",
    )  # fmt: skip
    leave_share: float = lever(
        0.06, unit="", low=0.0, high=0.3, standing=ESTIMATE,
        source="reasoned", en="share of chosen exits that leave the city", zh="外迁占退出比例",
    )  # fmt: skip
    constant_upgrade: float = lever(
        -1.18, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of upgrading", zh="技改常数",
    )  # fmt: skip
    constant_rectify: float = lever(
        0.0, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of rectifying", zh="整改常数",
    )  # fmt: skip
    constant_expand: float = lever(
        1.55, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of expanding", zh="扩产常数",
    )  # fmt: skip
    constant_move: float = lever(
        0.13, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of moving", zh="入园常数",
    )  # fmt: skip
    constant_exit: float = lever(
        -3.42, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of leaving the market", zh="退出常数",
    )  # fmt: skip
    price_spread_below: float = lever(
        0.17, unit="log score", low=0.05, high=0.5, standing=ESTIMATE,
        source="tax noise of small firms", en="spread of the expected score, below scale", zh="规下预期得分离散",
    )  # fmt: skip
    price_spread_above: float = lever(
        0.05, unit="log score", low=0.01, high=0.2, standing=ESTIMATE,
        source="tax noise of large firms", en="spread of the expected score, above scale", zh="规上预期得分离散",
    )  # fmt: skip
    # Accounts
    value_added_share: float = lever(
        0.22, unit="of revenue", low=0.15, high=0.3, standing=SOURCED,
        source="Cixi plan 2020-22", en="value added over revenue", zh="增加值率",
    )  # fmt: skip
    tax_share_above: float = lever(
        0.23, unit="of value added", low=0.1, high=0.4, standing=DERIVED,
        source="tax 24 of value added 105 (x10,000 yuan a mu) in 2018", en="taxes over value added, above scale",
        zh="规上税收占增加值",
    )  # fmt: skip
    tax_share_below: float = lever(
        0.10, unit="of value added", low=0.03, high=0.2, standing=ESTIMATE,
        source="reasoned", en="taxes over value added, below scale", zh="规下税收占增加值",
    )  # fmt: skip
    export_rebate_share: float = lever(
        0.40, unit="of tax with rebate", low=0.2, high=0.6, standing=DERIVED,
        source="tax per mu 40 with and 24 without the export rebate, 2018",
        en="export rebate counted in the published tax", zh="出口退税占比",
    )  # fmt: skip
    tax_noise: float = lever(
        0.30, unit="", low=0.1, high=0.5, standing=SOURCED,
        source="model notes section 5", en="yearly noise of taxes", zh="税收年度波动",
    )  # fmt: skip
    price_large: float = lever(
        0.65, unit="yuan/kWh", low=0.4, high=1.0, standing=SOURCED,
        source="Zhejiang 2023, flat period", en="electricity price above scale", zh="规上电价",
    )  # fmt: skip
    price_small: float = lever(
        0.68, unit="yuan/kWh", low=0.4, high=1.0, standing=SOURCED,
        source="Zhejiang 2023, flat period", en="electricity price below scale", zh="规下电价",
    )  # fmt: skip
    rent_village: float = lever(
        8.0, unit="yuan/m2 a month", low=5.0, high=15.0, standing=SOURCED,
        source="Longshan about 2018", en="rent on village land", zh="村级厂房租金",
    )  # fmt: skip
    rent_ordinary: float = lever(
        10.0, unit="yuan/m2 a month", low=6.0, high=18.0, standing=ESTIMATE,
        source="between village and park", en="rent of ordinary factory floor", zh="普通厂房租金",
    )  # fmt: skip
    land_use_tax: float = lever(
        6.0, unit="yuan/m2 a year", low=0.6, high=12.0, standing=ESTIMATE,
        source="statutory county band 0.6-12; the city's rate was not found", en="land-use tax before relief",
        zh="城镇土地使用税税额",
    )  # fmt: skip
    discharge_charge: float = lever(
        0.003, unit="of revenue", low=0.0, high=0.02, standing=ESTIMATE,
        source="reasoned", en="discharge charge of polluting sectors at price factor 1", zh="排污费占收入比例",
    )  # fmt: skip
    reward_chance: float = lever(
        0.6, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="chance of getting a reward that a firm reckons with", zh="预期获奖概率",
    )  # fmt: skip
    top_up_share: float = lever(
        0.5, unit="of firms", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned: bunching above cut-offs in notch studies",
        en="share of firms that pay more tax before the cut when that is cheaper than the surcharge",
        zh="补税冲档企业比例",
    )  # fmt: skip
    fixed_follow: float = lever(
        0.10, unit="a quarter", low=0.02, high=0.5, standing=ESTIMATE,
        source="reasoned", en="speed at which fixed cost follows revenue", zh="固定成本调整速度",
    )  # fmt: skip
    cash_kept: float = lever(
        0.10, unit="years of revenue", low=0.02, high=0.5, standing=ESTIMATE,
        source="reasoned", en="cash above which owners pay themselves", zh="留存现金",
    )  # fmt: skip
    dividend_share: float = lever(
        0.5, unit="", low=0.1, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of the excess cash paid out a quarter", zh="超额现金分配比例",
    )  # fmt: skip
    labour_training_gain: float = lever(
        0.01, unit="of fixed cost", low=0.0, high=0.03, standing=ESTIMATE,
        source="reasoned", en="fixed cost saved by full training service", zh="培训服务节约",
    )  # fmt: skip
    # Shocks
    sector_persistence: float = lever(
        0.8, unit="a quarter", low=0.0, high=0.95, standing=ESTIMATE,
        source="reasoned", en="persistence of sector demand", zh="行业需求持续性",
    )  # fmt: skip
    sector_spread: float = lever(
        0.015, unit="a quarter", low=0.0, high=0.05, standing=ESTIMATE,
        source="reasoned", en="spread of sector demand shocks", zh="行业需求波动",
    )  # fmt: skip
    firm_spread: float = lever(
        0.11, unit="a quarter", low=0.03, high=0.3, standing=ESTIMATE,
        source="growth rates of small firms", en="spread of firm shocks at median size", zh="企业冲击离散",
    )  # fmt: skip
    firm_spread_size: float = lever(
        -0.15, unit="", low=-0.25, high=0.0, standing=SOURCED,
        source="Riccaboni et al. 2008", en="exponent of the spread with size", zh="波动的规模指数",
    )  # fmt: skip
    firm_pull: float = lever(
        0.02, unit="a quarter", low=0.0, high=0.1, standing=ESTIMATE,
        source="reasoned", en="pull of revenue back to its productivity", zh="收入回归速度",
    )  # fmt: skip
    floor_slack: float = lever(
        0.2,
        unit="log",
        low=0.0,
        high=1.0,
        standing=ESTIMATE,
        source="reasoned",
        en="least room for growth in a firm's floor",
        zh="厂房最小余量",
    )
    floor_slack_spread: float = lever(
        0.4,
        unit="log",
        low=0.0,
        high=1.0,
        standing=ESTIMATE,
        source="reasoned",
        en="spread of the room for growth in a firm's floor",
        zh="厂房余量离散",
    )
    labour_follow: float = lever(
        0.5,
        unit="",
        low=0.0,
        high=1.0,
        standing=ESTIMATE,
        source="reasoned",
        en="share of a change of demand that jobs follow at once",
        zh="就业随需求调整比例",
    )
    stealing_share: float = lever(
        0.3, unit="", low=0.0, high=0.7, standing=ESTIMATE,
        source="reasoned", en="share of a gain taken from competitors", zh="业务抢占比例",
    )  # fmt: skip
    real_growth: float = lever(
        0.0, unit="a year", low=-0.02, high=0.06, standing=ESTIMATE,
        source="constant prices and constant volume in the background", en="real growth of demand in the background",
        zh="实际需求增长",
    )  # fmt: skip
    gain_quarters: int = lever(
        4, unit="quarters", low=1, high=8, standing=ESTIMATE,
        source="reasoned", en="quarters over which a gain phases in", zh="增益显现季度",
    )  # fmt: skip
    hazard_return: float = lever(
        0.01, unit="a quarter", low=0.0, high=0.05, standing=ESTIMATE,
        source="reasoned", en="drift of hazards to the sector mean", zh="隐患回归速度",
    )  # fmt: skip
    hazard_noise: float = lever(
        0.02, unit="a quarter", low=0.0, high=0.1, standing=ESTIMATE,
        source="reasoned", en="noise of hazards", zh="隐患波动",
    )  # fmt: skip
    belief_decay: float = lever(
        0.15, unit="a quarter", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="speed at which belief about inspection follows what is seen", zh="检查预期调整",
    )  # fmt: skip
    grid_power: float = lever(
        1.25, unit="", low=1.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="power a firm may use over what it had when connected", zh="供电容量比",
    )  # fmt: skip
    # Entry
    entry_rate: float = lever(
        0.09, unit="a year", low=0.05, high=0.16, standing=ESTIMATE,
        source="C3b: peers 8-10 %", en="newcomers over firms of the base city", zh="新增率",
    )  # fmt: skip
    entry_size: float = lever(
        0.8, unit="", low=0.3, high=1.2, standing=ESTIMATE,
        source="reasoned", en="size of newcomers over the below-scale median", zh="新企业规模比",
    )  # fmt: skip
    entry_margin_spread: float = lever(
        1.5, unit="", low=1.0, high=3.0, standing=ESTIMATE,
        source="reasoned", en="spread of newcomers' margins over incumbents'", zh="新企业利润离散倍数",
    )  # fmt: skip
    entry_cash_quarters: int = lever(
        6, unit="quarters", low=1, high=12, standing=ESTIMATE,
        source="model notes section 3", en="quarters of fixed cost a newcomer brings", zh="新企业现金季度",
    )  # fmt: skip
    village_share: float = lever(
        0.25, unit="", low=0.1, high=0.4, standing=ESTIMATE,
        source="model notes section 2", en="share of firms on village land that is not industrial",
        zh="村庄非工业用地企业占比",
    )  # fmt: skip
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

    # What the indicators measure against (no policy moves these)
    village_floor_area_ratio: float = lever(
        0.9, unit="", low=0.4, high=2.0, standing=ESTIMATE,
        source="reasoned: the ratio of the old blocks, 0.8-1.0", en="floor-area ratio of workshops on village land",
        zh="村庄用地厂房容积率",
    )  # fmt: skip
    good_share: float = lever(
        0.75, unit="of firms", low=0.5, high=0.95, standing=SOURCED,
        source="grades A and B below scale (A 5 %, B 70 %), Wenling zones 2022",
        en="share of firms above the fixed line of good use of land and power in 2021Q2",
        zh="2021年二季度达到良好用地用能线的企业比例",
    )  # fmt: skip
    measured_standard: float = lever(
        0.60, unit="0 to 1", low=0.2, high=1.0, standing=ESTIMATE,
        source="reasoned", en="safety, environmental or fire hazard above which a firm is counted as non-compliant",
        zh="统计不合规的隐患线",
    )  # fmt: skip
    measured_standard_energy: float = lever(
        0.70, unit="0 to 1", low=0.2, high=1.0, standing=ESTIMATE,
        source="reasoned", en="wasted-energy hazard above which a firm is counted as non-compliant",
        zh="统计不合规的用能浪费线",
    )  # fmt: skip
    platform_reach: float = lever(
        5.0, unit="", low=1.0, high=30.0, standing=ESTIMATE,
        source="reasoned", en="firms a park's service platform can serve over the firms the park has room for",
        zh="园区公共服务平台服务能力与园区容量之比",
    )  # fmt: skip
    industrial_cell_share: float = lever(
        0.05, unit="of buildable land", low=0.01, high=0.5, standing=ESTIMATE,
        source="reasoned",
        en="share of industrial land from which a grid cell counts as industrial in the aggregation index",
        zh="计为工业网格的工业用地占比",
    )  # fmt: skip
    # Population: what a synthetic city is drawn from
    registered_share: float = lever(
        0.47, unit="of firms", low=0.3, high=0.7, standing=ESTIMATE,
        source="census of a peer county: 47 % firms, 53 % self-employed workshops", en="share of registered firms",
        zh="企业法人占比",
    )  # fmt: skip
    registered_noise: float = lever(
        0.8, unit="log revenue", low=0.1, high=3.0, standing=ESTIMATE,
        source="reasoned", en="what besides size decides who is registered", zh="登记与规模无关的离散",
    )  # fmt: skip
    below_log_mean: float = lever(
        0.767, unit="log million yuan", low=0.4, high=1.2, standing=SOURCED,
        source="fit to the size classes of the municipal city",
        en="mean of log revenue (a lognormal, cut at 20 million yuan)", zh="规下收入对数均值",
    )  # fmt: skip
    below_log_spread: float = lever(
        1.2, unit="log", low=0.8, high=1.6, standing=SOURCED,
        source="fit to the size classes of the municipal city", en="spread of log revenue", zh="规下收入对数标准差",
    )  # fmt: skip
    above_scale_line: float = lever(
        20_000_000.0, unit="yuan a year", low=5_000_000.0, high=50_000_000.0, standing=SOURCED,
        source="national statistics: 20 million yuan of main revenue", en="revenue from which a firm is above scale",
        zh="规上标准",
    )  # fmt: skip
    above_scale_output_share: float = lever(
        0.54, unit="of revenue", low=0.45, high=0.62, standing=DERIVED,
        source="52-56 % in Shengshan and Guanhaiwei, 2020-22",
        en="above-scale share of revenue; it settles the exponent of the tail", zh="规上产值占比",
    )  # fmt: skip
    largest_revenue: float = lever(
        14_000_000_000.0, unit="yuan a year", low=5_000_000_000.0, high=30_000_000_000.0, standing=ESTIMATE,
        source="reasoned", en="revenue at which the tail of large firms is cut", zh="最大企业收入",
    )  # fmt: skip
    signature_boost: float = lever(
        5.0, unit="", low=1.0, high=12.0, standing=ESTIMATE,
        source="reasoned: own product two to four times the city's share",
        en="pull of a town on firms of its own product", zh="一镇一品集聚倍数",
    )  # fmt: skip
    sector_size_share: float = lever(
        0.5, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a sector's larger or smaller firms (in logs) that its below-scale firms show",
        zh="规下企业体现行业规模差异的比例",
    )  # fmt: skip
    owner_share_registered: float = lever(
        0.67, unit="of firms", low=0.3, high=0.9, standing=ESTIMATE,
        source="about 20,000 small owners of land", en="share of registered below-scale firms that own their land",
        zh="规下企业自有土地比例",
    )  # fmt: skip
    owner_share_workshops: float = lever(
        0.17, unit="of workshops", low=0.0, high=0.5, standing=ESTIMATE,
        source="about 20,000 small owners of land", en="share of workshops that own their land",
        zh="个体户自有土地比例",
    )  # fmt: skip
    place_noise: float = lever(
        2.0, unit="log revenue", low=0.2, high=6.0, standing=ESTIMATE,
        source="reasoned", en="what besides size decides who owns land and who is on village land",
        zh="用地类型与规模无关的离散",
    )  # fmt: skip
    land_elasticity: float = lever(
        0.55, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="growth of an owner's land with revenue, in logs", zh="用地的规模弹性",
    )  # fmt: skip
    land_spread: float = lever(
        0.5, unit="log", low=0.0, high=1.2, standing=ESTIMATE,
        source="reasoned", en="spread of owners' land at the same revenue", zh="用地离散",
    )  # fmt: skip
    workshop_floor: float = lever(
        300.0, unit="m2", low=100.0, high=1000.0, standing=ESTIMATE,
        source="model notes section 2", en="median floor of a workshop", zh="个体户中位厂房面积",
    )  # fmt: skip
    floor_elasticity: float = lever(
        0.6, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="growth of a tenant's floor with revenue, in logs", zh="厂房面积的规模弹性",
    )  # fmt: skip
    floor_spread: float = lever(
        0.45, unit="log", low=0.0, high=1.2, standing=ESTIMATE,
        source="reasoned", en="spread of tenants' floor at the same revenue", zh="厂房面积离散",
    )  # fmt: skip
    plot_ratio_low: float = lever(
        0.8, unit="", low=0.4, high=1.5, standing=SOURCED,
        source="old blocks have floor-area ratios of 0.8-1.0", en="lowest floor-area ratio of old plots and blocks",
        zh="老地块容积率下限",
    )  # fmt: skip
    plot_ratio_high: float = lever(
        1.0, unit="", low=0.5, high=2.0, standing=SOURCED,
        source="old blocks have floor-area ratios of 0.8-1.0", en="highest floor-area ratio of old plots and blocks",
        zh="老地块容积率上限",
    )  # fmt: skip
    plot_vacancy: float = lever(
        0.04, unit="", low=0.0, high=0.3, standing=ESTIMATE,
        source="reasoned", en="vacant share of ordinary floor at the start", zh="普通厂房空置率",
    )  # fmt: skip
    landlord_share: float = lever(
        0.5, unit="of owners", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of owners that let part of their floor", zh="出租厂房的业主比例",
    )  # fmt: skip
    let_share: float = lever(
        0.4, unit="of floor", low=0.05, high=0.7, standing=ESTIMATE,
        source="reasoned", en="floor a landlord lets at most, on average", zh="业主出租面积比例",
    )  # fmt: skip
    absent_owner_share: float = lever(
        0.08, unit="of tenants", low=0.0, high=0.5, standing=ESTIMATE,
        source="reasoned", en="share of tenants on plots whose owner has gone", zh="业主已离开的租户比例",
    )  # fmt: skip
    seat_pull: float = lever(
        4.0, unit="km", low=1.0, high=20.0, standing=ESTIMATE,
        source="reasoned", en="distance from the seat over which the density of plots falls to a third",
        zh="用地密度衰减距离",
    )  # fmt: skip
    cell_spread: float = lever(
        0.8, unit="log", low=0.0, high=2.0, standing=ESTIMATE,
        source="reasoned", en="spread of the density of plots over cells", zh="用地密度离散",
    )  # fmt: skip
    block_land_spread: float = lever(
        0.5, unit="log", low=0.0, high=1.5, standing=ESTIMATE,
        source="reasoned", en="spread of the land of old blocks", zh="老旧区块面积离散",
    )  # fmt: skip
    block_owner_share: float = lever(
        0.3, unit="of firms", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of owners among the firms in an old block", zh="老旧区块自有土地企业比例",
    )  # fmt: skip
    opening_floor_area_ratio: float = lever(
        1.84, unit="", low=1.0, high=3.0, standing=SOURCED,
        source="Wenling 2023: 41 parks", en="floor-area ratio of the parks that stand at the start",
        zh="已有园区容积率",
    )  # fmt: skip
    opening_occupancy: float = lever(
        0.9, unit="", low=0.5, high=1.0, standing=ESTIMATE,
        source="reasoned", en="occupancy of the parks that stand at the start", zh="已有园区入驻率",
    )  # fmt: skip
    opening_services: float = lever(
        0.2, unit="0 to 1", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="level of services in the parks that stand at the start", zh="已有园区服务水平",
    )  # fmt: skip
    opening_ledger: float = lever(
        600.0, unit="mu", low=0.0, high=5000.0, standing=ESTIMATE,
        source="reasoned: a year's quota", en="land in hand at the start", zh="期初可用土地指标",
    )  # fmt: skip
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

    # Services and land
    fixed_release: float = lever(
        250_000.0, unit="m2 a year", low=0.0, high=1_000_000.0, standing=ESTIMATE,
        source="1,000,000 m2 of the 2018-2020 programme over about four years",
        en="park floor released a year when releases follow no need, full city", zh="固定年供给园区面积",
    )  # fmt: skip
    service_cost: float = lever(
        15.0, unit="yuan/m2", low=0.0, high=100.0, standing=ESTIMATE,
        source="reasoned", en="what the city pays to raise one service of a park from nothing to full, over its floor",
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


DESCRIBED: Final[dict[str, Described]] = descriptions(Assumptions)
