"""Input that is made to hurt: an error with line and column, soon and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat import Cable, FormatError, formats, read
from cableformat.testing import cables, laws
from cableformat_tei.writer import document

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
ROOT = '<TEI xmlns="http://www.tei-c.org/ns/1.0" subtype="cableformat-1">'
OWN = f"{ROOT}<text><body><div>"
PART = '<milestone unit="part" n="body" type="body"/>'
FORMATS = {known.name: known for known in formats() if known.name in {"tei", "frus"}}

_LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 30))
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE TEI [<!ENTITY a0 "ha">{_LAUGHS}]>{TEI}&a29;</TEI>',
    "laughs in an attribute": f'<!DOCTYPE TEI [<!ENTITY a0 "ha">{_LAUGHS}]><TEI n="&a29;"/>',
    "a file": f'<!DOCTYPE TEI [<!ENTITY e SYSTEM "file:///etc/passwd">]>{TEI}<text>&e;</text></TEI>',
    "a file as parameter": f'<!DOCTYPE TEI [<!ENTITY % e SYSTEM "file:///etc/passwd">%e;]>{TEI}</TEI>',
    "the network": f'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/x.dtd">{TEI}<text>&e;</text></TEI>',
    "a quadratic blow-up": f'<!DOCTYPE TEI [<!ENTITY a "{"x" * 60_000}">]>{TEI}{"&a;" * 60_000}</TEI>',
    "deep nesting": f"{TEI}<text>{'<div>' * 100_000}",
    "deep nesting in the header": f"{TEI}<teiHeader>{'<div>' * 100_000}",
    "deep nesting in a field": f'{ROOT}<teiHeader><bibl type="record"><note type="created">{"<hi>" * 100_000}',
    "more blanks than there are": f'{OWN}{PART}<space unit="chars" quantity="999999999"/></div></body></text></TEI>',
    "no quantity": f'{OWN}{PART}<space unit="chars" quantity="-1"/></div></body></text></TEI>',
    "a quantity of none": f'{TEI}<text><p>x<space quantity="0"/> y</p></text></TEI>',
    "a surrogate": f'{OWN}{PART}<g ref="#ud800"/></div></body></text></TEI>',
    "beyond Unicode": f'{OWN}{PART}<g ref="#u110000"/></div></body></text></TEI>',
    "a part without a name": f'{OWN}<milestone unit="part" type="body"/></div></body></text></TEI>',
    "an entity that HTML has": f"{TEI}<text>&nbsp;</text></TEI>",
    "two roots": f"{TEI}</TEI><TEI/>",
    "no end": f"{TEI}<text>",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_documents_are_refused_with_a_position(case, name):
    if name == "frus" and HOSTILE[case].startswith(OWN):
        return  # what these break is read by the other format
    data = HOSTILE[case].encode()
    with pytest.raises(FormatError, match=r"line \d+, column \d+: "):
        list(laws.read_back(FORMATS[name], data))
    laws.totality(FORMATS[name], data)


def test_depth_is_counted_from_the_root_and_siblings_do_not_add_up():
    inner, outer = "<div>" * 190, "</div>" * 190
    several = f"<front>{inner}{outer}</front>" * 3
    cable = read(f"{TEI}{'<x/>' * 300}<text>{several}<body>{inner}a{outer}</body></text></TEI>".encode(), "tei")
    assert cable.text == "a"
    with pytest.raises(FormatError, match="200 levels"):
        read(f"{TEI}<text><body>{'<div>' * 198}".encode(), "tei")


def test_an_encoding_that_is_none_is_refused():
    with pytest.raises(FormatError, match="encoding"):
        read(b'<?xml version="1.0" encoding="x-nonsense"?><TEI/>', "tei")


_LIMITED = """
import re, sys
from cableformat import FormatError, read
data = sys.stdin.buffer.read()
try:
    read(data, "tei")
