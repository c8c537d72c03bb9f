"""The answer to a question as tables: tidy numbers for a machine, and a page of Markdown for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.foundation.levers import ESTIMATE
from clustersim.foundation.words import FULL_CITY
from clustersim.indicators import INDICATORS, PLACE
from clustersim.lab.answers import Answer, Shares
from clustersim.lab.paired import HIGHER, LOWER, SAME, UNDECIDED, Headline
from clustersim.letter import register
from clustersim.scenario import Difference, Scenario, differences, levers
from clustersim.scenario.experiments import Experiment
from clustersim.show.answer_words import say
from clustersim.show.headline_words import title
from clustersim.show.natural import Natural, natural, scale_of
from clustersim.show.tables import estimates_in_force

MARKS: Final = {HIGHER: "▲", LOWER: "▼", SAME: "＝", UNDECIDED: "？"}
SLIGHT: Final = {HIGHER: "△", LOWER: "▽"}
SMALL: Final = 20_000  # firms below which moves into parks are to be compared and not quoted
MOVERS: Final = frozenset(("moved", "in_parks", "treated_moved", "park_free_m2", "park_occupancy"))
_TOLD: Final = 8  # levers of a difference that are named


def numbers(found: Answer) -> pd.DataFrame:
    """One row a policy and indicator: means, the paired difference with its interval, scaled to the full city."""
    rows = []
    for policy in found.held:
        one, other = found.scenarios[policy], found.scenarios[found.against[policy]]
        for name in found.names:
            told, scale = found.headline(policy, name), scale_of(name, found.experiment.firms)
            rows.append({
                "policy": one.name, "against": other.name, "policy_zh": one.title.zh, "policy_en": one.title.en,
                "against_zh": other.title.zh, "against_en": other.title.en, "indicator": name,
                "unit": INDICATORS[PLACE[name]].unit, "mean_against": scale * told.mean_a, "mean": scale * told.mean_b,
                "difference": scale * told.difference, "low": scale * told.low, "high": scale * told.high,
                "seeds": told.seeds, "verdict": told.verdict, "slight": found.slight(told),
            })  # fmt: skip
    return pd.DataFrame(rows)


def page(found: Answer, lang: str) -> str:
    """The whole page: what was asked and how, tables by what policies are held against, what it rests on."""
    lines = [*page_head(found.experiment, found.names, lang), say("marks", lang), ""]
    for other in dict.fromkeys(found.against[policy] for policy in found.held):
        policies = [one for one in found.held if found.against[one] == other]
        lines += [f"## {say('against', lang, other=named(found.scenarios[other], lang))}", ""]
        lines += [*_matrix(found, other, policies, lang), ""]
    lines += [f"## {say('differs_head', lang)}", ""]
    for policy in found.held:
        lines.append(f"- {_differs(found.scenarios[found.against[policy]], found.scenarios[policy], lang)}")
    return "\n".join([*lines, "", *rests_on(found.scenarios, lang), ""])


def shares_numbers(found: Shares) -> pd.DataFrame:
    """One row a part and headline: its share with the interval, and the whole, scaled to the full city."""
    rows = []
    for kind, one in found.parts.items():
        for name in found.names:
            scale, unit = scale_of(name, one.firms), INDICATORS[PLACE[name]].unit
            for part, share in [*((part, one.shares[name][part]) for part in one.parts), ("whole", one.whole[name])]:
                rows.append({
                    "by": kind, "part": part, "indicator": name, "unit": unit, "share": scale * share.mean,
                    "low": scale * share.low, "high": scale * share.high, "seeds": one.seeds,
                    "orders": one.permutations,
                })  # fmt: skip
    return pd.DataFrame(rows)


def shares_page(found: Shares, lang: str) -> str:
    """The whole page: shares of the chapters and of every clause."""
    head = say("shares_head", lang, seeds=found.experiment.seeds)
    lines = [*page_head(found.experiment, found.names, lang), head, ""]
    for one in found.parts.values():
        orders = say("every_clause" if one.permutations else "by_chapter", lang, orders=one.permutations)
        lines += [f"## {orders}", ""]
        told = [natural(name, one.firms, lang) for name in found.names]
        units = [f"{title(name, lang)}（{as_told.unit}）" for name, as_told in zip(found.names, told, strict=True)]
        rows = [["", *units]]
        for part in [*one.parts, "whole"]:
            cells = []
            for name, as_told in zip(found.names, told, strict=True):
                share = one.whole[name] if part == "whole" else one.shares[name][part]
                cells.append(_cell(as_told, share.mean, share.half, one.whole[name].mean))
            rows.append([part_name(part, lang), *cells])
        lines += [*markdown(rows), ""]
    return "\n".join([*lines, *rests_on([found.scenario], lang), ""])


def part_name(part: str, lang: str) -> str:
    """A chapter or clause in words: a clause as it stands in the letter."""
    if part == "whole":
        return say("whole", lang)
    if "." not in part:
        return say("chapter", lang, chapter=part, about=say(f"chapter_{part}", lang))
    about = register.clause(part)
    return f"{part} {about.en if lang == 'en' else about.zh}"


def named(scenario: Scenario, lang: str) -> str:
    """How tables and pictures call a policy."""
    return scenario.title[lang == "en"] or scenario.name


def notes(experiment: Experiment, names: Sequence[str], lang: str) -> list[str]:
    """How a question was lived and what its numbers are."""
    seeds = experiment.seeds or experiment.most_seeds
    found = [
        say("how", lang, firms=experiment.firms, seeds=seeds, until=experiment.until),
        say("sums", lang, until=experiment.until),
    ]  # fmt: skip
    if experiment.firms != FULL_CITY:
        found.append(say("scaled", lang, city=FULL_CITY))
    if experiment.firms < SMALL and MOVERS & set(names):
        found.append(say("movers", lang))
    return found


def rests_on(scenarios: Any, lang: str) -> list[str]:
    """What every page ends with: how much is estimated, and that nobody's goals are known."""
    alike: dict[tuple[int, int], list[str]] = {}
    for scenario in scenarios:
        alike.setdefault(estimates_in_force(scenario), []).append(named(scenario, lang))
    told = [
        say("estimates", lang, policy=say("and", lang).join(names), count=count, total=total, share=count / total)
        for (count, total), names in alike.items()
    ]
    return [_joined(told, lang), "", _joined([say("model", lang), say("goals", lang)], lang)]


