"""The nested logit, by luck with an address: who looks, and which alternative of which nest is taken.

The nest {stay, rectify, upgrade, expand}, the nest {parks} and {exit} each draw a Gumbel number, and so does every
alternative inside its nest, keyed by the alternative's identity: an unrelated park cannot change who picks among the
others.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.compiled import BLOCK, rows, rule, sweep
from clustersim.foundation.draws import four_uniforms, gumbel
from clustersim.foundation.mathematics import exponential, logarithm
from clustersim.foundation.words import Luck
from clustersim.world.columns import Floats, Long

_NEST: Final = int(Luck.NEST)
_ALTERNATIVE: Final = int(Luck.ALTERNATIVE)
_IN_PLACE: Final = 0  # name of the alternatives in place: one address, a word each
IMPOSSIBLE: Final = -1e300


@rule
def inclusive_of_four(one: float, two: float, three: float, four: float, weight: float) -> float:
    """Inclusive value of a nest of four: weight * log(sum(exp(value / weight))).

    What is impossible weighs e^-700 of the best, which changes no bit. One of them has to be possible.

    >>> round(inclusive_of_four(1.0, 1.0, IMPOSSIBLE, IMPOSSIBLE, 0.5), 6)
    1.346574
    """
    top = max(one, two, three, four)
    total = exponential((one - top) / weight) + exponential((two - top) / weight)
    total += exponential((three - top) / weight) + exponential((four - top) / weight)
    return top + weight * logarithm(total)


@sweep
def inclusive_in_place(first: int, last: int, weight: float, values: Floats, out: Floats) -> None:
    """Inclusive value of the nest in place of each firm. Staying is always possible."""
    for one in rows(first, last):
        out[one] = inclusive_of_four(values[0, one], values[1, one], values[2, one], values[3, one], weight)


@sweep
def inclusive_parks(first: int, last: int, weight: float, worth: Floats, out: Floats) -> None:
    """Inclusive value of the nest of parks of each firm of a block (`worth` [place, firm]); impossible without a park.

    Places without a park are impossible and weigh nothing, as above.
    """
    total = np.zeros(BLOCK)
    for one in rows(first, last):
        out[one] = worth[0, one]
    for place in range(1, len(worth)):
        for one in rows(first, last):
            out[one] = max(out[one], worth[place, one])
    for place in range(len(worth)):
        for one in rows(first, last):
            total[one] += exponential((worth[place, one] - out[one]) / weight)
    for one in rows(first, last):
        out[one] += weight * logarithm(total[one])


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


@sweep
def shocks_in_place(first: int, last: int, seed: int, quarter: int, uids: Long, shocks: Floats) -> None:
    """[action, place] taste shocks of stay, rectify, upgrade and expand: a word each of one address."""
    for one in rows(first, last):
        four = four_uniforms(seed, _ALTERNATIVE, quarter, uids[one], _IN_PLACE)
        shocks[0, one] = gumbel_at(four[0])
        shocks[1, one] = gumbel_at(four[1])
        shocks[2, one] = gumbel_at(four[2])
        shocks[3, one] = gumbel_at(four[3])


@rule
def park_shock(seed: int, quarter: int, uid: int, name: int) -> float:
    """Taste shock of one park, keyed by its name."""
    return gumbel(seed, _ALTERNATIVE, quarter, uid, name)
