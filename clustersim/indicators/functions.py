"""Functions 功能集成: how far a firm can reach the nine public services of parks (2.6).

Two-step floating catchment (Luo and Wang 2003), 3 km. First every park divides what its platform can serve by the
firms in reach: supply = level of a service x min(1, capacity / firms within 3 km), where capacity is
`platform_reach` times the firms its finished floor has room for. Then every firm adds up the supply within 3 km of
it, service by service, at most 1 each; the index is the mean over services and firms. Firms are counted by cell.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.words import CENTIARE, SERVICES
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, by_town, ratio
from clustersim.world.columns import Floats, Long, Whole
from clustersim.world.tables import World

INDICATORS: Final = (
    Indicator("functions", "0 to 1", "index", "功能集成指数", "Functions index",
              "nine services within 3 km, shared among the firms in reach, mean over firms", 1),
    Indicator("service_level", "0 to 1", "ratio", "园区服务水平", "Service level of parks",
              "mean level of the nine services, weighted by finished park floor", 1),
    Indicator("in_reach_share", "share", "ratio", "三公里内有园区的企业占比", "Firms within 3 km of a park",
              "firms in a cell within 3 km of a park with finished floor", 1),
)  # fmt: skip


@rule
def supply(level: float, capacity: float, users: float) -> float:
    """What a park offers each firm in reach: its level, thinned when more want it than it can serve.

    >>> supply(0.8, 50.0, 200.0), supply(0.8, 500.0, 200.0)
    (0.2, 0.8)
    """
    return level * min(1.0, capacity / max(users, 1.0))


def measure_functions(world: World, census: Census, assumptions: Assumptions) -> Columns:
    """The index, the service level and the reach."""
    parks, cells, towns = world.parks, world.cells, len(world.towns)
    finished = parks.floor.sum(axis=1)
    capacity = finished * (assumptions.platform_reach / (CENTIARE * assumptions.park_floor_per_firm))
    access, near = _access(
        0, len(parks), parks.cell, finished, capacity, parks.services, census.cell_firms, cells.around_start,
        cells.around,
    )  # fmt: skip
    reached = np.minimum(access, 1.0).mean(axis=1)
    micro = np.floor(reached * 1e6 + 0.5).astype(np.int64)
    firms = by_town(cells.town, census.cell_firms, towns)
    floor = by_town(parks.town, finished, towns)
    served = by_town(parks.town, np.floor(finished * parks.services.mean(axis=1)), towns)
    return {
        "functions": 1e-6 * ratio(by_town(cells.town, census.cell_firms * micro, towns), firms),
        "service_level": ratio(served, floor),
        "in_reach_share": ratio(by_town(cells.town, census.cell_firms * near, towns), firms),
    }  # fmt: skip


@sweep
def _access(
    first: int, last: int, park_cell: Whole, finished: Long, capacity: Floats, services: Floats, cell_firms: Long,
    around_start: Whole, around: Whole,
) -> tuple[Floats, Long]:  # fmt: skip
    """[cell, service] supply within 3 km, and [cell] whether there is any park."""
    access = np.zeros((len(around_start) - 1, SERVICES))
    near = np.zeros(len(around_start) - 1, np.int64)
    for park in range(first, last):
        if finished[park] <= 0:
            continue
        centre = park_cell[park]
        users = np.int64(0)
        for cell in around[around_start[centre] : around_start[centre + 1]]:
            users += cell_firms[cell]
            near[cell] = 1
        for service in range(SERVICES):
            offered = supply(services[park, service], capacity[park], np.float64(users))
            for cell in around[around_start[centre] : around_start[centre + 1]]:
                access[cell, service] += offered
    return access, near
