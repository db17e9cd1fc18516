"""Text of PDF files, recognised: light enough to be imported whenever formats are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Claim, Confidence
from cableformat.decoding import begins_as_markup, is_binary

if TYPE_CHECKING:
    from cableformat import Cable, Input

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
# What the patterns need is found a hundred times as fast as they are.
_NARA_WORDS = (b"Message Text", b"Message Attributes", b"PAGE 01")
_FOIA_WORDS = (b"U.S. Department of State Case No.", b"STATE DEPT. - PRODUCED TO HOUSE", b"RELEASE", b"MRN:")
_SMART = re.compile(rb"^[ \t\x0c]*+MRN:[ \t][^\r\n]*+\r?\n(?:\s*+)Date/DTG:", re.MULTILINE)


def _text_with(source: Input, *words: bytes) -> bytes:
    """The first bytes, if they are text, no mark-up, and one of some words stands in them; else none."""
    head = source.head
    if begins_as_markup(head) or not any(word in head for word in words) or is_binary(head):
        return b""
    return head


def sniff_pages(source: Input) -> Claim | None:
    """A hint of `pdf-text` where text has form feeds: an extractor ends each page with one."""
    if not _text_with(source, b"\x0c"):
        return None
    return Claim(Confidence.HINT, "text with form feeds, which stand at the ends of pages")


def sniff_nara(source: Input) -> Claim | None:
    """The dialect `nara`, where the archive's own lines stand, or the first page of a telegram of 1973-79."""
    head = _text_with(source, *_NARA_WORDS)
    message = _MESSAGE.search(head)
    if message:
        return Claim(Confidence.DIALECT, f"the line {message[1].decode()!r} of the National Archives' files")
    if _FIRST_PAGE.search(head):
        return Claim(Confidence.DIALECT, "the first page of a telegram of 1973-79: PAGE 01 and the distribution")
    return None


def is_body_alone(cable: Cable) -> bool:
    """Whether the telegram is one part `body`, which is all that the text of a file can say."""
    return [(part.id, part.role) for part in cable.parts if part.role in {"header", "body"}] == [("body", "body")]


def sniff_foia(source: Input) -> Claim | None:
    """The dialect `foia`, where a stamp of a release by the Department of State stands, or a form of SMART."""
    head = _text_with(source, *_FOIA_WORDS)
    stamp = _RELEASED.search(head)
    if stamp:
        return Claim(Confidence.DIALECT, f"the stamp of a release: {stamp.group().decode('ascii')}")
    if _SMART.search(head):
        return Claim(Confidence.DIALECT, "a form of SMART: MRN and Date/DTG")
    return None
