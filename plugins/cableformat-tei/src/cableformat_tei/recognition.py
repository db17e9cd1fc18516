"""Telling TEI by its first bytes, without an XML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence

if TYPE_CHECKING:
    from cableformat import Input

# What may stand before the root: a declaration, instructions, comments, a document type (XML 1.0, 2.8). Nothing here
# is tried twice, so that a page of another kind costs one look at its beginning.
_PROLOGUE = (
    rb"(?s)\A(?:\xef\xbb\xbf)?\s*+"
    rb"(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*+(?:\[.*?\]\s*+)?>)\s*+)*+"
)
MARKERS = (_PROLOGUE + rb"<(?:[\w.-]++:)?TEI\s[^<>]*?\bsubtype=[\"']cableformat-\d",)
"""The self-mark stands in the root's own tag, which no formatter moves."""

_NAMESPACE = re.compile(_PROLOGUE + rb"<[^<>!?]*?[\"']http://www\.tei-c\.org/ns/1\.0[\"']")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# The namespace of the historians' own elements, the id of a volume, or a document of one.
_FRUS = re.compile(
    rb"history\.state\.gov/frus/ns|\bxml:id=[\"']frus\d|<(?:[\w.-]+:)?div\s[^<>]*?\btype=[\"']document[\"']"
)


def _head(source: Input) -> bytes:
    """The first bytes, UTF-16 (known by its byte order mark) as UTF-8."""
    charset = _UTF_16.get(source.head[:2])
    return source.head.decode(charset, "replace").encode() if charset else source.head


def _tei_head(source: Input) -> bytes:
    """The first bytes of a document in the TEI namespace; of others none."""
    data = _head(source)
    return data if _NAMESPACE.match(data) else b""


def sniff_frus(source: Input) -> Claim | None:
    """A volume of Foreign Relations, or a document of one."""
    match = _FRUS.search(source.derived(_tei_head))
    return (
        Claim(Confidence.DIALECT, f"it says {' '.join(match.group()[:40].decode('latin-1').split())}")
        if match
        else None
    )


def sniff_tei(source: Input) -> Claim | None:
    """TEI of another making, by its namespace."""
    if source.derived(_tei_head):
        return Claim(Confidence.CONTAINER, "it is in the TEI namespace")
    return None
