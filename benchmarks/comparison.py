"""What comes out of cables in cableformat, pandoc, markitdown and docling: writes benchmarks/COMPARISON.md.

`python benchmarks/comparison.py TOOLS`, where TOOLS is a folder with an environment for each Python tool, made by

    python -m venv TOOLS/markitdown && TOOLS/markitdown/bin/pip install 'markitdown[pdf]==0.1.9'
    python -m venv TOOLS/docling && TOOLS/docling/bin/pip install docling==2.143.0

and pandoc is that of the system. A tool that is not there is said to be not run. All cables are invented.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import etree

import corpus
from cableformat import read, write

HERE = Path(__file__).resolve().parent
PAGE = HERE / "COMPARISON.md"
README = HERE.parent / "README.md"
EXAMPLE = HERE.parent / "examples" / "31PORTMERIDIAN117.txt"
CABLES = 10
TOOLS = ("cableformat", "pandoc", "markitdown", "docling")
FIELDS = ("date and time", "TAGS", "references", "classification", "subject")
KINDS = {
    "cablegate": ("{n}-cablegate.html", "a page of the cablegate mirror"),
    "jcvignoli": ("{n}-jcvignoli.html", "a page of the jcvignoli mirror"),
    "pdf": ("{n}.pdf", "a PDF file, with nothing embedded"),
    "tei": ("{n}.tei.xml", "a TEI document"),
}
JCVIGNOLI = (
    "<!DOCTYPE html>\n<html><head><title>Cables</title></head><body><table><tr><th>Identifier</th><th>Created</th>"
    "<th>Classification</th><th>Origin</th></tr><tr><td>{id}</td><td>{created}</td><td>{level}</td><td>{origin}</td></tr>"
    "</table><div>Cable title:&nbsp; </div><p>{subject}</p><p>Tags:&nbsp; {tags} </p>"
    "<div><a>pdf</a>&nbsp; <a>how-to read a cable</a></div><div>{header}</div><pre>{body}</pre></body></html>\n"
)


def inputs(folder):
    """The files, and what they hold: the parts of each telegram, and its fields where they are known."""
    truth = {}
    drawn = [(cable, spec) for cable, spec in corpus.cables(CABLES)]
    for number, (cable, spec) in enumerate([(read(EXAMPLE), None), *drawn]):
        names = {kind: name.format(n=number) for kind, (name, _) in KINDS.items()}
        write(cable, folder / names["cablegate"], "cablegate")
        write(cable, folder / names["pdf"], "pdf", options={"embed": False})
        write(cable, folder / names["tei"], "tei")
        page = JCVIGNOLI.format(
            id=cable.reference_id or "",
            created=cable.created.strftime("%Y-%m-%d %H:%M:%S"),
            level=cable.classification,
            origin=cable.record.origin,
            subject=escaped(cable.subject or ""),
            tags=" ".join(cable.tags),
            header=escaped(cable.part("header").text),
            body=escaped(cable.part("body").text),
        )
        (folder / names["jcvignoli"]).write_text(page, encoding="utf-8", newline="")
        fields = spec and {
            "date and time": cable.created.isoformat(),
            "TAGS": " ".join(spec.tags),
            "references": " ".join(reference.value for reference in spec.references),
            "classification": spec.classification,
            "subject": spec.subject,
        }
        for kind, name in names.items():
            parts = [part.text.strip("\n") for part in cable.parts if part.role in {"header", "body"}]
            # Of this mirror's pages only the text in `pre` has a layout.
            truth[name] = (kind, parts[-1:] if kind == "jcvignoli" else parts, fields)
    return truth


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def run(tool, tools, folder, names):
    """What a tool makes of the files; a sentence where it is not there."""
    python = sys.executable if tool in {"cableformat", "pandoc"} else tools / tool / "bin" / "python"
    if not Path(python).exists():
        return f"not run: no environment {tool}"
    command = [python, HERE / "comparison_tools.py", tool, *(folder / name for name in names)]
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1", "TQDM_DISABLE": "1"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, env=env)
    result = json.loads(done.stdout[done.stdout.index(b'{"version"') :])
    result["start"] = cold_start(tool, tools, folder / KINDS["cablegate"][0].format(n=1))
    return result


def cold_start(tool, tools, page):
    """Processor time of one conversion of one page by the tool's command, in seconds: the least of five."""
    out = page.with_suffix(".out.json")
    commands = {
        "cableformat": [sys.executable, "-m", "cableformat", "convert", page, "-o", out],
        "pandoc": ["pandoc", "-f", "html", "-t", "json", page, "-o", out],
        "markitdown": [tools / "markitdown" / "bin" / "markitdown", page, "-o", out],
        "docling": [tools / "docling" / "bin" / "docling", "--to", "json", "--output", page.parent / "docling", page],
    }
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(commands[tool], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def kept(parts, text):
    """The share of the characters that stand in a text, in order; words and runs of blanks count whole or not."""
    return sum(len(part) if part in text else _matched(part, text) for part in parts) / sum(map(len, parts))


def _matched(part, text):
    ours, theirs = (re.findall(r"\w+|\s+|[^\w\s]", one) for one in (part, text))
    found = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(len(token) for block in found for token in ours[block.a : block.a + block.size])


def lines_kept(parts, text):
    """The share of the lines, blank ones left out, that are lines of a text, blanks at both ends included."""
    there = set(text.split("\n"))
    lines = [line for part in parts for line in part.split("\n") if line.strip()]
    return sum(line in there for line in lines) / len(lines)


def is_exact(parts, text):
    """Whether each part stands in a text as it is."""
    return all(part in text for part in parts)


def visible(document):
    """The text of a page, as a parser of HTML gives it."""
    return "".join(etree.HTML(document).itertext())


def measured(result, truth, kind, folder):
    """One row: what a tool makes of the files of a kind."""
    rows = [(name, parts, fields) for name, (of_kind, parts, fields) in truth.items() if of_kind == kind]
    files = result["files"]
    errors = {files[name]["error"] for name, _, _ in rows if "error" in files[name]}
    if errors:
        return {"error": why(min(errors)), "count": len(rows)}
    best = [(parts, max(files[name]["texts"], key=lambda text: kept(parts, text))) for name, parts, _ in rows]
    exact = sum(any(is_exact(parts, text) for text in files[name]["texts"]) for name, parts, _ in rows)
    lines = [max(lines_kept(parts, text) for text in files[name]["texts"]) for name, parts, _ in rows]
    right = {
        field: sum(is_given(files[name]["fields"], field, fields[field]) for name, _, fields in rows if fields)
        for field in FIELDS
    }
    again = [(files[name]["again"], (folder / name).read_bytes(), parts) for name, parts, _ in rows]
    is_back = [text is not None for text, _, _ in again]
    return {
        "count": len(rows),
        "known": sum(fields is not None for _, _, fields in rows),
        "characters": sum(kept(parts, text) for parts, text in best) / len(best),
        "exact": exact,
        "lines": sum(lines) / len(lines),
        "fields": right,
        "why_not": files[rows[0][0]]["why_not"],
        "bytes": sum(text.encode("latin-1" if kind == "pdf" else "utf-8") == old for text, old, _ in again if text)
        if all(is_back)
        else None,
        "telegram": sum(is_exact(parts, visible(text.encode())) for text, _, parts in again)
        if all(is_back) and kind not in {"pdf", "tei"}
        else None,
    }


def why(error):
    """What hinders a tool, in a few words."""
    if "snapshot" in error or "Hub" in error:
        return "not run: its models must be fetched, which was not possible where this was measured"
    return "cannot read it"


def is_given(found, name, value):
    """Whether a tool gives a field; of one that has no fields of cables, any statement of its metadata counts."""
    return found.get(name) == value if isinstance(found, dict) else value in found


def percent(share):
    """Rounded down, so that 100 % means all."""
    return f"{int(share * 1000) / 10:g} %"


def what_comes_out(row):
    if "error" in row:
        return [row["error"], *[""] * 4]
    back = row["why_not"] or f"{row['bytes']} of {row['count']}"
    return [
        f"{row['exact']} of {row['count']}",
        percent(row["characters"]),
        percent(row["lines"]),
        f"{sum(row['fields'].values())} of {row['known'] * len(FIELDS)}",
        back if row["telegram"] is None else f"{back}; the telegram in {row['telegram']}",
    ]


def table(header, rows):
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)) + "\n"


