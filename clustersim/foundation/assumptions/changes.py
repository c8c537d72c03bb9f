"""What closing, moving and expanding cost and bring, how they are paid, and the constants of choice."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import CALIBRATED, ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Changes:
    """What closing, moving and expanding cost and bring, how they are paid, and the constants of choice."""

    # Closing
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
    outside_income: float = lever(
        40_000.0, unit="yuan a year", low=0.0, high=80_000.0, standing=ESTIMATE,
        source="reasoned: exit falls with size in registry studies",
        en="what an owner earns elsewhere after closing, beyond what the firm pays for its own work",
        zh="业主关停后的其他收入",
    )  # fmt: skip

    # Moving
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

    # Expanding
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

    # Paying for it
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

    # Constants of choice, and what a firm expects of prices
    nearest_parks: int = lever(
        5, unit="", low=1, high=5, standing=ESTIMATE,
        source="reasoned", en="parks a firm looks at", zh="考虑园区数",
    )  # fmt: skip
    leave_share: float = lever(
        0.06, unit="", low=0.0, high=0.3, standing=ESTIMATE,
        source="reasoned", en="share of chosen exits that leave the city", zh="外迁占退出比例",
    )  # fmt: skip
    constant_upgrade: float = lever(
        -1.16, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of upgrading", zh="技改常数",
    )  # fmt: skip
    constant_rectify: float = lever(
        -0.4, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of rectifying", zh="整改常数",
    )  # fmt: skip
    constant_expand: float = lever(
        2.17, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of expanding", zh="扩产常数",
    )  # fmt: skip
    constant_move: float = lever(
        -0.19, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
        source="background rates C1-C3", en="constant of moving", zh="入园常数",
    )  # fmt: skip
    constant_exit: float = lever(
        -4.04, unit="", low=-12.0, high=12.0, standing=CALIBRATED,
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
