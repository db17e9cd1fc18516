"""The end of a telegram: the signature, and what stands after it (field notes §3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat.patterns import on_use
from cableformat.telegram.lines import ARTEFACT, BLANK, CLASS, END, NUMBER, PROSE, RULE, SIPDIS
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from cableformat.telegram.lines import Lines

_PARTICLE = r"(?:DE|DI|DU|DA|DOS|LA|LE|VAN|VON|DER|DEN|[Dd][aeiu]|[Ll][ae]|[Vv][ao]n|de[rn]|(?:ST|St)\.)"
_SURNAME = rf"(?:{_PARTICLE} ?){{0,3}}[A-Za-z][A-Za-z'’-]{{1,24}}"
_SMALL_PARTICLE = re.compile(rf"(?:{_PARTICLE} ){{1,3}}(?=[A-Z])")
_ADDRESS = re.compile(r"(?:://|\bwww\.)\S+\Z")
# Among capitals also with initials before it, a full stop behind it, or signs that a terminal put there.
_SIGNATURE = re.compile(
    rf"(?:Signature:[ \t]{{1,8}})?{_SURNAME}(?:,? (?:JR|SR|II|III|Jr|Sr)\.?)?"
    rf"(?:(?:/| AND | and | & ){_SURNAME}){{0,3}}\Z"
    r"|(?:[A-Z]\. ?){0,2}[A-Z][A-Z'’-]{2,24}(?: ?[.#*\\]{1,4})?\Z"
)
_GLUED = on_use(
    r"[.!?)\"”][^\S\r\n]{1,6}(?P<name>(?:(?:DE|DI|DU|DA|LA|LE|VAN|VON|DER|ST\.) ){0,3}[A-Z][A-Z'’-]{2,24})\Z"
    rf"|(?i:\bMINIMIZE CONSIDERED)\.?[^\S\r\n]{{1,6}}(?P<behind>{_SURNAME})\Z"
)
_SENTENCE_END = on_use(r"[.!?:;)\]\"”'’/-]\Z")
_NEVER = frozenset(row["word"] for row in rows("never_signatures"))
# The group for downgrading, as E.O. 10501 asked for it above the signature.
_GROUP = re.compile(
    "(?:" + "|".join(r["term"].replace("-", "[- ]?") for r in rows("downgrading") if r["term"][:2] == "GP") + r")\.?\Z"
)
_AFTERWORD = re.compile(r"NOTE\b")
_LONGEST_SIGNATURE = 60
_LONGEST_SIGN_OFF = 30
_MOST_AFTERWORD = 4


def group_above(lines: Lines, first: int, line: int) -> int:
    """The line of the group for downgrading, such as `GP-3`, if it stands right above a line; else that line."""
    at = line - 1
    while at >= first and lines.kinds[at] == BLANK:
        at -= 1
    return at if at >= first and lines.kinds[at] == PROSE and _GROUP.match(lines.words(at)) else line


class Ending(NamedTuple):
    """Where a telegram's text ends.

    Attributes:
        line: The line that begins with the signature or the closing; the line after the text if there is neither.
        signature: Where the signature begins, or None.
        glued: Whether the signature stands at the end of the text's last line, which is the one before `line`.
        closing: The first line after the signature.
    """

    line: int
    signature: int | None
    glued: bool
    closing: int


def ending(lines: Lines, first: int, stop: int) -> Ending:
    """The end of the text from line `first` up to line `stop`."""
    last = stop - 1
    closing = stop
    while last >= first and lines.kinds[last] in (BLANK, ARTEFACT, END, CLASS, SIPDIS, RULE):
        if lines.kinds[last] in (END, CLASS, SIPDIS):
            closing = last
        last -= 1
    if last < first:
        return Ending(stop, None, glued=False, closing=stop)
    above = _above_afterword(lines, first, last)
    if above is not None and _is_signature(lines, first, above):
        return Ending(above, lines.starts[above], glued=False, closing=above + 1)
    if _is_signature(lines, first, last):
        return Ending(last, lines.starts[last], glued=False, closing=last + 1)
    end = lines.end(last)
    glued = _GLUED.search(lines.text[max(lines.starts[last], end - 200) : end])
    name = glued[glued.lastgroup or 0] if glued else ""
    if glued and name not in _NEVER and (glued["behind"] or _may_be_glued(lines, last, glued.group())):
        return Ending(last + 1, end - len(name), glued=True, closing=last + 1)
    return Ending(closing, None, glued=False, closing=closing)


def _above_afterword(lines: Lines, first: int, last: int) -> int | None:
    """The last line above a note on the transmission, as in `NOTE: NOT PASSED TO ABOVE ADDRESSEE(S)`."""
    line = last
    while (
        line > max(first, last - _MOST_AFTERWORD)
        and lines.kinds[line - 1] == PROSE
        and not _AFTERWORD.match(lines.words(line))
    ):
        line -= 1
    if line <= first or not _AFTERWORD.match(lines.words(line)):
        return None
    line -= 1
    while line > first and lines.kinds[line] in (BLANK, ARTEFACT, CLASS):
        line -= 1
    return line


def _is_signature(lines: Lines, first: int, line: int) -> bool:
    """Whether a line is a surname, or several."""
    words = lines.words(line, _LONGEST_SIGNATURE + 20)
    if lines.kinds[line] != PROSE or len(words) > _LONGEST_SIGNATURE or not _SIGNATURE.match(words):
        return False
    if not _NEVER.isdisjoint(words.upper().split()):
        return False
    above = line - 1
    while above >= first and lines.kinds[above] == BLANK:
        above -= 1
    if above == line - 1 and words.endswith("."):
        # A word with a full stop may be the rest of a sentence that a stamp or page break stands in.
        while above >= first and lines.kinds[above] == ARTEFACT:
            above -= 1
    if (
        above < first
        or lines.kinds[above] == ARTEFACT
        or (lines.kinds[above + 1] == BLANK and lines.kinds[above] != NUMBER)
    ):
        return words[0].isupper() or above < first or _SMALL_PARTICLE.match(words) is not None
    end = lines.end(above)
    before = lines.text[max(lines.starts[above], end - 100) : end]
    if _SENTENCE_END.search(before) or _ADDRESS.search(before) or len(before) < _LONGEST_SIGN_OFF:
        return True
    # Right below half a sentence, a word with a full stop is the sentence's other half.
    return words.isupper() and not before.isupper() and not words.endswith(".")


def _may_be_glued(lines: Lines, line: int, words: str) -> bool:
    """A last word in capitals is a signature in mixed case; among capitals it must stand two blanks away."""
    end = lines.end(line)
    before = lines.text[max(lines.starts[line], end - 200) : end - len(words) + 1]
    return not before.isupper() or words[1:3].isspace()
