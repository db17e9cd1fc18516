"""What a worker does with a batch: it reads, writes into memory, and gives the bytes back.

It touches no disk, but where it is on the same machine and is told to leave segments there.
"""

from __future__ import annotations

import contextlib
import io
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from cableformat import conversion, plugins
from cableformat.conversion import leave_part
from cableformat.corpus.model import Batch, Failure, Item, Output, Result, Settings
from cableformat.errors import CableError
from cableformat.fidelity import Report
from cableformat.registry import Sink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat.cable import Cable

_FAULTS = (CableError, OSError, MemoryError)


def run(batch: Batch, settings: Settings) -> Result:
    """Convert a batch; what fails is found out source by source, and where it can be cut, cable by cable."""
    if settings.target.cardinality == "many":
        try:
            return _together(batch, settings)
        except _FAULTS:
            if len(batch.items) == 1:
                return alone(batch.items[0], settings)
    return sum((alone(item, settings) for item in batch.items), Result())


def alone(item: Item, settings: Settings) -> Result:
    """Convert one source; if it fails and can be cut into cables, each of them by itself."""
    report = Report()
    try:
        if settings.target.cardinality == "many":
            return _together(Batch((item,)), settings, report)
        return _one_by_one(item, settings, report)
    except _FAULTS as error:
        smaller = divided(item)
        if len(smaller) > 1:
            return sum((alone(piece, settings) for piece in smaller), Result())
        return Result(failures=(_failure(item, error, report),))


def divided(item: Item) -> list[Item]:
    """The cables of a source, each as a source of its own; only itself where its format cannot be cut."""
    try:
        input_ = item.input()
        known = plugins.registry().get(item.format or conversion.identify(input_).format)
        splitter = known.load_splitter()
        if splitter is None:
            return [item]
        whole = input_.sha256
        pieces = [
            Item(item.name, piece.data, format=known.name, line=piece.line, sha256=whole)
            for piece in splitter(input_, 1)
        ]
    except _FAULTS:
        return [item]
    return pieces or [item]


def _together(batch: Batch, settings: Settings, writing: Report | None = None) -> Result:
    """All cables of a batch as one segment."""
    reports = [Report() for _ in batch.items]
    writing = writing if writing is not None else Report()
    count = 0

    def cables() -> Iterator[Cable]:
        nonlocal count
        for item, report in zip(batch.items, reports, strict=True):
            for cable in conversion.read_all(item.input(), item.format or settings.from_format, report=report):
                count += 1
                yield cable

    data = _written(cables(), settings, writing)
    failures = tuple(
        failure for item, report in zip(batch.items, reports, strict=True) for failure in _skipped(item, report)
    )
    events = sum(len(report.events) for report in (*reports, writing))
    return Result((_segment(data, settings.folder),) if count else (), failures, count, events)


def _segment(data: bytes, folder: str | None) -> Output:
    """A segment, left in the folder if there is one and it can be written; else its bytes."""
    if folder is not None:
        with contextlib.suppress(OSError):  # no fault of the source: who gets the bytes meets it, too, and ends the run
            return Output("", b"", str(leave_part(Path(folder), data)), len(data))
    return Output("", data)


def _one_by_one(item: Item, settings: Settings, report: Report) -> Result:
    """A file for each cable; one is named as the source is, several by their identifiers, too."""
    stem = Path(item.file_name).stem
    cables = conversion.read_all(item.input(), item.format or settings.from_format, report=report)
    outputs: list[Output] = []
    held = next(cables, None)
    following = next(cables, None)
    is_single = following is None and item.sha256 is None
    for cable in chain((c for c in (held, following) if c is not None), cables):
        data = _written((cable,), settings, report)
        outputs.append(Output(stem if is_single else f"{stem}-{cable.reference_id or 'cable'}", data))
    return Result(tuple(outputs), tuple(_skipped(item, report)), len(outputs), len(report.events))


def _written(cables: Iterable[Cable], settings: Settings, report: Report) -> bytes:
    stream = io.BytesIO()
    known = settings.target
    conversion.write_with(
        known, cables, Sink(stream, settings.name), known.parse_options(dict(settings.options)), report
    )
    return stream.getvalue()


def _skipped(item: Item, report: Report) -> Iterator[Failure]:
    """What the reader passed over."""
    for event in report.events:
        if event.kind == "skipped":
            where = event.path if item.line == 1 else f"{event.path}, in the piece from line {item.line}"
            yield Failure(item.name, where, event.reason, "skipped", (event,))


def _failure(item: Item, error: Exception, report: Report) -> Failure:
    where = f"the piece from line {item.line}" if item.sha256 is not None else ""
    return Failure.of(item.name, error, where, report.events)
