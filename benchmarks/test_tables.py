"""The dump against the csv module, and the table against pyarrow alone, on corpora of benchmarks/corpus.py."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cableformat
from cableformat_table.columns import row, schema

sys.path.insert(0, str(Path(__file__).parent))
from memory import repeated

SIZE = 4_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    cableformat.write(repeated(SIZE), folder / "cables.csv")
    return folder


@pytest.fixture(scope="module")
def cables(folder):
    return [attrs.evolve(cable, source=None) for cable in cableformat.read_all(folder / "cables.csv")]


def run(benchmark, group, path, work, rounds=2):
    benchmark.group = group
    benchmark.extra_info["bare"] = "with" in benchmark.name
    found = benchmark.pedantic(work, rounds=rounds, iterations=1)
    benchmark.extra_info["bytes"] = path.stat().st_size
    return found


def test_read_with_csv_module(benchmark, folder):
    path = folder / "cables.csv"
    csv.field_size_limit(1 << 30)

    def work():
        with path.open(encoding="utf-8", newline="") as lines:
            return sum(1 for _ in csv.reader(lines, escapechar="\\"))

    assert run(benchmark, f"read {SIZE:,} rows of the dump", path, work) == SIZE


def test_read_cables_csv(benchmark, folder):
    path = folder / "cables.csv"
    work = lambda: sum(1 for _ in cableformat.read_all(path))  # noqa: E731 - what is timed
    assert run(benchmark, f"read {SIZE:,} rows of the dump", path, work) == SIZE


def test_write_cables_csv(benchmark, folder, cables):
    path = folder / "again.csv"
    run(benchmark, f"write {SIZE:,} rows of the dump", folder / "cables.csv", lambda: cableformat.write(cables, path))


def test_write_with_pyarrow(benchmark, folder, cables):
    """What pyarrow takes for the same rows, once they are there."""
    path = folder / "bare.parquet"
    rows = [row(cable, embed=True) for cable in cables]

    def work():
        table = pa.Table.from_pylist(rows, schema(embed=True))
        pq.write_table(table, path, compression="zstd")

    run(benchmark, f"write a table of {SIZE:,} cables", folder / "cables.csv", work, 1)


def test_read_with_pyarrow(benchmark, folder):
    """What pyarrow takes for all columns, as Python's own types."""
    path = folder / "bare.parquet"
    work = lambda: len(pq.read_table(path).to_pylist())  # noqa: E731 - what is timed
    assert run(benchmark, f"read a table of {SIZE:,} cables", folder / "cables.csv", work) == SIZE


def test_write_parquet(benchmark, folder, cables):
    path = folder / "cables.parquet"
    work = lambda: cableformat.write((attrs.evolve(cable) for cable in cables), path)  # noqa: E731 - nothing is read yet
    run(benchmark, f"write a table of {SIZE:,} cables", folder / "cables.csv", work, 1)


def test_read_parquet(benchmark, folder, cables):
    path = folder / "cables.parquet"
    work = lambda: sum(1 for _ in cableformat.read_all(path))  # noqa: E731 - what is timed
    assert run(benchmark, f"read a table of {SIZE:,} cables", folder / "cables.csv", work) == SIZE
    assert next(cableformat.read_all(path)) == cables[0]
