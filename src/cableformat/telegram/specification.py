"""What a telegram is to say: the fields from which `compose` renders one."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from typing import Any

import attrs

from cableformat.errors import ModelError
from cableformat.telegram.identifiers import identifier
from cableformat.telegram.portion_marks import portion_mark
from cableformat.telegram.values import Addressee, Mark
from cableformat.telegram.vocabulary import rows
from cableformat.text import check_text

LEVELS = {
    "UNCLASSIFIED": "UNCLAS",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "SECRET": "S E C R E T",
    "TOP SECRET": "T O P S E C R E T",
}
"""The levels, with what the classification line says (5 FAH-2 H-322)."""

LARGEST_SERIAL = 999_999
MOST_SECTIONS = 99
# The orders on classification, by the first year that began under them.
_ORDERS = ((2010, 13526), (1996, 12958), (1983, 12356), (1979, 12065), (1973, 11652))
_FIRST_ORDER = 10501
_IN_BRACKETS = "note"
_QUOTED = "text"


def _line(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Attrs validator: words on one line, one blank between two of them."""
    text = check_text(value, attribute.name)
    if not text:
        raise ModelError(f"{attribute.name} is empty; leave the field out where there is nothing to say.")
    if text != " ".join(text.split()):
        fault = "a line end" if len(text.splitlines()) > 1 else "blanks at an end, or more than one in a row"
        raise ModelError(
            f"{attribute.name} holds {fault}, which a telegram's line breaks would not keep: {text[:40]!r}. "
            'Give " ".join(text.split()).'
        )


