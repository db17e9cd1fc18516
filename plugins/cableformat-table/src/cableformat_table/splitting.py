"""Cuts the dump into pieces of whole rows, so that several workers can read it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import Piece
from cableformat_table.compression import Unpacked
from cableformat_table.rows import Row, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input
    from cableformat_table.rows import Broken


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
    kept = _Kept(unpacked)
    length, first, line = 0, 1, 1
    whole: Piece | None = None  # it is given out when another row follows
    try:
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
    finally:
        unpacked.close()
