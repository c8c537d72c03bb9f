"""The runs of an experiment: which values each policy has, under which seeds, and the key of each run.

A key is a hash of everything that decides the bits of a run: the resolved policy, the seed, the city, the code and the
data. How an experiment is named or written changes no key, so results of one serve another in the same folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from scipy.stats import qmc

from clustersim.foundation import machine
from clustersim.foundation.levers import Plain
from clustersim.histories import data_hashes
from clustersim.scenario import ScenarioError
from clustersim.scenario.designs import SAMPLED
from clustersim.scenario.experiments import Experiment
from clustersim.scenario.options import described, policy_under
from clustersim.scenario.setting import Setting

_DESIGN_SEED = 0  # of sampled designs: the same file gives the same design


class Run(NamedTuple):
    """One policy under one seed."""

    key: str
    scenario: int  # place of the policy in the design
    patch: dict[str, Any]  # on the base of the experiment, see `policy_under`
    seed: int


def setting_of(experiment: Experiment) -> Setting:
    """The city of an experiment."""
    return Setting(experiment.firms, experiment.population_seed, experiment.until)


def patches(experiment: Experiment) -> list[dict[str, Any]]:
    """The patch of every policy on the base, in the order of the design: each named policy under each row."""
    rows = sampled_rows(experiment) if experiment.kind in SAMPLED else list(experiment.patches())
    return [{**policy, **row} for policy in experiment.policy_patches() for row in rows]


def sampled_rows(experiment: Experiment) -> list[dict[str, Plain]]:
    """The values of each row of a latin or sobol design."""
    return [values_at(experiment, row) for row in sampled_shares(experiment)]


def sampled_shares(experiment: Experiment) -> list[list[float]]:
    """The points of a latin or sobol design in the unit cube."""
    size, count = len(experiment.levers), experiment.samples
    if experiment.kind == "latin":
        shares = qmc.LatinHypercube(size, rng=_DESIGN_SEED).random(count)
    else:
        power = max(1, (count - 1).bit_length())  # a Sobol sequence is balanced at powers of two
        shares = qmc.Sobol(size, rng=_DESIGN_SEED).random_base2(power)[:count]
    found: list[list[float]] = shares.tolist()
    return found


def values_at(experiment: Experiment, shares: Sequence[float]) -> dict[str, Plain]:
    """The values of the sampled factors at a point of the unit cube."""
    told = described()
    return {
        name: _within(bounds, told[name].kind, share)
        for (name, bounds), share in zip(experiment.levers.items(), shares, strict=True)
    }


def shares_at(experiment: Experiment, values: Mapping[str, Plain]) -> list[float]:
    """The point of the unit cube at which the sampled factors have some values, or are nearest to them."""
    told = described()
    return [_share(bounds, told[name].kind, values[name]) for name, bounds in experiment.levers.items()]


def _within(bounds: tuple[Plain, ...], kind: str, share: float) -> Plain:
    """A value between two bounds, a whole one for a whole number."""
    low, high = bounds
    assert isinstance(low, int | float) and isinstance(high, int | float)
    if kind == "int":
        return int(min(low + share * (high - low + 1), high))
    return min(low + share * (high - low), high)  # 0.3 + (0.9 - 0.3) is a little more than 0.9


def _share(bounds: tuple[Plain, ...], kind: str, value: Plain) -> float:
    """Where a value lies between two bounds, in the middle of its step for a whole number."""
    low, high = bounds
    assert isinstance(low, int | float) and isinstance(high, int | float) and isinstance(value, int | float)
    step = 1 if kind == "int" else 0
    return min(max((value - low + 0.5 * step) / (high - low + step), 0.0), 1.0)


def design(experiment: Experiment, seeds: Sequence[int], policies: Sequence[dict[str, Any]] | None = None) -> list[Run]:
    """Every policy of the design under the first of all seeds, policy by policy; `seeds` says how many for each.

    A patch that names its seed is run under that one.
    """
    fixed, runs = identity(experiment), list[Run]()
    aimless = replace(experiment.base, targets={})  # what is aimed at changes no bit
    for place, (patch, count) in enumerate(zip(policies or patches(experiment), seeds, strict=True)):
        try:
            print_of = policy_under(aimless, patch).fingerprint()
        except ScenarioError:  # not allowed together: it fails when it is run, and is told then
            print_of = json.dumps(patch, sort_keys=True)
        for seed in [patch["seed"]] if "seed" in patch else range(1, count + 1):
            runs.append(Run(_key({**fixed, "fingerprint": print_of, "seed": seed}), place, patch, seed))
    return runs


def identity(experiment: Experiment) -> dict[str, Any]:
    """What all runs of an experiment share and their bits depend on."""
    setting = setting_of(experiment)
    return {
        "firms": setting.firms, "population_seed": setting.population_seed, "until": str(setting.until),
        "code": machine.source_fingerprint(), "data": data_hashes(setting.data),
    }  # fmt: skip


def _key(parts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
