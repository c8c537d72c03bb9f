"""The answer of a search as files: the front under fresh seeds as a table, a page and a picture."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from clustersim.lab.search import Checked, Search
from clustersim.lab.search.keeping import front, values_of
from clustersim.lab.sweep.design import shares_at
from clustersim.scenario.options import described
from clustersim.show.answer_charts import BREADTH, head_and_foot, level_words, quiet, round_levels
from clustersim.show.answer_tables import markdown, page_head, rests_on
from clustersim.show.answer_words import say
from clustersim.show.charts import BLUE, GREY, INK, PALE, VERMILION
from clustersim.show.fonts import font
from clustersim.show.headline_words import title
from clustersim.show.maps import DOTS_PER_INCH
from clustersim.show.natural import natural
from clustersim.show.text import cut

COLOURS: Final = {"holds": BLUE, "undecided": GREY, "fails": VERMILION}
COST: Final = "fiscal_cost_yuan"
_MOST: Final = 36  # columns of the name of a lever
_BODY: Final = 4.6  # inches of the panels
_TOP, _FOOT = 1.6, 1.65


def table(found: Search) -> bytes:
    """The checked front as it is kept, of the city as simulated."""
    return front(found).encode()


def page(found: Search, lang: str) -> str:
    """The whole page: what was wanted, the checked policies, and the cheapest that holds."""
    asked = found.experiment
    money = natural(COST, asked.firms, lang)
    lines = [*page_head(asked, [COST], lang), say("search_how", lang, count=found.looked_at, seeds=asked.seeds,
             fresh=asked.search.fresh_seeds, probability=asked.search.probability), ""]  # fmt: skip
    lines += [f"- {_target(found, place, lang)}" for place in range(len(found.aims))]
    head = ["", f"{title(COST, lang)}（{money.unit}）", say("chance", lang), say("short", lang), say("verdict", lang)]
    names = list(asked.levers)
    rows = [[*head, *(f"`{name}`" for name in names)]]
    for number, one in enumerate(found.checked):
        values = values_of(asked, one)
        rows.append([
            _called(found, number, lang), f"{money.told(one.cost.mean)} ±{money.told(one.cost.half)}",
            f"{one.chance.mean:.0%} [{one.chance.low:.0%}, {one.chance.high:.0%}]", f"{one.shortfall:+.1%}",
            say(one.verdict, lang), *(_plain(values[name]) for name in names),
        ])  # fmt: skip
    lines += ["", *markdown(rows), "", *findings(found, lang), ""]
    return "\n".join([*lines, say("search_goals", lang), "", *rests_on([asked.base], lang), ""])


def findings(found: Search, lang: str) -> list[str]:
    """The answer in one line, and what the base does by itself in another."""
    asked, money = found.experiment, natural(COST, found.experiment.firms, lang)
    base = next(one for one in found.checked if not one.patch)
    lines = [
        say("base_reaches", lang, base=_name(found, lang), chance=base.chance.mean, cost=money.told(base.cost.mean),
            unit=money.unit)
    ]  # fmt: skip
    if found.answer is None:
        most = max(one.chance.mean for one in found.checked)
        return [*lines, say("none_reaches", lang, count=found.looked_at, chance=most,
                            probability=asked.search.probability)]  # fmt: skip
    one = found.checked[found.answer]
    values = "，".join if lang == "zh" else ", ".join
    changes = values(f"`{name}` {_plain(value)}" for name, value in values_of(asked, one).items())
    lines.append(
        say("answer_reaches", lang, chance=one.chance.mean, low=one.chance.low, high=one.chance.high,
            cost=money.told(one.cost.mean), less=money.told(one.less.mean, signed=True), unit=money.unit,
            changes=changes)
    )  # fmt: skip
    return lines


def picture(found: Search, lang: str) -> Figure:
    """What each checked policy costs and how often it meets the targets; and where its levers stand."""
    height = _TOP + _BODY + _FOOT
    figure = Figure(figsize=(BREADTH, height), dpi=DOTS_PER_INCH, facecolor="white")
    body = _BODY / height
    costs = figure.add_axes((0.05, _FOOT / height, 0.42, body))
    levers = figure.add_axes((0.715, _FOOT / height, 0.21, body))
    _costs(costs, found, lang)
    _levers(levers, found, lang)
    head_and_foot(figure, found.experiment, [COST], height, lang, say("search_reading", lang))
    for place, verdict in enumerate(("holds", "undecided", "fails")):
        x, y = 0.70 + 0.09 * place, 1.0 - 0.42 / height
        figure.text(x, y, "●", color=COLOURS[verdict], fontproperties=font(11), va="center")
        figure.text(x + 0.012, y, say(verdict, lang), color=GREY, fontproperties=font(10.5), va="center")
    if found.answer is not None:
        figure.text(0.70, 1.0 - 0.70 / height, say("large_is_answer", lang), color=GREY, fontproperties=font(10.5),
                    va="center")  # fmt: skip
    return figure


def _costs(panel: Axes, found: Search, lang: str) -> None:
    money, wanted = natural(COST, found.experiment.firms, lang), found.experiment.search.probability
    panel.axhline(100.0 * wanted, color=INK, linewidth=1.0, linestyle=(0, (5, 3)))
    panel.annotate(say("asked_chance", lang), (0.0, 100.0 * wanted), xycoords=("axes fraction", "data"), ha="left",
                   xytext=(2, 4), textcoords="offset points", color=INK, fontproperties=font(9.5))  # fmt: skip
    named = _apart(found)
    for number, one in enumerate(found.checked):
        colour, x, y = COLOURS[one.verdict], money.factor * one.cost.mean, 100.0 * one.chance.mean
        panel.plot([x, x], [100.0 * one.chance.low, 100.0 * one.chance.high], color=colour, linewidth=1.6, alpha=0.6)
        panel.plot([money.factor * end for end in (one.cost.low, one.cost.high)], [y, y], color=colour, linewidth=1.6,
                   alpha=0.6)  # fmt: skip
        chosen = number == found.answer
        panel.plot([x], [y], "o", color=colour, markersize=11 if chosen else 7, zorder=3,
                   markerfacecolor=colour if one.patch else "white", markeredgewidth=1.8)  # fmt: skip
        if number in named:
            panel.annotate(
                _called(found, number, lang), (x, y), xytext=(7, 6), textcoords="offset points",
                color=INK if chosen or not one.patch else GREY, fontproperties=font(10.5 if chosen else 9),
            )  # fmt: skip
    low, high = panel.get_xlim()
    ticks = round_levels(low, high, 6)
    panel.set_xlim(low, high)
    panel.set_xticks(ticks, level_words(ticks))
    panel.set_ylim(-3, 104)
    panel.set_yticks([0, 20, 40, 60, 80, 100], [f"{one}%" for one in (0, 20, 40, 60, 80, 100)])
    panel.set_xlabel(f"{title(COST, lang)}（{money.unit}）", color=GREY, fontproperties=font(10.5))
    _head(panel, say("cost_and_chance", lang))
    quiet(panel, 9.5, "both")


def _apart(found: Search) -> set[int]:
    """Places of the policies that are named: the answer, the base, and whoever is not close to one that is named."""
    costs = [one.cost.mean for one in found.checked]
    least = 0.045 * (max(costs) - min(costs))
    named = {place for place, one in enumerate(found.checked) if not one.patch or place == found.answer}
    for place, cost in enumerate(costs):
        if all(abs(cost - costs[other]) >= least for other in named):
            named.add(place)
    return named


def _levers(panel: Axes, found: Search, lang: str) -> None:
    """Each lever between its bounds: those that hold as dots, the answer large, the base hollow."""
    bounds = found.experiment.levers
    told = described()
    for row, (name, (low, high)) in enumerate(bounds.items()):
        panel.plot([0.0, 1.0], [row, row], color=PALE, linewidth=2.0, zorder=1)
        _beside(panel, row, 1.0, _plain(high), "left", (6, 0), 9.5)
        _beside(panel, row, 0.0, _plain(low), "right", (-6, 0), 9.5)
        words = cut((told[name].zh, told[name].en)[lang == "en"], _MOST)
        _beside(panel, row, 0.0, words, "right", (-70, 6), 10.5, INK)
        _beside(panel, row, 0.0, f"{name} · {told[name].unit}", "right", (-70, -8), 8.5)
        for number, one in enumerate(found.checked):
            if one.verdict == "holds" or not one.patch:
                share = shares_at(found.experiment, values_of(found.experiment, one))[row]
                _lever_dot(panel, share, row, one, chosen=number == found.answer)
    panel.set_xlim(0.0, 1.0)
    panel.set_ylim(len(bounds) - 0.4, -0.6)
    panel.set_xticks([])
    panel.set_yticks([])
    _head(panel, say("where_levers", lang))
    quiet(panel, 9.5)
    panel.spines["bottom"].set_visible(False)


def _beside(
    panel: Axes, row: int, x: float, text: str, side: str, shift: tuple[int, int], size: float, colour: str = GREY
) -> None:
    panel.annotate(text, (x, row), xytext=shift, textcoords="offset points", ha=side, va="center", color=colour,
                   fontproperties=font(size), annotation_clip=False)  # fmt: skip


def _lever_dot(panel: Axes, share: float, row: int, one: Checked, *, chosen: bool) -> None:
    colour = COLOURS[one.verdict]
    panel.plot([share], [row], "o", color=colour, markersize=12 if chosen else 7, zorder=3 + chosen, clip_on=False,
               markerfacecolor=colour if one.patch else "white", markeredgewidth=1.6,
               alpha=1.0 if chosen or not one.patch else 0.45)  # fmt: skip


def _head(panel: Axes, text: str) -> None:
    panel.text(0.0, 1.03, text, transform=panel.transAxes, color=INK, fontproperties=font(13), va="bottom")


def _called(found: Search, number: int, lang: str) -> str:
    """A number; the base and the answer by what they are."""
    one: Checked = found.checked[number]
    words = [str(number + 1)]
    words += [_name(found, lang)] if not one.patch else []
    words += [say("the_answer", lang)] if number == found.answer else []
    return " ".join(words)


def _name(found: Search, lang: str) -> str:
    base = found.experiment.base
    return base.title[lang == "en"] or base.name


def _target(found: Search, place: int, lang: str) -> str:
    aim = found.aims[place]
    as_told = natural(aim.indicator, found.experiment.firms, lang)
    return say(
        "target_most" if aim.target.at_most else "target_least", lang, name=title(aim.indicator, lang),
        value=as_told.told(aim.wanted), unit="" if as_told.index else as_told.unit, quarter=aim.quarter,
    )  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.4g}"
    return f"{value:,.0f}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
