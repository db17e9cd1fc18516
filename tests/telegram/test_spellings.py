"""Spellings of the head and of the end that a rule must bear, though none of them is in a table of cases."""

from __future__ import annotations

import pytest

from cableformat import Cable, canonical_id
from cableformat.testing import laws

HEAD = "CONFIDENTIAL PORT MERIDIAN 000117\n\n"
TEXT = "\n\n1. (C) Minister Orleo agreed.\n"


def read(line, after=""):
    return Cable.from_text(f"{HEAD}{line}\n{after}{TEXT}", created="2031-03-04")


@pytest.mark.parametrize(
    "line",
    [
        "E.O. 12958: DECL: 03/18/2041", "EO 12958 DECL: 2041/03/18", "E/O 13526: DECL: 18 MAR 2041", "E.0. 12958: DECL: 3-18-2041",
        "E..O. 12958: DECL: 03/18/2041", "E.O. 12,958: DECL: 03/18/2041", "E.O. I2958: DECL: 03//18//2041", "E.O. 12958: DECLAS 03/18/2041",
        "E.O. 12958: 03/18/2041", "EXECUTIVE ORDER 12958: DECL: MARCH 18, 2041", "E.O. 12065: RDS-1 3/18/41 (ORLEO, A.) OR-M",
        "E.O. 11652: GDS 3/18/41", "E.O. 13526: DECL: 18/03/2041", "E.O. 12958: DECL:20410318",
        "E.O. 12958: DELC: 03/18/2041", "E.O. 12958: DECL: (03/18/2041)", "E.O. 12958: DECL - 03/18/2041", "E.O. 12958: DECL: O3/l8/2O41",
    ],
)  # fmt: skip
def test_executive_orders(line):
    cable = read(line, "TAGS: PREL\nSUBJECT: TALKS\n")
    assert cable.declassify_on.isoformat() == "2041-03-18"
    assert (cable.tags, cable.subject) == (("PREL",), "TALKS")


@pytest.mark.parametrize(
    "line", ["E.O. 11652: XGDS-1", "E.O. 12356: DECL: OADR", "E.O. 12958: N/A", "E.O. 12958: DECL: AFTER THE TALKS"]
)
def test_executive_orders_without_a_date(line):
    cable = read(line, "TAGS: PREL\n")
    assert cable.declassify_on is None
    assert cable.telegram.declassification.value == line.rpartition(": ")[2]


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("TAGS: PREL/PGOV", "PREL PGOV"), ("TAGS. PREL", "PREL"), ("T A G S: PREL", "PREL"), ("TGAS: PREL", "PREL"), ("TAGGS: PREL", "PREL"),
        ("TAGS: PREL AND PGOV", "PREL PGOV"), ("TAGS: PERL PGVO", "PREL PGOV"), ("TAGS: P REL PGOV", "PREL PGOV"), ("TAGS: (U) PREL", "PREL"),
        ("TAGS: TAGS: PREL US-IZ", "PREL US IZ"), ("TAGS: N/A", ""), ("TAGS- PREL", "PREL"), ("TAGS: PREL .PGOV #IZ", "PREL PGOV IZ"),
        ("TAGS: PREL EF1N PG0V", "PREL EFIN PGOV"), ("TAGS: PREL, \n \nPGOV, IZ", "PREL PGOV IZ"), ("TAGS: PREL EDEW ELEK PGOV", "PREL EDEW ELEK PGOV"),
        ("TAGS: KMAR ESTH PREL", "KMAR ESTH PREL"), ("TAGS: KWNM PGVO", "KWMN PGOV"),
    ],
)  # fmt: skip
def test_tags(line, tags):
    assert read(line).tags == tuple(tags.split())


def test_persons_and_remarks_of_tags():
    two = ("OVIP", "MARLOWE, ADA", "ORLEO, HUGO", "PREL")
    assert read("TAGS: OVIP (MARLOWE, ADA; ORLEO, HUGO), PREL").tags == two
    assert read("TAGS: OVIP (MARLOWE, ADA AND ORLEO, HUGO), PREL").tags == two
    assert read("TAGS: OVIP, MARLOWE, ADA, PREL").tags == ("OVIP", "MARLOWE, ADA", "PREL")
    assert read("TAGS: OVIP, (MARR, ADA), PREL").tags == ("OVIP", "MARR, ADA", "PREL")
    assert read("TAGS: CVIS, VISAS, PREL").tags == ("CVIS", "VISAS", "PREL")
    assert read("TAGS: OVIP [MARLOWE, ADA], PREL").tags == ("OVIP", "MARLOWE, ADA", "PREL")
    assert read("TAGS: PREL (HARBOR TALKS)").tags == ("PREL", "HARBOR TALKS")


