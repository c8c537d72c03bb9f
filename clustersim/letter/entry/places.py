"""Where a newcomer may start: village land, an incubator, floor to let in town, or nowhere (3.7)."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.draws import uniform
from clustersim.foundation.words import COUNT_SCALE, NOBODY, Luck, ParkState, Site, Unit
from clustersim.letter.entry.levers import Levers
from clustersim.letter.entry.newcomers import Newcomers, draw
from clustersim.world.books import Count, Flow
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole, described_columns
from clustersim.world.firms import Firms
from clustersim.world.tables import World

_LEAK: Final = int(Luck.LEAK)
_PARK: Final = int(Site.PARK)
_PLOT: Final = int(Site.PLOT)
_VILLAGE: Final = int(Site.VILLAGE)
_OPEN: Final = int(ParkState.OPEN)
_INCUBATOR: Final = int(Unit.INCUBATOR)
_NOBODY: Final = NOBODY
_NOWHERE: Final = -1
_WATT_HOURS: Final = 1000.0  # in a kWh
_MOST_UNITS: Final = 2  # incubator units one firm may take
_COPIED: Final = tuple(sorted(described_columns(Newcomers).keys() & described_columns(Firms).keys()))
_STARTS: Final = {name: about["start"] for name, about in described_columns(Firms).items() if name not in _COPIED}


@rule
def incubator_floor(need: int, unit: int) -> int:
    """Floor (0.01 m2) of the whole incubator units that cover a need; 0 when it is too much for an incubator.

    >>> incubator_floor(20_000, 15_000), incubator_floor(40_000, 15_000)
    (30000, 0)
    """
    if unit <= 0:
        return 0
    units = (need + unit - 1) // unit
    return units * unit if units <= _MOST_UNITS else 0


def admit_newcomers(world: World, levers: Levers, assumptions: Assumptions) -> None:
    """Draw the newcomers of the quarter and let each start where it may; the refused never start."""
    drawn = draw(world, assumptions)
    site, place = np.full(len(drawn), _NOWHERE, np.int8), np.full(len(drawn), NOBODY, np.int32)
    city, parks, accounts = world.city, world.parks, world.accounts
    _place(
        0, len(drawn), world.seed, world.quarter.index, float(levers.leak), int(city.incubator_unit),
        int(city.park_vetoes), float(city.entrant_hazard),
        drawn.uid, drawn.town, drawn.sector, drawn.floor, drawn.wants_village, drawn.safety, drawn.environment,
        drawn.fire, drawn.energy, site, place, accounts.vacant_floor, accounts.vacated_plants,
        parks.town, parks.state, parks.opens, parks.strict, parks.admits, parks.free, parks.for_sale,
        parks.firms_by_sector, parks.signed_year,
    )  # fmt: skip
    start(world, assumptions, drawn, site, place)


def start(world: World, assumptions: Assumptions, drawn: Newcomers, site: Small, place: Whole) -> None:
    """Give every newcomer with a site a row and enter it into the books."""
    firms, books, towns = world.firms, world.books, len(world.towns)
    into = np.flatnonzero(site != _NOWHERE)
    rows = _free_rows(world, len(into))
    for name, value in _STARTS.items():
        getattr(firms, name)[rows] = value
    for name in _COPIED:
        getattr(firms, name)[rows] = getattr(drawn, name)[into]
    village = site[into] == _VILLAGE
    firms.alive[rows] = True
    firms.born[rows] = world.quarter.index
    firms.site[rows], firms.place[rows] = site[into], place[into]
    firms.unit[rows] = np.where(site[into] == _PARK, _INCUBATOR, NOBODY)
    firms.normal_revenue[rows] = drawn.revenue[into]
    firms.marks[rows] = np.where(village, drawn.marks_in_village[into], drawn.marks_elsewhere[into])
    firms.power_limit[rows] = np.where(village, assumptions.grid_power * drawn.revenue[into], 0.0)
    firms.kwh_base[rows] = np.floor(_WATT_HOURS * drawn.revenue[into] * drawn.kwh_per_yuan[into])
    firms.cell[rows] = _cells(world, drawn, site, place)[into]

    town = drawn.town[into]
    books.counts[Count.ENTERED] += np.bincount(town, minlength=towns)
    books.counts[Count.VILLAGE_STARTS] += np.bincount(town[village], minlength=towns)
    books.counts[Count.REFUSED_STARTS] += np.bincount(drawn.town[site == _NOWHERE], minlength=towns)
    jobs = np.floor(drawn.employees[into] * COUNT_SCALE + 0.5).astype(np.int64)
    np.add.at(books.counts[Count.JOBS_ENTERED], town, jobs)
    np.add.at(books.money[Flow.CAPITAL_IN], town, drawn.cash[into])
    np.subtract.at(world.city.vacated_sales, drawn.sector[into], drawn.revenue[into].astype(np.int64))


def _free_rows(world: World, wanted: int) -> Long:
    """Rows of firms that have gone before this quarter, so that the table does not grow, then unused ones."""
    firms, used = world.firms, world.rows
    free = np.flatnonzero(~firms.alive[:used] & (firms.gone[:used] < world.quarter.index))[:wanted]
    world.rows = used + wanted - len(free)
    firms.make_room(world.rows)
    return np.concatenate([free, np.arange(used, world.rows)])


def _cells(world: World, drawn: Newcomers, site: Small, place: Whole) -> Whole:
    """A park's own cell; a cell with industry for floor in town; any cell that is not a hill for village land."""
    flat = ~world.cells.hill
    chosen = np.where(
        site == _VILLAGE,
        _some_cell(world, drawn, flat),
        _some_cell(world, drawn, flat & (world.city.cell_land > 0)),
    )
    inside = site == _PARK
    chosen[inside] = world.parks.cell[place[inside]]
    return chosen


