"""Dates as containers write them."""

from __future__ import annotations

from datetime import UTC, datetime

from cableformat.patterns import on_use
from cableformat.telegram.dates import MONTHS

_TIME = r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
_FORMS = tuple(
    on_use(rf"\s*{form}\s*")
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}(?:\.\d+)?Z?",
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}){_TIME}",
        rf"(?P<day>\d{{1,2}}) (?P<name>[A-Za-z]{{3}})[a-z]* (?P<year>\d{{4}}){_TIME}",
        rf"(?P<name>[A-Za-z]{{3}})[a-z]* (?P<day>\d{{1,2}}), (?P<year>\d{{4}}){_TIME}\s*(?:/.{{0,40}})?",  # SMART
        rf"(?P<year>\d{{4}}) (?P<name>[A-Za-z]{{3}})[a-z]* (?P<day>\d{{1,2}}),?{_TIME}(?: \([A-Za-z]+\))?",  # PlusD
    )
)


def moment(text: str) -> datetime | None:
    """The moment that a container's date names, taken as UTC; None where it names none.

    Example:
        >>> moment("5/27/2031 7:19")
        datetime.datetime(2031, 5, 27, 7, 19, tzinfo=datetime.timezone.utc)
        >>> moment("May 27, 2031 / 270719Z MAY 31").date()
        datetime.date(2031, 5, 27)
        >>> moment("2031 May 27, 07:19 (Tuesday)").time()
        datetime.time(7, 19)
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    said = match.groupdict()
    month = int(said["month"]) if "month" in said else MONTHS.get(said["name"].upper(), 0)
    hour, minute, second = (int(said[unit] or 0) for unit in ("hour", "minute", "second"))
    try:
        return datetime(int(said["year"]), month, int(said["day"]), hour, minute, second, tzinfo=UTC)
    except ValueError:  # a date that no calendar has
        return None
