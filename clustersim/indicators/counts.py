"""Plain counts: firms, jobs, comings and goings, cases, parks. Flows are per quarter, stocks at its end."""

from __future__ import annotations

from typing import Final

import numpy as np

from clustersim.foundation.words import CENTIARE, ParkState
from clustersim.indicators import tallies as of
from clustersim.indicators.census import Census
from clustersim.indicators.indicator import Columns, Indicator, Kind, by_town, ratio, with_city
from clustersim.world.books import Count
from clustersim.world.columns import Long
from clustersim.world.tables import World

# Stocks that are one tally of the census: name, tally, unit, words, and what is better
STOCKS: Final = (
    ("firms", of.FIRMS, "firms", "企业数", "Firms", "", 0),
    ("registered_firms", of.REGISTERED, "firms", "其中企业法人", "Registered firms", "the others are workshops", 0),
    ("above_scale_firms", of.ABOVE_FIRMS, "firms", "规上企业数", "Above-scale firms", "", 1),
    ("in_parks", of.IN_PARKS, "firms", "入园企业数", "Firms in parks", "", 1),
    ("village_firms", of.VILLAGE_FIRMS, "firms", "村庄用地企业数", "Firms on village land", "", -1),
    ("cases_open", of.CASES, "cases", "未销号问题数", "Open cases", "", -1),
    ("known_firms", of.KNOWN, "firms", "已排查企业数", "Firms whose state is known", "", 0),
    ("model_firms", of.MODEL_FIRMS, "firms", "示范企业数", "Model firms", "", 1),
    ("grade_none", of.NO_GRADE, "firms", "未评价企业数", "Firms without a grade", "", 0),
    ("grade_a", of.GRADE_A, "firms", "A档企业数", "Firms graded A", "", 0),
    ("grade_b", of.GRADE_B, "firms", "B档企业数", "Firms graded B", "", 0),
    ("grade_c", of.GRADE_C, "firms", "C档企业数", "Firms graded C", "", 0),
    ("grade_d", of.GRADE_D, "firms", "D档企业数", "Firms graded D", "a quota may fix it by definition", 0),
)  # fmt: skip

# Flows that are one count of the books
FLOWS: Final = (
    ("entered", Count.ENTERED, "firms", "新进企业数", "Firms entered", "", 0),
    ("exited_choice", Count.EXITED_CHOICE, "firms", "自主退出", "Exits by choice", "", 0),
    ("exited_default", Count.EXITED_DEFAULT, "firms", "经营失败退出", "Exits by default", "", -1),
    ("exited_closure", Count.EXITED_CLOSURE, "firms", "关停退出", "Exits by closure", "", 0),
    ("exited_clearance", Count.EXITED_CLEARANCE, "firms", "清退退出", "Exits by clearance", "", 0),
    ("exited_licence", Count.EXITED_LICENCE, "firms", "执照未续退出", "Exits by licence", "", 0),
    ("exited_left", Count.EXITED_LEFT, "firms", "外迁退出", "Left the city", "", -1),
    ("came_to_town", Count.FIRMS_CAME, "firms", "由外镇迁入", "Came from another town", "", 0),
    ("went_to_town", Count.FIRMS_WENT, "firms", "迁往外镇", "Went to another town", "", 0),
    ("rectified", Count.RECTIFIED, "firms", "整改企业数", "Firms that rectified", "", 1),
    ("upgraded", Count.UPGRADED, "firms", "技改企业数", "Firms that upgraded", "", 1),
    ("expanded", Count.EXPANDED, "firms", "扩产企业数", "Firms that expanded", "", 0),
    ("moved", Count.MOVED, "firms", "迁入园区企业数", "Firms that moved into parks", "", 1),
    ("asked_for_units", Count.ASKED, "firms", "申请入园企业数", "Firms that asked for a unit", "", 0),
    ("refused_units", Count.REFUSED, "firms", "未获入园企业数", "Firms refused a unit", "", -1),
    ("surveyed", Count.SURVEYED, "firms", "排查企业数", "Firms surveyed", "clause 3.1", 0),
    ("visited", Count.VISITED, "visits", "检查次数", "Visits", "", 0),
    ("found", Count.FOUND, "cases", "发现问题数", "Violations found", "", 0),
    ("confirmed", Count.CONFIRMED, "cases", "确认问题数", "Violations confirmed", "", 0),
    ("treated", Count.REGISTERED, "cases", "入库整治企业数", "Firms treated", "cases registered", 0),
    ("rectifying", Count.RECTIFYING, "cases", "进入整改数", "Cases sent to rectify", "", 0),
    ("supervised", Count.SUPERVISED, "cases", "进入督查数", "Cases under supervision", "", 0),
    ("cases_closed", Count.CLOSED, "cases", "销号数", "Cases closed", "", 1),
    ("fined", Count.FINED, "firms", "被罚企业数", "Firms fined", "", 0),
    ("suspended", Count.SUSPENDED, "firms", "停产企业数", "Firms suspended", "", 0),
    ("orders", Count.ORDERED, "firms", "提升通知数", "Improvement orders", "clause 4.7", 0),
    ("orders_failed", Count.ORDERS_FAILED, "firms", "提升未达标数", "Improvement orders failed", "clause 4.7", -1),
    ("eliminated", Count.ELIMINATED, "firms", "淘汰落后企业数", "Firms with outdated capacity eliminated", "", 0),
    ("relapses", Count.RELAPSED, "firms", "问题反弹数", "Relapses", "", -1),
    ("village_starts", Count.VILLAGE_STARTS, "firms", "村庄用地新办企业数", "New starts on village land", "", -1),
    ("refused_starts", Count.REFUSED_STARTS, "firms", "被拒新办企业数", "Starts refused", "clause 3.7", 0),
    ("displaced", Count.DISPLACED, "firms", "被腾退企业数", "Firms displaced", "", 0),
    ("cleared_plots", Count.CLEARED_PLOTS, "plots", "清退地块数", "Plots cleared", "clause 1.4", 0),
    ("rewarded", Count.REWARDED, "firms", "获奖励企业数", "Firms rewarded", "clause 4.4", 0),
    ("treated_closed", Count.TREATED_CLOSED, "firms", "整治后关停", "Treated firms that closed", "", 0),
    ("treated_moved", Count.TREATED_MOVED, "firms", "整治后入园", "Treated firms that moved", "", 1),
    ("treated_upgraded", Count.TREATED_UPGRADED, "firms", "整治后提升", "Treated firms that upgraded", "", 1),
    ("treated_rectified", Count.TREATED_RECTIFIED, "firms", "整治后整改", "Treated firms that rectified", "", 1),
    ("blocks_started", Count.BLOCKS_STARTED, "blocks", "启动改造区块数", "Blocks whose renewal began", "clause 1.6", 0),
    ("blocks_back", Count.BLOCKS_BACK, "blocks", "改造完成区块数", "Blocks that came back", "clause 1.6", 1),
    ("parks_started", Count.PARKS_STARTED, "parks", "开工园区数", "Parks begun", "", 0),
    ("parks_opened", Count.PARKS_OPENED, "parks", "建成园区数", "Parks opened", "", 1),
)  # fmt: skip
EXITS: Final = tuple(count for name, count, *_ in FLOWS if name.startswith("exited_"))


