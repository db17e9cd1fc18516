"""Spelling: how words of damaged telegrams find the words that they were."""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")

_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
# No word of a vocabulary is longer; what is longer is not searched for.
_LONGEST = 40
_LONG = 9
_SHORTEST_NEAR = 4
_SHORTEST_PREFIX = 3


def fold(text: str) -> str:
    """The text as capital letters and digits only: without accents, blanks and punctuation.

    Args:
        text: Any text, such as `N'Djamena`.

    Returns:
        ASCII capitals and digits, perhaps none.

    Example:
        >>> fold("Port-au-Prince"), fold("São Paulo")
        ('PORTAUPRINCE', 'SAOPAULO')
    """
    return _folded(text) if len(text) <= _LONGEST else _fold(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NOT_ALPHANUMERIC.sub("", text.upper())


# The words of telegrams are few.
_folded = functools.lru_cache(maxsize=8192)(_fold)


def distance(first: str, second: str) -> int:
    """How many letters are lost, added, mistaken or swapped between two words (Damerau and Levenshtein).

    Args:
        first: A short word.
        second: Another; time is the product of their lengths.

    Example:
        >>> distance("WELLINGOTN", "WELLINGTON"), distance("PANANA", "PANAMA")
        (1, 1)
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        before, previous, row = row, before, [i]
        for j, other in enumerate(second, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, previous[j - 2] + 1)
            row.append(best)
    return row[-1]


def _letters(word: str) -> int:
    """The letters and digits of a folded word as a set of bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


class Vocabulary(Generic[T]):
    """Words with a meaning each, found also when truncated or misspelt.

    Words within n slips of each other differ by at most n in length, and in at most 2n of the letters that they are
    made of. That is told so fast that nothing need be prepared, and few words are left to be compared.

    Args:
        meanings: From folded words to what they mean; several words may mean the same.
    """

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = dict(meanings)
        self._sorted = sorted(self._meanings)

    def get(self, word: str) -> T | None:
        """The meaning of the word as it stands."""
        return self._meanings.get(word)

    def completed(self, beginning: str) -> T | None:
        """The one meaning of all words that begin so; None if there are several, or it is too short.

        Where a word is the beginning of the others, it is meant: `BRUSSEL` is of BRUSSELS, not of BRUSSELSUSEU.
        """
        if not (_SHORTEST_PREFIX <= len(beginning) <= _LONGEST and self.begins(beginning)):
            return None
        first = bisect.bisect_left(self._sorted, beginning)
        shortest = self._sorted[first]
        for word in self._sorted[first + 1 :]:
            if not word.startswith(beginning):
                break
            if not word.startswith(shortest) and self._meanings[word] != self._meanings[shortest]:
                return None
        return self._meanings[shortest]

    def begins(self, beginning: str) -> bool:
        """Whether a word begins so."""
        at = bisect.bisect_left(self._sorted, beginning)
        return at < len(self._sorted) and self._sorted[at].startswith(beginning)

    def nearest(self, word: str, shortest: int = 3, most: int = 2, long: int = _LONG) -> T | None:
        """The one meaning at the least distance: one slip, in long words two.

        Args:
            word: A folded word.
            shortest: Shorter words are not looked for.
            most: How many slips there may be in long words.
            long: How many letters such words have at least.
        """
        if not shortest <= len(word) <= _LONGEST:
            return None
        most = most if len(word) >= long else 1
        for slips in range(1, most + 1):
            close = [c for c in self._like(word, slips, long) if distance(word, c) == slips]
            near = {self._meanings[c] for c in close}
            if len(near) > 1:
                # A letter lost is commoner than one mistaken.
                near = {self._meanings[c] for c in close if len(c) > len(word)}
            if close:
                return near.pop() if len(near) == 1 else None
        return None

    def _like(self, word: str, slips: int, long: int) -> Iterator[str]:
        """The words that may be within so many slips of another one."""
        letters = _letters(word)
        shortest = max(len(word) - slips, _SHORTEST_NEAR if slips == 1 else long)
        for length in range(shortest, len(word) + slips + 1):
            for other, bits in self._by_length.get(length, ()):
                if (letters ^ bits).bit_count() <= 2 * slips:
                    yield other

    @functools.cached_property
    def _by_length(self) -> dict[int, list[tuple[str, int]]]:
        """The words of each length, with their letters."""
        found: dict[int, list[tuple[str, int]]] = {}
        for word in self._sorted:
            found.setdefault(len(word), []).append((word, _letters(word)))
        return found
