"""Labels of the head: E.O., TAGS, SUBJECT, REF, Classified By, in all their spellings."""

from __future__ import annotations

import functools
import re
from collections import Counter

from cableformat.patterns import on_use
from cableformat.telegram.blocks import BlockKind
from cableformat.telegram.vocabulary import rows

BLANKS = r"[^\S\r\n]*+"
COLON = rf"{BLANKS}[:;]"
# A label without its colon still stands before a blank, a digit or a bracket.
NO_COLON = r"(?=[^\S\r\n]|[\[(]|$)"
AUTHORITY = r"CL?A?S{1,2}I?F?[A-Z]{2,4}D[^\S\r\n]{1,3}BY"
"""`CLASSIFIED BY` with more than one slip, as it stands in published cables."""
MAYBE_SLIPPED = rf"([A-Za-z0-9](?:[^\S\r\n]{{0,3}}[A-Za-z0-9]){{1,24}}){COLON}"
"""What may be a label with a slip of the pen: a few words up to a colon (see `may_be_slipped`)."""
FIELDS = ("executive_order", "tags", "subject", "reference", "authority")
"""The fields of a head that have labels, in their usual order."""


def _pattern(spelling: str) -> str:
    """A spelling as a pattern: blanks and full stops are free, `#` is the number of an executive order."""
    pieces = {" ": r"[^\S\r\n]{0,3}", ".": r"[.,]{0,2}[^\S\r\n]?", "#": r"(?-i:[1IiLl])\d[,.]?\d{2,3}(?!\d)"}
    return "".join(pieces.get(c, re.escape(c)) for c in spelling)


def slips(word: str, letters: str = "A-Za-z") -> str:
    """A pattern for a word with one letter lost, mistaken, added or two swapped (field notes §6: be fuzzy).

    At each letter the slip is here, and the rest is right, or the letter is right, and the slip comes later.

    Args:
        word: The word, in capitals.
        letters: What may stand there wrongly, as in a class. Both cases are written out where the pattern ignores
            case: `re` takes long to compile a class whose case it has to ignore.

    Example:
        >>> word = re.compile(slips("REF"))
        >>> [wrong for wrong in ("RF", "R3F", "REAF", "RFE", "REFS", "REFER", "FRE") if word.fullmatch(wrong)]
        ['RF', 'R3F', 'REAF', 'RFE', 'REFS']
    """
    added, mistaken = f"(?-i:[{letters}])", f"(?-i:[{letters}0-9])"
    pattern = added
    for i in reversed(range(len(word))):
        swapped = f"|{word[i + 1]}{word[i]}{word[i + 2 :]}" if i + 1 < len(word) else ""
        pattern = f"(?:{word[i]}{pattern}|(?:{mistaken}?|{added}{word[i]}){word[i + 1 :]}{swapped})"
    return pattern


_NUMBER = " #"


def _patterns(spellings: list[str]) -> list[str]:
    """Spellings as patterns; what stands before the number of an executive order shares that number's pattern."""
    before = [_pattern(spelling.removesuffix(_NUMBER)) for spelling in spellings if spelling.endswith(_NUMBER)]
    numbered = [f"(?:{'|'.join(before)}){_pattern(_NUMBER)}"] if before else []
    return numbered + [_pattern(spelling) for spelling in spellings if not spelling.endswith(_NUMBER)]


@functools.cache
def spellings(field: str, colon: str = "required") -> str:
    """The spellings of a field's labels as alternatives of a pattern, longest first.

    Args:
        field: Such as `tags`.
        colon: `required` for all spellings, for a pattern that asks for the colon; `always` for those of them that may
            not stand without it; `optional` for those that stand without a colon, too; `slips` for what slips of the
            pen make of them, to be taken for labels with their colon at the start of a line.
    """
    found = sorted(
        (r for r in rows("labels") if r["field"] == field), key=lambda r: (-len(r["spelling"]), r["spelling"])
    )
    if colon == "slips":
        either = [slips(r["spelling"]).replace(" ", r"[^\S\r\n]{0,3}") for r in found if r["slips"] == "yes"]
    elif colon == "optional":
        either = _patterns([r["spelling"] for r in found if r["colon"] == "optional"])
        either += [f"(?-i:{_pattern(r['spelling'])})" for r in found if r["colon"] == "capitals"]
    else:
        either = _patterns([r["spelling"] for r in found if colon == "required" or r["colon"] != "optional"])
    if field == "authority" and colon in {"required", "optional"}:
        either.append(AUTHORITY)
    return "|".join(either) or r"(?!)"


def _group(field: str, *, has_colon: bool, has_slips: bool = False) -> str:
    bare = spellings(field, "optional")
    if not has_colon:
        return f"(?P<{field}>(?:{bare}){NO_COLON})"
    slipped = f"|{spellings(field, 'slips')}" if has_slips else ""
    return f"(?P<{field}>(?:{spellings(field, 'always')}{slipped}){COLON}|(?:{bare})(?:{COLON}|{NO_COLON}))"


