"""Pages of the cablegate mirror: identified and read, against lxml's bare parse of the same page."""

from __future__ import annotations

import pytest
from lxml import etree

from cableformat import identify, read

KB = 1024
_FIELDS = (
    *("reference_id", "mrn", "created", "origin", "classification", "captions", "is_partial", "subject", "tags"),
    *("summary", "signed_by", "classified_by", "reasons", "declassify_on", "references", "sender", "recipients"),
    *("info_recipients", "paragraphs"),
)
_PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants&#x000A;"
    "two more weeks.  The port authority agrees with the plan, but not&#x000A;"
    "with its price, and asks for a loan of two thirds of the cost.&#x000A;&#x000A;"
)
_HEADER = (
    "VZCZCXRO8021&#x000A;OO RUEHSO&#x000A;DE RUEHPM #0117/01 0631742&#x000A;ZNY CCCCC ZZH&#x000A;O 041742Z MAR 31"
    "&#x000A;FM AMEMBASSY PORT MERIDIAN&#x000A;TO RUEHC/SECSTATE WASHDC IMMEDIATE 1204&#x000A;"
    "INFO RUEHSO/AMCONSUL SAINT ORRIN PRIORITY 0301&#x000A;RUEHLH/AMEMBASSY LOW HARBOR 0077&#x000A;"
)
_HEAD = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117 &#x000A;&#x000A;SIPDIS&#x000A;&#x000A;E.O. 12958: DECL: 03/04/2041"
    "&#x000A;TAGS: PREL, EWWT&#x000A;SUBJECT: HARBOR TALKS&#x000A;&#x000A;REF: A. PORT MERIDIAN 98&#x000A;"
    "     B. LOW HARBOR 12&#x000A;&#x000A;Classified By: CDA Ines Halloway for reason 1.4 (d).&#x000A;&#x000A;"
)
_LINK = "<li><a href='/date/2031-{n:02}_0.html'>Browse by date, page {n}</a> <i>of the collection</i></li>\n"


def page(size=65 * KB, telegram=8 * KB):
    """A page of that size: mostly navigation, as on the mirror."""
    body = "".join(_PARAGRAPH.replace("{n}", str(n)) for n in range(1, telegram // len(_PARAGRAPH) + 1))
    cells = "".join(
        f"<td><a href='/cable/{n}.html'>{value}</a></td>"
        for n, value in enumerate(("31PORTMERIDIAN117", "2031-03-04 17:42", "2033-08-30 01:44", "CONFIDENTIAL"))
    )
    shown = (
        "<h3>Viewing cable 31PORTMERIDIAN117, HARBOR TALKS</h3>\n<table class='cable'>\n<tr><th>Reference ID</th>"
        "<th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>\n"
        f"<tr>{cells}<td><a href='/origin/1.html'>Embassy Port Meridian</a></td></tr></table>\n"
        f"<pre>{_HEADER}</pre>\n<pre>{_HEAD}{body}HALLOWAY&#x000A;</pre>\n</body></html>\n"
    )
    top = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Cable Viewer</title></head><body>\n<ul>"
    rest = size - len(top) - len(shown)
    links = "".join(_LINK.format(n=n % 100) for n in range(rest // len(_LINK) + 1))
    return f"{top}{links}</ul>\n{shown}".encode()


@pytest.fixture(params=[1, 2, 4], ids=["65 kB", "130 kB", "260 kB"])
def data(request, benchmark):
    found = page(request.param * 65 * KB, request.param * 8 * KB)
    benchmark.extra_info["bytes"] = len(found)
    return found


def test_identify(benchmark, data):
    benchmark.group = "a cablegate page: identify"
    assert benchmark(lambda: identify(data)).format == "cablegate"


def test_identify_and_read(benchmark, data):
    benchmark.group = "a cablegate page: identify and read"
    assert benchmark(lambda: read(data)).record.reference_id == "31PORTMERIDIAN117"


def test_read_every_field(benchmark, data):
    benchmark.group = "a cablegate page: identify, read, every field"

    def every_field():
        cable = read(data)
        return [getattr(cable, name) for name in _FIELDS]

    assert benchmark(every_field)[0] == "31PORTMERIDIAN117"


def test_lxml(benchmark, data):
    benchmark.group = "a cablegate page: lxml.etree.HTML"
    benchmark(lambda: etree.HTML(data))
