"""Pages of the cablegate mirror: identified and read, and each step alone, against lxml's bare parse of the page."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from lxml import etree

from cableformat import Cable, identify, read

sys.path.insert(0, str(Path(__file__).parent))
from telegrams import KB, page

_FIELDS = (
    *("reference_id", "mrn", "created", "origin", "classification", "captions", "is_partial", "subject", "tags"),
    *("summary", "signed_by", "classified_by", "reasons", "declassify_on", "references", "sender", "recipients"),
    *("info_recipients", "paragraphs"),
)


@pytest.fixture(params=[1, 2, 4], ids=["65 kB", "130 kB", "260 kB"])
def data(request, benchmark):
    found = page(request.param * 65 * KB, request.param * 8 * KB)
    benchmark.extra_info["bytes"] = len(found)
    return found


def _what(benchmark, how, *, bare=False):
    benchmark.group = "a cablegate page"
    benchmark.extra_info.update(how=how, bare=bare)


def test_lxml(benchmark, data):
    _what(benchmark, "lxml.etree.HTML", bare=True)
    benchmark(lambda: etree.HTML(data))


def test_sha256(benchmark, data):
    """What the hash in the cable's source costs at the least."""
    _what(benchmark, "sha256 of the page")
    assert benchmark(lambda: hashlib.sha256(data).hexdigest())


def test_identify(benchmark, data):
    _what(benchmark, "identify")
    assert benchmark(lambda: identify(data)).format == "cablegate"


def test_identify_and_read(benchmark, data):
    _what(benchmark, "identify and read")
    assert benchmark(lambda: read(data)).record.reference_id == "31PORTMERIDIAN117"


def test_tiling(benchmark, data):
    _what(benchmark, "tiling of its telegram alone")
    cable = read(data)
    assert benchmark(lambda: Cable(cable.record, cable.parts).telegram.blocks)


def test_read_every_field(benchmark, data):
    _what(benchmark, "identify, read, every field")

    def every_field():
        cable = read(data)
        return [getattr(cable, name) for name in _FIELDS]

    assert benchmark(every_field)[0] == "31PORTMERIDIAN117"
