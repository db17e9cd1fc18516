"""The telegram: blocks, and the fields read from them on demand, each with its words and its place."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

import attrs

from cableformat.errors import ModelError
from cableformat.patterns import on_use
from cableformat.telegram import authority, drafting, heading, marking, moments, transmission
from cableformat.telegram import paragraphs as paragraphs_of
from cableformat.telegram import passages as passages_of
from cableformat.telegram import pins as pins_of
from cableformat.telegram import reasons as reasons_of
from cableformat.telegram import references as references_of
from cableformat.telegram import tags as tags_of
from cableformat.telegram.blocks import Artefact, ArtefactKind, Block, BlockKind, Context
from cableformat.telegram.fields import label_of
from cableformat.telegram.identifiers import canonical_id, identifier, is_canonical, is_document_number
from cableformat.telegram.lazy import lazy
from cableformat.telegram.paragraphs import Paragraph, Section
from cableformat.telegram.parse import tile
from cableformat.telegram.running_text import unwrapped
from cableformat.telegram.values import Addressee, Reference, Region, Value, region
from cableformat.text import Part, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from cableformat.telegram.passages import Passage
    from cableformat.telegram.pins import Pins


T = TypeVar("T")

# What fields are read from: the blocks of one kind or of two, by a name for them.
_GROUPS: dict[BlockKind, tuple[str, ...]] = {
    BlockKind.NOTICE: ("notice",),
    BlockKind.TRANSMISSION: ("transmission",),
    BlockKind.MARKING: ("marking", "captions"),
    BlockKind.CAPTION: ("captions",),
    BlockKind.EXECUTIVE_ORDER: ("orders",),
    BlockKind.TAGS: ("tags",),
    BlockKind.SUBJECT: ("subject",),
    BlockKind.REFERENCE: ("reference",),
    BlockKind.AUTHORITY: ("authority", "orders"),
    BlockKind.SIGNATURE: ("signature",),
}
# Names joined by a slash or AND are those of several signers.
_SURNAMES = on_use(
    r"(?!AND\b|Signature:)(?<!\w)[^\W\d_][^\r\n/]*?(?=[^\S\r\n]*+(?:/|(?<=[^\S\r\n])(?:AND|&)[^\S\r\n]|[\r\n]|\Z))",
    re.IGNORECASE,
)
_JUNIOR = on_use(r"\b[JS]R\.\Z", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SAYS_NO = frozenset({"", "no", "false", "0", "full", "complete"})


@attrs.frozen(slots=False)
class Telegram:
    """The text of a cable, understood.

    Where the text is silent and the container speaks, a value comes from the record: its `where` is then a path such
    as `record.created`.

    Attributes:
        parts: The parts that it is read from.
        context: What else is known.
        blocks: The runs of text that tile the parts.
    """

    parts: tuple[Part, ...] = attrs.field(repr=False)
    context: Context = attrs.field(repr=False)
    blocks: tuple[Block, ...] = attrs.field(repr=False)

    def __getstate__(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    @lazy
    def pins(self) -> Pins:
        """What people say of the structure, which the grammar does not overrule."""
        return pins_of.pins(self.context.annotations, self.parts)

    @property
    def _pins(self) -> Pins | None:
        return self.pins if self.context.annotations else None

    def _pinned(self, field: str) -> tuple[Value[str], ...]:
        """The values that people give a field, repeats left out."""
        return _distinct(self.pins.values(field)) if self.context.annotations else ()

    @lazy
    def artefacts(self) -> tuple[Artefact, ...]:
        """What is in the text but not of the message, in order of the text."""
        return tuple(artefact for block in self.blocks for artefact in block.artefacts)

    @lazy
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the text, numbered or not."""
        return paragraphs_of.paragraphs(self.blocks, self._passages.within, self._pins)

    @lazy
    def passages(self) -> tuple[Passage, ...]:
        """Summary, comments, notes and quoted texts, in order of the text."""
        return self._passages.all

    @lazy
    def _passages(self) -> passages_of.Passages:
        return passages_of.Passages(self.blocks)

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """The sections: one where nothing marks any, none where there is no text."""
        marks: list[tuple[Part, int, tuple[int, int]]] = []
        for block in self.blocks:
            if block.kind is BlockKind.MARKING and (value := marking.section(_region(block))):
                marks.append((block.part, block.start, value.value))
            for artefact in block.artefacts:
                where = artefact.where
                if artefact.kind is ArtefactKind.REPEATED_HEADER and (
                    value := marking.section(Region(block.part, where.start, where.end))
                ):
                    marks.append((block.part, where.start, value.value))
        bodies = [part for part in self.parts if part.role == "body" and part.text]
        if not marks:
            return tuple(Section(1, 1, Span(part.id, 0, len(part.text))) for part in bodies[:1])
        result = []
        for i, (part, start, (number, total)) in enumerate(marks):
            goes_on = i + 1 < len(marks) and marks[i + 1][0] is part
            end = marks[i + 1][1] if goes_on else len(part.text)
            result.append(Section(number, total, Span(part.id, start, end)))
        return tuple(result)

    @lazy
    def _regions(self) -> dict[str, list[Region]]:
        """The blocks that fields are read from, by their groups, in order."""
        found: dict[str, list[Region]] = {}
        for block in self.blocks:
            groups = _GROUPS.get(block.kind)
            if groups:
                here = _region(block)
                for group in groups:
                    found.setdefault(group, []).append(here)
        return found

    def _first(self, read: Callable[[Region], Value[T] | None], group: str) -> Value[T] | None:
        """The value of the first block of a group that has one."""
        for here in self._regions.get(group, ()):
            if (value := read(here)) is not None:
                return value
        return None

    def _all(self, read: Callable[[Region], Iterable[Value[T]]], group: str) -> tuple[Value[T], ...]:
        """The values of all blocks of a group, repeats left out."""
        return _read(read, self._regions.get(group, ()))

    def _stated(self, name: str) -> Value[str] | None:
        """What the record says under a name, if it says something."""
        text = getattr(self.context.record, name)
        return Value(text, text, f"record.{name}") if text else None

    @lazy
    def date_time_group(self) -> Value[datetime] | None:
        """The date-time group of the transmission header."""
        return self._first(transmission.date_time_group, "transmission")

    @lazy
    def created(self) -> Value[datetime] | None:
        """When it was sent: the date-time group, else the record's date."""
        if self.date_time_group is not None:
            return self.date_time_group
        stated = self._stated("created")
        value = moments.moment(stated.value) if stated else None
        return Value(value, stated.raw, stated.where) if stated and value else None

    @lazy
    def mrn(self) -> Value[str] | None:
        """Message reference number: post and serial, as the classification line has them."""
        return _one(self._pinned("mrn")) or self._first(marking.mrn, "marking")

    @lazy
    def numbered(self) -> Value[str] | None:
        """The identifier that the text itself gives: year of sending, post and serial."""
        mrn = self.mrn
        year = self.created.value.year if self.created else self._stated_year()
        if mrn is None or year is None:
            return None
        post, _, serial = mrn.value.rpartition(" ")
        return Value(identifier(year, post, serial), mrn.raw, mrn.where)

    @lazy
    def reference_id(self) -> Value[str] | None:
        """Canonical identifier: the record's where it is one, else by year and message reference number.

        A document number of the National Archives has the beginning of the post; the whole name is the text's.
        """
        stated = self._stated("reference_id")
        if stated is not None:
            try:
                found = canonical_id(stated.value)
            except ModelError:
                return self.numbered or stated
            if self.numbered and is_document_number(stated.value, self.numbered.value):
                found = self.numbered.value
            return Value(found, stated.raw, stated.where)
        return self.numbered

    def _stated_year(self) -> int | None:
        """The year in the record's identifier."""
        stated = self.context.record.reference_id or ""
        if not is_canonical(stated):
            return None
        year = int(stated[:2])
        return year + (1900 if year >= 50 else 2000)  # noqa: PLR2004 - the set begins in 1966

    @lazy
    def classification(self) -> Value[str] | None:
        """The level, in canonical words: the classification line's, else the record's."""
        found = _one(self._pinned("classification")) or self._first(marking.classification, "marking")
        if found is not None:
            return found
        stated = self._stated("classification")
        if stated is None:
            return None
        level = marking.classification(Region(Part("x", "x", stated.raw), 0, len(stated.raw)))
        return Value(level.value if level else stated.value, stated.raw, stated.where)

    @lazy
    def origin(self) -> Value[str] | None:
        """The post or office: the record's words, else the sender's name."""
        sender = self.sender
        return self._stated("origin") or (Value(sender.value.name, sender.raw, sender.where) if sender else None)

    @lazy
    def captions(self) -> tuple[Value[str], ...]:
        """Distribution captions."""
        return self._pinned("captions") or self._all(marking.captions, "captions")

    @lazy
    def is_partial(self) -> Value[bool] | None:
        """That it is an extract, if the text or the record says so."""
        noticed = self._first(_noticed, "notice")
        if noticed is not None:
            return noticed
        stated = self._stated("partial")
        if stated is None or stated.value.strip().lower() in _SAYS_NO:
            return None
        return Value(value=True, raw=stated.raw, where=stated.where)

    @lazy
    def subject(self) -> Value[str] | None:
        """The subject, unwrapped: the telegram's, else the record's."""
        pinned = _one(self._pinned("subject"))
        return pinned or self._first(heading.subject, "subject") or self._stated("subject")

    @lazy
    def tags(self) -> tuple[Value[str], ...]:
        """TAGS, canonical: the telegram's, else the record's."""
        found = self._pinned("tags") or self._all(tags_of.tags, "tags")
        stated = self._stated("tags")
        if found or stated is None:
            return found
        read = tags_of.tags(Region(Part("x", "x", stated.raw), 0, len(stated.raw)))
        return tuple(Value(value.value, stated.raw, stated.where) for value in read)

    @lazy
    def summary(self) -> Value[str] | None:
        """The text of the summary."""
        if pinned := self._pinned("summary"):
            return pinned[0]
        for passage in self.passages:
            if passage.kind == "summary":
                return Value(unwrapped(passage.value), passage.raw, passage.where)
        return None

    @lazy
    def signed_by(self) -> tuple[Value[str], ...]:
        """Surnames under the text."""
        return self._pinned("signed_by") or self._all(_signatures, "signature")

    @lazy
    def _authority_regions(self) -> Sequence[Region]:
        """The blocks of the classification authority; without one, the first paragraph, where old telegrams name it."""
        found = self._regions.get("authority")
        if found:
            return found
        first = islice((block for block in self.blocks if block.kind is BlockKind.PARAGRAPH), 2)
        return tuple(_region(block) for block in first if "CLASSIFIED" in block.text[:400].upper())

    @lazy
    def classified_by(self) -> tuple[Value[str], ...]:
        """Full names of the classification authority, without rank or office."""
        return self._pinned("classified_by") or _read(authority.classified_by, self._authority_regions)

    @lazy
    def reasons(self) -> tuple[Value[str], ...]:
        """Reasons for classification, such as `1.4(b)`."""
        return self._pinned("reasons") or _read(reasons_of.reasons, self._authority_regions)

    @lazy
    def declassification(self) -> Value[str] | None:
        """The words of the declassification instruction."""
        return _one(self._pinned("declassification")) or self._first(heading.declassification, "orders")

    @lazy
    def declassify_on(self) -> Value[date] | None:
        """The date of declassification."""
        for value in self._pinned("declassify_on"):
            if _ISO_DATE.fullmatch(value.value):
                with contextlib.suppress(ValueError):  # a date that no calendar has
                    return Value(date.fromisoformat(value.value), value.raw, value.where)
        return self._first(heading.declassify_on, "orders")

    @lazy
    def references(self) -> tuple[Reference, ...]:
        """What the telegram refers to; the year of a cable is that of this one where it has none of its own."""
        year = self.created.value.year if self.created else self._stated_year()
        found: list[Reference] = []
        for here in self._regions.get("reference", ()):
            found += references_of.references(here, year)
        # The header of a later section may have references of its own; mostly it repeats those of the first.
        later = [
            reference
            for here in self._repeated_headers()
            if label_of(here.text, "reference")
            for reference in references_of.references(here, year)
        ]
        seen = {(reference.kind, reference.value) for reference in found} if later else ()
        return (*found, *(reference for reference in later if (reference.kind, reference.value) not in seen))

    def _repeated_headers(self) -> Iterator[Region]:
        """The headers of later sections."""
        for block in self.blocks:
            for artefact in block.artefacts:
                if artefact.kind is ArtefactKind.REPEATED_HEADER:
                    yield Region(block.part, artefact.where.start, artefact.where.end)

    @lazy
    def sender(self) -> Value[Addressee] | None:
        """Who sent it (FM)."""
        return self._first(transmission.sender, "transmission")

    @lazy
    def recipients(self) -> tuple[Value[Addressee], ...]:
        """Action addressees (TO)."""
        return self._all(transmission.recipients, "transmission")

    @lazy
    def info_recipients(self) -> tuple[Value[Addressee], ...]:
        """Information addressees (INFO)."""
        return self._all(transmission.info_recipients, "transmission")

    @lazy
    def action_offices(self) -> tuple[Value[str], ...]:
        """The Department's offices that act on it or sent it, with their copies, as in `EUR-12` (until 2001)."""
        return self._all(drafting.action_offices, "transmission")

    @lazy
    def copies(self) -> tuple[Value[str], ...]:
        """The Department's offices that get copies, as in `INR-07` (until 2001)."""
        return self._all(drafting.copies, "transmission")

    @lazy
    def drafted_by(self) -> Value[str] | None:
        """Who drafted it, in its own words."""
        return self._first(drafting.drafted_by, "transmission")

    @lazy
    def approved_by(self) -> Value[str] | None:
        """Who approved it."""
        return self._first(drafting.approved_by, "transmission")

    @lazy
    def cleared_by(self) -> tuple[Value[str], ...]:
        """Who cleared it."""
        return self._all(drafting.cleared_by, "transmission")


