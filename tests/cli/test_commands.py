"""The commands as people and scripts meet them: exit codes, one line for what is wrong, JSON, run folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clustersim.cli import check, clauses, progress
from clustersim.letter import register
from clustersim.scenario import load_scenario
from clustersim.world.datafiles import path_of

SMALL = ("--firms", "300", "--until", "2021Q4", "--threads", "1")
Command = Callable[..., tuple[int, str, str]]


def outside(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as another process."""
    environment = {**os.environ, **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "clustersim", *arguments], capture_output=True, encoding="utf-8", errors="replace",
        timeout=300, check=False, env=environment, **options,
    )  # fmt: skip


def test_a_run_prints_the_indices_and_writes_its_folder(command: Command, tmp_path: Path) -> None:
    code, out, _ = command("run", "letter", *SMALL, "--out", "mine", "--lang", "en")
    assert code == 0
    assert "空间优化指数  Space index" in out and "Written to mine" in out
    assert sorted(one.name for one in (tmp_path / "mine").iterdir()) == [
        "indicators.parquet", "manifest.json", "map.png", "paths.png",
    ]  # fmt: skip
    table = pd.read_parquet(tmp_path / "mine" / "indicators.parquet")
    assert table["quarter"].max() == "2021Q4" and set(table["seed"]) == {1}


def test_json_is_one_object_and_nothing_else(command: Command) -> None:
    code, out, err = command("run", "none", *SMALL, "--json", "--seeds", "2", "--seed", "7")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert set(told) == {"fingerprint", "out", "indices", "targets"}
    assert told["fingerprint"] == load_scenario("none").fingerprint()
    assert set(told["indices"]) == {"space", "clusters", "factors", "functions", "green"}
    assert set(told["indices"]["green"]) == {"2021Q2", "2021Q4"}
    manifest = json.loads((Path(told["out"]) / "manifest.json").read_text())
    assert manifest["seeds"] == [7, 8] and manifest["firms"] == 300


def test_the_same_run_may_be_repeated_and_gives_the_same_bytes(command: Command, tmp_path: Path) -> None:
    folders = []
    for threads in ("1", "2"):
        assert command("run", *SMALL[:4], "--threads", threads, "--seeds", "2", "--quiet") == (0, "", "")
        (folder,) = (tmp_path / "runs").iterdir()
        folders.append({name: (folder / name).read_bytes() for name in ("indicators.parquet", "map.png", "paths.png")})
    assert folders[0] == folders[1]


def test_options_change_the_scenario_that_is_run(command: Command) -> None:
    arguments = ("--off", "4.3", "--set", "parks.reuse_share=0.02", "--set", "assumptions.attention=0.3")
    code, out, _ = command("run", *SMALL, *arguments, "--json")
    resolved = json.loads((Path(json.loads(out)["out"]) / "manifest.json").read_text())["resolved"]
    assert code == 0
    assert resolved["off"] == ["4.3"]
    assert resolved["levers"]["parks.reuse_share"] == 0.02 and resolved["assumptions"]["attention"] == 0.3


