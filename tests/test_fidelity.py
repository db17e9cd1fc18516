"""What differs, and what a format may promise."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from cableformat import MODEL, NONE, Annotation, Cable, Part, Record, Source, diff, fields
from cableformat.fidelity import Report, is_layout, project
from cableformat.testing import cables

BASE = Cable(
    record=Record(created="2031", origin="", extra=(("a", "1"), ("a", "1"))),
    parts=(Part("header", "header", "h"), Part("body", "body", "b")),
    annotations=(Annotation("body", 0, 1, "x"),),
    extensions={"p": "1"},
    source=Source("text", name="a.txt"),
)


@pytest.mark.parametrize(
    ("change", "events"),
    [
        ({"record": attrs.evolve(BASE.record, created=None)}, [("lost", "record.created")]),
        ({"record": attrs.evolve(BASE.record, origin=None)}, [("altered", "record.origin")]),
        ({"record": attrs.evolve(BASE.record, url="u")}, [("added", "record.url")]),
        ({"record": attrs.evolve(BASE.record, extra=(("a", "1"),))}, [("lost", "extra[1]")]),
        (
            {"parts": BASE.parts[:0], "annotations": ()},
            [("lost", "parts[header]"), ("lost", "parts[body]"), ("lost", "annotations[0]")],
        ),
        ({"parts": BASE.parts[::-1]}, [("altered", "parts[header]"), ("altered", "parts[body]")]),
        ({"parts": (*BASE.parts, Part("note", "note", ""))}, [("added", "parts[note]")]),
        ({"extensions": {"p": "2", "q": "3"}}, [("altered", "extensions[p]"), ("added", "extensions[q]")]),
        ({"source": None}, [("lost", "source")]),
        ({"source": Source("json", name=None)}, [("altered", "source.format"), ("lost", "source.name")]),
        ({"grammar": "uk"}, [("altered", "grammar")]),
    ],
)
def test_diff_names_each_difference_once(change, events):
    assert list(diff(BASE, attrs.evolve(BASE, **change))) == events


@given(cables(), cables())
def test_diff_goes_both_ways(one, other):
    mirrored = {"lost": "added", "added": "lost", "altered": "altered"}
    there = sorted((mirrored[kind], path) for kind, path in diff(one, other))
    assert there == sorted(diff(other, one))


@given(cables())
def test_projections(cable):
    assert project(cable, MODEL) == cable
    assert project(cable, NONE) == Cable()
    assert project(cable, fields("record")) == Cable(record=cable.record)
    everything = fields("record", "parts", "annotations", "extensions", "source", "grammar")
    assert project(cable, everything) == cable


def test_keeps_knows_its_paths():
    keeps = fields("record.created", "parts[body]", "extra")
    assert "record.created" in keeps
    assert "record.origin" not in keeps
    assert "parts[body]" in keeps
    assert "parts[header]" not in keeps
    assert "extra[3]" in keeps
    assert "anything" in MODEL
    assert "anything" not in NONE


def test_what_a_conversion_refuses():
    report = Report()
    one = Cable.from_text("1. (C) Orleo  agrees. \r\n", created="2031")
    other = Cable.from_text("1. (C) Orleo agrees.\n", reference_id="31PORTMERIDIAN117")
    report.differences(one, other, "one blank is enough")
    assert [(event.kind, event.path, event.layout) for event in report.events] == [
        ("added", "record.reference_id", False),
        ("lost", "record.created", False),
        ("altered", "parts[body]", True),
    ]
    assert [event.path for event in report.refused("none")] == ["record.created", "parts[body]"]
    assert [event.path for event in report.refused("layout")] == ["record.created"]
    assert report.refused("any") == ()
    assert report.losses == report.refused("none")


@pytest.mark.parametrize(
    ("one", "other", "path", "expected"),
    [
        ("a b", "a\r\nb ", "parts[body]", True),
        ("a b", "ab", "parts[body]", False),
        ("a b", "a b", "parts[body]", False),
        ("a b", "a  b", "parts[note]", False),
        ("a b", "a  b", "record.created", False),
    ],
)
def test_what_is_layout(one, other, path, expected):
    assert is_layout(Cable.from_text(one), Cable.from_text(other), path) is expected


def test_layout_in_the_record():
    one, other = (Cable(Record(subject=words)) for words in ("HARBOR\nTALKS", "HARBOR TALKS"))
    assert is_layout(one, other, "record.subject")
