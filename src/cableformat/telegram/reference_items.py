"""The items of a reference block: where each begins and ends, and its bullet (field notes §2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat.patterns import on_use

if TYPE_CHECKING:
    from collections.abc import Iterator

# A. A) (A) [A] A.) ¶A. a: A - 1) (1), perhaps introduced by `REF`.
_BULLET = re.compile(
    # No bullet stands behind a letter: this is looked at first, for most places do.
    r"(?<![A-Za-z])(?:(?<![\d.'’/])(?:REF[ \t]{1,2})?[¶]?"
    r"(?:[(\[][ ]?(?P<in>[A-Za-z]|\d{1,2})[ ]?[)\]]"
    r"|(?!E-[ ]MAIL)(?P<letter>[A-Za-z])(?:\.\)|[.)\]:]|[-/](?=[ \t])|[ ][-–](?=[ \t]))"
    r"|(?P<digit>\d{1,2})\))"
    r"[.:]?"
    r"|(?:(?<=[,;\n\r])|(?<=\d[ \t])|\A)[^\S\r\n]*+(?:REF[ \t]{1,2})?(?P<bare>[A-Za-z])(?=[ \t]{1,3}(?:\d|[A-Za-z]{2}))"
    r"|REF[ \t]{1,2}(?P<named>[A-Za-z])[:.)]?(?=\s))",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*+(?:\r\n|\r|\n))++")
# Behind a gap an item goes on if it begins like one, or the words before the gap want more.
_BEGINS = on_use(
    r"[^\S\r\n]*+(?:[¶(\[]{0,2}(?:[A-Za-z]|\d{1,2})[.)\]]|-{1,2}[ \t]*+\("
    r"|'?\d{2,4}[ -]?[A-Za-z]{2,20}[A-Za-z ]{0,20}\d)"
)
_WANTS_MORE = on_use(r"(?:\A|[:,;&]|\b(?:AND|and)|(?:\A|[:.,;)\]]|\b(?:AND|and))[ \t]{0,3}\d\d|\b[A-Za-z][.)\]])\s*\Z")
# A post at the end of a line whose number stands behind the gap.
_WANTS_NUMBER = re.compile(
    r"(?:\A|[:,;&]|\b[A-Za-z][.)\]]|\bAND)[^\S\r\n]*+(?:'?\d{2,4}[ ])?[A-Z][A-Za-z'’ -]{1,24}[^\S\r\n]*+\Z"
)
_SERIAL = re.compile(r"[^\S\r\n]*+\d{2,6}(?=[\s,;(]|\Z)")
_TAIL = 40
# Words behind the last item that are not of the list; their first letters are looked for first.
_PROSE = re.compile(
    r"(?=[BCNST=-])(?:\bSENSITIVE[ ]BUT\b|\bTHIS[ ](?:MESSAGE|CABLE|IS|TELEGRAM)\b|\b(?:BEGIN[ ])?SUMMARY\b(?=[\s:.])"
    r"|\bNOT[ ]FOR[ ]INTERNET\b"
    r"|(?<![-=])(?:-{5}|={5})|\bCLASSIFIED[ ]BY\b)",
    re.IGNORECASE,
)
_MOST_SKIPPED = 3
_CLASSES = frozenset("CSU")


class Item(NamedTuple):
    """An item of a reference block.

    Attributes:
        bullet: Its letter or number, or None.
        start: First character behind the bullet.
        end: One past its last.
    """

    bullet: str | None
    start: int
    end: int


def goes_on(before: str, text: str, at: int) -> bool:
    """Whether a list of references goes on behind a gap.

    Args:
        before: The words before the gap; they want more if they end in a comma, a bullet, AND, or a year.
        text: The text.
        at: Where the line behind the gap begins; a post before the gap wants a number there.

    Example:
        >>> goes_on("B. ROME 1, C)", "OSLO 2", 0), goes_on("B. ROME", "12", 0), goes_on("B. ROME 1", "12", 0)
        (True, True, False)
    """
    before = before[-_TAIL:].rstrip(" \t")
    return _WANTS_MORE.search(before) is not None or (
        _SERIAL.match(text, at) is not None and _WANTS_NUMBER.search(before) is not None
    )


def end_of_list(text: str, start: int, end: int) -> int:
    """Where the list of references ends: before prose, or at a gap behind which no item follows.

    Args:
        text: A region's text.
        start: Where the list begins.
        end: Where it ends at the latest.
    """
    prose = _PROSE.search(text, start, end)
    if prose:
        end = prose.start()
    for gap in _GAP.finditer(text, start, end):
        before = text[max(start, gap.start() - _TAIL) : gap.start()]
        if not before.strip() or _BEGINS.match(text, gap.end(), end) or goes_on(before, text, gap.end()):
            continue
        return gap.start()
    return end


def items(text: str, start: int, end: int) -> Iterator[Item]:
    """The items of a list of references: each runs from its bullet to the next one in sequence.

    Args:
        text: A region's text.
        start: Where the list begins.
        end: Where it ends.

    Returns:
        The items, in order; without bullets it is one.

    Example:
        >>> text = "A. ROME 1 (C) B) ROME 2"
        >>> [(item.bullet, text[item.start : item.end]) for item in items(text, 0, len(text))]
        [('A', ' ROME 1 (C) '), ('B', ' ROME 2')]
    """
    bullet: str | None = None
    at = start
    for match in _BULLET.finditer(text, start, end):
        if match.start() < at:
            continue
        group = match.lastgroup or ""
        name = match[group].upper()
        is_first = bullet is None and match.start() - start < _TAIL and not text[start : match.start()].strip()
        if not _follows(name, bullet, is_first=is_first, is_bare=group == "bare"):
            continue
        if group == "in" and is_first and name in _CLASSES:
            at = match.end()  # the class of the list
            continue
        if group == "in" and _is_mark(text, match, start, bullet):
            continue
        if text[at : match.start()].strip(" \t\r\n-¶\\") or bullet is not None:
            yield Item(bullet, at, match.start())
        bullet, at = name, match.end()
    yield Item(bullet, at, end)


def _follows(name: str, before: str | None, *, is_first: bool, is_bare: bool) -> bool:
    """Whether a bullet may come here: the first, the same again, or one of the next."""
    if before is None:
        return name in ("A", "1") or (is_first and not is_bare and len(name) == 1)
    if before.isdecimal() or name.isdecimal():
        return before.isdecimal() and name.isdecimal() and 0 <= int(name) - int(before) <= 1
    step = ord(name) - ord(before)
    return 0 <= step <= (1 if is_bare else _MOST_SKIPPED)


def _is_mark(text: str, match: re.Match[str], start: int, bullet: str | None) -> bool:
    """Whether a letter in brackets is a class, between post and serial or behind them: `KUWAIT (C)02293`."""
    name = match["in"].upper()
    if bullet and name in _CLASSES and ord(name) > ord(bullet[0]) + 1:
        return True
    behind = text[match.end() : match.end() + 2].strip()
    before = text[max(start, match.start() - 3) : match.start()].rstrip()
    return behind[:1].isdigit() and before[-1:].isalpha()
