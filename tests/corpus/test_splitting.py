"""Reading the pieces of a file, one after the other, gives what reading it whole gives."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableformat import Input, Report, plugins
from cableformat.conversion import read_with, write_with
from cableformat.errors import FormatError
from cableformat.registry import Sink
from cableformat.testing import cables

_SPLIT = [known.name for known in plugins.registry().formats if known.splitter]
_JOINED = [known.name for known in plugins.registry().formats if known.joiner]


def _read(known, source, report):
    return list(read_with(known, source, known.parse_options(), report))


def _written(known, made):
    stream = io.BytesIO()
    write_with(known, made, Sink(stream, "x"), known.parse_options(), Report())
    return stream.getvalue()


def _pieces(known, data, size):
    whole = Input.from_bytes(data, "x")
    for piece in known.load_splitter()(whole, size):
        part = Input.from_bytes(piece.data, "x")
        part.first_line, part.sha256 = piece.line, whole.sha256
        yield part


def _said(report):
    return [(event.kind, event.path, event.reason) for event in report.events]


def _same(known, data, size):
    whole, parts = Report(), Report()
    expected = _read(known, Input.from_bytes(data, "x"), whole)
    pieces = list(_pieces(known, data, size))
    assert b"".join(piece.read() for piece in pieces) == data
    assert [cable for piece in pieces for cable in _read(known, piece, parts)] == expected
    assert _said(parts) == _said(whole)
    return pieces


@pytest.mark.parametrize("name", _SPLIT)
@given(made=st.lists(cables(), max_size=6), size=st.integers(1, 2000))
def test_pieces_give_what_the_whole_gives(name, made, size):
    known = plugins.registry().get(name)
    pieces = _same(known, _written(known, made), size)
    if size == 1:
        assert len(pieces) == len(made)


@given(
    lines=st.lists(
        st.sampled_from(["", "no row", '"1","2","3"', '"a","b","c","d","e","f","g","h"', '"', '"1","x","']), max_size=9
    ),
    size=st.integers(1, 90),
    end=st.sampled_from(["", "\n", "\r\n"]),
)
def test_pieces_of_a_damaged_dump_say_the_same(lines, size, end):
    known = plugins.registry().get("cables-csv")
    data = "\n".join(lines).encode() + end.encode()
    try:
        _read(known, Input.from_bytes(data, "x"), Report())
    except FormatError:
        return
    _same(known, data, size)


_TABLE_SPLITTING = pytest.importorskip("cableformat_table.splitting", reason="cableformat-table is not installed")
_ODD = st.sampled_from(
    [
        *('"', '","', "\n", "\r\n", "\\", '\\"', '""', ",", "x", "\ufeff"),
        '"1","2","3","4","5","6","7","8"\n',
        '"1","\n",",",",",",",",",",","8"\n',
        '"\n"17","x","',
        '"1","',
    ]
)


@pytest.mark.parametrize("name", ["cables-csv"])
@given(made=st.lists(cables(), max_size=6), size=st.integers(1, 2000))
def test_large_pieces_give_what_the_whole_gives(name, made, size):
    known = plugins.registry().get(name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_TABLE_SPLITTING, "LARGE", 1)
        _same(known, _written(known, made), size)


@given(pieces=st.lists(_ODD, max_size=30), size=st.integers(1, 60))
@settings(max_examples=150)
def test_large_pieces_of_a_damaged_dump_say_the_same(pieces, size):
    known = plugins.registry().get("cables-csv")
    data = "".join(pieces).encode()
    try:
        _read(known, Input.from_bytes(data, "x"), Report())
    except FormatError:
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_TABLE_SPLITTING, "LARGE", 1)
        _same(known, data, size)


def test_there_are_formats_to_try():
    assert {"jsonl", "cables-csv"} <= {*_SPLIT}
    assert {"jsonl", "parquet"} <= {*_JOINED}


@pytest.mark.parametrize("name", _JOINED)
@settings(max_examples=30)
@given(made=st.lists(st.lists(cables(), max_size=3), max_size=3))
def test_joined_files_give_the_cables_of_all(name, made):
    known = plugins.registry().get(name)
    stream = io.BytesIO()
    files = (Input.from_bytes(_written(known, some), "x") for some in made)
    known.load_joiner()(files, Sink(stream, "x"), known.parse_options())
    assert _read(known, Input.from_bytes(stream.getvalue(), "x"), Report()) == [c for some in made for c in some]
