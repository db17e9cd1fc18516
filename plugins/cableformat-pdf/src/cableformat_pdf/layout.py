"""Where everything of a cable stands on pages: rows of a fixed width, and signs in the margin that say what they are.

The layout is exact both ways: from a cable to rows, and from rows to the record and the parts again, for texts that
the font can show. Signs in the margin, two columns left of a row:

    §   a part begins: its id and role; or everything ends
    •   a statement of the record, label and value
    °   a statement of the record under a label of the container's own; ‡ where the label takes a row for itself
    »   the row goes on with the line above, which is longer than the page is wide
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from cableformat import Cable, ModelError, Part, Record
from cableformat.record import RECORD_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COLUMNS = 80
ROWS = 54
MARGIN = 2
"""Columns of the page's text, rows of a page, and columns left of the text where the signs stand."""

LEFT, TOP = 72.0, 714.0
WIDTH, HEIGHT = 6.0, 12.0
"""In points: where the first row stands on a page, the width of a column and the height of a row."""

GRID = {
    "x": LEFT - MARGIN * WIDTH,
    "y": TOP,
    "width": WIDTH,
    "height": HEIGHT,
    "rows": ROWS,
    "columns": COLUMNS + MARGIN + 1,
}
"""Where rows and columns stand on the pages, margin and all."""

PART, FIELD, EXTRA, LONG_EXTRA, GOES_ON = "§•°‡»"
_LABEL_WIDTH = 26
_TAB = 8
_FIELDS = {label: field for field, label in RECORD_LABELS.items()}
_GRAMMAR = "Grammar"
_END = "End"
_HEADING = re.compile(r"(\S+) \((\S+)\)")

