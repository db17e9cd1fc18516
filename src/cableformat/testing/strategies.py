"""Hypothesis strategies for the model: first the texts that break converters, then telegrams as posts sent them."""

from __future__ import annotations

import json
from operator import add
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cableformat import strictjson
from cableformat.cable import Cable
from cableformat.codec import dumps
from cableformat.record import RECORD_FIELDS, Annotation, Record, Source
from cableformat.text import Part

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_NASTY = [
    "\x00",
    "\x07",
    "\x0b",
    "\x0c",
    "\x1a",
    "\x1b",
    "\x7f",
    "\x80",
    "\x85",
    "\x92",
    "\x9f",
    "\xa0",
    "\xad",
    "¶",
    "\u200b",
    "\u200f",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ufeff",
    "�",
    "\ufffe",
    "\uffff",
    "📜",
    "\U0010ffff",
    "é",
    "’",
    "“",
    "<",
    ">",
    "&",
    "'",
    '"',
    "\\",
    "]]>",
    "-->",
    "&amp;",
    "&#x92;",
    "&#13;",
    "</pre>",
    "</script>",
    "<!--",
    "<br>",
    "<pre>",
    "{{",
    "}}",
    "{%",
    "${",
]
_BREAKS = ("\n", "\r", "\r\n", "\n\n", "\n\r", " \n", "  ", " ", "\t", "\n \n", "\x0c", "\n\n\n", "\r\r\n")
_WORDS = (
    "UNCLAS PORT MERIDIAN 000117",
    "C O N F I D E N T I A L SECTION 01 OF 02 SAINT ORRIN 000042",
    "SIPDIS",
    "E.O. 12958: DECL: 03/04/2041",
    "TAGS: PREL, EWWT",
    "SUBJECT: HARBOR DREDGING",
    "REF: A. 31 STATE 4410",
    "Classified By: CDA Ines Halloway for reason 1.4 (d).",
    "1. (C) Summary:",
    "2. (SBU)",
    "¶3. (U)",
    "End summary.",
    "(Note: x. End note.)",
    "PORT MERIDIAN 00000117  002 OF 002",
    "HALLOWAY",
    "NNNN",
    "FM AMEMBASSY PORT MERIDIAN",
    "TO SECSTATE WASHDC PRIORITY 2210",
    "O 040912Z MAR 31",
)


def _characters() -> SearchStrategy[str]:
    return st.characters(exclude_categories=["Cs"])


def texts(max_size: int = 12) -> SearchStrategy[str]:
    """Text of Unicode scalar values that is hard to keep: controls, every line end, blanks at ends, mark-up, astral."""
    pieces = st.one_of(
        st.sampled_from(_NASTY),
        st.sampled_from(_BREAKS),
        st.text(_characters(), max_size=8),
        st.sampled_from(_WORDS),
    )
    return st.lists(pieces, max_size=max_size).map("".join)


def names() -> SearchStrategy[str]:
    """Names as parts, roles, kinds and plugins have them."""
    # from_regex draws each character by itself, and takes three times as long
    return st.builds(add, st.sampled_from(ascii_letters), st.text(f"{ascii_letters}{digits}._:-", max_size=8))


# Made once: Hypothesis checks each strategy that a composite makes anew for each example.
_TEXTS, _SHORT, _NAMES = texts(), texts(3), names()
_SAID = st.dictionaries(st.sampled_from(RECORD_FIELDS), _SHORT, max_size=5)
_LABELS = st.one_of(st.sampled_from(("Concepts", "Drafter", "")), _SHORT)
_EXTRA = st.lists(st.tuples(_LABELS, _SHORT), max_size=4)


@st.composite
def records(draw: DrawFn) -> Record:
    """Records with any statement missing, empty or hard to keep, and labels that repeat."""
    return Record(**draw(_SAID), extra=tuple(draw(_EXTRA)))


def json_values() -> SearchStrategy[Any]:
    """JSON values that a reader in any language takes."""
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**60), 2**60),
        st.floats(allow_nan=False, allow_infinity=False),
        _SHORT,
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_SHORT, inner, max_size=3)),
        max_leaves=6,
    )


