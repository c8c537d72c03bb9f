"""One look at every firm: the integer sums by town, sector, park and cell from which all indicators are made.

Reads firms, and of parks, blocks and accounts only how much land a square metre of their floor takes. Writes nothing.

Who uses land: an owner and the firms it lets to share its plot by floor; whoever rents from an absent owner, in a
block, in a park or on village land uses floor over the floor-area ratio there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import BLOCK, over_rows, sweep
from clustersim.foundation.words import Site, Tenure
from clustersim.indicators import tallies
from clustersim.indicators.indicator import with_city
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.land_use import land_per_floor
from clustersim.world.rows import places
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_VILLAGE: Final = int(Site.VILLAGE)
_OWNER: Final = int(Tenure.OWNER)
_HAS_STATE: Final = 1.0 * ((np.arange(1 << tallies.STATES)[:, None] >> np.arange(tallies.STATES)) & 1)  # [state, bit]


class Census(NamedTuple):
    """Sums over living firms; integers throughout, so that neither order nor threads matter."""

    sums: Long  # [town + 1, tally]
    jobs: Long  # [town, sector] 1e-6 people
    sales: Long  # [town, sector] fen a year
    squares: Long  # [sector] sum of squared jobs, in 1e-6 people^2
    park_floor: Long  # [park, sector] 0.01 m2 in use
    cell_firms: Long  # [cell]
    cell_village: Long  # [cell] 1e-4 mu
    histogram: Long  # [factor, bin] firms by productivity of the factor
    land_used: Long  # [row] 1e-4 mu
    bins: Short  # [factor, row]


def take_census(world: World, assumptions: Assumptions) -> Census:
    """Walk over all firms once."""
    firms, rows = world.firms, world.rows
    parks = world.parks
    let = _let_floor(0, rows, firms.alive, firms.tenure, firms.landlord, firms.site, firms.floor)
    per_floor = land_per_floor(world, assumptions.village_floor_area_ratio)
    land_used, bins = np.empty(rows, np.int64), np.empty((tallies.FACTORS, rows), np.int16)
    parts = over_rows(
        _look, rows, len(world.towns), len(world.sectors), len(parks), len(world.cells), let, per_floor.village,
        per_floor.plot, per_floor.park, per_floor.block,
        float(assumptions.measured_standard), float(assumptions.measured_standard_energy),
        firms.alive, firms.town, firms.sector, firms.cell, firms.site, firms.place, firms.tenure, firms.landlord,
        firms.land, firms.floor, firms.registered, firms.above_scale, firms.revenue, firms.employees,
        firms.kwh_per_yuan, firms.emission_per_yuan, firms.productivity, firms.safety, firms.environment, firms.fire,
        firms.energy, firms.marks, firms.known, firms.stage, firms.grade, firms.model_firm, land_used, bins,
    )  # fmt: skip
    amounts, grades, states, jobs, sales, squares, park_floor, by_cell, histogram = (
        sum(part[place] for part in parts) if len(parts) > 1 else parts[0][place] for place in range(9)
    )
    by_state = (states @ _HAS_STATE).astype(np.int64)
    firms_jobs_sales = np.stack([grades.sum(axis=1), jobs.sum(axis=1), sales.sum(axis=1)], axis=1)
    sums = with_city(np.concatenate([amounts, by_state, grades, firms_jobs_sales], axis=1).T).T
    cell_firms, cell_village = np.ascontiguousarray(by_cell.T)
    return Census(
        sums, jobs, sales, squares, park_floor, cell_firms, cell_village, histogram[:, :-1], land_used, bins
    )  # fmt: skip


@sweep
def _let_floor(first: int, last: int, alive: Flags, tenure: Small, landlord: Whole, site: Small, floor: Whole) -> Long:
    """[row] floor let to other firms on the row's plot."""
    let = np.zeros(last, np.int64)
    for row in range(first, last):
        owner = landlord[row]
        if owner >= 0 and alive[row] and alive[owner] and tenure[owner] == _OWNER and site[owner] == site[row]:
            let[owner] += floor[row]
    return let


