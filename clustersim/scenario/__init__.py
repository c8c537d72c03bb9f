"""Floor 3: levers, assumptions and targets composed into one policy; TOML in and out; errors at the door.

>>> from clustersim.scenario import load_scenario
>>> load_scenario("dear-power").levers.differential.surcharge_below_d
0.5
"""

from clustersim.scenario.errors import ScenarioError
from clustersim.scenario.files import load_scenario, shipped
from clustersim.scenario.levers import Levers
from clustersim.scenario.scenario import Difference, Scenario, Target, Words, differences

__all__ = [
    "Difference",
    "Levers",
    "Scenario",
    "ScenarioError",
    "Target",
    "Words",
    "differences",
    "load_scenario",
    "shipped",
]
