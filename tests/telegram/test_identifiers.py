from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.errors import ModelError
from cableformat.telegram.identifiers import (
    canonical_id,
    canonical_post,
    identifier,
    is_canonical,
    known_post,
)
from cableformat.telegram.vocabulary import rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31PORTMERIDIAN117", "31PORTMERIDIAN117"),
        ("31 Port Meridian 000117", "31PORTMERIDIAN117"),
        ("2031PORT-MERIDIAN00117", "31PORTMERIDIAN117"),
        ("31AMEMBASSYOSLO9", "31OSLO9"),
        ("31EFTOOSLO9", "31OSLO9"),
        ("31SIFIEDOSLO9", "31OSLO9"),
        ("31SECTION01OF03OSLO9", "31OSLO9"),
        ("31SECTI0N01OF03OSLO9", "31OSLO9"),
        ("31SECTION010F03OSLO9", "31OSLO9"),
        ("31BRUSSEL9", "31BRUSSELS9"),
        ("31ECTIN01OF03OSLO9", "31OSLO9"),
        ("3101OF02OSLO9", "31OSLO9"),
        ("3131OSLO9", "31OSLO9"),
        ("31OSLO000009ZDK12", "31OSLO9"),
        ("31OSLO000009SUSPECTEDDUPLICATE12", "31OSLO12"),
        ("31REYKJ9", "31REYKJAVIK9"),
        ("31REYKJVAIK9", "31REYKJAVIK9"),
        ("1975NEWDE12211", "75NEWDELHI12211"),
        ("1975STATE036519", "75STATE36519"),
        ("31SÃOPAULO9", "31SAOPAULO9"),
    ],
)
def test_a_malformed_identifier_is_mended(text, expected):
    assert canonical_id(text) == expected
    assert is_canonical(expected)


@pytest.mark.parametrize("text", ["", "OSLO 000009", "31OSLO", "31", "x" * 300, "31OSLO123456789012", "\ud800"])
def test_what_is_no_identifier_is_an_error_that_says_what_one_looks_like(text):
    with pytest.raises(ModelError, match="05ALMATY1993"):
        canonical_id(text)
    assert not is_canonical(text)


def test_a_post_that_nobody_knows_is_only_folded():
    assert canonical_post("Saint-Orrin") == "SAINTORRIN"
    assert known_post("Saint-Orrin") is None


def test_a_truncation_that_fits_several_posts_is_left_alone():
    assert canonical_post("SAN") == "SAN"


def test_a_closed_consulate_does_not_hide_the_embassy_that_is_as_near():
    assert canonical_post("MANIL") == "MANILA"


def test_every_post_is_its_own_canonical_name():
    posts = [row["post"] for row in rows("posts")]
    assert [canonical_post(post) for post in posts] == posts
    assert [canonical_post(row["name"]) for row in rows("posts")] == posts


def test_an_identifier_has_no_leading_zeros():
    assert identifier(2031, "Port Meridian", "000117") == "31PORTMERIDIAN117"
    assert identifier(1907, "OSLO", "000") == "07OSLO0"


@given(st.text(max_size=60))
def test_any_text_is_an_identifier_or_a_model_error(text):
    try:
        found = canonical_id(text)
    except ModelError:
        return
    assert canonical_id(found) == found


@given(st.sampled_from([row["post"] for row in rows("posts")]), st.integers(0, 99), st.integers(1, 999999))
def test_canonical_identifiers_stay(post, year, serial):
    text = f"{year:02}{post}{serial}"
    assert canonical_id(text) == text


def test_words_before_an_unknown_post_are_left_out():
    assert canonical_post("AMEMBASSY PORT MERIDIAN") == "PORTMERIDIAN"
    assert canonical_id("31EMBASSYEMBASSYPORTMERIDIAN9") == "31PORTMERIDIAN9"
    assert canonical_post("EMBASSY" * 9000) == "EMBASSY" * 9000
