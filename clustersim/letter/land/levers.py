"""The levers of land: plan, release, ledger and clearance, and what each clause leaves behind when it is off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, SOURCED, Plain, lever

CLAUSES: Final = ("1.1", "1.2", "1.3", "1.4")


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 1.1-1.4. Land and floor are those of the full city."""

    # 1.1 the plan
    planned_zones: bool = lever(
        True, clause="1.1", standing=SOURCED, source="clause 1.1: 编制工业集聚区专项规划",
        en="parks are built only inside the planned zones", zh="园区限于规划集聚区内",
    )  # fmt: skip
    # 1.2 the release of park floor
    follows_need: bool = lever(
        True, clause="1.2", standing=SOURCED, source="clause 1.2: 建立产业发展与工业稳定增长的匹配机制",
        en="the release of park floor follows queue and vacancy; otherwise a fixed yearly release",
        zh="园区供给按需匹配",
    )  # fmt: skip
    target_vacancy: float = lever(
        0.08, unit="of park floor", low=0.0, high=0.4, clause="1.2", standing=ESTIMATE,
        source="reasoned", en="vacant share of park floor that releases aim at, beyond the queue", zh="目标空置率",
    )  # fmt: skip
    release_limit: float = lever(
        40_000.0, unit="m2 a quarter", low=0.0, high=1_000_000.0, clause="1.2", standing=ESTIMATE,
        source="model notes section 2: 0.2-0.4 million m2 added a year, renewal and re-use included",
        en="most park floor released in a quarter",
        zh="每季新增园区面积上限",
    )  # fmt: skip
    # 1.3 the ledger
    ledger_binds: bool = lever(
        True, clause="1.3", standing=SOURCED, source="clause 1.3: 占补平衡、增减挂钩",
        en="land newly built on never exceeds the land in hand on the ledger", zh="用地台账约束新增用地",
    )  # fmt: skip
    yearly_quota: float = lever(
        600.0, unit="mu a year", low=0.0, high=5000.0, clause="1.3", standing=ESTIMATE,
        source="model notes section 7", en="new industrial land the ledger receives a year", zh="年度新增用地指标",
    )  # fmt: skip
    exchange_ratio: float = lever(
        1.0, unit="", low=0.0, high=1.0, clause="1.3", standing=ESTIMATE,
        source="reasoned: one for one", en="land that may be built on for land given up", zh="增减挂钩折算比例",
    )  # fmt: skip
    # 1.4 clearance
    cleared_mu_a_year: float = lever(
        1000.0, unit="mu a year", low=0.0, high=10000.0, clause="1.4", standing=ESTIMATE,
        source="model notes section 7", en="scattered plots cleared a year", zh="每年清退散乱用地",
    )  # fmt: skip
    notice_quarters: int = lever(
        4, unit="quarters", low=1, high=12, clause="1.4", standing=ESTIMATE,
        source="reasoned", en="time from the notice to the clearance of a plot", zh="清退告知期",
    )  # fmt: skip
    clearance_compensation_owner: float = lever(
        400_000.0, unit="yuan/mu", low=140_000.0, high=510_000.0, clause="1.4", standing=ESTIMATE,
        source="reasoned between land prices of 140,000 and 510,000 yuan", en="compensation of an owner",
        zh="有证土地清退补偿",
    )  # fmt: skip
    clearance_compensation_tenant: float = lever(
        30_000.0, unit="yuan", low=0.0, high=150_000.0, clause="1.4", standing=ESTIMATE,
        source="reasoned; upper bound Quzhou lime kilns, 28 million yuan for 190 firms",
        en="compensation of a tenant", zh="租户清退补偿",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "1.1": {"planned_zones": False},
    "1.2": {"follows_need": False},
    "1.3": {"ledger_binds": False, "exchange_ratio": 1.0},
    "1.4": {"cleared_mu_a_year": 0.0},
}
