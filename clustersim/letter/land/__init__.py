"""Land: where building is allowed, how much floor is released, the ledger, and the clearance of scattered plots.

1.1 高起点、高标准编制工业集聚区专项规划
    Parks are built only inside the planned zones; hills and red-line cells never take industry.
1.2 建立产业发展与工业稳定增长的匹配机制
    The release of new park floor follows the measured queue and vacancy.
1.3 工业用地占补平衡、增减挂钩
    Land newly built on never exceeds land given up plus the yearly quota.
1.4 腾挪清退城镇开发边界内的散乱工业用地
    Scattered plots get notice and compensation, their firms go first into parks, their land to the ledger.
"""

from clustersim.letter.land.clearance import clear, compensate, compensation
from clustersim.letter.land.ledger import close_books, grant_quota, withheld_land
from clustersim.letter.land.levers import CLAUSES, WHEN_OFF, Levers
from clustersim.letter.land.plan import buildable, plan
from clustersim.letter.land.release import floor_needed, release, within_limit

__all__ = [
    "CLAUSES",
    "WHEN_OFF",
    "Levers",
    "buildable",
    "clear",
    "close_books",
    "compensate",
    "compensation",
    "floor_needed",
    "grant_quota",
    "plan",
    "release",
    "withheld_land",
    "within_limit",
]
