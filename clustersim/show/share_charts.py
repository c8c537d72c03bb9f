"""The picture of Shapley shares: for each index a panel of chapters, and under it the clauses that count most.

Bars stand side by side and not on top of each other: each part has an interval of its own, which no stack can show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clustersim.indicators import INDICES
from clustersim.lab.answers import PARTS, Shares
from clustersim.lab.intervals import Interval
from clustersim.show.answer_charts import BREADTH, WIDTH, level_words, panel_head, quiet, round_levels
from clustersim.show.answer_tables import notes, part_name
from clustersim.show.answer_words import say
from clustersim.show.charts import BLUE, GREY, INK, VERMILION
from clustersim.show.fonts import font
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.natural import Natural, natural
from clustersim.show.text import break_lines, cut

CHAPTERS: Final = {"1": "#E69F00", "2": BLUE, "3": VERMILION, "4": "#009E73"}
MOST: Final = 8  # clauses in a panel
_ROW: Final = 0.27  # inches of one bar
_TOP, _HEAD, _GAP, _LINE, _FOOT = 1.3, 0.62, 0.72, 0.2, 0.6
_KEY_COLUMNS: Final = 3
_KEY_WIDTH: Final = 62  # columns of text


def shares(found: Shares, lang: str) -> Figure:
    """Two rows of panels, one column an index, and a key to the clauses that appear."""
    chapters, clauses = (found.parts[part] for part in PARTS)
    largest = {name: _largest(clauses.shares[name], MOST) for name in INDICES}
    key = sorted({part for parts in largest.values() for part in parts}, key=clauses.parts.index)
    key_lines = -(-len(key) // _KEY_COLUMNS)
    bodies = [_ROW * (len(chapters.parts) + 0.5), _ROW * (min(MOST, len(clauses.parts)) + 0.5)]
    height = _TOP + sum(bodies) + 2 * (_HEAD + _GAP) + _LINE * (key_lines + 1.5) + _FOOT
    figure = Figure(figsize=(BREADTH, height), dpi=DOTS_PER_INCH, facecolor="white")
    top = height - _TOP
    for body, one, chosen in zip(bodies, (chapters, clauses), (None, largest), strict=True):
        words = say("by_clause" if chosen else "by_chapter", lang, orders=one.permutations)
        figure.text(0.018, (top + 0.02) / height, words, color=INK, fontproperties=font(13), va="center")
        for column, name in enumerate(INDICES):
            parts = chosen[name] if chosen else chapters.parts
            place = (
                (0.55 + 3.1 * column) / BREADTH,
                (top - _HEAD - body - 0.1) / height,
                1.95 / BREADTH,
                body / height,
            )
            panel = figure.add_axes(place)
            as_told = natural(name, one.firms, lang)
            whole = f"{say('whole', lang)} {as_told.told(one.whole[name].mean, signed=True)}"
            panel_head(panel, name, whole, lang, above=0.37)
            _bars(panel, parts, [one.shares[name][part] for part in parts], as_told)
        top -= body + _HEAD + _GAP
    _key(figure, key, top, height, lang)
    _texts(figure, found, height, lang)
    return figure


def _largest(by_part: dict[str, Interval], most: int) -> list[str]:
    """The parts with the largest shares to either side, largest first."""
    return sorted(by_part, key=lambda part: -abs(by_part[part].mean))[:most]


def _bars(panel: Axes, parts: Sequence[str], told: Sequence[Interval], as_told: Natural) -> None:
    panel.axvline(0.0, color=GREY, linewidth=1.0, zorder=3)
    for row, (part, one) in enumerate(zip(parts, told, strict=True)):
        colour = CHAPTERS.get(part.partition(".")[0], GREY)
        panel.barh([row], [one.mean], height=0.62, color=colour, alpha=0.75, zorder=2)
        panel.plot([one.low, one.high], [row, row], color=INK, linewidth=1.4, zorder=4)
        panel.annotate(part, (0.0, row), xycoords=("axes fraction", "data"), xytext=(-5, 0), va="center", ha="right",
                       textcoords="offset points", color=INK, fontproperties=font(10.5),
                       annotation_clip=False)  # fmt: skip
        panel.annotate(as_told.told(one.mean, signed=True), (1.0, row), xycoords=("axes fraction", "data"), va="center",
                       xytext=(5, 0), textcoords="offset points", color=INK if one.low * one.high > 0.0 else GREY,
                       fontproperties=font(10), annotation_clip=False)  # fmt: skip
    low, high = min(0.0, *(one.low for one in told)), max(0.0, *(one.high for one in told))
    low, high = min(low, -0.0025), max(high, 0.0025)
    room = 0.04 * (high - low)
    panel.set_xlim(low - room, high + room)
    panel.set_ylim(len(parts) - 0.25, -0.75)
    ticks = round_levels(low - room, high + room, 4)
    panel.set_xticks(ticks, level_words(ticks))
    panel.set_yticks([])
    quiet(panel, 9, "x")


def _key(figure: Figure, parts: Sequence[str], top: float, height: float, lang: str) -> None:
    """The clauses that appear, in their own words as far as there is room."""
    lines = -(-len(parts) // _KEY_COLUMNS)
    for place, part in enumerate(parts):
        column, line = divmod(place, lines)
        x, y = 0.018 + 0.327 * column, (top + 0.1 - _LINE * line) / height
        figure.text(x, y, part, color=CHAPTERS[part[0]], fontproperties=font(10), va="center")
        words = part_name(part, lang).partition(" ")[2]
        figure.text(x + 0.026, y, cut(words, _KEY_WIDTH), color=GREY, fontproperties=font(9.5), va="center")


def _texts(figure: Figure, found: Shares, height: float, lang: str) -> None:
    asked = found.experiment
    figure.text(0.018, 1.0 - 0.42 / height, asked.title[lang == "en"], color=INK, fontproperties=font(20), va="center")
    figure.text(
        0.018, 1.0 - 0.80 / height, asked.question[lang == "en"], color=GREY, fontproperties=font(12), va="center"
    )
    for place, (chapter, colour) in enumerate(CHAPTERS.items()):
        x, y = 0.60 + 0.2 * (place % 2), 1.0 - (0.34 + 0.25 * (place // 2)) / height
        figure.text(x, y, "■", color=colour, fontproperties=font(11), va="center")
        figure.text(x + 0.012, y, part_name(chapter, lang), color=GREY, fontproperties=font(10.5), va="center")
    texts = [say("shares_head", lang, seeds=asked.seeds), *notes(asked, INDICES, lang), say("model", lang)]
    lines = break_lines((" " if lang == "en" else "").join([*texts, say("goals", lang)]), WIDTH[lang == "en"])
    figure.text(
        0.018, 0.14 / height, "\n".join(lines), color=GREY, fontproperties=font(10), va="bottom", linespacing=1.4
    )
