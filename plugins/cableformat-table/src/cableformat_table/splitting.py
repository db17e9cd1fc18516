"""Cuts the dump into pieces of whole rows, so that several workers can read it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cableformat import Piece
from cableformat_table.compression import Unpacked
from cableformat_table.dialect import BEGUN, CERTAIN_START, LONGEST_START, ROW
from cableformat_table.rows import Row, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input
    from cableformat_table.rows import Broken


LARGE = 64 * 1024
"""The least size of pieces, in bytes, from which on the rows of a piece are not read to cut it."""


class _Kept:
    """A stream that keeps what was read of it until it is taken."""

    def __init__(self, stream: Unpacked) -> None:
        self._stream = stream
        self._held = bytearray()

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end."""
        data = self._stream.read(size)
        self._held += data
        return data

    def length(self, found: Row | Broken, start: int) -> int:
        """How many bytes a row, or lines that are none, take from an offset on."""
        if isinstance(found, Row):
            return len(found.raw)
        at = start
        for _ in range(found.first, found.last + 1):
            at = self._held.find(b"\n", at) + 1
            if not at:
                return len(self._held) - start
        return at - start

    def take(self, length: int) -> bytes:
        """The first bytes of those that are held; they are held no longer."""
        data = bytes(self._held[:length])
        del self._held[:length]
        return data


def split(source: Input, size: int) -> Iterator[Piece]:
    """Pieces of whole rows, unpacked. Lines that are no row go with the row behind them, the last ones with the last.

    Raises:
        FormatError: The compression is damaged.
    """
    unpacked = Unpacked(source)
    try:
        yield from _by_starts(unpacked, size) if size >= LARGE else _by_rows(unpacked, size)
    finally:
        unpacked.close()


def _by_starts(unpacked: Unpacked, size: int) -> Iterator[Piece]:
    """Large pieces, each cut at the first row behind its size that certainly begins there, and with a row in it."""
    data, line, after = b"", 1, 0
    has_row = False
    while more := unpacked.read(max(size, len(data))):  # twice as much, where a row is long
        data += more
        while (found := _certain_row(data, after)).is_row:
            if not has_row or found.at < size:
                has_row, after = True, max(found.at + 1, size)
                continue
            yield Piece(data[: found.at], line)
            line += data.count(b"\n", 0, found.at)
            data, after = data[found.at :], size
        after = found.at
    if data:
        yield Piece(data, line)


class _Found(NamedTuple):
    """Where a row begins, or where one may begin of which too little is in sight."""

    at: int
    is_row: bool


def _certain_row(data: bytes, after: int) -> _Found:
    """The first whole row behind an offset that certainly begins there."""
    while found := CERTAIN_START.search(data, after):
        if ROW.match(data, found.start()):
            return _Found(found.start(), is_row=True)
        if BEGUN.match(data, found.start()):
            return _Found(found.start(), is_row=False)
        after = found.start() + 1
    return _Found(max(after, len(data) - LONGEST_START), is_row=False)


def _by_rows(unpacked: Unpacked, size: int) -> Iterator[Piece]:
    """Pieces of any size, down to single rows, each of which is read."""
    kept = _Kept(unpacked)
    length, first, line = 0, 1, 1
    whole: Piece | None = None  # it is given out when another row follows
    for found in rows(kept):
        taken = kept.length(found, length)
        length += taken
        line = found.line + found.raw.count(b"\n") if isinstance(found, Row) else found.last + 1
        if isinstance(found, Row):
            if whole is not None:
                yield whole
                whole = None
            if length >= size:
                whole = Piece(kept.take(length), first)
                length, first = 0, line
    rest = kept.take(length)
    if whole is not None:
        yield Piece(whole.data + rest, whole.line)
    elif rest:
        yield Piece(rest, first)
