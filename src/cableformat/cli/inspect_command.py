"""`cableformat inspect`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.text import Text
from rich.tree import Tree

from cableformat import conversion
from cableformat.cli import app, output
from cableformat.cli.description import MANY, describe
from cableformat.cli.key_values import reading_options
from cableformat.errors import CableError
from cableformat.registry import Input

if TYPE_CHECKING:
    from typing import Any

    from cableformat.cable import Cable

_LABELS = {
    "created": "Created",
    "origin": "Origin",
    "sender": "From",
    "recipients": "To",
    "info_recipients": "Info",
    "classification": "Classification",
    "captions": "Captions",
    "subject": "Subject",
    "tags": "TAGS",
    "references": "References",
    "classified_by": "Classified by",
    "reasons": "Reasons",
    "declassification": "Declassify",
    "declassify_on": "Declassify on",
    "summary": "Summary",
    "signed_by": "Signed",
}
_WIDTH = 16
_SHORT = 60


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of the input (default: identified).")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(files: tuple[str, ...], from_format: str | None, reading: dict[str, str], *, as_json: bool) -> int:
    """Show what is understood of cables: the fields, where each comes from, and the paragraphs.

    FILE may be - for standard input. With --json, one cable gives an object, several give a list.
    """
    code = 0
    descriptions: list[dict[str, Any]] = []
    out = output.console()
    for name in files:
        try:
            source = Input.of(sys.stdin.buffer if name == "-" else name)
            for cable in conversion.read_all(source, from_format, options=reading):
                if as_json:
                    descriptions.append(describe(cable))
                else:
                    out.print(tree(cable))
        except (CableError, OSError) as error:  # the other files are shown all the same
            app.say(error, name)
            code = code or app.exit_code(error)
    if as_json and (descriptions or code == 0):
        output.print_json(descriptions[0] if len(descriptions) == 1 else descriptions)
    return code


def tree(cable: Cable) -> Tree:
    """A cable as a tree that a terminal of 80 columns shows."""
    facts = describe(cable)
    title = Text(facts["reference_id"] or facts["mrn"] or "A cable without an identifier", style="bold")
    if facts["is_partial"]:
        title.append("  (partial extract)", style="yellow")
    root = Tree(title)
    for name, label in _LABELS.items():
        if facts[name]:
            root.add(_fact(label, _shown(name, facts[name]), _where(name, facts)))
    source = facts["source"]
    if source is not None:
        root.add(_fact("Read from", output.visible(source["name"] or "(no name)"), source["format"]))
    parts = ", ".join(f"{part['id']} ({part['characters']:,} characters)" for part in facts["parts"])
    root.add(_fact("Parts", parts or "none", None))
    if facts["paragraphs"]:
        _paragraphs(root.add(Text(f"Paragraphs ({len(facts['paragraphs'])})", style="bold")), facts["paragraphs"])
    if facts["artefacts"]:
        _artefacts(root.add(Text(f"Artefacts ({len(facts['artefacts'])})", style="bold")), facts["artefacts"])
    for item in facts["discrepancies"]:
        words = f"{item['field']}: the record says {item['record']!r}, the telegram {item['telegram']!r}"
        root.add(Text(output.visible(words), style="yellow"))
    return root


def _fact(label: str, value: str, where: str | None) -> Text:
    text = Text(f"{label:<{_WIDTH}}", style="dim").append(value, style="not dim")
    return text.append(f"  [{where}]", style="dim") if where else text


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - any value of the description
    if name in {"recipients", "info_recipients"}:
        return output.visible("; ".join(item["name"] for item in value))
    if name == "sender":
        return output.visible(value["name"])
    if name == "references":
        return output.visible("; ".join(f"{item['bullet'] or '-'} {item['value']}" for item in value))
    if name in MANY:
        return output.visible(", ".join(value))
    return _cut(value, 4 * _SHORT) if name == "summary" else output.visible(str(value))


def _where(name: str, facts: dict[str, Any]) -> str | None:
    """What to say of a value's origin: nothing where it is the text, which is the rule."""
    origin = facts["where"].get(name)
    return origin["where"] if isinstance(origin, dict) and isinstance(origin["where"], str) else None


def _cut(words: str, length: int) -> str:
    words = output.visible(" ".join(words.split()))
    return words if len(words) <= length else f"{words[: length - 3]}..."


def _paragraphs(branch: Tree, paragraphs: list[dict[str, Any]]) -> None:
    for paragraph in paragraphs:
        if paragraph["heading"]:
            branch.add(Text(_cut(paragraph["heading"], _SHORT), style="bold"))
        text = Text(_cut(paragraph["running_text"], _SHORT))
        if paragraph["passages"]:
            text.append(f"  [{', '.join(passage['kind'] for passage in paragraph['passages'])}]", style="dim")
        if paragraph["is_broken"]:
            text.append("  [broken off]", style="yellow")
        branch.add(text)


def _artefacts(branch: Tree, artefacts: list[dict[str, Any]]) -> None:
    for artefact in artefacts:
        where = artefact["where"]
        words = f"{artefact['kind']:<{_WIDTH}}{where['part']}:{where['start']}-{where['end']}  "
        branch.add(Text(words, style="dim").append(_cut(artefact["raw"], 30), style="not dim"))
