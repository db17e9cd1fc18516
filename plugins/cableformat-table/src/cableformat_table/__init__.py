"""Tables of cables: the CSV dump, and Parquet for SQL and data frames, as formats of cableformat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import MODEL, Format, fields, hookimpl
from cableformat_table import options, recognition

if TYPE_CHECKING:
    from collections.abc import Iterable

__version__ = "0.1.0"


@hookimpl
def cableformat_formats() -> Iterable[Format]:
    """The formats of this plugin."""
    yield Format(
        name="cables-csv",
        title="The CSV dump, a row a cable; also as .gz and .zst",
        media_types=("text/csv",),
        suffixes=(".csv", ".csv.gz", ".csv.zst"),
        sniff=recognition.sniff,
        reader="cableformat_table.cables_csv:read",
        writer="cableformat_table.cables_csv:write",
        cardinality="many",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.classification",
            "record.origin",
            "record.references",
            "parts[header]",
            "parts[body]",
            domain=recognition.fits,
        ),
        replays=True,
        splitter="cableformat_table.splitting:split",
        options=options.CsvOptions,
        needs="cableformat-table",
    )
    yield Format(
        name="parquet",
        title="A table for SQL and data frames, a row a cable",
        media_types=("application/vnd.apache.parquet",),
        suffixes=(".parquet",),
        magic=(b"PAR1",),
        reader="cableformat_table.parquet:read",
        writer="cableformat_table.parquet:write",
        cardinality="many",
        keeps=MODEL,
        visible=fields("record", "parts", "grammar"),
        edits="cableformat_table.edits:one_by_one",
        splitter="cableformat_table.parquet:split",
        joiner="cableformat_table.parquet:join",
        options=options.ParquetOptions,
        needs="cableformat-table",
    )
