"""What a container says of a cable, what people say of its text, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from cableformat.errors import ModelError
from cableformat.text import Span, is_name, optional_text, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable


def _statement() -> str | None:
    """One statement of the container: verbatim text, or None."""
    value: str | None = attrs.field(default=None, validator=optional_text)
    return value


def _extra(value: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return pairs(value, "extra")


def _attributes(value: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return pairs(value, "attributes")


@attrs.frozen
class Record:
    """What the container (a page, a table row, a TEI header) says of the cable, verbatim.

    None means that the container does not say; "" that it has the label and says nothing.

    Attributes:
        reference_id: The identifier, such as `31PORTMERIDIAN117`.
        created: When the cable was sent, in the container's own notation.
        released: When it was published.
        classification: Its marking, such as `CONFIDENTIAL//NOFORN`.
        origin: The post or office that sent it.
        subject: Its title.
        tags: Its TAGS, as one string.
        references: The cables it refers to, as one string.
        url: Where the container stands.
        partial: What the container says of the text's completeness.
        publisher: Who published it.
        edition: Which edition of it this is.
        language: The language of the text.
        rights: The terms under which it is published.
        extra: (label, text) pairs for labels with no standard name, in order, repeats kept.
    """

    reference_id: str | None = _statement()
    created: str | None = _statement()
    released: str | None = _statement()
    classification: str | None = _statement()
    origin: str | None = _statement()
    subject: str | None = _statement()
    tags: str | None = _statement()
    references: str | None = _statement()
    url: str | None = _statement()
    partial: str | None = _statement()
    publisher: str | None = _statement()
    edition: str | None = _statement()
    language: str | None = _statement()
    rights: str | None = _statement()
    extra: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_extra)


RECORD_FIELDS: tuple[str, ...] = tuple(a.name for a in attrs.fields(Record) if a.name != "extra")
"""The standard names of a `Record`, in model order."""

RECORD_LABELS: dict[str, str] = {
    "reference_id": "Reference ID",
    "created": "Created",
    "released": "Released",
    "classification": "Classification",
    "origin": "Origin",
    "subject": "Subject",
    "tags": "TAGS",
    "references": "References",
    "url": "URL",
    "partial": "Completeness",
    "publisher": "Publisher",
    "edition": "Edition",
    "language": "Language",
    "rights": "Rights",
}
"""The statements of a record, by the labels that people see."""


@attrs.frozen
class Annotation:
    """Stand-off knowledge about a run of text that no grammar can derive.

    Spans may nest, overlap and be empty. Kinds that begin with `structure.` pin what the grammar says there.

    Attributes:
        part: The id of the part it is about.
        start: First character, in code points from 0.
        end: One past the last character, `start <= end`.
        kind: What it is, such as `name.person`, `correction`, `note`.
        attributes: (name, text) pairs, in order.

    Raises:
        ModelError: The span runs backwards or starts below 0. (That it lies within its part is checked by `Cable`.)
    """

    part: str = attrs.field(validator=is_name)
    start: int
    end: int
    kind: str = attrs.field(validator=is_name)
    attributes: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_attributes)

    def __attrs_post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int or not 0 <= self.start <= self.end:
            raise ModelError(f"An annotation's span must run forwards from 0, not {self.start!r} to {self.end!r}.")

    @property
    def where(self) -> Span:
        """The span that the annotation is about."""
        return Span(self.part, self.start, self.end)


@attrs.frozen
class Source:
    """Provenance: set once, by the first reader of a foreign file, and carried from then on.

    Attributes:
        format: The name of the format it was read as.
        name: The file's name, without its folder.
        url: Where it was published.
        retrieved: When it was fetched, in the notation of whoever says so.
        charset: The encoding its bytes were decoded with (WHATWG name).
        sha256: The hash of the whole file, hexadecimal.
        extractor: The tool and version that got the text out, where that matters (PDF).
        position: Where in the file the cable stands, such as `row 17`.
    """

    format: str = attrs.field(validator=is_name)
    name: str | None = _statement()
    url: str | None = _statement()
    retrieved: str | None = _statement()
    charset: str | None = _statement()
    sha256: str | None = _statement()
    extractor: str | None = _statement()
    position: str | None = _statement()
