"""`frus`: volumes of the Foreign Relations of the United States, as the Office of the Historian publishes them.

A volume is one TEI document; each `div` of type `document` in it is a cable, or another paper, that historians have
edited: the layout is gone, and notes are added. Volumes are read as a stream, one document at a time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from cableformat import Annotation, Cable, FormatError, ModelError, Record
from cableformat_tei.fields import local_name
from cableformat_tei.flow import XML_ID
from cableformat_tei.foreign_header import ForeignHeader
from cableformat_tei.parsing import Parser
from cableformat_tei.pins import pinned
from cableformat_tei.reader import statements
from cableformat_tei.text_builder import TextBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input, NoOptions, Report

_CHUNK = 256 * 1024
_FRUS = "http://history.state.gov/frus/ns/1.0 "
_EARLIEST = f"{_FRUS}doc-dateTime-min"
# "51. Telegram From the Embassy in Cameroon to the Department of State"
_FROM = re.compile(r"\bFrom (?:the )?(.{1,200}?) [Tt]o (?:the )?[A-Z]")
_TELEGRAM = re.compile(r"\b(?:Tele|Air)gram\b", re.IGNORECASE)
# The number with which the text of a telegram begins: "1406. No distribution outside Department."
_NUMBER = re.compile(r"(\d{1,6})\.\s")

TELEGRAM_NUMBER = "number.telegram"
"""The kind of the annotation over the number of the telegram."""


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The documents of a volume, one at a time and in its order.

    The text of a document is the part `body`, its title the part `head`; notes are parts of their own.

    Raises:
        FormatError: It is no XML, or holds no document; raised where reading meets it.
    """
    volume = _Volume(source)
    parser = Parser(volume, source.charset)
    number = 0
    with source.open() as stream:
        while True:
            chunk = stream.read(_CHUNK)
            parser.feed(chunk, final=not chunk)
            for document in volume.take():
                report.cable = number
                yield _cable(document, volume, report)
                number += 1
            if not chunk:
                break
    if number == 0:
        raise FormatError("The volume holds no document (div of type document).", line=1, column=1)


@attrs.define
class _Document:
    """One document that is being read: what its mark-up says, and its text."""

    attributes: dict[str, str]
    text: TextBuilder = attrs.field(factory=lambda: TextBuilder(fold=True))
    when: str | None = None


class _Volume:
    """Takes the events of a volume apart into documents."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.id: str | None = None
        self.header = ForeignHeader()
        self._in_header = False
        self._depth = 0
        self._document: _Document | None = None
        self._top = 0  # the depth of the document
        self._path: list[str] = []
        self._done: list[_Document] = []

    def take(self) -> list[_Document]:
        """The documents that are complete, once."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        local = local_name(name)
        if self._document is not None:
            self._inside(self._document, name, local, attributes)
        elif local == "div" and attributes.get("type") == "document":
            self._document, self._top = _Document(attributes), self._depth
            self._path = [local]
            self._document.text.start(name, {})
        elif self._in_header or local == "teiHeader":
            self._in_header = True
            self.header.start(name, attributes)
        elif self._depth == 1:
            self.id = attributes.get(XML_ID)

    def _inside(self, document: _Document, name: str, local: str, attributes: dict[str, str]) -> None:
        if self._depth == self._top + 1 and not document.text.parts:
            if local == "head":
                document.text.begin("head", "container")
            else:
                document.text.begin("body", "body")
        if local == "date" and document.when is None and "dateline" in self._path:
            document.when = attributes.get("when") or attributes.get("from") or attributes.get("notBefore")
        self._path.append(local)
        # The historians' own elements, such as an attachment, hold blocks as a div does.
        document.text.start("div" if name.startswith(_FRUS) else name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        document = self._document
        if document is not None:
            document.text.end(name)
            self._path.pop()
            if self._depth < self._top:
                self._done.append(document)
                self._document = None
            elif self._depth == self._top and [flow.id for flow in document.text.parts] == ["head"]:
                document.text.begin("body", "body")
        elif self._in_header:
            self.header.end(name)
            self._in_header = local_name(name) != "teiHeader"

    def data(self, text: str) -> None:
        """Character data."""
        if self._document is not None:
            self._document.text.data(text)
        elif self._in_header:
            self.header.data(text)


def _cable(document: _Document, volume: _Volume, report: Report) -> Cable:
    """The cable of a document.

    Raises:
        FormatError: It describes none.
    """
    parts, placed = document.text.finished()
    texts = {part.id: part.text for part in parts}
    head, body = texts.get("head"), texts.get("body", "")
    annotations = [note for _, note in placed]
    number = _telegram_number(head or "", body)
    if number is not None:
        annotations.append(number)
    said = document.attributes
    name = said.get(XML_ID)
    extra = [
        ("volume", volume.id),
        ("volume title", volume.header.record.get("subject")),
        ("document", name),
        ("document number", said.get("n")),
        ("document type", said.get("subtype")),
        ("telegram number", None if number is None else body[number.start : number.end]),
    ]
    sender = _FROM.search(head or "")
    record = {name: volume.header.record.get(name) for name in ("publisher", "rights", "edition", "language")}
    try:
        cable = Cable(
            record=Record(
                created=document.when or said.get(_EARLIEST),
                origin=sender[1] if sender else None,
                subject=head,
                extra=tuple((label, value) for label, value in extra if value is not None),
                **record,
            ),
            parts=parts,
            annotations=tuple(annotations),
            source=volume.source.source("frus", position=name),
        )
    except ModelError as error:
        raise FormatError(f"The document describes no cable. {error}", path=name or "a document") from None
    report.altered("parts", "the volume does not keep the telegram's layout: paragraphs were laid out anew")
    return pinned(cable, statements(document.text, parts, {}))


def _telegram_number(head: str, body: str) -> Annotation | None:
    """The number of a telegram, where its text begins with one that is not that of its first paragraph."""
    if not _TELEGRAM.search(head):
        return None
    start = 0
    for line in body.split("\n\n")[:3]:  # behind the dateline
        match = _NUMBER.match(line)
        if match is not None:
            is_paragraph = match[1] == "1" and "\n2. " in body
            return None if is_paragraph else Annotation("body", start, start + len(match[1]), TELEGRAM_NUMBER)
        start += len(line) + 2
    return None
