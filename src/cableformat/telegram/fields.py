"""Where a field of the head stands in a region: behind its label, before the next one (field notes §2)."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.labels import (
    AUTHORITY,
    BLANKS,
    COLON,
    FIELDS,
    MAYBE_SLIPPED,
    NO_COLON,
    may_be_slipped,
    spellings,
)
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.values import Region

# No field of a head is longer; a region of more characters is read as far as this, whatever its size.
_LONGEST_FIELD = 50_000
_LONGEST_LABEL = 30
_SPACE = re.compile(r"\s*+")
# Before a label may stand a paragraph's number and a portion mark: `1. (U) CLASSIFIED BY`.
_BEFORE = rf"{BLANKS}¶?(?:\d{{1,2}}\.)?{BLANKS}(?:\([A-Z/]{{1,5}}\))?{BLANKS}"
_FIRST_PARAGRAPH = rf"(?:^|(?<=\r)){BLANKS}¶?1\.(?!{BLANKS}[45]\b){BLANKS}(?=[(A-Z])"


# What may be a label with a slip, at the start of a line.
_MAYBE_SLIPPED = on_use(rf"(?:^|(?<=\r)){_BEFORE}{MAYBE_SLIPPED}", re.MULTILINE)


@functools.cache
def _as_written(field: str) -> frozenset[str]:
    """The labels before a colon as most telegrams have them, which need no pattern: no other ends with that colon."""
    found = {row["spelling"] for row in rows("labels") if row["field"] == field and "#" not in row["spelling"]}
    return frozenset(found | {spelling.title() for spelling in found})


@functools.cache
def _label(field: str, *, has_slips: bool = False) -> re.Pattern[str]:
    """A field's label: at the start of a line, or with its colon anywhere."""
    full, bare = spellings(field), spellings(field, "optional")
    slips = f"|{spellings(field, 'slips')}" if has_slips else ""
    # `REF` without a colon is a label only before an item.
    return re.compile(
        rf"(?:^|(?<=\r)){_BEFORE}(?:(?:{full}{slips}){COLON}|(?:{bare}){NO_COLON}{BLANKS}[:;]?)"
        rf"|(?<![A-Za-z\d])(?:{full}){COLON}",
        re.IGNORECASE | re.MULTILINE,
    )


@functools.cache
def _next_label(field: str, *, has_colon: bool, has_lines: bool) -> re.Pattern[str]:
    """What ends a field: the label of any other one, or the first paragraph.

    Args:
        field: The field.
        has_colon: Whether a colon or semicolon stands in its text; most labels need one.
        has_lines: Whether a line begins in it.
    """
    fields = [f for f in FIELDS if f != field]
    full = "|".join(spellings(f) for f in fields)
    slips = "|".join(spellings(f, "slips") for f in fields)
    bare = "|".join(spellings(f, "optional") for f in fields)
    choices = [] if field == "authority" else [rf"{AUTHORITY}\b"]
    if has_lines:
        at_start = rf"(?:{slips}){COLON}|" if has_colon else ""
        choices += [rf"(?:^|(?<=\r)){_BEFORE}(?:{at_start}(?:{bare})(?=[^\S\r\n]|[\[(]))", _FIRST_PARAGRAPH]
    if has_colon:
        choices.append(rf"(?:{full}){COLON}")
    # None of these stands behind a letter or digit: this is looked at first, for most places do.
    pattern = rf"(?<![A-Za-z\d])(?:{'|'.join(choices) or '(?!)'})"
    if has_colon and field != "reference":
        pattern += r"|(?<=[A-Za-z\d?!)])REF(?:S|\(S\))?:"
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def text_of(region: Region) -> str:
    """The text of a region that holds one field: artefacts masked, and no longer than a field can be.

    Of an artefact and the blank lines around it one line end is left, so that it ends no field; offsets stay true.

    Args:
        region: The block of the field.
    """
    if region.end - region.start > _LONGEST_FIELD:
        region = region.within(0, _LONGEST_FIELD)
    text = region.text
    if not region.artefacts:
        return text
    pieces: list[str] = []
    at = 0
    for span in region.artefacts:
        if span.start - region.start < at:
            continue  # it stands among the blanks around the one before
        start = at + len(text[at : span.start - region.start].rstrip())
        blanks = _SPACE.match(text, span.end - region.start)
        end = blanks.end() if blanks else len(text)
        gap = text[start:end]
        pieces += (text[at:start], "\n" + " " * (len(gap) - 1) if "\n" in gap or "\r" in gap else gap)
        at = end
    return "".join((*pieces, text[at:]))


def label_of(text: str, field: str) -> tuple[int, int] | None:
    """Where a field's label stands, with its colon.

    Args:
        text: A region's text.
        field: `executive_order`, `tags`, `subject`, `reference` or `authority`.

    Returns:
        Offsets of the first such label, or None.

    Example:
        >>> label_of("SUBJECT: TALKS", "subject")
        (0, 8)
    """
    colon = text.find(":", 0, _LONGEST_LABEL)
    if colon > 0 and text[:colon] in _as_written(field):
        return 0, colon + 1
    match = _label(field).search(text)
    before = match.start() if match else len(text)
    if before and any(may_be_slipped(maybe[1]) for maybe in _MAYBE_SLIPPED.finditer(text, 0, before)):
        match = _label(field, has_slips=True).search(text)
    return (match.start(), match.end()) if match else None


def content_of(text: str, field: str) -> tuple[int, int]:
    """Where a field's content stands: behind its label (in all of the text if it has none), before the next.

    Args:
        text: A region's text.
        field: `executive_order`, `tags`, `subject`, `reference` or `authority`.

    Returns:
        Offsets, with the blanks around the content.

    Example:
        >>> content_of("TAGS: PREL SUBJECT: TALKS", "tags")
        (5, 11)
    """
    label = label_of(text, field)
    start = label[1] if label else 0
    has_colon = text.find(":", start) >= 0 or text.find(";", start) >= 0
    has_lines = text.find("\n", start, -1) >= 0 or text.find("\r", start, -1) >= 0
    following = _next_label(field, has_colon=has_colon, has_lines=has_lines).search(text, start)
    return start, following.start() if following else len(text)


def stripped(text: str, start: int, end: int, chars: str | None = None) -> tuple[int, int]:
    """The offsets without the blanks (or other characters) at both ends.

    Example:
        >>> stripped("a  b ", 1, 5)
        (3, 4)
    """
    run = text[start:end]
    left = run.lstrip(chars)
    start = end - len(left)
    return start, start + len(left.rstrip(chars))
