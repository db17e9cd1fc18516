"""Codes of TAGS: which words are codes, alone or glued together, and which misspelt ones stand for (5 FAH-3)."""

from __future__ import annotations

import functools

from cableformat.telegram.spelling import Vocabulary
from cableformat.telegram.vocabulary import rows

COUNTRY_LENGTH = 2
"""The letters of a country's code."""

_LETTERS = str.maketrans("01", "OI")
_CODE_LENGTH = 4
_LONGEST_GLUED = 120


@functools.cache
def kinds() -> dict[str, str]:
    """The kinds of all TAGS."""
    return {row["tag"]: row["kind"] for row in rows("tags")}


@functools.cache
def corrections() -> dict[str, str]:
    """The TAGS that misspelt ones of published cables stand for."""
    return {row["spelling"]: row["tag"] for row in rows("tag_corrections")}


def is_code(word: str) -> bool:
    """Whether a word is one of the TAGS, perhaps misspelt, and no free phrase.

    Example:
        >>> is_code("PREL"), is_code("MOPPS"), is_code("HARBOR")
        (True, True, False)
    """
    return word in corrections() or kinds().get(word, "phrase") != "phrase"


@functools.cache
def _common() -> Vocabulary[str]:
    """The TAGS in everyday use."""
    return Vocabulary({row["tag"]: row["tag"] for row in rows("tags") if row["use"] == "common"})


@functools.lru_cache(maxsize=4096)
def mended(word: str) -> str | None:
    """The common code that a word of a code's length stands for, with one letter added, mistaken or swapped.

    The first letter, which is that of its class, is right.

    Example:
        >>> mended("PERL"), mended("KMAR")
        ('PREL', None)
    """
    is_like_code = (
        word not in kinds() and _CODE_LENGTH <= len(word) <= _CODE_LENGTH + 1 and word.isascii() and word.isalpha()
    )
    found = _common().nearest(word, _CODE_LENGTH) if is_like_code else None
    if found is None or found[0] != word[0]:
        return None
    # There are more programmes than anybody knows: of one of these only letters added or swapped are mended.
    return None if word[0] == "K" and len(word) == _CODE_LENGTH and sorted(word) != sorted(found) else found


@functools.lru_cache(maxsize=1024)
def split(word: str) -> tuple[str, ...] | None:
    """The codes of a word that is several glued together, or None.

    At least one is a subject code of four letters; a country's code of two stands at most once, at an end.

    Example:
        >>> split("PHUMBA"), split("IZPREL"), split("POLITICAL")
        (('PHUM', 'BA'), ('IZ', 'PREL'), None)
    """
    if not _CODE_LENGTH < len(word) <= _LONGEST_GLUED:
        return None
    # best[i]: the fewest codes that the first i letters are.
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(COUNTRY_LENGTH, len(word) + 1):
        for length in range(COUNTRY_LENGTH, min(_CODE_LENGTH + 2, end) + 1):
            before, code = best[end - length], word[end - length : end]
            if before is None or not is_code(code):
                continue
            if length == COUNTRY_LENGTH and (end not in (len(word), length) or _has_country(before)):
                continue
            if length == _CODE_LENGTH - 1:
                continue
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = (*before, code)
    codes = best[-1]
    return codes if codes and any(len(code) == _CODE_LENGTH for code in codes) else None


def _has_country(codes: tuple[str, ...]) -> bool:
    return bool(codes) and len(codes[0]) == COUNTRY_LENGTH


def with_letters(word: str) -> str:
    """The word; a code whose letters O and I are written as digits, with its letters.

    Example:
        >>> with_letters("EF1N"), with_letters("2031")
        ('EFIN', '2031')
    """
    letters = word.translate(_LETTERS) if len(word) >= _CODE_LENGTH and not word.isalpha() else word
    return letters if letters in kinds() else word
