"""The pictures open, have the right size, lack no glyph (warnings are errors), and are the same bytes every time."""

from __future__ import annotations

import hashlib
import struct
import threading
import unicodedata
from collections.abc import Callable

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from clustersim.foundation.words import HISTORY_END, HORIZON, Quarter
from clustersim.indicators import INDICES
from clustersim.scenario import Target
from clustersim.show import charts, fonts, maps
from clustersim.show.tables import paths, targets_reached
from tests.show import city

LANGS = ("zh", "en")

NOTES = charts.Notes("按来信执行 The letter", (1,), 50_000, 0.06, (290, 400))


def size(picture: bytes) -> tuple[int, int]:
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    breadth, height = struct.unpack(">II", picture[16:24])
    return int(breadth), int(height)


def texts(figure: Figure) -> list[Text]:
    charts.png(figure)
    return [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("seeds", [1, 3])
def test_a_run_has_two_pictures_that_open(lang: str, seeds: int) -> None:
    pictures = charts.run_pictures(city.outcome(seeds), lang)
    assert {name: size(picture) for name, picture in pictures.items()} == {
        "paths.png": (1920, 1080),
        "map.png": (1920, 1032),
    }


def test_the_same_run_gives_the_same_bytes_in_any_thread() -> None:
    outcome = city.outcome(2)
    first = charts.run_pictures(outcome, "zh")
    later: list[dict[str, bytes]] = []
    worker = threading.Thread(target=lambda: later.append(charts.run_pictures(outcome, "zh")))
    worker.start()
    worker.join()
    digests = [
        {name: hashlib.sha256(one).hexdigest() for name, one in pictures.items()} for pictures in (first, later[0])
    ]
    assert digests[0] == digests[1]
    assert b"Software" not in first["map.png"] and b"tIME" not in first["map.png"]


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    before = dict(mpl.rcParams)
    charts.run_pictures(city.outcome(1), "en")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("lang", LANGS)
def test_every_character_is_in_the_font_and_every_text_uses_it(lang: str) -> None:
    outcome = city.outcome(2, qianwan=True)
    here = paths(outcome.indicators, [*INDICES, *charts.PER_MU])
    targets = [one.target for one in targets_reached(outcome)]
    figures = [
        charts.goal_paths(here, targets, NOTES, lang),
        maps.city_map(outcome.pictures, "按来信执行", (HISTORY_END, HORIZON), 5_000, 1, lang),
    ]
    glyphs = matplotlib.ft2font.FT2Font(str(fonts.font_file())).get_charmap()
    for one in (text for figure in figures for text in texts(figure)):
        missing = [letter for letter in one.get_text() if ord(letter) not in glyphs and letter != "\n"]
        assert not missing, (one.get_text(), missing)
        assert one.get_fontproperties().get_file() == str(fonts.font_file()) or not one.get_window_extent().width


@pytest.mark.parametrize("lang", LANGS)
def test_chinese_pictures_are_in_chinese_and_english_ones_in_english(lang: str) -> None:
    outcome = city.outcome(1)
    figure = maps.city_map(outcome.pictures, "letter", (HISTORY_END, HORIZON), 50_000, 1, lang)
    said = "".join(one.get_text() for one in texts(figure))
    chinese = any(unicodedata.east_asian_width(letter) == "W" for letter in said)
    assert chinese == (lang == "zh")
    assert "GeoNames" in said and ("示意" if lang == "zh" else "stylised") in said


def boxes(figure: Figure, chosen: Callable[[Text], bool]) -> list[tuple[str, float, float, float, float]]:
    found = []
    for one in texts(figure):
        if chosen(one):
            box = one.get_window_extent()
            found.append((one.get_text(), box.x0, box.x1, box.y0, box.y1))
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("qianwan", [False, True])
def test_names_of_towns_do_not_overlap(lang: str, qianwan: bool) -> None:
    outcome = city.outcome(1, qianwan=qianwan)
    figure = maps.city_map(outcome.pictures, "letter", (HISTORY_END, HORIZON), 50_000, 1, lang)
    names = {maps.short_name(name) for name in outcome.pictures.town_names[lang == "en"]}
    found = boxes(figure, lambda text: text.get_text() in names)
    assert len(found) == 2 * len(names)
    for place, (one, left, right, low, high) in enumerate(found):
        for other, left2, right2, low2, high2 in found[place + 1 :]:
            apart = left >= right2 or left2 >= right or low >= high2 or low2 >= high
            assert apart, (one, other)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_written_leaves_the_paper(lang: str) -> None:
    outcome = city.outcome(3, targets={"space": Target(0.6), "functions": Target(0.2, Quarter(2024, 4))})
    targets = [one.target for one in targets_reached(outcome)]
    here = paths(outcome.indicators, [*INDICES, *charts.PER_MU])
    figures = (
        charts.goal_paths(here, targets, charts.Notes("x" * 30, (1, 2, 3), 1_000_000, 0.06, (290, 400)), lang),
        maps.city_map(outcome.pictures, "x" * 30, (HISTORY_END, HORIZON), 1_000_000, 1, lang),
    )
    for figure in figures:
        breadth, height = figure.get_size_inches() * figure.dpi
        for text, left, right, low, high in boxes(figure, lambda one: True):
            assert left >= -1 and right <= breadth + 1 and low >= -1 and high <= height + 1, text


def test_a_target_of_the_scenario_is_drawn_at_its_level() -> None:
    outcome = city.outcome(1, targets={"space": Target(0.61)})
    here = paths(outcome.indicators, [*INDICES, *charts.PER_MU])
    panel = charts.goal_paths(here, [one.target for one in targets_reached(outcome)], NOTES, "en").axes[0]
    levels = [line.get_ydata()[0] for line in panel.get_lines() if line.get_linestyle() == "--"]
    assert levels == [0.61]
    assert panel.get_ylim()[1] > 0.61


def test_a_smaller_city_is_mapped_at_full_scale() -> None:
    outcome = city.outcome(1)
    small = outcome.pictures
    figure = maps.city_map(small, "letter", (HISTORY_END, HORIZON), 25_000, 1, "en")
    said = " ".join(one.get_text() for one in texts(figure))
    assert f"{2 * small.land_start.sum():,.0f} mu" in said and "scaled up" in said


def test_the_half_kilometre_grid_is_drawn_by_the_same_scale() -> None:
    for grid in ("1km", "500m"):
        pictures = city.pictures(grid=grid)
        raster, extent = maps.raster(pictures, pictures.land_start / pictures.side_km**2)
        assert raster.shape[0] * pictures.side_km == pytest.approx(extent[3] - extent[2])
        assert np.nanmax(raster) == pytest.approx((pictures.land_start / pictures.side_km**2).max())
        charts.png(maps.city_map(pictures, "letter", (HISTORY_END, HORIZON), 50_000, 1, "en"))
