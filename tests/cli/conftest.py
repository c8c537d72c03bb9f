"""What all tests of commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clustersim.cli import app, errors

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in this process, in an empty folder; gives exit code, standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERSIM_LOG_DIR", str(tmp_path / "log"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = errors.guarded(app, list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run
