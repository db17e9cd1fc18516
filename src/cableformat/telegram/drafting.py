"""Who wrote, approved and cleared a telegram, and which offices got copies (field notes §1 and §6, 1973 to 2001)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat.patterns import on_use
from cableformat.telegram.labels import slips

if TYPE_CHECKING:
    from cableformat.telegram.values import Region, Value

_OFFICE = on_use(r"(?<![A-Z/\d])[A-Z][A-Z/]{0,7}-\d\d(?!\d)")
_ACTION = on_use(r"^[^\S\r\n]*+(?:ACTION|ORIGIN)[^\S\r\n]++(?=[A-Z/]{1,8}-\d\d)([^\r\n]*+)", re.MULTILINE)
# The copies go on over lines until their sum, `/089 R`.
_COPIES = on_use(
    r"^[^\S\r\n]*+INFO[^\S\r\n]++(?=[A-Z/]{1,8}-\d\d)([^\r\n]*+(?:\r?\n[^\S\r\n]*+(?:[A-Z][A-Z/]{0,7}-\d\d|/\d{3})[^\r\n]*+)*+)",
    re.MULTILINE,
)


def _label(word: str) -> str:
    return rf"^[^\S\r\n]*+(?:{word}|{slips(word, 'A-Z')})[^\S\r\n]BY[^\S\r\n]*+:?[^\S\r\n]*+"


_DRAFTED = on_use(rf"{_label('DRAFTED')}(\S[^\r\n]*+)", re.MULTILINE)
_APPROVED = on_use(rf"{_label('APPROVED')}(\S[^\r\n]*+)", re.MULTILINE)
# Under the approval each line is a clearance, until the distribution, the dash line or the date-time group.
_CLEARANCE = on_use(
    r"\r?\n(?![^\S\r\n]*+(?:[A-Z]{0,8} ?DIST[A-Z]{3,10}ION\b|-{5,}|(?:[ZOPR] )+\d{6}Z|FM |PAGE ))"
    r"[^\S\r\n]*+(\S[^\r\n]*+)"
)


def action_offices(region: Region) -> tuple[Value[str], ...]:
    """The offices that act on the telegram or sent it, with their number of copies: `ACTION EUR-12`, `ORIGIN PA-02`.

    Args:
        region: The transmission header.
    """
    return _offices(region, _ACTION)


def copies(region: Region) -> tuple[Value[str], ...]:
    """The offices that get copies inside the Department, with their number: `INFO OCT-01 ISO-00`.

    Args:
        region: The transmission header.
    """
    return _offices(region, _COPIES)


def _offices(region: Region, pattern: re.Pattern[str]) -> tuple[Value[str], ...]:
    return tuple(
        region.value(office.group(), office.start(), office.end())
        for line in pattern.finditer(region.text)
        for office in _OFFICE.finditer(region.text, line.start(1), line.end(1))
    )


def drafted_by(region: Region) -> Value[str] | None:
    """Who drafted the telegram, as it says so: office, name and typist.

    Args:
        region: The transmission header.
    """
    return _named(region, _DRAFTED)


def approved_by(region: Region) -> Value[str] | None:
    """Who approved the telegram.

    Args:
        region: The transmission header.
    """
    return _named(region, _APPROVED)


def _named(region: Region, pattern: re.Pattern[str]) -> Value[str] | None:
    match = pattern.search(region.text)
    if match is None:
        return None
    words = match[1].rstrip()
    return region.value(words, match.start(1), match.start(1) + len(words))


def cleared_by(region: Region) -> tuple[Value[str], ...]:
    """Who cleared the telegram: the lines under the approval.

    Args:
        region: The transmission header.
    """
    text = region.text
    approved = _APPROVED.search(text)
    found = []
    at = approved.end() if approved else len(text)
    while match := _CLEARANCE.match(text, at):
        words = match[1].rstrip()
        found.append(region.value(words, match.start(1), match.start(1) + len(words)))
        at = match.end()
    return tuple(found)
