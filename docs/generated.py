"""Writes the pages that the code itself says: `python docs/generated.py`, or `make matrix`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cableformat import formats
from cableformat.testing import LAWS
from cableformat.vocabulary import explain, terms

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


_CHAPTERS = {
    "caption": ("Captions", "Who may see a telegram, and how it is handled. They stand under the classification line."),
    "classification": ("Classifications", "The level of the classification line."),
    "mark": ("Portion marks", "The level of one paragraph, in brackets at its head."),
    "caveat": ("Caveats", "What a mark adds to its level, as in `(S/NF)`."),
    "reason": ("Reasons for classification", "Sections of the executive orders, on the line `Classified By`."),
    "downgrading": ("Downgrading and declassification", "What follows `E.O. ...:`, beside dates."),
    "precedence": ("Precedences", "How fast a telegram is to be handled; one letter in the date-time line."),
    "signal": ("Operating signals", "Short signs in the transmission header."),
}
"""The kinds of terms that have few, in the order of the page."""


def glossary_page() -> str:
    """The words of cables, but for TAGS and posts, which have pages of their own."""
    lines = [
        "# Glossary",
        "",
        "What the words of cables mean, from the tables that `cableformat.vocabulary` reads.",
        "[TAGS](glossary-tags.md) and [posts with routing indicators](glossary-posts.md) have pages of their own.",
        "In a program:",
        "",
        "```python",
        ">>> from cableformat import explain",
        '>>> explain("NOFORN").meaning',
        f"{explain('NOFORN').meaning!r}",
        "```",
        "",
    ]
    for kind, (title, what) in _CHAPTERS.items():
        lines += [f"## {title}", "", what, "", "| term | meaning |", "|---|---|"]
        lines += [f"| {_cell(term.term)} | {_cell(term.meaning)} |" for term in terms(kind)]
        lines.append("")
    return "\n".join(lines)


def tags_page() -> str:
    """All TAGS, by their first letter."""
    rows = {term.term: [term.term, term.meaning] for term in terms("tag")}
    what = "Traffic Analysis by Geography and Subject: the codes of the line `TAGS`, for subjects and countries."
    return _by_letter("TAGS", what, ["tag", "meaning"], rows)


def posts_page() -> str:
    """All posts, by their first letter, with the routing indicators that are known."""
    routes: dict[str, list[str]] = {}
    for term in terms("route"):
        routes.setdefault(term.meaning.removeprefix("routing indicator of "), []).append(term.term)
    rows = {
        term.term: [term.term, term.meaning.removeprefix("post or office in "), ", ".join(routes.get(term.term, ()))]
        for term in terms("post")
    }
    what = "Posts and offices, where they are, and their routing indicators, as far as they are known."
    return _by_letter("Posts", what, ["post", "in", "routing indicator"], rows)


def _by_letter(title: str, what: str, header: list[str], rows: dict[str, list[str]]) -> str:
    """A page with a table for each letter, and the letters at its top."""
    letters = sorted({term[0] for term in rows})
    places = " · ".join(f"[{letter}](#{title.lower()}-{letter.lower()})" for letter in letters)
    lines = [f"# {title}", "", what, "", places, ""]
    for letter in letters:
        lines += [f"({title.lower()}-{letter.lower()})=", "", f"## {letter}", ""]
        lines += [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
        lines += [f"| {' | '.join(map(_cell, row))} |" for term, row in rows.items() if term[0] == letter]
        lines.append("")
    return "\n".join(lines)


def compact_matrix(page: str) -> str:
    """The fidelity matrix in short: what each format keeps of a cable that says everything.

    Args:
        page: The text of fidelity.md.
    """
    section = page.partition("## From `json`\n")[2].partition("\n## ")[0]
    header, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")
    ]
    found: dict[tuple[str, ...], list[str]] = {}
    for i, name in enumerate(header[1:], 1):
        kept = {row[0]: row[i] for row in rows}
        record = [sign for path, sign in kept.items() if path.startswith("record.")]
        fields = len(record) - record.count("○")
        cells = (kept["parts"], f"{fields} of {len(record)}", *(kept[path] for path in _REST))
        found.setdefault(cells, []).append(name)
    lines = [f"| {', '.join(names)} | {' | '.join(cells)} |" for cells, names in found.items()]
    heads = ["", "text", "record's fields", *_REST]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines, ""])


_REST = ("extra", "annotations", "extensions", "source")


def between(page: str, name: str, made: str) -> str:
    """The page with something between two marks, such as `<!-- laws -->` and `<!-- end of laws -->`."""
    before, mark, rest = page.partition(f"<!-- {name} -->\n")
    end = f"<!-- end of {name} -->"
    after = rest.partition(end)[2]
    return f"{before}{mark}{made}\n{end}{after}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def pages() -> dict[Path, str]:
    """Each page with what it must say."""
    laws, readme = DOCS / "laws.md", DOCS.parent / "README.md"
    table = f"| law | what it says |\n|---|---|\n{laws_page()}"
    matrix = compact_matrix((DOCS / "fidelity.md").read_text("utf-8"))
    return {
        DOCS / "formats.md": formats_page(),
        DOCS / "glossary.md": glossary_page(),
        DOCS / "glossary-posts.md": posts_page(),
        DOCS / "glossary-tags.md": tags_page(),
        laws: between(laws.read_text("utf-8"), "laws", table),
        readme: between(readme.read_text("utf-8"), "matrix", matrix),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
