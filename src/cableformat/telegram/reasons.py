"""Reasons for classification: the letters of E.O. 12958 section 1.5, since 2003 section 1.4; E.O. 13526."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.fields import text_of
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.values import Region, Value

# 1.4, 1. 4, 1,4; the line may break between.
_SECTION = on_use(r"1(?<![\d.]1)[.,]\s{0,3}([45])(?!\d)")
# What may stand between two letters: brackets, `and`, `&`, `/`, `through`; a wrap may cut `and` in two.
_BETWEEN = on_use(r"(?:[\s().,;/&+-]|a\s{0,3}nd\b|an\s{1,3}d\b|or\b|through\b|thru\b)*+", re.IGNORECASE)
_LETTER = on_use(r"(?:\(\s?)?([A-H])(?:\s?\))?(?![A-Za-z'’])", re.IGNORECASE)
_THROUGH = on_use(r"\b(?:through|thru)\b|^[\s)]*-[\s(]*$", re.IGNORECASE)
_END = re.compile(r"\.\s{2,}|\n\s*\n")
_LONGEST = 200


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(row["reason"] for row in rows("reasons"))


def reasons(region: Region) -> tuple[Value[str], ...]:
    """Why the telegram is classified.

    Args:
        region: The block of the classification authority.

    Returns:
        Such as `1.4(b)`, `1.4(d)`, without repeats; each raw is its own words.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "Classified By: CDA Ada Marlowe, reasons 1. 4 (B) and (D)."
        >>> [(r.value, r.raw) for r in reasons(Region(Part("body", "body", text), 0, len(text)))]
        [('1.4(b)', '1. 4 (B)'), ('1.4(d)', '(D)')]
    """
    text = text_of(region)
    found: dict[str, tuple[int, int]] = {}
    known = _known()
    after = 0
    for section in _SECTION.finditer(text):
        if section.start() < after:
            continue
        start, at = section.start(), section.end()
        limit = min(len(text), at + _LONGEST)
        last = ""
        while True:
            between = _BETWEEN.match(text, at, limit)
            gap = between[0] if between else ""
            # A sentence or paragraph that ends before the letter ends the list.
            if last and _END.search(gap):
                break
            opening = len(gap) - len(gap.rstrip("("))
            first = at + len(gap) - opening
            letter = _LETTER.match(text, first, limit)
            if letter is None:
                break
            name = letter[1].lower()
            through = last and _THROUGH.search(gap)
            begin = start if not last else first
            for each in range(ord(last) + 1 if through else ord(name), ord(name) + 1):
                reason = f"1.{section[1]}({chr(each)})"
                if reason in known:
                    found.setdefault(reason, (begin, letter.end()))
            last, at = name, letter.end()
        after = at
    return tuple(region.value(reason, start, end) for reason, (start, end) in found.items())