@pytest.mark.parametrize(
    "label",
    [
        "SUBJ",
        "SUBJECT.",
        "SUBJECT-",
        "SUBJECT::",
        "SUBJECT (U):",
        "SUBJECT: (U) SUBJECT:",
        "SUBJECT: ( C ) (C)",
        "SUBJECT: (SECRET)",
        "SUBJECT:",
        "SUBJECT -",
        "SUBJ:",
        "SUBEJCT:",
        "SUBJCT:",
        "SUBJECT: SUBJECT:",
        "S U B J E C T:",
        "SUBJECT ;",
    ],
)
def test_subjects(label):
    assert read(f"{label} HARBOR TALKS").subject == "HARBOR TALKS"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("REF: OSLO 1, 2, AND 3", "31OSLO1 31OSLO2 31OSLO3"), ("REF: A: OSLO 1 B: ROME 2", "31OSLO1 31ROME2"), ("REF: OSLO 1/ROME 2", "31OSLO1 31ROME2"),
        ("REF: A- OSLO 1 B- ROME 2", "31OSLO1 31ROME2"), ("REF: OSLO 30-123", "30OSLO123"), ("REF A: OSLO 1 REF B: ROME 2", "31OSLO1 31ROME2"),
        ("REF TEL: OSLO 1", "31OSLO1"), ("REF: A OSLO 1 B ROME 2", "31OSLO1 31ROME2"), ("REF: A. OSLO 1, B) \n\nROME 2", "31OSLO1 31ROME2"),
        ("REF: A - OSLO 1 B - ROME 2", "31OSLO1 31ROME2"), ("REF: A. OSLO \n\n123 B. ROME 2", "31OSLO123 31ROME2"), ("REF: (C) OSLO 1; ROME 2", "31OSLO1 31ROME2"),
        ("REF: A. (30) OSLO 1 B. ROME '30 2", "30OSLO1 30ROME2"), ("REF: OSLO 30 123, ROME 2030 456", "30OSLO123 30ROME456"), ("REF: OSLO 123 OF 2030", "30OSLO123"),
        ("REF. A. OSLO 1", "31OSLO1"), ("REFF: OSLO 1", "31OSLO1"), ("REF: OSLO o12", "31OSLO12"), ("REF: A. OSLO \\\n12 B. \\\n \\\nROME 2", "31OSLO12 31ROME2"),
        ("REF: A. OSLO 1 B. MARLOWE/ORLEO 12 MARCH 2031 C. CENTCOM J5 D. CENTCOM 121530ZMAR31 E. STATE ALDAC 12", "31OSLO1 31STATE12"),
    ],
)  # fmt: skip
def test_references(line, values):
    assert [reference.value for reference in read(line).references] == values.split()


@pytest.mark.parametrize(
    "words",
    [
        "DEPPOLCOUNS Ada Marlowe", "Esthoff Ada Marlowe", "Ambassador Ada Marlowe.  E.O. 12958,", "Ambassador Ada Marlowe according to", "Political Offer Ada Marlowe",
    ],
)  # fmt: skip
def test_authorities(words):
    assert read(f"Classified By: {words} 1.4 (b)").classified_by == ("Ada Marlowe",)


