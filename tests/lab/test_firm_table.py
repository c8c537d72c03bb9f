"""The table of firms for people: complete, in words, and true to the columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from clustersim import load_scenario, run
from clustersim.foundation.words import Mark, Quarter
from clustersim.lab.firm_table import firm_table
from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms
from tests.small_world import small_world


def test_every_column_is_there_in_words_and_plain_units() -> None:
    world = small_world(24)
    world.firms.alive[3] = False
    table = firm_table(world, seed=9)
    assert set(table.columns) == ({"seed"} | set(described_columns(Firms))) - {"alive"}
    assert len(table) == 23
    assert (table["seed"] == 9).all()
    first = table.iloc[0]
    assert first["town"] == world.towns.en[0]
    assert first["sector"] == "appliance"
    assert first["tenure"] == "owner"
    assert first["land"] == world.firms.land[0] / 100
    assert first["cash"] == world.firms.cash[0] / 100
    assert first["deadline"] == ""
    assert first["born"] == str(Quarter.from_index(int(world.firms.born[0])))


def test_marks_are_named_and_a_landlord_is_known_by_its_identity() -> None:
    world = small_world(12)
    world.firms.uid[:] += 100
    world.firms.marks[0] = Mark.PREMISES | Mark.OUTDATED
    table = firm_table(world, seed=1)
    assert table["marks"].iloc[0] == "premises outdated"
    assert table["landlord"].iloc[3] == world.firms.uid[1]
    assert table["landlord"].iloc[4] == -1


def test_a_run_keeps_the_firms_of_its_last_quarter(tmp_path: Path) -> None:
    result = run(load_scenario("letter"), seeds=[1, 2], firms=400, until="2021Q3", firms_table=True)
    folder = result.save(tmp_path / "run")
    firms = pd.read_parquet(folder / "firms.parquet")
    city = result.indicators.query("town == 'city' and indicator == 'firms' and quarter == '2021Q3'")
    assert firms.groupby("seed").size().tolist() == city["value"].astype(int).tolist()
    assert "firms.parquet" in (folder / "manifest.json").read_text(encoding="utf-8")
    assert np.all(firms["revenue"] > 0)
