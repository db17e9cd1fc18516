"""`dump-text`: text dumps with five lines at the top, then header and body run together (field notes §5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_html.mirror_text import DUMP_FIELDS, write_copies
from cableformat_html.telegram_border import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import NoOptions, Sink

_LINES = re.compile(r"\A\ufeff?" + r"([^\r\n]*+)(?:\r\n|\n|\r)" * 5)
_BLANKS = " \t\xa0"
_NO_ROOM = "the dump's layout has no place for it as it is"


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a dump: the five lines are the part `container`, the rest is the telegram.

    Raises:
        FormatError: There are no five lines.
    """
    text, charset = source.decode()
    record, parts = parse(text)
    yield Cable(record, parts, source=source.source("dump-text", charset=charset))


def parse(text: str) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a dump; the parts joined are the text.

    Raises:
        FormatError: There are no five lines.
    """
    lines = _LINES.match(text)
    if lines is None:
        raise FormatError(
            "The five lines of a dump (identifier, title, date, classification, origin) are missing.", line=1
        )
    header, gap, body = split(text[lines.end() :])
    said = {field: line.strip(_BLANKS) for field, line in zip(DUMP_FIELDS, lines.groups(), strict=True)}
    pieces = [
        ("container", "container", text[: lines.end()]),
        ("header", "header", header),
        ("gap", "container", gap),
        ("body", "body", body),
    ]
    return Record(**said), tuple(Part(*piece) for piece in pieces if piece[2] or piece[0] == "body")  # type: ignore[arg-type]


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - the contract's shape
    """Write a cable as a dump: as it was read where that still fits it, else laid out anew."""
    write_copies(cables, sink, report, read=read, parse=parse, lay_out=_lay_out, reason=_NO_ROOM)


def _lay_out(cable: Cable) -> str:
    """The five lines, from the telegram where the record leaves one open, since a dump has no open lines."""
    told = {
        "reference_id": cable.reference_id,
        "subject": cable.subject,
        "created": cable.created.isoformat(" ")[:19] if cable.created else None,
        "classification": cable.classification,
        "origin": cable.origin,
    }
    said = {field: getattr(cable.record, field) for field in DUMP_FIELDS}
    lines = [" ".join((told[field] or "" if value is None else value).split()) for field, value in said.items()]
    return "\n".join([*lines, "".join(part.text for part in cable.parts if part.role in {"header", "body"})])
