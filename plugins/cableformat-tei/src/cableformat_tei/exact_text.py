"""Text in XML so that it comes back exact, whatever a tool does to white space.

A line end is `<lb/>`, never a literal newline. A bare space stands only between two visible characters of one text
node; other blanks are `<space>`. Characters that XML cannot carry, or that tools alter, are `<g ref="#u0007">`. All
other white space means nothing, so indenting, wrapping, canonicalising and rewriting line ends change no text.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from cableformat.patterns import on_use

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RUN = 80
"""Blanks that one `<space>` may stand for: a line's width. A reader that believed any number would be a weapon."""

# Controls but tab, line feed and carriage return (XML 1.0 §2.2); DEL and C1; the blanks that tools trim although XML
# does not count them as white space; line and paragraph separators; the byte order mark; noncharacters.
_ALTERED = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
)
_VISIBLE = rf"[^\s{_ALTERED}]"
_MARKED = on_use(rf"\r\n|[\r\n&<>{_ALTERED}]|\t+|  +|(?<!{_VISIBLE}) | (?!{_VISIBLE})")
_RUNS = re.compile("  +")
_UNSHOWN = re.compile(rf"[{_ALTERED}]")
_APART = "\0"  # in place of mark-up, in a text that is encoded with whole-string operations: it has none itself
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_SIMPLE = re.compile(r"[!#-%'-;=?-~]+(?: [!#-%'-;=?-~]+)*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

LINE_END = "<lb/>\n"
"""A line feed of the text. The newline behind it is for people who read the file."""

TAG_END = "\r"
"""A line feed behind a tag, which is for people, until the text is encoded; no encoded text has a carriage return."""

_LINE_ENDS = {"\n": LINE_END, "\r\n": '<lb rend="crlf"/>\n'}


def picture(code: int) -> str:
    """What is shown in place of a character: a control's picture, an open box for a blank, or U+FFFD."""
    if code < 0x20:  # noqa: PLR2004 - the end of C0
        return chr(0x2400 + code)
    if chr(code).isspace():
        return "\u2423"
    return "\u2421" if code == 0x7F else "\ufffd"  # noqa: PLR2004 - DEL


class Encoder:
    """Encodes texts, and remembers which characters it had to describe.

    Attributes:
        described: The code points that stand as `<g>`.
    """

    def __init__(self) -> None:
        self.described: set[int] = set()

    def encode(self, text: str) -> str:
        r"""The text as content of an element.

        Example:
            >>> Encoder().encode("1.  (C) Talks \x07went on.\n")
            '1.<space unit="chars" quantity="2"/>(C) Talks<space unit="chars" quantity="1"/><g ...>␇</g>went on.<lb/>\n'
        """
        return text if _SIMPLE.fullmatch(text) else self.encode_tagged(text, ())

    def encode_tagged(self, text: str, tags: Sequence[tuple[int, str]], *, are_plain: bool = True) -> str:
        """A text with mark-up put in.

        Args:
            text: The text.
            tags: The mark-up and the offsets at which it stands, in order.
            are_plain: Whether the mark-up holds no line feeds, and blanks only one by one between other characters.
        """
        return (self._plain if _is_plain(text) else self._any)(text, tags, are_plain=are_plain).replace(TAG_END, "\n")

    def _any(self, text: str, tags: Sequence[tuple[int, str]], *, are_plain: bool) -> str:  # noqa: ARG002 - as the other
        """Text node by text node, character by character."""
        pieces: list[str] = []
        at = 0
        for offset, tag in chain(tags, ((len(text), ""),)):
            if offset > at:
                pieces.append(_MARKED.sub(self._mark, text[at:offset]))
                at = offset
            pieces.append(tag)
        return "".join(pieces)

    def _plain(self, text: str, tags: Sequence[tuple[int, str]], *, are_plain: bool) -> str:
        """The common case, with whole-string operations: printable characters, blanks and line feeds."""
        has_entities = "&" in text or "<" in text or ">" in text
        pieces: list[str] = []
        at = 0
        for offset, tag in chain(tags, ((len(text), ""),)):
            if offset > at:
                node = text[at:offset]
                at = offset
                if has_entities:
                    node = node.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                if node[0] == " " or node[-1] == " ":
                    node = _marked_ends(node)
                pieces.append(node)
            pieces.append(tag if are_plain else _APART)
        encoded = "".join(pieces)
        if "  " in text:
            encoded = _RUNS.sub(lambda run: _BLANKS.get(run[0]) or _blanks("chars", len(run[0])), encoded)
        encoded = f"{_ONE_BLANK}\n".join(encoded.split(" \n"))
        encoded = f"\n{_ONE_BLANK}".join(encoded.split("\n "))
        encoded = encoded.replace("\n", LINE_END)
        if are_plain:
            return encoded
        between = chain((tag for _, tag in tags), ("",))
        return "".join(chain.from_iterable(zip(encoded.split(_APART), between, strict=False)))

    def _mark(self, match: re.Match[str]) -> str:
        found = match.group()
        first = found[0]
        if first == " ":
            return _blanks("chars", len(found))
        if first in _ENTITIES:
            return _ENTITIES[first]
        if found in _LINE_ENDS:
            return _LINE_ENDS[found]
        if first == "\t":
            return _blanks("tab", len(found))
        code = ord(found)
        self.described.add(code)
        return f'<g ref="#u{code:04x}">{picture(code)}</g>'


_ONE_BLANK = '<space unit="chars" quantity="1"/>'


def _blanks(unit: str, number: int) -> str:
    full, rest = divmod(number, MAX_RUN)
    return f'<space unit="{unit}" quantity="{MAX_RUN}"/>' * full + (
        f'<space unit="{unit}" quantity="{rest}"/>' if rest else ""
    )


_BLANKS = {" " * number: _blanks("chars", number) for number in range(2, MAX_RUN + 1)}


def _is_plain(text: str) -> bool:
    """Whether a text has only printable characters, blanks and line feeds."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN)  # quicker than to ask of each character
    return text.replace("\n", "").isprintable()


def _marked_ends(node: str) -> str:
    """A text node with a single blank at its beginning or end marked."""
    if node[0] == " " and node[1:2] != " ":
        node = f"{_ONE_BLANK}{node[1:]}"
    if node[-1] == " " and node[-2:-1] != " ":
        node = f"{node[:-1]}{_ONE_BLANK}"
    return node


def shown(text: str) -> str:
    r"""The text as content or attribute that is never read back: white space folded, controls shown as pictures.

    Example:
        >>> shown('TALKS:\n "A & B"\x07')
        'TALKS: &quot;A &amp; B&quot;␇'
    """
    if _SIMPLE.fullmatch(text):
        return text
    folded = " ".join(_UNSHOWN.sub(lambda match: picture(ord(match.group())), text).split())
    return re.sub('[&<>"]', lambda match: _ENTITIES[match.group()], folded)
