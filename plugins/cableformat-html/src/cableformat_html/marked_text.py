"""The text of a telegram with mark-up inside it that takes nothing from it and adds nothing: its words stay exact.

Readable and verbatim are the same text in two styles: line ends are collapsed by style alone.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

import attrs

from cableformat import Span
from cableformat.telegram import ArtefactKind, BlockKind
from cableformat_html.guide import Guide, entry, opening
from cableformat_html.visible_text import escape, exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cableformat import Cable, Part
    from cableformat.telegram import Block, Paragraph

MOST_ENTRIES = 400
"""Entries of the contents; a longer text is no easier to find one's way in with more."""

_FIRST_WORDS = 64
_LEAD = re.compile(r"[^\S\r\n]*+(?P<number>¶?[^\S\r\n]*+\d{1,3}\.)?[^\S\r\n]*+(?P<mark>\([^()\r\n]{1,60}\))?")
_LABEL = re.compile(r"[^\S\r\n]*+(?P<label>[A-Za-z][A-Za-z0-9.() /-]{1,30}?):")
_BREAKS = re.compile(r"(?:\r\n?|\n)(?:[^\S\r\n]*+(?:\r\n?|\n))*+[^\S\r\n]*+")
_LINE_END = re.compile(r"\r\n?|\n")
_ITEM = re.compile(r"--|[-–—•*][^\S\r\n]|\(?[A-Za-z][.)][^\S\r\n]")
_COLUMNS = re.compile(r"[^\s]   +[^\s]")
_REDACTED = re.compile(r"(?<![A-Za-z])(?:X{4,}+|x{4,}+)(?![A-Za-z])|[\u2588\u25a0]{2,}+")
_CODES = re.compile(r"(?<![A-Z0-9])[A-Z]{1,8}(?:-\d)?(?![A-Z0-9])")
_STOPS = '.:;)?!"”'
_IS_TABLE = 2
_LABELLED = frozenset(
    {
        BlockKind.EXECUTIVE_ORDER,
        BlockKind.TAGS,
        BlockKind.SUBJECT,
        BlockKind.REFERENCE,
        BlockKind.AUTHORITY,
    }
)
_CODED: dict[BlockKind, tuple[str, ...]] = {
    BlockKind.TRANSMISSION: ("precedence", "route", "signal", "post"),
    BlockKind.CLOSING: ("downgrading", "signal"),
    BlockKind.EXECUTIVE_ORDER: ("downgrading",),
}
"""In which lines single words are codes, and of which kinds of terms."""


@attrs.frozen
class Entry:
    """An entry of the contents: where it leads, what it says, whether it is a heading, and a paragraph's number."""

    anchor: str
    words: str
    is_heading: bool = False
    number: int | None = None


@attrs.frozen(order=True)
class _Inline:
    """Mark-up around a run of a part; of two that overlap the one that was found first stays."""

    start: int
    rank: int
    end: int
    opening: str = attrs.field(order=False)
    closing: str = attrs.field(order=False, default="</span>")


