"""The telegram as a whole, on an invented cable with every common part and artefact."""

from __future__ import annotations

import pickle
import weakref

import attrs
import pytest

from cableformat import Cable, Record
from cableformat.telegram import parse

HEADER = (
    "VZCZCXRO7916\nOO RUEHAG\nDE RUEHPM #0117/01 0630912\nZNY CCCCC ZZH\nO 040912Z MAR 31\n"
    "FM AMEMBASSY PORT MERIDIAN\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 6479\nINFO RUEHSO/AMEMBASSY SAINT ORRIN PRIORITY 0121\n"
)
BODY = """C O N F I D E N T I A L SECTION 01 OF 02 PORT MERIDIAN 000117

SIPDIS

STATE FOR EUR/CE

E.O. 12958: DECL: 03/04/2041
TAGS: PREL, EWWT, PGOV
SUBJECT: HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS
DELAY

REF: A. 30 STATE 4410
     B. STATE 98

Classified By: CDA Ines Halloway for reasons 1.4 (b) and (d).

1. (C) SUMMARY: Minister Orleo told the CDA on March 3 that he wants
two more weeks. END SUMMARY.

2. (S/NF) The port authority, which had asked for a larger loan in

PORT MERI 00000117  002 OF 002


January, agrees with the plan, but not with its price.
HALLOWAY
"""


@pytest.fixture(scope="module")
def cable():
    return Cable.from_text(BODY, header=HEADER)


def test_the_header(cable):
    assert cable.created.isoformat() == "2031-03-04T09:12:00+00:00"
    assert cable.telegram.created.where.part == "header"
    assert cable.sender.name == "AMEMBASSY PORT MERIDIAN"
    (to,), (info,) = cable.recipients, cable.info_recipients
    assert (to.route, to.name, to.precedence, to.mcn) == ("RUEHC", "SECSTATE WASHDC", "IMMEDIATE", "6479")
    assert (info.route, info.name, info.precedence, info.mcn) == ("RUEHSO", "AMEMBASSY SAINT ORRIN", "PRIORITY", "0121")


def test_the_head(cable):
    assert (cable.reference_id, cable.mrn) == ("31PORTMERIDIAN117", "PORT MERIDIAN 000117")
    assert (cable.classification, cable.captions) == ("CONFIDENTIAL", ("SIPDIS",))
    assert cable.tags == ("PREL", "EWWT", "PGOV")
    assert cable.subject == "HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS DELAY"
    assert [(r.bullet, r.kind, r.value) for r in cable.references] == [
        ("A", "CABLE", "30STATE4410"),
        ("B", "CABLE", "31STATE98"),
    ]
    assert (cable.classified_by, cable.reasons) == (("Ines Halloway",), ("1.4(b)", "1.4(d)"))
    assert cable.declassify_on.isoformat() == "2041-03-04"


def test_the_text(cable):
    assert [(p.number, str(p.mark)) for p in cable.paragraphs] == [(1, "C"), (2, "S/NF")]
    assert cable.summary == "Minister Orleo told the CDA on March 3 that he wants two more weeks."
    assert "a larger loan in January, agrees" in cable.paragraphs[1].running_text
    assert "00000117" in cable.paragraphs[1].text
    assert [a.kind for a in cable.telegram.artefacts] == ["interruption", "pager", "interruption"]
    assert cable.signed_by == ("HALLOWAY",)
    assert [(s.number, s.total) for s in cable.telegram.sections] == [(1, 2)]


def test_real_disagreements_are_named_and_others_are_not():
    record = Record(
        reference_id="31PORTMERIDIAN118",
        created="2031-03-04 09:06",
        classification="SECRET//NOFORN",
        subject="HARBOR DREDGING TALKS",
        tags="PREL EWWT PGOV",
    )
    cable = Cable(record, Cable.from_text(BODY, header=HEADER).parts)
    assert [d.field for d in cable.discrepancies()] == ["created", "reference_id", "classification"]
    agreed = Record(
        "31PORTMERIDIAN117",
        "2031-03-04 09:12:00",
        classification="CONFIDENTIAL",
        subject="HARBOR DREDGING TALKS: MINISTER",
    )
    assert Cable(agreed, cable.parts).discrepancies() == ()


