"""Sweeps survive whatever happens to them: the finished folder is the same, and nothing is run twice."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from clustersim import ScenarioError, load_scenario, run
from clustersim.foundation import machine
from clustersim.indicators.tidy import CITY
from clustersim.lab.headlines import HEADLINES
from clustersim.lab.sweep import design, results, running, store, sweep
from clustersim.lab.sweep.design import patches, values_at
from clustersim.lab.sweep.reading import city_paths
from clustersim.lab.sweep.store import read
from clustersim.scenario.experiments import Experiment, load_experiment
from clustersim.scenario.options import described

PLAN = """
name = "prices"
firms = 300
seeds = 4
until = "2021Q4"
[design]
kind = "factorial"
[design.levers]
"differential.surcharge_below_d" = [0.0, 0.3]
"differential.months" = [7, 12]
"""


def plan(tmp_path: Path, text: str = PLAN) -> Experiment:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return load_experiment(path)


def bits(folder: Path) -> str:
    """A hash of everything a finished sweep is read from."""
    digest = hashlib.sha256()
    for path in [folder / "design.parquet", *sorted((folder / "results").iterdir())]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep that nothing happened to."""
    folder = tmp_path_factory.mktemp("whole")
    found = sweep(plan(folder), folder / "sweep")
    assert (found.runs, found.done, found.complete) == (16, 16, True)
    return folder / "sweep"


def test_results_are_those_of_the_runs(whole: Path, tmp_path: Path) -> None:
    """Every indicator of a run of the sweep is that of `run`, town by town and quarter by quarter."""
    table = pd.concat([part.to_pandas() for part in read(whole)])
    told = pq.read_table(whole / "design.parquet").to_pandas()
    assert [*told.columns] == ["key", "scenario", "patch", "seed"] and len(told) == 16
    one = told.iloc[6]
    policy = load_scenario("letter").with_levers(json.loads(one["patch"]))
    expected = run(policy, seeds=[int(one["seed"])], firms=300, until="2021Q4").indicators
    mine = table[table["key"] == one["key"]].drop(columns="key").melt(["quarter", "town"], var_name="indicator")
    both = mine.merge(expected, on=["quarter", "town", "indicator"], suffixes=("", "_run"))
    assert len(both) == len(mine) == 2 * 18 * expected["indicator"].nunique()
    assert (both["value"] == both["value_run"]).all()


def test_a_design_is_the_same_every_time_and_its_keys_are_of_what_decides(tmp_path: Path) -> None:
    mine = plan(tmp_path)
    first, again = design(mine, [4] * 4), design(mine, [4] * 4)
    assert first == again and len({one.key for one in first}) == 16
    renamed = plan(tmp_path, PLAN.replace('name = "prices"', 'name = "other"'))
    assert [one.key for one in design(renamed, [4] * 4)] == [one.key for one in first]
    aiming = plan(tmp_path, PLAN.replace("[design]", "[targets]\ngreen = 0.6\n[design]", 1))
    assert [one.key for one in design(aiming, [4] * 4)] == [one.key for one in first], "it changes no bit"
    larger = plan(tmp_path, PLAN.replace("firms = 300", "firms = 301"))
    assert not {one.key for one in design(larger, [4] * 4)} & {one.key for one in first}


@pytest.mark.parametrize(("kind", "samples"), [("latin", 12), ("sobol", 16)])
def test_sampled_designs_fill_their_bounds(tmp_path: Path, kind: str, samples: int) -> None:
    text = PLAN.replace('kind = "factorial"', f'kind = "{kind}"\nsamples = {samples}').replace("[0.0, 0.3]", "[]")
    rows = patches(plan(tmp_path, text.replace("[7, 12]", "[1, 12]")))
    values = np.array([one["differential.surcharge_below_d"] for one in rows])
    months = [one["differential.months"] for one in rows]
    assert len(rows) == samples and 0.0 <= values.min() < 0.15 and 0.85 < values.max() <= 1.0
    assert all(1 <= one <= 12 for one in months) and len(set(months)) > 6
    if kind == "latin":  # one value in each twelfth
        assert sorted(np.floor(values * 12).astype(int)) == list(range(12))
    assert rows == patches(plan(tmp_path, text.replace("[7, 12]", "[1, 12]")))


def test_the_ends_of_the_cube_are_the_bounds(tmp_path: Path) -> None:
    """Of every number there is: none may overshoot its bound by rounding."""
    text = PLAN.split("[design]")[0] + '[design]\nkind = "sobol"\nsamples = 8\n[design.levers]\n'
    for name, one in described().items():
        if one.low is None or one.high is None:
            continue
        made = plan(tmp_path, f'{text}"{name}" = []\n')
        assert [values_at(made, [share])[name] for share in (0.0, 1.0)] == [one.low, one.high]
        assert all(one.problem(values_at(made, [share / 7])[name]) is None for share in range(8))


