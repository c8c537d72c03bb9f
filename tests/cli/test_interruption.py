"""Ctrl-C keeps the seeds that are finished, and says so with 130."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TALKATIVE = (
    "from clustersim.cli import main, progress\n"
    "progress.PATIENCE, progress.EVERY, progress.TICK = 0.0, 0.0, 0.01\n"
    "main({arguments!r})\n"
)


def interrupted(folder: Path, *arguments: str, after: str) -> tuple[int, str]:
    """Run a command outside, press Ctrl-C when its progress has said a word; exit code and standard error."""
    command = [sys.executable, "-c", TALKATIVE.format(arguments=list(arguments))]
    environment = {**os.environ, "CLUSTERSIM_LOG_DIR": str(folder / "log")}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )
    said = ""
    assert process.stderr is not None
    with process.stderr as stream:
        for line in stream:
            said += line
            if line.startswith(after):
                process.send_signal(signal.SIGINT)
                break
        said += stream.read()
    return process.wait(timeout=120), said


@pytest.mark.parametrize("threads", ["1", "2"])
def test_finished_seeds_are_kept_and_the_run_can_be_finished(tmp_path: Path, threads: str) -> None:
    run = ("run", "letter", "--firms", "300", "--until", "2022Q4", "--threads", threads, "--seeds")
    code, said = interrupted(tmp_path, *run, "400", "--out", "mine", after="seed 5:")
    assert code == 130, said
    last = said.splitlines()[-1]
    assert last.startswith("Interrupted: the seeds finished so far") and "Traceback" not in said
    manifest = json.loads((tmp_path / "mine" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["interrupted"] is True
    assert 3 <= len(manifest["seeds"]) < 400 and manifest["seeds"][:3] == [1, 2, 3]
    again = ["run", *run[1:], str(manifest["seeds"][-1] + 1), "--out", "mine", "--quiet"]
    done = subprocess.run([sys.executable, "-m", "clustersim", *again], cwd=tmp_path, check=False, timeout=300)
    assert done.returncode == 0
    whole = json.loads((tmp_path / "mine" / "manifest.json").read_text(encoding="utf-8"))
    assert whole["interrupted"] is False and set(whole["seeds"]) > set(manifest["seeds"])


def test_nothing_is_kept_when_nothing_is_finished(tmp_path: Path) -> None:
    code, said = interrupted(tmp_path, "run", "--firms", "20000", after="history:")
    assert code == 130
    assert said.splitlines()[-1] == "Interrupted: nothing was finished, nothing is kept"
    assert [one.name for one in tmp_path.iterdir()] in ([], ["log"])
