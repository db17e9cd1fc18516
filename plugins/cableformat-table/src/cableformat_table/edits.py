"""Edits a table as a person would, in one cell at a time: how the conformance kit tries law 12 on packed columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterator


def one_by_one(data: bytes, old: str, new: str) -> Iterator[bytes]:
    """The files in which one text of one cell has a word replaced, for each text that holds it."""
    table = pq.read_table(io.BytesIO(data))
    for i, name in enumerate(table.column_names):
        column = table.column(name)
        cells = column.to_pylist()
        for k in range(_count(cells, old)):
            edited = pa.chunked_array([pa.array(_replaced(cells, old, new, [k]), column.type)])
            out = io.BytesIO()
            pq.write_table(table.set_column(i, table.field(i), edited), out)
            yield out.getvalue()


def _count(value: Any, old: str) -> int:  # noqa: ANN401 - a cell of any type
    if isinstance(value, dict):
        return sum(_count(item, old) for item in value.values())
    if isinstance(value, list):
        return sum(_count(item, old) for item in value)
    return int(isinstance(value, str) and old in value)


def _replaced(value: Any, old: str, new: str, left: list[int]) -> Any:  # noqa: ANN401 - a cell of any type
    """The value with the word replaced in one of the texts that hold it; `left` counts those before it."""
    if isinstance(value, dict):
        return {key: _replaced(item, old, new, left) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, old, new, left) for item in value]
    if not isinstance(value, str) or old not in value:
        return value
    left[0] -= 1
    return value.replace(old, new) if left[0] == -1 else value
