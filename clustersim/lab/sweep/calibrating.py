"""The constants of choice of every set of assumptions in a design, solved by the workers and kept in the sweep folder.

`constants.parquet` has one row a set: its key and assumptions, the solved constants, the background rates they give,
and whether every rate came within its tolerance. Constants that the design itself varies are held.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from clustersim.foundation import machine
from clustersim.foundation.assumptions import Assumptions
from clustersim.histories import data_hashes
from clustersim.lab import constants
from clustersim.lab.constants import CONSTANTS, SMALL_CITY, Rates, Solved, background_rates, follow
from clustersim.lab.runs import Progress
from clustersim.lab.sweep.bundles import Failure, in_bundles
from clustersim.lab.sweep.files import parquet_bytes
from clustersim.scenario import Scenario
from clustersim.scenario.scenario import ASSUMPTIONS

FILE: Final = "constants.parquet"
BUNDLE: Final = 4  # sets
FLUSH_SECONDS: Final = 10.0
_PREFIX: Final = f"{ASSUMPTIONS}."


class Set(NamedTuple):
    """One set of assumptions that a design makes, as a patch on those of its base."""

    key: str
    values: dict[str, Any]  # by name, without constants that are to be solved


def assumptions_of(patch: dict[str, Any]) -> str:
    """The assumptions of a patch as text: equal for equal sets."""
    return json.dumps({name: value for name, value in patch.items() if name.startswith(_PREFIX)}, sort_keys=True)


class Constants:
    """The sets of a design, and what is known of each."""

    def __init__(self, folder: Path, base: Scenario, patches: Sequence[dict[str, Any]]) -> None:
        self.path, self.base = folder / FILE, base
        named = {name for patch in patches for name in patch}
        self.held = tuple(one for one in CONSTANTS.values() if f"{_PREFIX}{one}" in named)
        texts = [text for text in dict.fromkeys(assumptions_of(patch) for patch in patches) if text != "{}"]
        self.sets = {text: Set(self._key(text), _names(json.loads(text))) for text in texts}
        self.solved = self._read()
        self.failed: dict[str, Failure] = {}  # by text

    def solve(
        self, workers: int, make_executor: Callable[[int], Executor], progress: Progress | None = None
    ) -> None:  # fmt: skip
        """Solve what is missing. An interruption keeps what is solved."""
        missing = [one for one in self.sets.values() if one.key not in self.solved]
        if not missing:
            return
        by_key = {one.key: text for text, one in self.sets.items()}
        background_rates(self.base.assumptions)  # here, so that forked workers have it
        task = partial(solve_sets, self.base.assumptions, self.held)
        flushed, total = monotonic(), len(self.sets)
        try:
            for found in in_bundles(task, missing, BUNDLE, workers, make_executor):
                for one in found:
                    if isinstance(one, Failure):
                        self.failed[by_key[one.key]] = one
                    else:
                        self.solved[one[0]] = one[1]
                    if progress:
                        progress(len(self.solved) + len(self.failed), total, "constants of choice")
                if monotonic() - flushed >= FLUSH_SECONDS:
                    self._write()
                    flushed = monotonic()
        finally:
            self._write()

    def put_into(self, patches: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The patches with the constants of their sets."""
        return [{**patch, **self._values(assumptions_of(patch))} for patch in patches]

    def told(self) -> dict[str, int]:
        """How many sets there are, and for how many every background rate stands."""
        mine = [self.solved[one.key] for one in self.sets.values() if one.key in self.solved]
        return {"sets": len(self.sets), "settled": sum(one.settled for one in mine)}

    def _values(self, text: str) -> dict[str, float]:
        one = self.sets.get(text)
        if one is None or one.key not in self.solved:
            return {}
        return {f"{_PREFIX}{name}": value for name, value in self.solved[one.key].constants.items()}

    def _key(self, text: str) -> str:
        parts = [
            self.base.background().fingerprint(), text, *self.held, machine.source_fingerprint(), SMALL_CITY,
            machine.file_fingerprint(Path(constants.__file__)), *data_hashes(None).values(),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

    def _read(self) -> dict[str, Solved]:
        """What the folder has of these sets; a file that cannot be read is solved anew."""
        try:
            rows = pq.read_table(self.path).to_pylist()
            wanted = {one.key for one in self.sets.values()}
            return {row["key"]: _solved(row) for row in rows if row["key"] in wanted}
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
            return {}

    def _write(self) -> None:
        """All that is solved, in the order of the design."""
        known = [one for one in self.sets.values() if one.key in self.solved]
        if known:
            columns = [_row(one, self.solved[one.key]) for one in known]
            machine.write_whole(self.path, parquet_bytes(pa.Table.from_pylist(columns)))


def solve_sets(base: Assumptions, held: Collection[str], sets: Sequence[Set]) -> list[Any]:
    """The constants of some sets, or why they could not be solved."""
    return [_one(base, held, one) for one in sets]


def _one(base: Assumptions, held: Collection[str], one: Set) -> Any:
    try:
        return one.key, follow(base, Scenario(assumptions=base).with_assumptions(one.values).assumptions, held)
    except Exception as wrong:
        return Failure(one.key, f"{type(wrong).__name__}: {wrong}", traceback.format_exc())


def _names(values: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix(_PREFIX): value for name, value in values.items()}


def _row(one: Set, solved: Solved) -> dict[str, Any]:
    return {
        "key": one.key, "assumptions": json.dumps(one.values, sort_keys=True),
        **{name: solved.constants.get(name) for name in CONSTANTS.values()},
        **{f"rate_{name}": getattr(solved.rates, name) for name in CONSTANTS},
        "rounds": solved.rounds, "settled": solved.settled,
    }  # fmt: skip


def _solved(row: dict[str, Any]) -> Solved:
    constants = {name: float(row[name]) for name in CONSTANTS.values() if row[name] is not None}
    return Solved(constants, Rates(**{name: row[f"rate_{name}"] for name in CONSTANTS}), row["rounds"], row["settled"])
