"""The levers of block renewal, and what the clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, SOURCED, Plain, lever

CLAUSES: Final = ("1.6",)


@dataclass(frozen=True)
class Levers:
    """Every lever of clause 1.6."""

    blocks_under_way: int = lever(
        9, unit="blocks", low=0, high=74, clause="1.6", standing=SOURCED,
        source="慈经信建〔2021〕7号: nine blocks under renewal", en="blocks whose renewal starts with the policy",
        zh="首批改造区块数",
    )  # fmt: skip
    blocks_a_year: float = lever(
        2.0, unit="blocks a year", low=0.0, high=40.0, clause="1.6", standing=ESTIMATE,
        source="reasoned: nine under way in 2021 of a plan to 2025",
        en="further blocks whose renewal starts in a year", zh="每年新启动改造区块数",
    )  # fmt: skip
    floor_area_ratio: float = lever(
        2.0, unit="", low=1.0, high=3.0, clause="1.6", standing=SOURCED,
        source="Cixi 2023: at least 1.5 in renewal, 2.0 encouraged; 2.5 where industry goes upstairs",
        en="floor-area ratio after renewal", zh="改造后容积率",
    )  # fmt: skip
    work_quarters: int = lever(
        6, unit="quarters", low=1, high=20, clause="1.6", standing=ESTIMATE,
        source="model notes section 7", en="quarters from the clearing of a block to its opening as a park",
        zh="改造工期",
    )  # fmt: skip
    land_kept: float = lever(
        1.0, unit="of the block", low=0.5, high=1.0, clause="1.6", standing=ESTIMATE,
        source="reasoned", en="land of a block that its park uses; the rest goes back to the ledger",
        zh="改造后留用土地比例",
    )  # fmt: skip
    buy_out: float = lever(
        400_000.0, unit="yuan/mu", low=140_000.0, high=510_000.0, clause="1.6", standing=ESTIMATE,
        source="reasoned between land prices of 140,000 and 510,000 yuan",
        en="what an owner in a block is paid for its land", zh="区块内有证土地收购价",
    )  # fmt: skip
    return_quarters: int = lever(
        4, unit="quarters", low=1, high=12, clause="1.6", standing=ESTIMATE,
        source="reasoned", en="quarters after the opening in which former firms of the block come first",
        zh="优先回迁期限",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "1.6": {"blocks_under_way": 0, "blocks_a_year": 0.0},
}
