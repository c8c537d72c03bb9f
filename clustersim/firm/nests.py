"""The nested logit, by luck with an address: who looks, and which alternative of which nest is taken.

The nest {stay, rectify, upgrade, expand}, the nest {parks} and {exit} each draw a Gumbel number, and so does every
alternative inside its nest, keyed by the alternative's identity: an unrelated park cannot change who picks among the
others.
"""

from __future__ import annotations

from typing import Final

from clustersim.foundation.compiled import rows, rule, sweep
from clustersim.foundation.draws import four_uniforms, gumbel
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import Luck
from clustersim.world.columns import Floats, Long

_NEST: Final = int(Luck.NEST)
_ALTERNATIVE: Final = int(Luck.ALTERNATIVE)
_IN_PLACE: Final = 0  # name of the alternatives in place: one address, a word each
IMPOSSIBLE: Final = -1e300
EVERYTHING: Final = 1
PARKS_ALONE: Final = 2


@sweep
def inclusive_in_place(first: int, last: int, weight: float, values: Floats, out: Floats) -> None:
    """Inclusive value of the nest in place of each firm: weight * log(sum(exp(value / weight))) over its four values.

    What is impossible weighs e^-700 of the best, which changes no bit. Staying is always possible.
    """
    for one in rows(first, last):
        top = max(values[0, one], values[1, one], values[2, one], values[3, one])
        total = exponential((values[0, one] - top) / weight) + exponential((values[1, one] - top) / weight)
        total += exponential((values[2, one] - top) / weight) + exponential((values[3, one] - top) / weight)
        out[one] = top + weight * logarithm(total)


@sweep
def inclusive_parks(first: int, last: int, weight: float, counts: Long, worth: Floats, out: Floats) -> None:
    """Inclusive value of the nest of parks of each firm; impossible where there is none."""
    for one in rows(first, last):
        count = counts[one]
        top = IMPOSSIBLE
        for place in range(count):
            top = max(top, worth[place, one])
        total = 0.0
        for place in range(count):
            total += exponential((worth[place, one] - top) / weight)
        out[one] = top + weight * logarithm(total) if count > 1 else top


@rule
def gumbel_at(chance: float) -> float:
    """The Gumbel number at a probability: the taste shock of a logit."""
    return -logarithm(-logarithm(chance))


@sweep
def nest_shocks(first: int, last: int, seed: int, quarter: int, uids: Long, shocks: Floats) -> None:
    """[nest, place] taste shocks of the nests: in place, parks, exit."""
    for one in rows(first, last):
        in_place, parks, leaving, _ = four_uniforms(seed, _NEST, quarter, uids[one], 0)
        shocks[0, one] = gumbel_at(in_place)
        shocks[1, one] = gumbel_at(parks)
        shocks[2, one] = gumbel_at(leaving)


@rule
def pick_of_four(
    first: float, second: float, third: float, fourth: float, weight: float, seed: int, quarter: int, uid: int
) -> int:
    """The best of stay, rectify, upgrade and expand after their taste shocks, a word of one address each."""
    shocks = four_uniforms(seed, _ALTERNATIVE, quarter, uid, _IN_PLACE)
    values = (first, second, third, fourth)
    best, found = IMPOSSIBLE, 0
    for place in range(4):
        if values[place] > IMPOSSIBLE:
            felt = values[place] + weight * gumbel_at(shocks[place])
            if felt > best:
                best, found = felt, place
    return found


@rule
def park_shock(seed: int, quarter: int, uid: int, name: int) -> float:
    """Taste shock of one park, keyed by its name."""
    return gumbel(seed, _ALTERNATIVE, quarter, uid, name)
