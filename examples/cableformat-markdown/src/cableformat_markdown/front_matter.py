"""The front matter: the record, provenance and extensions, in a part of YAML that any YAML tool reads.

Each statement stands on one line. What is written is in double quotes; plain words and single quotes are read too.
A label of `extra` may be longer than the 1,024 characters that YAML allows a key; other tools then refuse it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
from cableformat import Cable, FormatError, ModelError, Record, Source

from cableformat_markdown.escapes import HIDDEN, STRING, quote, string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat import Report

VERSION = "1"
MARK = "cableformat-markdown"

_RECORD = tuple(a.name for a in attrs.fields(Record) if a.name != "extra")
_SOURCE = tuple(a.name for a in attrs.fields(Source))
_WITH_CHILDREN = ("extra", "source", "extensions")
_DOUBLE = re.compile(STRING)
_SINGLE = re.compile("'(?:[^']++|'')*+'")
_COLON = re.compile(r":(?=[ \t]|\Z)")
_COMMENT = re.compile(r"(?:\A|[ \t])#")
_INDICATORS = "[]{}&*!|>%@`,?"
_ITEM = re.compile(r"[ \t]*-[ \t]+")


def lines_of(cable: Cable) -> Iterator[str]:
    """The front matter of a cable, with its two rules."""
    yield "---"
    yield f"{MARK}: {VERSION}"
    for name in _RECORD:
        value = getattr(cable.record, name)
        if value is not None:
            yield f"{name}: {quote(value)}"
    if cable.record.extra:
        yield "extra:"
        for label, value in cable.record.extra:
            yield f"  - {quote(label)}: {quote(value)}"
    if cable.source is not None:
        yield "source:"
        for name in _SOURCE:
            value = getattr(cable.source, name)
            if value is not None:
                yield f"  {name}: {quote(value)}"
    if cable.extensions:
        yield "extensions:"
        for name, text in cable.extensions:
            json = HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
            yield f"  {quote(name)}: {json}"
    if cable.grammar != "us":
        yield f"grammar: {quote(cable.grammar)}"
    yield "---"


def read(lines: Sequence[str], report: Report) -> tuple[Cable, int]:
    """A cable without parts, as the front matter has it, and the number of lines up to the rule that closes it.

    A key that is none of a cable's is reported as skipped.

    Raises:
        FormatError: There is no front matter, it is of a later version, or a line says what it cannot.
    """
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not lines or lines[0].rstrip() != "---" or not end:
        raise FormatError(
            "The file does not begin with front matter between two lines of ---.",
            line=1,
            hint=f"A cable begins with ---, then {MARK}: {VERSION}.",
        )
    statements = _Statements(report)
    for number, line in enumerate(lines[1:end], 2):
        if line.strip() and not line.lstrip().startswith("#"):
            statements.take(line, number)
    return statements.cable(), end + 1


class _Statements:
    """What the lines say, as far as they have been read."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.said: dict[str, str] = {}
        self.at: dict[str, int] = {}
        self.parent = ""
        self.extra: list[tuple[str, str]] = []
        self.source: dict[str, str] = {}
        self.extensions: dict[str, str] = {}

    def take(self, line: str, number: int) -> None:
        """Read one line."""
        if line[0] in " \t-":
            self._child(line, number)
            return
        key, rest, column = _key(line, 0, number)
        if key in self.at:
            raise FormatError(f"{key} stands twice, first on line {self.at[key]}.", line=number)
        self.at[key] = number
        self.parent = key
        if key in _WITH_CHILDREN:
            if _scalar(rest, number, column):
                raise FormatError(f"What {key} holds stands on the lines below it, indented.", line=number)
        elif key in {*_RECORD, MARK, "grammar"}:
            self.said[key] = _scalar(rest, number, column)
        else:
            self.report.skipped(f"line {number}", f"{key} says nothing of a cable; the list extra takes any label")

    def _child(self, line: str, number: int) -> None:
        item = _ITEM.match(line)
        if self.parent == "extra" and item:
            label, rest, column = _key(line, item.end(), number)
            self.extra.append((label, _scalar(rest, number, column)))
        elif self.parent in {"source", "extensions"} and not item:
            key, rest, column = _key(line, len(line) - len(line.lstrip()), number)
            held = self.source if self.parent == "source" else self.extensions
            if key in held:
                raise FormatError(f"{key} stands twice in {self.parent}.", line=number)
            self.at[f"{self.parent}.{key}"] = number
            if self.parent == "extensions":
                held[key] = rest.strip()
                _checked(number, extensions=((key, held[key]),))
            elif key in _SOURCE:
                held[key] = _scalar(rest, number, column)
            else:
                self.report.skipped(f"line {number}", f"{key} says nothing of a cable's source")
        elif self.parent in self.said or not self.parent or self.parent in _WITH_CHILDREN:
            raise FormatError(
                "This line does not belong to the one above it.",
                line=number,
                hint=r"A value is one text on one line, in double quotes, with \n for a line end.",
            )

    def cable(self) -> Cable:
        """The cable that the lines say.

        Raises:
            FormatError: Something is missing, or is no name.
        """
        version = self.said.pop(MARK, None)
        if version != VERSION:
            raise FormatError(
                f"This is version {version} of the format, and version {VERSION} can be read."
                if version
                else f"The front matter does not say {MARK}: {VERSION}.",
                line=self.at.get(MARK, 1),
            )
        grammar = self.said.pop("grammar", "us")
        source = None
        if "source" in self.at:
            at = self.at["source"]
            if "format" not in self.source:
                raise FormatError("A source has a format; it is missing here.", line=at)
            try:
                source = Source(**self.source)
            except ModelError as error:
                raise FormatError(str(error), line=self.at["source.format"]) from None
        _checked(self.at.get("grammar", 1), grammar=grammar)
        return Cable(
            Record(**self.said, extra=self.extra), source=source, extensions=self.extensions.items(), grammar=grammar
        )


