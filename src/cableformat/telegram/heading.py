"""The head's fields: subject, and the instruction to declassify (field notes §2)."""

from __future__ import annotations

import bisect
import re
from itertools import chain
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.dates import date_in
from cableformat.telegram.fields import content_of, label_of, stripped, text_of

if TYPE_CHECKING:
    from datetime import date

    from cableformat.telegram.values import Region, Value

# Before the subject may stand a dash or a colon too many, the label once more, and portion marks, such as (U) or
# (S/NF) (5 FAH-3 H-700).
_BEFORE_SUBJECT = re.compile(
    r"\s*+(?:[-–—]++(?=\s)|[:;]|SUBJECT:"
    r"|\([ ]?(?:U|C|S|TS|SBU|LOU|SNF|CNF|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET)(?:[/ -][^\r\n()]{0,40}+)?\)\s*+)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_BLANK_LINE = re.compile(r"[^\S\r\n]*+(?:[\r\n]|\Z)")
_RULE = re.compile(r"[^\S\r\n]*+[-=_*]{3,}[-=_* ]*+[^\S\r\n]*+(?:[\r\n]|\Z)")
_PAGER = re.compile(r"[^\S\r\n]*+[A-Z][A-Z .'-]{1,24}? ++\d{8} {1,2}\d{3}(?:\.\d)? OF \d{3}[^\S\r\n]*+(?:[\r\n]|\Z)")
# A handling instruction that stands right behind the subject.
_HANDLING = re.compile(
    r"(?<=\s)SENSITIVE\s+BUT\b|(?<=\s)(?:THIS MESSAGE (?:IS|HAS)|PLEASE (?:HANDLE|PROTECT))\b", re.IGNORECASE
)
_ENTITY = on_use(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|quot|amp|lt|gt|apos|nbsp);")

_DECL = on_use(
    r"(?=[DXGRA])(?:\bDE(?:LC|C)(?:L(?:AS{1,2})?(?:IFY|IFICATION|IFIED)?)?\b[^\S\r\n]*+(?:ON\b)?[^\S\r\n]*+[:;.]?"
    r"|\b(?:X?GDS|RDS|XDS|ADS)(?:-\d)?\b)",
    re.IGNORECASE,
)
# Between DECL: and the date nothing stands but exemptions (25X1, X6) and small words.
_TO_DATE = on_use(r"(?:\s|[,;:(]|[-–](?=\s)|\b(?:\d\dX\d|X\d|ON|UNTIL|AFTER|DATE|DECL|MR)\b)*+", re.IGNORECASE)
_LETTER_DIGIT = re.compile(r"[OlI](?=[\dOlI]?/|\d)|(?<=[\d/])[OlI](?![a-z])")
_ORDER = on_use(r"\b1[0-9]{3,4}\b[^\S\r\n]*+[:;,.]?")
_END_OF_INSTRUCTION = re.compile(r"[\r\n]|\Z")
_GAP = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*+[\r\n]")
_LONGEST_INSTRUCTION = 400
_LONGEST_GAP = 60


def subject(region: Region) -> Value[str] | None:
    r"""What the telegram is about: unwrapped, without its label and portion mark, white space folded.

    Args:
        region: The block of the subject, with or without its label.

    Returns:
        The subject, or None where there is none.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "SUBJECT: (U) HARBOUR TALKS \nRESUME"
        >>> subject(Region(Part("body", "body", text), 0, len(text))).value
        'HARBOUR TALKS RESUME'
    """
    text = text_of(region)
    start, limit = content_of(text, "subject")
    while before := _BEFORE_SUBJECT.match(text, start, limit):
        start = before.end()
    start, limit = stripped(text, start, limit)
    handling = _HANDLING.search(text, start, limit)
    if handling:
        limit = handling.start()
    lines: list[str] = []
    end = start
    masked = [span.start - region.start for span in region.artefacts]
    at = start
    while at < limit:
        line = _LINE.match(text, at, limit)
        if line is None or line.end() == at:
            break
        at = line.end()
        if _BLANK_LINE.match(line[0]) or _PAGER.match(line[0]):
            # A pager or page break may stand in the middle of a subject; other blank lines end it.
            place = bisect.bisect_left(masked, end)
            if place < len(masked) and masked[place] <= at:
                continue
            break
        if _RULE.match(line[0]):
            break
        words = line[0].rstrip()
        lines.append(words)
        end = line.start() + len(words)
    if not lines:
        return None
    value = " ".join(" ".join(lines).split())
    if "&" in value:
        import html  # noqa: PLC0415 - few subjects have references, and none but these

        value = _ENTITY.sub(lambda match: html.unescape(match[0]), value)
    return region.value(value, start, end) if value else None


def declassify_on(region: Region) -> Value[date] | None:
    """The date on which the telegram is declassified by itself.

    Args:
        region: The block of the executive order, or of the authority (`DECLASSIFY ON:`).

    Returns:
        The date, or None: not classified, an event, or a date that does not exist.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "E.O. 12958: DECL: 05/26/2031"
        >>> declassify_on(Region(Part("body", "body", text), 0, len(text))).value.isoformat()
        '2031-05-26'
    """
    text = text_of(region)
    label = label_of(text, "executive_order")
    for match in chain(_DECL.finditer(text), _ORDER.finditer(text, *label) if label else ()):
        between = _TO_DATE.match(text, match.end(), min(len(text), match.end() + _LONGEST_GAP))
        at = between.end() if between else match.end()
        until = min(len(text), at + 30)
        found = date_in(text, at, until)
        if not (found and found[1] == at) and _LETTER_DIGIT.search(text, at, until):
            # The letters O and l stand for 0 and 1 in some.
            digits = _LETTER_DIGIT.sub(lambda m: "01"[m[0] in "lI"], text[at:until])
            found = date_in(text[:at] + digits + text[until:], at, until)
        if found and found[1] == at:
            return region.value(*found)
    return None


def declassification(region: Region) -> Value[str] | None:
    """The instruction to declassify in words: a date, `N/A`, `OADR`, or an event (E.O. 12958 section 1.6).

    Args:
        region: The block of the executive order.

    Returns:
        The words behind `DECL:` (without it, behind the order's number), white space folded.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "E.O. 12356: DECL:  OADR"
        >>> declassification(Region(Part("body", "body", text), 0, len(text))).value
        'OADR'
    """
    text = text_of(region)
    first, limit = content_of(text, "executive_order")
    label = label_of(text, "executive_order")
    if label:
        first = label[0]
    elif label_of(text, "authority") and not _DECL.search(text):
        return None
    else:
        # `DECLASSIFY ON:` stands in the block of the authority.
        first, limit = 0, len(text)
    match = _DECL.search(text, first, limit) or _ORDER.search(text, first, limit)
    start = match.start() if match and match[0][:1].upper() in "XGR" else match.end() if match else first
    limit = min(limit, start + _LONGEST_INSTRUCTION)
    start, limit = stripped(text, start, limit)
    start, limit = stripped(text, start, limit, ": \t")
    if start >= limit:
        return None
    blank = _GAP.search(text, start, limit)
    if blank:
        limit = blank.start()
    start, limit = stripped(text, start, limit)
    return region.value(" ".join(text[start:limit].split()), start, limit)
