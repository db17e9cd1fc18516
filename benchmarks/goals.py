"""The goals of this library's speed, and how far what was measured is from each: a part of benchmarks/RESULTS.md."""

from __future__ import annotations

from typing import NamedTuple

LINEAR = 2.2
"""How many times longer twice the size may take where growth is linear: a tenth more than twice."""

_PAGE, _TELEGRAM, _TEI = "a cablegate page", "a wrapped telegram", "TEI"
_ANEW, _KNOWN = "lxml serialises and parses", "write and read, the telegram known"


class Goal(NamedTuple):
    """A goal, and what was measured.

    Attributes:
        what: What is measured, in words.
        wanted: The most that it may be, or the least if `at_least`.
        measured: What it is.
        unit: Of both; `{}` stands for the number.
        at_least: Whether more is better.
    """

    what: str
    wanted: float
    measured: float
    unit: str = "{} times"
    at_least: bool = False

    @property
    def is_met(self):
        return self.measured >= self.wanted if self.at_least else self.measured <= self.wanted


class _Measured:
    """The least times of the rounds, by group, way and size."""

    def __init__(self, results):
        self._results = results

    def named(self, group, how, size=""):
        """The benchmark of a group that goes so, with a size in its name."""
        for result in self._results:
            way = result["extra_info"].get("how") or result["name"]
            if result["group"].startswith(group) and how in way and size in result["name"]:
                return result
        raise KeyError(f"no benchmark {group!r}, {how!r}, {size!r} was run")

    def seconds(self, group, how, size=""):
        return self.named(group, how, size)["stats"]["min"]

    def times(self, group, how, bare, size=""):
        return self.seconds(group, how, size) / self.seconds(group, bare, size)

    def growth(self, group, how, small, large):
        return self.seconds(group, how, large) / self.seconds(group, how, small)

    def speed(self, group, how, size):
        """MB of 10^6 bytes a second."""
        return self.named(group, how, size)["extra_info"]["bytes"] / self.seconds(group, how, size) / 1e6

    def longest(self, group):
        return max(result["stats"]["min"] for result in self._results if result["group"].startswith(group))


def goals(results, cold):
    """Every goal that these results tell of.

    Args:
        results: The benchmarks of pytest-benchmark's file.
        cold: The rows of cold.py.
    """
    found = _Measured(results)
    for size in ("4 MB", "16 MB"):
        yield Goal(f"tiling, {size}", 20, found.speed(_TELEGRAM, "tiling", f"g-{size}"), "{} MB/s", at_least=True)
        speed = found.speed(_TELEGRAM, "every short cut", f"t-{size}")
        yield Goal(f"every short cut of a telegram, {size}", 8, speed, "{} MB/s", at_least=True)
    for kind in ("wrapped paragraphs", "one line", "blank lines", "lines `1. `"):
        yield Goal(f"tiling of twice the size: {kind}", LINEAR, found.growth(f"tile: {kind}", "", "-8 MB", "-16 MB"))
    yield Goal("the slowest field of a tiled cable of 8 kB", 0.1, found.longest("one field") * 1000, "{} ms")
    bare = "lxml.etree.HTML"
    yield Goal(
        "a cablegate page of 65 kB, to lxml: identify, read", 0.15, found.times(_PAGE, "and read", bare, "65 kB")
    )
    every = found.times(_PAGE, "every field", bare, "65 kB")
    yield Goal("a cablegate page of 65 kB, to lxml: every field, too", 0.6, every)
    yield Goal("TEI of 10 kB written and read, to lxml", 4, found.times(_TEI, _KNOWN, _ANEW, "[10 kB]"))
    yield Goal("TEI of ten times the size (1 to 10 MB)", 11, found.growth(_TEI, _KNOWN, "[1 MB]", "[10 MB]"))
    for whose in ("others", "our own"):
        times = found.times(f"pdf: a file of {whose}", "cableformat", "pdfium alone")
        yield Goal(f"a PDF file of {whose}, to pdfium", 1.3, times)
    page = found.named("a page to read", "write html", "10 kB")
    yield Goal("a page to read of 10 kB of text, written", 10, page["stats"]["min"] * 1000, "{} ms")
    yield Goal("the size of that page", 120, page["extra_info"]["written"] / 1000, "{} kB")
    rows = "read 4,000 rows of the dump"
    yield Goal("the CSV dump read, to the csv module", 3, found.times(rows, "test_read_cables_csv", "with_csv_module"))
    least = {row["what"]: row["least"] for row in cold}
    for row in cold:
        if row["what"] == "cableformat --version":
            over = (row["least"] - least[row["against"]]) * 1000
            yield Goal("`cableformat --version`, beyond `python -c pass`", 40, over, "{} ms")
        elif row["against"] in least and row["against"].startswith("pandoc"):
            yield Goal("a page to TEI, cold, to pandoc", 1.5, row["least"] / least[row["against"]])


def table(results, cold):
    """The lines of a Markdown table."""
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    for goal in goals(results, cold):
        bound = "at least" if goal.at_least else "at most"
        wanted, measured = (goal.unit.format(f"{number:.3g}") for number in (goal.wanted, goal.measured))
        yield f"| {goal.what} | {bound} {wanted} | {measured} | {'met' if goal.is_met else 'not met'} |"
