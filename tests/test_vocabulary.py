"""What the words of telegrams mean."""

from __future__ import annotations

import pytest

from cableformat import Identifier, ModelError, explain, terms
from cableformat.vocabulary import KINDS


@pytest.mark.parametrize(
    ("term", "kind", "words"),
    [
        ("SIPDIS", "caption", "SIPRNet"),
        ("PREL", "tag", "external political relations"),
        ("1.4(b)", "reason", "foreign government"),
        ("NOFORN", "caption", "foreign nationals"),
        ("RUEHC", "route", "STATE"),
        ("IMMEDIATE", "precedence", "at once"),
        ("O", "precedence", "immediate"),
        ("(S//NF)", "mark", "Secret; not releasable"),
        ("C", "mark", "Confidential"),
        ("GP-3", "downgrading", "twelve years"),
        ("ZNY", "signal", "circuits"),
        ("Kuala Lumpur", "post", "MY"),
    ],
)
def test_a_word_is_explained(term, kind, words):
    found = explain(term)
    assert (found.kind, words in found.meaning) == (kind, True), found
    assert found.source
    assert explain(term, kind) == found


def test_every_term_explains_itself_and_has_a_source():
    for kind in KINDS:
        assert terms(kind)
        for term in terms(kind):
            assert term.meaning
            assert term.source
            assert explain(term.term, kind) is not None, term


def test_an_organisation_is_explained_by_its_name():
    said = {term.term: term.meaning for term in terms("tag")}
    assert said["NATO"] == "North Atlantic Treaty Organization"
    assert not any(term.meaning == term.term.lower() for term in terms("tag") if "organisation TAGS" in term.source)


def test_other_words_are_not_explained():
    assert explain("HALLOWAY") is None
    assert explain("PREL", "caption") is None
    assert explain("") is explain("()") is None
    for read in (lambda: terms("colour"), lambda: explain("PREL", "colour")):
        with pytest.raises(ModelError, match=r"colour.*caption"):
            read()


def test_identifiers_compare_and_sort():
    ids = ["09OSLO10", "09OSLO9", "10OSLO1", "75OSLO99", "09BAKU11"]
    assert [str(i) for i in sorted(map(Identifier.parse, ids))] == [
        "75OSLO99",
        "09BAKU11",
        "09OSLO9",
        "09OSLO10",
        "10OSLO1",
    ]
    assert Identifier.parse("2009AMEMBASSY OSLO 00010") == Identifier(2009, "OSLO", 10)
    with pytest.raises(ModelError):
        Identifier.parse("OSLO")
