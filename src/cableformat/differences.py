"""What one difference between two versions of a cable is."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from cableformat.text import Span

Group = Literal["layout", "punctuation", "case", "wording"]
Aspect = Literal["record", "field", "text", "apparatus"]


class DifferenceKind(enum.StrEnum):
    """What differs, from the slightest to the gravest."""

    LINE_ENDS = "line_ends"
    """LF on one side, CR LF or CR on the other."""
    TRAILING_BLANKS = "trailing_blanks"
    """Blanks before a line end."""
    DOUBLE_SPACES = "double_spaces"
    """Two blanks on one side, one on the other, as behind a full stop."""
    SPACES = "spaces"
    """Other white space within a line."""
    WRAPPING = "wrapping"
    """A line end where the other side has a blank."""
    BLANK_LINES = "blank_lines"
    """Another number of empty lines."""
    RULES = "rules"
    """A line of dashes."""
    PARAGRAPH_SIGNS = "paragraph_signs"
    """A ¶ on one side only."""
    ARTEFACT = "artefact"
    """A pager, stamp or the like on one side only."""
    REPETITION = "repetition"
    """Words outside the paragraphs that stand twice in a row on one side."""
    DIVISION = "division"
    """The same text in other parts, or parts of other names."""
    PUNCTUATION = "punctuation"
    """Other characters between or in words that are neither letters, digits, signs (such as %) nor blanks."""
    JOINED = "joined"
    """Words run together, or one word taken apart, the letters being the same."""
    CASE = "case"
    """Capitals."""
    MOVED = "moved"
    """The same in another place."""
    MISSING = "missing"
    """A paragraph, part, value or statement that only one side has."""
    WORDING = "wording"
    """Other words."""

    @property
    def group(self) -> Group:
        """How grave it is: `layout`, `punctuation`, `case` or `wording`."""
        if self is DifferenceKind.CASE:
            return "case"
        if self in {DifferenceKind.PUNCTUATION, DifferenceKind.JOINED}:
            return "punctuation"
        if self in {DifferenceKind.MOVED, DifferenceKind.MISSING, DifferenceKind.WORDING}:
            return "wording"
        return "layout"


RANKS = {kind: rank for rank, kind in enumerate(DifferenceKind)}
"""The kinds by gravity."""


@attrs.frozen
class Difference:
    """One difference between two versions, with what both sides have.

    Attributes:
        kind: What differs.
        aspect: `record` (what the container says), `field` (a value that the telegram gives), `text` (the text of the
            telegram itself: header and body), `apparatus` (all else).
        path: `record.created`, `extra[0]`, `telegram.subject`, `paragraphs[2]`, `parts[body]`, `annotations[0]`,
            `extensions[name]`, `grammar`; indices are those of the left side where it has the thing.
        left: Where it stands on the left: a span, an empty one where nothing stands; the path of a statement; or None.
        left_text: What stands there, exactly; for a field its value; None where it is not there.
        right: Where it stands on the right.
        right_text: What stands there.
    """

    kind: DifferenceKind
    aspect: Aspect
    path: str
    left: Span | str | None
    left_text: str | None
    right: Span | str | None
    right_text: str | None

    @property
    def group(self) -> Group:
        """How grave it is: `layout`, `punctuation`, `case` or `wording`."""
        return self.kind.group

    def mirrored(self) -> Difference:
        """The same difference with the sides exchanged."""
        return attrs.evolve(
            self, left=self.right, left_text=self.right_text, right=self.left, right_text=self.left_text
        )
