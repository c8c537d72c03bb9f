"""A folder of results as it was kept, opened again: for notebooks, which type no number themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from clustersim.foundation.words import FULL_CITY
from clustersim.indicators import INDICATORS, PLACE
from clustersim.show.answer_tables import part_name
from clustersim.show.answer_words import say
from clustersim.show.answers import PAGE, TABLE
from clustersim.show.natural import natural

_PARTS: Final = ("difference", "low", "high")


@dataclass(frozen=True)
class Kept:
    """The table of an answer, its page in Markdown, and what made it."""

    table: pd.DataFrame
    page: str
    made: dict[str, Any]

    def title(self, policy: str, lang: str = "zh") -> str:
        """What tables call a policy, and what it is held against; KeyError for one that is not in the table."""
        rows = self.table[self.table["policy"] == policy]
        if rows.empty:
            raise KeyError(policy)
        one = rows.iloc[0]
        return say("one_policy", lang, policy=one[f"policy_{lang}"], other=one[f"against_{lang}"])

    def told(self, policy: str, indicator: str, lang: str = "zh") -> str:
        """One difference in words, with its interval and verdict; KeyError for what is not in the table."""
        table = self.table
        rows = table[(table["policy"] == policy) & (table["indicator"] == indicator)]
        if rows.empty:
            raise KeyError(f"{policy}, {indicator}")
        one = rows.iloc[0]
        number = [_number(indicator, float(one[part]), lang, float(one["difference"])) for part in _PARTS]
        verdict, unit = say(one["verdict"], lang), _unit(indicator, lang)
        return f"{_name(indicator, lang)} {number[0]}{unit} [{number[1]}, {number[2]}] {verdict}"

    def shares(self, by: str, indicator: str, count: int = 3, lang: str = "zh") -> str:
        """The largest Shapley shares of an indicator in words, of chapters or clauses."""
        table = self.table
        rows = table[(table["by"] == by) & (table["indicator"] == indicator) & (table["part"].astype(str) != "whole")]
        if rows.empty:
            raise KeyError(f"{by}, {indicator}")
        rows = rows.reindex(rows["share"].abs().sort_values(ascending=False, kind="stable").index).head(count)
        parts = [
            f"{part_name(str(one.part), lang)} {_number(indicator, one.share, lang)} "
            f"[{_number(indicator, one.low, lang, one.share)}, {_number(indicator, one.high, lang, one.share)}]"
            for one in rows.itertuples()
        ]
        return f"{_name(indicator, lang)}: {'; '.join(parts)}"


def opened(folder: Path | str) -> Kept:
    """What a folder of results holds. What depends on the day or the machine is left out of `made`."""
    folder = Path(folder)
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    kept = ("experiment", "title", "question", "method", "firms", "seeds", "until", "fingerprint", "found")
    table = pd.read_csv(folder / TABLE, dtype={"part": str})
    return Kept(table, (folder / PAGE).read_text(encoding="utf-8"), {name: made[name] for name in kept})


# Tables are scaled to the full city already.
def _number(indicator: str, value: float, lang: str, near: float | None = None) -> str:
    return natural(indicator, FULL_CITY, lang).told(value, signed=True, near=near)


def _unit(indicator: str, lang: str) -> str:
    as_told = natural(indicator, FULL_CITY, lang)
    return "" if as_told.index else f" {say('points', lang) if as_told.share else as_told.unit}"


def _name(indicator: str, lang: str) -> str:
    about = INDICATORS[PLACE[indicator]]
    return about.en if lang == "en" else about.zh
