"""TAGS: traffic analysis by geography and subject (5 FAH-3)."""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING

import attrs

from cableformat.telegram.fields import content_of, text_of
from cableformat.telegram.tag_codes import COUNTRY_LENGTH, corrections, is_code, kinds, mended, split, with_letters
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.telegram.values import Region, Value

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_BLANK_LINE = re.compile(r"[^\S\r\n]*+(?:[\r\n]|\Z)")
# The decoder wrote page breaks into the line: `SECRET   PAGE 02   LIMA  02475  01 OF 03  251228Z`.
_PAGE = re.compile(
    r"(?:\b[A-Z]{6,12}[ \t]++)?\bPAGE[ \t]++\d\d[ \t]++[A-Z][A-Z .'-]{0,24}?[ \t]++\d{4,6}"
    r"(?:[ \t]++\d\d OF \d\d)?(?:[ \t]++\d{6}Z)?(?![A-Za-z\d])"
)
# PlusD writes `CODE - long name | CODE - long name`.
_LONG_NAME = re.compile(r" -+ [^|\r\n]*+")
_TOKEN = re.compile(r"[^\s,;()\[\]|\\]+|[,;()\[\]|]")
_TIDY = ".:-–—*'\"_/`´‘’“”#?!@"
_BRACKETS = {"[": "(", "]": ")"}
_JOINT = re.compile(r"[/&+-]")
_NO_WORDS = frozenset({"AND", "&", "TAGS", "TAG", "N/A", "NONE"})
# A code that the vocabulary does not have: the first letter is that of a class of TAGS (5 FAH-3).
_LIKE_CODE = re.compile(r"[ABCEKMOPST][A-Z]{3}")
_PAIR = 2
_MOST_NAMES = 3
# Between persons in one pair of brackets.
_BETWEEN = frozenset({";", "AND", "&"})
_MOST_IN_BRACKETS = 12
# Behind these no word but a person's name stands; behind consular TAGS there may be others.
_TRAVEL = frozenset({"OVIP", "OTRA", "OREP"})
_MARKS = frozenset(",;()|")


@attrs.define(eq=False)
class _Token:
    """A word or a mark of punctuation of the field, in capitals."""

    word: str
    start: int
    end: int


@functools.cache
def _levels() -> frozenset[str]:
    """The levels of portion marks, which stand in brackets by mistake."""
    return frozenset(row["spelling"] for row in rows("mark_levels"))


@functools.cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Free words in use as TAGS, by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("tags"):
        if row["kind"] == "phrase":
            words = tuple(row["tag"].split())
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}


@functools.cache
def _not_tags() -> frozenset[str]:
    """Captions and classifications, which stand in the line by mistake."""
    captions = {row["caption"] for row in rows("captions") if row["kind"] != "subject"}
    return frozenset(captions | {row["spelling"] for row in rows("classifications")})


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    """The words of the field, with punctuation; page breaks are left out, a blank line ends it."""
    masked = text[start:end]
    if "PAGE" in masked:
        masked = _PAGE.sub(lambda match: "," + " " * (len(match[0]) - 1), masked)
    if "|" in masked:
        masked = _LONG_NAME.sub(lambda match: " " * len(match[0]), masked)
    tokens: list[_Token] = []
    for line in _LINE.finditer(masked):
        if tokens and _BLANK_LINE.match(masked, line.start()) and tokens[-1].word == ",":
            continue  # an interruption, if codes follow
        if tokens and not _goes_on(tokens, masked, line):
            break
        for match in _TOKEN.finditer(masked, line.start(), line.end()):
            word = match[0]
            first = match.start() + (len(word) - len(word.lstrip(_TIDY)))
            # The full stop behind an initial is its own.
            tidied = word.lstrip(_TIDY).rstrip(_TIDY[1:]) if len(word) > 1 else _BRACKETS.get(word, word)
            if tidied.strip(_TIDY):
                token = _Token(with_letters(tidied.upper()), start + first, start + first + len(tidied))
                if _JOINT.search(token.word):
                    tokens.extend(_joined(token))
                else:
                    tokens.append(token)
    return tokens


def _joined(token: _Token) -> Iterator[_Token]:
    """The codes that a word joins, as `PREL/PGOV` and `US-IZ` do; else the word itself."""
    pieces = _JOINT.split(token.word)
    if not all(is_code(piece) or split(piece) for piece in pieces):
        yield token
        return
    at = token.start
    for piece in pieces:
        yield _Token(piece, at, at + len(piece))
        at += len(piece) + 1


