"""Text of PDF files, recognised: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence

if TYPE_CHECKING:
    from cableformat import Cable, Input

_NO_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]|\A(?:\xef\xbb\xbf)?\s*+[<{]|\A%PDF")
_MESSAGE = re.compile(rb"^[ \t\x0c]*+(Message (?:Text|Attributes))[ \t]*+\r?$", re.MULTILINE)
_FIRST_PAGE = re.compile(
    rb"^[ \t\x0c]*+PAGE 01[ \t]+[A-Z][A-Z .'-]{0,24}?[ \t]+\d{4,6}[^\r\n]{0,60}\r?\n"
    rb"(?:[^\r\n]{0,80}\r?\n){0,3}?[ \t]*+(?:ACTION|ORIGIN)[ \t]+[A-Z/]{1,8}-\d\d",
    re.MULTILINE,
)
_RELEASED = re.compile(
    rb"U\.S\. Department of State Case No\.|STATE DEPT\. - PRODUCED TO HOUSE SELECT BENGHAZI COMM\."
    rb"|(?<![^\r\n\x0c])[ \t]*+RELEASED? IN (?:PART|FULL)"
)
_SMART = re.compile(rb"^[ \t\x0c]*+MRN:[ \t][^\r\n]*+\r?\n(?:\s*+)Date/DTG:", re.MULTILINE)


def sniff_pages(source: Input) -> Claim | None:
    """A hint of `pdf-text` where text has form feeds: an extractor ends each page with one."""
    if b"\x0c" not in source.head or _NO_TEXT.search(source.head):
        return None
    return Claim(Confidence.HINT, "text with form feeds, which stand at the ends of pages")


def sniff_nara(source: Input) -> Claim | None:
    """The dialect `nara`, where the archive's own lines stand, or the first page of a telegram of 1973-79."""
    if _NO_TEXT.search(source.head):
        return None
    message = _MESSAGE.search(source.head)
    if message:
        return Claim(Confidence.DIALECT, f"the line {message[1].decode()!r} of the National Archives' files")
    if _FIRST_PAGE.search(source.head):
        return Claim(Confidence.DIALECT, "the first page of a telegram of 1973-79: PAGE 01 and the distribution")
    return None


def is_body_alone(cable: Cable) -> bool:
    """Whether the telegram is one part `body`, which is all that the text of a file can say."""
    return [(part.id, part.role) for part in cable.parts if part.role in {"header", "body"}] == [("body", "body")]


def sniff_foia(source: Input) -> Claim | None:
    """The dialect `foia`, where a stamp of a release by the Department of State stands, or a form of SMART."""
    if _NO_TEXT.search(source.head):
        return None
    stamp = _RELEASED.search(source.head)
    if stamp:
        return Claim(Confidence.DIALECT, f"the stamp of a release: {stamp.group().decode('ascii')}")
    if _SMART.search(source.head):
        return Claim(Confidence.DIALECT, "a form of SMART: MRN and Date/DTG")
    return None
