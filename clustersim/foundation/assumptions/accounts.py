"""What a firm earns, pays and keeps."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import DERIVED, ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Accounts:
    """What a firm earns, pays and keeps."""

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