def test_a_second_start_runs_nothing_and_changes_no_byte(whole: Path, tmp_path: Path) -> None:
    before, when = bits(whole), (whole / "results" / "part-00000.parquet").stat().st_mtime_ns
    found = sweep(plan(tmp_path), whole)
    assert (found.done, found.reused, found.complete) == (0, 16, True)
    assert bits(whole) == before and (whole / "results" / "part-00000.parquet").stat().st_mtime_ns == when


def test_workers_and_order_change_no_byte(whole: Path, tmp_path: Path) -> None:
    assert sweep(plan(tmp_path), tmp_path / "two", workers=2).complete
    assert bits(tmp_path / "two") == bits(whole)


def test_more_seeds_run_only_what_is_new(tmp_path: Path) -> None:
    few = plan(tmp_path, PLAN.replace("seeds = 4", "seeds = 2"))
    assert sweep(few, tmp_path / "grown").done == 8
    found = sweep(plan(tmp_path), tmp_path / "grown")
    assert (found.reused, found.done) == (8, 8)
    assert sweep(plan(tmp_path), tmp_path / "straight").complete
    assert bits(tmp_path / "grown") == bits(tmp_path / "straight")


def test_a_precision_runs_seeds_until_the_indices_are_known_to_it(tmp_path: Path) -> None:
    text = PLAN.replace("seeds = 4", "precision = 0.04\nmost_seeds = 30").replace("[7, 12]", "[7]")
    found = sweep(plan(tmp_path, text), tmp_path / "precise", workers=2)
    told = pq.read_table(tmp_path / "precise" / "design.parquet").to_pandas()
    counts = told.groupby("scenario")["seed"].count()
    assert found.complete and set(counts) <= {10, 20, 30} and found.runs == len(told)
    again = sweep(plan(tmp_path, text), tmp_path / "precise")
    assert (again.done, again.reused) == (0, found.runs)
    loose = sweep(plan(tmp_path, text.replace("0.04", "0.9")), tmp_path / "loose")
    assert loose.runs == 20


def test_a_damaged_part_is_set_aside_and_run_again(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hurt"
    sweep(plan(tmp_path), folder)
    part = folder / "results" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-500])
    found = sweep(plan(tmp_path), folder)
    assert found.damaged == ["part-00000.parquet"] and found.done == 16
    assert (folder / "results" / "part-00000.damaged").exists()
    (folder / "results" / "part-00000.damaged").unlink()
    assert bits(folder) == bits(whole)


def test_a_failing_run_is_noted_and_stops_no_other(tmp_path: Path) -> None:
    """Quotas of the grades that go beyond 1 together are found when the run is made."""
    text = PLAN.replace('"differential.months" = [7, 12]', '"grading.quota_above_a" = [0.2, 0.9]')
    mine = plan(tmp_path, text.replace('kind = "factorial"', 'kind = "latin"\nsamples = 6'))
    found = sweep(mine, tmp_path / "some")
    assert found.failed and found.done + len(found.failed) == found.runs and found.complete
    told = pq.read_table(tmp_path / "some" / "failures.parquet").to_pandas()
    assert [*told.columns] == ["key", "message", "traceback"] and len(told) == len(found.failed)
    assert told["message"].str.contains("quota").all() and told["traceback"].str.contains("Traceback").all()


def test_other_code_keeps_the_old_results_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sweep"
    sweep(plan(tmp_path), folder)
    monkeypatch.setattr(machine, "source_fingerprint", lambda: "another version")
    found = sweep(plan(tmp_path), folder)
    assert (found.foreign, found.reused, found.done) == (16, 0, 16)
    aside = pd.concat([pq.read_table(path).to_pandas() for path in (folder / "aside").glob("*.parquet")])
    assert aside["key"].nunique() == 16


