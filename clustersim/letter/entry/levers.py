"""The levers of entry, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, SOURCED, Plain, lever

CLAUSES: Final = ("3.7", "3.8")


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 3.7 and 3.8."""

    leak: float = lever(
        0.05, unit="", low=0.0, high=1.0, clause="3.7", standing=ESTIMATE,
        source="model notes section 6",
        en="share of newcomers bound for village land that start there all the same; 1 is no control",
        zh="村庄非工业用地新办漏控比例",
    )  # fmt: skip
    renewal_strictness: float = lever(
        0.06, unit="", low=0.0, high=1.0, clause="3.7", standing=ESTIMATE,
        source="reasoned", en="share of the firms on village land that fail their licence renewal, leak aside",
        zh="村内企业换证不通过比例",
    )  # fmt: skip
    notice_quarters: int = lever(
        4, unit="quarters", low=1, high=20, clause="3.7", standing=ESTIMATE,
        source="reasoned", en="time to leave village land after a licence is not renewed", zh="换证不通过后搬离期限",
    )  # fmt: skip
    power_limited: bool = lever(
        True, clause="3.8", standing=SOURCED, source="clause 3.8: 一律不得对此类企业加装三相变压器",
        en="firms on village land get no more power than they have", zh="村内企业限制增容",
    )  # fmt: skip


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "3.7": {"leak": 1.0},
    "3.8": {"power_limited": False},
}
