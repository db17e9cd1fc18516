"""Documents just as they were written are read with whole-string operations, and as they would be event by event."""

from __future__ import annotations

import io

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import cableformat
from cableformat import Cable, FormatError, Part, Report
from cableformat.testing import cables, realistic_cables
from cableformat_tei import reader

TEXT = (
    "CONFIDENTIAL PORT MERIDIAN 000117\n\nSIPDIS\n\nSUBJECT: HARBOR\tTALKS & <MORE>\n\n1. (C) Summary: \n\n"
    "2. (S/NF)  The Minister \r\nspoke.\n\nHALLOWAY\n"
)


def written(cable):
    stream = io.BytesIO()
    cableformat.write(cable, stream, "tei")
    return stream.getvalue()


def outcome(data):
    """The cable and its events, or what was wrong."""
    report = Report()
    try:
        return cableformat.read(data, "tei", report=report), tuple(report.events)
    except FormatError as error:
        return str(error), ()


def event_by_event(data):
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(reader, "as_written", lambda _: None)
        return outcome(data)


@pytest.mark.parametrize("text", [TEXT, "", "\n", " ", "plain", "1. (C) A.\n2. (C) B.\n", "A\r\n\r\nB\t\tC\n"])
def test_what_is_just_written_is_read_so(text):
    cable = Cable.from_text(text, reference_id="31PORTMERIDIAN117", header="ZNY CCCCC ZZH\n")
    data = written(cable)
    assert reader._untouched(data) is not None
    assert outcome(data) == (cable, ())


@given(st.one_of(cables(), realistic_cables()))
@example(Cable(parts=()))
@example(Cable(parts=(Part("a", "body", ""), Part("b", "note", "&amp; <lb/> <end>"), Part("c", "body", "\0\x07 "))))
def test_both_ways_say_the_same(cable):
    data = written(cable)
    assert outcome(data) == event_by_event(data) == (cable, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Minister", "Mayor"),  # another text
        ("Minister", "<hi>Minister</hi>"),
        ("Minister", "<![CDATA[Minister]]>"),
        ("Minister", "Mini<!-- a remark -->ster"),
        ("Minister", "&#77;inister"),
        ("Minister", "&nothing;"),
        ('n="2"', 'n="3"'),  # another structure
        ('ana="#mark-S.NF"', 'ana="#mark-C"'),
        ("</ab>", "</ab></ab>"),  # not well formed
        ("<p ", "<ab "),
        ("</body>\n</text>", "</text>\n</body>"),
        ('subtype="structure"', 'subtype="other"'),  # no hash to go by
        ('subtype="text"', 'subtype="other"'),
        ('subtype="cableformat-1"', ""),  # not of our own making
        ('<milestone unit="part" n="body"', '<milestone unit="part" n="header"'),
        ('quantity="2"', 'quantity="99"'),
        ("<lb/>\n", "\n<lb/>\n  "),
        ("<lb/>\n", '<lb n="1"/>\n'),
        ("</TEI>", "</TEI><!-- the end -->"),
    ],
)
def test_what_was_worked_on_is_read_event_by_event(old, new):
    data = written(Cable.from_text(TEXT, header="ZNY CCCCC ZZH\n")).decode()
    assert old in data
    edited = data.replace(old, new, 1).encode()
    assert outcome(edited) == event_by_event(edited)


@given(realistic_cables(), st.data())
def test_any_part_may_be_missing(cable, data):
    whole = written(cable)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assume(start < end)
    cut = whole[:start] + whole[end:]
    assert outcome(cut) == event_by_event(cut)
