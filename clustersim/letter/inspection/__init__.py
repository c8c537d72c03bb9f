"""Survey, inspection and cases: clauses 3.1-3.6 and 3.9-3.11.

3.1 全方位、全领域、多层次开展环保、安全问题大排查大整改，全面掌握“低散乱污”企业基本情况
3.2 实施安全生产、环境保护、消防安全、违法危险场所（“三合一”、群租厂房）、
    无证无照经营、节能降耗、淘汰落后产能等对标整治行动
3.3 树立一批治理示范企业，淘汰整治一批落后低效产能
3.4 重点开展废旧塑料加工、铸造、金属表面处理、喷涂等高污染、高排放和涉危企业综合整治行动
3.5 建立问题发现、确认、入库、整改、督查全流程机制
3.6 加强专项执法、联合执法
3.9 深度开展“低散乱污”重点块状行业整治提升工作
3.10 全面落实企业安全生产主体责任，筑牢安全生产底线
3.11 落实中央、省生态环境督察反馈问题整改工作

Firms carry hazards and marks; a survey makes them known, visits find violations of seven kinds, and a violation
becomes a case with a deadline that ends in cure, fine, suspension or closure.
"""

from __future__ import annotations

from clustersim.foundation.assumptions import Assumptions
from clustersim.letter.inspection.cases import (
    Deterrents,
    closure_chance,
    cure_days,
    deadline_quarter,
    deterrents,
    fine_amount,
    follow,
    visit_day,
)
from clustersim.letter.inspection.cases import rectify as _rectify
from clustersim.letter.inspection.choosing import urgency, yearly_capacity
from clustersim.letter.inspection.drifting import (
    DriftEach,
    DriftTerms,
    drift,
    drift_columns,
    drifted,
    halves,
    left_by_inspection,
    nearest_kind,
    relapse_level,
    remember_means,
    survey_place,
)
from clustersim.letter.inspection.hazards import (
    CURABLE,
    campaign_level,
    checked_marks,
    diligence,
    excess,
    own_standard,
    rectified,
    self_inspects,
    severity_of,
    standards,
    surveyed,
    violations,
    visible,
)
from clustersim.letter.inspection.levers import CLAUSES, WHEN_OFF, Levers
from clustersim.letter.inspection.programmes import diagnose, eliminate, perceived_gain, set_examples
from clustersim.letter.inspection.visits import kind_seen, visit, worst_kind
from clustersim.world.columns import Long
from clustersim.world.tables import World

__all__ = [
    "CLAUSES",
    "CURABLE",
    "WHEN_OFF",
    "Deterrents",
    "DriftEach",
    "DriftTerms",
    "Levers",
    "advance",
    "campaign_level",
    "checked_marks",
    "closure_chance",
    "cure_days",
    "deadline_quarter",
    "deterrents",
    "diligence",
    "drift_columns",
    "drifted",
    "excess",
    "fine_amount",
    "halves",
    "kind_seen",
    "left_by_inspection",
    "nearest_kind",
    "own_standard",
    "perceived_gain",
    "rectified",
    "rectify",
    "relapse_level",
    "self_inspects",
    "severity_of",
    "standards",
    "survey_place",
    "surveyed",
    "urgency",
    "violations",
    "visible",
    "visit_day",
    "worst_kind",
    "yearly_capacity",
]


def advance(world: World, levers: Levers, assumptions: Assumptions, drift_each: DriftEach = drift_columns) -> None:
    """One quarter of clauses 3.1-3.6 and 3.9-3.11, before firms choose."""
    remember_means(world)
    by_sector = standards(world, levers)  # 3.2, 3.4
    lots = drift(world, levers, assumptions, by_sector, drift_each)  # 3.1, 3.6, 3.10
    follow(world, levers, assumptions, by_sector)  # 3.5
    visit(world, levers, assumptions, by_sector, lots)  # 3.1-3.6, 3.11
    set_examples(world, levers, assumptions, by_sector)  # 3.3
    eliminate(world, levers)  # 3.3
    diagnose(world, levers, assumptions)  # 3.9


def rectify(world: World, rows: Long, levers: Levers, assumptions: Assumptions) -> None:
    """Bring the hazards in the open case of each of `rows` below their standard; marks stay (action RECTIFY)."""
    _rectify(world, rows, levers, assumptions, standards(world, levers))
