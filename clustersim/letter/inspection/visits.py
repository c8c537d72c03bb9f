"""What a visit finds, which findings become cases, and what firms come to expect (3.2, 3.4-3.6, 3.11)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.draws import four_uniforms, two_uniforms, uniform
from clustersim.foundation.words import FEN, Luck, Stage
from clustersim.letter.inspection.cases import deadline_quarter, fine_amount, visit_day
from clustersim.letter.inspection.choosing import capacities, choose, keep_room, listed_from_above
from clustersim.letter.inspection.hazards import (
    checked_marks,
    severity_of,
    violations,
    visible,
)
from clustersim.letter.inspection.levers import Levers
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small
from clustersim.world.tables import World

_KIND: Final = int(Luck.VISIT_KIND)
_OUTCOME: Final = int(Luck.OUTCOME)
_REGISTERED_STAGE: Final = int(Stage.REGISTERED)
_VISITED: Final = int(Count.VISITED)
_FOUND: Final = int(Count.FOUND)
_CONFIRMED: Final = int(Count.CONFIRMED)
_REGISTERED: Final = int(Count.REGISTERED)
_FINED: Final = int(Count.FINED)
_DISPLACED: Final = int(Count.DISPLACED)
_FEN: Final = float(FEN)
_ORDINARY_FINE: Final = 1  # alternative number of the ordinary fine among the draws of outcomes


@rule
def kind_seen(known: bool, found: int, worst: int, checked: int, luck: float) -> int:
    """The one kind (a bit) that a visit of one authority sees: the worst known one, else any of those checked."""
    if known and found:
        return worst
    kinds = 0
    for kind in range(7):
        kinds += (checked >> kind) & 1
    drawn = int(luck * kinds)
    for kind in range(7):
        if (checked >> kind) & 1:
            if drawn == 0:
                return 1 << kind
            drawn -= 1
    return 0


@rule
def worst_kind(
    found: int, safety: float, environment: float, fire: float, energy: float,
    standard_safety: float, standard_environment: float, standard_fire: float, standard_energy: float,
    mark_severity: float,
) -> int:  # fmt: skip
    """The bit of the worst among the violations found."""
    worst, most = 0, -1.0
    for kind in range(7):
        bit = 1 << kind
        if found & bit:
            bad = severity_of(
                bit, safety, environment, fire, energy,
                standard_safety, standard_environment, standard_fire, standard_energy, mark_severity,
            )  # fmt: skip
            if bad > most:
                worst, most = bit, bad
    return worst


def visit(world: World, levers: Levers, assumptions: Assumptions, by_sector: Floats, lots: Floats) -> None:
    """Visit firms in order of urgency, lists from above first, and register cases while there is room."""
    firms = world.firms
    visits, cases = capacities(world, levers, assumptions)
    listed = listed_from_above(world, levers, by_sector)
    listed_by_town = np.bincount(firms.town[listed], minlength=len(world.towns))
    rows = choose(world, levers, assumptions, by_sector, np.maximum(visits - listed_by_town, 0), lots)
    rows = rows[~np.isin(rows, listed)]
    visited = np.zeros((len(world.towns), 2), np.int64)
    checked = checked_marks(levers)
    checked |= sum(1 << kind for kind in range(4) if by_sector[kind].min() < 1.0)
    _visit(
        np.concatenate((listed, rows)), len(listed), world.seed, world.quarter.index, cases, visited,
        checked, float(levers.acted_premises), float(levers.acted_unlicensed), float(levers.acted_outdated),
        float(levers.joint_share), bool(levers.list_kept), bool(levers.follow_up), float(levers.deadline_days),
        float(assumptions.mark_severity), float(assumptions.fine), float(assumptions.fine_severity),
        float(assumptions.ordinary_fine_chance), float(assumptions.belief_own_visit), by_sector,
        priority_flags(world, levers),
        firms.uid, firms.sector, firms.town, firms.safety, firms.environment, firms.fire, firms.energy, firms.masked,
        firms.marks, firms.known, firms.last_visit, firms.stage, firms.case_kinds, firms.severity, firms.deadline,
        firms.treated, firms.fine_due, firms.displaced, firms.model_firm, firms.belief, world.books.counts,
    )  # fmt: skip
    if levers.follow_up:
        keep_room(world, levers, cases)
    believe(world, levers, assumptions, visited)
    pay(world, "3.5", assumptions.visit_cost * world.books.counts[Count.VISITED])
    pay(world, "3.1", assumptions.survey_cost * world.books.counts[Count.SURVEYED])


def priority_flags(world: World, levers: Levers) -> Flags:
    """Whether each sector is a priority sector (3.4)."""
    return np.array([key in levers.priority_sectors for key in world.sectors.key])


def pay(world: World, clause: str, yuan: Floats) -> None:
    """The city pays for a programme, by town."""
    fen = np.floor(yuan * FEN + 0.5).astype(np.int64)
    world.books.money[Flow.PROGRAMME] += fen
    world.books.by_clause[CLAUSE_SLOTS.index(clause)] += fen


def believe(world: World, levers: Levers, assumptions: Assumptions, visited: Long) -> None:
    """Move every firm's belief about a visit towards the rate of its town and kind of sector."""
    firms = world.firms
    kind = priority_flags(world, levers)
    stood = sum(over_rows(_stood, world.rows, kind, len(world.towns), firms.alive, firms.town, firms.sector))
    rate = visited / np.maximum(stood, 1)
    over_rows(
        _believe, world.rows, float(assumptions.belief_decay), rate, kind,
        firms.alive, firms.town, firms.sector, firms.belief,
    )  # fmt: skip


