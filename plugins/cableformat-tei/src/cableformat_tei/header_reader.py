"""The header of a document of our own: record, source, extensions, hashes, and the names of portion marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import FormatError
from cableformat.record import RECORD_FIELDS
from cableformat_tei.fields import FieldReader, Pairs
from cableformat_tei.flow import XML_ID
from cableformat_tei.header import SOURCE_FIELDS
from cableformat_tei.names import TEI

if TYPE_CHECKING:
    from collections.abc import Callable


# The elements that say something here; a header has many others.
_KNOWN = frozenset(
    name
    for local in ("bibl", "idno", "note", "label", "item", "category", "catDesc")
    for name in (f"{TEI} {local}", local)
)


class HeaderReader(FieldReader):
    """Collects what the header says.

    Attributes:
        record: The statements of the record, by name.
        source: The facts of the source, by name; None where the document has no source.
        extra: Statements with no standard name.
        extensions: By name.
        grammar: Whose telegram it is.
        digests: The hashes, by what they are of.
        marks: Portion marks, by the id of their category.
        unknown: Types of notes that mean nothing here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.record: dict[str, str] = {}
        self.source: dict[str, str] | None = None
        self.extensions: dict[str, str] = {}
        self.grammar = "us"
        self.digests: dict[str, str] = {}
        self.marks: dict[str, str] = {}
        self.unknown: list[str] = []
        self._bibl = ""
        self._extra: Pairs | None = None
        self._extras = Pairs()

    @property
    def extra(self) -> tuple[tuple[str, str], ...]:
        """Statements with no standard name, in order."""
        return tuple(self._extras.found)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _KNOWN or self._take is not None:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _KNOWN or self._take is not None:
            super().end(name)

    def opened(self, local: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """Look into records and taxonomies."""
        if local == "bibl":
            self._bibl = attributes.get("type", "")
            if self._bibl == "source":
                self.source = {} if self.source is None else self.source
        elif local == "idno" and attributes.get("type") == "SHA-256":
            return lambda text: self.digests.update({attributes.get("subtype", ""): text})
        elif local == "note" and self._bibl in {"record", "source"} and self._extra is None:
            return self._note(attributes)
        elif self._extra is not None:
            return self._extra.taker(local)
        elif local == "category":
            self._category = attributes.get(XML_ID, "")
        elif local == "catDesc" and self._category:
            name = self._category
            return lambda text: self.marks.update({name: text})
        return None

    _category = ""

    def _note(self, attributes: dict[str, str]) -> Callable[[str], None] | None:
        kind = attributes.get("type", "")
        if self._bibl == "source":
            if kind in SOURCE_FIELDS and self.source is not None:
                return self._once(self.source, kind)
        elif kind in RECORD_FIELDS:
            return self._once(self.record, kind)
        elif kind == "extra":
            self._extra = self._extras
            return None
        elif kind == "extension":
            return self._once(self.extensions, attributes.get("n", ""))
        elif kind == "grammar":
            return lambda text: setattr(self, "grammar", text)
        self.unknown.append(kind)
        return None

    def _once(self, holder: dict[str, str], name: str) -> Callable[[str], None]:
        if name in holder:
            raise FormatError(f"The header states {name!r:.60} twice.")
        holder[name] = ""
        return lambda text: holder.update({name: text})

    def closed(self, local: str) -> None:
        """Leave a record or its further statements."""
        if local == "bibl":
            self._bibl = ""
        elif local == "note":
            self._extra = None
        elif local == "category":
            self._category = ""
