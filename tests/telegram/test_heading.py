from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.heading import declassification, declassify_on, subject
from cableformat.telegram.tags import tags
from cableformat.telegram.values import Region
from cableformat.text import Part, Span


def region(text):
    return Region(Part("body", "body", text), 0, len(text))


def stands(value, text):
    return value.raw == text[value.where.start : value.where.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUBJECT: HARBOUR TALKS", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKS \nRESUME \n\nREF: OSLO 12", "HARBOUR TALKS RESUME"),
        ("SUBJ: (S/NF) HARBOUR  TALKS\r\nRESUME", "HARBOUR TALKS RESUME"),
        ("UBJECT: HARBOUR TALKS REF: A. OSLO 12", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKSREF: OSLO 12", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKS\nClassified by CDA Ada Marlowe", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKS \\\nRESUME \\\n \\\nREF: OSLO 12", "HARBOUR TALKS RESUME"),
        ("SUBJECT: HARBOUR TALKS\n-------\nSUMMARY", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKS\n1. (SBU) Summary", "HARBOUR TALKS"),
        ("SUBJECT: HARBOUR TALKS\nPORT MERIDIAN 00000117  001.2 OF 004\n", "HARBOUR TALKS"),
        ("SUBJECT: ZAMORA&#8217;S PORT", "ZAMORA’S PORT"),
        ("SUBJECT: HARBOUR TALKS Sensitive but unclassified", "HARBOUR TALKS"),
    ],
)
def test_subjects(text, expected):
    assert subject(region(text)).value == expected


def test_a_masked_page_break_does_not_end_a_subject():
    text = "SUBJECT: HARBOUR TALKS\n\nPAGE 02\n\nRESUME\n"
    part = Part("body", "body", text)
    found = subject(Region(part, 0, len(text), (Span("body", 23, 32),)))
    assert found.value == "HARBOUR TALKS RESUME"


@pytest.mark.parametrize("text", ["", "SUBJECT:", "SUBJECT: \n\n", "SUBJECT: (U)"])
def test_no_subject(text):
    assert subject(region(text)) is None


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("E.O. 12958: DECL: 05/26/2031", "2031-05-26", "05/26/2031"),
        ("EO 12958 DECL: 2031/05/26", "2031-05-26", "2031/05/26"),
        ("E.O. 12958: DECL: 5/6/31", "2031-05-06", "5/6/31"),
        ("E.O. 12958: DECL: 25X1, 05/26/2031", "2031-05-26", "25X1, 05/26/2031"),
        ("E.O. 12065: RDS-4 6/5/99 (MARLOWE, A.) OR-M", "1999-06-05", "RDS-4 6/5/99 (MARLOWE, A.) OR-M"),
        ("E.O. 12958: DECL: 13/45/2031", None, "13/45/2031"),
        ("E.O. 12958: N/A", None, "N/A"),
        ("E.O. 12356: DECL: OADR", None, "OADR"),
        ("E.O. 12958: DNG: CO 05/26/2031", None, "DNG: CO 05/26/2031"),
        ("E.O. 12958: DECL: AFTER THE ELECTION", None, "AFTER THE ELECTION"),
        ("DECLASSIFY ON: 20310526", "2031-05-26", "20310526"),
    ],
)
def test_instructions_to_declassify(text, day, words):
    found = declassify_on(region(text))
    assert (found.value.isoformat() if found else None) == day
    assert declassification(region(text)).value == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAGS: PREL, PGOV, NO", ["PREL", "PGOV", "NO"]),
        ("Tags prel pgov\nno", ["PREL", "PGOV", "NO"]),
        ("TAS: PREL;PGOV", ["PREL", "PGOV"]),
        ("TAGS: PREL PREL", ["PREL"]),
        ("TAGS: PRELPGOVNO IZECON", ["PREL", "PGOV", "NO", "IZ", "ECON"]),
        ("TAGS: MOPPS", ["MOPS"]),
        ("TAGS: PREL SIPDIS SENSITIVE", ["PREL"]),
        ("TAGS: OVIP (MARLOWE, ADA), PREL", ["OVIP", "MARLOWE, ADA", "PREL"]),
        ("TAGS: OVIP MARLOWE ADA PREL", ["OVIP", "MARLOWE, ADA", "PREL"]),
        ("TAGS: OVIP MARLOWE, ADA, PREL", ["OVIP", "MARLOWE, ADA", "PREL"]),
        ("TAGS: CASC MARLOWE ADA ORRIN SAUL", ["CASC", "MARLOWE, ADA", "ORRIN, SAUL"]),
        ("TAGS: PREL COUNTRY\nCLEARANCE", ["PREL", "COUNTRY CLEARANCE"]),
        ("TAGS: PREL, External Relations", ["PREL", "EXTERNAL RELATIONS"]),
        ("TAGS: PREL\nwords of the text", ["PREL"]),
        ("TAGS: PREL - External Relations | NO - Norway", ["PREL", "NO"]),
        # The decoder repeated the TAGS behind each page break that it put into the line.
        ("TAGS: PREL, NO  SECRET   PAGE 02   OSLO  02475  01 OF 03  251228Z PREL, NO", ["PREL", "NO"]),
        ("TAGS: PREL SUBJECT: HARBOUR TALKS", ["PREL"]),
        ("", []),
    ],
)
def test_tags(text, expected):
    assert [tag.value for tag in tags(region(text))] == expected


def test_the_raw_of_a_glued_code_is_its_own_letters():
    assert [(tag.value, tag.raw) for tag in tags(region("TAGS: prelNO"))] == [("PREL", "prel"), ("NO", "NO")]


PIECES = st.sampled_from(
    [
        "TAGS:",
        "SUBJECT:",
        "E.O. 12958:",
        "DECL:",
        "5/6/31",
        "PREL",
        "OVIP",
        "(",
        ")",
        ",",
        "PAGE 02",
        "\r",
        "\n \n",
    ]
)


@given(st.text() | st.lists(PIECES | st.text(max_size=4)).map(" ".join))
def test_any_text_is_read_and_each_raw_stands_where_it_says(text):
    each = region(text)
    values = [subject(each), declassify_on(each), declassification(each), *tags(each)]
    assert all(stands(value, text) for value in values if value)


def test_an_authority_without_an_instruction_is_no_instruction():
    assert declassification(region("Classified By: CDA Ines Halloway for reason 1.4 (d).")) is None
    text = "Classified By: CDA Ines Halloway. Declassify on: 03/04/2041."
    assert declassification(region(text)).value == "03/04/2041."
