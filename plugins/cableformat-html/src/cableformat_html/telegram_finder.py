"""Telegrams in the text of any page: which lines show one, and in which containers of the page they stand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat_html.layout import Extent, Layout

_EVIDENCE = re.compile(
    r"""^[ \t]{0,80}¶?(?:
        (?P<transmission>VZCZC[A-Z]{3}|DE[ ][A-Z]{4,7}[ ][#]?\d|ZN[RY][ ][A-Z/]{5}[ ]|FM[ ](?:AM|US|SEC)[A-Z]
            |(?:[ZOPR][ ]){0,4}\d{6}Z[ ][A-Za-z]{3}[ ]\d\d)
      | (?P<marking>(?:UNCLASSIFIED|UNCLAS|C[ ]O[ ]N[ ]F[ ]I[ ]D[ ]E[ ]N[ ]T[ ]I[ ]A[ ]L|S[ ]E[ ]C[ ]R[ ]E[ ]T
            |CONFIDENTIAL|SECRET|LIMITED[ ]OFFICIAL[ ]USE)[ ]{1,4}[A-Z0-9][A-Z0-9 ]{1,70}?[ ]{1,4}\d{3,6}\b)
      | (?P<order>E\.?[ ]?O\.?[ ]?1[1-3]\d{3})
      | (?P<tags>TAGS?:?[ ]{1,4}[A-Z]{2,4}\b)
      | (?P<subject>SUBJ(?:ECT)?:)
      | (?P<caption>SIPDIS\b)
      | (?P<paragraph>\d{1,3}\.[ ]{0,2}\([A-Z/]{1,6}\))
    )""",
    re.VERBOSE | re.MULTILINE,
)
# What only a telegram has; a subject or a numbered paragraph stands in many a page.
_TELLING = frozenset({"transmission", "marking", "order", "tags"})
_ENOUGH = 2
NONE_FOUND = (
    "No telegram stands in it: that takes two kinds of lines, such as a date-time group, a classification line with its"
    " number, E.O., TAGS or SUBJECT"
)


@attrs.frozen
class Found:
    """One telegram of a page.

    Attributes:
        texts: Its text: of one container, or of several `pre` one after the other.
        where: Where it stands in the page's text, in words.
    """

    texts: tuple[str, ...]
    where: str


@attrs.define
class _Group:
    """The lines that show one telegram."""

    start: int
    end: int
    kinds: set[str]
    places: list[int]


def telegrams(layout: Layout, start: int = 0) -> tuple[Found, ...]:
    """The telegrams of a page, in order; none where nothing shows one.

    Telegrams that share a container are one: only the container tells them apart.

    Args:
        layout: The page.
        start: The character of its text from which on to look.
    """
    groups = [group for group in _groups(layout.text, start) if _shows(group.kinds)]
    if not groups:
        return ()
    boxed = _in_boxes(layout, groups, start)
    if boxed:
        return boxed
    around = [layout.around(group.start, group.end) for group in groups]
    if any(before.end > after.start for before, after in pairwise(around)):
        first, last = groups[0].start, groups[-1].end
        return (_found(layout, layout.around(first, last), first),)
    return tuple(_found(layout, extent, group.start) for extent, group in zip(around, groups, strict=True))


def _shows(kinds: set[str]) -> bool:
    return len(kinds) >= _ENOUGH and not kinds.isdisjoint(_TELLING)


def _groups(text: str, start: int) -> Iterator[_Group]:
    """The lines in runs, each from a header or a classification line to the next."""
    group: _Group | None = None
    for match in _EVIDENCE.finditer(text, start):
        kind = match.lastgroup or ""
        if group is not None and (
            (kind == "transmission" and group.kinds != {kind}) or (kind == "marking" and kind in group.kinds)
        ):
            yield group
            group = None
        if group is None:
            group = _Group(match.start(), match.end(), set(), [])
        group.kinds.add(kind)
        group.places.append(match.start())
        group.end = match.end()
    if group is not None:
        yield group


def _in_boxes(layout: Layout, groups: list[_Group], start: int) -> tuple[Found, ...]:
    """The telegrams where each stands in `pre` of its own; empty where they do not."""
    boxes = list(layout.preformatted(start))
    found: list[Found] = []
    at = taken = 0
    for group in groups:
        mine: list[Extent] = []
        for place in group.places:
            while at < len(boxes) and boxes[at].end <= place:
                at += 1
            if at == len(boxes) or boxes[at].start > place:
                return ()
            if not mine or mine[-1] is not boxes[at]:
                mine.append(boxes[at])
        if mine[0].start < taken:
            return ()  # two in one box
        taken = mine[-1].end
        found.append(Found(tuple(layout.text[box.start : box.end] for box in mine), _where(layout, mine[0].start)))
    return tuple(found)


def _found(layout: Layout, extent: Extent, first: int) -> Found:
    """A telegram from its first line to the end of its container."""
    line = layout.text.rfind("\n", extent.start, first) + 1
    start = max(line, extent.start)
    return Found((layout.text[start : extent.end],), _where(layout, start))


def _where(layout: Layout, start: int) -> str:
    return f"line {layout.line(start)} of the page's text"
