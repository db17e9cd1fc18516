"""TEI against lxml: writing and reading a cable, over serialising and parsing the same document."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from lxml import etree

from cableformat import Cable, read, write

sys.path.insert(0, str(Path(__file__).parent))
from telegrams import KB, telegram


def cable(size):
    return Cable.from_text(telegram(size), reference_id="31PORTMERIDIAN117")


def written(one):
    stream = io.BytesIO()
    write(one, stream, "tei")
    return stream.getvalue()


@pytest.mark.parametrize("size", [10 * KB, 1024 * KB, 10 * 1024 * KB], ids=["10 kB", "1 MB", "10 MB"])
class TestTei:
    def test_lxml_serialise_and_parse(self, benchmark, size):
        data = written(cable(size))
        parser = etree.XMLParser(huge_tree=True)
        tree = etree.fromstring(data, parser)
        benchmark.group = "TEI"
        benchmark.extra_info.update(bytes=len(data), size=size, how="lxml serialises and parses", bare=True)
        benchmark(lambda: etree.fromstring(etree.tostring(tree), parser))

    def test_write_and_read(self, benchmark, size):
        one = cable(size)
        data = written(one)  # the telegram is read once and kept: this measures the format, not the grammar
        benchmark.group = "TEI"
        benchmark.extra_info.update(bytes=len(data), size=size, how="write and read, the telegram known")
        assert benchmark(lambda: read(written(one), "tei")) == one

    def test_write_and_read_with_the_grammar(self, benchmark, size):
        text = cable(size).text
        benchmark.group = "TEI"
        benchmark.extra_info.update(bytes=size, size=size, how="write and read, the telegram read anew")
        benchmark.pedantic(lambda: read(written(Cable.from_text(text)), "tei"), rounds=2, iterations=1)