def test_a_name_in_capitals_is_no_acronym():
    assert read("Classified By: ADA MARLOWE, Acting DCM, reason 1.4 (d)").classified_by == ("ADA MARLOWE",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31OSLONORWAY9", "31OSLO9"),
        ("31SECTION01OFO2OSLO9", "31OSLO9"),
        ("31OSLO9SECTION02OF03", "31OSLO9"),
        ("31RUSSELS9", "31BRUSSELS9"),
        ("31UNCLASSECTION01OF02OSLO9", "31OSLO9"), ("31EFTOSECTION0LOF02OSLO9", "31OSLO9"), ("31SECTION003OF004OSLO9", "31OSLO9"),
        ("31SECTION0102OSLO9", "31OSLO9"), ("31SEC01OF02OSLO9", "31OSLO9"), ("31PART01OF02OSLO9", "31OSLO9"), ("31EFTOAMEMBASSYOSLO9", "31OSLO9"),
        ("31AMEMBASYOSLO9", "31OSLO9"), ("31EFTOSLO9", "31OSLO9"), ("31XFTOOSLO9", "31OSLO9"), ("31EFTOBRUSSELS9", "31BRUSSELS9"),
        ("31OSLO9SUSPECTEDDUPLICATE", "31OSLO9"), ("31OSLO901OF02", "31OSLO9"), ("O8OSLO9", "08OSLO9"), ("31JAKRTTA9", "31JAKARTA9"),
        ("31BEN9", "31BEN9"), ("31DAKA9", "31DAKA9"), ("31ASSTANA9", "31ASTANA9"), ("31PARTO9", "31PARTO9"),
    ],
)  # fmt: skip
def test_identifiers(text, expected):
    assert canonical_id(text) == expected


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("HALLOWAY##", "HALLOWAY"), ("HALLOWAY.", "HALLOWAY"), ("HALLOWAY\n=======CABLE ENDS=======", "HALLOWAY"), ("HALLOWAY\n\n------", "HALLOWAY"),
        ("GP-3\n\nHALLOWAY", "HALLOWAY"), ("HALLOWAY\nMINIMIZE CONSIDERED", "HALLOWAY"),
        ("HALLOWAY AND ORLEO", "HALLOWAY ORLEO"), ("HALLOWAY & ORLEO", "HALLOWAY ORLEO"), ("HALLOWAY\nNOTE: NOT PASSED", "HALLOWAY"),
    ],
)  # fmt: skip
def test_signatures(end, names):
    cable = Cable.from_text(f"{HEAD}SUBJECT: X\n\n1. (C) Minister Orleo agreed.\n\n{end}\n")
    assert cable.signed_by == tuple(names.split())
    assert cable.paragraphs[-1].text == "1. (C) Minister Orleo agreed."


@pytest.mark.parametrize(
    "words",
    [
        "Talks ended.\n\nSt. Halloway", "Talks ended.\n\nvon Halloway", "Talks ended.\n\nDi Halloway", "Minimize considered.  Halloway",
        "TALKS ENDED.  VAN HALLOWAY", "See http://www.meridian.example/harbor\nHalloway",
    ],
)  # fmt: skip
def test_signatures_of_several_words_and_glued_ones(words):
    (name,) = Cable.from_text(f"{HEAD}SUBJECT: X\n\n1. (C) {words}\n").signed_by
    assert name == words.replace("  ", "\n").rpartition("\n")[2]


def test_a_subject_may_stand_above_the_dashes_of_a_heading_or_around_a_pager():
    dashes = "UNCLAS PORT MERIDIAN 000117\n\nSUBJECT: HARBOR\nTALKS\n-------\n{}\n1. (C) So.\n"
    assert Cable.from_text(dashes.format("SUMMARY\n-------")).subject == "HARBOR TALKS"
    assert Cable.from_text(dashes.format("")).subject == "HARBOR"
    pager = "SUBJECT: Minister Orleo's\n \nPORT MERIDI 00000117  001.2 OF 004\n \n \n14 Demands\n\nREF: OSLO 1\n" + TEXT
    assert Cable.from_text(HEAD + pager).subject == "Minister Orleo's 14 Demands"
    assert read("SUBJECT: TALKS OF 2031REF: OSLO 1").subject == "TALKS OF 2031"
    assert read("SUBJECT: THE LONG REEF: TALKS WITH RFE: NEXT").subject == "THE LONG REEF: TALKS WITH RFE: NEXT"


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) Summary: Orleo agreed. ENDSUMMARY.", "1. (C) Summary: Orleo agreed. End Sumary.", "1. (C) SUMMRY: Orleo agreed. END SUMMARY.",
        "1. (C) Summary: Orleo agreed. --End Summary.", "1. (C) Summary (continued): Orleo agreed.", "1. Summary (SBU): Orleo agreed.",
        "1. (C) Summary; Orleo agreed.", "1. (C) Summary - Orleo agreed.", "1. Summary, Comment and Action Request: Orleo agreed.",
        "Introduction and Summary\n------------------------\n\n1. (C) Orleo agreed.", "(U) Summary\n-----------\n\n1. (C) Orleo agreed.",
        "S U M M A R Y\n-------------\n\n1. (C) Orleo agreed.", "SUMMARY:\n\n1. (C) Orleo agreed.", "SUMMARY:\n--------\n1. (C) Orleo\n\n2. (C) agreed.",
    ],
)  # fmt: skip
def test_beginnings_and_ends_of_summaries(text):
    found = Cable.from_text(f"SUBJECT: X\n\n{text}\n\nTALKS\n-----\n\n3. (C) So.\n").summary
    assert found.split() == ["Orleo", "agreed."]


