"""`cablegate`: the pages of the cablegate mirror (field notes §5).

Heading, table and the two `pre` are found in the bytes first; only what stands from the heading on is decoded. The
navigation before it is most of a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_html.character_references import unescape
from cableformat_html.page_bytes import PageBytes
from cableformat_html.tags import preformatted, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions

HEADING = "Viewing cable "
COLUMNS = {
    "Reference ID": "reference_id",
    "Created": "created",
    "Released": "released",
    "Classification": "classification",
    "Origin": "origin",
}
"""The columns of the mirror's table, and the statements of the record that they are."""

ARTICLES = "Appears in these articles:"
DERIVED = "derived"
"""The class of a cell that our writer derived from the telegram; no page of the mirror has it."""

_HEADING = HEADING.encode()
_DERIVED = re.compile(r"\bclass=['\"]derived['\"]")
_TABLE = re.compile(rb"<table\b[^<>]*\bclass=[\"']?cable\b", re.IGNORECASE)
_TABLE_TEXT = re.compile(r"<table\b[^<>]*\bclass=[\"']?cable\b[^<>]*>", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\b|<pre\b", re.IGNORECASE)
_HEADING_END = re.compile(r"</h\d|<div\b|<table\b|<pre\b", re.IGNORECASE)
_PRE = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)
_PRE_END = re.compile(r"</pre\b|<pre\b|</body\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
# A cell's attributes, and what stands in it, up to its end or the next cell.
_CELL = re.compile(r"<t[dh]\b((?:[^<>]|<(?!t[dh]\b))*+)(?:>([^<]*+(?:<(?!t[dh]\b|/t[dhr]\b)[^<]*+)*+))?", re.IGNORECASE)
_IS_LABELS = re.compile(r"<th\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*>([^<]*+(?:<(?!/a\b)[^<]*+)*+)", re.IGNORECASE)


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page: its table is the record, its `pre` are header and body.

    Raises:
        FormatError: The page has no table of a cable, or no telegram.
    """
    page = PageBytes.of(source)
    start = page.data.find(_HEADING)
    if start < 0:
        match = _TABLE.search(page.data)
        if match is None:
            raise FormatError(
                f"The page has neither the heading '{HEADING.strip()}' nor the table of the cablegate mirror.",
                source=source.name,
                offset=0,
            )
        start = match.start()
    html, charset = page.text(start)
    table = _TABLE_TEXT.search(html)
    parts = _parts(html, table.end() if table else 0, report)
    if not parts:
        raise FormatError("The page has no <pre> with a telegram after its table.", source=source.name, offset=start)
    said, extra = _table(html, table.end()) if table else ({}, [])
    said["subject"], derived = _subject(html, said.get("reference_id"))
    # the order of the page's own: what the heading adds stands behind the table's derived cells
    count = sum(label.endswith(f"({DERIVED})") for label, _ in extra)
    record = Record(**said, extra=(*extra[:count], *derived, *extra[count:]))
    yield Cable(record, parts, source=source.source("cablegate", charset=charset))


def _parts(html: str, start: int, report: Report) -> tuple[Part, ...]:
    texts: list[tuple[str, tuple[str, ...]]] = []
    while opened := _PRE.search(html, start):
        first = html.find("<", opened.end())  # mostly the end: few telegrams have tags
        closed = _PRE_END.search(html, first) if first >= 0 else None
        start = closed.start() if closed else len(html)
        texts.append(preformatted(html[opened.end() : start]))
    ids = ["body"] if len(texts) == 1 else ["header", "body", *(f"body-{i}" for i in range(2, len(texts)))]
    parts = []
    for part_id, (text, stray) in zip(ids, texts, strict=False):
        parts.append(Part(part_id, part_id.partition("-")[0], text))
        if stray:
            names = ", ".join(f"<{name}>" for name in stray)
            report.altered(f"parts[{part_id}]", f"the page has mark-up in the text ({names}); the words are kept")
    return tuple(parts)


def _table(html: str, start: int) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The statements of the table, and what stands in it besides."""
    closed = _TABLE_END.search(html, start)
    said: dict[str, Any] = {}
    extra: list[tuple[str, str]] = []
    labels: list[str] = []
    for row in _ROW.split(html[start : closed.start() if closed else len(html)])[1:]:
        cells: list[tuple[str, str]] = _CELL.findall(row)
        if _IS_LABELS.search(row):
            labels = [without_tags(cell).strip() for _, cell in cells]
        elif len(cells) == len(labels) and not said:
            for label, (attributes, cell) in zip(labels, cells, strict=True):
                value = _value(cell)
                if attributes and _DERIVED.search(attributes):
                    extra += [(f"{label} ({DERIVED})", value)] if value else []
                elif label in COLUMNS:
                    said[COLUMNS[label]] = value
                else:
                    extra.append((label, value))
        else:
            extra += [pair for _, cell in cells for pair in _lines(cell)]
    return said, extra


def _value(cell: str) -> str:
    """A cell's value: its link's words, exactly; without a link what people see."""
    link = _LINK.search(cell)
    return without_tags(link[1]) if link else without_tags(cell).strip()


def _lines(cell: str) -> list[tuple[str, str]]:
    """The lines of a cell that spans the table: the first is a label for the others."""
    label, *values = [
        without_tags(line).strip("\r\n\t ") if not _LINK.search(line) else _value(line) for line in _BREAK.split(cell)
    ]
    return [(label, value) for value in values if value] or ([(label, "")] if label else [])


def _subject(html: str, reference_id: str | None) -> tuple[str | None, list[tuple[str, str]]]:
    """What the heading says behind the identifier; and what our writer derived there."""
    if not html.startswith(HEADING):
        return None, []
    closed = _HEADING_END.search(html)
    heading = html[len(HEADING) : closed.start() if closed else html.find("\n")]
    number, mark, derived = heading.rpartition(f"<span class='{DERIVED}'>")
    if mark and number.endswith(", "):
        return None, [(f"Subject ({DERIVED})", without_tags(derived))]
    words = without_tags(heading)
    if mark and reference_id is None:  # only the identifier is derived
        words = unescape(derived.partition("</span>")[2])
    elif reference_id is not None and words.startswith(reference_id):
        words = words[len(reference_id) :]
    else:
        _, comma, rest = words.partition(",")
        words = comma + rest
    return (words.removeprefix(",").removeprefix(" ") if words.startswith(",") else None), []
