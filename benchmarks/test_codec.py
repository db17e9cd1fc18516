"""Canonical JSON against the standard library's json on the same document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cableformat

PAGE = Path(__file__).resolve().parents[1] / "examples" / "31PORTMERIDIAN117.txt"


@pytest.fixture(scope="module")
def document():
    return cableformat.dumps(cableformat.read(PAGE))


def test_json_loads(benchmark, document):
    benchmark.group = "read the example's document"
    benchmark.extra_info["bare"] = True
    benchmark(json.loads, document)


def test_loads(benchmark, document):
    benchmark.group = "read the example's document"
    benchmark(cableformat.loads, document)


def test_read_page(benchmark):
    benchmark.group = "identify and read the example's page"
    data = PAGE.read_bytes()
    benchmark(cableformat.read, data)
