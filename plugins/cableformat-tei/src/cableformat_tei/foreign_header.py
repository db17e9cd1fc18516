"""The header of TEI of other origin: what it says of the cable, as far as TEI has a place for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat_tei.fields import FieldReader

if TYPE_CHECKING:
    from collections.abc import Callable

# Where TEI P5 says a fact of the record: the last elements of the path, in order of preference.
_PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("subject", ("titleStmt", "title")),
    ("publisher", ("publicationStmt", "publisher")),
    ("publisher", ("publicationStmt", "authority")),
    ("released", ("publicationStmt", "date")),
    ("rights", ("availability", "licence")),
    ("rights", ("availability", "p")),
    ("edition", ("editionStmt", "edition")),
    ("created", ("creation", "date")),
    ("language", ("langUsage", "language")),
)
_SENT = {"date": "created", "orgName": "origin", "placeName": "origin", "persName": "origin"}
_IDENTIFIERS = {"MRN": "reference_id", "URI": "url", "URL": "url"}


class ForeignHeader(FieldReader):
    """Collects the record; the first place that says something counts.

    Attributes:
        record: The statements, by name.
        extra: Identifiers of other types, as (type, text).
    """

    def __init__(self) -> None:
        super().__init__(fold=True)
        self.record: dict[str, str] = {}
        self.extra: list[tuple[str, str]] = []
        self._sent = False

    def opened(self, local: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """Take the texts of the places that are known."""
        if local == "correspAction":
            self._sent = attributes.get("type") == "sent"
            return None
        if local == "idno":
            kind = attributes.get("type", "")
            if kind in _IDENTIFIERS:
                return lambda text: self._say(_IDENTIFIERS[kind], text)
            return lambda text: self.extra.append((kind or "idno", text))
        where = (*self.path[-1:], local)
        name = _SENT.get(local) if self._sent and self.path[-1:] == ["correspAction"] else None
        name = name or next((name for name, place in _PLACES if place == where), None)
        if name is None:
            return None
        given = attributes.get("when") or attributes.get("ident") or ""
        return lambda text: self._say(name, text or given)

    def _say(self, name: str, text: str) -> None:
        if text:
            self.record.setdefault(name, text)

    def closed(self, local: str) -> None:
        """Leave the sender."""
        if local == "correspAction":
            self._sent = False
