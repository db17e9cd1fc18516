"""The classification line: level, section, reference number, captions (5 FAH-2 H-322; field notes §2)."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cableformat.telegram.fields import text_of
from cableformat.telegram.identifiers import known_post
from cableformat.telegram.spelling import fold
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.values import Region, Value

_SECTION = re.compile(
    r"(?=[SEP])\b(?:S?ECTION|PART)[ \t]{1,3}(\d{1,3})[ \t]{1,3}OF[ \t]{1,3}(\d{1,3})(?!\d)", re.IGNORECASE
)
_SERIAL = re.compile(r"\d(?<![A-Za-z\d]\d)\d{2,6}(?![A-Za-z\d])")
_CAPITALS, _LETTERS = (re.compile(r"[A-Z]+(?:[ \t]{1,2}[A-Z]++)*+", flags) for flags in (0, re.IGNORECASE))
_WORD = re.compile(r"[A-Za-z][A-Za-z.'’-]*+")
_LINE = re.compile(r"[^\r\n]+")
_MOST_WORDS = 5
_LONGEST_LINE = 400
# The words of a level are looked for among its first letters; more never belong to it.
_LONGEST_LEVEL = 60


@functools.cache
def _levels() -> dict[str, str]:
    """The level of each of its spellings."""
    return {row["spelling"]: row["level"] for row in rows("classifications")}


def _level_at(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The level whose spelling begins at an offset, the longest that fits, and where it stands.

    Letters may stand apart, evenly or not, as in `words.any_spaced`; for one telegram this is done sooner than a
    pattern of all spellings is compiled.
    """
    in_capitals = text[start:end].isupper()
    run = (_CAPITALS if in_capitals else _LETTERS).match(text, start, end)
    if run is None:
        return None
    levels = _levels()
    letters, at, found = "", start, None
    for piece in run[0].replace("\t", " ").split(" "):
        letters += piece if in_capitals else fold(piece)
        at += len(piece)
        if letters in levels and piece:
            found = levels[letters], start, at
        at += 1
    return found


@functools.cache
def _captions() -> dict[str, str]:
    """The captions by their letters, longest first."""
    words = sorted((row["caption"] for row in rows("captions")), key=len, reverse=True)
    return {fold(caption): caption for caption in words}


@functools.lru_cache(maxsize=64)
def _any_of(known: tuple[str, ...]) -> re.Pattern[str]:
    """Captions, given by their letters, which may stand apart: `C O R R E C T E D  C O P Y`; FOR ... ONLY is another.

    Few stand in one telegram, and a pattern of all takes longer to compile than a cable to read.
    """
    captions = [_captions()[letters].split() for letters in known]
    spaced = [r"[ \t]{1,3}".join(r"[ \t]?".join(word) for word in caption) for caption in captions]
    either = f"(?:{'|'.join(spaced)})(?![A-Za-z])|" if spaced else ""
    return re.compile(rf"(?<![A-Za-z])(?:{either}FOR[ ][^\r\n]{{1,60}}?[ ]ONLY\b)")


@functools.lru_cache(maxsize=4)
def _level(text: str) -> tuple[str, int, int] | None:
    """The level with which a line begins, and where it stands.

    Kept for the last texts, because level, number and captions are asked for one after the other.
    """
    for line in _LINE.finditer(text):
        start = line.end() - len(line[0].lstrip(" \t\f\xa0(-*"))
        end = min(line.end(), start + _LONGEST_LEVEL)
        found = _level_at(text, start, end)
        if found:
            return found
    return None


def classification(region: Region) -> Value[str] | None:
    """How the telegram is classified.

    Args:
        region: The block of the classification line.

    Returns:
        The level in canonical words, such as `CONFIDENTIAL` for `C O N F I D E N T I A L`, or None.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "C O N F I D E N T I A L SECTION 01 OF 02 PORT MERIDIAN 000117"
        >>> classification(Region(Part("body", "body", text), 0, len(text))).value
        'CONFIDENTIAL'
    """
    found = _level(text_of(region))
    return region.value(*found) if found else None


def section(region: Region) -> Value[tuple[int, int]] | None:
    """Which section of how many it is.

    Args:
        region: The block of the classification line.

    Returns:
        (number, total), or None where it is not sectioned.
    """
    match = _SECTION.search(text_of(region))
    return region.value((int(match[1]), int(match[2])), match.start(), match.end()) if match else None


def _reference_number(text: str) -> tuple[int, int, int] | None:
    """Where the post begins, where the serial begins, and where it ends."""
    level = _level(text)
    first = level[2] if level else 0
    line = _LINE.search(text, first)
    if line is None:
        return None
    limit = min(line.end(), first + _LONGEST_LINE)
    after = _SECTION.search(text, first, limit)
    if after:
        first = after.end()
    serial = _SERIAL.search(text, first, limit)
    if serial is None:
        return None
    known = _captions().get
    words = [word for word in _WORD.finditer(text, first, serial.start()) if known(word[0]) != word[0]][-_MOST_WORDS:]
    if not words:
        return None
    # Words before a post that the vocabulary has are not of its name (`EFTO`, the tail of the level).
    for at in range(len(words)):
        name = text[words[at].start() : serial.start()]
        if known_post(name, exactly=True) and fold(name):
            return words[at].start(), serial.start(), serial.end()
    return words[0].start(), serial.start(), serial.end()


def mrn(region: Region) -> Value[str] | None:
    """The message reference number: post and serial, white space folded.

    Args:
        region: The block of the classification line.

    Returns:
        Such as `ALMATY 001993`, or None.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "UNCLAS SECTION 01 OF 02  PORT  MERIDIAN 000117 SIPDIS"
        >>> mrn(Region(Part("body", "body", text), 0, len(text))).value
        'PORT MERIDIAN 000117'
    """
    text = text_of(region)
    found = _reference_number(text)
    if found is None:
        return None
    start, _, end = found
    return region.value(" ".join(text[start:end].split()), start, end)


def captions(region: Region) -> tuple[Value[str], ...]:
    """The captions: how the telegram is to be handled and distributed (5 FAH-2 H-440).

    Args:
        region: A block of captions, or of the classification line, where they stand behind the serial.

    Returns:
        The captions in canonical words, in order.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "SECRET PORT MERIDIAN 000117 NOFORN, SIPDIS"
        >>> [caption.value for caption in captions(Region(Part("body", "body", text), 0, len(text)))]
        ['NOFORN', 'SIPDIS']
    """
    text = text_of(region)
    level = _level(text)
    first = level[2] if level else 0
    letters = text.replace(" ", "").replace("\t", "")
    known = tuple([word for word in _captions() if word in letters])
    return tuple(
        region.value(_captions().get(fold(match[0]), " ".join(match[0].split())), *match.span())
        for match in _any_of(known).finditer(text, first)
    )
