"""Lines and runs of them: what they are does not depend on their ends, nor on how many are looked at together."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from cableformat.telegram import body, lines
from cableformat.telegram.parse import tile
from cableformat.text import Part

_WORDS = (
    *("", " ", "\xa0", ".", "-", ">", "1. (C) Talks went on.", "2. They", "12.", "1. 4 (b)", "and left.", "A heading"),
    *("-----", "SIPDIS", "NNNN", "BT", "SECRET", "UNCLAS PORT MERIDIAN 000117", "VZCZCXRO8021", "the harbor was", "x"),
    *("C O N F I D E N T I A L SECTION 02 OF 02 PORT MERIDIAN 000117", "PORT MERIDIAN 00000117  002 OF 002"),
    *("3. (C) Minister Orleo told the Ambassador on March 3 that he wants", "SUBJECT: TALKS", "\x0c", "\x85"),
)
_LINES = st.lists(st.sampled_from(_WORDS), max_size=25)


@given(_LINES)
@example(["", "1. They"])
def test_line_ends_do_not_change_what_lines_are(words):
    # Behind the last line a reason for classification may do without its letter.
    found = {end: lines.scan(end.join([*words, "x"])) for end in ("\n", "\r\n", "\r")}
    assert len({bytes(each.kinds) for each in found.values()}) == 1
    for end, each in found.items():
        assert [each.text[a:b] for a, b in zip(each.starts, each.starts[1:], strict=False)] == [
            *(f"{line}{end}" for line in words),
            "x",
        ]
        assert each.longest >= max(b - a for a, b in zip(each.starts, each.starts[1:], strict=False))


@given(_LINES)
@example(["1. They", "", "2. They", "went on", "", "3. They", "-----"])
def test_a_run_of_paragraphs_is_cut_as_each_is_by_itself(words):
    part = Part("body", "body", "\n".join(["UNCLAS PORT MERIDIAN 000117", "", *words]))
    together = tile(part)
    run, body._RUN = body._RUN, re.compile(body._NUMBERED)
    try:
        assert tile(part) == together
    finally:
        body._RUN = run
