"""TEI against lxml: writing and reading a cable, over serialising and parsing the same document."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from cableformat import Cable, read, write

KB = 1024
_PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks.  The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.\n\n"
)
_HEAD = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\n\nE.O. 12958: DECL: 03/04/2041\nTAGS: PREL, EWWT\n"
    "SUBJECT: HARBOR TALKS\n\nClassified By: CDA Ines Halloway for reason 1.4 (d).\n\n"
)


def cable(size):
    count = (size - len(_HEAD)) // len(_PARAGRAPH)
    body = "".join(_PARAGRAPH.replace("{n}", str(n)) for n in range(1, count + 1))
    return Cable.from_text(f"{_HEAD}{body}HALLOWAY\n", reference_id="31PORTMERIDIAN117")


def written(one):
    stream = io.BytesIO()
    write(one, stream, "tei")
    return stream.getvalue()


@pytest.mark.parametrize("size", [10 * KB, 1024 * KB, 10 * 1024 * KB], ids=["10 kB", "1 MB", "10 MB"])
class TestTei:
    def test_write_and_read(self, benchmark, size):
        one = cable(size)
        data = written(one)  # the telegram is read once and kept: this measures the format, not the grammar
        benchmark.group = "TEI: write and read, the telegram known"
        benchmark.extra_info["bytes"] = len(data)
        assert benchmark(lambda: read(written(one), "tei")) == one

    def test_lxml_serialise_and_parse(self, benchmark, size):
        data = written(cable(size))
        parser = etree.XMLParser(huge_tree=True)
        tree = etree.fromstring(data, parser)
        benchmark.group = "TEI: lxml serialises and parses the same document"
        benchmark.extra_info["bytes"] = len(data)
        benchmark(lambda: etree.fromstring(etree.tostring(tree), parser))

    def test_write_and_read_with_the_grammar(self, benchmark, size):
        text = cable(size).text
        benchmark.group = "TEI: write and read, the telegram read anew"
        benchmark.extra_info["bytes"] = size
        benchmark.pedantic(lambda: read(written(Cable.from_text(text)), "tei"), rounds=2, iterations=1)
