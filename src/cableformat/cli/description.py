"""A cable described for programs: plain values under the names of the short cuts, and where each comes from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from cableformat.text import Span

if TYPE_CHECKING:
    from cableformat.cable import Cable
    from cableformat.telegram import Paragraph, Value

ONE = (
    "reference_id",
    "mrn",
    "created",
    "origin",
    "classification",
    "is_partial",
    "subject",
    "summary",
    "declassification",
    "declassify_on",
    "sender",
)
"""Fields that have one value or none."""

MANY = ("captions", "tags", "signed_by", "classified_by", "reasons", "recipients", "info_recipients")
"""Fields that have any number of values."""


def describe(cable: Cable) -> dict[str, Any]:
    """What is understood of a cable, as JSON values.

    The member `where` has, for each field, the words it was read from and their place: a span of a part, or the
    path of a statement of the record, such as `record.created`.
    """
    telegram = cable.telegram
    values: dict[str, Any] = {}
    where: dict[str, Any] = {}
    for name in ONE:
        value = getattr(telegram, name)
        values[name] = None if value is None else _plain(value.value)
        if value is not None:
            where[name] = _origin(value)
    for name in MANY:
        found = getattr(telegram, name)
        values[name] = [_plain(value.value) for value in found]
        if found:
            where[name] = [_origin(value) for value in found]
    return {
        **values,
        "is_partial": cable.is_partial,
        "references": [_plain(reference) for reference in cable.references],
        "paragraphs": [_paragraph(paragraph) for paragraph in cable.paragraphs],
        "passages": [_plain(passage) for passage in telegram.passages],
        "artefacts": [_plain(artefact) for artefact in telegram.artefacts],
        "sections": [_plain(section) for section in telegram.sections],
        "discrepancies": [_plain(discrepancy) for discrepancy in cable.discrepancies()],
        "where": where,
        "record": {k: v for k, v in attrs.asdict(cable.record).items() if v is not None},
        "parts": [{"id": p.id, "role": p.role, "characters": len(p.text)} for p in cable.parts],
        "annotations": len(cable.annotations),
        "source": None if cable.source is None else attrs.asdict(cable.source),
    }


def _origin(value: Value[Any]) -> dict[str, Any]:
    return {"raw": value.raw, "where": _plain(value.where)}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "mark": _plain(paragraph.mark),
        "heading": paragraph.heading,
        "text": paragraph.text,
        "running_text": paragraph.running_text,
        "is_broken": paragraph.is_broken,
        "passages": [_plain(passage) for passage in paragraph.passages],
        "where": _plain(paragraph.where),
    }


def moment(value: datetime) -> str:
    """A moment in ISO 8601, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of the telegram
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return {"part": value.part, "start": value.start, "end": value.end}
    if attrs.has(type(value)):
        names = (a.name for a in attrs.fields(type(value)) if not a.name.startswith("_"))
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value
