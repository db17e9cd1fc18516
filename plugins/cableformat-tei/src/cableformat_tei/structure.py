"""The telegram's blocks as elements of TEI: where a `div` opens and closes, and which block becomes what."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from cableformat import BlockKind
from cableformat_tei.names import BROKEN_END, PINNABLE, mark_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cableformat import Artefact, Block, Paragraph
    from cableformat_tei.inline import Inline, Insertion

_HEAD = frozenset(
    {
        BlockKind.MARKING,
        BlockKind.CAPTION,
        BlockKind.ROUTING,
        BlockKind.EXECUTIVE_ORDER,
        BlockKind.TAGS,
        BlockKind.SUBJECT,
        BlockKind.REFERENCE,
        BlockKind.AUTHORITY,
    }
)
_END = frozenset({BlockKind.SIGNATURE, BlockKind.CLOSING, BlockKind.BLANK, BlockKind.ARTEFACT})
# Reading a member from its class costs more than the loop that compares it.
_BLANK, _PARAGRAPH, _ARTEFACT = BlockKind.BLANK, BlockKind.PARAGRAPH, BlockKind.ARTEFACT
_PAGE = re.compile(r"PAGE\s+0*(\d{1,4})|\s0*(\d{1,4})\s+OF\s")


class Statement(NamedTuple):
    """What a document states of one block: what it is and where it stands, with number and mark of a paragraph."""

    part: str
    kind: str
    start: int
    end: int
    number: str | None = None
    mark: str | None = None


def digest(statements: Iterable[Statement]) -> str:
    """The hash of all that a document states of its structure: it tells an edited structure from an untouched one."""
    lines = (f"{s.part} {s.kind} {s.start} {s.end} {s.number or ''} {s.mark or ''}" for s in statements)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Layout:
    """Lays out one part: collects the tags, and what they state.

    Args:
        blocks: The blocks of the part.
        paragraphs: The telegram's paragraphs, by the part and offset at which they start.
        inline: The part's inline annotations.
    """

    def __init__(self, blocks: Sequence[Block], paragraphs: dict[tuple[str, int], Paragraph], inline: Inline) -> None:
        self._blocks = blocks
        self._paragraphs = paragraphs
        self._inline = inline
        self._divs: list[str] = []
        self._has_content = False
        self.tags: list[Insertion] = []
        self.statements: list[Statement] = []
        self.marks: dict[str, str] = {}

    def run(self) -> None:
        """Lay out all blocks."""
        end = self._end()
        for i, block in enumerate(self._blocks):
            kind = block.kind
            if kind is _BLANK:
                self._blank(block)
            elif kind is _PARAGRAPH:
                self._paragraph(block)
            elif kind is _ARTEFACT:
                self._artefact(block)
            elif i >= end:
                self._ending(block)
            else:
                self._block(block)
        self._close(self._blocks[-1].end if self._blocks else 0, 0)

    def _end(self) -> int:
        """The first of the blocks that end the telegram: after it nothing but signatures and closing lines."""
        first = last = len(self._blocks)
        while first > 0 and self._blocks[first - 1].kind in _END:
            first -= 1
            if self._blocks[first].kind in PINNABLE:
                last = first
        # TEI has closers only after something that they close.
        has_content = any(block.kind not in (BlockKind.BLANK, BlockKind.ARTEFACT) for block in self._blocks[:last])
        only_opener = [b.kind for b in self._blocks[:last] if b.kind not in _END] == [BlockKind.TRANSMISSION]
        return last if has_content and not only_opener else len(self._blocks)

    def _open(self, at: int, kind: str) -> None:
        self.tags.append((at, f'<div type="{kind}">\n'))
        self._divs.append(kind)

    def _close(self, at: int, depth: int) -> None:
        while len(self._divs) > depth:
            self._divs.pop()
            self.tags.append((at, "</div>\n"))

    def _element(self, block: Block, opening: str, closing: str) -> None:
        tags = self.tags
        tags.append((block.start, opening))
        if block.artefacts or not self._inline.is_empty:
            inside = self._inline.insertions(block, _disjoint(block))
            tags += _with_points(inside, block)
        tags.append((block.end, closing))

    def _state(self, block: Block) -> None:
        if block.kind in PINNABLE:
            self.statements.append(Statement(block.part.id, block.kind, block.start, block.end))

    def _blank(self, block: Block) -> None:
        # lb and space stand by themselves between blocks, what is text cannot. An anchor can split a CRLF.
        text = block.text
        if text == "\n":
            return
        if not self._inline.is_empty:
            text = text.replace("\r\n", "\r")
        if text.strip(" \t\r\n") or "\r" in text.replace("\r\n", ""):
            self._element(block, '<fw type="blank">', "</fw>\n")

    def _artefact(self, block: Block) -> None:
        whole = next((a for a in block.artefacts if a.where == block.where), None)
        if whole is None:
            self._element(block, '<fw type="artefact">', "</fw>\n")
            return
        rest = attrs.evolve(block, artefacts=tuple(a for a in block.artefacts if a is not whole))
        self._element(rest, f'{_page_break(block.text)}<fw type="{whole.kind}">', "</fw>\n")

    def _ending(self, block: Block) -> None:
        self._close(block.start, 0)
        self._state(block)
        if block.kind is BlockKind.SIGNATURE:
            self._element(block, "<closer><signed>", "</signed></closer>\n")
        else:
            self._element(block, "<trailer>", "</trailer>\n")

    def _block(self, block: Block) -> None:
        kind = block.kind
        if kind is BlockKind.TRANSMISSION and not self._has_content and not self.statements:
            self._state(block)
            self._element(block, "<opener>", "</opener>\n")
            return
        if kind in _HEAD and not self._divs:
            self._open(block.start, "head")
        self._has_content = True
        if kind is BlockKind.HEADING:
            self._open_body(block.start)
            self._close(block.start, 1)
            self._open(block.start, "section")
            self._state(block)
            self._element(block, "<head>", "</head>\n")
        else:
            self._state(block)
            self._element(block, f'<ab type="{kind}">', "</ab>\n")

    def _open_body(self, at: int) -> None:
        if self._divs[:1] != ["body"]:
            self._close(at, 0)
            self._open(at, "body")

    def _paragraph(self, block: Block) -> None:
        self._has_content = True
        part, start = block.part.id, block.start
        self._open_body(start)
        paragraph = self._paragraphs.get((part, start))
        number = mark = None
        said = ""
        if paragraph is not None:
            if paragraph.number is not None:
                number = str(paragraph.number)
                said = f' n="{number}"'
            if paragraph.mark is not None:
                mark = str(paragraph.mark)
                name = mark_id(mark)
                self.marks[name] = mark
                said += f' ana="#{name}"'
        self.statements.append(Statement(part, block.kind, start, block.end, number, mark))
        self._element(block, f"<p{said}>", "</p>\n")


def _disjoint(block: Block) -> list[Artefact]:
    """The artefacts that lie inside the block one after the other, empty ones left out."""
    found: list[Artefact] = []
    at = block.start
    for artefact in block.artefacts:
        if at <= artefact.where.start < artefact.where.end <= block.end:
            found.append(artefact)
            at = artefact.where.end
    return found


def _with_points(tags: list[Insertion], block: Block) -> list[Insertion]:
    """The tags, with a `gap` where a sentence is broken off."""
    gaps = [(a.where.start, f'<gap reason="{BROKEN_END}"/>') for a in block.artefacts if a.kind == BROKEN_END]
    return sorted([*tags, *gaps], key=lambda tag: tag[0]) if gaps else tags


def _page_break(text: str) -> str:
    """The `pb` that a page line stands for, as far as it says its number."""
    match = _PAGE.search(text)
    return f'<pb rend="artefact" n="{match[1] or match[2]}"/>' if match else ""