# The authority may be introduced by a portion mark, `(U) Classified by`.
_FIRST = r"[^\S\r\n]*+(?:\([A-Z]{1,3}\)[^\S\r\n]*+)?"


def _at_start(**given: bool) -> re.Pattern[str]:
    return re.compile(_FIRST + "(?:" + "|".join(_group(field, **given) for field in FIELDS) + ")", re.IGNORECASE)


# Most lines have no colon where a label's would stand, and there are far fewer labels that do without.
_AT_START, _AT_START_BARE = _at_start(has_colon=True), _at_start(has_colon=False)
_MAYBE_SLIPPED = re.compile(_FIRST + MAYBE_SLIPPED)


@functools.cache
def _at_start_with_slips() -> re.Pattern[str]:
    """With slips, too; compiling it takes as long as reading some hundred cables, and few need it."""
    return _at_start(has_colon=True, has_slips=True)


@functools.cache
def _letters_of_labels() -> tuple[Counter[str], ...]:
    return tuple(Counter(row["spelling"].replace(" ", "")) for row in rows("labels") if row["slips"] == "yes")


def may_be_slipped(words: str) -> bool:
    """Whether a label with one slip may be what some words were meant for: of its letters, at most one is another.

    Example:
        >>> may_be_slipped("SUBECT"), may_be_slipped("Summary")
        (True, False)
    """
    letters = Counter(filter(str.isalnum, words.upper()))
    return any((letters - label).total() <= 1 and (label - letters).total() <= 1 for label in _letters_of_labels())


_LONGEST_LABEL = 80
# No head is longer, also where all of it stands in one line.
_LONGEST_HEAD = 50_000

# Inside a line a label needs its colon, but for TAGS before a code and for an authority before a name. `REF:` may be
# glued to the last word of the subject.
_INLINE_BARE = {"tags": r"TAGS(?=[ ]+[A-Z]{4}\b)", "authority": r"CLASSIFIED[ ]BY(?=[ ]+[A-Z])"}


def _inline(field: str) -> str:
    bare = f"|{_INLINE_BARE[field]}" if field in _INLINE_BARE else ""
    cut = r"|AGS[ ]*+[:;]" if field == "tags" else ""
    return f"(?P<{field}>(?:{spellings(field)}){COLON}{cut}{bare})"


# The letters first: they are rarer than what stands before them.
_LETTERS = "".join(sorted({"A", "C", *(re.escape(row["spelling"][0]) for row in rows("labels"))}))
_INSIDE, _INSIDE_BARE = (
    on_use(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?=[{_LETTERS}])(?:(?<=[\s.])(?:{'|'.join(map(_inline, FIELDS))})|(?<=[A-Z\d?!)])(?P<glued>REFS?:))",
        rf"(?=[CT])(?<=[\s.])(?:{'|'.join(f'(?P<{f}>{bare})' for f, bare in _INLINE_BARE.items())})",
    )
)


# The kinds by the names of the groups; to call the class takes three times as long.
_KINDS = {field: BlockKind(field) for field in FIELDS}


def label_at(text: str, start: int) -> tuple[BlockKind, int] | None:
    """The kind of the label with which a line starts, and where the label ends.

    Example:
        >>> label_at("Tags:  PREL", 0)
        (<BlockKind.TAGS: 'tags'>, 5)
    """
    end = start + _LONGEST_LABEL
    has_colon = text.find(":", start, end) >= 0 or text.find(";", start, end) >= 0
    match = (_AT_START if has_colon else _AT_START_BARE).match(text, start)
    if match is None and has_colon:
        maybe = _MAYBE_SLIPPED.match(text, start)
        if maybe and may_be_slipped(maybe[1]):
            match = _at_start_with_slips().match(text, start)
    return (_KINDS[match.lastgroup], match.end()) if match and match.lastgroup else None


def labels_inside(text: str, start: int, end: int) -> list[tuple[BlockKind, int]]:
    """The labels inside a line, with where they start.

    Example:
        >>> labels_inside("E.O. 12958: N/A TAGS: PREL SUBJECT: TALKSREF: X 1", 0, 49)[1]
        (<BlockKind.SUBJECT: 'subject'>, 27)
    """
    end = min(end, start + _LONGEST_HEAD)
    has_colon = text.find(":", start, end) >= 0 or text.find(";", start, end) >= 0
    if not has_colon:
        capitals = text[start:end].upper()
        if "TAGS" not in capitals and "CLASS" not in capitals:
            return []  # as of most lines
    found = []
    for match in (_INSIDE if has_colon else _INSIDE_BARE).finditer(text, start, end):
        group = match.lastgroup
        if group == "glued":
            # Only the capitals of a label betray it inside a word.
            if match.group().isupper():
                found.append((BlockKind.REFERENCE, match.start()))
        elif group:
            found.append((_KINDS[group], match.start()))
    return found
