"""What an analysis leaves beside its sweeps: three small tables and a manifest that says what made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

import clustersim
from clustersim.foundation import machine
from clustersim.lab.sensitivity.factors import Factor
from clustersim.lab.sensitivity.screening import Effect
from clustersim.lab.sensitivity.variance import Share, Spread
from clustersim.lab.sweep.design import identity
from clustersim.lab.sweep.running import print_of
from clustersim.scenario.experiments import Experiment

FORMAT: Final = 1
KIND: Final = "sensitivity"
EFFECTS, SHARES, SPREADS = "effects.csv", "shares.csv", "spreads.csv"


def print_of_analysis(experiment: Experiment) -> str:
    """What tells one analysis from another: SHA-256 of the experiment, its seeds and its settings."""
    parts = [print_of(experiment), experiment.seeds, *vars(experiment.sensitivity).values()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def tables(
    effects: dict[str, list[Effect]], shares: dict[str, list[Share]], standings: dict[str, list[Share]],
    spreads: dict[str, Spread],
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The three tables by file name: Morris effects, Sobol shares singly and by standing, spreads."""
    singly = _frame(shares).assign(by="factor")
    together = _frame(standings).assign(by="standing")
    spread = pd.DataFrame([{"indicator": name, **one._asdict()} for name, one in spreads.items()])
    return {EFFECTS: _frame(effects), SHARES: pd.concat([singly, together], ignore_index=True), SPREADS: spread}


def manifest(
    experiment: Experiment, factors: Iterable[Factor], chosen: Iterable[str], complete: bool
) -> dict[str, Any]:  # fmt: skip
    """What made the analysis."""
    return {
        "format": FORMAT, "kind": KIND, "name": experiment.name, "question": experiment.question._asdict(),
        "experiment": print_of_analysis(experiment), "base": experiment.base.name,
        "fingerprint": experiment.base.fingerprint(), "policies": [one.name for one in experiment.policies],
        "factors": [one._asdict() for one in factors], "chosen": list(chosen), "samples": experiment.samples,
        "seeds": experiment.seeds, **vars(experiment.sensitivity), **identity(experiment),
        "version": clustersim.__version__, "commit": machine.git_commit(), "versions": machine.versions(),
        "machine": machine.facts(), "made": datetime.now(UTC).isoformat(timespec="seconds"), "complete": complete,
    }  # fmt: skip


def keep(folder: Path, told: dict[str, Any], found: dict[str, pd.DataFrame]) -> None:
    """Write tables and manifest, each whole."""
    sums = {}
    for name, table in found.items():
        text = table.to_csv(index=False, lineterminator="\n")
        machine.write_whole(folder / name, text)
        sums[name] = hashlib.sha256(text.encode()).hexdigest()
    text = json.dumps({**told, "files": sums}, ensure_ascii=False, indent=1) + "\n"
    machine.write_whole(folder / "manifest.json", text)


def _frame(found: dict[str, list[Any]]) -> pd.DataFrame:
    return pd.DataFrame([{"indicator": name, **one._asdict()} for name, many in found.items() for one in many])
