"""Two versions of a cable: what differs is named for what it is, and layout never shows as wording."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableformat import Annotation, Cable, DifferenceKind, Part, Record, Source, Span, compare
from cableformat.alignment import align
from cableformat.collation import Text, collate
from cableformat.testing import cables, realistic_cables, telegram_texts, texts

BASE = """UNCLAS PORT MERIDIAN 000117

SIPDIS

E.O. 12958: N/A
TAGS: PREL, EWWT
SUBJECT: HARBOR DREDGING

1. (U) Summary: Minister Orleo wants two more weeks.  He will
not go to the cabinet before March. End summary.

2. (U) The port authority agrees with the plan, but not with
its price.

3. (U) Opposition leaders took a softer line, and met the
Ambassador separately on Tuesday.

HALLOWAY
"""


def differences(left, right):
    """The differences of the texts alone, as kinds and words."""
    found = compare(Cable.from_text(left), Cable.from_text(right))
    return [(d.kind.value, d.left_text, d.right_text) for d in found if d.aspect == "text"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weeks.  He", "weeks. He", [("double_spaces", "  ", " ")]),
        ("weeks.  He", "weeks.\tHe", [("spaces", "  ", "\t")]),
        ("weeks.  He will\nnot", "weeks.  He\nwill not", [("wrapping", " ", "\n"), ("wrapping", "\n", " ")]),
        ("price.\n", "price. \n", [("trailing_blanks", "\n\n", " \n\n")]),
        ("price.\n\n", "price.\n\n\n", [("blank_lines", "\n\n", "\n\n\n")]),
        ("price.\n\n", "price.\r\n\r\n", [("line_ends", "\n\n", "\r\n\r\n")]),
        ("2. (U)", "¶2. (U)", [("paragraph_signs", ".\n\n", ".\n\n¶")]),
        ("3. (U)", "---------\n3. (U)", [("rules", ".\n\n", ".\n\n---------\n")]),
        ("softer line", "softer --- line", [("punctuation", "", "---")]),
        ("line, and", "line and", [("punctuation", ",", "")]),
        ("Orleo wants", '"Orleo" wants', [("punctuation", "", '"'), ("punctuation", "", '"')]),
        ("took a", "took-a", [("punctuation", "", "-")]),
        ("Opposition", "Op-position", [("punctuation", "Opposition", "Op-position")]),
        ("softer line", "softerline", [("joined", "softer line", "softerline")]),
        ("Minister", "MINISTER", [("case", "Minister", "MINISTER")]),
        ("softer", "harder", [("wording", "softer", "harder")]),
        ("line, and", "line then and", [("punctuation", ", ", " then "), ("wording", "", "then")]),
        ("line, and", "line then, and", [("wording", "", "then")]),
        ("two more", "2.5 more", [("wording", "two", "2.5")]),
        ("PREL, EWWT", "PREL EWWT", [("punctuation", ",", "")]),
    ],
)
def test_each_kind(old, new, expected):
    assert old in BASE
    assert differences(BASE, BASE.replace(old, new)) == expected


def test_a_lost_point_in_a_number_is_wording():
    assert [d[0] for d in differences(BASE.replace("two", "1.5"), BASE.replace("two", "15"))] == ["wording"]


def test_an_artefact_on_one_side():
    pager = "PORT MERIDIAN 00000117  002 OF 002\n\n\n"
    found = compare(Cable.from_text(BASE), Cable.from_text(BASE.replace("not go", f"\n{pager}not go")))
    (artefact,) = [d for d in found if d.kind is DifferenceKind.ARTEFACT]
    assert artefact.right_text == pager.strip()
    assert found.same_wording


def test_a_missing_paragraph_is_one_difference():
    without = re.sub(r"(?s)2\. .*?price\.\n\n", "", BASE)
    found = compare(Cable.from_text(BASE), Cable.from_text(without))
    (missing,) = [d for d in found if d.group == "wording"]
    assert (missing.kind, missing.path) == (DifferenceKind.MISSING, "paragraphs[1]")
    assert missing.left_text.startswith("2. (U) The port")
    assert missing.right_text == ""
    assert not found.same_wording


def test_a_missing_paragraph_that_ends_like_the_one_before_it():
    """The last words of the one that is there are not taken for those of the one that is not."""
    left = BASE.replace("its price.", "its price before March. End summary.")
    without = re.sub(r"(?s)2\. .*?summary\.\n\n", "", left)
    kinds = [d[0] for d in differences(left, without)]
    assert kinds == ["missing"]


def test_a_paragraph_is_compared_with_the_one_of_its_number():
    """Also where hardly a word is the same, and a paragraph before it is missing."""
    changed = re.sub(r"(?s)2\. .*?price\.\n\n", "", BASE)
    changed = re.sub(r"(?s)3\. .*?Tuesday\.", "3. (U) Nobody from abroad came this year.", changed)
    found = compare(Cable.from_text(BASE), Cable.from_text(changed))
    assert [d.path for d in found if d.kind is DifferenceKind.MISSING and d.aspect == "text"] == ["paragraphs[1]"]
    assert {d.path for d in found if d.kind is DifferenceKind.WORDING} == {"paragraphs[2]"}


def test_a_moved_paragraph():
    second, third = re.search(r"(?s)(2\. .*?)\n\n(3\. .*?)\n\n", BASE).groups()
    exchanged = BASE.replace(second, "X").replace(third, second).replace("X", third)
    kinds = [d[0] for d in differences(BASE, exchanged)]
    assert kinds == ["moved"]


def test_unnumbered_paragraphs_are_aligned_by_their_words():
    plain = re.sub(r"\d\. \(U\) ", "", BASE)
    found = compare(Cable.from_text(plain), Cable.from_text(plain.replace("separately ", "")))
    assert [(d.kind.value, d.left_text) for d in found if d.aspect == "text"] == [("wording", "separately")]


def test_a_head_that_stands_twice():
    head, text = BASE[: BASE.index("1. (U)")], BASE[BASE.index("1. (U)") :]
    found = compare(Cable.from_text(BASE), Cable.from_text(head + head + text))
    assert found.same_wording
    assert "repetition" in found.counts


def test_record_fields_and_apparatus():
    left = Cable(
        record=Record(
            created="2031-03-04", origin="Embassy Port Meridian", extra=(("Concepts", "A"), ("Drafter", "B"))
        ),
        parts=(Part("body", "body", BASE), Part("note", "note", "x")),
        annotations=(Annotation("body", 0, 6, "name.person"),),
        extensions={"p": "1"},
    )
    right = Cable(
        record=Record(created="2031-03-05", origin="EMBASSY PORT MERIDIAN", url="", extra=(("Drafter", "B"),)),
        parts=(Part("body", "body", BASE.replace("EWWT", "EAIR")),),
        extensions={"p": "2"},
        grammar="us",
    )
    found = {(d.path, d.kind.value): (d.left_text, d.right_text) for d in compare(left, right)}
    assert found["record.created", "wording"] == ("2031-03-04", "2031-03-05")
    assert found["record.origin", "case"] == ("Embassy Port Meridian", "EMBASSY PORT MERIDIAN")
    assert found["record.url", "missing"] == (None, "")
    assert found["extra[0]", "missing"] == ("A", None)
    assert found["telegram.tags", "wording"] == ("EWWT", "EAIR")
    assert found["parts[note]", "missing"] == ("x", None)
    assert found["annotations[0]", "missing"] == ("name.person body:0-6", None)
    assert found["extensions[p]", "wording"] == ("1", "2")


def test_parts_divided_otherwise():
    whole = Cable(parts=(Part("body", "body", "FM AMEMBASSY PORT MERIDIAN\nUNCLAS\n"),))
    parted = Cable(
        parts=(Part("header", "header", "FM AMEMBASSY PORT MERIDIAN"), Part("body", "body", "UNCLAS\n")),
    )
    found = compare(whole, parted)
    assert [d.kind.value for d in found if d.aspect == "text"] == ["division"]
    assert found.same_wording


def test_summary_and_iteration():
    found = compare(Cable.from_text(BASE), Cable.from_text(BASE.replace("softer", "harder").replace("  He", " He")))
    assert list(found) == list(found.differences)
    assert found.counts[DifferenceKind.DOUBLE_SPACES] == 1
    assert {d.kind.value for d in found.of_group("wording")} == {"wording"}


@given(cables())
def test_a_cable_equals_itself(cable):
    assert compare(cable, cable).is_equal
    moved = attrs.evolve(cable, source=Source("text", name="elsewhere.txt"))
    assert compare(cable, moved).is_equal


@given(cables(), cables())
@example(
    Cable(parts=(Part("a", "body", "x\n"), Part("b", "body", "y"))),
    Cable(parts=(Part("a", "body", "x"), Part("b", "body", "\ny"))),
)
@example(
    Cable(parts=(Part("a", "body", "x"), Part("b", "note", "y"))),
    Cable(parts=(Part("b", "note", "y"), Part("a", "body", "x"))),
)
def test_equal_is_what_is_equal_up_to_the_source(left, right):
    right = attrs.evolve(right, source=left.source)
    assert compare(left, right).is_equal == (left == right)


@given(cables(), st.data())
def test_a_change_of_one_part_is_seen(cable, data):
    if not cable.parts:
        return
    part = data.draw(st.sampled_from(cable.parts))
    start = data.draw(st.integers(0, len(part.text)))
    changed = cable.edit(Span(part.id, start, data.draw(st.integers(start, len(part.text)))), data.draw(texts(2)))
    assert compare(cable, changed).is_equal == (cable == changed)


def placed(found):
    """The differences without paths, which are those of the left side."""
    return sorted((d.kind, d.aspect, str(d.left), str(d.left_text), str(d.right), str(d.right_text)) for d in found)


@given(st.one_of(cables(), realistic_cables()), st.one_of(cables(), realistic_cables()))
def test_the_sides_can_be_exchanged(left, right):
    assert placed(compare(left, right)) == placed(d.mirrored() for d in compare(right, left))


@given(st.one_of(cables(), realistic_cables()), st.one_of(cables(), realistic_cables()))
def test_the_words_stand_where_they_are_said_to(left, right):
    for difference in compare(left, right):
        for cable, where, text in (
            (left, difference.left, difference.left_text),
            (right, difference.right, difference.right_text),
        ):
            if isinstance(where, Span) and difference.aspect != "field":
                assert cable.text_at(where) == text


BLANK = re.compile(r"\s+")


@given(telegram_texts(), st.data())
def test_layout_never_shows_as_wording(text, data):
    blanks = st.text(st.sampled_from(" \t\n\r\x0c\xa0"), min_size=1, max_size=4)
    pieces = BLANK.split(text)
    changed = pieces[0] + "".join(data.draw(blanks) + piece for piece in pieces[1:])
    found = compare(Cable.from_text(text), Cable.from_text(changed))
    assert {d.group for d in found if d.aspect == "text"} <= {"layout"}
    assert found.same_wording


@given(telegram_texts(), st.data())
def test_an_inserted_word_shows_as_wording_there(text, data):
    at = data.draw(st.sampled_from([match.end() for match in BLANK.finditer(text)]))
    changed = f"{text[:at]}unforeseen {text[at:]}"
    found = compare(Cable.from_text(text), Cable.from_text(changed))
    wording = [d for d in found if d.aspect == "text" and d.group == "wording"]
    assert [d.right_text for d in wording] == ["unforeseen"]
    assert changed[wording[0].right.start : wording[0].right.end] == "unforeseen"
    assert wording[0].left.start == wording[0].left.end == at
    assert not found.same_wording


@pytest.mark.parametrize("opening", ["(", '"', '("', ""])
def test_a_word_is_missing_before_the_bracket_that_opens_the_next(opening):
    text = f"1. {opening}SBU) Talks went on."
    found = compare(Cable.from_text(text), Cable.from_text(text.replace("1. ", "1. Unforeseen ")))
    (wording,) = [d for d in found if d.group == "wording"]
    assert (wording.left.start, wording.left.end) == (3, 3)
    assert wording.right_text == "Unforeseen"


@given(texts(), texts())
def test_any_two_texts(left, right):
    found = collate(Text(left), Text(right))
    assert bool(found) == (left != right)


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("abcdefg")))
def test_an_alignment_rises_and_pairs_what_is_the_same(left, right):
    pairs = align(left, right, left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert [i for i, _ in pairs] == sorted({i for i, _ in pairs})
    assert [j for _, j in pairs] == sorted({j for _, j in pairs})


def test_two_mirrors_of_one_cable(shared):
    import cableformat

    (one,) = (shared / "samples" / "jcvignoli").glob("05ALMATY1720*")
    (other,) = (shared / "samples" / "mrkva").glob("05ALMATY1720*")
    left = cableformat.read(one, "jcvignoli-text")
    page = other.read_text()
    # The page's own words around the text are not of the telegram.
    right = Cable.from_text(page[page.index("UNCLAS ") :], header=left.part("header").text)
    found = compare(attrs.evolve(left, record=right.record), right)
    assert found.same_wording
    assert {d.kind.value for d in found if d.aspect == "text"} == {
        "repetition",
        "spaces",
        "double_spaces",
        "trailing_blanks",
        "punctuation",
    }
