"""Mesa's page (SolaraViz) of the model, without a browser: its buttons are clicked and its pictures looked at."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ipyvuetify
import ipywidgets
import matplotlib as mpl
import matplotlib.image
import matplotlib.pyplot as plt
import numpy as np
import pytest
import solara
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from clustersim import ClusterModel, Quarter
from clustersim.model import Firm
from clustersim.model.grid import CityLayer

with warnings.catch_warnings():
    # Mesa's ComponentsView calls a hook after an early return, which Solara says when the module is imported.
    warnings.filterwarnings("ignore", ".*use_state. found despite early return", UserWarning, "solara.validate_hooks")
    from mesa.visualization import SolaraViz, SpaceRenderer, make_plot_component, make_space_component
from mesa.visualization.components import AgentPortrayalStyle, PropertyLayerStyle
from mesa.visualization.mpl_space_drawing import draw_space

LEVER = "differential.surcharge_below_d"
SLIDER = "Surcharge on grade D, below scale"
COLOURS = {"NONE": "tab:gray", "A": "tab:green", "B": "tab:blue", "C": "tab:orange", "D": "tab:red"}
# Layers of one colour let through what lies below where they are 0: land, with its industry darker.
LAYERS = {
    "land": PropertyLayerStyle(color="wheat", alpha=0.6, colorbar=False),
    "industrial_land_mu": PropertyLayerStyle(color="black"),
}


def by_grade(firm: Firm) -> AgentPortrayalStyle:
    return AgentPortrayalStyle(color=COLOURS[firm.grade.name])


def layers(layer: CityLayer) -> PropertyLayerStyle | None:
    return LAYERS.get(layer.name)


class Page:
    """What somebody at the page sees and does."""

    def __init__(self, context: Any, model: solara.Reactive[ClusterModel]) -> None:
        self.context, self._model = context, model

    @property
    def model(self) -> ClusterModel:
        """The model on show: Reset puts another in its place."""
        return self._model.value

    @property
    def pictures(self) -> list[bytes]:
        """The map and the plot as PNG."""
        return [bytes(one.value) for one in self.context.find(ipywidgets.Image).widgets]

    def button(self, label: str) -> Any:
        return next(one for one in self.context.find(ipyvuetify.Btn).widgets if label in one.children)

    def click(self, label: str) -> None:
        self.button(label).click()

    def slide(self, label: str, value: float) -> None:
        (slider,) = (one for one in self.context.find(ipyvuetify.Slider).widgets if one.label == label)
        slider.v_model = value


@contextmanager
def shown(**more: Any) -> Iterator[Page]:
    """The page of a city of 300 firms."""
    fixed = {"rng": 1, "firms": 300, **more}
    slider = {"type": "SliderFloat", "value": 0.3, "label": SLIDER, "min": 0.0, "max": 1.0, "step": 0.1}
    model = solara.reactive(ClusterModel(**fixed, levers={LEVER: 0.3}))
    # Mesa 3.3 leaves the size of a portrayal out of this picture; `s` reaches matplotlib.
    space = make_space_component(by_grade, propertylayer_portrayal=layers, draw_grid=False, s=6)
    plot = make_plot_component(["space", "green"])
    page = SolaraViz(model, components=[space, plot], model_params={LEVER: slider, **fixed}, name="clustersim")
    # Buttons and sliders go into the bars of the layout: without one they would not be there.
    _, context = solara.render(solara.AppLayout(children=[page]), handle_error=False)
    try:
        yield Page(context, model)
    finally:
        context.close()


def pixels(picture: bytes) -> Any:
    return matplotlib.image.imread(io.BytesIO(picture), format="png")


def has_colour(picture: bytes, colour: str) -> bool:
    return bool(np.isclose(pixels(picture), to_rgba(colour), atol=0.01).all(axis=-1).any())


def test_the_page_shows_a_map_and_a_plot() -> None:
    settings = dict(mpl.rcParams)
    with shown() as page:
        space, plot = page.pictures
        assert all(min(pixels(one).shape[:2]) > 250 for one in (space, plot))
        grades = {firm.grade.name for firm in page.model.agents}
        assert {name for name, colour in COLOURS.items() if has_colour(space, colour)} == grades
        page.click("Step")
        page.click("Step")
        assert has_colour(page.pictures[1], "tab:blue")
        assert has_colour(page.pictures[1], "tab:orange")
    assert dict(mpl.rcParams) == settings


def test_step_lives_a_quarter_until_the_horizon() -> None:
    with shown(until="2021Q4") as page:
        model, seen = page.model, [page.pictures]
        for quarter in (Quarter(2021, 3), Quarter(2021, 4)):
            assert not page.button("Step").disabled
            page.click("Step")
            assert page.model is model
            assert model.quarter == quarter
            seen.append(page.pictures)
        maps, plots = zip(*seen, strict=True)
        assert len(set(maps)) == len(set(plots)) == 3
        assert page.button("Step").disabled
        page.click("Reset")
        assert not page.button("Step").disabled


def test_reset_is_the_same_city_again() -> None:
    def lives(page: Page) -> list[list[bytes]]:
        seen = [page.pictures]
        for _ in range(3):
            page.click("Step")
            seen.append(page.pictures)
        return seen

    with shown() as page:
        model, first = page.model, lives(page)
        page.click("Reset")
        assert page.model is not model
        assert page.model.quarter == Quarter(2021, 2)
        assert (page.model.process_seed, page.model.setting, page.model.scenario) == (1, model.setting, model.scenario)
        assert lives(page) == first
        assert page.model.indices == model.indices


def test_a_lever_that_was_moved_is_in_the_next_model() -> None:
    with shown() as page:
        model = page.model
        page.slide(SLIDER, 0.9)
        page.click("Step")
        assert page.model is model
        page.click("Reset")
        assert page.model.scenario.levers.differential.surcharge_below_d == 0.9
        assert model.scenario.levers.differential.surcharge_below_d == 0.3
        alone = ClusterModel(rng=1, firms=300, levers={LEVER: 0.9})
        for _ in range(8):
            page.click("Step")
            alone.step()
        while model.quarter < alone.quarter:
            model.step()
        assert page.model.indices == alone.indices != model.indices


@pytest.fixture(scope="module")
def city() -> ClusterModel:
    """A year into the letter; nobody may change it."""
    model = ClusterModel(rng=1, firms=600)
    for _ in range(4):
        model.step()
    return model


def test_north_is_up_and_west_is_left(city: ClusterModel) -> None:
    """The sea is in the north and the hills are in the south; every firm is drawn where its cell lies."""
    grid, lone = city.grid, {tuple(one.coordinate): one.agents[0] for one in city.grid if len(one.agents) == 1}
    chosen = [lone[min(lone)], lone[max(lone)], lone[min(lone, key=lambda place: place[1])]]

    def only(firm: Firm) -> AgentPortrayalStyle:
        found = firm in chosen
        return AgentPortrayalStyle(color="red" if found else "white", zorder=3 if found else 1)

    figure = Figure()
    axes = figure.add_subplot()
    canvas = FigureCanvasAgg(figure)
    draw_space(grid, only, layers, ax=axes, draw_grid=False)
    canvas.draw()
    drawn = np.asarray(canvas.buffer_rgba())
    for firm in chosen:
        column, up = axes.transData.transform(firm.cell.coordinate)
        assert drawn[len(drawn) - 1 - int(up), int(column)].tolist() == [255, 0, 0, 255]
    assert axes.get_xlim()[0] < axes.get_xlim()[1]
    assert axes.get_ylim()[0] < axes.get_ylim()[1]
    land = axes.images[0]  # in the order of the layers
    assert land.origin == "lower"
    assert np.array_equal(np.asarray(land.get_array())[..., 3] > 0, grid.land.data.T)
    assert np.nonzero(grid.hill.data)[1].mean() < np.nonzero(grid.land.data)[1].mean()


def test_the_renderer_of_mesa_draws_it_too(city: ClusterModel) -> None:
    plt.switch_backend("agg")  # the renderer asks pyplot for its figure, and no test opens a window
    renderer = SpaceRenderer(city)
    try:
        renderer.draw_structure()
        renderer.draw_agents(by_grade)
        renderer.draw_propertylayer(layers)
        axes = renderer.canvas
        places = np.concatenate([one.get_offsets() for one in axes.collections if len(one.get_offsets()) > 1])
        assert sorted(map(tuple, places.tolist())) == sorted(firm.cell.coordinate for firm in city.agents)
        assert len(axes.images) == len(LAYERS)
    finally:
        plt.close(renderer.backend_renderer.fig)
