"""`cableformat validate`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import attrs
import click

from cableformat import conversion
from cableformat.cli import app, output
from cableformat.errors import CableError
from cableformat.registry import Input

if TYPE_CHECKING:
    from cableformat.registry import Problem

INVALID = 1
"""Exit code where a file breaks a rule of its format: it is bad input."""


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of the files (default: identified).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(files: tuple[str, ...], from_format: str | None, *, as_json: bool) -> int:
    """Check files against the rules of their format, and say which line breaks which rule.

    FILE may be - for standard input. Exits with 1 if anything is wrong.
    """
    code = 0
    results: list[dict[str, Any]] = []
    for name in files:
        try:
            problems = conversion.validate(Input.of(sys.stdin.buffer if name == "-" else name), from_format)
        except (CableError, OSError) as error:  # the other files are checked all the same
            app.say(error, name)
            code = code or app.exit_code(error)
            continue
        if problems:
            code = code or INVALID
        results.append({"file": name, "valid": not problems, "problems": [attrs.asdict(item) for item in problems]})
        if not as_json:
            lines = [_words(name, problem) for problem in problems] or [f"{name}: valid"]
            click.echo("\n".join(output.visible(line) for line in lines))
    if as_json:
        output.print_json(results)
    return code


def _words(name: str, problem: Problem) -> str:
    """A problem as a line: file, line and column as editors understand them, the element, what is wrong, the rule."""
    place = ":".join(str(item) for item in (name, problem.line, problem.column) if item is not None)
    about = f" {problem.where}:" if problem.where else ""
    rule = f" Rule: {problem.rule}" if problem.rule else ""
    return f"{place}:{about} {problem.message}{rule}"
