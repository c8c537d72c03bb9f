"""Histories settled in this process: the same city is settled once and then forked by every run and every model.

>>> from clustersim.scenario import Scenario
>>> setting = Setting(300)
>>> shared_history(Scenario("one"), setting) is shared_history(Scenario("other"), setting)
True
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from clustersim.quarter import History, settle_history
from clustersim.scenario import Scenario
from clustersim.scenario.setting import Setting

MOST: Final = 4  # histories kept; the one settled first makes room


def shared_history(scenario: Scenario, setting: Setting, progress: Callable[[], None] = lambda: None) -> History:
    """The history of a city, from memory when the same city was settled before in this process."""
    key = history_key(scenario, setting)
    if key not in _histories:
        while len(_histories) >= MOST:
            _histories.pop(next(iter(_histories)))
        _histories[key] = settle_history(
            scenario.background(),
            setting.firms,
            setting.population_seed,
            progress=progress,
            grid=setting.grid,
            qianwan=setting.qianwan,
            data=setting.data,
        )
    return _histories[key]


_histories: dict[str, History] = {}


def history_key(scenario: Scenario, setting: Setting) -> str:
    """What a history depends on: the background, the size, the population seed, the grid and the data."""
    parts = (
        scenario.background().fingerprint(), setting.firms, setting.population_seed, setting.grid, setting.qianwan,
        *data_hashes(setting.data).values(),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@lru_cache(maxsize=8)
def data_hashes(data: Path | None) -> dict[str, str]:
    """SHA-256 of every data table in use, by file name."""
    home = Path(__file__).parent / "world" / "data"
    files = {path.name: path for path in sorted(home.glob("*.csv"))}
    if data is not None:
        files |= {path.name: path for path in sorted(data.glob("*.csv")) if path.name in files}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
