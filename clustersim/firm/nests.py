"""The nested logit, by luck with an address: who looks, and which alternative of which nest is taken.

The nest {stay, rectify, upgrade, expand}, the nest {parks} and {exit} each draw a Gumbel number, and so does every
alternative inside its nest, keyed by the alternative's identity: an unrelated park cannot change who picks among the
others.
"""

from __future__ import annotations

from typing import Final

from clustersim.foundation.compiled import rule
from clustersim.foundation.draws import four_uniforms, gumbel, two_uniforms
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import Luck
from clustersim.world.columns import Floats, Long

_ATTENTION: Final = int(Luck.ATTENTION)
_NEST: Final = int(Luck.NEST)
_ALTERNATIVE: Final = int(Luck.ALTERNATIVE)
_IN_PLACE: Final = 0  # name of the alternatives in place: one address, a word each
IMPOSSIBLE: Final = -1e300
EVERYTHING: Final = 1
PARKS_ALONE: Final = 2


@rule
def looks(seed: int, quarter: int, uid: int, attention: float, extra: float) -> int:
    """0: does not look this quarter; 1: looks at every option; 2: looks at staying and at parks only (2.7)."""
    first, second = two_uniforms(seed, _ATTENTION, quarter, uid, 0)
    if first < attention:
        return EVERYTHING
    return PARKS_ALONE if second < extra else 0


@rule
def inclusive(values: Floats, count: int, weight: float) -> float:
    """Inclusive value of a nest: weight * log(sum(exp(value / weight))) over the first `count` values."""
    top, possible = IMPOSSIBLE, 0
    for one in range(count):
        top = max(top, values[one])
        possible += 1 if values[one] > IMPOSSIBLE else 0
    if possible <= 1:
        return top
    total = 0.0
    for one in range(count):
        if values[one] > IMPOSSIBLE:
            total += exponential((values[one] - top) / weight)
    return top + weight * logarithm(total)


@rule
def gumbel_at(chance: float) -> float:
    """The Gumbel number at a probability: the taste shock of a logit."""
    return -logarithm(-logarithm(chance))


@rule
def nest_shocks(seed: int, quarter: int, uid: int) -> tuple[float, float, float]:
    """Taste shocks of the nests: in place, parks, exit."""
    in_place, parks, leaving, _ = four_uniforms(seed, _NEST, quarter, uid, 0)
    return gumbel_at(in_place), gumbel_at(parks), gumbel_at(leaving)


@rule
def pick_in_place(values: Floats, weight: float, seed: int, quarter: int, uid: int) -> int:
    """The best of stay, rectify, upgrade and expand after their taste shocks; each has a word of its own."""
    shocks = four_uniforms(seed, _ALTERNATIVE, quarter, uid, _IN_PLACE)
    best, found = IMPOSSIBLE, 0
    for one in range(4):
        if values[one] > IMPOSSIBLE:
            felt = values[one] + weight * gumbel_at(shocks[one])
            if felt > best:
                best, found = felt, one
    return found


@rule
def pick_park(values: Floats, names: Long, count: int, weight: float, seed: int, quarter: int, uid: int) -> int:
    """Place of the park with the highest value after its taste shock, which is keyed by the park's name."""
    best, found = IMPOSSIBLE, 0
    for one in range(count):
        felt = values[one] + weight * gumbel(seed, _ALTERNATIVE, quarter, uid, names[one])
        if felt > best:
            best, found = felt, one
    return found
