"""The telegram's blocks as elements of TEI: where a `div` opens and closes, and which block becomes what."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import attrs

from cableformat import BlockKind
from cableformat.patterns import on_use
from cableformat_tei.exact_text import TAG_END
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
_PAGE = on_use(r"PAGE\s+0*(\d{1,4})|\s0*(\d{1,4})\s+OF\s")


class Statement(NamedTuple):
    """What a document states of one block: what it is and where it stands, with number and mark of a paragraph."""

    part: str
    kind: str
    start: int
    end: int
    number: str | None = None
    mark: str | None = None


def line(part: str, kind: str, start: int, end: int, number: str | None, mark: str | None) -> str:  # noqa: PLR0913, PLR0917 - a statement's own six
    """A statement in words, as they go into the hash of the structure."""
    return f"{part} {kind} {start} {end} {number or ''} {mark or ''}"


def digest(lines: Iterable[str]) -> str:
    """The hash of all that a document states of its structure: it tells an edited structure from an untouched one.

    Args:
        lines: The `line` of each statement.
    """
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Layout:
    """Lays out one part: collects the tags, and what they state.

    Args:
        blocks: The blocks of the part.
        paragraphs: The part's paragraphs, by the offset at which they start.
        inline: The part's inline annotations.

    Attributes:
        tags: The tags, in order; the line feed behind one is a `TAG_END`.
        lines: What the tags state, each as its `line`.
        marks: The portion marks, by the id of their category.
    """

    def __init__(self, blocks: Sequence[Block], paragraphs: dict[int, Paragraph], inline: Inline) -> None:
        self._blocks = blocks
        self._paragraphs = paragraphs
        self._inline = inline
        self._divs: list[str] = []
        self._has_content = False
        self.tags: list[Insertion] = []
        self.lines: list[str] = []
        self.marks: dict[str, str] = {}

    def run(self) -> None:
        """Lay out all blocks."""
        end = self._end()
        for i, block in enumerate(self._blocks):
            kind = block.kind
            if kind is _BLANK:
                if block.part.text[block.start : block.end] != "\n":
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
        self.tags.append((at, f'<div type="{kind}">{TAG_END}'))
        self._divs.append(kind)

    def _close(self, at: int, depth: int) -> None:
        while len(self._divs) > depth:
            self._divs.pop()
            self.tags.append((at, f"</div>{TAG_END}"))

    def _element(self, block: Block, opening: str, closing: str) -> None:
        tags = self.tags
        tags.append((block.start, opening))
        if block.artefacts or not self._inline.is_empty:
            inside = self._inline.insertions(block, _disjoint(block))
            tags += _with_points(inside, block)
        tags.append((block.end, closing))

    def _state(self, block: Block) -> None:
        if block.kind in PINNABLE:
            self.lines.append(line(block.part.id, block.kind, block.start, block.end, None, None))

    def _blank(self, block: Block) -> None:
        # lb and space stand by themselves between blocks, what is text cannot. An anchor can split a CRLF.
        text = block.text
        if not self._inline.is_empty:
            text = text.replace("\r\n", "\r")
        if text.strip(" \t\r\n") or "\r" in text.replace("\r\n", ""):
            self._element(block, '<fw type="blank">', f"</fw>{TAG_END}")

    def _artefact(self, block: Block) -> None:
        whole = next((a for a in block.artefacts if a.where == block.where), None)
        if whole is None:
            self._element(block, '<fw type="artefact">', f"</fw>{TAG_END}")
            return
        rest = attrs.evolve(block, artefacts=tuple(a for a in block.artefacts if a is not whole))
        self._element(rest, f'{_page_break(block.text)}<fw type="{whole.kind}">', f"</fw>{TAG_END}")

    def _ending(self, block: Block) -> None:
        self._close(block.start, 0)
        self._state(block)
        if block.kind is BlockKind.SIGNATURE:
            self._element(block, "<closer><signed>", f"</signed></closer>{TAG_END}")
        else:
            self._element(block, "<trailer>", f"</trailer>{TAG_END}")

    def _block(self, block: Block) -> None:
        kind = block.kind
        if kind is BlockKind.TRANSMISSION and not self._has_content and not self.lines:
            self._state(block)
            self._element(block, "<opener>", f"</opener>{TAG_END}")
            return
        if kind in _HEAD and not self._divs:
            self._open(block.start, "head")
        self._has_content = True
        if kind is BlockKind.HEADING:
            self._open_body(block.start)
            self._close(block.start, 1)
            self._open(block.start, "section")
            self._state(block)
            self._element(block, "<head>", f"</head>{TAG_END}")
        else:
            self._state(block)
            self._element(block, f'<ab type="{kind}">', f"</ab>{TAG_END}")

    def _open_body(self, at: int) -> None:
        if self._divs[:1] != ["body"]:
            self._close(at, 0)
            self._open(at, "body")

    def _paragraph(self, block: Block) -> None:
        self._has_content = True
        start = block.start
        if self._divs[:1] != ["body"]:
            self._open_body(start)
        paragraph = self._paragraphs.get(start)
        number = mark = None
        opening = "<p>"
        if paragraph is not None:
            said = ""
            if paragraph.number is not None:
                number = str(paragraph.number)
                said = f' n="{number}"'
            if paragraph.mark is not None:
                mark = str(paragraph.mark) if paragraph.mark.caveats else paragraph.mark.level
                name = mark_id(mark)
                self.marks[name] = mark
                said += f' ana="#{name}"'
            opening = f"<p{said}>"
        self.lines.append(line(block.part.id, "paragraph", start, block.end, number, mark))
        self._element(block, opening, f"</p>{TAG_END}")


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
