"""`cableformat corpus`: convert, status, stats, duplicates."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from cableformat.cli import app, output
from cableformat.cli.key_values import key_values
from cableformat.corpus import Summary, convert_many
from cableformat.corpus.journal import read_entries
from cableformat.corpus.target import FINISHED, work_of
from cableformat.errors import CableError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from cableformat.corpus.model import Failure

QUARANTINED = 4
"""Exit code where something was set aside."""

_BAR = 40
_LONGEST_NAME = 24
_MOST_ROWS = 20


@click.group("corpus")
def command() -> None:
    """Convert, count and compare whole archives."""


@command.command("convert", short_help="Convert whole archives; goes on after a stop.")
@click.argument("sources", nargs=-1, required=True, metavar="SRC...")
@click.option("-o", "--output", "target", required=True, metavar="OUT", help="File or folder to write.")
@click.option("--to", required=True, metavar="FORMAT", help="Format to write.")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of the sources (default: each is identified).")
@click.option(
    "-O", "options", multiple=True, metavar="KEY=VALUE", callback=key_values, help="Option of the format to write."
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes (default: one a processor).")
@click.option("--dask", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler.")
@click.option(
    "--limit-seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, help="What a source may take."
)
@click.option("--fresh", is_flag=True, help="Begin anew, and do not go on with an earlier run.")
def convert(  # noqa: PLR0913 - one argument an option
    *,
    sources: tuple[str, ...],
    target: str,
    to: str,
    from_format: str | None,
    options: dict[str, str],
    jobs: int | None,
    dask: str | None,
    limit_seconds: float,
    fresh: bool,
) -> int:
    """Convert whole archives, and go on where an earlier run was stopped.

    SRC is a file, a folder, a pattern, an archive, or an address such as s3://bucket/pages. What fails goes to
    OUT.corpus/quarantine, and the exit code is then 4.
    """
    with _cluster(dask) as executor, _progress(sources, Path(target)) as progress:
        summary = convert_many(
            sources,
            target,
            to=to,
            from_format=from_format,
            options=options,
            executor=executor,
            jobs=jobs,
            resume=not fresh,
            limit=limit_seconds,
            progress=progress,
        )
    before = f", {summary.resumed:,} of them before" if summary.resumed else ""
    with contextlib.suppress(BrokenPipeError):  # nobody reads it; the exit code still tells
        converted = f"{_cables(summary.converted)} converted{before}"
        click.echo(f"{converted}; {summary.quarantined:,} in quarantine.", err=True)
        if summary.quarantined:
            kinds = ", ".join(f"{kind}: {count}" for kind, count in summary.kinds)
            click.echo(f"See {summary.quarantine}{f' ({kinds})' if kinds else ''}.", err=True)
    if summary.quarantined:
        return QUARANTINED
    return 0


def _cables(count: int) -> str:
    return f"{count:,} {'cable' if count == 1 else 'cables'}"


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[Executor | None]:
    if address is None:
        yield None
        return
    try:
        from distributed import Client  # noqa: PLC0415 - only where there is a cluster
    except ImportError:
        raise CableError("Working on a Dask cluster takes: pip install distributed.") from None
    with Client(address) as client:  # type: ignore[no-untyped-call]
        yield client.get_executor()


@contextlib.contextmanager
def _progress(sources: tuple[str, ...], target: Path) -> Iterator[Callable[[Summary], None] | None]:
    """What shows how far it is, how fast, and for how long still; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - only here

    from cableformat.corpus.sources import total_bytes  # noqa: PLC0415 - only here

    columns = (BarColumn(), TextColumn("{task.description}"), TextColumn("left:"), TimeRemainingColumn())
    total = total_bytes(sources, (target, work_of(target)))
    # Shown anew with each batch, not by a thread of its own: workers begin sooner in a process that has one thread.
    with Progress(*columns, console=output.console(err=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("Converting", total=total)
        bar.refresh()

        def show(summary: Summary) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = (summary.converted - summary.resumed) / elapsed if elapsed else 0.0
            words = f"{_cables(summary.converted)}, {rate:,.0f}/s, {summary.quarantined:,} in quarantine"
            bar.update(task, description=words, completed=summary.bytes, refresh=True)

        yield show


@command.command("status")
@click.argument("target", metavar="OUT")
def status(target: str) -> int:
    """Say how far the conversion into OUT is."""
    work = work_of(Path(target))
    try:
        entries = read_entries(work / "journal")
    except FileNotFoundError as error:
        raise FileNotFoundError(error.errno, "No corpus has been converted into it", target) from error
    finished = entries.pop(FINISHED, None)
    cables = sum(entry["cables"] for entry in entries.values())
    aside = len(list((work / "quarantine").glob("*.json")))
    is_finished = finished is not None and finished["size"] >= 0 and Path(target).exists()
    click.echo(f"Batches done: {len(entries):,}; cables: {cables:,}; in quarantine: {aside:,}.")
    click.echo("It is finished." if is_finished else "It is not finished; run the command again to go on.")
    return QUARANTINED if aside else 0


@command.command("stats")
@click.argument("sources", nargs=-1, required=True, metavar="SRC...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(sources: tuple[str, ...], *, as_json: bool) -> int:
    """Count cables by year, classification, post and TAGS."""
    from cableformat.corpus.stats import statistics  # noqa: PLC0415 - only this command counts

    with output.waiting("Counting"):
        found = statistics(sources)
    if as_json:
        output.print_json(
            {name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in _members(found)}
        )
    else:
        click.echo(f"{_cables(found.cables)}\n")
        _print_counts("Year", found.years, by_count=False)
        _print_counts("Classification", found.classifications)
        _print_counts("Post", found.posts)
        _print_counts("TAGS", found.tags)
    return _failed(found.failures)


def _members(found: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a mapping of names to counts
    for field in attrs.fields(type(found)):
        if field.name != "failures":
            yield field.name, getattr(found, field.name)


def _print_counts(title: str, counts: Counter[str], *, by_count: bool = True) -> None:
    if not counts:
        return
    most = max(counts.values())
    rows = sorted(counts.items(), key=lambda pair: (-pair[1] if by_count else 0, pair[0]))
    shown = [
        (_shortened(name or "(not said)"), f"{count:,}", "█" * max(1, round(_BAR * count / most)))
        for name, count in rows[:_MOST_ROWS]
    ]
    out = output.console()
    out.print(output.table(None, (title, "Cables", ""), shown))
    if len(rows) > _MOST_ROWS:
        out.print(f"... and {len(rows) - _MOST_ROWS:,} more")
    out.print()


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


@command.command("duplicates", short_help="Find cables that are there more than once.")
@click.argument("sources", nargs=-1, required=True, metavar="SRC...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, one for each cable.")
def duplicates(sources: tuple[str, ...], *, as_json: bool) -> int:
    """Find the same cable among mirrors, and say which copy holds most.

    Copies have the identifier in common, or the wording of their paragraphs, whatever the layout.
    """
    from cableformat.corpus.duplicates import duplicates as find  # noqa: PLC0415 - only this command compares

    failures: list[Failure] = []
    count = 0
    for group in find(sources, failures):
        count += 1
        if as_json:
            output.print_json(attrs.asdict(group), indent=None)
            continue
        rows = [
            (f"{copy.name} #{copy.number}", copy.reference_id or "", f"{copy.words:,}", str(copy.fields))
            for copy in group.copies
        ]
        title = f"The same by {group.by}; the first holds most"
        output.console().print(output.table(title, ("Copy", "Identifier", "Words", "Fields"), rows))
    if not as_json:
        click.echo(f"Cables that are there more than once: {count:,}.")
    return _failed(failures)


def _failed(failures: list[Failure]) -> int:
    for failure in failures:
        app.say_words(app.named(failure.error, failure.name))
    return 1 if failures else 0
