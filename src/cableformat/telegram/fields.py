"""Where a field of the head stands in a region: behind its label, before the next one (field notes §2)."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cableformat.telegram.labels import label_at
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.values import Region

# No field of a head is longer; a region of more characters is read as far as this, whatever its size.
_LONGEST_FIELD = 50_000
_BLANKS = r"[^\S\r\n]*+"
_COLON = rf"{_BLANKS}[:;]"
# Before a label may stand a paragraph's number and a portion mark: `1. (U) CLASSIFIED BY`.
_BEFORE = rf"{_BLANKS}¶?(?:\d{{1,2}}\.)?{_BLANKS}(?:\([A-Z/]{{1,5}}\))?{_BLANKS}"
_FIRST_PARAGRAPH = rf"(?:^|(?<=\r)){_BLANKS}¶?1\.(?!{_BLANKS}[45]\b){_BLANKS}(?=[(A-Z])"
_AUTHORITY = r"CLA?SS[A-Z]{2,5}D[^\S\r\n]{1,3}BY"


def _pattern(spelling: str) -> str:
    """A spelling as a pattern: blanks and full stops are free, `#` is the number of an executive order."""
    pieces = {" ": r"[^\S\r\n]{0,3}", ".": r"\.?[^\S\r\n]?", "#": r"1\d{3,4}(?!\d)"}
    return "".join(pieces.get(c, re.escape(c)) for c in spelling)


@functools.cache
def _spellings(field: str, *, bare: bool = False) -> str:
    """The spellings of a field's labels as alternatives, longest first.

    Args:
        field: Such as `tags`.
        bare: Only those that stand without a colon, too.
    """
    found = sorted({r["spelling"] for r in rows("labels") if r["field"] == field}, key=lambda s: (-len(s), s))
    free = {r["spelling"] for r in rows("labels") if r["colon"] == "optional"}
    return "|".join(_pattern(s) for s in found if not bare or s in free) or r"(?!)"


@functools.cache
def _label(field: str) -> re.Pattern[str]:
    """A field's label: at the start of a line, or with its colon anywhere."""
    bare = _spellings(field, bare=True)
    if field == "authority":
        bare = f"{_AUTHORITY}|{bare}"
    # `REF` without a colon is a label only before an item.
    behind = r"(?=[^\S\r\n]|[\[(]|$)"
    return re.compile(
        rf"(?:^|(?<=\r)){_BEFORE}(?:(?:{_spellings(field)}){_COLON}|(?:{bare}){behind}{_BLANKS}[:;]?)"
        rf"|(?<![A-Za-z\d])(?:{_spellings(field)}){_COLON}",
        re.IGNORECASE | re.MULTILINE,
    )


@functools.cache
def _next_label(field: str) -> re.Pattern[str]:
    """What ends a field: the label of any other one, or the first paragraph."""
    fields = [f for f in ("executive_order", "tags", "subject", "reference", "authority") if f != field]
    full = "|".join(_spellings(f) for f in fields)
    bare = "|".join(_spellings(f, bare=True) for f in fields)
    glued = "" if field == "reference" else r"|(?<=[A-Za-z])REF(?:S|\(S\))?:"
    authority = "" if field == "authority" else rf"|(?<![A-Za-z\d]){_AUTHORITY}\b"
    return re.compile(
        rf"(?<![A-Za-z\d])(?:{full}){_COLON}|(?:^|(?<=\r)){_BEFORE}(?:{bare})(?=[^\S\r\n]|[\[(])"
        rf"|{_FIRST_PARAGRAPH}{glued}{authority}",
        re.IGNORECASE | re.MULTILINE,
    )


def text_of(region: Region) -> str:
    """The text of a region that holds one field: artefacts masked, and no longer than a field can be.

    Of an artefact and the blank lines around it one line end is left, so that it ends no field; offsets stay true.

    Args:
        region: The block of the field.
    """
    region = region.within(0, min(region.end - region.start, _LONGEST_FIELD))
    text = region.text
    for span in region.artefacts:
        start, end = span.start - region.start, span.end - region.start
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace():
            end += 1
        if "\n" in text[start:end] or "\r" in text[start:end]:
            text = f"{text[:start]}\n{' ' * (end - start - 1)}{text[end:]}"
    return text


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
    match = _label(field).search(text)
    if match is None and (slip := label_at(text, 0)) is not None and slip[0] == field:
        return 0, slip[1]
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
    following = _next_label(field).search(text, start)
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
