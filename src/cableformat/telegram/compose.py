"""From fields to a telegram: the inverse of the grammar (5 FAH-1 H-200, ACP 127)."""

from __future__ import annotations

import functools
import re
from datetime import UTC, date
from itertools import groupby
from typing import TYPE_CHECKING

from cableformat.errors import ModelError
from cableformat.record import Record
from cableformat.telegram.blocks import Context
from cableformat.telegram.identifiers import canonical_post, is_canonical
from cableformat.telegram.recovered import unrecovered
from cableformat.telegram.specification import LEVELS, PROSIGNS
from cableformat.telegram.view import parse
from cableformat.telegram.vocabulary import rows
from cableformat.telegram.wrapping import wrapped
from cableformat.text import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat.telegram.specification import ParagraphSpec, ReferenceSpec, Specification
    from cableformat.telegram.values import Addressee

_ZNY = {"UNCLASSIFIED": "ZNR UUUUU", "SECRET": "ZNY SSSSS", "TOP SECRET": "ZNY TTTTT"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ROUTES_A_LINE = 8
_IDENTIFIER = re.compile(r"(\d\d)([A-Z]+)(\d+)")
_BY_LETTERS = re.compile(r"X?GDS|RDS|XDS|N/A")


def compose(specification: Specification) -> tuple[Record, tuple[Part, ...]]:
    """The record and parts of a cable that says what a specification asks for.

    Args:
        specification: The fields.

    Returns:
        The record, which holds the identifier and, where there is no header, the year's; and the parts `header`, if
        the specification has anything for it, and `body`.

    Raises:
        ModelError: A field would not be read back from the telegram; the message names it.
    """
    header = transmission(specification)
    parts: tuple[Part, ...] = (Part("body", "body", body(specification)),)
    if header:
        parts = (Part("header", "header", header), *parts)
    record = Record(reference_id=specification.reference_id)
    lost = unrecovered(specification, parse(parts, Context(record)))
    if lost:
        raise ModelError(
            "A telegram with these fields would be read otherwise. What does not come back as given: "
            + "; ".join(str(field) for field in lost)
        )
    return record, parts


def transmission(spec: Specification) -> str:
    """The transmission header (ACP 127), or no text where nothing of it is given."""
    lines = []
    if spec.transmission_id:
        lines.append(spec.transmission_id)
    prosign = PROSIGNS[spec.precedence] if spec.precedence else ""
    digraph = f"{prosign or 'R'}{prosign or 'R'} "
    lines += [
        (digraph if at == 0 else "") + " ".join(spec.routes[at : at + _ROUTES_A_LINE])
        for at in range(0, len(spec.routes), _ROUTES_A_LINE)
    ]
    sent = spec.created.astimezone(UTC) if spec.created else None
    if spec.sender and spec.sender.route:
        lines.append(_originator(spec, spec.sender.route))
        lines.append(f"{_ZNY.get(spec.classification, 'ZNY CCCCC')} ZZH")
    if sent:
        group = f"{sent:%d%H%M}Z {_MONTHS[sent.month - 1]} {sent:%y}"
        lines.append(f"{prosign} {group}".lstrip())
    if spec.sender:
        lines.append(f"FM {spec.sender.name}")
    for label, addressees in (("TO", spec.recipients), ("INFO", spec.info_recipients)):
        lines += [line for i, a in enumerate(addressees) for line in _addressee(a, "" if i else f"{label} ")]
    return "\n".join([*lines, ""]) if lines else ""


def _originator(spec: Specification, route: str) -> str:
    """The DE line: station, serial, section, Julian day and time."""
    words = [f"DE {route}"]
    if spec.serial:
        section = "/01" if spec.sections > 1 else ""
        words.append(f"#{spec.serial % 10_000:04d}{section}")
    if spec.created:
        words.append(f"{spec.created.astimezone(UTC):%j%H%M}")
    return " ".join(words)


def _addressee(addressee: Addressee, label: str) -> Iterator[str]:
    route = f"{addressee.route}/" if addressee.route else ""
    words = (f"{label}{route}{addressee.name}", addressee.precedence, addressee.mcn)
    yield " ".join(word for word in words if word)
    for post in addressee.excluded:
        yield f"XMT {post}"


def body(spec: Specification) -> str:
    """The telegram from its classification line on."""
    blocks = [_marking(spec, 1), *spec.captions]
    labelled = _labelled(spec)
    if labelled:
        blocks.append("\n".join(labelled))
    if spec.classified_by or spec.reasons:
        blocks.append(_authority(spec))
    total = len(spec.paragraphs)
    section = 1
    for i, paragraph in enumerate(spec.paragraphs):
        if i * spec.sections // max(total, 1) >= section:
            section += 1
            blocks.append(repeated_header(spec, section))
        if paragraph.heading:
            blocks.append(f"{paragraph.heading}\n{'-' * len(paragraph.heading)}")
        blocks.append(_paragraph(paragraph))
    if spec.signed_by:
        blocks.append("/".join(spec.signed_by))
    return "\n\n".join(blocks) + "\n"


def _marking(spec: Specification, section: int) -> str:
    words = [LEVELS[spec.classification]]
    if spec.sections > 1:
        words.append(f"SECTION {section:02d} OF {spec.sections:02d}")
    if spec.post:
        words.append(f"{spec.post} {spec.serial:06d}")
    return " ".join(words)


def repeated_header(spec: Specification, section: int) -> str:
    """The header with which a later section begins: classification line, captions, E.O., TAGS and SUBJECT.

    Args:
        spec: The fields.
        section: The section's number.
    """
    labelled = [line for line in _labelled(spec) if not line.startswith("REF")]
    return "\n\n".join([_marking(spec, section), *spec.captions, *(["\n".join(labelled)] if labelled else [])])


def _labelled(spec: Specification) -> list[str]:
    """E.O., TAGS, SUBJECT and REF."""
    lines = []
    if spec.declassification is not None:
        lines.append(wrapped(f"E.O. {spec.executive_order}: {instruction(spec.declassification)}"))
    if spec.tags:
        tags = [f"({tag})" if "," in tag else tag for tag in spec.tags]
        lines.append(wrapped("TAGS: " + ", ".join(tags).replace(", (", " (")))
    if spec.subject:
        lines.append(wrapped(f"SUBJECT: {spec.subject}"))
    if spec.references:
        has_bullets = any(reference.bullet for reference in spec.references)
        items = [_reference(reference, spec) for reference in spec.references]
        lines.append("REF: " + ("\n     ".join(items) if has_bullets else "; ".join(items)))
    return lines


def instruction(declassification: date | str) -> str:
    """The declassification instruction as the E.O. line has it."""
    if isinstance(declassification, date):
        return f"DECL: {declassification:%m/%d/%Y}"
    return declassification if _BY_LETTERS.match(declassification) else f"DECL: {declassification}"


@functools.cache
def _post_names() -> dict[str, str]:
    return {row["post"]: row["name"] for row in rows("posts")}


def _reference(reference: ReferenceSpec, spec: Specification) -> str:
    words = reference.value
    match = _IDENTIFIER.fullmatch(words) if reference.kind == "CABLE" else None
    if reference.kind == "CABLE" and (match is None or not is_canonical(words)):
        raise ModelError(
            f"references: {words!r} is no canonical identifier of a cable, such as 31PORTMERIDIAN117; "
            "see canonical_id(), or give the kind of what it is."
        )
    if match:
        own = {canonical_post(spec.post): spec.post} if spec.post else {}
        name = own.get(match[2]) or _post_names().get(match[2], match[2])
        words = f"{match[1]} {name} {match[3]}"
    bullet = f"{reference.bullet}. " if reference.bullet else ""
    return f"{bullet}{words}{' (NOTAL)' if reference.is_notal else ''}"


def _authority(spec: Specification) -> str:
    officials = []
    for official in spec.classified_by:
        words = f"{official.rank} {official.name}" if official.rank else official.name
        officials.append(f"{words}, {official.office}" if official.office else words)
    reason = f"reason{'s' if len(spec.reasons) > 1 else ''}"
    if not officials:
        return wrapped(f"{reason.capitalize()}: {_reasons(spec.reasons)}.")
    because = f", for {reason} {_reasons(spec.reasons)}" if spec.reasons else ""
    return wrapped(f"Classified By: {' and '.join(officials)}{because}.")


def _reasons(reasons: Sequence[str]) -> str:
    """Reasons of one section together: `1.4 (b) and (d)`."""
    groups = []
    for section, group in groupby(reasons, key=lambda reason: reason[:3]):
        letters = [reason[3:] for reason in group]
        head = ", ".join(letters[:-1])
        groups.append(f"{section} {head} and {letters[-1]}" if head else f"{section} {letters[-1]}")
    return ", ".join(groups)


def _paragraph(paragraph: ParagraphSpec) -> str:
    first, *items = paragraph.lines
    return "\n".join(wrapped(line) for line in (paragraph.opening + first, *items))
