"""`cableformat convert`."""

from __future__ import annotations

import os
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cableformat import conversion, plugins
from cableformat.cli import app, output
from cableformat.cli.key_values import key_values, reading_options
from cableformat.errors import CableError
from cableformat.events import EventLog
from cableformat.fidelity import Report
from cableformat.file_names import FreeNames
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cableformat.cable import Cable
    from cableformat.events import Event
    from cableformat.fidelity import MaxLoss
    from cableformat.registry import Format

STANDARD = "-"
"""Standard input or output."""


@click.command("convert")
@click.argument("sources", nargs=-1, required=True, metavar="IN...")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="OUT|DIR",
    help="File or folder to write; - is standard output.",
)
@click.option("--from", "from_format", metavar="FORMAT", help="Format of the input (default: identified).")
@click.option("--to", "to_format", metavar="FORMAT", help="Format to write (default: by the suffix of OUT).")
@click.option(
    "-O",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=key_values,
    help="Option of the format to write.",
)
@reading_options
@click.option(
    "--max-loss",
    type=click.Choice(["none", "layout", "any"]),
    default="any",
    show_default=True,
    help="Write nothing, and exit with 3, if more would be lost or altered; layout is white space only.",
)
@click.option("--strict", is_flag=True, help="Short for --max-loss none.")
@click.option("--report", "report_file", metavar="FILE", help="Write all events there, as JSON.")
def command(  # noqa: PLR0913, PLR0917 - one argument an option
    sources: tuple[str, ...],
    target: str,
    from_format: str | None,
    to_format: str | None,
    options: dict[str, str],
    reading: dict[str, str],
    max_loss: MaxLoss,
    report_file: str | None,
    *,
    strict: bool,
) -> int:
    """Convert cables from one format to another.

    IN is a file, or - for standard input. With a file as OUT, all cables go into it. With a folder (one that is
    there, or a name that ends in /), each IN becomes a file of its own, or several where it holds several cables
    and the format takes one. Whatever is not kept as it was is listed on standard error.
    """
    if report_file is not None and os.path.realpath(report_file) in map(os.path.realpath, (target, *sources)):
        raise click.UsageError("--report names a file of the conversion itself, which it would replace.")
    job = _Job(from_format, reading, to_format, options, "none" if strict else max_loss)
    try:
        if _is_folder(target, sources):
            return job.into_folder(sources, Path(target))
        job.into_file(sources, target)
        return 0
    finally:  # a report of what was refused is asked for most
        output.print_events(job.events)
        if report_file is not None:
            output.write_events(Path(report_file), job.events)


def _is_folder(target: str, sources: tuple[str, ...]) -> bool:
    if target == STANDARD:
        return False
    return (
        Path(target).is_dir()
        or target.endswith(("/", os.sep))
        or (len(sources) > 1 and not Path(target).suffix and not Path(target).exists())
    )


def _input(source: str) -> Input:
    return Input.of(sys.stdin.buffer if source == STANDARD else source)


class _Job:
    """One run of the command."""

    def __init__(
        self,
        from_format: str | None,
        reading: dict[str, str],
        to_format: str | None,
        options: dict[str, str],
        max_loss: MaxLoss,
    ) -> None:
        self.from_format = from_format
        self.reading = reading
        self.to_format = to_format
        self.options = options
        self.max_loss = max_loss
        self.events: list[tuple[str, Sequence[Event]]] = []

    def into_file(self, sources: tuple[str, ...], target: str) -> None:
        """All cables into one file."""
        if self.to_format is None and target == STANDARD:
            raise click.UsageError("Standard output has no suffix that tells the format; name it with --to.")
        report = Report()
        cables = chain.from_iterable(self._read(_input(source), report) for source in sources)
        self._write(cables, sys.stdout.buffer if target == STANDARD else target, self.to_format, report, target)

    def into_folder(self, sources: tuple[str, ...], folder: Path) -> int:
        """A file for each source, or for each cable."""
        if self.to_format is None:
            raise click.UsageError("A folder has no suffix that tells the format; name it with --to.")
        known = plugins.registry().get(self.to_format)
        known.parse_options(self.options)  # a wrong option is said once, before anything is read
        folder.mkdir(parents=True, exist_ok=True)
        names = FreeNames(known.suffix)
        code = 0
        for source in _progress(sources):
            try:
                for name, cables, report in self._files(source, known, names):
                    self._write(cables, folder / name, known.name, report, name)
            except (CableError, OSError) as error:  # the other sources are converted all the same
                app.say(error, source)
                code = code or app.exit_code(error)
        return code

    def _read(self, source: Input, report: Report) -> Iterator[Cable]:
        return conversion.read_all(source, self.from_format, options=self.reading, report=report)

    def _write(
        self,
        cables: Iterable[Cable],
        target: conversion.Target,
        known: str | None,
        report: Report,
        name: str,
    ) -> None:
        try:
            conversion.write(cables, target, known, options=self.options, max_loss=self.max_loss, report=report)
        finally:
            self.events.append((name, report.events))

    def _files(self, source: str, known: Format, names: FreeNames) -> Iterator[tuple[str, Iterable[Cable], Report]]:
        report = Report()
        input_ = _input(source)
        cables = self._read(input_, report)
        stem = Path(input_.name or "stdin").stem
        if known.cardinality == "many":
            yield names.free(stem), cables, report
            return
        first = list(islice(cables, 2))
        for i, cable in enumerate(chain(first, cables)):
            stem_of_cable = stem if len(first) == 1 else f"{stem}-{cable.reference_id or i + 1}"
            own = Report()
            own.events, report.events = report.events, EventLog()
            yield names.free(stem_of_cable), (cable,), own


def _progress(sources: tuple[str, ...]) -> Iterable[str]:
    if len(sources) == 1 or not sys.stderr.isatty():
        return sources
    from rich.progress import track  # noqa: PLC0415 - only where there is a bar to show

    return track(sources, description="Converting", console=output.console(err=True), transient=True)
