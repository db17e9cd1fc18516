"""Character references of HTML, for pages whose authors did not escape `&`: what is no reference stays text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cableformat.patterns import on_use

if TYPE_CHECKING:
    import re

# Only with its semicolon: `&copies` is words, and so is `R&D;`, because no reference has that name.
_PATTERN = r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
_REFERENCE = on_use(_PATTERN)
_SPECIAL = on_use(rf"[<>\n\r]|{_PATTERN}")
_ESCAPES = {"<": "&lt;", ">": "&gt;", "\n": "&#x000A;", "\r": "&#x000D;"}
_LAST = 0x10FFFF


@cache
def _named() -> dict[str, str]:
    """The characters of HTML by their names; most pages give numbers only."""
    from html.entities import html5  # noqa: PLC0415 - two thousand names

    return html5


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _named().get(f"{match['name']};", match.group())
    code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    if code == 0 or code > _LAST or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
        return match.group()
    if 0x80 <= code <= 0x9F:  # noqa: PLR2004 - the C1 controls, which stand for windows-1252 (WHATWG)
        return bytes([code]).decode("cp1252", "ignore") or chr(code)
    return chr(code)


def unescape(text: str) -> str:
    r"""The text with its character references resolved; an `&` that begins none stays.

    Numbers from 128 to 159 are windows-1252 (WHATWG, HTML 13.2.5.80); number 0, surrogates and what lies past Unicode
    stay as they stand.

    Example:
        >>> unescape("R&D; &processes8; AT&amp;T &#146;&#x000A;")
        'R&D; &processes8; AT&T ’\n'
    """
    if "&" not in text:
        return text
    return _REFERENCE.sub(_character, text.replace("&#x000A;", "\n"))


def escape(text: str) -> str:
    r"""The text as the cablegate mirror writes it: line ends as references, `&` as it is.

    Only an `&` that would be read as the beginning of a reference becomes one itself.

    Example:
        >>> escape("R&D;\n<a> &lt;")
        'R&D;&#x000A;&lt;a&gt; &amp;lt;'
    """

    def escaped(match: re.Match[str]) -> str:
        found = match.group()
        if found in _ESCAPES:
            return _ESCAPES[found]
        return found if _character(match) == found else f"&amp;{found[1:]}"

    return _SPECIAL.sub(escaped, text)
