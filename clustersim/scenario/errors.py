"""The one error of bad input: a single line that says where, what is wrong, and what is allowed.

>>> raise ScenarioError("dear.toml:3: levers.differential.months: 13 months is above its bound 12")
Traceback (most recent call last):
    ...
clustersim.scenario.errors.ScenarioError: dear.toml:3: levers.differential.months: 13 months is above its bound 12
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from clustersim.foundation.levers import Described, Plain

LONGEST: Final = 60  # characters of a foreign value that a message shows
_LONGEST_LINE: Final = 900


class ScenarioError(ValueError):
    """Bad input, in one line: where, what is wrong, what is allowed."""

    def __init__(self, message: str) -> None:
        line = "".join(letter if letter.isprintable() else " " for letter in message).strip()
        super().__init__(line if len(line) <= _LONGEST_LINE else f"{line[:400]} ... {line[-400:]}")


def shown(value: object) -> str:
    """A foreign value as a message shows it: as in TOML, and never long.

    >>> shown("x" * 99), shown(True), shown(30)
    ("'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...", 'true', '30')
    """
    try:
        text = str(value).lower() if isinstance(value, bool) else repr(value)
    except ValueError:  # a whole number too long to print
        text = "a number of thousands of digits"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to add to a message, or nothing.

    >>> did_you_mean("surcharge_belowd", ["surcharge_below_d", "months"])
    ". Did you mean 'surcharge_below_d'?"
    """
    words, word = list(known), word[:LONGEST]
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if not close:  # a name given without its home
        close = [one for one in words if one.rpartition(".")[2] == word.rpartition(".")[2]]
    return f". Did you mean {close[0]!r}?" if close else ""


def settle(value: object, one: Described) -> Plain:
    """A foreign value as the lever or assumption takes it; ScenarioError says what is wrong and what is allowed."""
    try:
        plain = one.coerce(value)
    except (TypeError, OverflowError):
        raise ScenarioError(f"{shown(value)} is not allowed; {one.allowed}") from None
    problem = one.problem(plain)
    if problem:
        raise ScenarioError(f"{problem}; {one.allowed}{_guess(plain, one)}")
    if isinstance(plain, tuple):  # a set of words: written in any order it is the same
        return tuple(word for word in one.choices if word in plain)
    return plain + 0.0 if isinstance(plain, float) else plain  # 0.0, never -0.0


def _guess(value: Plain, one: Described) -> str:
    """What was meant: a close word, or the number in the unit of the lever (per cent or fen were given)."""
    if isinstance(value, str):
        return did_you_mean(value, one.choices)
    if isinstance(value, tuple):
        return did_you_mean(next(word for word in value if word not in one.choices), one.choices)
    if one.kind == "float" and one.high is not None and one.high < value and one.problem(value / 100.0) is None:
        return f". Did you mean {value / 100.0:g}?"
    return ""
