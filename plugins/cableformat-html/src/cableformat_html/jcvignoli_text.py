"""`jcvignoli-text`: text copied from a page of the jcvignoli mirror, in its older and its newer layout.

The older layout has a banner, the date, the origin and an empty title; the newer one four labels, four values, the
first line of the title, and the TAGS. Both end in the line of links `pdf how-to read a cable`; the telegram follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_html.mirror_text import CREATED, PARTIAL, is_plain, write_copies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import NoOptions, Sink

_NO_ROOM = "the mirror's layout has no place for it as it is"
_LABELS = ("Identifier", "Created", "Classification", "Origin")
_TITLE = re.compile(r"^Cable title:(.*)$", re.MULTILINE)
_HOW_TO = re.compile(r"^pdf[ \xa0]++how-to read a cable[ \t\xa0]*+(?:\r?\n|\Z)", re.MULTILINE)
_TAGS = re.compile(r"Tags:(.*)")
_PARTIAL = re.compile(re.escape(PARTIAL) + r"[ \t]*+(?:\r?\n|\Z)")
_BLANKS = " \t\r\xa0"

_BANNER = "wikileaks ico\xa0 Home papers ico\xa0 Cables mirror and Afghan War Diary privacy policy\xa0 Privacy\n"


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page's text: the page's own words are the part `container`, the rest is the telegram.

    Raises:
        FormatError: The text has not the mirror's lines.
    """
    text, charset = source.decode()
    record, parts = parse(text, source.name)
    yield Cable(record, parts, source=source.source("jcvignoli-text", charset=charset))


def parse(text: str, name: str | None = None) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a page's text; the parts joined are the text.

    Raises:
        FormatError: The text has not the mirror's lines.
    """
    title = _TITLE.search(text)
    if title is None:
        raise FormatError("The line 'Cable title:' of the mirror is missing.", source=name, line=1)
    links = _HOW_TO.search(text, title.end())
    if links is None:
        line = text.count("\n", 0, title.start()) + 1
        raise FormatError("The line 'pdf how-to read a cable' of the mirror is missing.", source=name, line=line)
    top = [line.strip(_BLANKS) for line in text[: title.start()].split("\n")]
    below = [title[1], *text[title.end() : links.start()].split("\n")]
    partial = _PARTIAL.match(text, links.end())
    start = partial.end() if partial else links.end()
    parts = [Part("container", "container", text[: links.end()])]
    if partial:
        parts.append(Part("header", "header", partial.group()))
    parts.append(Part("body", "body", text[start:]))
    return Record(**_top(top), **_below(below)), tuple(parts)


def _top(lines: list[str]) -> dict[str, Any]:
    """What stands above the title: labels, then values; or the date, then the origin."""
    at = next((i for i in range(len(lines) - 3) if tuple(lines[i : i + 4]) == _LABELS), None)
    if at is not None:
        values = lines[at + 4 : at + 8]
        return dict(zip(("reference_id", "created", "classification", "origin"), values, strict=False))
    for i, line in enumerate(lines):
        if CREATED.fullmatch(line):
            origin = lines[i + 1] if i + 1 < len(lines) else ""
            return {"created": line} | ({"origin": origin} if origin else {})
    return {}


def _below(lines: list[str]) -> dict[str, Any]:
    """What stands under the title: its first line, and the TAGS."""
    found: dict[str, Any] = {}
    said: list[str] = []
    for line in lines:
        tags = _TAGS.match(line)
        if tags:
            found["tags"] = tags[1].strip(_BLANKS)
        elif line.strip(_BLANKS):
            said.append(line.strip(_BLANKS))
    return {"subject": "\n".join(said), **found}


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - the contract's shape
    """Write a cable as the mirror's text: the page's own words again where they still fit it, else laid out anew."""
    write_copies(
        cables,
        sink,
        report,
        read=read,
        parse=parse,
        lay_out=_lay_out,
        reason=_NO_ROOM,
    )


def _lay_out(cable: Cable) -> str:
    record = cable.record
    if (record.reference_id, record.classification, record.tags) == (None, None, None):
        lines = [
            _line(record.created),
            _line(record.origin),
            "Cable title:\xa0 \xa0 ",
            _line(record.subject),
            "",
        ]
        top = _BANNER
    else:
        values = (record.reference_id, record.created, record.classification, record.origin)
        lines = [*_LABELS, *map(_line, values), "Cable title:\xa0 ", "", _line(record.subject), ""]
        if record.tags is not None:
            lines.append(f"Tags:\xa0 {_line(record.tags)} ")
        top = ""
    return top + "\n".join([*lines, "pdf\xa0 how-to read a cable", cable.text])


def _line(value: str | None) -> str:
    """A value on one line: what could be taken for the layout's own words is left out, and so reported."""
    value = " ".join((value or "").split())
    return value if is_plain(value) else ""
