"""Where the cables of a file that is being written come back from: known whole only when the file is."""

from __future__ import annotations

import hashlib
from array import array
from typing import IO, TYPE_CHECKING, Any

import attrs

from cableformat import Cable, Source

if TYPE_CHECKING:
    from cableformat import Report


class Hashed:
    """A stream that remembers the hash of what went through it.

    Args:
        stream: Where the bytes go.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer; typeshed has no public name for it
        """Write bytes, and count them in."""
        self._hash.update(data)
        self._stream.write(data)
        return len(data)

    def flush(self) -> None:
        """Pass it on."""
        self._stream.flush()

    @property
    def sha256(self) -> str:
        """The hash of all so far, hexadecimal."""
        return self._hash.hexdigest()


class Changes:
    """Reports how the cables that a file gives back differ from those it was given.

    All that differs is reported at once, but for the hash of the file: for this the numbers of the cables are kept,
    by the hash that they have now.

    Args:
        report: Where the events go.
        reason: Why the format does not keep what it does not.
    """

    def __init__(self, report: Report, reason: str) -> None:
        self._report = report
        self._reason = reason
        self._by_hash: dict[str | None, array[int]] = {}

    def put(self, number: int, before: Cable, after: Cable) -> None:
        """Report the differences of one cable.

        Args:
            number: Its number in the file, from 0.
            before: As it was given.
            after: As it comes back, with any hash.
        """
        self._report.cable = number
        if before.source is not None and after.source is not None:
            self._by_hash.setdefault(before.source.sha256, array("Q")).append(number)
            after = attrs.evolve(after, source=attrs.evolve(after.source, sha256=before.source.sha256))
        if after != before:
            self._report.differences(before, after, self._reason)

    def close(self, sha256: str) -> None:
        """Report for which cables the hash of the file is another one."""
        after = Cable(source=Source("x", sha256=sha256))
        for old, numbers in self._by_hash.items():
            if old != sha256:
                for number in numbers:
                    self._report.cable = number
                    self._report.differences(Cable(source=Source("x", sha256=old)), after, self._reason)
