"""Two rows of words aligned: which word of one is which word of the other.

Time is near linear in the words: common ends first, then runs of words that stand once on both sides, then single such
words (patience), and an exact search only in small rests. A large rest in which nothing stands once stays unaligned.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_RUN = 4
"""Words that an anchor has at first: four words in a row are hardly ever the same by chance."""
_MAX_DEPTH = 24
"""How often a rest is divided again; keeps the time near linear for texts made to defeat it."""
_MAX_CELLS = 4096
"""The largest rest, as words times words, that is searched exactly."""

Pair = tuple[int, int]


def align(
    left: Sequence[str], right: Sequence[str], left_marks: Sequence[str], right_marks: Sequence[str]
) -> list[Pair]:
    """The pairs of words that are the same, as indices, rising on both sides.

    Args:
        left: The words of one side, in the form in which they are the same.
        right: Those of the other.
        left_marks: The same words, told apart where more is known of them: the number that a paragraph begins with
            is not that number anywhere else. Words whose marks stand once on both sides are anchors.
        right_marks: Those of the other.

    Example:
        >>> row, other = "the harbor was closed".split(), "the old harbor was shut".split()
        >>> align(row, other, row, other)
        [(0, 0), (1, 2), (2, 3)]
    """
    pairs: list[Pair] = []
    waiting = [(0, len(left), 0, len(right), 0)]
    while waiting:
        i, end_i, j, end_j, depth = waiting.pop()
        while i < end_i and j < end_j and left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < end_i and j < end_j and left[end_i - 1] == right[end_j - 1]:
            end_i, end_j = end_i - 1, end_j - 1
            pairs.append((end_i, end_j))
        if i == end_i or j == end_j or depth == _MAX_DEPTH:
            continue
        anchors = _anchors(_runs(left, i, end_i), _runs(right, j, end_j)) or _anchors(
            left_marks[i:end_i], right_marks[j:end_j]
        )
        if anchors:
            # Each rest begins with an anchor, which the search for a common beginning then takes.
            bounds = [(i, j), *((i + x, j + y) for x, y in anchors), (end_i, end_j)]
            waiting += [(*_interval(bounds, k), depth + 1) for k in range(len(bounds) - 1)]
        elif (end_i - i) * (end_j - j) <= _MAX_CELLS:
            matcher = SequenceMatcher(None, left[i:end_i], right[j:end_j], autojunk=False)
            for x, y, size in matcher.get_matching_blocks():
                pairs += [(i + x + k, j + y + k) for k in range(size)]
    pairs.sort()
    return pairs


def _interval(bounds: Sequence[Pair], k: int) -> tuple[int, int, int, int]:
    (i, j), (end_i, end_j) = bounds[k], bounds[k + 1]
    return i, end_i, j, end_j


def _runs(words: Sequence[str], start: int, end: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[start + k : end] for k in range(_RUN)), strict=False))


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """What stands once on both sides: the longest row of such pairs that rises on both."""
    once, other = _once(left), _once(right)
    return _rising([(at, other[item]) for item, at in once.items() if item in other])


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    for at, item in enumerate(items):
        places[item] = -1 if item in places else at
    return {item: at for item, at in places.items() if at >= 0}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence whose second members rise (the first rise already)."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        before.append(last[length - 1] if length else -1)
        if length == len(tails):
            tails.append(j)
            last.append(at)
        else:
            tails[length] = j
            last[length] = at
    found: list[Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
