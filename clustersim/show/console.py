"""What `clustersim run` prints: the five indices and the targets as text, and the same as plain JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from clustersim.foundation.words import HISTORY_END
from clustersim.indicators import INDICATORS, PLACE
from clustersim.indicators.targets import CLUSTER_GOALS, ENOUGH_SEEDS, UNKNOWN, Reached
from clustersim.lab.intervals import Interval, interval
from clustersim.lab.runs import Outcome
from clustersim.show.tables import (
    estimates_in_force,
    gaps_by_town,
    happened,
    index_rows,
    targets_reached,
)
from clustersim.show.text import break_lines, columns
from clustersim.show.words import say

WIDTH: Final = 100  # columns of a note
_PER_MU: Final = "yuan/mu"


def report(outcome: Outcome, lang: str, *, chinese: bool = True) -> str:
    """The whole report. `chinese` says whether the console has the characters: else everything is in English."""
    lang = lang if chinese else "en"
    reached = targets_reached(outcome)
    return "\n".join([
        *_head(outcome, lang, chinese),
        "",
        *_index_table(outcome, lang, chinese),
        "",
        *_target_table(outcome, reached, lang, chinese),
        "",
        *_notes(outcome, reached, lang),
    ])  # fmt: skip


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The indices at the start and the horizon, as means over seeds, and the targets."""
    ends = str(HISTORY_END), str(outcome.setting.until)
    rows = index_rows(outcome)
    return {
        "indices": {row.name: {ends[0]: row.start, ends[1]: row.end.mean} for row in rows},
        "targets": [_target_json(outcome, one) for one in targets_reached(outcome)] + _cluster_goals_json(),
    }


def _head(outcome: Outcome, lang: str, chinese: bool) -> list[str]:
    scenario, setting, seeds = outcome.scenario, outcome.setting, outcome.seeds
    title = _both(scenario.title.zh, scenario.title.en, chinese)
    luck = say("one_seed", lang, seed=seeds[0]) if len(seeds) == 1 else say("many_seeds", lang, count=len(seeds))
    return [
        f"{title}  ({scenario.name})" if title else scenario.name,
        f"{HISTORY_END} -> {setting.until}, {say('city_of', lang, firms=setting.firms)}, {luck}",
    ]


def _index_table(outcome: Outcome, lang: str, chinese: bool) -> list[str]:
    """The five indices, both names side by side."""
    many = len(outcome.seeds) > 1
    head = ["", "", str(HISTORY_END), str(outcome.setting.until)]
    head += [say("interval", lang)] if many else []
    rows = [[*head, say("change", lang)]]
    for row in index_rows(outcome):
        names = [row.zh, row.en] if chinese else [row.en, ""]
        middle = [_span(row.end, 3)] if many else []
        rows.append([*names, f"{row.start:.3f}", f"{row.end.mean:.3f}", *middle, f"{row.change.mean:+.3f}"])
    return _table(_both(say("indices", "zh"), say("indices", "en"), chinese), rows)


def _target_table(outcome: Outcome, reached: Sequence[Reached], lang: str, chinese: bool) -> list[str]:
    """The targets: money in 10,000 yuan per mu, as the bureau counts."""
    chance = len(outcome.seeds) >= ENOUGH_SEEDS
    many = len(outcome.seeds) > 1
    head = ["", "", str(HISTORY_END), str(outcome.setting.until), say("wanted", lang)]
    head += [say("against", lang), say("drift_closes", lang), say("first_met", lang)]
    rows = [[*head, *([say("chance", lang)] if chance else [])]]
    for one in reached:
        names = [one.target.zh, one.target.en] if chinese else [one.target.en, ""]
        level = _number(one, one.level) + (f" ±{_number(one, _half(one))}" if many else "")
        due = "" if one.target.due in (None, outcome.setting.until) else f" ({one.target.due})"
        drift = "-" if one.drift_share is None else f"{one.drift_share:.0%}" if one.drift_share <= 1.0 else ">100%"
        wanted = f"{'<= ' if one.target.at_most else ''}{_number(one, one.wanted)}{due}"
        row = [*names, _number(one, one.start), level, wanted, f"{-one.gap:+.1%}", drift]
        row.append(str(one.first) if one.first else "-")
        rows.append(row + ([f"{one.probability:.0%}"] if chance else []))
    return _table(_both(say("targets", "zh"), say("targets", "en"), chinese), rows)


