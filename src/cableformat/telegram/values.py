"""What the grammar says: values, each with the raw words and the place they were read from."""

from __future__ import annotations

import bisect
import re
from typing import Generic, TypeVar

import attrs

from cableformat.telegram.line_ends import unescaped
from cableformat.text import Part, Span, span
from cableformat.unfrozen import unfrozen

_WORDS = re.compile(r"[^\r\n]++")

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen(weakref_slot=False)
class Value(Generic[T_co]):
    """A value and where it comes from.

    Attributes:
        value: The value, interpreted.
        raw: The words it was read from, exactly as they stand.
        where: The span of those words, or the path of a statement of the record, such as `record.created`.
    """

    value: T_co
    raw: str
    where: Span | str


_unfrozen_value = unfrozen(Value)


@attrs.frozen
class Mark:
    """A portion mark, such as `(S/NF)` (5 FAH-3 H-700).

    Attributes:
        level: `U`, `SBU`, `LOU`, `C`, `S` or `TS`.
        caveats: What stands behind the level, such as `NF` or `REL NATO`, in order.
    """

    level: str
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.level, *self.caveats))


@attrs.frozen
class Addressee:
    """Who sends or receives a telegram (ACP 127).

    Attributes:
        route: Routing indicator, such as `RUEHC`, or None.
        name: Plain language address, such as `SECSTATE WASHDC`.
        precedence: Precedence given to this addressee, such as `NIACT IMMEDIATE`, or None.
        mcn: Message continuity number, digits as they stand, or None.
        excluded: Posts that a collective address exempts (`XMT`).
    """

    route: str | None
    name: str
    precedence: str | None = None
    mcn: str | None = None
    excluded: tuple[str, ...] = ()


@attrs.frozen
class Reference:
    """Something that a telegram refers to.

    Attributes:
        kind: `CABLE`, `EMAIL`, `TEL`, `BOOK`, `REPORT`, `LETTER`, ... (vocabulary/reference_kinds.csv).
        value: For a cable its canonical identifier, the year taken from the citing cable where it has none of its
            own; for everything else the words, white space folded.
        bullet: The item's letter or number, such as `A`, or None.
        raw: The item's words, exactly as they stand.
        where: The span of those words.
    """

    kind: str
    value: str
    bullet: str | None
    raw: str
    where: Span


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


@attrs.frozen(weakref_slot=False)
class Region:
    """A run of a part to read fields from, with the artefacts inside it masked.

    Attributes:
        part: The part.
        start: First character of the run.
        end: One past its last.
        artefacts: Spans inside the run that are not of the message, in order, not overlapping.
    """

    part: Part
    start: int
    end: int
    artefacts: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The run with artefacts' characters but line ends, and escapes of line ends, turned to spaces."""
        if not self.artefacts:
            return unescaped(self.part.text[self.start : self.end])
        pieces, at = [], self.start
        for where in self.artefacts:
            if where.start < at:
                continue  # a pager inside a repeated header is hidden with it
            pieces.append(self.part.text[at : where.start])
            pieces.append(_WORDS.sub(_blanks, self.part.text[where.start : where.end]))
            at = where.end
        pieces.append(self.part.text[at : self.end])
        return unescaped("".join(pieces))

    def span(self, start: int, end: int) -> Span:
        """The span in the part for offsets into `text`."""
        return span(self.part.id, self.start + start, self.start + end)

    def raw(self, start: int, end: int) -> str:
        """The part's own words for offsets into `text`."""
        return self.part.text[self.start + start : self.start + end]

    def value(self, value: T, start: int, end: int) -> Value[T]:
        """A `Value` for offsets into `text`."""
        part, first, last = self.part, self.start + start, self.start + end
        made = _unfrozen_value()
        made.value, made.raw, made.where = value, part.text[first:last], span(part.id, first, last)
        made.__class__ = Value
        return made  # type: ignore[no-any-return]

    def within(self, start: int, end: int) -> Region:
        """The region between two offsets into `text`."""
        first, last = self.start + start, self.start + end
        if not self.artefacts:
            return Region(self.part, first, last)
        at = bisect.bisect_left(self.artefacts, first, key=lambda where: where.start)
        inside = tuple(where for where in self.artefacts[at:] if where.end <= last)
        return Region(self.part, first, last, inside)


_unfrozen_region = unfrozen(Region)


def region(part: Part, start: int, end: int) -> Region:
    """A `Region` without artefacts, made fast: each field reads its own."""
    made = _unfrozen_region()
    made.part, made.start, made.end, made.artefacts = part, start, end, ()
    made.__class__ = Region
    return made  # type: ignore[no-any-return]