def test_an_unknown_grammar_gives_residue():
    cable = Cable(parts=Cable.from_text(BODY).parts, grammar="uk")
    assert [block.kind for block in cable.telegram.blocks] == ["residue"]
    assert (cable.paragraphs, cable.subject, cable.tags) == ((), None, ())


def test_the_record_speaks_where_the_text_is_silent():
    cable = Cable(Record(subject="TALKS", tags="PREL PGOV", classification="SECRET//NOFORN", created="4 MAR 2031"))
    assert (cable.subject, cable.tags, cable.classification) == ("TALKS", ("PREL", "PGOV"), "SECRET")
    assert cable.telegram.tags[0].where == "record.tags"
    assert cable.created.year == 2031


LATER = """
C O N F I D E N T I A L SECTION 02 OF 02 PORT MERIDIAN 000117

SIPDIS

SUBJECT: HARBOR TALKS

REF: A. 30 STATE 4410
     C. LOW HARBOR 5

"""


def test_the_header_of_a_later_section_may_have_references_of_its_own():
    first, second = BODY.split("larger loan in\n")
    cable = Cable.from_text(f"{first}larger loan in\n{LATER}{second}", header=HEADER)
    assert [(r.bullet, r.value) for r in cable.references] == [
        ("A", "30STATE4410"),
        ("B", "31STATE98"),
        ("C", "31LOWHARBOR5"),
    ]
    assert "a larger loan in January" in cable.paragraphs[1].running_text
    assert [(s.number, s.total) for s in cable.telegram.sections] == [(1, 2), (2, 2)]


def test_paragraphs_inside_one_line_are_split_off_by_their_numbers():
    long = "Orleo agreed with it. " * 12
    body = f"UNCLAS PORT MERIDIAN 000117\n\nSUBJECT: X\n\n1. (C) {long}2. (SBU) In 2005. (U) He left. {long}¶3. He came. 5. (C) No.\n"
    assert [(p.number, p.mark and str(p.mark)) for p in Cable.from_text(body).paragraphs] == [
        (1, "C"),
        (2, "SBU"),
        (3, None),
    ]


def test_the_last_word_of_a_wrapped_sentence_is_no_signature():
    body = "UNCLAS\n\n1. Talks went on; the users of the system agreed, step by step and PAGE by\nPAGE.\n"
    assert Cable.from_text(body).signed_by == ()
    assert Cable.from_text(body + "HALLOWAY.\n").signed_by == ("HALLOWAY",)


def test_what_is_read_is_frozen_compares_hashes_and_pickles(cable):
    telegram = cable.telegram
    found = [*telegram.blocks, *telegram.paragraphs, *telegram.tags, telegram.subject, telegram.paragraphs[0].where]
    copies = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert copies == found
    assert list(map(hash, copies)) == list(map(hash, found))
    assert list(map(repr, copies)) == list(map(repr, found))
    for each in (telegram, *found):
        for field in attrs.fields(type(each)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(each, field.name, None)


def test_objects_made_fast_are_those_that_their_classes_make(cable):
    telegram = cable.telegram
    for each in (*telegram.blocks, *telegram.paragraphs, *telegram.tags, *(p.where for p in telegram.paragraphs)):
        made = type(each)(*(getattr(each, field.name) for field in attrs.fields(type(each))))
        assert made == each
        assert (hash(made), repr(made)) == (hash(each), repr(each))


def test_a_telegram_pickles_without_what_was_read_from_it(cable):
    telegram = cable.telegram
    before = pickle.dumps(parse(telegram.parts, telegram.context))
    assert telegram.subject is not None
    assert telegram.subject is telegram.subject
    assert pickle.dumps(telegram) == before
    assert pickle.loads(before) == telegram  # noqa: S301 - our own bytes


def test_a_telegram_goes_with_its_cable_and_not_only_when_python_looks_for_circles():
    read = Cable.from_text(BODY, header=HEADER)
    assert read.paragraphs[0].passages
    seen = weakref.ref(read.telegram)
    kept = read.paragraphs
    del read
    assert seen() is None
    assert kept[0].passages[0].kind == "summary"
