"""How hazards drift, and what surveys, self-inspection and relapse do to them (3.1, 3.6, 3.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, rule, sweep
from clustersim.foundation.draws import four_uniforms, uniform
from clustersim.foundation.words import COUNT_SCALE, NOBODY, POLICY_START, Luck, Stage
from clustersim.letter.inspection.hazards import campaign_level, diligence, self_inspects, surveyed
from clustersim.letter.inspection.levers import Levers
from clustersim.world.books import Count
from clustersim.world.columns import Flags, Floats, Long, Short, Small
from clustersim.world.tables import World

_HAZARD: Final = int(Luck.HAZARD)
_SURVEY: Final = int(Luck.SURVEY)
_NOBODY: Final = NOBODY
_NO_CASE: Final = int(Stage.NONE)
_SURVEYED: Final = int(Count.SURVEYED)
_RELAPSED: Final = int(Count.RELAPSED)
_SPREAD_OF_UNIFORM: Final = 3.4641016151377544  # a uniform number has standard deviation 1 / sqrt(12)


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


class DriftTerms(NamedTuple):
    """What a quarter does to the hazards of every firm, as plain scalars."""

    back: float  # share of the way to the sector's mean
    noise: float
    self_share: float  # of firms that inspect themselves (3.10)
    self_effect: float  # share of the hazards that they remove
    mask: float  # share of hazards hidden (3.6)
    survey_share: float  # of firms surveyed in a quarter (3.1)
    kept: bool  # the list of what a survey found is kept (3.1)
    relapse: float  # chance a quarter
    relapse_excess: float


DriftEach = Callable[[World, DriftTerms, Floats, Floats], Long]  # a loop over firms: see `firm.walk`


def drift_columns(world: World, terms: DriftTerms, by_sector: Floats, lots: Floats) -> Long:
    """Every firm's quarter of hazards, in blocks of rows; fills `lots`. Returns [2, town]: firms surveyed, relapsed."""
    firms = world.firms
    sums: Long = sum(
        over_rows(
            _drift, world.rows, world.seed, world.quarter.index, world.city.hazard_mean, by_sector, len(world.towns),
            terms, firms.alive, firms.uid, firms.sector, firms.town, firms.safety, firms.environment, firms.fire,
            firms.energy, firms.masked, firms.known, firms.stage, firms.cured, firms.suspended, firms.survey_turn,
            firms.diligence, lots,
        )
    )  # fmt: skip
    return sums


def drift(
    world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats, drift_each: DriftEach = drift_columns
) -> Floats:
    """Move every firm's hazards by a quarter: drift, self-inspection, masks, survey and relapse (3.1, 3.6, 3.10).

    Returns a uniform number for each row, out of the same call of the generator: the lottery of visits.
    """
    lots = np.empty(world.rows)
    surveyed_firms, relapsed = drift_each(world, drift_terms(world, levers, assumptions), by_sector, lots)
    world.books.counts[_SURVEYED] += surveyed_firms
    world.books.counts[_RELAPSED] += relapsed
    return lots


def drift_terms(world: World, levers: Levers, assumptions: Assumptions) -> DriftTerms:
    """Gather them."""
    return DriftTerms(
        back=float(assumptions.hazard_return),
        noise=float(assumptions.hazard_noise),
        self_share=float(levers.self_inspection_share),
        self_effect=float(assumptions.self_inspection_effect),
        mask=float(assumptions.campaign_mask * campaign_level(levers, world.quarter - POLICY_START)),
        survey_share=float(levers.survey_share),
        kept=bool(levers.list_kept),
        relapse=0.25 * float(assumptions.relapse),
        relapse_excess=float(assumptions.relapse_excess),
    )


@rule
def survey_place(seed: int, uid: int) -> float:
    """A firm's place in the survey's turn, for life."""
    return uniform(seed, _SURVEY, 0, uid, 0)


@rule
def left_by_inspection(effect: float, inspects: bool) -> float:
    """Share of a hazard that self-inspection leaves."""
    return 1.0 - effect if inspects else 1.0


