"""The most memory that reading and writing tables takes, at 10,000 and at 100,000 cables, each in a process of its own.

`python benchmarks/memory.py FOLDER` prints a Markdown table. The files are kept in the folder and used again. The
corpus has 1,000 cables that differ, over and over, because composing takes longer than what is measured.
"""

from __future__ import annotations

import itertools
import resource
import subprocess
import sys
from pathlib import Path

import attrs

SIZES = (10_000, 100_000)
DISTINCT = 1_000
STEPS = ("write cables-csv", "read cables-csv", "write parquet", "read parquet")


def repeated(size):
    """A corpus of some size from a thousand cables, each row with a number of its own."""
    import corpus

    made = [cable for cable, _ in corpus.cables(min(size, DISTINCT))]
    for number, cable in enumerate(itertools.islice(itertools.cycle(made), size), 1):
        yield attrs.evolve(cable, record=attrs.evolve(cable.record, extra=(("id", str(number)),)))


def run(step, size, folder):
    """Do one step, and print how much memory it took at the most, in MB."""
    from cableformat import convert, read_all, write

    dump, table = folder / f"{size}.csv", folder / f"{size}.parquet"
    if step == "write cables-csv":
        write(repeated(size), dump)
    elif step == "read cables-csv":
        assert sum(1 for _ in read_all(dump)) == size
    elif step == "write parquet":
        convert(dump, table)
    else:
        assert sum(1 for _ in read_all(table)) == size
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main():
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        run(sys.argv[2], int(sys.argv[3]), folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    print("# Memory of tables\n\nMade by `make bench`: the most that a process of its own takes.\n")
    print(f"| what | {' | '.join(f'{size:,} cables' for size in SIZES)} | growth |")
    print("|---|---|---|---|")
    for step in STEPS:
        most = [
            int(
                subprocess.run(
                    [sys.executable, __file__, folder, step, str(size)], check=True, capture_output=True
                ).stdout
            )
            for size in SIZES
        ]
        print(f"| {step} | {' | '.join(f'{mb} MB' for mb in most)} | {most[-1] / most[0]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
