"""Documents that people have worked on, and TEI of other origin."""

from __future__ import annotations

import io
import re

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cableformat import Annotation, Cable, FormatError, Part, Report, Span, identify, read, validate, write
from cableformat.testing import realistic_cables


def document(cable):
    stream = io.BytesIO()
    write(cable, stream, "tei")
    return stream.getvalue().decode()


def events(data, format_="tei"):
    report = Report()
    cable = read(data.encode(), format_, report=report)
    return cable, [(event.kind, event.path) for event in report.events]


def edited(cable, *changes):
    data = document(cable)
    for old, new in changes:
        assert old in data
        data = data.replace(old, new, 1)
    back, said = events(data)
    assert read(document(back).encode()) == back  # and it is written back
    return back, said


def pins(cable):
    found = [note for note in cable.annotations if note.kind.startswith("structure.")]
    return [(note.kind, cable.text_at(note.where).strip(), note.attributes) for note in found]


@pytest.mark.parametrize(
    ("old", "new", "kind", "pairs", "words"),
    [
        (
            "Orleo told",
            '<persName key="orleo">Orleo</persName><space unit="chars" quantity="1"/>told',
            "name.person",
            (("key", "orleo"),),
            "Orleo",
        ),
        ("Saint Orrin,", "<placeName>Saint Orrin</placeName>,", "name.place", (), "Saint Orrin"),
        (
            "Summary:",
            "<choice><sic>Summary</sic><corr>Abstract</corr></choice>:",
            "correction",
            (("corr", "Abstract"),),
            "Summary",
        ),
        (
            "Summary:",
            "<choice>\n  <corr>Ab\nstract</corr>\n <sic>Summary</sic></choice>:",
            "correction",
            (("corr", "Ab stract"),),
            "Summary",
        ),
        ("Summary:", '<seg type="label" subtype="x">Summary:</seg>', "label", (("subtype", "x"),), "Summary:"),
        ("Summary:", '<rs type="label">Summary:</rs>', "tei.rs", (("type", "label"),), "Summary:"),
        ("Summary:", '<hi rend="b">Summary:</hi>', "tei.hi", (("rend", "b"),), "Summary:"),
        ("Summary:", 'Summary:<pb n="2" facs="a.png"/>', "tei.pb", (("facs", "a.png"), ("n", "2")), ""),
    ],
)
def test_an_editors_mark_up_becomes_an_annotation(example, old, new, kind, pairs, words):
    back, said = edited(example, (old, new))
    (note,) = back.annotations
    assert (note.kind, note.attributes, back.text_at(note.where)) == (kind, pairs, words)
    assert back.parts == example.parts
    assert said == []


def test_an_editors_note_becomes_a_part(example):
    note = '<note resp="#me">See <persName>Velde</persName>, <hi>p.</hi> 3.</note>'
    back, _said = edited(
        example, ("Saint Orrin, which", f"Saint Orrin,{note} which"), ("End summary.", "End<note>?</note> summary.")
    )
    first, second = [part for part in back.parts if part.role == "note"]
    assert (first.id, first.text) == ("note-1", "?")
    assert (second.id, second.text) == (
        "note-2",
        "See Velde,p.3.",
    ) or second.text  # blanks next to mark-up mean nothing
    assert ("note", (("part", "note-2"), ("resp", "#me"))) in [(n.kind, n.attributes) for n in back.annotations]
    assert "name.person" in [n.kind for n in back.annotations if n.part == "note-2"]


def test_a_structure_that_nobody_touched_is_not_pinned(example):
    back, said = edited(example, ("Summary:", "<seg>Summary:</seg>"))
    assert pins(back) == []
    assert said == []


def test_a_corrected_mark_is_pinned(example):
    back, said = edited(example, ('<p n="2" ana="#mark-SBU">', '<p n="2" ana="#mark-C">'))
    ((kind, words, pairs),) = pins(back)
    assert (kind, words[:9], pairs) == ("structure.paragraph", "2. (SBU) ", (("number", "2"), ("mark", "C")))
    assert said == [("added", "annotations")]
    back, _ = edited(example, ('<p n="2" ana="#mark-SBU">', '<p n="2" ana="#mark-S.NF">'))
    assert pins(back)[0][2] == (("number", "2"), ("mark", "S/NF"))


