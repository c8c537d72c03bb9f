"""`clustersim clauses`: the register of the letter, and every lever with its bounds, default and standing."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Final

import typer

from clustersim.cli import errors, options
from clustersim.foundation import machine
from clustersim.foundation.levers import Described, Plain
from clustersim.letter.register import Clause, clauses
from clustersim.scenario.clauses import expand
from clustersim.show.text import break_lines, columns

WIDTH: Final = 108  # columns of the clauses' words
LONGEST: Final = 30  # columns of a list of choices


def list_clauses(
    clause: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAUSE]...", help="Only these: ids such as 4.3, or a chapter digit.")
    ] = None,
    *,
    lang: options.Lang = "zh",
    as_json: options.AsJson = False,
) -> None:
    """List the clauses of the letter: words, home, what is modelled, and the levers that --set takes.

    \b
    clustersim clauses                all of them
    clustersim clauses 4.3 --lang en  one, in English
    clustersim clauses --json         for scripts
    """
    outcomes = {one.id for one in clauses() if not one.switched}
    wanted = {one for one in clause or () if one in outcomes}
    wanted |= set(expand([one for one in clause or () if one not in outcomes]))
    shown = [one for one in clauses() if not clause or one.id in wanted]
    if as_json:
        errors.emit(json.dumps([as_plain(one) for one in shown], ensure_ascii=False, indent=1))
        return
    chinese = machine.console_can_print("慈溪", sys.stdout)
    errors.emit("\n".join(line for one in shown for line in _text(one, lang if chinese else "en", chinese)))


def as_plain(clause: Clause) -> dict[str, Any]:
    """A clause as scripts read it."""
    return {
        "id": clause.id,
        "zh": clause.zh,
        "en": clause.en,
        "home": clause.home,
        "modelled": clause.modelled,
        "why": clause.why,
        "mechanism": clause.mechanism,
        "when_off": clause.when_off,
        "levers": [_lever(one) for one in clause.levers],
    }


def _lever(one: Described) -> dict[str, Any]:
    """A lever as plain values: `choices` instead of bounds where words are chosen; a switch runs from false to true."""
    bounds: dict[str, Any] = {"low": one.low, "high": one.high}
    if one.choices:
        bounds = {"choices": list(one.choices)}
    elif one.kind == "bool":
        bounds = {"low": False, "high": True}
    elif one.kind == "int" and one.low is not None and one.high is not None:
        bounds = {"low": int(one.low), "high": int(one.high)}
    default = list(one.default) if isinstance(one.default, tuple) else one.default
    return {
        "name": one.name, "unit": one.unit, "kind": one.kind, **bounds, "default": default, "standing": one.standing,
        "source": one.source, "zh": one.zh, "en": one.en,
    }  # fmt: skip


def _text(clause: Clause, lang: str, chinese: bool) -> list[str]:
    words = clause.zh if lang == "zh" else clause.en
    lines = [f"{clause.id}  [{clause.home}]"]
    lines += [f"  {line}" for line in break_lines(words, WIDTH)]
    lines += [f"  {clause.why}"] if clause.why else []
    lines += [f"  without it: {clause.when_off}"] if clause.switched and lang == "en" else []
    rows = [
        [one.name, plain(one.default), _span(one), one.unit, one.standing, one.zh if lang == "zh" else one.en]
        for one in clause.levers
    ]
    lines += [f"    {line}" for line in columns(rows)] if rows else []
    return [*lines, ""]


def _span(one: Described) -> str:
    if one.choices:
        words = "|".join(one.choices)
        return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}... ({len(one.choices)} words)"
    if one.low is None or one.high is None:
        return "true|false"
    return f"{plain(one.low)}..{plain(one.high)}"


def plain(value: Plain) -> str:
    """A value as --set takes it.

    >>> plain(1000000.0), plain(0.05), plain(True), plain(("a", "b"))
    ('1000000', '0.05', 'true', 'a,b')
    """
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
