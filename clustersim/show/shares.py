"""Shapley shares as text and as plain JSON."""

from __future__ import annotations

from typing import Any, Final

from clustersim.indicators import INDICES
from clustersim.lab.attribution import Attribution
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.intervals import Interval
from clustersim.show.headline_words import decimals, plain, title
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100
_MANY: Final = 6  # parts beyond which the table has a row a part, not a column


def report(found: Attribution, lang: str) -> str:
    """Headlines by chapters; or, for clauses, the five indices by clause."""
    setting = {"scenario": found.scenario.name, "firms": found.firms, "seeds": found.seeds}
    lines = [say("attributed", lang, **setting), ""]
    names = [_name(part, lang) for part in found.parts]
    if len(found.parts) <= _MANY:
        rows = [["", *names, say("whole", lang)]]
        rows += [
            [
                title(one, lang),
                *(_told(one, found.shares[one][part]) for part in found.parts),
                _told(one, found.whole[one]),
            ]
            for one in HEADLINES
        ]
        note = say("exact", lang, count=2 ** len(found.parts))
    else:
        rows = [["", *(title(one, lang) for one in INDICES)]]
        for part, name in zip(found.parts, names, strict=True):
            rows.append([name, *(_told(one, found.shares[one][part]) for one in INDICES)])
        rows.append([say("whole", lang), *(_told(one, found.whole[one]) for one in INDICES)])
        note = say("by_orders", lang, count=found.permutations)
    lines += [f"  {line}" for line in columns(rows, right=range(1, len(rows[0])))]
    return "\n".join([*lines, "", *break_lines(f"{say('shares_note', lang)} {note}", WIDTH)])


def _name(part: str, lang: str) -> str:
    return say("chapter", lang, chapter=part) if "." not in part else part


def _told(name: str, one: Interval) -> str:
    places = decimals(name, one.mean)
    half = "" if one.half != one.half else f" ±{one.half:,.{places}f}"  # a single seed has no interval
    return f"{one.mean:+,.{places}f}{half}"


def as_json(found: Attribution) -> dict[str, Any]:
    """The same as plain JSON."""
    return {
        "scenario": found.scenario.name, "parts": list(found.parts), "seeds": found.seeds, "firms": found.firms,
        "permutations": found.permutations, "out": str(found.work.folder),
        "headlines": [
            {
                "indicator": name, "whole": plain(found.whole[name]),
                "shares": {part: plain(found.shares[name][part]) for part in found.parts},
            }
            for name in HEADLINES
        ],
    }  # fmt: skip
