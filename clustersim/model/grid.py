"""The towns as a Mesa grid: cells that know their firms, and property layers that follow the city.

Coordinates are (x, y): columns from the west and rows from the south, as in the data files and as Mesa draws them.
The grid is a rectangle; `land` is False where no cell of the modelled towns lies (sea, other towns), and every other
layer is 0 there, `town` -1. The grid is remade from the city when a model is copied or loaded.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from mesa.discrete_space import Cell, OrthogonalMooreGrid
from mesa.discrete_space.cell_collection import CellCollection
from mesa.discrete_space.property_layer import PropertyLayer

from clustersim.foundation.words import CENTIARE, CENTIMU, NOBODY, Site
from clustersim.model.sets import WindowSet

if TYPE_CHECKING:
    from clustersim.model.cluster_model import ClusterModel


class TownCell(Cell):
    """A cell; `agents` are the firms standing in it now, `place` its row of Cells, NOBODY where there is no land."""

    grid: TownGrid | None = None  # while Mesa still makes the grid
    place: int = NOBODY

    @property
    def _agents(self) -> Any:
        return self.grid.model.firms_at("cell", self.place) if self.grid else []

    @_agents.setter
    def _agents(self, agents: Any) -> None:
        """Mesa starts every cell with an empty list; ours looks at the city instead."""

    @property
    def agents(self) -> WindowSet:
        """The firms standing in the cell, by uid."""
        found: WindowSet = self._agents
        return found

    def add_agent(self, agent: Any) -> None:
        """Refused: firms move by the rules."""
        raise TypeError("firms come to a cell and leave it by the rules of the model, not by a call")

    remove_agent = add_agent

    # Mesa remembers neighbourhoods in caches of the class, which would keep every grid, and its city, for good.

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> Any:
        """The cells within `radius` steps, diagonals included, without the cell itself unless asked."""
        return CellCollection(self._neighborhood(radius, include_center), random=self.random)

    def _neighborhood(self, radius: int = 1, include_center: bool = False) -> dict[TownCell, WindowSet]:
        if radius < 1:
            raise ValueError("radius must be larger than one")
        x, y = self.coordinate
        cells = self.grid._cells if self.grid else {}
        around = product(range(x - radius, x + radius + 1), range(y - radius, y + radius + 1))
        found = [cells[place] for place in around if place in cells]
        return {cell: cell._agents for cell in found if include_center or cell is not self}

    def _clear_cache(self) -> None:
        self.__dict__.pop("neighborhood", None)


class CityLayer(PropertyLayer):
    """A layer that shows the city as it is when it is read. It cannot be written: add a layer of your own for that."""

    def __init__(self, name: str, model: ClusterModel, dimensions: tuple[int, int], read: Callable[[Any], Any]) -> None:
        self.name, self.dimensions = name, dimensions
        self._model, self._read = model, read
        self._seen: Any = None

    @property
    def _mesa_data(self) -> Any:
        if self._seen != self._model.world.quarter:
            world, cells = self._model.world, self._model.world.cells
            values = self._read(self._model)
            fresh = np.full(self.dimensions, NOBODY if self.name == "town" else values.dtype.type(0), values.dtype)
            fresh[cells.column, cells.row] = values
            fresh.flags.writeable = False
            self._data, self._seen = fresh, world.quarter
        return self._data

    @_mesa_data.setter
    def _mesa_data(self, value: Any) -> None:
        raise TypeError(f"layer {self.name} shows the city and cannot be changed; use create_property_layer")

    def set_cells(self, value: Any, condition: Any = None) -> None:
        """Refused."""
        self._mesa_data = value


class TownGrid(OrthogonalMooreGrid):
    """The grid of a model's city, with its layers: see `LAYERS`."""

    def __init__(self, model: ClusterModel) -> None:
        cells = model.world.cells
        size = int(cells.column.max()) + 1, int(cells.row.max()) + 1
        super().__init__(size, random=model.random, cell_klass=TownCell)
        copyreg.dispatch_table.pop(self.cell_klass, None)  # Mesa's entry would keep this grid's class for good
        self.model = model
        for cell in self:
            cell.grid = self
        del self.all_cells  # Mesa took it before cells could look at their firms
        coordinates = zip(cells.column.tolist(), cells.row.tolist(), strict=True)
        self._by_place: list[TownCell] = [self[place] for place in coordinates]
        for place, cell in enumerate(self._by_place):
            cell.place = place
        self.remove_property_layer("empty")
        for name, read in LAYERS.items():
            self.add_property_layer(CityLayer(name, model, size, read))

    @property
    def agents(self) -> WindowSet:
        """The living firms."""
        return self.model.agents

    def cell_at(self, place: int) -> TownCell:
        """The cell of a row of Cells."""
        return self._by_place[place]


def _count(model: ClusterModel, cells: Any) -> Any:
    return np.bincount(cells, minlength=len(model.world.cells))


def _firms(model: ClusterModel) -> Any:
    return _count(model, model.firms.cell[model.living.rows])


def _firms_in_parks(model: ClusterModel) -> Any:
    rows = model.living.rows
    return _count(model, model.firms.cell[rows[model.firms.site[rows] == Site.PARK]])


def _jobs(model: ClusterModel) -> Any:
    rows, world = model.living.rows, model.world
    return np.bincount(world.firms.cell[rows], world.firms.employees[rows], len(world.cells))


def _floor(model: ClusterModel, name: str) -> Any:
    parks = model.world.parks
    return np.bincount(parks.cell, getattr(parks, name).sum(axis=1), len(model.world.cells)) / CENTIARE


LAYERS: Final[dict[str, Callable[[Any], Any]]] = {
    "land": lambda model: np.ones(len(model.world.cells), np.bool_),
    "town": lambda model: model.world.cells.town.astype(np.int64),  # row of Towns
    "hill": lambda model: model.world.cells.hill,
    "urban": lambda model: model.world.cells.urban,
    "planned": lambda model: model.world.city.planned,
    "industrial_land_mu": lambda model: model.world.city.cell_land / CENTIMU,
    "firms": _firms,
    "firms_in_parks": _firms_in_parks,
    "jobs": _jobs,
    "park_floor_m2": lambda model: _floor(model, "floor"),
    "park_free_m2": lambda model: _floor(model, "free"),
    "empty": lambda model: _firms(model) == 0,
}
