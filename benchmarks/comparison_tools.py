"""One tool of the comparison, run by the Python of its own environment: `python comparison_tools.py TOOL FILE...`

Prints JSON: the tool's version; for each file its texts (every output that the tool offers, so that the best counts),
the fields of its metadata, and the same file written again by way of the tool's fullest format, or why there is none;
and the processor time of reading all files once more, when everything is loaded.
"""

from __future__ import annotations

import json
import logging
import resource
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROUNDS = 5


class MarkItDown:
    def __init__(self):
        from markitdown import MarkItDown as Tool

        self.version = version("markitdown")
        self.tool = Tool()

    def read(self, path):
        return self.tool.convert(path)

    def texts(self, result):
        return [result.markdown]

    def fields(self, result):
        return [result.title]

    def again(self, _):
        return None, "it writes Markdown only"


class Docling:
    def __init__(self):
        from docling.document_converter import DocumentConverter

        self.version = version("docling")
        self.tool = DocumentConverter()

    def read(self, path):
        return self.tool.convert(path).document

    def texts(self, document):
        items = "\n".join(item.text for item in document.texts)
        originals = "\n".join(item.orig for item in document.texts)
        return [document.export_to_markdown(), document.export_to_text(), items, originals]

    def fields(self, document):
        return [document.name, *(str(item) for item in document.key_value_items)]

    def again(self, path):
        from docling_core.types.doc import DoclingDocument

        if path.suffix != ".html":
            return None, "it does not write this format"
        document = DoclingDocument.model_validate_json(self.read(path).model_dump_json())
        return document.export_to_html(), ""


class Pandoc:
    def __init__(self):
        self.version = self._run("--version").splitlines()[0].split()[1]

    def _run(self, *arguments, given=None):
        done = subprocess.run(
            [shutil.which("pandoc"), *map(str, arguments)],
            input=given,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        if done.returncode:
            raise ValueError(done.stderr.strip().splitlines()[0])
        return done.stdout

    def _from(self, path):
        if path.name.endswith((".pdf", ".xml")):
            known = self._run("--list-input-formats").split()
            name = "pdf" if path.suffix == ".pdf" else "tei"
            if name not in known:
                raise ValueError(f"it does not read {name}")
        return "html"

    def read(self, path):
        return self._run("-f", self._from(path), "-t", "json", "--preserve-tabs", path)

    def texts(self, document):
        plain = self._run("-f", "json", "-t", "plain", "--wrap=preserve", "--preserve-tabs", given=document)
        return [plain, flat(json.loads(document)["blocks"])]

    def fields(self, document):
        return [flat(value) for value in json.loads(document)["meta"].values()]

    def again(self, path):
        return self._run("-f", "json", "-t", "html", "-s", given=self.read(path)), ""


def flat(node):
    """The text of pandoc's document, as its own tree has it."""
    if isinstance(node, list):
        return "".join(map(flat, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return content
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return " " if kind == "Space" else "\n"
    if kind in {"Code", "CodeBlock"}:
        return f"{content[1]}\n"
    return flat(content) + ("\n" if kind in {"Para", "Plain", "Header"} else "")


class Cableformat:
    def __init__(self):
        import cableformat

        self.tool = cableformat
        self.version = cableformat.__version__

    def read(self, path):
        return self.tool.read(path)

    def texts(self, cable):
        return [cable.text]

    def fields(self, cable):
        return {
            "classification": cable.classification,
            "date and time": cable.telegram.created and cable.created.isoformat(),
            "references": " ".join(reference.value for reference in cable.references),
            "subject": cable.subject,
            "TAGS": " ".join(cable.tags),
        }

    def again(self, path):
        known = self.tool.identify(path).format
        if not next(each for each in self.tool.formats() if each.name == known).writer:
            return None, "it does not write this format"
        target = path.with_name(f"again-{path.name}")
        options = {"embed": False} if known == "pdf" else {}
        self.tool.write(self.tool.loads(self.tool.dumps(self.read(path))), target, known, options=options)
        return target.read_bytes().decode("latin-1") if known == "pdf" else target.read_bytes().decode(), ""


TOOLS = {"cableformat": Cableformat, "docling": Docling, "markitdown": MarkItDown, "pandoc": Pandoc}


def main():
    logging.disable(logging.CRITICAL)
    tool = TOOLS[sys.argv[1]]()
    found = {}
    readable = []
    for path in map(Path, sys.argv[2:]):
        try:
            document = tool.read(path)
        except Exception as error:  # noqa: BLE001 - whatever a tool says is its result
            found[path.name] = {"error": " ".join(str(error).split())[:300]}
            continue
        readable.append(path)
        again, why = tool.again(path)
        found[path.name] = {
            "texts": tool.texts(document),
            "fields": tool.fields(document),
            "again": again,
            "why_not": why,
        }
    pages = [path for path in readable if path.suffix == ".html"]
    spent = []
    for _ in range(ROUNDS):
        begin = _processor_time()
        for path in pages:
            tool.read(path)
        spent.append((_processor_time() - begin) / len(pages))
    json.dump({"version": tool.version, "files": found, "seconds_a_page": min(spent)}, sys.stdout)


def _processor_time():
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


if __name__ == "__main__":
    main()
