"""Passages: summary, comment, note and quoted text, told by their delimiters (field notes §3)."""

from __future__ import annotations

import bisect
import functools
import re
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.delimiters import WORDS, Role, delimiters, kind_of
from cableformat.telegram.lazy import lazy
from cableformat.telegram.line_ends import unescaped
from cableformat.telegram.portion_marks import portion_mark
from cableformat.telegram.running_text import without
from cableformat.telegram.values import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cableformat.telegram.blocks import Block
    from cableformat.telegram.delimiters import Delimiter
    from cableformat.text import Span

_NUMBER = r"[^\S\r\n]*+¶?\d{1,3}\.(?!\d)[^\S\r\n]*+"
_BEGINS_LINE = on_use(rf"(?:\A|[\r\n]){_NUMBER}(?:\([^()\r\n]{{1,12}}\)[^\S\r\n]*+)?\Z")
_BARE_LABEL = on_use(rf"{_NUMBER}(?:\([^()\r\n]{{1,12}}\)[^\S\r\n]*+)?SUMMARY\b[\s:.–—-]*+", re.IGNORECASE)
_HEADED = on_use(rf"({WORDS})\b", re.IGNORECASE)
# `Introduction and Summary`.
_ALSO_SUMMARY = re.compile(r"(?:\bAND|&|/)[ ]?SUMMARY\Z", re.IGNORECASE)
_SPACED_OUT = re.compile(r"(?:[A-Z][ ]){3,20}[A-Z]")
_BEFORE_LABEL = on_use(r"(?:^|[\r\n.!?)\"”]|-{2})[^\S\r\n]*+\Z")
_NUMBERED = re.compile(_NUMBER)
_INLINE_RULE = re.compile(r"-{5,}+")
_LINE = re.compile(r"[^\r\n]+")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*+(?=[\r\n])")
_DASHES = "-=_*–—‐ "
_DASHES_AT_END = re.compile(r"\s+-{2,}\Z")
_WINDOW = 24
_BEGINNING = 4000
# Reading a member from its class costs more than the loop that compares it.
_PARAGRAPH, _HEADING, _EMBEDDED = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.EMBEDDED


@attrs.frozen
class Passage:
    """A run of the text with a purpose of its own.

    Attributes:
        kind: `summary`, `comment`, `note`, `text`, `action_request`, ... (vocabulary/passages.csv).
        value: Its words, one line of them a line, without paragraph numbers, portion marks, blank lines and artefacts.
        raw: The words, exactly, between the delimiters.
        where: Where they stand.
    """

    kind: str
    value: str
    raw: str
    where: Span


class _Open(NamedTuple):
    kind: str
    start: int
    is_bracketed: bool
    is_heading: bool = False


