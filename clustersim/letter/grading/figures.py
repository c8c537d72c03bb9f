"""What the evaluation looks at: last year's figures of every plot, those of its tenants included (4.1)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import over_rows, sweep
from clustersim.foundation.words import Site, Tenure
from clustersim.world.columns import Flags, Floats, Long, Small, Whole
from clustersim.world.land_use import land_per_floor
from clustersim.world.tables import World

_PARK: Final = int(Site.PARK)
_BLOCK: Final = int(Site.BLOCK)
_VILLAGE: Final = int(Site.VILLAGE)
_OWNER: Final = int(Tenure.OWNER)
# Columns of a plot's figures of the last calendar year
TAX, SALES, KWH, EMISSIONS, WORKERS, RESEARCH, LAND, SUBLET = range(8)
FIGURES: Final = 8  # fen, fen, kWh, emission index x yuan, 1e-3 people, fen, 1e-4 mu, firms


def plot_figures(world: World, assumptions: Assumptions) -> Long:
    """[row, figure] last year's figures of each firm's plot, its tenants' included."""
    firms, rows = world.firms, world.rows
    per_floor = land_per_floor(world, assumptions.village_floor_area_ratio)
    figures = np.zeros((rows, FIGURES), np.int64)
    over_rows(
        _own_figures, rows, per_floor.plot, per_floor.park, per_floor.block, per_floor.village,
        firms.alive, firms.town, firms.site, firms.place, firms.tenure, firms.land, firms.floor, firms.employees,
        firms.emission_per_yuan, firms.research_share, firms.revenue_last_year, firms.kwh_last_year,
        firms.tax_last_year, figures,
    )  # fmt: skip
    _add_tenants(0, rows, firms.alive, firms.tenure, firms.landlord, firms.above_scale, figures)
    return figures


@sweep
def _own_figures(
    first: int, last: int, plot_mu: Floats, park_mu: Floats, block_mu: Floats, village_mu: float,
    alive: Flags, town: Small, site: Small, place: Whole, tenure: Small, land: Whole, floor: Whole, employees: Floats,
    emission_per_yuan: Floats, research_share: Floats, revenue_last_year: Long, kwh_last_year: Long,
    tax_last_year: Long, figures: Long,
) -> None:  # fmt: skip
    for row in range(first, last):
        if not alive[row]:
            continue
        sales = revenue_last_year[row]
        figures[row, TAX] = tax_last_year[row]
        figures[row, SALES] = sales
        figures[row, KWH] = kwh_last_year[row] // 1000
        figures[row, EMISSIONS] = np.int64(0.01 * sales * emission_per_yuan[row] + 0.5)
        figures[row, WORKERS] = np.int64(employees[row] * 1000.0 + 0.5)
        figures[row, RESEARCH] = np.int64(sales * research_share[row])
        if tenure[row] == _OWNER:
            figures[row, LAND] = 100 * np.int64(land[row])
            continue
        metres = 100.0 * floor[row]  # in 1e-4 m2, so that the product is in 1e-4 mu
        if site[row] == _PARK:
            used = metres * park_mu[place[row]]
        elif site[row] == _BLOCK:
            used = metres * block_mu[place[row]]
        elif site[row] == _VILLAGE:
            used = metres * village_mu
        else:
            used = metres * plot_mu[town[row]]
        figures[row, LAND] = np.int64(used + 0.5)


@sweep
def _add_tenants(
    first: int, last: int, alive: Flags, tenure: Small, landlord: Whole, above_scale: Flags, figures: Long
) -> None:
    """One pass in one thread: a tenant's figures go to another row. A landlord rents from nobody, so one pass does."""
    for row in range(first, last):
        owner = landlord[row]
        if not alive[row] or owner < 0 or not alive[owner] or tenure[owner] != _OWNER:
            continue
        for one in range(TAX, RESEARCH):
            figures[owner, one] += figures[row, one]
        if not above_scale[row]:
            figures[owner, SUBLET] += 1
