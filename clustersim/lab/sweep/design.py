"""The runs of an experiment: which values each policy has, under which seeds, and the key of each run.

A key is a hash of everything that decides the bits of a run: the resolved policy, the seed, the city, the code and the
data. How an experiment is named or written changes no key, so results of one serve another in the same folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scipy.stats import qmc

from clustersim.foundation import machine
from clustersim.foundation.levers import Plain
from clustersim.histories import data_hashes
from clustersim.scenario import Scenario, ScenarioError
from clustersim.scenario.experiments import SAMPLED, Experiment
from clustersim.scenario.options import described, patched
from clustersim.scenario.setting import Setting

_DESIGN_SEED = 0  # of sampled designs: the same file gives the same design


class Run(NamedTuple):
    """One policy under one seed."""

    key: str
    scenario: int  # place of the policy in the design
    patch: dict[str, Plain]  # on the base of the experiment
    seed: int


def setting_of(experiment: Experiment) -> Setting:
    """The city of an experiment."""
    return Setting(experiment.firms, experiment.population_seed, experiment.until)


def patches(experiment: Experiment) -> list[dict[str, Plain]]:
    """The values of every policy, in the order of the design."""
    if experiment.kind not in SAMPLED:
        return list(experiment.patches())
    names, told = list(experiment.levers), described()
    size, count = len(names), experiment.samples
    if experiment.kind == "latin":
        shares = qmc.LatinHypercube(size, rng=_DESIGN_SEED).random(count)
    else:
        power = max(1, (count - 1).bit_length())  # a Sobol sequence is balanced at powers of two
        shares = qmc.Sobol(size, rng=_DESIGN_SEED).random_base2(power)[:count]
    bounds, kinds = [experiment.levers[name] for name in names], [told[name].kind for name in names]
    rows = ([_within(*one) for one in zip(bounds, kinds, row.tolist(), strict=True)] for row in shares)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _within(bounds: tuple[Plain, ...], kind: str, share: float) -> Plain:
    """A value between two bounds, a whole one for a whole number."""
    low, high = bounds
    assert isinstance(low, int | float) and isinstance(high, int | float)
    if kind == "int":
        return int(min(low + share * (high - low + 1), high))
    return low + share * (high - low)


def design(experiment: Experiment, seeds: Sequence[int]) -> list[Run]:
    """Every policy of the design under the first of all seeds, policy by policy; `seeds` says how many for each."""
    fixed, runs = identity(experiment), []
    for place, (patch, count) in enumerate(zip(patches(experiment), seeds, strict=True)):
        try:
            print_of = patched_policy(experiment, patch).fingerprint()
        except ScenarioError:  # not allowed together: it fails when it is run, and is told then
            print_of = json.dumps(patch, sort_keys=True)
        for seed in range(1, count + 1):
            runs.append(Run(_key({**fixed, "fingerprint": print_of, "seed": seed}), place, patch, seed))
    return runs


def identity(experiment: Experiment) -> dict[str, Any]:
    """What all runs of an experiment share and their bits depend on."""
    setting = setting_of(experiment)
    return {
        "firms": setting.firms, "population_seed": setting.population_seed, "until": str(setting.until),
        "code": machine.source_fingerprint(), "data": data_hashes(setting.data),
    }  # fmt: skip


def policy(experiment: Experiment, run: Run) -> Scenario:
    """The policy of a run; ScenarioError when its values are not allowed together."""
    return patched_policy(experiment, run.patch)


def patched_policy(experiment: Experiment, patch: Mapping[str, Any]) -> Scenario:
    """The base under the values of a patch; clauses under `off` are switched off."""
    values = {name: value for name, value in patch.items() if name != "off"}
    return patched(experiment.base.with_off(patch.get("off", ())), values)


def _key(parts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