@sweep
def _look(
    first: int, last: int, towns: int, sectors: int, parks: int, cells: int, let: Long, village_mu: float,
    plot_mu: Floats, park_mu: Floats, block_mu: Floats, standard: float, standard_energy: float,
    alive: Flags, town: Small, sector: Small, cell: Whole, site: Small, place: Whole, tenure: Small, landlord: Whole,
    land: Whole, floor: Whole, registered: Flags, above_scale: Flags, revenue: Floats, employees: Floats,
    kwh_per_yuan: Floats, emission_per_yuan: Floats, productivity: Floats, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, marks: Small, known: Flags, stage: Small, grade: Small, model_firm: Flags,
    land_used: Long, bins: Short,
) -> tuple[Long, Long, Whole, Long, Long, Long, Long, Long, Whole]:  # fmt: skip
    """Returns amounts, grades and states by town, jobs, sales and their squares, floor in parks, cells, histogram."""
    sums = np.zeros((towns, tallies.AMOUNTS), np.int64)
    grades = np.zeros((towns, tallies.GRADES), np.int64)
    states = np.zeros((towns, 1 << tallies.STATES), np.int32)
    jobs, sales = np.zeros((towns, sectors), np.int64), np.zeros((towns, sectors), np.int64)
    squares = np.zeros(sectors, np.int64)
    park_floor = np.zeros((parks, sectors), np.int64)
    by_cell = np.zeros((cells, 2), np.int64)
    histogram = np.zeros(
        (tallies.FACTORS, tallies.BINS + 1), np.int32
    )  # the last bin is for who uses none of the factor
    amounts, used = np.zeros((tallies.AMOUNTS, BLOCK), np.int64), np.zeros(BLOCK)
    fen, micro, square = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    state, marked, special = np.zeros(BLOCK, np.int16), np.zeros(BLOCK, np.bool_), np.zeros(BLOCK + 1, np.int64)
    for start in range(first, last, BLOCK):
        at = slice(start, min(start + BLOCK, last))
        living, towns_here, sectors_here, sites, cells_here = alive[at], town[at], sector[at], site[at], cell[at]
        people, yuan, above = employees[at], revenue[at], above_scale[at]
        for one in range(len(living)):
            used[one] = village_mu if sites[one] == _VILLAGE else plot_mu[towns_here[one]]
        tallies.use_by_floor(used, sites, tenure[at], land[at], floor[at], let[at])
        tallies.mark_special(marked, living, sites, tenure[at], landlord[at])
        for one in places(special, marked[: len(living)]):
            row = start + one
            owner = landlord[row]
            if sites[one] == _PARK:
                used[one] = floor[row] * park_mu[place[row]]
                park_floor[place[row], sectors_here[one]] += floor[row]
            elif owner >= 0 and alive[owner] and tenure[owner] == _OWNER and site[owner] == sites[one]:
                used[one] = tallies.land_share(float(land[owner]), float(floor[row]), float(floor[owner] + let[owner]))
            elif sites[one] == _BLOCK:
                used[one] = floor[row] * block_mu[place[row]]
        tallies.tally_land(amounts, land_used[at], used, living, sites, tenure[at], land[at], above)
        tallies.tally_output(amounts, fen, yuan, kwh_per_yuan[at], emission_per_yuan[at], above)
        tallies.tally_people(amounts, micro, square, people, safety[at], productivity[at])
        tallies.note_state(
            state, sites, registered[at], above, marks[at], safety[at], environment[at], fire[at], energy[at],
            known[at], stage[at], model_firm[at], standard, standard_energy,
        )  # fmt: skip
        tallies.rank_land(bins[0, at], yuan, land_used[at])
        tallies.rank_power(bins[1, at], yuan, kwh_per_yuan[at], amounts[tallies.KWH])
        tallies.rank_labour(bins[2, at], yuan, people, amounts[tallies.MILLI_JOBS])
        grades_here = grade[at]
        for one in range(len(living)):
            if not living[one]:
                continue
            here, own, row = towns_here[one], sectors_here[one], start + one
            total = sums[here]
            for kind in range(tallies.AMOUNTS):
                total[kind] += amounts[kind, one]
            grades[here, grades_here[one]] += 1
            states[here, state[one]] += 1
            jobs[here, own] += micro[one]
            sales[here, own] += fen[one]
            squares[own] += square[one]
            by_cell[cells_here[one], 0] += 1
            by_cell[cells_here[one], 1] += amounts[tallies.VILLAGE_LAND, one]
            histogram[0, bins[0, row]] += 1
            histogram[1, bins[1, row]] += 1
            histogram[2, bins[2, row]] += 1
    return sums, grades, states, jobs, sales, squares, park_floor, by_cell, histogram
