"""What differs, and what a format may promise."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from cableformat import MODEL, NONE, Annotation, Cable, ModelError, Part, Record, Source, diff, fields
from cableformat.events import Event
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
    assert project(cable, MODEL) is cable
    assert project(cable, NONE) == Cable()
    assert project(cable, fields("record")) == Cable(record=cable.record)
    everything = fields("record", "parts", "annotations", "extensions", "source", "grammar")
    assert project(cable, everything) == cable


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        ("record.created extra", Cable(Record(created="2031", extra=BASE.record.extra))),
        ("extra[1]", Cable(Record(extra=BASE.record.extra[1:]))),
        ("parts", Cable(parts=BASE.parts)),
        ("parts[body]", Cable(parts=BASE.parts[1:])),
        ("annotations", Cable()),
        ("annotations parts[header]", Cable(parts=BASE.parts[:1])),
        ("annotations parts[body]", Cable(parts=BASE.parts[1:], annotations=BASE.annotations)),
        ("extensions[p]", Cable(extensions={"p": "1"})),
        ("source", Cable(source=BASE.source)),
        ("source.format source.name", Cable(source=BASE.source)),
        ("source.format", Cable(source=Source("text"))),
        ("source.name", Cable()),
        ("grammar", Cable(grammar="uk")),
    ],
)
def test_a_projection_keeps_what_is_named_and_nothing_else(paths, kept):
    assert project(attrs.evolve(BASE, grammar="uk"), fields(*paths.split())) == kept
    assert project(Cable(), fields(*paths.split())) == Cable()


def test_a_promise_is_about_the_cables_of_its_domain():
    assert MODEL.covers(BASE)
    assert not NONE.covers(BASE)
    assert fields("parts").covers(BASE)
    promise = fields("parts", domain=lambda cable: cable is BASE)
    assert promise.covers(BASE)
    assert not promise.covers(Cable())


def test_keeps_knows_its_paths():
    keeps = fields("record.created", "parts[body]", "extra")
    assert "record.created" in keeps
    assert "record.origin" not in keeps
    assert "parts[body]" in keeps
    assert "parts[header]" not in keeps
    assert "extra[3]" in keeps
    assert "extra[3]" in fields("record")
    assert "extensions[extra]" not in keeps
    assert "anything" in MODEL
    assert "anything" not in NONE


@pytest.mark.parametrize("path", ["record.creatd", "recrod", "parts.body", "source.", "", "extra.Concepts", "created"])
def test_what_no_cable_has_cannot_be_kept(path):
    with pytest.raises(ModelError, match="a cable has no such path"):
        fields("record.created", path)


def test_every_path_of_a_cable_can_be_kept():
    assert fields("record", "record.rights", "extra", "parts[b.c]", "annotations", "extensions[a.b]", "source.sha256")


def test_a_report_puts_down_what_it_is_told():
    report = Report()
    assert (report.events, report.losses) == ([], ())
    report.lost("extra[0]", "it has no room")
    report.cable = 1
    report.altered("parts[body]", "lines are wrapped", layout=True)
    report.altered("grammar", "it knows one")
    report.added("source", "it is another file")
    report.skipped("row 17", "it is empty")
    assert report.events == [
        Event("lost", "extra[0]", "it has no room"),
        Event("altered", "parts[body]", "lines are wrapped", cable=1, layout=True),
        Event("altered", "grammar", "it knows one", cable=1),
        Event("added", "source", "it is another file", cable=1),
        Event("skipped", "row 17", "it is empty", cable=1),
    ]
    assert [event.layout for event in report.events] == [False, True, False, False, False]
    assert [event.cable for event in report.events] == [0, 1, 1, 1, 1]
    assert [event.kind for event in report.losses] == ["lost", "altered", "altered", "skipped"]


def test_a_report_names_the_reason_of_each_difference():
    report = Report()
    report.differences(Cable(grammar="uk"), Cable(source=Source("text")), "it knows one")
    assert [(event.path, event.reason) for event in report.events] == [
        ("source", "whoever reads the new file has it as the source"),
        ("grammar", "it knows one"),
    ]
    report = Report()
    report.differences(Cable(source=Source("text", name="a")), Cable(source=Source("text", name="b")), "")
    assert [event.reason for event in report.events] == ["whoever reads the new file has it as the source"]


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
        ("a b", "a  b", "record.mood", False),
        ("a b", "a  b", "cable", False),
    ],
)
def test_what_is_layout(one, other, path, expected):
    assert is_layout(Cable.from_text(one), Cable.from_text(other), path) is expected


def test_layout_in_the_record():
    one, other = (Cable(Record(subject=words)) for words in ("HARBOR\nTALKS", "HARBOR TALKS"))
    assert is_layout(one, other, "record.subject")
