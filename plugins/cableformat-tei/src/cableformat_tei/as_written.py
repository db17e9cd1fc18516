"""The text of a document that nobody has touched, read with whole-string operations.

For speed alone: it knows the tags that the writer puts into a text without annotations, each as it writes it, and is
sure that they nest. Whoever uses it checks that text and structure have the hashes that the header states; else the
document is read event by event (`text_builder`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cableformat import BlockKind, Part
from cableformat_tei.exact_text import MAX_RUN
from cableformat_tei.names import PINNABLE
from cableformat_tei.structure import Statement

if TYPE_CHECKING:
    from cableformat import Annotation
    from cableformat_tei.flow import Flow

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_BEFORE = b"</teiHeader>\n<text>\n<body>\n"
_AFTER = b"</body>\n</text>\n</TEI>\n"
_SPACE = re.compile(r'<space unit="(chars|tab)" quantity="([1-9]\d?)"/>', re.ASCII)
_TAG = re.compile(r"(<[^<>]*>)")
_MILESTONE = re.compile(
    r'<milestone unit="part" n="(?P<id>[A-Za-z][\w.:-]*)" type="(?P<role>[A-Za-z][\w.:-]*)"/>', re.ASCII
)
_PARAGRAPH = re.compile(r'<p(?: n="(\d+)")?(?: ana="([^"&]+)")?>', re.ASCII)
# Opening tags of one wording: the kind of block that each states, or None, and the tag that closes it.
_OPENING: dict[str, tuple[str | None, str]] = {
    **{f'<ab type="{kind}">': (kind.value if kind in PINNABLE else None, "</ab>") for kind in BlockKind},
    **{f'<div type="{kind}">': (None, "</div>") for kind in ("part", "head", "body", "section")},
    "<opener>": (BlockKind.TRANSMISSION.value, "</opener>"),
    "<head>": (BlockKind.HEADING.value, "</head>"),
    "<signed>": (BlockKind.SIGNATURE.value, "</signed>"),
    "<trailer>": (BlockKind.CLOSING.value, "</trailer>"),
    "<closer>": (None, "</closer>"),
}
_FURNITURE = re.compile(r'<fw type="[a-z_]+">')
_POINT = re.compile(r'<(?:pb rend="artefact" n="\d+"|gap reason="broken_end")/>', re.ASCII)
_END = "<end>"  # stands behind the last text; the writer has no such tag
_REST = b"</teiHeader><text/></TEI>"
_LONGEST = 200  # characters of an opening tag
_DEEPEST = 20
"""More elements than the writer ever has open at once."""


class AsWritten:
    """What `TextBuilder` gives of a text, as far as such a text has it.

    Attributes:
        statements: What the mark-up states, each with the pointer to its portion mark.
        anchors: None stand in such a text.
        notes: Nor do notes.
        has_lines: Its lines are marked.
    """

    def __init__(self, parts: tuple[Part, ...], statements: list[tuple[Statement, str | None]]) -> None:
        self._parts = parts
        self.statements = statements
        self.anchors: dict[str, tuple[Flow, int]] = {}
        self.notes: list[Flow] = []
        self.has_lines = True

    def finished(self) -> tuple[tuple[Part, ...], list[tuple[int, Annotation]]]:
        """The parts, and no annotations."""
        return self._parts, []


def as_written(data: bytes) -> tuple[AsWritten, bytes] | None:
    """The text of a document, if it is as our writer leaves it, and the document with an empty text instead.

    Args:
        data: The document.
    """
    head, found, rest = data.partition(_BEFORE)
    if not found or not rest.endswith(_AFTER) or not head.startswith(_DECLARATION):
        return None
    try:
        text = rest[: -len(_AFTER)].decode().replace("\n", "")
    except UnicodeDecodeError:
        return None
    plain = _plain(text)
    pieces = _TAG.split(plain)
    # The writer describes all but a few characters that are not printable, and XML cannot have some of them.
    if not text.isprintable() or not plain.count("<") == plain.count(">") == len(pieces) // 2:
        return None
    read = _read(pieces)
    return None if read is None else (read, head + _REST)


def _plain(text: str) -> str:
    """The text with white space as it is meant, its other tags left in."""
    text = text.replace("<lb/>", "\n").replace('<lb rend="crlf"/>', "\r\n")
    for unit, quantity in set(_SPACE.findall(text)):
        if int(quantity) <= MAX_RUN:
            blanks = ("\t" if unit == "tab" else " ") * int(quantity)
            text = text.replace(f'<space unit="{unit}" quantity="{quantity}"/>', blanks)
    return text


class _Opening(NamedTuple):
    """A tag: the kind of block that it states, or None, the tag that closes it, and what it says of a paragraph."""

    kind: str | None
    closing: str
    number: str | None = None
    pointer: str | None = None


@lru_cache(maxsize=4096)
def _opening(tag: str) -> _Opening | None:
    """What a tag opens, if it is known."""
    known = _OPENING.get(tag)
    if known is not None:
        return _Opening(*known)
    paragraph = _PARAGRAPH.fullmatch(tag)
    if paragraph is not None:
        return _Opening("paragraph", "</p>", paragraph[1], paragraph[2])
    return _Opening(None, "</fw>") if _FURNITURE.fullmatch(tag) else None


def _read(pieces: list[str]) -> AsWritten | None:
    """The parts among texts and tags, which take turns; None at a tag that is not known."""
    parts: list[Part] = []
    statements: list[tuple[Statement, str | None]] = []
    open_: list[tuple[_Opening, int]] = []  # with the offset at which each began
    name = role = closing = ""
    texts: list[str] = []
    length = 0
    for text, tag in zip(pieces[::2], [*pieces[1::2], _END], strict=True):
        if text:
            words = text if "&" not in text else _unescaped(text)
            if words is None or not name:
                return None
            texts.append(words)
            length += len(words)
        if tag == closing:
            (kind, _, number, pointer), start = open_.pop()
            closing = open_[-1][0].closing if open_ else ""
            if kind is not None:
                statements.append((Statement(name, kind, start, length, number), pointer))
        elif len(tag) < _LONGEST and (opened := _opening(tag)) is not None and len(open_) < _DEEPEST:
            open_.append((opened, length))
            closing = opened.closing
        elif (milestone := _MILESTONE.fullmatch(tag)) is not None or tag == _END:
            if name:
                parts.append(Part(name, role, "".join(texts)))
            if milestone is not None:
                name, role, length, texts = milestone["id"], milestone["role"], 0, []
        elif not _POINT.fullmatch(tag):
            return None
    return None if open_ else AsWritten(tuple(parts), statements)


def _unescaped(text: str) -> str | None:
    """The text with the writer's three entities resolved; None if it has others."""
    if text.count("&") != text.count("&amp;") + text.count("&lt;") + text.count("&gt;"):
        return None
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
