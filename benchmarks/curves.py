"""Time and memory over size, format by format: `python benchmarks/curves.py FOLDER > curves.json`.

Each point is a process of its own: the least time of some runs, and the most memory after the first of them, in which
is what is to be written. `python benchmarks/curves.py plot curves.json growth.svg` draws what was measured.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = {"kB": (128, 256, 512, 1024), "cables": (200, 400, 800, 1600)}
FORMATS = {
    "kB": ("text", "json", "tei", "html", "cablegate", "pdf"),
    "cables": ("jsonl", "cables-csv", "parquet"),
}
WORK = ("read", "write")
_LEAST_RUNS = 3
_MOST_RUNS = 50
_SECONDS = 0.3


def cables(unit, size):
    """The cables of a size, with nothing read of them yet."""
    from cableformat import Cable

    if unit == "cables":
        import memory

        return list(memory.repeated(size))
    from telegrams import KB, telegram

    return [Cable.from_text(telegram(size * KB), reference_id="31PORTMERIDIAN117")]


def point(work, name, unit, size, folder):
    """Measure one point; the file to read is left by the writing."""
    import attrs

    from cableformat import read_all, write

    path = folder / f"{name}-{size}"
    made = cables(unit, size) if work == "write" else []

    def once():
        if work == "read":
            return sum(1 for _ in read_all(path, name))
        with path.open("wb") as stream:
            write((attrs.evolve(cable) for cable in made), stream, name)
        return len(made)

    times = []
    peak = 0
    while len(times) < _LEAST_RUNS or (sum(times) < _SECONDS and len(times) < _MOST_RUNS):
        begin = time.perf_counter()
        assert once() == (size if unit == "cables" else 1)
        times.append(time.perf_counter() - begin)
        peak = peak or _peak()
    print(json.dumps({"seconds": min(times), "mb": peak, "bytes": path.stat().st_size}))


def _peak():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)  # kB, but bytes on macOS


def measured(folder):
    """All points."""
    rows = []
    for unit, names in FORMATS.items():
        for name in names:
            for size in SIZES[unit]:
                for work in reversed(WORK):
                    words = [sys.executable, __file__, folder, work, name, unit, str(size)]
                    done = subprocess.run(words, check=True, capture_output=True, text=True)
                    rows.append({"work": work, "format": name, "unit": unit, "size": size, **json.loads(done.stdout)})
    return rows


def table(rows):
    """Time over doubled sizes, and memory at the ends, as lines of Markdown."""
    yield "| what | size | time | time(2n) / time(n) | memory |"
    yield "|---|---|---|---|---|"
    for (work, name, unit), points in _lines(rows).items():
        seconds = [point["seconds"] for point in points]
        ratios = ", ".join(f"{after / before:.2f}" for before, after in itertools.pairwise(seconds))
        first, last = points[0], points[-1]
        yield (
            f"| {work} {name} | {first['size']:,} to {last['size']:,} {unit} | {seconds[0] * 1000:.3g} to"
            f" {seconds[-1] * 1000:.3g} ms | {ratios} | {first['mb']:.0f} to {last['mb']:.0f} MB |"
        )


def _lines(rows):
    found = {}
    for row in rows:
        found.setdefault((row["work"], row["format"], row["unit"]), []).append(row)
    return found


def plot(rows, path):
    """The curves as a picture, the same every time for the same points."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "growth", "font.size": 8})
    figure, panels = plt.subplots(2, 2, figsize=(9, 7.2), layout="constrained")
    for column, unit in enumerate(FORMATS):
        for (work, name, kind), points in _lines(rows).items():
            if kind != unit:
                continue
            sizes = [point["size"] for point in points]
            style = {
                "color": f"C{FORMATS[unit].index(name)}",
                "linestyle": "-" if work == "read" else "--",
                "marker": ".",
                "label": f"{work} {name}",
            }
            panels[0][column].plot(sizes, [point["seconds"] for point in points], **style)
            panels[1][column].plot(sizes, [point["mb"] for point in points], **style)
        for row, axes in enumerate(panels[:, column]):
            axes.set_xscale("log", base=2)
            axes.set_xticks(SIZES[unit], [f"{size:,}" for size in SIZES[unit]])
            axes.set_xlabel("kB of one telegram" if unit == "kB" else "cables")
            axes.set_ylabel("MB at the most" if row else "seconds")
            axes.grid(visible=True, alpha=0.3)
        panels[0][column].set_yscale("log")
        panels[1][column].set_ylim(bottom=0)
        panels[1][column].legend(fontsize=7, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.16), frameon=False)
    figure.savefig(path, format="svg", metadata={"Date": None})
    lines = Path(path).read_text("utf-8").splitlines()
    Path(path).write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def main():
    if sys.argv[1] == "plot":
        plot(json.loads(Path(sys.argv[2]).read_text("utf-8")), sys.argv[3])
        return
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        work, name, unit, size = sys.argv[2:]
        point(work, name, unit, int(size), folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    print(json.dumps(measured(folder), indent=2))


if __name__ == "__main__":
    main()
