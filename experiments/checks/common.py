"""What the checks share: options, lives under shared luck, and a results folder written whole."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

import clustersim
from clustersim.foundation import machine
from clustersim.foundation.words import HORIZON
from clustersim.indicators import Measures
from clustersim.quarter import History, fork, live
from clustersim.scenario import Scenario

RESULTS = Path(__file__).parents[2] / "results" / "checks"


def options(what: str, **defaults: int) -> argparse.Namespace:
    """Whole numbers from the command line, `--out`, and help."""
    parser = argparse.ArgumentParser(description=what)
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value:,}")
    parser.add_argument("--out", type=Path, default=None, help="default: the folder of this name under results/checks/")
    return parser.parse_args()


def lives(history: History, scenario: Scenario, seeds: Iterable[int]) -> Iterator[list[Measures]]:
    """The policy quarters of a scenario under each seed."""
    for seed in seeds:
        yield list(live(fork(history, scenario, seed), scenario, HORIZON))


def flow(life: list[Measures], name: str) -> float:
    """A flow of the city summed over the quarters of a life."""
    return sum(measures.value(name) for measures in life)


def tell(text: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{text}\n")


def keep(script: str, table: pd.DataFrame, given: argparse.Namespace, show: Callable[[pd.DataFrame], str]) -> None:
    """Print a table and write it as CSV and Markdown with what made it."""
    folder = given.out or RESULTS / Path(script).stem
    folder.mkdir(parents=True, exist_ok=True)
    text = show(table)
    sys.stdout.write(f"{text}\n")
    manifest = {
        "experiment": Path(script).name,
        "options": {name: value for name, value in vars(given).items() if name != "out"},
        "version": clustersim.__version__, "code": machine.source_fingerprint(), "commit": machine.git_commit(),
        "versions": machine.versions(), "machine": machine.facts(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    machine.write_whole(folder / "table.csv", table.to_csv(index=False))
    machine.write_whole(folder / "table.md", text + "\n")
    machine.write_whole(folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def markdown(table: pd.DataFrame, number: str = "{:+.4f}") -> str:
    """A Markdown table; numbers by `number`."""
    rows = [[number.format(one) if isinstance(one, float) else str(one) for one in row] for row in table.to_numpy()]
    lines = [list(table.columns), ["---"] * len(table.columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
