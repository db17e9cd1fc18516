"""Telegrams in a telegram, and rows of a dump in one text."""

from __future__ import annotations

from cableformat import Cable

OUTER = "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nTAGS: PREL\nSUBJECT: HARBOR TALKS\n\n1. (C) We forward a telegram. SUMMARY: Talks. END SUMMARY.\n\n"
INNER = (
    "VZCZCXYZ0001\nOO RUEHC\nDE RUEHSO #0099 0630912\nO 030912Z MAR 31\nFM AMEMBASSY SAINT ORRIN\nTO RUEHC/SECSTATE WASHDC 0001\nBT\n"
    "SECRET SAINT ORRIN 000099\n\nE.O. 13526: DECL: 03/03/2041\nTAGS: EWWT\nSUBJECT: OTHER TALKS\nREF: LOW HARBOR 3\n\n"
    "1. (S) They went on. COMMENT: Badly. END COMMENT.\n\nORLEO\n"
)
ROW = b"4711\\t2031-03-05 10:00:00\\t31SAINTORRIN99\\tEmbassy Saint Orrin\\tSECRET\\tSECRET SAINT ORRIN 000099 \\\\\\n \\\\\\nSUBJECT: OTHER TALKS \\\\\\n".decode(
    "unicode_escape"
)


def fields(cable):
    return (
        cable.classification, cable.tags, cable.subject, cable.references, cable.signed_by, cable.mrn, cable.summary,
        [p.number for p in cable.paragraphs], [p.kind for p in cable.telegram.passages],
    )  # fmt: skip


def kinds(cable):
    return [block.kind.value for block in cable.telegram.blocks if block.kind != "blank"]


def test_a_telegram_within_lends_nothing():
    whole = Cable.from_text(OUTER + INNER + "NNNN\n\n2. (C) That is all.\n\nHALLOWAY\n")
    assert fields(whole) == fields(Cable.from_text(OUTER + "2. (C) That is all.\n\nHALLOWAY\n"))
    assert kinds(whole).count("embedded") == 1
    (block,) = (b for b in whole.telegram.blocks if b.kind == "embedded")
    assert block.text.startswith("VZCZC")
    assert block.text.rstrip().endswith("NNNN")
    assert whole.created is None


def test_a_head_within_is_enough_and_the_quotation_ends_it():
    inner = INNER[INNER.index("SECRET SAINT") :]
    whole = Cable.from_text(OUTER + inner + "UNQUOTE\n\n2. (C) That is all.\n\nHALLOWAY\n")
    assert kinds(whole).count("embedded") == 1
    assert (whole.subject, whole.tags, whole.signed_by) == ("HARBOR TALKS", ("PREL",), ("HALLOWAY",))


def test_the_same_telegram_again_is_not_another():
    again = Cable.from_text(OUTER + "CONFIDENTIAL PORT MERIDIAN 000117\n\nSUBJECT: HARBOR TALKS\n\n2. (C) More.\n")
    assert "embedded" not in kinds(again)


def test_a_second_row_of_a_dump_lends_nothing():
    text = OUTER + "HALLOWAY\n" + ROW + "(S) The end.\n"
    whole = Cable.from_text(text)
    assert fields(whole) == fields(Cable.from_text(OUTER + "HALLOWAY\n"))
    assert kinds(whole)[-1] == "embedded"
    assert Cable.from_text(OUTER + "HALLOWAY\n" + ROW + "x\n" + ROW + "y\n").signed_by == ("HALLOWAY",)
