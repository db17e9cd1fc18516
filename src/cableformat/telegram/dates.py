"""Dates as telegrams write them."""

from __future__ import annotations

import re
from datetime import date

from cableformat.patterns import on_use

MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
"""The months by the first three letters of their names."""

_DECEMBER = 12
_FIRST_CENTURY_YEAR = 50
_DATE = on_use(
    r"""(?<![\d/])(?:
        (?P<y1>(?:19|20)\d\d)[ ]?[/.-]{1,2}[ ]?(?P<m1>\d{1,2})[ ]?[/.-]{1,2}[ ]?(?P<d1>\d{1,2})
      | (?P<y5>(?:19|20)\d\d)(?P<m5>[01]\d)(?P<d5>[0-3]\d)
      | (?P<m2>\d{1,2})[ ]?[/.-]{1,2}[ ]?(?P<d2>\d{1,2})[ ]?[/.-]{1,2}[ ]?(?P<y2>(?:19|20)\d\d|\d\d)
      | (?P<d3>\d{1,2})[ ]{1,2}(?P<m3>[A-Z]{3})[A-Z]{0,6}\.?,?[ ]{1,2}(?P<y3>(?:19|20)\d\d|\d\d)
      | (?P<m4>[A-Z]{3})[A-Z]{0,6}\.?[ ]{1,2}(?P<d4>\d{1,2}),?[ ]{1,2}(?P<y4>(?:19|20)\d\d|\d\d)
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)


def full_year(year: str) -> int:
    """A year with its century: 50 to 99 are of the 20th.

    Example:
        >>> full_year("66"), full_year("07"), full_year("1975")
        (1966, 2007, 1975)
    """
    number = int(year)
    if len(year) > 2:  # noqa: PLR2004 - the century is written out
        return number
    return number + (1900 if number >= _FIRST_CENTURY_YEAR else 2000)


def date_in(text: str, start: int, end: int) -> tuple[date, int, int] | None:
    """The first date in a run of text: `5/26/2015`, `2015/05/26`, `26 MAY 2015`, `May 26, 2015`.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.

    Returns:
        The date with its offsets, or None; a date that does not exist is none.

    Example:
        >>> date_in("DECL: 05/26/2031", 0, 16)
        (datetime.date(2031, 5, 26), 6, 16)
    """
    for match in _DATE.finditer(text, start, end):
        kind = (match.lastgroup or "")[-1]
        year, month, day = (match[f"{part}{kind}"] for part in "ymd")
        number = int(month) if month.isdecimal() else MONTHS.get(month.upper(), 0)
        if number > _DECEMBER:
            # 18/03/2041: the day stands first.
            number, day = int(day), str(number)
        try:
            return date(full_year(year), number, int(day)), match.start(), match.end()
        except ValueError:
            continue
    return None
