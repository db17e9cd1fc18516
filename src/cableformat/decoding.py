"""Bytes to text and back, without loss: what is text, which encoding, and a windows-1252 that is a bijection."""

from __future__ import annotations

import codecs
import re

UTF_8 = "utf-8"
WINDOWS_1252 = "windows-1252"

# The WHATWG Encoding Standard gives the five bytes that Python's cp1252 leaves undefined their C1 controls.
_TABLE = "".join(bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in range(256))
_ENCODING = codecs.charmap_build(_TABLE)

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*+[<{]|%PDF")
# C0 controls that no text of a telegram holds but by damage; files with them are some binary format.
_BINARY = bytes((*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)))


def begins_as_markup(head: bytes) -> bool:
    """Whether the first bytes of a file are those of XML, HTML, JSON or PDF, and of no bare text."""
    return _MARKUP.match(head) is not None


def is_binary(head: bytes) -> bool:
    r"""Whether bytes hold control characters that no text of a telegram has (it may have BEL, ESC and form feeds).

    Example:
        >>> is_binary(b"UNCLAS\x07\r\n\x0c"), is_binary(b"PK\x03\x04")
        (False, True)
    """
    return len(head.translate(None, _BINARY)) < len(head)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    r"""The text of some bytes, and the encoding that gives exactly these bytes back.

    The declared encoding, if it decodes strictly and encodes back to the same bytes; else UTF-8, if the bytes are
    valid (a byte order mark stays, as U+FEFF); else windows-1252 (WHATWG), which takes any bytes.

    Args:
        data: The bytes.
        declared: What the file or its carrier says its encoding is, or None.

    Example:
        >>> decode(b"\xb61. (U)")
        ('¶1. (U)', 'windows-1252')
    """
    if declared is not None and declared.lower() not in {UTF_8, "utf8", WINDOWS_1252, "cp1252"}:
        try:
            text = data.decode(declared)
            text.encode()  # refuses the lone surrogates that some encodings can carry
            if text.encode(declared) == data:
                return text, declared.lower()
        except (UnicodeError, LookupError, ValueError):
            declared = None  # not that encoding, or none that Python knows: the next candidate
        declared = None  # and where its bytes would not come back
    if declared is None or declared.lower() in {UTF_8, "utf8"}:
        try:
            return data.decode(UTF_8), UTF_8
        except UnicodeDecodeError:
            return codecs.charmap_decode(data, "strict", _TABLE)[0], WINDOWS_1252
    return codecs.charmap_decode(data, "strict", _TABLE)[0], WINDOWS_1252


def encode(text: str, charset: str | None = None) -> bytes:
    r"""The bytes of a text in an encoding if `decode` would take them for it without being told; else in UTF-8.

    Args:
        text: The text.
        charset: The wanted encoding, or None for UTF-8.

    Example:
        >>> encode("¶1. (U)", "windows-1252")
        b'\xb61. (U)'
    """
    if charset == WINDOWS_1252:
        try:
            data = codecs.charmap_encode(text, "strict", _ENCODING)[0]
        except UnicodeEncodeError:
            return text.encode()
        if decode(data) == (text, WINDOWS_1252):
            return data
    return text.encode()
