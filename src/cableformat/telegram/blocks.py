"""Blocks: the runs of text that tile a part, and the artefacts inside them."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import attrs

from cableformat.record import Record
from cableformat.text import span
from cableformat.unfrozen import unfrozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat.record import Annotation
    from cableformat.text import Part, Span


class BlockKind(enum.StrEnum):
    """What a block is, in the order in which kinds stand in a telegram (5 FAH-2 H-300)."""

    VERBATIM = "verbatim"
    """A whole part that is no telegram: the container's own words, attributes, a note."""
    NOTICE = "notice"
    """The publisher's sentence that the text is an extract."""
    TRANSMISSION = "transmission"
    """Header lines for the communications centre (ACP 127): routing, date-time group, addressees, distribution."""
    MARKING = "marking"
    """The classification line, with the message reference number where it has one."""
    CAPTION = "caption"
    """Distribution captions, such as SIPDIS or NOFORN."""
    ROUTING = "routing"
    """Whom the telegram is for, from or to be passed to; other lines of the head that bear no label."""
    EXECUTIVE_ORDER = "executive_order"
    """The E.O. line with the declassification instruction."""
    TAGS = "tags"
    SUBJECT = "subject"
    REFERENCE = "reference"
    AUTHORITY = "authority"
    """Who classified it, why, and until when."""
    HEADING = "heading"
    RULE = "rule"
    """A line of dashes around a heading."""
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    CLOSING = "closing"
    """What ends it: the group for downgrading (GP-3) above the signature; after it NNNN, the class, an identifier."""
    BLANK = "blank"
    ARTEFACT = "artefact"
    """Text that is in the file but not in the message, between two blocks."""
    EMBEDDED = "embedded"
    """A telegram within the telegram, or a further row of a dump in the same text: it lends the fields nothing."""
    RESIDUE = "residue"
    """What the grammar does not recognise."""

    # An enumeration hashes its names, in Python: members would hash otherwise than the words they equal, and slowly.
    __hash__ = str.__hash__


class ArtefactKind(enum.StrEnum):
    """What an artefact is (field notes §4)."""

    PAGER = "pager"
    """A page line of a sectioned telegram: post, eight digits, page of pages."""
    PAGE_BREAK = "page_break"
    """The class and `PAGE 02` of telegrams of 2000 and before."""
    SIPDIS_ECHO = "sipdis_echo"
    """A SIPDIS that software put after a line beginning with *secret* or *confidential*."""
    STAMP = "stamp"
    """A declassification or release stamp."""
    REPEATED_HEADER = "repeated_header"
    """The header of a later section, in the middle of the text."""
    INTERRUPTION = "interruption"
    """Blank lines inside a sentence."""
    BROKEN_END = "broken_end"
    """The point at which a sentence is cut off for good; an empty span."""


@attrs.frozen
class Artefact:
    """Text that is not of the message.

    Attributes:
        kind: What it is.
        where: Where it stands.
        raw: Its characters, exactly.
    """

    kind: ArtefactKind
    where: Span
    raw: str


@attrs.frozen(weakref_slot=False)
class Block:
    """One run of a part.

    Attributes:
        kind: What it is.
        part: The part that it is a run of.
        start: First character, in code points from 0.
        end: One past the last.
        artefacts: The artefacts inside it, in order of the text.
    """

    kind: BlockKind
    part: Part = attrs.field(repr=False)
    start: int
    end: int
    artefacts: tuple[Artefact, ...] = ()

    @property
    def text(self) -> str:
        """Its characters, exactly."""
        return self.part.text[self.start : self.end]

    @property
    def where(self) -> Span:
        """Its span."""
        return span(self.part.id, self.start, self.end)


_unfrozen_block = unfrozen(Block)


def blocks(part: Part, kinds: Iterable[BlockKind], starts: Iterable[int], ends: Iterable[int]) -> list[Block]:
    """The blocks of a part that have these kinds and offsets, without artefacts, made fast."""
    made: list[Block] = []
    add, block = made.append, Block
    for kind, start, end in zip(kinds, starts, ends, strict=True):
        new = _unfrozen_block()
        new.kind, new.part, new.start, new.end, new.artefacts = kind, part, start, end, ()
        new.__class__ = block
        add(new)
    return made


@attrs.frozen
class Context:
    """What is known of a telegram besides its text.

    Attributes:
        record: What the container says.
        annotations: What people say of the text.
        grammar: Whose telegrams these are; `us` is known, any other gives residue only.
    """

    record: Record = attrs.field(factory=Record)
    annotations: tuple[Annotation, ...] = ()
    grammar: str = "us"
