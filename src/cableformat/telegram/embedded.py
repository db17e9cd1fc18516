"""Telegrams within a telegram, and further rows of a dump in the same text: they lend the outer fields nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.labels import label_at
from cableformat.telegram.lines import ARTEFACT, BLANK, END, MARKING, NUMBER, PROSE, RELAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.telegram.lines import Lines

_ENDS = re.compile(rb"e(?:b*+e)*+")
_HEADS = re.compile(rb"[mt]")
_SECTION = re.compile(r"SECTION[ ]\d{1,2}[ ]OF[ ]\d", re.IGNORECASE)
# Only a head has these, and within so many lines of its marking.
_SURE = frozenset({BlockKind.EXECUTIVE_ORDER, BlockKind.TAGS, BlockKind.SUBJECT})
_MOST_AHEAD = 15
_MOST_ADDRESSES = 300
_UNQUOTE = on_use(
    r"[^\S\r\n]*+[(\[]?(?:UNQUOTE|UNQTE|END (?:OF )?(?:QUOTE|TEXT|CABLE|TELEGRAM|MESSAGE))\b", re.IGNORECASE
)
_SERIAL = re.compile(r"(?<![A-Za-z\d])\d{3,7}(?![A-Za-z\d])")
# A row of a dump: fields between tabs, among them an identifier and a date.
_ROW = re.compile(r"^[^\t\r\n]*+(?:\t[^\t\r\n]*+){3,}+$", re.MULTILINE)
_IDENTIFIER = on_use(r"\t?\"?\d{2}[A-Z]{3,20}\d{1,6}\"?(?=\t)")
_DATE = on_use(r"\t\"?(?:\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4})[^\t\r\n]{0,12}(?=[\t\r\n]|\Z)")


def embedded(lines: Lines, first: int, written: str) -> Iterator[tuple[int, int]]:
    """The embedded telegrams and rows from a line on, as (first line, line after), in order, not overlapping.

    A telegram begins with its own header, or with a classification line that bears a number but no section and
    that labels of a head follow. It runs to its `NNNN` or `BT`, to a line that ends the quotation, or to the end
    of the text. A row runs on through lines that end in a backslash.

    Args:
        lines: The lines of the part.
        first: The line at which the outer text begins.
        written: The part's text.
    """
    at = first
    for line, marking in _begins(lines, first):
        if line < at:
            continue
        at = _end_of_row(lines, line, written) if marking is None else _end_of_telegram(lines, marking)
        yield line, at


def _begins(lines: Lines, first: int) -> list[tuple[int, int | None]]:
    """The lines at which something embedded may begin, each with its classification line; a row has none."""
    found: list[tuple[int, int | None]] = [(line, None) for line in _rows(lines) if line > first]
    heads = [match.start() for match in _HEADS.finditer(lines.kinds, first)]
    outer = _numbers(lines, lines.kinds.find(MARKING, 0, first)) if heads else set()
    for head in heads:
        marking = _marking(lines, head, outer)
        if marking is not None:
            found.append((head, marking))
    return sorted(found, key=lambda begin: begin[0])


def _rows(lines: Lines) -> Iterator[int]:
    text = lines.text
    tab = text.find("\t")
    while tab >= 0:
        row = _ROW.match(text, text.rfind("\n", 0, tab) + 1)
        if row and _IDENTIFIER.search(row[0]) and _DATE.search(row[0]):
            yield lines.at(row.start())
        end = text.find("\n", tab)
        tab = text.find("\t", end) if end >= 0 else -1


def _numbers(lines: Lines, marking: int) -> set[str]:
    """The numbers of a classification line, one of which is the telegram's."""
    return {digits.lstrip("0") for digits in _SERIAL.findall(lines.words(marking))} if marking >= 0 else set()


def _marking(lines: Lines, line: int, outer: set[str]) -> int | None:
    """The classification line of another telegram that begins here; no later section of this one.

    Args:
        lines: The lines of the part.
        line: A classification line, or the first of a header.
        outer: The numbers in this telegram's own classification line.
    """
    marking = line
    if lines.kinds[line] == RELAY:
        marking = lines.kinds.find(MARKING, line, line + _MOST_ADDRESSES)
        if marking < 0:
            return None
    start = lines.starts[marking]
    if _SECTION.search(lines.text, start, min(start + 100, lines.starts[marking + 1])):
        return None
    if not outer.isdisjoint(_numbers(lines, marking)):
        return None
    seen = 0
    for at in range(marking + 1, len(lines)):
        kind = lines.kinds[at]
        if kind in (BLANK, ARTEFACT):
            continue
        seen += 1
        label = label_at(lines.text, lines.starts[at]) if kind == PROSE else None
        if label and label[0] in _SURE:
            return marking
        if kind == NUMBER or seen > _MOST_AHEAD:
            return None
    return None


def _end_of_telegram(lines: Lines, marking: int) -> int:
    """The line after an embedded telegram."""
    for at in range(marking + 1, len(lines)):
        kind = lines.kinds[at]
        if kind == END:
            # BT, the number again and NNNN stand apart.
            ends = _ENDS.match(lines.kinds, at)
            return ends.end() if ends else at + 1
        if kind == PROSE and _UNQUOTE.match(lines.text, lines.starts[at]):
            return at
    return len(lines)


def _end_of_row(lines: Lines, line: int, written: str) -> int:
    """The line after a row."""
    while line < len(lines) - 1 and written[lines.starts[line] : lines.starts[line + 1]].rstrip().endswith("\\"):
        line += 1
    return line + 1
