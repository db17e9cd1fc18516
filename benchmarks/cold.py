"""What programs take that start, do one thing and end: `python benchmarks/cold.py FOLDER > cold.json`.

Processor time, user and system, of the whole process with its children. The programs run in turn, round after round,
so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import telegrams

ROUNDS = 15
_BARE = "python -c pass"
_PANDOC = "pandoc: the page to TEI"


def programs(folder):
    """What is run: its name, its words, and what it is compared to."""
    python, page = sys.executable, str(folder / "page.html")
    command = [python, "-m", "cableformat"]
    found = [
        (_BARE, [python, "-c", "pass"], None),
        ("import cableformat", [python, "-c", "import cableformat"], _BARE),
        ("from cableformat import Cable", [python, "-c", "from cableformat import Cable"], _BARE),
        ("import lxml.etree", [python, "-c", "import lxml.etree"], _BARE),
        ("cableformat --version", [*command, "--version"], _BARE),
        ("cableformat --help", [*command, "--help"], _BARE),
        ("cableformat identify: a page of 65 kB", [*command, "identify", page], _BARE),
        (
            "cableformat convert: the page to TEI",
            [*command, "convert", page, "-o", str(folder / "page.tei.xml")],
            _PANDOC,
        ),
    ]
    pandoc = shutil.which("pandoc")
    if pandoc:
        found.append((_PANDOC, [pandoc, "-f", "html", "-t", "tei", "-s", "-o", str(folder / "pandoc.xml"), page], None))
    return found


def taken(words):
    """The processor time of a program, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(telegrams.page())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # who installs a package has it compiled
    chosen = programs(folder)
    times = {what: [] for what, _, _ in chosen}
    for _, words, _ in chosen:
        taken(words)  # compiles what is not yet compiled
    for _ in range(int(os.environ.get("ROUNDS", ROUNDS))):
        for what, words, _ in chosen:
            times[what].append(taken(words))
    rows = [
        {"what": what, "least": min(times[what]), "median": statistics.median(times[what]), "against": against}
        for what, _, against in chosen
    ]
    print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
