"""A stream to lend to libraries that close what they are given."""

from __future__ import annotations

import io
from typing import IO, Any


class Lent(io.RawIOBase):
    """A stream whose closing does not close the one behind it.

    Args:
        stream: Where the bytes go.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer; typeshed has no public name for it
        """Pass bytes on."""
        return self._stream.write(bytes(data))
