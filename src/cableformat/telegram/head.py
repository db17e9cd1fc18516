"""The head of a telegram: marking, captions, routing, E.O., TAGS, SUBJECT, REF, authority (field notes §2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.labels import label_at, labels_inside
from cableformat.telegram.lines import ARTEFACT, BLANK, BLANKS, CLASS, END, MARKING, NUMBER, PROSE, RULE, SIPDIS
from cableformat.telegram.reference_items import goes_on
from cableformat.telegram.vocabulary import rows
from cableformat.telegram.words import CAPTIONS, alternatives

if TYPE_CHECKING:
    from cableformat.telegram.lines import Lines
    from cableformat.telegram.tiling import Tiling

_LABELLED = frozenset(
    {
        BlockKind.EXECUTIVE_ORDER,
        BlockKind.TAGS,
        BlockKind.SUBJECT,
        BlockKind.REFERENCE,
        BlockKind.AUTHORITY,
    }
)
# A line of its own may hold any caption; on the classification line and below it stand the commonest.
_CAPTIONS = alternatives({*CAPTIONS, *(row["caption"] for row in rows("captions"))})
_CAPTION = re.compile(
    rf"{BLANKS}(?:(?:{_CAPTIONS})(?![A-Za-z])[ ,/\t]*+)++(?:\([^\r\n)]{{0,200}}\)?)?{BLANKS}(?=[\r\n]|\Z)"
    rf"|{BLANKS}FOR[ ][^\r\n]{{1,60}}?[ ]ONLY{BLANKS}(?=[\r\n]|\Z)"
)
_ROUTING = on_use(
    r"[^\S\r\n]*+(?:FOR|FROM|ATTENTION|ATTN|PASS TO|PLEASE PASS|PASS|[A-Z][A-Z/ ]{1,40}?[ ](?:FOR|PASS|PLEASE PASS))[ ]"
)
# A REF item's bullet, at the start of a line behind a gap; `(U)` there is the mark of a paragraph, and so is `(C)`
# before words in small letters, a name that a publisher has blacked out, or words without a number.
_ITEM = on_use(
    r"[^\S\r\n]*+(?!\([US]\)|\(C\)(?:[ ]+(?:[A-Z]?[a-z]|X{4})|(?![^\d\r\n]{0,40}+\d)))"
    r"(?:[¶(\[]{0,2}[A-Za-z][.)\]]|-{1,2}[ \t]*+\()"
)
# `(C)` is the third item of a list, never its first or second.
_THIRD, _SECOND = on_use(r"[^\S\r\n]*+\(C\)"), on_use(r"(?<![A-Za-z])[(\[]?[Bb][.)\]:]")
# The tail of an authority, behind a gap or in a line of its own; `(C)` before other words than AND is a mark.
_TAIL = on_use(
    r"[^\S\r\n]*+(?!\(C\)[ ]+(?!(?:and|or|AND|OR)\b)[A-Za-z])"
    r"(?:1\.?[ ]?[45]\b|[45][ ]?\(|\(?[a-hA-H] ?\)|and\b|AND\b|[A-Z]{0,6}[sS]ons?\b|[A-Z]{0,6}SONS?\b|[a-z])"
)
_REASONED = on_use(r"1\.[ ]?[45][^\r\n]{0,40}[a-hA-H]\)?[ ]?[.)]{0,2}[ \t]*+\Z")
_TEXT_INSIDE = on_use(r"(?=[¶1])(?<=\s)¶?1\.[ ]{0,2}\((?:C|S|U|SBU|LOU|TS)(?:[/ ][^\r\n)]{1,20})?\)")
# The end of a sentence, and not of an initial.
_FULL_STOP = re.compile(r"(?<!\b[A-Z])\.\Z")
# A person behind a TAG.
_PERSON = on_use(r"[^\S\r\n]*+\([A-Z][A-Z'’-]*+,")
# The rest of the TAGS behind a gap.
_CODES = re.compile(r"[A-Z]{2,9}(?:,? +[A-Z]{2,9})*+,?")
_MOST_AHEAD = 15


class Head:
    """Reads one head, line by line, and cuts its blocks.

    Args:
        lines: The lines of the part.
        tiling: Takes the cuts.
        is_repeated: Whether it is the header of a later section: then the text goes on as soon as it can.
    """

    def __init__(self, lines: Lines, tiling: Tiling, *, is_repeated: bool = False) -> None:
        self._lines = lines
        self._tiling = tiling
        self._is_repeated = is_repeated
        self._kind: BlockKind | None = None
        self._seen: set[BlockKind] = set()
        self._last = -1
        self._labels: dict[int, tuple[BlockKind, int] | None] = {}

    def read(self, first: int) -> int:
        """Cut the blocks from line `first` on, and return the line at which the text begins."""
        lines, kinds, line = self._lines, self._lines.kinds, first
        self._last = first - 1
        while line < len(kinds):
            if kinds[line] in (BLANK, ARTEFACT):
                line += 1
                continue
            start = lines.starts[line]
            kind = self._kind_of(line)
            if kind is None:
                break
            if kind is not self._kind or self._begins(line):
                self._tiling.gap(self._last + 1, line)
                self._tiling.cut(start, kind)
                self._kind = kind
            self._seen.add(kind)
            self._last = line
            line += 1
            if self._labels_inside(line - 1):
                break
        self._tiling.gap(self._last + 1, min(line, len(lines)))
        return line

    def _label_at(self, start: int) -> tuple[BlockKind, int] | None:
        # A line is asked for by each of the lines above it that might not belong to the head.
        if start not in self._labels:
            self._labels[start] = label_at(self._lines.text, start)
        return self._labels[start]

    def _begins(self, line: int) -> bool:
        """Whether a line of the current kind is a block of its own all the same."""
        return self._kind is BlockKind.MARKING or (
            self._kind not in _LABELLED and line > self._last + 1 and self._kind is not None
        )

    def _kind_of(self, line: int) -> BlockKind | None:
        """What the line is in the head, or None if the text begins here."""
        lines = self._lines
        kind, start = lines.kinds[line], lines.starts[line]
        if kind == NUMBER:
            return None
        if kind in (MARKING, CLASS):
            if BlockKind.SUBJECT in self._seen:
                self._seen.clear()
            return BlockKind.MARKING
        if kind == SIPDIS:
            return BlockKind.CAPTION
        label = self._label_at(start)
        if label is not None and not self._is_prose(label[0], line, label[1]):
            return label[0]
        if _CAPTION.match(lines.text, start) or (kind == PROSE and self._is_in_bracket(line)):
            return BlockKind.CAPTION
        if kind == END:
            return BlockKind.RESIDUE
        if kind != RULE and self._goes_on(line):
            return self._kind
        if self._is_label_ahead(line):
            return BlockKind.ROUTING
        if labels_inside(lines.text, start, min(lines.starts[line + 1], start + 400)) and not self._seen & _LABELLED:
            return BlockKind.ROUTING
        if kind != RULE and not self._is_repeated and self._is_routing(line):
            return BlockKind.ROUTING
        return None

    def _is_in_bracket(self, line: int) -> bool:
        """Whether the line goes on with a remark on a caption: `CORRECTED COPY (PARA 9` and `LINE 14 OMITTED)`."""
        if self._kind is not BlockKind.CAPTION or line != self._last + 1:
            return False
        above = self._lines.words(self._last)
        return above.count("(") > above.count(")") and ")" in self._lines.words(line)

    def _is_prose(self, kind: BlockKind, line: int, end: int) -> bool:
        """Whether a word that looks like a label is only the current block's own: `E.O. 12958` in an authority."""
        has_colon = self._lines.text[end - 1] in ":;"
        if kind is BlockKind.EXECUTIVE_ORDER and self._kind is BlockKind.AUTHORITY:
            return line == self._last + 1 and kind in self._seen
        if self._kind in (BlockKind.SUBJECT, BlockKind.REFERENCE) and not has_colon and line == self._last + 1:
            return kind in self._seen or kind is BlockKind.TAGS
        return False

    def _is_routing(self, line: int) -> bool:
        """Whether the line is routing, or the wrapped rest of it."""
        if self._kind is BlockKind.ROUTING and line == self._last + 1:
            return True
        return _ROUTING.match(self._lines.text, self._lines.starts[line]) is not None

    def _goes_on(self, line: int) -> bool:
        """Whether the current block goes on in this line, which bears no label."""
        lines, kind = self._lines, self._kind
        if kind not in _LABELLED or self._last < 0:
            return False
        # An artefact alone is no gap; with blank lines around it, it may still cut a field that is not at its end.
        has_gap = lines.kinds.find(BLANK, self._last + 1, line) >= 0
        is_cut = lines.kinds.find(ARTEFACT, self._last + 1, line) >= 0
        before = lines.text[lines.starts[self._last] : lines.end(self._last)][-80:]
        start = lines.starts[line]
        if kind is BlockKind.REFERENCE:
            return not has_gap or self._is_item(start) or goes_on(before, lines.text, start)
        if kind is BlockKind.AUTHORITY:
            is_whole = _REASONED.search(before) is not None
            if _TAIL.match(lines.text, start) and (is_cut or not (is_whole and has_gap)):
                return True
            is_open = not has_gap or (is_cut and not _FULL_STOP.search(before))
            return is_open and not is_whole and not self._is_underlined(line)
        if kind is BlockKind.SUBJECT and has_gap:
            # A pager or page break may stand in the middle of a subject.
            words = lines.words(line)
            is_title = before.isupper() is words.isupper() and self._is_label_ahead(line)
            return is_cut and (is_title or words[:1].islower())
        if kind is BlockKind.SUBJECT:
            return not self._is_underlined(line)
        if kind is BlockKind.TAGS and has_gap and before.endswith(","):
            return _CODES.fullmatch(lines.words(line)) is not None
        is_open = before.endswith(",") or _PERSON.match(lines.text, start) is not None
        return (not has_gap or (is_cut and is_open)) and not self._is_underlined(line)

    def _is_item(self, start: int) -> bool:
        """Whether an item of the current REF begins here, behind a gap."""
        text = self._lines.text
        if _ITEM.match(text, start) is None:
            return False
        return _THIRD.match(text, start) is None or _SECOND.search(text, self._tiling.last, start) is not None

    def _is_underlined(self, line: int) -> bool:
        """Whether dashes stand under a line, and not above a heading of their own."""
        kinds = self._lines.kinds
        if line + 1 >= len(kinds) or kinds[line + 1] != RULE:
            return False
        return kinds[line + 2 : line + 4] != bytes((PROSE, RULE))

    def _is_label_ahead(self, line: int) -> bool:
        """Whether a label of this head that is still missing, or its marking, follows soon."""
        lines, kinds, words = self._lines, self._lines.kinds, 0
        missing = _LABELLED - self._seen
        if self._is_repeated and BlockKind.SUBJECT in self._seen:
            missing = frozenset()
        while line < len(kinds) and words < _MOST_AHEAD and missing:
            kind = kinds[line]
            if kind == NUMBER:
                return False
            if kind not in (BLANK, ARTEFACT):
                words += 1
                label = self._label_at(lines.starts[line])
                if label and label[0] in missing and self._is_sure(label):
                    return True
                if kind == MARKING:
                    return True
            line += 1
        return False

    def _is_sure(self, label: tuple[BlockKind, int]) -> bool:
        kind, end = label
        return kind in (BlockKind.EXECUTIVE_ORDER, BlockKind.AUTHORITY) or self._lines.text[end - 1] in ":;"

    def _labels_inside(self, line: int) -> bool:
        """Cut the line at the labels inside it; say whether the text begins in its middle."""
        lines = self._lines
        start, end = lines.starts[line], lines.starts[line + 1]
        has_number = not self._is_repeated and lines.text.find("1.", start, end) >= 0
        text_at = _TEXT_INSIDE.search(lines.text, start, end) if has_number else None
        if text_at:
            lines.split([(line, text_at.start())])
            end = text_at.start()
        own = self._label_at(start)
        for kind, at in labels_inside(lines.text, own[1] if own else start, end):
            if kind in self._seen or (kind is BlockKind.EXECUTIVE_ORDER and self._kind is BlockKind.AUTHORITY):
                continue
            if kind is BlockKind.AUTHORITY and not self._seen & _LABELLED:
                # `CORRECTED COPY - CLASSIFIED BY LINE ADDED` stands above the head, an authority never does.
                continue
            self._tiling.cut(at, kind)
            self._seen.add(kind)
            self._kind = kind
        return text_at is not None
