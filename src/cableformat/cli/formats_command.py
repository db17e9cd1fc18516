"""`cableformat formats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from cableformat import plugins
from cableformat.cli import output

if TYPE_CHECKING:
    from cableformat.registry import Format


@click.command("formats")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(name: str | None, *, as_json: bool) -> None:
    """List the formats that are installed, or show one with its options."""
    registry = plugins.registry()
    chosen = registry.formats if name is None else (registry.get(name),)
    if as_json:
        output.print_json([_description(known) for known in chosen])
        return
    out = output.console()
    if name is None:
        rows = [(f.name, _directions(f), f.keeps.level, f.needs, f.title) for f in chosen]
        out.print(output.table(None, ("Format", "Can", "Keeps", "From", "What it is"), rows))
        return
    out.print(output.table(None, ("", ""), _facts(chosen[0])))
    options = _options(chosen[0])
    if options:
        defaults = [(f"{key}={default}", text) for key, default, text in options]
        out.print(output.table("\nOptions (-O key=value)", ("Default", "What it does"), defaults))


def _directions(known: Format) -> str:
    words = [word for word, there in (("read", known.reader), ("write", known.writer)) if there is not None]
    return ", ".join(words)


def _keeps(known: Format) -> str:
    if known.keeps.level != "FIELDS":
        return known.keeps.level
    within = " where its layout can hold the text" if known.keeps.domain else ""
    return f"{', '.join(known.keeps.paths)}{within}"


def _facts(known: Format) -> list[tuple[str, str]]:
    return [
        ("Name", known.name),
        ("Title", known.title),
        ("Can", _directions(known)),
        ("Refines", known.refines or "nothing"),
        ("Holds", "one cable" if known.cardinality == "one" else "any number of cables"),
        ("Keeps", _keeps(known)),
        ("Replays", "yes: writing what was read gives the same bytes" if known.replays else "no"),
        ("Suffixes", " ".join(known.suffixes) or "none"),
        ("Media types", " ".join(known.media_types) or "none"),
        ("From", known.needs),
    ]


def _options(known: Format) -> list[tuple[str, str, str]]:
    return [(a.name, str(a.default).lower(), a.metadata.get("help", "")) for a in attrs.fields(known.options)]


def _description(known: Format) -> dict[str, object]:
    return {
        "name": known.name,
        "title": known.title,
        "reads": known.reader is not None,
        "writes": known.writer is not None,
        "refines": known.refines,
        "cardinality": known.cardinality,
        "keeps": {"level": known.keeps.level, "paths": list(known.keeps.paths)},
        "replays": known.replays,
        "suffixes": list(known.suffixes),
        "media_types": list(known.media_types),
        "options": [{"name": n, "default": d, "help": h} for n, d, h in _options(known)],
        "from": known.needs,
    }