def markdown(rows: list[list[str]]) -> list[str]:
    """Rows of cells as a Markdown table, the first row its head."""
    head, *body = rows
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]]


def page_head(experiment: Experiment, names: Sequence[str], lang: str) -> list[str]:
    """Title, question and how it was lived, for the top of a page."""
    told = experiment.title[lang == "en"] or experiment.name
    lines = [f"# {told}", "", experiment.question[lang == "en"], ""]
    return [*lines, _joined(notes(experiment, names, lang), lang), ""]


def _joined(sentences: list[str], lang: str) -> str:
    return (" " if lang == "en" else "").join(sentences)


def _matrix(found: Answer, other: int, policies: list[int], lang: str) -> list[str]:
    level = say("level", lang, policy=named(found.scenarios[other], lang))
    rows = [
        [say("indicator", lang), say("unit", lang), level, *(named(found.scenarios[one], lang) for one in policies)]
    ]
    for name in found.names:
        as_told = natural(name, found.experiment.firms, lang)
        told = [found.headline(one, name) for one in policies]
        cells = []
        for one in told:
            mark = (SLIGHT if found.slight(one) else MARKS)[one.verdict]
            cells.append(f"{_cell(as_told, one.difference, _half(one), one.difference)} {mark}")
        rows.append([title(name, lang), as_told.unit, as_told.told(told[0].mean_a), *cells])
    return list(markdown(rows))


def _cell(as_told: Natural, mean: float, half: float, near: float) -> str:
    text = as_told.told(mean, signed=True, near=near)
    return text if half != half else f"{text} ±{as_told.told(half, near=near)}"  # a single seed has no interval


def _half(one: Headline) -> float:
    return (one.high - one.low) / 2.0


def _differs(other: Scenario, policy: Scenario, lang: str) -> str:
    """In one line: clauses switched, then levers with their standing; many levers are counted."""
    found = differences(other, policy)
    parts = list(_switched(found, lang))
    own = [one for one in found if not one.name.startswith("clause ")]
    moved = {name for one in found if one.name.startswith("clause ") for name in _moved_by(one.name)}
    # Levers that come with a clause are counted, unless somebody has set them to something of its own.
    written, usual = levers.plain(policy.levers), register.levers()
    chosen = [one for one in own if one.name not in moved or written[one.name] != usual[one.name].default]
    parts += [_lever(one, lang) for one in chosen[:_TOLD]]
    rest = [one for one in own if one not in chosen[:_TOLD]]
    if rest:
        estimates = sum(_standing(one.name) == ESTIMATE for one in rest)
        parts.append(say("more", lang, count=len(rest), estimates=estimates))
    head = say("differs", lang, policy=named(policy, lang), other=named(other, lang))
    return head + ("；" if lang == "zh" else "; ").join(parts)


def _switched(found: list[Difference], lang: str) -> Iterator[str]:
    for state in ("on", "off"):
        clauses = [
            one.name.removeprefix("clause ") for one in found if one.name.startswith("clause ") and one.b == state
        ]
        if clauses:
            yield say("clause", lang, clauses=("、" if lang == "zh" else ", ").join(clauses), state=say(state, lang))


def _moved_by(clause: str) -> set[str]:
    number = clause.removeprefix("clause ")
    return {one.name for one in register.clause(number).levers} | {*register.when_off(number)}


def _lever(one: Difference, lang: str) -> str:
    return say(
        "one_lever", lang, name=one.name, a=_plain(one.a), b=_plain(one.b), standing=say(_standing(one.name), lang)
    )


def _plain(value: Any) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:g}"
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:,.0f}" if number else str(value)


def _standing(name: str) -> str:
    known = register.levers()
    return known[name].standing if name in known else DESCRIBED[name.partition(".")[2]].standing