@rule
def relapse_level(standard: float, excess: float) -> float:
    """The hazard a relapse brings back: above the standard by an excess."""
    return min(standard + excess, 1.0)


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
    first: int, last: int, seed: int, quarter: int, mean: Floats, standard: Floats, towns: int, t: DriftTerms,
    alive: Flags, uid: Long, sector: Small, town: Small, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats, masked: Floats, known: Flags, stage: Small, cured: Short, suspended: Flags,
    survey_turn: Floats, diligence_lot: Floats, lots: Floats,
) -> Long:  # fmt: skip
    """Returns [2, town]: firms surveyed, firms relapsed."""
    counts = np.zeros((2, towns), np.int64)
    means, luck, called = np.zeros((4, BLOCK)), np.zeros((4, BLOCK)), np.zeros(BLOCK, np.bool_)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, uids, sectors, turns, diligent = alive[at], uid[at], sector[at], survey_turn[at], diligence_lot[at]
        for one in range(len(living)):
            for kind in range(4):
                means[kind, one] = mean[kind, sectors[one]]
        _draw(luck, lots[at], seed, quarter, uids)
        _drift_two(living, luck[0], means[0], means[1], t.back, t.noise, safety[at], environment[at])
        _drift_two(living, luck[1], means[2], means[3], t.back, t.noise, fire[at], energy[at])
        masked[at] = t.mask
        suspended[at] = False
        if t.self_share > 0.0:
            for one in range(len(living)):
                if diligent[one] < 0.0:
                    diligent[one] = diligence(seed, uids[one])
            _inspect_themselves(living, diligent, t.self_share, t.self_effect, safety[at], fire[at])
        if t.survey_share > 0.0:
            for one in range(len(living)):
                if turns[one] < 0.0:
                    turns[one] = survey_place(seed, uids[one])
            _survey(called, living, turns, quarter, t.survey_share, known[at])
            for one in range(len(living)):
                counts[0, town[start + one]] += called[one]
        if not t.kept:
            known[at] = False
        for one in range(len(living)):
            row = start + one
            if cured[row] > 0 and luck[2, one] < t.relapse and stage[row] == _NO_CASE and living[one]:
                cured[row] = _NOBODY
                counts[1, town[row]] += 1
                _relapse(row, sectors[one], standard, t.relapse_excess, safety, environment, fire, energy)
    return counts


@sweep
def _relapse(
    row: int, s: int, standard: Floats, excess_after: float, safety: Floats, environment: Floats, fire: Floats,
    energy: Floats,
) -> None:  # fmt: skip
    """The hazard nearest to its standard comes back."""
    kind = nearest_kind(
        safety[row], environment[row], fire[row], energy[row],
        standard[0, s], standard[1, s], standard[2, s], standard[3, s],
    )  # fmt: skip
    least = relapse_level(standard[kind, s], excess_after)
    if kind == 0:
        safety[row] = max(safety[row], least)
    elif kind == 1:
        environment[row] = max(environment[row], least)
    elif kind == 2:
        fire[row] = max(fire[row], least)
    else:
        energy[row] = max(energy[row], least)


# Passes over a block of rows


@sweep
def _draw(luck: Floats, lots: Floats, seed: int, quarter: int, uid: Long) -> None:
    """Out of one call of the generator: two numbers for two hazards each, the lottery of visits, and relapse."""
    first, second, third = luck[0], luck[1], luck[2]
    for one in range(len(uid)):
        first[one], second[one], lots[one], third[one] = four_uniforms(seed, _HAZARD, quarter, uid[one], 0)


@sweep
def _drift_two(
    alive: Flags, luck: Floats, mean_one: Floats, mean_other: Floats, back: float, noise: float, hazard_one: Floats,
    hazard_other: Floats,
) -> None:  # fmt: skip
    for one in range(len(alive)):
        luck_one, luck_other = halves(luck[one])
        if alive[one]:
            hazard_one[one] = drifted(hazard_one[one], mean_one[one], back, noise, luck_one)
            hazard_other[one] = drifted(hazard_other[one], mean_other[one], back, noise, luck_other)


@sweep
def _inspect_themselves(
    alive: Flags, lot: Floats, share: float, effect: float, safety: Floats, fire: Floats
) -> None:  # fmt: skip
    for one in range(len(alive)):
        left = left_by_inspection(effect, alive[one] and self_inspects(lot[one], share))
        safety[one] *= left
        fire[one] *= left


@sweep
def _survey(called: Flags, alive: Flags, turn: Floats, quarter: int, share: float, known: Flags) -> None:
    for one in range(len(alive)):
        called[one] = alive[one] and surveyed(turn[one], quarter, share)
        known[one] |= called[one]
