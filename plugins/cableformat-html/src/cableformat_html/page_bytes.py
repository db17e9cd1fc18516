"""The bytes of a page: unpacked, and decoded where something is read from them."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import attrs

from cableformat import FormatError
from cableformat.decoding import UTF_8, WINDOWS_1252, decode

if TYPE_CHECKING:
    from cableformat import Input

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_LEAST_UNPACKED = 4 * 1024 * 1024
_MOST_GROWTH = 5
"""What a gzipped page may unpack to: 4 MiB, or five times its size."""

_PROLOGUE = 1024
"""Bytes in which a page says its encoding (WHATWG, HTML 4.2.5.4)."""

_CHARSET = re.compile(rb"(?:charset|<\?xml[^<>]{0,80}?encoding)\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_:.-]{1,40})")
# Labels that everybody who wrote pages took for windows-1252 (WHATWG, Encoding 4.2).
_DISGUISES = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii"})


def unpacked(data: bytes, most: int | None = None) -> bytes:
    """The bytes, gunzipped if they are gzipped.

    Args:
        data: The bytes of a file, or its first ones.
        most: Stop after so many bytes without a word; by default a page that unpacks to more than it may is refused.

    Raises:
        FormatError: The file is damaged, or unpacks to more than a page of its size can be.
    """
    if not data.startswith(_GZIP):
        return data
    limit = most or max(_LEAST_UNPACKED, _MOST_GROWTH * len(data))
    packed = zlib.decompressobj(_GZIP_WINDOW)
    try:
        found = packed.decompress(data, limit)
    except zlib.error as error:
        raise FormatError(f"The file is gzipped and damaged: {error}.", offset=0) from None
    if most is None and not packed.eof:
        if packed.unconsumed_tail:
            raise FormatError(
                f"The gzipped page unpacks to more than {limit} bytes.", offset=limit, hint="Unpack it with gunzip."
            )
        raise FormatError("The file is gzipped and ends too early.", offset=len(data))
    return found


@attrs.frozen
class PageBytes:
    """A page as bytes in which ASCII is ASCII, so that mark-up can be found before anything is decoded.

    Attributes:
        data: The bytes.
        declared: The encoding that the page or its carrier states, or None.
        charset: The encoding of the file where it is another than that of `data` (UTF-16), or None.
    """

    data: bytes
    declared: str | None
    charset: str | None = None

    @classmethod
    def of(cls, source: Input) -> PageBytes:
        """The page of an input: gunzipped; UTF-16 (known by its byte order mark) turned into UTF-8.

        Raises:
            FormatError: It is gzipped and damaged.
        """
        data = unpacked(source.read())
        for mark, charset in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
            if data.startswith(mark):
                try:
                    return cls(data.decode(charset).encode(), UTF_8, charset)
                except UnicodeError:
                    break
        if data.startswith(b"\xef\xbb\xbf"):
            return cls(data, UTF_8)
        match = _CHARSET.search(data, 0, _PROLOGUE)
        declared = source.charset or (match[1].decode("ascii") if match else None)
        if declared and declared.lower() in _DISGUISES:
            declared = WINDOWS_1252
        elif declared and declared.lower().startswith("utf-16"):  # it was read as ASCII, so it is not
            declared = UTF_8
        return cls(data, declared)

    def text(self, start: int = 0, end: int | None = None) -> tuple[str, str]:
        """A run of the page as text, and the encoding it is in (see `cableformat.decoding`)."""
        text, charset = decode(self.data[start:end] if start or end is not None else self.data, self.declared)
        return text, self.charset or charset
