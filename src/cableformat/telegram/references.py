"""References: the cables, e-mails, talks and books that a telegram cites (5 FAH-2 H-300; field notes §2)."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.dates import MONTHS
from cableformat.telegram.fields import content_of, stripped, text_of
from cableformat.telegram.identifiers import canonical_post, identifier, known_post
from cableformat.telegram.reference_items import Item, end_of_list, items
from cableformat.telegram.spelling import fold
from cableformat.telegram.values import Reference
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.telegram.values import Region

# Pagers and page breaks inside a line (field notes §4).
_PAGE = on_use(
    r"\b[A-Z][A-Z.'-]{1,20}(?: [A-Z][A-Z.'-]{0,12}){0,3} ++\d{8} {1,2}\d{3}(?:\.\d)? OF \d{3}(?!\d)"
    r"|(?:\b[A-Z]{6,12}\s++)?\bPAGE[ \t]++\d\d[ \t]++[A-Z][A-Z .'-]{0,24}?[ \t]++\d{4,6}"
    r"(?:[ \t]++\d\d OF \d\d)?(?:[ \t]++\d{6}Z)?(?![A-Za-z\d])"
)
# Titles, (NOTAL) and the like; not a year or a class between post and serial.
_REMARK = on_use(r"\((?!\s?(?:\d{2}|\d{4}|[A-Z]{1,3})\s?\))[^()]{1,600}\)|\(NOTAL\)", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<number>(?<![A-Za-z])[Oo]\d+|\d+)|(?P<word>[A-Za-z][A-Za-z’']*+(?:[.-](?=[A-Za-z])[A-Za-z’']*+)*+\.?)"
    r"|(?P<mark>[^\sA-Za-z\d])"
)
_AIRGRAM = re.compile(r"\b(?:CA|A)-\d{1,5}\b")
# Words between a post and a serial.
_CALLED = frozenset({"ALDAC", "CABLE", "CABLES", "TELEGRAM", "TELEGRAMS", "TEL", "TELNO", "NO", "NUMBER", "NR", "NOS"})
_LABELS = frozenset({"REF", "REFS", "REFTEL", "REFTELS", "REFERENCE", "REFERENCES"})
_AND = frozenset({"AND", "ET"})
_AROUND = " \t\r\n\f\xa0,;:-.¶\\"
_MOST_WORDS = 5
_MOST_UNKNOWN_WORDS = 3
_LONGEST_NAME = 200
_LONGEST_SERIAL = 7
_LONGEST_DAY = 2
_STROKE_YEAR = re.compile(r"/(\d{2})(?![\d/])")
# Numbers and commas, and AND before one of the numbers.
_LISTING = on_use(r"(?:,\s*+#?\d{1,7}(?!\d)\s*+){0,30}+,?\s*+(?:AND\b|&)\s*+#?\d", re.IGNORECASE)
_SHORTEST_GUESS = 4
# A block of references has some dozens of items. Beyond this many, posts must be spelt right.
_MOST_GUESSES = 400


@attrs.define(eq=False)
class _Token:
    """A word, number or mark of punctuation; only a word is folded."""

    kind: str
    text: str
    start: int
    end: int
    folded: str


class _Cable(NamedTuple):
    """A cable that an item names."""

    year: int | None
    post: str
    serial: str
    start: int
    end: int


@functools.cache
def _kinds() -> dict[str, str]:
    return {fold(row["word"]): row["kind"] for row in rows("reference_kinds")}


@functools.cache
def _not_posts() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("not_posts"))


def _is_year(digits: str) -> bool:
    return len(digits) == 2 or (len(digits) == 4 and digits[:2] in ("19", "20"))  # noqa: PLR2004 - digits of a year


def _digits(token: _Token) -> str:
    """The digits of a number, the letter O read as zero."""
    return token.text.upper().replace("O", "0")


class _Scanner:
    """Finds the cables in an item.

    Args:
        text: The region's text, remarks and page breaks masked.
        guesses: How many more posts may be guessed.
    """

    def __init__(self, text: str, guesses: int = _MOST_GUESSES) -> None:
        self._text = text
        self.guesses = guesses
        self._tokens: list[_Token] = []
        # A comma joins a number to the post before only where AND shows that several are listed.
        self._is_listing = False

    def cables(self, start: int, end: int) -> list[_Cable]:
        """The cables between two offsets, in order."""
        tokens: list[_Token] = []
        for match in _TOKEN.finditer(self._text, start, end):
            kind, text = match.lastgroup or "", match[0]
            folded = fold(text) if kind == "word" else ""
            tokens.append(_Token(kind, text, match.start(), match.end(), folded))
        self._tokens = tokens
        self._is_listing = False
        found: list[_Cable] = []
        words: list[_Token] = []
        year: _Token | None = None
        at, last = 0, len(tokens)
        while at < last:
            token = tokens[at]
            kind = token.kind
            if kind == "word":
                if token.folded in _AND:
                    words, year = [], None
                elif words or year or token.folded not in _LABELS:
                    words.append(token)
                at += 1
            elif kind == "mark":
                at = self._mark(at, words)
                if at < 0:
                    at, words, year = -at, [], None
            else:
                cable = self._cable(at, words, year, found)
                if cable:
                    found.append(cable)
                    while at < last and tokens[at].start < cable.end:
                        at += 1
                    words, year = [], None
                    continue
                year = token if self._is_year_of(at) else None
                words = []
                at += 1
                if year is None and at < last and tokens[at].kind == "word" and tokens[at].start == token.end:
                    at += 1  # `Z` of a time, `th` of a day
        return found

    def _mark(self, at: int, words: list[_Token]) -> int:
        """The index behind a mark; negative if words before it belong to nothing behind it."""
        token, last = self._tokens[at], len(self._tokens)
        # (05) ROME 12
        if token.text == ")" and not words and at > 1 and self._is_year_of(at - 1):
            return at + 1
        # STATE (01) 201265, KUWAIT (C)02293.
        if token.text == "(" and words and at + 2 < last and self._tokens[at + 2].text == ")":
            return at + 1 if self._tokens[at + 1].kind == "number" else at + 3
        if token.text in "-#:'’.¶" or (token.text == ")" and words and self._tokens[at - 1].kind == "number"):
            return at + 1
        return -(at + 1)

    def _is_year_of(self, at: int) -> bool:
        """Whether a number is the year of a post behind it: `05 ROME`, `'08 ROME`, `(05) ROME`, `10-ROME`, `05ROME`."""
        token = self._tokens[at]
        behind = at + 1
        if behind < len(self._tokens) and self._tokens[behind].text == (
            ")" if at and self._tokens[at - 1].text == "(" else "-"
        ):
            behind += 1
        return _is_year(_digits(token)) and behind < len(self._tokens) and self._tokens[behind].kind == "word"

    def _cable(self, at: int, words: list[_Token], year: _Token | None, found: list[_Cable]) -> _Cable | None:
        """The cable whose serial the number at an index is, or None."""
        token = self._tokens[at]
        if self._is_day(at) or (words and words[-1].end == token.start and len(words[-1].text) == 1):
            return None  # `12 MARCH`, `J5`
        if len(token.text) > _LONGEST_SERIAL or (self._is_of_date(token) and not (words and self._joined_year(at))):
            return None
        if not words:
            return self._continued(at, found) or self._reversed(at)
        bracketed, behind = self._bracketed_year(at), at + 2
        if bracketed is None and words:
            bracketed = self._joined_year(at)
        if bracketed is None:
            bracketed, behind = self._year_before_serial(at), at + 1
        if bracketed is not None:
            serial = self._tokens[behind]
        elif self._text[token.start - 1 : token.start] == "(" and words:
            return None
        else:
            serial, behind = token, at
        if serial is not token and (self._is_of_date(serial) or len(serial.text) > _LONGEST_SERIAL):
            return None
        post, first = self._post(words, is_whole=not found or year is not None)
        if post is None:
            return None
        start = first.start
        own = int(bracketed) if bracketed else None
        if own is None and year is not None and first is words[0]:
            own, start = int(_digits(year)), year.start
        later, end = self._later_year(behind)
        return _Cable(own if later is None else later, post, _digits(serial), start, end)

    def _bracketed_year(self, at: int) -> str | None:
        """The year in `STATE (01) 201265`, if the number at an index is it."""
        tokens = self._tokens
        if (
            0 < at < len(tokens) - 2
            and tokens[at - 1].text == "("
            and tokens[at + 1].text == ")"
            and tokens[at + 2].kind == "number"
            and _is_year(_digits(tokens[at]))
        ):
            return _digits(tokens[at])
        return None

    def _year_before_serial(self, at: int) -> str | None:
        """The year in `ROME '05 123`, `ROME 05 123` and `ROME 2005 123`, if the number at an index is it."""
        tokens = self._tokens
        if at == 0 or at + 1 >= len(tokens) or tokens[at + 1].kind != "number" or not _is_year(_digits(tokens[at])):
            return None
        is_marked = tokens[at - 1].text in "'’"
        is_close = self._text[tokens[at].end : tokens[at + 1].start] in (" ", "  ")
        return _digits(tokens[at]) if is_close and (is_marked or len(tokens[at + 1].text) > _LONGEST_DAY) else None

    def _joined_year(self, at: int) -> str | None:
        """The year in `STATE 07-123`, if the number at an index is it."""
        tokens = self._tokens
        if at + 2 >= len(tokens) or tokens[at + 1].text not in "-/" or tokens[at + 2].kind != "number":
            return None
        is_close = tokens[at + 2].start == tokens[at].end + 1
        is_serial = len(tokens[at + 2].text) > _LONGEST_DAY
        return _digits(tokens[at]) if is_close and is_serial and len(tokens[at].text) == _LONGEST_DAY else None

    def _later_year(self, at: int) -> tuple[int | None, int]:
        """The year behind a serial, `4525-91`, `02259 (2002)` or `123 OF 2005`, and where the cable's words end."""
        tokens, end = self._tokens, self._tokens[at].end
        if self._is_before_year(tokens[at]):
            return int(self._text[end + 1 : end + 1 + _LONGEST_DAY]), end + 1 + _LONGEST_DAY
        mark, number, close = (*tokens[at + 1 : at + 4], None, None, None)[:3]
        if mark is not None and number is not None and _is_year(number.text):
            if mark.text == "-" and number.start == end + 1 and number.kind == "number":
                return int(number.text), number.end
            if mark.folded == "OF" and number.kind == "number" and len(number.text) > _LONGEST_DAY:
                return int(number.text), number.end
            if mark.text == "(" and close is not None and close.text == ")" and number.text.isdecimal():
                return int(number.text), close.end
        return None, end

    def _is_before_year(self, token: _Token) -> bool:
        """Whether a serial has its year behind a stroke: `USNATO 215/07`, and not a date."""
        return len(token.text) > _LONGEST_DAY and _STROKE_YEAR.match(self._text, token.end) is not None

    def _is_of_date(self, token: _Token) -> bool:
        """Whether a number is of a date, a time or another number: `05/11/07`, `301601z`, `832.1`."""
        if self._text[max(0, token.start - 1) : token.start] in ("/", "$", "%"):
            return True
        behind = self._text[token.end : token.end + 2]
        first = behind[:1]
        if first == "/":
            return not behind[1:].isalpha() and not self._is_before_year(token)
        return first == "%" or first.isalpha() or (first in (".", ":") and behind[1:].isdigit())

    def _is_day(self, at: int) -> bool:
        """Whether a number is the day of a month: `12 MARCH`."""
        tokens = self._tokens
        if len(tokens[at].text) > _LONGEST_DAY or at + 1 >= len(tokens):
            return False
        word = tokens[at + 1].folded
        return word[:3] in MONTHS and word in _not_posts()

    def _continued(self, at: int, found: list[_Cable]) -> _Cable | None:
        """A further serial of the post before: `STATE 41252 AND 44603, 44700`."""
        if not found or self._is_year_of(at) or at == 0:
            return None
        before = self._tokens[at - 1]
        is_joined = before.text in ("&", "/", "#") or before.folded in _AND
        self._is_listing |= is_joined or (before.text == "," and _LISTING.match(self._text, before.start) is not None)
        if not is_joined and (before.text != "," or not self._is_listing):
            return None
        last, token = found[-1], self._tokens[at]
        if before.start < last.end or self._text[last.end : before.start].strip(" \t\r\n,&"):
            return None
        later, end = self._later_year(at)
        return _Cable(last.year if later is None else later, last.post, _digits(token), token.start, end)

    def _reversed(self, at: int) -> _Cable | None:
        """A number before its post, where no other follows: `870 ULAANBAATAR`."""
        if at > 0 or self._tokens[at].start != self._tokens[0].start:
            return None
        words = self._tokens[1:]
        if not words or len(words) > _MOST_WORDS or any(word.kind != "word" for word in words):
            return None
        post = known_post(self._text[words[0].start : words[-1].end])
        return _Cable(None, post, _digits(self._tokens[at]), self._tokens[at].start, words[-1].end) if post else None

    def _post(self, words: list[_Token], *, is_whole: bool) -> tuple[str | None, _Token]:
        """The post that the last of some words are, and its first word."""
        while words and words[-1].folded in _CALLED:
            words = words[:-1]
        if not words or words[-1].folded in _kinds():
            return None, self._tokens[0]
        last = words[-_MOST_WORDS:]
        names = tuple([self._text[word.start : last[-1].end] for word in last])
        read = _post_of if len(names[0]) <= _LONGEST_NAME else _post_of.__wrapped__
        said = tuple([word.text for word in last])
        post, at, guesses = read(names, said, min(self.guesses, _MOST_WORDS), (is_whole, len(words) == len(last)))
        self.guesses -= guesses
        return post, last[at]


