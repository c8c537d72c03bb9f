"""Tables, pages and pictures of answers: numbers of the full city, and nothing written beside the paper."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path

import matplotlib.ft2font
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from clustersim.indicators import INDICATORS
from clustersim.lab.answers import Answer, Shares, attributed, compared
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.search import Search, search
from clustersim.lab.sensitivity import Analysis, analyse
from clustersim.scenario.experiments import load_experiment
from clustersim.scenario.scenario import Target
from clustersim.show import (
    answer_charts,
    answer_paths,
    charts,
    fonts,
    search_answer,
    sensitivity_answer,
    share_charts,
)
from clustersim.show.answer_tables import markdown, numbers, page, shares_numbers, shares_page
from clustersim.show.answers import METHODS, PICTURE, comparison_files
from clustersim.show.natural import natural, scale_of

LANGS = ("zh", "en")
EXPERIMENTS = Path(__file__).parents[2] / "experiments"


def small(name: str, seeds: int = 2):
    asked = load_experiment(EXPERIMENTS / f"{name}.toml")
    until = type(asked.until).parse("2021Q4")
    answering = replace(asked.answering, permutations=2)
    return replace(asked, firms=300, seeds=seeds, until=until, answering=answering)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return compared(small("02_graded_prices"), tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shares:
    asked = small("05_which_clauses")
    policy = asked.policies[0].with_only(["1.2", "2.6", "3.1", "3.5", "4.1"])
    return attributed(replace(asked, policies=(policy,)), tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Search:
    asked = METHODS["search"].shorter(small("06_reach_targets"), 2)
    aims = {name: Target(value, asked.until) for name, value in {"functions": 0.01, "green": 0.4}.items()}
    base = replace(asked.base, targets=aims)
    return search(replace(asked, base=base), tmp_path_factory.mktemp("search") / "out")


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    asked = METHODS["sensitivity"].shorter(small("09_what_decides"), 2)
    levers = dict(list(asked.levers.items())[:4])
    fewer = replace(asked, levers=levers, sensitivity=replace(asked.sensitivity, factors=2))
    return analyse(fewer, tmp_path_factory.mktemp("sensitivity") / "out")


@pytest.mark.parametrize("lang", LANGS)
def test_a_search_and_an_analysis_are_told_and_drawn(searched: Search, analysed: Analysis, lang: str) -> None:
    for method, found in (("search", searched), ("sensitivity", analysed)):
        files = METHODS[method].files(found, lang)
        assert files == METHODS[method].files(found, lang), "the same bytes"
        told = files["table.md"].decode()
        assert told.count("31号") == 1 and "nan" not in told
        assert len(pd.read_csv(io.BytesIO(files["table.csv"]))) > 1
        lines = METHODS[method].findings(found, lang)
        assert lines and not any("\n" in line or "nan" in line for line in lines)
    assert searched.answer is not None, "targets that are easily met"
    assert ("答案" if lang == "zh" else "the answer") in METHODS["search"].files(searched, lang)["table.md"].decode()
    green = "**绿色集约指数**" if lang == "zh" else "**green**"
    assert any(one.startswith(green) for one in METHODS["sensitivity"].findings(analysed, lang))


def test_other_code_that_makes_a_design_asks_for_another_folder(tmp_path: Path) -> None:
    assert METHODS["comparison"].code == "" and len({one.code for one in METHODS.values()}) == 4
    (tmp_path / "breeds.py").write_text("a = 1")
    method = METHODS["search"]._replace(bred_by=(tmp_path,))
    before = method.code
    (tmp_path / "breeds.py").write_text("a = 2")
    assert method.code != before


@pytest.mark.parametrize("lang", LANGS)
def test_pictures_of_searches_and_analyses_stay_on_the_paper(searched: Search, analysed: Analysis, lang: str) -> None:
    for figure in (search_answer.picture(searched, lang), sensitivity_answer.picture(analysed, lang)):
        breadth, height = figure.get_size_inches() * figure.dpi
        for one in texts(figure):
            box = one.get_window_extent()
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= breadth and box.y1 <= height, one.get_text()


def figures(answer: Answer, shared: Shares, lang: str) -> list[Figure]:
    over_time = answer_paths.paths(answer, answer.paths(), lang)
    return [answer_charts.differences(answer, lang), over_time, share_charts.shares(shared, lang)]


def texts(figure: Figure) -> list[Text]:
    charts.png(figure)
    return [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]


@pytest.mark.parametrize("lang", LANGS)
def test_all_is_written_on_the_paper_in_a_font_that_has_it(answer: Answer, shared: Shares, lang: str) -> None:
    glyphs = matplotlib.ft2font.FT2Font(str(fonts.font_file())).get_charmap()
    for figure in figures(answer, shared, lang):
        breadth, height = figure.get_size_inches() * figure.dpi
        for one in texts(figure):
            box, said = one.get_window_extent(), one.get_text()
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= breadth and box.y1 <= height
            assert inside or not box.width, (said, box)
            assert not [letter for letter in said if ord(letter) not in glyphs and letter != "\n"], said
        assert breadth == 1920 and 900 < height < 2000


@pytest.mark.parametrize("lang", LANGS)
def test_headings_of_panels_do_not_touch(answer: Answer, shared: Shares, lang: str) -> None:
    for figure in figures(answer, shared, lang):
        heads = [one for panel in figure.axes for one in panel.texts if one.get_position()[1] > 1.0]
        charts.png(figure)
        found = [one.get_window_extent() for one in heads if one.get_text()]
        assert len(found) >= 10
        for place, one in enumerate(found):
            assert not any(one.overlaps(other) for other in found[place + 1 :])


def test_the_same_answer_gives_the_same_bytes(answer: Answer) -> None:
    first, second = comparison_files(answer, "zh"), comparison_files(answer, "zh")
    assert first == second
    breadth, height = struct.unpack(">II", first[PICTURE][16:24])
    assert (breadth, first[PICTURE][:4]) == (1920, b"\x89PNG") and height > 900
    assert b"tIME" not in first[PICTURE] and b"Software" not in first[PICTURE]
    assert len(first[PICTURE]) < 250_000


def test_counts_and_money_are_those_of_the_full_city(answer: Answer) -> None:
    table, told = numbers(answer), answer.headline(2, "exited")
    row = table[(table["policy"] == "prices") & (table["indicator"] == "exited")].iloc[0]
    assert row["mean"] == pytest.approx(told.mean_b * 50_000 / 300)
    assert (row["against"], row["verdict"], row["seeds"]) == ("none", told.verdict, 2)
    index = table[(table["policy"] == "prices") & (table["indicator"] == "green")].iloc[0]
    assert index["mean"] == answer.headline(2, "green").mean_b
    assert len(table) == 6 * 12
    again = pd.read_csv(io.BytesIO(comparison_files(answer, "zh")["table.csv"]))
    assert list(again.columns) == list(table.columns)


def test_every_unit_of_what_is_measured_has_a_scale() -> None:
    for one in INDICATORS:
        assert scale_of(one.name, 50_000) == 1.0
        assert scale_of(one.name, 5_000) in (1.0, 10.0)
        assert natural(one.name, 5_000, "zh").told(1.0)
    assert {name for name in HEADLINES if scale_of(name, 5_000) == 1.0} == {
        "space", "clusters", "factors", "functions", "green", "value_added_per_mu", "tax_per_mu", "value_added_per_kwh",
        "noncompliant_share",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_says_what_differs_and_what_it_rests_on(answer: Answer, lang: str) -> None:
    told = page(answer, lang)
    assert told.count("31号") == 1 and "0 → 0.6" in told
    policies = [one.title[lang == "en"] for one in answer.scenarios]
    assert all(one in told for one in policies)
    assert ("估计值" if lang == "zh" else "are estimates") in told
    assert ("D-036" in told) == (answer.experiment.firms < 20_000)


def test_shares_add_up_in_the_table(shared: Shares) -> None:
    table = shares_numbers(shared)
    for _, rows in table.groupby(["by", "indicator"]):
        parts = rows[rows["part"] != "whole"]["share"].sum()
        assert parts == pytest.approx(rows[rows["part"] == "whole"]["share"].iloc[0], abs=1e-6)
    assert "4.1 " in shares_page(shared, "zh") and "chapter 3, inspections" in shares_page(shared, "en")


@pytest.mark.parametrize("lang", LANGS)
def test_findings_are_one_line_each(answer: Answer, shared: Shares, lang: str) -> None:
    of_policies = METHODS["comparison"].findings(answer, lang)
    assert len(of_policies) == 6
    assert len(METHODS["attribution"].findings(shared, lang)) == len(shared.names)
    for line in [*of_policies, *METHODS["attribution"].findings(shared, lang)]:
        assert "\n" not in line and "nan" not in line


def test_a_table_in_markdown() -> None:
    assert markdown([["a", "b"], ["1", "2"]]) == ["| a | b |", "| --- | --- |", "| 1 | 2 |"]
