"""Streams that unpack and pack: gzip by the standard library, Zstandard by pyarrow."""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, Any, cast

from cableformat import FormatError
from cableformat_table.limits import MOST_RATIO, Allowance
from cableformat_table.recognition import GZIP, ZSTD
from cableformat_table.streams import Lent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input
    from cableformat_table.options import CsvOptions


class Unpacked:
    """The bytes of an input, unpacked if they are packed.

    Args:
        source: The input.
        max_ratio: How many times larger than a packed input what it holds may be (see `limits`).
    """

    def __init__(self, source: Input, max_ratio: int = MOST_RATIO) -> None:
        self._source = source
        self._allowance: Allowance | None = None
        head = source.head
        self._raw = source.open()
        self._stream: Any = self._raw
        self._what = ""
        if head.startswith(GZIP):
            self._stream, self._what = gzip.GzipFile(fileobj=self._raw), "gzip"
        elif head.startswith(ZSTD):
            self._stream, self._what = _unpacking(self._raw), "Zstandard"
        if self._what:
            self._allowance = Allowance(source.size, max_ratio, source.name)

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end.

        Raises:
            FormatError: The packed bytes are damaged, stop before their end, or hold more than their number explains.
        """
        try:
            data = cast("bytes", self._stream.read(size))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            if not self._what or getattr(error, "errno", None):
                raise
            raise FormatError(
                f"The {self._what} compression is damaged or cut off here: {error}",
                source=self._source.name,
                offset=self._raw.tell(),
                hint="What stands before was read.",
            ) from None
        if self._allowance is not None:
            self._allowance.take(len(data), offset=self._raw.tell())
        return data

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()
        self._raw.close()


def zstd_head(head: bytes, size: int) -> bytes:
    """The first bytes of what a Zstandard file holds, as many as the head of it gives."""
    pieces: list[bytes] = []
    with contextlib.suppress(OSError, ValueError), _unpacking(io.BytesIO(head)) as stream:
        while sum(map(len, pieces)) < size and (piece := stream.read(1024)):  # a head ends in the middle
            pieces.append(piece)
    return b"".join(pieces)


def _unpacking(raw: IO[bytes]) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only some files need it

    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


@contextlib.contextmanager
def packing(raw: IO[bytes], name: str | None, options: CsvOptions) -> Iterator[IO[bytes]]:
    """A stream that packs what is written to it, as the options or the name say; `raw` stays open."""
    kind: str = options.compression
    if kind == "by-name":
        lower = (name or "").lower()
        kind = "gzip" if lower.endswith(".gz") else "zstd" if lower.endswith(".zst") else "none"
    if kind == "gzip":
        # No name and no time, so that the same cables give the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    elif kind == "zstd":
        import pyarrow as pa  # noqa: PLC0415 - as above

        with pa.CompressedOutputStream(pa.PythonFile(Lent(raw), mode="w"), "zstd") as packed:
            yield packed
    else:
        yield raw
