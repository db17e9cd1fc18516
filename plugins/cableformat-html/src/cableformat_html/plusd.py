"""`plusd`: pages of PlusD, the public library of US diplomacy (field notes §5).

The table `synopsis` is the record: keys and values in `div`, the first value without a key being the subject. The
telegram stands below it. Saved copies mostly begin with the head of a PGP signature, which is no part of the page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from cableformat import Cable, FormatError, Input, Record, Report
from cableformat_html.labels import labels
from cableformat_html.layout import lay_out
from cableformat_html.page_bytes import PageBytes
from cableformat_html.telegram_finder import NONE_FOUND, telegrams
from cableformat_html.webpage import telegram_parts, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions

_SIGNATURE = b"-----BEGIN PGP SIGNATURE-----"
_SYNOPSIS = re.compile(r"<table\b[^<>]*\bid=[\"']?synopsis\b[^<>]*>", re.IGNORECASE)
_SYNOPSIS_END = re.compile(r"</table\b|<pre\b", re.IGNORECASE)
_ENTRY = re.compile(r"<div\b[^<>]*\bclass=[\"']?(?P<kind>s_key|s_val)\b[^<>]*>", re.IGNORECASE)
_ENTRY_END = re.compile(r"</td\b|</tr\b", re.IGNORECASE)
_EDITION = re.compile(r"/cables/[A-Za-z0-9-]{1,80}_([a-e])\.html|\A[A-Za-z0-9-]{1,80}_([a-e])\.html")


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page.

    Raises:
        FormatError: The page has no table `synopsis`, or no telegram below it.
    """
    page = PageBytes.of(source)
    start = max(page.data.find(b"\n<"), 0) if page.data.startswith(b"-----BEGIN PGP SIGNED") else 0
    end = page.data.rfind(_SIGNATURE)
    html, charset = page.text(start, end if end > start else None)
    table = _SYNOPSIS.search(html)
    if table is None:
        raise FormatError("The page has no table 'synopsis', as pages of PlusD have.", source=source.name, offset=start)
    closed = _SYNOPSIS_END.search(html, table.end())
    below = closed.start() if closed else len(html)
    url = url_of(html)
    edition = _EDITION.search(url or "") or _EDITION.search(source.name or "")
    record = _record(html[table.end() : below])
    record = attrs.evolve(record, url=url, edition=f"_{edition[1] or edition[2]}" if edition else None)
    layout = lay_out(html[below:])
    found = telegrams(layout)
    if found:
        parts = telegram_parts(found[0].texts)
    elif texts := tuple(layout.text[box.start : box.end] for box in layout.preformatted()):
        parts = telegram_parts(texts)
    else:
        raise FormatError(f"{NONE_FOUND}.", source=source.name, offset=start)
    yield Cable(record, parts, source=source.source("plusd", charset=charset))


@cache
def _fields() -> dict[str, str]:
    return labels("plusd")


def _record(html: str) -> Record:
    """The statements of the table: those with a standard name by that, the others as they are labelled."""
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    key = ""
    entries = list(_ENTRY.finditer(html))
    for i, entry in enumerate(entries):
        end = entries[i + 1].start() if i + 1 < len(entries) else len(html)
        closed = _ENTRY_END.search(html, entry.end(), end)
        words = " ".join(lay_out(html[entry.end() : closed.start() if closed else end]).text.split())
        if entry["kind"].lower() == "s_key":
            key = words.rstrip(": ")
            continue
        field = "subject" if not key and "subject" not in said else _fields().get(key.casefold())
        if field is None or field in said:
            extra.append((key, words))
        else:
            said[field] = words
        key = ""
    return Record(**said, extra=tuple(extra))
