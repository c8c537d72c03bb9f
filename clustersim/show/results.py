"""Run a policy and keep what it gives: the public `run`, its `Result`, and the run folder."""

from __future__ import annotations

import hashlib
import json
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
from clustersim.indicators import INDICES
from clustersim.lab.rerun import FORMAT
from clustersim.lab.runs import Outcome, Progress, Setting, WalkOf, by_columns, data_hashes, simulate
from clustersim.lab.tidy import CITY
from clustersim.scenario import Scenario, ScenarioError

WORKSHOP: Final = ".clustersim-"  # how a folder begins in which files are made; a kill may leave one behind
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
        from clustersim.show import charts  # here, since matplotlib is slow to import and only needed now

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
    firms_table: bool = False,
    events: bool = False,
    engine: str = "columns",
    progress: Progress | None = None,
) -> Result:
    """Run a scenario under each seed from one shared history. ScenarioError says what cannot be run.

    `engine` says who goes over the firms after 2021Q2: compiled columns, or Mesa agents one by one (the same bits, some
    hundred times slower). `events` keeps every event of every firm.

    >>> from clustersim import load_scenario, run
    >>> result = run(load_scenario("letter"), seeds=[1], firms=500, until="2021Q3")
    >>> sorted(result.indices)
    ['clusters', 'factors', 'functions', 'green', 'space']
    """
    started, clock = datetime.now(UTC), perf_counter()
    outcome = simulate(
        scenario, seeds, firms=firms, population_seed=population_seed, until=until, threads=threads, grid=grid,
        qianwan=qianwan, data=data, firms_table=firms_table, events=events, walk_of=walk_of(engine), progress=progress,
    )  # fmt: skip
    manifest = manifest_of(outcome, started, perf_counter() - clock, threads)
    return Result(outcome, {**manifest, "engine": engine})


def walk_of(engine: str) -> WalkOf:
    """How firms are walked over under the name of an engine; ScenarioError names those there are."""
    if engine == "agents":
        from clustersim.model.engine import agents_walk  # here, since mesa is slow to import and only needed now

        return agents_walk
    if engine != "columns":
        raise ScenarioError(f"--engine: {engine!r} is not allowed: columns or agents")
    return by_columns


def identity(scenario: Scenario, setting: Setting, seeds: Iterable[int]) -> dict[str, Any]:
    """What tells one run from another: known before it starts, and the same for the same bits."""
    return {
        "fingerprint": scenario.fingerprint(),
        "seeds": list(seeds),
        "population_seed": setting.population_seed,
        "firms": setting.firms,
        "until": str(setting.until),
        "grid": setting.grid,
        "qianwan": setting.qianwan,
        "code": machine.source_fingerprint(),
        "data": data_hashes(setting.data),
    }


def short_name(scenario: Scenario, identity: dict[str, Any]) -> str:
    """A name for the folder of a run: the scenario and eight hex digits that only the same run has."""
    digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
    return f"{scenario.name.replace(' ', '-')}-{digest[:8]}"


def manifest_of(outcome: Outcome, started: datetime, seconds: float, threads: int) -> dict[str, Any]:
    """What made a run, in plain JSON; checksums of the files are added when it is saved."""
    scenario, setting = outcome.scenario, outcome.setting
    return {
        "format": FORMAT,
        "scenario": scenario.name,
        **identity(scenario, setting, outcome.seeds),
        "resolved": scenario.resolved(),
        "interrupted": outcome.interrupted,
        "version": clustersim.__version__,
        "commit": machine.git_commit(),
        "versions": machine.versions(),
        "machine": machine.facts(),
        "threads": threads,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }


def folder_problem(folder: Path, mine: dict[str, Any]) -> str | None:
    """Why the run of this identity may not be written there, in one phrase; None when it may.

    It may where nothing is, over the same run, and over the same run that was interrupted with fewer seeds.
    """
    problem = machine.folder_problem(folder)
    if problem or not folder.exists() or all(one.name.startswith(WORKSHOP) for one in folder.iterdir()):
        return problem
    try:
        there = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "it holds something that is not a run: give an empty or a new folder"
    if not isinstance(there, dict) or not isinstance(there.get("format"), int):
        return "it holds something that is not a run: give an empty or a new folder"
    if there["format"] > FORMAT:
        return f"it holds a run of the newer format {there['format']}, this version writes {FORMAT}"
    other = [name for name in mine if there.get(name) != mine[name]]
    if other and not (other == ["seeds"] and _continues(there, mine)):
        return f"it holds another run (its {other[0]} differs): give an empty or a new folder"
    return None


def _continues(there: dict[str, Any], mine: dict[str, Any]) -> bool:
    """Whether a run holds every seed of one that was interrupted, and more."""
    done = there.get("seeds")
    return there.get("interrupted") is True and isinstance(done, list) and all(seed in mine["seeds"] for seed in done)


def write_folder(result: Result, folder: Path, pictures: dict[str, bytes]) -> Path:
    """Write everything in a workshop first, then rename it into place."""
    manifest, outcome = dict(result.manifest), result.outcome
    problem = folder_problem(folder, identity(outcome.scenario, outcome.setting, outcome.seeds))
    if problem:
        raise ScenarioError(f"--out {folder}: {problem}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    there = folder.exists()  # a folder that exists may be a disk of its own: only inside it can files be renamed
    workshop = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=folder if there else folder.parent))
    try:
        table = pa.Table.from_pandas(result.indicators, schema=SCHEMA, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(None), workshop / "indicators.parquet", compression="zstd")
        if outcome.firms is not None:
            outcome.firms.to_parquet(workshop / "firms.parquet", compression="zstd", index=False)
        if outcome.events is not None:
            outcome.events.to_parquet(workshop / "events.parquet", compression="zstd", index=False)
        for name, content in pictures.items():
            (workshop / name).write_bytes(content)
        manifest["files"] = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(workshop.iterdir())
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (workshop / "manifest.json").write_text(text, encoding="utf-8")
        workshop.chmod(0o755)
        if there:  # empty, or the same run: its files are replaced one by one, the manifest last
            for path in sorted(workshop.iterdir(), key=lambda path: path.name == "manifest.json"):
                path.replace(folder / path.name)
        else:
            workshop.rename(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder
