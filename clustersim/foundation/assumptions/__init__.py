"""What the model assumes about the economy: the numbers that no policy moves.

Each has unit, bounds, standing and source, like a lever; a scenario may set it under `[assumptions]`. They are written
down in sections, one file each, and read as one.

>>> Assumptions().markup_elasticity
5.0
>>> DESCRIBED["fine"].standing
'sourced'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clustersim.foundation.assumptions.accounts import Accounts
from clustersim.foundation.assumptions.cases import Cases
from clustersim.foundation.assumptions.changes import Changes
from clustersim.foundation.assumptions.choice import Choice
from clustersim.foundation.assumptions.population import Population
from clustersim.foundation.assumptions.shocks import Shocks
from clustersim.foundation.assumptions.space import Space
from clustersim.foundation.assumptions.traits import Traits
from clustersim.foundation.assumptions.yardsticks import Yardsticks
from clustersim.foundation.levers import Described, descriptions


# Sections from last to first: a dataclass lists the fields of its last base first.
@dataclass(frozen=True)
class Assumptions(Traits, Population, Yardsticks, Space, Cases, Shocks, Accounts, Changes, Choice):
    """Every assumption with its default. Fields are described in `DESCRIBED`."""


DESCRIBED: Final[dict[str, Described]] = descriptions(Assumptions)
