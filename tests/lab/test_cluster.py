"""The same sweep on a real Dask scheduler with two worker processes, one of them killed midway."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import clustersim
from clustersim.lab.sweep import sweep
from clustersim.scenario.experiments import load_experiment
from tests.lab.test_sweep import bits

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="dask is not installed"),
]
PLAN = """
name = "prices"
firms = 20000
seeds = 60
until = "2023Q4"
[design]
[design.levers]
"differential.surcharge_below_d" = [0.0, 0.3]
"""


class Dask:
    """A scheduler and its workers, as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file))
        deadline = time.monotonic() + 60
        while not self.file.exists():
            assert time.monotonic() < deadline, "the scheduler did not come up"
            time.sleep(0.1)

    @property
    def address(self) -> str:
        found: str = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        return found

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        return self._start(
            "dask_worker", "--scheduler-file", str(self.file), "--nthreads", "1", "--no-nanny", "--local-directory",
            str(self.folder), **environment,
        )  # fmt: skip

    def _start(self, module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        made = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path(clustersim.__file__).parents[1]), **environment},
        )  # fmt: skip
        self.processes.append(made)
        return made


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    made = Dask(tmp_path)
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


def on_cluster(dask: Dask, folder: Path, *more: str) -> subprocess.Popen[str]:
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-m", "clustersim", "sweep", str(folder / "plan.toml"), "--scheduler", dask.address]
    return subprocess.Popen(
        [*command, "--out", str(folder / "far"), "--json", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "CLUSTERSIM_LOG_DIR": str(folder / "log")},
    )  # fmt: skip


def test_a_worker_that_is_killed_midway_changes_nothing(dask: Dask, tmp_path: Path) -> None:
    one, _ = dask.worker(), dask.worker()
    with on_cluster(dask, tmp_path) as going:
        time.sleep(4.5)
        assert going.poll() is None and one.poll() is None, "it is to be killed midway"
        one.send_signal(signal.SIGKILL)
        out, err = going.communicate(timeout=240)
    assert going.returncode == 0, err
    told: dict[str, Any] = json.loads(out)
    assert (told["done"], told["failed"], told["complete"]) == (120, [], True)
    assert sweep(load_experiment(tmp_path / "plan.toml"), tmp_path / "near", workers=2).complete
    assert bits(tmp_path / "far") == bits(tmp_path / "near")


def other_code(tmp_path: Path) -> str:
    other = tmp_path / "other"
    shutil.copytree(
        Path(clustersim.__file__).parent, other / "clustersim", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (other / "clustersim" / "quarter.py").open("a", encoding="utf-8") as file:
        file.write("\n# another version\n")
    return str(other)


def test_a_worker_with_other_code_that_joins_later_stops_the_sweep_and_loses_nothing(
    dask: Dask, tmp_path: Path
) -> None:
    dask.worker()
    with on_cluster(dask, tmp_path) as going:
        while not list(tmp_path.glob("far/results/*.parquet")):
            time.sleep(0.2)
            assert going.poll() is None
        dask.worker(PYTHONPATH=other_code(tmp_path))
        out, err = going.communicate(timeout=240)
    assert (going.returncode, out) == (2, "")
    assert "a worker that has joined has another code" in err.splitlines()[-1]
    dask.processes[-1].kill()
    dask.processes[-1].wait()
    with on_cluster(dask, tmp_path) as going:
        out, err = going.communicate(timeout=240)
    told = json.loads(out)
    assert told["complete"] and told["reused"] >= 1 and told["reused"] + told["done"] == 120


def test_a_worker_with_other_code_is_refused(dask: Dask, tmp_path: Path) -> None:
    dask.worker(PYTHONPATH=other_code(tmp_path))
    with on_cluster(dask, tmp_path) as going:
        out, err = going.communicate(timeout=120)
    assert (going.returncode, out, err.count("\n")) == (2, "", 1)
    assert "has another code" in err
    assert not (tmp_path / "far").exists()


def test_a_scheduler_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-m", "clustersim", "sweep", str(tmp_path / "plan.toml")]
    ran = subprocess.run(
        [*command, "--scheduler", "tcp://127.0.0.1:9", "--out", str(tmp_path / "far")], capture_output=True, text=True,
        check=False, timeout=120, env={**os.environ, "CLUSTERSIM_LOG_DIR": str(tmp_path / "log")},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--scheduler tcp://127.0.0.1:9" in ran.stderr.splitlines()[-1]
    assert not (tmp_path / "far").exists()
