"""What the indicators measure against; no policy moves these."""

from __future__ import annotations

from dataclasses import dataclass

from clustersim.foundation.levers import ESTIMATE, SOURCED, lever


@dataclass(frozen=True)
class Yardsticks:
    """What the indicators measure against; no policy moves these."""

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