def test_what_is_no_place_for_a_sweep_is_refused(tmp_path: Path, whole: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    other = plan(tmp_path, PLAN.replace("[7, 12]", "[7, 9]"))
    for mine, folder, told in (
        (plan(tmp_path), tmp_path / "full", "not a sweep"),
        (other, whole, "another experiment"),
        (plan(tmp_path), tmp_path / "plan.toml", "a file"),
    ):
        with pytest.raises(ScenarioError, match=told):
            sweep(mine, folder)
    with pytest.raises(ScenarioError, match="--workers: 0"):
        sweep(plan(tmp_path), tmp_path / "none", workers=0)
    assert (tmp_path / "full" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_two_sweeps_do_not_share_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    folder.mkdir()
    script = "import sys, time\nfrom pathlib import Path\nfrom clustersim.foundation import machine\n" \
        "with machine.held(Path(sys.argv[1])) as free:\n    print(free, flush=True)\n    time.sleep(60)"  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "True\n"
        with pytest.raises(ScenarioError, match="another sweep is at work"):
            sweep(plan(tmp_path), folder)
        holder.kill()
    assert sweep(plan(tmp_path, PLAN.replace("seeds = 4", "seeds = 1")), folder).complete


class Closed(Executor):
    """Takes nothing any more."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor("closed")


class Here(Executor):
    """Lives runs in this process, as they are handed in; can be told to break."""

    def __init__(self, breaks: list[int]) -> None:
        self.breaks = breaks

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        made: Future[Any] = Future()
        if self.breaks and self.breaks.pop():
            made.set_exception(BrokenExecutor("a worker was lost"))
        else:
            made.set_result(fn(*args, **kwargs))
        return made


def test_a_lost_worker_is_replaced_and_its_runs_are_lived_again(tmp_path: Path, whole: Path) -> None:
    breaks = [0, 1, 0, 1]  # popped from the end
    found = sweep(plan(tmp_path), tmp_path / "lost", make_executor=lambda count: Here(breaks))
    assert found.complete and not found.failed and bits(tmp_path / "lost") == bits(whole)


def test_a_run_that_takes_every_worker_down_is_given_up(tmp_path: Path) -> None:
    found = sweep(plan(tmp_path), tmp_path / "down", make_executor=lambda count: Here([1] * 1000))
    assert found.done == 0 and len(found.failed) == 16 and "lost" in found.failed[0].message


def test_a_pool_that_takes_nothing_loses_no_run(tmp_path: Path, whole: Path) -> None:
    pools: list[Executor] = [Here([]), Closed(), Closed()]  # the last comes first
    found = sweep(plan(tmp_path), tmp_path / "closed", make_executor=lambda count: pools.pop())
    assert found.complete and not found.failed and bits(tmp_path / "closed") == bits(whole)
    never = sweep(plan(tmp_path), tmp_path / "never", make_executor=lambda count: Closed())
    assert len(never.failed) == 16


def test_an_interruption_keeps_what_is_finished(tmp_path: Path, whole: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        if done >= 5:
            raise KeyboardInterrupt

    found = sweep(plan(tmp_path), tmp_path / "stopped", progress=stop)
    assert found.interrupted and 4 <= found.done < 16
    again = sweep(plan(tmp_path), tmp_path / "stopped")
    assert again.reused == found.done and again.complete and bits(tmp_path / "stopped") == bits(whole)


@pytest.mark.slow
def test_a_kill_at_any_moment_costs_nothing_but_time(tmp_path: Path) -> None:
    """kill -9 at three moments, then to the end: the finished folder is that of an undisturbed sweep."""
    text = PLAN.replace("firms = 300", "firms = 3000").replace("seeds = 4", "seeds = 40").replace("2021Q4", "2022Q4")
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    assert sweep(load_experiment(path), tmp_path / "calm", workers=2).complete
    command = [sys.executable, "-m", "clustersim", "sweep", str(path), "--out", str(tmp_path / "killed"), "--quiet"]
    environment = {**os.environ, "CLUSTERSIM_LOG_DIR": str(tmp_path / "log")}
    for seconds in (2.5, 3.1, 4.4):
        with subprocess.Popen([*command, "--workers", "2"], env=environment, start_new_session=True) as running_now:
            time.sleep(seconds)
            os.kill(running_now.pid, signal.SIGKILL)
            running_now.wait()
            group = running_now.pid
        for _ in range(50):  # its workers end by themselves
            if not _alive_in(group):
                break
            time.sleep(0.2)
        assert not _alive_in(group), "workers outlive their parent"
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert bits(tmp_path / "killed") == bits(tmp_path / "calm")


def _alive_in(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_blocks_that_are_whole_are_written_for_good_and_only_once(
    tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With parts of four runs, and a safety copy after every bundle, the end has nothing left to put in order."""
    monkeypatch.setattr(store, "RUNS_A_PART", 4)
    calm = sweep(plan(tmp_path), tmp_path / "calm")
    assert calm.complete and len(list((tmp_path / "calm" / "results").iterdir())) == 4
    monkeypatch.setattr(running, "FLUSH_SECONDS", 0.0)
    monkeypatch.setattr(store.Store, "_sorted", None)
    assert sweep(plan(tmp_path), tmp_path / "copied").complete
    assert bits(tmp_path / "copied") == bits(tmp_path / "calm")


@pytest.mark.parametrize("most", [0, 300])
def test_runs_that_cannot_be_waited_for_are_let_go(
    tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(running, "FLUSH_SECONDS", 0.0)
    monkeypatch.setattr(running, "KEPT_RUNS", most)
    assert sweep(plan(tmp_path), tmp_path / "sweep").complete
    assert bits(tmp_path / "sweep") == bits(whole)


def test_the_city_alone_is_the_city_of_all_places(whole: Path) -> None:
    every, alone = results(whole), results(whole, city_only=True)
    assert alone.places == (CITY,) and alone.values.shape == (16, 1, len(HEADLINES))
    assert np.array_equal(every.city, alone.city)
    paths = city_paths(whole, ["green", "exited"])
    assert np.array_equal(paths[:, -1, 0], every.city[:, HEADLINES.index("green")])
    assert np.array_equal(paths[:, :, 1].sum(axis=1), every.city[:, HEADLINES.index("exited")])
    assert paths.base is None or paths.base.nbytes == paths.nbytes, "no more is kept than is asked for"
