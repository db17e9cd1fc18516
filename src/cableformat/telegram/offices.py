"""Ranks and offices: which words of a classification authority are not of a person's name."""

from __future__ import annotations

import bisect
import functools
import re

from cableformat.telegram.spelling import Vocabulary, fold
from cableformat.telegram.vocabulary import rows

JUNIOR = frozenset({"JR", "SR", "II", "III", "IV"})
"""What may stand behind a name and a comma."""

_PARTICLES = frozenset(
    {"abu", "al", "ben", "bin", "da", "das", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le"}
    | {"ter", "van", "von", "zu"}
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?")
_SMALL_INITIALS = re.compile(r"(?:[a-z]\.){1,3}[a-z]?\.?")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
# No name is without a vowel.
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,6}")
_AROUND = ".()[]\"'’"
# Shorter words are too like names to be looked for by likeness: PERSONS is like Parsons, MEDIA like Medina.
_SHORTEST_MISSPELT = 8
# Ranks that are looked for with a letter lost, doubled or swapped all the same: CIEF, CHEIF.
_SHORT_RANKS = ("CHIEF", "CHARGE", "DEPUTY", "ACTING", "ATTACHE", "AFFAIRS", "CONSUL", "COUNSEL", "OFFICER", "SECTION")


@functools.cache
def _offices() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("ranks_and_offices"))


@functools.cache
def _dotted() -> frozenset[str]:
    """Words of offices with full stops inside, such as `U.S`, which look like initials."""
    return frozenset(row["word"] for row in rows("ranks_and_offices") if "." in row["word"])


@functools.cache
def _compounds() -> re.Pattern[str]:
    """Words that are run together of pieces of offices: `ESTHOFF`, `DEPPOLCOUNS`."""
    stems = {
        place: "|".join(r["stem"] for r in rows("office_stems") if r["place"] == place) for place in ("first", "last")
    }
    return re.compile(rf"(?:{stems['first']}){{1,4}}(?:{stems['last']}){{1,2}}")


@functools.cache
def _places() -> frozenset[str]:
    posts = {row["post"] for row in rows("posts") if " " not in row["name"]}
    geography = (row["meaning"] for row in rows("tags") if row["kind"] == "geography")
    # Of `Trinidad and Tobago` each half is a place.
    halves = (half for meaning in geography for half in meaning.split(" and "))
    return frozenset(posts | {fold(half) for half in halves if " " not in half})


@functools.cache
def _places_of_words() -> tuple[str, ...]:
    """Posts and countries whose names have several words, folded and sorted."""
    names = {row["name"] for row in rows("posts")}
    for row in rows("tags"):
        if row["kind"] == "geography":
            names.update((row["meaning"], *row["meaning"].split(" and ")))
    aliases = {row["alias"] for row in rows("post_aliases")}
    return tuple(sorted({fold(name) for name in names if " " in name} | aliases))


@functools.lru_cache(maxsize=4096)
def begins_place(word: str) -> bool:
    """Whether the name of a post or country that has several words begins with a word.

    Example:
        >>> begins_place("Sri"), begins_place("Ada")
        (True, False)
    """
    folded, places = fold(word), _places_of_words()
    at = bisect.bisect_right(places, folded)
    return len(folded) > 1 and at < len(places) and places[at].startswith(folded)


@functools.cache
def _long_words() -> Vocabulary[bool]:
    """The words that are looked for by likeness."""
    return Vocabulary({word: True for word in _offices() if len(word) >= _SHORTEST_MISSPELT})


@functools.cache
def _slipped_ranks() -> frozenset[str]:
    places = [(rank, at) for rank in _SHORT_RANKS for at in range(1, len(rank))]
    lost = {rank[:at] + rank[at + 1 :] for rank, at in places}
    doubled = {rank[:at] + rank[at] + rank[at:] for rank, at in places}
    return frozenset(lost | doubled | {rank[:at] + rank[at : at + 2][::-1] + rank[at + 2 :] for rank, at in places})


def is_initials(word: str) -> bool:
    """Whether a word is a person's initials, such as `W.S.`.

    Example:
        >>> is_initials("W.S."), is_initials("a.i.")
        (True, False)
    """
    return _INITIALS.fullmatch(word) is not None and word[:1].isupper()


@functools.lru_cache(maxsize=4096)
def is_place(word: str) -> bool:
    """Whether a word is a post or a country; it may be a name all the same.

    Example:
        >>> is_place("Kirkuk"), is_place("Marlowe")
        (True, False)
    """
    return fold(word) in _places()


@functools.lru_cache(maxsize=4096)
def is_place_of(words: tuple[str, ...]) -> bool:
    """Whether several words together are a post or a country.

    Example:
        >>> is_place_of(("Sri", "Lanka")), is_place_of(("Ada", "Marlowe"))
        (True, False)
    """
    folded, places = fold(" ".join(words)), _places_of_words()
    at = bisect.bisect_left(places, folded)
    return at < len(places) and places[at] == folded


@functools.lru_cache(maxsize=4096)
def is_rank(word: str) -> bool:
    """Whether the vocabulary has a word, perhaps misspelt (a zero for the letter O among the slips).

    Example:
        >>> is_rank("Ambassadro"), is_rank("AMBASSAD0R"), is_rank("Marlowe")
        (True, True, False)
    """
    folded = fold(word.replace("0", "O"))
    if folded in _offices() or folded in _slipped_ranks() or _compounds().fullmatch(folded):
        return True
    return bool(_long_words().nearest(folded, _SHORTEST_MISSPELT - 1))


@functools.lru_cache(maxsize=4096)
def is_office(word: str, *, is_mixed: bool) -> bool:
    """Whether a word is of a rank or an office, not of a name.

    Args:
        word: A word, with its punctuation.
        is_mixed: Whether the text has small letters as well as capitals, so that capitals tell an acronym.

    Example:
        >>> [is_office(word, is_mixed=True) for word in ("Pol/Econ", "ISN", "Counselor", "A.", "Marlowe")]
        [True, True, True, False, False]
    """
    bare = word.strip(_AROUND)
    if not any(c.isalpha() for c in bare) or any(c in bare for c in "/&@"):
        return True
    if len(bare) == 1 and word[0] in "([":
        return True
    if bare.upper() in _dotted() or (is_mixed and _SMALL_INITIALS.fullmatch(word)):
        return True
    if fold(bare) in JUNIOR or is_initials(word):
        return False
    if fold(bare) in _offices() or (is_mixed and (_ACRONYM.fullmatch(bare) or _is_small(bare))):
        return True
    return _CONSONANTS.fullmatch(bare) is not None or all(is_rank(piece) for piece in bare.split("-") if piece)


def _is_small(bare: str) -> bool:
    """Whether a word begins with a small letter, and is no particle of a name."""
    return bare[0].islower() and bare not in _PARTICLES and "'" not in bare and "’" not in bare
