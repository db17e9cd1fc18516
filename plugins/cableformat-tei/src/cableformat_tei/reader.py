"""Reading `tei`: documents of our own, also after people and tools have worked on them, and TEI of other origin."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from cableformat import Annotation, Cable, FormatError, ModelError, Record, Source
from cableformat_tei.as_written import AsWritten, as_written
from cableformat_tei.fields import local_name
from cableformat_tei.foreign_header import ForeignHeader
from cableformat_tei.header_reader import HeaderReader
from cableformat_tei.names import PROFILE
from cableformat_tei.parsing import Parser
from cableformat_tei.pins import pinned
from cableformat_tei.stand_off_reader import StandOffReader
from cableformat_tei.structure import Statement, digest
from cableformat_tei.text_builder import TextBuilder
from cableformat_tei.writer import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input, NoOptions, Part, Report
    from cableformat_tei.parsing import Handler

_TELEGRAM = frozenset({"header", "body"})
_ROOTS = frozenset({"TEI", "text", "body", "div"})
_NUMBER = re.compile(r"0*([0-9]{1,6})\.?")


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a TEI document.

    Raises:
        FormatError: It is no XML, no TEI, or describes no cable.
    """
    data = source.read()
    document = _untouched(data) if source.charset is None else None
    if document is None:
        document = _parsed(data, source.charset)
    if document.is_own and not document.is_untouched:
        # The text is not what was written; or editors have put in mark-up and left the spaces beside it as they were.
        document = _parsed(data, source.charset, soft=True)
    yield _own(document, report) if document.is_own else _foreign(document, source, report)


def _untouched(data: bytes) -> _Document | None:
    """The document, if it is just as it was written, by both of its hashes."""
    found = as_written(data)
    if found is None:
        return None
    text, rest = found
    try:
        document = _parsed(rest, None, text=text)
    except FormatError:
        return None  # what is wrong has its place in the whole document
    is_whole = document.is_own and {"text", "structure"} <= document.header.digests.keys()
    return document if is_whole and document.is_untouched and document.has_its_structure else None


def _parsed(data: bytes, charset: str | None, *, soft: bool = False, text: AsWritten | None = None) -> _Document:
    document = _Document(text or TextBuilder(fold=False, soft=soft))
    document.parser = Parser(document, charset)
    document.parser.feed(data, final=True)
    document.parser = None
    document.finish()
    return document


