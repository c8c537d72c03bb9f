"""Do cost and memory grow linearly from 5,000 to 1,000,000 firms?

Each size runs in a process of its own, on one thread, warm: the history, then 18 policy quarters of the letter, twice;
the faster one counts. CPU time, so that other work on the machine matters less. Memory as Linux counts it.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
from common import keep, markdown, options, tell

SIZES = (5_000, 20_000, 50_000, 200_000, 1_000_000)
QUARTERS = 18
ONE = """
import json, resource, sys, time
from clustersim.foundation.words import HORIZON
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario
firms = int(sys.argv[1])
letter = load_scenario("letter")
for _ in live(fork(settle_history(letter.background(), 2000, 1), letter, 1), letter, HORIZON): pass  # warm
peak = lambda: 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kB on Linux
before = peak()
started = time.process_time()
history = settle_history(letter.background(), firms, 1)
settled = time.process_time() - started
spent = []
for seed in (1, 2):
    world = fork(history, letter, seed)
    started = time.process_time()
    for _ in live(world, letter, HORIZON): pass
    spent.append(time.process_time() - started)
    del world
print(json.dumps([settled, min(spent), before, peak()]))
"""
given = options(__doc__.splitlines()[0], most=1_000_000)
rows = []
for firms in (size for size in SIZES if size <= given.most):
    tell(f"{firms:,} firms")
    made = subprocess.run([sys.executable, "-c", ONE, str(firms)], capture_output=True, text=True, check=True)
    settled, lived, before, peak = json.loads(made.stdout.splitlines()[-1])
    rows.append({
        "firms": firms, "history s": settled, "18 quarters s": lived,
        "ns per firm-quarter": 1e9 * lived / QUARTERS / firms, "peak MB": peak / 1e6,
        "bytes per firm": (peak - before) / firms,
    })  # fmt: skip
table = pd.DataFrame(rows)
if len(table) > 1:
    table["bytes per further firm"] = table["peak MB"].diff() * 1e6 / table["firms"].diff()
keep(__file__, table, given, lambda shown: markdown(shown, "{:,.2f}"))
