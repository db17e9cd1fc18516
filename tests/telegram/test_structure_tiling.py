"""The tiling law and the raw-where law, over arbitrary text; and texts made to be slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.record import Record
from cableformat.telegram import Context, Telegram, parse
from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.parse import tile
from cableformat.text import Part, Span

FRAGMENTS = (
    "VZCZCXRO7916\n",
    "PP RUEHXX RUEHYY\nDE RUEHPM #0117/01 0631200\nZNY CCCCC ZZH\n",
    "P R 040912Z MAR 31\n",
    "FM AMEMBASSY PORT MERIDIAN\n",
    "TO RUEHC/SECSTATE WASHDC IMMEDIATE 0042\nINFO RUEHSO/AMEMBASSY SAINT ORRIN\n",
    "C O N F I D E N T I A L SECTION 01 OF 02 PORT MERIDIAN 000117 \n",
    "CONFIDENTIAL SECTION 02 OF 02 PORT MERIDIAN 000117 \n",
    "SIPDIS\n",
    "STATE FOR EUR/ZM\n",
    "E.O. 13526: DECL: 03/04/2041\n",
    "TAGS: PREL, EWWT",
    " SUBJECT: HARBOR TALKS",
    "REF: A. SAINT ORRIN 77\n     B. 30 PORT MERIDIAN 12\n",
    "REF:",
    "Classified By: DCM Ada Marlowe, reasons\n1. 4 (B) and (D).\n",
    "CLASSIFIED",
    "1. (C) Summary: Minister Orleo agreed. End summary.\n",
    "2. (SBU) The harbor was closed and\n\n",
    "then opened.\n",
    "¶3. (S//NF) ",
    "(Note: Orleo is new. End note.) ",
    "Harbor Dues\n-----------\n",
    "\n\nOpen Questions\n\n\n",
    "PORT MERIDIAN 00000117  002 OF 003\n\n\n",
    " the talks PORT MERIDIAN 00000117  002.1 OF 003 resumed",
    "   CONFIDENTIAL\n\nPAGE 02        PORT M  00117  01 OF 02  040912Z\n",
    "This record is a partial extract of the original cable. The full text of the original cable is not available.",
    "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
    "Secretary Halloway\n\nSIPDIS\n",
    "HALLOWAY\n",
    "NNNN\n",
    "2031PORTM00117 - CONFIDENTIAL",
    "END COMMENT",
    "-- an item\n",
    "-\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\f",
    "\xa0",
    "\x85",
    "\U0001f6a2",
)
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=25).map("".join)
VALUES = (
    "reference_id mrn created origin classification is_partial subject summary declassify_on declassification sender "
    "captions tags signed_by classified_by reasons references recipients info_recipients"
).split()


def values(telegram: Telegram):
    for name in VALUES:
        value = getattr(telegram, name)
        yield from value if isinstance(value, tuple) else () if value is None else (value,)
    yield from telegram.passages
    yield from telegram.artefacts


@given(text=TEXTS, role=st.sampled_from(["header", "body", "note"]), grammar=st.sampled_from(["us", "uk"]))
def test_blocks_tile_every_part(text, role, grammar):
    part = Part("p", role, text)
    blocks = parse([part], Context(grammar=grammar)).blocks
    assert "".join(block.text for block in blocks) == text
    assert all(block.start < block.end for block in blocks)


@given(header=TEXTS, body=TEXTS)
def test_every_raw_stands_where_it_says(header, body):
    parts = {"header": Part("header", "header", header), "body": Part("body", "body", body)}
    telegram = parse(list(parts.values()), Context(record=Record(created="2031-03-04 09:12", origin="Port Meridian")))
    for value in values(telegram):
        if isinstance(value.where, Span):
            assert value.raw == parts[value.where.part].text[value.where.start : value.where.end]
        else:
            assert value.raw == getattr(telegram.context.record, value.where.removeprefix("record."))


@given(header=TEXTS, body=TEXTS)
def test_paragraphs_and_artefacts_are_in_order_and_verbatim(header, body):
    parts = {"header": Part("header", "header", header), "body": Part("body", "body", body)}
    telegram = parse(list(parts.values()), Context())
    for paragraph in telegram.paragraphs:
        where = paragraph.where
        assert paragraph.text == parts[where.part].text[where.start : where.end]
        assert "\r" not in paragraph.running_text
    for part_id in parts:
        starts = [a.where.start for a in telegram.artefacts if a.where.part == part_id]
        assert starts == sorted(starts)


@given(first=TEXTS, second=TEXTS, other=TEXTS)
def test_a_part_is_tiled_by_itself(first, second, other):
    kept = Part("kept", "body", first)
    changed = [parse([kept, Part("b", "body", text)], Context()).blocks for text in (second, other)]
    assert [[b for b in blocks if b.part is kept] for blocks in changed] == [list(tile(kept))] * 2


def test_an_unknown_grammar_gives_residue_and_no_fields():
    telegram = parse([Part("body", "body", "SUBJECT: TALKS\n\n1. They went on.\n")], Context(grammar="zz"))
    assert [block.kind for block in telegram.blocks] == [BlockKind.RESIDUE]
    assert telegram.subject is None
    assert telegram.paragraphs == ()
    assert telegram.sections == () or telegram.sections[0].total == 1


def test_other_roles_are_verbatim_and_an_empty_part_has_no_blocks():
    blocks = parse([Part("c", "container", "SUBJECT: X"), Part("body", "body", "")], Context()).blocks
    assert [block.kind for block in blocks] == [BlockKind.VERBATIM]


@pytest.mark.parametrize(
    "unit",
    [
        "\n", "\r", "1. \n", "1. \n\n", "x", " ", "\f", "-\n", "-----\n", "-", "word\n----\n", "x\n\nHead\n-----\ny\n", "(",
        " OF 001", "PORT MERIDIAN 00000117  002 OF 003\n", "PAGE 02  PORT M  02345\n\n", "SECRET\n\nSIPDIS\n",
        "SECRET SECTION 02 OF 03 PORT MERIDIAN 00123\n", "x\n\nVZCZCXRO7916\n\n", "SUMMARY: x END SUMMARY. ",
        "SUMMARY. ", "(Note: ", "END SUMMARY ", "SUBJECT: x\n", "TAGS: PREL ", "REF: SAINT ORRIN 1\n", "A. ", "REF: ",
        "CLASSIFIED BY X Y\n", "E.O. 13526: DECL: ", "TO RUEHC/SECSTATE WASHDC\n", "C O N F I D E N T I A L ",
    ],
)  # fmt: skip
def test_texts_made_to_be_slow_are_read_all_the_same(unit):
    text = unit * (200_000 // len(unit))
    for whole in (text, "SUBJECT: " + text, "Classified By: " + text, "1. " + text):
        telegram = parse([Part("body", "body", whole)], Context())
        assert sum(block.end - block.start for block in telegram.blocks) == len(whole)
        assert sum(1 for _ in values(telegram)) >= 0
        assert all(len(paragraph.running_text) <= len(whole) for paragraph in telegram.paragraphs)
