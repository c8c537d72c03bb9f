"""The model: a quarter in the order of `clustersim.quarter`, and what is done once for places instead of firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from clustersim.foundation.words import (
    NOBODY,
    POLICY_START,
    SECTORS,
    BlockState,
    Carry,
    Cause,
    Clearance,
    Mark,
    Pool,
    Service,
    Site,
    Tenure,
)
from clustersim.letter import differential, land, parks, renewal, services
from clustersim.letter.inspection.visits import priority_flags
from clustersim.quarter import History, fork
from clustersim.scenario import Scenario
from clustersim.world.books import CLAUSE_SLOTS, Count, Flow
from clustersim.world.firms import Firms
from lean_mesa import accounting, changing, choosing, grading, inspecting, shocks
from lean_mesa.firm import firms_of
from lean_mesa.measuring import measure

if TYPE_CHECKING:
    from lean_mesa.choosing import Wish
    from lean_mesa.firm import Firm
    from lean_mesa.plain import Plain

PARK, BLOCK, PLOT = int(Site.PARK), int(Site.BLOCK), int(Site.PLOT)
TENANT, OWNER, NOTICE, LISTED = int(Tenure.TENANT), int(Tenure.OWNER), int(Clearance.NOTICE), int(Clearance.LISTED)
NEVER_BACK = 30_000  # quarter of a block that has no interim floor for its firms


class LeanCity(mesa.Model):
    """A city whose firms are Mesa agents, from the end of its history on."""

    terms: Plain  # of the options of this quarter
    gate: Plain  # of parks this quarter
    market: Plain  # what places offer this quarter
    deeds: list[list[tuple[Firm, Wish | None]]]  # by action: who does it this quarter
    claimants: list[Firm]  # who may have a reward to claim
    visit_rates: list[list[float]]  # [town][priority sector or not] visits a firm, of this quarter

    def __init__(self, history: History, scenario: Scenario, seed: int) -> None:
        """Turn every living firm of the settled city into an agent."""
        super().__init__(seed=seed)
        self.levers, self.assumptions = scenario.effective_levers(), scenario.assumptions
        self.world = world = fork(history, scenario, seed)
        self.towns = firms_of(self, world)
        world.firms, world.rows = Firms.with_rows(1), 0  # from here on the table has no firm: the agents are the firms
        everyone = [firm for firms in self.towns for firm in firms]
        self.owners = [firm for firm in everyone if firm.tenure == OWNER and firm.site == PLOT]
        self.outdated = [firm for firm in everyone if firm.marks & Mark.OUTDATED]
        self.models = [firm for firm in everyone if firm.model_firm]
        self.upgraded = [firm for firm in everyone if firm.last_upgrade > 0]
        self.under_order = [firm for firm in everyone if firm.order_due >= 0]
        self.noticed = [firm for firm in everyone if firm.clearance == NOTICE]
        self.closing = [(firm, int(Cause.CLOSURE)) for firm in everyone if firm.closing]
        self.model_near = np.zeros((len(world.towns), SECTORS), bool).tolist()
        self.priority = [int(one) for one in priority_flags(world, self.levers.inspection)]
        self.scattered = (world.cells.urban & ~world.city.planned).tolist()
        self.flat_cells = self._by_town(~world.cells.hill)
        self.changed: set[int] = set()
        self.measured: list[dict[str, float]] = []

    def step(self) -> None:
        """One quarter."""
        world, levers, a = self.world, self.levers, self.assumptions
        world.books.open()
        shocks.strike(self)
        shocks.renew_sites(self)
        differential.announce(world, levers.differential)  # 4.3
        grading.grade_all(self)  # 4.1, 4.7
        inspecting.advance(self)  # 3.1-3.6, 3.9-3.11
        land.grant_quota(world, levers.land, a)  # 1.3
        self._renew_blocks()  # 1.6
        self._clear_plots()  # 1.4
        parks.reuse(world, levers.parks, a)  # 2.8
        land.release(world, levers.land, a)  # 1.1, 1.2
        parks.develop(world, levers.parks, a)  # 1.5, 2.1-2.3
        services.roll_out(world, levers.services, a)  # 2.6, 2.7
        parks.upgrade_town_parks(world, levers.parks, a)  # 1.7
        self._look_after_parks()  # 2.5, 2.6
        choosing.decide(self)
        changing.admit(self)  # 2.4
        changing.grant_rewards(self)  # 4.4
        changing.carry_out(self)
        accounting.settle(self)  # 3.8, 4.3, 4.5
        changing.admit_newcomers(self)  # 3.7
        self.measured.append(measure(self))
        world.quarter += 1

    # What several phases ask for

    def pay(self, flow: Flow, town: int, yuan: float, clause: str = "") -> None:
        """Enter a flow into the books; with `clause` the city pays it under that clause."""
        fen = round(100.0 * yuan)
        self.world.books.money[flow, town] += fen
        if clause:
            self.world.books.by_clause[CLAUSE_SLOTS.index(clause), town] += fen

    def displace(self, firm: Firm) -> None:
        """Waive grade tests for a firm that has a case, an order or a notice, or lost its site."""
        if not firm.displaced:
            firm.displaced = True
            self.world.books.counts[Count.DISPLACED, firm.town] += 1

    def order_to_close(self, firm: Firm, cause: int) -> None:
        """The firm leaves when changes take effect; the first cause stands."""
        if not firm.closing:
            firm.closing = True
            self.closing.append((firm, cause))

    def forget_the_gone(self) -> None:
        """Take those who closed or moved away out of the lists of their towns."""
        for town in self.changed:
            self.towns[town] = [firm for firm in self.towns[town] if firm.alive and firm.town == town]
        self.changed.clear()

    def list_due(self) -> bool:
        """Whether a list of environment cases comes from above this quarter (3.11)."""
        levers = self.levers.inspection
        since = self.world.quarter - POLICY_START - levers.list_first
        return levers.cases_per_list > 0.0 and since >= 0 and since % levers.list_every == 0

    def cells_with_industry(self) -> list[list[int]]:
        """[town] cells with industry on flat land."""
        return self._by_town(~self.world.cells.hill & (self.world.city.cell_land > 0))

    def some_cell(self, cells: list[list[int]], town: int) -> int:
        """One of a town's cells by lot; its seat if there is none."""
        return self.random.choice(cells[town]) if cells[town] else int(self.world.towns.seat_cell[town])

    def _by_town(self, may: np.ndarray) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in range(len(self.world.towns))]
        for cell in np.flatnonzero(may).tolist():
            found[int(self.world.cells.town[cell])].append(cell)
        return found

    # Supply where it touches firms

    def _renew_blocks(self) -> None:
        """Blocks that have interim floor for their firms may start; then their firms move there (1.6)."""
        world, blocks = self.world, self.world.blocks
        self._end_rights()
        before, back = blocks.state.copy(), blocks.back.copy()
        waiting = np.flatnonzero(before == BlockState.STANDING)
        inside: dict[int, list[Firm]] = {block: [] for block in waiting.tolist()}
        for firms in self.towns:
            for firm in firms:
                if firm.site == BLOCK:
                    inside[firm.place].append(firm)
        vacant = world.accounts.vacant_floor.tolist()
        full = []
        for block in waiting[np.lexsort((blocks.identity[waiting], blocks.order[waiting]))].tolist():
            town, needed = int(blocks.town[block]), sum(firm.floor for firm in inside[block])
            if needed <= vacant[town]:
                vacant[town] -= needed
            else:
                full.append(block)
        blocks.state[full], blocks.back[full] = BlockState.AT_WORK, NEVER_BACK
        renewal.renew(world, self.levers.renewal, self.assumptions)
        blocks.state[full], blocks.back[full] = BlockState.STANDING, back[full]
        for block in np.flatnonzero((before == BlockState.STANDING) & (blocks.state == BlockState.AT_WORK)).tolist():
            self._move_out(block, inside[block])

    def _move_out(self, block: int, firms: list[Firm]) -> None:
        """The firms of a block go to vacant floor in town; owners sell, all may return first."""
        world, town = self.world, int(self.world.blocks.town[block])
        by_sector = [0] * SECTORS
        for firm in firms:
            if not world.city.park_vetoes >> firm.sector & 1:
                by_sector[firm.sector] += firm.floor
            if firm.land:
                yuan = 0.01 * firm.land * self.levers.renewal.buy_out
                firm.cash += yuan
                self.pay(Flow.COMPENSATION, town, yuan, "1.6")
            firm.site, firm.place, firm.tenure, firm.landlord, firm.unit = PLOT, NOBODY, TENANT, None, NOBODY
            firm.land, firm.let, firm.returns_to = 0, 0, block
            self.displace(firm)
        floor = sum(firm.floor for firm in firms)
        world.accounts.vacant_floor[town] -= floor
        world.accounts.vacated_plants[town] = min(
            world.accounts.vacated_plants[town], world.accounts.vacant_floor[town]
        )
        if any(by_sector):
            world.parks.lead_sector[world.blocks.park[block]] = by_sector.index(max(by_sector))

    def _end_rights(self) -> None:
        """The right to return ends some quarters after a block is back."""
        blocks, levers = self.world.blocks, self.levers.renewal
        over = (blocks.back >= 0) & (blocks.back + levers.return_quarters <= self.world.quarter.index)
        ended = set(np.flatnonzero(over).tolist())
        if not ended:
            return
        for firms in self.towns:
            for firm in firms:
                if firm.returns_to in ended:
                    firm.returns_to = NOBODY
                    other = firm.stage or firm.order_due >= 0 or firm.clearance or firm.licence_due >= 0
                    firm.displaced = bool(other)

    def _clear_plots(self) -> None:
        """End the notices that have run out, then give notice to the plots of this quarter's programme (1.4)."""
        levers, world, quarter = self.levers.land, self.world, self.world.quarter.index
        self.noticed = [firm for firm in self.noticed if firm.alive and firm.clearance == NOTICE]
        for firm in self.noticed:
            firm.displaced = True
            if firm.notice_due <= quarter:
                self.order_to_close(firm, Cause.CLEARANCE)
        if levers.cleared_mu_a_year <= 0.0:
            return
        carry, yearly = world.city.carry[Carry.CLEARANCE], 100.0 * levers.cleared_mu_a_year * world.scale
        carry[0] = min(carry[0] + yearly / 4.0, yearly)
        self.owners = [firm for firm in self.owners if firm.alive and firm.site == PLOT and firm.land]
        count, ungraded = world.city.grades_count, self.assumptions.ungraded_points
        may = [
            (firm.clearance != LISTED, (ungraded if firm.pool == Pool.UNGRADED else firm.score) if count else 0.0, firm)
            for firm in self.owners
            if not firm.closing and firm.clearance != NOTICE
            and (firm.clearance == LISTED or self.scattered[firm.cell])
        ]  # fmt: skip
        self.random.shuffle(may)
        picked = set()
        for _, _, firm in sorted(may, key=lambda one: one[:2]):
            if carry[0] <= 0.0:
                break
            carry[0] -= firm.land
            picked.add(id(firm))
            self._give_notice(firm)
        if picked:
            for firms in self.towns:
                for firm in firms:
                    if firm.landlord is not None and id(firm.landlord) in picked and firm.site == PLOT:
                        self._give_notice(firm)

    def _give_notice(self, firm: Firm) -> None:
        firm.clearance, firm.notice_due = NOTICE, self.world.quarter.index + self.levers.land.notice_quarters
        self.noticed.append(firm)
        self.displace(firm)

    def _look_after_parks(self) -> None:
        """Testing lowers hazards inside parks (2.6); tenants with a case open too long lose their place (2.5)."""
        world, levers, quarter = self.world, self.levers.parks, self.world.quarter.index
        effect = self.assumptions.service_testing
        left = (1.0 - effect * world.parks.services[:, Service.TESTING]).tolist()
        movers, late = [0] * len(self.towns), []
        for town, firms in enumerate(self.towns):
            for firm in firms:
                if firm.site != PARK:
                    continue
                less = left[firm.place]
                firm.safety, firm.environment = less * firm.safety, less * firm.environment
                firm.fire, firm.energy = less * firm.fire, less * firm.energy
                movers[town] += firm.last_move == quarter - 1
                if levers.rated:
                    firm.park_warnings = firm.park_warnings + 1 if firm.stage else 0
                    if firm.park_warnings >= levers.quarters_before_loss and firm.tenure == TENANT and not firm.closing:
                        late.append(firm)
        help_given = self.levers.services.handholding * self.assumptions.handholding_cost
        for town, number in enumerate(movers):
            self.pay(Flow.PROGRAMME, town, number * help_given, "2.7")
        for firm in late:
            self._end_tenancy(firm)

    def _end_tenancy(self, firm: Firm) -> None:
        """To vacant floor in town; when there is none the firm closes."""
        world, town = self.world, firm.town
        firm.park_warnings = 0
        if world.accounts.vacant_floor[town] < firm.floor:
            self.order_to_close(firm, Cause.CLOSURE)
            return
        world.accounts.vacant_floor[town] -= firm.floor
        world.accounts.vacated_plants[town] = min(
            world.accounts.vacated_plants[town], world.accounts.vacant_floor[town]
        )
        world.parks.free[firm.place, firm.unit] += firm.floor
        world.parks.firms_by_sector[firm.place, firm.sector] -= 1
        firm.site, firm.place, firm.tenure, firm.unit = PLOT, NOBODY, TENANT, NOBODY
