"""What a lever or an assumption is: a number with unit, bounds, default, standing and source.

A home of clauses declares its levers as fields of a frozen dataclass, each made by `lever`. Sliders, sweep ranges,
validation, the register and the docs read the description from there and from nowhere else.

>>> from dataclasses import dataclass
>>> @dataclass(frozen=True)
... class PriceLevers:
...     surcharge_below_d: float = lever(
...         0.30, unit="yuan/kWh", low=0.0, high=1.0, clause="4.3", standing=SOURCED, source="Ruian 2022",
...         en="surcharge for grade D below scale", zh="规下D档加价")
>>> described = descriptions(PriceLevers, home="differential")
>>> described["differential.surcharge_below_d"].problem(30.0)
'30.0 yuan/kWh is above its bound 1.0'
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

Standing = Literal["sourced", "derived", "estimate", "calibrated"]
SOURCED: Final = "sourced"
DERIVED: Final = "derived"
ESTIMATE: Final = "estimate"
CALIBRATED: Final = "calibrated"

Plain = float | int | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """One lever or assumption, as people and validation see it. `name` is dotted for levers."""

    name: str
    unit: str
    default: Plain
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    clause: str
    standing: Standing
    source: str
    zh: str
    en: str

    @property
    def kind(self) -> str:
        """`bool`, `int`, `float`, `choice` or `list` (of words out of `choices`)."""
        if isinstance(self.default, bool):
            return "bool"
        if isinstance(self.default, tuple):
            return "list"
        if isinstance(self.default, str):
            return "choice"
        return "int" if isinstance(self.default, int) else "float"

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        match self.kind:
            case "bool":
                return "true or false"
            case "choice":
                return "one of " + ", ".join(self.choices)
            case "list":
                return "a list out of " + ", ".join(self.choices)
        whole = "a whole number" if self.kind == "int" else "a number"
        unit = f" {self.unit}" if self.unit else ""
        return f"{whole} from {self.low:g} to {self.high:g}{unit}"

    def problem(self, value: object) -> str | None:
        """Say what is wrong with a value that has been coerced, or None."""
        if self.kind == "choice":
            return None if value in self.choices else f"{value!r} is not known"
        if self.kind == "list":
            assert isinstance(value, tuple)
            strange = [word for word in value if word not in self.choices]
            return f"{strange[0]!r} is not known" if strange else None
        if self.kind == "bool":
            return None
        assert isinstance(value, int | float) and self.low is not None and self.high is not None
        unit = f" {self.unit}" if self.unit else ""
        if not math.isfinite(value):
            return f"{value} is not a number to reckon with"
        if value < self.low:
            return f"{value}{unit} is below its bound {self.low}"
        if value > self.high:
            return f"{value}{unit} is above its bound {self.high}"
        return None

    def coerce(self, value: object) -> Plain:
        """Turn a plain value (of TOML, JSON or Python) into the lever's type; TypeError says what was expected."""
        kind = self.kind
        if kind == "bool" and isinstance(value, bool):
            return value
        if kind == "choice" and isinstance(value, str):
            return value
        if kind == "list" and isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
            return tuple(value)
        if kind in ("int", "float") and isinstance(value, int | float) and not isinstance(value, bool):
            if kind == "float":
                return float(value)
            if math.isfinite(value) and float(value).is_integer():
                return int(value)
        raise TypeError(f"{value!r} is not {self.allowed}")


def lever(
    default: Plain,
    *,
    standing: Standing,
    source: str,
    en: str,
    zh: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    clause: str = "",
) -> Any:
    """Declare a dataclass field that knows its unit, bounds, clause, standing and source."""
    numeric = isinstance(default, int | float) and not isinstance(default, bool)
    if numeric and (low is None or high is None):
        raise ValueError("a numeric lever needs both bounds")
    if isinstance(default, str | tuple) and not choices:
        raise ValueError("a lever of words needs its choices")
    described = {
        "unit": unit, "low": low, "high": high, "choices": choices, "clause": clause,
        "standing": standing, "source": source, "zh": zh, "en": en,
    }  # fmt: skip
    return field(default=default, metadata={"described": described})


def descriptions(levers: type, home: str = "") -> dict[str, Described]:
    """Every lever of a dataclass by its dotted name (`home.field`, or the bare field without a home)."""
    prefix = f"{home}." if home else ""
    return {
        f"{prefix}{one.name}": Described(
            name=f"{prefix}{one.name}", default=cast(Plain, one.default), **one.metadata["described"]
        )
        for one in dataclasses.fields(levers)
    }


Patch = Mapping[str, Plain]  # values by field name within one home
