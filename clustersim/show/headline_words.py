"""How headlines are named and rounded, for every table that holds some."""

from __future__ import annotations

import math
from typing import Any

from clustersim.indicators import INDICATORS, PLACE
from clustersim.lab.headlines import is_share


def title(name: str, lang: str) -> str:
    """The name of an indicator, in Chinese with the word of the table behind it.

    >>> title("green", "zh"), title("green", "en")
    ('绿色集约指数 green', 'green')
    """
    return f"{INDICATORS[PLACE[name]].zh} {name}" if lang == "zh" else name


def word(name: str, lang: str) -> str:
    """What an indicator is called in a sentence.

    >>> word("green", "zh"), word("green", "en")
    ('绿色集约指数', 'green')
    """
    return INDICATORS[PLACE[name]].zh if lang == "zh" else name


def decimals(name: str, size: float) -> int:
    """Decimals of a headline whose values are about `size`.

    >>> decimals("green", 0.5), decimals("exited", 12_000.0), decimals("exited", 12.0)
    (4, 0, 1)
    """
    if is_share(name):
        return 4
    return 0 if abs(size) >= 1000 else 1


def plain(one: Any) -> dict[str, Any]:
    """A named tuple as JSON: what cannot be told (the interval of one seed) is null."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value for name, value in one._asdict().items()
    }
