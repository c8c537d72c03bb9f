"""The levers of the parks, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, SOURCED, Plain, lever
from clustersim.foundation.words import SECTOR_KEYS, Grade

_NONE: Final = "none"


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 1.5, 1.7, 2.1-2.5 and 2.8."""

    # 1.5 small units
    small_share: float = lever(
        0.4, unit="", low=0.0, high=1.0, clause="1.5", standing=ESTIMATE,
        source="reasoned", en="share of new park floor in small units", zh="小单元占新增面积比例",
    )  # fmt: skip
    small_unit_m2: float = lever(
        350.0, unit="m2", low=100.0, high=1000.0, clause="1.5", standing=ESTIMATE,
        source="Zhangqi hardware park 2017: 93 firms on 30 mu", en="size of a small unit", zh="小单元面积",
    )  # fmt: skip
    # 1.7 parks that stood before 2021
    town_parks_upgraded_per_year: float = lever(
        3.0, unit="parks a year", low=0.0, high=20.0, clause="1.7", standing=ESTIMATE,
        source="reasoned", en="town parks upgraded a year", zh="每年提升镇级园区数",
    )  # fmt: skip
    upgrade_services: float = lever(
        0.2, unit="level", low=0.0, high=1.0, clause="1.7", standing=ESTIMATE,
        source="reasoned", en="rise of all nine services when a town park is upgraded", zh="提升后服务水平增量",
    )  # fmt: skip
    upgrade_floor: float = lever(
        0.1, unit="", low=0.0, high=0.5, clause="1.7", standing=ESTIMATE,
        source="reasoned", en="floor a town park gains by added storeys, over its floor", zh="加层新增面积比例",
    )  # fmt: skip
    # 2.1 one park, one product
    strictness: float = lever(
        0.5, unit="0 to 1", low=0.0, high=1.0, clause="2.1", standing=ESTIMATE,
        source="reasoned", en="strictness of specialisation: 0 any sector, 1 the lead sector and its closest partners",
        zh="一园一品严格程度",
    )  # fmt: skip
    # 2.2 who may build
    state_platform: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="state platforms build parks", zh="国有平台建园",
    )  # fmt: skip
    village_collective: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="village collectives build parks",
        zh="村集体建园",
    )  # fmt: skip
    association: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="trade associations build parks",
        zh="行业协会建园",
    )  # fmt: skip
    consortium: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="consortia of firms build parks",
        zh="企业联合体建园",
    )  # fmt: skip
    lead_firm: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="lead firms build parks", zh="龙头企业建园",
    )  # fmt: skip
    professional: bool = lever(
        True, clause="2.2", standing=SOURCED, source="clause 2.2", en="professional developers build parks",
        zh="第三方专业机构建园",
    )  # fmt: skip
    co_funding_share: float = lever(
        0.1, unit="of cost", low=0.0, high=0.5, clause="2.2", standing=ESTIMATE,
        source="reasoned", en="share of a park's cost that the city pays", zh="财政共担比例",
    )  # fmt: skip
    # 2.3 rent or sale, made to measure
    standard_unit_m2: float = lever(
        1000.0, unit="m2", low=300.0, high=3000.0, clause="2.3", standing=ESTIMATE,
        source="Cixi programme 2018: about 1,000 m2 a firm", en="size of a standard unit", zh="标准厂房单元面积",
    )  # fmt: skip
    custom_share: float = lever(
        0.15, unit="", low=0.0, high=1.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="share of new park floor in custom units", zh="定制厂房占比",
    )  # fmt: skip
    custom_unit_m2: float = lever(
        3500.0, unit="m2", low=1000.0, high=20000.0, clause="2.3", standing=ESTIMATE,
        source="Wenling 2023: 3,366 m2 a firm", en="least size of a custom unit", zh="定制厂房最小面积",
    )  # fmt: skip
    incubator_share: float = lever(
        0.05, unit="", low=0.0, high=1.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="share of new park floor in incubator units", zh="孵化园占比",
    )  # fmt: skip
    incubator_unit_m2: float = lever(
        150.0, unit="m2", low=30.0, high=500.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="size of an incubator unit", zh="孵化单元面积",
    )  # fmt: skip
    incubator_rent: float = lever(
        0.5, unit="", low=0.0, high=1.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="rent of an incubator unit over the standard rent", zh="孵化单元租金比",
    )  # fmt: skip
    incubator_years: float = lever(
        3.0, unit="years", low=1.0, high=6.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="age up to which a firm may take an incubator unit", zh="孵化企业年限",
    )  # fmt: skip
    sale_share: float = lever(
        0.3, unit="", low=0.0, high=1.0, clause="2.3", standing=ESTIMATE,
        source="reasoned", en="share of new units for sale, incubators aside", zh="出售比例",
    )  # fmt: skip
    # 2.4 who may come in
    lowest_grade: str = lever(
        "B", choices=("A", "B", "C", "D", _NONE), clause="2.4", standing=SOURCED,
        source="Cixi Dajishan park 2021-22: all B or better",
        en="lowest grade that may enter (displaced and ungraded firms aside)", zh="入园最低评价档次",
    )  # fmt: skip
    tax_per_mu: float = lever(
        0.0, unit="yuan/mu a year", low=0.0, high=1_000_000.0, clause="2.4", standing=SOURCED,
        source="strict variant 300,000: Wenzhou 2018", en="least tax per mu of parks opened under the letter",
        zh="入园亩均税收门槛",
    )  # fmt: skip
    investment_per_mu: float = lever(
        0.0, unit="yuan/mu", low=0.0, high=10_000_000.0, clause="2.4", standing=SOURCED,
        source="strict variant 3.0 M Wenzhou 2018, 3.5 M Cixi Dajishan 2021-22",
        en="least investment per mu of parks opened under the letter", zh="入园亩均投资门槛",
    )  # fmt: skip
    vetoed: tuple[str, ...] = lever(
        ("recycled_plastic", "casting"), choices=SECTOR_KEYS, clause="2.4", standing=ESTIMATE,
        source="Cixi Zhouxiang 2020: high-energy and 散乱污 firms vetoed; which sectors is reasoned",
        en="sectors that no park takes", zh="禁入行业",
    )  # fmt: skip
    hazard_limit: float = lever(
        0.45, unit="0 to 1", low=0.0, high=1.0, clause="2.4", standing=ESTIMATE,
        source="Cixi Zhouxiang 2020: 散乱污 firms vetoed; the number is reasoned",
        en="worst hazard a firm may still have after moving in", zh="入园后隐患上限",
    )  # fmt: skip
    # 2.5 rating
    rated: bool = lever(
        True, clause="2.5", standing=SOURCED, source="Zhejiang rating of small-firm parks, 浙中小企办〔2018〕18号",
        en="parks are rated A to D every year", zh="园区年度评价",
    )  # fmt: skip
    rated_after_quarters: int = lever(
        4, unit="quarters", low=0, high=16, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="quarters a park has been open before its first rating", zh="首次评价前运营季度",
    )  # fmt: skip
    occupancy_weight: float = lever(
        35.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="weight of occupancy in the rating", zh="入驻率权重",
    )  # fmt: skip
    output_weight: float = lever(
        40.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="weight of output per m2 in the rating", zh="产出权重",
    )  # fmt: skip
    compliance_weight: float = lever(
        25.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="weight of compliance in the rating", zh="合规权重",
    )  # fmt: skip
    full_output: float = lever(
        1.5, unit="times the mean", low=1.0, high=3.0, clause="2.5", standing=ESTIMATE,
        source="as the cap of the per-mu score",
        en="output per m2 over the mean of all parks that earns all its points",
        zh="产出满分倍数",
    )  # fmt: skip
    a_points: float = lever(
        80.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="least points, out of 100, of rating A", zh="A级最低分",
    )  # fmt: skip
    b_points: float = lever(
        70.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="least points, out of 100, of rating B", zh="B级最低分",
    )  # fmt: skip
    c_points: float = lever(
        60.0, unit="points", low=0.0, high=100.0, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="least points, out of 100, of rating C", zh="C级最低分",
    )  # fmt: skip
    services_a: float = lever(
        0.05, unit="level a year", low=0.0, high=0.5, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="services a park rated A gains", zh="A级园区服务支持",
    )  # fmt: skip
    services_b: float = lever(
        0.02, unit="level a year", low=0.0, high=0.5, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="services a park rated B gains", zh="B级园区服务支持",
    )  # fmt: skip
    rent_relief_a: float = lever(
        0.10, unit="of rent", low=0.0, high=0.5, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="rent the city takes over in a park rated A", zh="A级园区租金减免",
    )  # fmt: skip
    rent_relief_b: float = lever(
        0.05, unit="of rent", low=0.0, high=0.5, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="rent the city takes over in a park rated B", zh="B级园区租金减免",
    )  # fmt: skip
    quarters_before_loss: int = lever(
        3, unit="quarters", low=1, high=12, clause="2.5", standing=ESTIMATE,
        source="reasoned", en="quarters with an open case after which a tenant loses its place", zh="违规清退前季度数",
    )  # fmt: skip
    # 2.8 old plants
    reuse_share: float = lever(
        0.005, unit="a quarter", low=0.0, high=0.2, clause="2.8", standing=ESTIMATE,
        source="reasoned", en="share of vacated plants that may be made over in a quarter", zh="旧厂房季度改造比例",
    )  # fmt: skip
    reuse_cost: float = lever(
        1000.0, unit="yuan/m2", low=200.0, high=3000.0, clause="2.8", standing=ESTIMATE,
        source="model notes section 7", en="cost of making an old plant into park floor", zh="旧厂改造成本",
    )  # fmt: skip
    reuse_quarters: int = lever(
        2, unit="quarters", low=1, high=12, clause="2.8", standing=ESTIMATE,
        source="model notes section 7", en="quarters of work on old plants", zh="旧厂改造季度",
    )  # fmt: skip

    @property
    def grade_floor(self) -> int:
        """The lowest grade that may enter, as the number of a `Grade`; D when there is no threshold."""
        return int(Grade.D) if self.lowest_grade == _NONE else int(Grade[self.lowest_grade])

    @property
    def vetoed_sectors(self) -> int:
        """The vetoed sectors as bits.

        >>> Levers(vetoed=("appliance", "auto")).vetoed_sectors
        5
        """
        return sum(1 << SECTOR_KEYS.index(key) for key in set(self.vetoed))


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "1.5": {"small_share": 0.0},
    "1.7": {"town_parks_upgraded_per_year": 0.0},
    "2.1": {"strictness": 0.0},
    "2.2": {
        "state_platform": True, "village_collective": False, "association": False, "consortium": False,
        "lead_firm": False, "professional": False, "co_funding_share": 0.0,
    },
    "2.3": {"custom_share": 0.0, "incubator_share": 0.0, "sale_share": 0.0},
    "2.4": {
        "lowest_grade": _NONE, "tax_per_mu": 0.0, "investment_per_mu": 0.0, "vetoed": (), "hazard_limit": 1.0,
    },
    "2.5": {"rated": False},
    "2.8": {"reuse_share": 0.0},
}  # fmt: skip
