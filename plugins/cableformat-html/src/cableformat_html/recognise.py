"""Pages and texts of the mirrors, recognised: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
from typing import NamedTuple

from cableformat import Claim, Confidence, FormatError, Input
from cableformat.patterns import on_use

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^<>]*+>\s*+)?(?:<!--[^<>]*+-->\s*+)*+(?:<!DOCTYPE\s++html\b|<html\b)",
    re.IGNORECASE,
)
_SIGNED = b"-----BEGIN PGP SIGNED MESSAGE-----"
_VIEWER = b"<title>Cable Viewer</title>"
_TITLE = b"Cable title:"
_HOW_TO = on_use(rb"how-to(?:\s|<[^<>]*+>|&nbsp;)++read(?:\s|<[^<>]*+>|&nbsp;)++a(?:\s|&nbsp;)++cable")
_MRKVA_WORDS = b"US embassy cable - "
_MRKVA = re.compile(re.escape(_MRKVA_WORDS) + rb"[0-9]{2}[A-Z]")
_MRKVA_TITLE = re.compile(rb"(?:\xef\xbb\xbf)?US embassy cable -")
_MRKVA_ROW = re.compile(rb"^(?:Identifier|Wikileaks|Origin|Created|Classification):", re.MULTILINE)
_SYNOPSIS = re.compile(rb"<table\b[^<>]*\bid=[\"']?synopsis\b", re.IGNORECASE)
_COUNTRY = b"Viewing cable "
_COUNTRY_LABELS = on_use(rb"Reference ID(?:\s|<[^<>]*+>|&nbsp;)++Created(?:\s|<[^<>]*+>|&nbsp;)++Released")
_DUMP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?[0-9]{2}[A-Z][A-Z0-9]{2,40}[ \t]*\r?\n[^\r\n]*\r?\n"
    rb"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?[ \t]*\r?\n[A-Z][A-Z /,-]*\r?\n[^\r\n]+(?:\r?\n|\Z)"
)
_UNPACKED = 64 * 1024
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def is_page(data: bytes) -> bool:
    """Whether bytes begin a page of HTML, perhaps behind the head of a signed message."""
    if data.startswith(_SIGNED):
        start = data.find(b"\n<")
        return start >= 0 and _PAGE.match(data[start : start + 4096]) is not None
    return _PAGE.match(data) is not None


class _Page(NamedTuple):
    """The beginning of an input that is a page of HTML.

    Attributes:
        data: Its first bytes (see `_head`), none where it is no page.
        is_cablegate: Whether it has the title of that mirror.
    """

    data: bytes
    is_cablegate: bool


def _page_of(source: Input) -> _Page:
    data = _head(source)
    return _Page(data, _VIEWER in data) if is_page(data) else _Page(b"", is_cablegate=False)


def _page(source: Input) -> _Page:
    return source.derived(_page_of)


def _head(source: Input) -> bytes:
    """The first bytes of a page, unpacked if it is gzipped, UTF-16 as UTF-8; empty where that fails."""
    data = source.head
    charset = _UTF_16.get(data[:2])
    if charset:
        return data.decode(charset, "replace").encode()
    if not data.startswith(b"\x1f\x8b"):
        return data
    from cableformat_html.page_bytes import unpacked  # noqa: PLC0415 - only gzipped pages need zlib

    try:
        return unpacked(data, _UNPACKED)
    except FormatError:
        return b""


def _other_head(source: Input) -> bytes:
    """The head for dialects that have another title than cablegate; empty for a page with that one, and for no page."""
    page = _page(source)
    return b"" if page.is_cablegate else page.data


def webpage(source: Input) -> Claim | None:
    """The container: any page of HTML. Whether a telegram stands in it, reading tells."""
    return Claim(Confidence.CONTAINER, "it begins as a page of HTML") if _page(source).data else None


def cablegate(source: Input) -> Claim | None:
    """The dialect, by its title."""
    if not _page(source).is_cablegate:
        return None
    return Claim(Confidence.DIALECT, "the title 'Cable Viewer' of the cablegate mirror")


def jcvignoli(source: Input) -> Claim | None:
    """The dialect, by the same lines as its text copies, in a page."""
    data = _other_head(source)
    at = data.find(_TITLE)
    if at < 0 or _HOW_TO.search(data, at) is None:
        return None
    return Claim(Confidence.DIALECT, "the words 'Cable title:' and 'how-to read a cable' of the jcvignoli mirror")


def mrkva(source: Input) -> Claim | None:
    """The dialect, by its title, in a page."""
    data = _other_head(source)
    at = data.find(_MRKVA_WORDS)
    match = _MRKVA.search(data, at) if at >= 0 else None
    if match is None:
        return None
    return Claim(Confidence.DIALECT, f"the title '{match.group().decode()}...' of the mrkva mirror")


def mrkva_text(source: Input) -> Claim | None:
    """The dialect, where the mirror's title opens a text and its rows follow."""
    data = source.head
    match = _MRKVA_TITLE.match(data)
    if match is None or _MRKVA_ROW.search(data, match.end()) is None:
        return None
    return Claim(Confidence.DIALECT, "the title 'US embassy cable' of the mrkva mirror, and its rows")


def plusd(source: Input) -> Claim | None:
    """The dialect, by its table, in a page, perhaps behind a signature."""
    data = _other_head(source)
    if b"synopsis" not in data or _SYNOPSIS.search(data) is None:
        return None
    return Claim(Confidence.DIALECT, "the table 'synopsis' of PlusD")


def country_mirror(source: Input) -> Claim | None:
    """The dialect, by cablegate's heading and the words of its table, in a page with another title."""
    data = _other_head(source)
    at = data.find(_COUNTRY)
    if at < 0 or _COUNTRY_LABELS.search(data, at) is None:
        return None
    return Claim(Confidence.DIALECT, "cablegate's heading and table on a page of another title")


def dump_text(source: Input) -> Claim | None:
    """The dialect, by the shape of the five lines at the top."""
    if _DUMP.match(source.head) is None:
        return None
    return Claim(Confidence.DIALECT, "five lines of a dump: identifier, title, date, classification, origin")
