"""Text in HTML so that it comes back exact, whatever a parser, a browser or an editor does to white space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

CLASS = "t"
"""The class of an element that holds exact text."""

# What HTML parsers drop, replace or normalise (controls but tab and line feed, DEL, C1, noncharacters), what editors
# take for line ends or remove (U+2028, U+2029, the byte order mark), and what would reorder the text around it (bidi).
_SPECIAL = re.compile(
    '[&<>"\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff'
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_CODE = re.compile(r"[0-9a-f]{4,6}")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_PICTURES = {**{chr(c): chr(0x2400 + c) for c in range(32)}, "\x7f": "\u2421"}


def _replace(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ENTITIES:
        return _ENTITIES[char]
    picture = _PICTURES.get(char, "\ufffd")
    return f'<i class="c" data-c="{ord(char):04x}">{picture}</i>'


def to_html(text: str) -> str:
    r"""The text as HTML, to stand in an element with `white-space: pre-wrap`.

    Characters that do not survive HTML stand as `<i class="c" data-c="000d">`, with a picture for the eye.

    Example:
        >>> to_html("A & B\r\n")
        '<span class="t">A &amp; B<i class="c" data-c="000d">␍</i>\n</span>'
    """
    return f'<span class="{CLASS}">{exact(text)}</span>'


def exact(text: str) -> str:
    """The text as HTML, to stand within an element of the class `CLASS`, of which it may be a run."""
    return _SPECIAL.sub(_replace, text)


def printable(text: str) -> str:
    """The text for places that are never read back, such as a title: what HTML cannot hold is shown as U+FFFD."""
    return _SPECIAL.sub(lambda match: match[0] if match[0] in _ENTITIES else "\ufffd", text)


def escape(text: str) -> str:
    """The same as HTML."""
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], "\ufffd"), text)


def exact_texts(tree: _Element, is_holder: Callable[[_Element], bool]) -> Iterator[tuple[_Element, list[str]]]:
    """The texts that `to_html` put into the elements that hold such, in document order.

    Mark-up that somebody has added inside a text is passed over, its words are not; a holder or a text inside another
    counts as part of the outer one. One walk, whose time grows with the page however deep it is nested.

    Args:
        tree: The page.
        is_holder: Whether an element is one whose texts are wanted.
    """
    holder: _Element | None = None
    text: _Element | None = None
    char: _Element | None = None
    texts: list[str] = []
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            if char is not None:
                continue
            if text is not None:
                stands_for = _char(element)
                if stands_for is None:
                    pieces.append(element.text or "")
                else:
                    char = element
                    pieces.append(stands_for)
            elif holder is None and is_holder(element):
                holder, texts = element, []
            elif holder is not None and element.get("class") == CLASS:
                text, pieces = element, [element.text or ""]
        elif holder is not None and element is holder:
            yield element, texts
            holder = None
        elif element is text:
            texts.append("".join(pieces))
            text = None
        elif element is char or (char is None and text is not None):  # the end of anything inside a text
            char = None
            pieces.append(element.tail or "")


def _char(element: _Element) -> str | None:
    """The character that an `<i data-c>` stands for, or None."""
    code = element.get("data-c")
    if code is None or not _CODE.fullmatch(code):
        return None
    value = int(code, 16)
    return chr(value) if value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else None  # noqa: PLR2004 - Unicode's bounds
