"""`jsonl`: any number of cables, one canonical document a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat.codec import dumps, loads
from cableformat.errors import FormatError
from cableformat.registry import Piece, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat.cable import Cable
    from cableformat.fidelity import Report
    from cableformat.registry import Input, NoOptions, Sink

_AT_ONCE = 256 * 1024
"""Bytes to copy at once: so many stay in a processor's own memory, and a MB takes three times as long."""


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cables of the lines, one at a time; blank lines are passed over.

    Raises:
        FormatError: A line is no cable. Reading stops there: a damaged line of a MODEL format is not to be guessed.
    """
    with source.open() as stream:
        for number, line in enumerate(stream, source.first_line):
            if line.strip():
                yield loads(line, line=number)


def validate(source: Input) -> Iterator[Problem]:
    """A problem for each line that is no cable."""
    with source.open() as stream:
        for number, line in enumerate(stream, 1):
            try:
                if line.strip():
                    loads(line, line=number)
            except FormatError as error:
                yield Problem(error.message, line=error.line or number, column=error.column, where=error.path)


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - as above
    """Write each cable as one line."""
    for cable in cables:
        sink.write(dumps(cable, compact=True))


def split(source: Input, size: int) -> Iterator[Piece]:
    """Pieces of whole lines."""
    lines: list[bytes] = []
    length, first = 0, 1
    with source.open() as stream:
        for number, line in enumerate(stream, 1):
            lines.append(line)
            length += len(line)
            if length >= size and line.strip():
                yield Piece(b"".join(lines), first)
                lines, length, first = [], 0, number + 1
    if lines:
        yield Piece(b"".join(lines), first)


def join(sources: Iterable[Input], sink: Sink, options: NoOptions) -> None:  # noqa: ARG001 - the contract's shape
    """One after the other."""
    for source in sources:
        with source.open() as stream:
            while data := stream.read(_AT_ONCE):
                sink.write(data)
