"""One look at every firm: the integer sums by town, sector, park and cell from which all indicators are made.

Reads firms, and of parks, blocks and accounts only how much land a square metre of their floor takes. Writes nothing.

Who uses land: an owner and the firms it lets to share its plot by floor; whoever rents from an absent owner, in a
block, in a park or on village land uses floor over the floor-area ratio there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, rule, sweep
from clustersim.foundation.mathematics import in_fen, in_millionths
from clustersim.foundation.words import Site, Stage, Tenure
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole
from clustersim.world.land_use import land_per_floor
from clustersim.world.tables import World

# What is added up by town. Units: jobs and hazards 1e-6, money fen a year, land 1e-4 mu unless said.
(
    FIRMS, JOBS, SALES, SALES_ABOVE, KWH, EMISSIONS, LAND_USED, MILLI_JOBS,
    VILLAGE_FIRMS, VILLAGE_LAND, VILLAGE_SQUARES,  # squares of 1e-4 mu
    PLOT_LAND, PLOT_SQUARES,  # 0.01 mu, and their squares
    ABOVE_FIRMS, ABOVE_LAND, IN_PARKS, NONCOMPLIANT, CASES, KNOWN, MODEL_FIRMS, REGISTERED,
    NO_GRADE, GRADE_A, GRADE_B, GRADE_C, GRADE_D,
    SAFETY, PRODUCTIVITY, JOBS_PRODUCTIVITY,
) = range(29)  # fmt: skip
TALLIES: Final = 29
FACTORS: Final = 3  # land, power, labour
BINS: Final = 4096  # of productivity, each 1/128 of a doubling wide: finer than any rank that matters
FINE: Final = 10_000  # 1e-4 mu in a mu

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_PLOT: Final = int(Site.PLOT)
_VILLAGE: Final = int(Site.VILLAGE)
_OWNER: Final = int(Tenure.OWNER)
_NO_CASE: Final = int(Stage.NONE)
_FIRST_BIN: Final = 1023 << 7  # the bits of 1.0, from the 7th of the mantissa on


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


@rule
def productivity_bin(productivity: float) -> int:
    """The bin of a productivity in [1, 2^32): its leading bits, so that order is kept without a logarithm.

    >>> int(productivity_bin(1.0)), int(productivity_bin(2.0)), int(productivity_bin(1e300))
    (0, 128, 4095)
    """
    if productivity < 1.0:
        return 0
    leading = (np.float64(productivity).view(np.int64) >> np.int64(45)) - np.int64(_FIRST_BIN)
    return int(min(leading, np.int64(BINS - 1)))


@rule
def land_share(plot: float, own_floor: float, all_floor: float) -> float:
    """Land a firm uses of a plot: in proportion to floor; all of it when nothing is built.

    >>> land_share(6.0, 500.0, 1500.0), land_share(6.0, 0.0, 0.0)
    (2.0, 6.0)
    """
    return plot * own_floor / all_floor if all_floor > 0.0 else plot


@rule
def noncompliant(
    marks: int, safety: float, environment: float, fire: float, energy: float, standard: float, standard_energy: float
) -> bool:
    """Whether a firm carries a mark or a true hazard above the measuring standard, seen or not."""
    worst = max(safety, environment, fire)
    return (marks != 0) | (worst > standard) | (energy > standard_energy)


def take_census(world: World, assumptions: Assumptions) -> Census:
    """Walk over all firms once."""
    firms, rows = world.firms, world.rows
    parks = world.parks
    let = _let_floor(0, rows, firms.alive, firms.tenure, firms.landlord, firms.site, firms.floor)
    per_floor = land_per_floor(world, assumptions.village_floor_area_ratio)
    land_used, bins = np.zeros(rows, np.int64), np.zeros((FACTORS, rows), np.int16)
    parts = over_rows(
        _look, rows, len(world.towns), len(world.sectors), len(parks), len(world.cells), let, per_floor.village,
        per_floor.plot, per_floor.park, per_floor.block,
        float(assumptions.measured_standard), float(assumptions.measured_standard_energy),
        firms.alive, firms.town, firms.sector, firms.cell, firms.site, firms.place, firms.tenure, firms.landlord,
        firms.land, firms.floor, firms.registered, firms.above_scale, firms.revenue, firms.employees,
        firms.kwh_per_yuan, firms.emission_per_yuan, firms.productivity, firms.safety, firms.environment, firms.fire,
        firms.energy, firms.marks, firms.known, firms.stage, firms.grade, firms.model_firm, land_used, bins,
    )  # fmt: skip
    by_town, jobs, sales, squares, park_floor, cell_firms, cell_village, histogram = (
        sum(part[place] for part in parts) if len(parts) > 1 else parts[0][place] for place in range(8)
    )
    sums = np.concatenate([by_town, by_town.sum(axis=0, keepdims=True)])
    return Census(
        sums, jobs, sales, squares, park_floor, cell_firms, cell_village, histogram, land_used, bins
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
) -> tuple[Long, Long, Long, Long, Long, Long, Long, Long]:  # fmt: skip
    sums = np.zeros((towns, TALLIES), np.int64)
    jobs = np.zeros((towns, sectors), np.int64)
    sales = np.zeros((towns, sectors), np.int64)
    squares = np.zeros(sectors, np.int64)
    park_floor = np.zeros((parks, sectors), np.int64)
    cell_firms = np.zeros(cells, np.int64)
    cell_village = np.zeros(cells, np.int64)
    histogram = np.zeros((FACTORS, BINS), np.int64)
    for row in range(first, last):
        if not alive[row]:
            continue
        here, own, where = town[row], sector[row], site[row]
        total = sums[here]

        # Land: from the way it holds its floor
        metres = float(floor[row])  # 0.01 m2
        owner = landlord[row]
        if where == _VILLAGE:
            used = metres * village_mu
        elif where == _PARK:
            used = metres * park_mu[place[row]]
            park_floor[place[row], own] += floor[row]
        elif tenure[row] == _OWNER:
            used = land_share(float(land[row]), metres, metres + let[row])
        elif owner >= 0 and alive[owner] and tenure[owner] == _OWNER and site[owner] == where:
            used = land_share(float(land[owner]), metres, float(floor[owner] + let[owner]))
        elif where == _BLOCK:
            used = metres * block_mu[place[row]]
        else:
            used = metres * plot_mu[here]
        fine = np.int64(100.0 * used + 0.5)
        land_used[row] = fine
        total[LAND_USED] += fine
        if where == _VILLAGE:
            total[VILLAGE_FIRMS] += 1
            total[VILLAGE_LAND] += fine
            total[VILLAGE_SQUARES] += fine * fine
            cell_village[cell[row]] += fine
        elif where == _PLOT and tenure[row] == _OWNER:
            total[PLOT_LAND] += land[row]
            total[PLOT_SQUARES] += np.int64(land[row]) * np.int64(land[row])

        # Output, power, labour
        yuan = revenue[row]
        power = yuan * kwh_per_yuan[row]
        people = employees[row]
        fen = in_fen(yuan)
        micro = in_millionths(people)
        milli = np.int64(people * 1000.0 + 0.5)
        kwh = np.int64(power + 0.5)
        total[FIRMS] += 1
        total[JOBS] += micro
        total[MILLI_JOBS] += milli
        total[SALES] += fen
        total[KWH] += kwh
        total[EMISSIONS] += in_fen(yuan * emission_per_yuan[row])
        jobs[here, own] += micro
        sales[here, own] += fen
        squares[own] += milli * milli
        cell_firms[cell[row]] += 1
        if above_scale[row]:
            total[ABOVE_FIRMS] += 1
            total[SALES_ABOVE] += fen
            total[ABOVE_LAND] += 100 * np.int64(land[row]) if tenure[row] == _OWNER and where != _VILLAGE else fine

        # Productivity of each factor, for the ranks; -1 where a firm uses none of it
        per_mu = productivity_bin(yuan * FINE / fine) if fine > 0 else -1
        per_kwh = productivity_bin(65536.0 * yuan / power) if kwh > 0 else -1
        per_head = productivity_bin(yuan / people) if milli > 0 else -1
        bins[0, row], bins[1, row], bins[2, row] = per_mu, per_kwh, per_head
        if per_mu >= 0:
            histogram[0, per_mu] += 1
        if per_kwh >= 0:
            histogram[1, per_kwh] += 1
        if per_head >= 0:
            histogram[2, per_head] += 1

        # State: sums of flags, without branches
        total[IN_PARKS] += where == _PARK
        total[NONCOMPLIANT] += noncompliant(
            marks[row], safety[row], environment[row], fire[row], energy[row], standard, standard_energy
        )
        total[CASES] += stage[row] != _NO_CASE
        total[KNOWN] += known[row]
        total[MODEL_FIRMS] += model_firm[row]
        total[REGISTERED] += registered[row]
        total[NO_GRADE + grade[row]] += 1
        total[SAFETY] += in_millionths(people * safety[row])
        total[PRODUCTIVITY] += in_millionths(productivity[row])
        total[JOBS_PRODUCTIVITY] += in_millionths(people * productivity[row])
    return sums, jobs, sales, squares, park_floor, cell_firms, cell_village, histogram
