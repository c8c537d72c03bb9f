"""What a search found, as text and as plain JSON."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any, Final

from clustersim.lab.intervals import Interval
from clustersim.lab.search import Checked, Search
from clustersim.lab.search.aims import Aim
from clustersim.lab.search.keeping import ANSWER, values_of
from clustersim.scenario.options import described
from clustersim.show.headline_words import plain, title
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100
_MOST_LEVERS: Final = 8  # in the table; front.csv has all
_YUAN: Final = {"zh": 1e4, "en": 1e6}  # of the unit in which costs are told


def report(found: Search, lang: str) -> str:
    """The whole report."""
    experiment = found.experiment
    wanted = experiment.search
    aims = say("and", lang).join(_aim(one, lang) for one in found.aims)
    lines = [
        say("searched", lang, name=experiment.name, probability=wanted.probability, firms=experiment.firms),
        *break_lines(say("aimed", lang, aims=aims), WIDTH),
        say("looked_at", lang, count=found.looked_at, seeds=experiment.seeds, fresh=wanted.fresh_seeds),
    ]
    lines += [say("not_allowed", lang, count=found.not_allowed)] if found.not_allowed else []
    lines += [say("search_failed", lang, count=found.failed, folder=found.folder)] if found.failed else []
    lines += ["", *(f"  {line}" for line in _legend(found, lang))]
    lines += ["", *(f"  {line}" for line in _table(found, lang))]
    lines += ["", *_answer(found, lang), "", *break_lines(say("search_note", lang), WIDTH)]
    return "\n".join([*lines, "", say("written", lang, folder=found.folder), *_try(found, lang)])


def _legend(found: Search, lang: str) -> list[str]:
    """Which letter stands for which lever, and where it was searched."""
    rows = []
    for letter, (name, (low, high)) in zip(_letters(found), found.experiment.levers.items(), strict=True):
        one = described()[name]
        rows.append([letter, name, f"{_number(low)} .. {_number(high)}", one.unit, one.zh if lang == "zh" else one.en])
    return columns(rows)


def _letters(found: Search) -> list[str]:
    count = len(found.experiment.levers)
    return list(ascii_lowercase[:count]) if count <= _MOST_LEVERS else [""] * count


def _table(found: Search, lang: str) -> list[str]:
    letters = [one for one in _letters(found) if one]
    head = say("search_head", lang, unit=say("cost_unit", lang)).split("|")
    rows = [["", *letters, *head]]
    for number, one in enumerate(found.checked, 1):
        values = [_number(value) for value in values_of(found.experiment, one).values()] if letters else []
        mark = "* " if number - 1 == found.answer else ""
        name = f"{mark}{number}" if one.patch else f"{mark}{say('is_base', lang)} {number}"
        rows.append([
            name, *values, _money(one.cost, found, lang), f"{one.chance.mean:.0%}",
            f"{one.chance.low:.0%} .. {one.chance.high:.0%}", f"{one.shortfall:+.1%}", f"{one.jobs.mean:,.0f}",
            f"{one.exits.mean:,.1f}", say(one.verdict, lang),
        ])  # fmt: skip
    return columns(rows, right=range(len(rows[0]) - 1))


def _answer(found: Search, lang: str) -> list[str]:
    """The cheapest that holds, or how far the nearest gets; and what becomes of each target under it."""
    wanted = found.experiment.search
    place = found.nearest if found.answer is None else found.answer
    one = found.checked[place]
    if found.answer is None:
        text = say(
            "no_answer", lang, count=found.looked_at, probability=wanted.probability, number=place + 1,
            missing=one.shortfall,
        )  # fmt: skip
        lucky = sum(each.searched[1] <= 0.0 for each in found.checked)
        text += _gap(lang) + say("only_lucky", lang, count=lucky) if lucky else ""
    else:
        text = say(
            "answer", lang, number=place + 1, base="" if one.patch else say("answer_is_base", lang),
            cost=_money(one.cost, found, lang), less=_money(one.less, found, lang, sign="+"),
            unit=say("cost_unit", lang), name=found.experiment.base.name, fresh=wanted.fresh_seeds,
            met=round(one.chance.mean * wanted.fresh_seeds),
        )  # fmt: skip
        if not one.surely:
            text += _gap(lang) + say("not_surely", lang, probability=wanted.probability)
    return [*break_lines(text, WIDTH), *(f"  {line}" for line in _levels(found, one, lang))]


def _gap(lang: str) -> str:
    """What stands between two sentences."""
    return "" if lang == "zh" else " "


def _levels(found: Search, one: Checked, lang: str) -> list[str]:
    return [
        say(
            "at_level", lang, name=title(aim.indicator, lang), mean=_number(level.mean.mean),
            at=say("at_most" if aim.target.at_most else "at_least", lang), surely=_number(level.surely),
            probability=one.probability,
        )
        for aim, level in zip(found.aims, one.levels, strict=True)
    ]  # fmt: skip


def _try(found: Search, lang: str) -> list[str]:
    if found.answer is None or not found.checked[found.answer].patch:
        return []
    return [say("try_answer", lang, base=found.experiment.base.name, path=found.folder / ANSWER)]


def _aim(one: Aim, lang: str) -> str:
    phrase = "aim_most" if one.target.at_most else "aim_least"
    return say(phrase, lang, name=title(one.indicator, lang), value=_number(one.wanted), quarter=one.quarter)


def _number(value: Any) -> str:
    """A lever or an indicator: four digits that say something, all of a large number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _money(one: Interval, found: Search, lang: str, sign: str = "") -> str:
    """An amount with half its interval, to as many decimals as the largest cost of the table needs."""
    unit = _YUAN[lang]
    decimals = 1 if max(abs(each.cost.mean) for each in found.checked) / unit >= 100.0 else 2
    return f"{one.mean / unit:{sign},.{decimals}f} ±{one.half / unit:,.{decimals}f}"


def as_json(found: Search) -> dict[str, Any]:
    """The same as plain JSON: amounts in yuan, shares as fractions, `answer` and `nearest` as places in `front`."""
    experiment = found.experiment
    return {
        "name": experiment.name, "out": str(found.folder), "base": experiment.base.name, "firms": experiment.firms,
        "probability": experiment.search.probability, "generations": experiment.search.generations,
        "seeds": experiment.seeds, "fresh_seeds": experiment.search.fresh_seeds,
        "targets": [
            {"indicator": one.indicator, "value": one.wanted, "quarter": str(one.quarter),
             "at": "most" if one.target.at_most else "least"}
            for one in found.aims
        ],
        "looked_at": found.looked_at, "not_allowed": found.not_allowed, "failed": found.failed,
        "answer": found.answer, "nearest": found.nearest, "front": [_plain(found, one) for one in found.checked],
    }  # fmt: skip


def _plain(found: Search, one: Checked) -> dict[str, Any]:
    return {
        "levers": values_of(found.experiment, one), "is_base": not one.patch, "verdict": one.verdict,
        "surely": one.surely, "cost": plain(one.cost), "less": plain(one.less), "chance": plain(one.chance),
        "shortfall": one.shortfall, "jobs": plain(one.jobs), "exits": plain(one.exits),
        "searched": {"cost": one.searched[0], "shortfall": one.searched[1]},
        "levels": {
            aim.indicator: {**plain(level.mean), "at_probability": level.surely, "lacking": level.lacking}
            for aim, level in zip(found.aims, one.levels, strict=True)
        },
    }  # fmt: skip