def compact(results, rows):
    """The table of the README: a column a tool."""

    def cells(label, cell):
        return [label, *(cell(tool) if isinstance(results[tool], dict) else "not run" for tool in TOOLS)]

    def of_kind(kind, cell):
        return lambda tool: (
            rows[tool, kind]["error"].partition(":")[0] if "error" in rows[tool, kind] else cell(rows[tool, kind])
        )

    lines = []
    for kind, (_, what) in KINDS.items():
        lines.append(
            cells(
                f"telegrams exact, of {what}",
                of_kind(kind, lambda row: f"{row['exact']} of {row['count']} ({percent(row['lines'])} of the lines)"),
            )
        )
    lines += [
        cells(
            f"fields of a cablegate page ({', '.join(FIELDS)})",
            of_kind("cablegate", lambda row: f"{sum(row['fields'].values())} of {row['known'] * len(FIELDS)}"),
        ),
        cells(
            "cablegate pages written back to the byte",
            of_kind("cablegate", lambda row: "cannot" if row["bytes"] is None else f"{row['bytes']} of {row['count']}"),
        ),
        cells("processor time of one conversion, start included", lambda tool: f"{results[tool]['start']:.2f} s"),
        cells("of one more page", lambda tool: f"{results[tool]['seconds_a_page'] * 1000:.1f} ms"),
    ]
    return table(["", *(named(tool, results[tool]) for tool in TOOLS)], lines)


