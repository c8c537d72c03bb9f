"""Tables as parquet, the same bytes every time."""

from __future__ import annotations

import contextlib
import io

import pyarrow as pa
import pyarrow.parquet as pq


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a parquet file."""
    out, words = io.BytesIO(), [one.name for one in table.schema if pa.types.is_string(one.type)]
    form = {"compression": "zstd", "compression_level": 1, "use_dictionary": words}  # numbers hardly repeat
    with contextlib.closing(pq.ParquetWriter(out, table.schema, **form)) as writer:
        writer.write_table(table)
    return out.getvalue()