# Few posts are cited, and again and again.
@functools.lru_cache(maxsize=4096)
def _post_of(
    names: tuple[str, ...], words: tuple[str, ...], most_guesses: int, is_whole_and_all: tuple[bool, bool]
) -> tuple[str | None, int, int]:
    """The post that the last of some words are, at which of them it begins, and how many guesses that took.

    Args:
        names: For each word what stands from it to the end of the last.
        words: The words.
        most_guesses: How many posts may be guessed.
        is_whole_and_all: Whether an unknown post may stand here in small letters; whether no words stand before these.
    """
    is_whole, is_all = is_whole_and_all
    for at, name in enumerate(names):
        post = known_post(name, exactly=True)
        if post:
            return post, at, 0
    guesses = 0
    for at, name in enumerate(names):
        # A month is no truncated post; `RIO DE JAN` is.
        is_long = len(fold(name)) >= _SHORTEST_GUESS - (is_all and at == 0)
        if guesses < most_guesses and is_long and not _is_said(words[at]):
            guesses += 1
            post = known_post(name)
            if post:
                return post, at, guesses
    if (
        is_all
        and len(words) <= _MOST_UNKNOWN_WORDS
        and (is_whole or all(word.isupper() for word in words))
        and all(map(_is_name, words))
    ):
        return canonical_post(names[0]), 0, guesses
    return None, 0, guesses


