"""The picture of a question: differences with their intervals, policy by policy, in a panel an indicator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clustersim.indicators import INDICATORS, INDICES, PLACE
from clustersim.lab.answers import Answer
from clustersim.lab.paired import HIGHER, LOWER, Headline
from clustersim.scenario.experiments import Experiment
from clustersim.show.answer_tables import named, notes
from clustersim.show.answer_words import say
from clustersim.show.charts import BLUE, GREY, INK, PALE, VERMILION
from clustersim.show.fonts import font
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.natural import Natural, natural
from clustersim.show.text import break_lines, width

COLUMNS: Final = 4
BREADTH: Final = 16.0  # inches
_ROW: Final = 0.36  # of one policy
_HEAD, _GAP, _TOP, _FOOT = 0.62, 0.48, 1.06, 0.92  # of a panel, between panels, of the picture
_LEFT_LETTER: Final = 0.082  # inches a column of text of the names on the left
_NUMBERS: Final = 0.88  # inches beside every panel
WIDTH: Final = (205, 225)  # columns of text across the picture: zh, en
PALENESS: Final = 0.35  # of what is sure and slight
_LEAST_SPAN: Final = 0.01  # of an index axis to each side, so that a ripple does not look like a wave


def differences(found: Answer, lang: str) -> Figure:
    """Panels of dots and intervals: the five indices, then what the question shows."""
    held, names = found.held, found.names
    lines = math.ceil(len(names) / COLUMNS)
    body = _ROW * (len(held) + 0.3)
    height = _TOP + lines * (_HEAD + body + _GAP) + _FOOT
    figure = Figure(figsize=(BREADTH, height), dpi=DOTS_PER_INCH, facecolor="white")
    labels = [_label(found, policy, lang) for policy in held]
    left = 0.3 + _LEFT_LETTER * max(width(line) for label in labels for line in label)
    each = (BREADTH - 0.2 - left) / COLUMNS
    for place, name in enumerate(names):
        line, column = divmod(place, COLUMNS)
        bottom = height - _TOP - (line + 1) * (_HEAD + body) - line * _GAP
        panel = figure.add_axes(
            ((left + column * each) / BREADTH, bottom / height, (each - _NUMBERS) / BREADTH, body / height)
        )
        told = [found.headline(policy, name) for policy in held]
        strength = [PALENESS if found.slight(one) else 1.0 for one in told]
        _panel(panel, name, told, strength, natural(name, found.experiment.firms, lang), lang)
        _groups(panel, found, held)
        if column == 0:
            _names(panel, labels)
    head_and_foot(figure, found.experiment, names, height, lang, say("reading", lang, seeds=len(found.seeds)))
    _legend(figure, height, lang)
    return figure


def head_and_foot(
    figure: Figure, asked: Experiment, names: Sequence[str], height: float, lang: str, reading: str
) -> None:
    """Title and question above; below, how to read it and what it rests on."""
    figure.text(0.018, 1.0 - 0.40 / height, asked.title[lang == "en"], color=INK, fontproperties=font(20), va="center")
    figure.text(
        0.018, 1.0 - 0.82 / height, asked.question[lang == "en"], color=GREY, fontproperties=font(12), va="center"
    )
    blank = " " if lang == "en" else ""
    texts = [reading, *notes(asked, names, lang), say("model", lang), say("goals", lang)]
    lines = break_lines(blank.join(texts), WIDTH[lang == "en"])
    figure.text(
        0.018, 0.16 / height, "\n".join(lines), color=GREY, fontproperties=font(10), va="bottom", linespacing=1.4
    )


def panel_head(panel: Axes, name: str, unit: str, lang: str, *, above: float, right: float = 1.0) -> None:
    """The name of an indicator over a panel, with its word in the tables and its unit."""
    about = INDICATORS[PLACE[name]]
    at = panel.get_window_extent().height / DOTS_PER_INCH
    panel.text(0.0, 1.0 + above / at, (about.zh, about.en)[lang == "en"], transform=panel.transAxes, color=INK,
               fontproperties=font(13), va="center")  # fmt: skip
    panel.text(0.0, 1.0 + (above - 0.23) / at, f"{name} · {unit}", transform=panel.transAxes, color=GREY,
               fontproperties=font(9.5), va="center")  # fmt: skip


def colour_of(one: Headline) -> str:
    """Blue where it is better, vermilion where it is worse, ink where neither is meant, grey where it is open."""
    if one.verdict not in (HIGHER, LOWER):
        return GREY
    better = INDICATORS[PLACE[one.indicator]].better
    if better == 0:
        return INK
    return BLUE if (one.verdict == HIGHER) == (better > 0) else VERMILION


def _panel(
    panel: Axes, name: str, told: Sequence[Headline], strength: Sequence[float], as_told: Natural, lang: str
) -> None:
    unit = say("points", lang) if as_told.share else as_told.unit
    panel_head(panel, name, unit, lang, above=0.37)
    panel.axvline(0.0, color=GREY, linewidth=1.0, zorder=1)
    for row, (one, strong) in enumerate(zip(told, strength, strict=True)):
        colour, low, high = colour_of(one), as_told.factor * one.low, as_told.factor * one.high
        mean = as_told.factor * one.difference
        panel.plot([low, high], [row, row], color=colour, linewidth=2.0, solid_capstyle="butt", zorder=2, alpha=strong)
        panel.plot([mean], [row], "o", color=colour, markersize=7, zorder=3, alpha=strong,
                   markerfacecolor="white" if colour == GREY else colour, markeredgewidth=1.6)  # fmt: skip
        panel.annotate(
            as_told.told(one.difference, signed=True), (1.0, row), xycoords=("axes fraction", "data"),
            xytext=(6, 0), textcoords="offset points", va="center", color=colour if strong == 1.0 else GREY,
            fontproperties=font(10.5), annotation_clip=False,
        )  # fmt: skip
    _axis(panel, told, as_told, name)


def _axis(panel: Axes, told: Sequence[Headline], as_told: Natural, name: str) -> None:
    ends = [as_told.factor * end for one in told for end in (one.low, one.high, one.difference) if not math.isnan(end)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    if name in INDICES:
        low, high = min(low, -_LEAST_SPAN), max(high, _LEAST_SPAN)
    room = 0.06 * (high - low) or 1.0
    panel.set_xlim(low - room, high + room)
    panel.set_ylim(len(told) - 0.35, -0.65)
    ticks = round_levels(low - room, high + room, 4)
    panel.set_xticks(ticks, level_words(ticks))
    panel.set_yticks([])
    quiet(panel, 9.5, "x")


def quiet(panel: Axes, size: float, grid: Literal["x", "both"] | None = None) -> None:
    """Grey numbers of a size beside the axes, a pale line below, and pale lines across if they are asked for."""
    for label in (*panel.get_xticklabels(), *panel.get_yticklabels()):
        label.set_fontproperties(font(size))
        label.set_color(GREY)
    panel.tick_params(length=3, color=PALE)
    if grid is not None:
        panel.grid(axis=grid, color=PALE, linewidth=0.6)
    panel.set_axisbelow(True)
    for side in ("top", "right", "left"):
        panel.spines[side].set_visible(False)
    panel.spines["bottom"].set_color(PALE)


def round_levels(low: float, high: float, most: int) -> list[float]:
    """At most so many round numbers within a range.

    >>> round_levels(-0.013, 0.031, 4)
    [0.0, 0.02]
    """
    steps = (unit * 10.0**power for power in range(-6, 12) for unit in (1.0, 2.0, 5.0))
    step = next(one for one in steps if math.floor(high / one) - math.ceil(low / one) + 1 <= most)
    first = math.ceil(low / step)
    return [round(step * count, 9) + 0.0 for count in range(first, math.floor(high / step) + 1)]


def level_words(levels: Sequence[float]) -> list[str]:
    """Levels of an axis, all with as many decimals as the distance between them needs.

    >>> level_words([0.0, 0.05, 0.1]), level_words([-1000.0, 0.0])
    (['0.00', '0.05', '0.10'], ['−1,000', '0'])
    """
    step = levels[1] - levels[0] if len(levels) > 1 else 1.0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return [f"{one:,.{decimals}f}".replace("-", "−") for one in levels]


def _label(found: Answer, policy: int, lang: str) -> list[str]:
    """The name of a policy, and what it is held against where that is not the first."""
    lines = [named(found.scenarios[policy], lang)]
    others = {found.against[one] for one in found.held}
    if len(others) > 1:
        lines.append(say("held", lang, other=named(found.scenarios[found.against[policy]], lang)))
    return lines


def _names(panel: Axes, labels: Sequence[Sequence[str]]) -> None:
    for row, label in enumerate(labels):
        for line, (text, size, colour) in enumerate(zip(label, (11.5, 8.5), (INK, GREY), strict=False)):
            shift = 0 if len(label) == 1 else (6, -6)[line]
            panel.annotate(text, (0.0, row), xycoords=("axes fraction", "data"), xytext=(-10, shift),
                           textcoords="offset points", ha="right", va="center", color=colour,
                           fontproperties=font(size), annotation_clip=False)  # fmt: skip


def _groups(panel: Axes, found: Answer, held: Sequence[int]) -> None:
    """A thin line between policies that are held against different ones."""
    for row in range(1, len(held)):
        if found.against[held[row]] != found.against[held[row - 1]]:
            panel.axhline(row - 0.5, color=GREY, linewidth=0.8, linestyle=(0, (1, 2)))


def _legend(figure: Figure, height: float, lang: str) -> None:
    places = ((BLUE, "better", 0, 0), (VERMILION, "worse", 0, 1), (INK, "neutral", 1, 0), (GREY, "open", 1, 1))
    left, each = (0.58, 0.20) if lang == "en" else (0.66, 0.165)
    for colour, words, column, line in places:
        x, y = left + each * column, 1.0 - (0.24 + 0.21 * line) / height
        figure.text(x, y, "○" if words == "open" else "●", color=colour, fontproperties=font(11), va="center")
        figure.text(x + 0.012, y, say(words, lang), color=GREY, fontproperties=font(10.5), va="center")
    y = 1.0 - 0.66 / height
    figure.text(left, y, "●", color=BLUE, alpha=PALENESS, fontproperties=font(11), va="center")
    figure.text(left + 0.012, y, say("slight", lang), color=GREY, fontproperties=font(10.5), va="center")


def spread(values: Sequence[float], least: float) -> list[float]:
    """Places for labels as near to their values as a least distance between them allows.

    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(values)), key=lambda one: (values[one], one))
    groups: list[list[float]] = []  # centre, count
    for place in order:
        groups.append([values[place], 1.0])
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < least * (groups[-1][1] + groups[-2][1]) / 2:
            centre, count = groups.pop()
            groups[-1] = [
                (groups[-1][0] * groups[-1][1] + centre * count) / (groups[-1][1] + count), groups[-1][1] + count
            ]  # fmt: skip
    settled = [centre + least * (step - (count - 1) / 2) for centre, count in groups for step in range(int(count))]
    found = np.empty(len(values))
    found[order] = settled
    return [float(one) for one in found]
