"""Identifiers of cables, `05ALMATY1993`: year, post, serial, as in the published cables (field notes §8)."""

from __future__ import annotations

import functools
import re

import attrs

from cableformat.errors import ModelError
from cableformat.telegram.dates import full_year
from cableformat.telegram.spelling import Vocabulary, distance, fold
from cableformat.telegram.vocabulary import rows

_LONGEST_POST = 80
_DOCUMENT_NUMBER = re.compile(r"(?:19|20)(\d\d)([A-Z]{3,6})0*+(\d{1,6})")
_LONGEST_TEXT = 200
_LONGEST_SERIAL = 8
_CANONICAL = re.compile(r"\d{2}[A-Z]{2,}[1-9]\d{0,7}")
_PIECES = re.compile(r"(\d{2})([A-Z]+)(\d+)")
# 1975NEWDE12211, 2007VLADIVOSTOK095, 05ALMATY1993.
_YEAR = re.compile(
    r"(?:(?P<doubled>\d\d)(?P=doubled)|(?:19|20)(?P<long>\d\d)|(?P<short>\d\d))(?=[A-Z]|\d\d?[A-Z]{1,2}\d)"
)
# SECTION01OF03, with letters lost or mistaken (O for 0 and 0 for O, too), in front of the post.
_SECTION = re.compile(r"(?P<word>[A-Z0]{0,40}?)(?:\d{1,3}|O\d)(?:[OF][A-Z]?|[A-Z0][OF])(?:\d{1,3}|O\d)(?=[A-Z]{2})")
# The same with a letter for a digit, or without OF: only behind the whole word.
_LOOSE_SECTION = re.compile(
    r"(?P<word>[A-Z0]{5,40}?)(?:\d{1,3}|\d[A-Z]|[A-Z]\d)(?:[OF][A-Z]?|[A-Z0][OF])?\d[A-Z\d]?(?=[A-Z]{2})"
)
_BODY = re.compile(r"(?P<post>[A-Z]{2,}?)(?P<serial>\d+)(?P<tail>[A-Z][A-Z\d]*)?")
_SECTIONS = re.compile(r"OF(\d{2,3})")
_SECTION_WORD = "SECTION"
_PART = "PART"
_MOST_SLIPS = 2
_SHORTEST_TAIL = 2
_SHORTEST_POST = 4
# A word before a post has as many letters, and so many behind another one.
_SHORTEST_BEFORE_POST = 6
_SHORTEST_IN_CHAIN = 4
_LONG_ENOUGH = 7
# Behind the serial stands a signal of the communications centre (ACP 131: ZFR cancels, ZDK repeats) or the
# number of a series (TOSEC); only a suspected duplicate is the message itself under a new serial.
_RENUMBERED = "SUSPECTEDDUPLICATE"


@functools.cache
def _posts(use: str | None = None) -> Vocabulary[str]:
    """The posts by their own and their other names; only those that are cited as `use` says, if it does."""
    posts = {row["post"] for row in rows("posts") if use in (None, row["use"])}
    aliases = {row["alias"]: row["post"] for row in rows("post_aliases") if row["post"] in posts}
    return Vocabulary({**aliases, **{post: post for post in posts}})


@functools.cache
def _prefixes() -> tuple[str, ...]:
    """Words before a post's name that do not belong to it, longest first."""
    return tuple(sorted((row["word"] for row in rows("post_prefixes")), key=len, reverse=True))


def _known(folded: str) -> str | None:
    """The canonical post of a folded name as it stands, with or without `AMEMBASSY` and the like."""
    found = _with_country(folded)
    if found is None:
        for prefix in _prefixes():
            if folded.startswith(prefix):
                found = _with_country(folded[len(prefix) :])
                if found is not None:
                    break
    return found


@functools.cache
def _countries() -> tuple[str, ...]:
    """The names of countries, folded, longest first."""
    names = {fold(row["meaning"]) for row in rows("tags") if row["kind"] == "geography"}
    return tuple(sorted((name for name in names if len(name) >= _SHORTEST_POST), key=len, reverse=True))


def _with_country(folded: str) -> str | None:
    """The post of a folded name, behind which its country may stand: `BISHKEKKYRGYZSTAN`."""
    found = _posts().get(folded)
    if found is None and len(folded) <= _LONGEST_POST:
        country = next((name for name in _countries() if folded.endswith(name)), "")
        found = _posts().get(folded.removesuffix(country)) if country else None
    return found


