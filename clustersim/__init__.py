"""clustersim: firms, land and policy in an industrial city, from a public letter to five indices.

The public names are resolved when they are first used, so that importing one kernel never imports pandas,
matplotlib, mesa or anything else of the upper floors.

>>> import clustersim
>>> str(clustersim.Quarter(2021, 2) + 1)
'2021Q3'
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clustersim.foundation.words import Quarter
    from clustersim.lab.paired import compare
    from clustersim.lab.sweep import Sweep, sweep
    from clustersim.model import ClusterModel
    from clustersim.scenario import Scenario, ScenarioError, load_scenario
    from clustersim.show.results import Result, run

__version__: str

__all__ = [
    "ClusterModel",
    "Quarter",
    "Result",
    "Scenario",
    "ScenarioError",
    "Sweep",
    "compare",
    "load_scenario",
    "run",
    "sweep",
]

_HOMES = {
    "ClusterModel": "clustersim.model",
    "Quarter": "clustersim.foundation.words",
    "Result": "clustersim.show.results",
    "compare": "clustersim.lab.paired",
    "Sweep": "clustersim.lab.sweep",
    "run": "clustersim.show.results",
    "sweep": "clustersim.lab.sweep",
    "Scenario": "clustersim.scenario",
    "ScenarioError": "clustersim.scenario",
    "load_scenario": "clustersim.scenario",
}


def __getattr__(name: str) -> Any:
    """Fetch a public name from its home (PEP 562)."""
    if name == "__version__":
        return version("clustersim")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'clustersim' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
