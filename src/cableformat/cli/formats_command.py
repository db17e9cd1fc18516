"""`cableformat formats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from cableformat import plugins
from cableformat.cli import output

if TYPE_CHECKING:
    from cableformat.registry import Format, Registry


@click.command("formats")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--matrix", is_flag=True, help="Show what comes through from NAME, or from each format, to each other.")
@click.option("--markdown", is_flag=True, help="With --matrix: print Markdown, as the documentation has it.")
def command(name: str | None, *, as_json: bool, matrix: bool, markdown: bool) -> None:
    """List the formats that are installed, or show one with its options.

    What a format keeps, so that it comes back as it was: MODEL every cable, whole; FIELDS what is shown with NAME;
    NONE is no promise.

    The matrix is computed by converting cables that say everything: a field comes through always, where the layout
    can hold it, or never, which is then reported; or the reader never gives it.
    """
    registry = plugins.registry()
    chosen = registry.formats if name is None else (registry.get(name),)
    if matrix or markdown:
        _matrix(registry, name, as_json=as_json, as_markdown=markdown)
        return
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
        out.print(
            output.table(
                "\nOptions (-O key=value to write, -I key=value to read)", ("Default", "What it does"), defaults
            )
        )


def _matrix(registry: Registry, name: str | None, *, as_json: bool, as_markdown: bool) -> None:
    from cableformat.testing.matrix import FIELDS, LEGEND, SIGNS, fidelity_matrix, markdown  # noqa: PLC0415 - on use

    rows = [row for row in fidelity_matrix(registry) if name in {None, row.reader}]
    if as_json:
        output.print_json(
            [{"from": r.reader, "to": r.writer, "fields": dict(zip(FIELDS, r.fates, strict=True))} for r in rows]
        )
        return
    if as_markdown:
        click.echo(markdown(rows), nl=False)
        return
    out = output.console()
    said = [i for i, field in enumerate(FIELDS) if field.startswith("record.")]
    others = [i for i in range(len(FIELDS)) if i not in said]
    for reader in dict.fromkeys(row.reader for row in rows):
        lines = [
            (row.writer, "".join(SIGNS[row.fates[i]] for i in said), *(SIGNS[row.fates[i]] for i in others))
            for row in rows
            if row.reader == reader
        ]
        out.print(output.table(f"From {reader}", ("to", "record", *(FIELDS[i] for i in others)), lines))
        out.print()
    out.print(output.paragraph(f"record: {', '.join(FIELDS[i].removeprefix('record.') for i in said)}"))
    out.print(output.paragraph(LEGEND))


def _directions(known: Format) -> str:
    words = [word for word, there in (("read", known.reader), ("write", known.writer)) if there is not None]
    return ", ".join(words)


def _keeps(known: Format) -> str:
    if known.keeps.level != "FIELDS":
        return {"MODEL": "every cable, whole", "NONE": "no promise"}[known.keeps.level]
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
