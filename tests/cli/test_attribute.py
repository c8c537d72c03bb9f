"""`clustersim attribute` as people and scripts meet it."""

from __future__ import annotations

import json

from clustersim.lab.headlines import HEADLINES
from tests.cli.conftest import Command

SMALL = ("--firms", "300", "--seeds", "2", "--until", "2021Q3", "--workers", "1")


def test_json_has_every_headline_and_part(command: Command) -> None:
    code, out, err = command("attribute", *SMALL, "--off", "1", "--off", "2", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["parts"] == ["3", "4"] and [one["indicator"] for one in told["headlines"]] == [*HEADLINES]
    assert set(told["headlines"][0]["shares"]["3"]) == {"mean", "low", "high"}


def test_the_table_names_chapters(command: Command) -> None:
    code, out, _ = command("attribute", *SMALL, "--off", "1", "--off", "2", "--lang", "en")
    assert code == 0 and "chapter 3" in out and "whole" in out


def test_one_part_alone_is_refused(command: Command) -> None:
    code, out, err = command("attribute", *SMALL, "--only", "2.6")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "fewer than two parts" in err
