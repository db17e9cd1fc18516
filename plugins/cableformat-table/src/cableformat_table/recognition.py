"""Which files are the dump, and which cables it can hold: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence

if TYPE_CHECKING:
    from cableformat import Cable, Input

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
"""What compressed files begin with (RFC 1952, RFC 8878)."""

_DATE = rb'"(?:[^"\\\n]{0,20}\d[^"\\\n]{0,40})?"'
_FIRST_ROW = re.compile(rb'(?:\xef\xbb\xbf)?"\d{1,12}",' + _DATE + rb',(?:"(?:[^"\\]|\\.){0,4000}+",){4}"', re.DOTALL)
_ENOUGH = 32 * 1024


def sniff(source: Input) -> Claim | None:
    """The dialect, where the first row begins with a number and a date, and is all quoted."""
    head, packing = source.head, ""
    if head.startswith(GZIP):
        head, packing = _gunzipped(head), " inside gzip"
    elif head.startswith(ZSTD):
        from cableformat_table.compression import zstd_head  # noqa: PLC0415 - it needs pyarrow

        head, packing = zstd_head(head, _ENOUGH), " inside Zstandard"
    if _FIRST_ROW.match(head) is None:
        return None
    return Claim(Confidence.DIALECT, f"a numbered and dated row, all quoted, as in the dump{packing}")


def _gunzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _ENOUGH)
    except zlib.error:
        return b""


def fits(cable: Cable) -> bool:
    """Whether a row can hold the cable: all five statements, and one body, with or without a header before it."""
    record = cable.record
    said = (record.created, record.reference_id, record.origin, record.classification, record.references)
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    ids = [(part.id, part.role) for part in telegram]
    if ids == [("header", "header"), ("body", "body")]:
        return telegram[0].text != "" and None not in said
    return ids == [("body", "body")] and None not in said
