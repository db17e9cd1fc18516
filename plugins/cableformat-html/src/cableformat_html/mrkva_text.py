"""`mrkva-text`: text copied from a page of the mrkva mirror (field notes §5).

A title, a disclaimer, the subject, rows of labels and values, the header or the sentence of an extract, a blank line,
the body, and the mirror's last line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_html.mirror_text import MRKVA_LABELS, is_row_value, write_copies
from cableformat_html.telegram_border import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import NoOptions, Sink

_TITLE = "US embassy cable - "
_ROW = re.compile(
    rf"^(?P<label>{'|'.join(MRKVA_LABELS)}):?(?:[ \t\xa0]*+\n)?[ \t\xa0]*+(?P<value>[^\n]*+)(?:\n|\Z)", re.MULTILINE
)
_NEXT_ROW = re.compile(rf"(?:[ \t\xa0\r]*+\n)*+{_ROW.pattern}".replace("^(?P<label>", "(?P<label>"))
_TAIL = re.compile(r"(?:[ \t]*+\r?\n)?^Latest source of this page is cablebrowser", re.MULTILINE)
_BLANKS = " \t\r\xa0"
_NO_ROOM = "the mirror's layout has no place for it as it is"


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page's text: the page's own words are parts of role `container`, the rest is the telegram.

    Raises:
        FormatError: The text has not the mirror's rows.
    """
    text, charset = source.decode()
    record, parts = parse(text)
    yield Cable(record, parts, source=source.source("mrkva-text", charset=charset))


def parse(text: str) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a page's text; the parts joined are the text.

    Raises:
        FormatError: The mirror's rows are missing.
    """
    row = _ROW.search(text)
    if row is None:
        raise FormatError("The rows 'Identifier:', 'Origin:' ... of the mirror are missing.", line=1)
    top = text[: row.start()]
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    while row is not None:
        field = MRKVA_LABELS[row["label"]]
        value = row["value"].strip(_BLANKS)
        if field is None or field in said:
            extra.append((row["label"], value))
        else:
            said[field] = value
        start = row.end()
        row = _NEXT_ROW.match(text, start)
    subject = _subject(top)
    tail = _TAIL.search(text, start)
    end = tail.start() if tail else len(text)
    header, gap, body = split(text[start:end])
    pieces = [
        ("container", "container", text[:start]),
        ("header", "header", header),
        ("gap", "container", gap),
        ("body", "body", body),
        ("tail", "container", text[end:]),
    ]
    parts = tuple(Part(*piece) for piece in pieces if piece[2] or piece[0] == "body")
    return Record(**said, extra=tuple(extra), **({} if subject is None else {"subject": subject})), parts


def _subject(top: str) -> str | None:
    """The last line with words above the rows, if it is neither the title nor the disclaimer."""
    for line in reversed(top.split("\n")):
        words = line.strip(_BLANKS)
        if words:
            return None if words.startswith((_TITLE.strip(), "\ufeff", "Disclaimer:")) else words
    return None


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - the contract's shape
    """Write a cable as the mirror's text: the page's own words again where they still fit it, else laid out anew."""
    write_copies(cables, sink, report, read=read, parse=parse, lay_out=_lay_out, reason=_NO_ROOM)


def _lay_out(cable: Cable) -> str:
    record = cable.record
    lines = [f"{_TITLE}{_value(cable.reference_id)}".rstrip(), ""]
    if _value(record.subject):
        lines += [_value(record.subject), ""]
    extra = {label: value for label, value in record.extra if label in MRKVA_LABELS}
    for label, field in MRKVA_LABELS.items():
        value = getattr(record, field) if field else extra.get(label)
        if value is not None or label == "Identifier":
            lines.append(f"{label}: {_value(value)}".rstrip())
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    text = "".join(part.text for part in telegram)
    if [part.role for part in telegram] == ["header", "body"]:
        ended = "" if telegram[0].text.endswith(("\n", "\r")) else "\n"
        text = f"{telegram[0].text}{ended}\n{telegram[1].text}"
    return "\n".join([*lines, text])


def _value(value: str | None) -> str:
    """A value on one line: what could be taken for the layout's own words is left out, and so reported."""
    value = " ".join((value or "").split())
    return value if is_row_value(value) else ""
