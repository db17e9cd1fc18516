"""The laws, over every format that is installed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableformat import Cable, Part, Record, Source, dumps, formats, read
from cableformat.decoding import decode
from cableformat.plugins import registry
from cableformat.testing import cables, hostile_bytes, laws, realistic_cables, texts

FORMATS = formats()
NAMES = [known.name for known in FORMATS]
WRITERS = [known for known in FORMATS if known.reader and known.writer]

writers = pytest.mark.parametrize("known", WRITERS, ids=lambda known: known.name)
readers = pytest.mark.parametrize("known", FORMATS, ids=NAMES)


def batches(known):
    """As many cables as a file of the format holds: any, realistic ones too."""
    cable = st.one_of(cables(), realistic_cables())
    if known.cardinality == "one":
        return st.tuples(cable)
    return st.lists(cable, max_size=2).map(tuple)


def option_sets(known):
    """The options to try: none given, and each switch the other way."""
    switches = [option for option in known.options.__attrs_attrs__ if isinstance(option.default, bool)]
    return [None, *({option.name: not option.default} for option in switches)]


@given(st.one_of(cables(), realistic_cables()))
def test_tiling(cable):
    laws.tiling(cable)


@given(st.data())
@writers
def test_round_trip(known, data):
    laws.round_trip(known, data.draw(batches(known)))


@given(realistic_cables())
@writers
def test_round_trip_of_realistic_cables(known, cable):
    laws.round_trip(known, (cable,))


@writers
def test_round_trip_of_long_and_of_no_text(known):
    line = "Minister Orleo \u2019wants\u2019 two more weeks\x07.\r\n"
    laws.round_trip(known, (Cable.from_text(line * (1024 * 1024 // len(line))),))
    laws.round_trip(known, (Cable(),))
    laws.round_trip(known, (Cable.from_text(""),))


@given(st.data())
@writers
def test_honesty(known, data):
    for options in option_sets(known):
        laws.honesty(known, data.draw(batches(known)), options)


@given(st.data())
@writers
def test_stability(known, data):
    for options in option_sets(known):
        laws.stability(known, data.draw(batches(known)), options)


@settings(max_examples=settings.default.max_examples // 8)  # there are as many pairs as formats squared
@given(cables())
@pytest.mark.parametrize("one", WRITERS, ids=lambda known: known.name)
@pytest.mark.parametrize("other", WRITERS, ids=lambda known: known.name)
def test_every_pair(one, other, cable):
    laws.every_pair(one, other, cable)


@given(st.one_of(realistic_cables(), cables()))
@writers
def test_replay(known, cable):
    laws.replay(known, laws.written(known, (cable,))[0])


@given(hostile_bytes())
@readers
def test_replay_of_what_nobody_wrote(known, data):
    laws.replay(known, data)


@given(cables())
@writers
def test_recognition(known, cable):
    laws.recognition(known, cable, registry(), realistic=False)


@given(realistic_cables())
@writers
def test_recognition_of_realistic_cables(known, cable):
    laws.recognition(known, cable, registry(), realistic=True)


@given(hostile_bytes())
@readers
def test_totality(known, data):
    laws.totality(known, data)


@readers
@pytest.mark.parametrize(
    "data",
    [
        b"x" * 1_000_000,
        b"\n" * 1_000_000,
        b"1. " * 300_000,
        b"1. \n" * 250_000,
        b"[" * 1_000_000,
        b"<div>" * 100_000,
        b"\x00\xff" * 500_000,
        b"Cable title:\npdf how-to read a cable\n" * 20_000,
        b'<meta name="generator" content="cableformat-html 1"><section data-part="a" data-role="b"><span class="t">'
        * 5_000,
        b'{"cableformat":"1.0"}\n' * 40_000,
    ],
    ids=lambda data: data[:20].decode("latin-1"),
)
def test_totality_of_large_inputs(known, data):
    laws.totality(known, data)


@given(st.data(), texts())
def test_locality(data, text):
    cable = data.draw(st.one_of(cables(), realistic_cables()))
    for part in cable.parts:
        laws.locality(cable, part.id, text)


@given(st.data())
@writers
def test_determinism(known, data):
    laws.determinism(known, data.draw(batches(known)))


_ELSEWHERE = """
import sys
from cableformat import formats, read_all
from cableformat.testing import laws
import hashlib
cables = list(read_all(sys.stdin.buffer, "jsonl"))
for known in formats():
    if known.writer:
        for cable in cables:
            print(known.name, hashlib.sha256(laws.written(known, (cable,))[0]).hexdigest())
"""


def test_determinism_in_other_processes():
    sample = (
        Cable(),
        Cable(
            Record(created="2031", extra=(("b", "1"), ("a", "2"))),
            (Part("header", "header", "h"), Part("body", "body", "1. (C) \x07 \U0001f4dc\n")),
            extensions={
                "zeta": '{"b":1,"a":{"d":1,"c":2}}',
                "alpha": "[]",
                "cableformat.members": '{"record":{"y":1,"x":2}}',
            },
            source=Source("text", name="a"),
        ),
    )
    here = [
        f"{known.name} {hashlib.sha256(laws.written(known, (cable,))[0]).hexdigest()}"
        for known in FORMATS
        if known.writer
        for cable in sample
    ]
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE],
            input=b"".join(dumps(cable, compact=True) for cable in sample),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().split("\n")[:-1] == here


@given(cable=cables(), known=st.sampled_from(WRITERS))
def test_a_format_that_is_named_is_obeyed(cable, known):
    data, _ = laws.written(known, (cable,))
    back = read(data, "text")
    assert back.source.format == "text"
    assert decode(data) == (back.text, back.source.charset)
