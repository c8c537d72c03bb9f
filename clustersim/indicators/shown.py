"""The indicators that an experiment file shows beside the five indices.

>>> shown(Answering(show=("exited", "movd"), where="x.toml:3"))
Traceback (most recent call last):
    ...
clustersim.scenario.errors.ScenarioError: x.toml:3: show: there is no indicator 'movd'. Did you mean 'moved'?
"""

from __future__ import annotations

from clustersim.indicators.catalogue import INDICES, PLACE
from clustersim.scenario import ScenarioError
from clustersim.scenario.errors import did_you_mean
from clustersim.scenario.questions import Answering


def shown(answering: Answering) -> tuple[str, ...]:
    """What a file shows; ScenarioError names what is not measured, or an index, which is shown anyway."""
    for name in answering.show:
        if name not in PLACE:
            close = did_you_mean(name, PLACE) or "; ODD.md lists them"
            raise ScenarioError(f"{answering.where}: show: there is no indicator {name!r}{close}")
        if name in INDICES:
            raise ScenarioError(f"{answering.where}: show: {name} is one of the five indices, which are always shown")
    return answering.show
