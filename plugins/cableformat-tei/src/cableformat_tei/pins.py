"""Structure that mark-up states and the grammar does not see: it is pinned."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

import attrs

from cableformat import Annotation
from cableformat_tei.names import PIN, PINNABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat import Cable
    from cableformat_tei.structure import Statement

_Key = tuple[str, str, int, int]


def pinned(cable: Cable, statements: Iterable[Statement]) -> Cable:
    """The cable, with an annotation `structure.<kind>` for each stated block that the grammar does not find there.

    White space at the ends of a block says nothing. A new pin takes the place of older ones that it overlaps.

    Args:
        cable: The cable, with the pins that it has.
        statements: What the document states of its structure.
    """
    texts = {part.id: part.text for part in cable.parts}
    paragraphs = {(p.where.part, p.where.start): p for p in cable.paragraphs}
    known: dict[_Key, tuple[str | None, str | None]] = {}
    for block in cable.telegram.blocks:
        if block.kind in PINNABLE:
            paragraph = paragraphs.get((block.part.id, block.start))
            number = None if paragraph is None or paragraph.number is None else str(paragraph.number)
            mark = None if paragraph is None or paragraph.mark is None else str(paragraph.mark)
            known[_key(block.part.id, block.kind, block.start, block.end, block.part.text)] = (number, mark)
    new = []
    for statement in statements:
        text = texts[statement.part]
        key = _key(statement.part, statement.kind, statement.start, statement.end, text)
        if key[2] >= key[3]:
            continue
        found = known.get(key)
        if found is not None and all(
            stated is None or stated == seen
            for stated, seen in zip((statement.number, statement.mark), found, strict=True)
        ):
            continue
        new.append(_pin(statement))
    if not new:
        return cable
    spans = _ends(new)
    kept = [note for note in cable.annotations if not (note.kind.startswith(PIN) and _overlaps(note, spans))]
    return attrs.evolve(cable, annotations=(*kept, *new))


def _key(part: str, kind: str, start: int, end: int, text: str) -> _Key:
    words = text[start:end]
    return part, str(kind), start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


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
