"""Cable.compose: what is rendered, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat import (
    Addressee,
    Cable,
    Mark,
    ModelError,
    OfficialSpec,
    ParagraphSpec,
    PassageSpec,
    ReferenceSpec,
    Specification,
)
from cableformat.telegram.recovered import unrecovered
from cableformat.telegram.wrapping import WIDTH, wrapped
from cableformat.testing import specs, texts

SENT = datetime(2031, 3, 4, 9, 12, tzinfo=UTC)


def test_the_header():
    cable = Cable.compose(
        transmission_id="VZCZCXRO7916",
        precedence="IMMEDIATE",
        routes=("RUEHXX", "RUEHYY"),
        created=SENT.astimezone(timezone(timedelta(hours=5))),
        sender=Addressee("RUEHPM", "AMEMBASSY PORT MERIDIAN"),
        recipients=(Addressee("RUEHC", "SECSTATE WASHDC", "IMMEDIATE", "6479"), "AMEMBASSY SAINT ORRIN"),
        info_recipients=Addressee("RUEKJCS", "JOINT STAFF//J5//", "NIACT IMMEDIATE"),
        classification="SECRET",
        post="PORT MERIDIAN",
        serial=11700,
    )
    assert cable.part("header").text.splitlines() == [
        "VZCZCXRO7916",
        "OO RUEHXX RUEHYY",
        "DE RUEHPM #1700 0630912",
        "ZNY SSSSS ZZH",
        "O 040912Z MAR 31",
        "FM AMEMBASSY PORT MERIDIAN",
        "TO RUEHC/SECSTATE WASHDC IMMEDIATE 6479",
        "AMEMBASSY SAINT ORRIN",
        "INFO RUEKJCS/JOINT STAFF//J5// NIACT IMMEDIATE",
    ]
    assert (cable.reference_id, cable.created) == ("31PORTMERIDIAN11700", SENT)


def test_an_exempted_post():
    address = Addressee("RUEHZZ", "ALL POSTS COLLECTIVE", excluded=("AMCONSUL LOW HARBOR",))
    assert Cable.compose(recipients=address).recipients == (address,)


def test_sections_repeat_the_head():
    cable = Cable.compose(
        post="PORT MERIDIAN",
        serial=1,
        year=2031,
        subject="TALKS",
        sections=2,
        paragraphs=[ParagraphSpec("Talks went on.", number=n) for n in (1, 2, 3, 4)],
    )
    assert cable.text.count("SUBJECT: TALKS") == 2
    assert [(s.number, s.total) for s in cable.telegram.sections] == [(1, 2), (2, 2)]
    assert [p.number for p in cable.paragraphs] == [1, 2, 3, 4]


def test_fields_replace_those_of_a_specification():
    spec = Specification(subject="TALKS", year=2031, post="OSLO", serial=1)
    assert Cable.compose(spec, subject="DUES").subject == "DUES"
    assert Cable.compose(spec) == Cable.compose(subject="TALKS", year=2031, post="OSLO", serial=1)
    assert Cable.compose().text == "UNCLAS\n"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"subject": "HARBOR\nTALKS"}, "subject holds a line end"),
        ({"subject": " HARBOR"}, "subject holds blanks"),
        ({"subject": ""}, "subject is empty"),
        ({"subject": "TALKS REF: A. OSLO 1"}, "subject"),
        ({"subject": 3}, "subject must be text"),
        ({"subject": "\ud800"}, "surrogate"),
        ({"title": "X"}, "no field title"),
        ({"post": "OSLO"}, "post and serial"),
        ({"post": "OSLO", "serial": 0}, "serial is 0"),
        ({"post": "OSLO", "serial": True}, "serial must be int"),
        ({"post": "Oslo 2!", "serial": 1}, "post and serial"),
        ({"classification": "RESTRICTED"}, "classification is 'RESTRICTED'"),
        ({"precedence": "URGENT"}, "precedence is 'URGENT'"),
        ({"captions": "WHISPER"}, "captions"),
        ({"created": datetime(2031, 3, 4)}, "naive"),  # noqa: DTZ001 - what is refused
        ({"created": SENT.replace(second=5)}, "seconds"),
        ({"created": SENT.replace(year=1914)}, "created"),
        ({"created": SENT, "year": 2030}, "leave year out"),
        ({"sections": 2}, "sections is 2"),
        ({"order": 7, "declassification": "OADR"}, "order"),
        ({"tags": ("PREL", "PREL")}, "tags"),
        ({"references": "STATE 5"}, "canonical identifier"),
        ({"references": ReferenceSpec("NONSENSE", kind="EMAIL"), "year": 2031}, "references"),
        ({"classified_by": OfficialSpec("Ambassador")}, "classified_by"),
        ({"reasons": "1.7(c)"}, "reasons"),
        ({"signed_by": "12"}, "signed_by"),
        ({"recipients": "OSLO IMMEDIATE"}, "recipients"),
        ({"paragraphs": ParagraphSpec("Talks.", number=1, mark="C"), "signed_by": "THE END"}, "signed_by"),
        ({"paragraphs": (ParagraphSpec("Talks.", number=1), ParagraphSpec("Dues."))}, "paragraphs"),
        ({"paragraphs": ParagraphSpec("Talks.", number=1, items="and dues.")}, "text"),
        ({"paragraphs": ParagraphSpec("Talks.", number=1, items="2. Dues.")}, "paragraphs"),
        ({"paragraphs": 5}, "paragraphs must be ParagraphSpec"),
    ],
)
def test_what_would_be_read_otherwise_is_refused(fields, words):
    with pytest.raises(ModelError, match=words):
        Cable.compose(**fields)


def test_parts_of_a_paragraph_are_checked():
    assert ParagraphSpec("x", mark="S/NF").mark == Mark("S", ("NF",))
    for wrong in (lambda: ParagraphSpec("x", mark="QQ"), lambda: ParagraphSpec("x\ny"), lambda: PassageSpec("x", "y")):
        with pytest.raises(ModelError):
            wrong()


def test_no_line_begins_like_a_paragraph():
    text = "The treaty of March has, in its longest and least read paragraph, 12. of all words the least clear."
    cable = Cable.compose(paragraphs=ParagraphSpec(text, number=11))
    assert [paragraph.number for paragraph in cable.paragraphs] == [11]


@given(st.lists(st.text("ab.-1 \t", min_size=1).map(lambda t: "".join(t.split())).filter(bool), max_size=60))
def test_wrapping_keeps_the_words(words):
    lines = wrapped(" ".join(words)).split("\n")
    assert " ".join(lines) == " ".join(words)
    assert all(len(line) <= WIDTH or " " in line or len(line.split()) <= 1 for line in lines)


@given(specs(), texts(4), st.sampled_from(["subject", "post", "tags", "signed_by", "captions", "paragraphs"]))
def test_any_text_comes_back_or_is_refused(spec, text, field):
    try:
        cable = Cable.compose(spec, **{field: text})
    except ModelError:
        return
    asked = Specification(**{**{f.name: getattr(spec, f.name) for f in attrs.fields(Specification)}, field: text})
    assert unrecovered(asked, cable.telegram) == []
