"""`nara`: the text of the National Archives' central foreign policy files, 1973-79 (field notes §6).

The archive prints its stamps, the line `Message Text`, the telegram, the line `Message Attributes` and the
attributes. Stamps, page breaks and end marks inside the telegram belong to its text, where the grammar types them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_pdf.attributes import HEADING, is_plain, lay_out, read_attributes
from cableformat_pdf.recognition import is_body_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import NoOptions, Sink

_TEXT = re.compile(r"^[ \t\x0c]*+Message Text[ \t]*+(?:\r?\n|\Z)", re.MULTILINE)
_ATTRIBUTES = re.compile(rf"^[ \t\x0c]*+{HEADING}[ \t]*+(?:\r?\n|\Z)", re.MULTILINE)
_FIRST_PAGE = re.compile(r"^[ \t\x0c]*+PAGE 01[ \t\r\n]", re.MULTILINE)
# A line that only a telegram has. The archive's words in place of a lost one are its own, not the telegram's.
_TELEGRAM = re.compile(
    r"^[ \t]*+(?:PAGE \d\d[ \t\r\n]|(?:FM|TO|INFO|ACTION|ORIGIN)[ \t]+[A-Z]|(?:[ZOPR] )+\d{6}Z|TAGS?\b|SUBJ"
    r"|E\.? ?O\.? ?1|1\. ?[A-Z(])",
    re.MULTILINE,
)
_MESSAGE_TEXT = f"{'':30}Message Text\n"


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a document; one whose text the archive does not hold has no telegram, and says why.

    Raises:
        FormatError: It has none of the archive's lines.
    """
    text, charset = source.decode()
    record, parts = split(text, source.name)
    yield Cable(record, parts, source=source.source("nara", charset=charset))


def split(text: str, name: str | None = None) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a document.

    Args:
        text: The text of its pages.
        name: The file's name, for the error.

    Raises:
        FormatError: It has none of the archive's lines.
    """
    heading = _TEXT.search(text)
    start = heading.end() if heading else 0
    end = max((match.start() for match in _ATTRIBUTES.finditer(text, start)), default=len(text))
    if heading is None and end == len(text) and not _FIRST_PAGE.search(text):
        raise FormatError(
            "The archive's lines 'Message Text' and 'Message Attributes' are missing, and the telegram's 'PAGE 01'.",
            source=name,
            line=1,
            hint="Text of another PDF is the format pdf-text.",
        )
    record = read_attributes(text[end:])
    body = text[start:end]
    if not body.strip() or (record.partial and not _TELEGRAM.search(body)):
        start = end
    parts = [
        Part("container", "container", text[:start]),
        Part("body", "body", text[start:end]),
        Part("attributes", "attributes", text[end:]),
    ]
    return record, tuple(part for part in parts if part.text)


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:
    """Write a cable as the archive prints it: its own words again where they still fit it, else laid out anew.

    The record is what a cable says. Where the verbatim attributes say otherwise, they are laid out anew from it, and
    that is reported.
    """
    for cable in cables:
        text = _replay(cable) or _lay_out(cable)
        data = sink.write_text(text, cable.source.charset if cable.source else None)
        (back,) = read(Input.from_bytes(data, sink.name), options, Report())
        report.differences(cable, back, "the archive's layout has no place for it as it is")


def _replay(cable: Cable) -> str | None:
    text = "".join(part.text for part in cable.parts)
    try:
        return text if split(text) == (cable.record, cable.parts) else None
    except FormatError:
        return None


def _lay_out(cable: Cable) -> str:
    above = next((part.text for part in cable.parts if part.id == "container" and _TEXT.search(part.text)), "")
    if cable.text and not above.endswith("\n"):
        above = _MESSAGE_TEXT
    body = cable.text
    if body and not body.endswith("\n"):
        body += "\n"
    return (above or _MESSAGE_TEXT) + body + lay_out(cable.record)


def fits(cable: Cable) -> bool:
    """Whether the layout can hold the cable: one body of whole lines that is no notice of a lost text, plain values."""
    if not is_body_alone(cable) or any(part.id == "container" for part in cable.parts):
        return False
    body = cable.text
    if not body.strip() or not body.endswith("\n") or (cable.record.partial and not _TELEGRAM.search(body)):
        return False
    return is_plain(cable.record)
