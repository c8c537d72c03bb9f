"""Survey, hazards, visits and cases: clauses 3.1 to 3.6 and 3.9 to 3.11, firm by firm."""

from __future__ import annotations

from math import exp, floor
from typing import TYPE_CHECKING

import numpy as np

from clustersim.foundation.words import NOBODY, POLICY_START, Carry, Cause, Clearance, Grade, Mark, Stage
from clustersim.letter import inspection
from clustersim.letter.inspection import choosing, programmes, visits
from clustersim.world.books import Count
from clustersim.world.rationing import whole_part
from lean_mesa.plain import Plain

if TYPE_CHECKING:
    from lean_mesa.city import LeanCity
    from lean_mesa.firm import Firm

DAYS = 91.25
CURABLE = 0b1111
OUTDATED = int(Mark.OUTDATED)
NO_CASE, REGISTERED, RECTIFYING, SUPERVISED = (
    int(Stage.NONE), int(Stage.REGISTERED), int(Stage.RECTIFYING), int(Stage.SUPERVISED)
)  # fmt: skip
C, D = int(Grade.C), int(Grade.D)
UNIFORM_SPREAD = 12.0**0.5  # a uniform number has standard deviation 1 / sqrt(12)


def advance(city: LeanCity) -> None:
    """One quarter of inspection, before firms choose."""
    terms = terms_of(city)
    room, visited = terms.cases, [[0, 0] for _ in city.towns]
    ranked, bad_air = drift_and_rank(city, terms)
    from_above = listed_from_above(city, terms, bad_air)
    for town, (points, firms) in enumerate(ranked):
        listed = [firm for firm in from_above if firm.town == town]
        for firm in listed:
            visit(city, firm, terms, True, room, visited)
        most = min(int(terms.visits[town]) - len(listed), len(points))
        if most > 0:
            least, chosen = sorted(points)[-most], set(map(id, listed))
            urgent = [pair for pair in zip(points, firms, strict=True) if pair[0] >= least]
            urgent.sort(key=lambda one: -one[0])  # the most urgent first: there is room for so many cases
            for _, firm in urgent:
                if id(firm) not in chosen:
                    visit(city, firm, terms, False, room, visited)
    if terms.follow_up:
        choosing.keep_room(city.world, city.levers.inspection, np.array(room, np.int64))
    stood = [[max(one, 1) for one in by_kind] for by_kind in terms.stood]
    city.visit_rates = [
        [now / all_ for now, all_ in zip(*both, strict=True)] for both in zip(visited, stood, strict=True)
    ]
    counts = city.world.books.counts
    visits.pay(city.world, "3.5", city.assumptions.visit_cost * counts[Count.VISITED])
    visits.pay(city.world, "3.1", city.assumptions.survey_cost * counts[Count.SURVEYED])
    set_examples(city, terms)
    eliminate(city)
    programmes.diagnose(city.world, city.levers.inspection, city.assumptions)


def terms_of(city: LeanCity) -> Plain:
    """Levers and assumptions of a quarter as plain numbers and lists by sector."""
    world, levers, a = city.world, city.levers.inspection, city.assumptions
    by_sector = inspection.standards(world, levers)
    checked = inspection.checked_marks(levers)
    kinds = checked | sum(1 << kind for kind in range(4) if by_sector[kind].min() < 1.0)
    allowed, cases = choosing.capacities(world, levers, a)
    mask = a.campaign_mask * inspection.campaign_level(levers, world.quarter - POLICY_START)
    return Plain(
        quarter=world.quarter.index, visits=allowed.tolist(), cases=cases.tolist(), checked=checked,
        checked_kinds=[1 << kind for kind in range(7) if kinds >> kind & 1], seen=1.0 - mask,
        standards=[tuple(by_sector[:, s].tolist()) for s in range(by_sector.shape[1])],
        priority=[int(one) for one in visits.priority_flags(world, levers)],
        weights=[
            levers.priority_weight * (key in levers.priority_sectors) + levers.listed_weight
            * (key in levers.listed_sectors) for key in world.sectors.key
        ],
        mark_severity=a.mark_severity, follow_up=levers.follow_up, stood=[[0, 0] for _ in city.towns],
        known_weight=levers.known_weight, grade_weight=levers.grade_weight, waiting_weight=levers.waiting_weight,
        lottery_weight=levers.lottery_weight, kept=levers.list_kept, joint_share=levers.joint_share,
        acted=(levers.acted_premises, levers.acted_unlicensed, levers.acted_outdated),
        deadline_days=levers.deadline_days, supervised_quarters=levers.supervised_quarters, cure_days=a.cure_days,
        cure_spread=a.cure_spread, overdue_fine=levers.overdue_fine, overdue_suspension=levers.overdue_suspension,
        overdue_closure=levers.overdue_closure, closure_marks=levers.closure_marks,
        fine=a.fine / a.fine_severity, ordinary_fine=a.ordinary_fine_chance, belief_step=a.belief_own_visit,
    )  # fmt: skip


