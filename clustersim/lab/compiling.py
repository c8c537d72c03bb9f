"""What compiling costs: the first call of a fresh machine, and that of the next process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter
from typing import Final, NamedTuple

_ONCE: Final = """
from clustersim.foundation.words import POLICY_START
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario
letter = load_scenario("letter")
for _ in live(fork(settle_history(letter.background(), 500, 1), letter, 1), letter, POLICY_START):
    pass
"""


class Compiling(NamedTuple):
    """Seconds of a process, from its start, that settles a city of 500 firms and lives through one quarter."""

    cold: float  # with nothing compiled before
    warm: float  # with everything compiled by the process before


def compile_times(after_each: Callable[[], None]) -> Compiling:
    """Run the same small process twice, with an empty folder for compiled code of its own."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            started = perf_counter()
            subprocess.run(
                [sys.executable, "-c", _ONCE], check=True, capture_output=True,
                env={**os.environ, "NUMBA_CACHE_DIR": folder},
            )  # fmt: skip
            seconds.append(perf_counter() - started)
            after_each()
    return Compiling(*seconds)
