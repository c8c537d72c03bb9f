"""What do 1,000 runs cost: are both cores busy, what does a run cost over the bare model, how much memory is in use?

1,000 runs of 20,000 firms and 18 quarters from one shared history, as `clustersim sweep` lives and keeps them, against
the same lives without anything around them (two at a time, as the sweep has them) and against `mesa.batch_run` on the
agents engine, a few runs of it, scaled. The machine should have nothing else to do.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from common import keep, markdown, options, tell

from clustersim.foundation.words import HORIZON
from clustersim.histories import shared_history
from clustersim.lab.sweep import sweep
from clustersim.quarter import fork, live
from clustersim.scenario import load_scenario
from clustersim.scenario.experiments import Experiment, given
from clustersim.scenario.options import policy_under
from clustersim.scenario.setting import Setting

BARE = 40  # lives without a sweep, by each of the workers
EVERY = 25.0  # seconds between two looks at the memory in use: each takes the parent a tenth of a second
LETTER = load_scenario("letter")
POLICIES = [{"differential.surcharge_below_d": 0.01 * step} for step in range(50)]
asked = options(__doc__.splitlines()[0], firms=20_000, runs=1000, workers=2, batch=1)


def plan() -> Experiment:
    """Surcharges from 0 to 0.5 yuan/kWh under as many seeds as make the runs."""
    policies = POLICIES[: asked.runs]
    return given("thousand-runs", LETTER, policies, max(1, asked.runs // len(policies)), Setting(asked.firms))


def processor_seconds() -> tuple[float, float]:
    """Of this process, and of all that it has waited for."""
    used = os.times()
    return used.user + used.system, used.children_user + used.children_system


class Memory(threading.Thread):
    """The most that this process and its children have in use together, shared pages counted once: in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.over = 0.0, threading.Event()

    def run(self) -> None:
        """Look now and then: reading the maps of a process takes time away from it."""
        while not self.over.wait(EVERY):
            self.most = max(self.most, sum(map(_proportional, family())))


def family() -> Iterator[int]:
    """This process and its children."""
    yield os.getpid()
    children = Path(f"/proc/{os.getpid()}/task")
    for task in children.iterdir():
        yield from map(int, (task / "children").read_text().split())


def _proportional(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((float(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


def bare(count: int) -> None:
    """Some of the same lives with nothing around them."""
    setting = Setting(asked.firms)
    for step in range(count):
        policy = policy_under(LETTER, POLICIES[step * len(POLICIES) // count])
        for _ in live(fork(shared_history(LETTER, setting), policy, 1 + step), policy, setting.until):
            pass


def bare_seconds() -> float:
    """Seconds of one core for a life, when all workers live at once."""
    context = multiprocessing.get_context("fork")
    many = [context.Process(target=bare, args=(BARE,)) for _ in range(asked.workers)]
    start = time.perf_counter()
    for one in many:
        one.start()
    for one in many:
        one.join()
    return (time.perf_counter() - start) / BARE


def batch_seconds() -> float:
    """Seconds of one core for a run of `mesa.batch_run` on the agents engine."""
    import mesa

    from clustersim import ClusterModel

    start = time.perf_counter()
    mesa.batch_run(
        ClusterModel, {"scenario": "letter", "firms": asked.firms, "engine": "agents", "rng": list(range(asked.batch))},
        number_processes=1, max_steps=HORIZON.index, display_progress=False,
    )  # fmt: skip
    return (time.perf_counter() - start) / asked.batch


shared_history(LETTER, Setting(asked.firms))
bare(1)  # compiled and warm
tell("the bare model")
before_it = bare_seconds()
tell("the sweep")
memory = Memory()
memory.start()
with tempfile.TemporaryDirectory() as folder:
    before, start = processor_seconds(), time.perf_counter()
    found = sweep(plan(), Path(folder) / "sweep", workers=asked.workers)
    wall = time.perf_counter() - start
    own, workers = (after - first for after, first in zip(processor_seconds(), before, strict=True))
    on_disk = sum(one.stat().st_size for one in Path(folder).rglob("*") if one.is_file()) / 1e6
memory.over.set()
assert found.complete and not found.failed, "a run failed"
tell("the bare model again")
alone = (before_it + bare_seconds()) / 2.0  # before and after: a machine is not always as quick
tell("mesa.batch_run")
batch = batch_seconds()

cores = wall * asked.workers
over = 1e3 * (cores / found.runs - alone)
rows = [
    ("runs", f"{found.runs:,} of {asked.firms:,} firms, 18 quarters, {asked.workers} workers", ""),
    ("wall clock, s", f"{wall:.1f}", ""),
    ("processor time, s", f"{own + workers:.1f}", ""),
    ("cores busy, %", f"{100 * (own + workers) / cores:.1f}", "at least 90"),
    ("one bare life, ms of a core", f"{1e3 * alone:.1f}", ""),
    ("a run over the bare life, ms of a core", f"{over:.1f}", "at most 3"),
    ("of it the work of the parent (handing out, writing), ms", f"{1e3 * own / found.runs:.1f}", ""),
    ("memory over all processes, MB", f"{memory.most:.0f}", "at most 500"),
    ("on disk, MB", f"{on_disk:.0f}", ""),
    ("mesa.batch_run on the agents engine, s a run", f"{batch:.1f}", ""),
    ("times faster than it, scaled to all runs on as many cores", f"{batch * found.runs / cores:.0f}", "at least 100"),
]
keep(__file__, pd.DataFrame(rows, columns=["what", "measured", "wanted"]), asked, markdown)
