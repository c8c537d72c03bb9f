"""The books: every flow has two ends, every exit a cause, and a quarter of a real city adds up."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from clustersim.foundation.words import SQUARE_METRES_PER_MU, Cause, Grade, Tenure
from clustersim.indicators import Measures
from clustersim.letter.differential import RELIEF_UNTIL
from clustersim.quarter import History
from clustersim.scenario import Scenario
from clustersim.world.books import CLAUSE_SLOTS, ENDS, Books, Count, Flow, Party
from clustersim.world.tables import World
from tests.cities import step_by_step

LETTER = Scenario("letter")
# What the city takes and pays by law and not for a clause of the letter, or that a clause does not claim
NOT_OF_A_CLAUSE = {Flow.TAXES, Flow.LAND_USE_TAX, Flow.DISCHARGE_CHARGE, Flow.LAND_PRICE_FIRMS, Flow.LAND_PRICE_PARKS}


@pytest.fixture(scope="module")
def quarters(city_history: History) -> list[tuple[World, Measures]]:
    """Every quarter of a life under the letter, each with books of its own."""
    return [(world.copy(), measures) for world, measures in step_by_step(city_history, LETTER)]


def test_every_flow_has_two_ends_and_only_rent_stays_among_firms() -> None:
    assert set(ENDS) == set(Flow)
    assert [flow for flow, (payer, payee) in ENDS.items() if payer == payee] == [Flow.RENT_TO_FIRMS]
    for party in Party:
        assert any(party in ends for ends in ENDS.values()), party.name


def test_every_cause_has_its_count() -> None:
    for cause in Cause:
        if cause != Cause.NONE:
            assert Count(Count.EXITED_CHOICE + cause - 1).name == f"EXITED_{cause.name}"


def test_opening_the_books_empties_them_and_a_copy_shares_nothing() -> None:
    books = Books.opened(3)
    books.money[0, 1], books.counts[2, 2], books.by_clause[3, 0] = 5, 6, 7
    other = books.copy()
    books.open()
    assert not books.money.any() and not books.counts.any() and not books.by_clause.any()
    assert (other.money.sum(), other.counts.sum(), other.by_clause.sum()) == (5, 6, 7)


def test_what_one_party_pays_another_gets(quarters: list[tuple[World, Measures]]) -> None:
    for world, _ in quarters:
        balance = dict.fromkeys(Party, 0)
        for flow, (payer, payee) in ENDS.items():
            amount = int(world.books.money[flow].sum())
            balance[payer] -= amount
            balance[payee] += amount
        assert sum(balance.values()) == 0


def test_every_kind_of_flow_runs_and_none_runs_backwards(quarters: list[tuple[World, Measures]]) -> None:
    total = sum(world.books.money.sum(axis=1) for world, _ in quarters)
    for world, _ in quarters:
        below = np.flatnonzero((world.books.money < 0).any(axis=1))
        assert {Flow(flow) for flow in below} <= {Flow.CASH_OUT, Flow.RUNNING_COST}
    idle = {flow.name for flow in Flow if total[flow] == 0}
    assert idle <= {"WORKSHOP_REWARD", "REFUND"}, "flows that nothing books"


def test_the_city_pays_what_its_clauses_cost(quarters: list[tuple[World, Measures]]) -> None:
    for world, measures in quarters:
        net = np.zeros(len(world.towns), np.int64)
        for flow, (payer, payee) in ENDS.items():
            if flow not in NOT_OF_A_CLAUSE:
                net += world.books.money[flow] * (int(payer is Party.CITY) - int(payee is Party.CITY))
        by_clause = world.books.by_clause.sum(axis=0)
        forgone = world.books.by_clause[CLAUSE_SLOTS.index("4.5")]  # tax relieved, less dearer discharge: no flow
        assert np.array_equal(net, by_clause - forgone)
        assert measures.value("fiscal_cost_yuan") == pytest.approx(by_clause.sum() / 100.0)
        parts = sum(measures.value(f"cost_{slot.replace('.', '_')}") for slot in CLAUSE_SLOTS)
        assert measures.value("fiscal_cost_yuan") == pytest.approx(parts)


def test_the_reward_budget_is_never_overspent(quarters: list[tuple[World, Measures]], city_history: History) -> None:
    by_year: dict[int, int] = {}
    rewards = [Flow.UPGRADE_REWARD, Flow.INTEREST_REWARD, Flow.WORKSHOP_REWARD, Flow.RENT_RELIEF]
    for world, measures in quarters:
        year = measures.quarter.year
        by_year[year] = by_year.get(year, 0) + int(world.books.money[rewards].sum())
        assert world.city.reward_left >= 0
    budget = LETTER.levers.differential.reward_budget * quarters[0][0].scale * 100
    assert by_year[2022] > 0
    left = city_history.world.city.reward_left  # of the calendar year in which the policy begins
    assert all(spent <= (left if year == 2021 else budget + 1) for year, spent in by_year.items())


def test_firms_come_and_go_by_the_books(quarters: list[tuple[World, Measures]]) -> None:
    for (before, _), (after, measures) in pairwise(quarters):
        for town in range(len(after.towns)):
            counts = after.books.counts[:, town]
            gone = counts[Count.EXITED_CHOICE : Count.EXITED_LEFT + 1].sum()
            change = counts[Count.ENTERED] - gone + counts[Count.FIRMS_CAME] - counts[Count.FIRMS_WENT]
            living = [
                int((one.firms.alive[: one.rows] & (one.firms.town[: one.rows] == town)).sum())
                for one in (before, after)
            ]
            assert living[1] - living[0] == change
        assert measures.value("came_to_town") == measures.value("went_to_town")


def test_stages_follow_one_another(quarters: list[tuple[World, Measures]]) -> None:
    total = sum(world.books.counts.sum(axis=1) for world, _ in quarters)
    assert total[Count.FOUND] >= total[Count.CONFIRMED] == total[Count.REGISTERED]
    assert total[Count.REGISTERED] >= total[Count.RECTIFYING] > 0
    assert total[Count.REGISTERED] >= total[Count.SUPERVISED] >= total[Count.CLOSED] > 0
    assert total[Count.ASKED] == total[Count.MOVED] + total[Count.REFUSED]


def test_4_5_costs_the_tax_it_relieves_less_what_it_adds_to_discharge(
    quarters: list[tuple[World, Measures]],
) -> None:
    a, levers = LETTER.assumptions, LETTER.levers.differential
    for world, measures in quarters:
        firms, slot = world.firms, CLAUSE_SLOTS.index("4.5")
        if measures.quarter <= RELIEF_UNTIL:  # relief is the province's; dearer discharge is the clause's own
            assert (world.books.by_clause[slot] <= 0).all()
            continue
        owners = np.flatnonzero(firms.alive & (firms.tenure == Tenure.OWNER))
        share = np.select([firms.grade[owners] == Grade.A, firms.grade[owners] == Grade.B],
                          [levers.tax_relief_a, levers.tax_relief_b], 0.0)  # fmt: skip
        relieved = (firms.land[owners] * share).sum() * a.land_use_tax * SQUARE_METRES_PER_MU / 4.0
        dirty = np.flatnonzero(firms.alive & world.sectors.polluting[firms.sector])
        more = np.select([firms.grade[dirty] == Grade.C, firms.grade[dirty] == Grade.D],
                         [levers.discharge_c - 1.0, levers.discharge_d - 1.0], 0.0)  # fmt: skip
        dearer = 0.25 * (firms.revenue[dirty] * more).sum() * a.discharge_charge * 100.0
        # Sales after surcharges are a little less, and firms that defaulted at the end of the quarter have paid
        assert world.books.by_clause[slot].sum() == pytest.approx(relieved - dearer, rel=0.03)
