"""Shapley shares as text and as plain JSON."""

from __future__ import annotations

from typing import Any, Final

from clustersim.indicators import INDICATORS, INDICES, PLACE
from clustersim.lab.attribution import Attribution
from clustersim.lab.headlines import HEADLINES, SHARES
from clustersim.lab.intervals import Interval
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
                _title(one, lang),
                *(_told(one, found.shares[one][part]) for part in found.parts),
                _told(one, found.whole[one]),
            ]
            for one in HEADLINES
        ]
        note = say("exact", lang, count=2 ** len(found.parts))
    else:
        rows = [["", *(_title(one, lang) for one in INDICES)]]
        for part, name in zip(found.parts, names, strict=True):
            rows.append([name, *(_told(one, found.shares[one][part]) for one in INDICES)])
        rows.append([say("whole", lang), *(_told(one, found.whole[one]) for one in INDICES)])
        note = say("by_orders", lang, count=found.permutations)
    lines += [f"  {line}" for line in columns(rows, right=range(1, len(rows[0])))]
    return "\n".join([*lines, "", *break_lines(f"{say('shares_note', lang)} {note}", WIDTH)])


def _name(part: str, lang: str) -> str:
    return say("chapter", lang, chapter=part) if "." not in part else part


def _title(name: str, lang: str) -> str:
    return f"{INDICATORS[PLACE[name]].zh} {name}" if lang == "zh" else name


def _told(name: str, one: Interval) -> str:
    places = 4 if SHARES[HEADLINES.index(name)] else 0 if abs(one.mean) >= 1000 else 1
    half = "" if one.half != one.half else f" ±{one.half:,.{places}f}"  # a single seed has no interval
    return f"{one.mean:+,.{places}f}{half}"


def as_json(found: Attribution) -> dict[str, Any]:
    """The same as plain JSON."""
    return {
        "scenario": found.scenario.name, "parts": list(found.parts), "seeds": found.seeds, "firms": found.firms,
        "permutations": found.permutations, "out": str(found.work.folder),
        "headlines": [
            {
                "indicator": name, "whole": _plain(found.whole[name]),
                "shares": {part: _plain(found.shares[name][part]) for part in found.parts},
            }
            for name in HEADLINES
        ],
    }  # fmt: skip


def _plain(one: Interval) -> dict[str, float | None]:
    return {name: None if value != value else value for name, value in one._asdict().items()}
