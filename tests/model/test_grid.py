"""The grid and its layers show the city as it is, and go with it."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from clustersim import ClusterModel
from clustersim.foundation.words import Site
from clustersim.model.grid import LAYERS


@pytest.fixture(scope="module")
def model() -> ClusterModel:
    """A year into the letter; nobody may change it."""
    model = ClusterModel(rng=1, firms=600)
    for _ in range(4):
        model.step()
    return model


def test_cells_lie_as_in_the_data(model: ClusterModel) -> None:
    grid, cells = model.grid, model.world.cells
    assert grid is model.grid
    assert (grid.width, grid.height) == (cells.column.max() + 1, cells.row.max() + 1)
    for place in (0, 100, len(cells) - 1):
        cell = grid.cell_at(place)
        assert cell.coordinate == (cells.column[place], cells.row[place])
        assert cell.place == place
        assert cell.town == cells.town[place]
        assert cell.hill == cells.hill[place]


def test_layers_add_up_to_the_tables(model: ClusterModel) -> None:
    grid, world = model.grid, model.world
    sums = {name: getattr(grid, name).data.sum() for name in LAYERS if name != "town"}
    assert sums["land"] == len(world.cells)
    assert sums["hill"] == world.cells.hill.sum()
    assert sums["planned"] == world.city.planned.sum()
    assert sums["industrial_land_mu"] == pytest.approx(model.value("industrial_land_mu"))
    assert sums["firms"] == model.value("firms") == len(model.agents)
    assert sums["firms_in_parks"] == model.value("in_parks")
    assert sums["jobs"] == pytest.approx(model.value("jobs"))
    assert sums["park_floor_m2"] == pytest.approx(model.value("park_floor_m2"))
    assert sums["park_free_m2"] == pytest.approx(model.value("park_free_m2"))
    town = grid.town.data
    assert np.array_equal(town >= 0, grid.land.data)
    by_town = [grid.firms.data[town == one.row].sum() for one in model.towns]
    assert by_town == [one.value("firms") for one in model.towns]


def test_cells_know_their_firms(model: ClusterModel) -> None:
    grid = model.grid
    assert list(grid.agents) == list(model.agents)
    assert sorted(firm.uid for firm in grid.all_cells.agents) == model.agents.get("uid")
    firm = model.agents.select(lambda one: one.site == Site.PLOT)[0]
    assert firm in firm.cell.agents
    assert set(firm.cell.agents.get("cell")) == {firm.cell}
    assert firm.cell.firms == len(firm.cell.agents)
    assert not firm.cell.is_empty
    assert not firm.cell.empty
    sea = next(cell for cell in grid if not cell.land)
    assert (len(sea.agents), sea.is_empty, sea.town, sea.firms) == (0, True, -1, 0)
    assert (
        len(grid.empties) == np.count_nonzero(grid.firms.data == 0) == grid.empty.data.sum() + (~grid.land.data).sum()
    )


def test_neighbourhoods_are_squares(model: ClusterModel) -> None:
    cell = model.grid[20, 20]
    assert len(cell.neighborhood) == 8
    around = cell.get_neighborhood(radius=2, include_center=True)
    assert {one.coordinate for one in around} == {(x, y) for x in range(18, 23) for y in range(18, 23)}
    assert len(model.grid[0, 0].get_neighborhood(radius=2)) == 8
    assert model.grid.get_neighborhood_mask((20, 20), radius=2).sum() == 25
    with pytest.raises(ValueError, match="radius"):
        cell.get_neighborhood(0)


def test_layers_follow_the_city_and_are_not_written() -> None:
    model = ClusterModel(rng=1, firms=600, until="2022Q2")
    layer, live = model.grid.firms, model.grid.all_cells
    before = layer.data.copy()
    model.run_model()
    assert layer.data.sum() == len(model.agents)
    assert not np.array_equal(layer.data, before)
    assert len(list(live.agents)) == len(model.agents)
    for write in (
        lambda: layer.set_cells(1), lambda: layer.modify_cells(np.add, 1), lambda: setattr(layer, "data", 1),
        lambda: model.grid.set_property("firms", 1), lambda: model.agents[0].cell.add_agent(model.agents[0]),
    ):  # fmt: skip
        with pytest.raises(TypeError):
            write()
    with pytest.raises(ValueError, match="read-only"):
        layer.data[0, 0] = 1
    assert len(model.grid.select_cells({"firms": lambda data: data > 3})) == np.count_nonzero(layer.data > 3)
    mine = model.grid.create_property_layer("mine", default_value=0.0)
    mine.data[3, 4] = 1.0
    assert model.grid[3, 4].mine == 1.0


def test_the_finer_grid_works_too() -> None:
    model = ClusterModel(rng=1, firms=400, grid="500m", qianwan=True)
    assert model.grid.land.data.sum() == len(model.world.cells) > 3000
    assert len(model.towns) == 19
    assert model.agents[0] in model.agents[0].cell.agents


def test_a_grid_goes_with_its_model() -> None:
    model = ClusterModel(rng=1, firms=400)
    kinds = [weakref.ref(model.grid.cell_klass), weakref.ref(model.grid)]
    del model
    gc.collect()
    assert [one() for one in kinds] == [None, None]
