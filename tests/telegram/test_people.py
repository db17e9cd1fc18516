"""Who drafted, approved, cleared and signed, in places that few telegrams have."""

from __future__ import annotations

import pytest

from cableformat import Cable
from cableformat.telegram import moments, wrapping
from cableformat.testing import laws

OLD = """PAGE 01        PORT M  00117  040912Z
ACTION EUR-12
INFO  OCT-01  ISO-00  /022 R
DRAFTED BY EUR/HB:IHALLOWAY:MS
APPROVED BY EUR - MR. T. VELDE
S/S - MR. K. TARRANT
EUR/RPM - MS. O. REYES
DESIRED DISTRIBUTION
P 040912Z MAR 75
FM SECSTATE WASHDC
TO AMEMBASSY PORT MERIDIAN
UNCLAS STATE 00117
1. TALKS WENT ON.
"""
TEXT = "UNCLAS PORT MERIDIAN 000117\n\n1. (U) Talks went on.\n\nHALLOWAY\n\n"


def test_all_who_cleared_are_named_with_their_places():
    cable = Cable.from_text(OLD)
    telegram = cable.telegram
    assert telegram.drafted_by.value == "EUR/HB:IHALLOWAY:MS"
    assert telegram.approved_by.value == "EUR - MR. T. VELDE"
    assert [found.value for found in telegram.cleared_by] == ["S/S - MR. K. TARRANT", "EUR/RPM - MS. O. REYES"]
    assert [cable.text_at(found.where) for found in telegram.cleared_by] == [found.raw for found in telegram.cleared_by]
    assert [found.value for found in telegram.action_offices] == ["EUR-12"]


@pytest.mark.parametrize(
    "afterword",
    [
        "NOTE: NOT PASSED TO ABOVE ADDRESSEE(S)\n",
        "NOTE: NOT PASSED TO ABOVE\nADDRESSEE(S)\nUNCLASSIFIED\n\nNNNN\n",
        "UNCLASSIFIED\n\nNOTE BY OC/T: NOT PASSED\n",
    ],
)
def test_who_signed_stands_above_a_note_on_the_transmission(afterword):
    cable = Cable.from_text(TEXT + afterword)
    assert cable.signed_by == ("HALLOWAY",)
    assert [paragraph.text for paragraph in cable.paragraphs] == ["1. (U) Talks went on."]
    laws.tiling(cable)


def test_a_day_that_no_calendar_has_is_none():
    assert moments.moment("2031-02-30 09:12") is None
    assert moments.moment("2031-02-28 09:12").isoformat() == "2031-02-28T09:12:00+00:00"


def test_a_word_longer_than_the_line_stands_whole_and_no_line_begins_like_a_paragraph():
    assert wrapping.wrapped("x" * 30 + " 3. a b", 10) == "x" * 30 + " 3.\na b"
    assert wrapping.wrapped("a " + "y" * 20 + " z 4. b", 10) == "a\n" + "y" * 20 + "\nz 4. b"
