"""One firm looks at its options and takes one: a nested logit of staying in some form, parks, and leaving."""

from __future__ import annotations

from typing import Final, NamedTuple

from clustersim.firm.alone.in_place import expand, rectify, stay, upgrade
from clustersim.firm.alone.options import Bar, InPark, Option, Standing, value_of_leaving
from clustersim.firm.alone.parks import park_options
from clustersim.firm.alone.standing import stand
from clustersim.firm.choice import ALMOST, Market
from clustersim.firm.lookers import all_reasons, sure_reasons
from clustersim.firm.nests import IMPOSSIBLE, gumbel_at, inclusive_of_four, park_shock
from clustersim.firm.options import outgrown
from clustersim.foundation.draws import four_uniforms
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import NOBODY, Action, Luck, Reason
from clustersim.world.row import FirmRow
from clustersim.world.tables import World

_ATTENTION: Final = int(Luck.ATTENTION)
_NEST: Final = int(Luck.NEST)
_ALTERNATIVE: Final = int(Luck.ALTERNATIVE)


class Look(NamedTuple):
    """What a firm saw when it looked, and what it took."""

    reasons: Reason
    me: Standing
    in_place: tuple[Option, Option, Option, Option]  # stay, rectify, upgrade, expand
    parks: tuple[Option, ...]  # the barred ones last
    leaving: Option
    nests: tuple[float, float, float]  # inclusive values: in place, parks, leaving
    nest_shocks: tuple[float, float, float]
    shocks: tuple[float, ...]  # of the options in place, then of the open parks
    taken: Option


def reasons_to_look(firm: FirmRow, world: World, of: Market) -> Reason:
    """Why the firm looks this quarter; no reason when it does not."""
    full = outgrown(firm.tenure, firm.site, firm.revenue, ALMOST * of.terms.expand_pressure, firm.floor_capacity)
    quarter, graded_now = world.quarter.index, world.city.graded == world.quarter.index
    sure = sure_reasons(
        graded_now, firm.grade, firm.grade_before, full, firm.stage, firm.displaced, firm.order_due, firm.cash
    )
    everything, parks, _, _ = four_uniforms(world.seed, _ATTENTION, quarter, firm.uid, 0)
    return Reason(all_reasons(sure, firm.closing, everything, parks, of.attention, of.told_of_parks))


def look(firm: FirmRow, world: World, of: Market) -> Look | None:
    """Look at the options and pick one; None for a firm that does not look. Nothing is written."""
    reasons = reasons_to_look(firm, world, of)
    if not reasons:
        return None
    t, wide = of.terms, reasons != Reason.SERVICE
    me = stand(firm, world, of)
    in_place = (
        stay(t, me), rectify(firm, of, me, wide), upgrade(firm, world, of, me, wide), expand(firm, world, of, me, wide)
    )  # fmt: skip
    parks = park_options(firm, world, of, me)
    leaving = _leave(firm, of, me, wide)
    open_parks = [one for one in parks if one.bar is None]
    nests = (
        inclusive_of_four(in_place[0].worth, in_place[1].worth, in_place[2].worth, in_place[3].worth, t.nest_in_place),
        _inclusive([one.worth for one in open_parks], t.nest_parks),
        leaving.worth,
    )
    quarter, seed, uid = world.quarter.index, world.seed, firm.uid
    of_nests = four_uniforms(seed, _NEST, quarter, uid, 0)
    nest_shocks = (gumbel_at(of_nests[0]), gumbel_at(of_nests[1]), gumbel_at(of_nests[2]))
    tastes = [gumbel_at(chance) for chance in four_uniforms(seed, _ALTERNATIVE, quarter, uid, 0)]
    liked = [park_shock(seed, quarter, uid, one.change.name) for one in open_parks if isinstance(one.change, InPark)]
    felt = [value + shock for value, shock in zip(nests, nest_shocks, strict=True)]
    if felt[2] > felt[0] and felt[2] > felt[1]:
        taken = leaving
    elif felt[0] >= felt[1]:
        taken = _best(in_place, tastes, t.nest_in_place)
    else:
        taken = _best(open_parks, liked, t.nest_parks)
    return Look(reasons, me, in_place, parks, leaving, nests, nest_shocks, (*tastes, *liked), taken)


def take(firm: FirmRow, seen: Look | None) -> None:
    """Write down what the firm means to do: `seen` is what it saw when it looked."""
    firm.action, firm.target = Action.STAY, NOBODY
    if seen is None:
        return
    firm.action = seen.taken.action
    if isinstance(change := seen.taken.change, InPark):
        firm.target, firm.target_unit = change.park, change.unit
        firm.target_floor, firm.target_buy = change.floor, change.buys


def _leave(firm: FirmRow, of: Market, me: Standing, wide: bool) -> Option:
    if not wide:
        return Option(Action.EXIT, IMPOSSIBLE, bar=Bar.ONLY_PARKS)
    t = of.terms
    value = value_of_leaving(t, me.sales, me.land, me.listed) / (t.taste * me.sales)
    liking = t.constant_exit + of.peers.item(firm.town, firm.sector, Action.EXIT)
    return Option(Action.EXIT, value + liking, liking)


def _inclusive(worth: list[float], weight: float) -> float:
    """As `inclusive_of_four`, of the parks that are open to the firm."""
    if not worth:
        return IMPOSSIBLE
    top, total = max(worth), 0.0
    for one in worth:
        total += exponential((one - top) / weight)
    return top + weight * logarithm(total)


def _best(options: tuple[Option, ...] | list[Option], shocks: list[float], weight: float) -> Option:
    """The option that feels best; the first of equals."""
    felt = [option.worth + weight * shock for option, shock in zip(options, shocks, strict=True)]
    return options[felt.index(max(felt))]
