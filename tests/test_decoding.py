"""Bytes to text and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableformat.decoding import decode, encode
from cableformat.testing import texts


@given(
    st.one_of(st.binary(), texts().map(str.encode)),
    st.sampled_from((None, "utf-8", "latin-1", "utf-16", "utf-7", "rot13", "no such")),
)
@example(bytes(range(256)), None)
@example(b"+2AA-", "utf-7")
def test_any_bytes_come_back(data, declared):
    text, charset = decode(data, declared)
    text.encode()
    if charset in {"utf-8", "windows-1252"}:
        assert encode(text, charset) == data
    else:
        assert text.encode(charset) == data


@given(texts(), st.sampled_from((None, "utf-8", "windows-1252", "nonsense")))
@example("Ã©", "windows-1252")
def test_any_text_comes_back(text, charset):
    assert decode(encode(text, charset))[0] == text


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (b"\xb61.", None, ("¶1.", "windows-1252")),
        ("¶1.".encode(), None, ("¶1.", "utf-8")),
        ("¶1.".encode(), "utf-16", ("¶1.", "utf-8")),
        (b"\x81\x92", None, ("\x81’", "windows-1252")),
        (b"caf\xe9", "iso-8859-2", ("café", "iso-8859-2")),
        (b"\xef\xbb\xbfx", None, ("\ufeffx", "utf-8")),
    ],
)
def test_which_encoding(data, declared, expected):
    assert decode(data, declared) == expected
