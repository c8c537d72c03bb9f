"""The answer of a sensitivity analysis as files: shares of variance as a table, a page and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clustersim.indicators import INDICES
from clustersim.lab.sensitivity import LUCK, Analysis, Share
from clustersim.lab.sensitivity.keeping import EFFECTS, SHARES, SPREADS, tables
from clustersim.show import sensitivity_report as told
from clustersim.show.answer_charts import BREADTH, head_and_foot, panel_head, quiet
from clustersim.show.answer_tables import markdown, page_head, rests_on
from clustersim.show.answer_words import say
from clustersim.show.charts import BLUE, GREY, INK, VERMILION
from clustersim.show.fonts import font
from clustersim.show.headline_words import word
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.text import cut, width
from clustersim.show.words import say as say_report

_ROW: Final = 0.40  # inches of a factor
_TOP, _HEAD, _FOOT = 1.55, 0.75, 1.75
_LETTER: Final = 0.082  # inches a column of text
_MOST: Final = 42  # columns of a name


def table(found: Analysis) -> bytes:
    """Shares and spreads of all headlines, one row a headline and group, with the screening."""
    frames = tables(found.effects, found.shares, found.standings, found.spreads)
    parts = [frames[name].assign(of=name.removesuffix(".csv")) for name in (SPREADS, SHARES, EFFECTS)]
    text: str = pd.concat(parts, ignore_index=True).to_csv(index=False, float_format="%.6g", lineterminator="\n")
    return text.encode()


def page(found: Analysis, lang: str) -> str:
    """The whole page: how far the indices spread, what makes it, the screening, the datum worth collecting."""
    lines = [*page_head(found.experiment, INDICES, lang), told.summary(found, lang), ""]
    for work in found.work[1:]:  # of Sobol, whose shares the page is about
        lines += [say_report("recalibrated", lang, **work.constants), ""] if work.constants else []
    for head, rows in told.sections(found, lang):
        lines += [f"## {say_report(head, lang)}", "", *markdown(rows), ""]
    policies = found.experiment.policies or (found.experiment.base,)
    return "\n".join([*lines, told.worth(found, lang), "", *rests_on(policies, lang), ""])


def findings(found: Analysis, lang: str) -> list[str]:
    """A line an index: what is luck, what rests on estimates, the strongest factor; and what to collect."""
    lines = []
    for name in INDICES:
        spread, rests = found.spreads[name], found.rests_on_estimates(name)
        singly = [one for one in found.shares[name] if one.factor in found.chosen]
        if not singly or rests is None:
            continue
        first = max(singly, key=lambda one: one.total)
        lines.append(
            say("decides", lang, name=word(name, lang), mean=spread.mean, deviation=spread.deviation,
                luck=max(0.0, spread.aleatory), low=max(0.0, min(rests.first, rests.total)),
                high=max(0.0, rests.first, rests.total), factor=told.named(first.factor, lang),
                share=max(0.0, first.total))
        )  # fmt: skip
    return [*lines, told.worth(found, lang)]


def picture(found: Analysis, lang: str) -> Figure:
    """A panel an index: the share of each factor alone (dark) and with all in which it has a part (pale)."""
    groups = next((found.shares[one] for one in INDICES if found.shares[one]), [])
    names = sorted((one.factor for one in groups), key=lambda name: -_reach(found, name))
    body = _ROW * (len(names) + 0.4)
    height = _TOP + _HEAD + body + _FOOT
    figure = Figure(figsize=(BREADTH, height), dpi=DOTS_PER_INCH, facecolor="white")
    left = 0.4 + _LETTER * max(width(one) for name in names for one in _label(name, found, lang))
    each = (BREADTH - left - 0.2) / len(INDICES)
    for column, index in enumerate(INDICES):
        place = ((left + column * each) / BREADTH, _FOOT / height, (each - 0.45) / BREADTH, body / height)
        panel = figure.add_axes(place)
        spread = found.spreads[index]
        panel_head(panel, index, f"{spread.mean:+.4f} ±{spread.deviation:.4f}", lang, above=0.42)
        _bars(panel, names, found.shares[index])
        if column == 0:
            _names(panel, names, found, lang)
    head_and_foot(figure, found.experiment, INDICES, height, lang, say("variance_reading", lang))
    for step, (colour, strength, words) in enumerate(
        ((BLUE, 1.0, "alone"), (BLUE, 0.35, "with_others"), (VERMILION, 1.0, "is_luck"), (GREY, 1.0, "not_estimated"))
    ):
        x = left / BREADTH + 0.16 * step
        y = 1.0 - 1.2 / height
        figure.text(x, y, "■", color=colour, alpha=strength, fontproperties=font(11), va="center")
        figure.text(x + 0.012, y, say(words, lang), color=GREY, fontproperties=font(10.5), va="center")
    return figure


def _reach(found: Analysis, name: str) -> float:
    """The mean total share of a factor over the indices; luck last but for nothing."""
    mine = [one.total for index in INDICES for one in found.shares[index] if one.factor == name]
    return sum(mine) / max(len(mine), 1) if name != LUCK else 1e9


def _bars(panel: Axes, names: Sequence[str], shares: Sequence[Share]) -> None:
    by_name = {one.factor: one for one in shares}
    for row, name in enumerate(names):
        one = by_name.get(name)
        if one is None:
            continue
        colour = VERMILION if name == LUCK else BLUE
        total, first = 100.0 * max(one.total, 0.0), 100.0 * max(one.first, 0.0)
        panel.barh([row], [total], height=0.66, color=colour, alpha=0.35, zorder=2)
        panel.barh([row], [min(first, 100.0)], height=0.34, color=colour, zorder=3)
        ends = (100.0 * max(one.total - one.total_half, 0.0), 100.0 * (one.total + one.total_half))
        panel.plot(ends, [row, row], color=INK, linewidth=1.1, zorder=4)
        panel.annotate(f"{total:.0f}", (1.0, row), xycoords=("axes fraction", "data"), xytext=(5, 0), va="center",
                       textcoords="offset points", fontproperties=font(10), annotation_clip=False,
                       color=INK if one.total > one.total_half else GREY)  # fmt: skip
    panel.set_xlim(0.0, 105.0)
    panel.set_ylim(len(names) - 0.4, -0.6)
    panel.set_xticks([0, 50, 100], ["0", "50", "100%"])
    panel.set_yticks([])
    quiet(panel, 9, "x")


def _label(name: str, found: Analysis, lang: str) -> tuple[str, str]:
    """What a factor is called, and under it its name in files and what it rests on."""
    standing = {one.name: one.standing for one in found.factors if one.name != LUCK}
    rests = [name.rpartition(".")[2], say_report(f"standing_{standing[name]}", lang)] if name in standing else []
    return cut(told.in_words(name, lang), _MOST), " · ".join(rests)


def _names(panel: Axes, names: Sequence[str], found: Analysis, lang: str) -> None:
    for row, name in enumerate(names):
        words, below = _label(name, found, lang)
        for text, size, colour, shift in ((words, 10.5, INK, 5 if below else 0), (below, 8.5, GREY, -8)):
            panel.annotate(text, (0.0, row), xycoords=("axes fraction", "data"), xytext=(-8, shift), ha="right",
                           textcoords="offset points", va="center", color=colour, fontproperties=font(size),
                           annotation_clip=False)  # fmt: skip
