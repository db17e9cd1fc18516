"""Where a telegram that was published in two boxes was joined: header and body in one text."""

from __future__ import annotations

import re

from cableformat_html.mirror_text import PARTIAL

_LEVEL = (
    r"(?:UNCLASSIFIED|UNCLAS|C O N F I D E N T I A L|S E C R E T|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE"
    r"|O N F I D E N T I A L|E C R E T)"
)
# The classification line with the message reference number, at the start of a line or glued to the header's last.
_MARKING = re.compile(rf"{_LEVEL} (?=[A-Z0-9 ]{{2,60}}? ?\d{{3,6}}(?![\d.]))")
_HEADER = re.compile(
    r"\s{0,200}(?:VZCZC[A-Z]{3}|(?:ZZ|OO|PP|RR) [A-Z]{6}|DE [A-Z]{4,7} |ZN[RY] [A-Z]"
    r"|(?:[ZOPR] ){0,4}\d{6}Z [A-Za-z]{3} \d\d|FM [A-Z]|INFO {1,4}LOG-\d\d|null\b)"
)
_PARTIAL = re.compile(rf"\s{{0,200}}{re.escape(PARTIAL)}[ \t]*+(?:\r?\n|\r|\Z)?")
_LINE_END = re.compile(r"[ \t]*+(?:\r\n|\n|\r)")
_GAP = re.compile(r"(?:[ \t]*+(?:\r\n|\n|\r))*+")


def split(text: str) -> tuple[str, str, str]:
    r"""Header, the blank lines between the two, and body; joined they are the text.

    The header is the sentence that the text is an extract, or what begins as the transmission header of ACP 127 and
    ends where the classification line begins.

    Example:
        >>> split("FM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC 2210UNCLAS PORT MERIDIAN 000117\n")
        ('FM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC 2210', '', 'UNCLAS PORT MERIDIAN 000117\n')
    """
    partial = _PARTIAL.match(text)
    if partial:
        start = partial.end()
    elif _HEADER.match(text):
        marking = _MARKING.search(text)
        if marking is None:
            return "", "", text
        start = _header_end(text, marking.start())
    else:
        return "", "", text
    gap = _GAP.match(text, start)
    end = gap.end() if gap else start
    return text[:start], text[start:end], text[end:]


def is_header(text: str) -> bool:
    """Whether a box holds the header alone: it begins as one, and no classification line stands in it."""
    return bool(_PARTIAL.match(text) or _HEADER.match(text)) and _MARKING.search(text) is None


def _header_end(text: str, marking: int) -> int:
    """The end of the header's last line, its line end included, before a classification line."""
    lines = text[:marking]
    bare = lines.rstrip("\r\n\t ")
    line_end = _LINE_END.match(lines, len(bare))
    return line_end.end() if line_end else marking
