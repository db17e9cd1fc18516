"""The head of the body: what belongs to which field."""

from __future__ import annotations

import pytest

from cableformat import Cable, Mark


def cable(head, text="1. Talks went on."):
    return Cable.from_text(f"C O N F I D E N T I A L PORT MERIDIAN 000117\n\n{head}\n\n{text}\n")


@pytest.mark.parametrize("caption", ["MGMT CHANNEL", "NOCONTRACT", "DISSENT CHANNEL", "SPECAT"])
def test_every_caption_may_stand_alone_on_its_line(caption):
    assert cable(f"SIPDIS\n\n{caption}\n\nSUBJECT: HARBOR TALKS").captions == ("SIPDIS", caption)


@pytest.mark.parametrize("text", ["(U) Talks went on.", "(C) Talks went on.", "Talks went on."])
def test_a_paragraph_behind_references_is_none_of_them(text):
    found = cable("REF: A. 30 LOW HARBOR 29", text)
    assert [paragraph.text for paragraph in found.paragraphs] == [text]
    assert [reference.value for reference in found.references] == ["30LOWHARBOR29"]


def test_a_person_may_begin_the_next_line_of_the_tags():
    assert cable("TAGS: PREL, OVIP\n(ORLEO, TOMAS)").tags == ("PREL", "OVIP", "ORLEO, TOMAS")


def test_a_caveat_behind_those_it_is_released_to():
    found = cable("SUBJECT: HARBOR TALKS", "1. (S/REL NATO/FGI) Talks.").paragraphs
    assert found[0].mark == Mark("S", ("REL NATO", "FGI"))