def _region(block: Block) -> Region:
    if not block.artefacts:
        return region(block.part, block.start, block.end)
    spans = (artefact.where for artefact in block.artefacts)
    return Region(block.part, block.start, block.end, tuple(s for s in spans if s.start < s.end <= block.end))


def _one(values: tuple[Value[T], ...]) -> Value[T] | None:
    return values[0] if values else None


def _distinct(values: Iterable[Value[T]]) -> tuple[Value[T], ...]:
    found: dict[T, Value[T]] = {}
    for value in values:
        found.setdefault(value.value, value)
    return tuple(found.values())


def _noticed(here: Region) -> Value[bool]:
    """That a publisher says so."""
    return here.value(True, 0, here.end - here.start)  # noqa: FBT003 - it is the value


def _read(read: Callable[[Region], Iterable[Value[T]]], regions: Iterable[Region]) -> tuple[Value[T], ...]:
    """The values that are read in some regions, repeats left out."""
    return _distinct(chain.from_iterable(map(read, regions)))


def _signatures(region: Region) -> tuple[Value[str], ...]:
    """The surnames of a signature block, which may join two by a slash or AND."""
    found = []
    for match in _SURNAMES.finditer(region.text):
        words = match[0].rstrip("#*\\ ")
        if not _JUNIOR.search(words):
            words = words.rstrip(".")
        if words:
            found.append(region.value(words, match.start(), match.start() + len(words)))
    return tuple(found)


def parse(parts: Sequence[Part], context: Context) -> Telegram:
    """The telegram of some parts: pure, and the same for the same arguments. Fields are read when asked for."""
    pinned = pins_of.pins(context.annotations, parts).of_part if context.annotations else {}
    blocks: list[Block] = []
    for part in parts:
        tiled = tile(part, context.grammar)
        blocks += pins_of.pinned(tiled, pinned[part.id]) if part.id in pinned else tiled
    return Telegram(tuple(parts), context, tuple(blocks))
