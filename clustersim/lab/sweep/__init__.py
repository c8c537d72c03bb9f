"""Sweeps: many policies under many seeds, in a folder that survives a kill and is the same without it."""

from __future__ import annotations

from clustersim.lab.sweep.design import Run, design
from clustersim.lab.sweep.reading import Results, results
from clustersim.lab.sweep.running import Sweep, sweep

__all__ = ["Results", "Run", "Sweep", "design", "results", "sweep"]
