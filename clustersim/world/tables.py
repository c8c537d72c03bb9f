"""The other tables of the city, and the World that holds them all.

Immutable once built: `Towns`, `Cells`, `Sectors` (shared by every copy of a world). Changing: everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from clustersim.foundation.words import FULL_CITY, NOBODY, SECTORS, SERVICES, UNITS, Quarter
from clustersim.world.books import Books
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Table, Whole, column
from clustersim.world.firms import Firms


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns, in the order of the evidence table. Arrays have one entry a town."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    firm_share: Floats  # sums to 1 over the towns in the model
    signature: Small  # row of Sectors: the town's own product (一镇一品)
    qianwan: Flags  # run by the Qianwan New Area
    seat_cell: Whole

    def __len__(self) -> int:
        return len(self.zh)


@dataclass(frozen=True, slots=True)
class Cells:
    """The grid, land cells only. Neighbour lists are in compressed rows: `around[start[i]:start[i + 1]]`."""

    side_km: float
    row: Short  # from the south
    column: Short  # from the west
    x_km: Floats
    y_km: Floats
    town: Small
    hill: Flags  # hill or red line: never takes industry
    urban: Flags  # inside the urban development boundary (城镇开发边界)
    seat_km: Floats
    plan_rank: Whole  # order in which a town's cells enter the planned zones; large for hills
    near_start: Whole  # cells within 1.5 km, itself included
    near: Whole
    around_start: Whole  # cells within 3 km, itself included
    around: Whole

    def __len__(self) -> int:
        return len(self.town)


@dataclass(frozen=True, slots=True)
class Sectors:
    """The fourteen sectors. Arrays have one entry a sector."""

    key: tuple[str, ...]  # words used in levers and files
    zh: tuple[str, ...]
    en: tuple[str, ...]
    firm_share: Floats
    output_share: Floats
    kwh_per_yuan: Floats
    workers_per_yuan: Floats
    margin: Floats
    polluting: Flags
    listed: Flags  # on the list of block industries to be rectified
    priority: Flags  # scrap plastics, casting, surface treatment, spraying: clause 3.4
    upstream: Floats  # [buyer, supplier]: weight of a supplier sector for a buyer, rows sum to 1 or less
    emission: Floats  # mean emission index per yuan
    cluster: Small  # of the "123" clusters: 0 none, 1 appliances, 2 components, 3 autos, 4 health, equipment, materials

    def __len__(self) -> int:
        return len(self.key)


@dataclass(slots=True)
class Parks(Table):
    """Project sites and parks. A row is a site for life: candidate, under construction or open."""

    town: Small = column(np.int8, "row of Towns", "town")
    cell: Whole = column(np.int32, "row of Cells", "grid cell")
    identity: Long = column(np.int64, "", "identity of the project site; it addresses luck about the park")
    state: Small = column(np.int8, "ParkState", "candidate, building or open")
    opens: Short = column(np.int16, "quarter index", "quarter of opening", start=NOBODY)
    developer: Small = column(np.int8, "Developer", "who builds and runs it")
    before_2021: Flags = column(np.bool_, "", "stood before 2021 (1.7)")
    upgraded: Flags = column(np.bool_, "", "had its town-park upgrade (1.7)")
    block: Whole = column(np.int32, "row of Blocks", "the block it grew out of by renewal (1.6)", start=NOBODY)
    reuse: Flags = column(np.bool_, "", "made from vacated plants (2.8)")
    lead_sector: Small = column(np.int8, "row of Sectors", "lead sector (2.1)", start=NOBODY)
    admits: Whole = column(np.int32, "bits of Sectors", "sectors it takes", start=-1)
    strict: Flags = column(np.bool_, "", "entrants must meet the tax and investment test (2.4)")
    land: Long = column(np.int64, "0.01 mu", "land")
    floor: Long = column(np.int64, "0.01 m2", "finished floor by kind of unit", width=(UNITS,))
    free: Long = column(np.int64, "0.01 m2", "free floor by kind of unit", width=(UNITS,))
    for_sale: Long = column(np.int64, "0.01 m2", "free floor that may be bought, by kind of unit", width=(UNITS,))
    planned_floor: Long = column(np.int64, "0.01 m2", "floor under construction, by kind of unit", width=(UNITS,))
    rent: Floats = column(np.float64, "yuan/m2 a month", "rent of a standard unit")
    price: Floats = column(np.float64, "yuan/m2", "price of a unit")
    services: Floats = column(np.float64, "0 to 1", "level of each of the nine services (2.6)", width=(SERVICES,))
    rating: Small = column(np.int8, "Grade", "yearly rating (2.5)")
    rating_points: Floats = column(np.float64, "points", "points of the yearly rating")
    firms_by_sector: Whole = column(np.int32, "firms", "firms inside by sector", width=(SECTORS,))
    signed_year: Whole = column(np.int32, "firms", "firms that moved in during its first four quarters")


@dataclass(slots=True)
class Blocks(Table):
    """The old industrial blocks (老旧工业区块)."""

    town: Small = column(np.int8, "row of Towns", "town")
    cell: Whole = column(np.int32, "row of Cells", "grid cell")
    identity: Long = column(np.int64, "", "identity for life")
    state: Small = column(np.int8, "BlockState", "standing, at work or renewed")
    back: Short = column(np.int16, "quarter index", "quarter in which it comes back as a park", start=NOBODY)
    order: Short = column(np.int16, "", "place in the order of renewal")
    park: Whole = column(np.int32, "row of Parks", "the row its park will have", start=NOBODY)
    land: Long = column(np.int64, "0.01 mu", "land, owners' plots included; 0 once it is a park")
    floor: Long = column(np.int64, "0.01 m2", "floor, owners' included; 0 while at work and once it is a park")
    ratio: Floats = column(np.float64, "", "floor-area ratio")


@dataclass(slots=True)
class TownAccounts(Table):
    """Accounts of land and floor by town. Land 0.01 mu, floor 0.01 m2."""

    opening: Long = column(np.int64, "0.01 mu", "ledger: land in hand at the start")
    quota: Long = column(np.int64, "0.01 mu", "ledger: quota received")
    cleared: Long = column(np.int64, "0.01 mu", "ledger: land cleared (1.4)")
    surrendered: Long = column(np.int64, "0.01 mu", "ledger: land surrendered by movers")
    bought_out: Long = column(np.int64, "0.01 mu", "ledger: land bought out of blocks beyond what their parks use")
    built: Long = column(np.int64, "0.01 mu", "ledger: land newly built on")
    left: Long = column(np.int64, "0.01 mu", "ledger: land in hand (negative only while 1.3 is off)")
    owners_land: Long = column(np.int64, "0.01 mu", "land of plots outside blocks whose owner is a living firm")
    absent_land: Long = column(np.int64, "0.01 mu", "land of plots outside blocks whose owner has gone (let again)")
    ordinary_floor: Long = column(np.int64, "0.01 m2", "floor on plots outside blocks, used or vacant")
    vacant_floor: Long = column(np.int64, "0.01 m2", "the vacant part of the ordinary floor")
    vacated_plants: Long = column(
        np.int64, "0.01 m2", "the part of the vacant floor that a small park may re-use (2.8)"
    )


@dataclass(slots=True)
class City:
    """What the city as a whole remembers. Fixed-size arrays, copied with the world."""

    sector_demand: Floats  # [sector] log demand
    stolen: Floats  # [sector] log revenue that gains of last quarter take from competitors
    bases: Floats  # [pool, 6] base values of the score
    cut_offs: Floats  # [pool, 3] least score of A, B and C at the last grading; -1 before any
    graded: int  # quarter index of the last grading, NOBODY before
    queue: Long  # [4, town, sector] 0.01 m2 refused in each of the last four quarters
    did: Long  # [4, town, sector, action] firms that did each action in each of the last four quarters
    stood: Long  # [town, sector] living firms, renewed every quarter
    carry: Floats  # [Carry, town] fractions of capacities carried forward from quarter to quarter
    reward_left: int  # fen left of this year's budget
    reward_year: int
    null_information: Floats  # [2] mean mutual information of permuted labels, entropy of sectors
    base_green: Floats  # [town + 1, 3] the three ratios of the green index in 2021Q2
    planned: Flags  # [cell] the planned zones (1.1); also the measuring mask
    cell_land: Long  # [cell] 0.01 mu of industrial land, village land aside
    # What one home decides and others read (homes never import one another)
    released_now: Floats = field(default_factory=lambda: np.zeros(0))  # [town] m2 of new park floor released (1.2)
    may_build: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))  # [cell] parks may be built there (1.1)
    land_limited: bool = False  # the land ledger limits building (1.3)
    grades_count: bool = False  # grades have consequences (4.1)
    # Filled in when first needed; arrays by town are empty until then.
    hazard_mean: Floats = field(  # [4, sector] mean hazards when the history began: where hazards drift to
        default_factory=lambda: np.zeros((4, SECTORS)), kw_only=True
    )
    model_near: Flags = field(  # [town, sector] a model firm of the sector works in the town (3.3)
        default_factory=lambda: np.zeros((0, SECTORS), np.bool_), kw_only=True
    )
    upgrade_relief: Floats = field(  # [sector] share of the cost of an upgrade that diagnosis saves (3.9)
        default_factory=lambda: np.zeros(SECTORS), kw_only=True
    )
    entry_mix: Floats = field(  # [town, sector] cumulative sector shares of newcomers
        default_factory=lambda: np.zeros((0, SECTORS)), kw_only=True
    )
    entry_registered: Floats = field(  # [sector] share of newcomers that are registered firms
        default_factory=lambda: np.zeros(SECTORS), kw_only=True
    )
    entry_profile: Floats = field(  # [2 * sector + registered, trait, 3] mean, spread and slope of newcomers' traits
        default_factory=lambda: np.zeros((0, 0, 3)), kw_only=True
    )
    entry_marks: Floats = field(  # [registered, on village land, mark] shares of newcomers with a mark
        default_factory=lambda: np.zeros((2, 2, 3)), kw_only=True
    )
    park_vetoes: int = field(default=0, kw_only=True)  # bits of the sectors that no park takes (2.4); parks publish it
    incubator_unit: int = field(default=0, kw_only=True)  # 0.01 m2 of an incubator unit (2.3); parks publish it
    entrant_hazard: float = field(default=1.0, kw_only=True)  # most hazard of an entrant (2.4); parks publish it
    sector_sales: Long = field(  # [sector] yuan a year of all firms when shocks last struck
        default_factory=lambda: np.zeros(SECTORS, np.int64), kw_only=True
    )
    vacated_sales: Long = field(  # [sector] yuan a year that closed firms left since, less what newcomers brought
        default_factory=lambda: np.zeros(SECTORS, np.int64), kw_only=True
    )
    owed_units: Floats = field(  # [kind] 0.01 m2 of special units that parks too small for one have left out so far
        default_factory=lambda: np.zeros(UNITS), kw_only=True
    )
    surcharges: Floats = field(  # [below or above scale, C or D] yuan/kWh (4.3); differential publishes it
        default_factory=lambda: np.zeros((2, 2)), kw_only=True
    )
    surcharge_terms: Floats = field(  # [3] exemption (kWh a year), cap (yuan a year), months a year; likewise
        default_factory=lambda: np.zeros(3), kw_only=True
    )
    good_lines: Floats = field(  # [3] of 2021Q2: mean revenue a mu, a kWh, and the line of good use (indicators)
        default_factory=lambda: np.zeros(3), kw_only=True
    )


@dataclass(slots=True)
class World:
    """The city: what never changes, what does, and the address of its luck."""

    towns: Towns
    cells: Cells
    sectors: Sectors
    firms: Firms
    parks: Parks
    blocks: Blocks
    accounts: TownAccounts
    city: City
    books: Books
    quarter: Quarter
    seed: int  # of the luck in use: the population seed through the history, the process seed after
    size: int  # firms asked for; capacities scale by size / 50,000
    rows: int  # firm rows in use

    @property
    def scale(self) -> float:
        """Size over the full city."""
        return self.size / FULL_CITY

    def copy(self) -> World:
        """A world that shares only what never changes; of the firms it has the rows in use."""
        city = replace(self.city)
        for name in City.__dataclass_fields__:
            value = getattr(city, name)
            if isinstance(value, np.ndarray):
                setattr(city, name, value.copy())
        return replace(
            self, firms=self.firms.copy(self.rows, self.rows), parks=self.parks.copy(), blocks=self.blocks.copy(),
            accounts=self.accounts.copy(), city=city, books=self.books.copy(),
        )  # fmt: skip
