"""The pictures of a run folder, made from plain data: the paths of the five indices with the targets, and the map."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image

from clustersim.foundation.words import HISTORY_END, POLICY_START, Quarter
from clustersim.indicators import INDICATORS, INDICES, PLACE
from clustersim.indicators.targets import Target
from clustersim.show import maps
from clustersim.show.fonts import font
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.tables import Paths, estimates_in_force, paths, targets_reached
from clustersim.show.text import break_lines
from clustersim.show.words import INDEX_MEANINGS, say
from clustersim.world.columns import Floats

# Okabe and Ito's colours, which colour-blind readers tell apart
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
INK: Final = "#222222"
GREY: Final = "#6b6b6b"
PALE: Final = "#d9d9d9"
HALO: Final = (withStroke(linewidth=2.5, foreground="white", alpha=0.85),)  # around words that may cross a line
PER_MU: Final = ("above_scale_value_added_per_mu", "above_scale_tax_per_mu_with_rebate", "above_scale_tax_per_mu")
_LEAST_SPAN: Final = 0.10  # of an index axis, so that a ripple does not look like a wave


def run_pictures(outcome: Any, lang: str) -> dict[str, bytes]:
    """The two pictures of a run, as PNG files by name; the same bytes for the same run."""
    scenario, setting = outcome.scenario, outcome.setting
    title = scenario.title[lang == "en"] or scenario.name
    targets = [one.target for one in targets_reached(outcome)]
    names = [*INDICES, *PER_MU, *(one.indicator for one in targets)]
    notes = Notes(title, outcome.seeds, setting.firms, scenario.assumptions.nominal_drift, estimates_in_force(scenario))
    return {
        "paths.png": png(goal_paths(paths(outcome.indicators, names), targets, notes, lang)),
        "map.png": png(
            maps.city_map(
                outcome.pictures, title, (HISTORY_END, setting.until), setting.firms, outcome.seeds[0], lang,
            )
        ),
    }  # fmt: skip


def png(figure: Figure) -> bytes:
    """A figure as the bytes of a PNG file, without a date in it."""
    FigureCanvasAgg(figure)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None}, pil_kwargs={"compress_level": 2})
    return file.getvalue()


def small_png(figure: Figure) -> bytes:
    """The same in 256 colours, a third of the bytes: for pictures that are kept with the code."""
    with Image.open(io.BytesIO(png(figure))) as picture, io.BytesIO() as file:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "png", optimize=True)
        return file.getvalue()


@dataclass(frozen=True)
class Notes:
    """What a picture says beside its lines."""

    scenario: str
    seeds: tuple[int, ...]
    firms: int
    drift: float
    estimates: tuple[int, int]


def goal_paths(city: Paths, targets: Sequence[Target], notes: Notes, lang: str) -> Figure:
    """Five panels of indices, two of money per mu with the targets, and one that says how to read them."""
    figure = Figure(figsize=(16, 9), dpi=DOTS_PER_INCH, facecolor="white")
    panels = figure.subplots(2, 4, gridspec_kw={
        "left": 0.052, "right": 0.985, "top": 0.845, "bottom": 0.06, "wspace": 0.24, "hspace": 0.46,
    }).ravel()  # fmt: skip
    for panel, name in zip(panels, INDICES, strict=False):
        about = INDICATORS[PLACE[name]]
        _title(panel, (about.zh, about.en)[lang == "en"], INDEX_MEANINGS[name][lang == "en"])
        _path(panel, city, name, BLUE, digits=3)
        wanted = [(one.base, "own_target") for one in targets if one.indicator == name]
        for level, what in wanted:
            panel.axhline(level, color=VERMILION, linestyle=(0, (5, 3)), linewidth=1.4)
            panel.annotate(say(what, lang), (0.03, level), xycoords=("axes fraction", "data"), xytext=(0, 3),
                           textcoords="offset points", color=VERMILION, fontproperties=font(9.5))  # fmt: skip
        _axes(panel, city.quarters, _index_range(city.values[name], [level for level, _ in wanted]), "{:.2f}")
        panel.set_ylabel(say("axis_index", lang), color=GREY, fontproperties=font(9), labelpad=3)
    _money_panels(panels[5], panels[6], city, targets, notes.drift, lang)
    _reading(panels[7], notes, lang)
    figure.text(0.016, 0.945, say("title", lang, scenario=notes.scenario), color=INK, fontproperties=font(21))
    figure.text(0.985, 0.945, _what(city, notes, lang), ha="right", color=GREY, fontproperties=font(12))
    return figure


def _money_panels(
    value_added: Axes, tax: Axes, city: Paths, targets: Sequence[Target], drift: float, lang: str
) -> None:
    """Value added per mu, and tax per mu on both bases, with what the published targets ask for."""
    per_mu = {name: city.values[name] / 10_000.0 for name in PER_MU}
    panels = ((value_added, "value_added", PER_MU[:1]), (tax, "tax", PER_MU[1:]))
    for panel, what, names in panels:
        _title(panel, say(f"panel_{what}", lang), say(f"meaning_{what}", lang))
        lines = Paths(city.first, {name: per_mu[name] for name in names})
        shown = [lines.values[name] for name in names]
        for name in names:
            _path(panel, lines, name, BLUE, digits=1)
            for one in (one for one in targets if one.indicator == name):
                asked = np.array([one.level(quarter, drift) / 10_000.0 for quarter in city.quarters])
                panel.plot(
                    np.arange(len(asked)), asked, color=VERMILION, linestyle=(0, (5, 3)), linewidth=1.4, zorder=2
                )
                shown.append(asked[None, :])
                _name_target(panel, asked, float(lines.values[name].mean(axis=0)[-1]), lang)
        _axes(panel, city.quarters, _money_range(shown), "{:.0f}")
        panel.set_ylabel(say("axis_per_mu", lang), color=GREY, fontproperties=font(9), labelpad=3)
        for name, words in zip(names, ("with_rebate", "without_rebate") if len(names) == 2 else (), strict=False):
            history = lines.values[name].mean(axis=0)[: POLICY_START - city.first]
            below = _rose(history)
            panel.annotate(
                say(words, lang), (0, history[:3].min() if below else history.max()), xytext=(0, -5 if below else 5),
                textcoords="offset points", va="top" if below else "bottom", color=BLUE, fontproperties=font(9.5),
                path_effects=HALO, zorder=5,
            )  # fmt: skip


def _name_target(panel: Axes, asked: Floats, reached: float, lang: str) -> None:
    """Write the target's level at the horizon on the side of its line where the path is not."""
    above = asked[-1] >= reached
    panel.annotate(say("goal", lang, value=asked[-1]), (len(asked) - 1, asked[-1]), ha="right",
                   va="bottom" if above else "top", xytext=(0, 4 if above else -4), textcoords="offset points",
                   color=VERMILION, fontproperties=font(9.5), path_effects=HALO, zorder=5)  # fmt: skip