def _declared(rows: tuple[tuple[str, int, str, str, str, str, int], ...], kind: Kind) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(name, unit, kind, zh, en, meaning, better) for name, _, unit, zh, en, meaning, better in rows
    )


INDICATORS: Final = (
    *_declared(STOCKS, "stock"),
    *_declared(FLOWS, "flow"),
    Indicator("jobs", "people", "stock", "从业人员", "Jobs", "", 1),
    Indicator("exited", "firms", "flow", "退出企业数", "Firms exited", "of all causes"),
    Indicator("rectified_area_m2", "m2", "area", "整治面积", "Floor of firms rectified", "this quarter", 1),
    Indicator("noncompliant_share", "share", "ratio", "不合规企业占比", "Non-compliant firms",
              "firms with a mark or a true hazard above the measuring standard, seen or not", -1),
    Indicator("safety_hazard", "0 to 1", "ratio", "安全生产隐患水平", "Work-safety hazard", "mean over jobs", -1),
    Indicator("new_starts_per_treated", "per case", "ratio", "边治理边新增比", "New starts per firm treated",
              "new village starts and relapses of the quarter over cases registered (clause 3.12)", -1),
    Indicator("park_floor_m2", "m2", "area", "园区建成面积", "Finished park floor", "", 1),
    Indicator("park_free_m2", "m2", "area", "园区空置面积", "Free park floor", ""),
    Indicator("park_building_m2", "m2", "area", "园区在建面积", "Park floor under construction", ""),
    Indicator("park_occupancy", "share", "ratio", "园区入驻率", "Occupancy of parks", "used over finished floor", 1),
    Indicator("parks_open", "parks", "stock", "运营园区数", "Parks open", "", 1),
)  # fmt: skip


def measure_counts(world: World, census: Census) -> Columns:
    """Every plain count."""
    sums, towns = census.sums, len(world.towns)
    tallies = sums.astype(np.float64)
    counts = with_city(world.books.counts).astype(np.float64)
    columns = {name: tallies[:, tally] for name, tally, *_ in STOCKS}
    columns |= {name: counts[count] for name, count, *_ in FLOWS}
    floor, free, building, parks_open = _parks(world, towns)
    columns |= {
        "jobs": 1e-6 * tallies[:, of.JOBS],
        "exited": counts[list(EXITS)].sum(axis=0),
        "rectified_area_m2": counts[Count.RECTIFIED_AREA] / CENTIARE,
        "noncompliant_share": ratio(tallies[:, of.NONCOMPLIANT], tallies[:, of.FIRMS]),
        "safety_hazard": ratio(tallies[:, of.SAFETY], tallies[:, of.JOBS]),
        "new_starts_per_treated": ratio(
            counts[Count.VILLAGE_STARTS] + counts[Count.RELAPSED], counts[Count.REGISTERED]
        ),
        "park_floor_m2": floor / CENTIARE,
        "park_free_m2": free / CENTIARE,
        "park_building_m2": building / CENTIARE,
        "park_occupancy": ratio(floor - free, floor),
        "parks_open": parks_open.astype(np.float64),
    }
    return columns


def _parks(world: World, towns: int) -> tuple[Long, Long, Long, Long]:
    """[town + 1] finished, free and planned floor (0.01 m2), and parks open."""
    parks = world.parks
    return (
        by_town(parks.town, parks.floor.sum(axis=1), towns),
        by_town(parks.town, parks.free.sum(axis=1), towns),
        by_town(parks.town, parks.planned_floor.sum(axis=1), towns),
        by_town(parks.town, parks.state == ParkState.OPEN, towns),
    )