@attrs.define
class MarkedText:
    """The text of one cable as HTML, and what was met while it was written.

    Attributes:
        cable: The cable.
        guide: Where the terms that occur are collected.
        target: Gives the address of a cable that is referred to, or None.
        contents: Headings and paragraphs.
        anchors: For each part its anchors, in order: where one begins, and its name.
    """

    cable: Cable
    guide: Guide
    target: Callable[[str], str | None]
    contents: list[Entry] = attrs.field(factory=list)
    anchors: dict[str, list[tuple[int, str]]] = attrs.field(factory=dict)
    _blocks: dict[str, list[Block]] = attrs.field(factory=dict)
    _inlines: dict[str, list[_Inline]] = attrs.field(factory=dict)
    _paragraphs: dict[tuple[str, int], Paragraph] = attrs.field(factory=dict)
    _numbers: dict[str, int] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for block in self.cable.telegram.blocks:
            self._blocks.setdefault(block.part.id, []).append(block)
        for paragraph in self.cable.telegram.paragraphs:
            self._paragraphs[paragraph.where.part, paragraph.where.start] = paragraph
        self._values()
        self._annotations()
        for inlines in self._inlines.values():
            inlines.sort(reverse=True)

    def part(self, part: Part) -> str:
        """The HTML of a part: its text, exactly, in blocks."""
        return "".join(self._block(block) for block in self._blocks.get(part.id, ()))

    def anchor_at(self, where: Span) -> str | None:
        """The anchor of the block that a span begins in, or of the last one before it."""
        known = self.anchors.get(where.part, [])
        at = bisect.bisect_right(known, where.start, key=lambda pair: pair[0])
        return known[at - 1][1] if at else None

    def _add(self, where: Span | str, opened: str, closed: str = "</a>", rank: int = 0) -> None:
        if isinstance(where, Span):
            inline = _Inline(where.start, rank, where.end, opened, closed)
            self._inlines.setdefault(where.part, []).append(inline)

    def _term(self, kind: str, word: str, where: Span | str) -> bool:
        found = self.guide.meet(kind, word)
        if found is not None:
            self._add(where, opening(found))
        return found is not None

    def _values(self) -> None:
        """The values of the telegram that have a meaning to link to."""
        telegram = self.cable.telegram
        for kind, values in (("caption", telegram.captions), ("tag", telegram.tags), ("reason", telegram.reasons)):
            for value in values:
                self._term(kind, value.value, value.where)
        if telegram.classification is not None:
            self._term("classification", telegram.classification.value, telegram.classification.where)
        for reference in telegram.references:
            address = self.target(reference.value) if reference.kind == "CABLE" else None
            if address is not None:
                self._add(reference.where, f'<a class="reference" href="{escape(address)}">')

    def _annotations(self) -> None:
        for i, note in enumerate(self.cable.annotations):
            if note.start < note.end and not note.kind.startswith("structure."):
                self._add(note.where, f'<mark id="m{i + 1}">', "</mark>", rank=9)

    def _block(self, block: Block) -> str:
        kind = block.kind
        if kind is BlockKind.BLANK:
            return exact(block.text)
        inlines = [*self._of(block), *_artefacts(block, self.guide)]
        if kind is BlockKind.PARAGRAPH:
            return self._paragraph(block, inlines)
        if kind is BlockKind.HEADING:
            anchor = self._anchor("h", block)
            self._entry(Entry(anchor, " ".join(block.text.split()), is_heading=True))
            return f'<h3 id="{anchor}">{_inside(block, inlines)}</h3>'
        if kind in _LABELLED and (label := _LABEL.match(block.text)):
            met = self.guide.meet("line", kind.value)
            if met is not None:
                inlines.append(_link(block, label, "label", opening(met)))
        elif kind not in {BlockKind.RULE, BlockKind.ARTEFACT, BlockKind.VERBATIM}:
            self.guide.meet("line", kind.value)
        if kind in _CODED:
            inlines += self._codes(block)
        return f'<div class="{kind.value}">{_inside(block, inlines)}</div>'

    def _paragraph(self, block: Block, inlines: list[_Inline]) -> str:
        text = block.text
        paragraph = self._paragraphs.get((block.part.id, block.start))
        lead = _LEAD.match(text)
        number = paragraph.number if paragraph else None
        anchor = self._anchor("u" if number is None else f"p{number}", block)
        at = 0
        if lead and number is not None and lead["number"]:
            at = lead.end("number")
            self.guide.meet("line", "paragraph")
            inlines.append(_link(block, lead, "number", f'<a class="number" href="#{anchor}">'))
        if lead and lead["mark"] and paragraph and paragraph.mark:
            met = self.guide.meet("mark", lead["mark"])
            if met is not None:
                at = lead.end("mark")
                inlines.append(_link(block, lead, "mark", opening(met)))
        inlines += _redactions(block, self.guide)
        kinds = [passage.kind for passage in paragraph.passages] if paragraph else []
        is_table = sum(1 for _, _ in zip(range(_IS_TABLE), _COLUMNS.finditer(text), strict=False)) == _IS_TABLE
        if is_table:
            kinds.append("columns")
        else:
            inlines += _line_ends(block)
        self._entry(Entry(anchor, _first_words(text[at : at + 4 * _FIRST_WORDS]), number=number))
        named = f' class="{" ".join(dict.fromkeys(kinds))}"' if kinds else ""
        return f'<p id="{anchor}"{named}>{_inside(block, inlines)}</p>'

    def _of(self, block: Block) -> Iterator[_Inline]:
        """The mark-up of values inside a block; what reaches over its border is left out."""
        waiting = self._inlines.get(block.part.id, [])
        while waiting and waiting[-1].start < block.end:
            inline = waiting.pop()
            if block.start <= inline.start and inline.end <= block.end:
                yield inline

    def _codes(self, block: Block) -> Iterator[_Inline]:
        for match in _CODES.finditer(block.text):
            for kind in _CODED[block.kind]:
                known = entry(kind, match[0])
                if known is not None and known.term == match[0] and (met := self.guide.meet(kind, match[0])):
                    yield _Inline(block.start + match.start(), 2, block.start + match.end(), opening(met), "</a>")
                    break

    def _anchor(self, stem: str, block: Block) -> str:
        """A name for a block that no other has: `p4`; where a number comes twice, `p4-2`."""
        count = self._numbers[stem] = self._numbers.get(stem, 0) + 1
        name = f"{stem}{count}" if not stem[-1].isdigit() else stem if count == 1 else f"{stem}-{count}"
        self.anchors.setdefault(block.part.id, []).append((block.start, name))
        return name

    def _entry(self, entry: Entry) -> None:
        if len(self.contents) < MOST_ENTRIES:
            self.contents.append(entry)


