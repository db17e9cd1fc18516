"""The columns of the Parquet table: what each is called, its type, and how it is read from a cable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cableformat import Cable, Part, Record, __version__, dumps
from cableformat.record import RECORD_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cableformat import Addressee, Paragraph, Reference

LAYOUT = b"1"
"""Version of the table's layout: a newer one changes what a column means."""

LAYOUT_KEY = b"cableformat.table"
GRAMMAR_KEY = b"cableformat.grammar_version"
"""Metadata of the file: the layout, and the version of cableformat whose grammar the columns were read with."""

EXACT = ("record", "parts", "grammar")
"""The columns that hold the cable itself, verbatim; reading takes these."""

COPY = "cable"
"""The column of the embedded copies: each cable whole, as canonical JSON on one line."""

_TEXT = pa.string()
_TEXTS = pa.list_(_TEXT)


def _struct(**types: Any) -> pa.StructType:  # noqa: ANN401 - pyarrow has no types
    return pa.struct(list(types.items()))


_ADDRESSEE = _struct(route=_TEXT, name=_TEXT, precedence=_TEXT, mcn=_TEXT, excluded=_TEXTS)
_REFERENCE = _struct(kind=_TEXT, value=_TEXT, bullet=_TEXT)
_PARAGRAPH = _struct(number=pa.int16(), mark=_TEXT, heading=_TEXT, text=_TEXT)
_RECORD = pa.struct([(name, _TEXT) for name in RECORD_FIELDS] + [("extra", pa.list_(_struct(label=_TEXT, text=_TEXT)))])

_TYPES = {
    "reference_id": _TEXT,
    "created": pa.timestamp("ms", tz="UTC"),
    "year": pa.int16(),
    "post": _TEXT,
    "origin": _TEXT,
    "classification": _TEXT,
    "captions": _TEXTS,
    "subject": _TEXT,
    "tags": _TEXTS,
    "sender": _ADDRESSEE,
    "recipients": pa.list_(_ADDRESSEE),
    "info_recipients": pa.list_(_ADDRESSEE),
    "references": pa.list_(_REFERENCE),
    "classified_by": _TEXTS,
    "reasons": _TEXTS,
    "declassify_on": pa.date32(),
    "signed_by": _TEXTS,
    "is_partial": pa.bool_(),
    "summary": _TEXT,
    "paragraphs": pa.list_(_PARAGRAPH),
    "characters": pa.int64(),
    "record": _RECORD,
    "parts": pa.list_(_struct(id=_TEXT, role=_TEXT, text=_TEXT)),
    "grammar": _TEXT,
    COPY: _TEXT,
}
REPEATING = [
    *("post", "origin", "classification", "captions.list.element", "tags.list.element", "reasons.list.element"),
    *(f"sender.{name}" for name in ("route", "name", "precedence")),
    *(f"{who}.list.element.{name}" for who in ("recipients", "info_recipients") for name in ("route", "name")),
    *("references.list.element.kind", "paragraphs.list.element.mark", "grammar"),
]
"""The columns whose values repeat so often that a dictionary of them is shorter."""


def schema(*, embed: bool) -> pa.Schema:
    """The table's schema, with the column of copies or without it."""
    metadata = {LAYOUT_KEY: LAYOUT, GRAMMAR_KEY: __version__.encode()}
    return pa.schema([(name, kind) for name, kind in _TYPES.items() if embed or name != COPY], metadata)


def row(cable: Cable, *, embed: bool) -> dict[str, Any]:
    """The row of a cable."""
    created = cable.created
    mrn = cable.mrn
    sender = cable.sender
    values = {
        "reference_id": cable.reference_id,
        "created": created,
        "year": created.year if created else None,
        "post": mrn.rpartition(" ")[0] if mrn else None,
        "origin": cable.origin,
        "classification": cable.classification,
        "captions": cable.captions,
        "subject": cable.subject,
        "tags": cable.tags,
        "sender": _addressee(sender) if sender else None,
        "recipients": _addressees(cable.recipients),
        "info_recipients": _addressees(cable.info_recipients),
        "references": [_reference(found) for found in cable.references],
        "classified_by": cable.classified_by,
        "reasons": cable.reasons,
        "declassify_on": cable.declassify_on,
        "signed_by": cable.signed_by,
        "is_partial": cable.is_partial,
        "summary": cable.summary,
        "paragraphs": [_paragraph(found) for found in cable.paragraphs],
        "characters": len(cable.text),
        "record": {
            **{name: getattr(cable.record, name) for name in RECORD_FIELDS},
            "extra": [{"label": label, "text": text} for label, text in cable.record.extra],
        },
        "parts": [{"id": part.id, "role": part.role, "text": part.text} for part in cable.parts],
        "grammar": cable.grammar,
    }
    if embed:
        values[COPY] = dumps(cable, compact=True).decode().rstrip("\n")
    return values


def _addressees(found: Iterable[Addressee]) -> list[dict[str, Any]]:
    return [_addressee(addressee) for addressee in found]


def _addressee(found: Addressee) -> dict[str, Any]:
    return {
        "route": found.route,
        "name": found.name,
        "precedence": found.precedence,
        "mcn": found.mcn,
        "excluded": found.excluded,
    }


def _reference(found: Reference) -> dict[str, Any]:
    return {"kind": found.kind, "value": found.value, "bullet": found.bullet}


def _paragraph(found: Paragraph) -> dict[str, Any]:
    return {
        "number": found.number,
        "mark": str(found.mark) if found.mark else None,
        "heading": found.heading,
        "text": found.running_text,
    }


def exact(values: Mapping[str, Any]) -> tuple[Record, tuple[Part, ...], str]:
    """The record, the parts and the grammar that a row says.

    Raises:
        ValueError: It says what is no cable.
    """
    try:
        said = values["record"] or {}
        extra = tuple((pair["label"], pair["text"]) for pair in said.get("extra") or ())
        record = Record(**{name: said.get(name) for name in RECORD_FIELDS}, extra=extra)
        parts = tuple(Part(part["id"], part["role"], part["text"]) for part in values["parts"] or ())
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"The columns record and parts are of other types than expected: {error}.") from None
    grammar = values.get("grammar")
    return record, parts, "us" if grammar is None else grammar
