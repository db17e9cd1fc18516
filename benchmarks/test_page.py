"""The page to read, against the canonical JSON of the same cable."""

from __future__ import annotations

import io

import pytest

from cableformat import Cable, write

_PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks.  The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.\n\n"
)
_HEAD = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\n\nE.O. 12958: DECL: 03/04/2041\nTAGS: PREL, EWWT\n"
    "SUBJECT: HARBOR TALKS\n\nClassified By: CDA Ines Halloway for reason 1.4 (d).\n\n"
)


@pytest.fixture(params=[10, 100, 1000], ids=["10 kB", "100 kB", "1 MB"])
def text(request, benchmark):
    benchmark.extra_info["bytes"] = request.param * 1024
    count = (request.param * 1024 - len(_HEAD)) // len(_PARAGRAPH)
    return _HEAD + "".join(_PARAGRAPH.replace("{n}", str(n)) for n in range(1, count + 1)) + "HALLOWAY\n"


@pytest.mark.parametrize("to", ["html", "json"])
def test_write(benchmark, text, to):
    cable = Cable.from_text(text, reference_id="31PORTMERIDIAN117")
    assert cable.paragraphs  # the telegram is read once and kept: this measures the page, not the grammar
    benchmark.group = f"a page to read, the telegram known: {to}"

    def written():
        out = io.BytesIO()
        write(cable, out, to)
        return out.getvalue()

    benchmark.extra_info["written"] = len(benchmark(written))
