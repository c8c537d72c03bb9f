"""What decides a result, as text and as plain JSON."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

from clustersim.indicators import INDICES
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.sensitivity import LUCK, Analysis, Share
from clustersim.lab.sensitivity.variance import OTHERS
from clustersim.scenario.options import described
from clustersim.show.headline_words import plain, title
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100
EFFECTS: Final = "effects_head"
WIDE: Final = 0.3  # half of the interval of a share, beyond which the analysis says little
MOST: Final = 15  # factors of the screening that are told


def report(found: Analysis, folder: Path, lang: str) -> str:
    """The whole report: the screening, the spread of each index, what makes it, and what is worth collecting."""
    lines = [summary(found, lang)]
    lines += (
        break_lines(say("broken", lang, paths=found.lost[0], blocks=found.lost[1]), WIDTH) if any(found.lost) else []
    )
    for work in found.work[1:]:
        lines += break_lines(say("recalibrated", lang, **work.constants), WIDTH) if work.constants else []
    for head, rows in sections(found, lang):
        lines += ["", *break_lines(say(head, lang), WIDTH)]
        lines += [f"  {line}" for line in columns(rows, right=range(2 if head == EFFECTS else 1, len(rows[0])))]
    wide = max(one.aleatory_half for one in found.spreads.values()) > WIDE
    lines += ["", *break_lines(say("few_samples", lang, samples=found.experiment.samples), WIDTH)] if wide else []
    return "\n".join([*lines, "", *break_lines(worth(found, lang), WIDTH), "", say("written", lang, folder=folder)])


def summary(found: Analysis, lang: str) -> str:
    """What was analysed, in one line."""
    plan = found.experiment
    names = [one.title[lang == "en"] or one.name for one in plan.policies or (plan.base,)]
    what = say("of_difference", lang, a=names[0], b=names[1]) if found.differs else say("of_level", lang, a=names[0])
    return say(
        "analysed", lang, what=what, firms=plan.firms, quarter=plan.until, factors=len(found.factors) - 1,
        runs=sum(one.runs for one in found.work),
    )  # fmt: skip


def sections(found: Analysis, lang: str) -> list[tuple[str, list[list[str]]]]:
    """The tables of the report, each with the phrase that heads it."""
    return [
        (EFFECTS, _effects(found, lang)), ("spreads_head", _spreads(found, lang)),
        ("shares_head", _shares(found, lang)), ("standings_head", _standings(found, lang)),
    ]  # fmt: skip


def _effects(found: Analysis, lang: str) -> list[list[str]]:
    """The strongest factors and luck: effect on each index, in thousandths of a point."""
    standing = {one.name: one.standing for one in found.factors}
    order = sorted(standing, key=lambda name: -_reach(found, name))
    shown = [name for name in order if name != LUCK][:MOST]
    rows = [["", say("rests_on", lang), *(title(one, lang) for one in INDICES)]]
    for name in [*shown, LUCK]:
        mine = {one: next(effect for effect in found.effects[one] if effect.factor == name) for one in INDICES}
        mark = "* " if name in found.chosen else "  "
        cells = [f"{1000 * one.size:.1f} ±{1000 * one.half:.1f}" for one in mine.values()]
        rows.append([mark + named(name, lang), _standing(standing[name], lang), *cells])
    return rows


def _reach(found: Analysis, name: str) -> float:
    """The largest effect of a factor on an index, as a share of the largest of any."""
    sizes = {one: {effect.factor: effect.size for effect in found.effects[one]} for one in INDICES}
    return max(mine[name] / (max(mine.values()) or 1.0) for mine in sizes.values())


def _spreads(found: Analysis, lang: str) -> list[list[str]]:
    rows = [["", *say("spread_columns", lang).split("|")]]
    for one in INDICES:
        spread = found.spreads[one]
        if not found.shares[one]:
            rows.append([title(one, lang), f"{spread.mean:+.4f}", "0", "-", "-", "-"])
            continue
        luck, half = spread.aleatory, spread.aleatory_half
        rests = found.rests_on_estimates(one)
        ends = () if rests is None else sorted((rests.first, rests.total))  # estimates can cross
        told = " .. ".join(map(_percent, ends)) or "-"
        rows.append([
            title(one, lang), f"{spread.mean:+.4f}", f"{spread.deviation:.4f}", f"{_percent(luck)} ±{half:.0%}",
            _percent(1.0 - luck), told,
        ])  # fmt: skip
    return rows


def _shares(found: Analysis, lang: str) -> list[list[str]]:
    groups = next((found.shares[one] for one in INDICES if found.shares[one]), [])
    return _table(found.shares, [one.factor for one in groups], lang)


def _standings(found: Analysis, lang: str) -> list[list[str]]:
    groups = next((found.standings[one] for one in INDICES if found.standings[one]), [])
    return _table(found.standings, [one.factor for one in groups], lang)


def _table(found: dict[str, list[Share]], names: list[str], lang: str) -> list[list[str]]:
    """First-order and total share of each group on each index."""
    rows = [["", *(title(one, lang) for one in INDICES)]]
    for name in names:
        mine = [next((one for one in found[index] if one.factor == name), None) for index in INDICES]
        rows.append([named(name, lang), *(_told(one) for one in mine)])
    return rows


def _told(one: Share | None) -> str:
    if one is None:
        return "-"
    first, total = (100.0 * max(share, 0.0) for share in (one.first, one.total))
    return f"{first:.0f} ±{100.0 * one.first_half:.0f} / {total:.0f} ±{100.0 * one.total_half:.0f}"


def _percent(share: float) -> str:
    """A share in per cent; what an estimate gives below zero is none.

    >>> _percent(0.412), _percent(-0.02)
    ('41%', '0%')
    """
    return f"{max(share, 0.0):.0%}"


def worth(found: Analysis, lang: str) -> str:
    """The datum most worth collecting, in a sentence."""
    one = found.most_worth_collecting()
    if one is None:
        return say("nothing_worth", lang)
    about = described()[one.factor]
    meaning = about.zh if lang == "zh" else about.en
    return say("worth", lang, name=one.factor, meaning=meaning, share=max(one.first, 0.0), source=about.source)


def named(name: str, lang: str) -> str:
    """A factor or a group in words, with the name it is set by."""
    return f"{in_words(name, lang)} {name}" if name in described() and lang == "zh" else _other(name, lang)


def in_words(name: str, lang: str) -> str:
    """A factor or a group in words alone."""
    about = described().get(name)
    return (about.zh, about.en)[lang == "en"] if about else _other(name, lang)


def _other(name: str, lang: str) -> str:
    if name in described():
        return name
    if name.startswith(OTHERS):
        return say("others_of", lang, standing=_standing(name.removeprefix(OTHERS), lang))
    return _standing(name, lang)


def _standing(name: str, lang: str) -> str:
    return say(f"standing_{name}", lang)


def as_json(found: Analysis, folder: Path) -> dict[str, Any]:
    """The same as plain JSON, for all headlines; what cannot be told is null."""
    worth = found.most_worth_collecting()
    return {
        "out": str(folder), "policies": [one.name for one in found.experiment.policies],
        "factors": [one._asdict() for one in found.factors], "chosen": list(found.chosen),
        "lost": {"paths": found.lost[0], "blocks": found.lost[1]},
        "most_worth_collecting": None if worth is None else worth.factor,
        "headlines": [
            {
                "indicator": name, **plain(found.spreads[name]),
                "effects": [plain(one) for one in found.effects[name] if not math.isnan(one.size)],
                "shares": [plain(one) for one in found.shares[name]],
                "standings": [plain(one) for one in found.standings[name]],
            }
            for name in HEADLINES
        ],
    }  # fmt: skip