def severity(kinds: int, seen: tuple[float, ...], standards: tuple[float, ...], mark_severity: float) -> float:
    """Severity from 0 to 1 of a set of violations."""
    rest = 1.0
    for kind in range(4):
        if kinds >> kind & 1 and seen[kind] > standards[kind]:
            rest *= 1.0 - (seen[kind] - standards[kind]) / (1.0 - standards[kind])
    for kind in range(4, 7):
        if kinds >> kind & 1:
            rest *= 1.0 - mark_severity
    return 1.0 - rest


def violations(seen: tuple[float, ...], standards: tuple[float, ...], marks: int) -> int:
    """Bits of the violations in hazards as seen, and in marks."""
    return (
        marks | (seen[0] > standards[0]) | (seen[1] > standards[1]) << 1 | (seen[2] > standards[2]) << 2
        | (seen[3] > standards[3]) << 3
    )  # fmt: skip


def hazards_seen(firm: Firm, share: float) -> tuple[float, float, float, float]:
    """The four hazards as an inspector sees them."""
    return share * firm.safety, share * firm.environment, share * firm.fire, share * firm.energy


def drift_and_rank(city: LeanCity, t: Plain) -> tuple[list[tuple[list[float], list[Firm]]], list[Firm]]:
    """Hazards drift, firms inspect themselves, the survey calls, cases move on; then how urgent a visit is.

    Returns points and firms by town, and who could be on a list from above.
    """
    levers, a, random = city.levers.inspection, city.assumptions, city.random.random
    counts, quarter, mean = city.world.books.counts, t.quarter, city.world.city.hazard_mean
    width = a.hazard_noise * UNIFORM_SPREAD
    keep, still = 1.0 - a.hazard_return, (a.hazard_return * mean - 0.5 * width).T.tolist()
    share, left, relapse = levers.self_inspection_share, 1.0 - a.self_inspection_effect, 0.25 * a.relapse
    survey_share, kept, turned = levers.survey_share, t.kept, quarter * levers.survey_share
    weights, standards, priority, seen = t.weights, t.standards, t.priority, t.seen
    known_weight, waiting_weight, lottery = t.known_weight, t.waiting_weight, t.lottery_weight
    for_grade = [0.0, 0.0, 0.0, 0.5 * t.grade_weight, t.grade_weight]
    marks_left = [(1.0 - t.mark_severity) ** (marks & t.checked).bit_count() for marks in range(128)]
    list_now, bad_air = city.list_due(), []
    ranked: list[tuple[list[float], list[Firm]]] = []
    for town, firms in enumerate(city.towns):
        points: list[float] = []
        who: list[Firm] = []
        called = relapsed = of_priority = 0
        for firm in firms:
            sector = firm.sector
            of_priority += priority[sector]
            rests = still[sector]
            safety = keep * firm.safety + rests[0] + width * random()
            environment = keep * firm.environment + rests[1] + width * random()
            fire = keep * firm.fire + rests[2] + width * random()
            energy = keep * firm.energy + rests[3] + width * random()
            if safety < 0.0 or safety > 1.0:
                safety = 0.0 if safety < 0.0 else 1.0
            if environment < 0.0 or environment > 1.0:
                environment = 0.0 if environment < 0.0 else 1.0
            if fire < 0.0 or fire > 1.0:
                fire = 0.0 if fire < 0.0 else 1.0
            if energy < 0.0 or energy > 1.0:
                energy = 0.0 if energy < 0.0 else 1.0
            if share > 0.0:
                lot = firm.diligence
                if lot < 0.0:
                    lot = firm.diligence = random()
                if lot < share:
                    safety *= left
                    fire *= left
            firm.safety, firm.environment, firm.fire, firm.energy = safety, environment, fire, energy
            if survey_share > 0.0:
                turn = firm.survey_turn
                if turn < 0.0:
                    turn = firm.survey_turn = random()
                if (turn - turned) % 1.0 < survey_share:
                    called += 1
                    firm.known = True
            if not kept:
                firm.known = False
            if firm.suspended:
                firm.suspended = False
            stage = firm.stage
            if firm.cured > 0 and stage == NO_CASE and random() < relapse:
                relapsed += 1
                fall_back(firm, standards[sector], a.relapse_excess)
            if stage:
                follow(city, firm, t)
                stage = firm.stage
            if stage or firm.closing:
                continue
            limits = standards[sector]
            if list_now and firm.environment > limits[1]:
                bad_air.append(firm)
            waited = 0.25 * (quarter - firm.last_visit)
            urgency = weights[sector] + lottery * random() + for_grade[firm.grade]
            urgency += waiting_weight * waited / (1.0 + waited)
            if firm.known:
                rest = marks_left[firm.marks]
                safety, environment, fire, energy = hazards_seen(firm, seen)
                if safety > limits[0]:
                    rest *= (1.0 - safety) / (1.0 - limits[0])
                if environment > limits[1]:
                    rest *= (1.0 - environment) / (1.0 - limits[1])
                if fire > limits[2]:
                    rest *= (1.0 - fire) / (1.0 - limits[2])
                if energy > limits[3]:
                    rest *= (1.0 - energy) / (1.0 - limits[3])
                urgency += known_weight * (1.0 - rest)
            points.append(urgency)
            who.append(firm)
        ranked.append((points, who))
        t.stood[town] = [len(firms) - of_priority, of_priority]
        counts[Count.SURVEYED, town] += called
        counts[Count.RELAPSED, town] += relapsed
    return ranked, bad_air


