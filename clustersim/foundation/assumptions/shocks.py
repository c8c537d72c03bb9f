"""What befalls sectors and firms, and who starts anew."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Shocks:
    """What befalls sectors and firms, and who starts anew."""

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
        0.05, unit="a quarter", low=0.0, high=0.1, standing=ESTIMATE,
        source="reasoned", en="pull of revenue back to its productivity", zh="收入回归速度",
    )  # fmt: skip
    floor_slack: float = lever(
        0.2, unit="log", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="least room for growth in a firm's floor", zh="厂房最小余量",
    )  # fmt: skip
    floor_slack_spread: float = lever(
        0.4, unit="log", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="spread of the room for growth in a firm's floor", zh="厂房余量离散",
    )  # fmt: skip
    labour_follow: float = lever(
        0.8, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned", en="share of a change of demand that jobs follow at once", zh="就业随需求调整比例",
    )  # fmt: skip
    stealing_share: float = lever(
        0.3, unit="", low=0.0, high=0.7, standing=ESTIMATE,
        source="reasoned", en="share of a gain taken from competitors", zh="业务抢占比例",
    )  # fmt: skip
    recovered_share: float = lever(
        0.7, unit="", low=0.0, high=1.0, standing=ESTIMATE,
        source="reasoned: constant volume in the background",
        en="share of closed firms' sales, less newcomers' sales, that competitors take over", zh="关停企业业务承接比例",
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
