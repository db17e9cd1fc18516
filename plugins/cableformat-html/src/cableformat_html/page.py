"""`html`: a page that people read, with the whole cable inside.

What people see is the truth: where the visible record or text was edited after writing, reading takes it, drops the
embedded copy, and reports the difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cableformat import Cable, FormatError, Input, ModelError, Part, Record, Report, loads
from cableformat.record import RECORD_LABELS
from cableformat_html.page_writer import COPY_TYPE, page
from cableformat_html.visible_text import exact_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from cableformat import Sink
    from cableformat_html.options import PageOptions

_ANY_MARK = re.compile(r'<meta name="generator" content="cableformat-html \d+">')
_EMBEDDED = re.compile(rf'<script type="{re.escape(COPY_TYPE)}">([^<]*+)</script>')


def write(cables: Iterable[Cable], sink: Sink, options: PageOptions, report: Report) -> None:
    """Write a cable as a page; what only the copy could carry is reported where there is none.

    Raises:
        OptionError: An option names what there is not.
    """
    for cable in cables:
        data = page(cable, options, sink.name).encode()
        sink.write(data)
        if not options.embed or options.templates:  # somebody else's templates may show less
            (back,) = read(Input.from_bytes(data, sink.name), options, Report())
            why = "the templates do not show it" if options.embed else "people do not see it on the page"
            report.differences(cable, back, why if options.embed else f"{why}, and embed is off")


def read(source: Input, options: PageOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page that this format wrote, also after somebody has edited it.

    Raises:
        FormatError: The page is none of these.
    """
    text, charset = source.decode()
    match = _EMBEDDED.search(text)
    if match is None and not _ANY_MARK.search(text):
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
    return element.tag == "tr" and (element.get("data-field") in RECORD_LABELS or element.get("data-extra") is not None)


def _read_part(element: _Element, texts: list[str]) -> Part:
    try:
        return Part(element.get("data-part", ""), element.get("data-role", ""), "".join(texts))
    except ModelError as error:
        raise FormatError(
            f"A section is no part of a cable. {error}", path=f"section {element.get('data-part')!r}"
        ) from None
