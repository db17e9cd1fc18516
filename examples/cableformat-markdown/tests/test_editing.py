"""What people do to the file: the edited text is the truth, and what no longer fits is named."""

from __future__ import annotations

import io

import pytest
from cableformat import Annotation, Cable, FormatError, Part, Record, Report, read, write

TEXT = "UNCLAS PORT MERIDIAN 000117\n\n1. (U) Minister Orleo agrees. Orleo is glad.\n\n2. (U) Velde is not.\n"
PERSON = TEXT.index("Orleo is")
CABLE = Cable(
    Record(created="2031-03-04", origin="Embassy Port Meridian", extra=(("Concepts", "PORTS"),)),
    (Part("header", "header", "SIPDIS\n"), Part("body", "body", TEXT)),
    (
        Annotation("body", PERSON, PERSON + 5, "name.person", {"ref": "orleo"}),
        Annotation("body", 27, 27, "note"),
        Annotation("body", 0, len(TEXT), "structure.text"),
    ),
)


@pytest.fixture
def file():
    stream = io.BytesIO()
    write(CABLE, stream, "markdown")
    return stream.getvalue().decode()


def reread(text):
    report = Report()
    return read(text.encode(), "markdown", report=report), [(event.kind, event.path) for event in report.events]


def test_an_edited_text_is_the_truth_and_annotations_move_with_their_words(file):
    cable, events = reread(file.replace("Minister Orleo agrees.", "The Minister of Ports agrees."))
    (person, point, whole) = cable.annotations
    assert cable.part("body").text == TEXT.replace("Minister Orleo agrees.", "The Minister of Ports agrees.")
    assert cable.text_at(person.where) == "Orleo"
    assert person.attributes == (("ref", "orleo"),)
    assert point.where == CABLE.annotations[1].where
    assert whole.end == len(cable.part("body").text)
    assert events == [("altered", "annotations[0]"), ("altered", "annotations[2]")]


def test_an_annotation_whose_words_are_gone_is_lost_and_said_so(file):
    cable, events = reread(file.replace("Orleo is glad", "He is glad").replace("Orleo agrees", "Tarrant agrees"))
    assert [note.kind for note in cable.annotations] == ["note", "structure.text"]
    assert ("lost", "annotations[0]") in events


def test_of_a_removed_part_the_annotations_are_lost(file):
    start, end = file.index("## body"), file.index("## Annotations")
    cable, events = reread(file[:start] + file[end:])
    assert [part.id for part in cable.parts] == ["header"]
    assert events == [("lost", f"annotations[{i}]") for i in range(3)]


def test_a_new_annotation_needs_no_offsets(file):
    cable, events = reread(
        file.replace("```annotations\n", '```annotations\nbody name.person "Velde" "see also"="x"\n')
    )
    note = cable.annotations[0]
    assert (cable.text_at(note.where), note.attributes, events) == ("Velde", (("see also", "x"),), [])


def test_a_statement_may_be_written_plain_in_single_quotes_or_with_a_comment(file):
    edited = file.replace('"2031-03-04"', "2031-03-05  # the page's date").replace('"PORTS"', "'Captain''s PORTS'")
    cable, events = reread(edited.replace('"Embassy Port Meridian"', ""))
    assert cable.record == Record(created="2031-03-05", origin="", extra=(("Concepts", "Captain's PORTS"),))
    assert events == []


def test_lists_need_no_indent(file):
    assert reread(file.replace('  - "Concepts"', '- "Concepts"')) == (CABLE, [])


def test_a_carriage_return_written_out_comes_in(file):
    cable, _ = reread(file.replace("SIPDIS\n", "SIPDIS\\r\\n\\\nNODIS\\\n"))
    assert cable.part("header").text == "SIPDIS\r\nNODIS"


def test_words_outside_are_named(file):
    marked = file.replace("## body", "My own view:\n\n```\ncode\n```\n\n## body")
    cable, events = reread(marked.replace("created:", "aliases:\n  - x\ncreated:"))
    line = marked.split("\n").index("My own view:") + 1
    assert cable == CABLE
    assert events == [("skipped", "line 3"), ("skipped", f"lines {line + 2}-{line + 6}")]


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("cableformat-markdown: 1", "cableformat-markdown: 2", "cableformat-markdown", "version 2"),
        ("cableformat-markdown: 1\n", "", "---", "does not say"),
        ('"2031-03-04"', '"2031-03-04', "created", "quotes are not closed"),
        ('"2031-03-04"', '"2031" 03', "created", "behind the closing quote"),
        ('"2031-03-04"', "[2031]", "created", "not plain text"),
        ('"2031-03-04"', "a: b", "created", "not plain text"),
        ('"2031-03-04"', r'"\q"', "created", "backslash before 'q'"),
        ('"2031-03-04"', r'"\ud800"', "created", "stands for no character"),
        ("origin:", "created: x\norigin:", "created: x", "stands twice"),
        ("origin:", "  more\norigin:", "  more", "does not belong"),
        ("origin:", "origin", "origin", "a key, a colon"),
        ("extra:", "source:\n  name: x\nextra:", "source", "has a format"),
        ("extra:", "source:\n  format: 1x\nextra:", "  format", "must be a letter"),
        ("extra:", "extensions:\n  x: {1}\nextra:", "  x", "must be JSON"),
        ("extra:", "grammar: 7\nextra:", "grammar", "must be a letter"),
        ("MERIDIAN 000117\n", "MERIDIAN \\q\n", "UNCLAS", "backslash before 'q'"),
        ("ends=lf", "ends=vt", "```text", "cannot begin with"),
        ("text part=body", "text part=header", "```text part=header role=body", "two parts header"),
        ('name.person "Orleo"', '3rd "Orleo"', "body 5", "no annotation"),
        ('"Orleo" ref="orleo"', '"Orleo" ref=orleo', "body 5", "Behind the words"),
        (f"{PERSON}-{PERSON + 5}", "9-3", "body 9", "runs backwards"),
        (f" {PERSON}-{PERSON + 5}", "", "body name.person", "more than once"),
        (f'{PERSON}-{PERSON + 5} name.person "Orleo"', 'name.person "Tarrant"', "body name", "do not stand"),
        ("```annotations", "<!-- or", "<!-- or", "not closed"),
        ("## Annotations\n", "````text\n", "````text", "not closed"),
    ],
)
def test_a_fault_is_named_with_its_line(file, old, new, at, words):
    edited = file.replace(old, new, 1)
    with pytest.raises(FormatError, match=words) as caught:
        reread(edited)
    lines = edited.split("\n")
    assert lines[caught.value.line - 1].startswith(at)


def test_other_encodings_are_refused(file):
    with pytest.raises(FormatError, match="Not valid UTF-8"):
        read(file.replace("Velde", "Veld\xe9").encode("latin-1"), "markdown")


def test_a_file_of_something_else_is_refused():
    with pytest.raises(FormatError, match="does not begin with front matter"):
        read(b"# Notes\n", "markdown")
