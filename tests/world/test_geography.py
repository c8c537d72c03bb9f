"""Towns, grid and data files: what holds of the shipped ones, and what is said about a file that cannot be used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clustersim.foundation.assumptions import Assumptions
from clustersim.world import geography, sectors, totals
from clustersim.world.datafiles import FILES, DataError, Field, path_of, read
from clustersim.world.population import build

DEFAULTS = Assumptions()


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """A folder with one shipped table in which the first `old` is `new`."""
    text = path_of(name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("grid", "qianwan"), [("1km", False), ("1km", True), ("500m", False)])
def test_towns_and_cells_fit_together(grid: str, qianwan: bool) -> None:
    towns, cells = geography.load(grid, qianwan)
    assert len(towns) == (19 if qianwan else 17)
    assert towns.firm_share.sum() == pytest.approx(1.0)
    assert (cells.town[towns.seat_cell] == np.arange(len(towns))).all()
    assert not cells.hill[towns.seat_cell].any()
    assert (cells.plan_rank[cells.hill] == geography.NEVER).all()
    for town in range(len(towns)):
        ranks = np.sort(cells.plan_rank[(cells.town == town) & ~cells.hill])
        assert (ranks == np.arange(len(ranks))).all()
    planned = geography.planned_mask(cells, towns, 100.0)
    assert planned.sum() * cells.side_km**2 == pytest.approx(100.0, abs=0.5)
    assert cells.urban[planned].all()  # the smaller mask lies inside the larger one
    assert not (planned & cells.hill).any()


@pytest.mark.parametrize("grid", ["1km", "500m"])
def test_neighbours_are_those_within_reach_and_mutual(grid: str) -> None:
    _, cells = geography.load(grid)
    for start, lists, reach in ((cells.near_start, cells.near, 1.5), (cells.around_start, cells.around, 3.0)):
        for one in range(0, len(cells), 97):
            away = np.hypot(cells.x_km - cells.x_km[one], cells.y_km - cells.y_km[one])
            assert lists[start[one] : start[one + 1]].tolist() == np.flatnonzero(away <= reach + 1e-6).tolist()


def test_the_plan_stops_at_the_land_there_is() -> None:
    towns, cells = geography.load()
    assert (geography.planned_mask(cells, towns, 1e6) == ~cells.hill).all()


def test_largest_remainder_keeps_the_total() -> None:
    for total in (0, 1, 7, 1000):
        shares = np.array([0.0, 0.3, 0.3, 0.4])
        parts = geography.largest_remainder(shares, total)
        assert parts.sum() == total and parts[0] == 0 and (np.abs(parts - shares * total) < 1.0).all()


def test_every_shipped_table_is_known_and_says_its_sources() -> None:
    shipped = {one.name for one in path_of("towns.csv").parent.glob("*.csv")}
    assert shipped == set(FILES)
    for name in FILES:
        assert all(len(source) > 2 for source in read(name, (Field("source"),))["source"])


BAD = [
    ("towns.csv", "firm_share", "share_of_firms", "towns.csv:1: column firm_share is missing"),
    ("towns.csv", "0.0541", "many", "towns.csv:2: firm_share: 'many' is not a number from 0.001 to 1"),
    ("towns.csv", "0.0541", "1.5", "towns.csv:2: firm_share: '1.5' is not a number from 0.001 to 1"),
    ("towns.csv", "0.0541", "nan", "towns.csv:2: firm_share: 'nan' is not"),
    ("towns.csv", "lighter_stationery", "boats", "towns.csv:2: signature_sector: 'boats' is not one of appliance, "),
    ("towns.csv", "白沙路街道", "浒山街道", "towns.csv:3: name_zh: '浒山街道' stands there twice"),
    ("grid_1km.csv", "掌起镇", "无名镇", "grid_1km.csv:2: town: '无名镇' is not one of"),
    ("sectors.csv", "bearing,", "appliance,", "sectors.csv:2: sector: needed are, in this order, appliance, bearing"),
    ("sector_chain.csv", "appliance,0.0", "appliance,0.9", "sector_chain.csv:2: the weights of appliance sum to more"),
    ("city_totals.csv", "manufacturing_employment", "workers", "city_totals.csv:5: variable: 'workers' is not one of"),
    ("city_totals.csv", "30966", "90000", "city_totals.csv:1: value: above-scale land and blocks must leave"),
    ("parks.csv", "2018Q4", "2018-10", "parks.csv:2: opens: '2018-10' is not a quarter: write it like 2025Q4"),
    ("parks.csv", "professional", "somebody", "parks.csv:2: developer: 'somebody' is not one of state_platform"),
    ("blocks.csv", "附海镇", "无名镇", "blocks.csv:2: town: '无名镇' is not one of"),
    ("blocks.csv", "43.0", "-1", "blocks.csv:2: mu: '-1' is not a number from 0.1 to 5000"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), BAD, ids=[f"{one[0]}-{one[2]}" for one in BAD])
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = changed(tmp_path, name, old, new)
    with pytest.raises(DataError) as refused:
        build(200, 1, DEFAULTS, data=folder)
    assert str(folder / message) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_unknown_files_folders_and_grids_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such folder"):
        geography.load(data=tmp_path / "nowhere")
    with pytest.raises(DataError, match="'2km' is not a grid: one of 1km, 500m"):
        geography.load("2km")
    (tmp_path / "cities.csv").write_text("a\n1\n")
    with pytest.raises(DataError, match=r"cities.csv: not a data file of this model; known are towns.csv"):
        geography.load(data=tmp_path)


def test_an_empty_or_unreadable_table_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "city_totals.csv"
    table.write_text("variable,value\n")
    with pytest.raises(DataError, match=r"city_totals.csv:2: the table has no rows"):
        totals.load(tmp_path)
    table.write_text("variable,value\njobs\n")
    with pytest.raises(DataError, match=r"city_totals.csv:2: variable: 'jobs' is not one of"):
        totals.load(tmp_path)
    table.write_text("variable,value\nmanufacturing_employment\n")
    with pytest.raises(DataError, match=r"city_totals.csv:2: value: '' is not a number from 1 to 1e\+12"):
        totals.load(tmp_path)
    table.write_bytes("变量,值\n".encode("gb18030"))
    with pytest.raises(DataError, match=r"city_totals.csv: cannot be read as a table in UTF-8"):
        totals.load(tmp_path)


def test_a_file_of_ones_own_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    folder = changed(tmp_path, "city_totals.csv", "manufacturing_employment,600000", "manufacturing_employment,300000")
    assert build(500, 1, DEFAULTS, data=folder).firms.employees.sum() == pytest.approx(3000.0, rel=1e-4)
    assert len(sectors.load(folder)) == 14  # the other tables are still the shipped ones
