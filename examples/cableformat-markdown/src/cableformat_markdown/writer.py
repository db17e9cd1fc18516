"""Write a cable as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat_markdown import front_matter
from cableformat_markdown.annotations import to_line
from cableformat_markdown.blocks import fenced, line_ends, to_lines
from cableformat_markdown.escapes import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat import Cable, NoOptions, Report, Sink

_TITLE_LENGTH = 200
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&]")

_ABOUT_TEXT = r"""<!--
The blocks hold the text, exactly: change it there, and only there. A line of a block is a line of the text; ends= says
what ends it in the text (lf, crlf or cr), whatever ends the lines of this file. In a block a backslash begins what
cannot be seen: \s a blank at the end of a line, \t a tab, \n \r \f, \x07 \u2028 a character by its number, \\ a
backslash. A single \ at the end of a line: the text has no line end there.
-->
"""
_ABOUT_NOTES = r"""<!--
An annotation is a line: part, start-end (in characters), kind, "words", and any number of label="text". In a new one
start-end may be left out where the words stand only once:   body name.person "Tomas Orleo" ref="orleo"
-->
"""


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - the contract's shape
    """Write a cable as a document in UTF-8. Nothing is lost, so nothing is reported."""
    for cable in cables:
        sink.write(_document(cable).encode())


def _document(cable: Cable) -> str:
    texts = {part.id: part.text for part in cable.parts}
    pieces = ["".join(f"{line}\n" for line in front_matter.lines_of(cable)), f"# {_title(cable)}\n", _ABOUT_TEXT]
    for part in cable.parts:
        ends = line_ends(part.text)
        pieces.append(f"## {part.id}\n")
        pieces.append(fenced(f"text part={part.id} role={part.role} ends={ends}", to_lines(part.text, ends)))
    pieces += ["## Annotations\n", _ABOUT_NOTES]
    pieces.append(fenced("annotations", (to_line(note, texts[note.part]) for note in cable.annotations)))
    return "\n".join(pieces)


def _title(cable: Cable) -> str:
    """A heading for people; it is never read."""
    words = " ".join(" ".join(filter(None, (cable.reference_id, cable.subject))).split())
    if len(words) > _TITLE_LENGTH:
        words = f"{words[:_TITLE_LENGTH]}..."
    return _MARKUP.sub(r"\\\g<0>", HIDDEN.sub("\ufffd", words)) or "A cable"
