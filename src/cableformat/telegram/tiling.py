"""The tiling of a part while it is being made: where blocks begin, and which artefacts have been seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from cableformat.telegram.artefacts import Found
from cableformat.telegram.blocks import Artefact, ArtefactKind, Block, BlockKind, blocks
from cableformat.telegram.lines import ARTEFACT
from cableformat.text import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cableformat.telegram.lines import Lines
    from cableformat.text import Part

# Reading a member from its class costs more than what is done with it.
_BLANK = BlockKind.BLANK
_GAP_AND_PARAGRAPH = (_BLANK, BlockKind.PARAGRAPH)
# Runs of these need no seam between them.
_SEAMLESS = frozenset({BlockKind.BLANK, BlockKind.ARTEFACT, BlockKind.ROUTING, BlockKind.CAPTION, BlockKind.CLOSING})


class Tiling:
    """Collects cuts from left to right, then makes the blocks.

    Args:
        lines: The lines of the part.
        found: The artefacts that their own words told.
    """

    def __init__(self, lines: Lines, found: list[Found]) -> None:
        self.lines = lines
        self.found = found
        # Two lists of plain values: a tuple a cut would be one more object for the garbage collector to visit.
        self._starts: list[int] = []
        self._kinds: list[BlockKind] = []

    @property
    def last(self) -> int:
        """Where the last block begins."""
        return self._starts[-1]

    def cut(self, start: int, kind: BlockKind) -> None:
        """Begin a block here, unless the block before it is of the same kind and seamless."""
        starts, kinds = self._starts, self._kinds
        if starts:
            if starts[-1] == start:
                starts.pop()
                kinds.pop()
            if kinds and kinds[-1] is kind and kind in _SEAMLESS:
                return
        starts.append(start)
        kinds.append(kind)

    def gap(self, first: int, last: int) -> None:
        """Blank lines and artefacts between two blocks, from line `first` up to `last`."""
        if first >= last:
            return
        starts, kinds = self.lines.starts, self.lines.kinds
        if kinds.find(ARTEFACT, first, last) < 0:
            self.cut(starts[first], _BLANK)
            return
        at = first
        while at < last:
            is_artefact = kinds[at] == ARTEFACT
            self.cut(starts[at], BlockKind.ARTEFACT if is_artefact else _BLANK)
            while at < last and (kinds[at] == ARTEFACT) is is_artefact:
                at += 1

    def gaps_and_paragraphs(self, starts: Sequence[int]) -> None:
        """Behind a paragraph, blank lines from one offset on, the next paragraph from another, and so on."""
        self._starts += starts
        self._kinds += _GAP_AND_PARAGRAPH * (len(starts) // 2)

    def note(self, start: int, end: int, kind: ArtefactKind) -> None:
        """An artefact that only its surroundings told."""
        self.found.append(Found(start, end, kind))

    def blocks(self, part: Part) -> tuple[Block, ...]:
        """The blocks, each with the artefacts that begin in it."""
        starts, kinds = self._starts, self._kinds
        ends = [*starts[1:], len(part.text)]
        made = blocks(part, kinds, starts, ends)
        inside: dict[int, list[Artefact]] = {}
        for found in sorted(self.found):
            # An empty artefact at the very end of a block, a broken end, is the block's own.
            place = bisect_left if found.start == found.end else bisect_right
            raw = part.text[found.start : found.end]
            inside.setdefault(place(ends, found.start), []).append(
                Artefact(found.kind, span(part.id, found.start, found.end), raw)
            )
        for at, artefacts in inside.items():
            made[at] = Block(kinds[at], part, starts[at], ends[at], tuple(artefacts))
        return tuple(made)