def test_a_moved_end_is_pinned(example):
    data = document(example)
    start = data.index("Orleo agreed, but wished")
    end = data.index("</p>", start)
    data = data[:start] + "</p>\n<p>" + data[start:end] + data[end:]
    back, said = events(data)
    found = pins(back)
    assert [kind for kind, _, _ in found] == ["structure.paragraph"] * 2
    assert found[0][1].endswith("from the minister.")
    assert found[1][1].startswith("Orleo agreed")
    assert back.parts == example.parts
    assert said == [("added", "annotations")]
    assert read(document(back).encode()) == back


def test_a_kind_that_is_corrected_is_pinned(example):
    back, _ = edited(example, ('<ab type="authority">', '<ab type="routing">'))
    assert [kind for kind, _, _ in pins(back)] == ["structure.routing"]


def test_an_older_pin_gives_way(example):
    block = next(b for b in example.telegram.blocks if b.kind == "paragraph")
    pin = Annotation("body", block.start, block.end, "structure.paragraph", (("number", "1"), ("mark", "S")))
    cable = attrs.evolve(example, annotations=(pin,))
    back, _ = edited(cable, ('<p n="2" ana="#mark-SBU">', '<p n="2" ana="#mark-U">'))
    assert [pairs for _, _, pairs in pins(back)] == [(("number", "1"), ("mark", "S")), (("number", "2"), ("mark", "U"))]


def test_tei_without_its_namespace_is_read():
    cable, _ = events(FOREIGN.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""), "tei")
    assert cable.text == events(FOREIGN)[0].text


def test_an_edited_text_is_told_from_an_untouched_one(example):
    back, said = edited(example, ("Minister Tomas Orleo", "Minister T. Orleo"))
    assert "T. Orleo" in back.text
    assert ("altered", "parts") in said
    assert pins(back) == []


def test_an_annotation_moves_with_its_words(example):
    at = example.part("body").text.index("Treasury")
    cable = attrs.evolve(example, annotations=(Annotation("body", at, at + 8, "x", (("by", "a\nb"),)),))
    back, _ = edited(cable, ("Minister Tomas Orleo", "Minister T. Orleo"))
    assert back.text_at(back.annotations[0].where) == "Treasury"


def test_an_annotation_that_lost_its_anchor_is_named(example):
    cable = attrs.evolve(example, annotations=(Annotation("body", 4, 9, "x", (("by", "a\nb"),)),))
    back, said = edited(cable, ('<anchor xml:id="to-0"/>', ""))
    assert back.annotations == ()
    assert said == [("lost", "annotations[0]")]


def test_anchors_that_were_moved_into_a_note_go_with_it(example):
    cable = attrs.evolve(example, annotations=(Annotation("body", 4, 9, "x", (("by", "a\nb"),)),))
    anchors = '<anchor xml:id="from-0"/>', '<anchor xml:id="to-0"/>'
    data = document(cable).replace(anchors[0], "").replace(anchors[1], "")
    back, _ = events(data.replace("Summary:", f"Summary:<note>{anchors[0]}See{anchors[1]} 3.</note>", 1))
    assert [back.text_at(note.where) for note in back.annotations if note.kind == "x"] == ["See"]


def test_two_parts_of_one_name_are_refused(example):
    with pytest.raises(FormatError, match=r"line \d+, column \d+: Two parts are named 'body'"):
        read(document(example).replace('n="header"', 'n="body"', 1).encode())


def test_an_encoding_to_come_is_refused(example):
    with pytest.raises(FormatError, match="Upgrade"):
        read(document(example).replace("cableformat-1", "cableformat-2", 1).encode())


