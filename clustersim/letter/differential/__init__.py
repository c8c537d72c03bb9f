"""Graded terms: clauses 4.2 to 4.5.

4.2 控制D档企业新增建设用地
4.3 上调D档企业电价
4.4 D档企业不得享受政府财政奖励
4.5 全面实行用地、用能、排污、税费等要素资源差别化配置

What a grade means in money: no new land and no rewards for D, dearer electricity, and land-use tax, discharge price
and energy quota by grade. Firms reckon with next year's grade when they choose (`firm.options`).
"""

from __future__ import annotations

from clustersim.letter.differential.charges import (
    RELIEF_UNTIL,
    by_grade,
    discharge_charge,
    energy_over_quota,
    land_use_tax,
    relief_by_grade,
)
from clustersim.letter.differential.levers import CLAUSES, WHEN_OFF, Levers
from clustersim.letter.differential.prices import (
    expected_price,
    months_in_quarter,
    refund,
    surcharge,
)
from clustersim.letter.differential.rewards import (
    grant_rewards,
    rent_relieved,
    reward_factor,
    upgrade_reward,
    voucher,
)
from clustersim.world.tables import World

__all__ = [
    "CLAUSES",
    "RELIEF_UNTIL",
    "WHEN_OFF",
    "Levers",
    "announce",
    "by_grade",
    "discharge_charge",
    "energy_over_quota",
    "expected_price",
    "grant_rewards",
    "land_use_tax",
    "months_in_quarter",
    "refund",
    "relief_by_grade",
    "rent_relieved",
    "reward_factor",
    "surcharge",
    "upgrade_reward",
    "voucher",
]


def announce(world: World, levers: Levers) -> None:
    """Publish the surcharges, so that grading knows what a firm would pay to escape a lower grade (4.3)."""
    prices = world.city.surcharges
    prices[0] = levers.surcharge_below_c, levers.surcharge_below_d
    prices[1] = levers.surcharge_above_c, levers.surcharge_above_d
    world.city.surcharge_terms[:] = levers.exemption_kwh, levers.cap_yuan, levers.months
