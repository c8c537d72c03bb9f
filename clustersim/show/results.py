"""Run a policy and keep what it gives: the public `run`, its `Result`, and the run folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import clustersim
from clustersim.foundation import machine
from clustersim.foundation.words import HORIZON, Quarter
from clustersim.lab.runs import CITY, INDICES, Outcome, Progress, data_hashes, simulate
from clustersim.scenario import Scenario, ScenarioError

FORMAT: Final = 1
IDENTITY: Final = ("fingerprint", "seeds", "population_seed", "firms", "until", "grid", "qianwan", "code", "data")
SCHEMA: Final = pa.schema(
    [("seed", pa.int64()), ("scenario", pa.string()), ("quarter", pa.string()), ("town", pa.string()),
     ("indicator", pa.string()), ("value", pa.float64()), ("unit", pa.string())]
)  # fmt: skip


@dataclass
class Result:
    """The indicators of a run as a tidy frame, its manifest, and `save`.

    Columns of `indicators`: seed, scenario, quarter, town ("city" for the whole), indicator, value, unit.
    """

    outcome: Outcome
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def indicators(self) -> pd.DataFrame:
        """One row a seed, quarter, town and indicator."""
        return self.outcome.indicators

    @property
    def indices(self) -> dict[str, dict[str, float]]:
        """The five indices of the city by quarter, as means over seeds."""
        table = self.indicators
        city = table[(table["town"] == CITY) & table["indicator"].isin(INDICES)]
        means = city.groupby(["indicator", "quarter"])["value"].mean()
        return {name: {str(quarter): float(value) for quarter, value in means[name].items()} for name in INDICES}

    def save(self, folder: str | Path, *, lang: str = "zh") -> Path:
        """Write the run folder with its two pictures; refuses a folder that holds anything but this same run."""
        from clustersim.show import charts  # noqa: PLC0415  (matplotlib is slow to import, and only needed here)

        pictures = charts.run_pictures(self.outcome, lang)
        return write_folder(self, Path(folder), pictures)


def run(
    scenario: Scenario,
    seeds: Iterable[int] = (1,),
    *,
    firms: int = 50_000,
    population_seed: int = 1,
    until: Quarter | str = HORIZON,
    threads: int = 1,
    grid: str = "1km",
    qianwan: bool = False,
    data: Path | str | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run a scenario under each seed from one shared history. ScenarioError says what cannot be run.

    >>> from clustersim import load_scenario, run
    >>> result = run(load_scenario("letter"), seeds=[1], firms=500, until="2021Q3")
    >>> sorted(result.indices)
    ['clusters', 'factors', 'functions', 'green', 'space']
    """
    started, clock = datetime.now(UTC), perf_counter()
    outcome = simulate(
        scenario, seeds, firms=firms, population_seed=population_seed, until=until, threads=threads, grid=grid,
        qianwan=qianwan, data=data, progress=progress,
    )  # fmt: skip
    return Result(outcome, manifest_of(outcome, started, perf_counter() - clock, threads))


def manifest_of(outcome: Outcome, started: datetime, seconds: float, threads: int) -> dict[str, Any]:
    """What made a run, in plain JSON; checksums of the files are added when it is saved."""
    scenario, setting = outcome.scenario, outcome.setting
    return {
        "format": FORMAT,
        "scenario": scenario.name,
        "fingerprint": scenario.fingerprint(),
        "resolved": scenario.resolved(),
        "seeds": list(outcome.seeds),
        "population_seed": setting.population_seed,
        "firms": setting.firms,
        "until": str(setting.until),
        "grid": setting.grid,
        "qianwan": setting.qianwan,
        "interrupted": outcome.interrupted,
        "version": clustersim.__version__,
        "code": machine.source_fingerprint(),
        "commit": machine.git_commit(),
        "data": data_hashes(setting.data),
        "versions": machine.versions(),
        "machine": machine.facts(),
        "threads": threads,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }


def folder_problem(folder: Path, manifest: dict[str, Any]) -> str | None:
    """Why this run may not be written there, in one phrase; None when it may."""
    problem = machine.folder_problem(folder)
    if problem or not folder.exists() or not any(folder.iterdir()):
        return problem
    try:
        there = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "it holds something that is not a run: give an empty or a new folder"
    if not isinstance(there, dict) or not isinstance(there.get("format"), int):
        return "it holds something that is not a run: give an empty or a new folder"
    if there["format"] > FORMAT:
        return f"it holds a run of the newer format {there['format']}, this version writes {FORMAT}"
    other = [name for name in IDENTITY if there.get(name) != manifest.get(name)]
    if other:
        return f"it holds another run (its {other[0]} differs): give an empty or a new folder"
    return None


def write_folder(result: Result, folder: Path, pictures: dict[str, bytes]) -> Path:
    """Write everything beside the folder first, then rename it into place."""
    manifest = dict(result.manifest)
    problem = folder_problem(folder, manifest)
    if problem:
        raise ScenarioError(f"--out {folder}: {problem}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        table = pa.Table.from_pandas(result.indicators, schema=SCHEMA, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(None), workshop / "indicators.parquet", compression="zstd")
        for name, content in pictures.items():
            (workshop / name).write_bytes(content)
        manifest["files"] = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(workshop.iterdir())
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (workshop / "manifest.json").write_text(text, encoding="utf-8")
        workshop.chmod(0o755)
        if folder.exists():  # empty, or the same run: its files are replaced one by one, the manifest last
            folder.mkdir(exist_ok=True)
            for path in sorted(workshop.iterdir(), key=lambda path: path.name == "manifest.json"):
                os.replace(path, folder / path.name)
        else:
            workshop.rename(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder
