"""Hazards, standards and violations: what there is to be found at a firm, and how it drifts (3.1, 3.2, 3.4, 3.10)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.draws import four_uniforms, uniform
from clustersim.foundation.words import COUNT_SCALE, NOBODY, POLICY_START, Luck, Mark, Stage
from clustersim.letter.inspection.levers import Levers
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Short, Small
from clustersim.world.tables import World

_HAZARD: Final = int(Luck.HAZARD)
_SURVEY: Final = int(Luck.SURVEY)
_SELF: Final = int(Luck.SELF_INSPECTION)
_NOBODY: Final = NOBODY
_NO_CASE: Final = int(Stage.NONE)
_SURVEYED: Final = int(Count.SURVEYED)
_RELAPSED: Final = int(Count.RELAPSED)
_MARKS: Final = (int(Mark.PREMISES), int(Mark.UNLICENSED), int(Mark.OUTDATED))
_PREMISES, _UNLICENSED, _OUTDATED = _MARKS
_SPREAD_OF_UNIFORM: Final = 3.4641016151377544  # a uniform number has standard deviation 1 / sqrt(12)
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
def drifted(hazard: float, mean: float, back: float, noise: float, luck: float) -> float:
    """A hazard a quarter later: drawn to its sector's mean, moved by luck (a uniform number), held in [0, 1]."""
    moved = hazard + back * (mean - hazard) + noise * _SPREAD_OF_UNIFORM * (luck - 0.5)
    return min(max(moved, 0.0), 1.0)


@rule
def halves(luck: float) -> tuple[float, float]:
    """Two independent uniform numbers of 16 bits out of one of 32: noise needs no more, and the generator is dear.

    >>> halves(0.5)
    (0.5000076293945312, 0.0)
    """
    scaled = luck * 65536.0
    whole = np.floor(scaled)
    return (whole + 0.5) * (1.0 / 65536.0), scaled - whole


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
    return np.array(
        [
            [own_standard(float(one), key in levers.priority_sectors, float(levers.priority_standard))
             for key in world.sectors.key]
            for one in plain
        ]
    )  # fmt: skip


def checked_marks(levers: Levers) -> int:
    """Bits of the marks that visits act upon at all (3.2)."""
    chances = (levers.acted_premises, levers.acted_unlicensed, levers.acted_outdated)
    return sum(bit for bit, chance in zip(_MARKS, chances, strict=True) if chance > 0.0)


def remember_means(world: World) -> None:
    """Keep the mean hazards by sector of the first quarter: where hazards drift to."""
    mean, firms = world.city.hazard_mean, world.firms
    if mean.any():
        return
    there = np.flatnonzero(firms.alive[: world.rows])
    sector = firms.sector[there]
    for kind, hazard in enumerate((firms.safety, firms.environment, firms.fire, firms.energy)):
        parts = np.floor(hazard[there] * COUNT_SCALE + 0.5).astype(np.int64)
        total, heads = np.zeros(mean.shape[1], np.int64), np.bincount(sector, minlength=mean.shape[1])
        np.add.at(total, sector, parts)
        overall = total.sum() / max(len(there), 1)
        mean[kind] = np.where(heads > 0, total / np.maximum(heads, 1), overall) / COUNT_SCALE


def drift(world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats) -> Floats:
    """Move every firm's hazards by a quarter: drift, self-inspection, masks, survey and relapse (3.1, 3.6, 3.10).

    Returns a uniform number for each row, out of the same call of the generator: the lottery of visits.
    """
    firms, quarter = world.firms, world.quarter
    mask = assumptions.campaign_mask * campaign_level(levers, quarter - POLICY_START)
    lots = np.empty(world.rows)
    sums = over_rows(
        _drift, world.rows, world.seed, quarter.index, world.city.hazard_mean, by_sector, len(world.towns),
        float(assumptions.hazard_return), float(assumptions.hazard_noise), float(levers.self_inspection_share),
        float(assumptions.self_inspection_effect), float(mask), float(levers.survey_share), bool(levers.list_kept),
        0.25 * float(assumptions.relapse), float(assumptions.relapse_excess),
        firms.alive, firms.uid, firms.sector, firms.town, firms.safety, firms.environment, firms.fire, firms.energy,
        firms.masked, firms.known, firms.stage, firms.cured, firms.suspended, firms.survey_turn, firms.diligence, lots,
    )  # fmt: skip
    for one in sums:
        world.books.counts[_SURVEYED] += one[0]
        world.books.counts[_RELAPSED] += one[1]
    return lots


