"""Which numbers decide a result, and how much of its variance is luck: Morris first, then Sobol (Saltelli et al. 2008).

The luck of a run is a factor beside the numbers. What of a headline's variance the seeds make is aleatory, the rest
epistemic: it would go if the numbers were known.
"""

from __future__ import annotations

from clustersim.lab.sensitivity.analysis import Analysis, analyse
from clustersim.lab.sensitivity.factors import LUCK, Factor
from clustersim.lab.sensitivity.screening import Effect
from clustersim.lab.sensitivity.variance import Share, Spread

__all__ = ["LUCK", "Analysis", "Effect", "Factor", "Share", "Spread", "analyse"]
