"""The fourteen sectors and their supply chain, from `sectors.csv` and `sector_chain.csv`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from clustersim.foundation.words import SECTOR_KEYS
from clustersim.world.columns import Floats
from clustersim.world.datafiles import DataError, Field, path_of, read
from clustersim.world.tables import Sectors

_FIELDS: Final = (
    Field("sector", choices=SECTOR_KEYS), Field("name_zh"), Field("name_en"), Field("firm_share", float, 0.001, 1.0),
    Field("output_share", float, 0.001, 1.0), Field("kwh_per_10k_yuan", float, 1.0, 10_000.0),
    Field("workers_per_10m_yuan", float, 1.0, 200.0), Field("margin", float, -0.05, 0.15),
    Field("polluting", int, 0, 1), Field("listed", int, 0, 1), Field("priority", int, 0, 1),
    Field("emission", float, 0.01, 100.0), Field("cluster", int, 0, 4),
)  # fmt: skip


def load(data: Path | None = None) -> Sectors:
    """The sectors in the order of `SECTOR_KEYS`; shares are scaled to sum to 1.

    >>> sectors = load()
    >>> sectors.key[7], bool(sectors.priority[7]), round(float(sectors.firm_share.sum()), 12)
    ('casting', True, 1.0)
    """
    table = read("sectors.csv", _FIELDS, data)
    if tuple(table["sector"]) != SECTOR_KEYS:
        raise DataError(
            f"{path_of('sectors.csv', data)}:2: sector: needed are, in this order, {', '.join(SECTOR_KEYS)}"
        )

    def numbers(name: str) -> Floats:
        return np.array(table[name], np.float64)

    def flags(name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.array(table[name], np.bool_)

    return Sectors(
        key=tuple(table["sector"]), zh=tuple(table["name_zh"]), en=tuple(table["name_en"]),
        firm_share=_shares(numbers("firm_share")), output_share=_shares(numbers("output_share")),
        kwh_per_yuan=numbers("kwh_per_10k_yuan") / 1e4, workers_per_yuan=numbers("workers_per_10m_yuan") / 1e7,
        margin=numbers("margin"), polluting=flags("polluting"), listed=flags("listed"), priority=flags("priority"),
        upstream=_chain(data), emission=numbers("emission"), cluster=np.array(table["cluster"], np.int8),
    )  # fmt: skip


def _shares(values: Floats) -> Floats:
    return np.asarray(values / values.sum())


def _chain(data: Path | None) -> Floats:
    """Weights of supplier sectors for each buyer sector; a row sums to 1 or less."""
    weights = tuple(Field(key, float, 0.0, 1.0) for key in SECTOR_KEYS)
    table = read("sector_chain.csv", (Field("buyer", choices=SECTOR_KEYS), *weights), data)
    path = path_of("sector_chain.csv", data)
    if tuple(table["buyer"]) != SECTOR_KEYS:
        raise DataError(f"{path}:2: buyer: needed are, in this order, {', '.join(SECTOR_KEYS)}")
    chain = np.column_stack([np.array(table[key], np.float64) for key in SECTOR_KEYS])
    heavy = np.flatnonzero(chain.sum(axis=1) > 1.0 + 1e-9)
    if len(heavy):
        raise DataError(f"{path}:{heavy[0] + 2}: the weights of {SECTOR_KEYS[heavy[0]]} sum to more than 1")
    return np.ascontiguousarray(chain)
