r"""The dialect of the dump: eight quoted columns, no header row, `\` before a quote, line feeds inside fields.

A row is understood apart from how it was quoted. How it was quoted is a `Style`, where that says all there is to say
of it; only a row in no such style has to be kept as it stands to be written again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = ("id", "created", "reference_id", "origin", "classification", "references", "header", "body")
"""The columns, in order."""

End = Literal["\n", "\r\n", ""]
"""How a row ends; a last row may have no line end."""

BOM = "\ufeff"

_OPEN = r'"[^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+'
_FIELD = rf'"({_OPEN[1:]})"'
_ROW = ",".join([_FIELD] * len(COLUMNS))
_ESCAPE = re.compile(r'\\(.)|""', re.DOTALL)

ROW = re.compile(rf"{_ROW}(?:\r?\n)".encode(), re.DOTALL)
"""A row with its line end: backslash escapes; a copy that somebody has saved may double a quote."""

LAST_ROW = re.compile(rf"{_ROW}(?:\r?\n|\Z)".encode(), re.DOTALL)
"""The same where nothing follows: the line end may be missing."""

BEGUN = re.compile(
    rf'(?:{_OPEN}",){{0,{len(COLUMNS) - 1}}}+(?:\Z|{_OPEN}(?:\\?\Z|"\r?\Z))'.encode(),
    re.DOTALL,
)
"""What is a row so far, up to the end of what was read."""

START = re.compile(rb'^"[^"\\\n]{1,40}","[^"\\\n]{0,60}","', re.MULTILINE)
"""Where a row begins behind one that is broken. Inside a field no quote stands without an escape."""

CERTAIN_START = re.compile(rb'"(?:(?<="\n")|(?<="\r\n"))[^"\\\r\n,]{1,40}","[^"\\\n]{0,60}","')
r"""Where a row begins, whatever stands before: inside a row the first quote would close a field, and the character
behind it is then wrong; lines that are no row end here at the latest, for it is a `START`."""

LONGEST_START = 128
"""More bytes than `START` can match, with the line end and the quote before it."""

_TEXT_ROW = re.compile(rf"{BOM}?{_ROW}(\r?\n|\Z)", re.DOTALL)


@attrs.frozen
class Style:
    r"""How a row is quoted and ends.

    Attributes:
        escapes_apostrophes: Whether each `'` is written `\'`, as some exports of databases do.
        end: The line end; none in a last row that has none.
    """

    escapes_apostrophes: bool = False
    end: End = "\n"


PLAIN = Style()
"""The dump's own style."""


def row_text(values: Sequence[str], style: Style = PLAIN) -> str:
    r"""The row of some values.

    Example:
        >>> row_text(["1", 'said "no"', "a\\b"])
        '"1","said \\"no\\"","a\\\\b"\n'
    """
    return ",".join([f'"{_escaped(value, style)}"' for value in values]) + style.end


def _escaped(value: str, style: Style) -> str:
    value = value.replace("\\", "\\\\").replace('"', '\\"')
    return value.replace("'", "\\'") if style.escapes_apostrophes else value


def values_of(fields: Sequence[str], end: End) -> tuple[tuple[str, ...], Style | None]:
    r"""The values of a row's fields as they stand between the quotes, and its style, or None if it is in none.

    Example:
        >>> values_of([r"don\'t", "3"], "\n")
        (("don't", '3'), Style(escapes_apostrophes=True, end='\n'))
    """
    values = []
    is_plain = True
    for field in fields:
        value = field.replace('\\"', '"') if "\\" in field else field
        if "\\" in value or '""' in field:  # not only quotes with a backslash: the longer way
            is_plain = False
            value = _ESCAPE.sub(lambda match: match[1] or '"', field)
        values.append(value)
    if is_plain:
        return tuple(values), PLAIN if end == PLAIN.end else Style(end=end)
    for escapes_apostrophes in (False, True):
        style = Style(escapes_apostrophes, end)
        if all(_escaped(value, style) == field for field, value in zip(fields, values, strict=True)):
            return tuple(values), style
    return tuple(values), None


def parse_row(text: str) -> tuple[tuple[str, ...], Style | None] | None:
    """The values and the style of the text of one row, or None if it is no row; a byte order mark has no style."""
    match = _TEXT_ROW.fullmatch(text)
    if match is None:
        return None
    *fields, end = match.groups()
    values, style = values_of(fields, cast("End", end))
    return values, None if text.startswith(BOM) else style
