"""`json`: one cable as canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat.codec import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat.cable import Cable
    from cableformat.fidelity import Report
    from cableformat.registry import Input, NoOptions, Problem, Sink


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a canonical document.

    Raises:
        FormatError: See `cableformat.loads`.
    """
    yield loads(source.read())


def validate(source: Input) -> tuple[Problem, ...]:
    """Nothing, where the document is a cable.

    Raises:
        FormatError: It is none.
    """
    loads(source.read())
    return ()


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:  # noqa: ARG001 - as above
    """Write a cable as an indented document."""
    for cable in cables:
        sink.write(dumps(cable))