def sources() -> SearchStrategy[Source]:
    """Provenance with any fact missing or empty."""
    fact = st.one_of(st.none(), _SHORT)
    charset = st.one_of(st.none(), st.sampled_from(("utf-8", "windows-1252", "")), _SHORT)
    return st.builds(
        Source,
        format=names(),
        name=fact,
        url=fact,
        retrieved=fact,
        charset=charset,
        sha256=fact,
        extractor=fact,
        position=fact,
    )


def parts() -> SearchStrategy[Part]:
    """Parts of any id and role with texts that are hard to keep."""
    return st.builds(Part, names(), names(), texts())


_KINDS = st.one_of(st.sampled_from(("name.person", "note", "structure.paragraph", "correction")), _NAMES)
_ATTRIBUTES = st.lists(st.tuples(_SHORT, _SHORT), max_size=2)


@st.composite
def annotations_of(draw: DrawFn, parts: tuple[Part, ...]) -> Annotation:
    """An annotation somewhere in the parts: empty, nested, overlapping, over everything."""
    part = draw(st.sampled_from(parts))
    ends = st.integers(0, len(part.text))
    start, end = sorted((draw(ends), draw(ends)))
    return Annotation(part.id, start, end, draw(_KINDS), tuple(draw(_ATTRIBUTES)))


_IDS = st.lists(st.one_of(st.sampled_from(("header", "body", "body-2")), _NAMES), max_size=4, unique=True)
_ROLES = st.one_of(st.sampled_from(("header", "body", "container", "attributes", "note")), _NAMES)
_EXTENSIONS = st.dictionaries(st.one_of(st.just("cableformat.members"), _NAMES), json_values(), max_size=2)
_SOURCE = st.one_of(st.none(), sources())
_GRAMMAR = st.one_of(st.just("us"), _NAMES)


@st.composite
def cables(draw: DrawFn, text: SearchStrategy[str] | None = None) -> Cable:
    """Any cable that the model can hold.

    Args:
        draw: Given by Hypothesis.
        text: The texts of its parts; by default those that are hard to keep.
    """
    text = text if text is not None else _TEXTS
    parts = tuple(
        Part(part_id, part_id if part_id in {"header", "body"} else draw(_ROLES), draw(text)) for part_id in draw(_IDS)
    )
    notes = tuple(draw(st.lists(annotations_of(parts), max_size=3))) if parts else ()
    given = draw(_EXTENSIONS)
    return Cable(
        record=draw(records()),
        parts=parts,
        annotations=notes,
        extensions=tuple((name, strictjson.canonical(value)) for name, value in given.items()),
        source=draw(_SOURCE),
        grammar=draw(_GRAMMAR),
    )


_POSTS = ("PORT MERIDIAN", "SAINT ORRIN", "LOW HARBOR")
_SURNAMES = ("Halloway", "Okonjo-Reyes", "Tarrant", "Velde")
_SENTENCES = (
    "Minister Orleo told the Ambassador on March 3 that he wants two more weeks.",
    "The port authority agrees with the plan, but not with its price.",
    'He called the draft "workable" and asked for a copy in French.',
    "Harbor dues may rise by 8 to 12 per cent next year.",
    "Opposition leaders, who met separately, took a softer line.",
)
_SAYINGS = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=5)
_LEVELS = {"C": "C O N F I D E N T I A L", "SBU": "UNCLAS", "S": "S E C R E T", "U": "UNCLASSIFIED"}


def _wrapped(words: str, width: int = 65) -> str:
    lines, line = [], ""
    for word in words.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


