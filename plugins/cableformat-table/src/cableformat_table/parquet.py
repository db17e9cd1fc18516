"""`parquet`: one row a cable, typed columns for SQL and data frames, and the whole cable in a column of its own.

The columns `record`, `parts` and `grammar` are the truth: where somebody has edited them, reading takes them, drops
the embedded copy, and reports the difference. The other columns are read from these and are never read back.
"""

from __future__ import annotations

import contextlib
import io
import math
from typing import IO, TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from cableformat import Cable, FormatError, Piece, Source, loads
from cableformat_table.columns import COPY, EXACT, LAYOUT, LAYOUT_KEY, REPEATING, exact, row, schema
from cableformat_table.limits import Allowance
from cableformat_table.options import ParquetOptions
from cableformat_table.provenance import Changes, Hashed
from cableformat_table.streams import Lent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import Input, Report, Sink

_NAME = "parquet"
_GROUP_CHARACTERS = 8 * 1024 * 1024
_GROUP_ROWS = 8192
_JOINED_BYTES = 32 * 1024 * 1024  # about what a group of a writer's own size takes
_BATCH_ROWS = 128
_BATCH_BYTES = 64 * 1024 * 1024
_BUFFER = 1024 * 1024
_STORED_WHOLE = frozenset({"PLAIN", "RLE", "BIT_PACKED", "DELTA_LENGTH_BYTE_ARRAY"})
"""Encodings in which each value takes its own room; RLE here is that of levels."""

_DAMAGE = (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError)
"""What pyarrow raises for bytes that are no Parquet; its `OSError` has no number, unlike that of a disk."""


def write(cables: Iterable[Cable], sink: Sink, options: ParquetOptions, report: Report) -> None:
    """Write a row for each cable, in groups of rows that need little memory."""
    hashed = Hashed(sink.stream)
    changes = Changes(report, "no column shows it, and embed is off")
    columns = schema(embed=options.embed)
    with _writer(cast("IO[bytes]", hashed), options) as writer:
        rows: list[dict[str, Any]] = []
        characters = 0
        for number, cable in enumerate(cables):
            rows.append(row(cable if options.embed else _bare(cable), embed=options.embed))
            characters += sum(len(part.text) for part in cable.parts)
            if characters >= _GROUP_CHARACTERS or len(rows) >= _GROUP_ROWS:
                writer.write_table(pa.Table.from_pylist(rows, columns))
                rows, characters = [], 0
            if not options.embed:
                source = Source(_NAME, name=sink.name, position=f"row {number + 1}")
                changes.put(number, cable, Cable(cable.record, cable.parts, source=source, grammar=cable.grammar))
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, columns))
    changes.close(hashed.sha256)


def _bare(cable: Cable) -> Cable:
    # Pins are annotations, which no column keeps: columns read by them would change in the next round trip.
    return Cable(cable.record, cable.parts, grammar=cable.grammar) if cable.annotations else cable


def _writer(stream: IO[bytes], options: ParquetOptions) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pq.ParquetWriter(
        pa.PythonFile(Lent(stream), mode="w"),
        schema(embed=options.embed),
        compression=options.compression,
        use_dictionary=REPEATING,
        write_page_checksum=True,
    )


def join(sources: Iterable[Input], sink: Sink, options: ParquetOptions) -> None:
    """The rows of several tables in one, in groups as large as a writer makes them."""
    with _writer(sink.stream, options) as writer:
        held: list[pa.Table] = []
        for source in sources:
            with source.open() as stream, pq.ParquetFile(stream) as file:
                for group in range(file.num_row_groups):
                    held.append(file.read_row_group(group, use_threads=False))
                    if sum(table.nbytes for table in held) >= _JOINED_BYTES:
                        writer.write_table(pa.concat_tables(held))
                        held = []
        if held:
            writer.write_table(pa.concat_tables(held))


def split(source: Input, size: int) -> Iterator[Piece]:
    """Tables of some of the rows, with the columns that are read; the line of a piece is the number of its first row.

    Raises:
        FormatError: As for `read`.
    """
    held: list[Any] = []
    taken, first, number = 0, 1, 1
    batches = _batches(source, ParquetOptions().max_ratio)
    while True:
        with _naming(source, number):
            batch = next(batches, None)
        if batch is None:
            break
        at = 0
        while at < batch.num_rows:
            average = max(1.0, batch.nbytes / batch.num_rows)
            rows = max(1, min(math.ceil((size - taken) / average), batch.num_rows - at))
            held.append(batch.slice(at, rows))
            taken += math.ceil(rows * average)
            at += rows
            number += rows
            if taken >= size:
                yield Piece(_table(held), first)
                held, taken, first = [], 0, number
    if held:
        yield Piece(_table(held), first)


def _table(batches: list[Any]) -> bytes:
    """A table for one reader only, and so not packed."""
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_batches(batches), stream, compression="none", use_dictionary=False)
    return stream.getvalue()


