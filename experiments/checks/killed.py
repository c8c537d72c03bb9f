"""Is a sweep that was killed the same as one that was not: kill -9 at random moments, and a lost worker of a cluster?

The same experiment is swept undisturbed, killed three times at random moments and started again, and on a real Dask
scheduler with two workers of which one is killed midway. The hash is over design and results.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
from common import keep, markdown, options, tell

from clustersim.lab.sweep import results

asked = options(__doc__.splitlines()[0], firms=20_000, seeds=60, kills=3)
PLAN = f"""
name = "killed"
firms = {asked.firms}
seeds = {asked.seeds}
until = "2023Q4"
[design]
[design.levers]
"differential.surcharge_below_d" = [0.0, 0.3]
"""
COMMAND = [sys.executable, "-m", "clustersim", "sweep"]


def bits(folder: Path) -> str:
    """The first digits of the hash of everything that a finished sweep is read from."""
    digest = hashlib.sha256()
    for path in [folder / "design.parquet", *sorted((folder / "results").iterdir())]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def swept(home: Path, name: str, *more: str) -> subprocess.Popen[bytes]:
    """A sweep at work, in a process of its own."""
    return subprocess.Popen([*COMMAND, str(home / "plan.toml"), "--out", str(home / name), "--quiet", *more])


def there(folder: Path) -> int:
    """Runs that are in a folder."""
    try:
        return int((~pd.isna(results(folder).city[:, 0])).sum())
    except (OSError, KeyError):
        return 0


def killed(home: Path, took: float) -> list[tuple[str, str, str]]:
    """Kill a sweep at random moments of the time that it took undisturbed, and let it end."""
    told = []
    for kill in range(1, asked.kills + 1):
        moment = took * (0.25 + secrets.randbelow(500) / 1000)
        with swept(home, "killed") as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        told.append((f"kill -9, {kill}", f"after {moment:.1f} s", f"{there(home / 'killed')} runs kept"))
    code = swept(home, "killed").wait()
    return [*told, ("killed, to the end", f"exit code {code}", bits(home / "killed"))]


def dask(home: Path, kind: str, *more: str) -> subprocess.Popen[bytes]:
    """A scheduler or a worker."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(home / "scheduler.json")]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    return subprocess.Popen([*command, "--no-dashboard", *more], **quiet)


def on_cluster(home: Path, took: float) -> list[tuple[str, str, str]]:
    """Sweep on two Dask workers and kill one of them."""
    started = [dask(home, "scheduler", "--host", "127.0.0.1", "--port", "0")]
    while not (home / "scheduler.json").exists():
        time.sleep(0.1)
    address = json.loads((home / "scheduler.json").read_text(encoding="utf-8"))["address"]
    started += [dask(home, "worker", "--nthreads", "1", "--no-nanny") for _ in range(2)]
    try:
        with swept(home, "cluster", "--scheduler", address) as process:
            time.sleep(0.6 * took)
            os.kill(started[1].pid, signal.SIGKILL)
            going = process.poll() is None
            code = process.wait()
    finally:
        for one in started:
            one.kill()
            one.wait()
    midway = f"one of two workers killed after {0.6 * took:.1f} s, {'midway' if going else 'too late'}"
    return [("Dask", f"{midway}; exit code {code}", bits(home / "cluster"))]


with tempfile.TemporaryDirectory() as folder:
    home = Path(folder)
    (home / "plan.toml").write_text(PLAN, encoding="utf-8")
    tell("undisturbed")
    start = time.perf_counter()
    code = swept(home, "calm").wait()
    took = time.perf_counter() - start
    rows = [("undisturbed", f"{2 * asked.seeds} runs in {took:.1f} s, exit code {code}", bits(home / "calm"))]
    tell("killed")
    rows += killed(home, took)
    tell("on a cluster")
    rows += on_cluster(home, took)
    hashes = {bits(home / name) for name in ("calm", "killed", "cluster")}
rows.append(("all equal", "", "yes" if len(hashes) == 1 else "no"))
keep(__file__, pd.DataFrame(rows, columns=["sweep", "what happened", "hash of design and results"]), asked, markdown)
