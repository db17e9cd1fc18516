"""Paragraphs that begin in the middle of a line, where a container has taken out the line ends (field notes §3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.lines import BLANKS, NUMBER, NUMBER_PATTERN, PROSE
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.lines import Lines

# No wrapped line is as long (measured: 65 to 70 columns).
_UNWRAPPED = 200
_LEVELS = "|".join(row["spelling"] for row in rows("mark_levels") if " " not in row["spelling"])
# Behind the end of a sentence, a number with its paragraph sign or its mark; `(C)` alone is often a reference's.
_INSIDE = on_use(
    rf"(?<=[.!?:)\]\"”'’\-][ \t\xa0])[ \t\xa0]{{0,4}}"
    rf"(?P<start>¶?(?P<number>\d{{1,3}})\.(?!\d)(?:(?<=¶\d\.)|(?<=¶\d\d\.)|(?=[ ]{{0,3}}\((?:{_LEVELS})[)/ -])))"
)
_FIRST = re.compile(BLANKS + NUMBER_PATTERN)


def split_paragraphs(lines: Lines, first: int) -> None:
    """Begin a line at each paragraph that stands inside a long one and goes on with its numbers.

    Args:
        lines: The lines of the part; changed.
        first: The line at which the text begins.
    """
    if lines.longest < _UNWRAPPED:
        return
    starts = lines.starts
    places: list[tuple[int, int]] = []
    for line in range(first, len(lines)):
        if starts[line + 1] - starts[line] >= _UNWRAPPED and lines.kinds[line] in (NUMBER, PROSE):
            places += ((line, at) for at in _inside(lines, line))
    lines.split(places)


def _inside(lines: Lines, line: int) -> list[int]:
    """Where paragraphs begin inside a line: at each number that is the next one."""
    text, start, end = lines.text, lines.starts[line], lines.starts[line + 1]
    own = _FIRST.match(text, start, end)
    last = int(own[1]) if own else 0
    found = []
    for match in _INSIDE.finditer(text, start, end):
        number = int(match["number"])
        if number == last + 1:
            found.append(match.start("start"))
            last = number
    return found
