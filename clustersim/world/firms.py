"""The table of firms: one row per industrial entity, for as long as it is in business.

Who writes what: births in `world.population` and `letter.entry`; shocks in `firm.shocks`; scores and grades in
`letter.grading`; hazards, visits and cases in `letter.inspection`; sites by `letter.parks`, `letter.renewal` and
`letter.land`; revenue, cash and exits in `firm.changes` and `firm.accounts`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clustersim.foundation.words import NOBODY
from clustersim.world.columns import Flags, Floats, Long, Short, Small, Table, Whole, column


@dataclass(slots=True)
class Firms(Table):
    """Columns of the firms. Rows never move; rows from `World.rows` on are unused.

    A row is its firm's until a quarter after the firm has gone; then a newcomer may have it.
    """

    # Identity
    uid: Long = column(np.int64, "", "identity for life; it addresses the firm's luck")
    alive: Flags = column(np.bool_, "", "in business")
    born: Short = column(np.int16, "quarter index", "quarter of founding (before the history for incumbents)")
    gone: Short = column(np.int16, "quarter index", "quarter of exit", start=NOBODY)
    exit_cause: Small = column(np.int8, "Cause", "why it left")
    sector: Small = column(np.int8, "row of Sectors", "sector")
    registered: Flags = column(np.bool_, "", "registered firm; otherwise a self-employed workshop (个体工商户)")
    above_scale: Flags = column(np.bool_, "", "above-scale (规上): 20 million yuan a year or more when last graded")

    # Place
    town: Small = column(np.int8, "row of Towns", "town")
    cell: Whole = column(np.int32, "row of Cells", "grid cell")
    site: Small = column(np.int8, "Site", "park, block, plot or village land")
    place: Whole = column(
        np.int32, "row of Parks or Blocks", "its park (site PARK) or block (site BLOCK)", start=NOBODY
    )
    tenure: Small = column(np.int8, "Tenure", "tenant, owner of a plot, or owner of a park unit")
    landlord: Whole = column(
        np.int32, "row of Firms", "the firm it rents from; NOBODY when an absent owner or a park", start=NOBODY
    )
    unit: Small = column(np.int8, "Unit", "kind of park unit it holds", start=NOBODY)
    land: Whole = column(np.int32, "0.01 mu", "land of the plot it owns; 0 for tenants and unit owners")
    floor: Whole = column(np.int32, "0.01 m2", "floor it uses")

    # Size and technique
    revenue: Floats = column(np.float64, "yuan a year", "revenue at the reference electricity price")
    normal_revenue: Floats = column(
        np.float64, "yuan a year", "revenue its productivity earns; shocks are pulled back to it"
    )
    productivity: Floats = column(np.float64, "log", "log productivity relative to its sector")
    floor_capacity: Floats = column(np.float64, "yuan a year", "revenue its floor carries at norm; 0 until reckoned")
    gain_left: Floats = column(np.float64, "log revenue", "gain that has still to phase in")
    gain_quarters: Small = column(np.int8, "quarters", "quarters over which gain_left phases in")
    employees: Floats = column(np.float64, "people", "workers")
    kwh_per_yuan: Floats = column(np.float64, "kWh/yuan", "electricity per yuan of revenue at the reference price")
    emission_per_yuan: Floats = column(
        np.float64, "index", "emissions per yuan of revenue; the sector's mean is its own flag"
    )
    research_share: Floats = column(np.float64, "of revenue", "spending on research and development over revenue")
    fixed_share: Floats = column(np.float64, "of revenue", "fixed cost over revenue that fixed cost follows")
    fixed_cost: Floats = column(np.float64, "yuan a year", "fixed cost without rent, land tax and discharge charge")
    site_productivity: Floats = column(np.float64, "log", "productivity of its site: neighbours, services, congestion")
    volatility: Floats = column(np.float64, "log a quarter", "this year's spread of its shocks")
    power_limit: Floats = column(np.float64, "yuan a year", "revenue its connection allows (village land)")

    # Money
    cash: Long = column(np.int64, "fen", "cash")
    overdrawn: Small = column(np.int8, "quarters", "quarters in a row beyond the credit line")
    rent_received: Floats = column(np.float64, "yuan a quarter", "rent its tenants paid last quarter")
    profit: Floats = column(np.float64, "yuan a quarter", "cash earned by running the business last quarter")

    surcharge_paid: Long = column(np.int64, "fen", "surcharges paid since the last grading (4.3)")

    # Hazards, visits and cases
    safety: Floats = column(np.float64, "0 to 1", "work-safety hazard")
    environment: Floats = column(np.float64, "0 to 1", "environmental hazard")
    fire: Floats = column(np.float64, "0 to 1", "fire hazard")
    energy: Floats = column(np.float64, "0 to 1", "wasted-energy hazard")
    masked: Floats = column(np.float64, "0 to 1", "share of hazards hidden while a campaign lasts (3.6)")
    marks: Small = column(np.int8, "Mark", "illegal premises, unlicensed, outdated capacity")
    known: Flags = column(np.bool_, "", "its state is known from a survey (3.1)")
    last_visit: Short = column(np.int16, "quarter index", "last visit")
    stage: Small = column(np.int8, "Stage", "stage of its open case")
    case_kinds: Small = column(np.int8, "bits of Violation", "violations in the open case")
    severity: Floats = column(np.float64, "0 to 1", "severity of the open case")
    deadline: Short = column(np.int16, "quarter index", "quarter by whose end the case must be cured", start=NOBODY)
    treated: Short = column(np.int16, "quarter index", "quarter its last case was registered", start=NOBODY)
    cured: Short = column(np.int16, "quarter index", "quarter its last case was closed", start=NOBODY)
    suspended: Flags = column(np.bool_, "", "stopped this quarter by an overdue case")
    closing: Flags = column(np.bool_, "", "ordered to close: leaves when changes take effect")
    fine_due: Long = column(np.int64, "fen", "fines to be paid in this quarter's accounts")
    belief: Floats = column(np.float64, "a quarter", "chance of a visit it reckons with")
    model_firm: Flags = column(np.bool_, "", "model firm (治理示范企业)")
    survey_turn: Floats = column(np.float64, "0 to 1", "its place in the survey's turn (3.1); -1 until drawn", start=-1)
    diligence: Floats = column(np.float64, "0 to 1", "its lot in self-inspection (3.10); -1 until drawn", start=-1)

    # Evaluation
    pool: Small = column(np.int8, "Pool", "evaluation pool at the last grading", start=4)
    score: Floats = column(np.float64, "points", "score of the last grading")
    grade: Small = column(np.int8, "Grade", "grade of the last grading")
    grade_before: Small = column(np.int8, "Grade", "grade of the grading before")
    d_years: Small = column(np.int8, "years", "years in a row with grade D")
    tax_noise: Floats = column(np.float64, "factor", "this calendar year's noise of its taxes", start=1)
    revenue_year: Long = column(np.int64, "fen", "sales of this calendar year so far")
    revenue_last_year: Long = column(np.int64, "fen", "sales of the last calendar year")
    kwh_year: Long = column(np.int64, "Wh", "electricity of this calendar year so far")
    kwh_last_year: Long = column(np.int64, "Wh", "electricity of the last calendar year")
    tax_year: Long = column(np.int64, "fen", "taxes of this calendar year so far")
    tax_last_year: Long = column(np.int64, "fen", "taxes of the last calendar year")
    kwh_base: Long = column(np.int64, "Wh a year", "electricity of the base year, for energy quotas (4.5)")
    order_due: Short = column(np.int16, "quarter index", "when its improvement order runs out (4.7)", start=NOBODY)
    clearance: Small = column(np.int8, "Clearance", "place of its plot on the clearance list (1.4)")
    notice_due: Short = column(np.int16, "quarter index", "quarter in which its notice ends (1.4)", start=NOBODY)

    # What it did
    licence_due: Short = column(
        np.int16, "quarter index", "quarter by which it must have left village land (3.7)", start=NOBODY
    )
    displaced: Flags = column(np.bool_, "", "lost its site or has a case, order or notice: grade tests are waived")
    returns_to: Whole = column(
        np.int32, "row of Blocks", "block under renewal to which it may return first (1.6)", start=NOBODY
    )
    upgrades: Small = column(np.int8, "", "upgrades so far")
    last_upgrade: Short = column(np.int16, "quarter index", "last upgrade")
    last_move: Short = column(np.int16, "quarter index", "last move into a park")
    park_warnings: Small = column(np.int8, "quarters", "quarters in a row non-compliant inside a park (2.5)")

    # This quarter's choice
    action: Small = column(np.int8, "Action", "what it chose this quarter")
    target: Whole = column(np.int32, "row of Parks", "park it asks for", start=NOBODY)
    target_unit: Small = column(np.int8, "Unit", "kind of unit it asks for", start=NOBODY)
    target_floor: Whole = column(np.int32, "0.01 m2", "floor it asks for")
    target_buy: Flags = column(np.bool_, "", "asks to buy the unit")
    reward: Long = column(np.int64, "fen", "rewards granted this quarter (4.4)")
