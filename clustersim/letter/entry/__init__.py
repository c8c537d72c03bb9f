"""Entry: clauses 3.7 and 3.8.

3.7 原则上严格控制村庄内非工业土地上新办工业企业
3.8 供电部门一律不得对此类企业加装三相变压器

Newcomers are drawn once for the whole horizon; policy decides only whether and where each may start, and what becomes
of the firms that already stand on village land.
"""

from __future__ import annotations

from clustersim.foundation.assumptions import Assumptions
from clustersim.letter.entry import licences, places
from clustersim.letter.entry.levers import CLAUSES, WHEN_OFF, Levers
from clustersim.letter.entry.licences import apply_power_limit, fails_renewal, must_renew, within_power
from clustersim.letter.entry.newcomers import Newcomers, arrivals, draw
from clustersim.letter.entry.places import incubator_floor
from clustersim.letter.entry.profile import Trait, profile_of
from clustersim.world.tables import World

__all__ = [
    "CLAUSES",
    "WHEN_OFF",
    "Levers",
    "Newcomers",
    "Trait",
    "admit_newcomers",
    "apply_power_limit",
    "arrivals",
    "draw",
    "fails_renewal",
    "incubator_floor",
    "must_renew",
    "profile_of",
    "within_power",
]


def admit_newcomers(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Renew the licences of village firms, then let the quarter's newcomers start where they may (3.7)."""
    licences.renew_licences(world, levers, assumptions)
    places.admit_newcomers(world, levers, assumptions)
