"""A page laid out as text: what people see, and what they get when they copy it.

Own code and no parser of HTML, because those alter the text (line ends, NULs, controls), and because a page that is
nested 100,000 deep must cost no more than its size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from cableformat_html.character_references import unescape
from cableformat_html.tags import TAG, break_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEXT = re.compile(rf"{TAG.pattern}|(?P<comment><!--)|<[!?][^<>]*+>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = frozenset({"script", "style", "template", "title", "option"})
_CONTAINERS = frozenset(
    (
        "html",
        "body",
        "div",
        "article",
        "section",
        "main",
        "td",
        "table",
        "form",
        "fieldset",
        "blockquote",
        "aside",
        "nav",
        "header",
        "footer",
        "pre",
        "center",
    )
)
_LINES = frozenset(
    (
        "address",
        "dd",
        "details",
        "dl",
        "dt",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "summary",
        "tr",
        "ul",
        "tbody",
        "thead",
        "tfoot",
        "caption",
    )
)
_DEEPEST = 200
"""How deep containers are told apart; no page that people made nests them deeper."""


@attrs.define
class Extent:
    """Where a container of the page stands in its text.

    Attributes:
        name: The element's name.
        start: The first character.
        end: One past the last.
        parent: The number of the container around it, or -1.
    """

    name: str
    start: int
    end: int
    parent: int


@attrs.frozen
class Layout:
    """A page as text.

    Attributes:
        text: The text.
        extents: Its containers, in document order.
    """

    text: str
    extents: tuple[Extent, ...]

    @cached_property
    def _line_feeds(self) -> tuple[int, ...]:
        return tuple(match.start() for match in re.finditer("\n", self.text))

    def line(self, place: int) -> int:
        """The number of the line, from 1, in which a place of the text stands."""
        return bisect_left(self._line_feeds, place) + 1

    def around(self, start: int, end: int) -> Extent:
        """The smallest container that holds a run of the text; the whole of it where none does."""
        at = bisect_right(self.extents, start, key=lambda extent: extent.start) - 1
        while at >= 0 and (self.extents[at].end < end or self.extents[at].end <= start):
            at = self.extents[at].parent
        return self.extents[at] if at >= 0 else Extent("page", 0, len(self.text), -1)

    def preformatted(self, start: int = 0) -> Iterator[Extent]:
        """The `pre` of the page from a place on, the outermost of those that nest."""
        last = start
        for extent in self.extents:
            if extent.name == "pre" and extent.start >= last:
                last = extent.end
                yield extent


class _Builder:
    """Puts the text together, and keeps track of lines and containers."""

    def __init__(self, cells: str) -> None:
        self.cells = cells
        self.pieces: list[str] = []
        self.length = 0
        self.last = "\n"
        self.is_apart = True
        self.extents: list[Extent] = []
        self.open: list[int] = []
        self.pre = 0

    def add(self, text: str) -> None:
        if text:
            self.is_apart = text.endswith("\n\n") or (text == "\n" and self.last == "\n")
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def words(self, html: str) -> None:
        """Running text, its blanks collapsed as browsers do, or exact inside `pre`."""
        if not html:  # between two tags
            return
        text = unescape(html)
        if self.pre:
            self.add(text)
            return
        text = _BLANKS.sub(" ", text)
        self.add(text[1:] if self.last in "\n " and text.startswith(" ") else text)

    def line(self) -> None:
        """Go to the start of a line, if this is none."""
        if self.last == " " and not self.pre:
            piece = self.pieces.pop()[:-1]
            self.length -= 1
            if piece:
                self.pieces.append(piece)
            self.last = self.pieces[-1][-1] if self.pieces else "\n"
        if self.last != "\n":
            self.add("\n")

    def enter(self, name: str) -> None:
        if name == "pre":
            self.pre += 1
        if len(self.open) < _DEEPEST:
            parent = self.open[-1] if self.open else -1
            self.open.append(len(self.extents))
            self.extents.append(Extent(name, self.length, -1, parent))

    def leave(self, name: str) -> None:
        """Close the nearest container of that name, and those left open inside it."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.extents[self.open[depth]].name == name:
                for at in self.open[depth:]:
                    self.extents[at].end = self.length
                    if self.extents[at].name == "pre":
                        self.pre -= 1
                del self.open[depth:]
                return

    def done(self) -> Layout:
        for at in self.open:
            self.extents[at].end = self.length
        return Layout("".join(self.pieces), tuple(self.extents))


def lay_out(html: str, *, cells: str = " ") -> Layout:
    r"""The page as text: blocks on lines of their own, blanks collapsed outside `pre`, exact inside.

    Args:
        html: The page.
        cells: What stands between two cells of a row, and, if it is a line feed, behind each.

    Example:
        >>> lay_out("<div>Created:  <b>2031</b></div><pre>UNCLAS \n\n1. Talks&amp;</pre>").text
        'Created: 2031\nUNCLAS \n\n1. Talks&\n'
    """
    built = _Builder(cells)
    absent: set[str] = set()
    at = 0
    while match := _NEXT.search(html, at):
        built.words(html[at : match.start()])
        at = match.end()
        if match["comment"]:
            at = _behind(html, at, "-->", absent)
        elif match["name"]:
            name = match["name"].lower()
            if match["end"]:
                _close(built, name)
            elif name in _UNSEEN:
                at = _behind(html, at, f"</{name}[^<>]*+>", absent)
            else:
                _open(built, name, html, at)
                if name == "pre":
                    at += 2 if html.startswith("\r\n", at) else html.startswith("\n", at)
    built.words(html[at:])
    built.line()
    return built.done()


def _behind(html: str, at: int, ending: str, absent: set[str]) -> int:
    """Where the page goes on behind what is not seen; what is never closed is looked for once, and hides nothing."""
    match = None if ending in absent else re.compile(ending, re.IGNORECASE).search(html, at)
    if match is None:
        absent.add(ending)
        return at
    return match.end()


def _open(built: _Builder, name: str, html: str, at: int) -> None:
    if name == "br":
        built.add(break_text(html, at) if built.pre else "\n")
    elif built.pre and name != "pre":
        return
    elif name == "p":
        _paragraph(built)
    elif name in {"td", "th"}:
        if built.cells != "\n" and built.last not in "\n ":
            built.add(built.cells)
        built.enter("td")
    elif name in _CONTAINERS:
        built.line()
        built.enter(name)
    elif name in _LINES:
        built.line()


def _close(built: _Builder, name: str) -> None:
    if name in {"td", "th"} and not built.pre:
        if built.cells == "\n":
            built.line()
            if built.open and built.extents[built.open[-1]].start == built.length:  # an empty cell is an empty line
                built.add("\n")
        built.leave("td")
    elif name == "pre" or (name in _CONTAINERS and not built.pre):
        built.leave(name)
        built.line()
    elif name == "p" and not built.pre:
        _paragraph(built)
    elif name in _LINES and not built.pre:
        built.line()


def _paragraph(built: _Builder) -> None:
    """A paragraph stands apart by a blank line."""
    built.line()
    if built.length and not built.is_apart:
        built.add("\n")
