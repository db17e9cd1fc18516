"""Text copies of mirror pages, recognised: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence, FormatError, Input, NoOptions, Report
from cableformat.patterns import on_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cableformat import Cable, Part, Record, Sink

PARTIAL = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)
"""The sentence that stands in place of the header of an extract."""

_BLANK = r"(?: |\xa0|\xc2\xa0)"  # as text, and as bytes of windows-1252 and UTF-8
_HOW_TO = on_use(rf"^pdf{_BLANK}++how-to read a cable".encode("latin-1"), re.MULTILINE)
_TITLE = re.compile(rb"^Cable title:", re.MULTILINE)

CREATED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?")
"""How the mirror writes a date."""


def sniff(source: Input) -> Claim | None:
    """The dialect, where the mirror's title line and its line of links stand above the telegram."""
    # the second a hundred times faster than the search, for what is no such text
    if source.head.startswith(b"<") or b"Cable title:" not in source.head:
        return None
    title = _TITLE.search(source.head)
    if title is None or _HOW_TO.search(source.head, title.end()) is None:
        return None
    return Claim(Confidence.DIALECT, "the lines 'Cable title:' and 'pdf how-to read a cable' of the jcvignoli mirror")


def fits(cable: Cable) -> bool:
    """Whether the mirror's layout can hold the cable: one body, the partial sentence for a header, plain values."""
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    ids = [(part.id, part.role) for part in telegram]
    if ids == [("header", "header"), ("body", "body")]:
        if telegram[0].text not in {f"{PARTIAL}\n", f"{PARTIAL}\r\n"}:
            return False
    elif ids != [("body", "body")] or telegram[0].text.startswith(PARTIAL):
        return False
    record = cable.record
    if record.created is None or not CREATED.fullmatch(record.created) or record.subject is None:
        return False
    needed = [record.origin]
    if (record.reference_id, record.classification, record.tags) != (None, None, None):
        needed += [record.reference_id, record.classification]
    return all(value is not None and is_plain(value) for value in needed) and all(
        value is None or value == "" or is_plain(value) for value in (record.subject, record.tags)
    )


def is_plain(value: str) -> bool:
    """Whether a value can stand on a line of the layout and be read back: printable, no blanks at its ends."""
    return (
        value.isprintable()
        and value == value.strip(" \xa0")
        and value != ""
        and not re.match(r"(?:Cable title|Tags):|pdf[ \xa0]|wikileaks ico|Identifier\Z", value)
    )


MRKVA_LABELS: dict[str, str | None] = {
    "Identifier": "reference_id",
    "Wikileaks": None,
    "Origin": "origin",
    "Created": "created",
    "Classification": "classification",
    "Tags": "tags",
    "Redacted": None,
}
"""The labels of the mrkva mirror in their order, and the statements of the record that they are."""

_MRKVA_WORDS = on_use(rf"US embassy cable|Disclaimer:|(?:{'|'.join(MRKVA_LABELS)})\b")


def is_row_value(value: str) -> bool:
    """Whether a value can stand in a row of the mrkva mirror or above its rows, and be read back."""
    return value.isprintable() and value == value.strip(" \xa0") and value != "" and not _MRKVA_WORDS.match(value)


def fits_mrkva(cable: Cable) -> bool:
    """Whether the mrkva mirror's layout can hold the cable: the partial sentence, a body, and plain values."""
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    ids = [(part.id, part.role) for part in telegram]
    if ids != [("header", "header"), ("body", "body")] or telegram[0].text not in {f"{PARTIAL}\n", f"{PARTIAL}\r\n"}:
        return False
    body = telegram[1].text
    if not body.strip() or body[0].isspace() or "Latest source of this page is cablebrowser" in body:
        return False
    record = cable.record
    needed = (record.reference_id, record.created, record.origin, record.classification)
    return all(value is not None and is_row_value(value) for value in needed) and all(
        value is None or is_row_value(value) for value in (record.subject, record.tags)
    )


def replayed(cable: Cable, parse: Callable[[str], tuple[Record, tuple[Part, ...]]]) -> str | None:
    """The text of a page that a cable was read from, where its words still fit the cable's record and parts.

    Args:
        cable: The cable.
        parse: Gives the record and the parts of such a text.
    """
    if not cable.parts or cable.parts[0].id != "container":
        return None
    text = "".join(part.text for part in cable.parts)
    try:
        return text if parse(text) == (cable.record, cable.parts) else None
    except FormatError:
        return None


def write_copies(  # noqa: PLR0913 - what the copies of one mirror are
    cables: Iterable[Cable],
    sink: Sink,
    report: Report,
    *,
    read: Callable[[Input, NoOptions, Report], Iterator[Cable]],
    parse: Callable[[str], tuple[Record, tuple[Part, ...]]],
    lay_out: Callable[[Cable], str],
    reason: str,
) -> None:
    """Write cables as text: as it was read where that still fits the cable, else laid out anew; report the rest.

    Args:
        cables: The cables.
        sink: Where to.
        report: Is told how what is read back differs.
        read: The format's reader.
        parse: Gives the record and the parts of such a text.
        lay_out: Gives the text of a cable.
        reason: Why the layout does not keep what it does not.
    """
    for cable in cables:
        text = replayed(cable, parse) or lay_out(cable)
        data = sink.write_text(text, cable.source.charset if cable.source else None)
        (back,) = read(Input.from_bytes(data, sink.name), NoOptions(), Report())
        report.differences(cable, back, reason)


DUMP_FIELDS = ("reference_id", "subject", "created", "classification", "origin")
"""What the five lines at the top of a dump say."""


def fits_dump(cable: Cable) -> bool:
    """Whether a dump can hold the cable: one body, perhaps the partial sentence before it, and five plain values."""
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    ids = [(part.id, part.role) for part in telegram]
    body = telegram[-1].text if telegram else ""
    if not body or body[0].isspace() or body.startswith(PARTIAL):
        return False
    if ids == [("body", "body")]:
        if not _OPENS_BODY.match(body):
            return False
    elif ids != [("header", "header"), ("body", "body")] or telegram[0].text not in {PARTIAL, f"{PARTIAL}\n"}:
        return False
    values = [getattr(cable.record, field) for field in DUMP_FIELDS]
    return all(value is not None and value.isprintable() and value == value.strip(" \xa0") for value in values) and all(
        "  " not in value for value in values
    )


_OPENS_BODY = on_use(r"UNCLAS|C O N F|S E C R E T|CONFIDENTIAL|SECRET|LIMITED OFFICIAL")