@st.composite
def telegram_texts(draw: DrawFn) -> str:
    """A telegram as a post sends it (5 FAH-1 H-200): classification line, head, numbered and marked paragraphs."""
    level = draw(st.sampled_from(sorted(_LEVELS)))
    post = draw(st.sampled_from(_POSTS))
    surname = draw(st.sampled_from(_SURNAMES))
    lines = [f"{_LEVELS[level]} {post} {draw(st.integers(1, 9999)):06d}", ""]
    if draw(st.booleans()):
        lines += ["SIPDIS", ""]
    lines.append("E.O. 12958: N/A" if level in {"U", "SBU"} else "E.O. 12958: DECL: 03/04/2041")
    lines += ["TAGS: PREL, EWWT, PGOV", "SUBJECT: HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS", "DELAY", ""]
    if level in {"C", "S"}:
        lines += [f"Classified By: CDA Ines {surname} for reason 1.4 (d).", ""]
    for number in range(1, draw(st.integers(1, 6)) + 1):
        said = " ".join(draw(_SAYINGS))
        lines += [_wrapped(f"{number}. ({level}) {said}"), ""]
    lines.append(surname.upper())
    end = draw(st.sampled_from(("\n", "\r\n", " \n")))
    return end.join("\n".join(lines).split("\n")) + draw(st.sampled_from(("", end)))


@st.composite
def realistic_cables(draw: DrawFn) -> Cable:
    """A cable as a mirror publishes it: a telegram and the usual statements of a record."""
    year = draw(st.integers(1990, 2039))
    created = f"{year}-{draw(st.integers(1, 12)):02d}-{draw(st.integers(1, 28)):02d} 09:12:00"
    partial = (
        "This record is a partial extract of the original cable. The full text of the original cable is not available."
    )
    header = draw(st.sampled_from(("", f"{partial}\n")))
    body = Part("body", "body", draw(telegram_texts()))
    return Cable(
        record=Record(
            created=created,
            origin="Embassy Port Meridian",
            subject=draw(st.sampled_from((None, "", "HARBOR"))),
        ),
        parts=(Part("header", "header", header), body) if header else (body,),
    )


@st.composite
def damaged(draw: DrawFn, data: bytes) -> bytes:
    """Some bytes with a run of them cut out or written over."""
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 40)))
    return data[:start] + draw(st.one_of(st.just(b""), st.binary(max_size=8))) + data[end:]


_ODD = st.dictionaries(
    st.sampled_from(("record", "parts", "annotations", "extensions", "source", "grammar", "later")),
    st.one_of(
        json_values(),
        st.just([{"id": "body", "role": "body", "text": "\ud800"}]),
        st.just([{"id": "body", "role": "body", "text": 3}]),
        st.just([{"part": "body", "start": -1, "end": 2, "kind": "x"}]),
        st.just({"extra": [["a"]]}),
    ),
    max_size=4,
)
"""Members of a document with values of any type."""


@st.composite
def hostile_bytes(draw: DrawFn) -> bytes:
    """Bytes that no reader expects: noise, damaged documents, deep nesting, long numbers, wrong encodings."""
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return draw(st.binary(max_size=200))
    if kind == 1:
        return draw(damaged(dumps(draw(cables()))))
    if kind == 2:  # noqa: PLR2004 - one of the kinds counted above
        depth = draw(st.sampled_from((10, 99, 101, 5000, 100_000)))
        opening = draw(st.sampled_from(("[", '{"a":')))
        return f'{{"cableformat": "1.0", "extensions": {{"x": {opening * depth}'.encode()
    if kind == 3:  # noqa: PLR2004 - as above
        number = draw(st.sampled_from(("9" * 5000, "1e999", "NaN", "-Infinity", "1e-999", "-0")))
        return f'{{"cableformat": "1.0", "extensions": {{"x": {number}}}}}'.encode()
    if kind == 4:  # noqa: PLR2004 - as above
        return draw(_TEXTS).encode(draw(st.sampled_from(("utf-8", "utf-16", "utf-32"))))
    if kind == 5:  # noqa: PLR2004 - as above
        document = {"cableformat": draw(st.sampled_from(("1.0", "1.9", "2.0", "x", 1, None))), **draw(_ODD)}
        return json.dumps(document).encode()
    return (draw(_TEXTS) + draw(telegram_texts())).encode("utf-8", "surrogatepass") + draw(st.binary(max_size=4))