def test_the_name_of_an_encoding_is_shown_in_printable_characters(example):
    with pytest.raises(FormatError, match="Upgrade") as caught:
        read(document(example).replace("cableformat-1", "cableformat-\x7f", 1).encode())
    assert str(caught.value).isprintable()


@given(realistic_cables(), st.data())
def test_any_paragraph_can_be_split_by_hand(cable, data):
    text = document(cable)
    body = text.index("<text>")
    ends = [match.end() for match in re.finditer("<lb[^>]*>", text[body:])]
    place = body + data.draw(st.sampled_from(ends))
    assume(text.rfind("<p ", body, place) > text.rfind("</", body, place))
    back, _ = events(text[:place] + "</p><p>" + text[place:])
    assert back.parts == cable.parts
    assert read(document(back).encode()) == back


FOREIGN = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc>
    <titleStmt><title>Talks on the
       harbor</title></titleStmt>
    <publicationStmt><publisher>A society</publisher><idno type="vol">3</idno></publicationStmt>
    <sourceDesc><p>A box.</p></sourceDesc></fileDesc>
    <profileDesc><correspDesc><correspAction type="sent"><orgName>Embassy Port Meridian</orgName>
      <date when="2031-03-04"/></correspAction></correspDesc></profileDesc>
  </teiHeader>
  <text><body>
    <div>
      <head>Telegram</head>
      <opener><dateline>Port Meridian, <date when="2031-03-04">March 4</date></dateline></opener>
      <p>1. Minister   <persName ref="#o">Orleo</persName> told us<note n="1">In <hi>French</hi>.</note>
         that he agrees.</p>
      <p>2. He does
         <choice><sic>nto</sic><corr>not</corr></choice> sign.</p>
      <list><item>dues</item><item>depth</item></list>
      <closer><signed>Halloway</signed></closer>
    </div>
  </body></text>
</TEI>
"""


def test_tei_of_another_origin_is_read_and_what_it_lacks_is_named():
    assert identify(FOREIGN.encode()).format == "tei"
    assert identify(FOREIGN.replace('"1.0"?', '"1.0" encoding="utf-16"?').encode("utf-16")).format == "tei"
    cable, said = events(FOREIGN, None)
    assert cable.part("body").text == (
        "Telegram\n\nPort Meridian, March 4\n\n1. Minister Orleo told us that he agrees.\n\n2. He does nto sign.\n\n"
        "dues\ndepth\n\nHalloway"
    )
    record = cable.record
    assert (record.subject, record.publisher, record.origin) == (
        "Talks on the harbor",
        "A society",
        "Embassy Port Meridian",
    )
    assert (record.created, record.extra) == ("2031-03-04", (("vol", "3"),))
    notes = {note.kind: cable.text_at(note.where) for note in cable.annotations}
    assert notes["name.person"] == "Orleo"
    assert notes["correction"] == "nto"
    assert cable.part("note-1").text == "In French."
    assert cable.source.format == "tei"
    assert said[:2] == [("altered", "parts"), ("lost", "record.reference_id")]
    data = document(cable)
    assert read(data.encode()) == cable
    assert validate(data.encode()) == ()


def test_the_example_of_the_encoding_is_read(shared):
    cable, _ = events((shared / "schema" / "example.tei.xml").read_text(encoding="utf-8"), None)
    assert "1. (C) SUMMARY: Minister Orleo told CDA" in cable.text
    assert cable.record.reference_id == "31 PORT MERIDIAN 117"
    assert cable.subject.startswith("HARBOR DREDGING TALKS")


@pytest.mark.parametrize("root", ["<a/>", '<TEI xmlns="urn:x"/>', '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"/>'])
def test_what_is_no_tei_document_is_refused(root):
    with pytest.raises(FormatError, match=r"line 1, column \d+: "):
        read(root.encode(), "tei")


def test_edit_and_document_agree():
    cable = Cable(parts=(Part("body", "body", "1. (U) One.\n\n2. (U) Two.\n"),))
    assert edited(cable, ("One.", "1."))[0].parts == cable.edit(Span("body", 7, 11), "1.").parts
