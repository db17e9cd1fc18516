"""The laws, over every format that is installed."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableformat import formats, read
from cableformat.decoding import decode
from cableformat.testing import LAWS, PROFILES, cables, laws, realistic_cables, texts
from cableformat.testing.conformance import subject_of, try_law

PROFILE = attrs.evolve(
    PROFILES["quick"], examples=settings.default.max_examples, derandomise=settings.default.derandomize, seconds=900.0
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name.replace(" ", "-"))
@pytest.mark.parametrize("known", formats(), ids=lambda known: known.name)
def test_law(known, law):
    outcome = try_law(law, subject_of(known), PROFILE)
    if outcome.status == "does not apply":
        pytest.skip(outcome.detail)
    assert outcome.passed, str(outcome)


def test_the_laws_of_splitting_and_joining_have_formats_to_hold_to():
    assert {"jsonl", "cables-csv", "parquet"} <= {known.name for known in formats() if known.splitter}
    assert {"jsonl", "parquet"} <= {known.name for known in formats() if known.joiner}


@given(st.one_of(cables(), realistic_cables()))
def test_codec(cable):
    laws.codec(cable)


@given(st.one_of(cables(), realistic_cables()))
def test_tiling(cable):
    laws.tiling(cable)


@given(st.data(), texts())
def test_locality(data, text):
    cable = data.draw(st.one_of(cables(), realistic_cables()))
    for part in cable.parts:
        laws.locality(cable, part.id, text)


@pytest.mark.parametrize("known", formats(), ids=lambda known: known.name)
@pytest.mark.parametrize(
    "data",
    [
        b"1. \n" * 250_000,
        b"[" * 1_000_000,
        b"<div>" * 100_000,
        b"Cable title:\npdf how-to read a cable\n" * 20_000,
        b'<meta name="generator" content="cableformat-html 1"><section data-part="a" data-role="b"><span class="t">'
        * 5_000,
    ],
    ids=lambda data: data[:20].decode("latin-1"),
)
def test_totality_of_large_inputs(known, data):
    laws.totality(known, data)


@given(cable=cables(), known=st.sampled_from([known for known in formats() if known.writer]))
def test_a_format_that_is_named_is_obeyed(cable, known):
    data, _ = laws.written(known, (cable,))
    back = read(data, "text")
    assert back.source.format == "text"
    assert decode(data) == (back.text, back.source.charset)
