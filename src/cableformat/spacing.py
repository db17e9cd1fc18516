"""What stands between two words: white space is layout, other characters are punctuation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat.differences import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.alignment import Pair

INK = re.compile(r"\S")
_LINE_END = re.compile(r"\r\n|\r|\n")
_RULE = re.compile(r"(?<=[\r\n])[^\S\r\n]*+(?:[-=_*–—‐]{3,}+[^\S\r\n]*+)++(?:\r\n?|\n)")
_SIGN = re.compile(r"¶[^\S\r\n]*+")


class Finding(NamedTuple):
    """A difference by its offsets on both sides; `start == end` where one side has nothing."""

    kind: DifferenceKind
    left: tuple[int, int]
    right: tuple[int, int]


def between(left: str, right: str, ours: Pair, theirs: Pair) -> Iterator[Finding]:
    """What differs between two words: signs, rules, punctuation and white space.

    Args:
        left: The text of one side.
        right: That of the other.
        ours: Where the run without words stands on the left.
        theirs: Where it stands on the right.
    """
    a, b = left[slice(*ours)], right[slice(*theirs)]
    if a == b:
        return
    for kind, pattern in ((DifferenceKind.RULES, _RULE), (DifferenceKind.PARAGRAPH_SIGNS, _SIGN)):
        if [m.group().strip() for m in pattern.finditer(a)] != [m.group().strip() for m in pattern.finditer(b)]:
            yield Finding(kind, ours, theirs)
            a, b = pattern.sub("", a), pattern.sub("", b)
    marks, other_marks = INK.findall(a), INK.findall(b)
    if "".join(marks) != "".join(other_marks):
        yield Finding(DifferenceKind.PUNCTUATION, _inked(left, ours), _inked(right, theirs))
    is_whole = (a, b) == (left[slice(*ours)], right[slice(*theirs)])
    blanks, other_blanks = _blanks(a), _blanks(b)
    if len(blanks) != len(other_blanks) or "".join(marks) != "".join(other_marks):
        # The punctuation parts the white space otherwise, or has taken its place: the longest runs are compared.
        blanks, other_blanks = [max(blanks, key=_length)], [max(other_blanks, key=_length)]
        if not blanks[0][1] or not other_blanks[0][1]:
            return
        is_whole = False
    for (at, one), (other_at, other) in zip(blanks, other_blanks, strict=True):
        here = (ours[0] + at, ours[0] + at + len(one)) if is_whole else ours
        there = (theirs[0] + other_at, theirs[0] + other_at + len(other)) if is_whole else theirs
        for kind in _layout(one, other):
            yield Finding(kind, here, there)


def _blanks(gap: str) -> list[tuple[int, str]]:
    """The runs of white space around and between single marks of punctuation, each with its offset."""
    runs, at = [], 0
    for at_mark, char in enumerate(gap):
        if not char.isspace():
            runs.append((at, gap[at:at_mark]))
            at = at_mark + 1
    return [*runs, (at, gap[at:])]


def _length(run: tuple[int, str]) -> int:
    return len(run[1])


def _inked(text: str, run: Pair) -> Pair:
    """A run without the white space around it."""
    words = text[slice(*run)]
    start = run[0] + len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else (run[0], run[0])


def _layout(left: str, right: str) -> Iterator[DifferenceKind]:
    """The ways in which two runs of white space differ; none exactly where they are equal."""
    if left == right:
        return
    lines, other_lines = _LINE_END.split(left), _LINE_END.split(right)
    if len(lines) == len(other_lines) == 1:
        is_double = {left, right} == {" ", "  "}
        yield DifferenceKind.DOUBLE_SPACES if is_double else DifferenceKind.SPACES
        return
    if len(lines) != len(other_lines):
        is_wrap = min(len(lines), len(other_lines)) == 1 and max(len(lines), len(other_lines)) == 2  # noqa: PLR2004 - a line end
        yield DifferenceKind.WRAPPING if is_wrap else DifferenceKind.BLANK_LINES
        if len(lines) == 1 or len(other_lines) == 1:
            return
        ends, other_ends = set(_LINE_END.findall(left)), set(_LINE_END.findall(right))
        trailing = lines[0] != other_lines[0]
    else:
        ends, other_ends = _LINE_END.findall(left), _LINE_END.findall(right)  # type: ignore[assignment]
        trailing = lines[:-1] != other_lines[:-1]
    if ends != other_ends:
        yield DifferenceKind.LINE_ENDS
    if trailing:
        yield DifferenceKind.TRAILING_BLANKS
    if lines[-1] != other_lines[-1]:
        yield DifferenceKind.SPACES
