"""Turns pytest-benchmark's JSON into benchmarks/RESULTS.md (on standard output)."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path


def rows(results):
    """One row a benchmark; within a group, growth against the smaller size before it."""
    before = {}
    for result in results:
        seconds = result["stats"]["min"]
        size = result["extra_info"].get("bytes")
        rate = f"{size / seconds / 1e6:.1f} MB/s" if size else ""
        growth = ""
        if size and result["group"] in before:
            small, took = before[result["group"]]
            growth = f"{seconds / took:.2f} for {size / small:.2f} times the size"
        if size:
            before[result["group"]] = (size, seconds)
        name = result["name"].partition("[")[0].removeprefix("test_")
        yield f"| {result['group']} | {name} | {seconds * 1000:.3g} ms | {rate} | {growth} |"


def main():
    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print("# Benchmark results\n")
    print("Made by `make bench`. The least time of the rounds; Python", platform.python_version() + ".\n")
    print("| what | how | time | rate | growth |")
    print("|---|---|---|---|---|")
    print("\n".join(rows(data["benchmarks"])))


if __name__ == "__main__":
    main()
