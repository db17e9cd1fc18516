"""The classification authority: who classified the telegram (E.O. 12958 section 1.7; field notes §2)."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from typing import TYPE_CHECKING

import attrs

from cableformat.patterns import on_use
from cableformat.telegram.fields import text_of
from cableformat.telegram.heading import declassify_on
from cableformat.telegram.offices import JUNIOR, begins_place, is_initials, is_office, is_place, is_place_of, is_rank
from cableformat.telegram.reasons import reasons
from cableformat.telegram.spelling import Vocabulary, distance, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat.telegram.values import Region, Value

__all__ = ["classified_by", "declassify_on", "reasons"]

_SPELLING = r"CL?A?S{1,2}I?F?[A-Z]{2,4}D[ \t]{1,3}BY"
_AT_START = on_use(
    r"^[^\S\r\n]*+¶?(?:\d{1,2}\.)?[^\S\r\n]*+(?:\([A-Z/]{1,5}\))?[^\S\r\n]*+"
    rf"(?:{_SPELLING}|CLASSIFIED(?=:))\b[ \t]*+:?",
    re.IGNORECASE | re.MULTILINE,
)
_ANYWHERE = on_use(rf"\b{_SPELLING}\b[ \t]*+:?", re.IGNORECASE)
_AGAIN = on_use(rf"\s*+(?:\([A-Z/]{{1,5}}\)\s*+)?(?:{_SPELLING}\b\s*+:?)?\s*+", re.IGNORECASE)
_LONGEST = 700
# The form of the 2000s breaks the authority at 71 characters wherever that is, also inside a word.
_WIDTH = 71
_LINE_END = re.compile(r"\r\n|\r|\n")
_EMPTY_LINE = re.compile(r"[^\S\r\n]*+(?:\r\n|\r|\n)")
_TOKEN = re.compile(r"[^\s,;:?]+|[,;:?]")
_STOP = on_use(
    r"E\.?O\.?(?:1\d{4}.*)?|[X(]?1[.,]\(?[45]?.*|1\d{4}|\(?[A-H]\)|UNDER|PER|BASED|DUE|PURSUANT|DECL\w*|DERIVED"
    r"|(?:FOR)?REAS\w*|SEC|PARA|ACCORDING|BECAUSE|\d.*"
)
# The reason is glued to the name: `Marlowe-reasons`, `Marlowe.Reason`, `Marlowereasons`.
_SPLIT_REASON = re.compile(r"(?<=.)(?:[-./]|(?<=[A-Z]))(?:FOR)?(?=REASON)", re.IGNORECASE)
# A rank is glued to the name: `AmbassadorMarlowe`; or an office is joined to it: `EUR/PRA-Ada`, `Marlowe/EUR`.
_SPLIT_RANK = re.compile(r"[A-Z][a-z]{4,}(?=[A-Z][a-z])")
_SPLIT_BEFORE = re.compile(r"[A-Z/]{2,12}[-/](?=([A-Z][a-z][A-Za-z'’]*+)\Z)")
_SPLIT_BEHIND = re.compile(r"([A-Z][A-Za-z'’-]{2,})/(?=([A-Z]{1,6})(?:/[A-Z]{1,6})*\.?\Z)")
# `a.i.`, perhaps with a slip.
_AD_INTERIM = re.compile(r"[a-z]\.[ ]?[a-z]\.?")
_MIDDLE_INITIAL = re.compile(r"[A-Z]\.")
_WITH_STOP = frozenset({"JR", "SR"})
_FOR = frozenset({"FOR", "FO", "FRO", "OR"})
_LEADS_TO_REASON = _FOR | {"BY", "ON", "SECTION", "-", "–"}
_SHORTEST_REASON = 5
_LONGEST_UNCUT = 5
_AFTER_REASON = re.compile(r"[\d(:Il]|(?:OF|UNDER|SECTION|SEC|E\.?O)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[AEIOUY]")
_LONGEST_FOR = 4
_ORDER = frozenset({"E.O.", "E.O", "EO", "EO."})
_FULL_NAME = 2
# Behind these stands a place: `Embassy Port Meridian`.
_BEFORE_PLACES = frozenset(
    {"AMCONSUL", "AMEMBASSY", "AT", "CG", "CONGEN", "CONSULATE", "EMBASSY", "FOR", "GENERAL", "IN", "MISSION", "OF"}
    | {"OFFICE", "POST", "PRT", "REO", "RPO", "TO"}
)
_MOST_WORDS_OF_PLACE = 4


@attrs.define(eq=False)
class _Word:
    """A word of the authority.

    Attributes:
        text: The word, joined where a line breaks inside it.
        start: Where it stands.
        end: One past its last character.
        lines: How many lines begin between it and the word before.
    """

    text: str
    start: int
    end: int
    lines: int


@functools.cache
def _reason_words() -> Vocabulary[bool]:
    return Vocabulary({"REASON": True, "REASONS": True})


def _joined(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """The text with hard breaks taken out, and for each character of it the offset where it stands."""
    end = start + len(text[start:end].rstrip())
    if _LINE_END.search(text, start, end) is None:
        return text[start:end], range(start, end)
    pieces: list[str] = []
    offsets: list[int] = []
    at = start
    line_start = text.rfind("\n", max(0, start - _LONGEST), start) + 1
    for match in _LINE_END.finditer(text, start, end):
        if match.start() < at:
            continue
        stop = at + len(text[at : match.start()].rstrip())
        pieces.append(text[at:stop])
        offsets.extend(range(at, stop))
        if stop - line_start == _WIDTH:
            # The form put an empty line there in some telegrams.
            more = _EMPTY_LINE.match(text, match.end(), end)
            at = more.end() if more else match.end()
        else:
            pieces.append("\n")
            offsets.append(match.start())
            at = match.end()
        line_start = at
    pieces.append(text[at:end])
    offsets.extend(range(at, end))
    return "".join(pieces), offsets


def _words(joined: str, offsets: Sequence[int]) -> Iterator[_Word]:
    before = 0
    for match in _TOKEN.finditer(joined):
        text, start, end = match[0], match.start(), match.end()
        lines = joined.count("\n", before, start)
        before = end
        first, reason = _cut(text) if len(text) > _LONGEST_UNCUT else (0, 0)
        if reason:
            text, end = text[:reason], start + reason
        if first:
            yield _Word(text[:first], offsets[start], offsets[start + first - 1] + 1, lines)
            text, start, lines = text[first:], start + first, 0
        yield _Word(text, offsets[start], offsets[end - 1] + 1, lines)
        if reason:
            yield _Word("REASON", offsets[end], offsets[end] + 1, 0)


@functools.lru_cache(maxsize=4096)
def _cut(word: str) -> tuple[int, int]:
    """Where a word is to be cut in two, an office and a name glued together, and where a reason begins in it, or 0."""
    cut = _SPLIT_REASON.search(word)
    reason = cut.start() if cut else 0
    word = word[:reason] if reason else word
    rank = _SPLIT_RANK.match(word)
    if rank and is_rank(rank[0]):
        return rank.end(), reason
    before, behind = _SPLIT_BEFORE.match(word), _SPLIT_BEHIND.match(word)
    if before and not is_office(before[1], is_mixed=True):
        return before.end(), reason
    is_name = behind is not None and not is_office(behind[1], is_mixed=False) and is_office(behind[2], is_mixed=False)
    return behind.end(1) if behind and is_name else 0, reason


@functools.lru_cache(maxsize=4096)
def _stops(word: str) -> bool | None:
    """Whether the reasons begin with this word; None if it is `reasons` with a slip, or a surname such as Eason."""
    capitals = word.upper()
    if _STOP.fullmatch(capitals.strip(".")) and not is_initials(word):
        return True
    folded = fold(capitals)
    if _reason_words().get(folded):
        return True
    return None if _reason_words().nearest(folded, _SHORTEST_REASON) else False


def _is_before_reason(word: _Word | None) -> bool:
    """Whether a reason follows a word: a number, a letter in brackets, a colon."""
    return word is not None and _AFTER_REASON.match(word.text) is not None


def _authority(joined: str, offsets: Sequence[int]) -> list[_Word]:
    """The words up to the reasons, or up to a blank line once somebody is named."""
    words: list[_Word] = []
    every = _words(joined, offsets)
    following = next(every, None)
    while following is not None:
        word, following = following, next(every, None)
        # A line may break inside of `reasons`.
        if word.text[0] in "Rr" and following is not None and _reason_words().get(fold(word.text + following.text)):
            break
        stops = _stops(word.text)
        if stops or (stops is None and _is_before_reason(following)):
            is_title = following is not None and word.text.upper() == "UNDER" and is_rank(following.text)
            if not is_title:
                break
        if following is not None and word.text.upper() in _ORDER and following.text[:1].isdigit():
            break
        if word.lines > 1 and any(not is_office(before.text, is_mixed=False) for before in words):
            break
        words.append(word)
    if len(words) > 1 and (words[-2].text + words[-1].text).lower() == "for":
        del words[-2:]
    elif words and words[-1].text[-3:].lower() == "for" and len(words[-1].text) > len("for"):
        # The line was as long as one of the form, but no word goes on in the next.
        last = words[-1]
        break_in_it = last.end - last.start - len(last.text)
        if break_in_it and fold(last.text[:-3]):
            words[-1] = attrs.evolve(last, text=last.text[:-3], end=last.end - len("for") - break_in_it)
    has_for = False
    while words:
        capitals = words[-1].text.upper().replace("0", "O")
        if capitals not in _LEADS_TO_REASON and (has_for or not _is_for(words[-1].text)):
            break
        has_for |= capitals not in _LEADS_TO_REASON or capitals in _FOR
        words.pop()
    return words


def _is_for(word: str) -> bool:
    """Whether a word in small letters, or without a vowel, is `for` with a slip; behind `Ford` stands one without."""
    return (
        (word.islower() or not _VOWEL.search(word.upper()))
        and 1 < len(word) <= _LONGEST_FOR
        and distance(word.upper().replace("0", "O"), "FOR") == 1
    )


def _segments(words: list[_Word]) -> Iterator[tuple[list[_Word], bool]]:
    """Runs of words between punctuation and `AND`; whether a run begins behind an `AND`."""
    run: list[_Word] = []
    is_behind_and = False
    for word, following in itertools.zip_longest(words, words[1:]):
        is_and = word.text.upper() in ("AND", "&")
        if word.text == "," and run and following and fold(following.text) in JUNIOR:
            run[-1] = attrs.evolve(run[-1], text=f"{run[-1].text},")
        elif word.text in (",", ";", ":", "?") or is_and:
            yield run, is_behind_and
            run, is_behind_and = [], is_and
        else:
            run.append(word)
    yield run, is_behind_and


def _offices_in(run: tuple[str, ...], *, is_mixed: bool) -> list[bool]:
    """For each word whether it is of a rank or office, and not of the name for where it stands."""
    offices = [is_office(word, is_mixed=is_mixed) for word in run]
    for at in range(2, len(run)):
        if not _MIDDLE_INITIAL.fullmatch(run[at - 1]):
            continue
        if not offices[at - 2]:
            offices[at] = False
        elif not any(n.islower() or is_office(n, is_mixed=False) for n in (run[at - 2], run[at])):
            # `ADA B. MARLOWE`, where words in small letters follow, is no acronym.
            offices[at - 2] = offices[at] = False
    for at in range(1, len(run) - 1):
        if run[at].upper() == "DE" and not offices[at - 1] and not offices[at + 1]:
            offices[at] = False
    return offices


def _name_in(run: list[_Word], *, is_mixed: bool, is_behind_and: bool) -> list[_Word]:
    """The last two words or more together that are of no office; else the last word that is of none.

    A post or country is of an office, unless it makes the only other word a full name: `Chad Marlowe`; or a middle
    initial stands behind it: `Chad B. Marlowe`. So is a word of a rank at the end: `Ada Major`. Behind a middle initial
    stands a surname: `Ada B. Post`; and so it does behind `de` in the middle of a name, which is a word of
    `Charge de Affaires`, too.
    """
    words = len(run)
    while words and _AD_INTERIM.fullmatch(run[words - 1].text):
        words -= 1
    size = words
    while size and fold(run[size - 1].text) in JUNIOR:
        size -= 1
    first, end = _bounds(tuple([word.text for word in run[:size]]), is_mixed=is_mixed, is_behind_and=is_behind_and)
    return run[first : words if end == size and first < end else end]


# The same few people classify what a post sends.
@functools.lru_cache(maxsize=4096)
def _bounds(run: tuple[str, ...], *, is_mixed: bool, is_behind_and: bool) -> tuple[int, int]:
    """Where a name begins and ends in a run of words that no `Jr.` ends."""
    offices, places, size = _offices_in(run, is_mixed=is_mixed), _places_in(run), len(run)
    own = [not office and not place for office, place in zip(offices, places, strict=True)]
    runs: list[tuple[int, int]] = []
    for at in range(size):
        if own[at]:
            runs.append((runs.pop()[0] if at and own[at - 1] else at, at + 1))
    full = [(first, end) for first, end in runs if end - first >= _FULL_NAME]
    if full:
        first, end = full[-1]
        is_first = first > 0 and places[first - 1] and not offices[first - 1]
        is_first = is_first and _MIDDLE_INITIAL.fullmatch(run[first]) is not None
        if is_first and not (is_behind_and if first == 1 else fold(run[first - 2]) in _BEFORE_PLACES):
            first -= 1
        return first, end + (end + 1 == size and places[end] and not offices[end])
    if not runs:
        return 0, 0
    first, end = runs[-1]
    if end + 1 == size and (places[end] or run[end].istitle() or (first and offices[first - 1])):
        return first, size
    if end == size and first and places[first - 1]:
        return first - 1 - (first > 1 and own[first - 2]), size
    return first, end


def _places_in(words: tuple[str, ...]) -> list[bool]:
    """For each word whether it is a post or country, or of one whose name has several words."""
    places = [is_place(word) and not is_initials(word) for word in words]
    for at in range(len(words) - 1):
        if not begins_place(words[at]):
            continue
        for end in range(at + 2, min(at + _MOST_WORDS_OF_PLACE, len(words)) + 1):
            if is_place_of(words[at:end]):
                places[at:end] = [True] * (end - at)
    return places


def classified_by(region: Region) -> tuple[Value[str], ...]:
    """Who classified the telegram: full names, without rank and office.

    Args:
        region: The block of the classification authority.

    Returns:
        The names, as they are spelt; none if nobody is named.

    Example:
        >>> from cableformat.telegram.values import Region
        >>> from cableformat.text import Part
        >>> text = "Classified By: Acting DCM Ada B. Marlowe, Jr. for reasons 1.4 (b)."
        >>> [name.value for name in classified_by(Region(Part("body", "body", text), 0, len(text)))]
        ['Ada B. Marlowe, Jr.']
    """
    text = text_of(region)
    label = _AT_START.search(text) or _ANYWHERE.search(text)
    if label is None:
        return ()
    again = _AGAIN.match(text, label.end())
    start = again.end() if again else label.end()
    joined, offsets = _joined(text, label.start(), min(len(text), start + _LONGEST))
    skip = bisect.bisect_left(offsets, start)
    words = _authority(joined[skip:], offsets[skip:])
    letters = "".join(word.text for word in words)
    is_mixed = letters != letters.upper() and letters != letters.lower()
    named = _named(words, is_mixed=is_mixed)
    if is_mixed and not any(len(names) >= _FULL_NAME for names in named):
        # A name in capitals among words in small letters looks like an acronym; if nobody else is named, it is none.
        louder = _named(words, is_mixed=False)
        named = louder if not named or any(len(names) >= _FULL_NAME for names in louder) else named
    return tuple(region.value(*_spelt(names)) for names in named)


def _named(words: list[_Word], *, is_mixed: bool) -> list[list[_Word]]:
    """The names among the words of an authority: the first full name, and those that AND joins to it."""
    named: list[list[_Word]] = []
    alone: list[_Word] = []
    for run, is_behind_and in _segments(words):
        names = _name_in(run, is_mixed=is_mixed, is_behind_and=is_behind_and)
        if len(names) >= _FULL_NAME:
            if named and not is_behind_and:
                break
            named.append(names)
        elif names and not alone:
            alone = names
    return named or ([alone] if alone else [])


def _spelt(names: list[_Word]) -> tuple[str, int, int]:
    """A name, with where it stands; without the full stop behind it that is not its own."""
    last = names[-1].text
    spelt, end = " ".join(word.text for word in names), names[-1].end
    is_own = is_initials(last) or fold(last) in _WITH_STOP
    bare = spelt.rstrip(".-–")
    if is_own and bare != spelt:
        bare += "."
    return (bare, names[0].start, end - (len(spelt) - len(bare))) if bare else (spelt, names[0].start, end)
