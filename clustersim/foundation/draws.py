"""Luck with an address: every draw is a pure function of (seed, purpose, quarter, uid, alternative).

The generator is Philox-4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), checked against
the known answers of Random123. Nothing is consumed: asking twice gives the same number, and no draw of one firm can
shift the draw of another.

>>> uniform(1, 14, 8086, 77, 0) == uniform(1, 14, 8086, 77, 0)
True
>>> 0.0 < uniform(1, 14, 8086, 77, 0) < 1.0
True
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from clustersim.foundation.compiled import rule, sweep
from clustersim.foundation.mathematics import logarithm, normal_quantile

_MULTIPLIER_0: Final = np.uint64(0xD2511F53)
_MULTIPLIER_1: Final = np.uint64(0xCD9E8D57)
_WEYL_0: Final = np.uint64(0x9E3779B9)
_WEYL_1: Final = np.uint64(0xBB67AE85)
_LOW: Final = np.uint64(0xFFFFFFFF)
_HALF: Final = np.uint64(32)
_TWO_53: Final = 1.0 / 9007199254740992.0
_TWO_32: Final = 1.0 / 4294967296.0

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


@rule
def philox(c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64) -> Words:
    """Ten rounds of Philox-4x32 on a counter of four and a key of two 32-bit words, each held in a uint64."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0 = (product_1 >> _HALF) ^ c1 ^ k0
        c1 = product_1 & _LOW
        c2 = (product_0 >> _HALF) ^ c3 ^ k1
        c3 = product_0 & _LOW
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@rule
def words(seed: int, purpose: int, quarter: int, uid: int, alternative: int) -> Words:
    """Four 32-bit words at an address. Quarter and purpose share a word: 16 bits for time, 16 for the purpose."""
    who = np.uint64(uid)
    key = np.uint64(seed)
    when = (np.uint64(purpose) << np.uint64(16)) | (np.uint64(quarter) & np.uint64(0xFFFF))
    return philox(who & _LOW, who >> _HALF, when & _LOW, np.uint64(alternative) & _LOW, key & _LOW, key >> _HALF)


@rule
def uniform(seed: int, purpose: int, quarter: int, uid: int, alternative: int) -> float:
    """A number strictly between 0 and 1, with 53 bits (the middles of 2^52 equal cells)."""
    w0, w1, _, _ = words(seed, purpose, quarter, uid, alternative)
    return (np.float64(((w0 << _HALF) | w1) >> np.uint64(12)) + 0.5) * (2.0 * _TWO_53)


@rule
def two_uniforms(seed: int, purpose: int, quarter: int, uid: int, alternative: int) -> tuple[float, float]:
    """Two independent numbers strictly between 0 and 1 from one call of the generator."""
    w0, w1, w2, w3 = words(seed, purpose, quarter, uid, alternative)
    first = (np.float64(((w0 << _HALF) | w1) >> np.uint64(12)) + 0.5) * (2.0 * _TWO_53)
    second = (np.float64(((w2 << _HALF) | w3) >> np.uint64(12)) + 0.5) * (2.0 * _TWO_53)
    return first, second


@rule
def four_uniforms(
    seed: int, purpose: int, quarter: int, uid: int, alternative: int
) -> tuple[float, float, float, float]:
    """Four numbers strictly between 0 and 1 with 32 bits each, where that is fine enough."""
    w0, w1, w2, w3 = words(seed, purpose, quarter, uid, alternative)
    return (
        (np.float64(w0) + 0.5) * _TWO_32,
        (np.float64(w1) + 0.5) * _TWO_32,
        (np.float64(w2) + 0.5) * _TWO_32,
        (np.float64(w3) + 0.5) * _TWO_32,
    )


@rule
def normal(seed: int, purpose: int, quarter: int, uid: int, alternative: int) -> float:
    """A standard normal number, by the inverse of its distribution."""
    return normal_quantile(uniform(seed, purpose, quarter, uid, alternative))


@sweep
def normals(
    drawn: npt.NDArray[np.float64], seed: int, purpose: int, quarter: int, uids: npt.NDArray[np.int64], alternative: int
) -> None:
    """Fill `drawn` with the standard normal numbers of a block of `uids`: those of `normal`, four times faster."""
    for one in range(len(uids)):
        drawn[one] = normal(seed, purpose, quarter, uids[one], alternative)


@rule
def gumbel(seed: int, purpose: int, quarter: int, uid: int, alternative: int) -> float:
    """A standard Gumbel number: the taste shock of a logit."""
    return -logarithm(-logarithm(uniform(seed, purpose, quarter, uid, alternative)))


@rule
def lottery(seed: int, purpose: int, quarter: int, uid: int) -> int:
    """A ticket in [0, 2^31): the tie-break of every ranking."""
    w0, _, _, _ = words(seed, purpose, quarter, uid, 0)
    return int(np.int64(w0 >> np.uint64(1)))
