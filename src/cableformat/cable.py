"""The cable: a record, parts of verbatim text, and what people have added to them."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from cableformat.errors import FormatError, ModelError
from cableformat.record import Annotation, Record, Source
from cableformat.telegram import Context, Telegram, parse
from cableformat.text import Part, Span, check_name, check_text, is_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cableformat.telegram import Addressee, Paragraph, Reference, Value
    from cableformat.telegram.discrepancies import Discrepancy
    from cableformat.telegram.specification import Specification


def _parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(value)


def _annotations(value: Iterable[Annotation]) -> tuple[Annotation, ...]:
    return tuple(value)


def _extensions(value: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - checks what callers give
    items = sorted(value.items() if hasattr(value, "items") else value)
    for before, after in pairwise(items):
        if before[0] == after[0]:
            raise ModelError(f"There are two extensions named {after[0]}; give each plugin one.")
    return tuple((check_name(name, "An extension's name"), _canonical(name, text)) for name, text in items)


def _canonical(name: str, text: str) -> str:
    from cableformat import strictjson  # noqa: PLC0415 - few cables have extensions

    check_text(text, f"extension {name}")
    try:
        return check_text(strictjson.canonical(strictjson.parse(text)), f"extension {name}")
    except FormatError as error:
        raise ModelError(f"The extension {name} must be JSON text. {error.message}") from None


def _plain(value: Value[Any] | None) -> Any:  # noqa: ANN401 - the type is that of the short cut
    return None if value is None else value.value


@attrs.frozen
class Cable:
    r"""One diplomatic cable: immutable, compared by value, hashable, picklable.

    What the text means is not stored but read from it: `telegram` gives every value with the words and the place
    it comes from, and the short cuts below give plain values.

    Attributes:
        record: What the container says.
        parts: The verbatim text, in order; ids are unique.
        annotations: What people say of the text.
        extensions: (plugin's name, canonical JSON text) pairs, sorted; given as pairs or a mapping to JSON text.
        source: Where it was first read, or None for a cable made by a program.
        grammar: The service whose telegrams these are; `us` is the one known here.

    Raises:
        ModelError: Two parts share an id, an annotation dangles, or a value is of the wrong type.

    Example:
        >>> cable = Cable.from_text(
        ...     "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nE.O. 12958: DECL: 03/04/2041\n"
        ...     "TAGS: PREL, EWWT\nSUBJECT: HARBOR TALKS\n\n1. (C) Minister Orleo agrees.\n\nHALLOWAY\n",
        ...     created="2031-03-04 09:12",
        ... )
        >>> cable.reference_id, cable.classification, cable.tags, cable.signed_by
        ('31PORTMERIDIAN117', 'CONFIDENTIAL', ('PREL', 'EWWT'), ('HALLOWAY',))
        >>> cable.telegram.created.where
        'record.created'
    """

    record: Record = attrs.field(default=Record(), validator=attrs.validators.instance_of(Record))
    parts: tuple[Part, ...] = attrs.field(default=(), converter=_parts)
    annotations: tuple[Annotation, ...] = attrs.field(default=(), converter=_annotations)
    extensions: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_extensions)
    source: Source | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.instance_of(Source))
    )
    grammar: str = attrs.field(default="us", validator=is_name)

    def __attrs_post_init__(self) -> None:
        lengths: dict[str, int] = {}
        for part in self.parts:
            if not isinstance(part, Part):
                raise ModelError(f"parts must hold Part, not {type(part).__name__}.")
            if part.id in lengths:
                raise ModelError(f"Two parts have the id {part.id}; ids must be unique in a cable.")
            lengths[part.id] = len(part.text)
        for i, note in enumerate(self.annotations):
            if not isinstance(note, Annotation):
                raise ModelError(f"annotations must hold Annotation, not {type(note).__name__}.")
            if note.part not in lengths:
                raise ModelError(f"annotations[{i}] is about the part {note.part}, which the cable does not have.")
            if note.end > lengths[note.part]:
                raise ModelError(
                    f"annotations[{i}] ends at {note.end}, past the end of {note.part} at {lengths[note.part]}."
                )

    @classmethod
    def from_text(
        cls,
        body: str,
        header: str = "",
        reference_id: str | None = None,
        created: str | datetime | None = None,
    ) -> Cable:
        """A cable from bare text.

        Args:
            body: The telegram from its classification line on.
            header: The transmission header, if it stands apart.
            reference_id: The identifier, if known, such as `31PORTMERIDIAN117`.
            created: When it was sent, if known; an aware datetime is put down in UTC.

        Raises:
            ModelError: A text holds a lone surrogate, or the datetime is naive.
        """
        if created is not None and not isinstance(created, str):
            from datetime import UTC  # noqa: PLC0415 - only this path needs datetime

            if created.tzinfo is None:
                raise ModelError("created must be an aware datetime (with a time zone) or text.")
            created = created.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        parts = [Part("header", "header", header)] if header else []
        return cls(
            record=Record(reference_id=reference_id, created=created),
            parts=(*parts, Part("body", "body", body)),
        )

    @classmethod
    def compose(cls, specification: Specification | None = None, /, **fields: Any) -> Cable:  # noqa: ANN401 - as the fields are
        r"""A cable that says what its fields ask for, rendered by the handbook (5 FAH-1 H-200, ACP 127).

        What is rendered is read again before it is given out: it says what was asked for, or is not made.

        Args:
            specification: The fields together, or None.
            **fields: Fields of `Specification` by name; they replace those of the specification.

        Raises:
            ModelError: There is no such field, or a value is of the wrong type or would be read otherwise.

        Example:
            >>> cable = Cable.compose(
            ...     post="PORT MERIDIAN", serial=117, year=2031, classification="CONFIDENTIAL", captions="SIPDIS",
            ...     declassification="OADR", tags=("PREL", "EWWT"), subject="HARBOR TALKS",
            ...     paragraphs="Minister Orleo agrees.", signed_by="HALLOWAY",
            ... )
            >>> print(cable.text, end="")
            C O N F I D E N T I A L PORT MERIDIAN 000117
            <BLANKLINE>
            SIPDIS
            <BLANKLINE>
            E.O. 13526: DECL: OADR
            TAGS: PREL, EWWT
            SUBJECT: HARBOR TALKS
            <BLANKLINE>
            Minister Orleo agrees.
            <BLANKLINE>
            HALLOWAY
            >>> cable.reference_id
            '31PORTMERIDIAN117'
            >>> Cable.compose(subject="HARBOR\nTALKS")
            Traceback (most recent call last):
            cableformat.errors.ModelError: subject holds a line end, ...
        """
        from cableformat.telegram import specification as spec  # noqa: PLC0415 - most cables are read
        from cableformat.telegram.compose import compose  # noqa: PLC0415 - as above

        known = [field.name for field in attrs.fields(spec.Specification)]
        unknown = [name for name in fields if name not in known]
        if unknown:
            raise ModelError(f"A telegram has no field {', '.join(unknown)}; it has {', '.join(known)}.")
        given = spec.Specification(**fields) if specification is None else attrs.evolve(specification, **fields)
        record, parts = compose(given)
        return cls(record=record, parts=parts)

    def part(self, part_id: str) -> Part:
        """The part of that id.

        Raises:
            KeyError: There is none.
        """
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)

    def text_at(self, where: Span) -> str:
        """The words at a span, exactly.

        Raises:
            KeyError: The cable has no such part.
        """
        return self.part(where.part).text[where.start : where.end]

    @property
    def text(self) -> str:
        r"""The telegram as it would stand in a text file: the header and body parts, verbatim and in order.

        Where one of them does not end in a line end, a line feed stands between it and the next.

        Example:
            >>> Cable.from_text("UNCLAS PORT MERIDIAN 000117\n", header="FM AMEMBASSY PORT MERIDIAN").text
            'FM AMEMBASSY PORT MERIDIAN\nUNCLAS PORT MERIDIAN 000117\n'
        """
        pieces = [part.text for part in self.parts if part.role in {"header", "body"} and part.text]
        ended = [text if text.endswith(("\n", "\r")) else f"{text}\n" for text in pieces[:-1]]
        return "".join([*ended, *pieces[-1:]])

    @cached_property
    def telegram(self) -> Telegram:
        """The text seen as header lines, head and paragraphs; every value with `value, raw, where`."""
        return parse(self.parts, Context(self.record, self.annotations, self.grammar))

    @property
    def reference_id(self) -> str | None:
        """Canonical identifier, such as `31PORTMERIDIAN117`: two-digit year, post, serial without zeros."""
        return _plain(self.telegram.reference_id)  # type: ignore[no-any-return]

    @property
    def mrn(self) -> str | None:
        """Message reference number as the classification line has it, such as `PORT MERIDIAN 000117`."""
        return _plain(self.telegram.mrn)  # type: ignore[no-any-return]

    @property
    def created(self) -> datetime | None:
        """When it was sent, in UTC: the date-time group first, the container's date second."""
        return _plain(self.telegram.created)  # type: ignore[no-any-return]

    @property
    def origin(self) -> str | None:
        """The post or office that sent it."""
        return _plain(self.telegram.origin)  # type: ignore[no-any-return]

    @property
    def classification(self) -> str | None:
        """The level, in canonical words: UNCLASSIFIED, LIMITED OFFICIAL USE, CONFIDENTIAL, SECRET, TOP SECRET."""
        return _plain(self.telegram.classification)  # type: ignore[no-any-return]

    @property
    def captions(self) -> tuple[str, ...]:
        """Distribution captions, such as `SIPDIS` or `NOFORN`."""
        return tuple(value.value for value in self.telegram.captions)

    @property
    def is_partial(self) -> bool:
        """Whether the container or the text says that this is only an extract."""
        return bool(_plain(self.telegram.is_partial))

    @property
    def subject(self) -> str | None:
        """The subject, unwrapped."""
        return _plain(self.telegram.subject)  # type: ignore[no-any-return]

    @property
    def tags(self) -> tuple[str, ...]:
        """Traffic Analysis by Geography and Subject: canonical codes."""
        return tuple(value.value for value in self.telegram.tags)

    @property
    def summary(self) -> str | None:
        """The text of the summary."""
        return _plain(self.telegram.summary)  # type: ignore[no-any-return]

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Surnames under the text."""
        return tuple(value.value for value in self.telegram.signed_by)

    @property
    def classified_by(self) -> tuple[str, ...]:
        """Full names of the classification authority, without rank or office."""
        return tuple(value.value for value in self.telegram.classified_by)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons for classification, such as `1.4(b)`."""
        return tuple(value.value for value in self.telegram.reasons)

    @property
    def declassify_on(self) -> date | None:
        """The date of declassification; for an event or none see `telegram.declassification`."""
        return _plain(self.telegram.declassify_on)  # type: ignore[no-any-return]

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the telegram refers to."""
        return self.telegram.references

    @property
    def sender(self) -> Addressee | None:
        """Who sent it (the FM line)."""
        return _plain(self.telegram.sender)  # type: ignore[no-any-return]

    @property
    def recipients(self) -> tuple[Addressee, ...]:
        """Action addressees (TO)."""
        return tuple(value.value for value in self.telegram.recipients)

    @property
    def info_recipients(self) -> tuple[Addressee, ...]:
        """Information addressees (INFO)."""
        return tuple(value.value for value in self.telegram.info_recipients)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the text, numbered or not."""
        return self.telegram.paragraphs

    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Where record and telegram disagree. A title that is the subject's first line is no disagreement."""
        from cableformat.telegram.discrepancies import discrepancies  # noqa: PLC0415 - few ask for them

        return discrepancies(self.telegram, self.record)

    def edit(self, where: Span, text: str) -> Cable:
        """The cable with the words at a span replaced, annotations moved with their words.

        An annotation that ends before the span stays; one behind it moves; one that overlaps it keeps what is left
        of its words, and one that holds the whole span grows or shrinks with it. An empty annotation at the start
        of the span stays before the new words.

        Raises:
            KeyError: The cable has no such part.
            ModelError: The span leaves its part.

        Example:
            >>> cable = Cable(parts=(Part("body", "body", "abc"),), annotations=(Annotation("body", 2, 3, "x"),))
            >>> cable.edit(Span("body", 0, 1), "AAA").annotations[0].where
            Span(part='body', start=4, end=5)
        """
        old = self.part(where.part)
        if not 0 <= where.start <= where.end <= len(old.text):
            raise ModelError(f"The span {where} leaves its part, which is {len(old.text)} characters long.")
        new = attrs.evolve(old, text=old.text[: where.start] + text + old.text[where.end :])
        growth = len(text) - (where.end - where.start)

        def moved(note: Annotation) -> Annotation:
            if note.part != old.id or note.end <= where.start:
                return note
            stays = note.start <= where.start and note.start < where.end
            start = note.start if stays else max(note.start, where.end) + growth
            end = note.end + growth if note.end >= where.end else where.start
            return attrs.evolve(note, start=min(start, end), end=end)

        return attrs.evolve(
            self,
            parts=tuple(new if part is old else part for part in self.parts),
            annotations=tuple(moved(note) for note in self.annotations),
        )
