"""`cableformat identify`."""

from __future__ import annotations

import sys

import click

from cableformat import conversion
from cableformat.cli import app, output
from cableformat.errors import CableError
from cableformat.registry import Input


@click.command("identify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(files: tuple[str, ...], *, as_json: bool) -> int:
    """Say which format files are in, how surely, and why. FILE may be - for standard input."""
    found = []
    code = 0
    for name in files:
        try:
            detection = conversion.identify(Input.of(sys.stdin.buffer if name == "-" else name))
        except (CableError, OSError) as error:  # the other files are identified all the same
            app.say(error, name)
            code = code or app.exit_code(error)
            continue
        found.append((name, detection))
    if as_json:
        output.print_json(
            [
                {"file": name, "format": d.format, "confidence": d.confidence.name, "evidence": d.evidence}
                for name, d in found
            ]
        )
    elif found:
        rows = [(name, d.format, d.confidence.name, d.evidence) for name, d in found]
        output.console().print(output.table(None, ("File", "Format", "Confidence", "Evidence"), rows))
    return code
