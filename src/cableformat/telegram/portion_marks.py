"""Portion marks, such as `(S/NF)`: how one paragraph is classified (5 FAH-3 H-700; field notes §3)."""

from __future__ import annotations

import functools
import re

from cableformat.patterns import on_use
from cableformat.telegram.values import Mark
from cableformat.telegram.vocabulary import rows

_LEVELS = {row["spelling"]: row["level"] for row in rows("mark_levels")}
_CAVEATS = {row["spelling"]: row["caveat"] for row in rows("caveats")}
_SHORT = sorted((word for word in _LEVELS if len(word) <= 4), key=len, reverse=True)  # noqa: PLR2004 - FOUO
_WORDS = sorted((word for word in _LEVELS if len(word) > 4), key=len, reverse=True)  # noqa: PLR2004 - FOUO
_CAVEAT = "|".join(sorted(_CAVEATS, key=len, reverse=True))
# Behind the names of those it is released to may stand another caveat: `REL NATO/FGI`.
_RELEASE = rf"REL(?:EASABLE)?[ ]+[A-Z](?:(?![ /]+(?:{_CAVEAT})\b)[A-Z ,/]){{0,40}}"
_BLANKS = r"[^\S\r\n]*+"
# The first letters first: most paragraphs without a mark have others.
_PATTERN = on_use(
    rf"""(?=[(\s{"".join(sorted({word[0] for word in _LEVELS}))}])(?:
        \(?{_BLANKS}(?P<level>{"|".join(_SHORT)})
        (?P<caveats>(?:[ ]?[-/,][-/, ]*(?:{_CAVEAT}|{_RELEASE}|{"|".join(_SHORT)})
            |[ ]*(?:{_CAVEAT})|[ ]+{_RELEASE}){{0,5}})
        {_BLANKS}\)
      | (?:(?P<entire>{"|".join(_SHORT)})|(?P<word>{"|".join(_WORDS)})){_BLANKS}[-–—]{{1,2}}{_BLANKS}ENTIRE[ ]TEXT
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 160
BRACKETS = rf"(\([^)]{{0,{_LONGEST - 2}}}+\))"
"""A pattern for the brackets that a mark may stand in."""

_ONE_CAVEAT = on_use(rf"{_RELEASE}|{_CAVEAT}|{'|'.join(_SHORT)}", re.IGNORECASE)


def portion_mark(text: str, start: int = 0) -> tuple[Mark, int] | None:
    """The portion mark that begins at an offset, and where it ends.

    Args:
        text: Any text.
        start: Where the mark would begin, after the paragraph's number and blanks.

    Example:
        >>> portion_mark("(S//NF) Talks")
        (Mark(level='S', caveats=('NF',)), 7)
        >>> portion_mark("(Zamora) Talks")
    """
    if text.startswith("(", start):
        # Few marks are in use, and each ends with its bracket.
        end = text.find(")", start, start + _LONGEST) + 1
        mark = bracketed(text[start:end]) if end else None
        return (mark, end) if mark else None
    return _read(text, start)


@functools.lru_cache(maxsize=1024)
def bracketed(words: str) -> Mark | None:
    """The mark that some words in brackets are."""
    level = words[1:-1]
    if level in _SHORT:  # as most are
        return Mark(_LEVELS[level], ())
    found = _read(words, 0)
    return found[0] if found else None


def _read(text: str, start: int) -> tuple[Mark, int] | None:
    match = _PATTERN.match(text, start)
    if match is None:
        return None
    level = _LEVELS[" ".join((match["level"] or match["entire"] or match["word"]).upper().split())]
    found = []
    for caveat in _ONE_CAVEAT.finditer(match["caveats"] or ""):
        word = " ".join(caveat.group().upper().split())
        found.append(_CAVEATS.get(word, word))
    end = match.end()
    if match["level"] is None:
        # The words "ENTIRE TEXT" are of the paragraph, the mark ends with the level.
        end = match.end("entire") if match["entire"] else match.end("word")
    return Mark(level, tuple(found)), end