def _goes_on(tokens: list[_Token], masked: str, line: re.Match[str]) -> bool:
    """Whether a line goes on with the TAGS: after a comma, with a code, or with the rest of a phrase."""
    first = _TOKEN.search(masked, line.start(), line.end())
    if first is None:
        return False
    word = first[0].upper().strip(_TIDY)
    last = tokens[-1].word
    if last in (",", "(", "|") or word in (",", ")") or (word == "(" and kinds().get(last) == "person"):
        return True
    if is_code(word) or split(word):
        return True
    if any(token.word == "(" for token in tokens[-4:]) and all(token.word != ")" for token in tokens[-4:]):
        return True
    return any(phrase[1:2] == (word,) for phrase in _phrases().get(last, ()))


class _Reader:
    """Reads tokens into TAGS.

    Args:
        tokens: The words of the field.
    """

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self.found: dict[str, tuple[int, int]] = {}
        # Words that are no codes, behind a TAG that takes a person (OVIP, CASC), are persons.
        self._takes_person = False

    def read(self) -> dict[str, tuple[int, int]]:
        """The TAGS, each with where it first stands."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.word in (",", ";", ")", "|") or token.word in _NO_WORDS:
                self._at += 1
            elif token.word == "(":
                self._at += 1
                self._bracket()
            elif not self._code(token):
                self._words()
        return self.found

    def _add(self, tag: str, start: int, end: int) -> None:
        tag = corrections().get(tag, tag)
        if tag not in _not_tags():
            self.found.setdefault(tag, (start, end))

    def _code(self, token: _Token) -> bool:
        """Take a code, or several glued together."""
        word = token.word.rstrip(".")
        codes = (word,) if is_code(word) or word in _not_tags() else split(word)
        meant = None if codes or self._takes_person else mended(word)
        if meant:
            self._add(meant, token.start, token.start + len(word))
            self._at += 1
            return True
        if codes is None:
            return False
        at = token.start
        for code in codes:
            self._add(code, at, at + len(code))
            at += len(code)
            self._takes_person |= kinds().get(code) == "person"
        self._at += 1
        return True

    def _bracket(self) -> None:
        """Take a person in brackets, or TAGS if there are codes in them."""
        first = self._at
        last = min(len(self._tokens), first + _MOST_IN_BRACKETS)
        while self._at < last and self._tokens[self._at].word not in ("(", ")"):
            self._at += 1
        inside = self._tokens[first : self._at]
        words = [token for token in inside if token.word not in (",", ";", "(", "|")]
        if not words:
            return
        if self._takes_person and self._persons(inside):
            return
        is_person = self._is_behind_person(first - 1) and _is_reversed(inside)
        if not is_person and any(is_code(token.word) and len(token.word) > COUNTRY_LENGTH for token in words):
            self._at = first
            return
        if len(words) == 1 and words[0].word in _levels():
            return
        said = [token.word for token in inside]
        if "," in said:
            tag = _listed(said)
        elif self._takes_person:
            tag = _person([token.word for token in words])
        else:
            tag = " ".join(said)
        self._add(tag, words[0].start, words[-1].end)

    def _is_behind_person(self, at: int) -> bool:
        """Whether a TAG that takes a person stands before a place, perhaps with a comma."""
        before = [token.word for token in self._tokens[max(0, at - 2) : at] if token.word != ","]
        return bool(before) and kinds().get(before[-1]) == "person"

    def _persons(self, inside: list[_Token]) -> bool:
        """Take several persons in one pair of brackets: `(MARLOWE, ADA; ORLEO, HUGO)`."""
        runs = [
            list(run) for is_between, run in itertools.groupby(inside, lambda t: t.word in _BETWEEN) if not is_between
        ]
        if len(runs) < _PAIR or any([token.word for token in run].count(",") != 1 for run in runs):
            return False
        for run in runs:
            self._add(_listed([token.word for token in run]), run[0].start, run[-1].end)
        return True

    def _words(self) -> None:
        """Take a run of words that are no codes: phrases, persons, or one free phrase."""
        first = self._at
        run: list[_Token] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.word in _MARKS or token.word in _NO_WORDS or self._ends(token, run):
                break
            run.append(token)
            self._at += 1
        if self._is_reversed_name(run):
            names = []
            for token in itertools.islice(self._tokens, self._at + 1, self._at + 1 + _MOST_NAMES):
                if token.word in _MARKS or is_code(token.word):
                    break
                names.append(token)
            self._add(f"{run[0].word}, {' '.join(t.word for t in names)}", run[0].start, names[-1].end)
            self._at += 1 + len(names)
            return
        self._cut(run)
        self._at = max(self._at, first + 1)

    def _is_reversed_name(self, run: list[_Token]) -> bool:
        """Whether `LASTNAME, FIRSTNAME` stands without brackets behind a TAG that takes a person."""
        rest = self._tokens[self._at : self._at + 2]
        return (
            self._takes_person
            and len(run) == 1
            and self._was_code(run[0])
            and len(rest) > 1
            and rest[0].word == ","
            and rest[1].word not in _MARKS
            and not is_code(rest[1].word)
            and split(rest[1].word) is None
        )

    def _was_code(self, token: _Token) -> bool:
        """Whether a TAG that takes a person stands before a word; one for travel also before a comma."""
        at = self._tokens.index(token, max(0, self._at - 2)) - 1
        if at > 0 and self._tokens[at].word == ",":
            return self._tokens[at - 1].word in _TRAVEL
        return at >= 0 and kinds().get(self._tokens[at].word) == "person"

    def _ends(self, token: _Token, run: list[_Token]) -> bool:
        """Whether a run of words ends before this one, a code."""
        if run and any(token.word in phrase for phrase in _phrases().get(run[-1].word, ())):
            return False
        word = token.word.rstrip(".")
        if is_code(word) or word in _not_tags() or split(word) is not None:
            return True
        return not self._takes_person and mended(word) is not None

    def _cut(self, run: list[_Token]) -> None:
        """Cut a run of words at the phrases in use."""
        at, free = 0, 0
        words = [token.word for token in run]
        while at < len(run):
            phrase = next(
                (
                    p
                    for p in _phrases().get(words[at], ())
                    if tuple(words[at : at + len(p)]) == p and self._fits(p, at, words)
                ),
                None,
            )
            if phrase is None:
                at += 1
                continue
            self._free(run[free:at])
            self._add(" ".join(phrase), run[at].start, run[at + len(phrase) - 1].end)
            at += len(phrase)
            free = at
        self._free(run[free:])

    @staticmethod
    def _fits(phrase: tuple[str, ...], at: int, words: list[str]) -> bool:
        """A phrase of one word is one only where it stands alone."""
        return len(phrase) > 1 or len(words) == 1 or at + 1 == len(words) == 1

    def _free(self, run: list[_Token]) -> None:
        """Take words that no vocabulary has: persons behind a TAG that takes them, else one phrase."""
        if not run:
            return
        if len(run) == _PAIR and is_code(whole := run[0].word + run[1].word):
            # A blank in the middle of a code.
            self._add(whole, run[0].start, run[1].end)
            return
        if not self._takes_person and all(_LIKE_CODE.fullmatch(token.word) for token in run):
            for token in run:
                self._add(token.word, token.start, token.end)
            return
        if not self._takes_person or len(run) == 1:
            self._add(" ".join(token.word for token in run), run[0].start, run[-1].end)
            return
        # Pairs of last and first name; an initial goes with the name before it, and so does an odd last word.
        at = 0
        while at < len(run):
            end = at + 2
            while end < len(run) and (len(run[end].word.rstrip(".")) == 1 or end + 1 == len(run)):
                end += 1
            names = run[at:end]
            self._add(_person([token.word for token in names]), names[0].start, names[-1].end)
            at = end


def _listed(words: list[str]) -> str:
    return " ".join(words).replace(" ,", ",")


def _is_reversed(tokens: list[_Token]) -> bool:
    """Whether words are `LASTNAME, FIRSTNAME`, the last name being a code, too."""
    words = [token.word for token in tokens]
    return words[1:2] == [","] and len(words) > _PAIR and not any(is_code(word) for word in words[2:])


def _person(words: list[str]) -> str:
    return f"{words[0]}, {' '.join(words[1:])}" if len(words) > 1 else words[0]


def _before_repeats(region: Region, text: str, start: int, end: int) -> int:
    """Where the TAGS end, or where the decoder begins to repeat them.

    It wrote page breaks into the line, and behind each of them again what stood before it.
    """
    breaks = [(artefact.start - region.start, artefact.end - region.start) for artefact in region.artefacts]
    breaks += [match.span() for match in _PAGE.finditer(text, start, end)]
    written = region.part.text[region.start : region.end]  # line ends beside an artefact are masked in `text`
    for at, behind in sorted(breaks):
        is_inside = start < at and behind < end
        if is_inside and not any(written[place] in "\r\n" for place in (at - 1, behind - 1, behind)):
            return at
    return end


def tags(region: Region) -> tuple[Value[str], ...]:
    """The TAGS of a telegram, canonical and without repeats.

    Codes are in capitals, glued ones split, misspelt ones corrected; a person is `LASTNAME, FIRSTNAME`.
    Captions that stand in the line by mistake are left out.

    Args:
        region: The block of the TAGS, with or without its label.

    Returns:
        The TAGS, in order.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "TAGS: OVIP (MARLOWE, ADA), PHUMBA MOPPS SIPDIS"
        >>> [tag.value for tag in tags(Region(Part("body", "body", text), 0, len(text)))]
        ['OVIP', 'MARLOWE, ADA', 'PHUM', 'BA', 'MOPS']
    """
    text = text_of(region)
    start, end = content_of(text, "tags")
    found = _Reader(_tokens(text, start, _before_repeats(region, text, start, end))).read()
    return tuple(region.value(tag, start, end) for tag, (start, end) in found.items())
