"""Paragraphs and sections: the text as readers cite it."""

from __future__ import annotations

import functools
import re
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.blocks import Artefact, ArtefactKind, Block, BlockKind
from cableformat.telegram.lines import BLANKS, NUMBER_PATTERN
from cableformat.telegram.portion_marks import BRACKETS, bracketed, portion_mark
from cableformat.telegram.running_text import unwrapped, without
from cableformat.telegram.values import Mark
from cableformat.text import Span, span
from cableformat.unfrozen import unfrozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cableformat.telegram.passages import Passage
    from cableformat.telegram.pins import Pin, Pins

# A number, and the brackets behind it.
_NUMBER = re.compile(rf"{BLANKS}{NUMBER_PATTERN}{BLANKS}{BRACKETS}?+")
# What most paragraphs begin with.
_USUAL = re.compile(r"[^\S\r\n]{0,8}+\d{1,3}\.(?!\d)[^\S\r\n]{0,8}+\([^)]{0,16}+\)")
_LABEL = on_use(r"(?:SUMMARY|COMMENT|NOTE)[^\r\n().:]{0,30}[.:][^\S\r\n]*+(?=\()", re.IGNORECASE)
_MOST_DIGITS = 6
# Reading a member from its class costs more than the loop that compares it.
_PARAGRAPH, _HEADING = BlockKind.PARAGRAPH, BlockKind.HEADING
_UNMARKED = frozenset({BlockKind.BLANK, BlockKind.RULE, BlockKind.ARTEFACT})


def _none(_: Span) -> tuple[Passage, ...]:
    return ()


@attrs.frozen(weakref_slot=False)
class Paragraph:
    """One paragraph of the text.

    Attributes:
        number: Its number, or None: unnumbered text.
        mark: Its portion mark, or None.
        text: The words, exactly, number and mark included, without the blank lines behind them.
        heading: The heading right above it, white space folded, or None.
        where: Where the text stands.
        is_broken: Whether its last sentence is cut off.
        artefacts: What stands in it that is not of the message.
    """

    number: int | None
    mark: Mark | None
    text: str
    heading: str | None
    where: Span
    is_broken: bool
    artefacts: tuple[Artefact, ...] = attrs.field(default=(), repr=False)
    _passages_in: Callable[[Span], tuple[Passage, ...]] = attrs.field(default=_none, repr=False, eq=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The summary, comments and notes that begin in it."""
        return self._passages_in(self.where)

    @cached_property
    def running_text(self) -> str:
        """The words without artefacts and line wraps; number and mark stay."""
        start = self.where.start
        spans = ((a.where.start - start, a.where.end - start) for a in self.artefacts)
        return unwrapped(without(self.text, spans))

    def __getstate__(self) -> dict[str, object]:
        state = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        return {**state, "_passages_in": _none, "passages": self.passages}

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)


_unfrozen_paragraph = unfrozen(Paragraph)


@attrs.frozen
class Section:
    """One section of a telegram sent in several (5 FAH-2 H-300).

    Attributes:
        number: Its number, from 1.
        total: How many there are.
        where: From its classification line to the next section, or to the end of the part.
    """

    number: int
    total: int
    where: Span


# Few numbers and marks are in use.
@functools.lru_cache(maxsize=1024)
def _number_and_mark(text: str) -> tuple[int | None, Mark | None]:
    """The number and portion mark with which a paragraph begins.

    Example:
        >>> _number_and_mark("2.  (SBU) Talks went on.")
        (2, Mark(level='SBU', caveats=()))
    """
    match = _NUMBER.match(text)
    if match is None:
        number, at = None, len(text) - len(text.lstrip())
    else:
        number = int(match[1])
        mark = bracketed(match[2]) if match[2] else None
        if mark is not None:
            return number, mark
        at = match.start(2) if match[2] else match.end()
    found = portion_mark(text, at)
    if found is None:
        label = _LABEL.match(text, at)
        found = portion_mark(text, label.end()) if label else None
    return number, found[0] if found else None


def paragraphs(
    blocks: Iterable[Block], passages_in: Callable[[Span], tuple[Passage, ...]], pins: Pins | None
) -> tuple[Paragraph, ...]:
    """The paragraphs among blocks, each with its heading.

    Args:
        blocks: The blocks that tile the parts.
        passages_in: Gives the passages that begin in a span; asked when a paragraph's are.
        pins: What people say of the blocks, if they say anything.
    """
    found: list[Paragraph] = []
    heading: str | None = None
    for block in blocks:
        kind = block.kind
        if kind is _PARAGRAPH:
            part, start, artefacts = block.part, block.start, block.artefacts
            pin = pins.at(block) if pins else None
            text = part.text[start : block.end] if pin else part.text[start : block.end].rstrip()
            opening = _USUAL.match(text)
            number, mark = _number_and_mark(opening[0]) if opening else (None, None)
            if mark is None:
                number, mark = _number_and_mark.__wrapped__(text)
            end = start + len(text)
            made = _unfrozen_paragraph()
            made.text, made.heading, made.where = text, heading, span(part.id, start, end)
            made.number = _pinned_number(pin, number) if pin else number
            made.mark = _pinned_mark(pin, mark) if pin else mark
            made.is_broken = bool(artefacts) and any(a.kind is ArtefactKind.BROKEN_END for a in artefacts)
            made.artefacts = tuple(a for a in artefacts if a.where.end <= end) if artefacts else ()
            made._passages_in = passages_in  # noqa: SLF001 - it is a paragraph's in a moment
            made.__class__ = Paragraph
            found.append(made)
            heading = None
        elif kind is _HEADING:
            heading = " ".join(block.text.split())
        elif kind not in _UNMARKED:
            heading = None
    return tuple(found)


def _pinned_number(pin: Pin, number: int | None) -> int | None:
    """The number that a pin gives, else the one that was read."""
    said = pin.attribute("number")
    if said is None or not (said == "" or (said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS)):
        return number
    return int(said) if said else None


def _pinned_mark(pin: Pin, mark: Mark | None) -> Mark | None:
    """The mark that a pin gives, else the one that was read."""
    said = pin.attribute("mark")
    if said is None:
        return mark
    words = said.strip().strip("()").strip()
    found = portion_mark(f"({words})")
    return found[0] if found else Mark(words) if words else None