@rule
def nearest_kind(
    safety: float, environment: float, fire: float, energy: float,
    standard_safety: float, standard_environment: float, standard_fire: float, standard_energy: float,
) -> int:  # fmt: skip
    """The hazard that is nearest to (or most above) its standard: the one that comes back in a relapse."""
    nearest, gap = 0, safety - standard_safety
    if environment - standard_environment > gap:
        nearest, gap = 1, environment - standard_environment
    if fire - standard_fire > gap:
        nearest, gap = 2, fire - standard_fire
    if energy - standard_energy > gap:
        nearest = 3
    return nearest


@sweep
def _drift(
    first: int, last: int, seed: int, quarter: int, mean: Floats, standard: Floats, towns: int,
    back: float, noise: float, self_share: float, self_effect: float, mask: float, survey_share: float, kept: bool,
    relapse: float, relapse_excess: float,
    alive: Flags, uid: Long, sector: Small, town: Small, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, masked: Floats, known: Flags, stage: Small, cured: Short, suspended: Flags,
    survey_turn: Floats, diligence_lot: Floats, lots: Floats,
) -> Long:  # fmt: skip
    """Returns [2, town]: firms surveyed, firms relapsed."""
    counts = np.zeros((2, towns), np.int64)
    for row in range(first, last):
        if not alive[row]:
            continue
        own, s = uid[row], sector[row]
        luck = four_uniforms(seed, _HAZARD, quarter, own, 0)
        luck_safety, luck_environment = halves(luck[0])
        luck_fire, luck_energy = halves(luck[1])
        lots[row] = luck[2]
        safety[row] = drifted(safety[row], mean[0, s], back, noise, luck_safety)
        environment[row] = drifted(environment[row], mean[1, s], back, noise, luck_environment)
        fire[row] = drifted(fire[row], mean[2, s], back, noise, luck_fire)
        energy[row] = drifted(energy[row], mean[3, s], back, noise, luck_energy)
        masked[row] = mask
        suspended[row] = False
        if self_share > 0.0:
            if diligence_lot[row] < 0.0:
                diligence_lot[row] = diligence(seed, own)
            left = 1.0 - self_effect if self_inspects(diligence_lot[row], self_share) else 1.0
            safety[row] *= left
            fire[row] *= left
        if survey_share > 0.0:
            if survey_turn[row] < 0.0:
                survey_turn[row] = uniform(seed, _SURVEY, 0, own, 0)
            if surveyed(survey_turn[row], quarter, survey_share):
                known[row] = True
                counts[0, town[row]] += 1
        known[row] &= kept
        if cured[row] > 0 and stage[row] == _NO_CASE and luck[3] < relapse:
            cured[row] = _NOBODY
            counts[1, town[row]] += 1
            kind = nearest_kind(
                safety[row], environment[row], fire[row], energy[row],
                standard[0, s], standard[1, s], standard[2, s], standard[3, s],
            )  # fmt: skip
            again = min(standard[kind, s] + relapse_excess, 1.0)
            if kind == 0:
                safety[row] = max(safety[row], again)
            elif kind == 1:
                environment[row] = max(environment[row], again)
            elif kind == 2:
                fire[row] = max(fire[row], again)
            else:
                energy[row] = max(energy[row], again)
    return counts
