"""A run read back from its folder, to be lived once more; refused when it would not give the same bits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clustersim.foundation import machine
from clustersim.foundation.assumptions import Assumptions
from clustersim.foundation.words import Quarter
from clustersim.histories import data_hashes
from clustersim.scenario import Scenario, ScenarioError, Target
from clustersim.scenario import levers as bundle
from clustersim.scenario.setting import Setting

FORMAT: Final = 1  # of a run folder
_NEEDED: Final = (
    "scenario", "code", "resolved", "fingerprint", "seeds", "firms", "population_seed", "until", "grid", "qianwan",
    "data",
)  # fmt: skip


@dataclass(frozen=True)
class Rerun:
    """What a run folder says of its run."""

    scenario: Scenario
    setting: Setting
    seeds: tuple[int, ...]


def read_run(folder: Path, data: Path | None = None) -> Rerun:
    """The run of a folder; ScenarioError when there is none, or when code or data are not those that made it.

    `data` is the folder of tables it ran with, if it ran with some.
    """
    manifest = _manifest(folder)
    if manifest["code"] != machine.source_fingerprint():
        raise ScenarioError(
            f"{folder}: made by other code ({manifest.get('version')}, commit {manifest.get('commit')}): what this "
            "version would tell is not what happened there. Run it again, or use the version that made it"
        )
    setting = Setting.read(
        manifest["firms"], manifest["population_seed"], manifest["until"], manifest["grid"], manifest["qianwan"], data
    )
    other = [name for name, digest in data_hashes(setting.data).items() if manifest["data"].get(name) != digest]
    if other:
        raise ScenarioError(f"{folder}: it ran with another {other[0]}: give its tables with --data DIR")
    scenario = _scenario(manifest)
    if scenario.fingerprint() != manifest["fingerprint"]:
        raise ScenarioError(f"{folder}/manifest.json: its scenario does not have its fingerprint: changed by hand")
    return Rerun(scenario, setting, tuple(manifest["seeds"]))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"{folder}: not a run folder (it has no manifest.json)") from None
    except (OSError, ValueError) as wrong:
        raise ScenarioError(f"{path}: cannot be read: {wrong}") from None
    if not isinstance(found, dict) or not isinstance(found.get("format"), int):
        raise ScenarioError(f"{path}: not the manifest of a run")
    if found["format"] > FORMAT:
        raise ScenarioError(f"{path}: a run of the newer format {found['format']}, this version reads {FORMAT}")
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise ScenarioError(f"{path}: not the manifest of a run (it has no {missing[0]})")
    return found


def _scenario(manifest: dict[str, Any]) -> Scenario:
    """The scenario as it was resolved: its levers are those that ran."""
    resolved = manifest["resolved"]
    levers = {name: tuple(value) if isinstance(value, list) else value for name, value in resolved["levers"].items()}
    try:
        return Scenario(
            manifest["scenario"],
            levers=bundle.written(bundle.Levers(), levers),
            assumptions=Assumptions(**resolved["assumptions"]),
            off=tuple(resolved["off"]),
            targets={
                name: Target(one["value"], Quarter.parse(one["quarter"])) for name, one in resolved["targets"].items()
            },
        )
    except (TypeError, ValueError, AttributeError, KeyError) as wrong:
        raise ScenarioError(f"manifest.json: its scenario cannot be read: {wrong}") from None
