"""What are the books of one full run: firms, jobs, land, and every flow of money with its two ends?

The laws are held every quarter while the run goes on (a broken one stops it); here the sums over the policy quarters
are laid out so that a reader can check them by hand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from common import keep, markdown, options

from clustersim.foundation.words import CENTIMU, COUNT_SCALE, FEN, HORIZON
from clustersim.quarter import fork, live, settle_history
from clustersim.scenario import load_scenario
from clustersim.world.books import ENDS, Count
from clustersim.world.census import take_census

given = options(__doc__.splitlines()[0], firms=50_000, seed=1)
letter = load_scenario("letter")
world = fork(settle_history(letter.background(), given.firms, 1), letter, given.seed)
before = take_census(world)
money, counts = np.zeros(len(ENDS), np.int64), np.zeros(len(Count), np.int64)
for _ in live(world, letter, HORIZON):
    money += world.books.money.sum(axis=1)
    counts += world.books.counts.sum(axis=1)
after = take_census(world)

rows: list[tuple[str, str, str, str]] = []
exited = int(counts[int(Count.EXITED_CHOICE) : int(Count.EXITED_LEFT) + 1].sum())
expected = int(before.firms.sum() + counts[Count.ENTERED] - exited)
rows.append(("firms", f"{before.firms.sum():,} + {counts[Count.ENTERED]:,} entered - {exited:,} exited",
             f"{expected:,}", f"{after.firms.sum():,}"))  # fmt: skip
jobs = before.jobs.sum() + counts[Count.JOBS_ENTERED] - counts[Count.JOBS_EXITED] + counts[Count.JOBS_CHANGED]
rows.append(
    (
        "jobs",
        "start + entered - exited + changed",
        f"{jobs / COUNT_SCALE:,.2f}",
        f"{after.jobs.sum() / COUNT_SCALE:,.2f}",
    )
)
accounts = world.accounts
taken_in = accounts.opening + accounts.quota + accounts.cleared + accounts.surrendered + accounts.bought_out
rows.append(
    (
        "land ledger, mu",
        "opening + quota + cleared + surrendered + bought out = built + left",
        f"{taken_in.sum() / CENTIMU:,.2f}",
        f"{(accounts.built + accounts.left).sum() / CENTIMU:,.2f}",
    )
)
into = sum(int(money[flow]) * ((b.name == "FIRMS") - (a.name == "FIRMS")) for flow, (a, b) in ENDS.items())
rows.append(
    (
        "cash of firms, yuan",
        "start + flows in - flows out",
        f"{(before.cash + into) / FEN:,.2f}",
        f"{after.cash / FEN:,.2f}",
    )
)
for flow, (payer, payee) in ENDS.items():
    rows.append((flow.name.lower().replace("_", " "), f"{payer.name.lower()} to {payee.name.lower()}, M yuan",
                 f"{money[flow] / FEN / 1e6:,.2f}", ""))  # fmt: skip
keep(__file__, pd.DataFrame(rows, columns=["account", "what", "books", "counted"]), given, markdown)