class _Reader:
    """Collects the passages of one text.

    Args:
        region: From the first block of the text to the last.
        text: The region's text.
        paragraphs: The paragraph blocks in it, as offsets into the region's text.
        headings: The heading blocks, likewise.
    """

    def __init__(
        self, region: Region, text: str, paragraphs: Sequence[tuple[int, int]], headings: Sequence[tuple[int, int]]
    ) -> None:
        self._region = region
        self._text = text
        self._paragraphs = paragraphs
        self._headings = headings
        self._open: dict[str, _Open] = {}
        self._found: list[Passage] = []
        self._has_summary = False

    @functools.cached_property
    def _in_capitals(self) -> bool:
        return self._text[:_BEGINNING].isupper()

    def read(self, marks: Iterable[Delimiter]) -> tuple[Passage, ...]:
        """The passages that some delimiters make, in order of their beginning."""
        text = self._text
        next_paragraph = next_heading = 0
        paragraphs, headings = self._paragraphs, self._headings
        for delimiter in marks:
            at = delimiter.start
            while next_heading < len(headings) and headings[next_heading][0] <= at:
                self._heading(*headings[next_heading])
                next_heading += 1
            while next_paragraph < len(paragraphs) and paragraphs[next_paragraph][1] <= at:
                self._end_of_paragraph(*paragraphs[next_paragraph])
                next_paragraph += 1
            if delimiter.role is Role.END:
                self._end(delimiter.kind, at)
            elif delimiter.role is not Role.LABEL or (self._is_label(delimiter) and not self._is_heading(delimiter)):
                self._begin(delimiter.kind, delimiter.end, is_bracketed=delimiter.role is Role.BRACKET)
        for heading in headings[next_heading:]:
            self._heading(*heading)
        for paragraph in paragraphs[next_paragraph:]:
            if not self._open:
                break
            self._end_of_paragraph(*paragraph)
        for opened in tuple(self._open.values()):
            self._add_unclosed(opened, self._paragraphs[-1][1] if self._paragraphs else len(text))
        return tuple(sorted(self._found, key=lambda passage: (passage.where.start, passage.where.end)))

    def _is_label(self, label: Delimiter) -> bool:
        """Whether a word with a colon or full stop is a label: at the start of a line or sentence."""
        at = label.start
        before = self._text[max(0, at - _WINDOW) : at]
        begins_line = _BEGINS_LINE.search(before)
        if begins_line or (at <= _WINDOW and not before.strip()):
            return True
        # In the middle of a text only a colon, or capitals before a full stop, make a label of the word.
        if not _BEFORE_LABEL.search(before):
            return False
        words = self._text[at : label.end]
        return words.endswith(":") or (words.isupper() and not self._in_capitals)

    def _is_heading(self, label: Delimiter) -> bool:
        """Whether a label is the heading's own that opened the passage: `SUMMARY:` above dashes."""
        opened = self._open.get(label.kind)
        return opened is not None and opened.is_heading and label.end <= opened.start

    def _begin(self, kind: str, at: int, *, is_bracketed: bool) -> None:
        self._open[kind] = _Open(kind, at, is_bracketed)

    def _end(self, kind: str, at: int) -> None:
        opened = self._open.pop(kind, None)
        if opened is not None:
            self._add(kind, opened.start, at)
        elif kind == "summary" and self._paragraphs and not self._has_summary:
            # Only its end is marked: it began with the text, perhaps with a label that lacks its colon.
            start = self._paragraphs[0][0]
            label = _BARE_LABEL.match(self._text, start, at)
            self._add(kind, label.end() if label else start, at)

    def _heading(self, start: int, end: int) -> None:
        """A heading ends what no delimiter closes, and may open a passage itself."""
        for kind in tuple(self._open):
            self._add_unclosed(self._open.pop(kind), start)
        words = self._text[start:end].strip(" \t\r\n-:.=*")
        mark = portion_mark(words)
        words = words[mark[1] :].strip() if mark else words
        if _SPACED_OUT.fullmatch(words):
            words = words.replace(" ", "")
        match = _HEADED.match(words)
        is_summary = _ALSO_SUMMARY.search(words) is not None
        if match or is_summary:
            kind = "summary" if match is None or is_summary else kind_of(match[1])
            self._open[kind] = _Open(kind, end, is_bracketed=False, is_heading=True)

    def _end_of_paragraph(self, start: int, end: int) -> None:
        """A note in brackets ends with its bracket if nothing says where it ends."""
        for kind, opened in tuple(self._open.items()):
            if opened.is_bracketed and start <= opened.start < end:
                close = self._text.find(")", opened.start, end)
                self._add(kind, opened.start, close if close >= 0 else end)
                del self._open[kind]

    def _add_unclosed(self, opened: _Open, limit: int) -> None:
        """What nothing closes: under a heading all up to the next, behind a label the rest of the sub-paragraph."""
        end = limit
        if not opened.is_heading:
            at = bisect.bisect_right(self._paragraphs, opened.start, key=lambda paragraph: paragraph[0]) - 1
            end = min(limit, self._paragraphs[at][1]) if at >= 0 else limit
            end = self._blank_line(opened.start, end)
            if 0 <= at < len(self._paragraphs) - 1 and not self._text[opened.start : end].strip():
                # A label in a line of its own: what it names is the next paragraph.
                start, end = self._paragraphs[at + 1]
                end = self._blank_line(start, min(limit, end))
        self._add(opened.kind, opened.start, end)

    def _blank_line(self, start: int, limit: int) -> int:
        """The first blank line that is no interruption, or the limit."""
        artefacts, base = self._region.artefacts, self._region.start
        for match in _BLANK_LINE.finditer(self._text, start, limit):
            at = bisect.bisect_right(artefacts, match.end() + base, key=lambda span: span.start) - 1
            if at < 0 or artefacts[at].end <= match.start() + base:
                return match.start()
        return limit

    def _add(self, kind: str, start: int, end: int) -> None:
        text = self._text
        rule = _INLINE_RULE.search(text, start, end)
        if rule and text[max(0, rule.start() - 1)] not in "\r\n" and rule.start() > start:
            end = rule.start()
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] == "("):
            end -= 1
        dashes = _DASHES_AT_END.search(text, max(start, end - _WINDOW), end)
        end = dashes.start() if dashes else end
        if start < end:
            region = self._region
            self._has_summary = self._has_summary or kind == "summary"
            self._found.append(Passage(kind, self._value(start, end), region.raw(start, end), region.span(start, end)))

    def _value(self, start: int, end: int) -> str:
        """The words line by line, without what is not of the message."""
        base = self._region.start + start
        inside = self._region.within(start, end).artefacts
        raw = without(self._region.raw(start, end), ((a.start - base, a.end - base) for a in inside))
        lines: list[str] = []
        for line in _LINE.findall(unescaped(raw)):
            at = _number_end(line)
            mark = portion_mark(line, at) if at or not lines else None
            words = line[mark[1] if mark else at :].strip()
            if words and words.strip(_DASHES):
                lines.append(words)
        return "\n".join(lines)


