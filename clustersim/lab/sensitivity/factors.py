"""The factors of a sensitivity analysis, and how points of the unit cube become policies with a seed.

>>> seed_at(0.0, 20), seed_at(0.999, 20), seed_at(1.0, 20)
(1, 20, 20)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clustersim.lab.sweep.design import values_at
from clustersim.scenario import ScenarioError
from clustersim.scenario.designs import SAMPLED
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.options import described
from clustersim.world.columns import Floats

Booleans = npt.NDArray[np.bool_]
LUCK: Final = "luck"  # the factor that is the seed, and its standing
FEWEST_SAMPLES: Final = 8


class Factor(NamedTuple):
    """One number that is varied; `standing` says what it rests on."""

    name: str
    standing: str
    low: float
    high: float


def factors_of(experiment: Experiment) -> tuple[Factor, ...]:
    """The factors of an experiment, luck last; ScenarioError says why it cannot be analysed."""
    _refuse(experiment)
    told = described()
    found = [
        Factor(name, told[name].standing, float(low), float(high))  # type: ignore[arg-type]  # bounds of numbers
        for name, (low, high) in experiment.levers.items()
    ]
    return *found, Factor(LUCK, LUCK, 1.0, float(experiment.seeds))


def problem_of(names: Sequence[str], groups: Sequence[str] | None = None) -> dict[str, Any]:
    """A problem as SALib takes it, over the unit cube."""
    problem: dict[str, Any] = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return problem if groups is None else {**problem, "groups": list(groups)}


def points(experiment: Experiment, cube: Floats, seeds: Iterable[int]) -> list[dict[str, Any]]:
    """A patch for each point: the values of the factors, and its seed."""
    rows = cube[:, : len(experiment.levers)].tolist()
    return [{**values_at(experiment, row), "seed": seed} for row, seed in zip(rows, seeds, strict=True)]


def seed_at(share: float, seeds: int) -> int:
    """The seed at a share of the factor luck."""
    return 1 + min(int(share * seeds), seeds - 1)


def whole_blocks(values: Floats, block: int) -> Booleans:
    """Of [point, headline] in blocks of points that belong together: which have no failed run."""
    broken = np.isnan(values).reshape(-1, block * values.shape[1]).any(axis=1)
    return np.asarray(~broken, bool)


def _refuse(experiment: Experiment) -> None:
    if experiment.kind not in SAMPLED:
        allowed = f'give it kind = "sobol" with samples and the low and high of each lever, not {experiment.kind!r}'
        raise ScenarioError(f"sensitivity: design.kind: {allowed}")
    if experiment.precision or experiment.seeds < 2:
        raise ScenarioError("sensitivity: seeds: luck is a factor here: give seeds = 2 or more, such as 100")
    if len(experiment.levers) < 2:
        raise ScenarioError("sensitivity: design.levers: two factors or more are needed, to tell one from another")
    samples = experiment.samples
    if samples < FEWEST_SAMPLES or samples & (samples - 1):
        near = max(FEWEST_SAMPLES, 1 << samples.bit_length())
        problem = f"{samples} is not a power of two from {FEWEST_SAMPLES}, which a Sobol design needs: {near} is"
        raise ScenarioError(f"sensitivity: design.samples: {problem}")
    if len(experiment.policies) > 2:
        problem = "one policy, or two whose difference is analysed"
        raise ScenarioError(f"sensitivity: design.policies: {len(experiment.policies)} are named; {problem}")
