"""Pins: annotations `structure.*` that the grammar does not overrule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableformat import Annotation, Cable, Part, Span
from cableformat.telegram import BlockKind, Context, parse

BODY = (
    "UNCLAS PORT MERIDIAN 000117\n\nSUBJECT: HARBOR TALKS\n\n1. (C) Minister Orleo agreed.\n\n"
    "He left. (S) Then he came back.\n\n2. (U) The end.\n\nHALLOWAY\n"
)


def pinned(*notes):
    return Cable(parts=(Part("body", "body", BODY),), annotations=notes)


def note(words, kind, *attributes):
    at = BODY.index(words)
    return Annotation("body", at, at + len(words), f"structure.{kind}", attributes)


def test_a_pinned_block_stands_exactly_there_and_the_rest_tiles_around_it():
    pin = note("He left. (S) Then he came back.", "paragraph", ("number", "7"), ("mark", "S/NF"))
    cable = pinned(pin)
    blocks = cable.telegram.blocks
    assert "".join(block.text for block in blocks) == BODY
    assert [b.kind for b in blocks if b.where == pin.where] == [BlockKind.PARAGRAPH]
    assert [(p.number, str(p.mark)) for p in cable.paragraphs] == [(1, "C"), (7, "S/NF"), (2, "U")]
    assert cable.paragraphs[1].where == pin.where
    assert cable.paragraphs[0].text == "1. (C) Minister Orleo agreed."


def test_an_empty_attribute_says_that_there_is_none():
    cable = pinned(note("2. (U) The end.", "paragraph", ("number", ""), ("mark", "")))
    assert [(p.number, p.mark and str(p.mark)) for p in cable.paragraphs] == [(1, "C"), (None, None)]


def test_a_pinned_value_wins_and_stands_where_its_annotation_does():
    pin = note("HARBOR TALKS", "subject", ("value", "Harbour talks"))
    subject = pinned(pin).telegram.subject
    assert (subject.value, subject.raw, subject.where) == ("Harbour talks", "HARBOR TALKS", pin.where)


def test_a_pinned_block_without_a_value_is_read_as_any_other():
    assert pinned(note("HALLOWAY", "closing")).signed_by == ()
    assert pinned(note("The end", "signature")).signed_by == ("The end", "HALLOWAY")
    assert pinned(note("TALKS", "subject")).subject == "HARBOR"


def test_several_values_and_dates():
    pin = note(
        "1. (C)", "authority", ("classified_by", "Ada Marlowe"), ("classified_by", "Ines Halloway"),
        ("reasons", "1.4(b)"), ("declassify_on", "2041-03-04"),
    )  # fmt: skip
    cable = pinned(pin)
    assert (cable.classified_by, cable.reasons) == (("Ada Marlowe", "Ines Halloway"), ("1.4(b)",))
    assert cable.declassify_on == dt.date(2041, 3, 4)
    assert pinned(note("1. (C)", "authority", ("declassify_on", "2041-02-30"))).declassify_on is None


def test_of_two_pins_that_overlap_the_first_in_the_cable_stands():
    first, second = note("Minister Orleo agreed", "heading"), note("Orleo", "residue")
    for notes, kind in (((first, second), "heading"), ((second, first), "residue")):
        (found,) = (b for b in pinned(*notes).telegram.blocks if b.kind in ("heading", "residue"))
        assert (found.kind, found.where) == (kind, notes[0].where)


def test_other_words_and_empty_spans_pin_nothing():
    plain = pinned().telegram.blocks
    assert pinned(Annotation("body", 3, 3, "structure.heading")).telegram.blocks == plain
    assert pinned(note("Orleo", "chapter")).telegram.blocks == plain
    assert pinned(Annotation("body", 3, 9, "name.person")).telegram.blocks == plain


@pytest.mark.parametrize("grammar", ["us", "uk"])
def test_pins_are_honoured_whatever_the_grammar(grammar):
    telegram = parse(
        [Part("b", "body", "Sujet: Talks")],
        Context(annotations=(Annotation("b", 0, 12, "structure.subject"),), grammar=grammar),
    )
    assert [block.kind for block in telegram.blocks] == ["subject"]


PIECES = st.sampled_from(
    ["1. (C) Talks\nwent on\n", "\n\n", "PORT MERIDIAN 00000117  002 OF 003\n", "SUBJECT: TALKS\n", "TAGS: PREL\n", "x",
     "SECRET SECTION 02 OF 02 PORT MERIDIAN 000117\nSIPDIS\n\n", "CONFIDENTIAL\n\nPAGE 02    PORT M  00117  040912Z\n",
     "a sentence of many words that is cut in the middle of the\n\n", "HALLOWAY\n", "Head\n----\n"]
)  # fmt: skip
KINDS = st.sampled_from([f"structure.{kind.value}" for kind in BlockKind] + ["structure.x", "name.person"])
PINS = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.integers(0, 60),
        KINDS,
        st.sampled_from([(), (("value", "V"),), (("number", "3"), ("mark", "C"))]),
    ),
    max_size=8,
)


@given(text=st.lists(PIECES, max_size=8).map("".join), spans=PINS)
@example(text="x", spans=[(0, 1, "structure.signature", ()), (0, 1, "structure.tags", ())])
def test_blocks_tile_and_values_stand_where_they_say_with_any_pins(text, spans):
    notes = tuple(
        Annotation("b", min(start, len(text)), min(start + length, len(text)), kind, attributes)
        for start, length, kind, attributes in spans
    )
    telegram = parse([Part("b", "body", text)], Context(annotations=notes))
    assert "".join(block.text for block in telegram.blocks) == text
    assert all(block.start < block.end for block in telegram.blocks)
    for pin in telegram.pins.of_part.get("b", ()):
        assert [b.kind for b in telegram.blocks if b.where == pin.note.where] == [pin.kind]
    for artefact in telegram.artefacts:
        assert artefact.raw == text[artefact.where.start : artefact.where.end]
    for value in (telegram.subject, telegram.mrn, *telegram.tags, *telegram.signed_by, *telegram.references):
        if value is not None and isinstance(value.where, Span):
            assert value.raw == text[value.where.start : value.where.end]
    for paragraph in telegram.paragraphs:
        assert paragraph.text == text[paragraph.where.start : paragraph.where.end]
        assert paragraph.running_text is not None
    assert telegram.summary is None or telegram.summary.raw
