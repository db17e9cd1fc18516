"""Lines: where each line of a text begins, and what it is by its looks alone.

A line ends with LF, CR LF or a lone CR. Kinds are single bytes, so that a text's kinds are one string of bytes, on
which the grammar of the text is matched; the arrays take at most five bytes a line.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, repeat
from operator import add, sub
from typing import TYPE_CHECKING

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.words import CAPTION_WORDS, CLASS_WORDS

BLANK, PROSE, NUMBER, RULE, MARKING, CLASS, END, SIPDIS, RELAY, ARTEFACT = b"bpnrmkesta"

# Blanks of every kind but line ends; form feeds and NBSP are among them. A lone dash, full stop, `>` or backslash
# stands for an empty line where the terminal would not send one (field notes §3).
BLANKS = r"[^\S\r\n]*+"
NUMBER_PATTERN = r"¶?[^\S\r\n]*+(\d{1,3})\.(?!\d)"
# `1. 4 (B) and (D).` and `1.4` are reasons for classification, never the beginning of a paragraph.
_REASON = r"1\.[^\S\r\n]?[45][^\S\r\n]*+(?:\(|[a-hA-H]\b|$)"

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cableformat.telegram.artefacts import Found

# What a line is, from its beginning; one that none of these takes is prose. Most lines are prose by their first
# letter or two: no word of the vocabularies begins so.
_KINDS = rf"""{BLANKS}(?![a-z]|[A-Z][a-z])(?:
        (?P<b>(?:[-.>\\]{BLANKS})?+(?=[\r\n]|\Z))
      | (?P<n>(?!{_REASON}){NUMBER_PATTERN})
      | (?P<r>(?:[-=_*–—‐]{{3,}}+{BLANKS})++(?=[\r\n]|\Z))
      | (?P<s>SIPDIS/*+{BLANKS}(?=[\r\n]|\Z))
      | {CLASS_WORDS}(?![A-Za-z])(?:
            (?P<k>(?:[ /,\t]*+(?:{CAPTION_WORDS})(?![A-Za-z]))*+[ /\t]*+(?=[\r\n]|\Z))
          | (?P<m>(?=[^\r\n]{{0,80}}?(?:SECTION[ ]\d|[A-Z]{{2}}[ ]{{0,4}}\d{{3,7}}\b))))
      | (?P<e>(?:NNNN?[A-Z]{{0,12}}|BT|\#\d{{4}}|<<[ ]END[ ]OF[ ]DOCUMENT[ ]>>|={{3,}}+[ ]?CABLE[ ]ENDS[ ]?=*+
            |MINIMIZE[ ]CONSIDERED\.?){BLANKS}(?=[\r\n]|\Z)
            | \*\*\*[ ]Current[ ]
            | \d{{4}}[A-Z]{{2,12}}\d{{4,6}}[ ]-[ ])
      | (?P<t>VZCZC[A-Z]{{3}}\d)
    )"""
# What begins with one letter is looked for at the speed of memory. Empty lines are passed over, and so is most prose.
_NEXT = re.compile(rf"\n(?=[^a-z\n])(?![A-Z][a-z]){_KINDS}", re.VERBOSE)
# The same for texts with CR, which are rare.
_NEXT_WITH_CR = on_use(rf"(?:\r\n?+|\n)(?!\Z){_KINDS}", re.VERBOSE)
_LINE_END = re.compile(r"\r\n?|\n")
_LARGEST_UNSIGNED = 0xFFFF_FFFF
_BY_WORDS = bytes((BLANK, PROSE)).ljust(256)
_KIND_OF_INDEX = {i: ord(name) for name, i in _NEXT.groupindex.items()}


@attrs.frozen
class Lines:
    """The lines of a text.

    Attributes:
        text: The text.
        starts: Where each line starts, and last the text's length.
        kinds: One byte a line.
        longest: No line has more characters, its end included.
    """

    text: str
    starts: array[int]
    kinds: bytearray
    longest: int

    def __len__(self) -> int:
        return len(self.kinds)

    def at(self, offset: int) -> int:
        """The line that a character is of."""
        return bisect_right(self.starts, offset, 0, len(self.kinds)) - 1

    def end(self, line: int) -> int:
        """Where the words of a line end: before its trailing blanks and line end."""
        start = self.starts[line]
        return start + len(self.text[start : self.starts[line + 1]].rstrip())

    def mark(self, found: Iterable[Found]) -> None:
        """Note the lines that artefacts fill."""
        for start, end, _ in found:
            line = bisect_left(self.starts, start)
            while line < len(self.kinds) and self.starts[line + 1] <= end:
                self.kinds[line] = ARTEFACT
                line += 1

    def split(self, places: Sequence[tuple[int, int]]) -> None:
        """Begin lines in the middle of others: paragraphs that stand in them.

        Args:
            places: The line and the offset of each, in order.
        """
        starts, kinds = array(self.starts.typecode), bytearray()
        after = 0
        for line, at in places:
            starts += self.starts[after : line + 1]
            kinds += self.kinds[after : line + 1]
            starts.append(at)
            kinds.append(NUMBER)
            after = line + 1
        self.starts[:after] = starts
        self.kinds[:after] = kinds

    def words(self, line: int, most: int = 400) -> str:
        """The words of a line without the blanks around them; of a very long line only the beginning."""
        start, end = self.starts[line], self.starts[line + 1]
        return self.text[start : min(end, start + most)].strip()


def scan(text: str) -> Lines:
    r"""The lines of a text, classified one by one, in one pass.

    Example:
        >>> scan("1. Talks\r\nwent on.\n \n").kinds
        bytearray(b'npb')
    """
    starts = array("Q" if len(text) > _LARGEST_UNSIGNED else "I", [0])
    with_cr = "\r" in text
    if with_cr:
        starts.extend(match.end() for match in _LINE_END.finditer(text))
        if starts[-1] < len(text):
            starts.append(len(text))
        kinds = bytearray([PROSE]) * (len(starts) - 1)
        longest = max(map(sub, starts[1:], starts), default=0)
    else:
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        lengths = list(map(len, lines))
        kinds = bytearray(map(bool, lengths)).translate(_BY_WORDS)
        longest = max(lengths, default=0) + 1
        starts.extend(accumulate(map(add, lengths, repeat(1))))
        starts[-1] = len(text)  # the last line may have no end
    following = _NEXT_WITH_CR if with_cr else _NEXT
    first = following.match(f"\n{text}")
    if first and kinds:
        kinds[0] = _KIND_OF_INDEX[first.lastindex or 0]
    line, kind_of, find = 0, _KIND_OF_INDEX, bisect_right
    for match in following.finditer(text):
        line = find(starts, match.start(), line)
        kinds[line] = kind_of[match.lastindex or 0]
    return Lines(text, starts, kinds, longest)
