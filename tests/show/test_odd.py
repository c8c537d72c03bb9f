"""ODD.md says what the code does: its tables are those the code makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clustersim.foundation.assumptions import DESCRIBED
from clustersim.indicators import INDICATORS
from clustersim.letter import register
from clustersim.show import odd

ODD = Path(__file__).parents[2] / "ODD.md"


def test_the_file_is_what_make_odd_would_write() -> None:
    text = ODD.read_text(encoding="utf-8")
    assert odd.fill(text) == text, "stale: run `make odd`"


def test_every_table_has_its_place_and_every_place_its_table() -> None:
    assert sorted(re.findall(r"<!-- table: (\w+) -->", ODD.read_text(encoding="utf-8"))) == sorted(odd.tables())
    with pytest.raises(KeyError, match="boats"):
        odd.fill("<!-- table: boats -->\n<!-- end -->")


def test_nothing_is_left_out_of_the_tables() -> None:
    tables = odd.tables()
    for table, names in (
        ("levers", register.levers()), ("assumptions", DESCRIBED), ("indicators", [one.name for one in INDICATORS]),
        ("off", [one.id for one in register.clauses()]),
    ):  # fmt: skip
        assert [name for name in names if f"| {name} |" not in tables[table]] == []


def test_a_bar_in_a_cell_does_not_open_a_new_one() -> None:
    assert odd.markdown(("a", "b"), [("x|y", "z")]) == "| a | b |\n| --- | --- |\n| x\\|y | z |"


def test_files_that_the_text_names_exist() -> None:
    text = ODD.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:firm|indicators|world)/[\w./]*)`", text):
        assert (ODD.parent / "clustersim" / name).exists(), name
