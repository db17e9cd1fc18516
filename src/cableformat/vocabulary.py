"""What the words of telegrams mean: captions, TAGS, reasons, precedences, marks, posts, routing indicators, signals.

For programs, and for readers of a page: each term with its meaning and the source of the knowledge. The data are the
tables in `telegram/vocabulary/`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from cableformat.errors import ModelError
from cableformat.telegram.portion_marks import portion_mark
from cableformat.telegram.spelling import fold
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["KINDS", "Term", "explain", "terms"]


@attrs.frozen
class Term:
    """A word of the field.

    Attributes:
        kind: One of `KINDS`.
        term: The word in its canonical spelling, such as `SIPDIS` or `1.4(b)`.
        meaning: What it means, in a few words.
        source: Where this is known from.
    """

    kind: str
    term: str
    meaning: str
    source: str


def _columns(kind: str, table: str, term: str, meaning: str = "meaning") -> Callable[[], Iterator[Term]]:
    """Reads the terms of a kind from two columns of a table."""
    return lambda: (Term(kind, row[term], row[meaning], row["source"]) for row in rows(table) if row[term])


def _posts() -> Iterator[Term]:
    for row in rows("posts"):
        yield Term("post", row["name"], f"post or office in {row['country']}", row["source"])


def _routes() -> Iterator[Term]:
    for row in rows("posts"):
        if row["route"]:
            yield Term("route", row["route"], f"routing indicator of {row['name']}", row["source"])


def _downgrading() -> Iterator[Term]:
    for row in rows("downgrading"):
        yield Term("downgrading", row["term"], f"{row['meaning']} ({row['order']})", row["source"])


def _precedences() -> Iterator[Term]:
    for row in rows("precedences"):
        yield Term("precedence", row["precedence"], row["meaning"], row["source"])
        yield Term("precedence", row["prosign"], f"{row['precedence'].lower()}: {row['meaning']}", row["source"])


_READERS: dict[str, Callable[[], Iterator[Term]]] = {
    "caption": _columns("caption", "captions", "caption"),
    "classification": _columns("classification", "classification_levels", "level"),
    "tag": _columns("tag", "tags", "tag"),
    "reason": _columns("reason", "reasons", "reason"),
    "mark": _columns("mark", "mark_levels", "spelling"),
    "caveat": _columns("caveat", "caveats", "spelling"),
    "precedence": _precedences,
    "downgrading": _downgrading,
    "route": _routes,
    "post": _posts,
    "signal": _columns("signal", "signals", "signal"),
}
KINDS = tuple(_READERS)
"""The kinds of terms, in the order in which `explain` looks."""


@functools.cache
def terms(kind: str) -> tuple[Term, ...]:
    """All terms of a kind, sorted.

    Args:
        kind: One of `KINDS`.

    Raises:
        ModelError: There is no such kind.

    Example:
        >>> [term.term for term in terms("reason")][:2]
        ['1.4(a)', '1.4(b)']
    """
    _check(kind)
    return tuple(sorted(_READERS[kind](), key=lambda term: term.term))


def _check(kind: str) -> None:
    if kind not in _READERS:
        raise ModelError(f"There are no terms of the kind {kind!r}; the kinds are {', '.join(KINDS)}.")


@functools.cache
def _index(kind: str) -> dict[str, Term]:
    return {fold(term.term): term for term in terms(kind)}


def _mark(term: str) -> Term | None:
    """A portion mark with its caveats, in words."""
    words = term.strip()
    mark = portion_mark(words if words.startswith("(") else f"({words})")
    level = _index("mark").get(fold(mark[0].level)) if mark else None
    if mark is None or level is None:
        return None
    caveats = [_index("caveat").get(fold(caveat)) for caveat in mark[0].caveats]
    meaning = "; ".join(
        [
            level.meaning,
            *(found.meaning if found else said for found, said in zip(caveats, mark[0].caveats, strict=True)),
        ]
    )
    return Term("mark", f"({mark[0]})", meaning, level.source)


def explain(term: str, kind: str | None = None) -> Term | None:
    """What a word means.

    Args:
        term: The word; case, blanks and punctuation do not matter.
        kind: One of `KINDS`; without it, the first kind that has the word.

    Returns:
        The term, or None where no table has it.

    Raises:
        ModelError: There is no such kind.

    Example:
        >>> explain("SIPDIS").meaning
        'may be shared with other agencies over SIPRNet'
        >>> explain("(S/NF)", "mark").meaning
        'Secret; not releasable to foreign nationals'
        >>> explain("1.4 (B)").term, explain("ruehc").meaning, explain("HALLOWAY")
        ('1.4(b)', 'routing indicator of STATE', None)
    """
    if kind is not None:
        _check(kind)
    folded = fold(term)
    if not folded:
        return None
    is_mark = term.lstrip().startswith("(")
    kinds = (kind,) if kind else (*(("mark",) if is_mark else ()), *KINDS)
    for each in kinds:
        found = _index(each).get(folded) or (_mark(term) if each == "mark" else None)
        if found is not None:
            return found
    return None
