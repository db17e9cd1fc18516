"""Exact text in fenced blocks: one line of the block is one line of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat_markdown.escapes import BLOCK_NAMES, for_block, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
"""What ends the lines of a text, by the word for it."""

_LINE_END = re.compile("(\r\n|\r|\n)")
_FENCES = re.compile("`{3,}")


def line_ends(text: str) -> str:
    r"""The word for what ends most lines of a text.

    Example:
        >>> line_ends("a\r\nb\r\nc\n")
        'crlf'
    """
    found = _LINE_END.findall(text)
    return max(ENDS, key=lambda name: found.count(ENDS[name]))


def to_lines(text: str, ends: str) -> Iterator[str]:
    r"""The lines of a block that holds a text.

    A backslash at the end of a line says that the text has no line end there: at its end, or where a line ends in
    another way than the others, which then stands written out.

    Args:
        text: The text.
        ends: What ends most of its lines (a key of `ENDS`).

    Example:
        >>> list(to_lines("one \r\ntwo\nthree", "lf"))
        ['one \\r\\n\\', 'two', 'three\\']
    """
    pieces = _LINE_END.split(text)
    for content, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if end == ENDS[ends]:
            yield for_block(content)
        elif content or end:
            yield f"{for_block(content + end)}\\"


def from_lines(lines: Sequence[str], ends: str, first: int) -> str:
    r"""The text that a block holds.

    Args:
        lines: The lines between the fences.
        ends: What ends the lines of the text (a key of `ENDS`).
        first: The line of the file that the first of them is, for errors.

    Raises:
        FormatError: A backslash begins no escape.

    Example:
        >>> from_lines(["one\\s", "two\\"], "crlf", 1)
        'one \r\ntwo'
    """
    end = ENDS[ends]
    pieces: list[str] = []
    for number, line in enumerate(lines, first):
        goes_on = (len(line) - len(line.rstrip("\\"))) % 2 == 1
        pieces.append(unescape(line[:-1] if goes_on else line, BLOCK_NAMES, number))
        if not goes_on:
            pieces.append(end)
    return "".join(pieces)


def fenced(info: str, lines: Iterable[str]) -> str:
    """A fenced block: its fence is longer than any that stands in it.

    Args:
        info: The words behind the opening fence.
        lines: What it holds.
    """
    content = "".join(f"{line}\n" for line in lines)
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(content)), default=0))
    return f"{fence}{info}\n{content}{fence}\n"
