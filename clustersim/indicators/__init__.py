"""Floor 5: the five goals, measured."""

from clustersim.indicators.catalogue import INDICATORS, INDICES, PLACE
from clustersim.indicators.indicator import Indicator
from clustersim.indicators.measures import Measures, measure, set_base

__all__ = ["INDICATORS", "INDICES", "PLACE", "Indicator", "Measures", "measure", "set_base"]
