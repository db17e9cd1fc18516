from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.marking import captions, classification, mrn, section
from cableformat.telegram.values import Region
from cableformat.telegram.vocabulary import rows
from cableformat.telegram.words import any_spaced
from cableformat.text import Part

LEVELS = sorted(row["spelling"] for row in rows("classifications"))


def region(text):
    return Region(Part("body", "body", text), 0, len(text))


def stands(value, text):
    return value.raw == text[value.where.start : value.where.end]


@pytest.mark.parametrize(
    ("text", "level", "number", "part", "words"),
    [
        ("UNCLAS PORT MERIDIAN 000117", "UNCLASSIFIED", "PORT MERIDIAN 000117", None, []),
        (
            "C O N F I D E N T I A L SECTION 01 OF 03 RIO DE JANEIRO 000117 NOFORN, SIPDIS",
            "CONFIDENTIAL",
            "RIO DE JANEIRO 000117",
            (1, 3),
            ["NOFORN", "SIPDIS"],
        ),
        (
            "S E C R E T SECTION 02 of 04 HO CHI MINH CITY 00117",
            "SECRET",
            "HO CHI MINH CITY 00117",
            (2, 4),
            [],
        ),
        ("E C R E T OSLO 0117", "SECRET", "OSLO 0117", None, []),
        ("O N F I D E N T I A L  OSLO 000117 ", "CONFIDENTIAL", "OSLO 000117", None, []),
        ("UNCLAS EFTO OSLO 000117", "UNCLASSIFIED", "OSLO 000117", None, ["EFTO"]),
        ("LIMITED OFFICIAL USE  OSLO 00117", "LIMITED OFFICIAL USE", "OSLO 00117", None, []),
        ("\t\tTOP SECRET STATE 000117", "TOP SECRET", "STATE 000117", None, []),
        ("CONFIDENTIAL//NOFORN", "CONFIDENTIAL", None, None, ["NOFORN"]),
        ("STADIS////////", None, None, None, ["STADIS"]),
        ("C O R R E C T E D  C O P Y (PARA 3)", None, None, None, ["CORRECTED COPY"]),
        ("FOR MARLOWE ONLY", None, None, None, ["FOR MARLOWE ONLY"]),
        ("", None, None, None, []),
    ],
)
def test_classification_lines(text, level, number, part, words):
    read = [getattr(reader(region(text)), "value", None) for reader in (classification, mrn, section)]
    assert read == [level, number, part]
    assert [caption.value for caption in captions(region(text))] == words


WORDS = st.sampled_from(
    [
        "SECRET",
        "S E C R E T",
        "UNCLAS",
        "SECTION 01 OF 02",
        "PORT MERIDIAN",
        "000117",
        "SIPDIS",
        "FOR",
        "ONLY",
        "\r",
    ]
)


@given(st.text() | st.lists(WORDS | st.text(max_size=3)).map(" ".join))
def test_any_text_is_read_and_each_raw_stands_where_it_says(text):
    values = [classification(region(text)), mrn(region(text)), section(region(text)), *captions(region(text))]
    assert all(stands(value, text) for value in values if value)


@given(
    st.sampled_from(LEVELS),
    st.lists(st.sampled_from(["", "", " ", "  ", "\t", "   "]), min_size=24, max_size=24),
    st.sampled_from(["", "X", " L", "  SECTION 01", ".", "ſ"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_level_is_the_longest_spelling_whose_letters_stand_there(spelling, gaps, behind, case):
    letters = "".join(gap + letter for gap, letter in zip(gaps, spelling, strict=False)).lstrip()
    text = case(letters + behind)[:60]
    fits = re.match(rf"{any_spaced(LEVELS)}(?![A-Za-z])", text, 0 if text.isupper() else re.IGNORECASE)
    value = classification(region(text))
    assert (value.raw if value else None) == (fits[0] if fits else None)
