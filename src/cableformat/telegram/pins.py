"""Pins: what people say of the structure, which the grammar does not overrule (annotations of kind `structure.*`).

An annotation `structure.paragraph` pins a block: the tiling has exactly that block there, and the rest tiles around
it. What follows the point is a block's kind; any other word pins nothing, and neither does an empty annotation. Of
two pins that overlap, the one that the cable lists first stands, and the other pins nothing.

An annotation's attributes pin values. A paragraph may have `number` and `mark`, where an empty text says that there
is none. Any pin may have a field's name, `value` being short for the field that the block is named for:
`structure.subject` with `value`, `structure.authority` with `classified_by` and `declassify_on`. A field that is pinned
anywhere has the pinned values alone, and each stands where its annotation does.
"""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, NamedTuple

from cableformat.telegram.blocks import Artefact, Block, BlockKind
from cableformat.telegram.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cableformat.record import Annotation
    from cableformat.text import Part

_PREFIX = "structure."
_KINDS = {kind.value: kind for kind in BlockKind}
# The field that `value` means in a pin of each kind of block.
_NAMED_FOR = {
    BlockKind.MARKING: "mrn",
    BlockKind.CAPTION: "captions",
    BlockKind.EXECUTIVE_ORDER: "declassification",
    BlockKind.TAGS: "tags",
    BlockKind.SUBJECT: "subject",
    BlockKind.AUTHORITY: "classified_by",
    BlockKind.SIGNATURE: "signed_by",
}


class Pin(NamedTuple):
    """One pinned block.

    Attributes:
        kind: What the block is.
        note: The annotation that says so.
    """

    kind: BlockKind
    note: Annotation

    def attribute(self, name: str) -> str | None:
        """The text of its first attribute of that name."""
        return next((text for label, text in self.note.attributes if label == name), None)


class Pins(NamedTuple):
    """The pins of a cable.

    Attributes:
        of_part: By part, in order of its text, none overlapping; parts without pins are left out.
        parts: The parts by id.
    """

    of_part: Mapping[str, tuple[Pin, ...]]
    parts: Mapping[str, Part]

    def at(self, block: Block) -> Pin | None:
        """The pin that says this block, if one does."""
        here = self.of_part.get(block.part.id)
        if not here:
            return None
        at = bisect.bisect_left(here, block.start, key=lambda pin: pin.note.start)
        return here[at] if at < len(here) and here[at].note.start == block.start else None

    def values(self, field: str) -> tuple[Value[str], ...]:
        """The values that pins give a field, each where its annotation stands.

        Args:
            field: Such as `subject` or `classified_by`.

        Returns:
            The values in order of the text; none if no pin speaks of the field.
        """
        return tuple(
            Value(text, self.parts[part].text[pin.note.start : pin.note.end], pin.note.where)
            for part, here in self.of_part.items()
            for pin in here
            for label, text in pin.note.attributes
            if label == field or (label == "value" and _NAMED_FOR.get(pin.kind) == field)
        )


def pins(annotations: Iterable[Annotation], parts: Iterable[Part]) -> Pins:
    """The pins among some annotations.

    Args:
        annotations: In the order of the cable.
        parts: The parts that are there; a pin in any other, or past its end, pins nothing.

    Example:
        >>> from cableformat.record import Annotation
        >>> from cableformat.text import Part
        >>> notes = [Annotation("body", 0, 5, "structure.subject"), Annotation("body", 4, 9, "structure.tags")]
        >>> [pin.kind.value for pin in pins(notes, [Part("body", "body", "TALKS AND MORE")]).of_part["body"]]
        ['subject']
    """
    by_id = {part.id: part for part in parts}
    found: dict[str, list[Pin]] = {}
    for note in annotations:
        kind = _KINDS.get(note.kind.removeprefix(_PREFIX)) if note.kind.startswith(_PREFIX) else None
        if kind is not None and note.part in by_id and note.start < note.end <= len(by_id[note.part].text):
            found.setdefault(note.part, []).append(Pin(kind, note))
    return Pins({part: _apart(found[part]) for part in by_id if part in found}, by_id)


def _apart(candidates: list[Pin]) -> tuple[Pin, ...]:
    """Those of some pins that stand: each that overlaps none before it in the list; in order of the text."""
    taken: list[Pin] = []
    for pin in candidates:
        at = bisect.bisect_left(taken, pin.note.start, key=lambda other: other.note.start)
        before, behind = taken[at - 1 : at] if at else [], taken[at : at + 1]
        if all(other.note.end <= pin.note.start for other in before) and all(
            pin.note.end <= other.note.start for other in behind
        ):
            taken.insert(at, pin)
    return tuple(taken)


def pinned(blocks: Sequence[Block], part_pins: Sequence[Pin]) -> tuple[Block, ...]:
    """The blocks of a part with the pinned ones among them.

    What is left of a block at either side of a pin keeps its kind; only blanks are a blank block. An artefact that
    a pin's edge cuts, or that fills a pin, is none; and where a sentence is cut off is for the pins to say.

    Args:
        blocks: The blocks that tile the part.
        part_pins: The part's pins, in order, none overlapping.
    """
    result: list[Block] = []
    for block in blocks:
        first = bisect.bisect_right(part_pins, block.start, key=lambda pin: pin.note.end)
        at = block.start
        for pin in itertools.islice(part_pins, first, None):
            if pin.note.start >= block.end:
                break
            result += _rest(block, at, pin.note.start)
            if pin.note.start >= block.start:
                result.append(_block(pin, blocks))
            at = min(pin.note.end, block.end)
        result += [block] if at == block.start else _rest(block, at, block.end)
    return tuple(result)


def _rest(block: Block, start: int, end: int) -> list[Block]:
    """The block for what is left between two offsets, if anything is."""
    if start >= end:
        return []
    kind = BlockKind.BLANK if block.part.text[start:end].isspace() else block.kind
    is_cut = end < block.end
    kept = (a for a in _inside(block.artefacts, start, end) if not is_cut or a.where.start < a.where.end)
    return [Block(kind, block.part, start, end, tuple(kept))]


def _inside(artefacts: Sequence[Artefact], start: int, end: int) -> Iterator[Artefact]:
    """Those of some artefacts, in order, that stand between two offsets."""
    first = bisect.bisect_left(artefacts, start, key=lambda artefact: artefact.where.start)
    for artefact in itertools.islice(artefacts, first, None):
        if artefact.where.start > end:
            break
        if artefact.where.end <= end:
            yield artefact


def _block(pin: Pin, blocks: Sequence[Block]) -> Block:
    """The block that a pin says."""
    start, end = pin.note.start, pin.note.end
    first = bisect.bisect_right(blocks, start, key=lambda block: block.end)
    inside: list[Artefact] = []
    for block in itertools.islice(blocks, first, None):
        if block.start >= end:
            break
        inside += (
            artefact
            for artefact in _inside(block.artefacts, start, end)
            if artefact.where.start < artefact.where.end and artefact.where != pin.note.where
        )
    return Block(pin.kind, blocks[0].part, start, end, tuple(inside))
