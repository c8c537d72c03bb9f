"""The EMA workbench drives the model: levers, an assumption and the seed in, the five indices out.

It is wanted by this test alone, which puts it into a folder of its own as locks/ema.txt says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clustersim import ClusterModel
from clustersim.indicators import INDICES

ROOT = Path(__file__).parents[2]
# What pip says when it reaches no index, or one that has nothing at all by that name. An index that has other versions
# only, or other files than those of the hashes, is a fault of the lock.
OFFLINE = re.compile(r"\(from versions: none\)|HTTPS?ConnectionPool|Read timed out")

STUDY = """
import json
from ema_workbench import IntegerParameter, Model, RealParameter, ScalarOutcome, SequentialEvaluator
from clustersim import ClusterModel
from clustersim.indicators import INDICES


def live(surcharge=0.3, parks=3.0, attention=0.25, rng=1):
    levers = {
        "differential.surcharge_below_d": surcharge, "parks.town_parks_upgraded_per_year": parks,
        "assumptions.attention": attention,
    }
    model = ClusterModel(rng=int(rng), firms=300, until="2023Q2", levers=levers)
    model.run_model()
    return {name: model.value(name) for name in INDICES}


study = Model("clustersim", function=live)
study.levers = [RealParameter("surcharge", 0.0, 1.0), RealParameter("parks", 0.0, 6.0)]
study.uncertainties = [RealParameter("attention", 0.1, 0.5), IntegerParameter("rng", 1, 1000)]
study.outcomes = [ScalarOutcome(name) for name in INDICES]
with SequentialEvaluator(study) as evaluator:
    experiments, outcomes = evaluator.perform_experiments(scenarios=3, policies=2)
names = ["surcharge", "parks", "attention", "rng"]
found = {name: values.tolist() for name, values in outcomes.items()}
print(json.dumps({"asked": experiments[names].to_dict("list"), "found": found}))
"""


def offline(said: str) -> bool:
    """Only errors count: a warning of a slow connection may stand before an error of another kind."""
    return bool(OFFLINE.search(said.partition("ERROR: ")[2]))


SLOW = "WARNING: Retrying after connection broken by HTTPSConnectionPool: Read timed out.\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ERROR: Could not find a version that satisfies the requirement wrapt==2 (from versions: none)", True),
        ("ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='a', port=443)", True),
        ("ERROR: Could not find a version that satisfies the requirement wrapt==2 (from versions: 1.0)", False),
        (SLOW + "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", False),
    ],
)
def test_only_a_missing_index_is_a_reason_to_skip(said: str, expected: bool) -> None:
    assert offline(said) == expected


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Path]:
    """A folder with the workbench and what it needs beside our own packages; skips where there is no index."""
    folder = tmp_path / "workbench"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    lock = ["--no-deps", "--retries", "1", "--target", str(folder), "--requirement", str(ROOT / "locks" / "ema.txt")]
    done = subprocess.run([*pip, *lock], capture_output=True, text=True, check=False)
    if done.returncode and offline(done.stderr):
        pytest.skip(f"pip reaches no index with the EMA workbench: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    yield folder
    shutil.rmtree(folder)  # 166 MB, which pytest would keep for three runs


@pytest.mark.slow
def test_its_experiments_are_runs_of_the_model(workbench: Path, tmp_path: Path) -> None:
    # Its import warns of what it would like to have beside: not under `-W error`, so in a process of its own.
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(workbench), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", STUDY], cwd=tmp_path, env=paths, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    study = json.loads(done.stdout.splitlines()[-1])
    asked, found = study["asked"], study["found"]
    assert sorted(found) == sorted(INDICES)
    trials = list(zip(*asked.values(), strict=True))
    assert len(trials) == len(set(trials)) == 6
    for place, (surcharge, parks, attention, rng) in enumerate(trials):
        levers = {
            "differential.surcharge_below_d": surcharge, "parks.town_parks_upgraded_per_year": parks,
            "assumptions.attention": attention,
        }  # fmt: skip
        model = ClusterModel(rng=int(rng), firms=300, until="2023Q2", levers=levers)
        model.run_model()
        assert {name: values[place] for name, values in found.items()} == {name: model.value(name) for name in INDICES}
    assert len(set(found["green"])) >= 3  # at least the three seeds: what levers do to so few firms may be nothing
