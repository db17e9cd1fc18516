"""`webpage`: any page that holds a telegram. The telegram is found, its place told, title and URL kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_html.layout import lay_out
from cableformat_html.page_bytes import PageBytes
from cableformat_html.tags import without_tags
from cableformat_html.telegram_border import is_header, split
from cableformat_html.telegram_finder import NONE_FOUND, telegrams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions

_TITLE = re.compile(r"<title\b[^<>]*>([^<]*+)", re.IGNORECASE)
_LINKED = re.compile(
    r"<(?:link|meta)\b(?=[^<>]*\b(?:rel|property)=[\"']?(?:canonical|og:url)\b)[^<>]*\b(?:href|content)=[\"']?([^\"'<>\s]+)",
    re.IGNORECASE,
)
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)([^<>\s]+) -->")


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cables of a page, one for each container that holds a telegram.

    Raises:
        FormatError: No telegram is found.
    """
    html, charset = PageBytes.of(source).text()
    found = telegrams(lay_out(html))
    if not found:
        raise FormatError(f"{NONE_FOUND}.", source=source.name, offset=0)
    record = Record(url=url_of(html), extra=title_of(html))
    for telegram in found:
        facts = source.source("webpage", charset=charset, position=telegram.where)
        yield Cable(record, telegram_parts(telegram.texts), source=facts)


def title_of(html: str) -> tuple[tuple[str, str], ...]:
    """The page's title, as a label of its own: it is no subject of a cable."""
    match = _TITLE.search(html)
    title = " ".join(without_tags(match[1]).split()) if match else ""
    return (("title", title),) if title else ()


def url_of(html: str) -> str | None:
    """Where the page says that it stands."""
    match = _LINKED.search(html) or _SAVED.search(html)
    return without_tags(match[1]) if match else None


def telegram_parts(texts: tuple[str, ...]) -> tuple[Part, ...]:
    """Header and body of a telegram from its boxes, or from one text in which they are joined."""
    if len(texts) > 1:
        headers, bodies = (texts[:1], texts[1:]) if is_header(texts[0]) else ((), texts)
        parts = [Part("header", "header", text) for text in headers]
        return (*parts, *(Part(f"body-{i}" if i > 1 else "body", "body", text) for i, text in enumerate(bodies, 1)))
    header, gap, body = split(texts[0])
    head = (Part("header", "header", header),) if header else ()
    between = (Part("gap", "container", gap),) if gap else ()
    return (*head, *between, Part("body", "body", body))