class _Ignored:
    """A handler of what is not read."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Nothing."""

    def end(self, name: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


_NOTHING = _Ignored()


class _Document:
    """Takes a document's events apart: header, text, and what stands off.

    Args:
        text: Takes the text, or has it already.

    Attributes:
        is_own: Whether it bears our mark.
        parts: The parts of the text.
        placed: The annotations in the text, each with its place among all.
    """

    def __init__(self, text: TextBuilder | AsWritten) -> None:
        self.is_own = False
        self.header = HeaderReader()
        self.foreign_header = ForeignHeader()
        self.stand_off = StandOffReader()
        self.text = text
        self.parts: tuple[Part, ...] = ()
        self.placed: list[tuple[int, Annotation]] = []
        self.parser: Parser | None = None
        self._depth = 0
        self._reading: Handler | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: the root, or one of its children."""
        self._depth += 1
        if self._depth == 1:
            self._root(name, attributes)
        else:
            self._pass_on(self._holder(local_name(name)), name, attributes)

    def _pass_on(self, handler: Handler, name: str, attributes: dict[str, str]) -> None:
        self._reading = handler
        if self.parser is not None:
            handler.start(name, attributes)
            self.parser.delegate(handler)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local == "teiCorpus":
            raise FormatError(
                "A corpus holds several documents, and this format reads one.", hint="Split it into its TEI elements."
            )
        if local not in _ROOTS:
            raise FormatError(f"The root is {name.rpartition(' ')[2][:60]!r}, which is no TEI document.")
        mark = attributes.get("subtype", "")
        if mark.startswith("cableformat-") and local == "TEI":
            if mark != PROFILE:
                raise FormatError(
                    f"The document is of the encoding {mark[:40]!r}, and this plugin reads {PROFILE}.",
                    hint="Upgrade cableformat-tei to read it.",
                )
            self.is_own = True
            return
        self.text = TextBuilder(fold=True)
        if local != "TEI":
            self._pass_on(self.text, name, attributes)

    def _holder(self, local: str) -> Handler:
        if local == "teiHeader":
            return self.header if self.is_own else self.foreign_header
        if local == "standOff":
            return self.stand_off
        return self.text if local == "text" and isinstance(self.text, TextBuilder) else _NOTHING

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._reading is not None:
            self._reading.end(name)
            self._reading = None

    def data(self, text: str) -> None:
        """Character data outside of header and text says nothing."""

    def finish(self) -> None:
        """All has been read."""
        self.parts, self.placed = self.text.finished()

    @cached_property
    def stated(self) -> list[Statement]:
        """What the mark-up states of the telegram."""
        return statements(self.text, self.parts, self.header.marks)

    @cached_property
    def has_its_structure(self) -> bool:
        """Whether the mark-up states what the writer did, by its hash."""
        return self.header.digests.get("structure") == digest(self.stated)

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the text is that which was written, by its hash; also where the hash was taken out."""
        stated = self.header.digests.get("text")
        return stated is None or stated == text_digest(part.text for part in self.parts if part.id not in self.added)

    @property
    def added(self) -> frozenset[str]:
        """The parts of notes that editors have put in, which the hash is not of."""
        return frozenset(flow.id for flow in self.text.notes)


def _own(document: _Document, report: Report) -> Cable:
    header = document.header
    parts = document.parts
    placed = sorted([*document.placed, *_standing_off(document, report)], key=lambda item: item[0])
    try:
        source = None if header.source is None else _source(header.source)
        cable = Cable(
            record=Record(**header.record, extra=header.extra),
            parts=parts,
            annotations=tuple(note for _, note in placed),
            extensions=tuple(header.extensions.items()),
            source=source,
            grammar=header.grammar,
        )
    except ModelError as error:
        raise FormatError(f"The document describes no cable. {error}", path="the document") from None
    for kind in header.unknown:
        report.skipped(f"note {kind}", "the header has a note of a type that means nothing here")
    if not document.is_untouched:
        report.altered("parts", "the text was edited after the document was written: its hash is another")
    return cable if document.has_its_structure else _with_pins(cable, document.stated, report)


def _source(facts: dict[str, str]) -> Source:
    if "format" not in facts:
        raise ModelError("The source does not say its format.")
    return Source(**facts)


def _standing_off(document: _Document, report: Report) -> list[tuple[int, Annotation]]:
    """The annotations of `standOff`, as far as their anchors still stand in the text."""
    found: list[tuple[int, Annotation]] = []
    for item in document.stand_off.annotations:
        start, end = document.text.anchors.get(item.start), document.text.anchors.get(item.end)
        if start is None or end is None or start[0] is not end[0] or start[1] > end[1]:
            report.lost(f"annotations[{item.place}]", "its anchors are not in the text, or not in their order")
            continue
        try:
            note = Annotation(start[0].id, start[1], end[1], item.kind, tuple(item.pairs.found))
        except ModelError as error:
            raise FormatError(f"An annotation is none. {error}", path=f"annotation-{item.place}") from None
        found.append((item.place, note))
    if document.stand_off.foreign:
        report.lost("annotations", "standOff holds things of another making, which are not read")
    return found


def statements(text: TextBuilder | AsWritten, parts: tuple[Part, ...], marks: dict[str, str]) -> list[Statement]:
    """What the mark-up states of the telegram's parts, with portion marks in words.

    Args:
        text: The text that was read.
        parts: Its parts.
        marks: Portion marks, by the id of their category.
    """
    telegram = {part.id for part in parts if part.role in _TELEGRAM}
    return [
        Statement(part, kind, start, end, number and _number(number), pointer and _mark(pointer, marks))
        for (part, kind, start, end, number, _), pointer in text.statements
        if part in telegram
    ]


def _number(said: str) -> str | None:
    match = _NUMBER.fullmatch(said)
    return match[1] if match else None


def _mark(pointer: str, marks: dict[str, str]) -> str | None:
    name = pointer.removeprefix("#")
    if name in marks:
        return marks[name]
    words = name.removeprefix("mark-")
    return words.replace(".", "/").replace("_", " ") if words and words != name else None


def _with_pins(cable: Cable, stated: list[Statement], report: Report) -> Cable:
    pins = pinned(cable, stated)
    if pins is not cable:
        report.added("annotations", "the mark-up states a structure that the grammar does not see; it is pinned")
    return pins


def _foreign(document: _Document, source: Input, report: Report) -> Cable:
    header = document.foreign_header
    parts, placed = document.parts, document.placed
    try:
        cable = Cable(
            record=Record(**header.record, extra=tuple(header.extra)),
            parts=parts,
            annotations=tuple(note for _, note in placed),
            source=source.source("tei"),
        )
    except ModelError as error:
        raise FormatError(f"The document describes no cable. {error}", path="the document") from None
    if document.text.has_lines:
        words = "the document does not mark the source's blanks: white space was read as that of prose"
    else:
        words = "the document does not mark the source's lines: paragraphs were laid out anew"
    report.altered("parts", words)
    for name in ("reference_id", "created"):
        if getattr(cable.record, name) is None:
            report.lost(f"record.{name}", "the header does not say it")
    return _with_pins(cable, document.stated, report)
