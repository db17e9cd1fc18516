"""The text of a field: what is not of the message is masked, and no offset moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram import fields, portion_marks
from cableformat.telegram.fields import label_of, text_of
from cableformat.telegram.values import Region
from cableformat.telegram.vocabulary import rows
from cableformat.text import Part, Span


@st.composite
def regions(draw):
    pieces = draw(st.lists(st.tuples(st.text("ab \n\r\t\x85", max_size=5), st.booleans()), max_size=8))
    text = "".join(piece for piece, _ in pieces)
    spans, at = [], 0
    for piece, is_artefact in pieces:
        if is_artefact and piece:
            spans.append(Span("body", at, at + len(piece)))
        at += len(piece)
    return Region(Part("body", "body", text), 0, len(text), tuple(spans))


def stretched(text, start, end):
    """A run with all blanks around it."""
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return start, end


@given(regions())
def test_of_an_artefact_and_the_blanks_around_it_one_line_end_is_left(region):
    expected = region.text
    assert len(expected) == region.end
    for span in region.artefacts:
        start, end = stretched(expected, span.start, span.end)
        if set(expected[start:end]) & {"\n", "\r"}:
            expected = f"{expected[:start]}\n{' ' * (end - start - 1)}{expected[end:]}"
    assert text_of(region) == expected


@given(regions())
def test_artefacts_are_masked_but_for_their_line_ends(region):
    hidden = {at for span in region.artefacts for at in range(span.start, span.end)}
    assert region.text == "".join(
        " " if at in hidden and char not in "\r\n" else char for at, char in enumerate(region.part.text)
    )


@pytest.mark.parametrize("behind", [": TALKS", ":: TALKS", " : TALKS", ":", ";"])
@pytest.mark.parametrize("row", rows("labels"), ids=lambda row: row["spelling"])
def test_a_label_as_the_table_has_it_ends_where_the_pattern_ends(row, behind):
    for spelling in (row["spelling"], row["spelling"].title()):
        text = f"{spelling.replace('#', '12958')}{behind}"
        match = fields._label(row["field"]).search(text)
        assert label_of(text, row["field"]) == (match.span() if match else None)


@pytest.mark.parametrize("words", [*portion_marks._LEVELS, *portion_marks._CAVEATS, "", "X"])
def test_a_mark_of_a_level_alone_is_what_the_pattern_reads(words):
    read = portion_marks._read(f"({words})", 0)
    assert portion_marks.bracketed(f"({words})") == (read[0] if read else None)
