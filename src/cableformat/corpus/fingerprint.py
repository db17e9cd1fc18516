"""A fingerprint of a cable's wording, which layout does not change."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cableformat.cable import Cable

_WORD = re.compile(r"[^\W_]+")


def words(cable: Cable) -> list[str]:
    """The words of the numbered paragraphs, or of the whole body where there are none, in lower case."""
    text = "\n".join(paragraph.running_text for paragraph in cable.paragraphs)
    return _WORD.findall((text or cable.text).casefold())


def fingerprint(cable: Cable) -> str | None:
    r"""The hash of the wording; None for a cable without words.

    Example:
        >>> from cableformat import Cable
        >>> one = Cable.from_text("UNCLAS PORT MERIDIAN 000117\n\n1. Orleo  agrees to\nthe terms.\n")
        >>> other = Cable.from_text("UNCLAS PORT MERIDIAN 000117\r\n\r\n1. Orleo agrees to the terms.\r\n")
        >>> fingerprint(one) == fingerprint(other)
        True
    """
    found = words(cable)
    return hashlib.sha256(" ".join(found).encode()).hexdigest() if found else None
