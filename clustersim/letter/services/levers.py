"""The levers of park services and hand-holding, and what each clause leaves behind when it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.levers import ESTIMATE, Plain, lever
from clustersim.foundation.words import Service

CLAUSES: Final = ("2.6", "2.7")


@dataclass(frozen=True)
class Levers:
    """Every lever of clauses 2.6 and 2.7. The nine paces stand in the order of `Service`."""

    # 2.6 nine services
    government_pace: float = lever(
        0.06, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the government service in every park", zh="政务服务季度提升",
    )  # fmt: skip
    property_pace: float = lever(
        0.06, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the property service in every park", zh="物业服务季度提升",
    )  # fmt: skip
    human_resources_pace: float = lever(
        0.05, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the human resources service in every park", zh="人力资源服务季度提升",
    )  # fmt: skip
    finance_pace: float = lever(
        0.05, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the finance service in every park", zh="金融服务季度提升",
    )  # fmt: skip
    law_pace: float = lever(
        0.05, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the law service in every park", zh="法律服务季度提升",
    )  # fmt: skip
    research_pace: float = lever(
        0.03, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the research service in every park", zh="研发服务季度提升",
    )  # fmt: skip
    testing_pace: float = lever(
        0.04, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the testing service in every park", zh="检测服务季度提升",
    )  # fmt: skip
    training_pace: float = lever(
        0.05, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the training service in every park", zh="培训服务季度提升",
    )  # fmt: skip
    logistics_pace: float = lever(
        0.05, unit="level a quarter", low=0.0, high=0.5, clause="2.6", standing=ESTIMATE,
        source="reasoned", en="rise of the logistics service in every park", zh="物流服务季度提升",
    )  # fmt: skip
    # 2.7 hand-holding
    handholding: float = lever(
        0.5, unit="", low=0.0, high=1.0, clause="2.7", standing=ESTIMATE,
        source="reasoned", en="share of a mover's paperwork and lost output that the park takes over",
        zh="代办手续比例",
    )  # fmt: skip
    attention: float = lever(
        0.05, unit="a quarter", low=0.0, high=0.5, clause="2.7", standing=ESTIMATE,
        source="reasoned", en="chance that a firm that would not look is brought to look at parks",
        zh="入园引导增加的关注概率",
    )  # fmt: skip

    @property
    def paces(self) -> tuple[float, ...]:
        """Rise of each of the nine services in a quarter, in the order of `Service`.

        >>> Levers(law_pace=0.2).paces[Service.LAW]
        0.2
        """
        return tuple(getattr(self, f"{service.name.lower()}_pace") for service in Service)


WHEN_OFF: Final[dict[str, dict[str, Plain]]] = {
    "2.6": {f"{service.name.lower()}_pace": 0.0 for service in Service},
    "2.7": {"handholding": 0.0, "attention": 0.0},
}
