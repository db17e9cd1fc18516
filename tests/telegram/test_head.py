"""The head of the body: what belongs to which field."""

from __future__ import annotations

import pytest

from cableformat import Cable, Mark


def cable(head, text="1. Talks went on."):
    return Cable.from_text(f"C O N F I D E N T I A L PORT MERIDIAN 000117\n\n{head}\n\n{text}\n")


@pytest.mark.parametrize("caption", ["MGMT CHANNEL", "NOCONTRACT", "DISSENT CHANNEL", "SPECAT"])
def test_every_caption_may_stand_alone_on_its_line(caption):
    assert cable(f"SIPDIS\n\n{caption}\n\nSUBJECT: HARBOR TALKS").captions == ("SIPDIS", caption)


@pytest.mark.parametrize(
    "text", ["(U) Talks went on.", "(C) Talks went on.", "(C) XXXXXXXXXXXX asked for more.", "Talks went on."]
)
def test_a_paragraph_behind_references_is_none_of_them(text):
    found = cable("REF: A. 30 LOW HARBOR 29", text)
    assert [paragraph.text for paragraph in found.paragraphs] == [text]
    assert [reference.value for reference in found.references] == ["30LOWHARBOR29"]


@pytest.mark.parametrize(
    ("above", "text", "count"),
    [
        ("REF: PORT MERIDIAN 1", "(C) THE TALKS WENT ON.", 1),
        ("REF: PORT MERIDIAN 1", "(C) ON MARCH 3 THE TALKS WENT ON.", 1),
        ("REF: (A) PORT MERIDIAN 1\n(B) PORT MERIDIAN 2", "(C) THE TALKS WENT ON.", 2),
        ("REF: (A) PORT MERIDIAN 1\n(B) PORT MERIDIAN 2", "(C) PORT MERIDIAN 3", 3),
        ("REF: A. PORT MERIDIAN 1\n     B. PORT MERIDIAN 2", "(C) 31 PORT MERIDIAN 3", 3),
    ],
)
def test_a_mark_behind_references_is_an_item_where_it_is_next_and_a_number_follows(above, text, count):
    cable = Cable.from_text(f"CONFIDENTIAL PORT MERIDIAN 000117\n\n{above}\n\n{text}\n")
    assert (len(cable.references), len(cable.paragraphs)) == (count, 0 if count == 3 else 1)


def test_a_person_may_begin_the_next_line_of_the_tags():
    assert cable("TAGS: PREL, OVIP\n(ORLEO, TOMAS)").tags == ("PREL", "OVIP", "ORLEO, TOMAS")


def test_a_caveat_behind_those_it_is_released_to():
    found = cable("SUBJECT: HARBOR TALKS", "1. (S/REL NATO/FGI) Talks.").paragraphs
    assert found[0].mark == Mark("S", ("REL NATO", "FGI"))


PAGER = "\nPORT MERIDIAN 00000117  002 OF 003\n\n\n"


def test_a_page_may_end_inside_a_field():
    found = cable(f"TAGS: PREL,\n{PAGER}EWWT\nSUBJECT: Harbor Talks\n{PAGER}resume\n\nREF: A. 30 LOW HARBOR 29\n")
    assert (found.tags, found.subject) == (("PREL", "EWWT"), "Harbor Talks resume")
    found = cable(f"Classified By: Ines Halloway and J.\n{PAGER}Maren Orleo, for reasons 1.4 (b)\n{PAGER}and (d).")
    assert found.classified_by == ("Ines Halloway", "J. Maren Orleo")
    assert found.reasons == ("1.4(b)", "1.4(d)")
    assert [paragraph.number for paragraph in found.paragraphs] == [1]


def test_a_page_may_end_inside_a_delimiter():
    found = cable("SUBJECT: TALKS", f"1. Action request: Call. End action\n{PAGER}request. Talks went on.")
    assert [(passage.kind, passage.value) for passage in found.telegram.passages] == [("action_request", "Call.")]


def test_a_caption_above_a_page_break_is_no_echo():
    found = cable("SIPDIS\n          CONFIDENTIAL\n\nPAGE 02        PORT M  00117  01 OF 02  170856Z\nSUBJECT: TALKS")
    assert (found.captions, found.subject) == (("SIPDIS",), "TALKS")


def test_blank_lines_behind_a_bracket_are_an_interruption():
    found = cable("SUBJECT: TALKS", "1. The opposition leaders (who met one another separately)\n\ntook a softer line.")
    assert [artefact.kind for artefact in found.telegram.artefacts] == ["interruption"]
    assert "separately) took" in found.paragraphs[0].running_text


def test_a_pager_inside_a_repeated_header_is_hidden_once():
    text = (
        "1. Talks went on.\n\nC O N F I D E N T I A L SECTION 02 OF 02 PORT MERIDIAN 000117\n"
        f"{PAGER}SIPDIS\n\nSUBJECT: TALKS\n\n2. Comment: Dues rise. End comment."
    )
    found = cable("SUBJECT: TALKS", text)
    assert [(p.kind, p.value) for p in found.telegram.passages] == [("comment", "Dues rise.")]
