"""Labels of the head: E.O., TAGS, SUBJECT, REF, Classified By, in all their spellings."""

from __future__ import annotations

import re

from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.vocabulary import rows

_COLON = r"[^\S\r\n]*+[:;]"
# A label without its colon still stands before a blank, a digit or a bracket.
_NO_COLON = r"(?=[^\S\r\n]|[\[(]|$)"


def _pattern(spelling: str) -> str:
    """A spelling as a pattern: blanks and full stops are free, `#` is the number of an executive order."""
    pieces = {" ": r"[^\S\r\n]{0,3}", ".": r"\.?[^\S\r\n]?", "#": r"1\d{4}(?!\d)"}
    return "".join(pieces.get(c, re.escape(c)) for c in spelling)


def slips(word: str) -> set[str]:
    """The patterns of a word with one letter lost or mistaken (field notes §6: be fuzzy where a label can stand)."""
    lost = {word[:i] + word[i + 1 :] for i in range(len(word))}
    return lost | {f"{word[:i]}[A-Z0-9]{word[i + 1 :]}" for i in range(len(word))}


def _group(field: str) -> str:
    spellings = sorted((r for r in rows("labels") if r["field"] == field), key=lambda r: -len(r["spelling"]))
    either = "|".join(_pattern(r["spelling"]) for r in spellings)
    optional = "|".join(_pattern(r["spelling"]) for r in spellings if r["colon"] == "optional")
    mistaken = "|".join(sorted(slips("SUBJECT" if field == "subject" else "TAGS"))) if field in _FUZZY else None
    choices = [rf"(?:{either}){_COLON}"]
    if optional:
        choices.append(rf"(?:{optional}){_NO_COLON}")
    if mistaken:
        choices.append(rf"(?:{mistaken}){_COLON}")
    return f"(?P<{field}>{'|'.join(choices)})"


_FUZZY = frozenset({"subject", "tags"})
_FIELDS = ("executive_order", "tags", "subject", "reference", "authority")
# The authority may be introduced by a portion mark, `(U) Classified by`.
_FIRST = r"[^\S\r\n]*+(?:\([A-Z]{1,3}\)[^\S\r\n]*+)?"
AT_START = re.compile(_FIRST + "(?:" + "|".join(_group(field) for field in _FIELDS) + ")", re.IGNORECASE)

# Inside a line a label needs its colon. `REF:` may be glued to the last word of the subject.
_INLINE = re.compile(
    r"""(?:(?<=\s)|(?<=\.))(?:
        (?P<executive_order>E\.?[ ]?O\.?[ ]?1\d{4}[ ]*+:)
      | (?P<tags>T?AGS[ ]*+[:;]|TAGS(?=[ ]+[A-Z]{4}\b))
      | (?P<subject>SUBJ(?:ECT)?[ ]*+:)
      | (?P<authority>CLASSIFIED[ ]BY[ ]*+:|CLASSIFIED[ ]BY(?=[ ]+[A-Z]))
      | (?P<reference>REF(?:S|TELS?|\(S\))?[ ]*+:)
    ) | (?<=[A-Z])(?P<glued>REFS?:)""",
    re.VERBOSE | re.IGNORECASE,
)


def label_at(text: str, start: int) -> tuple[BlockKind, int] | None:
    """The kind of the label with which a line starts, and where the label ends.

    Example:
        >>> label_at("Tags:  PREL", 0)
        (<BlockKind.TAGS: 'tags'>, 5)
    """
    match = AT_START.match(text, start)
    return (BlockKind(match.lastgroup), match.end()) if match and match.lastgroup else None


def labels_inside(text: str, start: int, end: int) -> list[tuple[BlockKind, int]]:
    """The labels inside a line, with where they start.

    Example:
        >>> labels_inside("E.O. 12958: N/A TAGS: PREL SUBJECT: TALKSREF: X 1", 0, 49)[1]
        (<BlockKind.SUBJECT: 'subject'>, 27)
    """
    found = []
    for match in _INLINE.finditer(text, start, end):
        group = match.lastgroup
        if group == "glued":
            # Only the capitals of a label betray it inside a word.
            if match.group().isupper():
                found.append((BlockKind.REFERENCE, match.start()))
        elif group:
            found.append((BlockKind(group), match.start()))
    return found
