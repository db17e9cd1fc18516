"""The text of a telegram: numbered paragraphs, headings, and what interrupts them (field notes §3 and §4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import compress
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.blocks import ArtefactKind, BlockKind
from cableformat.telegram.head import Head
from cableformat.telegram.headings import Headings
from cableformat.telegram.lines import ARTEFACT, BLANK, BLANKS, MARKING, NUMBER, NUMBER_PATTERN, RELAY, RULE
from cableformat.telegram.portion_marks import portion_mark
from cableformat.telegram.tiling import Tiling

if TYPE_CHECKING:
    from cableformat.telegram.lines import Lines

_NUMBER = on_use(BLANKS + NUMBER_PATTERN)
_NUMBER_AND_BLANKS = on_use(f"(?:{BLANKS}{NUMBER_PATTERN})?{BLANKS}")
_MARKED = on_use(r"[^\S\r\n]*+\([ ]?[A-Za-z]{1,4}[ ]?(?:[/)]|[ ][A-Za-z])|[^\S\r\n]*+[A-Z]{1,4}\)")
_SECTION = re.compile(r"SECTION[ ]\d{1,2}[ ]OF[ ]\d", re.IGNORECASE)
_LIST_ITEM = on_use(r"[^\S\r\n]*+(?:[-–—•*o]{1,3}[ ]|--|\(?[A-Za-z0-9]{1,2}[.)][ ])")
# Over the kinds of lines: what may end a run of prose.
_STOPS = re.compile(rb"[mtnba]")
_NUMBERED = rb"n(?:[pkes]++(?=[ba]|\Z))?+"
# Numbered paragraphs that have nothing but blank lines between them; all but the first of these lines.
_RUN = re.compile(_NUMBERED + rb"(?:b++" + _NUMBERED + rb")*+")
_MORE_BLANKS = re.compile(rb"(?<=b)b")
_IS_CUT = bytes(kind in (NUMBER, BLANK) for kind in range(256))
_FULL_STOPS = '.:)"'
# Reading a member from its class costs more than what is done with it.
_PARAGRAPH = BlockKind.PARAGRAPH
_CLOSING = tuple(')"”’')
# A wrapped line is at least this long; a shorter one was ended on purpose (measured: 65 to 70 columns).
_WRAPPED = 45
_MOST_ADDRESSES = 300


class Body:
    """Reads the text from one line to another, and cuts its blocks.

    Args:
        lines: The lines of the part.
        tiling: Takes the cuts and artefacts.
        stop: The line before which the text ends.
    """

    def __init__(self, lines: Lines, tiling: Tiling, stop: int) -> None:
        self._lines = lines
        self._tiling = tiling
        self._stop = stop
        self._open: int | None = None
        # The line that bears the last number; the number itself is read when it matters.
        self._numbered: int | None = None
        self._is_numbered = False
        self._last = -1
        self._after_heading = False

    def read(self, first: int) -> None:
        """Cut the blocks from line `first` on."""
        lines, kinds = self._lines, self._lines.kinds
        headings = Headings(lines, self._stop, self._number_of)
        self._last = first - 1
        line = end = first
        while line < self._stop:
            kind = kinds[line]
            if kind in (BLANK, ARTEFACT):
                line += 1
                continue
            if kind in (MARKING, RELAY):
                after = self._repeated_header(line)
                if after > line:
                    line = after
                    continue
            has_gap = line > self._last + 1 or self._open is None
            if kind == NUMBER and (has_gap or self._accepts(line)):
                line = self._run(line)
                continue
            if line >= end:
                end = self._run_end(line)
            line = self._prose(line, end, headings, has_gap=has_gap)
        self._close()
        self._tiling.gap(self._last + 1, self._stop)

    def _number_of(self, line: int) -> int | None:
        match = _NUMBER.match(self._lines.text, self._lines.starts[line])
        return int(match.group(1)) if match else None

    def _accepts(self, line: int) -> bool:
        """Whether a number at the start of a line with no gap before it begins a paragraph, and is no word of one."""
        last = 0 if self._numbered is None else self._number_of(self._numbered) or 0
        match = _NUMBER.match(self._lines.text, self._lines.starts[line])
        return match is not None and (
            int(match.group(1)) == last + 1 or _MARKED.match(self._lines.text, match.end()) is not None
        )

    def _run_end(self, line: int) -> int:
        """Where the lines of prose from `line` on end: before a gap, the next paragraph or a repeated header."""
        kinds = self._lines.kinds
        for match in _STOPS.finditer(kinds, line + 1, self._stop):
            at = match.start()
            kind = kinds[at]
            if kind in (BLANK, ARTEFACT):
                return at
            if kind in (MARKING, RELAY) and (kind == RELAY or self._is_section(at)):
                return at
            if kind == NUMBER and (kinds[at - 1] == RULE or self._accepts(at)):
                return at
        return self._stop

    def _run(self, first: int) -> int:
        """Numbered paragraphs one after the other, of which the first begins in a line; the line after them."""
        lines, kinds = self._lines, self._lines.kinds
        found = _RUN.match(kinds, first, self._stop)
        end = found.end() if found else first + 1
        self._begin(first)
        run = _MORE_BLANKS.sub(b"p", kinds[first:end])
        # Where the paragraphs and the gaps between them begin, by turns.
        cuts = list(compress(lines.starts[first:end], run.translate(_IS_CUT)))
        for gap in self._unfinished(cuts[1::2]):
            self._last = bisect_left(lines.starts, gap, first, end) - 1
            self._open = kinds.rfind(NUMBER, first, self._last + 1)
            if self._is_cut(self._last):
                self._flag_end()
        self._tiling.gaps_and_paragraphs(cuts[1:])
        self._last = end - 1
        self._open = self._numbered = kinds.rfind(NUMBER, first, end)
        self._is_numbered = True
        return end

    def _unfinished(self, ends: list[int]) -> list[int]:
        """Those of the ends of some paragraphs that no full stop and line feed stand before."""
        text = self._lines.text
        return [end for end in ends if text[end - 2] not in _FULL_STOPS or text[end - 1] != "\n"]

    def _begin(self, line: int) -> None:
        """Open a paragraph."""
        self._close()
        self._tiling.gap(self._last + 1, line)
        self._tiling.cut(self._lines.starts[line], _PARAGRAPH)
        self._open = self._last = line

    def _close(self) -> None:
        """Close the open paragraph."""
        if self._open is not None and self._is_cut(self._last):
            self._flag_end()
        self._open = None

    def _flag_end(self) -> None:
        """Flag the end of the open paragraph, whose last line ends inside a sentence (the seed's paragraph 13)."""
        lines, last, first = self._lines, self._last, self._open
        start, end = lines.starts[last], lines.end(last)
        if end - start < _WRAPPED and not (first != last and self._is_wide(last - 1)):
            return
        if last == first:
            # The paragraph's own number and mark are no bullet of a list.
            number = _NUMBER_AND_BLANKS.match(lines.text, start)
            start = number.end() if number else start
            mark = portion_mark(lines.text, start)
            start = mark[1] if mark else start
        if not _LIST_ITEM.match(lines.text, start):
            self._tiling.note(end, end, ArtefactKind.BROKEN_END)

    def _is_wide(self, line: int) -> bool:
        return self._lines.starts[line + 1] - self._lines.starts[line] >= _WRAPPED

    def _is_cut(self, line: int) -> bool:
        """Whether the line ends inside a sentence: with a letter, digit or comma."""
        lines = self._lines
        text, end = lines.text, lines.starts[line + 1]
        last = text[end - 2 : end - 1]
        # Most lines end in a letter or a full stop and a line feed.
        if not last or last.isspace() or text[end - 1] != "\n":
            last = text[lines.starts[line] : end].rstrip()[-1:]
        return (last.isalnum() or last == ",") and lines.kinds[line] != RULE

    def _prose(self, line: int, end: int, headings: Headings, *, has_gap: bool) -> int:
        """Lines of prose: a heading, the rest of the open paragraph, or an unnumbered one; the line after them."""
        is_sentence_cut = self._open is not None and self._is_interrupted(line)
        heading = headings.at(line, end, is_boundary=has_gap, is_sentence_cut=is_sentence_cut)
        if heading is None:
            if self._open is None or (has_gap and not self._goes_on(line, is_sentence_cut=is_sentence_cut)):
                self._begin(line)
                self._is_numbered = False
            elif has_gap:
                self._bridge(line, is_sentence_cut=is_sentence_cut)
            self._last = headings.last_line(line, end) - 1
            return self._last + 1
        self._close()
        self._tiling.gap(self._last + 1, line)
        for at in range(line, heading.end):
            is_rule = self._lines.kinds[at] == RULE
            if at == line or is_rule or at == heading.first:
                self._tiling.cut(self._lines.starts[at], BlockKind.RULE if is_rule else BlockKind.HEADING)
        self._last = heading.end - 1
        self._is_numbered = False
        return heading.end

    def _goes_on(self, line: int, *, is_sentence_cut: bool) -> bool:
        """Whether the open paragraph goes on behind a gap."""
        if self._is_numbered or is_sentence_cut or self._lines.kinds.find(BLANK, self._last + 1, line) < 0:
            return True
        return self._has_artefact(line) and self._is_cut(self._last)

    def _has_artefact(self, line: int) -> bool:
        return self._lines.kinds.find(ARTEFACT, self._last + 1, line) >= 0

    def _is_interrupted(self, line: int) -> bool:
        """Whether the gap before `line` stands inside a sentence."""
        lines = self._lines
        if line <= self._last + 1:
            return False
        if not self._is_cut(self._last):
            # Behind a bracket or quotation mark only small letters tell that the sentence goes on.
            end = lines.end(self._last)
            return lines.text[end - 1 : end] in _CLOSING and lines.words(line, 80)[:1].islower()
        if _LIST_ITEM.match(lines.text, lines.starts[line]):
            return False
        first = lines.words(line, 80)[:1]
        return self._is_wide(self._last) or (first.islower() and bool(first))

    def _bridge(self, line: int, *, is_sentence_cut: bool) -> None:
        """Note the blank lines before `line` as an interruption, where they are no end of a sub-paragraph."""
        if not is_sentence_cut and not self._has_artefact(line):
            return
        lines, at = self._lines, self._last + 1
        while at < line:
            first, kind = at, lines.kinds[at]
            while at < line and (lines.kinds[at] == BLANK) is (kind == BLANK):
                at += 1
            if kind == BLANK:
                self._tiling.note(lines.starts[first], lines.starts[at], ArtefactKind.INTERRUPTION)

    def _is_section(self, line: int) -> bool:
        start = self._lines.starts[line]
        return _SECTION.search(self._lines.text, start, min(start + 100, self._lines.starts[line + 1])) is not None

    def _repeated_header(self, line: int) -> int:
        """The line after a later section's header, which is marked as an artefact; `line` itself if it is none."""
        lines, marking = self._lines, line
        if lines.kinds[line] == RELAY:
            most = min(line + _MOST_ADDRESSES, self._stop)
            marking = max(line, lines.kinds.find(MARKING, line, most))
        if lines.kinds[marking] != MARKING or not self._is_section(marking):
            return line
        scratch = Tiling(lines, [])
        end = min(Head(lines, scratch, is_repeated=True).read(marking), self._stop)
        while end > marking + 1 and lines.kinds[end - 1] == BLANK:
            end -= 1
        self._tiling.note(lines.starts[line], lines.starts[end], ArtefactKind.REPEATED_HEADER)
        for at in range(line, end):
            lines.kinds[at] = ARTEFACT
        return end
