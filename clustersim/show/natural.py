"""Numbers as people of a city read them: scaled to the full city, in units that need few digits.

>>> natural("subsidy_yuan", 20_000, "zh").told(3.2e8), natural("subsidy_yuan", 20_000, "zh").unit
('8.00', '亿元')
>>> natural("green", 5_000, "en").told(0.0125, signed=True)
'+0.0125'
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clustersim.foundation.words import FULL_CITY
from clustersim.indicators import INDICATORS, PLACE

_UNITS: Final[Mapping[str, tuple[tuple[float, str], tuple[float, str]]]] = {  # zh, en: size, word
    "firms": ((1.0, "家"), (1.0, "firms")), "cases": ((1.0, "件"), (1.0, "cases")),
    "visits": ((1.0, "次"), (1.0, "visits")), "plots": ((1.0, "宗"), (1.0, "plots")),
    "people": ((1.0, "人"), (1.0, "people")), "mu": ((1.0, "亩"), (1.0, "mu")),
    "m2": ((1e4, "万m²"), (1e3, "1,000 m²")), "yuan": ((1e8, "亿元"), (1e6, "million yuan")),
    "yuan/mu": ((1e4, "万元/亩"), (1e4, "10,000 yuan/mu")), "yuan/kWh": ((1.0, "元/kWh"), (1.0, "yuan/kWh")),
    "share": ((0.01, "%"), (0.01, "%")), "0 to 1": ((1.0, "0–1"), (1.0, "0 to 1")),
}  # fmt: skip
_GROWS: Final = ("firms", "cases", "visits", "plots", "people", "mu", "m2", "yuan", "kWh a year", "yuan a year")
_NEVER: Final = ("model_firms",)  # as many in a smaller city (D-038)
_DIGITS: Final = 3


@dataclass(frozen=True)
class Natural:
    """How the values of an indicator are told: multiplied by `factor`, in `unit`."""

    factor: float
    unit: str
    share: bool = False
    index: bool = False

    def told(self, value: float, *, signed: bool = False, near: float | None = None) -> str:
        """A value of the model in words of the city, with about three digits of `near`, itself unless given."""
        if math.isnan(value):
            return "–"
        number = self.factor * value
        decimals = self._decimals(self.factor * (value if near is None else near))
        if round(number, decimals) == 0.0:
            return f"{0:.{decimals}f}"  # with no sign, which would tell more than is shown
        return f"{number:{'+' if signed else ''},.{decimals}f}".replace("-", "−")

    def _decimals(self, size: float) -> int:
        """Decimals that leave about three digits; four for an index, none for whole things beyond 100."""
        if self.index:
            return 4
        if size == 0.0:
            return 0
        return min(4, max(0, _DIGITS - 1 - math.floor(math.log10(abs(size)))))


def natural(name: str, firms: int, lang: str) -> Natural:
    """How an indicator of a city of so many firms is told."""
    about = INDICATORS[PLACE[name]]
    size, word = _UNITS.get(about.unit, ((1.0, about.unit), (1.0, about.unit)))[lang == "en"]
    return Natural(scale_of(name, firms) / size, word, about.unit == "share", about.unit == "0 to 1")


def scale_of(name: str, firms: int) -> float:
    """What takes an indicator of a smaller city to the full one: 1 for indices, shares and ratios.

    >>> scale_of("jobs", 5_000), scale_of("green", 5_000)
    (10.0, 1.0)
    """
    about = INDICATORS[PLACE[name]]
    grows = about.kind in ("stock", "flow", "money", "area") and about.unit in _GROWS and name not in _NEVER
    return FULL_CITY / firms if grows else 1.0
