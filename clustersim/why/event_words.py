"""Words of events for many rows at once: arrays of codes in, arrays of texts out.

>>> from clustersim.foundation.words import Stage
>>> grades(np.array([0, 4])).tolist(), words(Stage, np.array([0, 5])).tolist()
(['', 'D'], ['none', 'supervised'])
>>> violations(np.array([0b101, 0])).tolist(), reasons(np.array([5])).tolist()
(['safety, fire', 'work under way'], ['grade fell, case'])
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from clustersim.foundation.words import NOBODY, Grade, Quarter, Reason, Site, Violation
from clustersim.world.tables import World

Texts = npt.NDArray[np.object_]


def each(codes: Any, word: Callable[[int], str]) -> Texts:
    """A text for every code; each code that occurs is put into words once."""
    found, places = np.unique(codes, return_inverse=True)
    texts = np.empty(len(found), object)
    texts[:] = [word(one) for one in found.tolist()]
    made: Texts = texts[places]
    return made


def words(kind: type[IntEnum], codes: Any) -> Texts:
    """Names of an enumeration in lower case."""
    return each(codes, lambda code: str(kind(code).name).lower())


def grades(codes: Any) -> Texts:
    """Letters; nothing for who has none."""
    return each(codes, lambda code: Grade(code).name if code else "")


def violations(bits: Any) -> Texts:
    """What a case is about; work goes on where nothing is left to be found."""
    return each(
        bits, lambda code: ", ".join(one.name.lower() for one in Violation if code >> one & 1) or "work under way"
    )


def reasons(bits: Any) -> Texts:
    """Why a firm looked at its options."""
    return each(bits, lambda code: ", ".join(str(one.name).lower().replace("_", " ") for one in Reason(code)))


def quarters(indices: Any) -> Texts:
    """Quarters as written; nothing where there is none."""
    return each(indices, lambda index: str(Quarter.from_index(index)) if index != NOBODY else "")


def blocks(rows: Any) -> Texts:
    """Old industrial blocks; nothing where there is none."""
    return each(rows, lambda row: f"block {row}" if row != NOBODY else "")


def parks(world: World, rows: Any) -> Texts:
    """Parks by identity."""
    return each(rows, lambda row: f"park {world.parks.identity[row]}" if row != NOBODY else "")


def yuan(amounts: Any) -> Texts:
    """Money, in whole yuan."""
    return each(amounts, lambda amount: f"{amount:.0f} yuan")


def sites(world: World, seen: dict[str, Any], rows: Any) -> Texts:
    """Where firms stand: which park, which block, a plot or village land."""
    site, place = seen["site"][rows], seen["place"][rows]
    inside = np.where(site == Site.PARK, parks(world, np.where(site == Site.PARK, place, NOBODY)), words(Site, site))
    made: Texts = np.where(site == Site.BLOCK, blocks(np.where(site == Site.BLOCK, place, NOBODY)), inside)
    return made


def both(one: Texts, other: Texts) -> Texts:
    """Two texts with a colon between.

    >>> both(np.array(["choice"], object), np.array(["case"], object)).tolist()
    ['choice: case']
    """
    made: Texts = np.asarray(one + ": " + other, object)
    return made
