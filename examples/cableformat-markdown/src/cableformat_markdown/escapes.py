"""Characters by their names: what an editor cannot show, or might change, is written with a backslash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Controls (C0 but tab, DEL, C1), what editors take for line ends or hide (U+2028, U+2029, the byte order mark, soft
# hyphen, zero-width characters), what reorders the words around it (bidi), and the noncharacters of the first plane.
_HIDDEN = (
    "\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff"
)
_BLANKS = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"

HIDDEN = re.compile(f"[{_HIDDEN}]")
"""One character that is never written as it is."""

_IN_BLOCK = re.compile(rf"[\\{_HIDDEN}]|[{_BLANKS}]\Z")  # editors cut off blanks at the end of a line
_IN_STRING = re.compile(rf'["\\\t{_HIDDEN}]')

BLOCK_NAMES = {"\\": "\\", "s": " ", "t": "\t", "n": "\n", "r": "\r", "f": "\f"}
"""What a backslash and a letter stand for in a block of text."""

STRING_NAMES = dict(zip('\\"/ 0abtnvfreN_LP', '\\"/ \0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029', strict=True))
"""The same in a string in double quotes: what YAML 1.2 has (5.7), for other tools may write any of them."""

_WRITTEN = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", " ": "\\s"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.?))", re.DOTALL)

STRING = r'"(?:[^"\\]++|\\.)*+"'
"""A string in double quotes, as a regular expression."""


def _replace(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if char in _WRITTEN:
        return _WRITTEN[char]
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - two digits, or four


def for_block(line: str) -> str:
    r"""One line of text as it stands in a block.

    Example:
        >>> print(for_block("A\tB\x07 C:\\ "))
        A	B\x07 C:\\\s
    """
    return _IN_BLOCK.sub(_replace, line)


def quote(text: str) -> str:
    r"""The text as a string in double quotes, which YAML reads too.

    Example:
        >>> print(quote('He said "no"\r\n'))
        "He said \"no\"\r\n"
    """
    return f'"{_IN_STRING.sub(_replace, text)}"'


def unescape(text: str, names: Mapping[str, str], line: int, column: int = 1) -> str:
    r"""The text that some escapes stand for.

    Args:
        text: With escapes.
        names: What a backslash and a letter stand for.
        line: The line of the file that it stands on, for errors.
        column: The column that it begins in.

    Raises:
        FormatError: A backslash begins no escape, or a number is no character.

    Example:
        >>> unescape(r"A\x07\s", BLOCK_NAMES, 1)
        'A\x07 '
    """

    def character(match: re.Match[str]) -> str:
        digits = match[1] or match[2] or match[3]
        code = int(digits, 16) if digits else 0
        if digits and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - Unicode's bounds
            return chr(code)
        if not digits and match[4] in names:
            return names[match[4]]
        raise FormatError(
            f"{match.group()} stands for no character." if digits else f"A backslash before {match[4]!r} says nothing.",
            line=line,
            column=column + match.start(),
            hint=r"A backslash that is meant is written twice: \\.",
        )

    return _ESCAPE.sub(character, text) if "\\" in text else text


def string(quoted: str, line: int, column: int = 1) -> str:
    """The text of a string in double quotes.

    Raises:
        FormatError: A backslash begins no escape, or a number is no character.
    """
    return unescape(quoted[1:-1], STRING_NAMES, line, column + 1)
