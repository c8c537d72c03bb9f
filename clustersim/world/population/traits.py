"""What firms are: how productive, with how many workers, how much electricity, how clean and safe."""

from __future__ import annotations

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.mathematics import logarithm
from clustersim.foundation.words import HISTORY_START, Mark, Site
from clustersim.world.columns import Floats, Long
from clustersim.world.population.luck import Draw, exp, highest, log, logistic, normals, total, uniforms
from clustersim.world.population.mixing import Mix
from clustersim.world.tables import World
from clustersim.world.totals import Totals


def draw_people(world: World, who: Mix, a: Assumptions) -> None:
    """Enter every firm with its town, sector, revenue and productivity; the larger are likelier registered."""
    firms, seed = world.firms, world.seed
    firms.uid[:] = np.arange(1, len(firms) + 1)
    firms.alive[:] = True
    firms.town[:], firms.sector[:] = who.town, who.sector
    firms.revenue[:] = who.revenue
    firms.normal_revenue[:] = who.revenue
    firms.above_scale[who.above] = True
    score = log(firms.revenue) + a.registered_noise * normals(seed, firms.uid, Draw.REGISTERED)
    others = round(a.registered_share * len(firms)) - len(who.above)
    firms.registered[:] = firms.above_scale | highest(score, ~firms.above_scale, others)
    firms.productivity[:] = a.productivity_spread * normals(seed, firms.uid, Draw.PRODUCTIVITY)
    ages = _ages(a)
    firms.born[:] = HISTORY_START.index - 1 - np.searchsorted(ages, uniforms(seed, firms.uid, Draw.AGE))


def _ages(a: Assumptions) -> Floats:
    """Cumulative shares of firms by age in quarters, when as many are founded every quarter and exit by their age."""
    early = (a.exit_first_year, a.exit_second_year, a.exit_third_year, *[a.exit_to_seventh_year] * 4)
    alive = np.empty(4 * a.oldest_firm)
    left, hazard = 1.0, 0.0
    for quarter in range(len(alive)):
        year = quarter // 4
        if year < len(early):
            hazard = early[year]
        elif quarter % 4 == 0:
            hazard *= a.exit_fade
        alive[quarter] = left
        left *= 1.0 - 0.25 * hazard
    return np.asarray((np.cumsum(alive) / alive.sum())[:-1])


def draw_technique(world: World, totals: Totals, a: Assumptions) -> None:
    """Workers and electricity up to the totals of the city, emissions, research, hazards and marks."""
    firms, own, seed, sectors = world.firms, world.firms.sector, world.seed, world.sectors
    better = firms.productivity
    workers = sectors.workers_per_yuan[own] * exp(
        a.labour_spread * normals(seed, firms.uid, Draw.LABOUR) - a.labour_productivity * better
    )
    people = workers * firms.revenue
    firms.employees[:] = people * (totals.jobs * world.scale / total(people))
    kwh = sectors.kwh_per_yuan[own] * exp(
        a.electricity_spread * normals(seed, firms.uid, Draw.ELECTRICITY) - a.electricity_productivity * better
    )
    firms.kwh_per_yuan[:] = kwh * (totals.electricity * world.scale / total(kwh * firms.revenue))
    spread = (a.emission_productivity * a.productivity_spread) ** 2 + a.emission_spread**2
    firms.emission_per_yuan[:] = sectors.emission[own] * exp(
        a.emission_spread * normals(seed, firms.uid, Draw.EMISSION) - a.emission_productivity * better - 0.5 * spread
    )
    research = np.where(firms.above_scale, a.research_above, np.where(firms.registered, a.research_below, 0.0))
    firms.research_share[:] = research * 2.0 * uniforms(seed, firms.uid, Draw.RESEARCH)
    firms.power_limit[:] = np.where(firms.site == Site.VILLAGE, a.grid_power * firms.revenue, 0.0)
    firms.belief[:] = a.opening_belief
    _draw_hazards(world, a)
    _draw_marks(world, a)


def _draw_hazards(world: World, a: Assumptions) -> None:
    """Hazards fall with productivity and size; pollution and village land add to some of them."""
    firms, seed = world.firms, world.seed
    size = log(firms.revenue)
    village, typical = firms.site == Site.VILLAGE, firms.registered & (firms.site != Site.VILLAGE)
    common = logarithm(a.hazard_level / (1.0 - a.hazard_level)) - a.hazard_productivity * firms.productivity
    common -= a.hazard_size * (size - float(np.median(size[typical] if typical.any() else size)))
    polluting = a.hazard_polluting * world.sectors.polluting[firms.sector]
    in_village = a.hazard_village * village
    for column, draw, more in (
        (firms.safety, Draw.SAFETY, polluting + in_village),
        (firms.environment, Draw.ENVIRONMENT, polluting),
        (firms.fire, Draw.FIRE, in_village),
        (firms.energy, Draw.ENERGY, np.zeros(len(firms))),
    ):
        column[:] = logistic(common + more + a.hazard_spread * normals(seed, firms.uid, draw))


def _draw_marks(world: World, a: Assumptions) -> None:
    """Illegal premises and missing licences outside parks; outdated capacity where productivity is low."""
    firms, seed = world.firms, world.seed
    village, park = firms.site == Site.VILLAGE, firms.site == Site.PARK
    premises = np.where(park, 0.0, np.where(village, a.premises_village, a.premises_elsewhere))
    licence = np.where(park | firms.registered, 0.0, np.where(village, a.unlicensed_village, a.unlicensed_elsewhere))
    share = a.outdated_share
    odds = logarithm(max(share, 1e-9) / (1.0 - share)) - a.outdated_productivity * firms.productivity
    marks: Long = np.zeros(len(firms), np.int64)
    for mark, chance, draw in (
        (Mark.PREMISES, premises, Draw.PREMISES),
        (Mark.UNLICENSED, licence, Draw.UNLICENSED),
        (Mark.OUTDATED, logistic(odds), Draw.OUTDATED),
    ):
        marks |= np.where(uniforms(seed, firms.uid, draw) < chance, int(mark), 0)
    firms.marks[:] = marks
