"""The numbered questions: files in order, told in the README, answered by one command, with equal bytes every time."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from clustersim.cli import app, errors
from clustersim.lab.search.aims import LEAST_SEEDS
from clustersim.lab.sweep.running import print_of
from clustersim.scenario.experiments import load_experiment
from clustersim.show.answers import METHODS
from clustersim.show.kept import opened
from clustersim.show.results_index import index

ROOT = Path(__file__).parents[1]
EXPERIMENTS, RESULTS = ROOT / "experiments", ROOT / "results"
FILES = sorted(EXPERIMENTS.glob("[0-9][0-9]_*.toml"))
ANSWERED = [one for one in FILES if load_experiment(one).answering.method in METHODS]
TINY = ["--firms", "300", "--seeds", "2", "--until", "2021Q4", "--orders", "2"]


def names(paths: list[Path]) -> list[str]:
    return [one.stem for one in paths]


def rebuilt(*options: str) -> subprocess.CompletedProcess[str]:
    script = EXPERIMENTS / "rebuild.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def kept_bytes(folder: Path) -> dict[str, bytes]:
    """Everything but the manifests, which name the day."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.name != "manifest.json"]
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_a_question_is_in_order(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLUSTERSIM_LOG_DIR", str(tmp_path))
    assert errors.guarded(app, ["check", str(path)]) == 0, capsys.readouterr().err
    asked = load_experiment(path)
    assert asked.name == path.stem
    assert all(asked.title) and all(asked.question) and asked.title.zh != asked.title.en
    opening = path.read_text(encoding="utf-8").splitlines()[:5]
    assert all(line.startswith("# ") for line in opening), "it begins with why it is asked"
    assert all(all(one.title) for one in asked.policies)
    assert f"`{path.name}`" in (EXPERIMENTS / "README.md").read_text(encoding="utf-8")


def test_check_refuses_to_show_what_is_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('seeds = 2\nshow = ["exitd"]\n[design.policies.letter]\n', encoding="utf-8")
    assert errors.guarded(app, ["check", str(path)]) == 2
    said = f"{path}:2: show: there is no indicator 'exitd'. Did you mean 'exited'?\n"
    assert capsys.readouterr().err == said


def test_questions_are_numbered_without_a_gap() -> None:
    assert [int(one.name[:2]) for one in FILES] == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_a_question_has_its_results_and_they_are_what_was_written(path: Path) -> None:
    folder = RESULTS / path.stem
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    beside = {one.name for one in folder.iterdir()} - {"manifest.json"}
    assert beside == set(made["files"]) >= {"table.csv", "table.md", "figure.png", "notebook.ipynb"}
    for name, checksum in made["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum, name
    assert made["fingerprint"] == print_of(load_experiment(path)), "the file has changed: make results"
    assert sum(one.stat().st_size for one in folder.iterdir()) < 1_000_000
    assert all(f"{one}\n" in (RESULTS / "README.md").read_text(encoding="utf-8") for one in made["found"]["zh"])


def test_the_index_of_results_is_that_of_the_manifests() -> None:
    assert (RESULTS / "README.md").read_text(encoding="utf-8") == index(RESULTS, "zh")


@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_a_notebook_has_no_error_and_says_nothing_of_its_machine(path: Path) -> None:
    assert (EXPERIMENTS / "notebooks" / f"{path.stem}.py").is_file()
    text = (RESULTS / path.stem / "notebook.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    code = [one for one in notebook.cells if one.cell_type == "code"]
    assert [one["id"] for one in notebook.cells] == [f"c{number:03d}" for number in range(len(notebook.cells))]
    assert len(code) >= 4
    for cell in code:
        assert [one["output_type"] for one in cell["outputs"]] == ["execute_result"]
        assert cell["metadata"] == {}
    assert set(notebook.metadata) == {"kernelspec"}
    assert str(ROOT) not in text and str(Path.home()) not in text


def test_what_is_told_of_a_kept_folder_is_in_its_table() -> None:
    kept = opened(RESULTS / "01_nothing_done")
    row = kept.table[(kept.table["policy"] == "letter") & (kept.table["indicator"] == "green")].iloc[0]
    assert kept.told("letter", "green", "en").startswith(f"Green index {row['difference']:+.4f} [")
    assert kept.title("letter", "en") == '**the letter** against "no policy"'
    for unknown in (("letter", "greed"), ("nobody", "green")):
        with pytest.raises(KeyError):
            kept.told(*unknown)
    shares = opened(RESULTS / "05_which_clauses")
    assert shares.shares("chapters", "functions", 1, "en").startswith("Functions index: chapter ")


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--only", "99"], 2, "--only 99: no such question; 01_"),
        (["--firms", "300"], 2, "a quick try belongs elsewhere: give --out DIR"),
    ],
)
def test_a_rebuild_that_cannot_be(options: list[str], code: int, says: str) -> None:
    ran = rebuilt(*options)
    assert ran.returncode == code and says in ran.stderr and "Traceback" not in ran.stderr


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    for turn in ("first", "second"):  # the second reads the sweeps of the first
        ran = rebuilt(*TINY, "--out", str(folder / turn), "--sweeps", str(folder / "sweeps"))
        assert ran.returncode == 0, ran.stderr
        told = [line.partition(":")[0] for line in ran.stdout.splitlines()]
        assert told == names(FILES)
    return folder


@pytest.mark.slow
def test_a_rebuild_gives_the_same_bytes(tiny: Path) -> None:
    first, second = kept_bytes(tiny / "first"), kept_bytes(tiny / "second")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert len(first) >= 5 * len(ANSWERED)


@pytest.mark.slow
@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_a_question_is_answered_in_miniature(tiny: Path, path: Path) -> None:
    made = json.loads((tiny / "first" / path.stem / "manifest.json").read_text(encoding="utf-8"))
    least = LEAST_SEEDS if made["method"] == "search" else 2
    assert (made["firms"], made["seeds"], made["until"]) == (300, least, "2021Q4")
    assert set(made["files"]) >= {"table.csv", "table.md", "figure.png", "notebook.ipynb"}
    text = (tiny / "first" / path.stem / "notebook.ipynb").read_text(encoding="utf-8")
    assert str(tiny) not in text and "Traceback" not in text


@pytest.mark.slow
def test_a_second_rebuild_runs_nothing(tiny: Path) -> None:
    for manifest in (tiny / "sweeps").rglob("manifest.json"):
        assert json.loads(manifest.read_text(encoding="utf-8"))["complete"]
    ran = rebuilt(*TINY, "--only", "03", "--out", str(tiny / "third"), "--sweeps", str(tiny / "sweeps"), "--lang", "en")
    assert ran.returncode == 0
    assert "held against: the letter" in (tiny / "third" / "03_subsidy_limits" / "table.md").read_text(encoding="utf-8")


def test_rebuilding_needs_what_the_lock_of_everything_has() -> None:
    assert all(importlib.util.find_spec(one) for one in ("jupytext", "nbclient", "nbconvert", "ipykernel"))
