"""`html`: a page that people read, with the whole cable inside.

What people see is the truth: where the visible record or text was edited after writing, reading takes it, drops the
embedded copy, and reports the difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cableformat import Cable, FormatError, Input, ModelError, Part, Record, Report, dumps, loads
from cableformat_html.visible_text import escape, exact_texts, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from cableformat import Sink
    from cableformat_html.options import PageOptions

MARK = '<meta name="generator" content="cableformat-html 1">'
_TYPE = "application/vnd.cableformat+json"
_EMBEDDED = re.compile(rf'<script type="{re.escape(_TYPE)}">([^<]*+)</script>')

_LABELS = {
    "reference_id": "Reference ID",
    "created": "Created",
    "released": "Released",
    "classification": "Classification",
    "origin": "Origin",
    "subject": "Subject",
    "tags": "TAGS",
    "references": "References",
    "url": "URL",
    "partial": "Completeness",
    "publisher": "Publisher",
    "edition": "Edition",
    "language": "Language",
    "rights": "Rights",
}

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif}"
    "body{max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}th{text-align:left;vertical-align:top;padding-right:1rem;font-weight:600}"
    "td,pre{white-space:pre-wrap;overflow-wrap:anywhere}pre{font:0.95rem/1.45 ui-monospace,monospace}"
    ".c{opacity:.5;font-style:normal}summary{cursor:pointer}"
)


def write(cables: Iterable[Cable], sink: Sink, options: PageOptions, report: Report) -> None:
    """Write a cable as a page; without the embedded copy, report what only the copy could carry."""
    for cable in cables:
        data = _page(cable, embed=options.embed).encode()
        sink.write(data)
        if not options.embed:
            (back,) = read(Input.from_bytes(data, sink.name), options, Report())
            report.differences(cable, back, "people do not see it on the page, and embed is off")


def _page(cable: Cable, *, embed: bool) -> str:
    title = escape(" ".join(filter(None, (cable.reference_id, cable.subject))) or "A cable")
    copy = dumps(cable, compact=True).decode().strip().replace("<", "\\u003c") if embed else ""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        MARK,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        *([f'<script type="{_TYPE}">{copy}</script>'] if embed else []),
        "</head>",
        "<body>",
        f'<main data-grammar="{cable.grammar}">',
        f"<h1>{title}</h1>",
        *_record(cable.record),
        *(line for part in cable.parts for line in _part(part)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _record(record: Record) -> Iterator[str]:
    yield '<table class="record">'
    for field, label in _LABELS.items():
        value = getattr(record, field)
        if value is not None:
            yield f'<tr data-field="{field}"><th scope="row">{label}</th><td>{to_html(value)}</td></tr>'
    for label, value in record.extra:
        yield f'<tr data-extra=""><th scope="row">{to_html(label)}</th><td>{to_html(value)}</td></tr>'
    yield "</table>"


def _part(part: Part) -> Iterator[str]:
    is_telegram = part.role in {"header", "body"}
    yield f'<section data-part="{part.id}" data-role="{part.role}">'
    if not is_telegram:
        yield f"<details><summary>{escape(part.role)}: {escape(part.id)}</summary>"
    yield f"<pre>{to_html(part.text)}</pre>"
    if not is_telegram:
        yield "</details>"
    yield "</section>"


def read(source: Input, options: PageOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page that this format wrote, also after somebody has edited it.

    Raises:
        FormatError: The page is none of these.
    """
    text, charset = source.decode()
    match = _EMBEDDED.search(text)
    if match is None and MARK not in text:
        raise FormatError(
            "The page holds no cable that this format wrote.",
            source=source.name,
            offset=0,
            hint="A page of a mirror is another format: leave --from out, and it is looked for.",
        )
    embedded = _embedded(match, text)
    record, parts, grammar = _visible(text)
    if embedded is not None and (record, parts, grammar) == (embedded.record, embedded.parts, embedded.grammar):
        yield embedded
        return
    try:
        cable = Cable(record, parts, source=source.source("html", charset=charset), grammar=grammar)
    except ModelError as error:
        raise FormatError(f"The page was edited into what is no cable. {error}", path="the visible text") from None
    if embedded is not None:
        report.differences(
            embedded,
            cable,
            "what people see was edited after the page was written; the embedded copy was dropped",
        )
    yield cable


def _embedded(match: re.Match[str] | None, text: str) -> Cable | None:
    if match is None:
        return None
    return loads(match[1], line=text.count("\n", 0, match.start()) + 1)


def _visible(text: str) -> tuple[Record, tuple[Part, ...], str]:
    """The record and the parts that people see, and the grammar that they are read by.

    Raises:
        FormatError: A part has no proper id or role.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    tree = etree.fromstring(text.encode(), parser)
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    parts: list[Part] = []
    for element, texts in () if tree is None else exact_texts(tree, _is_holder):
        if element.tag == "section":
            parts.append(_read_part(element, texts))
        elif element.get("data-field") is not None and texts:
            said[element.get("data-field", "")] = texts[0]
        elif len(texts) > 1:
            extra.append((texts[0], texts[1]))
    main = None if tree is None else tree.find(".//main[@data-grammar]")
    return Record(**said, extra=tuple(extra)), tuple(parts), "us" if main is None else main.get("data-grammar", "us")


def _is_holder(element: _Element) -> bool:
    """Whether an element is a row of the record or a part."""
    if element.tag == "section":
        return element.get("data-part") is not None
    return element.tag == "tr" and (element.get("data-field") in _LABELS or element.get("data-extra") is not None)


def _read_part(element: _Element, texts: list[str]) -> Part:
    try:
        return Part(element.get("data-part", ""), element.get("data-role", ""), "".join(texts))
    except ModelError as error:
        raise FormatError(
            f"A section is no part of a cable. {error}", path=f"section {element.get('data-part')!r}"
        ) from None
