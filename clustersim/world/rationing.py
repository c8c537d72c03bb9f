"""Who gets what is scarce: an order of claims, a keyed lottery, and a budget that the order is held against.

Claims are first sorted by class (a small number goes first), then by points (many go first), then by the ticket of a
keyed lottery, then by uid: a full order that no order of rows can change. Then they are served one by one. A claim
that does not fit is passed over, and a later, smaller one may still fit.

>>> classes, points = np.array([1, 0, 1]), np.array([80.0, 10.0, 90.0])
>>> order = in_order(classes, points, np.array([5, 6, 7]), np.array([1, 2, 3]))
>>> order.tolist()
[1, 2, 0]
>>> served(order, np.zeros(3, np.int64), np.array([40, 30, 50]), np.array([75])).tolist()
[True, True, False]
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clustersim.foundation.compiled import sweep
from clustersim.foundation.draws import lottery
from clustersim.foundation.words import Pool
from clustersim.world.columns import Flags, Floats, Long
from clustersim.world.tables import World

_FEW: Final = 1000  # claims below which a plain sort is quick enough
Integers = npt.NDArray[np.integer]


@sweep
def tickets(uids: Long, seed: int, purpose: int, quarter: int) -> Long:
    """The lottery tickets of the holders of `uids` for one purpose in one quarter."""
    drawn = np.empty(len(uids), np.int64)
    for one in range(len(uids)):
        drawn[one] = lottery(seed, purpose, quarter, uids[one])
    return drawn


def claim_points(world: World, rows: Long, ungraded: float) -> Floats:
    """Points of firms in a ranking: their scores, `ungraded` for who has none, and 0 while grades count for nothing."""
    firms = world.firms
    if not world.city.grades_count:
        return np.zeros(len(rows))
    return np.where(firms.pool[rows] == Pool.UNGRADED, ungraded, firms.score[rows])


def in_order(classes: Integers, points: Floats, drawn: Long, uids: Long) -> Long:
    """Positions of the claims from the first served to the last. Classes are small numbers (below 2^15).

    Where points differ they alone order a class, and where none differ tickets do: two quick sorts in place of four
    slow ones. Only the claims that this leaves tied are sorted in full, among themselves.
    """
    if len(uids) < _FEW:
        return np.lexsort((uids, drawn, -points, classes)).astype(np.int64)
    key = drawn if points.min() == points.max() else -points
    order = np.argsort(key)
    order = order[np.argsort(classes[order].astype(np.int16), kind="stable")]
    same = (key[order[1:]] == key[order[:-1]]) & (classes[order[1:]] == classes[order[:-1]])
    if same.any():
        tied = np.append(same, False) | np.append(False, same)
        few = order[tied]
        order[tied] = few[np.lexsort((uids[few], drawn[few], -points[few], classes[few]))]
    return order


def first_in_order(most: int, classes: Integers, points: Floats, drawn: Long, uids: Long) -> Long:
    """The first `most` positions of `in_order`, without sorting the rest.

    >>> first_in_order(1, np.zeros(3), np.array([1.0, 9.0, 9.0]), np.array([0, 8, 4]), np.arange(3)).tolist()
    [2]
    """
    if most <= 0:
        return np.empty(0, np.int64)
    if most >= len(uids):
        return in_order(classes, points, drawn, uids)
    if points.min() == points.max():
        ranks = (classes.astype(np.int64) << 31) + drawn
        kept = np.flatnonzero(ranks <= np.partition(ranks, most - 1)[most - 1])
        return kept[in_order(classes[kept], points[kept], drawn[kept], uids[kept])][:most]
    # All of the classes before the last one served are in; within that class all with more points than the last one.
    last_class = np.partition(classes, most - 1)[most - 1]
    surely = int((classes < last_class).sum())
    of_class = np.flatnonzero(classes == last_class)
    least_points = -np.partition(-points[of_class], most - surely - 1)[most - surely - 1]
    kept = np.flatnonzero((classes < last_class) | ((classes == last_class) & (points >= least_points)))
    return kept[in_order(classes[kept], points[kept], drawn[kept], uids[kept])][:most]


def served(order: Long, slots: Integers, sizes: Integers, rooms: Integers) -> Flags:
    """Serve claims in order: a claim of `sizes` on `slots` is granted if what is left of `rooms` still holds it.

    `rooms` is left as it was. A claim on no slot (a negative number) is never granted.
    """
    granted: Flags = _served(order, slots.astype(np.int64), sizes.astype(np.int64), rooms.astype(np.int64))
    return granted


def granted_within(order: Long, costs: Integers, budget: int) -> Flags:
    """Serve claims in order out of one budget.

    >>> granted_within(np.array([1, 0, 2]), np.array([60, 50, 40]), 100).tolist()
    [False, True, True]
    """
    return served(order, np.zeros(len(costs), np.int64), costs, np.array([budget], np.int64))


@sweep
def _served(order: Long, slots: Long, sizes: Long, rooms: Long) -> Flags:
    left = rooms.copy()
    granted = np.zeros(len(slots), np.bool_)
    for one in order:
        slot = slots[one]
        if slot >= 0 and sizes[one] <= left[slot]:
            left[slot] -= sizes[one]
            granted[one] = True
    return granted


def whole_part(carry: Floats, slot: int, added: float) -> int:
    """Add to a carried capacity and take its whole part out, so that no fraction is ever lost.

    >>> carry = np.array([0.75])
    >>> whole_part(carry, 0, 1.5), carry.tolist()
    (2, [0.25])
    """
    total = carry[slot] + added
    whole = int(np.floor(total + 1e-9))  # 0.1 ten times is one
    carry[slot] = max(total - whole, 0.0)
    return whole
