"""The per-mu evaluation: clauses 4.1 and 4.7.

4.1 对亩均评价C、D档地块，全面实行用地、用能、排污、税费等要素资源差别化配置
4.7 开展低效企业达标提升行动，加强对“亩产效益”综合评价排位末档、土地利用效率低、亩均产出低的企业整治提升

Registered firms are scored every third quarter on the last calendar year and graded A to D inside four pools. What a
grade costs is the home `differential`; improvement orders and their end on the clearance list are here.
"""

from __future__ import annotations

from typing import Final

from clustersim.foundation.assumptions import Assumptions
from clustersim.letter.grading.assess import base_values, grade_all, grades_by_quota, quotas
from clustersim.letter.grading.levers import CLAUSES, WHEN_OFF, Levers, problems
from clustersim.letter.grading.orders import judge_and_issue, low_efficiency
from clustersim.letter.grading.score import chances_at, log_points, points, sublet_penalty, tax_to_reach
from clustersim.world.tables import World

__all__ = [
    "CLAUSES",
    "WHEN_OFF",
    "Levers",
    "assess",
    "base_values",
    "chances_at",
    "grades_by_quota",
    "log_points",
    "low_efficiency",
    "points",
    "problems",
    "quotas",
    "sublet_penalty",
    "tax_to_reach",
]

_SEASON: Final = 3  # grades come out in the third quarter


def assess(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """In the third quarter: score and grade everyone (4.1), then judge and issue improvement orders (4.7)."""
    world.city.grades_count = levers.consequences
    if world.quarter.number == _SEASON:
        tax_per_mu = grade_all(world, levers, assumptions)
        judge_and_issue(world, tax_per_mu, levers)
