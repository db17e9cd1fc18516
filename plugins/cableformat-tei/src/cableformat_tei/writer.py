"""Writing `tei`: a cable as a TEI document."""

from __future__ import annotations

import hashlib
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING

from cableformat_tei import header
from cableformat_tei.exact_text import Encoder
from cableformat_tei.inline import Inline, Insertion, Numbered, point
from cableformat_tei.names import NOTE, PROFILE, TEI
from cableformat_tei.structure import Layout, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cableformat import Block, Cable, NoOptions, Paragraph, Part, Report, Sink


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - the contract's shape
    """Write a cable as a document; nothing is lost, so nothing is reported."""
    for cable in cables:
        sink.write(document(cable).encode())


def text_digest(texts: Iterable[str]) -> str:
    """The hash of the parts' text, joined by NUL."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def document(cable: Cable) -> str:
    """The TEI document of a cable."""
    body = _Body(cable)
    text = "".join(body.parts())
    stand_off = "".join(body.stand_off())
    facts = header.Facts(
        text_digest=text_digest(part.text for part in cable.parts),
        structure_digest=digest(body.lines),
        marks=body.marks,
    )
    head = header.header(cable, facts, body.encoder)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TEI xmlns="{TEI}" type="cable" subtype="{PROFILE}">\n'
        f"{head}<text>\n<body>\n{text or EMPTY_BODY}</body>\n</text>\n{stand_off}</TEI>\n"
    )


EMPTY_BODY = '<div type="empty"/>\n'


class _Body:
    """The text and what stands off from it."""

    def __init__(self, cable: Cable) -> None:
        self.encoder = Encoder()
        self.lines: list[str] = []
        self.marks: dict[str, str] = {}
        self._cable = cable
        self._blocks: dict[str, list[Block]] = {
            part: list(found) for part, found in groupby(cable.telegram.blocks, key=lambda block: block.part.id)
        }
        self._paragraphs: dict[str, dict[int, Paragraph]] = {}
        for paragraph in cable.paragraphs:
            where = paragraph.where
            self._paragraphs.setdefault(where.part, {})[where.start] = paragraph
        self._notes: dict[str, list[Numbered]] = {}
        for i, note in enumerate(cable.annotations):
            self._notes.setdefault(note.part, []).append(Numbered(i, note))
        self._part_ids = {part.id: f"part-{i}" for i, part in enumerate(cable.parts) if part.role == NOTE}
        self._standing_off: list[Numbered] = []

    def parts(self) -> Iterable[str]:
        """Each part, as a `div`."""
        for part in self._cable.parts:
            yield f'<div type="part">\n{self._milestone(part)}\n'
            yield self._part(part)
            yield "</div>\n"

    def _milestone(self, part: Part) -> str:
        name = self._part_ids.get(part.id)
        id_ = f' xml:id="{name}"' if name else ""
        return f'<milestone unit="part" n="{part.id}" type="{part.role}"{id_}/>'

    def _part(self, part: Part) -> str:
        notes = self._notes.get(part.id, [])
        inline = Inline(notes, self.encoder, self._part_ids)
        layout = Layout(self._blocks.get(part.id, []), self._paragraphs.get(part.id, {}), inline)
        layout.run()
        self.lines += layout.lines
        self.marks |= layout.marks
        tags = layout.tags
        if notes:
            points = self._points([n for n in notes if n.index not in inline.placed])
            tags = list(merge(tags, points, key=lambda tag: tag[0]))
        return self.encoder.encode_tagged(part.text, tags, are_plain=not notes)

    def _points(self, notes: Sequence[Numbered]) -> list[Insertion]:
        """The empty elements of annotations: notes and page breaks, and the anchors of what stands off."""
        points: list[Insertion] = []
        for numbered in notes:
            note = numbered.note
            element = point(numbered)
            if element is not None:
                points.append((note.start, element))
                continue
            self._standing_off.append(numbered)
            points.append((note.start, f'<anchor xml:id="from-{numbered.index}"/>'))
            points.append((note.end, f'<anchor xml:id="to-{numbered.index}"/>'))
        return sorted(points, key=lambda tag: tag[0])

    def stand_off(self) -> Iterable[str]:
        """The annotations that overlap, or say what an element cannot."""
        if not self._standing_off:
            return
        yield "<standOff>\n<listAnnotation>\n"
        for numbered in sorted(self._standing_off, key=lambda numbered: numbered.index):
            i = numbered.index
            pairs = header.pairs(numbered.note.attributes, self.encoder)
            yield (
                f'<annotation{numbered.id} target="#from-{i} #to-{i}">'
                f'<note type="{numbered.note.kind}">{pairs}</note></annotation>\n'
            )
        yield "</listAnnotation>\n</standOff>\n"
