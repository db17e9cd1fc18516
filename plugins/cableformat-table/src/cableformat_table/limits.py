"""How much a packed file may hold: far more than cables ever do, and far less than a file made to do harm."""

from __future__ import annotations

from typing import NoReturn

from cableformat import FormatError

MOST_RATIO = 200
"""How many times larger than itself a file's content may be, once it is more than `RATIO_FROM` bytes.

Text packs to a fifth or a tenth, and a dump of equal rows to a hundredth; gzip can pack to a thousandth, Zstandard and
the dictionaries of Parquet to a millionth. The corpus holds archives to the same.
"""

RATIO_FROM = 64 * 1024 * 1024


class Allowance:
    """What is left of the bytes that a file may hold.

    Args:
        size: The size of the file.
        ratio: How many times larger its content may be.
        name: The name of the file, for errors.
    """

    def __init__(self, size: int, ratio: int, name: str | None) -> None:
        self.most = max(RATIO_FROM, size * ratio)
        self._size, self._ratio, self._name = size, ratio, name
        self._left = self.most

    def take(self, count: int, *, offset: int | None = None, path: str | None = None) -> None:
        """Use up some bytes.

        Args:
            count: How many.
            offset: Where in the file that is, for the error.
            path: The same in words.

        Raises:
            FormatError: That is more than the file may hold.
        """
        self._left -= count
        if self._left < 0:
            self.refuse(f"It holds more than {self.most:,} bytes", offset=offset, path=path)

    def check(self, promised: int, unit: str, *, path: str) -> None:
        """See whether a number of bytes, or of what takes a byte at least, is one that the file may hold.

        Raises:
            FormatError: It is not.
        """
        if promised > self.most:
            self.refuse(f"It promises {promised:,} {unit}", path=path)

    def refuse(self, what: str, *, offset: int | None = None, path: str | None = None) -> NoReturn:
        """Raise the error that says what is too much, and what to do."""
        raise FormatError(
            f"{what}, which its size of {self._size:,} bytes does not explain.",
            source=self._name,
            offset=offset,
            path=path,
            hint=f"If it is no bomb, raise the limit with -I max_ratio=N (now {self._ratio}), or unpack it first.",
        )
