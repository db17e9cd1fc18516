"""Whole corpora: `python benchmarks/many.py SOURCE TARGET FORMAT JOBS` prints how long, how fast, and how much memory.

`python benchmarks/many.py pandoc FOLDER` makes 1,000 pages of invented cables, converts them to TEI, and runs pandoc on
200 of them, one by one, as somebody would who has only pandoc: with the navigation that is on every page of the
cablegate mirror, and without it.

`python benchmarks/many.py workers SOURCE FOLDER FORMAT` does SOURCE with one worker and with two, and says how many
times as fast two are.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from pathlib import Path

from cableformat.corpus import convert_many

PAGES = 1_000
MIRROR_NAVIGATION = 33 * 1024  # bytes of it on a page of the mirror
BY_PANDOC = 200
GOAL_PANDOC = 30  # times as fast as pandoc
GOAL_WORKERS = 1.7  # times as fast with two workers


def convert(source, target, to, jobs):
    begin = time.perf_counter()
    done = convert_many(source, target, to=to, jobs=int(jobs), resume=False)
    seconds = time.perf_counter() - begin
    own, of_worker = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{done.converted} cables to {to}, {jobs} workers: {seconds:.1f} s, {done.converted / seconds:.0f}/s,", end=" "
    )
    print(f"most memory {own} MB and {of_worker} MB in a worker; quarantined {done.quarantined}", flush=True)
    return seconds


def pages(folder, navigation):
    from telegrams import with_navigation

    import corpus
    from cableformat import write

    folder.mkdir(parents=True, exist_ok=True)
    for number, (cable, _) in enumerate(corpus.cables(PAGES)):
        page = io.BytesIO()
        write(cable, page, "cablegate")
        shown = page.getvalue().decode()
        if navigation:
            shown = with_navigation(shown[shown.index("<h3>") :], navigation + len(shown))
        (folder / f"{number:04}.html").write_text(shown, newline="")


def against_pandoc(folder, kind, navigation):
    pages(folder / kind, navigation)
    ours = convert(folder / kind, folder / f"tei-{kind}", "tei", 2)
    begin = time.perf_counter()
    for page in sorted((folder / kind).iterdir())[:BY_PANDOC]:
        subprocess.run(["pandoc", "-f", "html", "-t", "tei", "-s", "-o", folder / "pandoc.xml", page], check=True)  # noqa: S607
    theirs = (time.perf_counter() - begin) * PAGES / BY_PANDOC
    print(
        f"{PAGES} pages {kind}: {ours:.1f} s; pandoc on each, from {BY_PANDOC}: {theirs:.1f} s; "
        f"{theirs / ours:.1f} times (the goal is {GOAL_PANDOC})"
    )


def workers(source, folder, to):
    Path(folder).mkdir(parents=True, exist_ok=True)
    one, two = (convert(source, Path(folder, f"{jobs}.{to}"), to, jobs) for jobs in (1, 2))
    print(f"two workers: {one / two:.2f} times as fast as one (the goal is {GOAL_WORKERS})")


def main():
    if sys.argv[1] == "workers":
        workers(*sys.argv[2:])
        return
    if sys.argv[1] != "pandoc":
        convert(*sys.argv[1:])
        return
    against_pandoc(Path(sys.argv[2]), "as-the-mirror-has-them", MIRROR_NAVIGATION)
    against_pandoc(Path(sys.argv[2]), "without-navigation", 0)


if __name__ == "__main__":
    main()
