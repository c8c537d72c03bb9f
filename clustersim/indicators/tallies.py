"""What the census notes of every firm: amounts, state and productivity, a pass over a block of rows each.

Passes fill rows of `amounts`; `indicators.census` adds them up by town, and the indicators read the sums by the
numbers declared here.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import in_fen, in_millionths
from clustersim.foundation.words import Site, Stage, Tenure
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole

# What is added up by town. Units: hazards 1e-6, money fen a year, land 1e-4 mu unless said.
(
    LAND_USED, KWH, MILLI_JOBS, SALES_ABOVE, EMISSIONS,
    VILLAGE_LAND, VILLAGE_SQUARES,  # squares of 1e-4 mu
    PLOT_LAND, PLOT_SQUARES,  # 0.01 mu, and their squares
    ABOVE_LAND, SAFETY, PRODUCTIVITY, JOBS_PRODUCTIVITY,
) = range(13)  # fmt: skip
AMOUNTS: Final = 13
# What is counted by town: the bits of a firm's state, and its grade
STATES: Final = 8
(
    NONCOMPLIANT, IN_PARKS, VILLAGE_FIRMS, CASES, KNOWN, MODEL_FIRMS, REGISTERED, ABOVE_FIRMS,
) = range(AMOUNTS, AMOUNTS + STATES)  # fmt: skip
NO_GRADE, GRADE_A, GRADE_B, GRADE_C, GRADE_D = range(AMOUNTS + 8, AMOUNTS + 13)
GRADES: Final = 5
FIRMS, JOBS, SALES = range(AMOUNTS + 13, AMOUNTS + 16)  # jobs in 1e-6, sales in fen a year
FACTORS: Final = 3  # land, power, labour
BINS: Final = 4096  # of productivity, each 1/128 of a doubling wide: finer than any rank that matters
FINE: Final = 10_000  # 1e-4 mu in a mu

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_PLOT: Final = int(Site.PLOT)
_VILLAGE: Final = int(Site.VILLAGE)
_OWNER: Final = int(Tenure.OWNER)
_NO_CASE: Final = int(Stage.NONE)
_TINY: Final = 1e-9  # against dividing by nothing where it does not count
_FIRST_BIN: Final = 1023 << 7  # the bits of 1.0, from the 7th of the mantissa on


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


@sweep
def use_by_floor(used: Floats, site: Small, tenure: Small, land: Whole, floor: Whole, let: Long) -> None:
    """Land of who uses floor over a ratio (which `used` holds), and of owners, who share their plot."""
    for one in range(len(site)):
        metres = float(floor[one])  # 0.01 m2
        owns = tenure[one] == _OWNER and site[one] != _VILLAGE
        shared = land_share(float(land[one]), metres, metres + let[one])
        used[one] = shared if owns else metres * used[one]


@sweep
def mark_special(marked: Flags, alive: Flags, site: Small, tenure: Small, landlord: Whole) -> None:
    """Who is in a park, and tenants in a block or of a firm."""
    for one in range(len(alive)):
        rents = (tenure[one] != _OWNER) & (site[one] != _VILLAGE) & ((landlord[one] >= 0) | (site[one] == _BLOCK))
        marked[one] = alive[one] & (rents | (site[one] == _PARK))


@sweep
def tally_land(
    amounts: Long, land_used: Long, used: Floats, alive: Flags, site: Small, tenure: Small, land: Whole, above: Flags
) -> None:
    """Land in use, on village land, of plots, and of above-scale firms."""
    in_use, village, village_squares = amounts[LAND_USED], amounts[VILLAGE_LAND], amounts[VILLAGE_SQUARES]
    plots, plot_squares, of_above = amounts[PLOT_LAND], amounts[PLOT_SQUARES], amounts[ABOVE_LAND]
    for one in range(len(site)):
        fine = np.int64(100.0 * used[one] + 0.5)
        land_used[one] = fine if alive[one] else 0
        in_use[one] = fine
        village[one] = fine if site[one] == _VILLAGE else 0
        village_squares[one] = village[one] * village[one]
    for one in range(len(site)):
        owns = tenure[one] == _OWNER and site[one] != _VILLAGE
        plots[one] = land[one] if owns and site[one] == _PLOT else 0
        plot_squares[one] = plots[one] * plots[one]
        mine = 100 * np.int64(land[one]) if owns else in_use[one]
        of_above[one] = mine if above[one] else 0


@sweep
def tally_output(
    amounts: Long, fen: Long, revenue: Floats, kwh_per_yuan: Floats, emission_per_yuan: Floats, above: Flags
) -> None:
    """Sales, power and emissions."""
    kwh, emissions, of_above = amounts[KWH], amounts[EMISSIONS], amounts[SALES_ABOVE]
    for one in range(len(revenue)):
        fen[one] = in_fen(revenue[one])
        kwh[one] = np.int64(revenue[one] * kwh_per_yuan[one] + 0.5)
        emissions[one] = in_fen(revenue[one] * emission_per_yuan[one])
        of_above[one] = fen[one] if above[one] else 0


@sweep
def tally_people(
    amounts: Long, micro: Long, square: Long, employees: Floats, safety: Floats, productivity: Floats
) -> None:
    """Jobs, and hazards and productivity weighted by them."""
    milli, hazard = amounts[MILLI_JOBS], amounts[SAFETY]
    output, weighted = amounts[PRODUCTIVITY], amounts[JOBS_PRODUCTIVITY]
    for one in range(len(employees)):
        micro[one] = in_millionths(employees[one])
        milli[one] = np.int64(employees[one] * 1000.0 + 0.5)
        square[one] = milli[one] * milli[one]
    for one in range(len(employees)):
        hazard[one] = in_millionths(employees[one] * safety[one])
        output[one] = in_millionths(productivity[one])
        weighted[one] = in_millionths(employees[one] * productivity[one])


@sweep
def note_state(
    state: Short, site: Small, registered: Flags, above: Flags, marks: Small, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, known: Flags, stage: Small, model_firm: Flags, standard: float,
    standard_energy: float,
) -> None:  # fmt: skip
    """One bit for each of `STATES`, so that a firm's state is counted at one stroke."""
    for one in range(len(site)):
        bad = noncompliant(marks[one], safety[one], environment[one], fire[one], energy[one], standard, standard_energy)
        state[one] = bad
    for one in range(len(site)):
        noted = state[one] | (site[one] == _PARK) << 1 | (site[one] == _VILLAGE) << 2 | (stage[one] != _NO_CASE) << 3
        noted |= known[one] << 4 | model_firm[one] << 5 | registered[one] << 6 | above[one] << 7
        state[one] = noted


@sweep
def rank_land(bins: Short, revenue: Floats, land_used: Long) -> None:
    """The bin of productivity for the ranks; -1 where a firm uses none of the factor."""
    for one in range(len(revenue)):
        found = productivity_bin(revenue[one] * FINE / max(land_used[one], 1))
        bins[one] = found if land_used[one] > 0 else -1


@sweep
def rank_power(bins: Short, revenue: Floats, kwh_per_yuan: Floats, kwh: Long) -> None:
    """Likewise of power."""
    for one in range(len(revenue)):
        found = productivity_bin(65536.0 * revenue[one] / max(revenue[one] * kwh_per_yuan[one], _TINY))
        bins[one] = found if kwh[one] > 0 else -1


@sweep
def rank_labour(bins: Short, revenue: Floats, employees: Floats, milli: Long) -> None:
    """Likewise of labour."""
    for one in range(len(revenue)):
        found = productivity_bin(revenue[one] / max(employees[one], _TINY))
        bins[one] = found if milli[one] > 0 else -1
