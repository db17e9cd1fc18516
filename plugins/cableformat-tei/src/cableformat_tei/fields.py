"""Exact texts in the header and in `standOff`: one field at a time, and lists of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat_tei.names import TEI
from cableformat_tei.text_builder import TextBuilder, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

_PREFIX = f"{TEI} "


def local_name(name: str) -> str:
    """The name of an element of TEI without its namespace; others keep theirs."""
    return name.removeprefix(_PREFIX)


class FieldReader:
    """A handler that collects the text of chosen elements, and passes over the rest.

    Args:
        fold: Whether white space is that of prose; see `TextBuilder`.
    """

    def __init__(self, *, fold: bool = False) -> None:
        self._fold = fold
        self._text = ""  # of the element that is being taken, as long as it holds no other element
        self._builder: TextBuilder | None = None  # of one that does
        self._depth = 0
        self._take: Callable[[str], None] | None = None
        self.path: list[str] = []

    def opened(self, local: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """What takes the text of an element that begins here, or None to look inside it."""
        raise NotImplementedError

    def closed(self, local: str) -> None:
        """An element that was looked into ends."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._take is not None:
            if self._builder is None:
                self._builder = self._built()
            self._depth += 1
            self._builder.start(name, attributes)
            return
        local = local_name(name)
        take = self.opened(local, attributes)
        self.path.append(local)
        if take is not None:
            self._take, self._text, self._builder, self._depth = take, "", None, 0

    def _built(self) -> TextBuilder:
        """A builder that has taken the text so far."""
        builder = TextBuilder(fold=self._fold)
        if self._text:
            builder.data(self._text)
        return builder

    def end(self, name: str) -> None:
        """An element ends."""
        take = self._take
        if take is not None:
            if self._depth and self._builder is not None:
                self._depth -= 1
                self._builder.end(name)
                return
            if self._builder is None and not self._fold:
                text = unmarked(self._text)
            else:
                text = (self._builder or self._built()).plain_text()
            self._take = self._builder = None
            take(text)
        self.path.pop()
        self.closed(local_name(name))

    def data(self, text: str) -> None:
        """Character data."""
        if self._builder is not None:
            self._builder.data(text)
        elif self._take is not None:
            self._text = text


class Pairs:
    """Pairs of texts from a list of labels and items."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def taker(self, local: str) -> Callable[[str], None] | None:
        """What takes the text of a label or an item."""
        return {"label": self._label, "item": self._item}.get(local)

    def _label(self, text: str) -> None:
        self.found.append((text, ""))

    def _item(self, text: str) -> None:
        label = self.found.pop()[0] if self.found else ""
        self.found.append((label, text))