BAD_INPUT = [
    (("run", "lettr"), "Did you mean 'letter'"),
    (("run", "--firms", "many"), "--firms"),
    (("run", "--firms", "3"), "--firms: 3 is not allowed"),
    (("run", "--firms", "-5"), "--firms"),
    (("run", "--seeds", "0"), "--seeds"),
    (("run", "--seed", "-1"), "--seed"),
    (("run", "--threads", "0"), "--threads"),
    (("run", "--until", "2020Q4"), "2021Q3 to 2030Q4"),
    (("run", "--until", "soon"), "--until: 'soon' is not a quarter"),
    (("run", "--grid", "2km"), "--grid"),
    (("run", "--off", "9.9"), "--off 9.9"),
    (("run", "--only", "0"), "--only 0"),
    (("run", "--set", "differential.surcharge_below_d=30"), "Did you mean 0.3?"),
    (("run", "--set", "differential.surcharge_below_d=nan"), "differential.surcharge_below_d=nan"),
    (("run", "--engine", "rows"), "is not one of"),
    (("run", "--data", "nowhere"), "no such folder of data files"),
    (("run", "--colour", "red"), "--colour"),
    (("run", "letter", "none"), "none"),
    (("stroll",), "stroll"),
    (("clauses", "5"), "'5' is not a clause"),
    (("clauses", "--lang", "fr"), "--lang"),
    (("check",), "file"),
    (("check", "nothing.toml"), "there is no such file"),
    (("check", "mine.csv"), "not a data file of this model"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD_INPUT, ids=[" ".join(arguments) for arguments, _ in BAD_INPUT])
def test_bad_input_is_one_line_and_leaves_nothing(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = command(*arguments)
    assert code == 2
    assert out == "" and err.count("\n") == 1 and said in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == [tmp_path / "log"]


def test_a_file_with_a_mistake_is_named_with_its_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "letter"\n[levers.differential]\nmonths = 13\n')
    for name in ("run", "check"):
        code, _, err = command(name, "mine.toml")
        assert code == 2 and err.startswith("mine.toml:3: ")


def test_a_target_that_nothing_measures_is_refused_before_the_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "letter"\n[targets]\ngrean = 0.6\n')
    for name in ("run", "check"):
        code, _, err = command(name, "mine.toml")
        assert code == 2 and "mine.toml:3: targets.grean" in err and "'green'" in err


def test_a_folder_of_somebody_else_is_refused_before_the_run(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clustersim.show.results.run", lambda *_, **__: pytest.fail("it was simulated"))
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for folder, said in (
        ("taken", "something that is not a run"),
        ("file", "a file, not a folder"),
        ("file/x", "file"),
    ):
        code, out, err = command("run", *SMALL, "--out", folder)
        assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert [one.name for one in taken.iterdir()] == ["thesis.txt"]


def test_another_run_is_not_overwritten(command: Command, tmp_path: Path) -> None:
    assert command("run", *SMALL, "--out", "mine", "--quiet")[0] == 0
    before = {one.name: one.read_bytes() for one in (tmp_path / "mine").iterdir()}
    code, _, err = command("run", *SMALL, "--seed", "2", "--out", "mine")
    assert code == 2 and "another run (its seeds differs)" in err
    newer = json.loads(before["manifest.json"])
    (tmp_path / "mine" / "manifest.json").write_text(json.dumps({**newer, "format": 99}))
    code, _, err = command("run", *SMALL, "--out", "mine")
    assert code == 2 and "newer format 99" in err
    assert {one.name for one in (tmp_path / "mine").iterdir()} == set(before)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody may write to")
def test_a_folder_that_cannot_be_written_to_is_refused(command: Command) -> None:
    code, _, err = command("run", *SMALL, "--out", "/proc/mine")
    assert code == 2 and "cannot be written to" in err and err.count("\n") == 1


def test_clauses_as_json_have_plain_bounds(command: Command) -> None:
    code, out, _ = command("clauses", "--json")
    told = json.loads(out)
    assert code == 0 and [one["id"] for one in told] == [one.id for one in register.clauses()]
    levers = {lever["name"]: lever for one in told for lever in one["levers"]}
    surcharge = levers["differential.surcharge_below_d"]
    assert (surcharge["low"], surcharge["high"], surcharge["default"], surcharge["unit"]) == (0.0, 1.0, 0.3, "yuan/kWh")
    for name, lever in levers.items():
        assert ("choices" in lever) != ("low" in lever), name
        if "low" in lever:
            assert lever["low"] <= lever["default"] <= lever["high"], name
    assert {one["modelled"] for one in told} <= {True, False}


def test_clauses_can_be_chosen(command: Command) -> None:
    _, out, _ = command("clauses", "4.3", "0", "--lang", "en", "--json")
    assert [one["id"] for one in json.loads(out)] == ["0", "4.3"]
    _, out, _ = command("clauses", "3.1")
    assert "3.1  [inspection]" in out and "3.10" not in out and "inspection.survey" in out


@pytest.mark.parametrize("name", ["letter", "none", "twice-parks"])
def test_check_says_what_a_scenario_changes(command: Command, name: str) -> None:
    code, out, err = command("check", name)
    assert (code, err) == (0, "") and f"{name} is fine" in out
    assert ("differs from the letter" in out) == (name != "letter")


def test_check_counts_the_runs_of_an_experiment(command: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('seeds = 3\n[design.levers]\n"differential.months" = [7, 12]\n')
    code, out, err = command("check", "plan.toml")
    assert (code, err) == (0, "") and "experiment plan, factorial design of 2 scenarios, 3 seeds each" in out


def test_check_reads_a_folder_of_tables(command: Command, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    shutil.copy(path_of("towns.csv"), tmp_path / "tables")
    assert command("check", "tables")[0] == 0
    (tmp_path / "tables" / "parks.csv").write_text("name_zh\n园\n", encoding="utf-8")
    code, _, err = command("check", "tables")
    assert code == 2 and "parks.csv:1: column" in err
    (tmp_path / "tables" / "parks.csv").unlink()
    (tmp_path / "tables" / "towns.csv").write_text("name_zh\n慈溪\n", encoding="utf-8")
    for what in ("tables", "tables/towns.csv"):
        code, _, err = command("check", what)
        assert code == 2 and "towns.csv:1: column name_en is missing" in err


def test_an_unexpected_failure_is_short_and_its_story_is_in_the_log(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the cellar\nis flooded")

    monkeypatch.setattr(check, "check_file", broken)
    code, _, err = command("check", "letter")
    log = tmp_path / "log" / "clustersim.log"
    assert code == 1 and err.count("\n") == 1 and "the cellar is flooded" in err and str(log) in err
    assert "Traceback" in log.read_text() and "RuntimeError" in log.read_text()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (MemoryError(), "Not enough memory"),
        (OSError(28, "No space left on device", "runs/x"), "disk is full (runs/x)"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_what_the_machine_lacks_is_said_plainly(
    command: Command, monkeypatch: pytest.MonkeyPatch, wrong: Exception, said: str
) -> None:
    def broken(*_: object) -> None:
        raise wrong

    monkeypatch.setattr(check, "check_file", broken)
    code, _, err = command("check", "letter")
    assert code == 1 and said in err and err.count("\n") == 1


def test_help_and_version_answer_outside() -> None:
    assert "clustersim run none --firms 5000" in outside("--help").stdout
    assert outside("--version").stdout.startswith("clustersim ")
    for name in ("run", "clauses", "check"):
        told = outside(name, "--help")
        assert told.returncode == 0 and f"clustersim {name}" in told.stdout
    assert outside().returncode == 0


def test_a_console_without_chinese_never_fails() -> None:
    for arguments in (("clauses", "4.3"), ("--help",), ("clauses", "--json"), ("check", "none")):
        told = outside(*arguments, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"})
        assert (told.returncode, told.stderr) == (0, "")
    assert "Dearer electricity for grade D" in outside("clauses", "4.3", env={"PYTHONIOENCODING": "ascii"}).stdout


def test_a_reader_that_goes_is_nobodys_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m clustersim clauses --json | head -c 10"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_values_are_shown_as_set_takes_them() -> None:
    for clause in register.clauses():
        for one in clause.levers:
            assert one.coerce(json.loads(clauses.plain(one.default))) == one.default if one.kind == "float" else True


class Terminal:
    """A standard error that says it is a terminal."""

    def __init__(self, terminal: bool) -> None:
        self.terminal, self.said = terminal, ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        self.said += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_told_after_a_while(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    from time import sleep

    screen = Terminal(terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "cold", lambda: True)
    for name, value in (("PATIENCE", 0.1), ("EVERY", 0.1), ("TICK", 0.02)):
        monkeypatch.setattr(progress, name, value)
    with progress.Progress(shown=True) as told:
        told(1, 28, "history")
        sleep(0.3)
        told(3, 28, "seed 1")
        sleep(0.3)
    assert screen.said.count(progress.COMPILING) == 1
    assert "3/28 quarters" in screen.said if terminal else "seed 1: 3 of 28 quarters" in screen.said


def test_short_work_and_quiet_work_tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal(True)
    monkeypatch.setattr(sys, "stderr", screen)
    for shown in (True, False):
        with progress.Progress(shown=shown) as told:
            told(1, 28, "history")
    assert screen.said == ""