def fall_back(firm: Firm, standards: tuple[float, ...], excess: float) -> None:
    """A relapse: the hazard nearest to its standard comes back."""
    firm.cured = NOBODY
    names = ("safety", "environment", "fire", "energy")
    gaps = [getattr(firm, name) - standard for name, standard in zip(names, standards, strict=True)]
    kind = gaps.index(max(gaps))
    setattr(firm, names[kind], max(getattr(firm, names[kind]), min(standards[kind] + excess, 1.0)))


def follow(city: LeanCity, firm: Firm, t: Plain) -> None:
    """Move an open case by a quarter: on to supervision and closing, or overdue to its outcome (3.5)."""
    quarter, counts, town = t.quarter, city.world.books.counts, firm.town
    if firm.stage == SUPERVISED:
        if quarter > firm.deadline:
            firm.stage, firm.case_kinds, firm.deadline, firm.cured = NO_CASE, 0, NOBODY, quarter
            counts[Count.CLOSED, town] += 1
            if firm.clearance == Clearance.NONE and max(firm.order_due, firm.returns_to, firm.licence_due) < 0:
                firm.displaced = False
        return
    before, standards = firm.case_kinds, t.standards[firm.sector]
    seen = hazards_seen(firm, t.seen)
    left = firm.case_kinds = before & violations(seen, standards, firm.marks)
    was = firm.severity
    now = firm.severity = severity(left, seen, standards, t.mark_severity)
    overdue = may_close = False
    if left == 0:
        done = True
        if before:
            if firm.came < 0.0:  # a case of before the peer began
                draw_days(city, firm, t)
            ready = max(firm.came, DAYS * (quarter - 1 - firm.treated)) + firm.cure
            done = ready <= DAYS * (quarter - firm.treated)
            overdue = ready > firm.came + t.deadline_days and firm.deadline >= quarter - 1
        if done:
            firm.stage, firm.deadline = SUPERVISED, quarter + t.supervised_quarters - 1
            counts[Count.SUPERVISED, town] += 1
    else:
        overdue = may_close = quarter > firm.deadline
    if firm.stage == REGISTERED:
        firm.stage = RECTIFYING
        counts[Count.RECTIFYING, town] += 1
    if not overdue:
        return
    random = city.random.random
    if random() < t.overdue_fine:
        firm.fine_due += t.fine * max(was, now)
        counts[Count.FINED, town] += 1
    fate = random()
    shut = (t.closure_marks if left & ~CURABLE else t.overdue_closure) if may_close else 0.0
    if fate < shut:
        city.order_to_close(firm, Cause.CLOSURE)
    elif fate < shut + t.overdue_suspension:
        firm.suspended = True
        counts[Count.SUSPENDED, town] += 1


def draw_days(city: LeanCity, firm: Firm, t: Plain) -> None:
    """The day of the visit that opened a case, and the days it takes to cure."""
    firm.came = DAYS * city.random.random()
    firm.cure = t.cure_days * exp(t.cure_spread * city.random.gauss(0.0, 1.0))