# What the font (Courier in windows-1252) shows so that it is read back: neither a blank that is none, nor a hyphen
# that may vanish.
_SHOWN = frozenset(
    char
    for byte in range(0x20, 0x100)
    for char in bytes([byte]).decode("cp1252", "ignore")
    if char not in "\x7f\xa0\xad"
)
_DASHES = {"\xad": "-", "\xa0": " ", "\x0c": "", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-"}
_DIVIDERS = {ord(char): None for char in "-\x02\ufffe"}  # a hyphen, also as pdfium marks it at the end of a line
UNSHOWN = "\xa4"
"""What stands on the page in place of a character that the font does not have."""


@attrs.frozen
class Row:
    """One row.

    Attributes:
        sign: The sign in the margin, or "".
        text: What stands in the row, without blanks at its end.
        start: For a row of a part, where it begins in the part's text; else None.
    """

    sign: str
    text: str
    start: int | None = None

    @property
    def is_heading(self) -> bool:
        """Whether a part begins with it, or everything ends."""
        return self.sign == PART and self.start is None

    @property
    def is_end(self) -> bool:
        """Whether everything ends with it."""
        return self.is_heading and self.text == _END


@attrs.frozen
class Page:
    """One page.

    Attributes:
        mark: The classification at its head and foot.
        title: What the cable is, above the rows.
        rows: Its rows.
        number: Its number, at the foot.
    """

    mark: str
    title: str
    rows: Sequence[Row]
    number: str

    @property
    def words(self) -> str:
        """All that it shows, in order, as `words` has it."""
        rows = "".join([row.sign + row.text for row in self.rows])
        return words(f"{self.mark}{self.title}{rows}{self.mark}{self.number}")


def words(text: str) -> str:
    """A page's text without white space and hyphens, which extraction does not keep apart."""
    return "".join(text.split()).translate(_DIVIDERS)


def pages_of(cable: Cable, rows: Sequence[Row]) -> list[Page]:
    """The pages of a cable.

    Args:
        cable: The cable.
        rows: Its rows.
    """
    mark = shown(cable.classification or "")[:COLUMNS].strip()
    title = title_of(cable)[:COLUMNS]
    total = max(1, -(-len(rows) // ROWS))
    return [
        Page(mark, title, rows[page * ROWS : (page + 1) * ROWS], f"Page {page + 1} of {total}") for page in range(total)
    ]


def title_of(cable: Cable) -> str:
    """What the cable is, on a line: its identifier and its subject."""
    title = " ".join(filter(None, (cable.reference_id, cable.subject)))
    return " ".join(shown(" ".join(title.split())).split())


def shown(text: str) -> str:
    r"""The text as the page shows it: tabs as blanks, what the font does not have as `¤`.

    Example:
        >>> shown("a\tb\x07\r")
        'a       b¤'
    """
    if "\t" in text:
        text = text.expandtabs(_TAB)
    text = text.removesuffix("\r")
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in _SHOWN else _DASHES.get(char, UNSHOWN) for char in text)


def rows_of(cable: Cable) -> list[Row]:
    """The rows of a cable: its record, then its parts."""
    record = cable.record
    rows: list[Row] = []
    for field, label in RECORD_LABELS.items():
        value = getattr(record, field)
        if value is not None:
            rows += _statement(FIELD, label, value)
    if cable.grammar != "us":
        rows += _statement(FIELD, _GRAMMAR, cable.grammar)
    for label, value in record.extra:
        rows += _statement(EXTRA, label, value)
    for part in cable.parts:
        heading = _wrapped(f"{part.id} ({part.role})", COLUMNS)
        rows += [Row("", ""), *(Row(GOES_ON if i else PART, piece) for i, piece in enumerate(heading)), Row("", "")]
        at = 0
        for line in part.text.split("\n"):
            if len(line) <= COLUMNS and line.isascii() and line.isprintable():  # nearly all are, and it is quick
                rows.append(Row("", line.rstrip(" "), at))
            else:
                rows += (Row(GOES_ON if i else "", piece, at) for i, piece in enumerate(_wrapped(shown(line), COLUMNS)))
            at += len(line) + 1
    return [*rows, Row("", ""), Row(PART, _END)]


def _statement(sign: str, label: str, value: str) -> Iterator[Row]:
    name = f"{' '.join(shown(label).split())}:"
    lines = [piece for line in value.split("\n") for piece in _signed(shown(line))]
    if len(name) < _LABEL_WIDTH:
        yield Row(sign, f"{name:{_LABEL_WIDTH}}{lines[0][1]}".rstrip(" "))
        del lines[0]
    else:
        yield Row(LONG_EXTRA, name[:COLUMNS])
    for goes_on, text in lines:
        yield Row(goes_on, f"{'':{_LABEL_WIDTH}}{text}".rstrip(" "))


def _signed(line: str) -> Iterator[tuple[str, str]]:
    for i, piece in enumerate(_wrapped(line, COLUMNS - _LABEL_WIDTH)):
        yield (GOES_ON if i else ""), piece


def _wrapped(line: str, width: int) -> Iterator[str]:
    """The rows of a line; a blank at which it is broken begins the next, so that none ends in a blank."""
    at = 0
    while len(line) - at > width:
        end = at + width
        blank = line.rfind(" ", at + 1, end + 1)
        while blank > at and line[blank - 1] == " ":
            blank -= 1
        end = blank if blank > at + width // 2 else end
        while end > at + 1 and line[end - 1] == " ":
            end -= 1
        yield line[at:end].rstrip(" ")
        at = end
    yield line[at:].rstrip(" ")


def seen(cable: Cable) -> Cable:
    """The cable that people see on the pages: what the rows show, and nothing else."""
    while True:
        record, parts, grammar = cable_of((row.sign, row.text) for row in rows_of(cable))
        found = Cable(record, parts, grammar=grammar)
        if found == cable:
            return found
        cable = found


def cable_of(rows: Iterable[tuple[str, str]]) -> tuple[Record, tuple[Part, ...], str]:
    """The record, the parts and the grammar that rows show.

    Args:
        rows: Sign and text of each row, in order.

    Raises:
        ModelError: What they show is no cable, as when a heading has been edited.
    """
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    parts: list[Part] = []
    grammar = "us"
    for group in _groups(rows):
        sign, first = group[0]
        if (sign, first) == (PART, _END):
            break
        if sign == PART:
            end = next((i for i, (below, _) in enumerate(group) if i and below != GOES_ON), len(group))
            name = _joined(group[:end])
            heading = _HEADING.fullmatch(name)
            if heading is None:
                raise ModelError(f"The heading of a part is its id and role, not {name[:60]!r}.")
            parts.append(Part(heading[1], heading[2], _joined(group[end + 1 :])))
            continue
        label = first if sign == LONG_EXTRA else first[:_LABEL_WIDTH]
        label = label.rstrip(" ").removesuffix(":")
        lines = [(line_sign, text[_LABEL_WIDTH:]) for line_sign, text in group[1:]]
        value = _joined(lines if sign == LONG_EXTRA else [("", first[_LABEL_WIDTH:]), *lines])
        if sign == FIELD and label == _GRAMMAR:
            grammar = value
        elif sign == FIELD and label in _FIELDS:
            said[_FIELDS[label]] = value
        else:
            extra.append((label, value))
    return Record(**said, extra=tuple(extra)), tuple(parts), grammar


def _groups(rows: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The rows of each part and statement; the blank row above a part is not of what stands before it."""
    group: list[tuple[str, str]] = []
    for sign, text in rows:
        if sign in (PART, FIELD, EXTRA, LONG_EXTRA):
            if group:
                is_parted = sign == PART and len(group) > 1 and group[-1] == ("", "")  # unless it was edited away
                yield group[:-1] if is_parted else group
            group = [(sign, text)]
        elif group:
            group.append((sign, text))
    if group:
        yield group


def _joined(lines: Iterable[tuple[str, str]]) -> str:
    pieces: list[str] = []
    for sign, text in lines:
        if pieces and sign != GOES_ON:
            pieces.append("\n")
        pieces.append(text)
    return "".join(pieces)


def fits(cable: Cable) -> bool:
    """Whether pages show the whole record and all parts: texts of the font, without blanks at the ends of lines."""
    record = cable.record
    values = [getattr(record, field) for field in RECORD_LABELS]
    labels = [label for label, _ in record.extra]
    return (
        all(_fits(value) for value in (*values, *(text for _, text in record.extra)) if value is not None)
        and all(_fits(label) and "\n" not in label and label == " ".join(label.split()) for label in labels)
        and all(len(label) < COLUMNS for label in labels)
        and all(_fits(part.text) for part in cable.parts)
    )


def _fits(text: str) -> bool:
    lines = text.split("\n")
    wide = " " * (COLUMNS - _LABEL_WIDTH)
    return all(_SHOWN.issuperset(line) and not line.endswith(" ") and wide not in line for line in lines)
