"""Hazards, standards and violations: what there is to be found at a firm (3.1, 3.2, 3.4, 3.10)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import rule
from clustersim.foundation.draws import uniform
from clustersim.foundation.words import Luck, Mark
from clustersim.letter.inspection.levers import Levers
from clustersim.world.columns import Floats
from clustersim.world.tables import World

_SELF: Final = int(Luck.SELF_INSPECTION)
_MARKS: Final = (int(Mark.PREMISES), int(Mark.UNLICENSED), int(Mark.OUTDATED))
_PREMISES, _UNLICENSED, _OUTDATED = _MARKS
CURABLE: Final = 0b1111  # bits of the hazards: cured in place


@rule
def own_standard(standard: float, priority: bool, factor: float) -> float:
    """Hazard above which a firm is in violation; stricter in priority sectors, and 1 where a kind is not checked.

    >>> own_standard(0.6, True, 0.85), own_standard(1.0, True, 0.85)
    (0.51, 1.0)
    """
    if standard >= 1.0:
        return 1.0
    return standard * factor if priority else standard


@rule
def visible(hazard: float, masked: float) -> float:
    """What an inspector sees of a hazard; part of it is hidden while a campaign lasts."""
    return hazard * (1.0 - masked)


@rule
def violations(
    safety: float, environment: float, fire: float, energy: float, marks: int,
    standard_safety: float, standard_environment: float, standard_fire: float, standard_energy: float,
) -> int:  # fmt: skip
    """The violations (bits of `Violation`) in hazards as seen, against own standards, and in marks.

    >>> violations(0.7, 0.2, 0.61, 0.1, 0, 0.6, 0.6, 0.6, 0.7)
    5
    """
    found = marks
    if safety > standard_safety:
        found |= 1
    if environment > standard_environment:
        found |= 2
    if fire > standard_fire:
        found |= 4
    if energy > standard_energy:
        found |= 8
    return found


@rule
def excess(hazard: float, standard: float) -> float:
    """How far a hazard is above its standard, from 0 to 1."""
    return max(hazard - standard, 0.0) / max(1.0 - standard, 1e-9)  # no branch: this runs for every firm


@rule
def severity_of(
    kinds: int, safety: float, environment: float, fire: float, energy: float,
    standard_safety: float, standard_environment: float, standard_fire: float, standard_energy: float,
    mark_severity: float,
) -> float:  # fmt: skip
    """Severity from 0 to 1 of a set of violations: what is left of 1 when each takes its share of the rest away.

    >>> severity_of(16, 0.9, 0.0, 0.0, 0.0, 0.6, 0.6, 0.6, 0.7, 0.5)
    0.5
    """
    rest = 1.0
    if kinds & 1:
        rest *= 1.0 - excess(safety, standard_safety)
    if kinds & 2:
        rest *= 1.0 - excess(environment, standard_environment)
    if kinds & 4:
        rest *= 1.0 - excess(fire, standard_fire)
    if kinds & 8:
        rest *= 1.0 - excess(energy, standard_energy)
    if kinds & _PREMISES:
        rest *= 1.0 - mark_severity
    if kinds & _UNLICENSED:
        rest *= 1.0 - mark_severity
    if kinds & _OUTDATED:
        rest *= 1.0 - mark_severity
    return 1.0 - rest


@rule
def rectified(hazard: float, standard: float, level: float) -> float:
    """The hazard left after rectifying: below the standard by a margin, never more than before."""
    return min(hazard, standard * level)


@rule
def diligence(seed: int, uid: int) -> float:
    """A firm's lot in self-inspection, for life."""
    return uniform(seed, _SELF, 0, uid, 0)


@rule
def self_inspects(lot: float, share: float) -> bool:
    """Whether a firm takes its duty of self-inspection seriously (3.10); a lot below 0 is not drawn yet.

    >>> self_inspects(0.3, 0.5), self_inspects(0.3, 0.0), self_inspects(-1.0, 0.0)
    (True, False, False)
    """
    return bool(0.0 <= lot < share)


@rule
def surveyed(turn: float, quarter: int, share: float) -> bool:
    """Whether the survey calls on a firm this quarter: in turn, everybody once in 1 / share quarters (3.1).

    >>> [surveyed(0.3, quarter, 0.25) for quarter in range(5)]
    [False, True, False, False, False]
    """
    place = turn - quarter * share
    return bool(place - np.floor(place) < share)


def campaign_level(levers: Levers, quarters_in: int) -> float:
    """How much of a campaign is felt: 1 while it lasts, fading after it (3.6); `quarters_in` counts from 2021Q3.

    >>> [campaign_level(Levers(), quarter) for quarter in range(5)]
    [0.0, 1.0, 1.0, 0.5, 0.25]
    """
    since = quarters_in - levers.campaign_start
    if since < 0 or levers.campaign_length == 0:
        return 0.0
    after = since - levers.campaign_length + 1
    level = 1.0
    for _ in range(min(after, 60)):
        level *= levers.campaign_fade
    return level


def standards(world: World, levers: Levers) -> Floats:
    """Standards of the four hazards by sector, [4, sector] (3.2, 3.4)."""
    plain = (levers.standard_safety, levers.standard_environment, levers.standard_fire, levers.standard_energy)
    strict = np.array([key in levers.priority_sectors for key in world.sectors.key])
    return np.array(
        [
            np.where(
                strict, *(own_standard(float(one), first, float(levers.priority_standard)) for first in (True, False))
            )
            for one in plain
        ]
    )


def checked_marks(levers: Levers) -> int:
    """Bits of the marks that visits act upon at all (3.2)."""
    chances = (levers.acted_premises, levers.acted_unlicensed, levers.acted_outdated)
    return sum(bit for bit, chance in zip(_MARKS, chances, strict=True) if chance > 0.0)