def test_line_ends_that_a_terminal_escaped_are_line_ends():
    header = "P 040912Z MAR 31\nFM USMISSION OSLO\nTO SECSTATE WASHDC PRIORITY 0117\nINFO AMEMBASSY ROME 0012\n"
    head = "E.O. 12958: DECL: 03/04/2041\nTAGS: PREL, PGOV\nSUBJECT: HARBOR \nTALKS \n\nREF: A. OSLO 1 B. ROME\n2\n\n"
    text = "Classified By: DCM Ada Marlowe for reasons\n1.4 (b)\n\nSUMMARY\n-------\n\n1. (C) Orleo\nagreed.\n\nTALKS\n-----\n\n2. (C) So.\n\n"
    plain = Cable.from_text(HEAD + head + text + "HALLOWAY\n", header=header)
    escaped = [part.replace("\n", " \\\n") for part in (HEAD + head + text + "HALLOWAY\n", header)]
    cable = Cable.from_text(escaped[0], header=escaped[1])
    for name in (
        "recipients",
        "info_recipients",
        "tags",
        "subject",
        "classified_by",
        "summary",
        "signed_by",
        "declassify_on",
    ):
        assert getattr(cable, name) == getattr(plain, name)
    assert [r.value for r in cable.references] == ["31OSLO1", "31ROME2"] == [r.value for r in plain.references]
    laws.tiling(cable)


def test_no_summary_is_read_into_a_sentence():
    for words in (
        "In summary - no.",
        "The summary; of talks.",
        "The weekendsummary. is lost",
        "He gave a summary (C): no.",
    ):
        assert Cable.from_text(f"SUBJECT: X\n\n1. (C) {words}\n").summary is None


@pytest.mark.parametrize(
    "label", ["Summary --", "SUMMARY", "Summary/Action Request:", "Introduction and Summary:", "BEGIN SUMMARY:"]
)
def test_summaries(label):
    assert Cable.from_text(f"SUBJECT: X\n\n1. (C) {label} Orleo agreed. END SUMMARY.\n").summary == "Orleo agreed."


def test_a_header_may_begin_in_the_middle_or_under_a_class_line():
    form = "CONFIDENTIAL  PTQ1859\n\nPAGE 01        PORT M  00117  01 OF 03  040912Z\nACTION EUR-00\n\n"
    header = "INFO  LOG-00   AF-00\n      /037 W\n------------------57D37C  040915Z /38\nP 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC 0012\n\n"
    for start in (form + header, header, header.partition("\n")[2]):
        cable = Cable.from_text(start + HEAD + "SUBJECT: X" + TEXT)
        assert (cable.reference_id, cable.subject) == ("31PORTMERIDIAN117", "X")
        assert [b.kind.value for b in cable.telegram.blocks if b.kind != "blank"][:2] == ["transmission", "marking"]
    middle = Cable.from_text(
        "RUEHNY/AMEMBASSY OSLO PRIORITY 0012\nINFO RUEHRO/AMEMBASSY ROME\n\n" + HEAD + "SUBJECT: X" + TEXT
    )
    assert ([a.name for a in middle.recipients], [a.name for a in middle.info_recipients]) == (
        ["AMEMBASSY OSLO"],
        ["AMEMBASSY ROME"],
    )


def test_a_number_is_no_bullet_where_a_sentence_is_cut_off():
    words = "(C) Minister Orleo told the Ambassador that he wants two more weeks for the"
    assert Cable.from_text(f"SUBJECT: X\n\n1. {words}\n\n2. (C) So.\n").paragraphs[0].is_broken
    assert not Cable.from_text(f"SUBJECT: X\n\n1. (C) So:\n\n- {words}\n\n2. (C) So.\n").paragraphs[0].is_broken


def test_numbers_of_addressees():
    header = "TO RUEHC / SECSTATE WASHDC PRIORITY 1\nRUEHNY/AMEMBASSY OSLO IMMEDIATE\n0012\nINFO AMEMBASSY ROME,\n"
    cable = Cable.from_text("", header=header)
    assert [(a.route, a.name, a.precedence, a.mcn) for a in (*cable.recipients, *cable.info_recipients)] == [
        ("RUEHC", "SECSTATE WASHDC", "PRIORITY", "1"),
        ("RUEHNY", "AMEMBASSY OSLO", "IMMEDIATE", "0012"),
        (None, "AMEMBASSY ROME", None, None),
    ]
