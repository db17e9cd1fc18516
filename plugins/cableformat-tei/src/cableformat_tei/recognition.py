"""Telling TEI by its first bytes, without an XML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence

if TYPE_CHECKING:
    from cableformat import Input

_START = rb"(?s)\A(?:\xef\xbb\xbf)?[ \t\r\n]*+(?=<)"
MARKERS = (_START + rb".*?<(?:[\w.-]+:)?TEI\s[^<>]*?\bsubtype=[\"']cableformat-\d",)
"""The self-mark stands in the root's own tag, which no formatter moves."""

_NAMESPACE = re.compile(_START + rb".*?[\"']http://www\.tei-c\.org/ns/1\.0[\"']")


# The namespace of the historians' own elements, the id of a volume, or a document of one.
_FRUS = re.compile(
    rb"history\.state\.gov/frus/ns|\bxml:id=[\"']frus\d|<(?:[\w.-]+:)?div\s[^<>]*?\btype=[\"']document[\"']"
)


def sniff_frus(source: Input) -> Claim | None:
    """A volume of Foreign Relations, or a document of one."""
    match = _FRUS.search(source.head) if _NAMESPACE.match(source.head) else None
    return Claim(Confidence.DIALECT, f"it says {match.group()[:40].decode('latin-1')}") if match else None


def sniff_tei(source: Input) -> Claim | None:
    """TEI of another making, by its namespace."""
    if _NAMESPACE.match(source.head):
        return Claim(Confidence.CONTAINER, "it is in the TEI namespace")
    return None
