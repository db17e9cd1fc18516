"""Read a cable from Markdown, also after somebody has edited it: what the file says is the truth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
from cableformat import FormatError, ModelError, Part

from cableformat_markdown import front_matter
from cableformat_markdown.annotations import NAME, Places
from cableformat_markdown.blocks import ENDS, from_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat import Annotation, Cable, Input, NoOptions, Report

_OPENING = re.compile("(`{3,})([^`]*+)")
_CLOSING = re.compile(" {0,3}(`{3,})[ \t]*+")
_PART = re.compile(rf"text[ \t]+part=({NAME})[ \t]+role=({NAME})(?:[ \t]+ends=([a-z]+))?")


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a document.

    Words that stand outside of the front matter and the blocks are reported as skipped, as are keys that are none of
    a cable's. An annotation whose words were moved or removed by an edit is reported as altered or lost.

    Raises:
        FormatError: The file is no such document, or was edited into none.
    """
    try:
        text = source.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("Not valid UTF-8.", offset=error.start, hint="Save the file as UTF-8.") from None
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    cable, at = front_matter.read(lines, report)
    document = _Document(report)
    document.read(lines, at)
    notes: list[Annotation] = []
    places = Places({part.id: part.text for part in document.parts.values()}, report)
    for first, block in document.notes:
        notes += places.read(block, first)
    yield attrs.evolve(cable, parts=tuple(document.parts.values()), annotations=tuple(notes))


class _Document:
    """The blocks of a document, as far as it has been read."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.parts: dict[str, Part] = {}
        self.notes: list[tuple[int, Sequence[str]]] = []
        self.words: list[int] = []  # the lines of the words outside, since the last thing that is none

    def read(self, lines: Sequence[str], at: int) -> None:
        """Read from a line (counted from 0) to the end."""
        while at < len(lines):
            line = lines[at]
            opening = _OPENING.fullmatch(line)
            if opening:
                end = _closing(lines, at, len(opening[1]))
                self._block(opening[2].strip(), lines[at + 1 : end], at + 1)
                at = end
            elif line.startswith("<!--"):
                self._tell()
                at = _comment_end(lines, at)
            elif line.startswith("#"):
                self._tell()
            elif line.strip():
                self.words.append(at + 1)
            at += 1
        self._tell()

    def _block(self, info: str, lines: Sequence[str], opened: int) -> None:
        if info == "annotations":
            self._tell()
            self.notes.append((opened + 1, lines))
            return
        if not re.match(r"text[ \t]+part=", info):
            self.words += [opened, opened + len(lines) + 1]
            return
        self._tell()
        match = _PART.fullmatch(info)
        ends = match[3] or "lf" if match else ""
        if match is None or ends not in ENDS:
            raise FormatError(
                f"A block of text cannot begin with {info[:80]!r}.",
                line=opened,
                hint="It begins with: text part=NAME role=NAME ends=lf (or crlf, or cr).",
            )
        if match[1] in self.parts:
            raise FormatError(f"There are two parts {match[1]}; each has a name of its own.", line=opened)
        try:
            self.parts[match[1]] = Part(match[1], match[2], from_lines(lines, ends, opened + 1))
        except ModelError as error:
            raise FormatError(str(error), line=opened) from None

    def _tell(self) -> None:
        """Report the words outside that were passed over."""
        if self.words:
            first, last = self.words[0], self.words[-1]
            self.report.skipped(
                f"line {first}" if first == last else f"lines {first}-{last}",
                "words outside of the blocks are not of the cable; what is said of its text goes into an annotation",
            )
            self.words = []


def _closing(lines: Sequence[str], opened: int, length: int) -> int:
    """The index of the line that closes the block opened on another."""
    for i in range(opened + 1, len(lines)):
        match = _CLOSING.fullmatch(lines[i])
        if match and len(match[1]) >= length:
            return i
    raise FormatError("The block that begins here is not closed.", line=opened + 1)


def _comment_end(lines: Sequence[str], opened: int) -> int:
    """The index of the line on which a comment ends."""
    for i in range(opened, len(lines)):
        if "-->" in lines[i]:
            return i
    raise FormatError("The comment that begins here is not closed.", line=opened + 1)
