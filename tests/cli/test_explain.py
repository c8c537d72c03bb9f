"""`clustersim explain` and `run --events`: stories from run folders, and every way in which one is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clustersim import load_scenario, run

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two seeds with events and the table of firms."""
    made = tmp_path_factory.mktemp("runs") / "letter"
    scenario = load_scenario("letter")
    run(scenario, seeds=(1, 2), firms=400, until="2022Q4", events=True, firms_table=True).save(made)
    return made


def busiest(folder: Path, seed: int = 1) -> str:
    events = pd.read_parquet(folder / "events.parquet").query("seed == @seed")
    return str(events["uid"].value_counts().sort_index().idxmax())


def test_events_are_written_beside_the_rest_and_checked(folder: Path) -> None:
    table = pd.read_parquet(folder / "events.parquet")
    assert [*table.columns] == ["seed", "quarter", "uid", "event", "cause", "town", "sector", "from", "to"]
    assert set(table["seed"]) == {1, 2}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) >= {"events.parquet", "firms.parquet", "indicators.parquet"}


def test_a_run_from_the_command_line_writes_events_when_asked(command: Command, tmp_path: Path) -> None:
    code, _, _ = command("run", "--firms", "300", "--until", "2021Q3", "--events", "--quiet", "--out", "with")
    assert code == 0 and (tmp_path / "with" / "events.parquet").exists()
    code, _, _ = command("run", "--firms", "300", "--until", "2021Q3", "--quiet", "--out", "without")
    assert code == 0 and not (tmp_path / "without" / "events.parquet").exists()


def test_the_agents_engine_from_the_command_line_writes_the_same_bytes(command: Command, tmp_path: Path) -> None:
    for engine in ("columns", "agents"):
        code, *_ = command(
            "run", "--firms", "300", "--until", "2021Q3", "--engine", engine, "--quiet", "--out", engine
        )  # fmt: skip
        assert code == 0
    one, other = ((tmp_path / engine / "indicators.parquet").read_bytes() for engine in ("columns", "agents"))
    assert one == other


@pytest.mark.parametrize(("lang", "word"), [("en", "worth is made of"), ("zh", "价值构成")])
def test_a_story_is_told(command: Command, folder: Path, lang: str, word: str) -> None:
    uid = busiest(folder)
    code, out, err = command("explain", str(folder), uid, "--lang", lang)
    assert (code, err) == (0, "")
    assert uid in out.splitlines()[0] and word in out


def test_the_story_as_json_agrees_with_the_events(command: Command, folder: Path) -> None:
    for seed in (1, 2):
        uid = busiest(folder, seed)
        code, out, _ = command("explain", str(folder), uid, "--seed", str(seed), "--json")
        assert code == 0
        story = json.loads(out)
        events = pd.read_parquet(folder / "events.parquet").query("seed == @seed and uid == @uid", local_dict={
            "seed": seed, "uid": int(uid),
        })  # fmt: skip
        told = [
            (one["quarter"], event["event"], event["cause"]) for one in story["quarters"] for event in one["events"]
        ]
        assert told == list(zip(events["quarter"], events["event"], events["cause"], strict=True))
        looked = [one["looked"] for one in story["quarters"] if one["looked"]]
        assert looked and all(abs(sum(o["chance"] for o in one["options"]) - 1.0) < 1e-9 for one in looked)


def test_another_policy_and_the_difference_that_parts_them(command: Command, folder: Path) -> None:
    uid = busiest(folder)
    code, out, _ = command("explain", str(folder), uid, "--against", "none", "--json")
    assert code == 0
    against = json.loads(out)["against"]
    assert any(name.startswith("clause 3.5") for name in against["differs"])
    assert against["quarter"] is None or len(against["fates"]) == 2
    code, out, _ = command("explain", str(folder), uid, "--against", "small-voucher", "--lang", "en")
    assert code == 0 and ("Parted in" in out or "never parts" in out)


def test_fates_in_all_without_a_uid(command: Command, folder: Path, tmp_path: Path) -> None:
    code, out, _ = command("explain", str(folder), "--against", "none", "--lang", "en", "--out", "fates.csv")
    assert code == 0 and "By town, sector and grade" in out
    table = pd.read_csv(tmp_path / "fates.csv")
    assert [*table.columns] == ["seed", "town", "sector", "grade", "a", "b", "firms"] and set(table["seed"]) == {1, 2}
    code, out, _ = command("explain", str(folder), "--against", "none", "--json")
    assert code == 0 and json.loads(out)["seeds"] == 2


def changed(folder: Path, there: Path, **changes: Any) -> Path:
    shutil.copytree(folder, there)
    manifest = json.loads((there / "manifest.json").read_text(encoding="utf-8"))
    (there / "manifest.json").write_text(json.dumps({**manifest, **changes}), encoding="utf-8")
    return there


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "0" * 64}, "made by other code"),
        ({"data": {"towns.csv": "0" * 64}}, "with --data DIR"),
        ({"fingerprint": "0" * 64}, "changed by hand"),
        ({"format": 99}, "newer format 99"),
        ({"resolved": {"levers": {"no.such": 1}, "assumptions": {}, "off": [], "targets": {}}}, "cannot be read"),
    ],
)
def test_a_run_that_could_not_be_repeated_is_refused(
    command: Command, folder: Path, tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    other = changed(folder, tmp_path / "other", **changes)
    code, out, err = command("explain", str(other), "5")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_bad_input_is_one_line(command: Command, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{", encoding="utf-8")
    for arguments, told in (
        (["nowhere", "5"], "not a run folder"),
        (["empty", "5"], "not a run folder"),
        (["broken", "5"], "cannot be read"),
        ([str(folder)], "say which firm"),
        ([str(folder), "99999"], "no such firm"),
        ([str(folder), "five"], "should be a valid integer"),
        ([str(folder), "5", "--seed", "9"], "it has 1 to 2"),
        ([str(folder), "5", "--against", "nothing"], "nothing"),
        ([str(folder), "5", "--against", "letter"], "both scenarios are the same"),
        ([str(folder), "5", "--out", "x.csv"], "only the table of fates"),
    ):
        code, out, err = command("explain", *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), arguments
        assert told in err, err
