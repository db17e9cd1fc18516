"""`text`: the bare telegram, as it would stand in a text file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.decoding import begins_as_markup, is_binary
from cableformat.fidelity import Report
from cableformat.patterns import on_use
from cableformat.registry import Claim, Confidence, Input, NoOptions, Sink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat.cable import Cable

_TELEGRAM = on_use(
    rb"^\W{0,3}(?:VZCZC|(?:TO|FM) [A-Z]{3}|E\.? ?O\.? ?1[1-3]\d{3}|TAGS?[: ]|SUBJ(?:ECT)?:"
    rb"|(?:UNCLAS|C O N F I D E N T I A L|S E C R E T|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\b[^\n]{0,60}\d{2,6})",
    re.MULTILINE | re.IGNORECASE,
)


def sniff(source: Input) -> Claim | None:
    """A hint where the bytes are text, no markup, and look like a telegram or are named like text."""
    head = source.head
    if begins_as_markup(head) or is_binary(head):  # what looks at all of it comes last
        return None
    match = _TELEGRAM.search(head)
    if match:
        return Claim(Confidence.HINT, f"a line of a telegram: {match.group().decode('ascii', 'replace').strip()}")
    if source.media_type == "text/plain" or (source.name or "").lower().endswith((".txt", ".cable")):
        return Claim(Confidence.HINT, "it is named as text, and is text")
    return None


def is_body_alone(cable: Cable) -> bool:
    """Whether the telegram is one part `body`, which is all that a bare text can say."""
    return [(part.id, part.role) for part in cable.parts if part.role in {"header", "body"}] == [("body", "body")]


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The one cable that a text is: its body, whole. What is header and head, the grammar says."""
    from cableformat.cable import Cable  # noqa: PLC0415 - to recognise a text takes no grammar
    from cableformat.text import Part  # noqa: PLC0415 - as above

    text, charset = source.decode()
    yield Cable(parts=(Part("body", "body", text),), source=source.source("text", charset=charset))


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:
    """Write the telegram as it is (`Cable.text`); whatever else the cable holds is reported as lost."""
    for cable in cables:
        data = sink.write_text(cable.text, cable.source.charset if cable.source else None)
        (back,) = read(Input.from_bytes(data, name=sink.name), options, Report())
        report.differences(cable, back, "a bare telegram is one text, and says nothing else")
