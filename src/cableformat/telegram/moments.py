"""Dates as containers write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_TIME = r"(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?"
_ISO = re.compile(rf"\s*(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}(?:\.\d+)?Z?\s*")
_SLASHED = re.compile(rf"\s*(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_TIME}\s*")
_WORDS = re.compile(rf"\s*(\d{{1,2}}) ([A-Za-z]{{3}})[a-z]* (\d{{4}}){_TIME}\s*")
_SMART = re.compile(r"\s*([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})" + _TIME + r"\s*(?:/.{0,40})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def moment(text: str) -> datetime | None:
    """The moment that a container's date names, taken as UTC; None where it names none.

    Example:
        >>> moment("5/27/2031 7:19")
        datetime.datetime(2031, 5, 27, 7, 19, tzinfo=datetime.timezone.utc)
        >>> moment("May 27, 2031 / 270719Z MAY 31").date()
        datetime.date(2031, 5, 27)
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    elif match := _SLASHED.fullmatch(text):
        year, month, day = match[3], match[1], match[2]
    elif (match := _WORDS.fullmatch(text)) and match[2].lower() in _MONTHS:
        year, month, day = match[3], str(_MONTHS.index(match[2].lower()) + 1), match[1]
    elif (match := _SMART.fullmatch(text)) and match[1].lower() in _MONTHS:
        year, month, day = match[3], str(_MONTHS.index(match[1].lower()) + 1), match[2]
    else:
        return None
    hour, minute, second = (int(match[group] or 0) for group in (4, 5, 6))
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=UTC)
    except ValueError:  # a date that no calendar has
        return None
