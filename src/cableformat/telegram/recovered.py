"""Which fields of a specification a telegram gives back, and which it does not."""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, NamedTuple

from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.running_text import unwrapped
from cableformat.telegram.specification import PROSIGNS, PassageSpec
from cableformat.telegram.values import Region
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.telegram.specification import ParagraphSpec, Specification
    from cableformat.telegram.values import Value
    from cableformat.telegram.view import Telegram

_LONGEST_SHOWN = 160
_ID = re.compile(r"VZCZC\S*")
_ROUTED = re.compile(r"(?:VZCZC\S*\s)?(?:ZZ|OO|PP|RR)((?:\s(?!INFO\b|FROM\b)[A-Z]{4,7}(?=\s))+)")
_SENT = re.compile(r"^([ZOPR]) \d{6}Z|^(ZZ|OO|PP|RR) ", re.MULTILINE)
_ORDER = re.compile(r"\b1\d{4}\b")
_HEADING = re.compile(
    "(?:" + "|".join(sorted((row["words"] for row in rows("passages")), key=len, reverse=True)) + r")\b", re.IGNORECASE
)


class Lost(NamedTuple):
    """A field that a telegram does not give back.

    Attributes:
        field: Its name, such as `subject` or `paragraphs[2].mark`.
        asked: What was asked for.
        read: What is read.
    """

    field: str
    asked: object
    read: object

    def __str__(self) -> str:
        return f"{self.field}: {_shown(self.asked)} would be read as {_shown(self.read)}"


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}..."


def unrecovered(spec: Specification, telegram: Telegram) -> list[Lost]:
    """The fields that a telegram does not give back as a specification asks for them.

    Line breaks and artefacts are no fields: a telegram with pagers, stamps and page breaks in it may give back all.

    Args:
        spec: What was asked for.
        telegram: What was made of it.
    """
    pairs = (*_header(spec, telegram), *_head(spec, telegram), *_text(spec, telegram))
    return [Lost(*pair) for pair in pairs if pair[1] != pair[2]]


def _plain(value: Value[Any] | None) -> Any:  # noqa: ANN401 - of the field's type
    return value.value if value else None


def _plains(values: tuple[Value[Any], ...]) -> tuple[Any, ...]:
    return tuple(value.value for value in values)


def _blocks(telegram: Telegram, kind: BlockKind) -> str:
    """The words of the blocks of a kind, artefacts masked."""
    regions = (
        Region(block.part, block.start, block.end, tuple(a.where for a in block.artefacts if a.where.end <= block.end))
        for block in telegram.blocks
        if block.kind is kind
    )
    return "\n".join(region.text for region in regions)


def _header(spec: Specification, telegram: Telegram) -> Iterator[tuple[str, object, object]]:
    text = _blocks(telegram, BlockKind.TRANSMISSION)
    found = _ID.match(text)
    yield "transmission_id", spec.transmission_id, found.group() if found else None
    routed = _ROUTED.match(text)
    yield "routes", spec.routes, tuple(routed[1].split()) if routed else ()
    if spec.created or spec.routes:
        sent = next((m[1] or m[2][0] for m in _SENT.finditer(text)), None)
        yield "precedence", PROSIGNS[spec.precedence] if spec.precedence else None, _unless_routine(spec, sent)
    yield "created", spec.created.astimezone(UTC) if spec.created else None, _plain(telegram.date_time_group)
    yield "sender", spec.sender, _plain(telegram.sender)
    yield "recipients", spec.recipients, _plains(telegram.recipients)
    yield "info_recipients", spec.info_recipients, _plains(telegram.info_recipients)


def _unless_routine(spec: Specification, sent: str | None) -> str | None:
    """A digraph without a precedence is that of routine traffic."""
    return None if spec.precedence is None and sent == PROSIGNS["ROUTINE"] else sent


def _head(spec: Specification, telegram: Telegram) -> Iterator[tuple[str, object, object]]:
    yield "post and serial", f"{spec.post} {spec.serial:06d}" if spec.post else None, _plain(telegram.mrn)
    yield "year", spec.reference_id, _plain(telegram.numbered)
    yield "reference_id", spec.reference_id, _plain(telegram.reference_id)
    yield "classification", spec.classification, _plain(telegram.classification)
    yield "captions", spec.captions, _plains(telegram.captions)
    if spec.declassification is not None:
        order = _ORDER.search(_blocks(telegram, BlockKind.EXECUTIVE_ORDER))
        yield "order", spec.executive_order, int(order.group()) if order else None
    if isinstance(spec.declassification, date):
        yield "declassification", spec.declassification, _plain(telegram.declassify_on)
    else:
        yield "declassification", spec.declassification, _plain(telegram.declassification)
    yield "tags", spec.tags, _plains(telegram.tags)
    yield "subject", spec.subject, _plain(telegram.subject)
    yield (
        "references",
        [(r.value, r.bullet, r.kind) for r in spec.references],
        [(r.value, r.bullet, r.kind) for r in telegram.references],
    )
    yield "classified_by", tuple(official.name for official in spec.classified_by), _plains(telegram.classified_by)
    words = " ".join(_blocks(telegram, BlockKind.AUTHORITY).split())
    for i, official in enumerate(spec.classified_by):
        for name in ("rank", "office"):
            said = getattr(official, name)
            yield f"classified_by[{i}].{name}", said, said if said is None or said in words else words
    yield "reasons", spec.reasons, _plains(telegram.reasons)


def _text(spec: Specification, telegram: Telegram) -> Iterator[tuple[str, object, object]]:
    numbers = [(section.number, section.total) for section in telegram.sections]
    yield "sections", [(n, spec.sections) for n in range(1, spec.sections + 1)], numbers
    found = telegram.paragraphs
    for i, (asked, read) in enumerate(zip(spec.paragraphs, found, strict=False)):
        where = f"paragraphs[{i}]"
        yield f"{where}.number", asked.number, read.number
        yield f"{where}.mark", asked.mark, read.mark
        yield f"{where}.heading", asked.heading, read.heading
        yield f"{where}.text", asked.opening + "\n".join(asked.lines), read.running_text
    if len(spec.paragraphs) != len(found):
        beginnings = [paragraph.text[:30] for paragraph in found]
        yield "paragraphs", f"{len(spec.paragraphs)} paragraphs", beginnings
    yield (
        "passages",
        list(_passages(spec)),
        [(p.kind, " ".join(unwrapped(p.value).split())) for p in telegram.passages],
    )
    yield "signed_by", spec.signed_by, _plains(telegram.signed_by)


def _passages(spec: Specification) -> Iterator[tuple[str, str]]:
    """The passages in order of their beginning; a heading such as COMMENT makes one of all text up to the next."""
    kinds = {row["words"]: row["kind"] for row in rows("passages")}
    for i, paragraph in enumerate(spec.paragraphs):
        match = _HEADING.match(paragraph.heading or "")
        if match:
            yield kinds[match.group().upper()], " ".join(_under_heading(spec.paragraphs, i))
        yield from ((run.kind, run.text) for run in paragraph.text if isinstance(run, PassageSpec))


def _under_heading(paragraphs: tuple[ParagraphSpec, ...], first: int) -> Iterator[str]:
    """The words of the paragraphs from one with a heading to before the next."""
    for i in range(first, len(paragraphs)):
        if i > first and paragraphs[i].heading:
            return
        yield from paragraphs[i].lines
