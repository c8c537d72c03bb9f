"""Money of the quarter: what the city pays and takes, by kind and by clause. All of it is in the books, by town."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.words import FEN
from clustersim.indicators.indicator import Columns, Indicator, with_city
from clustersim.world.books import CLAUSE_SLOTS, ENDS, Flow, Party
from clustersim.world.tables import World

# name, flows added up, words, what is better
KINDS: Final = (
    ("subsidy_yuan", (Flow.UPGRADE_REWARD, Flow.INTEREST_REWARD, Flow.WORKSHOP_REWARD, Flow.RENT_RELIEF),
     "财政奖补", "Rewards and relief paid", "upgrades, loan interest, smart workshops, park rents (4.4)", 0),
    ("surcharge_yuan", (Flow.SURCHARGE,), "差别电价加价", "Electricity surcharges", "clause 4.3", 0),
    ("refund_yuan", (Flow.REFUND,), "加价返还", "Surcharges refunded", "clause 4.3", 0),
    ("fines_yuan", (Flow.FINES,), "罚款", "Fines", "", 0),
    ("compensation_yuan", (Flow.COMPENSATION,), "腾退补偿", "Compensation paid", "", 0),
    ("co_funding_yuan", (Flow.CO_FUNDING,), "园区公共配套资金", "Public co-funding of parks", "clause 2.2", 0),
    ("programme_yuan", (Flow.PROGRAMME, Flow.DEMOLITION), "工作经费", "Running the programmes",
     "inspection, services, diagnosis, demolition", 0),
    ("taxes_yuan", (Flow.TAXES,), "税收", "Taxes paid", "with this year's noise", 1),
    ("land_use_tax_yuan", (Flow.LAND_USE_TAX,), "城镇土地使用税", "Land-use tax paid", "after relief (4.5)", 0),
    ("discharge_yuan", (Flow.DISCHARGE_CHARGE,), "排污费用", "Discharge charges", "clause 4.5", 0),
    ("land_income_yuan", (Flow.LAND_PRICE_FIRMS, Flow.LAND_PRICE_PARKS), "土地出让收入", "Land sold", "", 0),
    ("sales_yuan", (Flow.SALES,), "销售收入", "Sales of the quarter", "after surcharges, suspensions and moves", 1),
    ("upgrade_cost_yuan", (Flow.UPGRADE_COST,), "技改投入", "Firms' spending on upgrades", "", 0),
)  # fmt: skip
_OF_KIND: Final = np.array([[flow in flows for flow in Flow] for _, flows, *_ in KINDS], np.int64)  # [kind, flow]
_TO_CITY: Final = np.array([(to is Party.CITY) - (by is Party.CITY) for by, to in (ENDS[flow] for flow in Flow)])
# Clauses with money in the city's books. A clause that spends must be named here (tested over the code's accounts).
SPENDING: Final = CLAUSE_SLOTS
_COSTS: Final = tuple(f"cost_{clause.replace('.', '_')}" for clause in SPENDING)

INDICATORS: Final = (
    *(Indicator(name, "yuan", "money", zh, en, meaning, better) for name, _, zh, en, meaning, better in KINDS),
    *(
        Indicator(name, "yuan", "money", f"{clause}条财政净支出",
                  f"Net cost of clause {clause}", "what the city spent on it less what it took", -1)
        for name, clause in zip(_COSTS, SPENDING, strict=True)
    ),
    Indicator("fiscal_cost_yuan", "yuan", "money", "政策财政净支出", "Net fiscal cost of all clauses",
              "sum over clauses of spending less income", -1),
    Indicator("city_balance_yuan", "yuan", "money", "市级收支差", "What the city took less what it paid",
              "every flow with the city at one end, taxes and land included", 1),
)  # fmt: skip


def measure_money(world: World) -> Columns:
    """Flows of the quarter in yuan, [town + 1] each."""
    money, clauses = with_city(world.books.money), with_city(world.books.by_clause)
    columns = dict(zip((name for name, *_ in KINDS), (_OF_KIND @ money) / FEN, strict=True))
    columns |= dict(zip(_COSTS, clauses / FEN, strict=True))
    columns["fiscal_cost_yuan"] = clauses.sum(axis=0) / FEN
    columns["city_balance_yuan"] = (_TO_CITY @ money) / FEN
    return columns
