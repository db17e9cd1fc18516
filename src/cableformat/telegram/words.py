"""Words that the grammar of the structure knows, compiled from the vocabularies."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterable


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern for some spellings, longest first; a blank matches any run of blanks."""
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(re.escape(spelling).replace(r"\ ", "[ \\t]{1,3}") for spelling in longest_first)


def any_spaced(words: Iterable[str]) -> str:
    """A pattern for any of some words in capitals, the longest that fits.

    Their letters may stand apart, evenly or not: `C O N F I D E N T IA L`. What several words begin with stands in
    the pattern once, which `re` compiles sooner.

    Example:
        >>> pattern = re.compile(any_spaced(["UNCLAS", "UNCLASSIFIED", "SECRET"]))
        >>> pattern.match("UN CLAS 1")[0], pattern.match("UNCLASSIFIED")[0], pattern.match("UNCLE")
        ('UN CLAS', 'UNCLASSIFIED', None)
    """
    return f"(?:{_either(sorted(words))})"


def _either(words: list[str], first: int = 0) -> str:
    """Sorted words, from a letter on, as alternatives; they are alike up to there."""
    between = r"[ \t]{0,2}" if first else ""
    choices = [
        between + re.escape(letter) + _rest(list(alike), first + 1)
        for letter, alike in groupby((word for word in words if len(word) > first), key=lambda word: word[first])
    ]
    return "|".join(choices)


def _rest(words: list[str], first: int) -> str:
    if len(words) == 1:
        return "".join(rf"[ \t]{{0,2}}{re.escape(letter)}" for letter in words[0][first:])
    return f"(?:{_either(words, first)}){'?' if len(words[0]) == first else ''}"


CLASS_WORDS = any_spaced(row["spelling"] for row in rows("classifications") if row["line"] == "yes")
CAPTIONS = tuple(row["spelling"] for row in rows("class_line_captions"))
"""The captions that stand on the classification line and below it."""
CAPTION_WORDS = alternatives(CAPTIONS)
