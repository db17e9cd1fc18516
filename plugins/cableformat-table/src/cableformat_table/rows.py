"""Cuts the dump into rows, in memory that does not grow with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from cableformat_table.dialect import BEGUN, BOM, LAST_ROW, LONGEST_START, ROW, START

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1024 * 1024
_LONGEST = 64 * 1024 * 1024
_BOM = BOM.encode()


class Stream(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""
        ...


@attrs.frozen
class Row:
    """One row.

    Attributes:
        raw: Its bytes, with the line end.
        fields: What stands between the quotes of each column.
        line: The line it begins on, from 1.
        end: The line end.
    """

    raw: bytes
    fields: tuple[bytes, ...]
    line: int
    end: bytes


@attrs.frozen
class Broken:
    """Lines that are no row.

    Attributes:
        first: The first of them, from 1.
        last: The last of them.
        reason: What is wrong, in words.
    """

    first: int
    last: int
    reason: str


class _Window:
    """The part of a stream that is looked at, and whether more comes behind it."""

    def __init__(self, stream: Stream, line: int) -> None:
        self._stream = stream
        self.data = b""
        self.at = 0
        self.line = line
        self.is_end = False
        self.more()

    def more(self) -> None:
        """Look further: at twice as much, so that a long row is not looked at again and again."""
        left = self.data[self.at :]
        wanted = max(_CHUNK, len(left))
        pieces = [left]
        while wanted > 0:
            piece = self._stream.read(wanted)
            if not piece:
                self.is_end = True
                break
            pieces.append(piece)
            wanted -= len(piece)
        self.data, self.at = b"".join(pieces), 0

    @property
    def left(self) -> int:
        """How many bytes are in sight."""
        return len(self.data) - self.at

    def advance(self, to: int) -> None:
        """Go on to an offset in sight."""
        self.line += self.data.count(b"\n", self.at, to)
        self.at = to


def rows(stream: Stream, line: int = 1) -> Iterator[Row | Broken]:
    """The rows of the dump, and the lines between them that are none.

    A broken row ends where the next one begins: at a line that starts with two short quoted columns, which cannot
    stand inside a field. A row of more than 64 MB is broken. Lines are counted from `line`.
    """
    window = _Window(stream, line)
    start = len(_BOM) if window.data.startswith(_BOM) else 0
    while True:
        pattern = LAST_ROW if window.is_end else ROW
        match = pattern.match(window.data, window.at + start) if window.left > start else None
        if match is not None:
            end = window.data[match.end(match.lastindex or 0) + 1 : match.end()]
            yield Row(window.data[window.at : match.end()], match.groups(), window.line, end)
            window.advance(match.end())
            start = 0
        elif window.is_end and not window.left:
            return
        elif not window.is_end and window.left < _LONGEST and BEGUN.match(window.data, window.at + start):
            window.more()
        else:
            yield _skipped(window)
            start = 0


def _skipped(window: _Window) -> Broken:
    first, reason = window.line, _reason(window)
    begin = window.at + 1
    while (found := START.search(window.data, begin)) is None and not window.is_end:
        # A row that is only half in sight, with the line feed before it, stays in sight.
        tail = window.data.rfind(b"\n", window.at)
        is_half = tail >= 0 and len(window.data) - tail <= LONGEST_START
        window.advance(tail if is_half else len(window.data))
        window.more()
        begin = 1
    if found is not None:
        window.advance(found.start())
        return Broken(first, window.line - 1, reason)
    window.advance(len(window.data))
    return Broken(first, max(first, window.line - window.data.endswith(b"\n")), reason)


def _reason(window: _Window) -> str:
    if window.data[window.at : window.at + 1] in {b"\n", b"\r"}:
        return "the line is empty"
    if window.data[window.at : window.at + 1] != b'"':
        return 'a row begins with a quoted number, such as "17"'
    if window.left >= _LONGEST:
        return "a quote is not closed within 64 MB"
    return "it has not eight columns in quotes, or a quote inside of one has no \\ before it"
