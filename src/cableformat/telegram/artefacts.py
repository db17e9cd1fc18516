"""Artefacts that can be told by their own words: pagers, page breaks, stamps (field notes §4 and §6)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from cableformat.patterns import on_use
from cableformat.telegram.blocks import ArtefactKind
from cableformat.telegram.vocabulary import rows
from cableformat.telegram.words import CLASS_WORDS


class Found(NamedTuple):
    """An artefact by its offsets in the part's text."""

    start: int
    end: int
    kind: ArtefactKind


_PAGER_END = re.compile(r" OF \d{3}(?!\d)")
_PAGER = on_use(r"(?<![A-Z])[A-Z][A-Z '.-]{1,24}? ++(\d{8}) {1,2}\d{3}(?:\.\d)?\Z")
_PAGER_WINDOW = 48

_PAGE = on_use(
    r"PAGE[ \t]++(?!01)\d\d[ \t]++[A-Z][A-Z .'-]{0,24}?[ \t]++\d{4,6}"
    r"(?:[ \t]++(?:TOSEC|SECTO)[ \t]\d++)?(?:[ \t]++\d\d OF \d\d)?(?:[ \t]++\d{6}Z)?(?![A-Za-z\d])"
)
_PAGE_WINDOW = 240
# The class above a page line. A SIPDIS there is an echo of the class; one above it is a caption.
_GAP = r"\b[ \t]*+(?:[\r\n]\s*+)?+"
_BEFORE_PAGE = on_use(rf"\b{CLASS_WORDS}{_GAP}(?:\b(?:{CLASS_WORDS}|SIPDIS){_GAP}){{0,4}}\Z")
# Why words were taken out of a release (5 U.S.C. 552(b); E.O. 13526): between the stamp's words, and in the margin.
_EXEMPTION = r"(?:B[1-9](?:\([A-F]\))?|1\.[45]\([A-Ha-h]\))"
_EXEMPTIONS = rf"{_EXEMPTION}(?:[ \t]*+,?[ \t]*+{_EXEMPTION}){{0,8}}"
_MARGIN = on_use(rf"^[ \t]*+{_EXEMPTIONS}[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE)
_MARGIN_WINDOW = 20
# Two of the stamps.
_RELEASED = ("RELEASE IN PART", "U.S. Department of State Case No.")
# The authority's own reason, wrapped: `for reasons⏎1.4(d)`.
_REASON_ABOVE = re.compile(r"(?:reasons?:?|and|[(,])\s*\Z", re.IGNORECASE)


def _stamps() -> re.Pattern[str]:
    """The stamps of the vocabulary: words before, words that tell it, and what follows them."""
    after = {
        "date": r"(?:[ \t]++\d{1,2}[ \t][A-Za-z]{3}[ \t]\d{4})?",
        "line": r"[^\r\n]{0,120}",
        "exemptions": rf"(?:[ \t]*+,?\s?{_EXEMPTIONS})?",
        "": "",
    }
    # The document's number and what a scanner made of it, as in `____`, `C05700117 —`, `(05700117`.
    number = r"(?:[(_]{0,8}(?:[C0(]\d{7,8})?[ \t]?[—–-]?[ \t]?)"
    choices = []
    for row in rows("stamps"):
        before = f"(?:(?:{'|'.join(map(re.escape, row['before'].split('|')))})[ \\t]*+)?" if row["before"] else ""
        before = number if row["before"] == "number" else before
        choices.append(before + re.escape(row["spelling"]) + after[row["after"]])
    return on_use("|".join(choices))


_STAMP = _stamps()
_STAMP_KEYS = tuple(row["key"] for row in rows("stamps"))


def _pagers(text: str) -> list[Found]:
    """Page lines, alone on their line or in the middle of an unwrapped one.

    In capitals a pager cannot be told from the words before it by its looks: what all pagers of one telegram have
    in common, from the right, is the post.
    """
    ends: dict[str, list[tuple[int, int, list[str]]]] = defaultdict(list)
    for match in _PAGER_END.finditer(text):
        start = max(0, match.start() - _PAGER_WINDOW)
        found = _PAGER.search(text[start : match.start()])
        if found:
            name = found.group()[: found.start(1) - found.start()]
            ends[found.group(1)].append((start + found.start(), match.end(), name.split()))
    pagers = []
    for group in ends.values():
        common = min((words for _, _, words in group), key=len)
        for _, _, words in group:
            while common and words[-len(common) :] != common:
                common = common[1:]
        post = common or group[0][2][-1:]
        for start, end, words in group:
            at = start
            for _ in words[: -len(post)]:
                at = text.index(" ", at) + 1
                while text[at] == " ":
                    at += 1
            pagers.append(Found(at, end, ArtefactKind.PAGER))
    return pagers


def _page_breaks(text: str) -> list[Found]:
    """`PAGE 02` lines with the class lines and SIPDIS echoes right before them."""
    found = []
    for match in _PAGE.finditer(text):
        start = max(0, match.start() - _PAGE_WINDOW)
        before = _BEFORE_PAGE.search(text[start : match.start()])
        found.append(Found(start + before.start() if before else match.start(), match.end(), ArtefactKind.PAGE_BREAK))
    return found


def find(text: str) -> list[Found]:
    r"""All artefacts that their own words tell, in order, none overlapping.

    One that stands alone on its lines takes them whole, with the line end.

    Example:
        >>> find("the harbor\n\nPORT MERIDIAN 00000117  002 OF 003\n\n\nwas")
        [Found(start=12, end=47, kind=<ArtefactKind.PAGER: 'pager'>)]
    """
    candidates = _pagers(text)
    if "PAGE" in text:
        candidates += _page_breaks(text)
    if any(key in text for key in _STAMP_KEYS):
        candidates += [Found(m.start(), m.end(), ArtefactKind.STAMP) for m in _STAMP.finditer(text)]
        if any(word in text for word in _RELEASED):
            candidates += [
                Found(m.start(), m.end(), ArtefactKind.STAMP)
                for m in _MARGIN.finditer(text)
                if not _REASON_ABOVE.search(text[max(0, m.start() - _MARGIN_WINDOW) : m.start()])
            ]
    candidates.sort()
    kept: list[Found] = []
    at = 0
    for start, end, kind in candidates:
        if start >= at:
            whole = Found(*_whole_lines(text, start, end, at), kind)
            kept.append(whole)
            at = whole.end
    return kept


def _whole_lines(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """The run stretched over the blanks around it, if only blanks share its lines; else the run itself."""
    first = start
    while first > floor and text[first - 1].isspace() and text[first - 1] not in "\r\n":
        first -= 1
    last, size = end, len(text)
    while last < size and text[last].isspace() and text[last] not in "\r\n":
        last += 1
    if (first > 0 and text[first - 1] not in "\r\n") or (last < size and text[last] not in "\r\n"):
        return start, end
    if text.startswith("\r\n", last):
        return first, last + 2
    return first, min(last + 1, size)