except FormatError:
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1024)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs the peak of memory that Linux tells")
@pytest.mark.parametrize("case", ["a billion laughs", "a file", "a quadratic blow-up", "deep nesting"])
def test_hostile_documents_take_little_memory(case):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_LIMITED)], input=HOSTILE[case].encode(), capture_output=True, check=True
    )
    assert 0 < float(done.stdout) < 200  # megabytes; the time is law 8's, which is tested above


END = "</div></body></text></TEI>"
LARGE = {
    "one text node": TEI + "<text><body><p>" + "x y " * 400_000 + "</p></body></text></TEI>",
    "blanks": TEI + "<text><body><p>a" + " " * 1_500_000 + "</p></body></text></TEI>",
    "many attributes": "<TEI " + " ".join(f'a{i}=""' for i in range(100_000)) + "/>",
    "line ends": OWN + PART + "<ab>" + "<lb/>" * 200_000 + "</ab>" + END,
    "spaces": OWN + PART + "<ab>\U0001f4dc" + '<space quantity="80"/>' * 50_000 + "</ab>" + END,
    "parts": OWN + "".join(f'<milestone unit="part" n="a{i}" type="b"/>' for i in range(20_000)) + END,
    "notes": TEI + "<text><body><p>" + "<note>x</note>" * 20_000 + "</p></body></text></TEI>",
    "choices": OWN + PART + "<ab>" + "<choice><sic>a</sic><corr>b</corr></choice>" * 20_000 + "</ab>" + END,
    "names": OWN + PART + "<ab>" + "<hi>a</hi> " * 60_000 + "</ab>" + END,
    "fields": ROOT + '<teiHeader><bibl type="record">' + "<note/>" * 50_000 + "</bibl></teiHeader></TEI>",
    "documents": TEI + "<text>" + '<div type="document"><p>a</p></div>' * 4_000 + "</text></TEI>",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", LARGE)
def test_large_documents_keep_to_the_limits(case, name):
    laws.totality(FORMATS[name], LARGE[case].encode())


@given(st.data())
def test_damaged_documents_are_read_or_refused(data):
    whole = document(data.draw(cables())).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 30)))
        piece = data.draw(
            st.one_of(
                st.just(b""),
                st.binary(max_size=4),
                st.sampled_from(
                    (
                        b"<p>",
                        b"</p>",
                        b"<note>",
                        b"<choice><sic/>",
                        b"<lb/>",
                        b"</div>",
                        b'xml:id="annotation-0"',
                        b"</note>",
                    )
                ),
            )
        )
        whole = whole[:start] + piece + whole[end:]
    for known in FORMATS.values():
        laws.totality(known, whole)


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<hi>",
                "</hi>",
                "<note>",
                "</note>",
                "<choice>",
                "</choice>",
                "<sic>",
                "</sic>",
                "<corr>",
                "</corr>",
                "a",
                " ",
                "\n",
                "<lb/>",
                "<item>",
                "</item>",
                "<label>",
                "</label>",
                "<list>",
                "</list>",
                "<pb/>",
                '<g ref="#u0007"/>',
                "<head>",
                "</head>",
            ]
        ),
        max_size=30,
    )
)
def test_any_mark_up_is_read_or_refused_and_what_is_read_comes_back(pieces):
    inner, opened = [], []
    for piece in pieces:  # mended, so that it is well-formed
        if piece.startswith("</"):
            if piece[2:-1] in opened:
                while True:
                    name = opened.pop()
                    inner.append(f"</{name}>")
                    if name == piece[2:-1]:
                        break
        else:
            inner.append(piece)
            if piece.startswith("<") and not piece.endswith("/>"):
                opened.append(piece[1:-1])
    text = "".join(inner) + "".join(f"</{name}>" for name in reversed(opened))
    for opening, closing in (
        (f"{TEI}<text><body><div>", "</div></body></text></TEI>"),
        (f"{OWN}{PART}", "</div></body></text></TEI>"),
    ):
        cable = read(f"{opening}{text}{closing}".encode(), "tei")
        assert isinstance(cable, Cable)
        assert read(document(cable).encode()) == cable
