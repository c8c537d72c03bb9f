"""The picture of a question about time: the paths of every policy, in a panel an indicator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clustersim.foundation.words import POLICY_START, Quarter
from clustersim.lab.answers import Answer
from clustersim.lab.headlines import is_summed
from clustersim.show.answer_charts import BREADTH, COLUMNS, head_and_foot, level_words, panel_head, round_levels, spread
from clustersim.show.answer_tables import named
from clustersim.show.answer_words import say
from clustersim.show.charts import BLUE, GREY, HALO, INK, PALE, VERMILION
from clustersim.show.fonts import font
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.natural import Natural, natural
from clustersim.world.columns import Floats

COLOURS: Final = (INK, BLUE, VERMILION, "#009E73", "#CC79A7", "#E69F00", "#56B4E9")  # Okabe and Ito
_DASHES: Final = ((0, (4, 2)), "-", "-", "-", "-", "-", "-")  # the first policy is what others are held against
_TOP, _HEAD, _BODY, _GAP, _FOOT = 1.30, 0.62, 1.75, 0.42, 0.85  # inches
_NUMBERS: Final = 0.85
_LEGEND: Final = 0.24  # of a line of the legend
_LEAST_SPAN: Final = 0.05  # of an index axis


def paths(found: Answer, values: Floats, lang: str) -> Figure:
    """Panels of lines from `values` [policy, seed, quarter, name]; what flows is summed up since the policy began."""
    lines = math.ceil(len(found.names) / COLUMNS)
    top = _TOP + _LEGEND * (math.ceil(len(found.scenarios) / COLUMNS) - 1)
    height = top + lines * (_HEAD + _BODY + _GAP) + _FOOT
    figure = Figure(figsize=(BREADTH, height), dpi=DOTS_PER_INCH, facecolor="white")
    each = (BREADTH - 0.65) / COLUMNS
    quarters = [POLICY_START + step for step in range(values.shape[2])]
    for place, name in enumerate(found.names):
        line, column = divmod(place, COLUMNS)
        bottom = height - top - (line + 1) * (_HEAD + _BODY) - line * _GAP
        panel = figure.add_axes(
            ((0.75 + column * each) / BREADTH, bottom / height, (each - 0.55 - _NUMBERS) / BREADTH, _BODY / height)
        )
        mine, as_told = values[..., place], natural(name, found.experiment.firms, lang)
        if is_summed(name):
            mine = mine.cumsum(axis=2)
        unit = say("sum", lang, name=as_told.unit) if is_summed(name) else as_told.unit
        panel_head(panel, name, unit, lang, above=0.37)
        _lines(panel, mine, as_told)
        _axes(panel, quarters, as_told)
    head_and_foot(
        figure, found.experiment, found.names, height, lang, say("reading_paths", lang, seeds=len(found.seeds))
    )
    _legend(figure, [named(one, lang) for one in found.scenarios], height)
    return figure


def _lines(panel: Axes, values: Floats, as_told: Natural) -> None:
    """Means, bands and end values of [policy, seed, quarter]."""
    told = as_told.factor * values
    steps, means = np.arange(values.shape[2]), told.mean(axis=1)
    for policy, mean in enumerate(means):
        low, high = np.percentile(told[policy], [5, 95], axis=0)
        panel.fill_between(steps, low, high, color=COLOURS[policy], alpha=0.15, linewidth=0)
        under = 0.9 * policy  # wider and lower, so that lines on each other are both seen
        panel.plot(
            steps, mean, color=COLOURS[policy], linewidth=1.8 + under, linestyle=_DASHES[policy], zorder=9 - under
        )
        panel.plot(steps[-1:], mean[-1:], "o", color=COLOURS[policy], markersize=4.5, zorder=9)
    low, high = float(told.min()), float(told.max())
    span = max(1.12 * (high - low), _LEAST_SPAN if as_told.index else 0.0) or 1.0
    middle = (low + high) / 2.0
    bottom = middle - span / 2.0
    bottom = max(bottom, -0.03 * span) if low >= 0.0 else bottom
    panel.set_ylim(bottom, bottom + span)
    ends = [float(one) for one in means[:, -1]]
    for policy, (end, at) in enumerate(zip(ends, spread(ends, span * 0.105), strict=True)):
        panel.annotate(
            as_told.told(end / as_told.factor), (steps[-1], at), xytext=(8, 0), textcoords="offset points",
            va="center", color=COLOURS[policy], fontproperties=font(10.5), annotation_clip=False, path_effects=HALO,
        )  # fmt: skip


def _axes(panel: Axes, quarters: Sequence[Quarter], as_told: Natural) -> None:
    years = [step for step, quarter in enumerate(quarters) if quarter.number == 4]
    every = 2 if len(years) > 6 else 1
    shown = years[::-1][::every][::-1]
    panel.set_xticks(shown, [str(quarters[step].year) for step in shown])
    panel.set_xlim(0, len(quarters) - 1)
    levels = round_levels(*panel.get_ylim(), 5)
    panel.set_yticks(levels, level_words(levels))
    for label in (*panel.get_xticklabels(), *panel.get_yticklabels()):
        label.set_fontproperties(font(9.5))
        label.set_color(GREY)
    panel.tick_params(length=3, color=PALE)
    panel.grid(axis="y", color=PALE, linewidth=0.6)
    panel.set_axisbelow(True)
    for side in ("top", "right", "left"):
        panel.spines[side].set_visible(False)
    panel.spines["bottom"].set_color(PALE)


def _legend(figure: Figure, names: Sequence[str], height: float) -> None:
    """The policies under the question, four to a line."""
    lines = math.ceil(len(names) / COLUMNS)
    across = figure.add_axes((0.018, 1.0 - (1.02 + _LEGEND * lines) / height, 0.96, _LEGEND * lines / height))
    across.set_axis_off()
    across.set_xlim(0, COLUMNS)
    across.set_ylim(lines, 0)
    for place, name in enumerate(names):
        line, column = divmod(place, COLUMNS)
        across.plot([column, column + 0.1], [line + 0.5] * 2, color=COLOURS[place], linewidth=2.4,
                    linestyle=_DASHES[place])  # fmt: skip
        across.text(column + 0.125, line + 0.5, name, va="center", color=INK, fontproperties=font(11.5))