def _is_said(word: str) -> bool:
    """Whether a word has a meaning of its own, so that it begins no misspelt post."""
    folded = fold(word)
    return folded in _not_posts() or folded in _kinds()


def _is_name(word: str) -> bool:
    """Whether a word may be of a post that the vocabulary does not have."""
    return len(fold(word)) > 1 and word[0].isupper() and not word.endswith(".") and not _is_said(word)


def _kind_of(text: str) -> str | None:
    """The kind of something that is no cable, told by a word of it."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "word":
            first, *others = re.split(r"[.-]", token[0])
            for word in (fold(token[0]), *map(fold, others), *(["WWW"] if first.upper() == "WWW" else [])):
                if word in _kinds():
                    return _kinds()[word]
    return "AIRGRAM" if _AIRGRAM.search(text) else None


def _masked(text: str, start: int, end: int) -> str:
    """The list with page breaks and remarks blanked: offsets stay true."""
    run = text[start:end]
    if "PAGE" in run or " OF " in run:
        run = _PAGE.sub(lambda match: " " * len(match[0]), run)
    if "(" in run:
        run = _REMARK.sub(lambda match: " " * len(match[0]), run)
    # Before the list stands a line end, so that its first bullet is at the start of a line.
    return (" " * (start - 1) + "\n" if start else "") + run


def _pieces(item: Item, masked: str) -> Iterator[tuple[int, int]]:
    """An item cut at semicolons."""
    at = item.start
    while at <= item.end:
        cut = masked.find(";", at, item.end)
        stop = item.end if cut < 0 else cut
        yield at, stop
        at = stop + 1


def references(region: Region, year: int | None) -> tuple[Reference, ...]:
    """What the telegram refers to.

    A cable's year stands in its item, or is the citing cable's. A number that follows another one belongs to
    the same post. Words that are neither a cable nor of a kind that the vocabulary knows give nothing.

    Args:
        region: The block of references, with or without its label.
        year: The year of the citing cable; if None, a cable without its own year has its words as value.

    Returns:
        The references in order, repeats kept.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "REF: A. 30 PORT MERIDIAN 98 AND 99 (NOTAL) B. MARLOWE E-MAIL"
        >>> found = references(Region(Part("body", "body", text), 0, len(text)), 2031)
        >>> [(reference.bullet, reference.value) for reference in found]
        [('A', '30PORTMERIDIAN98'), ('A', '30PORTMERIDIAN99'), ('B', 'MARLOWE E-MAIL')]
    """
    text = text_of(region)
    start, end = content_of(text, "reference")
    start, end = stripped(text, start, end_of_list(text, start, end))
    masked = _masked(text, start, end)
    scanner = _Scanner(masked)
    found: list[Reference] = []
    for item in items(masked, start, end):
        for first, last in _pieces(item, masked):
            cables = scanner.cables(first, last)
            found.extend(_reference(region, cable, item.bullet, year) for cable in cables)
            kind = None if cables else _kind_of(masked[first:last])
            if kind:
                found.append(_words(region, *stripped(text, first, last, _AROUND), kind, item.bullet))
    return tuple(found)


def _words(region: Region, start: int, end: int, kind: str, bullet: str | None) -> Reference:
    """Something that is no cable, by its words."""
    raw = region.raw(start, end)
    return Reference(kind, " ".join(raw.split()), bullet, raw, region.span(start, end))


def _reference(region: Region, cable: _Cable, bullet: str | None, year: int | None) -> Reference:
    own = year if cable.year is None else cable.year
    raw = region.raw(cable.start, cable.end)
    value = " ".join(raw.split()) if own is None else identifier(own, cable.post, cable.serial)
    return Reference("CABLE", value, bullet, raw, region.span(cable.start, cable.end))
