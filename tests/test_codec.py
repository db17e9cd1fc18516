"""Law 1, and what the canonical document does with versions, strangers and damage."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from hypothesis import example, given

from cableformat import Cable, FormatError, ModelError, Part, Record, dumps, loads
from cableformat.codec import UNKNOWN_MEMBERS, schema
from cableformat.testing import cables, laws


@given(cables())
@example(Cable(extensions={UNKNOWN_MEMBERS: '{"document":{"later":1}}'}))
@example(Cable(extensions={UNKNOWN_MEMBERS: '{"document":{"record":1}}'}))
@example(Cable(extensions={UNKNOWN_MEMBERS: '{"parts[gone]":{"later":1}}'}))
@example(Cable(extensions={UNKNOWN_MEMBERS: '{"record":{}}'}))
@example(Cable(extensions={"x": "-0.0"}))
def test_codec(cable):
    laws.codec(cable)


@given(cables(), cables())
@example(Cable(), Cable(Record(origin="")))
@example(Cable(extensions={"x": "1"}), Cable(extensions={"x": "true"}))
@example(Cable(extensions={"x": "1"}), Cable(extensions={"x": "1.0"}))
@example(
    Cable(parts=(Part("a", "a", ""), Part("b", "a", ""))),
    Cable(parts=(Part("b", "a", ""), Part("a", "a", ""))),
)
def test_bytes_and_diff_tell_cables_apart(one, other):
    laws.codec_tells_apart(one, other)
    laws.codec_tells_apart(one, loads(dumps(one)))


def test_members_of_a_newer_minor_version_are_kept_where_they_stood():
    document = {
        "cableformat": "1.7",
        "record": {"created": "2031", "mood": "calm"},
        "parts": [{"id": "body", "role": "body", "text": "x", "hand": {"b": 1, "a": 2}}],
        "annotations": [
            {"part": "body", "start": 0, "end": 1, "kind": "y"},
            {"part": "body", "start": 0, "end": 1, "kind": "x", "sure": 0.5},
        ],
        "source": {"format": "text", "shelf": None},
        "later": [1],
    }
    cable = loads(json.dumps(document))
    assert cable.record.created == "2031"
    back = json.loads(dumps(cable))
    assert back["later"] == [1]
    assert back["record"]["mood"] == "calm"
    assert back["parts"][0]["hand"] == {"a": 2, "b": 1}
    assert back["annotations"][1]["sure"] == 0.5
    assert back["source"]["shelf"] is None
    assert back["extensions"] == {}
    assert json.loads(dict(cable.extensions)[UNKNOWN_MEMBERS]) == {
        "document": {"later": [1]},
        "record": {"mood": "calm"},
        "parts[body]": {"hand": {"a": 2, "b": 1}},
        "annotations[1]": {"sure": 0.5},
        "source": {"shelf": None},
    }
    assert loads(dumps(cable)) == cable


@pytest.mark.parametrize(
    "members",
    [
        '{"parts[body]":{"hand":1}}',
        '{"document":{"later":1},"parts[body]":{"hand":1}}',
        '{"document":{"record":1}}',
        '{"record":{}}',
        '{"record":1}',
        "[1]",
        "{}",
    ],
)
def test_members_that_lost_their_place_stay_an_extension(members):
    document = json.loads(dumps(Cable(extensions={UNKNOWN_MEMBERS: members})))
    assert document["extensions"] == {UNKNOWN_MEMBERS: json.loads(members)}
    assert "later" not in document


@pytest.mark.parametrize(
    ("data", "words", "where"),
    [
        (b"", "Not valid JSON", "line 1, column 1"),
        (b'{\n  "cableformat": "1.0",\n  "record": {', "Not valid JSON", "line 3, column 14"),
        (b'{"cableformat": "1.0", "record"\xff', "Not valid UTF-8", "byte 31"),
        (b"[1]", 'no member "cableformat"', "at the top"),
        (
            b'{"cableformat": "2.0"}',
            "schema version 2.0, and this cableformat reads up to 1.x",
            "at cableformat",
        ),
        (b'{"cableformat": "0.9"}', "no schema version 0.9", "at cableformat"),
        (b'{"cableformat": 1.0}', "must be a version", "at cableformat"),
        (b'{"cableformat": "1.0", "grammar": "us", "grammar": "uk"}', "twice in one object", "line 1"),
        (b'{"cableformat": "1.0", "extensions": {"x": NaN}}', "NaN is not JSON", "line 1"),
        (b'{"cableformat": "1.0", "extensions": {"x": 1e999}}', "out of range", "line 1"),
        (b'{"cableformat": "1.0",\n "extensions": {"x": ' + b"9" * 5000 + b"}}", "4,300 digits", "line 2"),
        (b'{"cableformat": "1.0", "extensions": []}', "Expected object", "at extensions"),
        (b'{"cableformat": "1.0", "extensions": {"x": ' + b"[" * 100_000, "nested too deeply", "line 1"),
        (b'{"cableformat": "1.0", "parts": [{"id": "body", "role": "body"}]}', "text", "at parts[0]"),
        (
            b'{"cableformat": "1.0", "parts": [{"id": "body", "role": "body", "text": 3}]}',
            "str",
            "at parts[0].text",
        ),
        (
            b'{"cableformat": "1.0", "parts": [{"id": "9", "role": "body", "text": ""}]}',
            "must be a letter",
            "at parts[0]",
        ),
        (b'{"cableformat": "1.0", "record": {"origin": "\\ud800"}}', "lone surrogate", "at record"),
        (b'{"cableformat": "1.0", "record": {"extra": [["a"]]}}', "xpected", "at record.extra[0]"),
        (
            b'{"cableformat": "1.0", "later": 1, "extensions": {"cableformat.members": {}}}',
            "the extension cableformat.members, which holds such",
            "at extensions",
        ),
    ],
)
def test_damage_is_named_with_its_place(data, words, where):
    with pytest.raises(FormatError) as caught:
        loads(data)
    assert words in str(caught.value)
    assert caught.value.position == where


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"cableformat": "1.0", "grammar": 1}', "at grammar"),
        (b'{"cableformat": "1.0"', "column 22"),
        (b"[1]", "at the top"),
        (b'{"cableformat": "1"}', "at cableformat"),
        (b'{"cableformat": "2.0"}', "at cableformat"),
        (b'{"cableformat": "0.1"}', "at cableformat"),
    ],
)
def test_a_fault_in_a_later_line_names_the_line(data, where):
    with pytest.raises(FormatError, match=f"^line 7, {where}: "):
        loads(data, line=7)


def test_unknown_members_and_extensions_are_both_kept():
    document = b'{"cableformat": "1.0", "later": 1, "extensions": {"mine": 2}}'
    assert dict(loads(document).extensions) == {"mine": "2", UNKNOWN_MEMBERS: '{"document":{"later":1}}'}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[1]", 'at the top: Not a cable: the document has no member "cableformat".'),
        (b"\xff", "byte 0: Not valid UTF-8, which JSON must be."),
        (b'{"cableformat": "1.0", "extensions": 1}', "at extensions: Expected object, got something else."),
        (
            (
                b'{"cableformat": "1.0", "parts": [{"id": "a", "role": "body", "text": ""}, '
                b'{"id": "a", "role": "body", "text": ""}]}'
            ),
            "at the top: ",
        ),
    ],
)
def test_the_words_of_an_error_are_a_sentence(data, words):
    with pytest.raises(FormatError) as caught:
        loads(data)
    assert str(caught.value).startswith(words)
    assert re.search(r"[^.]\.\Z", str(caught.value))


def test_a_newer_major_version_says_what_to_do():
    with pytest.raises(FormatError, match=r" Upgrade cableformat to read it\.$"):
        loads(b'{"cableformat": "2.0"}')


def test_a_byte_order_mark_is_passed_over():
    assert loads(b"\xef\xbb\xbf" + dumps(Cable())) == Cable()


def test_the_document_is_for_people_too(example):
    text = dumps(example).decode()
    assert text.startswith('{\n  "cableformat": "1.0",\n  "record": {\n    "created": "2031-03-04 09:12:00",\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize("compact", [False, True])
def test_the_document_is_utf_8_as_it_is(compact):
    assert "Orléo – “agrees”".encode() in dumps(Cable.from_text("Orléo – “agrees”"), compact=compact)


def test_too_deep_an_extension_is_refused():
    with pytest.raises(ModelError):
        Cable(extensions={"x": "[" * 500 + "]" * 500})


def validate(document):
    jsonschema.Draft202012Validator(schema()).validate(document)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert schema()["title"] == "A diplomatic cable"


@given(cables())
def test_every_document_is_valid_in_the_schema(cable):
    validate(json.loads(dumps(cable)))


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"cableformat": 1},
        {"cableformat": "2.0"},
        {"cableformat": "1.0", "record": {"origin": 3}},
        {"cableformat": "1.0", "parts": {}},
        {"cableformat": "1.0", "parts": [{"id": "body", "role": "body"}]},
        {"cableformat": "1.0", "annotations": {}},
        {"cableformat": "1.0", "annotations": [{"part": "body", "start": "0", "end": 1, "kind": "x"}]},
        {"cableformat": "1.0", "extensions": []},
        {"cableformat": "1.0", "source": {}},
        {"cableformat": "1.0", "grammar": None},
    ],
)
def test_what_cannot_be_read_is_not_valid(document):
    with pytest.raises(jsonschema.ValidationError):
        validate(document)
    with pytest.raises(FormatError):
        loads(json.dumps(document))