def _lines(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    """Attrs validator: `_line` on each item."""
    for item in value:
        _line(instance, attribute, item)


def _tuple(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - takes what callers give
    """One item, or several, as a tuple."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _mark(value: Mark | str | None) -> Mark | None:
    if not isinstance(value, str):
        return value
    found = portion_mark(f"({value})")
    if found is None or found[1] != len(value) + 2:
        raise ModelError(f"mark is {value!r}, which is no portion mark; write it as S/NF, or give a Mark.")
    return found[0]


def _addressee(value: Addressee | str | None) -> Addressee | None:
    return Addressee(None, value) if isinstance(value, str) else value


def _addressees(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - takes what callers give
    return tuple(_addressee(item) for item in _tuple(value))


def _officials(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - takes what callers give
    return tuple(OfficialSpec(item) if isinstance(item, str) else item for item in _tuple(value))


def _references(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - takes what callers give
    return tuple(ReferenceSpec(item) if isinstance(item, str) else item for item in _tuple(value))


def _paragraphs(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - takes what callers give
    return tuple(ParagraphSpec(item) if isinstance(item, str) else item for item in _tuple(value))


def _each(cls: type | tuple[type, ...]) -> Any:  # noqa: ANN401 - attrs types its validators so
    return attrs.validators.deep_iterable(_is(cls))


def _is(cls: type | tuple[type, ...], *, or_none: bool = False) -> Any:  # noqa: ANN401 - as above
    def check(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        # A truth value is an int to Python, and no serial.
        if (value is None and or_none) or (isinstance(value, cls) and not isinstance(value, bool)):
            return
        names = " or ".join(c.__name__ for c in (cls if isinstance(cls, tuple) else (cls,)))
        raise ModelError(f"{attribute.name} must be {names}, not {type(value).__name__}.")

    return check


@functools.cache
def _delimiters() -> dict[str, str]:
    """The words that delimit each kind of passage, the shortest of several."""
    words = sorted(rows("passages"), key=lambda row: len(row["words"]), reverse=True)
    return {row["kind"]: row["words"].capitalize() for row in words}


_optional_line = attrs.validators.optional(_line)


@attrs.frozen
class PassageSpec:
    """A run of a paragraph between delimiters, `Summary: ... End summary.`, or a note in brackets.

    Attributes:
        kind: `summary`, `comment`, `note`, ... (vocabulary/passages.csv).
        text: Its words, on one line.
    """

    kind: str = attrs.field()
    text: str = attrs.field(validator=_line)

    @kind.validator
    def _is_known(self, _: object, value: object) -> None:
        known = sorted({row["kind"] for row in rows("passages")})
        if value not in known:
            raise ModelError(f"A passage's kind is {value!r}; the grammar knows {', '.join(known)}.")

    def __str__(self) -> str:
        word = _delimiters()[self.kind]
        begin = f"Begin {word.lower()}" if self.kind == _QUOTED else word
        words = f"{begin}: {self.text} End {word.lower()}."
        return f"({words})" if self.kind == _IN_BRACKETS else words


@attrs.frozen
class ParagraphSpec:
    """One paragraph.

    Attributes:
        text: Its words without number and mark, on one line; or several runs of words and passages in order.
        number: Its number, or None: a single paragraph is not numbered.
        mark: Its portion mark, also as text: `S/NF`.
        heading: The heading above it.
        items: Its sub-paragraphs, each on one line with its bullet: `A. The price.`, `-- the date;`.
    """

    text: tuple[str | PassageSpec, ...] = attrs.field(converter=_tuple, validator=_each((str, PassageSpec)))
    number: int | None = attrs.field(default=None, validator=_is(int, or_none=True), kw_only=True)
    mark: Mark | None = attrs.field(default=None, converter=_mark, validator=_is(Mark, or_none=True), kw_only=True)
    heading: str | None = attrs.field(default=None, validator=_optional_line, kw_only=True)
    items: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for run in self.text:
            if isinstance(run, str):
                _line(self, attrs.fields(ParagraphSpec).text, run)

    @property
    def opening(self) -> str:
        """The number and mark before its words."""
        number = f"{self.number}. " if self.number is not None else ""
        return number + (f"({self.mark}) " if self.mark else "")

    @property
    def lines(self) -> tuple[str, ...]:
        """Its words, and each of its sub-paragraphs: what stands on lines of their own."""
        return (" ".join(str(run) for run in self.text), *self.items)


@attrs.frozen
class ReferenceSpec:
    """Something that the telegram refers to.

    Attributes:
        value: For a cable its canonical identifier, such as `31STATE4410`; for everything else the words.
        bullet: Its letter, such as `A`; a single reference has none.
        kind: `CABLE`, `EMAIL`, `TEL`, ... (vocabulary/reference_kinds.csv).
        is_notal: Whether not all addressees have it (`NOTAL`).
    """

    value: str = attrs.field(validator=_line)
    bullet: str | None = attrs.field(default=None, validator=_optional_line)
    kind: str = attrs.field(default="CABLE", validator=_line)
    is_notal: bool = False


@attrs.frozen
class OfficialSpec:
    """Who classified the telegram.

    Attributes:
        name: The full name.
        rank: What stands before it, such as `Ambassador`.
        office: What stands behind it, such as `Political Counselor`.
    """

    name: str = attrs.field(validator=_line)
    rank: str | None = attrs.field(default=None, validator=_optional_line)
    office: str | None = attrs.field(default=None, validator=_optional_line)


@attrs.frozen(kw_only=True)
class Specification:
    """The fields of a telegram, all optional, in the order in which they stand in it (5 FAH-1 H-200, ACP 127).

    Most have the names of the short cuts of `Cable` that give them back. Where several are asked for, one may stand
    alone.

    Attributes:
        transmission_id: Such as `VZCZCXRO7916`.
        precedence: `FLASH`, `IMMEDIATE`, `PRIORITY` or `ROUTINE`; the highest of its addressees'.
        routes: Routing indicators of the stations that relay it.
        created: When it is sent, to the minute: an aware datetime of the years 1950 to 2049.
        sender: Who sends it, with the routing indicator of the station; also as text.
        recipients: Action addressees; also as text.
        info_recipients: Information addressees; also as text.
        classification: `UNCLASSIFIED`, `LIMITED OFFICIAL USE`, `CONFIDENTIAL`, `SECRET` or `TOP SECRET`.
        post: The post or office, such as `PORT MERIDIAN`.
        serial: Its number in the year, to 999999.
        year: The year of sending; that of `created`, if this is given.
        sections: How many sections the paragraphs are divided into, evenly.
        captions: Such as `SIPDIS` or `NOFORN`, in canonical words.
        order: The executive order on classification; None is the one in force in the year.
        declassification: A date, or the words of the instruction: `N/A`, `OADR`, an event. None leaves the line out.
        tags: Canonical TAGS; a person is `LASTNAME, FIRSTNAME`.
        subject: The subject, on one line.
        references: What it refers to; also as canonical identifiers.
        classified_by: Who classified it; also as names.
        reasons: Why: `1.4(b)`, ...
        paragraphs: The text.
        signed_by: Surnames under it.

    Raises:
        ModelError: A value is of another type, or cannot stand in a telegram.
    """

    transmission_id: str | None = attrs.field(default=None, validator=_optional_line)
    precedence: str | None = attrs.field(default=None)
    routes: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines)
    created: datetime | None = attrs.field(default=None, validator=_is(datetime, or_none=True))
    sender: Addressee | None = attrs.field(default=None, converter=_addressee, validator=_is(Addressee, or_none=True))
    recipients: tuple[Addressee, ...] = attrs.field(default=(), converter=_addressees, validator=_each(Addressee))
    info_recipients: tuple[Addressee, ...] = attrs.field(default=(), converter=_addressees, validator=_each(Addressee))
    classification: str = attrs.field(default="UNCLASSIFIED")
    post: str | None = attrs.field(default=None, validator=_optional_line)
    serial: int | None = attrs.field(default=None, validator=_is(int, or_none=True))
    year: int | None = attrs.field(default=None, validator=_is(int, or_none=True))
    sections: int = attrs.field(default=1, validator=_is(int))
    captions: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines)
    order: int | None = attrs.field(default=None, validator=_is(int, or_none=True))
    declassification: date | str | None = attrs.field(default=None, validator=_is((date, str), or_none=True))
    tags: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines)
    subject: str | None = attrs.field(default=None, validator=_optional_line)
    references: tuple[ReferenceSpec, ...] = attrs.field(
        default=(),
        converter=_references,
        validator=_each(ReferenceSpec),
    )
    classified_by: tuple[OfficialSpec, ...] = attrs.field(
        default=(), converter=_officials, validator=_each(OfficialSpec)
    )
    reasons: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines)
    paragraphs: tuple[ParagraphSpec, ...] = attrs.field(
        default=(),
        converter=_paragraphs,
        validator=_each(ParagraphSpec),
    )
    signed_by: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_lines)

    @precedence.validator
    def _is_precedence(self, _: object, value: object) -> None:
        if value is not None and value not in PROSIGNS:
            raise ModelError(f"precedence is {value!r}; it is one of {', '.join(PROSIGNS)}.")

    @created.validator
    def _is_whole_minute(self, _: object, value: datetime | None) -> None:
        if value is None:
            return
        if value.tzinfo is None:
            raise ModelError("created is a naive datetime; give it a time zone, such as UTC.")
        if value.second or value.microsecond:
            raise ModelError("created has seconds, which a date-time group does not; give whole minutes.")

    @classification.validator
    def _is_level(self, _: object, value: object) -> None:
        if value not in LEVELS:
            raise ModelError(f"classification is {value!r}; it is one of {', '.join(LEVELS)}.")

    @serial.validator
    def _is_serial(self, _: object, value: int | None) -> None:
        if (value is None) != (self.post is None):
            raise ModelError("post and serial make the message reference number together; give both, or neither.")
        if value is not None and not 0 < value <= LARGEST_SERIAL:
            raise ModelError(f"serial is {value}; it is a number from 1 to {LARGEST_SERIAL}.")

    @year.validator
    def _is_year(self, _: object, value: int | None) -> None:
        if value is not None and self.created is not None and value != self.created.astimezone(UTC).year:
            raise ModelError(f"year is {value}, and created is in {self.created.astimezone(UTC).year}; leave year out.")

    @paragraphs.validator
    def _is_divisible(self, _: object, value: tuple[ParagraphSpec, ...]) -> None:
        most = min(MOST_SECTIONS, max(1, len(value)))
        if not 0 < self.sections <= most:
            raise ModelError(f"sections is {self.sections}; {len(value)} paragraphs can make 1 to {most}.")

    @property
    def year_of_sending(self) -> int | None:
        """The year of `created`, else `year`."""
        return self.created.astimezone(UTC).year if self.created else self.year

    @property
    def executive_order(self) -> int:
        """`order`, else the order in force at the beginning of the year.

        Example:
            >>> Specification(year=1990).executive_order, Specification(year=2005).executive_order
            (12356, 12958)
        """
        year = self.year_of_sending
        if self.order is not None or year is None:
            return self.order or _ORDERS[0][1]
        return next((order for first, order in _ORDERS if year >= first), _FIRST_ORDER)

    @property
    def reference_id(self) -> str | None:
        """Canonical identifier, where post, serial and year are known.

        Example:
            >>> Specification(post="PORT MERIDIAN", serial=117, year=2031).reference_id
            '31PORTMERIDIAN117'
        """
        if self.post is None or self.year_of_sending is None:
            return None
        return identifier(self.year_of_sending, self.post, str(self.serial))


PROSIGNS = {row["precedence"]: row["prosign"] for row in rows("precedences")}
"""The precedences, with their letters (ACP 127)."""
