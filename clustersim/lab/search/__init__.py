"""Search: the cheapest policies that meet targets with a chosen probability, checked under fresh seeds."""

from __future__ import annotations

from clustersim.lab.search.checking import Checked, Verdict
from clustersim.lab.search.searching import Search, search

__all__ = ["Checked", "Search", "Verdict", "search"]
