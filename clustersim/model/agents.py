"""The agents: firms, parks and towns, each a window on its row.

>>> from clustersim import ClusterModel
>>> model = ClusterModel(rng=1, firms=300)
>>> firm = model.agents[0]
>>> firm.grade, firm.site, firm.town in model.world.towns.en
(<Grade.B: 2>, <Site.PLOT: 2>, True)
>>> Firm.cash.__doc__
'cash [yuan]'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from clustersim.firm import alone
from clustersim.firm.account_terms import AccountTerms
from clustersim.firm.accounts import RentTerms
from clustersim.firm.choice import Market
from clustersim.firm.shocks import ShockTerms
from clustersim.foundation.words import NOBODY, ParkState, Site
from clustersim.letter.inspection import DriftTerms
from clustersim.model.sets import WindowSet
from clustersim.model.windows import Column, Window
from clustersim.why.replay import Story
from clustersim.world.books import Flow
from clustersim.world.columns import Long, described_columns
from clustersim.world.firms import Firms
from clustersim.world.row import FirmRow
from clustersim.world.tables import Parks, TownAccounts

if TYPE_CHECKING:
    from clustersim.model.cluster_model import ClusterModel

_MOST: Final = 1e12  # yuan, people, ...: more than the whole city has, and far from where sums in integers overflow
_ANY: Final = (-_MOST, _MOST)
_NOT_BELOW_0: Final = (0.0, _MOST)
_ABOVE_0: Final = (1e-9, _MOST)
_SHARE: Final = (0.0, 1.0)

# What no total elsewhere depends on: the census of a quarter is taken when it begins, so the books close all the same.
FREE: Final[dict[str, tuple[float, float]]] = {
    "registered": _SHARE, "revenue": _ABOVE_0, "normal_revenue": _ABOVE_0, "productivity": _ANY,
    "floor_capacity": _NOT_BELOW_0, "gain_left": _ANY, "gain_quarters": _NOT_BELOW_0, "employees": _NOT_BELOW_0,
    "kwh_per_yuan": _NOT_BELOW_0, "emission_per_yuan": _NOT_BELOW_0, "research_share": _SHARE, "fixed_share": _ANY,
    "fixed_cost": _ANY, "site_productivity": _ANY, "volatility": _NOT_BELOW_0, "power_limit": _NOT_BELOW_0,
    "cash": _ANY, "overdrawn": _NOT_BELOW_0, "safety": _SHARE, "environment": _SHARE, "fire": _SHARE,
    "energy": _SHARE, "masked": _SHARE, "marks": _ANY, "known": _SHARE, "belief": _SHARE, "grade": _ANY,
    "d_years": _NOT_BELOW_0, "kwh_base": _NOT_BELOW_0,
}  # fmt: skip

# Everything else, by the reason why it may not be set.
KEPT: Final[dict[str, tuple[str, ...]]] = {
    "who a firm is, and when it comes and goes, is for the rules of entry and exit": (
        "uid", "alive", "born", "gone", "exit_cause",
    ),
    "land, floor and firms are counted by town, cell, block, park and sector too (world.laws)": (
        "sector", "town", "cell", "site", "place", "tenure", "landlord", "unit", "land", "floor",
    ),
    "accounts write it with the other end of the flow; set cash, revenue or fixed_cost": (
        "rent_received", "profit", "surcharge_paid", "fine_due", "revenue_year", "revenue_last_year", "kwh_year",
        "kwh_last_year", "tax_year", "tax_last_year", "reward",
    ),
    "inspection opens and closes cases (3.1-3.6) and counts them; set hazards or marks": (
        "last_visit", "stage", "case_kinds", "severity", "deadline", "treated", "cured", "suspended", "closing",
        "park_warnings",
    ),
    "towns keep which sectors have a model firm (3.3)": ("model_firm",),
    "it is luck with an address: another rng gives another": ("survey_turn", "diligence", "tax_noise"),
    "grading decides it (4.1); set grade, or what the score depends on": (
        "above_scale", "pool", "score", "grade_before",
    ),
    "orders, notices and licences belong to programmes that count them (1.4, 3.7, 4.7)": (
        "order_due", "clearance", "notice_due", "licence_due", "displaced", "returns_to",
    ),
    "it is what the firm has done": ("upgrades", "last_upgrade", "last_move"),
    "it is chosen anew every quarter; set what the choice depends on": (
        "action", "target", "target_unit", "target_floor", "target_buy",
    ),
}  # fmt: skip


class _Place(Column):
    """The park of a firm: the one column whose meaning depends on another, `site`."""

    def many(self, model: ClusterModel, kind: type[Window], rows: Any) -> list[Any]:
        firms = model.firms
        parks = np.where(firms.site[rows] == Site.PARK, firms.place[rows], NOBODY)
        return [model.park_type(model, row) if row != NOBODY else None for row in parks.tolist()]


class Firm(Window, columns=Firms):
    """One firm. A column of `Firms` is an attribute of the same name, in words and plain units."""

    __slots__ = ()
    table, key, settable = "firms", "uid", FREE
    QUARTER: ClassVar[tuple[str, ...]] = ("be_struck", "drift", "decide", "pay_rent", "settle")

    place = _Place("place", {**described_columns(Firms)["place"], "meaning": "its park; None outside parks"})

    @property
    def block(self) -> int | None:
        """its old industrial block [row of Blocks]; None outside blocks"""
        row = self.own_row()
        firms = self.model.firms
        return int(firms.place[row]) if firms.site[row] == Site.BLOCK else None

    # The quarter of one firm, as the agents engine walks it (`model.engine`); a subclass may do any of it otherwise.

    def be_struck(self, terms: ShockTerms, drift_of_sector: Sequence[float]) -> tuple[int, int, int]:
        """Luck, demand and sales. Returns yuan won by gains, yuan of revenue, and change of jobs in millionths."""
        world = self.model.world
        quarter = world.quarter
        return alone.be_struck(self.raw, world.seed, quarter.index, quarter.number == 1, drift_of_sector, terms)

    def drift(self, terms: DriftTerms, means: Any, standards: Any) -> tuple[float, bool, bool]:
        """Hazards. Returns its lot among visits, whether it was surveyed, and whether it relapsed."""
        world = self.model.world
        return alone.drift(self.raw, world.seed, world.quarter.index, means, standards, terms)

    def decide(self, of: Market) -> None:
        """Look at its options, if it looks at all, and write down which one it means to take."""
        raw = self.raw
        alone.take(raw, alone.look(raw, self.model.world, of))

    def pay_rent(self, terms: RentTerms, rents: Sequence[float], prices: Sequence[float]) -> tuple[int, Flow]:
        """Pay the rent. Returns fen, and to whom they go."""
        return alone.pay_rent(self.raw, self.model.world.quarter.index, terms, rents, prices)

    def settle(self, terms: AccountTerms, hooks: Any) -> tuple[dict[Flow, int], int, int]:
        """Settle its account. Returns the flows in fen, land-use tax relieved, and what discharge costs more."""
        world, raw = self.model.world, self.raw
        quarter = world.quarter
        polluting = world.sectors.polluting.item(raw.sector)
        graded_now = world.city.graded == quarter.index
        return alone.settle(raw, world.seed, quarter.index, quarter.number, graded_now, polluting, terms, hooks)

    @property
    def raw(self) -> FirmRow:
        """Its row as the rules read it: fen, 0.01 mu, quarter indices, codes."""
        return FirmRow(self.model.firms, self.own_row())

    def explain(self) -> Story:
        """Why it did what it did since 2021Q3, quarter by quarter; ScenarioError for a city that was changed by hand.

        The policy quarters are lived once more for it. `print` gives a line a quarter; `clustersim explain` shows all.
        """
        return self.model.explain(self.unique_id)

    @classmethod
    def present(cls, model: ClusterModel) -> Long:
        """Rows of the living firms, by uid."""
        return model.living.rows

    @classmethod
    def reason(cls, name: str) -> str:
        """Why a column cannot be set, and what to set instead."""
        return next(reason for reason, names in KEPT.items() if name in names)

    def own_row(self) -> int:
        """The row; LookupError when a newcomer has it by now."""
        holder = int(self.model.firms.uid[self.row])
        if holder != self.unique_id:
            raise LookupError(f"firm {self.unique_id} has gone, and firm {holder} has its row by now")
        return self.row

    def living_row(self) -> int:
        """The row; LookupError when the firm has gone, with when and why."""
        row = self.own_row()
        if not self.model.firms.alive[row]:
            raise LookupError(f"firm {self.unique_id} has gone ({self.gone}, {self.exit_cause.name.lower()})")
        return row


class Park(Window, columns=Parks):
    """A park that is being built or open; `unique_id` is its identity. Columns of `Parks` are attributes."""

    __slots__ = ()
    table, key = "parks", "identity"

    @property
    def firms(self) -> WindowSet:
        """The firms inside, by uid."""
        return self.model.firms_at("park", self.row)

    @property
    def occupancy(self) -> float:
        """Share of the finished floor that is taken; 0 while there is none."""
        parks = self.model.world.parks
        floor = int(parks.floor[self.row].sum())
        return 1.0 - int(parks.free[self.row].sum()) / floor if floor else 0.0

    @classmethod
    def present(cls, model: ClusterModel) -> Long:
        """Rows of parks that are built or open, by identity."""
        parks = model.world.parks
        rows = np.flatnonzero(parks.state != ParkState.CANDIDATE)
        return rows[np.argsort(parks.identity[rows], kind="stable")]


class Town(Window, columns=TownAccounts):
    """A town; `unique_id` is its row. Columns of its accounts of land and floor are attributes."""

    __slots__ = ()
    table = "accounts"

    @property
    def name(self) -> str:
        """English name, as in indicators.parquet"""
        return self.model.world.towns.en[self.row]

    @property
    def name_zh(self) -> str:
        """Chinese name"""
        return self.model.world.towns.zh[self.row]

    @property
    def firms(self) -> WindowSet:
        """Its firms, by uid."""
        return self.model.firms_at("town", self.row)

    @property
    def parks(self) -> WindowSet:
        """Its parks, built or open, by identity."""
        return WindowSet(self.model, self.model.park_type, source=partial(_parks_of, town=self.row))

    def value(self, indicator: str) -> float:
        """One of its indicators at the end of the last quarter."""
        return self.model.value(indicator, self.name)


def _parks_of(model: ClusterModel, town: int) -> Long:
    rows = Park.present(model)
    here: Long = rows[model.world.parks.town[rows] == town]
    return here
