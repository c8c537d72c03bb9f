"""Who lives the runs of a sweep: processes on this machine, behind the interface of `concurrent.futures`.

Workers are forked when the history stands in memory, so that all of them share it. They end when their parent does,
however it ends, and leave Ctrl-C to it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any

import numpy as np

from clustersim.histories import shared_history
from clustersim.lab.sweep.bundles import Failure
from clustersim.lab.sweep.design import Run
from clustersim.quarter import fork, live
from clustersim.scenario import Scenario
from clustersim.scenario.options import policy_under
from clustersim.scenario.setting import Setting
from clustersim.world.columns import Floats

Lived = list[tuple[str, Floats] | Failure]
_WATCH: float = 1.0  # seconds between two looks at the parent


def processes(count: int) -> Executor:
    """A pool of `count` processes of this machine; make it when the history is settled."""
    context = multiprocessing.get_context("fork")  # named: other libraries set another one for the whole process
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def live_runs(base: Scenario, setting: Setting, runs: Sequence[Run]) -> Lived:
    """Live some runs: [quarter, town + 1, indicator] of the policy quarters each, or why it failed."""
    return [_one(base, setting, run) for run in runs]


def _one(base: Scenario, setting: Setting, run: Run) -> Any:
    try:
        scenario = policy_under(base, run.patch)
        world = fork(shared_history(scenario, setting), scenario, run.seed)
        return run.key, np.stack([one.values for one in live(world, scenario, setting.until)])
    except Exception as wrong:
        return Failure(run.key, f"{type(wrong).__name__}: {wrong}", traceback.format_exc())


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what the parent has stays shared: no collection goes over it, and copies its pages
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
