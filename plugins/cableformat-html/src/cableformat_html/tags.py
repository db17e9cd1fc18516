"""Mark-up in running text: what is a tag, and what only looks like one."""

from __future__ import annotations

import re

from cableformat.patterns import on_use
from cableformat_html.character_references import unescape

_NAMES = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt"
    "|em|fieldset|figure|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|kbd|label|li|link|main|mark|meta"
    "|nav|noscript|ol|option|p|pre|s|samp|script|section|select|small|span|strike|strong|style|sub|summary|sup|table"
    "|tbody|td|template|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|wbr"
)
_ATTRIBUTES = r"(?:(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|[^<>]*+)"
TAG = on_use(rf"<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>]){_ATTRIBUTES}>", re.IGNORECASE)
"""A tag of an element of HTML. Nothing in it reads past the next `<`, so that searching for it takes linear time.

`<halloway@port.example>` is none: in pages whose authors did not escape `<`, it is words.
"""

_BREAK_AT_LINE_END = on_use(r"[ \t]*+(?:<br[ /]{0,2}>[ \t]*+)*+(?:\n|\r|&#x000A;|&#10;|&#x000D;)", re.IGNORECASE)
_PIECES = on_use(rf"</?(?:{_NAMES})(?=[\s/>]){_ATTRIBUTES}>", re.IGNORECASE)


def without_tags(html: str) -> str:
    """The words of a run of HTML, exact but for its tags."""
    return "".join(map(unescape, _PIECES.split(html))) if "<" in html else unescape(html)


def break_text(html: str, end: int) -> str:
    """What a `<br>` in preformatted text adds: a line end, unless one follows anyway.

    Args:
        html: The page.
        end: Where the tag ends.
    """
    return "" if _BREAK_AT_LINE_END.match(html, end) else "\n"


def preformatted(html: str) -> tuple[str, tuple[str, ...]]:
    r"""The text of a `pre`, line ends exact, and the names of the elements in it other than links.

    A line feed right after `<pre>` is mark-up (HTML 13.1.2.5); one that is written as a reference is text.

    Args:
        html: What stands between `<pre>` and `</pre>`.

    Example:
        >>> preformatted("\nSIPDIS <br>&#x000A;<strong>TAGS</strong> <a href='/tag/PREL_0.html'>PREL</a>")
        ('SIPDIS \nTAGS PREL', ('br', 'strong'))
    """
    at = 2 if html.startswith("\r\n") else 1 if html.startswith("\n") else 0
    if "&#x000A;" in html:  # the mirror's line end, all at once
        html = html[at:].replace("&#x000A;", "\n")
        at = 0
    pieces: list[str] = []
    stray: list[str] = []
    for match in TAG.finditer(html, at) if "<" in html else ():
        pieces.append(unescape(html[at : match.start()]))
        at = match.end()
        name = match["name"].lower()
        if name != "a" and name not in stray:
            stray.append(name)
        if name == "br":
            pieces.append(break_text(html, at))
    pieces.append(unescape(html[at:]))
    return "".join(pieces), tuple(stray)
