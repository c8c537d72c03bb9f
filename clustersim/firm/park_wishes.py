"""Moving into a park: the parks one firm looks at, and what the best unit of each is worth to it."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.firm.lookers import EXPOSURE, HAZARD, LAND, LISTED, MEANS, POLLUTING, SALES, SITE
from clustersim.firm.nests import IMPOSSIBLE
from clustersim.firm.offers import MOST_PARKS, QUEUE
from clustersim.firm.options import flow_in_park, flows_in_park, moving_cost, output_factor, worth_in_park
from clustersim.firm.terms import LOST_OUTPUT, PAPERWORK, TRAINED, Terms
from clustersim.foundation.compiled import rows, sweep, wide
from clustersim.foundation.words import Action, ParkState, Site, Unit
from clustersim.letter.differential import reward_factor
from clustersim.letter.parks import Threshold, cheapest_unit, floors_taken, may_ask, taken_by, unit_fit_out, unit_rent
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Whole

MOST: Final = MOST_PARKS + 2  # the nearest with room, a full one worth waiting for, the one on a block it left
NAME, PARK, UNIT, FLOOR, BUYS = range(5)  # rows of a wish; floor in 0.01 m2
WISH: Final = 5

_MOVE: Final = int(Action.MOVE)
_PARK: Final = int(Site.PARK)
_OPEN: Final = int(ParkState.OPEN)
_INCUBATOR: Final = int(Unit.INCUBATOR)
FIRST_NAME: Final = 16  # names of alternatives: park identities from here on


@sweep
def wish_for_parks(
    first: int, last: int, quarter: int, t: Terms, gate: Threshold, who: Long, me: Floats, am: Flags,
    counts: Long, worth: Floats, wish: Long,
    sector: Small, town: Small, site: Small, place: Whole, floor: Whole, fixed_cost: Floats, grade: Small,
    registered: Flags, born: Short, displaced: Flags, returns_to: Whole, tax_last_year: Long,
    peers: Floats, offered: Short, far: Floats, park_output: Floats,
    park_identity: Long, park_free: Long, park_for_sale: Long, park_rent: Floats, park_price: Floats,
    park_admits: Whole, park_strict: Flags, park_state: Small, block_park: Whole, park_hooks: Floats,
) -> None:  # fmt: skip
    """Fill `counts`, `worth` [place, firm] (over the taste scale) and `wish` with the parks open to each firm."""
    for one in rows(first, last):
        row = who[one]
        counts[one] = 0
        for place_in_list in range(MOST):
            worth[place_in_list, one] = IMPOSSIBLE
        inside = site[row] == _PARK
        if inside and not displaced[row]:
            continue
        if not may_ask(gate, grade[row], displaced[row], me[HAZARD, one]):
            continue
        found = 0
        s, here, age = wide(sector[row]), wide(town[row]), quarter - born[row]
        sales, means = me[SALES, one], me[MEANS, one]
        floors = floors_taken(
            wide(floor[row]), age, gate.small_size, gate.standard_size, gate.custom_size, gate.incubator_size,
            gate.most_small, gate.incubator_quarters,
        )  # fmt: skip
        young_rent = unit_rent(1.0, _INCUBATOR, age, gate.incubator_rent, gate.incubator_quarters)
        reward = reward_factor(grade[row], t.reward_a, t.reward_b, t.reward_c, t.reward_d) if registered[row] else 0.0
        relief = reward * (t.relief_first + 2.0 * t.relief_later) / t.investment_weight  # of a year's rent
        leaving = output_factor(-me[SITE, one], 0.0, t.elasticity)
        scale = 1.0 / (t.taste * sales)
        liking = t.constant_move + peers[here, s, _MOVE]
        for place_in_list in range(MOST):
            if place_in_list <= QUEUE:
                park = wide(offered[here, s, place_in_list])
            else:
                park = wide(block_park[returns_to[row]]) if returns_to[row] >= 0 else wide(-1)
                if park >= 0 and park_state[park] != _OPEN:
                    park = wide(-1)
            if park < 0 or (inside and park == place[row]):
                continue
            unit, taken, buys = cheapest_unit(
                park_free, park_for_sale, park, place_in_list == QUEUE, floors, young_rent
            )
            if unit < 0:
                continue
            asked = 0.01 * taken
            if not taken_by(gate, s, sales, 0.01 * tax_last_year[row], asked, park_admits[park], park_strict[park]):
                continue
            fit_out = unit_fit_out(gate.fit_out, unit, gate.custom_fit_out, gate.incubator_fit_out)
            invested = moving_cost(
                t, sales, asked, fit_out, far[here, park], park_hooks[park, PAPERWORK], park_hooks[park, LOST_OUTPUT]
            )
            bound_up = t.down_payment * park_price[park] * asked if buys else 0.0
            if means < t.liquidity * invested + bound_up:
                continue
            if buys:
                yearly, aid = t.unit_finance * park_price[park] * asked, 0.0
            else:
                yearly = 12.0 * asked * park_rent[park] * (young_rent if unit == _INCUBATOR else 1.0)
                aid = 0.0 if unit == _INCUBATOR else yearly * relief  # an incubator is at half rent anyway
            profit, discharge, enforcement, plot_rent, compensation = flows_in_park(
                t, sales, me[LAND, one], am[POLLUTING, one], t.move_hazard * me[EXPOSURE, one], am[LISTED, one],
                park_output[park, s] * leaving,
            )  # fmt: skip
            fixed = 0.25 * fixed_cost[row] * park_hooks[park, TRAINED]
            flow = flow_in_park(profit, fixed, 0.25 * yearly, discharge, enforcement, plot_rent)
            worth[found, one] = liking + scale * worth_in_park(
                flow, t.annuity, t.investment_weight, invested, aid, compensation, bound_up
            )
            wish[NAME, found, one], wish[PARK, found, one] = FIRST_NAME + park_identity[park], park
            wish[UNIT, found, one], wish[FLOOR, found, one], wish[BUYS, found, one] = unit, taken, np.int64(buys)
            found += 1
        counts[one] = found
