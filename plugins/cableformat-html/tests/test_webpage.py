"""Any page: telegrams found in it, or a refusal that says why; and pages that nobody meant well."""

from __future__ import annotations

import pytest

from cableformat import FormatError, identify, read, read_all
from cableformat.plugins import registry
from cableformat.testing import laws

TELEGRAM = (
    "UNCLAS PORT MERIDIAN 00011{n}\n\nE.O. 12958: N/A\nTAGS: PREL, EWWT\nSUBJECT: HARBOR TALKS\n\n"
    "1. (SBU) Orleo wants  two more weeks.\n\nHALLOWAY\n"
)
HEADER = "ZNR UUUUU ZZH\nP 04091{n}Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC 2210\n"


def page(body):
    return (
        "<!DOCTYPE html><html><head><title>Harbor &amp; sea</title><meta property='og:url' content='http://port.example/1'>"
        f"</head><body><nav>Home</nav>{body}<footer>All rights</footer></body></html>"
    ).encode()


def test_a_telegram_in_a_box():
    data = page(f"<article><h1>A leak</h1><pre>{TELEGRAM.format(n=7)}</pre><p>Comments</p></article>")
    assert identify(data).format == "webpage"
    cable = read(data)
    assert cable.text == TELEGRAM.format(n=7)
    assert cable.record.url == "http://port.example/1"
    assert cable.record.extra == (("title", "Harbor & sea"),)
    assert cable.source.position == "line 3 of the page's text"


def test_header_and_body_in_two_boxes():
    cable = read(page(f"<pre>{HEADER.format(n=2)}</pre><hr><pre>{TELEGRAM.format(n=7)}</pre>"))
    assert [(part.id, part.role) for part in cable.parts] == [("header", "header"), ("body", "body")]
    assert cable.created.isoformat() == "2031-03-04T09:12:00+00:00"


def test_a_telegram_in_running_html_ends_with_its_container():
    lines = TELEGRAM.format(n=7).replace("\n\n", "</p><p>").replace("\n", "<br>\n")
    cable = read(page(f"<h1>A leak</h1><div class='text'><p>{lines}</p></div><div>Comments</div>"))
    assert cable.text.startswith(
        "UNCLAS PORT MERIDIAN 000117\n\nE.O. 12958: N/A\nTAGS: PREL, EWWT\nSUBJECT: HARBOR TALKS\n"
    )
    assert cable.text.rstrip().endswith("HALLOWAY")
    assert (cable.reference_id, cable.subject, cable.signed_by) == (
        "31PORTMERIDIAN117",
        "HARBOR TALKS",
        ("HALLOWAY",),
    ) or (cable.mrn == "PORT MERIDIAN 000117")


@pytest.mark.parametrize("tag", ["article", "div", "pre", "td"])
def test_several_containers_give_several_cables(tag):
    boxes = "".join(
        f"<{tag}>{HEADER.format(n=n)}\n{TELEGRAM.format(n=n)}</{tag}>".replace("\n", "<br>" * (tag != "pre") + "\n")
        for n in (1, 2, 3)
    )
    data = page(f"<table><tr>{boxes}</tr></table>" if tag == "td" else boxes)
    cables = list(read_all(data))
    assert [cable.mrn for cable in cables] == [f"PORT MERIDIAN 00011{n}" for n in (1, 2, 3)]
    assert [cable.created.minute for cable in cables] == [11, 12, 13]
    assert len({cable.source.position for cable in cables}) == 3


def test_pairs_of_boxes_give_a_cable_each():
    boxes = "".join(f"<pre>{HEADER.format(n=n)}</pre><pre>{TELEGRAM.format(n=n)}</pre>" for n in (1, 2))
    assert [cable.mrn for cable in read_all(page(boxes))] == ["PORT MERIDIAN 000111", "PORT MERIDIAN 000112"]


def test_two_telegrams_in_one_container_are_one_cable():
    assert len(list(read_all(page(f"<pre>{TELEGRAM.format(n=1)}{TELEGRAM.format(n=2)}</pre>")))) == 1


@pytest.mark.parametrize(
    "body",
    ["", "<p>Subject: lunch</p><p>1. (U) Soup</p>", "<pre>1. (C) x\n2. (C) y\n</pre>", "<!-- " + TELEGRAM + " -->"],
)
def test_a_page_without_a_telegram_is_refused_and_told_why(body):
    assert identify(page(body)).format == "webpage"
    with pytest.raises(FormatError, match="takes two kinds of lines"):
        read(page(body))


MB = 1024 * 1024
HOSTILE = {
    "nested": b"<!DOCTYPE html>" + b"<div>" * 100_000 + TELEGRAM.encode(),
    "nested boxes": b"<!DOCTYPE html>" + b"<pre>" * 100_000 + TELEGRAM.encode(),
    "closed only": b"<!DOCTYPE html>" + b"</div>" * 100_000,
    "open tags": b"<!DOCTYPE html>" + b"<a title='" * 100_000,
    "open comments": b"<!DOCTYPE html>" + b"<!-- <b>" * 100_000,
    "open scripts": b"<!DOCTYPE html>" + b"<script>x" * 50_000,
    "references": b"<!DOCTYPE html>" + b"&amp" * 200_000 + b"&" * 200_000,
    "nuls": b"<!DOCTYPE html><pre>" + b"\x00" * MB,
    "mixed": "<!DOCTYPE html><meta charset=utf-8><pre>’é".encode() * 10_000 + b"\x92\x81\xff" * 10_000,
    "boxes": b"<!DOCTYPE html>Viewing cable <table class=cable><tr><th>a<tr><td>" + b"<pre>x" * 100_000,
    "evidence": b"<!DOCTYPE html>" + b"<pre>UNCLAS PORT MERIDIAN 000117\nTAGS: PREL\n</pre>" * 10_000,
    "rows": b"US embassy cable - 31P\n" + b"Origin:\n\n" * 50_000,
    "rows apart": b"US embassy cable - 31P\nOrigin: x\n" + b"\n" * MB,
    "synopsis": b"<!DOCTYPE html><table id=synopsis>" + b"<div class=s_key>a<div class=s_val>b" * 20_000,
    "flat": b"<!DOCTYPE html>Viewing cable \nReference ID Created Released\n"
    + b"31PORT117 2031-03-04 09:12 S " * 20_000,
    "dump": b"31PORTMERIDIAN117\nx\n2031-03-04 09:12\nSECRET\ny\nFM X\n" + b"SECRET A 1" * 100_000,
    "blanks": b"31PORTMERIDIAN117\nx\n2031-03-04 09:12\nSECRET\ny\n" + b" " * MB + b"\n \r" * 100_000,
}
READERS = [known for known in registry().formats if known.needs == "cableformat-html"]


@pytest.mark.parametrize("known", READERS, ids=lambda known: known.name)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_stay_within_the_limits(known, kind):
    laws.totality(known, HOSTILE[kind])


@pytest.mark.slow
@pytest.mark.parametrize("known", READERS, ids=lambda known: known.name)
def test_fifty_megabytes_stay_within_the_limits(known):
    line = "<p>1. (C) Minister Orleo ‘wants’ two more <b>weeks</b> &amp; a loan.</p>\n".encode()
    head = (
        b"<!DOCTYPE html><title>Cable Viewer</title>Viewing cable x<table class=cable></table><pre>" + TELEGRAM.encode()
    )
    laws.totality(known, head + line * (50 * MB // len(line)))
