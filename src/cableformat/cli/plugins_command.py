"""`cableformat plugins`."""

from __future__ import annotations

import click

from cableformat import plugins
from cableformat.cli import output


@click.command("plugins")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(*, as_json: bool) -> None:
    """List the plugins, the formats that each provides, and why any was left out."""
    infos = plugins.registry().plugins
    if as_json:
        output.print_json(
            [
                {
                    "plugin": info.plugin,
                    "distribution": info.distribution,
                    "version": info.version,
                    "formats": list(info.formats),
                    "failure": info.failure.reason if info.failure else None,
                }
                for info in infos
            ]
        )
        return
    if not infos:
        output.console().print("No plugins are installed; the formats of the core are always there.")
        return
    rows = [
        (
            info.plugin,
            f"{info.distribution or 'unknown'} {info.version or ''}".strip(),
            f"left out: {info.failure.reason}" if info.failure else ", ".join(info.formats),
        )
        for info in infos
    ]
    output.console().print(output.table(None, ("Plugin", "From", "Formats"), rows))
