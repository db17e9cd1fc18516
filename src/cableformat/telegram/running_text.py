"""Running text: a paragraph without artefacts and line wraps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile(r"\r\n|\r|\n")
_DASHED = on_use(r"(?:--|[-–—•*][^\S\r\n])")
_LETTERED = re.compile(r"\(?[A-Za-z][.)][^\S\r\n]")
_DIVIDED = re.compile(r"[^\W\d_]-\Z")
_SEEN = 2
_STOPS = '.:;)?!"”'


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without some runs of it; where one stood inside a line, one blank is left."""
    pieces, at = [], 0
    for start, end in spans:
        if start < at:
            continue
        before = text[at:start]
        if before[-1:].isspace() and before[-1:] not in "\r\n" and text[end : end + 1].isspace():
            before = before.rstrip(" \t\xa0") if text[end : end + 1] not in "\r\n" else before
        pieces.append(before)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def unwrapped(text: str) -> str:
    r"""The text with line ends inside sentences turned into blanks.

    A line end stays before a list item and at a blank line; trailing blanks of lines go. A word divided by a hyphen
    is joined, and keeps the hyphen: it may be a compound.

    Example:
        >>> unwrapped("1. The Minister \nsaid:\n-- the harbor is \nopen;\n\nand left.\n")
        '1. The Minister said:\n-- the harbor is open;\nand left.'
    """
    pieces: list[str] = []
    is_break = False
    for number, line in enumerate(_LINE_END.split(text)):
        words = line.rstrip() if number == 0 else line.strip()
        if not words:
            is_break = bool(pieces)
            continue
        if pieces:
            goes_on = not is_break and _DIVIDED.search(pieces[-1][-_SEEN:]) and words[0].isalpha()
            pieces.append("\n" if is_break or _is_item(words, pieces[-1]) else "" if goes_on else " ")
        pieces.append(words)
        is_break = False
    return "".join(pieces)


def _is_item(words: str, before: str) -> bool:
    """Whether a line begins a list item; `W. Marlowe` in a wrapped name does not."""
    return bool(_DASHED.match(words) or (_LETTERED.match(words) and before[-1:] in _STOPS))
