"""The map of a run: the city before the policy and at the horizon, side by side, drawn from plain columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath

from clustersim.foundation.words import FULL_CITY, Quarter
from clustersim.show.fonts import font
from clustersim.show.words import say
from clustersim.world.columns import Flags, Floats, Long

if TYPE_CHECKING:
    from clustersim.lab.runs import Pictures

INK: Final = "#222222"
GREY: Final = "#6b6b6b"
PLAN: Final = "#0072B2"
HILL: Final = "#d3d8cf"
EMPTY: Final = "#fafaf7"
PARK: Final = "#7b3294"  # purple: far from the browns of the land in every kind of colour vision
# Mu of industrial land on a square kilometre, each step about twice the last; from pale straw to dark brown
STEPS: Final = (1.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 960.0)
BROWNS: Final = ("#fdf3d0", "#fbe09a", "#f5c064", "#e79a3c", "#cc7224", "#a24c12", "#6b2d08")
BREADTH, HEIGHT, PANEL = 16.0, 8.6, 0.4785  # inches of the figure, and the share of its breadth a map takes
DOTS_PER_INCH: Final = 120  # pictures are 1920 dots wide
PARK_POINTS: Final = 4.4  # diameter of a park of 10,000 m2; area grows with floor
TEN_THOUSAND: Final = 10_000.0

Segments = list[tuple[tuple[float, float], tuple[float, float]]]
Raster = npt.NDArray[np.float64]


def city_map(
    pictures: Pictures,
    scenario: str,
    quarters: tuple[Quarter, Quarter],
    firms: int,
    seed: int,
    lang: str,
) -> Figure:
    """Two maps with one legend. A smaller city is shown at the scale of the full one."""
    scale = firms / FULL_CITY
    frame = _frame(pictures)
    aspect = (frame[3] - frame[2]) / (frame[1] - frame[0])
    figure = Figure(figsize=(BREADTH, HEIGHT), dpi=DOTS_PER_INCH, facecolor="white")
    height = PANEL * BREADTH * aspect / HEIGHT
    bottom = 0.838 - height
    sides = (
        (0.012, pictures.land_start, pictures.parks_start, quarters[0]),
        (0.5095, pictures.land_end, pictures.parks_end, quarters[1]),
    )
    for left, land, parks, quarter in sides:
        panel = figure.add_axes((left, bottom, PANEL, height))
        panel.set_xlim(frame[0], frame[1])
        panel.set_ylim(frame[2], frame[3])
        panel.set_autoscale_on(False)
        _draw(panel, pictures, land / scale, parks, scale, lang)
        figure.text(left + 0.004, 0.893, say("at_end_of", lang, quarter=quarter), color=INK, fontproperties=font(16))
        figure.text(left + 0.004, 0.86, _sums(pictures, land, parks, scale, lang), color=GREY, fontproperties=font(11))
    figure.text(0.016, 0.945, say("map_title", lang, scenario=scenario), color=INK, fontproperties=font(21))
    _legend(figure, bottom - 0.035, lang)
    notes = [say("stylised", lang), say("first_seed", lang, seed=seed)]
    notes += [say("scaled", lang, firms=firms)] if scale != 1.0 else []
    figure.text(0.016, 0.022, ("" if lang == "zh" else " ").join(notes), color=GREY, fontproperties=font(10))
    return figure


def _draw(panel: Axes, pictures: Pictures, land: Floats, parks: Long, scale: float, lang: str) -> None:
    """One map: land, hills, zones, towns, parks, names, scale."""
    side = pictures.side_km
    per_km2 = land / (side * side)
    grid, extent = raster(pictures, per_km2)
    panel.set_axis_off()
    panel.imshow(np.where(np.isnan(grid), np.nan, 0.0), extent=extent, origin="lower", cmap=ListedColormap([EMPTY]),
                 interpolation="nearest", aspect="equal")  # fmt: skip
    hills, _ = raster(pictures, np.where(pictures.hill, 1.0, np.nan))
    panel.imshow(hills, extent=extent, origin="lower", cmap=ListedColormap([HILL]), interpolation="nearest")
    panel.imshow(np.where(grid >= STEPS[0], grid, np.nan), extent=extent, origin="lower", cmap=ListedColormap(BROWNS),
                 norm=BoundaryNorm(STEPS, len(BROWNS), clip=True), interpolation="nearest")  # fmt: skip
    towns, _ = raster(pictures, pictures.town.astype(np.float64))
    planned, _ = raster(pictures, pictures.planned.astype(np.float64))
    panel.add_collection(LineCollection(edges(towns, extent, side), colors="#8a8a8a", linewidths=0.7))
    panel.add_collection(LineCollection(edges(planned, extent, side, zones=True), colors=PLAN, linewidths=1.5))
    _parks(panel, pictures, parks, scale)
    _names(panel, pictures, lang)
    _scale_bar(panel, extent)


def raster(pictures: Pictures, values: Floats) -> tuple[Raster, tuple[float, float, float, float]]:
    """Values by cell laid on a grid of rows from the south, NaN off the land; and its edges in km."""
    side = pictures.side_km
    west, south = pictures.x_km.min() - side / 2, pictures.y_km.min() - side / 2
    column = np.rint((pictures.x_km - west) / side - 0.5).astype(np.int64)
    row = np.rint((pictures.y_km - south) / side - 0.5).astype(np.int64)
    grid = np.full((row.max() + 1, column.max() + 1), np.nan)
    grid[row, column] = values
    return grid, (west, west + grid.shape[1] * side, south, south + grid.shape[0] * side)


def edges(grid: Raster, extent: Sequence[float], side: float, *, zones: bool = False) -> Segments:
    """Sides of cells where the value changes (or the land ends); with `zones` only around cells that hold 1.

    >>> len(edges(np.array([[1.0, 2.0]]), (0.0, 2.0, 0.0, 1.0), 1.0))
    7
    """
    shown = np.where(grid == 1.0, 1.0, -1.0) if zones else np.where(np.isnan(grid), -1.0, grid)
    wide = np.pad(shown, 1, constant_values=-1.0)
    west, south = extent[0], extent[2]
    lines: Segments = []
    for row, column in np.argwhere(wide[:, 1:] != wide[:, :-1]):
        x, y = west + column * side, south + (row - 1) * side
        lines.append(((x, y), (x, y + side)))
    for row, column in np.argwhere(wide[1:] != wide[:-1]):
        x, y = west + (column - 1) * side, south + row * side
        lines.append(((x, y), (x + side, y)))
    return lines


def _parks(panel: Axes, pictures: Pictures, parks: Long, scale: float) -> None:
    """A circle a cell with parks, its area by their finished floor."""
    cells = np.unique(parks[:, 0])
    floor = np.array([parks[parks[:, 0] == cell, 1].sum() for cell in cells]) / scale
    panel.scatter(
        pictures.x_km[cells], pictures.y_km[cells], s=_points(floor), color=PARK, alpha=0.75, edgecolors="white",
        linewidths=0.8, zorder=4,
    )  # fmt: skip


def _points(floor: Floats) -> Floats:
    return np.asarray(PARK_POINTS**2 * np.maximum(floor, 1000.0) / TEN_THOUSAND, np.float64)


def _names(panel: Axes, pictures: Pictures, lang: str) -> None:
    """The name of each town near the middle of its land, moved apart where they would meet."""
    names = [short_name(name) for name in pictures.town_names[lang == "en"]]
    size = 10.5 if lang == "zh" else 9.5
    left, right = panel.get_xlim()
    point = (right - left) / (PANEL * BREADTH * 72.0)  # in km
    middles = np.array([
        [pictures.x_km[here].mean(), pictures.y_km[here].mean()]
        for here in (_lowland(pictures, town) for town in range(len(names)))
    ])  # fmt: skip
    half = [TextPath((0.0, 0.0), name, prop=font(size)).get_extents().width / 2.0 + 2.0 for name in names]
    extents = np.array([[points * point, 0.75 * size * point] for points in half])
    for (x, y), name in zip(apart(middles, extents), names, strict=True):
        panel.text(x, y, name, ha="center", va="center", color=INK, fontproperties=font(size), zorder=6,
                   path_effects=[withStroke(linewidth=2.6, foreground="white", alpha=0.85)])  # fmt: skip


def _lowland(pictures: Pictures, town: int) -> Flags:
    here = pictures.town == town
    low = here & ~pictures.hill
    return np.asarray(low if low.any() else here)


def short_name(name: str) -> str:
    """A town's name without its rank.

    >>> [short_name(name) for name in ("观海卫镇", "古塘街道", "Guanhaiwei Town", "Andong Town (Qianwan)")]
    ['观海卫', '古塘', 'Guanhaiwei', 'Andong']
    """
    short = name.partition(" (")[0]
    for rank in ("街道", "镇", " Subdistrict", " Town"):
        short = short.removesuffix(rank)
    return short


def apart(middles: Floats, extents: Floats) -> Floats:
    """Places of boxes (half widths, half heights) pushed apart until none overlap."""
    places = middles.copy()
    for _ in range(400):
        moved = False
        for one in range(len(places)):
            for other in range(one + 1, len(places)):
                between = places[other] - places[one]
                overlap = extents[one] + extents[other] - np.abs(between)
                if (overlap > 0.0).all():
                    axis = int(np.argmin(overlap))
                    push = (overlap[axis] / 2.0 + 0.02) * (1.0 if between[axis] >= 0.0 else -1.0)
                    places[one, axis] -= push
                    places[other, axis] += push
                    moved = True
        if not moved:
            break
    return places


def _scale_bar(panel: Axes, extent: Sequence[float]) -> None:
    left, bottom = extent[0] + 0.6, extent[2] + 0.6
    for start, colour in ((0.0, INK), (5.0, "white")):
        panel.add_patch(Rectangle((left + start, bottom), 5.0, 0.28, facecolor=colour, edgecolor=INK, linewidth=0.8))
    for at, words in ((0.0, "0"), (5.0, "5"), (10.0, "10 km")):
        panel.text(left + at, bottom + 0.45, words, ha="center", color=INK, fontproperties=font(9))


def _frame(pictures: Pictures) -> tuple[float, float, float, float]:
    side = pictures.side_km
    return (
        float(pictures.x_km.min()) - side, float(pictures.x_km.max()) + side,
        float(pictures.y_km.min()) - side, float(pictures.y_km.max()) + side,
    )  # fmt: skip


def _sums(pictures: Pictures, land: Floats, parks: Long, scale: float, lang: str) -> str:
    """The city in figures, at the scale of the full one."""
    total = float(land.sum())
    share = float(land[pictures.planned].sum()) / total if total else 0.0
    floor = float(parks[:, 1].sum()) / scale / TEN_THOUSAND
    unit = 10 if lang == "en" else 1  # thousands of m2 in English
    return say("map_sums", lang, land=total / scale, share=share, parks=len(parks), floor=floor * unit)


def _legend(figure: Figure, top: float, lang: str) -> None:
    """Colours of the land on the left, marks on the right, below both maps."""
    panel = figure.add_axes((0.016, top - 0.03, 0.40, 0.022))
    panel.set_xlim(0, len(BROWNS))
    panel.set_ylim(0, 1)
    for place, colour in enumerate(BROWNS):
        panel.add_patch(Rectangle((place, 0), 1, 1, facecolor=colour, edgecolor="white", linewidth=0.8))
        panel.text(place, -0.25, f"{STEPS[place]:g}", ha="center", va="top", color=GREY, fontproperties=font(10))
    panel.text(len(BROWNS), -0.25, f"{STEPS[-1]:g}+", ha="center", va="top", color=GREY, fontproperties=font(10))
    panel.set_axis_off()
    figure.text(0.016, top + 0.003, say("land_axis", lang), color=INK, fontproperties=font(11))
    marks = figure.add_axes((0.5095, top - 0.06, 0.48, 0.085))
    marks.set_axis_off()
    handles: list[Any] = [
        Patch(facecolor="none", edgecolor=PLAN, linewidth=1.5, label=say("planned", lang)),
        Patch(facecolor=HILL, edgecolor="none", label=say("hill", lang)),
        Patch(facecolor=EMPTY, edgecolor="#8a8a8a", linewidth=0.7, label=say("no_land", lang)),
    ]
    handles += [
        marks.scatter([], [], s=float(_points(np.array([size * TEN_THOUSAND]))[0]), color=PARK, alpha=0.75,
                      edgecolors="white", label=say("floor", lang, floor=size))
        for size in (1, 5, 20)
    ]  # fmt: skip
    handles = [handles[place] for place in (0, 3, 1, 4, 2, 5)]  # a legend fills columns first: marks above, parks below
    marks.legend(handles=handles, loc="upper left", ncols=3, frameon=False, prop=font(11), handletextpad=0.5,
                 columnspacing=1.3, borderpad=0.0)  # fmt: skip
