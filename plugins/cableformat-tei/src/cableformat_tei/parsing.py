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
        self._pending: list[str] = []
        try:
            self._expat = parser = expat.ParserCreate(charset, _SEPARATOR)
        except (LookupError, ValueError):
            self._expat = parser = expat.ParserCreate(None, _SEPARATOR)
        parser.buffer_text = True
        self._tell(handler)
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

    def delegate(self, handler: Handler) -> None:
        """Tell another handler of the events from here, inside the element that begins; its end is told as before.

        To be called while the element's beginning is handled.
        """
        self._tell(handler)

    def _tell(self, handler: Handler) -> None:
        """Make a handler the one that is told. Closures, because these run for every tag."""
        pending, start, end, data = self._pending, handler.start, handler.end, handler.data
        first = depth = self._depth

        def on_start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            if pending:
                text = pending[0] if len(pending) == 1 else "".join(pending)
                pending.clear()
                data(text)
            depth += 1
            if depth > MAX_DEPTH:
                raise FormatError(f"Elements are nested more than {MAX_DEPTH} levels deep.")
            self._depth = depth
            start(name, attributes)

        def on_end(name: str) -> None:
            nonlocal depth
            if pending:
                text = pending[0] if len(pending) == 1 else "".join(pending)
                pending.clear()
                data(text)
            depth -= 1
            if depth >= first:
                end(name)
            else:  # the element in which this handler was put in
                self._expat.StartElementHandler, self._expat.EndElementHandler = on_start_before, on_end_before
                on_end_before(name)  # type: ignore[misc]  # an end has a beginning before it

        on_start_before, on_end_before = self._expat.StartElementHandler, self._expat.EndElementHandler
        self._expat.StartElementHandler, self._expat.EndElementHandler = on_start, on_end

    @property
    def line(self) -> int:
        """The line of the current event, from 1."""
        return self._expat.CurrentLineNumber

    def _on_doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:  # noqa: ARG002 - expat's signature
        if has_subset:
            raise FormatError(
                "The document type declaration has declarations of its own, which are not read.",
                hint="TEI needs none: remove it, and write characters instead of entities.",
            )

    def _on_entity(self, name: str, is_parameter: int) -> None:  # noqa: ARG002 - expat's signature
        raise FormatError(f"The entity {name[:40]} is not defined; only those of XML itself are read.")
