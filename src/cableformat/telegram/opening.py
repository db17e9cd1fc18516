"""Where a part opens: transmission header, head, or text at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.telegram.labels import label_at, labels_inside
from cableformat.telegram.lines import ARTEFACT, BLANK, CLASS, END, MARKING, NUMBER, SIPDIS
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.lines import Lines

# Lines that only a transmission header has (ACP 127; before 2001 also distribution; SMART's form).
_ADDRESS = (
    r"(?:[A-Z]{5,7}/|ZEN/|AM(?:EM|CON|IT)|US[A-Z]{2,}|SEC(?:STATE|DEF)|DEPT?[ ]|ALL[ ][A-Z]"
    r"|[A-Z ]{3,40}(?:COLLECTIVE|PRIORITY|IMMEDIATE|WASH))"
)
_TRANSMISSION = re.compile(
    rf"""[^\S\r\n]*+(?:
        VZCZC[A-Z]{{3}}
      | DE[ ][A-Z]{{4,7}}[ ]
      | ZN[RY][ ][A-Z/]{{5}}
      | (?:ZZ|OO|PP|RR)[ ][A-Z]{{6}}
      | (?:[ZOPR][ ])*+\d{{6}}Z[ ]++[A-Za-z]{{3}}[ ]++\d\d
      | FM[ ][A-Z]
      | TO[ ](?:{_ADDRESS}|PAGE[ ]\d)
      | INFO[ ]++(?:{_ADDRESS}|LOG-\d\d|[A-Z/]++-\d\d)
      | (?:ACTION|ORIGIN)[ ]++[A-Z/]++-\d\d
      | PAGE[ ]01[ ]
      | R[UH][A-Z]{{3,5}}/[A-Z]
      | (?:AM(?:EMBASSY|CONSUL|EMB|CONGEN)|USMISSION|USOFFICE|USINT)[ ][A-Z][A-Z .'-]{{2,30}}?
        (?:[ ](?:NIACT[ ])?(?:IMMEDIATE|PRIORITY|ROUTINE|FLASH))?(?:[ ]\d{{3,6}})?[^\S\r\n]*+(?=[\r\n]|\Z)
      | (?:MRN|Date/DTG|From|Action|To|Info):[ \t]
      | null[ \t]*+(?:[\r\n]|\Z)
      | TELEGRAM[^\S\r\n]{{2,}}[A-Z][a-z]{{2,8}}[ ]\d
    )""",
    re.VERBOSE,
)
_NOTICES = tuple(row["spelling"] for row in rows("notices"))
# How many lines with words the grammar looks ahead for the first label.
_MOST_ADDRESSES = 400
_MOST_ROUTING = 60
_LONGEST_LINE = 2000


def is_notice(lines: Lines, line: int) -> bool:
    """Whether the publisher says in this line that the text is an extract."""
    return lines.words(line).startswith(_NOTICES)


def is_transmission(lines: Lines, line: int) -> bool:
    """Whether only a transmission header has such a line."""
    return _TRANSMISSION.match(lines.text, lines.starts[line]) is not None


def _opens_head(lines: Lines, line: int) -> bool:
    start, end = lines.starts[line], lines.starts[line + 1]
    return (
        lines.kinds[line] == MARKING
        or label_at(lines.text, start) is not None
        or bool(labels_inside(lines.text, start, min(end, start + _LONGEST_LINE)))
    )


def _stands_above(lines: Lines, line: int) -> bool:
    """Whether a class line stands above a page of a header: `CONFIDENTIAL  PTQ1859`, then `PAGE 01`."""
    if lines.kinds[line] not in (CLASS, MARKING):
        return False
    line += 1
    while line < len(lines) and lines.kinds[line] in (BLANK, ARTEFACT, CLASS):
        line += 1
    return line < len(lines) and is_transmission(lines, line)


def opening(lines: Lines, first: int, role: str) -> tuple[int, int]:
    """How far the transmission header goes, and where the text begins if there is no head.

    Args:
        lines: The lines of the part.
        first: The first line to look at.
        role: The part's role; a `header` is a transmission header until something else begins.

    Returns:
        (line after the transmission header, line at which a head begins). The second is the number of lines where
        there is no head; a head begins right after the transmission header or not at all.
    """
    total = len(lines)
    in_header = role == "header"
    last_sign = first
    words = 0
    for line in range(first, total):
        kind = lines.kinds[line]
        if kind in (BLANK, ARTEFACT):
            continue
        words += 1
        if is_transmission(lines, line) or (not in_header and _stands_above(lines, line)):
            in_header, last_sign = True, line + 1
        elif _opens_head(lines, line):
            return (line, line) if in_header else (first, first)
        elif not in_header and kind in (CLASS, SIPDIS):
            return first, first
        elif kind == NUMBER and not (role == "header" and last_sign == first):
            return (line, total) if in_header else (first, total)
        if words > (_MOST_ADDRESSES if in_header else _MOST_ROUTING):
            break
    if role == "header" and last_sign >= first:
        return total, total
    # No head: the header goes on to the first gap behind its last sure line.
    line = last_sign
    while in_header and line < total and lines.kinds[line] not in (BLANK, END):
        line += 1
    return (line if in_header else first), total
