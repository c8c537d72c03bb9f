"""What a synthetic city is drawn from: numbers, sizes, land and floor."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import DERIVED, ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Population:
    """What a synthetic city is drawn from: numbers, sizes, land and floor."""

    # Numbers and sizes
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
        0.5225, unit="of revenue", low=0.45, high=0.62, standing=DERIVED,
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

    # Land and floor
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

    # What stands at the start
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
