"""Firms, parks and towns: what they show, what may be set, and what happens when they have gone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clustersim import ClusterModel, Quarter
from clustersim.foundation.words import Action, Grade, Mark, ParkState, Site, Stage, Tenure, Unit
from clustersim.lab.firm_table import firm_table
from clustersim.model import Firm, Park, Town
from clustersim.model.agents import FREE, KEPT
from clustersim.world.columns import described_columns
from clustersim.world.firms import Firms
from clustersim.world.laws import check
from clustersim.world.tables import Parks, TownAccounts


def city(quarters: int = 1, **more: Any) -> ClusterModel:
    model = ClusterModel(**{"rng": 1, "firms": 1000, **more})
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def model() -> ClusterModel:
    """Two years into the letter; nobody may change it."""
    return city(8)


def test_a_firm_shows_what_the_table_of_firms_shows(model: ClusterModel) -> None:
    table = firm_table(model.world, 1).drop(columns=["seed", "cell", "place", "landlord", "target", "returns_to"])
    agents = model.agents
    assert agents.get("uid") == table["uid"].tolist()
    for name in table.columns:
        for plain, written in zip(agents.get(name), table[name].tolist(), strict=True):
            assert as_written(plain) == written, name


def as_written(value: Any) -> Any:
    match value:
        case None:
            return ""
        case Quarter():
            return str(value)
        case Mark():
            return " ".join(str(one.name).lower() for one in Mark if one in value)
        case tuple():
            return " ".join(one.name.lower() for one in value)
    return value.name.lower() if hasattr(value, "name") else value


def test_landlords_are_firms_or_nobody(model: ClusterModel) -> None:
    table = firm_table(model.world, 1)
    found = [firm.landlord.uid if firm.landlord else -1 for firm in model.agents]
    assert found == table["landlord"].tolist()
    assert max(found) > 0


def test_values_are_plain_and_kinds_are_words(model: ClusterModel) -> None:
    firm = model.agents.select(lambda one: one.site == Site.PARK)[0]
    kinds = {
        "uid": int, "cash": float, "revenue": float, "employees": float, "land": float, "registered": bool,
        "grade": Grade, "site": Site, "tenure": Tenure, "unit": Unit, "action": Action, "stage": Stage, "marks": Mark,
        "town": str, "sector": str, "born": Quarter, "place": Park, "upgrades": int,
    }  # fmt: skip
    assert {name: type(getattr(firm, name)) for name in kinds} == kinds
    assert (firm.unique_id, firm.deadline, firm.block) == (firm.uid, None, None)
    raw = model.firms
    assert firm.cash == raw.cash[firm.row] / 100
    assert firm.kwh_base == raw.kwh_base[firm.row] / 1000
    assert firm in firm.place.firms
    assert firm.cell is model.grid.cell_at(int(raw.cell[firm.row]))


def test_a_window_is_its_firm(model: ClusterModel) -> None:
    one, same, other = Firm(model, 5), Firm(model, 5), Firm(model, 6)
    assert one == same
    assert one is not same
    assert one != other
    assert len({one, same, other}) == 2
    assert one != Firm(city(8), 5)
    assert one != Park(model, 5)
    assert repr(one) == f"Firm({one.uid})"
    assert one.pos is None


@pytest.mark.parametrize(("agent", "table"), [(Firm, Firms), (Park, Parks), (Town, TownAccounts)])
def test_every_column_is_an_attribute_with_its_meaning(agent: type, table: Any) -> None:
    for name, about in described_columns(table).items():
        assert isinstance(getattr(agent, name), property)
        assert getattr(agent, name).__doc__
        assert getattr(agent, name).__doc__.startswith(
            "its park" if name == "place" else about["meaning"].replace("NOBODY", "None")
        )


def test_of_every_column_it_is_said_whether_it_may_be_set() -> None:
    kept = [name for names in KEPT.values() for name in names]
    assert sorted([*FREE, *kept]) == sorted(described_columns(Firms))


def test_what_is_set_is_there_and_the_books_still_close() -> None:
    model = city()
    firm = model.agents[7]
    firm.cash, firm.grade, firm.known, firm.marks = 1234.56, Grade.D, True, Mark.OUTDATED
    firm.employees += 10.0
    for name, (low, _) in FREE.items():
        if name not in ("cash", "grade", "known", "marks", "registered"):
            value = getattr(firm, name)
            setattr(firm, name, value if value >= low else low)
            assert getattr(firm, name) == value
    assert (firm.cash, firm.grade, firm.known, firm.marks) == (1234.56, Grade.D, True, Mark.OUTDATED)
    assert model.firms.cash[firm.row] == 123456
    model.agents.set("safety", 0.9).set("cash", -5.0)
    assert set(model.agents.get("safety")) == {0.9}
    for _ in range(3):
        model.step()  # the census would stop it
    check(model.world)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cash", math.nan, "not a finite number"),
        ("cash", "much", "not a number"),
        ("cash", 1e300, "does not fit"),
        ("cash", -1e13, "not from -1e\\+12 to 1e\\+12"),
        ("safety", 1.5, "not from 0 to 1"),
        ("revenue", 0.0, "not from"),
        ("employees", -1, "not from 0"),
        ("known", 1, "neither True nor False"),
        ("grade", 9, "not a valid Grade"),
        ("marks", 1, "not a Mark"),
        ("d_years", 1.5, "not a whole number"),
        ("overdrawn", 1000, "does not fit"),
    ],
)
def test_what_cannot_be_is_refused(model: ClusterModel, name: str, value: Any, said: str) -> None:
    firm = model.agents[0]
    before = getattr(firm, name)
    with pytest.raises(ValueError, match=f"firm.{name}: .*{said}"):
        setattr(firm, name, value)
    with pytest.raises(ValueError, match=said):
        model.agents.set(name, value)
    assert getattr(firm, name) == before


def test_what_is_counted_elsewhere_cannot_be_set(model: ClusterModel) -> None:
    firm = model.agents[0]
    for reason, names in KEPT.items():
        for name in names:
            with pytest.raises(AttributeError) as caught:
                setattr(firm, name, getattr(firm, name))
            assert str(caught.value) == f"firm.{name} cannot be set: {reason}"
    with pytest.raises(AttributeError, match="window made on demand"):
        firm.mood = "good"
    with pytest.raises(AttributeError):
        firm.unique_id = 3
    with pytest.raises(AttributeError, match="follows from the rules"):
        model.parks[0].rent = 1.0


def test_nobody_comes_or_goes_by_a_call(model: ClusterModel) -> None:
    for refused in (model.agents[0].remove, lambda: Firm.create_agents(model, 3)):
        with pytest.raises(TypeError, match="by the rules"):
            refused()


def test_a_firm_that_has_gone_says_so() -> None:
    model = city(0)
    before = list(model.agents)
    while all(firm.alive for firm in before):
        model.step()
    gone = next(firm for firm in before if not firm.alive)
    assert gone not in model.agents
    assert gone.gone == model.quarter
    with pytest.raises(
        LookupError, match=rf"firm {gone.uid} has gone \({model.quarter}, {gone.exit_cause.name.lower()}"
    ):
        gone.cash = 1.0
    while model.firms.uid[gone.row] == gone.unique_id:
        model.step()
    with pytest.raises(LookupError, match=f"firm {gone.unique_id} has gone, and firm .* has its row"):
        _ = gone.revenue
    assert gone not in model.agents
    assert Firm(model, gone.row) in model.agents


def test_parks_and_towns(model: ClusterModel) -> None:
    parks, firms = model.parks, model.agents
    assert len(parks) == np.count_nonzero(model.world.parks.state != ParkState.CANDIDATE)
    assert parks.get("unique_id") == sorted(parks.get("identity"))
    inside = firms.select(lambda firm: firm.site == Site.PARK)
    assert sum(len(park.firms) for park in parks) == len(inside) == model.value("in_parks")
    full = max(parks, key=lambda park: len(park.firms))
    assert 0.0 < full.occupancy <= 1.0
    assert full.firms_by_sector == tuple(
        sum(firm.sector == key for firm in full.firms) for key in model.world.sectors.key
    )
    assert sum(full.floor) * (1 - full.occupancy) == pytest.approx(sum(full.free))
    towns = model.towns
    assert towns.get("name") == list(model.world.towns.en)
    assert [len(town.firms) for town in towns] == [town.value("firms") for town in towns]
    assert sum(len(town.parks) for town in towns) == len(parks)
    assert all(park.town == town.name for town in towns for park in town.parks)
    assert towns[2].name_zh == model.world.towns.zh[2]
    assert towns.agg("left", sum) == pytest.approx(model.value("land_ledger_mu"))


def test_a_class_of_ones_own_is_used_everywhere() -> None:
    class Workshop(Firm):
        @property
        def margin(self) -> float:
            return self.profit / self.revenue

        @property
        def revenue(self) -> float:
            return 1.0

    class Mine(ClusterModel):
        firm_type = Workshop

    model = Mine(rng=1, firms=400)
    model.step()
    assert type(model.agents[0]) is Workshop
    assert type(model.towns[0].firms[0]) is Workshop
    assert model.agents.get("margin") == model.agents.get("profit")
    assert set(model.agents.get("revenue")) == {1.0}
    assert Workshop in model.agents_by_type
    pd.testing.assert_series_equal(
        pd.Series(model.agents.groupby("town").count()).sort_index(),
        pd.Series({town.name: len(town.firms) for town in model.towns if len(town.firms)}).sort_index(),
    )
