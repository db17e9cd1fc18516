"""Structure that mark-up states and the grammar does not see: it is pinned."""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from cableformat import Annotation
from cableformat_tei.names import PIN, PINNABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cableformat import Cable, Paragraph
    from cableformat_tei.structure import Statement

_Key = tuple[str, str, int, int]


def pinned(cable: Cable, statements: Sequence[Statement]) -> Cable:
    """The cable, with an annotation `structure.<kind>` for each stated block that the grammar does not find there.

    White space at the ends of a block says nothing. A new pin takes the place of older ones that it overlaps.

    Args:
        cable: The cable, with the pins that it has.
        statements: What the document states of its structure.
    """
    stated = {statement.part for statement in statements}
    if not stated:
        return cable
    # Parts of which nothing is stated, such as notes, are not looked at.
    parts = tuple(part for part in cable.parts if part.id in stated)
    notes = tuple(note for note in cable.annotations if note.part in stated)
    grammar = _Grammar(attrs.evolve(cable, parts=parts, annotations=notes))
    new = [_pin(statement) for statement in statements if not grammar.agrees(statement)]
    if not new:
        return cable
    spans = _ends(new)
    kept = [note for note in cable.annotations if not (note.kind.startswith(PIN) and _overlaps(note, spans))]
    return attrs.evolve(cable, annotations=(*kept, *new))


class _Grammar:
    """What the grammar says of a cable, to compare statements with."""

    def __init__(self, cable: Cable) -> None:
        self._cable = cable
        self._texts = {part.id: part.text for part in cable.parts}
        blocks = (block for block in cable.telegram.blocks if block.kind in PINNABLE)
        self._starts = {_key(b.part.id, b.kind, b.start, b.end, b.part.text): b.start for b in blocks}

    @cached_property
    def _paragraphs(self) -> dict[tuple[str, int], Paragraph]:
        """The paragraphs by where they start: read only for documents that state numbers or marks."""
        return {(p.where.part, p.where.start): p for p in self._cable.paragraphs}

    def agrees(self, statement: Statement) -> bool:
        """Whether what is stated is what the grammar reads; of nothing but white space there is nothing to state."""
        key = _key(statement.part, statement.kind, statement.start, statement.end, self._texts[statement.part])
        if key[2] >= key[3]:
            return True
        start = self._starts.get(key)
        if start is None or (statement.number is None and statement.mark is None):
            return start is not None
        paragraph = self._paragraphs.get((statement.part, start))
        if paragraph is None:
            return False
        number = None if paragraph.number is None else str(paragraph.number)
        mark = None if paragraph.mark is None else str(paragraph.mark)
        return statement.number in {None, number} and statement.mark in {None, mark}


def _key(part: str, kind: str, start: int, end: int, text: str) -> _Key:
    words = text[start:end]
    right = words.rstrip()
    return part, kind, start + len(right) - len(right.lstrip()), start + len(right)


def _pin(statement: Statement) -> Annotation:
    said = (("number", statement.number), ("mark", statement.mark))
    pairs = tuple((name, value) for name, value in said if value is not None)
    return Annotation(statement.part, statement.start, statement.end, f"{PIN}{statement.kind}", pairs)


def _ends(pins: list[Annotation]) -> dict[str, list[tuple[int, int]]]:
    """The spans of new pins by part, in order, each end the furthest so far."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for pin in sorted(pins, key=lambda pin: (pin.part, pin.start)):
        before = spans.setdefault(pin.part, [])
        before.append((pin.start, max(pin.end, before[-1][1] if before else 0)))
    return spans


def _overlaps(note: Annotation, spans: dict[str, list[tuple[int, int]]]) -> bool:
    of_part = spans.get(note.part, [])
    before = bisect.bisect_left(of_part, (note.end, 0))
    return before > 0 and of_part[before - 1][1] > note.start
