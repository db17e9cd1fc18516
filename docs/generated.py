"""Writes the pages that the code itself says: `python docs/generated.py`, or `make matrix`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cableformat import formats
from cableformat.testing import LAWS
from cableformat.vocabulary import KINDS, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Format

DOCS = Path(__file__).resolve().parent


def formats_page() -> str:
    """The bundled formats, one section each."""
    bundled = sorted(
        (known for known in formats() if known.needs.startswith("cableformat")), key=lambda known: known.name
    )
    return "\n".join(["# The formats", "", *(line for known in bundled for line in _format(known))])


def _format(known: Format) -> Iterator[str]:
    does = " and ".join(word for word, there in (("reads", known.reader), ("writes", known.writer)) if there)
    yield from (f"## `{known.name}`", "", f"{known.title}.", "", "| | |", "|---|---|")
    yield f"| does | {does} |"
    yield f"| package | {known.needs} |"
    if known.suffixes:
        yield f"| suffixes | {', '.join(f'`{suffix}`' for suffix in known.suffixes)} |"
    kept = {"MODEL": "every cable, whole", "NONE": "no promise"}.get(known.keeps.level)
    yield f"| keeps | {kept or ', '.join(f'`{path}`' for path in known.keeps.paths)} |"
    for option in attrs.fields(known.options):
        said = _cell(option.metadata.get("help", "")).rstrip(".")
        yield f"| option `{option.name}` | {said}; by default `{str(option.default).lower()}` |"
    yield ""


def laws_page() -> str:
    """The laws, as the kit has them."""
    return "".join(f"| {law.name} | {_cell(law.title)} |\n" for law in LAWS)


def glossary_page() -> str:
    """The words of cables, a table for each kind."""
    lines = [
        "# Glossary",
        "",
        "What the words of cables mean, from the tables that `cableformat.vocabulary` reads.",
        "",
    ]
    for kind in KINDS:
        lines += [f"## {kind.capitalize()}", "", "| term | meaning |", "|---|---|"]
        lines += [f"| {_cell(term.term)} | {_cell(term.meaning)} |" for term in terms(kind)]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def laws_with_table(page: str) -> str:
    """The page of the laws with the table between its marks."""
    before, _, rest = page.partition("<!-- laws -->\n")
    after = rest.partition("<!-- end of laws -->")[2]
    table = f"| law | what it says |\n|---|---|\n{laws_page()}"
    return f"{before}<!-- laws -->\n{table}\n<!-- end of laws -->{after}"


def pages() -> dict[Path, str]:
    """Each page with what it must say."""
    laws = DOCS / "laws.md"
    return {
        DOCS / "formats.md": formats_page(),
        DOCS / "glossary.md": glossary_page(),
        laws: laws_with_table(laws.read_text("utf-8")),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
