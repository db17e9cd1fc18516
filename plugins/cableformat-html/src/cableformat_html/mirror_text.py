"""Text copies of mirror pages, recognised: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence

if TYPE_CHECKING:
    from cableformat import Cable, Input

PARTIAL = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)
"""The sentence that stands in place of the header of an extract."""

_BLANK = r"(?: |\xa0|\xc2\xa0)"  # as text, and as bytes of windows-1252 and UTF-8
_HOW_TO = re.compile(rf"^pdf{_BLANK}++how-to read a cable".encode("latin-1"), re.MULTILINE)
_TITLE = re.compile(rb"^Cable title:", re.MULTILINE)

CREATED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?")
"""How the mirror writes a date."""


def sniff(source: Input) -> Claim | None:
    """The dialect, where the mirror's title line and its line of links stand above the telegram."""
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
