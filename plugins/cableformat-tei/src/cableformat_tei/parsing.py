"""XML read as a stream of events, with everything that makes XML dangerous switched off.

No document type declaration with content, no entities but the five that XML has, no network, a bound on depth. Expat
is the parser: it says line and column for every event, keeps no tree, and does not recurse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from cableformat import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 200
"""Levels of elements. TEI that people write has some twenty; libxml2's own limit is 256."""

_SEPARATOR = " "


class Handler(Protocol):
    """What is told of a document's events. Names are `namespace local` or `local`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Character data: all between two tags at once."""


class Parser:
    """Feeds a handler.

    Args:
        handler: What is told of the events. It may raise `FormatError` without a position, which is then filled in.
        charset: The encoding, where the carrier declares it.
    """

    def __init__(self, handler: Handler, charset: str | None = None) -> None:
        self._depth = 0
        self._start = handler.start
        self._end = handler.end
        self._data = handler.data
        self._pending: list[str] = []
        try:
            self._expat = parser = expat.ParserCreate(charset, _SEPARATOR)
        except (LookupError, ValueError):
            self._expat = parser = expat.ParserCreate(None, _SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._pending.append
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.SkippedEntityHandler = self._on_entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def feed(self, data: bytes, *, final: bool) -> None:
        """Read some bytes.

        Raises:
            FormatError: They are no XML, or XML that is not read; with line and column.
        """
        self._guarded(lambda: self._expat.Parse(data, final))

    def _guarded(self, parse: Callable[[], object]) -> None:
        try:
            parse()
        except expat.ExpatError as error:
            raise FormatError(
                f"Not well-formed XML: {expat.ErrorString(error.code)}.", line=error.lineno, column=error.offset + 1
            ) from None
        except FormatError as error:
            if error.line is None:
                error.line = self.line
                error.column = self._expat.CurrentColumnNumber + 1
            raise
        except (LookupError, ValueError) as error:
            if self._depth:
                raise
            raise FormatError(f"The declared encoding cannot be read: {error}.", line=1, column=1) from None

    def delegate(self, handler: Handler, back: Handler) -> None:
        """Tell another handler of the events from here to the end of the element that begins, which `back` is told.

        To be called while the element's beginning is handled.
        """
        self._start, self._data = handler.start, handler.data
        depth = self._depth

        def end(name: str) -> None:
            if self._depth < depth:
                self._start, self._end, self._data = back.start, back.end, back.data
                back.end(name)
            else:
                handler.end(name)

        self._end = end

    @property
    def line(self) -> int:
        """The line of the current event, from 1."""
        return self._expat.CurrentLineNumber

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if self._pending:
            self._flush()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormatError(f"Elements are nested more than {MAX_DEPTH} levels deep.")
        self._start(name, attributes)

    def _on_end(self, name: str) -> None:
        if self._pending:
            self._flush()
        self._depth -= 1
        self._end(name)

    def _flush(self) -> None:
        pending = self._pending
        text = pending[0] if len(pending) == 1 else "".join(pending)
        pending.clear()
        self._data(text)

    def _on_doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:  # noqa: ARG002 - expat's signature
        if has_subset:
            raise FormatError(
                "The document type declaration has declarations of its own, which are not read.",
                hint="TEI needs none: remove it, and write characters instead of entities.",
            )

    def _on_entity(self, name: str, is_parameter: int) -> None:  # noqa: ARG002 - expat's signature
        raise FormatError(f"The entity {name[:40]} is not defined; only those of XML itself are read.")
