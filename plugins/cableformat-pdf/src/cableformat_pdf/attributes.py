"""The `Message Attributes` that the National Archives put under each telegram of 1973-79 (field notes §6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Record
from cableformat_pdf.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADING = "Message Attributes"
_FIELDS = {row["label"]: row["field"] for row in rows("nara_attributes")}
_LABELS = {row["field"]: row["label"] for row in rows("nara_attributes") if row["field"]}
# A label that is not in the vocabulary is words in small letters with capitals before them; values are in capitals.
_KNOWN = "|".join(sorted(map(re.escape, _FIELDS), key=len, reverse=True))
_LABEL = rf"(?:{_KNOWN})|[A-Z][a-z]{{1,20}}(?: (?:[A-Z][a-z]{{1,20}}|of|on|ID)){{0,5}}"
_ROW = re.compile(rf"[ \t\x0c]*+({_LABEL}):(.*)")
_STAMP = re.compile(
    r"[ \t\x0c]*+(?:Margaret P\. Grafeld|Sheryl P\. Walter|Declassified/Released|US Department of State"
    r"|EO Systematic Review|\d{1,2} [A-Za-z]{3} \d{4})(?:[ \t].*)?"
)
_BLANKS = " \t\r\x0c\xa0"
_NULL = "n/a"
_LOCATOR, _HAS_TEXT = "Locator", "TEXT ON-LINE"
_MARKINGS = frozenset({"Markings", "Review Markings"})


def read_attributes(text: str) -> Record:
    r"""What the attributes say: labels with a standard name under it, the others as `extra`, in order.

    `n/a` is the archive's null and gives nothing; a label without a value gives "". Lines without a label continue
    the value above them. A declassification stamp at the foot of a page is no value, except under `Markings` and
    `Review Markings`. Where the `Locator` does not say that the text is on line, it is what the archive says of the
    completeness.

    Args:
        text: The attributes, with or without their heading.

    Example:
        >>> record = read_attributes("Document Number: 1975PORTME00117\nConcepts: HARBORS,\nTALKS\nEnclosure: n/a\n")
        >>> record.reference_id, record.extra
        ('1975PORTME00117', (('Concepts', 'HARBORS,\nTALKS'),))
    """
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for label, value in _pairs(text):
        field = _FIELDS.get(label) or ("partial" if label == _LOCATOR and _HAS_TEXT not in value else "")
        if value == _NULL:
            continue
        if field and field not in said:
            said[field] = value
        else:
            extra.append((label, value))
    return Record(**said, extra=tuple(extra))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    label, value = "", [""]
    for line in text.split("\n"):
        row = _ROW.fullmatch(line.rstrip(_BLANKS))
        if row:
            if label:
                yield label, "\n".join(value)
            label, value = row[1], [row[2].strip(_BLANKS)]
        elif label and line.strip(_BLANKS) and (label in _MARKINGS or not _STAMP.fullmatch(line.rstrip(_BLANKS))):
            value = [*([] if value == [""] else value), line.strip(_BLANKS)]
    if label:
        yield label, "\n".join(value)


def lay_out(record: Record) -> str:
    r"""The attributes of a record, as the archive lays them out; a statement with no label there is left out.

    Example:
        >>> lay_out(Record(subject="HARBOR\nTALKS"))
        '                              Message Attributes\n\nSubject: HARBOR\nTALKS\n'
    """
    lines = [f"{'':30}{HEADING}", ""]
    for field, label in _LABELS.items():
        value = getattr(record, field)
        if value is not None:
            lines.append(f"{label}: {value}")
    if record.partial is not None:
        lines.append(f"{_LOCATOR}: {record.partial}")
    lines += [f"{label}: {value}" for label, value in record.extra if re.fullmatch(_LABEL, label)]
    return "\n".join(lines) + "\n"


def is_plain(record: Record) -> bool:
    """Whether the attributes can hold all that a record says under their labels, and it is read back from there."""
    stated = [getattr(record, field) for field in _LABELS]
    if record.partial is not None and (_HAS_TEXT in record.partial or record.partial == ""):
        return False
    for label, value in record.extra:
        has_place = re.fullmatch(_LABEL, label) and not _FIELDS.get(label)
        if not has_place or (label == _LOCATOR and _HAS_TEXT not in value):
            return False
        stated.append(value)
    return all(_is_plain_value(value) for value in (*stated, record.partial) if value is not None)


def _is_plain_value(value: str) -> bool:
    """Whether a value stands on one line without blanks at its ends, and is not taken for the null."""
    return value != _NULL and value == value.strip(_BLANKS) and value.isprintable()
