"""The transmission header: date-time group, sender and addressees (ACP 127; field notes §1)."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.dates import MONTHS, full_year
from cableformat.telegram.fields import text_of
from cableformat.telegram.values import Addressee, Value
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.telegram.values import Region

# From the zone on, which is rarer than digits: the day, hour and minute before it are the last six characters.
_DTG = re.compile(
    r"(?-i:[Zz])(?<=\d{6}.)(?<![A-Za-z\d]\d{6}.)[ \t]{1,3}([A-Z]{3})[A-Z]{0,6}[ \t]{1,3}((?:19|20)\d{2}|\d{2})(?!\d)",
    re.IGNORECASE,
)
# A line from its first word on.
_LINE = re.compile(r"\S[^\r\n]*+")
_LABEL = re.compile(r"[ \t]*+(FM|FROM:?|TO:?|ACTION:|INFO:?)(?=[ \t]|$)", re.IGNORECASE)
_FIRST_LABEL = on_use(r"^[ \t]*+(FM|FROM:?|TO:?|ACTION:?|INFO:?)(?=[ \t]|$)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"\s*+(?:R[UH][A-Z]{3,5}/[A-Z]|AM(?:EMBASSY|CONSUL)\b|USMISSION\b|SECSTATE\b)")
_SMART = {"FROM:": "FM", "TO:": "TO", "ACTION:": "TO", "INFO:": "INFO"}
# INFO  LOG-00 ... is a distribution of copies inside the Department, not an address.
_DISTRIBUTION = re.compile(r"[ \t]*+[A-Z/]{1,8}-\d\d\b")
_PAGE = on_use(
    r"PAGE[ \t]++\d\d[ \t]++[A-Z][A-Z .'-]{0,24}?[ \t]++\d{4,6}"
    r"(?:[ \t]++\d\d OF \d\d)?(?:[ \t]++\d{6}Z)?[ \t]*+"
)
# The DE line, at the start of a line.
_STATION = re.compile(r"^[^\S\r\n]*+DE[ ]([A-Z]{4,7})(?=[ \t\r\n]|\Z)", re.MULTILINE)
# What cannot be an address ends the list: the classification line, page and dash lines, the next header line.
_END = on_use(
    r"[ \t]*+(?:BT[ \t]*$|-{5,}|/\d{3}[ ]|[*]{3}|(?:UN)?CLAS(?:SIFIED|S)?\b|C O N F|S E C R E T|U N C L A S"
    r"|CONFIDENTIAL\b|SECRET\b|LIMITED OFFICIAL|LIMOFFUSE|DISTRIBUTION:|SUBJECT:|TAGS:"
    r"|E\.?O\.? ?1|VZCZC|ZN[RY][ ]|SIPDIS\b|EFTO\b|NNNN)"
)
_ROUTE = re.compile(r"[ \t]*+(?:([A-Z]{3,7}|ZEN)/|(R[UH][A-Z]{3,5})[ ]?/[ ]?)(?=[A-Z\d])")
# Behind a precedence it may be short.
_MCN = re.compile(r"[ \t](\d{3,6}|(?<=IMMEDIATE )\d{1,6}|(?<=PRIORITY )\d{1,6}|(?<=ROUTINE )\d{1,6})\Z")
_ONLY_MCN = re.compile(r"\d{3,6}\Z")
_LONGEST = 400


def _precedences() -> re.Pattern[str]:
    words = [row["precedence"] for row in rows("precedences")]
    return re.compile(rf"(?:\A|[ \t/])((?:NIACT[ \t]+)?(?:{'|'.join(words)}))\Z", re.IGNORECASE)


_PRECEDENCE = _precedences()


def date_time_group(region: Region) -> Value[datetime] | None:
    """When the telegram was sent (ACP 121: day, hour, minute, zone, month, year).

    Years 50 to 99 are of the 20th century. A date that does not exist is none.

    Args:
        region: The transmission header.

    Returns:
        An aware time in UTC, or None.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "O 100936Z SEP 31 ZDK"
        >>> date_time_group(Region(Part("header", "header", text), 0, len(text))).value.isoformat()
        '2031-09-10T09:36:00+00:00'
    """
    text = text_of(region)
    for match in _DTG.finditer(text):
        start = match.start() - 6
        day, hour, minute = (int(text[at : at + 2]) for at in range(start, start + 6, 2))
        month, year = match.groups()
        if month.upper() not in MONTHS:
            continue
        try:
            when = datetime(full_year(year), MONTHS[month.upper()], day, hour, minute, tzinfo=UTC)
        except ValueError:
            continue
        return region.value(when, start, match.end())
    return None


@functools.lru_cache(maxsize=2)
def _lines(text: str) -> dict[str, list[tuple[int, int]]]:
    """The lines of addresses, by the label FM, TO or INFO that they stand under.

    Kept for the last headers, because sender, recipients and copies are asked for one after the other.
    """
    lines: dict[str, list[tuple[int, int]]] = {}
    for label, start, end in _found_lines(text):
        lines.setdefault(label, []).append((start, end))
    return lines


def _found_lines(text: str) -> Iterator[tuple[str, int, int]]:
    # A header may begin in the middle of its list: what stands above INFO is for action.
    first = _FIRST_LABEL.search(text) if _ADDRESS.match(text) else None
    label = "TO" if first and first[1].upper().startswith("INFO") else ""
    for line in _LINE.finditer(text):
        start, end = line.span()
        named = _LABEL.match(text, start, end)
        if not named and (not label or _END.match(text, start, end)):
            label = ""
            continue
        if named:
            word = named[1].upper()
            label = _SMART.get(word, word.rstrip(":"))
            label = "FM" if label == "FROM" else label
            start = named.end()
        if label == "INFO" and _DISTRIBUTION.match(text, start, end):
            label = "copies"
        start, end = _within(text, start, end)
        page = _PAGE.match(text, start, end) if text.startswith("PAGE", start, end) else None
        if page:
            start, end = _within(text, page.end(), end)
        if label and start < end:
            yield label, start, end
        if label == "FM":
            label = ""


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _addressee(words: str) -> Addressee:
    """Who a line addresses: `[RI/]NAME[ PRECEDENCE][ MCN]`."""
    route = precedence = mcn = None
    match = _ROUTE.match(words)
    if match:
        route, words = match[1] or match[2], words[match.end() :]
    words = words.rstrip(" ,;.")
    match = _MCN.search(words)
    if match:
        mcn, words = match[1], words[: match.start()].rstrip(" \t,;")
    match = _PRECEDENCE.search(words)
    if match:
        precedence, words = " ".join(match[1].upper().split()), words[: match.start()].rstrip(" \t,;")
    return Addressee(route, " ".join(words.split()), precedence, mcn)


def _addressees(region: Region, label: str) -> tuple[Value[Addressee], ...]:
    text = text_of(region)
    found: list[tuple[Addressee, int, int]] = []
    excluded: list[str] = []
    is_excluding = False
    for first, stop in _lines(text).get(label, ()):
        words = text[first : min(stop, first + _LONGEST)].rstrip()
        if words[:4].upper() in ("XMT", "XMT "):
            is_excluding = True
            words = words[4:].strip()
        if is_excluding and found and "/" not in words[:8]:
            if words:
                excluded += filter(None, (_addressee(post.strip()).name for post in words.split(",")))
                last, start, _ = found[-1]
                found[-1] = (last, start, stop)
            continue
        is_excluding = False
        if found and found[-1][0].mcn is None and _ONLY_MCN.match(words):
            # The line broke before the number.
            last, start, _ = found[-1]
            found[-1] = (attrs.evolve(last, mcn=words), start, first + len(words))
            continue
        if excluded:
            _exclude(excluded, found)
        addressee = _addressee(words)
        if addressee.name:
            found.append((addressee, first, first + len(words)))
    if excluded:
        _exclude(excluded, found)
    return tuple([region.value(addressee, start, end) for addressee, start, end in found])


def _exclude(excluded: list[str], found: list[tuple[Addressee, int, int]]) -> None:
    """Say which posts the last of some addresses exempts; the list of these posts is empty then."""
    last, start, end = found[-1]
    found[-1] = (attrs.evolve(last, excluded=tuple(excluded)), start, end)
    excluded.clear()


def sender(region: Region) -> Value[Addressee] | None:
    """Who sent the telegram: the FM line; the routing indicator stands in the DE line (ACP 127).

    Args:
        region: The transmission header.

    Returns:
        The sender, or None; its raw words are those of the FM line.
    """
    found = next(iter(_addressees(region, "FM")), None)
    if found is None or found.value.route:
        return found
    station = _STATION.search(region.text)
    if station is None:
        return found
    said = found.value
    value = Addressee(station[1], said.name, said.precedence, said.mcn, said.excluded)
    return Value(value, found.raw, found.where)


def recipients(region: Region) -> tuple[Value[Addressee], ...]:
    """Who is to act on the telegram: the TO lines.

    Posts that `XMT` exempts from a collective address are its `excluded`.

    Args:
        region: The transmission header.

    Returns:
        The addressees, in order.
    """
    return _addressees(region, "TO")


def info_recipients(region: Region) -> tuple[Value[Addressee], ...]:
    """Who is to know of the telegram: the INFO lines, without the Department's own copies (`INFO LOG-00`).

    Args:
        region: The transmission header.

    Returns:
        The addressees, in order.
    """
    return _addressees(region, "INFO")
