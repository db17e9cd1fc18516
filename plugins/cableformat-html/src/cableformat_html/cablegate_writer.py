"""Cables as pages of the cablegate mirror: its own layout, without the navigation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, Input, NoOptions, Part, Record, Report, Span, diff
from cableformat_html.cablegate import ARTICLES, COLUMNS, DERIVED, HEADING, read
from cableformat_html.character_references import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import Sink

_PARAGRAPH_SIGN = re.compile(r"^¶(?=([0-9]{1,3}|[A-Z])\.)", re.MULTILINE)
_TAG = re.compile(r"[A-Z]{2,4}")
_NO_ROOM = "the mirror's page has no place for it as it is"
_FROM_TELEGRAM = "the table would have an empty cell; its value is derived from the telegram, and marked so"
_NEW_SOURCE = "whoever reads the new file has it as the source"


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:
    """Write a cable as a page of the mirror.

    Cells that the record leaves open are filled from the telegram and marked; reading takes them not for the record,
    but for statements of the page under labels of their own.
    """
    for cable in cables:
        bare = _page(cable.record, {}, [escape(part.text) for part in _telegram(cable)])
        (plain,) = read(Input.from_bytes(bare.encode()), options, Report())
        # What is derived or linked is what whoever reads the page can find again: without pins, in the grammar `us`.
        data = _page(cable.record, _derived(plain), [_marked_up(part, plain) for part in plain.parts]).encode()
        sink.write(data)
        (back,) = read(Input.from_bytes(data, sink.name), options, Report())
        labels = [label for label, _ in back.record.extra]
        for kind, path in diff(cable, back):
            reason = _NEW_SOURCE if path.partition(".")[0] == "source" else _NO_ROOM
            if kind == "added" and path.startswith("extra[") and labels[int(path[6:-1])].endswith(f"({DERIVED})"):
                reason = _FROM_TELEGRAM
            report.add(kind, path, reason)


def _derived(cable: Cable) -> dict[str, str]:
    """What the telegram says of the statements that the record leaves open."""
    found = {
        "reference_id": cable.reference_id,
        "created": cable.created.isoformat(" ")[:16] if cable.created else None,
        "classification": cable.classification,
        "origin": cable.origin,
        "subject": cable.subject,
    }
    return {name: value for name, value in found.items() if value and getattr(cable.record, name) is None}


def _page(record: Record, derived: dict[str, str], texts: list[str]) -> str:
    return "\n".join(
        [
            "<?xml version='1.0' encoding='utf-8' ?>",
            (
                '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
                ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
            ),
            "<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>",
            "<head>",
            "<title>Cable Viewer</title>",
            "</head>",
            "<body>",
            "<div class='main'>",
            "<div class='pane big'>",
            _heading(record, derived),
            "<table class='cable'>",
            "<tr>",
            *(f"<th>{label}</th>" for label in COLUMNS),
            "</tr>",
            "<tr>",
            *(line for field in COLUMNS.values() for line in _cell(getattr(record, field), derived.get(field))),
            "</tr>",
            *_articles(record),
            "</table>",
            *(f"<code><pre>{text}</pre></code>" for text in texts),
            "</div>",
            "</div>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _telegram(cable: Cable) -> tuple[Part, ...]:
    """The parts for the page's `pre`, of which it has one at least."""
    return tuple(part for part in cable.parts if part.role in {"header", "body"}) or (Part("body", "body", ""),)


def _heading(record: Record, derived: dict[str, str]) -> str:
    number = escape(record.reference_id or "")
    if "reference_id" in derived:
        number = _span(derived["reference_id"])
    title = "" if record.subject is None else f", {escape(record.subject)}"
    if "subject" in derived:
        title = f", {_span(derived['subject'])}"
    return f"<h3>{HEADING}{number}{title}</h3>"


def _span(value: str) -> str:
    return f"<span class='{DERIVED}'>{escape(value)}</span>"


def _cell(value: str | None, derived: str | None) -> Iterator[str]:
    if value is None:
        yield f"<td class='{DERIVED}'>{_link(derived) if derived else ''}</td>"
    else:
        yield from ("<td>", _link(value), "</td>")


def _link(value: str) -> str:
    return f"<a>{escape(value)}</a>"


def _articles(record: Record) -> Iterator[str]:
    articles = [value for label, value in record.extra if label == ARTICLES and value]
    if articles:
        yield from ("<tr>", "<td colspan='5'>", f"{ARTICLES}<br />")
        yield from (f"{_link(value)}<br />" for value in articles)
        yield from ("</td>", "</tr>")


def _marked_up(part: Part, cable: Cable) -> str:
    """A part with the mirror's links: paragraph signs to their paragraphs, TAGS to their lists."""
    links = [
        (match.start(), match.end(), f"<a id='par{match[1]}' href='#par{match[1]}'>")
        for match in _PARAGRAPH_SIGN.finditer(part.text)
    ]
    for value in cable.telegram.tags:
        where = value.where
        if isinstance(where, Span) and where.part == part.id and _TAG.fullmatch(value.raw):
            links.append((where.start, where.end, f"<a href='/tag/{value.raw}_0.html'>"))
    pieces, at = [], 0
    for start, end, opened in sorted(links):
        if start >= at:
            pieces += [escape(part.text[at:start]), opened, escape(part.text[start:end]), "</a>"]
            at = end
    return "".join([*pieces, escape(part.text[at:])])
