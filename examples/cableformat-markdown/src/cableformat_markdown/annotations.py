"""Annotations as lines that people can write, and that find their words again after the text was edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
from cableformat import Annotation, FormatError

from cableformat_markdown.escapes import STRING, quote, string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cableformat import Report

NAME = r"[A-Za-z][A-Za-z0-9._:-]*+"
"""What can name a part, a role or a kind, as a regular expression."""

WHOLE = 80
"""Words up to this length are quoted whole; of longer ones both ends are."""

EDGE = 32
"""Characters quoted of each end, or of each side of a point."""

WINDOW = 10_000
"""Characters to each side of its old place in which an annotation's words are looked for: constant, so that time stays
linear in the file."""

MOST_WITHOUT_PLACE = 200
"""Annotations of a file that may leave out their place: each is looked for in the whole part."""

_LINE = re.compile(
    rf"[ \t]*({NAME})[ \t]+(?:([0-9]{{1,12}})-([0-9]{{1,12}})[ \t]+)?({NAME})[ \t]+({STRING})"
    rf"(?:[ \t]*(\.\.\.|\|)[ \t]*({STRING}))?"
)
_ATTRIBUTE = re.compile(rf"[ \t]+(?:({STRING})|({NAME}))=({STRING})")
_BARE = re.compile(NAME)


@attrs.frozen
class Quote:
    """The words of an annotation.

    Attributes:
        first: The words; or their beginning; or those before a point.
        between: What joins the two: "" for words quoted whole, "..." for both ends, "|" for a point.
        last: The end of the words, or those behind a point.
    """

    first: str
    between: str = ""
    last: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Quote:
        """The quote of a span of a text."""
        if start == end:
            return cls(text[max(0, start - EDGE) : start], "|", text[end : end + EDGE])
        if end - start <= WHOLE:
            return cls(text[start:end])
        return cls(text[start : start + EDGE], "...", text[end - EDGE : end])

    def __str__(self) -> str:
        return f"{quote(self.first)} {self.between} {quote(self.last)}" if self.between else quote(self.first)

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether these words stand there."""
        if end > len(text):
            return False
        if self.between == "|":
            return start == end and text.endswith(self.first, 0, start) and text.startswith(self.last, start)
        if self.between:
            return text.startswith(self.first, start, end) and text.endswith(self.last, start, end)
        return text[start:end] == self.first

    def find(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The nearest place to a span at which the words stand, or None."""
        if self.between == "|":
            at = _nearest(text, self.first + self.last, start - len(self.first))
            return None if at is None else (at + len(self.first), at + len(self.first))
        at = _nearest(text, self.first, start)
        if at is None or not self.between:
            return None if at is None else (at, at + len(self.first))
        behind = _nearest(text, self.last, at + max(0, end - start - len(self.last)))
        return None if behind is None or behind < at else (at, behind + len(self.last))


def _nearest(text: str, words: str, near: int) -> int | None:
    if not words:
        return None
    near = max(0, near)
    behind = text.find(words, near, near + WINDOW + len(words))
    before = text.rfind(words, max(0, near - WINDOW), near + len(words))
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: abs(at - near), default=None)


def to_line(note: Annotation, text: str) -> str:
    """An annotation of a text as a line.

    Example:
        >>> to_line(Annotation("body", 0, 5, "name.person", {"ref": "orleo"}), "Orleo agrees.")
        'body 0-5 name.person "Orleo" ref="orleo"'
    """
    pairs = (f"{label if _BARE.fullmatch(label) else quote(label)}={quote(value)}" for label, value in note.attributes)
    where = f"{note.part} {note.start}-{note.end}"
    return " ".join([where, note.kind, str(Quote.of(text, note.start, note.end)), *pairs])


@attrs.define
class Places:
    """Finds the place of each annotation, in the order of the lines.

    Attributes:
        texts: The text of each part.
        report: Where it is said what moved, and what has no place any more.
    """

    texts: Mapping[str, str]
    report: Report
    _count: int = attrs.field(default=0, init=False)
    _moved: dict[str, int] = attrs.field(factory=dict, init=False)
    _without_place: int = attrs.field(default=0, init=False)

    def read(self, lines: Sequence[str], first: int) -> list[Annotation]:
        """The annotations of some lines.

        One whose words do not stand at its place goes to the nearest place at which they do, which is reported; one
        whose words are gone is reported as lost.

        Args:
            lines: The lines of the block; blank ones are passed over.
            first: The line of the file that the first of them is.

        Raises:
            FormatError: A line is no annotation.
        """
        notes = (self._note(line.rstrip(), number) for number, line in enumerate(lines, first) if line.strip())
        return [note for note in notes if note is not None]

    def _note(self, line: str, number: int) -> Annotation | None:
        match = _LINE.match(line)
        if match is None:
            raise FormatError(
                "This is no annotation.",
                line=number,
                hint='One is: part, start-end, kind, "words", and any number of label="text".',
            )
        part, start, end, kind = match[1], match[2], match[3], match[4]
        self._count += 1
        words = Quote(
            string(match[5], number, match.start(5) + 1),
            match[6] or "",
            string(match[7], number, match.start(7) + 1) if match[7] else "",
        )
        attributes = _attributes(line, match.end(), number)
        where: tuple[int, int] | None
        if start is None:
            where = self._only_place(part, words, number)
        elif int(start) > int(end):
            raise FormatError(f"{start}-{end} runs backwards.", line=number)
        else:
            where = self._place(part, words, int(start), int(end))
        return None if where is None else Annotation(part, *where, kind, attributes)

    def _place(self, part: str, words: Quote, start: int, end: int) -> tuple[int, int] | None:
        path = f"annotations[{self._count - 1}]"
        text = self.texts.get(part)
        if text is None:
            self.report.lost(path, f"there is no part {part} any more")
            return None
        if words.fits(text, start, end):
            return start, end
        moved = self._moved.get(part, 0)  # an edit moves all that stands behind it
        found = words.find(text, start + moved, end + moved)
        if found is None:
            self.report.lost(path, f"its words {words} do not stand near {start}-{end} of {part}: the text was edited")
            return None
        self._moved[part] = found[0] - start
        self.report.altered(path, f"its words {words} stood at {start}-{end} of {part}, now at {found[0]}-{found[1]}")
        return found

    def _only_place(self, part: str, words: Quote, number: int) -> tuple[int, int]:
        """The one place of words that were written down without one."""
        self._without_place += 1
        if self._without_place > MOST_WITHOUT_PLACE:
            raise FormatError(
                f"More than {MOST_WITHOUT_PLACE} annotations have no place (start-end).",
                line=number,
                hint="Convert the file to markdown after each hundred: that fills them in.",
            )
        text = self.texts.get(part)
        if text is None:
            raise FormatError(f"There is no part {part}.", line=number)
        if not words.first or words.between:
            raise FormatError("An annotation without a place (start-end) quotes its words whole.", line=number)
        at = text.find(words.first)
        if at < 0:
            raise FormatError(f"The words {words} do not stand in {part}.", line=number)
        again = text.find(words.first, at + 1)
        if again >= 0:
            raise FormatError(
                f"The words {words} stand in {part} more than once.",
                line=number,
                hint=f"Say where, such as {at}-{at + len(words.first)} or {again}-{again + len(words.first)}.",
            )
        return at, at + len(words.first)


def _attributes(line: str, at: int, number: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    while match := _ATTRIBUTE.match(line, at):
        label = match[2] or string(match[1], number, match.start(1) + 1)
        found.append((label, string(match[3], number, match.start(3) + 1)))
        at = match.end()
    if at < len(line):
        raise FormatError('Behind the words stand only label="text".', line=number, column=at + 1)
    return found