def _number_end(line: str) -> int:
    match = _NUMBERED.match(line)
    return match.end() if match else 0


def passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a telegram's text, in order: those of each part's paragraphs and headings.

    Args:
        blocks: The blocks that tile its parts.
    """
    words: list[Block] = []
    hidden: dict[str, list[Span]] = {}
    for block in blocks:
        kind = block.kind
        if kind is _PARAGRAPH or kind is _HEADING:
            words.append(block)
        if kind is _EMBEDDED:
            hidden.setdefault(block.part.id, []).append(block.where)
        elif block.artefacts:
            hidden.setdefault(block.part.id, []).extend(artefact.where for artefact in block.artefacts)
    found: list[Passage] = []
    for part, group in groupby(words, key=attrgetter("part")):
        here = list(group)
        first, end = here[0].start, here[-1].end
        masked = tuple(where for where in hidden.get(part.id, ()) if first <= where.start < where.end <= end)
        found += _read(Region(part, first, end, masked), here)
    return tuple(found)


def _read(region: Region, words: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a text, of which some blocks are the paragraphs and headings."""
    text, first = region.text, region.start
    marks = delimiters(text)
    mark = next(marks, None)
    headings = [(block.start - first, block.end - first) for block in words if block.kind is _HEADING]
    if mark is None and not headings:
        return ()
    paragraphs = [(block.start - first, block.end - first) for block in words if block.kind is _PARAGRAPH]
    return _Reader(region, text, paragraphs, headings).read(chain((mark,) if mark else (), marks))


class Passages:
    """The passages of a telegram, read when they are first asked for.

    Its paragraphs have this, and not the telegram: it would hold them, and they it, and neither would go before Python
    looks for such circles.

    Args:
        blocks: The blocks that tile the telegram's parts.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    @lazy
    def all(self) -> tuple[Passage, ...]:
        """All of them, in order of the text."""
        return passages(self._blocks)

    @lazy
    def _of_part(self) -> dict[str, tuple[Passage, ...]]:
        return {part: tuple(found) for part, found in groupby(self.all, key=lambda passage: passage.where.part)}

    def within(self, where: Span) -> tuple[Passage, ...]:
        """Those that begin in a span."""
        here = self._of_part.get(where.part, ())
        first, after = (bisect.bisect_left(here, at, key=lambda p: p.where.start) for at in (where.start, where.end))
        return here[first:after]