def _path(panel: Axes, city: Paths, name: str, colour: str, digits: int) -> None:
    """The mean over seeds, the band they lie in, and the numbers at the start of the policy and at the horizon."""
    values = city.values[name]
    mean, steps = values.mean(axis=0), np.arange(values.shape[1])
    if len(values) > 1:
        low, high = np.percentile(values, [5, 95], axis=0)
        panel.fill_between(steps, low, high, color=colour, alpha=0.22, linewidth=0)
    panel.plot(steps, mean, color=colour, linewidth=2.2, zorder=3)
    start, end = HISTORY_END - city.first, len(mean) - 1
    for step in (start, end):
        panel.plot([step], [mean[step]], "o", color=colour, markersize=5, zorder=4)
    above = _rose(mean[: start + 1])
    panel.annotate(
        f"{mean[start]:.{digits}f}", (start, mean[start]), ha="right", va="bottom" if above else "top",
        xytext=(-3, 5 if above else -5), textcoords="offset points", color=INK, fontproperties=font(10.5),
    )  # fmt: skip
    panel.annotate(f"{mean[end]:.{digits}f}", (end, mean[end]), ha="left", va="center", xytext=(6, 0),
                   textcoords="offset points", color=INK, fontproperties=font(11.5), annotation_clip=False)  # fmt: skip


def _rose(history: Floats) -> bool:
    """Whether a path came up to where the policy starts, so that there is room above it and none below."""
    return bool(history[-1] > 1.02 * history[0])


def _title(panel: Axes, title: str, meaning: str) -> None:
    panel.text(0.0, 1.135, title, transform=panel.transAxes, color=INK, fontproperties=font(14))
    panel.text(0.0, 1.045, meaning, transform=panel.transAxes, color=GREY, fontproperties=font(9.5))


