"""Whose fate one policy turns against another: the table as text and as plain JSON."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from clustersim.show import story_words as words
from clustersim.show.story_words import say
from clustersim.show.text import columns

MOST: Final = 15  # rows of the table by town, sector and grade
_BY: Final = ["town", "sector", "grade"]


def flipped(table: pd.DataFrame) -> pd.DataFrame:
    """Firms and flipped fates by town, sector and grade as means over seeds, the most flipped first."""
    seeds = table["seed"].nunique()
    turned = table.assign(flipped=table["firms"].where(table["a"] != table["b"], 0))
    sums = turned.groupby(_BY, sort=True)[["firms", "flipped"]].sum() / seeds
    return sums.reset_index().sort_values(["flipped", *_BY], ascending=[False, True, True, True], ignore_index=True)


def from_to(table: pd.DataFrame) -> pd.DataFrame:
    """Firms by outcome under A and under B, as means over seeds; only where they differ."""
    seeds = table["seed"].nunique()
    turned = table[table["a"] != table["b"]]
    sums = turned.groupby(["a", "b"])["firms"].sum() / seeds
    return sums.reset_index().sort_values(["firms", "a", "b"], ascending=[False, True, True], ignore_index=True)


def fates_text(table: pd.DataFrame, a: str, b: str, lang: str) -> str:
    """How many fates are turned, into what, and where."""
    by, paths, seeds = flipped(table), from_to(table), table["seed"].nunique()
    total, firms = float(by["flipped"].sum()), float(table["firms"].sum()) / seeds
    lines = [say("flipped", lang, a=a, b=b, flipped=total, share=total / firms), ""]
    lines.append(say("from_to", lang, a=a, b=b))
    rows = [
        [words.OUTCOMES[row.a][lang == "en"], "->", words.OUTCOMES[row.b][lang == "en"], f"{row.firms:,.1f}"]
        for row in paths.itertuples()
    ]
    lines += [f"  {line}" for line in columns(rows, right=[3])] if rows else []
    shown = by[by["flipped"] > 0].head(MOST)
    lines += ["", say("flipped_by", lang, count=len(shown))]
    head = say("fates_head", lang).split("|")
    rows = [
        [row.town, row.sector, _grade(row.grade), f"{row.firms:,.1f}", f"{row.flipped:,.1f}"]
        for row in shown.itertuples()
    ]
    lines += [f"  {line}" for line in columns([head, *rows], right=[3, 4])]
    return "\n".join(lines)


def fates_json(table: pd.DataFrame, a: str, b: str) -> dict[str, Any]:
    """The same as plain JSON, with every row by town, sector and grade."""
    return {
        "a": a, "b": b, "seeds": int(table["seed"].nunique()),
        "from_to": from_to(table).to_dict("records"), "by": flipped(table).to_dict("records"),
    }  # fmt: skip


def _grade(word: str) -> str:
    return "-" if word == "none" else word.upper()
