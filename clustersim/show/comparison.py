"""A comparison as text and as plain JSON: what differs first, then differences with their intervals and verdicts."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from clustersim.indicators import INDICES
from clustersim.indicators.tidy import CITY
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.paired import HIGHER, LOWER, SAME, UNDECIDED, Comparison, Headline
from clustersim.show.headline_words import decimals, plain, title
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100
MOST: Final = 12  # differences told on a console
_VERDICTS: Final = (HIGHER, LOWER, SAME, UNDECIDED)


def report(found: Comparison, lang: str) -> str:
    """The whole report: every policy against the first."""
    parts = [_against(found, b, lang) for b in range(1, len(found.scenarios))]
    lines = [line for part in parts for line in [*part, ""]]
    if len(found.scenarios) > 2:
        lines += [*_ranking(found, lang), ""]
    note = say(
        "verdicts", lang, percent=100 * found.precision, points=50 * found.precision, quarter=found.setting.until
    )
    return "\n".join([*lines, *break_lines(note, WIDTH)])


def _against(found: Comparison, b: int, lang: str) -> list[str]:
    one, other = found.scenarios[0], found.scenarios[b]
    seeds = say("many_seeds", lang, count=len(found.seeds))
    lines = [
        say("compared", lang, a=one.name, b=other.name),
        f"{say('city_of', lang, firms=found.setting.firms)}, {seeds}, {found.setting.until}",
        "",
        say("differs_head", lang),
    ]
    differs = found.differs(b)
    lines += [f"  {change.name}: {change.a} -> {change.b}" for change in differs[:MOST]]
    lines += [f"  {say('more_differs', lang, count=len(differs) - MOST)}"] if len(differs) > MOST else []
    if one.assumptions != other.assumptions:
        lines += break_lines(say("other_cities", lang), WIDTH)
    rows = [say("compare_head", lang, a=one.name, b=other.name).split("|")]
    rows += [_row(found.headline(name, CITY, b), lang) for name in HEADLINES]
    lines += ["", *(f"  {line}" for line in columns(rows, right=range(1, 6)))]
    lines += ["", say("towns_head", lang)]
    rows = [[title(name, lang), "/".join(str(count) for count in _towns(found, name, b))] for name in INDICES]
    return [*lines, *(f"  {line}" for line in columns(rows, right=[1]))]


def _row(one: Headline, lang: str) -> list[str]:
    places = decimals(one.indicator, one.mean_a)

    def number(value: float, signed: bool = False) -> str:
        if math.isnan(value):
            return "-"
        return f"{value:{'+' if signed else ''},.{places}f}"

    span = f"{number(one.low, True)} .. {number(one.high, True)}"
    return [
        title(one.indicator, lang), number(one.mean_a), number(one.mean_b), number(one.difference, True), span,
        f"{one.variance_ratio:.2f}", say(one.verdict, lang),
    ]  # fmt: skip


def _towns(found: Comparison, name: str, b: int) -> list[int]:
    counts = Counter(found.headline(name, town, b).verdict for town in found.towns[:-1])
    return [counts[one] for one in _VERDICTS]


def _ranking(found: Comparison, lang: str) -> list[str]:
    rows = [["", *(one.name for one in found.scenarios)]]
    rows += [[title(name, lang), *(f"{chance:.0%}" for chance in found.best[name])] for name in INDICES]
    return [say("best_head", lang), *(f"  {line}" for line in columns(rows, right=range(1, len(rows[0]))))]


def as_json(found: Comparison) -> dict[str, Any]:
    """What scripts read; with more than two policies every one is held against the first, under `pairs`."""
    names = [one.name for one in found.scenarios]
    pairs = [
        {
            "a": names[0], "b": names[b],
            "differs": [{"name": one.name, "a": one.a, "b": one.b} for one in found.differs(b)],
            "headlines": [plain(one) for one in found.headlines(b)],
        }
        for b in range(1, len(names))
    ]  # fmt: skip
    told = {
        "scenarios": names, "seeds": list(found.seeds), "precision": found.precision, "decided": found.decided(),
        **pairs[0],
    }  # fmt: skip
    if len(names) > 2:
        told["pairs"] = pairs
        told["best"] = {name: dict(zip(names, chances, strict=True)) for name, chances in found.best.items()}
    return told