def _checked(line: int, **members: object) -> None:
    """Raise a `FormatError` with the line where the model refuses some members."""
    try:
        Cable(**members)  # type: ignore[arg-type]  # what is wrong with them is the question
    except ModelError as error:
        raise FormatError(str(error), line=line) from None


def _key(line: str, at: int, number: int) -> tuple[str, str, int]:
    """The key that begins at a place of a line, what stands behind its colon, and the column of that."""
    if line[at : at + 1] in {'"', "'"}:
        key, end = _quoted(line, at, number)
        colon = _COLON.match(line, end)
    else:
        colon = _COLON.search(line, at)
        key = line[at : colon.start()].rstrip() if colon else ""
    if colon is None or (not key and colon.start() == at):
        raise FormatError("A line here is a key, a colon, a blank and a value.", line=number, column=at + 1)
    return key, line[colon.end() :], colon.end() + 1


def _quoted(line: str, at: int, number: int) -> tuple[str, int]:
    """The string in quotes that begins at a place, and where it ends."""
    match = (_DOUBLE if line[at] == '"' else _SINGLE).match(line, at)
    if match is None:
        raise FormatError("The quotes are not closed on this line.", line=number, column=at + 1)
    if line[at] == '"':
        return string(match.group(), number, at + 1), match.end()
    return match.group()[1:-1].replace("''", "'"), match.end()


def _scalar(rest: str, number: int, column: int) -> str:
    """The text of a value: in quotes, or plain words as they stand; nothing is the empty text."""
    at = len(rest) - len(rest.lstrip(" \t"))
    if rest[at : at + 1] in {'"', "'"}:
        padded = " " * (column - 1) + rest  # so that columns in errors are those of the line
        value, end = _quoted(padded, column - 1 + at, number)
        tail = padded[end:]
        if tail.strip() and not _COMMENT.match(tail.rstrip()):
            raise FormatError("Something stands behind the closing quote.", line=number, column=end + 1)
        return value
    comment = _COMMENT.search(rest)
    value = rest[: comment.start()].strip(" \t") if comment else rest.strip(" \t")
    if value and (value[0] in _INDICATORS or value.startswith("- ") or _COLON.search(value)):
        raise FormatError(
            f"{value[:40]!r} is not plain text in YAML.",
            line=number,
            column=column + at,
            hint="Put it in double quotes.",
        )
    return value