def _axes(panel: Axes, quarters: Sequence[Quarter], span: tuple[float, float], form: str) -> None:
    """Years below, round levels on the left, a line where the policy starts, nothing else."""
    policy = POLICY_START - quarters[0]
    panel.axvline(policy - 0.5, color=GREY, linewidth=1.0, linestyle=":")
    panel.axvspan(-0.5, policy - 0.5, color="#f3f3f3", zorder=0, linewidth=0)
    years = [step for step, quarter in enumerate(quarters) if quarter.number == 1]
    labels = [str(quarters[step].year) for step in years]
    every = 2 if len(years) > 7 else 1
    panel.set_xticks([step - 0.5 for step in years][::every], labels[::every])
    panel.set_xlim(-0.5, len(quarters) - 1 + 0.13 * len(quarters))
    panel.set_ylim(*span)
    levels = _round_levels(*span)
    panel.set_yticks(levels, [form.format(level) for level in levels])
    for label in (*panel.get_xticklabels(), *panel.get_yticklabels()):
        label.set_fontproperties(font(10))
        label.set_color(GREY)
    for label in panel.get_xticklabels():
        label.set_horizontalalignment("left")
    panel.tick_params(length=3, color=PALE)
    panel.grid(axis="y", color=PALE, linewidth=0.6)
    panel.set_axisbelow(True)
    for side in ("top", "right", "left"):
        panel.spines[side].set_visible(False)
    panel.spines["bottom"].set_color(PALE)


def _round_levels(low: float, high: float) -> list[float]:
    """Three to eight round numbers within a range.

    >>> _round_levels(0.31, 0.72)
    [0.4, 0.5, 0.6, 0.7]
    """
    steps = (unit * 10.0**power for power in range(-4, 9) for unit in (1.0, 2.0, 5.0))
    step = next(step for step in steps if (high - low) / step <= 7)
    return [
        round(step * count, 6) for count in range(int(np.ceil(max(low, 0.0) / step)), int(np.floor(high / step)) + 1)
    ]


def _index_range(values: Floats, targets: list[float]) -> tuple[float, float]:
    low, high = min(float(values.min()), *targets, 1.0), max(float(values.max()), *targets, 0.0)
    middle, span = (low + high) / 2.0, max(1.35 * (high - low), _LEAST_SPAN)
    low = max(-0.06 * span, middle - span / 2.0)  # below 0 is only room for a number
    return low, min(1.02, low + span)


def _money_range(shown: list[Floats]) -> tuple[float, float]:
    low, high = min(float(one.min()) for one in shown), max(float(one.max()) for one in shown)
    room = max(0.15 * (high - low), 0.05 * high, 0.5)
    return max(0.0, low - room), high + room


def _what(city: Paths, notes: Notes, lang: str) -> str:
    """What was run, for the corner of the picture."""
    seeds = notes.seeds
    luck = say("one_seed", lang, seed=seeds[0]) if len(seeds) == 1 else say("many_seeds", lang, count=len(seeds))
    return " · ".join([f"{city.quarters[0]}–{city.quarters[-1]}", say("city_of", lang, firms=notes.firms), luck])


def _reading(panel: Axes, notes: Notes, lang: str) -> None:
    """The legend and the notes, where the eighth panel would be."""
    panel.set_axis_off()
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 1)
    many = len(notes.seeds) > 1
    panel.text(0.0, 1.135, say("how_to_read", lang), transform=panel.transAxes, color=INK, fontproperties=font(14))
    entries = [("line", say("mean_of_seeds" if many else "mean", lang))]
    entries += [("band", say("band", lang))] if many else []
    entries += [("target", say("target", lang)), ("start", say("policy_starts", lang) + f" {POLICY_START}")]
    for place, (kind, words) in enumerate(entries):
        height = 0.98 - 0.095 * place
        _legend_mark(panel, kind, height)
        panel.text(0.17, height, words, va="center", color=INK, fontproperties=font(11))
    texts = [
        say("index_note", lang),
        say("money_note", lang, drift=notes.drift),
        say("estimates", lang, count=notes.estimates[0], total=notes.estimates[1],
            share=notes.estimates[0] / notes.estimates[1]),
        say("luck_note_many" if many else "luck_note", lang),
    ]  # fmt: skip
    panel.text(0.0, 0.98 - 0.095 * len(entries) - 0.01, "\n".join(_wrapped(texts, lang)), va="top", color=GREY,
               linespacing=1.45, fontproperties=font(9.5))  # fmt: skip


def _legend_mark(panel: Axes, kind: str, height: float) -> None:
    left, right = 0.0, 0.13
    if kind == "line":
        panel.plot([left, right], [height, height], color=BLUE, linewidth=2.2)
    elif kind == "band":
        panel.fill_between([left, right], height - 0.03, height + 0.03, color=BLUE, alpha=0.22, linewidth=0)
    elif kind == "target":
        panel.plot([left, right], [height, height], color=VERMILION, linewidth=1.4, linestyle=(0, (5, 3)))
    else:
        panel.plot([(left + right) / 2] * 2, [height - 0.04, height + 0.04], color=GREY, linewidth=1.0, linestyle=":")


def _wrapped(texts: Sequence[str], lang: str) -> list[str]:
    """Notes broken into lines that fit the panel: by words in English, by characters in Chinese."""
    lines = []
    for text in (text for text in texts if text):
        lines += break_lines(text, 46)
    return lines
