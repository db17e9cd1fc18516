"""Patterns made of words, and words that are near each other, against what they stand for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.labels import slips
from cableformat.telegram.spelling import Vocabulary, distance
from cableformat.telegram.vocabulary import rows
from cableformat.telegram.words import any_spaced

LETTERS = st.text(st.sampled_from("ABCE"), max_size=7)
POSTS = sorted({row["post"] for row in rows("posts")})


@st.composite
def edited(draw, words):
    """A word with some slips."""
    word = list(draw(words))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(word)))
        word[at : at + draw(st.integers(0, 2))] = draw(st.text(st.sampled_from("AEINOST"), max_size=2))
    return "".join(word)


@given(LETTERS.filter(bool), LETTERS)
def test_a_slip_is_a_distance_of_one(word, other):
    assert bool(re.fullmatch(slips(word), other)) == (distance(word, other) <= 1)


@given(LETTERS.filter(bool), st.integers(0, 6), st.sampled_from("7a"))
def test_a_letter_may_be_mistaken_for_what_the_class_says(word, at, wrong):
    at %= len(word)
    mistaken = f"{word[:at]}{wrong}{word[at + 1 :]}"
    assert re.fullmatch(slips(word), mistaken)
    assert bool(re.fullmatch(slips(word, "A-Z"), mistaken)) == (wrong == "7")


@given(
    st.lists(LETTERS.filter(bool), min_size=1), LETTERS, st.lists(st.sampled_from(["", " ", "\t ", "   "]), min_size=7)
)
def test_of_spaced_words_the_longest_is_taken(words, text, gaps):
    shown = "".join(f"{letter}{gap}" for letter, gap in zip(text, gaps, strict=False))
    plain = [r"[ \t]{0,2}".join(word) for word in sorted(words, key=len, reverse=True)]
    expected, found = (re.match(pattern, shown) for pattern in ("|".join(plain), any_spaced(words)))
    assert (found and found.span()) == (expected and expected.span())


@given(edited(st.sampled_from(POSTS)))
def test_the_nearest_word_is_nearest_of_all(word):
    posts = Vocabulary({post: post for post in POSTS})
    expected = None
    for most in range(1, (2 if len(word) >= 9 else 1) + 1):
        close = [post for post in POSTS if len(post) >= (4, 9)[most - 1] and distance(word, post) == most]
        if len(close) > 1:
            longer = [post for post in close if len(post) > len(word)]
            expected = longer[0] if len(longer) == 1 else None
        elif close:
            expected = close[0]
        if close:
            break
    assert posts.nearest(word) == (expected if len(word) >= 3 else None)
