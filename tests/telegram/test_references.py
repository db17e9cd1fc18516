from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.references import references
from cableformat.telegram.values import Region
from cableformat.text import Part


def region(text):
    return Region(Part("body", "body", text), 0, len(text))


def stands(value, text):
    return value.raw == text[value.where.start : value.where.end]


def read(text, year=2031):
    return [(each.bullet, each.kind, each.value) for each in references(region(text), year)]


def cables(text, year=2031):
    return [each.value for each in references(region(text), year) if each.kind == "CABLE"]


@pytest.mark.parametrize(
    "bullets",
    [
        "A. OSLO 12 B. OSLO 13",
        "A) OSLO 12;B) OSLO 13",
        "(A) OSLO 12 \n     (B) OSLO 13",
        "[A] OSLO 12, [B] OSLO 13",
        "A.) OSLO 12\n¶B.) OSLO 13",
        "A. OSLO 12 \n \n-  (B) OSLO 13",
        "A. A) OSLO 12 B. B) OSLO 13",
        "A. REF A: OSLO 12 B. REF B: OSLO 13",
        "A OSLO 12, B OSLO 13",
        "a. oslo 12\nb. oslo 13",
    ],
)
def test_bullets(bullets):
    assert read(f"REF: {bullets}") == [("A", "CABLE", "31OSLO12"), ("B", "CABLE", "31OSLO13")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REF: OSLO 000012", ["31OSLO12"]),
        ("REF: 30 OSLO 12", ["30OSLO12"]),
        ("REF: 2030 OSLO 012", ["30OSLO12"]),
        ("REF: '30 OSLO 12", ["30OSLO12"]),
        ("REF: 30-OSLO-12", ["30OSLO12"]),
        ("REF: 30OSLO12; 29OSLO13", ["30OSLO12", "29OSLO13"]),
        ("REF: OSLO 1212-30", ["30OSLO1212"]),
        ("REF: OSLO 1212/30", ["30OSLO1212"]),
        ("REF: OSLO (30) 1212", ["30OSLO1212"]),
        ("REF: OSLO CABLES 0266 AND 02259 (2030)", ["31OSLO266", "30OSLO2259"]),
        ("REF: OSLO 12 AND 13, 14 & ROME 15", ["31OSLO12", "31OSLO13", "31OSLO14", "31ROME15"]),
        ("REF: 30 OSLO 12 AND 13", ["30OSLO12", "30OSLO13"]),
        ("Ref: 870 Oslo", ["31OSLO870"]),
        ("REF: OSLO687", ["31OSLO687"]),
        ("REF: OSLO #3565", ["31OSLO3565"]),
        ("REF: (A) OSLO O1512, (B)O4 OSLO 12", ["31OSLO1512", "04OSLO12"]),
        ("REF: OSLO (C)02293", ["31OSLO2293"]),
        ("REF: STATE: 73097", ["31STATE73097"]),
        ("REF: SECSTATE 12 (NOTAL) AND PREVIOUS", ["31STATE12"]),
        ("REF: REFTEL: UNCLASS PORT MERIDIAN 117", ["31PORTMERIDIAN117"]),
        ("REF: PORT MERIDIAN 117 (TALKS ON PIER 9)  SAINT ORRIN 9", ["31PORTMERIDIAN117", "31SAINTORRIN9"]),
        ("REF: RIO DE JAN 138", ["31RIODEJANEIRO138"]),
        ("REF: A. OSLO 12 STATE 00016220 001.2 OF 005 B. OSLO 13", ["31OSLO12", "31OSLO13"]),
        ("REF: A. OSLO 12 C. 30 \n \nOSLO 13", ["31OSLO12", "30OSLO13"]),
        ("REF: OSLO 12\n\n1. (U) In 2030 Oslo 40 people met.", ["31OSLO12"]),
        ("REF: MARLOWE E-MAIL OF OCTOBER 14", []),
        ("REF: EXAMPLE MSG DTG 301601z SEP 30", []),
        ("", []),
    ],
)
def test_cables(text, expected):
    assert cables(text) == expected


def test_unclassed_words_before_a_post_do_not_hide_it():
    assert cables("REF: UNCLASS OSLO 12") == ["31OSLO12"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("MARLOWE E-MAIL 12/01/30", "EMAIL"),
        ("MARLOWE/ORRIN TELCON 02/16/2030", "TEL"),
        ("9 FAM Appendix K, 406 (6)", "BOOK"),
        ("2030 HUMAN RIGHTS REPORT FOR ZAMORA", "REPORT"),
        ("LETTER FROM MARLOWE DATED MAY 5, 2030", "LETTER"),
        ("STATE CA-3400 NOV 2, 1966", "AIRGRAM"),
    ],
)
def test_what_is_no_cable_is_its_words(words, kind):
    assert read(f"REF: {words}") == [(None, kind, words)]


def test_without_a_year_the_words_are_the_value():
    assert read("REF: OSLO  0012; 30 OSLO 13", None) == [
        (None, "CABLE", "OSLO 0012"),
        (None, "CABLE", "30OSLO13"),
    ]


def _cables(case):
    return list(dict.fromkeys(cables(case["text"], case["year"])))


def _full(case):
    names = ("bullet", "kind", "value")
    return [dict(zip(names, each, strict=True)) for each in read(case["text"], case["year"])]


PIECES = st.sampled_from(
    [
        "REF:",
        "A.",
        "(B)",
        "OSLO",
        "30",
        "AND",
        ",",
        ";",
        "0012",
        "-30",
        "(2030)",
        "/",
        "E-MAIL",
        "\r",
        "\n \n",
        "#",
        "'",
        "O4",
    ]
)


@given(st.text() | st.lists(PIECES | st.text(max_size=4)).map(" ".join), st.none() | st.integers(1900, 2100))
def test_any_text_is_read_and_each_raw_stands_where_it_says(text, year):
    assert all(stands(each, text) for each in references(region(text), year))


@given(st.lists(PIECES).map("".join))
def test_glued_pieces_are_read_as_well(text):
    assert all(stands(each, text) for each in references(region(text), 2031))
