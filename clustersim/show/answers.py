"""The files of an answer, by the method it was found with: a table for machines, a page and a picture for people.

A further method is one more entry of `METHODS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from clustersim.foundation import machine
from clustersim.lab.answers import PARTS, Answer, Shares, attributed, compared
from clustersim.lab.paired import HIGHER, LOWER, SAME, UNDECIDED
from clustersim.lab.search import search
from clustersim.lab.search.aims import LEAST_SEEDS
from clustersim.lab.sensitivity import analyse
from clustersim.lab.sensitivity.factors import FEWEST_SAMPLES
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.questions import ATTRIBUTION, COMPARISON, SEARCH, SENSITIVITY
from clustersim.show import search_answer, sensitivity_answer
from clustersim.show.answer_charts import differences
from clustersim.show.answer_paths import paths
from clustersim.show.answer_tables import named, numbers, page, part_name, shares_numbers, shares_page
from clustersim.show.answer_words import say
from clustersim.show.charts import small_png
from clustersim.show.headline_words import word
from clustersim.show.natural import natural
from clustersim.show.share_charts import shares

LAB: Final = machine.PACKAGE / "lab"
DESIGN: Final = LAB / "sweep" / "design.py"
TABLE, PAGE, PICTURE = "table.csv", "table.md", "figure.png"


class Method(NamedTuple):
    """How a kind of question is answered: run what is missing, the files, and the findings in one line each."""

    answer: Callable[..., Any]  # (experiment, folder, workers=, progress=)
    files: Callable[[Any, str], dict[str, bytes]]
    findings: Callable[[Any, str], list[str]]
    shorter: Callable[[Experiment, int], Experiment]  # the same question with fewer orders or rounds, for a quick try
    bred_by: tuple[Path, ...] = ()  # files and folders of the code that makes its design

    @property
    def code(self) -> str:
        """What tells the code that makes its runs from any other; nothing where the file says which they are."""
        paths = [one for path in self.bred_by for one in (sorted(path.glob("*.py")) if path.is_dir() else [path])]
        texts = [machine.source_fingerprint().encode(), *(one.read_bytes() for one in paths)]
        return hashlib.sha256(b"\0".join(texts)).hexdigest()[:6] if paths else ""


def comparison_files(found: Answer, lang: str) -> dict[str, bytes]:
    """Table, page and picture of policies held against each other."""
    over_time = found.experiment.answering.picture == "paths"
    figure = paths(found, found.paths(), lang) if over_time else differences(found, lang)
    return {
        TABLE: numbers(found).to_csv(index=False, float_format="%.10g").encode(), PAGE: page(found, lang).encode(),
        PICTURE: small_png(figure),
    }  # fmt: skip


def attribution_files(found: Shares, lang: str) -> dict[str, bytes]:
    """Table, page and picture of Shapley shares."""
    return {
        TABLE: shares_numbers(found).to_csv(index=False, float_format="%.10g").encode(),
        PAGE: shares_page(found, lang).encode(), PICTURE: small_png(shares(found, lang)),
    }  # fmt: skip


def comparison_findings(found: Answer, lang: str) -> list[str]:
    """A line a policy: what it raises and lowers, the surest differences first, and how much stays open."""
    lines, (comma, stop) = [], ("、", "；") if lang == "zh" else (", ", "; ")
    for policy in found.held:
        told = [found.headline(policy, name) for name in found.names]
        other = named(found.scenarios[found.against[policy]], lang)
        parts = []
        for verdict in (HIGHER, LOWER, "hardly", SAME, UNDECIDED):
            mine = [one for one in told if ("hardly" if found.slight(one) else one.verdict) == verdict]
            if verdict in (HIGHER, LOWER):
                mine.sort(key=lambda one: -abs(one.difference) / max(one.high - one.low, 1e-300))
                names = [_difference(found, one, lang) for one in mine]
            else:
                names = [word(one.indicator, lang) for one in mine]
            if names:
                parts.append(say("names", lang, verdict=say(verdict, lang), names=comma.join(names)))
        head = say("one_policy", lang, policy=named(found.scenarios[policy], lang), other=other)
        lines.append(f"{head} — {stop.join(parts)}")
    return lines


def attribution_findings(found: Shares, lang: str) -> list[str]:
    """A line an index: its change, and the chapter and the clause with the largest share of it."""
    lines = []
    chapters, clauses = (found.parts[part] for part in PARTS)
    for name in found.names:
        as_told = natural(name, chapters.firms, lang)
        told = []
        for one in (chapters, clauses):
            part, share = max(one.shares[name].items(), key=lambda item: abs(item[1].mean))
            told.append(f"{part_name(part, lang)} {as_told.told(share.mean, signed=True)}")
        whole = as_told.told(chapters.whole[name].mean, signed=True)
        lines.append(f"**{word(name, lang)}** {whole} — {'; '.join(told)}")
    return lines


def _difference(found: Answer, one: Any, lang: str) -> str:
    as_told = natural(one.indicator, found.experiment.firms, lang)
    unit = "" if as_told.index else f" {say('points', lang) if as_told.share else as_told.unit}"
    return f"{word(one.indicator, lang)} {as_told.told(one.difference, signed=True)}{unit}"


def _fewer_orders(experiment: Experiment, count: int) -> Experiment:
    return replace(experiment, answering=replace(experiment.answering, permutations=count))


def _as_it_is(experiment: Experiment, count: int) -> Experiment:
    return experiment


def _small_search(experiment: Experiment, count: int) -> Experiment:
    small = replace(experiment.search, generations=count, fresh_seeds=20)
    return replace(experiment, search=small, samples=4, seeds=max(experiment.seeds, LEAST_SEEDS))


def _small_analysis(experiment: Experiment, count: int) -> Experiment:
    small = replace(experiment.sensitivity, trajectories=count)
    return replace(experiment, sensitivity=small, samples=FEWEST_SAMPLES, recalibrate=False)


def _files(shown: Any) -> Callable[[Any, str], dict[str, bytes]]:
    """Table, page and picture of a module that makes each."""

    def made(found: Any, lang: str) -> dict[str, bytes]:
        page, picture = shown.page(found, lang), small_png(shown.picture(found, lang))
        return {TABLE: shown.table(found), PAGE: page.encode(), PICTURE: picture}

    return made


METHODS: Final[Mapping[str, Method]] = {
    COMPARISON: Method(compared, comparison_files, comparison_findings, _as_it_is),
    ATTRIBUTION: Method(attributed, attribution_files, attribution_findings, _fewer_orders, (LAB / "attribution.py",)),
    SEARCH: Method(search, _files(search_answer), search_answer.findings, _small_search, (LAB / "search", DESIGN)),
    SENSITIVITY: Method(
        analyse, _files(sensitivity_answer), sensitivity_answer.findings, _small_analysis, (LAB / "sensitivity", DESIGN)
    ),
}