def _link(block: Block, match: re.Match[str], group: str, opened: str) -> _Inline:
    """A link around a group of a match in a block's text."""
    return _Inline(block.start + match.start(group), 1, block.start + match.end(group), opened, "</a>")


def _first_words(text: str) -> str:
    """The beginning of a paragraph, on one line, without a cut word."""
    words = " ".join(text.split())
    return (
        words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rpartition(' ')[0] or words[:_FIRST_WORDS]} …"
    )


def _artefacts(block: Block, guide: Guide) -> Iterator[_Inline]:
    for artefact in block.artefacts:
        met = guide.meet("artefact", artefact.kind.value)
        words = escape(met.meaning if met else artefact.kind.value)
        where = artefact.where
        if artefact.kind in {ArtefactKind.BROKEN_END, ArtefactKind.INTERRUPTION}:
            # Their own characters are none, or blank: a sign of style stands for them.
            sign = f'<b class="sign {artefact.kind.value}" role="img" title="{words}" aria-label="{words}">'
            yield _Inline(where.start, 0, where.start, sign, "</b>")
        elif not (where.start == block.start and where.end == block.end):
            yield _Inline(where.start, 0, where.end, f'<span class="artefact" title="{words}">')


def _redactions(block: Block, guide: Guide) -> Iterator[_Inline]:
    for match in _REDACTED.finditer(block.text):
        met = guide.meet("redaction", "redaction")
        title = escape(met.meaning) if met else ""
        yield _Inline(
            block.start + match.start(), 3, block.start + match.end(), f'<span class="redacted" title="{title}">'
        )


def _line_ends(block: Block) -> Iterator[_Inline]:
    """The line ends that stay in the readable view: before an item of a list, and where a line is empty."""
    text, at = block.text, block.start
    interruptions = {a.where.start for a in block.artefacts if a.kind is ArtefactKind.INTERRUPTION}
    for match in _BREAKS.finditer(text):
        start, end = match.span()
        if end == len(text) or (interruptions and any(at + i in interruptions for i in range(start, end + 1))):
            continue
        ends = len(_LINE_END.findall(match[0]))
        if ends > 1:
            yield _Inline(at + start, 4, at + end, '<span class="gap">')
        elif _ITEM.match(text, end) and (text[end] in "-–—•*" or text[start - 1] in _STOPS):
            yield _Inline(at + start, 4, at + end, '<span class="line">')
        elif text[start - 1] == "-" and text[start - 2 : start - 1].isalpha() and text[end].isalpha():
            yield _Inline(at + start, 4, at + end, '<span class="joined">')


def _inside(block: Block, inlines: list[_Inline]) -> str:
    """The text of a block with mark-up around runs of it."""
    text, offset, at = block.text, block.start, block.start
    if not inlines:
        return exact(text)
    pieces: list[str] = []
    for inline in sorted(inlines):
        if inline.start < at or inline.end > block.end:
            continue
        if inline.start > at:
            pieces.append(exact(text[at - offset : inline.start - offset]))
        pieces += (inline.opening, exact(text[inline.start - offset : inline.end - offset]), inline.closing)
        at = inline.end
    pieces.append(exact(text[at - offset :]))
    return "".join(pieces)
