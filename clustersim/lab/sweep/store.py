"""The folder of a sweep: design, parts of results written whole and renamed into place, failures, manifest.

A part is one parquet file of many runs. While a sweep goes on parts are small; when it is complete they are written
anew in the order of the design, so that the finished folder is the same whatever happened on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from clustersim.foundation import machine
from clustersim.indicators import INDICATORS, INDICES
from clustersim.indicators.tidy import CITY
from clustersim.lab.sweep.bundles import Failure
from clustersim.lab.sweep.design import Run
from clustersim.lab.sweep.files import parquet_bytes
from clustersim.world.columns import Floats

FORMAT: Final = 1
RUNS_A_PART: Final = 100
NAMES: Final = tuple(one.name for one in INDICATORS)
_FINAL: Final = "part-{:05d}.parquet"
_FRESH: Final = "new-{:05d}-{}.parquet"


class Store:
    """One sweep folder. `towns` and `quarters` give the shape of a run: [quarter, town + 1, indicator]."""

    def __init__(self, folder: Path, towns: Sequence[str], quarters: Sequence[str]) -> None:
        self.folder, self.results = folder, folder / "results"
        self.places, self.quarters = (*towns, CITY), tuple(quarters)
        self.damaged: list[str] = []  # parts that could not be read, set aside
        self.blocks: list[list[str]] = []  # keys of the design as the finished parts have them, failed runs among them
        self._block_of: dict[str, int] = {}
        self._written = 0

    # Before anything runs

    def open(self, manifest: dict[str, Any], runs: Sequence[Run]) -> None:
        """Write the manifest and the design."""
        self.results.mkdir(parents=True, exist_ok=True)
        keys = list(dict.fromkeys(one.key for one in runs))
        self.blocks = [keys[place : place + RUNS_A_PART] for place in range(0, len(keys), RUNS_A_PART)]
        self._block_of = {key: number for number, block in enumerate(self.blocks) for key in block}
        for left in [*self.results.glob(".*.part"), *self.folder.glob(".*.part")]:  # a kill while writing
            left.unlink(missing_ok=True)
        for place, ready in enumerate(sorted(self.folder.glob("*.ready"))):  # a kill while putting in order
            ready.replace(self.results / _FRESH.format(place, f"recovered-{ready.name.partition('.')[0]}"))
        table = pa.table({
            "key": [one.key for one in runs], "scenario": pa.array([one.scenario for one in runs], pa.int64()),
            "patch": [json.dumps(one.patch, sort_keys=True) for one in runs],
            "seed": pa.array([one.seed for one in runs], pa.int64()),
        })  # fmt: skip
        machine.write_whole(self.folder / "design.parquet", parquet_bytes(table))
        self.tell(manifest)

    def tell(self, manifest: dict[str, Any]) -> None:
        """Write the manifest anew."""
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        machine.write_whole(self.folder / "manifest.json", text)

    def done(self) -> dict[str, Path]:
        """The part in which each finished run lies, by key. Parts that cannot be read are set aside."""
        found: dict[str, Path] = {}
        for path in sorted(self.results.glob("*.parquet")):
            try:
                keys = pq.read_table(path, columns=["key"])["key"].unique().to_pylist()
            except (pa.ArrowException, OSError, KeyError):
                path.rename(path.with_suffix(".damaged"))
                self.damaged.append(path.name)
                continue
            found |= dict.fromkeys(keys, path)
        return found

    # While it runs

    def write_blocks(self, finished: Sequence[tuple[str, Floats]]) -> list[tuple[str, Floats]]:
        """Write every block of the design that is whole, in its place for good; gives back the runs that are left.

        What has a part of that name already is left too: it is put in order when all is done.
        """
        by_block: dict[int, dict[str, Floats]] = {}
        for key, values in finished:
            by_block.setdefault(self._block_of[key], {})[key] = values
        left: list[tuple[str, Floats]] = []
        for number, mine in by_block.items():
            block, path = self.blocks[number], self.results / _FINAL.format(number)
            if len(mine) == len(block) and not path.exists():
                machine.write_whole(path, parquet_bytes(self._table([(key, mine[key]) for key in block])))
            else:
                left += mine.items()
        return left

    def write(self, finished: Sequence[tuple[str, Floats]]) -> None:
        """One part of runs as they finished."""
        if finished:
            self._written += 1
            name = _FRESH.format(self._written, finished[0][0][:12])
            machine.write_whole(self.results / name, parquet_bytes(self._table(finished)))

    def fail(self, failures: Iterable[Failure]) -> None:
        """All failures so far, in one file; none when there are none."""
        path = self.folder / "failures.parquet"
        told = sorted(set(failures))
        if told:
            columns = {name: [getattr(one, name) for one in told] for name in Failure._fields}
            machine.write_whole(path, parquet_bytes(pa.table(columns)))
        else:
            path.unlink(missing_ok=True)

    def indices(self, keys: Sequence[str]) -> dict[str, list[float]]:
        """The five indices of the city in the last quarter, by run."""
        wanted, found = set(keys), dict[str, list[float]]()
        last = [("town", "==", CITY), ("quarter", "==", self.quarters[-1])]
        for path in sorted(self.results.glob("*.parquet")):
            table = pq.read_table(path, columns=["key", *INDICES], filters=last).to_pydict()
            rows = zip(table["key"], *(table[name] for name in INDICES), strict=True)
            found |= {key: values for key, *values in rows if key in wanted}
        return found

    # When all is done

    def compact(self) -> None:
        """Parts in the order of the design; results of runs that are not in it go to `aside`."""
        where = self.done()
        ordered: list[Path] = []
        for number, block in enumerate(self.blocks):
            keys, path = [key for key in block if key in where], self.results / _FINAL.format(number)
            if not keys:
                continue
            ordered.append(path)
            if self._keys_of(path) != keys:
                machine.write_whole(self.folder / f"{path.name}.ready", parquet_bytes(self._sorted(keys, where)))
        self._keep_others(where, set(self._block_of))
        for path in self.results.glob("*.parquet"):
            if path not in ordered:
                path.unlink()
        for path in sorted(self.folder.glob("*.ready")):
            path.replace(self.results / path.name.removesuffix(".ready"))

    def _keys_of(self, path: Path) -> list[str]:
        """The runs of a part, in its order."""
        if not path.exists():
            return []
        found: list[str] = pq.read_table(path, columns=["key"])["key"].to_pylist()
        return found[:: len(self.places) * len(self.quarters)]

    def _sorted(self, keys: Sequence[str], where: dict[str, Path]) -> pa.Table:
        """The rows of some runs, in their order; no more than a part's worth of them in memory."""
        by_key: dict[str, pa.Table] = {}
        for path in sorted({where[key] for key in keys}):
            here = [key for key in keys if where[key] == path]
            table = pq.read_table(path, filters=[("key", "in", here)])
            rows = len(self.places) * len(self.quarters)
            for start in range(0, len(table), rows):
                part = table.slice(start, rows)
                by_key[part["key"][0].as_py()] = part
        return pa.concat_tables([by_key[key] for key in keys]).combine_chunks()

    def _keep_others(self, where: dict[str, Path], wanted: set[str]) -> None:
        """Results of another design or other code are kept, out of the way."""
        others = sorted(set(where) - wanted)
        if others:
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            for place in range(0, len(others), RUNS_A_PART):
                keys = others[place : place + RUNS_A_PART]
                machine.write_whole(aside / f"{keys[0][:12]}.parquet", parquet_bytes(self._sorted(keys, where)))

    def _table(self, finished: Sequence[tuple[str, Floats]]) -> pa.Table:
        rows = len(self.places) * len(self.quarters)
        columns = np.empty((len(NAMES), len(finished) * rows))
        for place, (_, values) in enumerate(finished):
            columns[:, place * rows : (place + 1) * rows] = values.reshape(rows, len(NAMES)).T
        runs = np.arange(len(finished) * rows)
        quarter, town = runs % rows // len(self.places), runs % len(self.places)
        return pa.table({
            "key": pa.array([key for key, _ in finished], pa.string()).take(pa.array(runs // rows)),
            "quarter": pa.array(self.quarters, pa.string()).take(pa.array(quarter)),
            "town": pa.array(self.places, pa.string()).take(pa.array(town)),
            **{name: pa.array(columns[place]) for place, name in enumerate(NAMES)},
        })  # fmt: skip


def read(folder: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The results of a sweep folder, part by part."""
    for path in sorted((folder / "results").glob("*.parquet")):
        yield pq.read_table(path, columns=None if columns is None else ["key", "quarter", "town", *columns])