@functools.lru_cache(maxsize=4096)
def _guessed(folded: str) -> str | None:
    """The canonical post of a folded name that is truncated, misspelt or stands behind rubbish."""
    rests = [folded, *(folded[len(prefix) :] for prefix in _prefixes() if folded.startswith(prefix))]
    # Where a closed consulate and an embassy are as near, it is the embassy.
    bare = _bare(folded, _SHORTEST_IN_CHAIN)
    if bare != rests[-1]:
        rests.append(bare)
    found = _with_country(bare)
    if found is None and not _posts().begins(folded):
        found = _posts("usual").nearest(folded, most=1)
    if found is not None:
        return found
    # The tail of such a word is left over, SIFIED of UNCLASSIFIED, or it is misspelt: AMEMBASY.
    for at in range(_SHORTEST_TAIL, len(folded) - _SHORTEST_POST + 1):
        found = _posts().get(folded[at:])
        if found is not None and _is_like_prefix(folded[:at]):
            return found
    for rest in rests:
        for posts in (_posts("usual"), _posts()):
            found = posts.completed(rest)
            if found is not None and len(rest) <= _SHORTEST_POST and any(p != found for p in _with_lost_letter(rest)):
                return None  # BEN: of BENGHAZI or of BERN
            if found is None and not posts.begins(rest):
                found = posts.nearest(rest)
            if found is not None:
                return found
    return None


def _is_like_prefix(word: str) -> bool:
    """Whether a word is the end of one that stands before posts, or is one misspelt."""
    return any(
        prefix.endswith(word)
        or (len(prefix) >= _SHORTEST_POST and len(word) > _SHORTEST_TAIL and distance(word, prefix) == 1)
        for prefix in _prefixes()
        if abs(len(prefix) - len(word)) <= 1 or len(word) < len(prefix)
    )


