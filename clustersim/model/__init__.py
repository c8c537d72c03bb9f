"""Floor 7, beside the lab: the model as Mesa sees it. The only place that names mesa.

Importing it imports mesa, which makes `spawn` the way this process starts others: no worker of the lab comes here.
"""

from clustersim.model.agents import Firm, Park, Town
from clustersim.model.cluster_model import ClusterModel

__all__ = ["ClusterModel", "Firm", "Park", "Town"]