def _table(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """A title, and rows whose cells are numbers from the third on."""
    return [title, *(f"  {line}" for line in columns(rows, right=range(2, len(rows[0]))))]


def _notes(outcome: Outcome, reached: Sequence[Reached], lang: str) -> list[str]:
    scenario = outcome.scenario
    count, total = estimates_in_force(scenario)
    notes = [say("targets_note", lang, drift=scenario.assumptions.nominal_drift)]
    if len(outcome.seeds) < ENOUGH_SEEDS:
        notes.append(say("few_seeds", lang, enough=ENOUGH_SEEDS))
    notes += [_towns(outcome, one, lang) for one in (reached[0], reached[2])]
    unit = 1e9 if lang == "en" else 1e8
    goals = say("and", lang).join(f"{(goal.zh, goal.en)[lang == 'en']} {goal.yuan / unit:g}" for goal in CLUSTER_GOALS)
    notes += [say("clusters", lang, goals=goals), UNKNOWN[lang == "en"], _what_happened(outcome, lang)]
    notes.append(say("estimates", lang, count=count, total=total, share=count / total))
    idle = scenario.idle()
    if idle:
        notes.append(say("idle", lang, levers=", ".join(idle)))
    return [line for note in notes for line in _bullet(note)]


def _towns(outcome: Outcome, reached: Reached, lang: str) -> str:
    gaps = gaps_by_town(outcome, reached)
    zh, en = outcome.pictures.town_names
    names = dict(zip(en, zh if lang == "zh" else en, strict=True))
    far = say("and", lang).join(
        f"{names.get(town, town)} {-gap:+.0%}" for town, gap in list(gaps.items())[:3] if gap > 0
    )
    met = sum(gap <= 0.0 for gap in gaps.values())
    what = (reached.target.zh, reached.target.en)[lang == "en"]
    return say("towns", lang, what=what, met=met, towns=len(gaps)) + (say("farthest", lang, far=far) if far else "")


def _what_happened(outcome: Outcome, lang: str) -> str:
    flows = happened(outcome)
    return say("happened", lang, money=flows.pop("fiscal_cost_yuan") / 1e8 * (100 if lang == "en" else 1), **flows)


def _bullet(note: str) -> list[str]:
    first, *rest = break_lines(note, WIDTH - 2)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _both(zh: str, en: str, chinese: bool) -> str:
    return "  ".join(text for text in (zh if chinese else "", en) if text)


def _number(reached: Reached, value: float) -> str:
    """A level in the unit of the table: 10,000 yuan per mu, else the indicator's own."""
    unit = INDICATORS[PLACE[reached.target.indicator]].unit
    if unit == _PER_MU:
        return f"{value / 10_000.0:.1f}"
    return f"{value:,.3f}" if abs(value) < 100.0 else f"{value:,.0f}"


def _half(reached: Reached) -> float:
    return _interval(reached).half


def _interval(reached: Reached) -> Interval:
    return interval(np.array(reached.levels))


def _span(one: Interval, digits: int) -> str:
    return f"{one.low:.{digits}f} - {one.high:.{digits}f}"


def _target_json(outcome: Outcome, one: Reached) -> dict[str, Any]:
    target = one.target
    low, high = _interval(one).low, _interval(one).high
    return {
        "name": target.name,
        "indicator": target.indicator,
        "zh": target.zh,
        "en": target.en,
        "scope": target.scope[1],
        "unit": INDICATORS[PLACE[target.indicator]].unit,
        "quarter": str(one.quarter),
        "start": one.start,
        "level": one.level,
        "low": None if math.isnan(low) else low,
        "high": None if math.isnan(high) else high,
        "target": one.wanted,
        "gap": one.gap,
        "drift_share": one.drift_share,
        "probability": one.probability,
        "first_reached": str(one.first) if one.first else None,
        "standing": {"base": target.base_standing, "growth": target.growth_standing},
        "source": target.source,
        "gap_by_town": gaps_by_town(outcome, one),
    }


def _cluster_goals_json() -> list[dict[str, Any]]:
    """Levels and scope alone: the model's sectors are not those industries."""
    nothing = dict.fromkeys(
        ("indicator", "start", "level", "low", "high", "gap", "drift_share", "probability", "first_reached")
    )
    return [
        {"name": f"cluster.{goal.en}", "zh": goal.zh, "en": goal.en, "scope": goal.scope[1], "unit": "yuan a year",
         "quarter": "2025Q4", "target": goal.yuan, "standing": {"level": goal.standing}, "source": goal.source,
         **nothing}
        for goal in CLUSTER_GOALS
    ]  # fmt: skip