@sweep
def _stood(first: int, last: int, kind: Flags, towns: int, alive: Flags, town: Small, sector: Small) -> Long:
    stood = np.zeros((towns, 2), np.int64)
    for row in range(first, last):
        if alive[row]:
            stood[town[row], np.int64(kind[sector[row]])] += 1
    return stood


@sweep
def _believe(
    first: int, last: int, decay: float, rate: Floats, kind: Flags,
    alive: Flags, town: Small, sector: Small, belief: Floats,
) -> None:  # fmt: skip
    for row in range(first, last):
        if alive[row]:
            belief[row] += decay * (rate[town[row], np.int64(kind[sector[row]])] - belief[row])


@sweep
def _visit(
    rows: Long, listed: int, seed: int, quarter: int, room: Long, visited: Long,
    checked: int, acted_premises: float, acted_unlicensed: float, acted_outdated: float,
    joint_share: float, kept: bool, follow_up: bool, days: float, mark_severity: float, fine: float,
    fine_severity: float, ordinary_fine: float, belief_step: float, standard: Floats, priority: Flags,
    uid: Long, sector: Small, town: Small, safety: Floats, environment: Floats, fire: Floats, energy: Floats,
    masked: Floats, marks: Small, known: Flags, last_visit: Short, stage: Small, case_kinds: Small, severity: Floats,
    deadline: Short, treated: Short, fine_due: Long, displaced: Flags, model_firm: Flags, belief: Floats, counts: Long,
) -> None:  # fmt: skip
    for place in range(len(rows)):
        row = rows[place]
        t, s, own = town[row], sector[row], uid[row]
        counts[_VISITED, t] += 1
        visited[t, np.int64(priority[s])] += 1
        last_visit[row] = quarter
        belief[row] += belief_step * (1.0 - belief[row])
        hidden = 0.0 if place < listed else masked[row]  # inspectors from above are not deceived
        seen = (
            visible(safety[row], hidden), visible(environment[row], hidden),
            visible(fire[row], hidden), visible(energy[row], hidden),
        )  # fmt: skip
        acted = 0
        if marks[row] & checked:
            luck = four_uniforms(seed, _KIND, quarter, own, 1)
            acted |= 16 if luck[0] < acted_premises else 0
            acted |= 32 if luck[1] < acted_unlicensed else 0
            acted |= 64 if luck[2] < acted_outdated else 0
        found = violations(
            seen[0], seen[1], seen[2], seen[3], marks[row] & acted,
            standard[0, s], standard[1, s], standard[2, s], standard[3, s],
        )  # fmt: skip
        joint, which = two_uniforms(seed, _KIND, quarter, own, 0)
        if joint >= joint_share:
            if place < listed:
                found &= 2
            else:
                worst = worst_kind(
                    found, seen[0], seen[1], seen[2], seen[3],
                    standard[0, s], standard[1, s], standard[2, s], standard[3, s], mark_severity,
                )  # fmt: skip
                found &= kind_seen(known[row], found, worst, checked, which)
        if kept:
            known[row] = True
        if found == 0:
            continue
        counts[_FOUND, t] += 1
        bad = severity_of(
            found, seen[0], seen[1], seen[2], seen[3],
            standard[0, s], standard[1, s], standard[2, s], standard[3, s], mark_severity,
        )  # fmt: skip
        if not follow_up or room[t] <= 0:
            if uniform(seed, _OUTCOME, quarter, own, _ORDINARY_FINE) < ordinary_fine:
                fine_due[row] += np.int64(fine_amount(bad, fine, fine_severity) * _FEN + 0.5)
                counts[_FINED, t] += 1
            continue
        room[t] -= 1
        counts[_CONFIRMED, t] += 1
        counts[_REGISTERED, t] += 1
        stage[row] = _REGISTERED_STAGE
        case_kinds[row] = found
        severity[row] = bad
        treated[row] = quarter
        deadline[row] = deadline_quarter(quarter, visit_day(seed, quarter, own), days)
        model_firm[row] = False
        if not displaced[row]:
            displaced[row] = True
            counts[_DISPLACED, t] += 1
