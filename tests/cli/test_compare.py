"""`clustersim compare` as people and scripts meet it."""

from __future__ import annotations

import json

import pytest

from clustersim.lab.headlines import HEADLINES
from tests.cli.conftest import Command

SMALL = ("--firms", "300", "--until", "2021Q4", "--seeds", "3", "--threads", "1")


def test_json_has_the_promised_keys(command: Command) -> None:
    code, out, err = command("compare", "none", "letter", *SMALL, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert {"differs", "headlines"} <= set(told)
    assert {"name": "clause 4.3", "a": "off", "b": "on"} in told["differs"]
    assert set(told["headlines"][0]) == {
        "indicator", "town", "quarter", "mean_a", "mean_b", "difference", "low", "high", "seeds", "variance_ratio",
        "verdict",
    }  # fmt: skip
    assert [one["indicator"] for one in told["headlines"][: len(HEADLINES)]] == [*HEADLINES]
    assert {one["town"] for one in told["headlines"][: len(HEADLINES)]} == {"city"}
    assert len(told["headlines"]) == 18 * len(HEADLINES)
    assert {one["verdict"] for one in told["headlines"]} <= {"higher", "lower", "same", "undecided"}


@pytest.mark.parametrize(("lang", "word"), [("en", "What differs between them"), ("zh", "两个情景的不同之处")])
def test_what_differs_comes_first(command: Command, lang: str, word: str) -> None:
    code, out, _ = command("compare", "letter", "dear-power", *SMALL, "--lang", lang)
    assert code == 0
    lines = out.splitlines()
    assert lines.index(word) < next(place for place, line in enumerate(lines) if "functions" in line)
    assert "  differential.surcharge_below_d: 0.3 -> 0.5" in lines


def test_three_policies_and_options_for_all(command: Command) -> None:
    code, out, _ = command("compare", "letter", "twice-parks", "none", *SMALL, "--off", "4.3", "--json")
    assert code == 0
    told = json.loads(out)
    assert [one["b"] for one in told["pairs"]] == ["twice-parks", "none"] and set(told["best"]) >= {"green"}
    assert not any(one["name"] == "clause 4.3" for one in told["pairs"][1]["differs"])


def test_one_seed_has_no_interval(command: Command) -> None:
    code, out, _ = command("compare", "none", "letter", *SMALL, "--seeds", "1", "--json")
    assert code == 0
    first = json.loads(out)["headlines"][0]
    assert (first["low"], first["high"], first["verdict"]) == (None, None, "undecided")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["letter"], "two policies or more"),
        (["letter", "letter"], "the same policy"),
        (["letter", "nothing"], "nothing"),
        (["letter", "none", "--precision", "7"], "--precision: 7.0 is not allowed"),
        (["letter", "none", "--until", "2040Q1"], "--until"),
        (["letter", "none", "--firms", "5"], "--firms: 5 is not allowed"),
    ],
)
def test_bad_input_is_one_line(command: Command, arguments: list[str], said: str) -> None:
    code, out, err = command("compare", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
