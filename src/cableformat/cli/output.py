"""What the commands print: tables and JSON, safe for any text that a cable may hold."""

from __future__ import annotations

import contextlib
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from cableformat.conversion import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cableformat.events import Event

MAX_EVENTS = 40
"""Rows of the table of events; what is over is counted."""

_PICTURES = {**{c: 0x2400 + c for c in range(32)}, 0x7F: 0x2421}


def console(*, err: bool = False, color: bool | None = None) -> Console:
    """A console of the terminal's width, or 80 columns; coloured in a terminal, or as `color` says.

    A reader that has gone is a BrokenPipeError, as of any stream; rich alone would end with exit code 1.
    """
    from rich.console import Console as RichConsole  # noqa: PLC0415 - only where something is shown

    class Console(RichConsole):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Console(
        stderr=err,
        highlight=False,
        soft_wrap=False,
        force_terminal=True if color else None,
        no_color=True if color is False else None,
    )


def visible(text: str) -> str:
    """The text with its controls shown as pictures, so that none of them reaches the terminal."""
    shown = text.translate(_PICTURES)
    return "".join(c if c.isprintable() or c == "\u00a0" else f"\\u{ord(c):04x}" for c in shown)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of plain texts; no text is taken for mark-up."""
    from rich.table import Table  # noqa: PLC0415 - only where something is shown
    from rich.text import Text  # noqa: PLC0415 - only where something is shown

    result = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for i, column in enumerate(columns):
        result.add_column(column, overflow="fold", no_wrap=False, ratio=None if i < len(columns) - 1 else 1)
    for row in rows:
        result.add_row(*(Text(visible(cell)) for cell in row))
    return result


def paragraph(words: str) -> Text:
    """Words that wrap at the terminal's width; their line feeds stay, other controls become pictures."""
    from rich.text import Text  # noqa: PLC0415 - only where something is shown

    return Text("\n".join(visible(line) for line in words.split("\n")), overflow="fold")


@contextlib.contextmanager
def waiting(words: str) -> Iterator[Callable[[str], None]]:
    """Words that turn on standard error while a block runs, and a function that changes them; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.text import Text  # noqa: PLC0415 - only where something is shown

    with console(err=True).status(Text(visible(words))) as status:
        yield lambda said: status.update(Text(visible(said)))


def print_json(value: Any, indent: int | None = 2) -> None:  # noqa: ANN401 - JSON is any of seven types
    """Print a value as JSON in UTF-8, whatever the terminal's encoding is; on one line where `indent` is None."""
    import json  # noqa: PLC0415 - only where it is asked for

    sys.stdout.flush()
    sys.stdout.buffer.write(encoded(f"{json.dumps(value, ensure_ascii=False, indent=indent)}\n"))
    sys.stdout.buffer.flush()


def encoded(document: str) -> bytes:
    """A JSON document in UTF-8; a surrogate, a byte of a file's name that is no UTF-8, becomes JSON's escape for it."""
    return document.encode("utf-8", "backslashreplace")


def write_events(path: Path, logs: Sequence[tuple[str, Sequence[Event]]]) -> None:
    """Write events, by the files they are about, as a JSON list into a file, which is replaced whole.

    Raises:
        OSError: The file cannot be written.
    """
    import json  # noqa: PLC0415 - as above

    with replacing(path) as stream:
        between = "["
        for name, event in _each(logs):  # one at a time: a dump gives millions
            row = json.dumps({"file": name, **attrs.asdict(event)}, ensure_ascii=False, indent=2)
            stream.write(encoded(f"{between}\n{row}".replace("\n", "\n  ")))
            between = ","
        stream.write(b"\n]\n" if between == "," else b"[]\n")


def print_events(logs: Sequence[tuple[str, Sequence[Event]]]) -> None:
    """Print events, by the files they are about, as a table on standard error."""
    count = sum(len(events) for _, events in logs)
    if not count:
        return
    cables = ((name, event.cable) for name, event in _each(logs))
    first = next(cables)
    several = any(cable != first for cable in cables)
    columns = ["Event", "Path", "Reason"]
    shown = list(islice(_each(logs), MAX_EVENTS))
    rows = [[event.kind, event.path, event.reason] for _, event in shown]
    if several:
        columns.insert(0, "Cable")
        for row, (name, event) in zip(rows, shown, strict=True):
            row.insert(0, f"{name} #{event.cable + 1}")
    out = console(err=True)
    with contextlib.suppress(BrokenPipeError):  # nobody reads it; the exit code and the report still tell
        out.print(table(None, columns, rows))
        if count > MAX_EVENTS:
            out.print(f"... and {count - MAX_EVENTS:,} more")


def _each(logs: Sequence[tuple[str, Sequence[Event]]]) -> Iterator[tuple[str, Event]]:
    return ((name, event) for name, events in logs for event in events)
