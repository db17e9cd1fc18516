"""Line ends that a terminal has escaped."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?=[ \t]*+(?:[\r\n]|\Z))")


def unescaped(text: str) -> str:
    r"""The text with the backslash before a line end turned to a blank: offsets stay true.

    Some posts' cables of 2006 have one at the end of every line (field notes §3).

    Args:
        text: Any text.

    Example:
        >>> unescaped("TAGS: PREL \\\n \\\nSUBJECT: TALKS")
        'TAGS: PREL  \n  \nSUBJECT: TALKS'
    """
    return _ESCAPE.sub(" ", text) if "\\" in text else text