def _with_lost_letter(word: str) -> set[str]:
    """The usual posts that a short word is when a letter is put into it."""
    longer = (word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {post for name in longer if (post := _posts("usual").get(name))}


def known_post(name: str, *, exactly: bool = False) -> str | None:
    """The canonical name of a post that the vocabulary has.

    Args:
        name: A post's name in any spelling.
        exactly: Neither complete a truncated name nor mend a misspelt one.

    Returns:
        Such as `RIODEJANEIRO`, or None.

    Example:
        >>> known_post("Rio de Jan"), known_post("Rio de Jan", exactly=True)
        ('RIODEJANEIRO', None)
    """
    return _known_post(name, exactly) if len(name) <= _LONGEST_POST else None


# The same few posts are asked for again and again, each in one or two spellings.
@functools.lru_cache(maxsize=4096)
def _known_post(name: str, exactly: bool) -> str | None:  # noqa: FBT001 - named where it is given to `known_post`
    folded = fold(name)
    found = _known(folded)
    return found if found is not None or exactly else _guessed(folded)


def canonical_post(name: str) -> str:
    """A post's name as identifiers have it: capitals without blanks and punctuation.

    The post may be misspelt or truncated, and `AMEMBASSY` or the like may stand before it. A post that the
    vocabulary does not have is only folded.

    Args:
        name: Such as `Port-au-Prince` or `AMEMBASSY NEW DE`.

    Returns:
        Such as `PORTAUPRINCE`, `NEWDELHI`.

    Example:
        >>> canonical_post("Port-au-Prince"), canonical_post("AMEMBASSY PORT MERIDIAN")
        ('PORTAUPRINCE', 'PORTMERIDIAN')
    """
    return known_post(name) or _bare(fold(name))


@functools.lru_cache(maxsize=4096)
def _bare(folded: str, shortest: int = _SHORTEST_BEFORE_POST) -> str:
    """A folded name without the words before it that are not of a post's name, but for those that are shorter."""
    at, has_prefix = 0, len(folded) <= _LONGEST_POST
    while has_prefix:
        prefix = next((p for p in _prefixes() if len(p) >= shortest and folded.startswith(p, at)), "")
        has_prefix = bool(prefix) and len(folded) > at + len(prefix) + 1
        at += len(prefix) if has_prefix else 0
    return folded[at:]


def identifier(year: int, post: str, serial: str) -> str:
    """The canonical identifier of a cable.

    Args:
        year: The year it was sent, with or without its century.
        post: The post in any spelling.
        serial: Its number, with or without leading zeros.

    Returns:
        Such as `05ALMATY1993`.

    Example:
        >>> identifier(2005, "ALMATY", "001993")
        '05ALMATY1993'
    """
    return f"{year % 100:02}{canonical_post(post)}{serial.lstrip('0') or '0'}"


def canonical_id(text: str) -> str:
    """The canonical identifier that a malformed or misspelt one stands for.

    Args:
        text: Such as `07PORT-AU-PRINCE12`, `09SECTION01OF03SANJOSE525` or NARA's `1975NEWDE12211`.

    Returns:
        Two-digit year, canonical post, serial without leading zeros.

    Raises:
        ModelError: It is no identifier: the year, the post or the serial is missing.

    Example:
        >>> canonical_id("05RIO123"), canonical_id("1975NEWDE12211")
        ('05RIODEJANEIRO123', '75NEWDELHI12211')
    """
    found = _canonical_id(text) if len(text) <= _LONGEST_TEXT else None
    if found is None:
        raise ModelError(
            f"{text[:60]!r} is no identifier of a cable; one has year, post and serial, such as 05ALMATY1993."
        )
    return found


@functools.lru_cache(maxsize=4096)
def _canonical_id(text: str) -> str | None:
    folded = fold(text)
    if folded[:1] == "O" and folded[1:2].isdigit():
        folded = f"0{folded[1:]}"
    year = _YEAR.match(folded)
    if year is None:
        return None
    body = _BODY.fullmatch(folded, _behind_section(folded, year.end()))
    if body is None:
        return None
    serial, tail = body["serial"], body["tail"] or ""
    pages = _SECTIONS.fullmatch(tail)
    if tail.startswith(_RENUMBERED):
        serial = tail.removeprefix(_RENUMBERED) or serial
    elif pages:
        serial = serial[: -len(pages[1])]  # 117 and 01OF02
    if not serial.isdecimal() or len(serial) > _LONGEST_SERIAL:
        return None
    post = known_post(body["post"])
    if post is None:
        # In an identifier a post must stand there, so that two slips are borne in shorter names, too.
        bare = _bare(body["post"], _SHORTEST_IN_CHAIN)
        post = _posts("usual").nearest(bare, long=_LONG_ENOUGH) if len(bare) >= _LONG_ENOUGH else None
    return identifier(int(year["doubled"] or year["long"] or year["short"]), post or body["post"], serial)


def _behind_section(folded: str, start: int) -> int:
    """Where the post may begin: behind `SECTION01OF02` if that stands there."""
    section = _SECTION.match(folded, start)
    if section is None or not _is_section(section["word"]):
        section = _LOOSE_SECTION.match(folded, start)
        if section and _bare(section["word"], _SHORTEST_IN_CHAIN) != _SECTION_WORD:
            section = None
    return section.end() if section else start


def _is_section(word: str) -> bool:
    """Whether a word is `SECTION`, perhaps with slips, or its end; before it words may stand as before posts."""
    if len(word) > len(_SECTION_WORD) + 1:
        word = _bare(word, _SHORTEST_IN_CHAIN)
    is_cut = _SECTION_WORD.endswith(word) or (len(word) > _SHORTEST_TAIL and _SECTION_WORD.startswith(word))
    return is_cut or word == _PART or distance(word, _SECTION_WORD) <= _MOST_SLIPS


@attrs.frozen(order=True)
class Identifier:
    """The identifier of a cable in its pieces: these compare and sort by year, post and number.

    Attributes:
        year: The year it was sent, with its century; 50 to 99 are of the 20th.
        post: The canonical post, such as `PORTMERIDIAN`.
        serial: Its number.

    Example:
        >>> sorted(map(Identifier.parse, ("31OSLO10", "31OSLO9", "75OSLO99")))[0]
        Identifier(year=1975, post='OSLO', serial=99)
        >>> str(Identifier.parse("31 Port Meridian 000117"))
        '31PORTMERIDIAN117'
    """

    year: int
    post: str
    serial: int

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """The identifier that a text is, malformed or misspelt as it may be.

        Args:
            text: What `canonical_id` takes.

        Raises:
            ModelError: It is no identifier.
        """
        canonical = canonical_id(text)
        match = _PIECES.fullmatch(canonical)
        if match is None:
            raise ModelError(f"{text[:60]!r} is no identifier of a cable.")
        return cls(full_year(match[1]), match[2], int(match[3]))

    def __str__(self) -> str:
        return f"{self.year % 100:02}{self.post}{self.serial}"


def is_document_number(text: str, whole: str) -> bool:
    """Whether the text is the National Archives' document number of a cable.

    It has the year, six characters of the post, blanks left out, and five or six digits (field notes §6).

    Args:
        text: Such as `1975NEWDE12211`.
        whole: A canonical identifier.

    Example:
        >>> is_document_number("1975NEWDE12211", "75NEWDELHI12211"), is_document_number("1975NEWDE12211", "75NEWARK1")
        (True, False)
    """
    number, known = _DOCUMENT_NUMBER.fullmatch(text.strip()), _CANONICAL.fullmatch(whole)
    if number is None or known is None:
        return False
    year, post, serial = number.groups()
    name = whole.strip("0123456789")
    return name.startswith(post) and whole == f"{year}{name}{serial}"


def is_canonical(text: str) -> bool:
    """Whether the text is a canonical identifier.

    Args:
        text: Such as `05ALMATY1993`.

    Example:
        >>> is_canonical("05ALMATY1993"), is_canonical("05RIO123"), is_canonical("ALMATY 001993")
        (True, False, False)
    """
    return _CANONICAL.fullmatch(text) is not None and _canonical_id(text) == text