def _some_cell(world: World, drawn: Newcomers, may: Flags) -> Whole:
    """For each newcomer a cell of its town out of those that may be taken; the town's seat if there is none."""
    cells = np.flatnonzero(may)
    cells = cells[np.argsort(world.cells.town[cells], kind="stable")]
    many = np.bincount(world.cells.town[cells], minlength=len(world.towns))
    first = np.cumsum(many) - many
    picked = first[drawn.town] + (drawn.cell_luck * many[drawn.town]).astype(np.int64)
    seats = world.towns.seat_cell[drawn.town]
    return np.where(many[drawn.town] > 0, np.append(cells, 0)[picked], seats).astype(np.int32)


@sweep
def _place(
    first: int, last: int, seed: int, quarter: int, leak: float, incubator_unit: int, vetoes: int, most_hazard: float,
    uid: Long, town: Small, sector: Small, floor: Whole, wants_village: Flags, safety: Floats, environment: Floats,
    fire: Floats, energy: Floats, site: Small, place: Whole, vacant_floor: Long, vacated_plants: Long,
    park_town: Small, park_state: Small, park_opens: Short, park_strict: Flags, park_admits: Whole, free: Long,
    for_sale: Long, firms_by_sector: Whole, signed_year: Whole,
) -> None:  # fmt: skip
    for one in range(first, last):
        t, s = town[one], sector[one]
        fits = floor[one] <= vacant_floor[t]
        if not wants_village[one] and fits:
            site[one] = _PLOT
        elif uniform(seed, _LEAK, quarter, uid[one], 0) < leak:
            site[one] = _VILLAGE
        else:
            taken = incubator_floor(floor[one], incubator_unit)
            worst = max(safety[one], environment[one], fire[one], energy[one])
            if taken > 0 and worst <= most_hazard and (vetoes >> s) & 1 == 0:
                for park in range(len(park_town)):
                    if (
                        park_town[park] == t and park_state[park] == _OPEN and not park_strict[park]
                        and (park_admits[park] >> s) & 1 == 1 and free[park, _INCUBATOR] >= taken
                    ):  # fmt: skip
                        site[one], place[one], floor[one] = _PARK, park, taken
                        free[park, _INCUBATOR] -= taken
                        for_sale[park, _INCUBATOR] = min(for_sale[park, _INCUBATOR], free[park, _INCUBATOR])
                        firms_by_sector[park, s] += 1
                        if quarter < park_opens[park] + 4:
                            signed_year[park] += 1
                        break
            if site[one] == _NOWHERE and fits:
                site[one] = _PLOT
        if site[one] == _PLOT:
            vacant_floor[t] -= floor[one]
            vacated_plants[t] = min(vacated_plants[t], vacant_floor[t])
