"""Delimiters of passages: `SUMMARY:`, `End comment.`, `(Note: `, `BEGIN TEXT` (field notes §3)."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat.patterns import on_use
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KINDS = {row["words"]: row["kind"] for row in rows("passages")}
_KINDS |= {row["spelling"]: _KINDS[row["words"]] for row in rows("passage_corrections")}
# Between two words a pager may stand, which is masked as blanks; more than this are not of one delimiter.
_BLANKS = r"\s{1,280}"
WORDS = "|".join(word.replace(" ", _BLANKS) for word in sorted(_KINDS, key=len, reverse=True))
"""The words of the vocabulary as alternatives of a pattern, in capitals, longest first."""
_AND = (
    rf"(?:,[ ](?:{WORDS})){{0,2}}"
    r"(?:(?:,?\s{1,3}(?:AND|&)\s{1,3}|[ ]?/[ ]?)(?!END\b)[A-Z]{3,15}(?:\s{1,3}(?:OF[ ])?[A-Z]{3,12}){0,2})?"
)
# Behind a label may stand its class, or that it is `(CONTINUED)`.
_REMARK = r"(?:[ ]?\([A-Z/]{1,12}\))?"
_SUMMARY = re.compile(r"\bSUMMARY\b")
_WORD = on_use(rf"(?:{WORDS})(?!\w)")
_BEFORE = on_use(
    rf"(?:(?P<end>\bEND(?:[ ]OF)?)|(?P<begin>\bBEGIN)){_BLANKS}\Z|(?P<bracket>\([ ]?)\Z|(?P<glued>\bEND)\Z"
)
_AFTER_END = on_use(rf"{_AND}\b[ ]?[.:]?")
_AFTER_BEGIN = re.compile(r"[ ]?[.:]?")
_AFTER_BRACKET = re.compile(r"[ ]?[.:]")
_AFTER_LABEL = on_use(rf"{_AND}{_REMARK}(?:[ ]?[.:;]|[ ]{{1,2}}-{{1,2}}(?=[ ]))")
_WINDOW = 290


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """The fewest beginnings that all of some words have."""
    stems: list[str] = []
    for word in sorted(words):
        if not stems or not word.startswith(stems[-1]):
            stems.append(word)
    return tuple(stems)


# What is searched for first: what the last words of the vocabulary's phrases begin with. Where one is in a text, it is
# searched for what the first words of these phrases begin with.
_FIRST_STEMS = {
    last: _stems(words.split()[0] for words in _KINDS if words.split()[-1].startswith(last))
    for last in _stems(words.split()[-1] for words in _KINDS)
}


class Role(enum.Enum):
    """What a delimiter does."""

    BEGIN = enum.auto()
    BRACKET = enum.auto()
    """It begins a passage that a bracket may end."""
    LABEL = enum.auto()
    """It begins a passage if it stands at the beginning of a line or sentence."""
    END = enum.auto()


class Delimiter(NamedTuple):
    """One delimiter by its offsets.

    Attributes:
        start: Its first character.
        end: One past its last.
        kind: The kind of passage, from vocabulary/passages.csv.
        role: What it does.
    """

    start: int
    end: int
    kind: str
    role: Role


def kind_of(words: str) -> str:
    """The kind of passage that some words of the vocabulary name.

    Raises:
        KeyError: They name none.
    """
    return _KINDS[" ".join(words.upper().split())]


def capitals(text: str) -> str:
    """The text in capitals, character by character, so that offsets stay true; `?` for what is not ASCII."""
    return text.encode("ascii", "replace").decode().upper()


def delimiters(text: str) -> Iterator[Delimiter]:
    """The delimiters in a text, in order.

    Args:
        text: Any text; case does not matter.

    Example:
        >>> [(text.role.name, text.kind) for text in delimiters("Summary: Talks. End Summary. (Note: Not so.)")]
        [('LABEL', 'summary'), ('END', 'summary'), ('BRACKET', 'note')]
    """
    text = capitals(text)
    places: list[int] = []
    for last, stems in _FIRST_STEMS.items():
        for stem in stems if last in text else ():
            at = text.find(stem)
            while at >= 0:
                places.append(at)
                at = text.find(stem, at + len(stem))
    places.sort()
    after = 0
    for at in places:
        if at < after or (at and (text[at - 1].isalnum() or text[at - 1] == "_") and text[at - 3 : at] != "END"):
            continue
        word = _WORD.match(text, at)
        found = _delimiter(text, word, after) if word else None
        if found is not None:
            after = found.end
            yield found


def _delimiter(text: str, word: re.Match[str], floor: int) -> Delimiter | None:
    """What a word of the vocabulary delimits, by what stands before and behind it."""
    at, stop, kind = word.start(), word.end(), kind_of(word[0])
    first = max(floor, at - _WINDOW)
    before = _BEFORE.search(text[first:at])
    if before:
        role, pattern = _ROLES[before.lastgroup or ""]
        behind = pattern.match(text, stop)
        if behind:
            return Delimiter(first + before.start(), behind.end(), _joined(kind, behind), role)
    behind = _AFTER_LABEL.match(text, stop) if not text[at - 1 : at].isalnum() else None
    return Delimiter(at, behind.end(), _joined(kind, behind), Role.LABEL) if behind else None


def _joined(kind: str, behind: re.Match[str]) -> str:
    """The kind of a passage with two names: `INTRODUCTION AND SUMMARY` is a summary."""
    return "summary" if _SUMMARY.search(behind[0]) else kind


_ROLES = {
    "end": (Role.END, _AFTER_END),
    "glued": (Role.END, _AFTER_END),
    "begin": (Role.BEGIN, _AFTER_BEGIN),
    "bracket": (Role.BRACKET, _AFTER_BRACKET),
}
