"""The whole analysis: factors, Morris, the strongest, Sobol; each stage is a sweep folder that a second start reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from clustersim.foundation import machine
from clustersim.foundation.levers import ESTIMATE
from clustersim.indicators import INDICES
from clustersim.lab.folders import refuse
from clustersim.lab.runs import Progress
from clustersim.lab.sensitivity import screening, variance
from clustersim.lab.sensitivity.factors import Factor, factors_of, whole_blocks
from clustersim.lab.sensitivity.keeping import FORMAT, KIND, keep, manifest, print_of_analysis, tables
from clustersim.lab.sensitivity.screening import Effect
from clustersim.lab.sensitivity.variance import Share, Spread
from clustersim.lab.sweep import Sweep, results, sweep
from clustersim.lab.sweep.design import setting_of
from clustersim.lab.sweep.workers import processes
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.experiments import Experiment, given, load_experiment
from clustersim.scenario.options import patch_between
from clustersim.world.columns import Floats

FEWEST_BLOCKS: Final = 2  # paths of Morris, blocks of Sobol, without a failed run


@dataclass(frozen=True)
class Analysis:
    """What decides the headlines of a policy, or those of the difference between two; the city at the horizon."""

    experiment: Experiment
    factors: tuple[Factor, ...]  # luck last
    chosen: tuple[str, ...]  # the strongest, looked at one by one
    effects: dict[str, list[Effect]]
    shares: dict[str, list[Share]]  # the strongest, and the others by standing
    standings: dict[str, list[Share]]  # all factors by standing
    spreads: dict[str, Spread]
    lost: tuple[int, int]  # paths and blocks left out, because a run in them failed
    work: tuple[Sweep, Sweep]

    @property
    def differs(self) -> bool:
        """Whether the difference between two policies was analysed, not one policy's level."""
        return len(self.experiment.policies) == 2

    def rests_on_estimates(self, headline: str) -> Share | None:
        """The share of a headline's variance that estimates make; None where nothing varies or none is an estimate."""
        return next((one for one in self.standings[headline] if one.factor == ESTIMATE), None)

    def most_worth_collecting(self, headlines: Sequence[str] = INDICES) -> Share | None:
        """The estimate whose true value would take away most variance, over some headlines in the mean.

        None when none of them is told from zero.
        """
        estimates = [one.name for one in self.factors if one.standing == ESTIMATE and one.name in self.chosen]
        found = []
        for name in estimates:
            mine = [one for headline in headlines for one in self.shares[headline] if one.factor == name]
            if mine and any(one.first > one.first_half for one in mine):
                told = np.maximum([one[1:] for one in mine], 0.0)  # no share is below zero, whatever chance makes of it
                found.append(Share(name, *(float(one) for one in told.mean(axis=0))))
        return max(found, key=lambda one: one.first, default=None)


def analyse(
    experiment: Experiment | Path | str, folder: Path | str, *, workers: int = 1, progress: Progress | None = None,
    make_executor: Callable[[int], Executor] = processes,
) -> Analysis:  # fmt: skip
    """Screen the factors of an experiment and share out the variance; ScenarioError says what cannot be analysed.

    The folder holds two sweeps, `morris` and `sobol`. An interruption (Ctrl-C) keeps what is finished and is raised.
    """
    if not isinstance(experiment, Experiment):
        experiment = load_experiment(Path(experiment))
    factors, folder = factors_of(experiment), Path(folder)
    _installed()
    refuse(folder, KIND, FORMAT, print_of_analysis(experiment))
    folder.mkdir(parents=True, exist_ok=True)
    with machine.held(folder) as free:
        if not free:
            raise ScenarioError(f"--out {folder}: another analysis is at work on it")
        keep(folder, manifest(experiment, factors, (), complete=False), {})
        found = _stages(experiment, factors, folder, workers, progress, make_executor)
        told = tables(found.effects, found.shares, found.standings, found.spreads)
        keep(folder, manifest(experiment, factors, found.chosen, complete=True), told)
    return found


def _stages(
    experiment: Experiment, factors: tuple[Factor, ...], folder: Path, workers: int, progress: Progress | None,
    make_executor: Callable[[int], Executor],
) -> Analysis:  # fmt: skip
    """Morris, the strongest, Sobol."""

    def lived(name: str, patches: list[dict[str, Any]]) -> tuple[Floats, Sweep]:
        told = _staged(progress, name)
        plan = _plan(experiment, name, patches)
        done = sweep(plan, folder / name, workers=workers, progress=told, make_executor=make_executor)
        if done.interrupted:
            raise KeyboardInterrupt
        return _outcome(experiment, done.folder), done

    cube, patches = screening.paths(experiment, factors)
    values, first = lived("morris", patches)
    _enough(values, len(factors) + 1, first)
    effects, lost_paths = screening.effects(factors, cube, values)
    chosen = screening.strongest(effects, experiment.sensitivity.factors)

    groups, standings = variance.groups_of(factors, chosen), variance.by_standing(factors)
    mine = variance.sample(experiment, factors, groups)
    values, second = lived("sobol", [*mine, *variance.sample(experiment, factors, standings)])
    _enough(values[: len(mine)], len(set(groups)) + 2, second)
    _enough(values[len(mine) :], len(set(standings)) + 2, second)
    shares, spreads, lost_blocks = variance.shares(factors, groups, values[: len(mine)])
    return Analysis(
        experiment, factors, chosen, effects, shares, variance.shares(factors, standings, values[len(mine) :])[0],
        spreads, (lost_paths, lost_blocks), (first, second),
    )  # fmt: skip


def _plan(experiment: Experiment, stage: str, patches: list[dict[str, Any]]) -> Experiment:
    """The points of a stage under each policy."""
    policies: Sequence[Scenario] = experiment.policies or (experiment.base,)
    every = [{**patch_between(experiment.base, one), **patch} for one in policies for patch in patches]
    name = f"{experiment.name}-{stage}"
    return given(name, experiment.base, every, 1, setting_of(experiment), recalibrate=experiment.recalibrate)


def _outcome(experiment: Experiment, folder: Path) -> Floats:
    """[point, headline] of the city: of the one policy, or of the second less the first."""
    city = results(folder, city_only=True).city
    if len(experiment.policies) < 2:
        return city
    half = len(city) // 2
    return city[half:] - city[:half]


def _enough(values: Floats, block: int, done: Sweep) -> None:
    if whole_blocks(values, block).sum() < FEWEST_BLOCKS:
        why = f"{len(done.failed)} of {done.runs} runs failed ({done.failed[0].message})"
        raise ScenarioError(f"sensitivity: too little is left to analyse: {why}: see {done.folder}/failures.parquet")


def _staged(progress: Progress | None, name: str) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total, what: progress(done, total, f"{name}: {what}")


def _installed() -> None:
    try:
        import SALib  # noqa: F401
    except ImportError:
        raise ScenarioError("sensitivity: SALib is not installed: pip install 'clustersim[analysis]'") from None
