"""What the options of one firm are worth to it, each with its terms in yuan, and why the others are barred.

A term is yuan over the firm's own horizon, positive when it speaks for the option. The terms of an option sum to its
value: that is tested, since the choice itself uses the value.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from clustersim.firm.options import (
    closed_down,
    flow_in_park,
    flow_in_place,
    flows_in_park,
    flows_in_place,
    value_of_exit,
    worth,
    worth_in_park,
)
from clustersim.firm.terms import Terms
from clustersim.foundation.compiled import interpreted
from clustersim.foundation.words import NOBODY, Action

_flows_in_place = interpreted(flows_in_place)
_flows_in_park = interpreted(flows_in_park)
value_of_leaving = interpreted(value_of_exit)


class Bar(Enum):
    """Why an option is not open to a firm: a word, and the clause or the part of the model that says so."""

    ONLY_PARKS = ("looks at parks alone", "2.7")
    NO_CASE = ("no open case with a hazard to cure", "3.5")
    CANNOT_PAY = ("cash and credit do not reach", "liquidity_share")
    TOO_SOON = ("upgraded too short a time ago", "upgrade_pause")
    NOT_OUTGROWN = ("floor not outgrown, or not an owner on its own plot", "expand_pressure")
    NO_LAND_FOR_D = ("grade D gets no new land", "4.2")
    LEDGER_EMPTY = ("the town's land ledger is empty", "1.3")
    IN_A_PARK = ("already in a park", "site")
    HAZARD = ("hazard above the threshold of admission", "2.4")
    GRADE = ("grade below the threshold of admission", "2.4")
    NONE_NEAR = ("no open park with room takes its sector", "2.1")
    NO_UNIT = ("no unit that fits is free", "2.3")
    SECTOR = ("the park does not take its sector", "2.4")
    STRICT = ("tax or investment per mu below the strict threshold", "2.4")

    @property
    def words(self) -> str:
        """What it is."""
        return self.value[0]

    @property
    def rule(self) -> str:
        """The clause, lever or assumption behind it."""
        return self.value[1]


class Standing(NamedTuple):
    """What a firm knows of itself when it looks: yuan a year, log points, mu, yuan a quarter, 0 to 1, yuan."""

    sales: float
    kwh_per_yuan: float
    log_score: float
    log_a: float
    log_b: float
    log_c: float
    land: float
    fixed: float
    rent: float
    rent_received: float
    exposure: float
    closing: float
    closing_cured: float
    means: float
    hazard: float
    site: float
    above: bool
    graded: bool
    polluting: bool
    listed: bool


class InPlace(NamedTuple):
    """What an option in place changes."""

    exposure: float
    closing: float
    gain: float = 0.0
    kwh_factor: float = 1.0
    land_factor: float = 1.0
    invested: float = 0.0
    aid: float = 0.0


class InPark(NamedTuple):
    """A unit in a park: row of Parks, kind of unit, floor in 0.01 m2, and its terms in yuan."""

    park: int
    unit: int
    floor: int
    buys: bool
    name: int  # of the alternative: it addresses the taste shock
    output: float  # over the present one
    fixed: float  # a quarter
    rent: float  # a quarter
    exposure: float
    invested: float
    aid: float
    bound_up: float


class Option(NamedTuple):
    """One option: its worth over the taste scale, liking included, or what bars it."""

    action: Action
    worth: float  # IMPOSSIBLE when barred
    liking: float = 0.0  # constant and peers, over the taste scale
    change: InPlace | InPark | None = None
    bar: Bar | None = None
    park: int = NOBODY  # of a barred move


def value_in_place(t: Terms, me: Standing, change: InPlace) -> float:
    """Yuan that going on in place is worth with the changes of an option."""
    profit, land_tax, discharge, enforcement, _ = _flows_of(t, me, change)
    flow = flow_in_place(profit, me.rent_received, me.fixed, me.rent, land_tax, discharge, enforcement)
    closed = closed_down(me.sales, t.salvage, t.severance)
    return worth(flow, closed, change.closing, t.annuity, t.investment_weight, change.invested, change.aid)


def value_in_park(t: Terms, me: Standing, change: InPark) -> float:
    """Yuan that a unit in a park is worth."""
    profit, discharge, enforcement, plot_rent, compensation = _flows_there(t, me, change)
    flow = flow_in_park(profit, change.fixed, change.rent, discharge, enforcement, plot_rent)
    return worth_in_park(
        flow, t.annuity, t.investment_weight, change.invested, change.aid, compensation, change.bound_up
    )


def terms_in_place(t: Terms, me: Standing, change: InPlace) -> dict[str, float]:
    """The value of an option in place, term by term."""
    profit, land_tax, discharge, enforcement, price = _flows_of(t, me, change)
    going_on = (1.0 - change.closing) * t.annuity
    reference = t.price_large if me.above else t.price_small
    plain = profit
    if price != reference:  # what the same output would earn at the reference price
        at_reference = _flows_of(t, me._replace(graded=False), change)
        plain = at_reference[0]
    return {
        "profit": going_on * plain,
        "dearer electricity": going_on * (profit - plain),
        "rent received": going_on * me.rent_received,
        "fixed cost": -going_on * me.fixed,
        "rent": -going_on * me.rent,
        "land-use tax": -going_on * land_tax,
        "discharge charge": -going_on * discharge,
        "fines and stoppages": -going_on * enforcement,
        "closed down": change.closing * closed_down(me.sales, t.salvage, t.severance),
        "investment": -t.investment_weight * change.invested,
        "rewards": t.investment_weight * change.aid,
    }


def terms_in_park(t: Terms, me: Standing, change: InPark) -> dict[str, float]:
    """The value of a unit in a park, term by term."""
    profit, discharge, enforcement, plot_rent, compensation = _flows_there(t, me, change)
    return {
        "profit": t.annuity * profit,
        "rent received": t.annuity * plot_rent,
        "fixed cost": -t.annuity * change.fixed,
        "rent": -t.annuity * change.rent,
        "discharge charge": -t.annuity * discharge,
        "fines and stoppages": -t.annuity * enforcement,
        "moving": -t.investment_weight * change.invested,
        "down payment": -(t.investment_weight - 1.0) * change.bound_up,
        "rewards": t.investment_weight * change.aid,
        "compensation": compensation,
    }


def terms_of_leaving(t: Terms, me: Standing) -> dict[str, float]:
    """The value of closing, term by term."""
    if me.listed:
        land = ("compensation", t.compensation_per_mu * me.land if me.land > 0.0 else t.compensation_tenant)
    else:
        land = ("rent received", t.annuity * 0.25 * t.land_rent * me.land)
    return {
        "capital sold": t.salvage * me.sales,
        "severance": -t.severance * me.sales,
        "other work": t.annuity * 0.25 * t.outside_income,
        land[0]: land[1],
    }


def _flows_of(t: Terms, me: Standing, change: InPlace) -> tuple[float, float, float, float, float]:
    return _flows_in_place(
        t, me.sales, me.kwh_per_yuan, me.above, me.graded, me.log_score, me.log_a, me.log_b, me.log_c, me.land,
        me.polluting, change.exposure, change.gain, change.kwh_factor, change.land_factor,
    )  # fmt: skip


def _flows_there(t: Terms, me: Standing, change: InPark) -> tuple[float, float, float, float, float]:
    return _flows_in_park(t, me.sales, me.land, me.polluting, change.exposure, me.listed, change.output)