def read(source: Input, options: ParquetOptions, report: Report) -> Iterator[Cable]:
    """The cables of the rows, group by group; only the columns that hold the cable are read.

    Raises:
        FormatError: It is not Parquet, damaged, not a table of cables, of a newer layout, or holds or promises more
            than its size explains; or a row is no cable.
    """
    index = 0
    batches = _batches(source, options.max_ratio)
    while True:
        with _naming(source, source.first_line + index):
            batch = next(batches, None)
            rows = None if batch is None else batch.to_pylist()
        if rows is None:
            return
        for values in rows:
            yield _cable(values, index, source, report)
            index += 1


@contextlib.contextmanager
def _naming(source: Input, row: int) -> Iterator[None]:
    """What pyarrow says of damage as a `FormatError` that names the row."""
    try:
        yield
    except FormatError:
        raise
    except _DAMAGE as error:
        if getattr(error, "errno", None):
            raise
        raise FormatError(
            f"The Parquet file is damaged: {_words(error)}", source=source.name, path=f"row {row}"
        ) from None


def _words(error: BaseException) -> str:
    return _shown((str(error).strip().splitlines() or [type(error).__name__])[0])


def _shown(words: str) -> str:
    """Words that may come from the file, without what would steer a terminal."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in words)


def _batches(source: Input, max_ratio: int) -> Iterator[Any]:
    with (
        source.open() as stream,
        pq.ParquetFile(stream, page_checksum_verification=True, pre_buffer=False, buffer_size=_BUFFER) as file,
    ):
        found = file.schema_arrow
        missing = [name for name in EXACT[:2] if name not in found.names]
        if missing:
            raise FormatError(
                f"It is Parquet, but not a table of cables: there is no column {' and no column '.join(missing)}.",
                source=source.name,
                path="the schema",
            )
        layout = (found.metadata or {}).get(LAYOUT_KEY, LAYOUT)
        if layout != LAYOUT:
            said = _shown(layout.decode("utf-8", "replace"))[:40]
            raise FormatError(
                f"The table's layout is {said}, and this version reads {LAYOUT.decode()}.",
                source=source.name,
                path="the metadata",
                hint="Upgrade cableformat-table to read it.",
            )
        wanted = [name for name in (*EXACT, COPY) if name in found.names]
        allowance = Allowance(source.size, max_ratio, source.name)
        _check_promises(file.metadata, allowance)
        for group in range(file.num_row_groups):
            if next(_batches_of(file, group, 1, wanted), None) is None:
                continue
            # Arrow has now checked what the file says of these columns; asked before, it would end the process.
            at_once = _rows_at_once(file, group, wanted)
            for batch in _batches_of(file, group, at_once, wanted):
                allowance.take(batch.nbytes, path=f"row group {group + 1}")
                yield batch


def _batches_of(file: Any, group: int, size: int, wanted: list[str]) -> Iterator[Any]:  # noqa: ANN401 - pyarrow has no types
    return iter(file.iter_batches(size, row_groups=[group], columns=wanted, use_threads=False))


def _check_promises(metadata: Any, allowance: Allowance) -> None:  # noqa: ANN401 - as above
    """Refuse a file whose metadata, which are read before any data, promise more than its size explains."""
    allowance.check(metadata.num_rows, "rows", path="the metadata")
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        allowance.check(group.num_rows, "rows", path=f"row group {number + 1}")
        allowance.check(group.total_byte_size, "bytes", path=f"row group {number + 1}")


def _rows_at_once(file: Any, group: int, wanted: list[str]) -> int:  # noqa: ANN401 - as above
    """How many rows of a group to read at once, so that values which are stored once and repeat take bounded memory."""
    read = [at for at, leaf in enumerate(file.schema) if leaf.path.partition(".")[0] in wanted]
    chunks = (file.metadata.row_group(group).column(at) for at in read)
    repeating = (chunk.total_uncompressed_size for chunk in chunks if not _STORED_WHOLE.issuperset(chunk.encodings))
    return max(1, min(_BATCH_ROWS, _BATCH_BYTES // max(1, max(repeating, default=0))))


def _cable(values: dict[str, Any], index: int, source: Input, report: Report) -> Cable:
    copy = values.get(COPY)
    number = source.first_line + index
    try:
        record, parts, grammar = exact(values)
        embedded = None if copy is None else loads(copy)
        if embedded and (record, parts, grammar) == (embedded.record, embedded.parts, embedded.grammar):
            return embedded
        cable = Cable(record, parts, source=source.source(_NAME, position=f"row {number}"), grammar=grammar)
    except (ValueError, TypeError, FormatError) as error:
        words = error.message if isinstance(error, FormatError) else str(error)
        raise FormatError(f"The row is no cable. {words}", source=source.name, path=f"row {number}") from None
    if embedded is not None:
        report.cable = index
        report.differences(
            embedded, cable, "the columns were edited after the file was written; the embedded copy was dropped"
        )
    return cable