def listed_from_above(city: LeanCity, t: Plain, bad_air: list[Firm]) -> list[Firm]:
    """This quarter's list from above: firms over the environment standard, by lot (3.11)."""
    if not city.list_due():
        return []
    wanted = whole_part(
        city.world.city.carry[Carry.FROM_ABOVE], 0, city.levers.inspection.cases_per_list * city.world.scale
    )
    return city.random.sample(bad_air, min(wanted, len(bad_air)))


def visit(
    city: LeanCity, firm: Firm, t: Plain, listed: bool, room: list[int], visited: list[list[int]]
) -> None:  # fmt: skip
    """What a visit finds, and whether it becomes a case or a fine."""
    counts, town, random = city.world.books.counts, firm.town, city.random.random
    counts[Count.VISITED, town] += 1
    visited[town][t.priority[firm.sector]] += 1
    firm.last_visit = t.quarter
    firm.belief += t.belief_step * (1.0 - firm.belief)
    seen, standards = hazards_seen(firm, 1.0 if listed else t.seen), t.standards[firm.sector]
    marks = firm.marks & t.checked
    if marks:
        marks &= sum(16 << place for place in range(3) if random() < t.acted[place])
    found = violations(seen, standards, marks)
    if random() >= t.joint_share:  # one authority alone sees one kind
        if listed:
            found &= 2
        elif firm.known and found:
            bits = [1 << kind for kind in range(7) if found >> kind & 1]
            found &= max(bits, key=lambda bit: severity(bit, seen, standards, t.mark_severity))
        else:
            found &= city.random.choice(t.checked_kinds)
    if t.kept:
        firm.known = True
    if not found:
        return
    counts[Count.FOUND, town] += 1
    bad = severity(found, seen, standards, t.mark_severity)
    if not t.follow_up or room[town] <= 0:
        if random() < t.ordinary_fine:
            firm.fine_due += t.fine * bad
            counts[Count.FINED, town] += 1
        return
    room[town] -= 1
    counts[[Count.CONFIRMED, Count.REGISTERED], town] += 1
    firm.stage, firm.case_kinds, firm.severity, firm.treated = REGISTERED, found, bad, t.quarter
    draw_days(city, firm, t)
    firm.deadline = t.quarter + floor((firm.came + t.deadline_days) / DAYS)
    firm.model_firm = False
    city.displace(firm)


def set_examples(city: LeanCity, t: Plain) -> None:
    """Model firms out of those that upgraded of late, and where one is near (3.3)."""
    world, levers, a = city.world, city.levers.inspection, city.assumptions
    near = city.model_near
    if levers.model_firms_a_year > 0.0:
        recent = max(t.quarter - a.model_recent_quarters, 1)
        city.upgraded = [firm for firm in city.upgraded if firm.alive and firm.last_upgrade >= recent]
        may: list[list[tuple[float, float, Firm]]] = [[] for _ in city.towns]
        for firm in city.upgraded:
            fit = firm.registered and not firm.model_firm and not firm.marks and not firm.closing and not firm.stage
            if fit and not violations(hazards_seen(firm, 1.0), t.standards[firm.sector], 0):
                first = 0.0 if near[firm.town][firm.sector] else 1000.0
                may[firm.town].append((first + firm.productivity, city.random.random(), firm))
        for town, firms in enumerate(may):
            quarterly = 0.25 * levers.model_firms_a_year * float(world.towns.firm_share[town])
            wanted = whole_part(world.city.carry[Carry.MODEL_FIRMS], town, quarterly)
            for _, _, firm in sorted(firms, key=lambda one: one[:2], reverse=True)[:wanted]:
                firm.model_firm = True
                city.models.append(firm)
    city.models = [firm for firm in city.models if firm.alive and firm.model_firm]
    city.model_near = near = [[False] * len(row) for row in near]
    for firm in city.models:
        near[firm.town][firm.sector] = True


def eliminate(city: LeanCity) -> None:
    """The least productive of the firms known for outdated capacity have to close (3.3)."""
    yearly = city.levers.inspection.eliminated_a_year
    if yearly <= 0.0:
        return
    wanted = whole_part(city.world.city.carry[Carry.ELIMINATIONS], 0, 0.25 * yearly * city.world.scale)
    city.outdated = [firm for firm in city.outdated if firm.alive and firm.marks & OUTDATED]
    known = [firm for firm in city.outdated if not firm.closing and (firm.known or firm.last_visit > 0)]
    for firm in sorted(known, key=lambda one: one.productivity)[:wanted]:
        city.order_to_close(firm, Cause.CLOSURE)
        city.world.books.counts[Count.ELIMINATED, firm.town] += 1
