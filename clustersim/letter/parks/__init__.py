"""Parks: built, filled, rated and made over.

1.5 以“园中园”的模式，建立小微工业园
    Small units inside town parks, so that a micro firm can fit and afford one.
1.7 转型提升镇级工业园区
    Parks that stood before 2021 gain services and usable floor, year by year.
2.1 坚持产业集聚，突出主导产业及产业链配套，鼓励“一园一品”
    Each park has a lead sector, and takes it and its chain.
2.2
鼓励国有平台、第三方专业机构、村级集体经济组织、企业联合体、龙头企业、行业协会等市场主体积极参与小微企业园区的建设工作
    Many kinds of developer, each with its own required return, build time and rent.
2.3 采取租售结合、量身定制等供给方式，为入驻企业提供标准厂房、定制厂房、孵化园等多类型空间
    Standard, custom and incubator units, to rent or to buy.
2.4 合理设置入园门槛，防止出现新的“低散乱”
    An admission threshold of sector, grade, hazard, tax and investment.
2.5 加强动态监管，完善小微企业园评价考核机制
    A yearly rating with support; tenants who stay non-compliant lose their place.
2.8 鼓励盘活利用旧厂区、旧厂房建设小微企业园区
    Vacated plants become small parks, sooner, cheaper and without new land.
"""

from typing import Final

from clustersim.letter.parks.admission import admit, eligible, may_ask, taken_by, takes
from clustersim.letter.parks.development import develop
from clustersim.letter.parks.levers import WHEN_OFF, Levers
from clustersim.letter.parks.rating import rate
from clustersim.letter.parks.reuse import reuse
from clustersim.letter.parks.specialisation import admitted_sectors
from clustersim.letter.parks.terms import Threshold, threshold
from clustersim.letter.parks.units import (
    cheapest_unit,
    floor_taken,
    floors_taken,
    has_room,
    park_rent,
    rentable,
    split_floor,
    unit_fit_out,
    unit_rent,
    unit_sizes,
)
from clustersim.letter.parks.upgrading import upgrade_town_parks

CLAUSES: Final[tuple[str, ...]] = ("1.5", "1.7", "2.1", "2.2", "2.3", "2.4", "2.5", "2.8")

__all__ = [
    "CLAUSES",
    "WHEN_OFF",
    "Levers",
    "Threshold",
    "admit",
    "admitted_sectors",
    "cheapest_unit",
    "develop",
    "eligible",
    "floor_taken",
    "floors_taken",
    "has_room",
    "may_ask",
    "park_rent",
    "rate",
    "rentable",
    "reuse",
    "split_floor",
    "taken_by",
    "takes",
    "threshold",
    "unit_fit_out",
    "unit_rent",
    "unit_sizes",
    "upgrade_town_parks",
]
