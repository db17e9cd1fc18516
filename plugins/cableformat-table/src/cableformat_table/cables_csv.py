"""`cables-csv`: the dump, one row a cable, read and written in memory that does not grow with it."""

from __future__ import annotations

import io
import json
from typing import IO, TYPE_CHECKING, cast

import attrs
import msgspec

from cableformat import Cable, FormatError, Input, ModelError, Part, Record, Sink, Source
from cableformat_table.compression import Unpacked, packing
from cableformat_table.dialect import BOM, PLAIN, Style, parse_row, row_text, values_of
from cableformat_table.provenance import Changes, Hashed
from cableformat_table.rows import Broken, Row, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from cableformat import Report
    from cableformat_table.dialect import End
    from cableformat_table.options import CsvOptions

EXTENSION = "cables-csv"
"""The extension that says in which style a row was, where that is not the dump's own."""

_ID = "id"
_UTF_8 = "utf-8"
_NO_ROOM = "a row of the dump has eight columns, and no place for it as it is"


def read(source: Input, options: CsvOptions, report: Report) -> Iterator[Cable]:
    """The cables of the rows; lines that are no row are reported as skipped.

    A row is decoded by itself, so that one in another encoding does not change how the others are read.

    Raises:
        FormatError: Nothing in the file is a row, or its compression is damaged or holds more than its size explains.
    """
    where = source.source(EXTENSION)
    unpacked = Unpacked(source, options.max_ratio)
    found = False
    broken: Broken | None = None
    try:
        for row in rows(unpacked, source.first_line):
            if isinstance(row, Broken):
                broken = broken or row
                at = f"line {row.first}" if row.first == row.last else f"lines {row.first} to {row.last}"
                report.skipped(at, row.reason)
            else:
                found = True
                yield _cable(row, where, source.charset)
    finally:
        unpacked.close()
    if broken and not found:
        raise FormatError(f"No row of the dump is in it: {broken.reason}.", source=source.name, line=broken.first)


def _cable(row: Row, where: Source, declared: str | None) -> Cable:
    position = f"line {row.line}"
    if declared is None and not row.raw.startswith(BOM.encode()):
        try:
            values, style = values_of([field.decode() for field in row.fields], cast("End", row.end.decode()))
        except UnicodeDecodeError:
            pass  # the longer way, for other encodings
        else:
            source = Source(EXTENSION, name=where.name, charset=_UTF_8, sha256=where.sha256, position=position)
            return _made(values, style, source, "" if style else row.raw.decode())
    text, charset = _decoded(row.raw, declared)
    parsed = parse_row(text)
    if parsed is None:  # the declared encoding makes other characters of the quotes
        text, charset = _decoded(row.raw, None)
        parsed = parse_row(text)
    values, style = cast("tuple[tuple[str, ...], Style | None]", parsed)
    return _made(values, style, attrs.evolve(where, charset=charset, position=position), text)


def _decoded(raw: bytes, declared: str | None) -> tuple[str, str]:
    return Input(lambda: io.BytesIO(raw), charset=declared).decode()


def _made(values: Sequence[str], style: Style | None, source: Source | None, text: str) -> Cable:
    """The cable of a row; a row in no style is kept as it stands, in a part of its own."""
    number, created, reference_id, origin, classification, references, header, body = values
    parts = [Part("container", "container", text)] if style is None else []
    if header:
        parts.append(Part("header", "header", header))
    parts.append(Part("body", "body", body))
    record = Record(
        reference_id=reference_id,
        created=created,
        classification=classification,
        origin=origin,
        references=references,
        extra=((_ID, number),),
    )
    return Cable(record, tuple(parts), extensions=_said_of(style), source=source)


def _said_of(style: Style | None) -> tuple[tuple[str, str], ...]:
    if style is None or style == PLAIN:
        return ()
    return ((EXTENSION, json.dumps(attrs.asdict(style))),)


def write(cables: Iterable[Cable], sink: Sink, options: CsvOptions, report: Report) -> None:
    """Write a row for each cable: as it stood where it still fits the cable, else laid out anew.

    A column of which the record says nothing gets what the telegram says.

    Raises:
        ModelError: A cable is longer than any row that is read.
    """
    hashed = Hashed(sink.stream)
    changes = Changes(report, _NO_ROOM)
    line = 1
    with packing(cast("IO[bytes]", hashed), sink.name, options) as stream:
        for number, (cable, is_last) in enumerate(_with_last(cables)):
            text = _replay(cable, is_first=number == 0, is_last=is_last) or _lay_out(cable, number + 1, is_last=is_last)
            data = Sink(stream).write_text(text, cable.source.charset if cable.source else None)
            (row,) = rows(io.BytesIO(data))
            if isinstance(row, Broken):
                raise ModelError(f"The cable {number} is too long for a row: {row.reason}.")
            where = Source(EXTENSION, name=sink.name)
            changes.put(number, cable, _cable(attrs.evolve(row, line=line), where, None))
            line += data.count(b"\n")
    changes.close(hashed.sha256)


def _with_last(cables: Iterable[Cable]) -> Iterator[tuple[Cable, bool]]:
    """Each cable, and whether it is the last one."""
    rest = iter(cables)
    before = next(rest, None)
    while before is not None:
        after = next(rest, None)
        yield before, after is None
        before = after


def _replay(cable: Cable, *, is_first: bool, is_last: bool) -> str | None:
    """The row as it stood, if it was kept, still says the same, and can stand where it would stand now."""
    if not cable.parts or (cable.parts[0].id, cable.parts[0].role) != ("container", "container"):
        return None
    text = cable.parts[0].text
    if (text.startswith(BOM) and not is_first) or not (text.endswith("\n") or is_last):
        return None
    parsed = parse_row(text)
    if parsed is None or parsed[1] is not None:
        return None
    again = _made(*parsed, None, text)
    return text if (again.record, again.parts) == (cable.record, cable.parts) else None


def _lay_out(cable: Cable, number: int, *, is_last: bool) -> str:
    record = cable.record
    values = (
        next((text for label, text in record.extra if label == _ID), str(number)),
        _or(record.created, lambda: _dumped(cable.created)),
        _or(record.reference_id, lambda: cable.reference_id),
        _or(record.origin, lambda: cable.origin),
        _or(record.classification, lambda: cable.classification),
        _or(record.references, lambda: "|".join(dict.fromkeys(r.value for r in cable.references if r.kind == "CABLE"))),
        _joined(cable, "header"),
        _joined(cable, "body"),
    )
    return row_text(values, _style(cable, is_last=is_last))


def _or(stated: str | None, understood: Callable[[], str | None]) -> str:
    return (understood() or "") if stated is None else stated


def _dumped(moment: datetime | None) -> str | None:
    """A moment as the dump has it, without zeros before month, day and hour."""
    if moment is None:
        return None
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment.minute:02d}"


def _joined(cable: Cable, role: str) -> str:
    """The text of the parts of a role, as `Cable.text` joins them."""
    return attrs.evolve(cable, parts=tuple(p for p in cable.parts if p.role == role), annotations=()).text


def _style(cable: Cable, *, is_last: bool) -> Style:
    """The style that the row was in, as far as it can be so again."""
    said = dict(cable.extensions).get(EXTENSION)
    try:
        style = msgspec.json.decode(said or "null", type=Style | None) or PLAIN
    except msgspec.ValidationError:  # somebody else's words
        return PLAIN
    return style if style.end or is_last else attrs.evolve(style, end="\n")
