"""The text of a document that nobody has touched, read with whole-string operations.

A guess, for speed alone: it knows the tags that the writer puts into a text without annotations, each as it writes it.
Whoever uses it checks that the document is well formed, and that text and structure have the hashes that the header
states; else the document is read event by event (`text_builder`).
"""

from __future__ import annotations

import re
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
# Opening tags of one wording, and the kind of block that each states, or None.
_OPENING: dict[str, str | None] = {
    **{f'<ab type="{kind}">': kind.value if kind in PINNABLE else None for kind in BlockKind},
    **dict.fromkeys(('<div type="part">', '<div type="head">', '<div type="body">', '<div type="section">'), None),
    "<opener>": BlockKind.TRANSMISSION.value,
    "<head>": BlockKind.HEADING.value,
    "<signed>": BlockKind.SIGNATURE.value,
    "<trailer>": BlockKind.CLOSING.value,
    "<closer>": None,
}
_FURNITURE = re.compile(r'<fw type="[a-z_]+">')
_POINT = re.compile(r'<(?:pb rend="artefact" n="\d+"|gap reason="broken_end")/>', re.ASCII)
_END = "<end>"  # stands behind the last text; the writer has no such tag
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


def as_written(data: bytes) -> AsWritten | None:
    """The text of a document, if it looks as our writer leaves it.

    Args:
        data: The document.
    """
    head, found, rest = data.partition(_BEFORE)
    if not found or not rest.endswith(_AFTER) or not head.startswith(_DECLARATION):
        return None
    try:
        text = rest[: -len(_AFTER)].decode()
    except UnicodeDecodeError:
        return None
    return _read(_TAG.split(_plain(text)))


def _plain(text: str) -> str:
    """The text with white space as it is meant, its other tags left in."""
    text = text.replace("\n", "").replace("<lb/>", "\n").replace('<lb rend="crlf"/>', "\r\n")
    for unit, quantity in set(_SPACE.findall(text)):
        if int(quantity) <= MAX_RUN:
            blanks = ("\t" if unit == "tab" else " ") * int(quantity)
            text = text.replace(f'<space unit="{unit}" quantity="{quantity}"/>', blanks)
    return text


class _Open(NamedTuple):
    """An element that is open: the kind of block that it states, where it began, and what it says of a paragraph."""

    kind: str | None
    start: int
    number: str | None = None
    pointer: str | None = None


def _opened(tag: str, at: int) -> _Open | None:
    """The element that a tag opens, if it is known."""
    if tag in _OPENING:
        return _Open(_OPENING[tag], at)
    paragraph = _PARAGRAPH.fullmatch(tag)
    if paragraph is not None:
        return _Open("paragraph", at, paragraph[1], paragraph[2])
    return _Open(None, at) if _FURNITURE.fullmatch(tag) else None


def _read(pieces: list[str]) -> AsWritten | None:
    """The parts among texts and tags, which take turns; None at a tag that is not known."""
    parts: list[Part] = []
    statements: list[tuple[Statement, str | None]] = []
    open_: list[_Open] = []
    name = role = ""
    texts: list[str] = []
    length = 0
    for text, tag in zip(pieces[::2], [*pieces[1::2], _END], strict=True):
        if text:
            words = text if "&" not in text else _unescaped(text)
            if words is None or not name:
                return None
            texts.append(words)
            length += len(words)
        if tag[1] == "/" and open_:
            closed = open_.pop()
            if closed.kind is not None:
                statement = Statement(name, closed.kind, closed.start, length, closed.number)
                statements.append((statement, closed.pointer))
        elif (opened := _opened(tag, length)) is not None and len(open_) < _DEEPEST:
            open_.append(opened)
        elif (milestone := _MILESTONE.fullmatch(tag)) is not None or tag == _END:
            if name:
                parts.append(Part(name, role, "".join(texts)))
            if milestone is not None:
                name, role, length, texts = milestone["id"], milestone["role"], 0, []
        elif not _POINT.fullmatch(tag):
            return None
    return AsWritten(tuple(parts), statements)


_ENTITY = re.compile(r"&([^;&]*);?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


def _unescaped(text: str) -> str | None:
    """The text with the writer's three entities resolved; None if it has others."""
    if not _ENTITIES.keys() >= {match[1] for match in _ENTITY.finditer(text)}:
        return None
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
