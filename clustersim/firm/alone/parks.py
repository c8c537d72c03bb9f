"""The parks one firm looks at, and the best unit of each."""

from __future__ import annotations

from collections.abc import Iterator

from clustersim.firm.alone.options import Bar, InPark, Option, Standing, value_in_park
from clustersim.firm.choice import Market
from clustersim.firm.nests import IMPOSSIBLE
from clustersim.firm.offers import QUEUE
from clustersim.firm.options import moving_cost, output_factor
from clustersim.firm.park_wishes import FIRST_NAME
from clustersim.firm.terms import LOST_OUTPUT, PAPERWORK, TRAINED
from clustersim.foundation.compiled import interpreted
from clustersim.foundation.words import NOBODY, Action, ParkState, Site, Unit
from clustersim.letter.differential import reward_factor
from clustersim.letter.parks import (
    cheapest_unit,
    floors_taken,
    may_ask,
    taken_by,
    takes,
    unit_fit_out,
    unit_rent,
)
from clustersim.world.row import FirmRow
from clustersim.world.tables import World

_may_ask = interpreted(may_ask)
_taken_by = interpreted(taken_by)
_moving_cost = interpreted(moving_cost)


def park_options(firm: FirmRow, world: World, of: Market, me: Standing) -> tuple[Option, ...]:
    """The parks open to the firm, then the barred ones with what bars them (2.1, 2.3, 2.4)."""
    inside = firm.site == Site.PARK
    if inside and not firm.displaced:
        return (_barred(Bar.IN_A_PARK),)
    if not _may_ask(of.gate, firm.grade, firm.displaced, me.hazard):
        too_dangerous = me.hazard * of.gate.hazard_left > of.gate.hazard_limit
        return (_barred(Bar.HAZARD if too_dangerous else Bar.GRADE),)
    seen = [
        _unit_in(firm, world, of, me, park, waits)
        for park, waits in _offered(firm, world, of)
        if not (inside and park == firm.place)
    ]
    if not seen:
        return (_barred(Bar.NONE_NEAR),)
    return (*(one for one in seen if one.bar is None), *(one for one in seen if one.bar is not None))


def _offered(firm: FirmRow, world: World, of: Market) -> Iterator[tuple[int, bool]]:
    """Rows of Parks and whether the firm would have to wait: those listed, and the one on a block it left."""
    for place, park in enumerate(of.offers.park[firm.town, firm.sector].tolist()):
        if park != NOBODY:
            yield park, place == QUEUE
    if firm.returns_to != NOBODY:
        park = world.blocks.park.item(firm.returns_to)
        if park != NOBODY and world.parks.state.item(park) == ParkState.OPEN:
            yield park, False


def _unit_in(firm: FirmRow, world: World, of: Market, me: Standing, park: int, waits: bool) -> Option:
    """The cheapest unit of a park that fits, and what it is worth to the firm."""
    t, gate, parks = of.terms, of.gate, world.parks
    sector, age = firm.sector, world.quarter.index - firm.born
    floors = floors_taken(
        firm.floor, age, gate.small_size, gate.standard_size, gate.custom_size, gate.incubator_size, gate.most_small,
        gate.incubator_quarters,
    )  # fmt: skip
    young_rent = unit_rent(1.0, int(Unit.INCUBATOR), age, gate.incubator_rent, gate.incubator_quarters)
    unit, taken, buys = cheapest_unit(parks.free, parks.for_sale, park, waits, floors, young_rent)
    if unit < 0:
        return _barred(Bar.NO_UNIT, park)
    asked, admits = 0.01 * taken, parks.admits.item(park)
    if not _taken_by(gate, sector, me.sales, 0.01 * firm.tax_last_year, asked, admits, parks.strict.item(park)):
        return _barred(Bar.STRICT if takes(admits, gate.vetoed, sector) else Bar.SECTOR, park)
    hooks, incubated = of.park_hooks[park].tolist(), unit == Unit.INCUBATOR
    fit_out = unit_fit_out(gate.fit_out, unit, gate.custom_fit_out, gate.incubator_fit_out)
    far = of.offers.far.item(firm.town, park)
    invested = _moving_cost(t, me.sales, asked, fit_out, far, hooks[PAPERWORK], hooks[LOST_OUTPUT])
    price = parks.price.item(park)
    bound_up = t.down_payment * price * asked if buys else 0.0
    if me.means < t.liquidity * invested + bound_up:
        return _barred(Bar.CANNOT_PAY, park)
    if buys:
        yearly, aid = t.unit_finance * price * asked, 0.0
    else:
        yearly = 12.0 * asked * parks.rent.item(park) * (young_rent if incubated else 1.0)
        aid = 0.0 if incubated else yearly * _relief(firm, of)  # an incubator is at half rent anyway
    change = InPark(
        park=park, unit=unit, floor=taken, buys=buys, name=FIRST_NAME + parks.identity.item(park),
        output=of.park_outputs.item(park, sector) * output_factor(-me.site, 0.0, t.elasticity),
        fixed=0.25 * firm.fixed_cost * hooks[TRAINED], rent=0.25 * yearly, exposure=t.move_hazard * me.exposure,
        invested=invested, aid=aid, bound_up=bound_up,
    )  # fmt: skip
    liking = t.constant_move + of.peers.item(firm.town, sector, Action.MOVE)
    scale = 1.0 / (t.taste * me.sales)
    return Option(Action.MOVE, liking + scale * value_in_park(t, me, change), liking, change, park=park)


def _relief(firm: FirmRow, of: Market) -> float:
    """Rent relief of three years over a year's rent, as far as a registered firm may expect it (4.4)."""
    t = of.terms
    if not firm.registered:
        return 0.0
    reward = reward_factor(firm.grade, t.reward_a, t.reward_b, t.reward_c, t.reward_d)
    return reward * (t.relief_first + 2.0 * t.relief_later) / t.investment_weight


def _barred(bar: Bar, park: int = NOBODY) -> Option:
    return Option(Action.MOVE, IMPOSSIBLE, bar=bar, park=park)
