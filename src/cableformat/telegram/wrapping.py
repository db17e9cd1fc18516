"""Line breaks: words laid out so that no line begins like something else."""

from __future__ import annotations

import re

from cableformat.telegram.labels import label_at
from cableformat.telegram.lines import PROSE, scan
from cableformat.telegram.words import CAPTION_WORDS, CLASS_WORDS

WIDTH = 65
"""Columns of a telegram's line (5 FAH-1 H-200)."""

_LOOK_AHEAD = 120
# What would begin a list item, a caption, a classification line or a page line.
_OWN_LINE = re.compile(
    rf"[-–—•*>=_\\]|\(?[A-Za-z0-9]{{1,2}}[.)](?=\s|\Z)|(?:{CLASS_WORDS}|{CAPTION_WORDS})(?![A-Za-z])|PAGE\s|\d{{1,3}}\."
)


def may_begin(words: str) -> bool:
    """Whether a line that begins with these words goes on with the one before.

    Example:
        >>> may_begin("the harbor"), may_begin("12. The harbor"), may_begin("SIPDIS"), may_begin("-- the harbor")
        (True, False, False, False)
    """
    ahead = words[:_LOOK_AHEAD]
    return scan(ahead).kinds[:1] == bytes((PROSE,)) and not _OWN_LINE.match(ahead) and label_at(ahead, 0) is None


def wrapped(words: str, width: int = WIDTH, *, indent: str = "") -> str:
    r"""The words in lines of at most a width, where that can be.

    A line is shorter, or longer, where the next one would otherwise begin like a paragraph, an item or a label.

    Args:
        words: Words with single blanks between them.
        width: Most characters of a line.
        indent: What stands before each line but the first.

    Example:
        >>> wrapped("They agreed on March 3. The talks went on.", 22)
        'They agreed on\nMarch 3. The talks\nwent on.'
    """
    lines: list[str] = []
    start, prefix = 0, ""
    while len(words) - start + len(prefix) > width:
        room = width - len(prefix)
        at = words.rfind(" ", start + 1, start + room + 1)
        while at > start and not may_begin(words[at + 1 : at + _LOOK_AHEAD]):
            at = words.rfind(" ", start + 1, at)
        if at <= start:
            at = words.find(" ", start + room)
            while at >= 0 and not may_begin(words[at + 1 : at + _LOOK_AHEAD]):
                at = words.find(" ", at + 1)
        if at < 0:
            break
        lines.append(prefix + words[start:at])
        start, prefix = at + 1, indent
    return "\n".join([*lines, prefix + words[start:]])
