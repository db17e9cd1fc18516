"""The group of commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import textwrap
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cableformat import __version__, notices
from cableformat.errors import CableError

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEM_ERROR = 5
"""Exit code when the system refused: a file is missing, or cannot be read or written."""

_COMMANDS = {
    "check": "Hold a format to the laws: does it lose anything?",
    "corpus": "Convert, count and compare whole archives.",
    "convert": "Convert cables from one format to another.",
    "diff": "Compare two versions of a cable.",
    "formats": "List the formats that are installed.",
    "identify": "Say which format files are in, and why.",
    "inspect": "Show what is understood of cables.",
    "plugins": "List the plugins, and why any was left out.",
    "validate": "Check files against the rules of their format.",
    "view": "Show cables as pages in the browser.",
}


class _Commands(click.Group):
    """Loads the module of a command when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"cableformat.cli.{cmd_name}_command").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader of its output that has gone, which is its right, ends it without a word."""
        try:
            return super().invoke(ctx)
        except OSError as error:  # click would end with 1, which says bad input
            if not _is_closed_pipe(error):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cableformat", message="%(prog)s %(version)s")
def cableformat() -> None:
    """Read diplomatic cables from whatever they were published as, and write them back without loss.

    Exit codes: 0 done; 1 bad input, a file that is not valid, or a plugin failed or does not conform; 2 wrong use;
    3 refused by --max-loss or --strict; 4 a corpus was converted but for what is in quarantine; 5 the system refused
    (a file is missing, or cannot be read or written). For diff, 1 says that the cables differ, and bad input is 2.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; what goes wrong is said in a paragraph on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the code page of a terminal lacks most letters
            stream.reconfigure(errors="backslashreplace")
    notices.show("cableformat: %(message)s")
    try:
        result = cableformat.main(args=list(arguments), prog_name="cableformat", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (CableError, OSError) as error:
        say(error)
        return exit_code(error)
    return result if isinstance(result, int) else 0


def _is_closed_pipe(error: BaseException) -> bool:
    """Whether the reader of standard output has gone; Windows says so with `EINVAL`, and names no file."""
    if isinstance(error, BrokenPipeError):
        return True
    return os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None


def exit_code(error: CableError | OSError) -> int:
    """The exit code for an error."""
    return error.exit_code if isinstance(error, CableError) else SYSTEM_ERROR


def say(error: CableError | OSError, about: str | None = None) -> None:
    """Put an error on standard error, as one paragraph.

    Args:
        error: What went wrong.
        about: The file, of several, that it is about; said where the error does not name it. `-` is standard input.

    Raises:
        OSError: It is that the reader of standard output has gone; then there is nothing to say.
    """
    if isinstance(error, OSError) and not isinstance(error, CableError):
        if _is_closed_pipe(error):
            raise error
        name = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        message = f"{name}{error.strerror or error}."
    else:
        message = str(error) if about is None else named(str(error), about)
    say_words(message)


def named(words: str, about: str) -> str:
    """Words about a file, which is named before them where they do not name it; `-` is standard input."""
    return words if Path(about).name in words else f"{'standard input' if about == '-' else about}: {words}"


def say_words(words: str) -> None:
    """Put words on standard error, as one paragraph; where nobody reads it any more, the exit code still tells."""
    # A surrogate stands for a byte of a name that is no UTF-8; the stream writes it as an escape.
    printable = "".join(c if c.isprintable() or "\ud800" <= c <= "\udfff" else " " for c in words)
    columns = os.environ.get("COLUMNS", "")
    width = max(40, min(100, int(columns) if columns.isdecimal() and int(columns) else 80))
    with contextlib.suppress(BrokenPipeError):
        click.echo(textwrap.fill(f"cableformat: {printable}", width, break_on_hyphens=False), err=True)
