"""What a text is collected in: the flow of a part, and what is known of annotations before the text is complete."""

from __future__ import annotations

from typing import NamedTuple

import attrs

BLANKS = " \t\r\n"
"""White space as XML knows it."""

_XML = "http://www.w3.org/XML/1998/namespace"
XML_ID = f"{_XML} id"
"""The name of `xml:id` as the parser gives it."""


@attrs.define(eq=False)
class Flow:
    """Text that is being collected: the pieces of one part.

    Attributes:
        id: The part's name.
        role: Its role.
        is_prose: Whether white space means what it means in prose, not what `exact_text` says.
        pieces: The text so far.
        length: How long it is.
    """

    id: str
    role: str
    is_prose: bool = False
    pieces: list[str] = attrs.field(factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        """Put text at the end."""
        self.pieces.append(text)
        self.length += len(text)

    def trim(self) -> None:
        """Take white space off the end."""
        while self.pieces:
            last = self.pieces.pop()
            kept = last.rstrip(BLANKS)
            self.length -= len(last) - len(kept)
            if kept:
                self.pieces.append(kept)
                return

    @property
    def last(self) -> str:
        """The last character, or nothing."""
        return self.pieces[-1][-1] if self.pieces else ""


class Label(NamedTuple):
    """The label of an item: where it stands, and its text."""

    start: int
    end: int
    text: str


@attrs.frozen
class Found:
    """An annotation as the text has it; parts of notes have no names yet."""

    place: int
    flow: Flow
    start: int
    end: int
    kind: str
    attributes: tuple[tuple[str, str], ...]


@attrs.define
class Choice:
    """A `choice` that is being read."""

    id: str | None
    start: int
    kind: str | None = None
    end: int | None = None
    better: str | None = None


def break_line(flow: Flow, lines: int) -> None:
    """In prose, a block begins a new line, and most of them have a blank line before it; none: only a space."""
    if flow.pieces and flow.pieces[-1] == "\n\n":
        lines = 2
    flow.trim()
    if flow.pieces:
        flow.add("\n" * lines if lines else " ")


def plain_name(name: str) -> str:
    """An attribute's name as people write it."""
    namespace, _, local = name.rpartition(" ")
    if namespace == _XML:
        return f"xml:{local}"
    return f"{{{namespace}}}{local}" if namespace else local
