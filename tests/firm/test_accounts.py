"""The accounts of a quarter: a firm's account by hand, two ends to every flow, and default."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from clustersim.firm import accounts
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import Action, Cause, Grade, Quarter, Service, Tenure, Unit
from clustersim.scenario.levers import Levers, written
from clustersim.world.books import CLAUSE_SLOTS, ENDS, Count, Flow, Party
from clustersim.world.census import hold_against_books, take_census
from clustersim.world.tables import World
from tests.small_world import small_world

BASICS = Assumptions()
CALM = replace(BASICS, dividend_share=0.0)
LETTER = Levers()
PLAIN = written(LETTER, {"inspection.self_inspection_share": 0.0})
WINTER = Quarter(2022, 4)  # one of the seven months charged: December
SPRING = Quarter(2023, 2)  # three of them
OWNER, TENANT_OF_OWNER, ABSENT_OWNERS, VILLAGE, SPRAYING, IN_PARK = 1, 3, 4, 5, 6, 7
FEN = 0.011  # yuan: sums of a few roundings to a fen


def settled(world: World, levers: Levers = PLAIN, assumptions: Assumptions = CALM) -> World:
    world.books.open()
    accounts.settle(world, levers, assumptions)
    return world


def money(world: World, flow: Flow) -> float:
    return int(world.books.money[flow].sum()) / 100.0


def alone(row: int, quarter: Quarter = SPRING) -> World:
    """Everybody but one firm is gone, so that the books are its own."""
    world = small_world()
    world.quarter = quarter
    world.firms.alive[:] = False
    world.firms.alive[row] = True
    world.firms.tax_noise[:] = 1.0
    return world


def test_a_d_firms_account_by_hand() -> None:
    """Eight million yuan a year, 280,000 kWh, below scale, its own plot, grade D: charged 0.30 for seven months."""
    world = alone(OWNER)
    firms = world.firms
    firms.grade[OWNER], firms.kwh_base[OWNER] = Grade.D, 280_000_000  # Wh
    firms.fine_due[OWNER] = 50_000_00
    before = firms.cash[OWNER]
    settled(world)

    bill = 7.0 / 12.0 * 0.30 * 280_000.0  # 49,000 yuan a year
    price = 0.68 + bill / 280_000.0
    rise = np.log(price / 0.68)
    dearer = 0.68 * 0.035 * 1.25 * rise * (1.0 - 0.05 * rise)
    sales = 2_000_000.0 * np.exp(-4.0 * dearer)
    kwh = sales * 0.035 * (1.0 - 0.10 * rise)
    taxes = sales * 0.22 * 0.10
    charged = bill * 3.0 / 7.0
    over = (kwh - 0.90 * 70_000.0) * 0.68
    land_tax = 0.25 * 6.0 * 667.0 * firms.land[OWNER] / 100.0
    running = 0.8 * sales - 0.68 * kwh - 0.25 * bill - taxes
    fixed = 0.25 * firms.fixed_cost[OWNER]

    assert money(world, Flow.SALES) == pytest.approx(sales, abs=FEN)
    assert money(world, Flow.ELECTRICITY) == pytest.approx(0.68 * kwh, abs=FEN)
    assert money(world, Flow.SURCHARGE) == pytest.approx(charged, abs=FEN)
    assert money(world, Flow.ENERGY_OVER_QUOTA) == pytest.approx(over, abs=FEN)
    assert money(world, Flow.TAXES) == pytest.approx(taxes, abs=FEN)
    assert money(world, Flow.LAND_USE_TAX) == pytest.approx(land_tax, abs=FEN)
    assert money(world, Flow.RUNNING_COST) == pytest.approx(running, abs=4 * FEN)
    assert money(world, Flow.FIXED_COST) == pytest.approx(fixed, abs=FEN)
    assert money(world, Flow.FINES) == 50_000.0 and firms.fine_due[OWNER] == 0
    profit = sales - running - 0.68 * kwh - taxes - charged - over - land_tax - fixed
    assert firms.profit[OWNER] == pytest.approx(profit, abs=6 * FEN)
    assert (firms.cash[OWNER] - before) / 100.0 == pytest.approx(profit - 50_000.0, abs=6 * FEN)
    assert firms.surcharge_paid[OWNER] / 100.0 == pytest.approx(charged, abs=FEN)
    assert firms.revenue_year[OWNER] / 100.0 == pytest.approx(sales, abs=FEN)
    assert firms.kwh_year[OWNER] / 1000.0 == pytest.approx(kwh, abs=0.01)
    assert firms.tax_year[OWNER] / 100.0 == pytest.approx(taxes, abs=FEN)
    assert firms.revenue[OWNER] == 8e6, "price effects are never written back"


def test_a_plain_tenants_account_by_hand() -> None:
    """A million yuan a year, sprays, rents in a village, no grade: base price, discharge charge, rent."""
    world = settled(alone(SPRAYING))
    floor = world.firms.floor[SPRAYING] / 100.0
    assert money(world, Flow.SALES) == 250_000.0
    assert money(world, Flow.ELECTRICITY) == pytest.approx(250_000.0 * 0.07 * 0.68, abs=FEN)
    assert money(world, Flow.TAXES) == pytest.approx(250_000.0 * 0.022, abs=FEN)
    assert money(world, Flow.DISCHARGE_CHARGE) == pytest.approx(250_000.0 * 0.003, abs=FEN)
    assert money(world, Flow.RENT_TO_ABSENT) == pytest.approx(3.0 * 8.0 * floor, abs=FEN)
    assert money(world, Flow.RUNNING_COST) == pytest.approx(250_000.0 * (0.8 - 0.07 * 0.68 - 0.022), abs=3 * FEN)
    for flow in (Flow.SURCHARGE, Flow.LAND_USE_TAX, Flow.FINES, Flow.ENERGY_OVER_QUOTA, Flow.REFUND, Flow.DIVIDENDS):
        assert money(world, flow) == 0.0, flow.name


def test_the_yearly_bill_falls_into_the_months_charged() -> None:
    charged = {}
    for quarter in (Quarter(2022, 4), Quarter(2023, 1), Quarter(2023, 2), Quarter(2023, 3)):
        world = alone(OWNER, quarter)
        world.firms.grade[OWNER] = Grade.D
        charged[quarter.number] = money(settled(world), Flow.SURCHARGE)
    assert charged[3] == 0.0 and charged[1] == charged[2] == pytest.approx(3.0 * charged[4], abs=FEN)
    assert sum(charged.values()) == pytest.approx(49_000.0, abs=2 * FEN)


def test_a_suspended_firm_earns_half() -> None:
    world = alone(IN_PARK)
    world.firms.suspended[IN_PARK] = True
    assert money(settled(world), Flow.SALES) == 1_500_000.0


def test_a_move_cuts_the_sales_of_its_quarter_less_where_people_are_found_for_the_firm() -> None:
    sales = []
    for level in (0.0, 1.0):
        world = alone(IN_PARK)
        world.firms.action[IN_PARK] = Action.MOVE
        world.parks.services[:, Service.HUMAN_RESOURCES] = level
        helped = written(PLAIN, {"services.handholding": 0.0})
        sales.append(money(settled(world, helped), Flow.SALES))
    assert sales[0] == pytest.approx(3_000_000.0 * 0.85, abs=FEN)
    assert sales[1] == pytest.approx(3_000_000.0 * (1.0 - 0.15 * (1.0 - BASICS.service_lost_output)), abs=FEN)


def test_a_tenants_rent_is_its_landlords_income() -> None:
    world = small_world()
    world.quarter = SPRING
    firms = world.firms
    settled(world)
    rent = 3.0 * 10.0 * firms.floor[TENANT_OF_OWNER] / 100.0
    assert firms.landlord[TENANT_OF_OWNER] == OWNER
    assert firms.rent_received[OWNER] == pytest.approx(rent, abs=FEN)
    assert money(world, Flow.RENT_TO_FIRMS) == pytest.approx(rent, abs=FEN)
    assert (firms.rent_received > 0.0).sum() == 1


def test_rent_in_a_park_by_kind_of_unit_and_tenure() -> None:
    def paid(**column: int) -> tuple[float, float]:
        world = alone(IN_PARK)
        for name, value in column.items():
            getattr(world.firms, name)[IN_PARK] = value
        settled(world)
        return money(world, Flow.RENT_TO_PARKS), money(world, Flow.UNIT_FINANCE)

    full = 3.0 * 18.0 * 1000.0  # 1,000 m2
    young, old = SPRING.index - 4, SPRING.index - 40
    assert paid() == (full, 0.0)
    assert paid(unit=Unit.INCUBATOR, born=young) == (0.5 * full, 0.0)
    assert paid(unit=Unit.INCUBATOR, born=old) == (full, 0.0)
    assert paid(tenure=Tenure.UNIT_OWNER) == (0.0, 0.25 * 0.06 * 4000.0 * 1000.0)


def test_a_better_grade_pays_half_of_the_surcharges_back_once() -> None:
    world = alone(OWNER, Quarter(2023, 3))
    firms = world.firms
    world.city.graded = world.quarter.index
    firms.grade[OWNER], firms.grade_before[OWNER], firms.surcharge_paid[OWNER] = Grade.B, Grade.D, 49_000_00
    settled(world)
    assert money(world, Flow.REFUND) == 24_500.0 and firms.surcharge_paid[OWNER] == 0
    assert world.books.by_clause[CLAUSE_SLOTS.index("4.3")].sum() == 24_500_00
    world.quarter = Quarter(2023, 4)
    assert money(settled(world), Flow.REFUND) == 0.0


def test_who_inspects_itself_pays_a_thousandth_of_its_sales() -> None:
    everybody = written(LETTER, {"inspection.self_inspection_share": 1.0})
    world = small_world()
    world.quarter = SPRING
    world.firms.diligence[:] = 0.5
    settled(world, everybody)
    assert money(world, Flow.SELF_INSPECTION) == pytest.approx(0.001 * money(world, Flow.SALES), abs=12 * FEN)
    world.firms.diligence[:6] = 0.9
    half = settled(world, written(LETTER, {"inspection.self_inspection_share": 0.7}))
    assert 0.0 < money(half, Flow.SELF_INSPECTION) < 0.001 * money(half, Flow.SALES)


def test_the_first_quarter_turns_the_year() -> None:
    world = alone(OWNER, Quarter(2022, 4))
    firms = world.firms
    firms.revenue_year[OWNER], firms.kwh_year[OWNER], firms.tax_year[OWNER] = 3_000_000_00, 70_000_000, 66_000_00
    settled(world)
    whole = {name: int(getattr(firms, name)[OWNER]) for name in ("revenue_year", "kwh_year", "tax_year")}
    assert whole["revenue_year"] == 5_000_000_00
    world.quarter = Quarter(2023, 1)
    settled(world)
    assert firms.revenue_last_year[OWNER] == whole["revenue_year"]
    assert firms.kwh_last_year[OWNER] == whole["kwh_year"]
    assert firms.tax_last_year[OWNER] == whole["tax_year"]
    assert firms.revenue_year[OWNER] == 2_000_000_00
    assert firms.tax_noise[OWNER] != 1.0


def test_the_noise_of_taxes_has_mean_one_and_lasts_a_year() -> None:
    noise = []
    for year in range(2022, 2030):
        world = small_world(600)
        world.quarter = Quarter(year, 1)
        settled(world)
        noise.append(world.firms.tax_noise.copy())
    assert np.mean(noise) == pytest.approx(1.0, abs=0.02)
    assert np.std(np.log(noise)) == pytest.approx(0.30, abs=0.01)
    world.quarter += 1
    settled(world)
    assert np.array_equal(world.firms.tax_noise, noise[-1])


def test_owners_pay_themselves_half_of_what_the_firm_does_not_need() -> None:
    world = alone(SPRAYING)
    firms = world.firms
    firms.cash[SPRAYING] = 1_000_000_00
    settled(world, PLAIN, BASICS)
    spare = 1_000_000.0 + firms.profit[SPRAYING] - 0.10 * 1e6
    assert money(world, Flow.DIVIDENDS) == pytest.approx(0.5 * spare, abs=3 * FEN)
    assert firms.cash[SPRAYING] / 100.0 == pytest.approx(0.10 * 1e6 + 0.5 * spare, abs=3 * FEN)


def test_default_comes_after_two_quarters_beyond_the_credit_line() -> None:
    world = small_world()
    world.quarter = SPRING
    firms, broke, strained = world.firms, SPRAYING, VILLAGE
    firms.cash[broke] = -round(0.5 * firms.revenue[broke] * 100)
    firms.cash[strained] = -round(0.02 * firms.revenue[strained] * 100)  # within its line of a tenth
    alive = []
    for _ in range(3):
        settled(world)
        alive.append(bool(firms.alive[broke]))
        world.quarter += 1
    assert alive == [True, True, False]
    assert firms.exit_cause[broke] == Cause.DEFAULT and world.books.counts[Count.EXITED_DEFAULT].sum() == 1
    assert firms.cash[broke] == 0 and firms.alive[strained] and firms.overdrawn[strained] == 0
    assert money(world, Flow.CASH_OUT) < 0.0, "what it owes is lost to others"
    assert money(world, Flow.SALVAGE) == pytest.approx(0.5 * 0.40 * 0.35 * firms.revenue[broke], abs=FEN)


def test_a_firm_that_gets_back_within_its_line_starts_to_count_anew() -> None:
    world = alone(SPRAYING)
    world.firms.cash[SPRAYING] = -round(0.5 * 1e6 * 100)
    settled(world)
    settled(world)
    assert world.firms.overdrawn[SPRAYING] == 2
    world.firms.cash[SPRAYING] = 0
    settled(world)
    assert world.firms.overdrawn[SPRAYING] == 0 and world.firms.alive[SPRAYING]


def test_finance_service_in_a_park_stretches_the_credit_line() -> None:
    overdrawn = []
    for level in (0.0, 1.0):
        world = alone(IN_PARK)
        world.parks.services[:, Service.FINANCE] = level
        world.firms.cash[IN_PARK] = -round(0.14 * 12e6 * 100)
        world.firms.fixed_cost[IN_PARK] = 4.0 * (0.2 * 3e6 - 3.0 * 18.0 * 1000.0)  # it breaks even
        overdrawn.append(int(settled(world).firms.overdrawn[IN_PARK]))
    assert overdrawn == [1, 0]


@pytest.mark.parametrize("quarter", [Quarter(2022, 1), WINTER, SPRING, Quarter(2023, 3)])
def test_the_books_explain_every_fen(quarter: Quarter) -> None:
    world = small_world(240)
    world.quarter = quarter
    firms = world.firms
    firms.grade[firms.registered] = 1 + np.arange(firms.registered.sum()) % 4
    firms.fine_due[::7] = 88_000_00
    firms.suspended[::5] = True
    firms.cash[::11] = -(10**9)
    firms.overdrawn[::11] = 2  # these go bankrupt
    before = take_census(world)
    settled(world, LETTER, BASICS)
    hold_against_books(world, before)
    assert world.books.counts[Count.EXITED_DEFAULT].sum() == 22
    balance = np.zeros(len(Party), np.int64)
    for flow, (payer, payee) in ENDS.items():
        balance[payer] -= world.books.money[flow].sum()
        balance[payee] += world.books.money[flow].sum()
    assert balance.sum() == 0
    assert balance[Party.FIRMS] == firms.cash.sum() - before.cash
    assert (world.books.money[[Flow.SALES, Flow.ELECTRICITY, Flow.TAXES]] > 0).all()