def named(tool, result):
    return f"{tool} {result['version']}" if isinstance(result, dict) else tool


def page(results, rows):
    said = [f"{tool} is {result}.\n" for tool, result in results.items() if isinstance(result, str)]
    details = []
    for kind, (_, what) in KINDS.items():
        header = ["", "telegrams exact", "characters", "lines", "fields", "written back to the byte"]
        lines = [[tool, *what_comes_out(rows[tool, kind])] for tool in TOOLS if (tool, kind) in rows]
        details.append(f"## {what[0].upper()}{what[1:]}\n\n{table(header, lines)}")
    fields = [
        [tool, *(str(rows[tool, "cablegate"]["fields"][field]) for field in FIELDS)]
        for tool in TOOLS
        if (tool, "cablegate") in rows
    ]
    details.append(f"## Which fields, of {CABLES} pages of the cablegate mirror\n\n{table(['', *FIELDS], fields)}")
    return TEMPLATE.format(
        python=sys.version.split()[0],
        cables=CABLES + 1,
        compact=compact(results, rows),
        details="\n".join(details),
        not_run="".join(said),
    )


TEMPLATE = """# What comes out of a cable

Written by `python benchmarks/comparison.py`, which says how to install the tools; Python {python}. {cables} invented
cables, the same for all: the example and those of `benchmarks/corpus.py`, written as each kind of page or file.

<!-- compact -->
{compact}
<!-- end of compact -->

What the figures mean:

- **Telegrams exact**: header and body of the telegram each stand in what the tool gives as they are, every blank and
  line end included but for those before the first and behind the last line. Every output of a tool was tried and the
  best counts: plain text, Markdown, and the text in its own document model.
- **Characters**: the share that comes back in order, in words and runs of blanks that count whole or not at all.
- **Lines**: the share of lines that are lines of the output.
- **Fields**: values that the tool gives as data, equal to what the cable was made from; of a tool that knows no fields
  of cables, any statement of its metadata counts. In the text of all tools they can be read by people.
- **Written back**: read, put through the fullest format of the tool (canonical JSON, pandoc's and docling's JSON), and
  written as what it was; and in how many of the pages the telegram is exact.
- **Processor time**, not that of the clock: of the tool's command on one page, and of reading one more page where
  everything is loaded (on the average of the pages), each the least of five runs. pandoc starts a process for
  each page.

Of the jcvignoli mirror's pages the body alone is compared: the header is prose there. The pages of the cablegate
mirror, the PDF files and the TEI documents are cableformat's own, which helps it to write them back; what a mirror
wrote it reads in the same way, and does not promise to write to the byte. cableformat is made for cables, and the
others are not: they read and write much that it does not.

{not_run}cablemap, the only earlier library for cables that we know of, is not on the package index and was not run. A
tool is "not run" on a kind of file where its models could not be fetched.

{details}"""


def main():
    parser = argparse.ArgumentParser(description="Compare tools on invented cables.")
    parser.add_argument("tools", type=Path, help="the folder with the environments")
    tools = parser.parse_args().tools
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = inputs(folder)
        results = {tool: run(tool, tools, folder, list(truth)) for tool in TOOLS}
        rows = {
            (tool, kind): measured(result, truth, kind, folder)
            for tool, result in results.items()
            if isinstance(result, dict)
            for kind in KINDS
        }
    PAGE.write_text(page(results, rows), encoding="utf-8")
    README.write_text(with_table(README.read_text("utf-8"), compact(results, rows)), encoding="utf-8")


def with_table(readme, made):
    """The README with the table between its marks."""
    before, _, rest = readme.partition("<!-- comparison -->\n")
    after = rest.partition("<!-- end of comparison -->")[2]
    return f"{before}<!-- comparison -->\n{made}\n<!-- end of comparison -->{after}"


if __name__ == "__main__":
    main()
