"""NSGA-II by pymoo, asked for points of the unit cube and told what they came to.

pymoo draws from a generator of its own that is seeded here: the same answers give the same questions. It belongs to the
extra `analysis` and is imported when a search begins; what it prints or warns of is not for the user.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from clustersim.scenario import ScenarioError
from clustersim.world.columns import Floats

_SEED: Final = 1  # the same file is searched in the same way
_MISSING: Final = "search: pymoo is not installed: pip install 'clustersim[analysis]'"


def pymoo_version() -> str:
    """The version of pymoo; ScenarioError when it is not there."""
    try:
        with _hushed():
            import pymoo  # noqa: F401  (whether it is there)
        return importlib.metadata.version("pymoo")
    except (ImportError, importlib.metadata.PackageNotFoundError):
        raise ScenarioError(_MISSING) from None


class Genetic:
    """One population that is bred from its first members on."""

    def __init__(self, first: Sequence[Sequence[float]], size: int, generations: int) -> None:
        with _hushed():
            from pymoo.algorithms.moo.nsga2 import NSGA2
            from pymoo.core.problem import Problem

            cube = Problem(n_var=len(first[0]), n_obj=2, n_ieq_constr=1, xl=0.0, xu=1.0)
            self._algorithm = NSGA2(pop_size=size, sampling=np.array(first, np.float64))
            self._algorithm.setup(cube, termination=("n_gen", generations), seed=_SEED, verbose=False)
        self._cube = cube
        self._asked: Any = None  # a population of pymoo's

    def ask(self) -> list[list[float]]:
        """Points to try: the first members, later their children. None is left when all children are known."""
        with _hushed():
            self._asked = self._algorithm.ask()
        if self._asked is None:
            return []
        points: list[list[float]] = self._asked.get("X").tolist()
        return points

    def tell(self, points: Floats, allowed: Sequence[bool]) -> None:
        """What the points asked for came to, [point, 2]; one that is not allowed counts as worse than all others."""
        with _hushed():
            from pymoo.core.evaluator import Evaluator
            from pymoo.problems.static import StaticProblem

            broken = np.where(np.array(allowed), -1.0, 1.0)[:, None]
            Evaluator().eval(StaticProblem(self._cube, F=points, G=broken), self._asked)
            self._algorithm.tell(infills=self._asked)


@contextlib.contextmanager
def _hushed() -> Iterator[Any]:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
