"""Makes benchmarks/RESULTS.md (on standard output) of what was measured.

`python benchmarks/report.py BENCHMARKS.json COLD.json CURVES.json`: pytest-benchmark's file, that of cold.py, and that
of curves.py.
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import curves
import goals


def rows(results):
    """One row a benchmark: growth against the smaller size before it, and the time of what does the bare work."""
    before, bare = {}, {}
    for result in results:
        facts = result["extra_info"]
        seconds, size, group = result["stats"]["min"], facts.get("bytes"), result["group"]
        how = facts.get("how") or result["name"].partition("[")[0].removeprefix("test_")
        rate = f"{size / seconds / 1e6:.1f} MB/s" if size else ""
        growth = ""
        if size and (group, how) in before:
            small, took = before[group, how]
            growth = f"{seconds / took:.2f} for {size / small:.2f} times the size"
        before[group, how] = (size, seconds)
        same = (group, facts.get("size", size))
        if facts.get("bare"):
            bare[same] = seconds
        times = f"{seconds / bare[same]:.2f}" if same in bare and not facts.get("bare") else ""
        yield f"| {group} | {how} | {seconds * 1000:.3g} ms | {rate} | {growth} | {times} |"


def cold(measured):
    """A table of programs that start, do one thing, and end."""
    print("\n## Cold start\n")
    print("Processor time (user and system) of a whole process, the least and the median of interleaved runs.\n")
    print("| what | least | median | to | times |")
    print("|---|---|---|---|---|")
    least = {row["what"]: row["least"] for row in measured}
    for row in measured:
        against = row["against"]
        times = f"{row['least'] / least[against]:.2f}" if against in least else ""
        print(
            f"| {row['what']} | {row['least'] * 1000:.0f} ms | {row['median'] * 1000:.0f} ms |"
            f" {against or ''} | {times} |"
        )


def main():
    data, start, grown = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:4])
    print("# Benchmark results\n")
    print("Made by `make bench`. The least time of the rounds; Python", platform.python_version() + ".\n")
    print("## Goals\n")
    print("Those of whole archives are in CORPUS.md, of memory in MEMORY.md.\n")
    print("\n".join(goals.table(data["benchmarks"], start)))
    print("\n## Each step\n")
    print("`to bare`: how many times what a library alone takes for the same bytes, which stands before it.\n")
    print("| what | how | time | rate | growth | to bare |")
    print("|---|---|---|---|---|---|")
    print("\n".join(rows(data["benchmarks"])))
    cold(start)
    print("\n## Growth\n")
    print("![Time and memory over size](growth.svg)\n")
    print("\n".join(curves.table(grown)))


if __name__ == "__main__":
    main()
