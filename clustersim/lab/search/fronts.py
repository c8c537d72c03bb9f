"""Fronts of two things that should both be small, and a few members to look at more closely.

>>> points = np.array([[1.0, 5.0], [2.0, 2.0], [3.0, 3.0], [2.0, 2.0]])
>>> non_dominated(points)
[0, 1]
>>> thinned(30, 5)
[0, 2, 7, 16, 29]
"""

from __future__ import annotations

import numpy as np

from clustersim.world.columns import Floats


def non_dominated(points: Floats) -> list[int]:
    """Places of the points [point, 2] that no other is as good as in both and better in one, by rising first value.

    Of equal points the first stands for all.
    """
    order = np.lexsort((np.arange(len(points)), points[:, 1], points[:, 0]))
    found: list[int] = []
    best = np.inf
    for place in order.tolist():
        if points[place, 1] < best:
            found.append(place)
            best = points[place, 1]
    return found


def thinned(count: int, most: int) -> list[int]:
    """At most so many places out of a row, first and last among them, the closer together the nearer to the first."""
    if count <= most:
        return list(range(count))
    if most < 2:
        return [0][:most]
    return sorted({round((step / (most - 1)) ** 2 * (count - 1)) for step in range(most)})


def around_the_target(points: Floats, most: int) -> list[int]:
    """Members of a front [member, (cost, shortfall)] worth checking: the cheapest that meets the targets, and others.

    Two thirds meet them, since luck of the seeds may have helped the cheapest; the rest shows what less money does.
    Both lie closer together near the target.
    """
    meeting = [place for place in range(len(points)) if points[place, 1] <= 0.0]
    short = [place for place in range(len(points)) if points[place, 1] > 0.0]
    meeting.sort(key=lambda place: points[place, 0])
    short.sort(key=lambda place: points[place, 1])
    above = max(most - len(short), 2 * most // 3)
    chosen = [meeting[place] for place in thinned(len(meeting), above)]
    chosen += [short[place] for place in thinned(len(short), most - len(chosen))]
    return sorted(chosen, key=lambda place: points[place, 0])
