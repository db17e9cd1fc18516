"""`cableformat view`."""

from __future__ import annotations

import html
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cableformat import conversion, plugins
from cableformat.cli import app, output
from cableformat.cli.key_values import key_values
from cableformat.conversion import replacing
from cableformat.errors import CableError
from cableformat.file_names import FreeNames
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.cable import Cable

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<ol>
{rows}
</ol>
</main>
</body>
</html>
"""
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;"
    "padding:0 1rem}ol{list-style:none;padding:0}li{border-top:1px solid;padding:.5rem 0}li span{display:block}"
    "bdi{overflow-wrap:anywhere}"
)


@click.command("view")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of the input (default: identified).")
@click.option("-o", "--output", "folder", metavar="DIR", help="Folder to write to (default: a new temporary one).")
@click.option(
    "-O", "options", multiple=True, metavar="KEY=VALUE", callback=key_values, help="Option of the format html."
)
@click.option("--open/--no-open", "is_opened", default=True, help="Open the browser (default), or only print the path.")
@click.option("--limit", type=click.IntRange(min=1), default=500, show_default=True, help="Most pages to write.")
def command(  # noqa: PLR0913 - one argument an option
    files: tuple[str, ...],
    from_format: str | None,
    folder: str | None,
    options: dict[str, str],
    limit: int,
    *,
    is_opened: bool,
) -> int:
    """Show cables as pages in the browser.

    FILE may be - for standard input. Each cable is written as a page of its own; where there are several, an index
    leads to them. The path of what is opened is printed. A temporary folder stays until the system empties it.
    """
    pages = _Pages(folder, options)
    code = 0
    for name in files:
        try:
            for cable in conversion.read_all(Input.of(sys.stdin.buffer if name == "-" else name), from_format):
                if len(pages.written) == limit:
                    app.say_words(f"Cables are shown up to --limit, which is {limit:,}; the others are left out.")
                    return pages.show(code, is_opened=is_opened)
                pages.add(cable, "" if name == "-" else Path(name).stem)
        except (CableError, OSError) as error:  # the other files are shown all the same
            app.say(error, name)
            code = code or app.exit_code(error)
    return pages.show(code, is_opened=is_opened)


class _Pages:
    """The pages of one run. The folder is made with the first of them, so that bad input leaves none."""

    def __init__(self, folder: str | None, options: dict[str, str]) -> None:
        self.known = plugins.registry().get("html")  # of a plugin: the error says how to install it
        self.known.parse_options(options)
        self.options = options
        self.folder = Path(folder) if folder else None
        self.written: list[tuple[Path, Cable]] = []
        self.names = FreeNames(self.known.suffix, "index.html")

    def add(self, cable: Cable, stem: str) -> None:
        """Write the page of a cable."""
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="cableformat-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / self.names.free(cable.reference_id or stem)
        conversion.write(cable, path, "html", options=self.options)
        self.written.append((path, cable))

    def show(self, code: int, *, is_opened: bool) -> int:
        """Write the index where there are several, print the path, open it; gives the exit code."""
        if not self.written:
            return code
        path = self.written[0][0]
        if len(self.written) > 1:
            path = path.with_name("index.html")
            with replacing(path) as stream:
                stream.write(_index(self.written).encode())
        click.echo(str(path))
        if is_opened:
            import webbrowser  # noqa: PLC0415 - only where one is wanted

            if not webbrowser.open(path.resolve().as_uri()):
                app.say_words("no browser could be opened; open the file yourself.")
        return code


def _index(pages: list[tuple[Path, Cable]]) -> str:
    import base64  # noqa: PLC0415 - only for several cables
    import hashlib  # noqa: PLC0415 - as above

    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    rows = "\n".join(_row(path, cable) for path, cable in pages)
    return _INDEX.format(digest=digest, title=f"{len(pages)} cables", style=_STYLE, rows=rows)


def _row(path: Path, cable: Cable) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - as above

    title = cable.subject or cable.reference_id or path.stem
    return f'<li><a href="./{quote(path.name)}"><bdi>{_safe(title)}</bdi></a>{"".join(_facts(cable))}</li>'


def _facts(cable: Cable) -> Iterator[str]:
    created = f"{cable.created:%Y-%m-%d}" if cable.created else None
    facts = filter(None, (created, cable.reference_id, cable.origin, cable.classification))
    words = " · ".join(f"<bdi>{_safe(fact)}</bdi>" for fact in facts)
    if words:
        yield f"<span>{words}</span>"


def _safe(text: str) -> str:
    """The words on one line, as HTML; controls are shown as pictures."""
    return html.escape(output.visible(" ".join(text.split())))
