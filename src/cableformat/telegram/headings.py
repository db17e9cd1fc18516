"""Headings: between or above lines of dashes, or floating between blank lines (field notes §3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat.patterns import on_use
from cableformat.telegram.lines import ARTEFACT, BLANK, NUMBER, RULE
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from cableformat.telegram.lines import Lines

_LONGEST = 90
_LONGEST_FLOATING = 72
_MOST_LINES = 3
_SENTENCE_ENDS = '.!?")”'
_COLUMNS = re.compile(r"\S {3,}\S|\t")
_ENDS_SENTENCE = re.compile(r"[.;:,]\Z|\bEND\b", re.IGNORECASE)
_WORDS = on_use("(?:" + "|".join(sorted({row["words"] for row in rows("passages")})) + r")\b", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading by its lines.

    Attributes:
        first: The first line of its words; dashes may stand above.
        end: One past its last line, the dashes under it included.
    """

    first: int
    end: int


class Headings:
    """Finds headings in the text.

    Args:
        lines: The lines of the part.
        stop: The line before which the text ends.
        number_of: Gives the paragraph number with which a line begins, or None.
    """

    def __init__(self, lines: Lines, stop: int, number_of: Callable[[int], int | None]) -> None:
        self._lines = lines
        self._stop = stop
        self._number_of = number_of

    def at(self, line: int, end: int, *, is_boundary: bool, is_sentence_cut: bool) -> Heading | None:
        """The heading with which a run of prose from `line` to `end` begins, if it does.

        Args:
            line: The first line of the run.
            end: One past its last.
            is_boundary: Whether a gap, or nothing, stands before the run.
            is_sentence_cut: Whether the text before it stops inside a sentence.
        """
        kinds = self._lines.kinds
        first = line
        while first < end and kinds[first] == RULE:
            first += 1
        last = first
        while last < end and last - first <= _MOST_LINES and kinds[last] != RULE:
            last += 1
        if last == first or last - first > _MOST_LINES:
            return None
        after = last
        while after < end and kinds[after] == RULE:
            after += 1
        is_closed = after > last
        is_opened = first > line
        if not self._is_short(first, last, _LONGEST):
            return None
        if is_closed and (is_opened or is_boundary) and self._is_free(first, after, end):
            return Heading(first, after)
        if is_opened and after == end and self._leads_to_number(end):
            return Heading(first, after)
        if is_closed or is_opened or not is_boundary or is_sentence_cut or last < end or last - first > 1:
            return None
        return Heading(first, last) if self._floats(first, last) else None

    def last_line(self, line: int, end: int) -> int:
        """Where the prose of a run ends: before an underlined heading at its foot, if there is one."""
        kinds = self._lines.kinds
        heading = end - 2
        if heading <= line or kinds[end - 1] != RULE or kinds[heading] == RULE:
            return end
        above = self._lines.end(heading - 1)
        is_heading = (
            self._is_short(heading, end - 1, _LONGEST_FLOATING)
            and self._lines.text[above - 1] in _SENTENCE_ENDS
            and self._leads_to_number(end)
        )
        return heading if is_heading else end

    def _is_short(self, first: int, last: int, longest: int) -> bool:
        starts = self._lines.starts
        return all(starts[at + 1] - starts[at] <= longest for at in range(first, last))

    def _is_free(self, first: int, after: int, end: int) -> bool:
        """Whether what stands over a rule is a heading and no row of a table."""
        if after < end and any(_COLUMNS.search(self._lines.words(at)) for at in range(first, after)):
            return False
        return self._lines.kinds[first] != NUMBER or self._lines.words(first)[-1:] != "."

    def _leads_to_number(self, line: int) -> bool:
        """Whether the next line with words begins a numbered paragraph."""
        kinds = self._lines.kinds
        while line < self._stop and kinds[line] in (BLANK, ARTEFACT):
            line += 1
        return line < self._stop and kinds[line] == NUMBER and self._number_of(line) is not None

    def _floats(self, first: int, last: int) -> bool:
        """Whether a line alone is a heading, without any dashes."""
        words = self._lines.words(first)
        if not self._is_short(first, last, _LONGEST_FLOATING) or _ENDS_SENTENCE.search(words):
            return False
        begin = words.lstrip("\"'“‘(")[:1]
        if not (begin.isupper() or begin.isdigit()):
            return False
        return self._leads_to_number(last) or (last < self._stop and _WORDS.fullmatch(words) is not None)
