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
from cableformat_tei.names import PINNABLE, TELEGRAM
from cableformat_tei.structure import digest, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from cableformat import Annotation
    from cableformat_tei.flow import Flow

_Stated = tuple[str, str, int, int, str | None, str | None]
"""A statement, with the pointer to its portion mark instead of the mark."""

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_BEFORE = b"</teiHeader>\n<text>\n<body>\n"
_AFTER = b"</body>\n</text>\n</TEI>\n"
_SPACE = re.compile(r'<space unit="(chars|tab)" quantity="([1-9]\d?)"/>', re.ASCII)
_MILESTONE = re.compile(
    r'milestone unit="part" n="(?P<id>[A-Za-z][\w.:-]*)" type="(?P<role>[A-Za-z][\w.:-]*)"/', re.ASCII
)
_PARAGRAPH = re.compile(r'p(?: n="(\d+)")?(?: ana="([^"&]+)")?', re.ASCII)
# Opening tags of one wording: the kind of block that each states, or None, and the tag that closes it. Tags stand here
# and below without their brackets.
_OPENING: dict[str, tuple[str | None, str]] = {
    **{f'ab type="{kind}"': (kind.value if kind in PINNABLE else None, "/ab") for kind in BlockKind},
    **{f'div type="{kind}"': (None, "/div") for kind in ("part", "head", "body", "section")},
    "opener": (BlockKind.TRANSMISSION.value, "/opener"),
    "head": (BlockKind.HEADING.value, "/head"),
    "signed": (BlockKind.SIGNATURE.value, "/signed"),
    "trailer": (BlockKind.CLOSING.value, "/trailer"),
    "closer": (None, "/closer"),
}
_FURNITURE = re.compile(r'fw type="[a-z_]+"')
_POINT = re.compile(r'(?:pb rend="artefact" n="\d+"|gap reason="broken_end")/', re.ASCII)
_END = "<end>"  # stands behind the last text; what is between two brackets is never this
_REST = b"</teiHeader><text/></TEI>"
_LONGEST = 200  # characters of an opening tag
_DEEPEST = 20
"""More elements than the writer ever has open at once."""

_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\n"
_ALL_BUT_BRACKETS = bytes(set(range(0x100)) - set(b"<>"))


class AsWritten:
    """What `TextBuilder` gives of a text, as far as such a text has it.

    Attributes:
        anchors: None stand in such a text.
        notes: Nor do notes.
        has_lines: Its lines are marked.
    """

    def __init__(self, parts: tuple[Part, ...], statements: list[_Stated]) -> None:
        self._parts = parts
        self._statements = statements
        self.anchors: dict[str, tuple[Flow, int]] = {}
        self.notes: list[Flow] = []
        self.has_lines = True

    def finished(self) -> tuple[tuple[Part, ...], list[tuple[int, Annotation]]]:
        """The parts, and no annotations."""
        return self._parts, []

    def structure(self, marks: Callable[[str], str | None]) -> str:
        """The hash of what the mark-up states.

        Args:
            marks: Gives the portion mark for a pointer.
        """
        mark = {pointer: pointer and marks(pointer) for pointer in {stated[-1] for stated in self._statements}}
        return digest(
            [
                line(part, kind, start, end, number, mark[pointer])
                for part, kind, start, end, number, pointer in self._statements
            ]
        )


def as_written(data: bytes) -> tuple[AsWritten, bytes] | None:
    """The text of a document, if it is as our writer leaves it, and the document with an empty text instead.

    Args:
        data: The document.
    """
    head, found, rest = data.partition(_BEFORE)
    if not found or not rest.endswith(_AFTER) or not head.startswith(_DECLARATION):
        return None
    body = rest[: -len(_AFTER)]
    try:
        text = body.translate(None, b"\n").decode()
    except UnicodeDecodeError:
        return None
    # The writer describes all but a few characters that are not printable, and XML cannot have some of them. To look
    # for others than those of ASCII first is quicker.
    if body.translate(None, _PRINTABLE) and not text.isprintable():
        return None
    brackets = body.translate(None, _ALL_BUT_BRACKETS)
    if brackets != b"<>" * (len(brackets) // 2):
        return None
    # Since they take turns, what they part does, too: text and tag.
    read = _read(_plain(text).replace(">", "<").split("<"))
    return None if read is None else (read, head + _REST)


def _plain(text: str) -> str:
    """The text with white space as it is meant, its other tags left in."""
    text = "\n".join(text.split("<lb/>")).replace('<lb rend="crlf"/>', "\r\n")
    at = text.find("<space ")
    while at >= 0:
        tag = text[at : text.find(">", at) + 1]
        match = _SPACE.fullmatch(tag)
        if match is None or int(match[2]) > MAX_RUN:
            break  # which is then a tag that is not known
        text = (("\t" if match[1] == "tab" else " ") * int(match[2])).join(text.split(tag))
        at = text.find("<space ", at)
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
        return _Opening("paragraph", "/p", paragraph[1], paragraph[2])
    return _Opening(None, "/fw") if _FURNITURE.fullmatch(tag) else None


def _read(pieces: list[str]) -> AsWritten | None:
    """The parts among texts and tags, which take turns; None at a tag that is not known."""
    parts: list[Part] = []
    statements: list[_Stated] = []
    open_: list[tuple[_Opening, int]] = []  # with the offset at which each began
    name = role = closing = ""
    texts: list[str] = []
    first = length = 0
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
                statements.append((name, kind, start, length, number, pointer))
        elif len(tag) < _LONGEST and (opened := _opening(tag)) is not None and len(open_) < _DEEPEST:
            open_.append((opened, length))
            closing = opened.closing
        elif (milestone := _MILESTONE.fullmatch(tag)) is not None or tag == _END:
            if name:
                parts.append(Part(name, role, "".join(texts)))
                if role not in TELEGRAM:
                    del statements[first:]
            if milestone is not None:
                name, role, length, texts = milestone["id"], milestone["role"], 0, []
                first = len(statements)
        elif not _POINT.fullmatch(tag):
            return None
    return None if open_ else AsWritten(tuple(parts), statements)


def _unescaped(text: str) -> str | None:
    """The text with the writer's three entities resolved; None if it has others."""
    if text.count("&") != text.count("&amp;") + text.count("&lt;") + text.count("&gt;"):
        return None
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
