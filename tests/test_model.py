"""The model: values that compare, hash, pickle, and refuse what they cannot hold."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableformat import Annotation, Cable, ModelError, Part, Record, Source, Span
from cableformat.testing import cables, texts

BODY = Part("body", "body", "abcdef")


def test_parts_share_no_id():
    with pytest.raises(ModelError, match="Two parts have the id body"):
        Cable(parts=(BODY, BODY))


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Annotation("body", 0, 7, "x"), "past the end of body at 6"),
        (Annotation("other", 0, 0, "x"), "the part other, which the cable does not have"),
    ],
)
def test_a_dangling_annotation_is_refused(annotation, words):
    with pytest.raises(ModelError, match=words):
        Cable(parts=(BODY,), annotations=(annotation,))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (True, 2), ("0", 2), (0.0, 1)])
def test_a_span_runs_forwards_in_whole_characters(start, end):
    with pytest.raises(ModelError, match="must run forwards"):
        Annotation("body", start, end, "x")


@pytest.mark.parametrize(
    "make",
    [
        lambda bad: Part("body", "body", bad),
        lambda bad: Record(subject=bad),
        lambda bad: Record(extra=((bad, ""),)),
        lambda bad: Source("text", name=bad),
        lambda bad: Annotation("body", 0, 0, "x", (("k", bad),)),
    ],
)
@pytest.mark.parametrize("bad", ["a\ud800", 3, b"a"])
def test_text_is_scalar_values(make, bad):
    with pytest.raises(ModelError, match=r"must be text|lone surrogate"):
        make(bad)


@pytest.mark.parametrize("name", ["", "9a", "a b", "a/b", "é", "a\n", None])
def test_names_are_plain(name):
    with pytest.raises(ModelError):
        Part(name, "body", "")


def test_extensions_are_sorted_canonical_and_unique():
    cable = Cable(extensions={"b": '{"z": 1, "a": [1.0, true]}', "a": "null"})
    assert cable.extensions == (("a", "null"), ("b", '{"a":[1.0,true],"z":1}'))
    assert Cable(extensions={"a": "1"}) != Cable(extensions={"a": "true"})
    with pytest.raises(ModelError, match="two extensions named a"):
        Cable(extensions=(("a", "1"), ("a", "2")))
    with pytest.raises(ModelError, match="must be JSON"):
        Cable(extensions={"a": "{"})
    with pytest.raises(ModelError, match="levels deep"):
        Cable(extensions={"a": "[" * 101 + "]" * 101})


def test_from_text_takes_aware_datetimes():
    moment = datetime(2031, 3, 4, 11, 12, tzinfo=timezone(timedelta(hours=2)))
    assert Cable.from_text("x", created=moment).created == datetime(2031, 3, 4, 9, 12, tzinfo=UTC)
    with pytest.raises(ModelError, match="aware"):
        Cable.from_text("x", created=datetime(2031, 3, 4))  # noqa: DTZ001 - the fault that is tested


@given(cables())
def test_cables_hash_and_pickle(cable):
    assert cable.telegram is cable.telegram
    copy = pickle.loads(pickle.dumps(cable))  # noqa: S301 - our own bytes
    assert copy == cable
    assert hash(copy) == hash(cable)
    assert b"elegram" not in pickle.dumps(Cable.from_text("x"))  # the view is not in it


@given(cables(), texts(), st.data())
def test_edit_moves_annotations_with_their_words(cable, text, data):
    if not cable.parts:
        return
    part = data.draw(st.sampled_from(cable.parts))
    start, end = sorted((data.draw(st.integers(0, len(part.text))), data.draw(st.integers(0, len(part.text)))))
    edited = cable.edit(Span(part.id, start, end), text)
    assert edited.part(part.id).text == part.text[:start] + text + part.text[end:]
    for before, after in zip(cable.annotations, edited.annotations, strict=True):
        if before.part != part.id or before.end <= start:
            assert after == before
        elif before.start >= end:
            assert edited.text_at(after.where) == cable.text_at(before.where)
        elif before.start <= start and end <= before.end:
            words = part.text[before.start : start] + text + part.text[end : before.end]
            assert edited.text_at(after.where) == words
        else:  # what the edit has cut from its words is gone, and nothing else
            kept = part.text[before.start : start] + part.text[end : before.end]
            assert edited.text_at(after.where) == kept


def test_words_put_in_right_before_an_annotation_are_not_of_it():
    cable = Cable(parts=(Part("body", "body", "abc"),), annotations=(Annotation("body", 1, 2, "x"),))
    for at, expected in ((1, Span("body", 3, 4)), (2, Span("body", 1, 2))):
        assert cable.edit(Span("body", at, at), "AA").annotations[0].where == expected


def test_edit_refuses_spans_outside():
    with pytest.raises(ModelError, match="leaves its part"):
        Cable(parts=(BODY,)).edit(Span("body", 2, 9), "")


@given(texts(), texts())
@example("a", "b")
def test_text_is_the_telegram_verbatim(header, body):
    text = Cable.from_text(body, header=header).text
    assert text.startswith(header)
    assert text.endswith(body)
    assert len(text) - len(header) - len(body) in {0, 1}
